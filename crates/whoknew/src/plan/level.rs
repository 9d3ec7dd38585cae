//! A canonical situation as a level at which formulas are evaluated.

use super::canonical::{Canonical, Node};
use super::formula::{Slot, View};
use super::numbers::{Numbers, Small};
use crate::ground::Value;

/// One situation.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) canonical: &'a Canonical,
    pub(super) numbers: &'a Numbers,
    pub(super) chains: &'a [Box<[u8]>],
    pub(super) node: Node,
}

/// What the believers of `chain` take to be real.
#[inline]
pub(super) fn follow(canonical: &Canonical, chains: &[Box<[u8]>], node: Node, chain: u16) -> Node {
    chains[usize::from(chain)].iter().fold(node, |node, &believer| canonical.believed(node, usize::from(believer)))
}

impl View for At<'_> {
    #[inline]
    fn small(&self, slot: Slot) -> Small {
        let node = if slot.chain == 0 { self.node } else { follow(self.canonical, self.chains, self.node, slot.chain) };
        self.canonical.values(node)[usize::from(slot.fact)]
    }

    #[inline]
    fn value(&self, small: Small) -> Value {
        self.numbers.value(small)
    }
}

/// A level while its rules run: its own values as they are by now, beliefs as they were, with what was written on them.
pub(super) struct Running<'a> {
    pub(super) at: At<'a>,
    pub(super) values: &'a [Small],
    pub(super) written: &'a [(Slot, Small)],
}

impl View for Running<'_> {
    #[inline]
    fn small(&self, slot: Slot) -> Small {
        if slot.chain == 0 {
            return self.values[usize::from(slot.fact)];
        }
        match self.written.iter().find(|(written, _)| *written == slot) {
            Some((_, small)) => *small,
            None => self.at.small(slot),
        }
    }

    #[inline]
    fn value(&self, small: Small) -> Value {
        self.at.value(small)
    }
}

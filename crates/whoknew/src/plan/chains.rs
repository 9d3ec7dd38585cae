//! The chains of minds that something mentions, outermost first; each has a number. The first is nobody's: the level itself.

use rustc_hash::FxHashMap;
use std::ops::Deref;

/// All chains met so far, by number.
#[derive(Debug)]
pub(super) struct Chains {
    list: Vec<Box<[u8]>>,
    known: FxHashMap<Box<[u8]>, u16>,
}

impl Default for Chains {
    fn default() -> Self {
        let none: Box<[u8]> = Box::new([]);
        Self { list: vec![none.clone()], known: FxHashMap::from_iter([(none, 0)]) }
    }
}

impl Deref for Chains {
    type Target = [Box<[u8]>];

    fn deref(&self) -> &Self::Target {
        &self.list
    }
}

impl Chains {
    /// The number of a chain.
    pub(super) fn number(&mut self, believers: &[u8]) -> u16 {
        if let Some(&known) = self.known.get(believers) {
            return known;
        }
        let number = self.list.len() as u16;
        self.list.push(believers.into());
        self.known.insert(believers.into(), number);
        number
    }
}

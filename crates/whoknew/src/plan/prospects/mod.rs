//! Which acts have prospects: back from what somebody wants in a situation, only what is not yet as it should be is looked at, on
//! every level of belief, and the acts and rules that may change it.
//!
//! Never used to say that there is no plan: those in which something is kept from happening are missed. `writers` lists
//! what may change each fact, `unmet` says what a condition lacks, `paths` who would have to notice, `motives` what others would
//! need for a reason, `back` goes the way back, `costs` says how far it is.

mod back;
mod costs;
mod motives;
mod paths;
mod unmet;
mod writers;

use super::canonical::Node;
use super::model::Model;
use super::successors::Successors;
use back::Back;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;
use writers::Writers;

/// Nobody looks further back than this.
const FARTHEST: u8 = 5;

/// Conditions that are looked at in the time that a successor takes, where there are few characters.
const CHEAPNESS: u64 = 8;

/// Whose prospects: the holder (0 is the author, then the characters), who takes `node` to be real, with so many steps, and so many
/// levels of nesting for the reasons of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct View {
    pub(super) node: Node,
    pub(super) holder: u8,
    pub(super) steps: u8,
    pub(super) nesting: u8,
}

/// What is known of a view.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Acts with the steps, their own included, that are left when they can matter; by number.
    acts: Vec<(u32, u8)>,
    /// How many acts seem to be needed; the most if it is not known how.
    pub(super) cost: u32,
}

impl Found {
    /// Whether the act can matter with so many steps left, its own included.
    pub(super) fn has(&self, event: u32, left: usize) -> bool {
        let place = self.acts.binary_search_by_key(&event, |(event, _)| *event);
        place.is_ok_and(|place| usize::from(self.acts[place].1) <= left)
    }
}

/// Prospects, remembered.
#[derive(Debug)]
pub(super) struct Prospects {
    model: Arc<Model>,
    writers: Writers,
    known: FxHashMap<View, Rc<Found>>,
    kept: usize,
    /// What it took, in successors that might have been computed instead.
    pub(super) work: u64,
}

impl Prospects {
    pub(super) fn new(model: Arc<Model>) -> Self {
        Self { writers: Writers::new(&model), model, known: FxHashMap::default(), kept: 0, work: 0 }
    }

    /// What the holder of a view may do, or see done, for what they want.
    pub(super) fn at(&mut self, view: View, successors: &mut Successors) -> Rc<Found> {
        let alone = view.holder != 0 && view.nesting == 0;
        let view = if alone {
            View { steps: 1, nesting: 0, ..view }
        } else {
            View { steps: view.steps.min(FARTHEST), ..view }
        };
        if let Some(known) = self.known.get(&view) {
            return Rc::clone(known);
        }
        let mut back = Back::new(self, successors, view);
        let found = Rc::new(back.found());
        let looked_at = back.looked_at.get();
        // What each believes of each other is part of a successor, and plays no part here.
        let pairs = (self.model.characters * self.model.characters) as u64;
        self.work += 1 + looked_at / CHEAPNESS.max(pairs / 2);
        self.kept += found.acts.len();
        self.known.insert(view, Rc::clone(&found));
        found
    }

    /// Roughly how many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.known.capacity() * 48 + self.kept * 8
    }
}

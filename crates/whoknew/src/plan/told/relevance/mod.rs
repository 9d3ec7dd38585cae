//! What can matter: back from what is wanted, the facts, as somebody believes them perhaps, that can matter so many steps
//! before the end, and the acts that may change them.
//!
//! An act of which this knows nothing cannot be part of a minimal plan of that length; one that it lists may still be of
//! no use. Who notices what is left open, and so is what is the case now.

mod finder;
mod fit;
mod found;
mod motives;
mod reading;
mod wanted;

use super::acts::Act;
use super::purpose::Purpose;
use super::{Halt, Seeker};
use crate::ground::{ChainId, EventId, GroundFluentId, Place, Problem, Value};
use crate::state::Situations;
use crate::world::EntityId;
use finder::Finder;
use fit::{fits, prefixes};
use found::Found;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Beliefs about beliefs that are nested deeper than this are not looked at.
const DEEPEST: usize = 4;

/// What a fact should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Should {
    /// This.
    Be(Value),
    /// Anything but this.
    NotBe(Value),
    /// It matters what it is.
    Matter,
}

/// A fact that matters, as the holder of the purpose sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    pub(super) chain: ChainId,
    pub(super) fluent: GroundFluentId,
    pub(super) should: Should,
}

/// What can matter for one purpose.
#[derive(Debug, Default)]
pub(super) struct Relevant {
    /// By the steps left, this one included, less one: the acts that can matter, the holder's own first.
    acts: Vec<Rc<[u32]>>,
    /// What is wanted, in the order in which it was found.
    list: Vec<Wanted>,
    /// With the steps from which on it can matter.
    wanted: FxHashMap<Wanted, usize>,
    by_fluent: FxHashMap<GroundFluentId, Vec<(Wanted, usize)>>,
}

impl Relevant {
    /// The acts that can matter when so many steps are left, that of the act included.
    pub(super) fn within(&self, left: usize) -> Rc<[u32]> {
        match self.acts.get(left.saturating_sub(1)).or(self.acts.last()) {
            Some(acts) => Rc::clone(acts),
            None => Rc::new([]),
        }
    }

    /// Whether the fact is wanted so.
    pub(super) fn wants(&self, wanted: &Wanted) -> bool {
        self.wanted.contains_key(wanted)
    }

    /// The fewest acts of a plan that can begin with this one, whatever others whose act it is think of it; `None` if no
    /// plan can.
    pub(super) fn fewest(&self, problem: &Problem<'_>, act: &Act, holder: Option<EntityId>) -> Option<usize> {
        let mut fewest: Option<usize> = None;
        for write in &act.writes {
            for &(wanted, step) in self.by_fluent.get(&write.fluent).into_iter().flatten() {
                let sooner = fewest.is_none_or(|fewest| step < fewest);
                if sooner && fits(wanted.should, write.value) && prefixes(problem, holder, write, wanted).is_some() {
                    fewest = Some(step);
                }
            }
        }
        fewest
    }
}

/// Which plans it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Plans {
    /// Those that begin with an act that is given: what else could come first does not matter.
    Begun,
    /// Those that begin with any act.
    Free,
    /// Those that somebody imagines others to have: to whom what matters before the first act matters too.
    Imagined,
}

/// What is known of relevance, by purpose, steps, nesting and plans.
#[derive(Debug, Default)]
pub(super) struct Relevance {
    /// `None`: it was too much.
    known: FxHashMap<(Purpose, u8, u8, Plans), Option<Rc<Relevant>>>,
    /// By fact: rules that may change it, with the position of the change. And how many rules that covers.
    rules: FxHashMap<GroundFluentId, Vec<(usize, usize)>>,
    indexed: usize,
    /// What the changes of an event read that write a certain fact.
    reading: FxHashMap<(EventId, ChainId, GroundFluentId), Rc<[(Place, Should)]>>,
    /// What each want of somebody reads.
    motives: FxHashMap<Purpose, Rc<[Box<[Place]>]>>,
}

impl Relevance {
    fn index_rules(&mut self, problem: &Problem<'_>) {
        let instances = &problem.triggers.instances;
        for (index, instance) in instances.iter().enumerate().skip(self.indexed) {
            for (position, change) in instance.changes.iter().enumerate() {
                self.rules.entry(change.place.fluent).or_default().push((index, position));
            }
        }
        self.indexed = instances.len();
    }
}

impl Seeker {
    /// What can matter for a purpose within so many steps, for reasons nested so deep.
    pub(super) fn relevant(
        &mut self,
        situations: &mut Situations<'_>,
        purpose: Purpose,
        (steps, nesting): (u8, u8),
        plans: Plans,
    ) -> Result<Rc<Relevant>, Halt> {
        let alone = purpose.holder.is_some() && (steps <= 1 || nesting == 0);
        let (steps, nesting) = if alone { (1, 0) } else { (steps, nesting) };
        let plans = match plans {
            Plans::Imagined if !purpose.willing || nesting == 0 => Plans::Begun,
            plans => plans,
        };
        let key = (purpose, steps, nesting, plans);
        if let Some(known) = self.relevance.known.get(&key) {
            return known.clone().ok_or(Halt::Tried);
        }
        self.relevance.index_rules(situations.problem());
        let mut finder = Finder { seeker: self, purpose, steps, nesting, plans, looked: 0, found: Found::default() };
        finder.begin(situations);
        for step in 1..=usize::from(steps) {
            if let Err(halt) = finder.step(situations, step) {
                self.relevance.known.insert(key, None);
                return Err(halt);
            }
        }
        let found = Rc::new(finder.found.into_relevant(self, purpose, usize::from(steps)));
        self.relevance.known.insert(key, Some(Rc::clone(&found)));
        Ok(found)
    }
}

//! What was found on the way back, and what it comes to.

use super::super::Seeker;
use super::super::purpose::Purpose;
use super::{Relevant, Wanted};
use crate::ground::{ChainId, EventId, GroundFluentId};
use crate::world::EntityId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

#[derive(Default)]
pub(super) struct Found {
    /// In the order in which they were found.
    pub(super) list: Vec<Wanted>,
    pub(super) known: FxHashMap<Wanted, usize>,
    pub(super) by_steps: FxHashMap<u32, usize>,
    /// Acts that others would have no reason for.
    pub(super) refused: FxHashSet<u32>,
    /// The steps from which on what is found now can matter.
    pub(super) now: usize,
    pub(super) read: FxHashSet<(u32, ChainId, GroundFluentId)>,
    /// Others whose act something is, and all that matters to whom was taken in.
    pub(super) others: FxHashSet<EntityId>,
    /// How much of the list was looked at for rules, and for acts.
    pub(super) for_rules: usize,
    pub(super) for_acts: usize,
    pub(super) noticed: FxHashMap<(u32, ChainId), Rc<[EventId]>>,
    /// Who is to believe something, where that is all that is wanted.
    pub(super) hearers: Vec<EntityId>,
    /// How many acts there were then.
    pub(super) acts: u32,
}

impl Found {
    pub(super) fn into_relevant(self, seeker: &Seeker, purpose: Purpose, steps: usize) -> Relevant {
        let mut acts: Vec<((usize, bool), u32, usize)> = Vec::new();
        for (&act, &from) in &self.by_steps {
            let known = seeker.acts.get(act);
            let others = known.actors.iter().filter(|&&actor| Some(actor) != purpose.holder).count();
            // Whoever is to believe something had better be told it or shown it than find it out by chance.
            let aside = !self.hearers.is_empty() && !self.hearers.iter().all(|hearer| known.names.contains(hearer));
            acts.push(((others, aside), act, from));
        }
        acts.sort_unstable();
        let within = |left: usize| {
            acts.iter().filter(|&&(_, _, from)| from <= left).map(|&(_, act, _)| act).collect::<Rc<[u32]>>()
        };
        let acts = (1..=steps).map(within).collect();
        let mut by_fluent: FxHashMap<GroundFluentId, Vec<(Wanted, usize)>> = FxHashMap::default();
        for wanted in &self.list {
            by_fluent.entry(wanted.fluent).or_default().push((*wanted, self.known[wanted]));
        }
        Relevant { acts, list: self.list, wanted: self.known, by_fluent }
    }
}

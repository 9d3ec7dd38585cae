//! Sets of values to be written in a situation and in the beliefs below it, each kept once.

use crate::ground::{ChainId, GroundFluentId, Place, Problem, Value};
use crate::world::EntityId;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Names a set of writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct WritesId(u32);

impl WritesId {
    /// No writes.
    pub(crate) const NONE: Self = Self(0);
}

/// Values to be written at one level and below it. Sorted, no place twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Writes {
    pub(crate) own: Vec<(GroundFluentId, Value)>,
    pub(crate) nested: Vec<(EntityId, WritesId)>,
}

/// All sets of writes.
#[derive(Clone, Debug)]
pub(crate) struct WriteSets {
    sets: Vec<Arc<Writes>>,
    ids: FxHashMap<Arc<Writes>, WritesId>,
}

impl WriteSets {
    pub(crate) fn new() -> Self {
        let mut sets = Self { sets: Vec::new(), ids: FxHashMap::default() };
        sets.intern(Writes::default());
        sets
    }

    pub(crate) fn get(&self, id: WritesId) -> &Arc<Writes> {
        &self.sets[id.0 as usize]
    }

    pub(crate) fn intern(&mut self, writes: Writes) -> WritesId {
        if let Some(&id) = self.ids.get(&writes) {
            return id;
        }
        let id = WritesId(self.sets.len() as u32);
        let writes = Arc::new(writes);
        self.sets.push(Arc::clone(&writes));
        self.ids.insert(writes, id);
        id
    }

    /// The writes for what `character` believes.
    pub(crate) fn of(&self, id: WritesId, character: EntityId) -> WritesId {
        if id == WritesId::NONE {
            return id;
        }
        let nested = &self.get(id).nested;
        nested.iter().find(|(who, _)| *who == character).map_or(WritesId::NONE, |(_, writes)| *writes)
    }

    /// The set of `writes`; later ones win. At a level that belongs to `owner`, what is written on what they believe is
    /// written on the level itself, after the rest.
    pub(crate) fn collect(
        &mut self,
        problem: &Problem<'_>,
        writes: &[(Place, Value)],
        owner: Option<EntityId>,
    ) -> WritesId {
        if writes.is_empty() {
            return WritesId::NONE;
        }
        let mut flat: Vec<(&[EntityId], GroundFluentId, Value)> = Vec::with_capacity(writes.len());
        for (place, value) in writes.iter().filter(|(place, _)| place.chain == ChainId::REAL) {
            flat.push((&[], place.fluent, *value));
        }
        for (place, value) in writes.iter().filter(|(place, _)| place.chain != ChainId::REAL) {
            let believers = problem.believers(place.chain);
            let inside = if believers.first() == owner.as_ref() { &believers[1..] } else { believers };
            flat.push((inside, place.fluent, *value));
        }
        self.build(&flat)
    }

    fn build(&mut self, flat: &[(&[EntityId], GroundFluentId, Value)]) -> WritesId {
        let mut own: Vec<(GroundFluentId, Value)> = Vec::new();
        let mut heads: Vec<EntityId> = Vec::new();
        for &(believers, fluent, value) in flat {
            match believers.first() {
                Some(&head) => heads.push(head),
                None => match own.iter_mut().find(|(written, _)| *written == fluent) {
                    Some(slot) => slot.1 = value,
                    None => own.push((fluent, value)),
                },
            }
        }
        heads.sort_unstable();
        heads.dedup();
        let mut nested = Vec::with_capacity(heads.len());
        for head in heads {
            let below: Vec<_> = flat
                .iter()
                .filter(|(believers, ..)| believers.first() == Some(&head))
                .map(|&(believers, fluent, value)| (&believers[1..], fluent, value))
                .collect();
            nested.push((head, self.build(&below)));
        }
        own.sort_unstable_by_key(|(fluent, _)| *fluent);
        self.intern(Writes { own, nested })
    }
}

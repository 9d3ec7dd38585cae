//! Ground effects: which place gets which value, in which case.

use super::{Amount, ChainId, Condition, Level, Place, Problem, Value, evaluate};
use crate::world::EntityId;
use std::ops::Range;

/// One change: the place gets the value where the condition holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// In which case; read at the level where the event happens.
    pub condition: Condition,
    /// What changes.
    pub place: Place,
    /// To what; read at the level where the event happens.
    pub value: Amount,
}

/// Everything that an event changes, written together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The changes of the level itself come first, those of beliefs after them.
    changes: Vec<Change>,
    own: usize,
    /// By the character in whose beliefs they are, where they are grouped.
    heads: Vec<(EntityId, Range<usize>)>,
}

/// Two different values for one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The place.
    pub place: Place,
    /// What it got first.
    pub first: Value,
    /// What it got then.
    pub second: Value,
}

impl Changes {
    /// Sorts `changes` into those of the level itself and those of beliefs; otherwise their order stays.
    pub fn new(mut changes: Vec<Change>) -> Self {
        changes.retain(|change| change.condition != Condition::Constant(false));
        changes.sort_by_key(|change| change.place.chain != ChainId::REAL);
        let own = changes.iter().filter(|change| change.place.chain == ChainId::REAL).count();
        Self { changes, own, heads: Vec::new() }
    }

    /// The same, with the changes of beliefs grouped by the character in whose beliefs they are.
    pub(crate) fn grouped(problem: &Problem<'_>, changes: Vec<Change>) -> Self {
        let mut grouped = Self::new(changes);
        let own = grouped.own;
        let head = |change: &Change| problem.believers(change.place.chain).first().copied();
        grouped.changes[own..].sort_by_key(head);
        for (offset, change) in grouped.changes[own..].iter().enumerate() {
            let Some(head) = head(change) else { continue };
            let index = own + offset;
            match grouped.heads.last_mut() {
                Some((last, range)) if *last == head => range.end = index + 1,
                _ => grouped.heads.push((head, index..index + 1)),
            }
        }
        grouped
    }

    /// The changes of what `head` believes, where they are grouped.
    pub(crate) fn on(&self, head: EntityId) -> &[Change] {
        match self.heads.binary_search_by_key(&head, |(head, _)| *head) {
            Ok(found) => &self.changes[self.heads[found].1.clone()],
            Err(_) => &[],
        }
    }

    /// The changes of the level itself.
    pub fn own(&self) -> &[Change] {
        &self.changes[..self.own]
    }

    /// The changes of beliefs.
    pub fn beliefs(&self) -> &[Change] {
        &self.changes[self.own..]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// What `changes` write at `level`, computed in it; the inner error is a conflict.
pub fn written<L: Level>(level: &mut L, changes: &[Change]) -> Result<Result<Vec<(Place, Value)>, Conflict>, L::Error> {
    let mut writes: Vec<(Place, Value)> = Vec::new();
    for change in changes {
        if !evaluate::holds(level, &change.condition)? {
            continue;
        }
        let value = evaluate::amount(level, &change.value)?;
        match writes.iter().find(|(place, _)| *place == change.place) {
            Some(&(place, first)) if first != value => return Ok(Err(Conflict { place, first, second: value })),
            Some(_) => {}
            None => writes.push((change.place, value)),
        }
    }
    Ok(Ok(writes))
}

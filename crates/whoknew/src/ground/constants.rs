//! Facts that nothing changes and that everybody knows: conditions on them are decided once.

use super::{Atom, Condition, GroundFluentId, Level, Place, Problem, Value, evaluate};
use crate::world::{Effect, FluentId};
use std::convert::Infallible;

/// Which declared facts are constant, and the values at the start.
#[derive(Clone, Debug, Default)]
pub(crate) struct Constants {
    changing: Vec<bool>,
    pub(crate) values: Vec<Value>,
}

impl Constants {
    pub(crate) fn new(fluents: usize) -> Self {
        Self { changing: vec![false; fluents], values: Vec::new() }
    }

    /// The fact is no constant; whether it was one before.
    pub(crate) fn loosen(&mut self, fluent: FluentId) -> bool {
        !std::mem::replace(&mut self.changing[fluent.index()], true)
    }

    /// Whether anything may change the fact, or somebody does not know it at the start.
    pub(crate) fn may_change(&self, fluent: FluentId) -> bool {
        self.changing[fluent.index()]
    }

    fn value(&self, problem: &Problem<'_>, fluent: GroundFluentId) -> Option<Value> {
        let declared = problem.fluents.declared_fact(fluent)?;
        if self.changing[declared.index()] { None } else { self.values.get(fluent.index()).copied() }
    }

    /// `condition` with everything decided that depends on constants alone.
    pub(crate) fn simplify(&self, problem: &Problem<'_>, condition: Condition) -> Condition {
        match condition {
            Condition::Constant(_) => condition,
            Condition::All(parts) => Condition::all(parts.into_iter().map(|part| self.simplify(problem, part))),
            Condition::Any(parts) => Condition::any(parts.into_iter().map(|part| self.simplify(problem, part))),
            Condition::Atom(atom) => self.simplify_atom(problem, atom),
        }
    }

    fn simplify_atom(&self, problem: &Problem<'_>, atom: Atom) -> Condition {
        if let Atom::Same { left, right, equal } = atom {
            let known = (self.value(problem, left.fluent), self.value(problem, right.fluent));
            let (place, value) = match known {
                (None, None) => return Condition::Atom(Atom::Same { left, right, equal }),
                (Some(one), Some(two)) => return Condition::Constant((one == two) == equal),
                (Some(value), None) => (right, value),
                (None, Some(value)) => (left, value),
            };
            return Condition::Atom(Atom::Is { place, value, equal });
        }
        let mut constant = true;
        atom.places(&mut |place: Place| constant &= self.value(problem, place.fluent).is_some());
        if !constant {
            return Condition::Atom(atom);
        }
        match evaluate::atom_holds(&mut Known { constants: self }, &atom) {
            Ok(holds) => Condition::Constant(holds),
            Err(never) => match never {},
        }
    }
}

/// The constants as a level.
struct Known<'c> {
    constants: &'c Constants,
}

impl Level for Known<'_> {
    type Error = Infallible;

    fn value(&mut self, place: Place) -> Result<Value, Infallible> {
        Ok(self.constants.values.get(place.fluent.index()).copied().unwrap_or(Value::UNKNOWN))
    }
}

/// Values read by number: the start, as far as nobody's beliefs matter.
pub(crate) struct Plain<'v> {
    pub(crate) values: &'v [Value],
}

impl Level for Plain<'_> {
    type Error = Infallible;

    fn value(&mut self, place: Place) -> Result<Value, Infallible> {
        Ok(self.values.get(place.fluent.index()).copied().unwrap_or(Value::UNKNOWN))
    }
}

/// Whether `parts`, which must all hold, demand two values of one fact.
pub(crate) fn contradictory(parts: &[Condition]) -> bool {
    let mut demanded: Vec<(Place, Value)> = Vec::new();
    let mut excluded: Vec<(Place, Value)> = Vec::new();
    for part in parts.iter().flat_map(|part| match part {
        Condition::All(parts) => parts.as_slice(),
        other => std::slice::from_ref(other),
    }) {
        if let Condition::Atom(Atom::Is { place, value, equal }) = part {
            if *equal { &mut demanded } else { &mut excluded }.push((*place, *value));
        }
    }
    demanded.sort_unstable();
    excluded.sort_unstable();
    demanded.windows(2).any(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1)
        || demanded.iter().any(|one| excluded.binary_search(one).is_ok())
}

/// Calls `visit` on every declared fact that `effect` assigns by name.
pub(crate) fn assigned(effect: &Effect, visit: &mut dyn FnMut(FluentId)) {
    match effect {
        Effect::Assign(written, _) => visit(written.fluent),
        Effect::Believes(_, inner) | Effect::If(_, inner) | Effect::ForAll(_, inner) => assigned(inner, visit),
        Effect::All(parts) => parts.iter().for_each(|part| assigned(part, visit)),
        Effect::Stated(_) | Effect::Statement(_) => {}
    }
}

//! All events that could ever be possible, for planning: every action with all arguments, without those whose needs
//! contradict themselves. Actions that take statements or numbers are left out.

use super::closing::Bindings;
use super::compile::{Compiled, Compiler, Sense};
use super::fluents::entities_of;
use super::{Atom, ChainId, Condition, EventId, GroundError, Place, Problem, Value, errors};
use crate::world::{ActionId, EntityId, EventArgument, EventTerm, ParameterKind, Term, ValueKind};

/// After so many steps needs are taken not to contradict themselves.
const MOST_STEPS: usize = 20_000;

impl Problem<'_> {
    /// All events of actions without statements and numbers whose needs do not contradict themselves, by action, arguments in
    /// order, the first slowest.
    pub fn all_events(&mut self) -> Result<Vec<EventId>, GroundError> {
        let mut events = Vec::new();
        for index in 0..self.world.actions.len() {
            let action = &self.world.actions[index];
            let open = |kind: &ParameterKind| matches!(kind, ParameterKind::Statement | ParameterKind::Number);
            if action.parameters.iter().any(|parameter| open(&parameter.kind)) {
                continue;
            }
            let domains: Vec<Vec<EntityId>> =
                action.parameters.iter().map(|parameter| entities_of(self.world, &parameter.kind)).collect();
            let count = domains.iter().try_fold(1usize, |all, one| all.checked_mul(one.len()));
            let limit = self.limits.instances;
            if count.and_then(|count| count.checked_add(events.len())).is_none_or(|count| count > limit) {
                let message = format!("action “{}” has more instances than the limit of {limit}", action.name);
                return Err(GroundError::new(&errors::TOO_MANY_INSTANCES, message).or_at(action.span));
            }
            self.events_of(ActionId::from_index(index), &domains, &mut events)?;
        }
        Ok(events)
    }

    fn events_of(&mut self, action: ActionId, domains: &[Vec<EntityId>], events: &mut Vec<EventId>) -> Compiled<()> {
        if domains.iter().any(Vec::is_empty) {
            return Ok(());
        }
        let mut positions = vec![0; domains.len()];
        loop {
            let arguments: Vec<EntityId> = positions.iter().zip(domains).map(|(&at, domain)| domain[at]).collect();
            if self.may_be_possible(action, &arguments)? {
                let arguments = arguments.into_iter().map(|entity| EventArgument::Term(Term::Entity(entity)));
                events.push(self.event(&EventTerm { action, arguments: arguments.collect() })?);
            }
            let Some(slot) = (0..domains.len()).rev().find(|&slot| positions[slot] + 1 < domains[slot].len()) else {
                return Ok(());
            };
            positions[slot] += 1;
            positions[slot + 1..].fill(0);
        }
    }

    fn may_be_possible(&mut self, action: ActionId, arguments: &[EntityId]) -> Compiled<bool> {
        let mut compiler = Compiler::new(self, Bindings::of_entities(arguments));
        let mut needs = Vec::new();
        for precondition in &compiler.world().actions[action.index()].preconditions {
            needs.push(
                compiler
                    .condition(&precondition.condition.value, ChainId::REAL, Sense::So)
                    .map_err(|error| error.or_at(precondition.condition.span))?,
            );
        }
        let mut search = Search { problem: self, steps: 0 };
        let open: Vec<&Condition> = needs.iter().collect();
        Ok(search.satisfiable(open, Vec::new()))
    }
}

/// The search for an alternative without contradiction.
struct Search<'s, 'w> {
    problem: &'s Problem<'w>,
    steps: usize,
}

impl Search<'_, '_> {
    fn satisfiable<'c>(&mut self, mut open: Vec<&'c Condition>, mut chosen: Vec<&'c Atom>) -> bool {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return true;
        }
        let mut branching = Vec::new();
        while let Some(condition) = open.pop() {
            match condition {
                Condition::Constant(true) => {}
                Condition::Constant(false) => return false,
                Condition::Atom(atom) => chosen.push(atom),
                Condition::All(parts) => open.extend(parts),
                Condition::Any(parts) => branching.push(parts),
            }
        }
        if !self.consistent(&chosen) {
            return false;
        }
        let Some(parts) = branching.pop() else { return true };
        parts.iter().any(|part| {
            let mut open = vec![part];
            // What else branches is looked at below this choice.
            let rest: Vec<Condition> = branching.iter().map(|parts| Condition::Any((*parts).clone())).collect();
            self.branch(&mut open, &rest, &chosen)
        })
    }

    fn branch(&mut self, open: &mut Vec<&Condition>, rest: &[Condition], chosen: &[&Atom]) -> bool {
        let all: Vec<&Condition> = open.drain(..).chain(rest).collect();
        self.satisfiable(all, chosen.to_vec())
    }

    fn consistent(&self, chosen: &[&Atom]) -> bool {
        let mut demanded: Vec<(Place, Value)> = Vec::new();
        let mut excluded: Vec<(Place, Value)> = Vec::new();
        for atom in chosen {
            if let Atom::Is { place, value, equal } = atom {
                if *equal { &mut demanded } else { &mut excluded }.push((*place, *value));
            }
        }
        let contradictory = demanded
            .iter()
            .any(|one| excluded.contains(one) || demanded.iter().any(|other| other.0 == one.0 && other.1 != one.1));
        let may_be = |place: Place, value: Value| {
            !excluded.contains(&(place, value))
                && demanded.iter().all(|&(other, demanded)| other != place || demanded == value)
        };
        !contradictory
            && chosen.iter().all(|atom| match atom {
                Atom::Same { left, right, equal } => {
                    let values = |place: &Place| {
                        self.values(*place).into_iter().filter(|&value| may_be(*place, value)).collect::<Vec<_>>()
                    };
                    let (left, right) = (values(left), values(right));
                    left.iter().any(|one| right.iter().any(|other| (one == other) == *equal))
                }
                _ => true,
            })
    }

    /// The values that a fact may have.
    fn values(&self, place: Place) -> Vec<Value> {
        let mut values = vec![Value::UNKNOWN];
        match self.problem.value_kind(place.fluent) {
            ValueKind::Boolean => values.extend([Value::YES, Value::NO]),
            ValueKind::Number => {}
            ValueKind::Entity(kinds) => values.extend(self.problem.world.entities_of(&kinds).map(Value::entity)),
        }
        values
    }
}

//! All events that could ever be possible: every action with all arguments, without those whose needs contradict
//! themselves.

use super::closing::Bindings;
use super::compile::{Compiled, Compiler, Sense};
use super::fluents::entities_of;
use super::{Atom, ChainId, Condition, EventId, GroundError, Place, Problem, Value, errors};
use crate::diagnostic::grouped;
use crate::world::{ActionId, EventArgument, EventTerm, Parameter, ParameterKind, Term, ValueKind};

/// After so many steps needs are taken not to contradict themselves.
const MOST_STEPS: usize = 20_000;

impl Problem<'_> {
    /// All events of actions without statements and numbers whose needs do not contradict themselves, by action, arguments in
    /// order, the first slowest.
    pub fn all_events(&mut self) -> Result<Vec<EventId>, GroundError> {
        let mut events = Vec::new();
        for index in 0..self.world.actions.len() {
            let action = ActionId::from_index(index);
            if let Some(domains) = self.plain_domains(action) {
                self.require_few(action, &domains, events.len())?;
                self.events_of(action, &domains, &mut events)?;
            }
        }
        Ok(events)
    }

    /// What each parameter of an action may be; `None` if it takes statements or numbers.
    pub(crate) fn plain_domains(&self, action: ActionId) -> Option<Vec<Vec<EventArgument>>> {
        let domain = |parameter: &Parameter| match &parameter.kind {
            ParameterKind::Statement | ParameterKind::Number => None,
            kind => Some(self.entity_arguments(kind)),
        };
        self.world.actions[action.index()].parameters.iter().map(domain).collect()
    }

    pub(crate) fn entity_arguments(&self, kind: &ParameterKind) -> Vec<EventArgument> {
        let entities = entities_of(self.world, kind).into_iter();
        entities.map(|entity| EventArgument::Term(Term::Entity(entity))).collect()
    }

    pub(crate) fn require_few(&self, action: ActionId, domains: &[Vec<EventArgument>], others: usize) -> Compiled<()> {
        let action = &self.world.actions[action.index()];
        let limit = self.limits.instances;
        if combinations(domains).checked_add(others).is_none_or(|count| count > limit) {
            let message = format!(
                "the action “{}” could be done in {} ways, one for each choice of its arguments; all actions together may \
                 have {} at most",
                action.name,
                grouped(combinations(domains)),
                grouped(limit)
            );
            return Err(GroundError::new(&errors::TOO_MANY_INSTANCES, message)
                .or_at(action.span)
                .help("fewer parameters, or narrower kinds for them, make fewer ways; what is only mentioned need not be a parameter")
                .help("an action that plans can do without is left out of them with a line `unplanned` below it"));
        }
        Ok(())
    }

    fn require_few_changes(&self, action: ActionId) -> Compiled<()> {
        let limit = self.limits.changes;
        if self.written_out <= limit {
            return Ok(());
        }
        let action = &self.world.actions[action.index()];
        let message = format!(
            "what all actions do to facts and to what is believed of them, written out for each choice of their arguments, is \
             more than {} changes; the limit is passed at the action “{}”",
            grouped(limit),
            action.name
        );
        Err(GroundError::new(&errors::TOO_MANY_INSTANCES, message)
            .or_at(action.span)
            .help("fewer people, or narrower kinds for parameters and in `for all`, make fewer changes")
            .help("an action that plans can do without is left out of them with a line `unplanned` below it"))
    }

    /// Adds the events of `action` with all arguments of `domains`.
    pub(crate) fn events_of(
        &mut self,
        action: ActionId,
        domains: &[Vec<EventArgument>],
        events: &mut Vec<EventId>,
    ) -> Compiled<()> {
        if domains.iter().any(Vec::is_empty) {
            return Ok(());
        }
        let mut positions = vec![0; domains.len()];
        loop {
            let arguments =
                positions.iter().zip(domains).map(|(&at, domain): (&usize, _)| domain[at].clone()).collect();
            let term = EventTerm { action, arguments };
            if self.may_be_possible(&term)? {
                let event = self.event(&term)?;
                self.written_out += self.get(event).size();
                self.require_few_changes(action)?;
                events.push(event);
            }
            let Some(slot) = (0..domains.len()).rev().find(|&slot| positions[slot] + 1 < domains[slot].len()) else {
                return Ok(());
            };
            positions[slot] += 1;
            positions[slot + 1..].fill(0);
        }
    }

    fn may_be_possible(&mut self, term: &EventTerm) -> Compiled<bool> {
        let bindings = Bindings::of_event(term, self.world.someone());
        let mut compiler = Compiler::new(self, bindings);
        let mut needs = Vec::new();
        for precondition in &compiler.world().actions[term.action.index()].preconditions {
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

/// How many choices there are of one argument from each of `domains`.
pub(crate) fn combinations(domains: &[Vec<EventArgument>]) -> usize {
    domains.iter().fold(1, |all: usize, one| all.saturating_mul(one.len()))
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

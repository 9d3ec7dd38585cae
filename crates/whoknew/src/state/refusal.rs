//! Why an event cannot happen, as a value: for each failing need its alternatives, for each alternative the parts that
//! fail, with what is the case instead.

use super::errors::StateError;
use super::{Situations, StateId};
use crate::ground::evaluate::{amount, atom_holds, compare};
use crate::ground::{Atom, Condition, EventId, Level, Place, Value};
use crate::world::Comparison;
use std::sync::Arc;

/// Why an event cannot happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The event.
    pub event: EventId,
    /// The needs that fail, in written order.
    pub needs: Vec<FailedNeed>,
}

/// A need that fails.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedNeed {
    /// Its position among the action's preconditions.
    pub position: usize,
    /// Declared hidden.
    pub hidden: bool,
    /// What would make it hold: one of these, in written order. Empty: nothing would.
    pub alternatives: Vec<Alternative>,
    /// There are more alternatives than the limit; those above are the first written.
    pub cut: bool,
}

/// A way in which a condition could hold, and what is missing for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alternative {
    /// The parts that fail; no part twice.
    pub failing: Vec<FailedPart>,
}

/// A comparison that fails.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedPart {
    /// The fact, as somebody believes it perhaps.
    pub place: Place,
    /// What it should be.
    pub wanted: Wanted,
    /// What it is.
    pub actual: Value,
}

/// What a fact should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wanted {
    /// This value.
    Equal(Value),
    /// Any other value.
    NotEqual(Value),
    /// A number that compares so with this one.
    Compared(Comparison, Value),
}

impl Refusal {
    /// Whether nothing would make it possible.
    pub fn can_never_be(&self) -> bool {
        self.needs.iter().any(FailedNeed::can_never_be)
    }
}

impl FailedPart {
    /// Whether this value would do.
    pub fn is_met_by(&self, value: Value) -> bool {
        match self.wanted {
            Wanted::Equal(wanted) => value == wanted,
            Wanted::NotEqual(wanted) => value != wanted,
            Wanted::Compared(comparison, bound) => compare(comparison, value, bound),
        }
    }

    /// A value that would do; the nearest for numbers, `?` where any but one will do.
    pub fn repair(&self) -> Value {
        let beside = |value: Value, step: f64| value.as_number().map_or(value, |number| Value::number(number + step));
        match self.wanted {
            Wanted::Equal(value) => value,
            Wanted::NotEqual(value) => match value.as_boolean() {
                Some(yes) => Value::boolean(!yes),
                None if value.as_number().is_some() => beside(value, 1.0),
                None => Value::UNKNOWN,
            },
            Wanted::Compared(Comparison::Less, value) => beside(value, -1.0),
            Wanted::Compared(Comparison::Greater | Comparison::NotEqual, value) => beside(value, 1.0),
            Wanted::Compared(_, value) => value,
        }
    }
}

impl FailedNeed {
    /// Whether nothing would make it hold.
    pub fn can_never_be(&self) -> bool {
        self.alternatives.is_empty()
    }

    /// The alternative with the fewest failing parts; of several one that makes nothing unknown, and the first written.
    pub fn nearest(&self) -> Option<&Alternative> {
        self.alternatives.iter().min_by_key(|alternative| (alternative.failing.len(), alternative.made_unknown()))
    }
}

impl Alternative {
    /// How many of its parts want a fact to be unknown.
    pub(crate) fn made_unknown(&self) -> usize {
        self.failing.iter().filter(|part| part.wanted == Wanted::Equal(Value::UNKNOWN)).count()
    }

    /// The values that make it hold.
    pub fn repairs(&self) -> Vec<(Place, Value)> {
        self.failing.iter().map(|part| (part.place, part.repair())).collect()
    }
}

impl Situations<'_> {
    /// Why `event` cannot happen in `state`; `None` if it can.
    pub fn refusal(&mut self, state: StateId, event: EventId) -> Result<Option<Refusal>, StateError> {
        let ground = Arc::clone(self.problem.get(event));
        let mut needs = Vec::new();
        for (position, need) in ground.needs().iter().enumerate() {
            if !self.holds(state, &need.condition)? {
                let (alternatives, cut) = self.ways(state, &need.condition)?;
                needs.push(FailedNeed { position, hidden: need.hidden, alternatives, cut });
            }
        }
        Ok((!needs.is_empty()).then_some(Refusal { event, needs }))
    }

    /// What is missing for `condition`: its alternatives with the parts that fail, in written order, up to the limit. One
    /// without failing parts if it holds; none if nothing would make it hold.
    pub fn unmet(&mut self, state: StateId, condition: &Condition) -> Result<Vec<Alternative>, StateError> {
        Ok(self.ways(state, condition)?.0)
    }

    /// The same, and whether there are more than the limit.
    fn ways(&mut self, state: StateId, condition: &Condition) -> Result<(Vec<Alternative>, bool), StateError> {
        let mut ways = Ways { limit: self.problem.limits().alternatives, cut: false };
        let alternatives = ways.missing(&mut self.at(state), condition)?;
        Ok((alternatives, ways.cut))
    }
}

/// Writes out alternatives up to a limit.
struct Ways {
    limit: usize,
    cut: bool,
}

impl Ways {
    fn missing<L: Level>(&mut self, level: &mut L, condition: &Condition) -> Result<Vec<Alternative>, L::Error> {
        match condition {
            Condition::Constant(true) => Ok(vec![Alternative::default()]),
            Condition::Constant(false) => Ok(Vec::new()),
            Condition::Atom(atom) => missing_atom(level, atom),
            Condition::Any(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    if all.len() >= self.limit {
                        self.cut = true;
                        break;
                    }
                    all.extend(self.missing(level, part)?);
                }
                Ok(self.first(all))
            }
            Condition::All(parts) => {
                let mut all = vec![Alternative::default()];
                for part in parts {
                    let further = self.missing(level, part)?;
                    let mut joined = Vec::with_capacity(self.limit.min(all.len() * further.len()));
                    for one in &all {
                        joined.extend(further.iter().filter_map(|other| one.joined(other)).take(self.limit + 1));
                        if joined.len() > self.limit {
                            break;
                        }
                    }
                    all = self.first(joined);
                }
                Ok(all)
            }
        }
    }

    /// The first of them, up to the limit.
    fn first(&mut self, mut alternatives: Vec<Alternative>) -> Vec<Alternative> {
        self.cut |= alternatives.len() > self.limit;
        alternatives.truncate(self.limit);
        alternatives
    }
}
impl Alternative {
    /// Both; `None` if they want different values of one fact.
    fn joined(&self, other: &Self) -> Option<Self> {
        let mut failing = self.failing.clone();
        for part in &other.failing {
            if failing.contains(part) {
                continue;
            }
            let contradicts = |known: &FailedPart| {
                known.place == part.place
                    && matches!((known.wanted, part.wanted), (Wanted::Equal(one), Wanted::Equal(two)) if one != two)
            };
            if failing.iter().any(contradicts) {
                return None;
            }
            failing.push(part.clone());
        }
        Some(Self { failing })
    }
}

fn missing_atom<L: Level>(level: &mut L, atom: &Atom) -> Result<Vec<Alternative>, L::Error> {
    if atom_holds(level, atom)? {
        return Ok(vec![Alternative::default()]);
    }
    let mut ways = Vec::new();
    let mut way = |place: Place, wanted: Wanted, actual: Value| {
        ways.push(Alternative { failing: vec![FailedPart { place, wanted, actual }] });
    };
    match atom {
        Atom::Is { place, value, equal } => {
            let wanted = if *equal { Wanted::Equal(*value) } else { Wanted::NotEqual(*value) };
            way(*place, wanted, level.value(*place)?);
        }
        Atom::Same { left, right, equal } => {
            let (first, second) = (level.value(*left)?, level.value(*right)?);
            let wanted = if *equal { Wanted::Equal } else { Wanted::NotEqual };
            way(*left, wanted(second), first);
            way(*right, wanted(first), second);
        }
        Atom::Measure { place, comparison, amount: other } => {
            let bound = amount(level, other)?;
            let wanted = match comparison {
                Comparison::Equal => Wanted::Equal(bound),
                Comparison::NotEqual => Wanted::NotEqual(bound),
                other => Wanted::Compared(*other, bound),
            };
            way(*place, wanted, level.value(*place)?);
        }
        Atom::Amounts(compared) => {
            let (comparison, left, right) = &**compared;
            let value = amount(level, right)?;
            let mut places = Vec::new();
            left.places(&mut |place| places.push(place));
            for place in places {
                way(place, Wanted::Compared(*comparison, value), level.value(place)?);
            }
        }
    }
    Ok(ways)
}

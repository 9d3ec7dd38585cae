//! Conditions and amounts over small numbers: what is constant folded, chains that begin with the owner of a level
//! shortened, facts named by their column.

use super::numbers::{Numbers, Small};
use crate::ground::{Amount, Atom, Condition, Place, Value, evaluate};
use crate::world::{Arithmetic, Comparison};

/// A fact that may change, in some chain of beliefs; chain 0 is the level itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Slot {
    pub(super) chain: u16,
    pub(super) fact: u16,
}

/// A level at which formulas are evaluated.
pub(super) trait View {
    /// The number of the value of `slot`.
    fn small(&self, slot: Slot) -> Small;
    /// The value that has the number.
    fn value(&self, small: Small) -> Value;
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Formula {
    Constant(bool),
    Is {
        slot: Slot,
        value: Small,
        equal: bool,
    },
    Same {
        left: Slot,
        right: Slot,
        equal: bool,
    },
    /// A constant on the left and a slot on the right that differ: whoever is surprised learns what the slot has.
    Differs {
        slot: Slot,
        from: Small,
    },
    /// Two numbers compared; solved: the left one is a slot, which alone is in doubt.
    Compare {
        comparison: Comparison,
        solved: bool,
        sides: Box<(Number, Number)>,
    },
    All(Box<[Formula]>),
    Any(Box<[Formula]>),
}

/// A value that is computed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Number {
    Constant(Value),
    Slot(Slot),
    Arithmetic(Arithmetic, Box<(Number, Number)>),
    If(Box<[(Formula, Number)]>, Box<Number>),
}

impl Formula {
    /// Whether it holds.
    pub(super) fn holds(&self, view: &impl View) -> bool {
        match self {
            Self::Constant(holds) => *holds,
            Self::Is { slot, value, equal } => (view.small(*slot) == *value) == *equal,
            Self::Same { left, right, equal } => (view.small(*left) == view.small(*right)) == *equal,
            Self::Differs { slot, from } => view.small(*slot) != *from,
            Self::Compare { comparison, sides, .. } => {
                evaluate::compare(*comparison, sides.0.evaluate(view), sides.1.evaluate(view))
            }
            Self::All(parts) => parts.iter().all(|part| part.holds(view)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(view)),
        }
    }

    /// All must hold; simplified.
    pub(super) fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Constant(true) => {}
                Self::Constant(false) => return part,
                Self::All(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        if contradictory(&kept) {
            return Self::Constant(false);
        }
        match kept.len() {
            0 => Self::Constant(true),
            1 => kept.swap_remove(0),
            _ => Self::All(kept.into()),
        }
    }

    /// One must hold; simplified.
    pub(super) fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Constant(false) => {}
                Self::Constant(true) => return part,
                Self::Any(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Constant(false),
            1 => kept.swap_remove(0),
            _ => Self::Any(kept.into()),
        }
    }

    /// Calls `visit` on every slot that it reads.
    pub(super) fn slots(&self, visit: &mut impl FnMut(Slot)) {
        match self {
            Self::Constant(_) => {}
            Self::Is { slot, .. } | Self::Differs { slot, .. } => visit(*slot),
            Self::Same { left, right, .. } => {
                visit(*left);
                visit(*right);
            }
            Self::Compare { sides, .. } => {
                sides.0.slots(visit);
                sides.1.slots(visit);
            }
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.slots(visit)),
        }
    }

    /// The parts that must all hold.
    pub(super) fn conjuncts(&self) -> &[Self] {
        match self {
            Self::All(parts) => parts,
            other => std::slice::from_ref(other),
        }
    }
}

/// Whether `parts`, which must all hold, demand two values of one fact.
fn contradictory(parts: &[Formula]) -> bool {
    parts.iter().enumerate().any(|(index, one)| {
        let Formula::Is { slot, value, equal } = one else { return false };
        parts[..index].iter().any(|other| match other {
            Formula::Is { slot: same, value: wanted, equal: demanded } if same == slot => match (equal, demanded) {
                (true, true) => value != wanted,
                (false, false) => false,
                _ => value == wanted,
            },
            _ => false,
        })
    })
}

impl Number {
    /// Its value.
    pub(super) fn evaluate(&self, view: &impl View) -> Value {
        match self {
            Self::Constant(value) => *value,
            Self::Slot(slot) => view.value(view.small(*slot)),
            Self::Arithmetic(operation, sides) => {
                evaluate::calculate(*operation, sides.0.evaluate(view), sides.1.evaluate(view))
            }
            Self::If(branches, otherwise) => {
                let decided = branches.iter().find(|(test, _)| test.holds(view));
                decided.map_or(&**otherwise, |(_, number)| number).evaluate(view)
            }
        }
    }

    /// Calls `visit` on every slot that it reads.
    pub(super) fn slots(&self, visit: &mut impl FnMut(Slot)) {
        match self {
            Self::Constant(_) => {}
            Self::Slot(slot) => visit(*slot),
            Self::Arithmetic(_, sides) => {
                sides.0.slots(visit);
                sides.1.slots(visit);
            }
            Self::If(branches, otherwise) => {
                for (test, number) in branches {
                    test.slots(visit);
                    number.slots(visit);
                }
                otherwise.slots(visit);
            }
        }
    }
}

/// Where a place is found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Found {
    /// Nothing ever changes it.
    Constant(Value),
    /// It has a column.
    Slot(Slot),
}

/// Translates ground formulas; `find` says where a place is found.
pub(super) struct Translator<'t, F: FnMut(Place) -> Found> {
    pub(super) numbers: &'t mut Numbers,
    pub(super) find: F,
}

impl<F: FnMut(Place) -> Found> Translator<'_, F> {
    pub(super) fn condition(&mut self, condition: &Condition) -> Formula {
        match condition {
            Condition::Constant(holds) => Formula::Constant(*holds),
            Condition::Atom(atom) => self.atom(atom),
            Condition::All(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
                Formula::all(parts)
            }
            Condition::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
                Formula::any(parts)
            }
        }
    }

    fn atom(&mut self, atom: &Atom) -> Formula {
        match atom {
            Atom::Is { place, value, equal } => match (self.find)(*place) {
                Found::Constant(known) => Formula::Constant((known == *value) == *equal),
                Found::Slot(slot) => Formula::Is { slot, value: self.numbers.intern(*value), equal: *equal },
            },
            Atom::Same { left, right, equal } => match ((self.find)(*left), (self.find)(*right)) {
                (Found::Constant(left), Found::Constant(right)) => Formula::Constant((left == right) == *equal),
                (Found::Constant(value), Found::Slot(slot)) if !*equal => {
                    Formula::Differs { slot, from: self.numbers.intern(value) }
                }
                (Found::Slot(slot), Found::Constant(value)) | (Found::Constant(value), Found::Slot(slot)) => {
                    Formula::Is { slot, value: self.numbers.intern(value), equal: *equal }
                }
                (Found::Slot(left), Found::Slot(right)) => Formula::Same { left, right, equal: *equal },
            },
            Atom::Measure { place, comparison, amount } => {
                let left = self.place(*place);
                let right = self.amount(amount);
                self.compare(*comparison, left, right, true)
            }
            Atom::Amounts(compared) => {
                let (comparison, left, right) = &**compared;
                let left = self.amount(left);
                let right = self.amount(right);
                self.compare(*comparison, left, right, false)
            }
        }
    }

    fn compare(&mut self, comparison: Comparison, left: Number, right: Number, solved: bool) -> Formula {
        let equal = comparison == Comparison::Equal;
        match (&left, &right) {
            (Number::Constant(left), Number::Constant(right)) => {
                Formula::Constant(evaluate::compare(comparison, *left, *right))
            }
            (Number::Slot(slot), Number::Constant(value)) | (Number::Constant(value), Number::Slot(slot))
                if solved && (equal || comparison == Comparison::NotEqual) =>
            {
                Formula::Is { slot: *slot, value: self.numbers.intern(*value), equal }
            }
            _ => {
                let solved = solved && matches!(left, Number::Slot(_));
                Formula::Compare { comparison, solved, sides: Box::new((left, right)) }
            }
        }
    }

    fn place(&mut self, place: Place) -> Number {
        match (self.find)(place) {
            Found::Constant(value) => Number::Constant(value),
            Found::Slot(slot) => Number::Slot(slot),
        }
    }

    pub(super) fn amount(&mut self, amount: &Amount) -> Number {
        match amount {
            Amount::Constant(value) => Number::Constant(*value),
            Amount::Place(place) => self.place(*place),
            Amount::Arithmetic(operation, left, right) => match (self.amount(left), self.amount(right)) {
                (Number::Constant(left), Number::Constant(right)) => {
                    Number::Constant(evaluate::calculate(*operation, left, right))
                }
                sides => Number::Arithmetic(*operation, Box::new(sides)),
            },
            Amount::If(branches, otherwise) => self.branches(branches, otherwise),
        }
    }

    fn branches(&mut self, branches: &[(Condition, Amount)], otherwise: &Amount) -> Number {
        let mut kept = Vec::new();
        for (test, amount) in branches {
            match self.condition(test) {
                Formula::Constant(false) => {}
                Formula::Constant(true) => {
                    let certain = self.amount(amount);
                    return if kept.is_empty() { certain } else { Number::If(kept.into(), Box::new(certain)) };
                }
                test => kept.push((test, self.amount(amount))),
            }
        }
        let otherwise = self.amount(otherwise);
        if kept.is_empty() { otherwise } else { Number::If(kept.into(), Box::new(otherwise)) }
    }
}

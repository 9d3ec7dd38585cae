//! Ground conditions and amounts: small trees over places (a fact in a chain of beliefs), negation pushed inwards.
//!
//! The meaning of comparison with `?` is that of the published planner that we agree with: `=` and `!=` take `?` as an
//! ordinary value; `<` and `>` are false of it; `<=` and `>=` hold between two unknowns only.

use super::{Place, Value};
use crate::world::{Arithmetic, Comparison};
use std::convert::Infallible;

/// A ground condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// Holds always, or never.
    Constant(bool),
    /// One comparison.
    Atom(Atom),
    /// All must hold; written order.
    All(Vec<Condition>),
    /// One must hold; written order.
    Any(Vec<Condition>),
}

/// One comparison. The frequent ones are small: conditions are made and copied by the thousand.
#[derive(Clone, Debug, PartialEq)]
pub enum Atom {
    /// The fact has, or has not, this value.
    Is {
        /// The fact.
        place: Place,
        /// The value it is compared with.
        value: Value,
        /// `=`, otherwise `!=`.
        equal: bool,
    },
    /// Two facts have, or have not, the same value.
    Same {
        /// The left one: surprise repairs it first.
        left: Place,
        /// The right one.
        right: Place,
        /// `=`, otherwise `!=`.
        equal: bool,
    },
    /// A fact compared with an amount.
    Measure {
        /// The fact.
        place: Place,
        /// How.
        comparison: Comparison,
        /// With what.
        amount: Box<Amount>,
    },
    /// Two amounts compared of which neither can be solved for a fact.
    Amounts(Box<(Comparison, Amount, Amount)>),
}

/// A ground value: a number mostly.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// Always this.
    Constant(Value),
    /// What the fact has.
    Place(Place),
    /// `+ - * /`
    Arithmetic(Arithmetic, Box<Amount>, Box<Amount>),
    /// The first test that holds decides.
    If(Vec<(Condition, Amount)>, Box<Amount>),
}

impl Condition {
    /// Both must hold; simplified.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(true, parts)
    }

    /// One must hold; simplified.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(false, parts)
    }

    /// All of `parts`, or any; simplified.
    pub(crate) fn joined(all: bool, parts: impl IntoIterator<Item = Self>) -> Self {
        match Self::try_joined(all, parts.into_iter().map(Ok::<_, Infallible>)) {
            Ok(condition) => condition,
            Err(never) => match never {},
        }
    }

    /// The same of parts that may fail; those after one that decides are not asked for.
    pub(crate) fn try_joined<E>(all: bool, parts: impl IntoIterator<Item = Result<Self, E>>) -> Result<Self, E> {
        let mut kept = Vec::new();
        for part in parts {
            match part? {
                Self::Constant(holds) if holds == all => {}
                Self::Constant(decided) => return Ok(Self::Constant(decided)),
                Self::All(inner) if all => kept.extend(inner),
                Self::Any(inner) if !all => kept.extend(inner),
                other => kept.push(other),
            }
        }
        Ok(match kept.len() {
            0 => Self::Constant(all),
            1 => kept.swap_remove(0),
            _ if all => Self::All(kept),
            _ => Self::Any(kept),
        })
    }

    /// Calls `visit` on every atom, in written order.
    pub fn atoms<'a>(&'a self, visit: &mut impl FnMut(&'a Atom)) {
        match self {
            Self::Constant(_) => {}
            Self::Atom(atom) => visit(atom),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.atoms(visit);
                }
            }
        }
    }

    /// Calls `visit` on every place that it reads.
    pub fn places(&self, visit: &mut impl FnMut(Place)) {
        self.atoms(&mut |atom| atom.places(visit));
    }
}

impl Atom {
    /// Calls `visit` on every place that it reads.
    pub fn places(&self, visit: &mut impl FnMut(Place)) {
        match self {
            Self::Is { place, .. } => visit(*place),
            Self::Same { left, right, .. } => {
                visit(*left);
                visit(*right);
            }
            Self::Measure { place, amount, .. } => {
                visit(*place);
                amount.places(visit);
            }
            Self::Amounts(compared) => {
                let (_, left, right) = &**compared;
                left.places(visit);
                right.places(visit);
            }
        }
    }
}

impl Amount {
    /// Calls `visit` on every place that it reads.
    pub fn places(&self, visit: &mut impl FnMut(Place)) {
        match self {
            Self::Constant(_) => {}
            Self::Place(place) => visit(*place),
            Self::Arithmetic(_, left, right) => {
                left.places(visit);
                right.places(visit);
            }
            Self::If(branches, otherwise) => {
                for (test, value) in branches {
                    test.places(visit);
                    value.places(visit);
                }
                otherwise.places(visit);
            }
        }
    }
}

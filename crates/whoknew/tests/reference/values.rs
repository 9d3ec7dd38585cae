//! Values and facts of the reference.

use whoknew::world::{EntityId, EventTerm, FluentId};

/// The value of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    Unknown,
    Boolean(bool),
    Number(Number),
    Entity(EntityId),
}

/// A number that can be compared for equality: never NaN, never -0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(u64);

impl Value {
    pub fn number(number: f64) -> Self {
        if number.is_nan() { Self::Unknown } else { Self::Number(Number((number + 0.0).to_bits())) }
    }

    pub fn as_number(self) -> Option<f64> {
        match self {
            Self::Number(Number(bits)) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }
}

/// A character, by position among the characters.
pub type Mind = usize;

/// Something that has a value in every situation.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A declared fact with its arguments.
    Fluent(FluentId, Vec<EntityId>),
    /// Whether a matching event has happened.
    Happened(EventTerm),
    /// How many matching events have happened.
    Times(EventTerm),
}

/// A fact by its position in the list of all facts.
pub type FactId = usize;

/// A fact as read through these minds.
pub type Place = (Vec<Mind>, FactId);

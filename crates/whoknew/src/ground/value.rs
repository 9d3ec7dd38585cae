//! The value of a fact: unknown, yes or no, an entity or a number, in eight bytes.
//!
//! Invariant: equal values have equal bits. Numbers are their own IEEE bits (never NaN, never -0); everything else
//! hides in the bits of negative quiet NaNs.

use crate::world::EntityId;
use std::fmt;

const TAG: u64 = 0xFFF8_0000_0000_0000;
const UNKNOWN: u64 = TAG | (1 << 32);
const BOOLEAN: u64 = TAG | (2 << 32);
const ENTITY: u64 = TAG | (3 << 32);

/// The value of a ground fact.
///
/// ```
/// use whoknew::ground::Value;
/// assert_eq!(Value::number(3.0).as_number(), Some(3.0));
/// assert_eq!(Value::boolean(true), Value::YES);
/// assert!(Value::UNKNOWN.is_unknown());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value(u64);

impl Value {
    /// `?`
    pub const UNKNOWN: Self = Self(UNKNOWN);
    /// `no`
    pub const NO: Self = Self(BOOLEAN);
    /// `yes`
    pub const YES: Self = Self(BOOLEAN | 1);

    /// Yes or no.
    pub const fn boolean(yes: bool) -> Self {
        if yes { Self::YES } else { Self::NO }
    }

    /// A number; what is not a number is unknown.
    pub fn number(number: f64) -> Self {
        if number.is_nan() { Self::UNKNOWN } else { Self((number + 0.0).to_bits()) }
    }

    /// 0
    pub(crate) const fn number_zero() -> Self {
        Self(0)
    }

    /// An entity.
    pub const fn entity(entity: EntityId) -> Self {
        Self(ENTITY | entity.index() as u64)
    }

    /// Whether it is `?`.
    pub const fn is_unknown(self) -> bool {
        self.0 == UNKNOWN
    }

    /// Yes or no, if it is either.
    pub const fn as_boolean(self) -> Option<bool> {
        match self.0 {
            YES_BITS => Some(true),
            BOOLEAN => Some(false),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub const fn as_number(self) -> Option<f64> {
        if self.0 & TAG == TAG { None } else { Some(f64::from_bits(self.0)) }
    }

    /// The entity, if it is one.
    pub const fn as_entity(self) -> Option<EntityId> {
        if self.0 & (TAG | (0xFFFF << 32)) == ENTITY {
            Some(EntityId::from_index((self.0 & 0xFFFF_FFFF) as usize))
        } else {
            None
        }
    }
}

const YES_BITS: u64 = BOOLEAN | 1;

impl fmt::Debug for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(boolean) = self.as_boolean() {
            write!(formatter, "{}", if boolean { "yes" } else { "no" })
        } else if let Some(number) = self.as_number() {
            write!(formatter, "{number}")
        } else if let Some(entity) = self.as_entity() {
            write!(formatter, "entity {}", entity.index())
        } else {
            write!(formatter, "?")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_reads_back_as_what_it_was_made_from() {
        let entity = EntityId::from_index(7);
        assert_eq!(Value::entity(entity).as_entity(), Some(entity));
        assert_eq!(Value::entity(entity).as_number(), None);
        assert_eq!(Value::number(f64::NEG_INFINITY).as_number(), Some(f64::NEG_INFINITY));
        assert_eq!(Value::number(-0.0), Value::number(0.0));
        assert_eq!(Value::number(f64::NAN), Value::UNKNOWN);
        assert_eq!(Value::NO.as_boolean(), Some(false));
        assert_eq!(Value::NO.as_entity(), None);
        assert_eq!(Value::UNKNOWN.as_boolean(), None);
    }
}

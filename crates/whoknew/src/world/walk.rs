//! Walking over expressions.

use super::Expression;

impl Expression {
    /// Calls `visit` on this expression and on all parts of it, outer ones first. Statements inside events are not
    /// read when an expression is evaluated, so they are left out.
    pub fn for_each<'e>(&'e self, visit: &mut impl FnMut(&'e Self)) {
        visit(self);
        match self {
            Self::Boolean(_)
            | Self::Number(_)
            | Self::Entity(_)
            | Self::Unknown
            | Self::Fluent(_)
            | Self::Happened(_)
            | Self::Times { .. }
            | Self::Time
            | Self::Statement(_) => {}
            Self::Not(inner)
            | Self::Believes(_, inner)
            | Self::Knows(_, inner)
            | Self::KnowsWhether(_, inner)
            | Self::Wonders(_, inner)
            | Self::Quantified(_, _, inner)
            | Self::IsKind(inner, _) => inner.for_each(visit),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.for_each(visit)),
            Self::Compare(_, left, right) | Self::Arithmetic(_, left, right) => {
                left.for_each(visit);
                right.for_each(visit);
            }
            Self::If(cases, last) => {
                for (condition, value) in cases {
                    condition.for_each(visit);
                    value.for_each(visit);
                }
                last.for_each(visit);
            }
        }
    }
}

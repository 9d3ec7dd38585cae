//! Explicit limits, so that a too large world ends in a clear message and not in a full memory.

/// What a ground world and its situations may cost at most. All are counts, never seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Ground facts.
    pub fluents: usize,
    /// Ground instances of rules, and of actions where all are asked for.
    pub instances: usize,
    /// Changes that the events of all actions make, written out, where all are asked for.
    pub changes: usize,
    /// Events of actions that take statements or numbers, where all are asked for.
    pub sayings: usize,
    /// Conditions and effects that quantifiers unfold into, in one declaration.
    pub parts: usize,
    /// The same of all ground instances of rules together.
    pub rule_parts: usize,
    /// Nested beliefs and nested formulas.
    pub nesting: usize,
    /// Situations, true and believed, that are kept.
    pub situations: usize,
    /// Applications of rules while one situation settles.
    pub rule_steps: usize,
    /// Alternatives into which one need is written out.
    pub alternatives: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            fluents: 4_000_000,
            instances: 2_000_000,
            changes: 8_000_000,
            sayings: 100_000,
            parts: 1_000_000,
            rule_parts: 10_000_000,
            nesting: 100,
            situations: 6_000_000,
            rule_steps: 100_000,
            alternatives: 256,
        }
    }
}

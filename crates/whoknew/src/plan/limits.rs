//! What planning may cost. All limits count; none is a time.

/// How far to look for a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Acts in the author's plan.
    pub steps: usize,
    /// Acts in a plan that a character imagines.
    pub imagined: usize,
    /// How deep reasons may rest on the reasons of others.
    pub nesting: usize,
    /// Situations to compute.
    pub situations: u64,
    /// Bytes to remember them in, roughly.
    pub memory: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { steps: 10, imagined: 5, nesting: 2, situations: 200_000_000, memory: 1_500_000_000 }
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Task {
    /// The author's aim must be at least this, and more than at the start.
    pub aim: f64,
    /// Only a shortest plan will do.
    pub shortest: bool,
}

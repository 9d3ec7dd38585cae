//! What planning came to, in words, as both ways of showing it need it.

use super::look::Told;
use std::time::Duration;
use whoknew::plan::{Report, StopReason, say};

/// A finished search, with its plan in words.
pub struct Planned {
    /// What it came to.
    pub outcome: Outcome,
    /// The told point where it begins, if one was named.
    pub from: Option<String>,
    /// What the author's aim comes to at the start, if that is known.
    pub aim_at_start: Option<f64>,
    /// How many events were tried in situations.
    pub tried: u64,
    /// How many situations are kept.
    pub states: usize,
    /// Roughly how many bytes they take.
    pub bytes: usize,
    /// How long it took, the world read and made ready.
    pub elapsed: Duration,
}

/// What a search came to.
pub enum Outcome {
    /// This plan.
    Found(Vec<say::Act>),
    /// None within the limits.
    NoneWithinLimits,
    /// A limit ended it.
    Stopped {
        /// Which.
        by: Stop,
        /// The best until then.
        best: Option<Best>,
    },
}

/// The best until a search was stopped.
pub struct Best {
    /// What happens.
    pub acts: Vec<say::Act>,
    /// Whether that reaches the aim; otherwise it is a beginning.
    pub reaches_aim: bool,
    /// No plan is shorter than this.
    pub at_least: usize,
}

/// What ended a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// `--max-states`
    States,
    /// `--max-memory`
    Memory,
    /// `--timeout`
    Timeout,
    /// Somebody did.
    Interrupt,
}

impl Stop {
    /// From what the library and the observer say.
    pub fn new(reason: StopReason, told: Option<Told>) -> Self {
        match (reason, told) {
            (StopReason::Situations, _) => Self::States,
            (StopReason::Memory, _) => Self::Memory,
            (StopReason::Cancelled, Some(Told::Timeout)) => Self::Timeout,
            (StopReason::Cancelled, _) => Self::Interrupt,
        }
    }

    /// Its word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Memory => "memory",
            Self::Timeout => "timeout",
            Self::Interrupt => "interrupt",
        }
    }
}

impl Planned {
    /// Stopped before the search began.
    pub fn nothing(told: Told, elapsed: Duration) -> Self {
        let outcome = Outcome::Stopped { by: Stop::new(StopReason::Cancelled, Some(told)), best: None };
        Self { outcome, from: None, aim_at_start: None, tried: 0, states: 0, bytes: 0, elapsed }
    }

    /// With the outcome that was made of the report.
    pub fn new(outcome: Outcome, report: &Report, aim_at_start: Option<f64>, elapsed: Duration) -> Self {
        let &Report { tried, situations: states, bytes, .. } = report;
        Self { outcome, from: None, aim_at_start, tried, states, bytes, elapsed }
    }
}

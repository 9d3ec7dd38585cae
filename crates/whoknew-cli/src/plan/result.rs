//! What planning came to, in words, as both ways of showing it need it.

use crate::watchdog::Told;
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
    /// The most that it can ever come to; infinite if that is not known.
    pub aim_at_most: f64,
    /// What was left out because rules never come to rest after it.
    pub restless: Option<Restless>,
    /// How many events were tried in situations.
    pub tried: u64,
    /// How many situations are kept.
    pub states: usize,
    /// Roughly how many bytes they take.
    pub bytes: usize,
    /// How long it took, the world read and made ready.
    pub elapsed: Duration,
}

/// An event after which rules never come to rest, in words.
pub struct Restless {
    /// The event.
    pub event: String,
    /// A rule that goes on and on.
    pub rule: Option<String>,
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
        let aim_at_most = f64::INFINITY;
        Self {
            outcome,
            from: None,
            aim_at_start: None,
            aim_at_most,
            restless: None,
            tried: 0,
            states: 0,
            bytes: 0,
            elapsed,
        }
    }

    /// With the outcome that was made of the report; the aims come to the first number at the start, to the second at most.
    pub fn new(
        outcome: Outcome,
        report: &Report,
        (aim_at_start, aim_at_most): (Option<f64>, f64),
        elapsed: Duration,
    ) -> Self {
        let &Report { tried, situations: states, bytes, .. } = report;
        Self { outcome, from: None, aim_at_start, aim_at_most, restless: None, tried, states, bytes, elapsed }
    }
}

//! Whoever looks on while planning goes on: told what it has come to, and asked whether to go on.
//!
//! The library has no clock: how long planning may take is for the observer to say.

use super::limits::Limits;
use super::outcome::StopReason;
use crate::ground::EventId;

/// What planning has come to so far.
#[derive(Clone, Copy, Debug)]
pub struct Progress<'p> {
    /// Acts in an imagined plan that are tried at present.
    pub imagined: usize,
    /// Nesting of reasons that is tried at present.
    pub nesting: usize,
    /// How many events were tried in situations.
    pub tried: u64,
    /// How many situations are kept.
    pub situations: usize,
    /// Roughly how many bytes they take.
    pub bytes: usize,
    /// Every plan that reaches the aim has at least so many acts.
    pub at_least: usize,
    /// The best so far, if there is anything.
    pub best: Option<&'p Sketch>,
}

/// A beginning of a plan, or a whole one, without the reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch {
    /// What happens, in order; every act is explained.
    pub events: Vec<EventId>,
    /// Whether the aim is reached.
    pub reaches_aim: bool,
    /// How far the author's aim is met at its end, if that can be said.
    pub utility: Option<f64>,
}

/// Looks on while planning goes on. `&mut ()` does not; a closure that takes the progress does.
pub trait Observer {
    /// Whether to go on. Asked every few thousand events that are tried.
    fn keep_going(&mut self, progress: &Progress<'_>) -> bool {
        let _ = progress;
        true
    }
}

impl Observer for () {}

impl<F: FnMut(&Progress<'_>) -> bool> Observer for F {
    fn keep_going(&mut self, progress: &Progress<'_>) -> bool {
        self(progress)
    }
}

/// The observer is asked again after so much work.
const REST: u32 = 4_096;

/// The observer together with what it is told and what ended the search, if anything did.
pub(super) struct Watch<'o> {
    observer: Option<&'o mut dyn Observer>,
    pub(super) limits: Limits,
    pub(super) depth: (u8, u8),
    pub(super) best: Option<Sketch>,
    pub(super) at_least: usize,
    /// Which limit was reached.
    pub(super) stopped: Option<StopReason>,
    until_next: u32,
}

impl<'o> Watch<'o> {
    pub(super) fn new(observer: Option<&'o mut dyn Observer>, limits: Limits) -> Self {
        Self { observer, limits, depth: (0, 0), best: None, at_least: 0, stopped: None, until_next: REST }
    }

    /// So much work is done; whether it is time to look around.
    #[inline]
    pub(super) fn is_due(&mut self, work: u32) -> bool {
        self.until_next = self.until_next.saturating_sub(work);
        self.until_next == 0
    }

    /// Asks the observer.
    pub(super) fn ask(&mut self, tried: u64, situations: usize, bytes: usize) {
        self.until_next = REST;
        let progress = Progress {
            imagined: usize::from(self.depth.0),
            nesting: usize::from(self.depth.1),
            tried,
            situations,
            bytes,
            at_least: self.at_least,
            best: self.best.as_ref(),
        };
        if let Some(observer) = &mut self.observer
            && !observer.keep_going(&progress)
        {
            self.stopped = Some(StopReason::Cancelled);
        }
    }
}

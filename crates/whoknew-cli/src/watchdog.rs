//! Ends the program if its time is over, or somebody interrupts it, and the work at hand does not see that by itself.

use crate::interrupt;
use crate::output::complain;
use crate::plan::amounts;
use crate::status::Status;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::{Duration, Instant};
use std::{process, thread};

/// How often it looks.
const PAUSE: Duration = Duration::from_millis(50);
/// How long it leaves the work to see for itself that it must end.
const GRACE: Duration = Duration::from_millis(500);

/// It looks at the clock.
const WATCHING: u8 = 0;
/// The work is done, or looks by itself.
const ENDED: u8 = 1;
/// It answers, and ends the program.
const ANSWERING: u8 = 2;

/// Set as soon as the work must end.
pub static MUST_END: AtomicBool = AtomicBool::new(false);

/// Why work was told to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Its time was over.
    Timeout,
    /// Somebody interrupted it.
    Interrupt,
}

/// A thread that looks at the clock until the work does, or is done.
pub struct Watchdog {
    state: Arc<AtomicU8>,
}

impl Watchdog {
    /// Begins to look; `answer` says what comes of work that does not end by itself.
    pub fn start(timeout: Option<Duration>, answer: impl FnOnce(Told, Duration) -> Status + Send + 'static) -> Self {
        let state = Arc::new(AtomicU8::new(WATCHING));
        let seen = Arc::clone(&state);
        MUST_END.store(told(timeout, Instant::now()).is_some(), Ordering::Relaxed);
        thread::spawn(move || {
            let started = Instant::now();
            if let Some(told) = wait(timeout, started, &seen) {
                process::exit(answer(told, started.elapsed()).number().into());
            }
        });
        Self { state }
    }

    /// Ends the program when the time is over; `so` says what was not done.
    pub fn alone(timeout: Duration, so: &'static str) -> Self {
        Self::start(Some(timeout), move |told, _| {
            complain(&format!("{} {so}", said(told, Some(timeout))));
            Status::Unusable
        })
    }

    /// The work is done, or looks by itself from here on. Does not return if the answer is being given already.
    pub fn end(&self) {
        if leave(&self.state, ENDED) || self.state.load(Ordering::Relaxed) == ENDED {
            return;
        }
        loop {
            thread::park();
        }
    }
}

/// Why something ended, as a sentence.
pub fn said(told: Told, timeout: Option<Duration>) -> String {
    match told {
        Told::Interrupt => "Interrupted.".to_owned(),
        Told::Timeout => {
            let timeout = timeout.map(amounts::time).unwrap_or_default();
            format!("Stopped: the time given with --timeout, {timeout}, is over.")
        }
    }
}

/// Why the work has to end, if it has.
pub fn told(timeout: Option<Duration>, started: Instant) -> Option<Told> {
    if interrupt::happened() {
        return Some(Told::Interrupt);
    }
    timeout.filter(|&timeout| started.elapsed() >= timeout).map(|_| Told::Timeout)
}

/// Whether the work at hand was told to end.
pub fn must_end() -> bool {
    MUST_END.load(Ordering::Relaxed)
}

/// Goes from watching to `next`; whether it was watching.
fn leave(state: &AtomicU8, next: u8) -> bool {
    state.compare_exchange(WATCHING, next, Ordering::Relaxed, Ordering::Relaxed).is_ok()
}

/// Waits until the work is done, or is not and must end.
fn wait(timeout: Option<Duration>, started: Instant, state: &AtomicU8) -> Option<Told> {
    let mut ending: Option<(Told, Instant)> = None;
    while state.load(Ordering::Relaxed) == WATCHING {
        thread::sleep(PAUSE);
        match (ending, told(timeout, started)) {
            (Some((told, since)), _) if since.elapsed() >= GRACE => {
                return leave(state, ANSWERING).then_some(told);
            }
            (None, Some(told)) => {
                MUST_END.store(true, Ordering::Relaxed);
                ending = Some((told, Instant::now()));
            }
            _ => {}
        }
    }
    None
}

//! Ends the program if its time is over, or somebody interrupts it, while the world is still made ready: the search, which
//! looks at the clock by itself, has not begun then, so there is nothing to lose.

use super::look::Told;
use super::options::PlanOptions;
use super::result::Planned;
use super::{Shown, interrupt};
use crate::output::Output;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};
use std::{process, thread};

/// How often it looks.
const PAUSE: Duration = Duration::from_millis(50);
/// How long it leaves the search to begin, and to see for itself that it must end.
const GRACE: Duration = Duration::from_millis(500);

/// It looks at the clock.
const WATCHING: u8 = 0;
/// The search looks by itself.
const ENDED: u8 = 1;
/// It answers, and ends the program.
const ANSWERING: u8 = 2;

/// A thread that looks at the clock until the search does.
pub struct Watchdog {
    state: Arc<AtomicU8>,
}

impl Watchdog {
    /// Begins to look.
    pub fn start(options: &PlanOptions, path: &str, output: &Output) -> Self {
        let state = Arc::new(AtomicU8::new(WATCHING));
        let (seen, options, path, output) = (Arc::clone(&state), options.clone(), path.to_owned(), *output);
        thread::spawn(move || {
            let started = Instant::now();
            let told = wait(&options, started, &seen);
            if let Some(told) = told {
                let planned = Planned::nothing(told, started.elapsed());
                let shown = Shown { path: &path, options: &options, world: None };
                let (text, status) = shown.planned(&planned, &output);
                let _ = output.write(&text);
                process::exit(status.number().into());
            }
        });
        Self { state }
    }

    /// The search looks by itself from here on. Does not return if the answer is being given already.
    pub fn end(&self) {
        if leave(&self.state, ENDED) || self.state.load(Ordering::Relaxed) == ENDED {
            return;
        }
        loop {
            thread::park();
        }
    }
}

/// Goes from watching to `next`; whether it was watching.
fn leave(state: &AtomicU8, next: u8) -> bool {
    state.compare_exchange(WATCHING, next, Ordering::Relaxed, Ordering::Relaxed).is_ok()
}

/// Waits until the search has begun, or has not and must end.
fn wait(options: &PlanOptions, started: Instant, state: &AtomicU8) -> Option<Told> {
    let mut told: Option<(Told, Instant)> = None;
    while state.load(Ordering::Relaxed) == WATCHING {
        thread::sleep(PAUSE);
        let over = options.timeout.is_some_and(|timeout| started.elapsed() >= timeout);
        let now = if interrupt::happened() { Some(Told::Interrupt) } else { over.then_some(Told::Timeout) };
        match (told, now) {
            (Some((told, since)), _) if since.elapsed() >= GRACE => {
                return leave(state, ANSWERING).then_some(told);
            }
            (None, Some(now)) => told = Some((now, Instant::now())),
            _ => {}
        }
    }
    None
}

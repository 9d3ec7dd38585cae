//! Interrupts from the keyboard: the first asks the search to end, a second ends the program.

use crate::output::complain;
use crate::status::Status;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From here on an interrupt no longer ends the program at once.
pub fn listen() {
    let handler = || {
        if INTERRUPTED.swap(true, Ordering::Relaxed) {
            process::exit(Status::Unusable.number().into());
        }
    };
    // Without a handler an interrupt ends the program, which is no harm.
    if let Err(error) = ctrlc::set_handler(handler) {
        complain(&format!("an interrupt will end the search without an answer: {error}"));
    }
}

/// Whether there was one.
pub fn happened() -> bool {
    INTERRUPTED.load(Ordering::Relaxed)
}

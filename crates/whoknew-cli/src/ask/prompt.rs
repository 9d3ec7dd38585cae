//! The prompt: one question after another.

use super::session::Session;
use crate::output::Output;
use crate::status::Status;
use std::io::{self, BufRead};

/// Reads questions until there are no more.
pub fn run(session: &mut Session<'_>, output: &Output) -> Status {
    let mut status = Status::Sound;
    for line in io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        if line.trim().is_empty() {
            continue;
        }
        status = status.max(session.ask(line.trim(), output));
    }
    status
}

//! A word on the terminal when something takes long.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long we say nothing.
const SILENCE: Duration = Duration::from_secs(1);

/// Does `work`; if it takes over a second and standard error is a terminal, says there what takes so long, and
/// wipes it away in the end.
pub fn with_patience<T>(what: &str, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (done, waiting) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || keep_saying(what, &waiting));
        let result = work();
        drop(done);
        result
    })
}

fn keep_saying(what: &str, waiting: &mpsc::Receiver<()>) {
    let start = Instant::now();
    let mut stderr = io::stderr();
    let mut said = false;
    while waiting.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout) {
        said = true;
        // A terminal that cannot be written to changes nothing about the result.
        let _ = write!(stderr, "\r{what}: {} s …", start.elapsed().as_secs());
        let _ = stderr.flush();
    }
    if said {
        let _ = write!(stderr, "\r\x1b[2K");
        let _ = stderr.flush();
    }
}

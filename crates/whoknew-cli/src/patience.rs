//! A word on the terminal when something takes long.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How long we say nothing.
const SILENCE: Duration = Duration::from_secs(1);

/// How far the work is, in words; empty: nothing is known of that.
#[derive(Default)]
pub struct Saying(Mutex<String>);

impl Saying {
    /// Says it from now on.
    pub fn say(&self, words: String) {
        if let Ok(mut said) = self.0.lock() {
            *said = words;
        }
    }

    fn words(&self) -> String {
        self.0.lock().map(|said| said.clone()).unwrap_or_default()
    }
}

/// Does `work`; if it takes over a second and standard error is a terminal, says there what takes so long, and
/// wipes it away in the end.
pub fn with_patience<T>(what: &str, work: impl FnOnce() -> T) -> T {
    with_progress(what, |_| work())
}

/// The same; `work` may say how far it is.
pub fn with_progress<T>(what: &str, work: impl FnOnce(&Saying) -> T) -> T {
    let saying = Saying::default();
    if !io::stderr().is_terminal() {
        return work(&saying);
    }
    let (done, waiting) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(|| keep_saying(what, &saying, waiting));
        let result = work(&saying);
        drop(done);
        result
    })
}

fn keep_saying(what: &str, saying: &Saying, waiting: mpsc::Receiver<()>) {
    let start = Instant::now();
    let mut stderr = io::stderr();
    let mut said = false;
    while waiting.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout) {
        said = true;
        // A terminal that cannot be written to changes nothing about the result.
        let words = saying.words();
        let comma = if words.is_empty() { "" } else { ", " };
        let _ = write!(stderr, "\r\x1b[2K{what}: {words}{comma}{} s …", start.elapsed().as_secs());
        let _ = stderr.flush();
    }
    if said {
        let _ = write!(stderr, "\r\x1b[2K");
        let _ = stderr.flush();
    }
}

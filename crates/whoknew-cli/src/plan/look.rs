//! Looks on while a search goes on: says when its time is over, and shows on a terminal what it has come to; elsewhere it says once
//! that the search takes long, and what ends it.

use super::amounts;
use super::options::PlanOptions;
use crate::output::complain;
use crate::watchdog::{self, Told};
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};
use whoknew::diagnostic::grouped;
use whoknew::plan::{Observer, Progress};

/// How long the first words wait, and how long each stands.
const PAUSE: Duration = Duration::from_millis(200);

/// A search that has taken as long takes long.
const LONG: Duration = Duration::from_secs(5);

/// The observer of one search.
pub struct Look {
    started: Instant,
    timeout: Option<Duration>,
    shown: Option<Instant>,
    terminal: bool,
    /// What is said once where there is no terminal.
    notice: Option<String>,
    /// Why it told the search to end, if it did.
    pub told: Option<Told>,
}

impl Look {
    /// For a search that starts now.
    pub fn new(options: &PlanOptions) -> Self {
        Self {
            started: Instant::now(),
            timeout: options.timeout,
            shown: None,
            terminal: io::stderr().is_terminal(),
            notice: Some(notice(options)),
            told: None,
        }
    }

    /// How long the search has taken.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Whether the search has to end, and why.
    pub fn check(&mut self) -> Option<Told> {
        if self.told.is_none() {
            self.told = watchdog::told(self.timeout, self.started);
        }
        self.told
    }

    /// Wipes away what was shown.
    pub fn finish(&mut self) {
        if self.shown.take().is_some() {
            say("");
        }
    }

    fn show(&mut self, progress: &Progress<'_>) {
        if !self.terminal
            && self.elapsed() >= LONG
            && let Some(notice) = self.notice.take()
        {
            complain(&notice);
        }
        let last = self.shown.unwrap_or(self.started);
        if self.terminal && last.elapsed() >= PAUSE {
            self.shown = Some(Instant::now());
            say(&words(progress, self.elapsed()));
        }
    }
}

impl Observer for Look {
    fn keep_going(&mut self, progress: &Progress<'_>) -> bool {
        self.show(progress);
        self.check().is_none()
    }
}

/// Writes a line on standard error over the one before. A terminal that cannot be written to changes no result.
fn say(text: &str) {
    let width = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| usize::from(width.0));
    let text: String = text.chars().take(width.saturating_sub(1)).collect();
    let mut stderr = io::stderr();
    let _ = write!(stderr, "\r\x1b[2K{text}");
    let _ = stderr.flush();
}

/// What is looked for, and what ends the search.
fn notice(options: &PlanOptions) -> String {
    let time = match options.timeout {
        Some(timeout) => format!("for at most {} (--timeout)", amounts::time(timeout)),
        None => "until the search ends (--timeout sets a time)".to_owned(),
    };
    format!(
        "still looking for a plan, {time}: at most {} acts (--max-steps), {} imagined (--max-imagined), reasons {} deep \
         (--max-nesting), {} situations (--max-states), {} of memory (--max-memory)",
        options.steps(),
        options.imagined(),
        options.nesting(),
        grouped(options.states()),
        amounts::size(options.memory()),
    )
}

fn words(progress: &Progress<'_>, elapsed: Duration) -> String {
    let best = match progress.best {
        Some(best) if best.reaches_aim => {
            format!("a plan of {}, {} or more needed", best.events.len(), progress.at_least)
        }
        Some(best) => format!("{} acts explained", best.events.len()),
        None => "none explained".to_owned(),
    };
    format!(
        "{} · {} situations · {} · imagining {} ahead, {} deep · {best}",
        amounts::time(elapsed),
        grouped(progress.situations as u64),
        amounts::size(progress.bytes),
        progress.imagined,
        progress.nesting,
    )
}

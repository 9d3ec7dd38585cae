//! Standard output: colours, and readers that go away.

use crate::arguments::Color;
use anstream::{AutoStream, ColorChoice};
use std::io::{self, IsTerminal, Write};

/// The narrowest terminal we lay out for.
const LEAST_WIDTH: usize = 60;
/// The width where there is no terminal; wide, for files and logs.
const DEFAULT_WIDTH: usize = 140;

/// Standard output, with what was decided about colours.
#[derive(Clone, Copy)]
pub struct Output {
    choice: ColorChoice,
}

/// The reader of our output has gone away; there is nothing more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

impl Output {
    /// Decides about colours.
    pub fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => AutoStream::choice(&io::stdout()),
            Color::Always => ColorChoice::AlwaysAnsi,
            Color::Never => ColorChoice::Never,
        };
        Self { choice }
    }

    /// Whether to write colours.
    pub fn is_colored(&self) -> bool {
        self.choice != ColorChoice::Never
    }

    /// Whether a terminal shows what is written.
    pub fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// The number of columns to lay out for.
    pub fn width(&self) -> usize {
        match terminal_size::terminal_size() {
            Some((width, _)) if self.is_terminal() => LEAST_WIDTH.max(width.0.into()),
            _ => DEFAULT_WIDTH,
        }
    }

    /// Writes `text` at once. A reader that has gone away is no error: it has seen what it wanted.
    pub fn write(&self, text: &str) -> Result<(), Closed> {
        let mut stream = AutoStream::new(io::stdout(), self.choice);
        let written = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
        written.map_err(|error| {
            if error.kind() != io::ErrorKind::BrokenPipe {
                complain(&format!("cannot write the output: {error}"));
            }
            Closed
        })
    }
}

/// Says on standard error why the program cannot do what it was asked.
pub fn complain(text: &str) {
    // Nothing can be done if even this cannot be written.
    let _ = writeln!(io::stderr(), "whoknew: {text}");
}

/// Writes on standard error what is wrong with a file, where standard output is for something else.
pub fn explain(text: &str) {
    // Nothing can be done if even this cannot be written.
    let _ = writeln!(io::stderr(), "{text}\n");
}

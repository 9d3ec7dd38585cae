//! What is planned: a story or a problem file of another planner.

use crate::files::{Disk, STANDARD_INPUT};
use std::io::{self, IsTerminal};
use whoknew::import::sabre;
use whoknew::source::Files;
use whoknew::world::{self, Loaded};

/// A path, and where its text comes from.
pub struct Input {
    /// As messages show it.
    pub path: String,
    piped: bool,
}

impl Input {
    /// What the command line names; `None` if it names nothing and nothing is piped in.
    pub fn named(path: Option<&str>) -> Option<Self> {
        match path {
            None if io::stdin().is_terminal() => None,
            None | Some("-") => Some(Self { path: STANDARD_INPUT.to_owned(), piped: true }),
            Some(path) => Some(Self { path: path.to_owned(), piped: false }),
        }
    }

    /// Reads it. Problem files are known by their ending; on standard input, by their beginning.
    pub fn load(&self) -> Loaded {
        let files = if self.piped { Disk::with_standard_input() } else { Disk::new() };
        let foreign = if self.piped {
            files.read(&self.path).is_ok_and(|text| sabre::is_likely(&text))
        } else {
            self.path.ends_with(".txt") && !files.is_folder(&self.path)
        };
        if foreign { sabre::load(&self.path, &files) } else { world::load(&self.path, &files) }
    }
}

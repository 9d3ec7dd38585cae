//! Loading and checking one story: the one place where this program calls the library's main job.

use crate::status::Status;
use whoknew::diagnostic::Diagnostic;
use whoknew::source::{Files, Sources};

/// A story that was checked, or could not be.
pub struct Checked {
    /// The path as the user wrote it.
    pub path: String,
    /// The texts that were read.
    pub sources: Sources,
    /// What was found, in the order to show it.
    pub findings: Vec<Diagnostic>,
}

impl Checked {
    /// The exit status it calls for.
    pub fn status(&self) -> Status {
        Status::of(&self.findings)
    }
}

/// Loads the story at `path` and checks it.
pub fn check(path: &str, files: &dyn Files) -> Checked {
    let loaded = whoknew::world::load(path, files);
    Checked { path: path.to_owned(), sources: loaded.sources, findings: loaded.diagnostics }
}

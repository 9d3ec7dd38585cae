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
    let mut findings = loaded.diagnostics;
    if let Some(world) = &loaded.world {
        let report = whoknew::check::check(world, &loaded.usage, &loaded.sources, &whoknew::check::Options::default());
        findings.extend(report.input_errors);
        findings.extend(report.findings);
    }
    Checked { path: path.to_owned(), sources: loaded.sources, findings }
}

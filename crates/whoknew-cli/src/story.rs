//! Loading and checking one story: the one place where this program calls the library's main job.

use crate::patience::Saying;
use crate::status::Status;
use whoknew::check::{self, Options, Summary};
use whoknew::diagnostic::{Diagnostic, Severity};
use whoknew::settings::Settings;
use whoknew::source::{Files, Sources};
use whoknew::world;

/// A story that was checked, or could not be.
pub struct Checked {
    /// The path as the user wrote it.
    pub path: String,
    /// The texts that were read.
    pub sources: Sources,
    /// What was found, in the order to show it.
    pub findings: Vec<Diagnostic>,
    /// Counts; those of findings cover all of `findings`.
    pub summary: Summary,
}

impl Checked {
    /// What cannot be checked at all, as `findings` say.
    pub fn unusable(path: &str, sources: Sources, findings: Vec<Diagnostic>) -> Self {
        let mut summary = Summary::default();
        count(&findings, &mut summary);
        Self { path: path.to_owned(), sources, findings, summary }
    }

    /// The exit status it calls for.
    pub fn status(&self) -> Status {
        Status::of(&self.findings)
    }
}

/// Loads the story at `path` and checks it.
pub fn check(path: &str, files: &dyn Files, settings: &Settings) -> Checked {
    check_with((path, files), settings, &Options::default(), &Saying::default())
}

/// The same, as `options` say; tells how far it is.
pub fn check_with(
    (path, files): (&str, &dyn Files),
    settings: &Settings,
    options: &Options,
    saying: &Saying,
) -> Checked {
    let mut loaded = world::load(path, files);
    let mut findings = loaded.diagnostics;
    let mut summary = Summary::default();
    if let Some(world) = &mut loaded.world {
        world.allowances.extend_from_slice(&settings.allow);
        let report = check::check_watched(world, &loaded.usage, &loaded.sources, options, &mut |progress| {
            saying.say(format!("reasons, act {} of {}", progress.done + 1, progress.of));
        });
        findings.extend(report.input_errors);
        findings.extend(report.findings);
        summary = report.summary;
    }
    count(&findings, &mut summary);
    Checked { path: path.to_owned(), sources: loaded.sources, findings, summary }
}

/// Counts all findings; those that the author expects or allows count as that only.
fn count(findings: &[Diagnostic], summary: &mut Summary) {
    let number = |severity: Severity| {
        let counts = |finding: &&Diagnostic| finding.expected.is_none() && finding.allowed.is_none();
        findings.iter().filter(counts).filter(|finding| finding.severity == severity).count()
    };
    summary.errors = number(Severity::Error);
    summary.warnings = number(Severity::Warning);
    summary.notes = number(Severity::Note);
    summary.allowed = findings.iter().filter(|finding| finding.allowed.is_some()).count();
    summary.expected = findings.iter().filter(|finding| finding.expected.is_some()).count();
}

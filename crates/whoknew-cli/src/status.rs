//! How the program ends: its exit status.

use std::process::ExitCode;
use whoknew::diagnostic::{Diagnostic, Severity};

/// The exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing but notes and expected findings.
    Sound,
    /// Errors or warnings that nobody expects.
    Holes,
    /// The input cannot be used, or a limit was reached.
    Unusable,
}

impl Status {
    /// The status that `findings` call for.
    pub fn of(findings: &[Diagnostic]) -> Self {
        findings.iter().map(Self::of_one).max().unwrap_or(Self::Sound)
    }

    fn of_one(finding: &Diagnostic) -> Self {
        if finding.severity == Severity::Note {
            Self::Sound
        } else if is_input_error(finding) {
            Self::Unusable
        } else if finding.expected.is_some() || finding.allowed.is_some() {
            Self::Sound
        } else if finding.code.id == RULE_LOOP {
            Self::Unusable
        } else {
            Self::Holes
        }
    }

    /// The number the shell sees.
    pub fn number(self) -> u8 {
        match self {
            Self::Sound => 0,
            Self::Holes => 1,
            Self::Unusable => 2,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.number())
    }
}

/// Rules that never come to rest: found like a hole, but what happens then is not defined, so the world is unusable.
const RULE_LOOP: &str = "H09";

/// Whether something is wrong with the input, so that the story was not checked, or not wholly.
pub fn is_unusable(findings: &[Diagnostic]) -> bool {
    findings.iter().any(is_input_error)
}

/// Codes that begin with E are about the input, not about the story.
fn is_input_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error && finding.code.id.starts_with('E')
}

#[cfg(test)]
mod tests {
    use super::*;
    use whoknew::diagnostic::Code;

    static HOLE: Code = Code { id: "H01", name: "a hole", severity: Severity::Error, summary: "" };
    static INPUT: Code = Code { id: "E0100", name: "an input error", severity: Severity::Error, summary: "" };

    fn finding(code: &'static Code, severity: Severity, expected: Option<&str>) -> Diagnostic {
        let mut finding = Diagnostic::new(code, "", None);
        finding.severity = severity;
        finding.expected = expected.map(str::to_owned);
        finding
    }

    #[test]
    fn notes_and_expected_findings_are_sound() {
        let findings = [finding(&HOLE, Severity::Note, None), finding(&HOLE, Severity::Error, Some("on purpose"))];
        assert_eq!(Status::of(&findings).number(), 0);
        assert_eq!(Status::of(&[]).number(), 0);
    }

    #[test]
    fn a_warning_is_enough_to_fail() {
        assert_eq!(Status::of(&[finding(&HOLE, Severity::Warning, None)]).number(), 1);
    }

    #[test]
    fn input_errors_outrank_holes() {
        let findings = [finding(&INPUT, Severity::Error, None), finding(&HOLE, Severity::Error, None)];
        assert_eq!(Status::of(&findings).number(), 2);
        assert_eq!(Status::of(&[finding(&INPUT, Severity::Warning, None)]).number(), 1);
    }
}

//! The last line for people: how much was found, in plain words.

use crate::status::Status;
use crate::story::Checked;
use whoknew::diagnostic::{Diagnostic, Severity};

/// How many findings there are of each sort. An expected finding counts as expected only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors that nobody expects.
    pub errors: usize,
    /// Warnings that nobody expects.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Findings the author expects.
    pub expected: usize,
}

impl Counts {
    /// Counts `findings`.
    pub fn of(findings: &[Diagnostic]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            let number = match (&finding.expected, finding.severity) {
                (Some(_), _) => &mut counts.expected,
                (None, Severity::Error) => &mut counts.errors,
                (None, Severity::Warning) => &mut counts.warnings,
                (None, Severity::Note) => &mut counts.notes,
            };
            *number += 1;
        }
        counts
    }
}

/// The summary of `checked`.
pub fn sentence(checked: &Checked) -> String {
    let found = found(Counts::of(&checked.findings));
    match checked.status() {
        Status::Unusable => format!("The story could not be checked: {found}."),
        _ => format!("{found}."),
    }
}

fn found(counts: Counts) -> String {
    let parts: Vec<String> = [
        (counts.errors, "error", "errors"),
        (counts.warnings, "warning", "warnings"),
        (counts.notes, "note", "notes"),
        (counts.expected, "expected finding", "expected findings"),
    ]
    .into_iter()
    .filter(|&(number, ..)| number > 0)
    .map(|(number, one, many)| format!("{number} {}", if number == 1 { one } else { many }))
    .collect();
    match parts.as_slice() {
        [] => "nothing to report".into(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_in_plain_words() {
        assert_eq!(found(Counts::default()), "nothing to report");
        assert_eq!(found(Counts { errors: 1, ..Counts::default() }), "1 error");
        let counts = Counts { errors: 2, warnings: 1, notes: 3, expected: 1 };
        assert_eq!(found(counts), "2 errors, 1 warning, 3 notes and 1 expected finding");
    }
}

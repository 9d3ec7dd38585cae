//! H16: something is allowed that cannot be; and what the author does allow.
//!
//! Allowed are warnings and notes, with a reason, where the author says so. Errors are not: a hole that is meant is
//! `expect`ed at its line, so that the check says when it is gone. Assumptions are listed always.

use super::report::{Anchor, Findings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;
use crate::suggest;
use crate::world::{Allowance, Covers, World, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H16",
    name: "cannot be allowed",
    severity: Severity::Error,
    summary: "an `allow` names what is not a warning or note, or an assumption, which is always listed",
};

/// Why findings of a code cannot be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAllowed {
    /// In one sentence.
    pub why: String,
    /// What to do instead.
    pub help: String,
}

/// Whether findings of the code `id` may be allowed.
///
/// ```
/// use whoknew::check::may_be_allowed;
/// assert!(may_be_allowed("H10").is_ok());
/// assert_eq!(may_be_allowed("h01").map_err(|no| no.why), Err("H01 cannot be allowed: it is an error".to_owned()));
/// ```
pub fn may_be_allowed(id: &str) -> Result<(), NotAllowed> {
    let refused = |why: String, help: String| Err(NotAllowed { why, help });
    let Some(code) = super::CODES.iter().find(|code| code.id.eq_ignore_ascii_case(id)) else {
        return refused(format!("{id} is the code of no finding"), what_can_be(id));
    };
    let id = code.id;
    if is_allowable(code) {
        return Ok(());
    }
    if code == &&super::assumption::CODE {
        let why = format!("{id} cannot be allowed: assumptions are always listed");
        return refused(why, "whoever reads the check must see what the story rests on".to_owned());
    }
    let why = format!("{id} cannot be allowed: it is an error");
    if code == &&CODE || id.starts_with('E') {
        return refused(why, "it must be mended".to_owned());
    }
    refused(why, format!("where it is meant, put `expect {id} \"reason\"` below its line"))
}

/// Help for one who wrote `id`, which is the code of no finding.
fn what_can_be(id: &str) -> String {
    let allowable = || super::CODES.iter().filter(|code| is_allowable(code));
    if let Some(code) = allowable().find(|code| code.name.eq_ignore_ascii_case(id)) {
        return format!("write the code of “{}”, `{}`", code.name, code.id);
    }
    let codes: Vec<&str> = allowable().map(|code| code.id).collect();
    // Another number is another finding, and not this one mistyped.
    let is_number = |digits: &str| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let near = match id.strip_prefix('H').is_some_and(is_number) {
        true => None,
        false => suggest::did_you_mean(&id.to_ascii_uppercase(), codes.iter().copied()),
    };
    near.unwrap_or_else(|| format!("these warnings and notes can be allowed: {}", say::list(&codes)))
}

fn is_allowable(code: &Code) -> bool {
    code.severity < Severity::Error && code != &super::assumption::CODE
}

/// Reports what cannot be allowed in the story's own files.
pub(super) fn report(world: &World, findings: &mut Findings) {
    for allowance in &world.allowances {
        if let (Some(span), Err(no)) = (allowance.span, may_be_allowed(&allowance.code)) {
            findings.add(Anchor::Story, Diagnostic::new(&CODE, no.why, Some(span)).help(no.help));
        }
    }
}

/// Marks what is allowed; what is expected is not allowed as well.
pub(super) fn apply(world: &World, diagnostics: &mut [Diagnostic]) {
    if world.allowances.is_empty() {
        return;
    }
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.expected.is_none()) {
        if is_allowable(diagnostic.code) && diagnostic.severity < Severity::Error {
            let allowance = world.allowances.iter().find(|allowance| covers(allowance, diagnostic));
            diagnostic.allowed = allowance.map(|allowance| allowance.reason.clone());
        }
    }
}

fn covers(allowance: &Allowance, diagnostic: &Diagnostic) -> bool {
    let primary = || diagnostic.primary.as_ref().map(|label| label.span);
    diagnostic.code.id.eq_ignore_ascii_case(&allowance.code)
        && match allowance.covers {
            Covers::Story => true,
            Covers::Place(place) => primary().is_some_and(|span| lies_in(span, place)),
            Covers::Declaration(place) => {
                let others = diagnostic.secondary.iter().map(|label| label.span);
                primary().into_iter().chain(others).any(|span| lies_in(span, place))
            }
        }
}

fn lies_in(span: Span, place: Span) -> bool {
    span.file == place.file && place.start <= span.start && span.end <= place.end
}

//! H13: the author expects a finding that the check does not make.
//!
//! An `expect` that nothing meets is either mended, and then the line should go, or a finding has been lost.

use super::report::{Anchor, Findings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::world::{Expectation, Telling};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H13",
    name: "unmet expectation",
    severity: Severity::Error,
    summary: "the author expects a finding at this line, and there is none",
};

/// Marks expected findings and reports the expectations that are not met. Without `reasons`, nothing is said of acts
/// without a reason that are expected: most are found only where reasons are looked for.
pub(super) fn report(telling: &Telling, reasons: bool, findings: &mut Findings) {
    for (anchor, expectation) in findings.expect(telling) {
        if !reasons && expectation.code.eq_ignore_ascii_case(super::because::CODE.id) {
            continue;
        }
        let place = match anchor {
            Anchor::Scene(_) => "this scene's header",
            _ => "this line",
        };
        let diagnostic = Diagnostic::new(
            &CODE,
            format!("{} is expected at {place}, but not found", expectation.code),
            Some(expectation.span),
        )
        .at("nothing here gets this finding");
        let help = help(anchor, expectation, findings);
        findings.add(anchor, diagnostic.help(help));
    }
}

/// What to do instead.
fn help(anchor: Anchor, expectation: &Expectation, findings: &Findings) -> String {
    let wanted = &expectation.code;
    let is_finding = |code: &&&Code| code.id.eq_ignore_ascii_case(wanted) && code.id.starts_with('H');
    if super::CODES.iter().find(is_finding).is_none() {
        let named = super::CODES.iter().find(|code| code.name.split(' ').any(|word| word.eq_ignore_ascii_case(wanted)));
        return match named {
            Some(code) => format!("write the code of “{}”: `expect {}`", code.name, code.id),
            None => "only findings can be expected, such as H01; `whoknew explain` lists them".to_owned(),
        };
    }
    if let Some(other) = findings.unexpected(|other| other == anchor).next() {
        return format!("this line gets {other}; if that is meant, write `expect {other}`");
    }
    let here = |other: Anchor| other.scene().is_some() && other.scene() == anchor.scene();
    if findings.unexpected(here).any(|other| other.eq_ignore_ascii_case(wanted)) {
        return format!("{wanted} is found at another line of this scene: put the `expect` below that line, indented");
    }
    "take the `expect` away if the hole is mended".to_owned()
}

//! H13: the author expects a finding that the check does not make.
//!
//! An `expect` that nothing meets is either mended, and then the line should go, or a finding has been lost.

use super::report::{Anchor, Findings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::world::Telling;

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
        let is_finding = super::CODES.iter().any(|code| code.id.eq_ignore_ascii_case(&expectation.code));
        let diagnostic = diagnostic.help(if is_finding {
            "take the `expect` away if the hole is mended"
        } else {
            "only findings can be expected; `whoknew explain` lists them"
        });
        findings.add(anchor, diagnostic);
    }
}

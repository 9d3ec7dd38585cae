//! H12: what the story rests on without telling it.
//!
//! Every `assume` is listed, never hidden: it is made so from its line on, and the summary counts it.

use super::report::{Anchor, Findings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::world::{Expression, LineContent, SceneId, Spanned, Telling, World, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H12",
    name: "assumption",
    severity: Severity::Note,
    summary: "the story assumes this without telling how it came about",
};

/// Lists the assumptions and returns how many there are.
pub(super) fn report(world: &World, telling: &Telling, findings: &mut Findings) -> usize {
    let mut count = 0;
    for (index, scene) in telling.scenes.iter().enumerate() {
        for (position, line) in scene.lines.iter().enumerate() {
            if let LineContent::Assumption { statement, reason } = &line.content {
                let anchor = Anchor::Line(SceneId::from_index(index), position);
                findings.add(anchor, assumption(world, statement, reason.as_deref()));
                count += 1;
            }
        }
    }
    count
}

fn assumption(world: &World, statement: &Spanned<Expression>, reason: Option<&str>) -> Diagnostic {
    let title = format!("The story assumes that {}", say::statement(world, &statement.value));
    let diagnostic = Diagnostic::new(&CODE, title, Some(statement.span));
    match reason {
        Some(reason) => diagnostic.note(format!("the author's reason: {reason}")),
        None => {
            let statement = say::statement(world, &statement.value);
            diagnostic.help(format!("say behind it why: `assume {statement} \"…\"`"))
        }
    }
}

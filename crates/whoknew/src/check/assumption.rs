//! H12: what the story rests on without telling it.
//!
//! Every `assume` is listed, never hidden: it is made so from its line on, and the summary counts it. Nobody is told of it;
//! whom it is about and does not know of it is named.

use super::case::Case;
use super::report::{Anchor, Findings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::state::StateError;
use crate::telling::replay::What;
use crate::world::{EntityId, Expression, FluentTerm, LineContent, SceneId, Spanned, Telling, Term, World, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H12",
    name: "assumption",
    severity: Severity::Note,
    summary: "the story assumes this without telling how it came about",
};

/// Those whom an assumption is about, and who do not believe it when it is made.
pub(super) struct Unaware {
    scene: SceneId,
    line: usize,
    who: Vec<EntityId>,
}

/// Finds them, for every assumption that is no belief.
pub(super) fn unaware(case: &mut Case<'_, '_>) -> Result<Vec<Unaware>, StateError> {
    let replay = case.replay;
    let mut all = Vec::new();
    for moment in replay.moments.iter().filter(|moment| moment.what == What::Assumed) {
        let (scene, Some(line)) = (moment.scene, moment.line) else { continue };
        let LineContent::Assumption { statement, .. } = &case.telling.scenes[scene.index()].lines[line].content else {
            continue;
        };
        if matches!(statement.value, Expression::Believes(..) | Expression::Knows(..)) {
            continue;
        }
        let Ok(condition) = case.situations.problem_mut().condition(&statement.value) else { continue };
        let mut about: Vec<EntityId> = Vec::new();
        condition.places(&mut |place| {
            if let Expression::Fluent(FluentTerm { arguments, .. }) = case.situations.problem().expression(place.fluent)
            {
                about.extend(arguments.iter().filter_map(|term| match term {
                    Term::Entity(who) if who.index() < case.world.characters => Some(*who),
                    _ => None,
                }));
            }
        });
        about.sort_unstable();
        about.dedup();
        let mut who = Vec::new();
        for one in about {
            let believed = case.situations.believed(one, moment.after)?;
            if !case.situations.holds(believed, &condition)? {
                who.push(one);
            }
        }
        if !who.is_empty() {
            all.push(Unaware { scene, line, who });
        }
    }
    Ok(all)
}

fn unaware_words(world: &World, unaware: &Unaware, statement: &Expression) -> String {
    let names: Vec<&str> = unaware.who.iter().map(|who| world.entities[who.index()].name.as_str()).collect();
    let does = if names.len() == 1 { "does" } else { "do" };
    format!(
        "nobody is told of what is assumed: {} {does} not know of it; who should know of it needs one more line: \
         `assume {} believes that {}`",
        say::list(&names),
        names[0],
        say::statement(world, statement),
    )
}

/// Lists the assumptions and returns how many there are.
pub(super) fn report(world: &World, telling: &Telling, unaware: &[Unaware], findings: &mut Findings) -> usize {
    let mut count = 0;
    for (index, scene) in telling.scenes.iter().enumerate() {
        for (position, line) in scene.lines.iter().enumerate() {
            if let LineContent::Assumption { statement, reason } = &line.content {
                let anchor = Anchor::Line(SceneId::from_index(index), position);
                let mut diagnostic = assumption(world, statement, reason.as_deref());
                if let Some(unaware) = unaware.iter().find(|one| (one.scene.index(), one.line) == (index, position)) {
                    diagnostic = diagnostic.note(unaware_words(world, unaware, &statement.value));
                }
                findings.add(anchor, diagnostic);
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

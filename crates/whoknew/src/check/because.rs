//! H05: an act told to be for a want that cannot be its reason.
//!
//! `because` names a want that nobody whose act it is has, that they have dropped, or that is met already. Whether a
//! plan explains the act, `reasons` finds out, where it is asked to.

use rustc_hash::FxHashMap;

use super::case::Case;
use super::report::{Anchor, Findings};
use super::words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;
use crate::state::{StateError, StateId};
use crate::telling::Chronicle;
use crate::world::goals::{Goal, goals};
use crate::world::{EntityId, Expression, Holder, LineContent, SceneId, Spanned, Term, ToldEvent, UtilityId};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H05",
    name: "act without a reason",
    severity: Severity::Warning,
    summary: "the want that an act is told to serve is not its actor's, is dropped, or is met already; \
              where reasons are asked for: no plan of the actor explains the act, within the limits",
};

/// Who dropped which want, and where.
type Dropped = FxHashMap<(EntityId, UtilityId), Span>;

/// Judges every `because`, in the order in which the acts happened.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    findings: &mut Findings,
) -> Result<(), StateError> {
    let mut dropped: Dropped = FxHashMap::default();
    for &scene in chronicle.scenes() {
        for (line, told) in case.telling.scenes[scene.index()].lines.iter().enumerate() {
            match &told.content {
                LineContent::Drops { character, want } => {
                    dropped.entry((*character, *want)).or_insert(told.span);
                }
                LineContent::Event(ToldEvent { because: Some(want), .. }) => {
                    if let Some(diagnostic) = judge(case, (scene, line), want, &dropped)? {
                        findings.add(Anchor::Line(scene, line), diagnostic);
                    }
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn judge(
    case: &mut Case<'_, '_>,
    (scene, line): (SceneId, usize),
    want: &Spanned<UtilityId>,
    dropped: &Dropped,
) -> Result<Option<Diagnostic>, StateError> {
    let Some(event) = case.event_of(scene, line) else { return Ok(None) };
    let actors = case.situations.problem().actors(event).to_vec();
    let utility = &case.world.utilities[want.value.index()];
    let label = utility.label.clone().unwrap_or_else(|| "this want".to_owned());
    if actors.is_empty() {
        let title = "This is nobody's choice, so no want is the reason for it";
        let diagnostic = Diagnostic::new(&CODE, title, Some(want.span)).label(utility.span, "the want");
        return Ok(Some(diagnostic.help("put the `because` below the act by which somebody brought it about")));
    }
    let holder = match utility.holder {
        Holder::Character(holder) if actors.contains(&holder) => holder,
        Holder::Character(holder) => {
            let title = format!("“{label}” is not a want of {}", words::names(case.world, &actors));
            let whose = format!("this is a want of {}", case.name(holder));
            let diagnostic = Diagnostic::new(&CODE, title, Some(want.span)).at(whose).label(utility.span, "the want");
            return Ok(Some(diagnostic.help(own_wants(case, &actors, &label))));
        }
        Holder::Author => {
            let title = format!("“{label}” is the author's aim, not a want of {}", words::names(case.world, &actors));
            let diagnostic = Diagnostic::new(&CODE, title, Some(want.span)).label(utility.span, "the aim");
            return Ok(Some(diagnostic.help(own_wants(case, &actors, &label))));
        }
    };
    let name = case.name(holder);
    if let Some(&span) = dropped.get(&(holder, want.value)) {
        let title = format!("{name} has dropped “{label}” before this");
        let diagnostic = Diagnostic::new(&CODE, title, Some(want.span)).at("this want no longer binds");
        let diagnostic = diagnostic.label(span, "dropped here").label(utility.span, "the want");
        return Ok(Some(diagnostic.help(format!("let {name} drop it later, or act for another want"))));
    }
    let Some(state) = case.replay.state(case.replay.line_start(scene, line)) else { return Ok(None) };
    let believed = case.situations.believed(holder, state)?;
    let goals = goals(case.world, &utility.value);
    if is_met(case, believed, &goals)? {
        let title = format!("As {name} sees it, “{label}” is met already");
        let diagnostic = Diagnostic::new(&CODE, title, Some(want.span)).at("nothing is left to do for it");
        let diagnostic = since(case, (scene, line), holder, &goals, diagnostic.label(utility.span, "the want"))?;
        return Ok(Some(diagnostic.help("take the `because` away, or name the want that this act does serve")));
    }
    Ok(None)
}

/// Which wants the actors have, to be named instead.
fn own_wants(case: &Case<'_, '_>, actors: &[EntityId], label: &str) -> String {
    let own =
        |utility: &&crate::world::Utility| matches!(utility.holder, Holder::Character(who) if actors.contains(&who));
    let labels = case.world.utilities.iter().filter(own).filter_map(|utility| utility.label.as_deref());
    let labels: Vec<String> = labels.map(|label| format!("`because \"{label}\"`")).collect();
    let name = actors.first().map_or_else(String::new, |&who| case.name(who));
    match labels.as_slice() {
        [] => format!("if {name} wants it too, declare that: `want {name} \"{label}\": …`"),
        labels => format!("{name} could do it {}", words::short_list(labels, 4)),
    }
}

/// Labels at what made its holder believe that a want is met.
fn since(
    case: &mut Case<'_, '_>,
    (scene, line): (SceneId, usize),
    holder: EntityId,
    goals: &[Goal],
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let now = case.replay.line_start(scene, line);
    let Some(state) = case.replay.state(now) else { return Ok(diagnostic) };
    let mut atoms = Vec::new();
    for goal in goals {
        let Goal::Holds(met) = goal else { continue };
        let believed = Expression::Believes(Term::Entity(holder), Box::new(met.clone()));
        if let Ok(condition) = case.situations.problem_mut().condition(&believed) {
            case.holding(state, &condition, &mut atoms)?;
        }
    }
    for atom in atoms.iter().take(3) {
        let mut place = None;
        atom.places(&mut |read| {
            place.get_or_insert(read);
        });
        let Some(place) = place else { continue };
        if let Some(moment) = case.origin(place, now)?.moment() {
            let value = case.value(state, place)?;
            diagnostic =
                diagnostic.label(case.moment_span(moment), format!("since here {}", case.say_fact(place, value)));
        }
    }
    Ok(diagnostic)
}

/// Whether a want that can be met is met: all that it wants to hold does.
fn is_met(case: &mut Case<'_, '_>, state: StateId, goals: &[Goal]) -> Result<bool, StateError> {
    for goal in goals {
        match goal {
            Goal::Holds(condition) if case.holds(state, condition)? => {}
            _ => return Ok(false),
        }
    }
    Ok(!goals.is_empty())
}

//! H17: a scene plays where nobody is.
//!
//! `at` says where a scene plays and moves nobody; who is there, `present` says, or events before it. A scene in which somebody acts,
//! but nobody is ever at its place, was meant otherwise.

use super::case::Case;
use super::report::{Anchor, Findings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::Value;
use crate::state::StateError;
use crate::telling::Chronicle;
use crate::telling::replay::{Moment, What};
use crate::world::{EntityId, SceneId, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H17",
    name: "nobody there",
    severity: Severity::Warning,
    summary: "people act in a scene, but nobody is where it plays",
};

/// Reports such scenes, but for those in which something worse is found.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    findings: &mut Findings,
) -> Result<(), StateError> {
    for (position, &scene) in chronicle.scenes().iter().enumerate() {
        let Some(place) = case.telling.scenes[scene.index()].place.as_ref().map(|place| place.value) else { continue };
        if case.replay.incidents.iter().any(|incident| incident.scene == scene) {
            continue;
        }
        let first = case.replay.scene_start(scene).index();
        let next = chronicle.scenes().get(position + 1);
        let until = next.map_or(case.replay.moments.len(), |&next| case.replay.scene_start(next).index());
        let replay = case.replay;
        if let Some(act) = first_act_elsewhere(case, &replay.moments[first..until.max(first)], place)? {
            let diagnostic = diagnostic(case, (scene, place), act)?;
            findings.add(Anchor::Scene(scene), diagnostic);
        }
    }
    Ok(())
}

/// The first act, if those of the scene are told of people who are elsewhere, and nobody is at `place`.
fn first_act_elsewhere<'m>(
    case: &mut Case<'_, '_>,
    moments: &'m [Moment],
    place: EntityId,
) -> Result<Option<(&'m Moment, EntityId)>, StateError> {
    let mut first = None;
    for moment in moments {
        let (What::Event(event), Some(_)) = (moment.what, moment.line) else { continue };
        for actor in case.situations.problem().actors(event).to_vec() {
            if is_at(case, moment, actor, place)? {
                return Ok(None);
            }
            first = first.or(Some((moment, actor)));
        }
    }
    let Some((moment, _)) = first else { return Ok(None) };
    for who in (0..case.world.characters).map(EntityId::from_index) {
        if is_at(case, moment, who, place)? {
            return Ok(None);
        }
    }
    Ok(first)
}

/// Whether `who` is at `place` before or after a moment. Of whom no fact says where they are, nothing is held against.
fn is_at(case: &mut Case<'_, '_>, moment: &Moment, who: EntityId, place: EntityId) -> Result<bool, StateError> {
    let Some(fact) = case.places.of(case.situations.problem(), who) else { return Ok(true) };
    let here = Value::entity(place);
    Ok(case.value(moment.before, fact)? == here || case.value(moment.after, fact)? == here)
}

fn diagnostic(
    case: &mut Case<'_, '_>,
    (scene, place): (SceneId, EntityId),
    (moment, actor): (&Moment, EntityId),
) -> Result<Diagnostic, StateError> {
    let span = case.telling.scenes[scene.index()].place.as_ref().map(|place| place.span);
    let (told, place, name) = (say::capitalised(&case.scene(scene)), case.name(place), case.name(actor));
    let title = format!("{told} plays at {place}, but nobody is there");
    let mut diagnostic = Diagnostic::new(&CODE, title, span);
    if let Some(fact) = case.places.of(case.situations.problem(), actor) {
        let actual = case.value(moment.before, fact)?;
        let text = format!("here {}", case.say_actual(fact, actual));
        diagnostic = diagnostic.label(case.span(moment.scene, moment.line), text);
    }
    Ok(diagnostic
        .help(format!("`at {place}` moves nobody; list who is there below it, and they come in: `present {name}`")))
}

//! H17: a scene plays where nobody is.
//!
//! Or it says who is present, and not where. `at` says where a scene plays and moves nobody; who is there, `present` says, or events before it. A scene in which somebody acts,
//! but nobody is ever at its place, was meant otherwise.

use super::case::Case;
use super::report::{Anchor, Findings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::Value;
use crate::state::StateError;
use crate::telling::Chronicle;
use crate::telling::replay::{Moment, What};
use crate::world::{EntityId, SceneId, Spanned, ValueKind, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H17",
    name: "nobody there",
    severity: Severity::Warning,
    summary: "people act in a scene, but nobody is where it plays; or it says who is present, and not where",
};

/// Reports such scenes, but for those in which something worse is found.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    findings: &mut Findings,
) -> Result<(), StateError> {
    for (position, &scene) in chronicle.scenes().iter().enumerate() {
        if case.replay.incidents.iter().any(|incident| incident.scene == scene) {
            continue;
        }
        let told = &case.telling.scenes[scene.index()];
        let Some(place) = told.place.as_ref().map(|place| place.value) else {
            if let Some(present) = &told.present {
                placeless(case, scene, present, findings)?;
            }
            continue;
        };
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

/// A list of those present without the place where they are, unless they are in one place as it is.
fn placeless(
    case: &mut Case<'_, '_>,
    scene: SceneId,
    present: &Spanned<Vec<EntityId>>,
    findings: &mut Findings,
) -> Result<(), StateError> {
    let Some(state) = case.replay.state(case.replay.scene_start(scene)) else { return Ok(()) };
    let mut places: Vec<Value> = Vec::new();
    for &who in &present.value {
        let Some(fact) = case.places.of(case.situations.problem(), who) else { return Ok(()) };
        places.push(case.value(state, fact)?);
    }
    let together = places.iter().all(|place| !place.is_unknown() && Some(place) == places.first());
    if together {
        return Ok(());
    }
    let somewhere = places.iter().find_map(|place| place.as_entity()).or_else(|| first_place(case, present.value[0]));
    let somewhere = somewhere.map_or_else(|| "…".to_owned(), |place| case.name(place));
    let title = format!("{} says who is present, but not where", say::capitalised(&case.scene(scene)));
    let diagnostic = Diagnostic::new(&CODE, title, Some(present.span))
        .at("nobody comes in: nothing says where to")
        .help(format!("write where the scene plays above it: `at {somewhere}`"));
    findings.add(Anchor::Scene(scene), diagnostic);
    Ok(())
}

/// The place that was declared first.
fn first_place(case: &Case<'_, '_>, who: EntityId) -> Option<EntityId> {
    let fact = case.places.of(case.situations.problem(), who)?;
    match case.situations.problem().value_kind(fact.fluent) {
        ValueKind::Entity(kinds) => case.world.entities_of(&kinds).next(),
        _ => None,
    }
}

/// The first act and all who act, if those of the scene are told of people who are elsewhere, and nobody is at `place`.
fn first_act_elsewhere<'m>(
    case: &mut Case<'_, '_>,
    moments: &'m [Moment],
    place: EntityId,
) -> Result<Option<(&'m Moment, Vec<EntityId>)>, StateError> {
    let mut first = None;
    let mut acting: Vec<EntityId> = Vec::new();
    for moment in moments {
        let (What::Event(event), Some(_)) = (moment.what, moment.line) else { continue };
        for actor in case.situations.problem().actors(event).to_vec() {
            if is_at(case, moment, actor, place)? {
                return Ok(None);
            }
            first = first.or(Some(moment));
            if !acting.contains(&actor) {
                acting.push(actor);
            }
        }
    }
    let Some(moment) = first else { return Ok(None) };
    for who in (0..case.world.characters).map(EntityId::from_index) {
        if is_at(case, moment, who, place)? {
            return Ok(None);
        }
    }
    Ok(Some((moment, acting)))
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
    (moment, acting): (&Moment, Vec<EntityId>),
) -> Result<Diagnostic, StateError> {
    let span = case.telling.scenes[scene.index()].place.as_ref().map(|place| place.span);
    let (told, place) = (say::capitalised(&case.scene(scene)), case.name(place));
    let names: Vec<String> = acting.iter().map(|&who| case.name(who)).collect();
    let title = format!("{told} plays at {place}, but nobody is there");
    let mut diagnostic = Diagnostic::new(&CODE, title, span);
    if let Some(fact) = case.places.of(case.situations.problem(), acting[0]) {
        let actual = case.value(moment.before, fact)?;
        let text = format!("here {}", case.say_actual(fact, actual));
        diagnostic = diagnostic.label(case.span(moment.scene, moment.line), text);
    }
    Ok(diagnostic.help(format!(
        "`at {place}` moves nobody; list who is there below it, and they come in: `present {}`",
        names.join(", ")
    )))
}

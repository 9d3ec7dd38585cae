//! H17: somebody acts in a scene, but is not where it plays, and nobody there has a part in it.
//!
//! `at` says where a scene plays and moves nobody; who is there, `present` says, or events before it. What is told of
//! others was meant otherwise, as is a list of those present without a place.

use super::case::Case;
use super::report::{Anchor, Findings};
use crate::causes;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::{EventId, Value};
use crate::state::StateError;
use crate::telling::Chronicle;
use crate::telling::replay::{Moment, What};
use crate::world::{EntityId, EventArgument, LineContent, SceneId, Spanned, Term, ValueKind, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H17",
    name: "acting elsewhere",
    severity: Severity::Warning,
    summary: "somebody acts in a scene, but is not where it plays, and nobody there notices it; \
              or a scene says who is present, and not where; or it is told through somebody who is not there",
};

/// Reports such scenes, but for those in which something worse is found.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    findings: &mut Findings,
) -> Result<(), StateError> {
    for (scene, moments) in without_incident(case, chronicle) {
        let told = &case.telling.scenes[scene.index()];
        let Some(place) = told.place.as_ref().map(|place| place.value) else {
            if let Some(present) = &told.present {
                placeless(case, scene, present, findings)?;
            }
            continue;
        };
        match first_act_elsewhere(case, moments, place)? {
            Some(act) => {
                let diagnostic = diagnostic(case, (scene, place), act)?;
                findings.add(Anchor::Scene(scene), diagnostic);
            }
            None => strays(case, (scene, place), moments, findings)?,
        }
    }
    Ok(())
}

/// The scenes in which nothing worse is found, in the order in which they happen, with their moments.
pub(super) fn without_incident<'a>(case: &Case<'a, '_>, chronicle: &Chronicle) -> Vec<(SceneId, &'a [Moment])> {
    let replay = case.replay;
    let scenes = chronicle.scenes();
    let with_moments = scenes.iter().enumerate();
    let with_moments = with_moments.map(|(position, &scene)| (scene, replay.scene_moments(scenes, position)));
    with_moments.filter(|(scene, _)| replay.incidents.iter().all(|incident| incident.scene != *scene)).collect()
}

/// Those who act elsewhere than where the scene is, and where others are: once for each. A scene follows those who go on from
/// its place.
fn strays(
    case: &mut Case<'_, '_>,
    (scene, place): (SceneId, EntityId),
    moments: &[Moment],
    findings: &mut Findings,
) -> Result<(), StateError> {
    let mut reported: Vec<EntityId> = Vec::new();
    let mut followed = vec![Value::entity(place)];
    for moment in moments {
        let (What::Event(event), Some(line)) = (moment.what, moment.line) else { continue };
        if concerns(case, moment, event, &mut followed)? {
            continue;
        }
        let Some(&actor) = case.situations.problem().actors(event).first() else { continue };
        if !reported.contains(&actor) && !is_offstage(case, scene, line) {
            reported.push(actor);
            let diagnostic = stray(case, (scene, place), moment, actor)?;
            findings.add(Anchor::Line(scene, line), diagnostic);
        }
    }
    Ok(())
}

fn is_offstage(case: &Case<'_, '_>, scene: SceneId, line: usize) -> bool {
    let told = &case.telling.scenes[scene.index()];
    told.offstage || matches!(&told.lines[line].content, LineContent::Event(event) if event.offstage)
}

/// Whether somebody at one of the places has a part in an event, or notices it. Where they go by it is one of them from here.
fn concerns(
    case: &mut Case<'_, '_>,
    moment: &Moment,
    event: EventId,
    followed: &mut Vec<Value>,
) -> Result<bool, StateError> {
    let problem = case.situations.problem();
    let mut concerned = problem.actors(event).to_vec();
    concerned.extend(problem.event_term(event).arguments.iter().filter_map(|argument| match argument {
        EventArgument::Term(Term::Entity(who)) => Some(*who),
        _ => None,
    }));
    let mut concerns = false;
    for who in concerned {
        if followed.contains(&Value::entity(who)) {
            concerns = true;
        }
        let Some(fact) = case.places.of(case.situations.problem(), who) else { continue };
        let (before, after) = (case.value(moment.before, fact)?, case.value(moment.after, fact)?);
        if followed.contains(&before) || followed.contains(&after) {
            concerns = true;
            followed.extend(Some(after).filter(|after| !after.is_unknown() && !followed.contains(after)));
        }
    }
    if concerns {
        return Ok(true);
    }
    for who in causes::noticers(case.situations, moment)? {
        let Some(fact) = case.places.of(case.situations.problem(), who) else { return Ok(true) };
        if followed.contains(&case.value(moment.before, fact)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn stray(
    case: &mut Case<'_, '_>,
    (scene, place): (SceneId, EntityId),
    moment: &Moment,
    actor: EntityId,
) -> Result<Diagnostic, StateError> {
    let (name, there, told) = (case.name(actor), case.name(place), case.scene(scene));
    let title = format!("{name} acts in {told}, but is not where it plays");
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(case.span(scene, moment.line)));
    if let Some(fact) = case.places.of(case.situations.problem(), actor) {
        let actual = case.value(moment.before, fact)?;
        diagnostic = diagnostic.at(format!("here {}", case.say_actual(fact, actual)));
    }
    let told = &case.telling.scenes[scene.index()];
    if let Some(place) = &told.place {
        diagnostic = diagnostic.label(place.span, "the scene plays here");
    }
    let Some(present) = &told.present else {
        return Ok(diagnostic.help(format!("tell how {name} comes to {there}, or tell this in a scene of its own")));
    };
    let names: Vec<String> = present.value.iter().chain([&actor]).map(|&who| case.name(who)).collect();
    let help =
        format!("if {name} is there too, say so: `present {}`; else tell this in a scene of its own", names.join(", "));
    Ok(diagnostic.label(present.span, format!("{name} is not listed")).help(help))
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

/// Whether `who` is at `place` before or after a moment. Against a character of whom no fact says where they are, nothing
/// is held.
fn is_at(case: &mut Case<'_, '_>, moment: &Moment, who: EntityId, place: EntityId) -> Result<bool, StateError> {
    let is_character = who.index() < case.world.characters;
    let Some(fact) = case.places.of(case.situations.problem(), who) else { return Ok(is_character) };
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

//! H08, second part: one person in two places at once, and deeds that need more time than there is.
//!
//! Somebody who is in a scene from its start, and stays until it ends, cannot be elsewhere meanwhile; somebody whose
//! acts take time cannot be in another scene before they are done. Only times that the telling bounds accuse anybody.

use rustc_hash::FxHashMap;

use super::broken_time::{CODE, reason_words};
use super::case::Case;
use super::report::{Anchor, Findings};
use super::{journeys, words};
use crate::diagnostic::Diagnostic;
use crate::ground::{EventId, Value};
use crate::state::{StateError, StateId};
use crate::telling::Chronicle;
use crate::telling::replay::{Moment, What};
use crate::world::{EntityId, EventArgument, SceneId, Staging, Term};

/// Somebody in a scene.
#[derive(Clone, Copy, Debug)]
struct Attendance {
    who: EntityId,
    scene: SceneId,
    /// Where they are from its start on, if they are in it from its start.
    from_start: Option<EntityId>,
    /// Where they were before it, and before `present` let them come.
    came_from: Value,
    /// Where they are when it ends.
    at_end: Value,
    /// How `present` let them come.
    entrance: Option<EventId>,
    /// The situation when it ends.
    ends: Option<StateId>,
    /// The first line in which they have a part.
    first_part: Option<usize>,
    /// How many minutes their acts in it take.
    busy: f64,
    /// The last of these acts.
    last_act: Option<usize>,
}

impl Attendance {
    /// They are still there when it ends.
    fn stays(&self) -> bool {
        self.from_start.is_some_and(|here| Value::entity(here) == self.at_end)
    }
}

/// Reports both kinds.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    findings: &mut Findings,
) -> Result<(), StateError> {
    let mut last: FxHashMap<EntityId, Attendance> = FxHashMap::default();
    for &scene in chronicle.scenes() {
        for attendance in attendances(case, chronicle, scene)? {
            overrun(case, &attendance, findings);
            if let Some(before) = last.insert(attendance.who, attendance) {
                compare(case, &before, &attendance, findings)?;
            }
        }
    }
    Ok(())
}

/// Everybody who is listed as present or has a part in the scene.
fn attendances(case: &mut Case<'_, '_>, chronicle: &Chronicle, scene: SceneId) -> Result<Vec<Attendance>, StateError> {
    let replay = case.replay;
    let told = &case.telling.scenes[scene.index()];
    let moments = replay.scene_moments(chronicle.scenes(), chronicle.position(scene));
    let mut found: Vec<Attendance> = Vec::new();
    found.extend(told.present.iter().flat_map(|present| &present.value).map(|&who| attendance(scene, who, None)));
    for moment in moments {
        let What::Event(event) = moment.what else { continue };
        let actors = case.situations.problem().actors(event).to_vec();
        let Some(line) = moment.line else {
            let comes = is_entrance(case, event);
            let those = found.iter_mut().filter(|attendance| comes && actors.contains(&attendance.who));
            those.for_each(|attendance| attendance.entrance = Some(event));
            continue;
        };
        let minutes = minutes(case, moment)?;
        let concerned = acted_upon(case, moment, event, &actors)?;
        for &who in actors.iter().chain(&concerned) {
            if !found.iter().any(|attendance| attendance.who == who) {
                found.push(attendance(scene, who, Some(line)));
            }
            let Some(attendance) = found.iter_mut().find(|attendance| attendance.who == who) else { continue };
            if minutes > 0.0 && actors.contains(&who) {
                attendance.busy += minutes;
                attendance.last_act = Some(line);
            }
        }
    }
    let before = replay.state(replay.scene_start(scene));
    let ends = moments.last().map(|moment| moment.after).or(before);
    let begins = moments.iter().find(|moment| moment.line.is_some()).map(|moment| moment.before).or(ends);
    let (Some(before), Some(begins), Some(ends)) = (before, begins, ends) else { return Ok(found) };
    for attendance in &mut found {
        let Some(fact) = case.places.of(case.situations.problem(), attendance.who) else { continue };
        let there = case.value(begins, fact)?.as_entity();
        // A scene without a place plays where those are who act in it.
        let here = told.place.as_ref().map_or(there, |place| Some(place.value));
        attendance.from_start = there.filter(|_| there == here);
        attendance.came_from = case.value(before, fact)?;
        attendance.at_end = case.value(ends, fact)?;
        attendance.ends = Some(ends);
    }
    Ok(found)
}

fn attendance(scene: SceneId, who: EntityId, first_part: Option<usize>) -> Attendance {
    let nowhere = Value::UNKNOWN;
    Attendance {
        who,
        scene,
        from_start: None,
        came_from: nowhere,
        at_end: nowhere,
        entrance: None,
        ends: None,
        first_part,
        busy: 0.0,
        last_act: None,
    }
}

/// The characters whom an event is about and who are where somebody acts in it: a letter may be written to others.
fn acted_upon(
    case: &mut Case<'_, '_>,
    moment: &Moment,
    event: EventId,
    actors: &[EntityId],
) -> Result<Vec<EntityId>, StateError> {
    let characters = case.world.characters;
    let named: Vec<EntityId> = (case.situations.problem().event_term(event).arguments.iter())
        .filter_map(|argument| match argument {
            EventArgument::Term(Term::Entity(who)) => Some(*who),
            _ => None,
        })
        .filter(|who| who.index() < characters && !actors.contains(who))
        .collect();
    let mut together = Vec::new();
    for who in named {
        for &actor in actors {
            let problem = case.situations.problem();
            let (Some(one), Some(other)) = (case.places.of(problem, who), case.places.of(problem, actor)) else {
                continue;
            };
            let there = case.value(moment.before, one)?;
            if !there.is_unknown() && there == case.value(moment.before, other)? && !together.contains(&who) {
                together.push(who);
            }
        }
    }
    Ok(together)
}

/// How long the act of a moment takes. Who comes in was on the way before.
fn minutes(case: &mut Case<'_, '_>, moment: &Moment) -> Result<f64, StateError> {
    match moment.what {
        What::Event(event) if !is_entrance(case, event) => journeys::minutes(case, moment.before, event),
        _ => Ok(0.0),
    }
}

fn is_entrance(case: &Case<'_, '_>, event: EventId) -> bool {
    let action = case.situations.problem().event_term(event).action;
    case.world.actions[action.index()].staging == Some(Staging::Entrance)
}

/// Acts that take longer than their scene lasts.
fn overrun(case: &Case<'_, '_>, attendance: &Attendance, findings: &mut Findings) {
    let told = &case.telling.scenes[attendance.scene.index()];
    let (Some(lasts), Some(line)) = (told.duration, attendance.last_act) else { return };
    if attendance.busy <= lasts {
        return;
    }
    let name = case.name(attendance.who);
    let scene = case.scene(attendance.scene);
    let title = format!("{name} does in {scene} what takes longer than it lasts");
    let busy = format!("done with this after {} at the earliest", words::duration(attendance.busy));
    let diagnostic = Diagnostic::new(&CODE, title, Some(case.span(attendance.scene, Some(line))))
        .at(busy)
        .label(told.span, format!("{scene} lasts {}", words::duration(lasts)))
        .help("let the scene last longer");
    findings.add(Anchor::Line(attendance.scene, line), diagnostic);
}

/// Two scenes that follow each other in somebody's life.
fn compare(
    case: &mut Case<'_, '_>,
    before: &Attendance,
    after: &Attendance,
    findings: &mut Findings,
) -> Result<(), StateError> {
    let Some(there) = after.from_start else { return Ok(()) };
    let Some((least, most)) = distance(case, before.scene, after.scene) else { return Ok(()) };
    let elsewhere = before.from_start.filter(|&here| here != there);
    // Nothing but that `present` lists them brings them there.
    let is_fetched =
        !before.at_end.is_unknown() && before.at_end == after.came_from && after.came_from != Value::entity(there);
    let on_the_way = match (after.entrance, before.ends) {
        (Some(entrance), Some(ends)) => journeys::minutes(case, ends, entrance)?,
        _ => 0.0,
    };
    let lasts = case.telling.scenes[before.scene.index()].duration.unwrap_or(0.0);
    let overlap = most <= 0.0 || (before.stays() && most < lasts);
    let needed = if overlap { before.busy } else { before.busy + on_the_way };
    if most < needed && (least > 0.0 || elsewhere.is_some() || is_fetched) {
        too_soon(case, before, (after, there, on_the_way), (least, most), findings);
        return Ok(());
    }
    let is_placed = |scene: SceneId| case.telling.scenes[scene.index()].place.is_some();
    if !(is_fetched || is_placed(before.scene) && is_placed(after.scene)) {
        return Ok(());
    }
    if let Some(here) = elsewhere.filter(|_| overlap) {
        two_places(case, (before, here), (after, there), findings);
    }
    Ok(())
}

/// Between how many minutes after the first scene the second starts, where the told times say both and it is not earlier.
fn distance(case: &Case<'_, '_>, first: SceneId, second: SceneId) -> Option<(f64, f64)> {
    if !case.timeline.bound(first, second) {
        return None;
    }
    let gap = case.timeline.gap(first, second);
    let (least, most) = (gap.least?, gap.most?);
    (least >= 0.0).then_some((least, most))
}

fn too_soon(
    case: &Case<'_, '_>,
    before: &Attendance,
    (after, there, on_the_way): (&Attendance, EntityId, f64),
    (least, most): (f64, f64),
    findings: &mut Findings,
) {
    let (name, scene) = (case.name(after.who), case.scene(after.scene));
    let first = case.scene(before.scene);
    let title = format!("{name} cannot be in {scene} in time");
    let starts = match (least, most) {
        (0.0, 0.0) => format!("{scene} starts together with {first}"),
        _ => format!("{scene} starts at most {} after {first}", words::duration(most)),
    };
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(case.span(after.scene, None))).at(starts);
    if let Some(line) = before.last_act {
        let done =
            format!("{name} is done with this {} after {first} starts, at the earliest", words::duration(before.busy));
        diagnostic = diagnostic.label(case.span(before.scene, Some(line)), done);
    }
    if on_the_way > 0.0 {
        let (here, there) = (before.at_end.as_entity().map(|here| case.name(here)), case.name(there));
        let from = here.map_or(String::new(), |here| format!("from {here} "));
        diagnostic = diagnostic.note(format!("{name} needs {} {from}to {there}", words::duration(on_the_way)));
    }
    let diagnostic = bounds(case, before.scene, after.scene, diagnostic).help(format!("let {scene} start later"));
    findings.add(Anchor::Scene(after.scene), diagnostic);
}

fn two_places(
    case: &Case<'_, '_>,
    (before, here): (&Attendance, EntityId),
    (after, there): (&Attendance, EntityId),
    findings: &mut Findings,
) {
    let name = case.name(after.who);
    let title = format!("{name} is in two places at once: {} and {}", case.name(here), case.name(there));
    let is_in =
        |place: EntityId, scene: SceneId| format!("{name} is in {} here, {}", case.name(place), case.scene(scene));
    let diagnostic = Diagnostic::new(&CODE, title, Some(case.span(after.scene, after.first_part)))
        .at(is_in(there, after.scene))
        .label(case.span(before.scene, before.first_part), is_in(here, before.scene));
    let diagnostic = bounds(case, before.scene, after.scene, diagnostic)
        .help(format!("let {name} leave before the other scene starts, or change one of the times"));
    findings.add(Anchor::Scene(after.scene), diagnostic);
}

/// Labels at the told times that bind the two scenes together.
fn bounds(case: &Case<'_, '_>, first: SceneId, second: SceneId, mut diagnostic: Diagnostic) -> Diagnostic {
    for reason in case.timeline.reasons_at_most(first, second) {
        let span = super::broken_time::reason_span(case.telling, reason);
        diagnostic = diagnostic.label(span, reason_words(case.telling, reason));
    }
    diagnostic
}

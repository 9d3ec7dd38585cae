//! H05 where reasons are asked for: acts that nobody whose act it is has a reason for, within the limits.
//!
//! Each told act is looked at in the situation in which it happens, one actor at a time. What somebody does in one scene
//! without a reason is one finding; who wants nothing at all gets one finding for the whole story. A search that ends at a
//! limit accuses nobody: it is counted in one note.

use super::Progress;
use super::because::CODE;
use super::case::Case;
use super::reason_words::{self as say_why, Told};
use super::report::{Anchor, Findings};
use super::words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::EventId;
use crate::plan::told::{Answer, Limits, Nearest, Seeker, Stop};
use crate::state::{Situations, StateError, StateId};
use crate::telling::Chronicle;
use crate::telling::replay::{MomentId, What};
use crate::world::{EntityId, Holder, LineContent, SceneId, ToldEvent, UtilityId};
use rustc_hash::FxHashSet;

/// H15: the search for a reason ended at a limit.
pub static UNDECIDED: Code = Code {
    id: "H15",
    name: "reason not found in time",
    severity: Severity::Note,
    summary: "the search for a reason ended at its limit, so that nothing is known of the act",
};

/// Where the search ended before anything was found out.
const NOTHING_KNOWN: &str = "nothing is known of this one";
/// The search was ended from outside.
const STOPPED: &str = "the check was stopped before all of them were looked at";
/// What would help then.
const STOPPED_HELP: &str = "more time, or --reasons=N with fewer acts, lets more of them be looked at";
/// What would help.
const UNDECIDED_HELP: &str =
    "--max-tried lets more events be tried; --reasons=N looks among plans of N acts, fewer or more";

/// Situations kept besides those of the replay before all is forgotten.
const MOST_KEPT: usize = 2_000_000;
/// So many acts are named in one finding.
const MOST_NAMED: usize = 6;

/// A told act of somebody.
#[derive(Clone, Copy)]
struct ToldAct {
    scene: SceneId,
    line: usize,
    event: EventId,
    before: StateId,
    because: Option<UtilityId>,
}

/// A told act of which a limit left open whether there is a reason.
struct Undecided {
    act: ToldAct,
    /// What is known of it, in words.
    label: String,
}

/// A told act without a reason.
struct Unexplained {
    act: ToldAct,
    who: EntityId,
    /// Why, in words.
    told: Told,
}

/// Looks for a reason for every told act.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    (limits, stop): (Limits, Option<Stop>),
    findings: &mut Findings,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), StateError> {
    let acts = told_acts(case, chronicle, findings);
    let mut scratch: Situations<'_> = case.situations.clone();
    let base = scratch.count();
    let mut seeker = None;
    let mut found = Vec::new();
    let mut undecided: Vec<Undecided> = Vec::new();
    let of = acts.len();
    let is_stopped = || stop.is_some_and(Stop::is_asked_for);
    for (done, (act, dropped)) in acts.into_iter().enumerate() {
        if is_stopped() {
            undecided.push(Undecided { act, label: NOTHING_KNOWN.to_owned() });
            continue;
        }
        progress(Progress { done, of });
        if scratch.count() > base + MOST_KEPT {
            let problem = scratch.problem().clone();
            scratch = case.situations.clone();
            *scratch.problem_mut() = problem;
            seeker.iter_mut().for_each(Seeker::forget_situations);
        }
        let seeker = match &mut seeker {
            Some(seeker) => seeker,
            none => match Seeker::new(&mut scratch, limits) {
                Ok(mut made) => {
                    made.end_when(stop);
                    none.insert(made)
                }
                Err(_) => return Ok(()),
            },
        };
        for position in 0..scratch.problem().actors(act.event).len() {
            let who = scratch.problem().actors(act.event)[position];
            if case.world.entities[who.index()].minor {
                continue;
            }
            let aside = set_aside(case, who, act.because, &dropped);
            seeker.set_aside(aside.clone());
            let answer = match seeker.reason(&mut scratch, act.before, who, act.event) {
                Ok(answer) => answer,
                Err(StateError::TooManySituations(_) | StateError::TooDeep(_) | StateError::Unfolded(_)) => {
                    undecided.push(Undecided { act, label: NOTHING_KNOWN.to_owned() });
                    continue;
                }
                Err(error) => return Err(error),
            };
            let mut inside = case.within(&mut scratch);
            let because = act.because.filter(|&want| holds(&inside, want, who));
            let why = say_why::Why { who, before: act.before, aside: &aside, because };
            match answer {
                Answer::Found(_) => {}
                Answer::Stopped { none_within: None } => {
                    undecided.push(Undecided { act, label: NOTHING_KNOWN.to_owned() });
                }
                Answer::Stopped { none_within: Some((near, nearest)) } => {
                    let label = say_why::told(&mut inside, &why, &nearest, (near.imagined, false))?.label;
                    undecided.push(Undecided { act, label });
                }
                Answer::NoneWithinLimits(nearest) => {
                    let wants_nothing = nearest == Nearest::WantsNothing && act.because.is_none();
                    let mut told = say_why::told(&mut inside, &why, &nearest, (limits.imagined, wants_nothing))?;
                    let certain = matches!(nearest, Nearest::WantsNothing | Nearest::Content | Nearest::Impossible);
                    told.notes.extend((!certain).then(|| looked_for(limits)));
                    found.push(Unexplained { act, who, told });
                }
            }
        }
    }
    write(case, found, findings);
    let note = if is_stopped() { STOPPED.to_owned() } else { tried(limits) };
    write_undecided(case, &undecided, note, findings);
    Ok(())
}

/// How far a reason was looked for: further on there may be one.
fn looked_for(limits: Limits) -> String {
    format!("no reason was found among {}; --reasons=N and --max-nesting N look further", plans(limits))
}

/// The plans within limits.
fn plans(limits: Limits) -> String {
    let acts = words::counted(limits.imagined, "act", "acts");
    match limits.nesting {
        0 => format!("plans of at most {acts} that count on nobody else"),
        1 => format!("plans of at most {acts} that count on others only for what serves these at once"),
        levels => format!("plans of at most {acts} that rest on the reasons of others at most {levels} deep"),
    }
}

/// All told acts in the order in which they happened, each with the wants dropped before it. Without those of which
/// something worse is said already.
fn told_acts(
    case: &Case<'_, '_>,
    chronicle: &Chronicle,
    findings: &Findings,
) -> Vec<(ToldAct, Vec<(EntityId, UtilityId)>)> {
    let reported: FxHashSet<(SceneId, Option<usize>)> =
        case.replay.incidents.iter().map(|incident| (incident.scene, incident.line)).collect();
    let mut dropped: Vec<(EntityId, UtilityId)> = Vec::new();
    let mut acts = Vec::new();
    for &scene in chronicle.scenes() {
        for (line, told) in case.telling.scenes[scene.index()].lines.iter().enumerate() {
            match &told.content {
                LineContent::Drops { character, want } => dropped.push((*character, *want)),
                LineContent::Event(ToldEvent { because, .. }) => {
                    let known =
                        reported.contains(&(scene, Some(line))) || findings.has(Anchor::Line(scene, line), CODE.id);
                    let moment = case.event_moment(scene, line).filter(|_| !known);
                    let Some((event, before)) = moment.and_then(|moment| event_at(case, moment)) else { continue };
                    let because = because.as_ref().map(|want| want.value);
                    acts.push((ToldAct { scene, line, event, before, because }, dropped.clone()));
                }
                _ => {}
            }
        }
    }
    acts
}

fn event_at(case: &Case<'_, '_>, moment: MomentId) -> Option<(EventId, StateId)> {
    match case.moment(moment).what {
        What::Event(event) => Some((event, case.moment(moment).before)),
        _ => None,
    }
}

fn holds(case: &Case<'_, '_>, want: UtilityId, who: EntityId) -> bool {
    case.world.utilities[want.index()].holder == Holder::Character(who)
}

/// The wants that do not count for this act: dropped ones, and, where the telling says for which of theirs somebody
/// does it, all others of theirs.
fn set_aside(
    case: &Case<'_, '_>,
    who: EntityId,
    because: Option<UtilityId>,
    dropped: &[(EntityId, UtilityId)],
) -> Vec<UtilityId> {
    let mut aside: Vec<UtilityId> = dropped.iter().map(|&(_, want)| want).collect();
    if let Some(because) = because.filter(|&want| holds(case, want, who)) {
        let own = case.situations.problem().utilities_of(Holder::Character(who));
        aside.extend(own.filter(|&want| want != because));
    }
    aside
}

/// One finding for each scene and character; for those who want nothing one for each character.
fn write(case: &mut Case<'_, '_>, found: Vec<Unexplained>, findings: &mut Findings) {
    let mut groups: Vec<((EntityId, Option<SceneId>), Vec<Unexplained>)> = Vec::new();
    for one in found {
        let key = (one.who, (!one.told.wants_nothing).then_some(one.act.scene));
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    for ((who, scene), group) in groups {
        let name = case.name(who);
        let first = &group[0];
        let act = case.event(first.act.event);
        let title = match (scene, group.len()) {
            (None, 1) => format!("{name} acts once and wants nothing"),
            (None, count) => format!("{name} acts {count} times and wants nothing"),
            (Some(_), 1) => format!("{name} has no reason for this: {act}"),
            (Some(scene), count) => format!("{name} has no reason for {count} acts in {}", case.scene(scene)),
        };
        let span = case.span(first.act.scene, Some(first.act.line));
        let mut diagnostic = Diagnostic::new(&CODE, title, Some(span)).at(first.told.label.clone());
        for other in group.iter().skip(1).take(MOST_NAMED - 1) {
            let span = case.span(other.act.scene, Some(other.act.line));
            diagnostic = diagnostic.label(span, other.told.label.clone());
        }
        if group.len() > MOST_NAMED {
            diagnostic = diagnostic.note(format!("and {} more", group.len() - MOST_NAMED));
        }
        for note in &first.told.notes {
            diagnostic = diagnostic.note(note.clone());
        }
        let help = match scene {
            None => format!("say with `want {name}: …` what {name} wants"),
            Some(_) => {
                format!("give {name} a want that this serves, or let something happen before that makes it worth while")
            }
        };
        findings.add(Anchor::Line(first.act.scene, first.act.line), diagnostic.help(help));
    }
}

/// How much was tried.
fn tried(limits: Limits) -> String {
    let tried = words::counted(usize::try_from(limits.tried).unwrap_or(usize::MAX), "event was", "events were");
    format!("for each, at most {tried} tried, among {}", plans(limits))
}

fn write_undecided(case: &mut Case<'_, '_>, undecided: &[Undecided], note: String, findings: &mut Findings) {
    let Some(Undecided { act: first, label }) = undecided.first() else { return };
    let acts = words::counted(undecided.len(), "act", "acts");
    let title = format!("For {acts} the search for a reason ended at its limit");
    let span = case.span(first.scene, Some(first.line));
    let mut diagnostic = Diagnostic::new(&UNDECIDED, title, Some(span)).at(label.clone());
    for Undecided { act, label } in undecided.iter().skip(1).take(MOST_NAMED - 1) {
        diagnostic = diagnostic.label(case.span(act.scene, Some(act.line)), label.clone());
    }
    if undecided.len() > MOST_NAMED {
        diagnostic = diagnostic.note(format!("and {} more", undecided.len() - MOST_NAMED));
    }
    let help = if note == STOPPED { STOPPED_HELP } else { UNDECIDED_HELP };
    let diagnostic = diagnostic.note(note).help(help);
    findings.add(Anchor::Line(first.scene, first.line), diagnostic);
}

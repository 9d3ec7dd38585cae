//! Computed help: the shortest events whose insertion closes a hole, found where reasons are looked for.
//!
//! Tried are the place right before the hole, then places where the one who acts or thinks there was before they went
//! on. First events for which everybody whose act it is has a reason; only if there are none, events for which they still
//! need one. Nobody tells what they do not believe. Whatever is proposed was checked: with it told, the hole is gone and no other
//! finding has come.

use super::Options;
use super::case::Case;
use super::impossible;
use super::report::FindingId;
use super::report::Findings;
use super::run;
use super::sincerity::sincere;
use crate::diagnostic::{Diagnostic, Proposal, Severity};
use crate::ground::{Amount, Atom, Condition, Place};
use crate::plan::say;
use crate::plan::told::{Limits, Seeker, Sequence, Stop};
use crate::source::Span;
use crate::state::{FailedPart, Situations, StateError, StateId, Wanted};
use crate::telling::replay::{Incident, IncidentKind, What};
use crate::world::{Line, LineContent, SceneId, StartStatement, Telling, ToldEvent};

/// Places before which something may be inserted, for one hole.
const MOST_POINTS: usize = 6;
/// Moments that are walked back for them.
const FURTHEST_BACK: usize = 1_000;
/// Insertions that are checked for one hole at one place.
const MOST_CHECKED: usize = 6;
/// Insertions that are found for one hole at one place, those in which somebody says what they do not believe included.
const MOST_FOUND: usize = 200;
/// Findings to which an example is added.
const MOST_EXAMPLES: usize = 4;
/// Examples are looked for in stories of so many moments,
const EXAMPLE_MOMENTS: usize = 400;
/// of so many entities,
const EXAMPLE_ENTITIES: usize = 60;
/// and among so many events.
const EXAMPLE_TRIED: u64 = 1_000;
/// Acts of one insertion.
const LONGEST: usize = 3;

/// What is told, to be checked again with something more.
pub(super) struct Again<'a> {
    /// How it is told.
    pub telling: &'a Telling,
    /// What its start says besides the world's.
    pub start: &'a [StartStatement],
    /// How it is checked.
    pub options: &'a Options,
}

/// A finding as far as it is compared.
type Key = (&'static str, String, Option<Span>);

/// Where something may be inserted: before a line, in the situation there.
#[derive(Clone, Copy)]
struct Point {
    scene: SceneId,
    line: usize,
    state: StateId,
}

/// Adds proposals to the findings that incidents are; `own` says which.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    again: &Again<'_>,
    own: &[(usize, FindingId)],
    findings: &mut Findings,
) -> Result<(), StateError> {
    let holes: Vec<(usize, FindingId)> =
        own.iter().copied().filter(|&(incident, _)| is_hole(&case.replay.incidents[incident])).collect();
    let Some(limits) = again.options.reasons.filter(|_| !holes.is_empty()) else { return Ok(()) };
    let before = keys(case, again, again.telling);
    let mut scratch = case.situations.clone();
    let limits = Limits { imagined: limits.imagined.min(LONGEST), ..limits.near() };
    let stop = again.options.stop;
    if stop.is_some_and(Stop::is_asked_for) {
        return Ok(());
    }
    let Ok(mut seeker) = Seeker::new(&mut scratch, limits) else { return Ok(()) };
    seeker.end_when(stop);
    for (incident, finding) in holes {
        let mut helper = Helper { again, before: &before, scratch: &mut scratch, seeker: &mut seeker };
        let incident = &case.replay.incidents[incident];
        if let Some((point, sequence)) = helper.closing(case, incident, findings.get(finding), &[true, false])? {
            let proposal = helper.written(case, point, &sequence)?;
            findings.get_mut(finding).proposals.push(proposal);
        }
    }
    Ok(())
}

/// Adds, where no reasons are looked for, one event that would close a hole to each of the first findings: the text to
/// type. Only in stories where that is found at once.
pub(super) fn examples(
    case: &mut Case<'_, '_>,
    again: &Again<'_>,
    own: &[(usize, FindingId)],
    findings: &mut Findings,
) -> Result<(), StateError> {
    let wanted = |&(incident, finding): &(usize, FindingId)| {
        let incident = &case.replay.incidents[incident];
        let is_claim = matches!(incident.kind, IncidentKind::FalseClaim { .. });
        let said = findings.get(finding).help.iter().any(|help| help == impossible::ALREADY);
        (is_claim || is_hole(incident)) && !said && !is_expected(case, incident)
    };
    let holes: Vec<(usize, FindingId)> = own.iter().copied().filter(wanted).take(MOST_EXAMPLES).collect();
    let small = case.replay.moments.len() <= EXAMPLE_MOMENTS && case.world.entities.len() <= EXAMPLE_ENTITIES;
    if holes.is_empty() || !small || !again.options.examples {
        return Ok(());
    }
    let before = keys(case, again, again.telling);
    let mut scratch = case.situations.clone();
    let limits = Limits { imagined: 1, nesting: 0, tried: EXAMPLE_TRIED };
    let Ok(mut seeker) = Seeker::new(&mut scratch, limits) else { return Ok(()) };
    for (incident, finding) in holes {
        let mut helper = Helper { again, before: &before, scratch: &mut scratch, seeker: &mut seeker };
        let incident = &case.replay.incidents[incident];
        if let Some((point, sequence)) = helper.closing(case, incident, findings.get(finding), &[false])? {
            let lines = helper.written(case, point, &sequence)?.lines;
            let here = point.scene == incident.scene && Some(point.line) == incident.line;
            let place = match case.event_of(point.scene, point.line).filter(|_| !here) {
                Some(event) => format!("before `{}`", case.event(event)),
                None => "before this line".to_owned(),
            };
            let help = format!("for example, {place}: `{}`", lines.join("`, then `"));
            findings.get_mut(finding).help.push(help);
        }
    }
    Ok(())
}

fn is_expected(case: &Case<'_, '_>, incident: &Incident) -> bool {
    let scene = &case.telling.scenes[incident.scene.index()];
    let line = incident.line.and_then(|line| scene.lines.get(line));
    line.is_none_or(|line| !line.expectations.is_empty())
}

fn is_hole(incident: &Incident) -> bool {
    incident.line.is_some()
        && match &incident.kind {
            IncidentKind::Impossible { .. } | IncidentKind::Unaware { .. } | IncidentKind::UnknownClaim { .. } => true,
            IncidentKind::Premise { so, .. } => *so,
            _ => false,
        }
}

/// What a telling is found to be: everything but notes.
fn keys(case: &Case<'_, '_>, again: &Again<'_>, telling: &Telling) -> Option<Vec<Key>> {
    let options = Options { reasons: None, examples: false, ..*again.options };
    let mut findings = Findings::default();
    let outcome = run::telling(case.world, (telling, again.start), &options, &mut findings, &mut |_| {}).ok()?;
    let all = findings.into_ordered().into_iter().chain(outcome.errors);
    Some(all.filter(|finding| finding.severity > Severity::Note).map(|finding| key(&finding)).collect())
}

fn key(finding: &Diagnostic) -> Key {
    (finding.code.id, finding.title.clone(), finding.primary.as_ref().map(|label| label.span))
}

struct Helper<'h, 'p> {
    again: &'h Again<'h>,
    before: &'h Option<Vec<Key>>,
    scratch: &'h mut Situations<'p>,
    seeker: &'h mut Seeker,
}

impl<'p> Helper<'_, 'p> {
    /// The events that close the hole, and before which line.
    fn closing(
        &mut self,
        case: &Case<'_, 'p>,
        incident: &Incident,
        finding: &Diagnostic,
        willing: &[bool],
    ) -> Result<Option<(Point, Sequence)>, StateError> {
        let Some(goal) = self.goal(incident) else { return Ok(None) };
        let hole = key(finding);
        let points = self.points(case, incident)?;
        for &willing in willing {
            for &point in &points {
                self.seeker.forget_rejected();
                let mut checked = 0;
                for _ in 0..MOST_FOUND {
                    let found = self.seeker.bring_about(self.scratch, point.state, &goal, willing)?;
                    let Ok(Some(sequence)) = found else { break };
                    if sincere(self.scratch, point.state, &sequence)? {
                        if self.closes(case, point, &sequence, &hole) {
                            return Ok(Some((point, sequence)));
                        }
                        checked += 1;
                        if checked >= MOST_CHECKED {
                            break;
                        }
                    }
                    self.seeker.reject(&sequence);
                }
            }
        }
        Ok(None)
    }

    /// What must hold for the hole to be none.
    fn goal(&self, incident: &Incident) -> Option<Condition> {
        let parts = match &incident.kind {
            IncidentKind::Impossible { event, .. } => {
                let needs = self.scratch.problem().get(*event).needs();
                return Some(Condition::all(needs.iter().map(|need| need.condition.clone())));
            }
            IncidentKind::Unaware { failing, .. }
            | IncidentKind::Premise { failing, .. }
            | IncidentKind::UnknownClaim { failing, .. }
            | IncidentKind::FalseClaim { failing } => failing,
            _ => return None,
        };
        (!parts.is_empty()).then(|| Condition::all(parts.iter().map(wanted)))
    }

    /// Right before the hole, and where the one whose hole it is was before they went on.
    fn points(&mut self, case: &Case<'_, '_>, incident: &Incident) -> Result<Vec<Point>, StateError> {
        let line = incident.line.unwrap_or(0);
        let mut points = vec![Point { scene: incident.scene, line, state: incident.state }];
        let who = match &incident.kind {
            IncidentKind::Impossible { event, .. } => self.scratch.problem().actors(*event).first().copied(),
            IncidentKind::Unaware { actor, .. } => Some(*actor),
            IncidentKind::Premise { thinker, .. } => Some(*thinker),
            IncidentKind::UnknownClaim { character, .. } => Some(*character),
            _ => None,
        };
        let place = who.and_then(|who| case.places.of(self.scratch.problem(), who));
        let Some(place) = place else { return Ok(points) };
        let last = incident.moment.index();
        for moment in case.replay.moments[..last].iter().rev().take(FURTHEST_BACK) {
            if points.len() >= MOST_POINTS {
                break;
            }
            let (Some(line), What::Event(_)) = (moment.line, moment.what) else { continue };
            let (before, after) =
                (self.scratch.value_at(moment.before, place)?, self.scratch.value_at(moment.after, place)?);
            if before != after {
                points.push(Point { scene: moment.scene, line, state: moment.before });
            }
        }
        Ok(points)
    }

    /// Whether the hole is gone when the events are told there, and nothing else has come.
    fn closes(&self, case: &Case<'_, '_>, point: Point, sequence: &Sequence, hole: &Key) -> bool {
        let mut telling = self.again.telling.clone();
        let scene = &mut telling.scenes[point.scene.index()];
        let Some(span) = scene.lines.get(point.line).map(|line| line.span) else { return false };
        for (index, act) in sequence.acts.iter().enumerate() {
            let event = self.scratch.problem().event_term(act.event).clone();
            let content = LineContent::Event(ToldEvent::plain(event));
            scene.lines.insert(point.line + index, Line { content, span, expectations: Vec::new() });
        }
        let (Some(before), Some(after)) = (self.before, keys(case, self.again, &telling)) else { return false };
        let mut left = before.clone();
        for finding in &after {
            match left.iter().position(|known| known == finding) {
                Some(known) => {
                    left.swap_remove(known);
                }
                None => return false,
            }
        }
        left.contains(hole)
    }

    fn written(&mut self, case: &Case<'_, '_>, point: Point, sequence: &Sequence) -> Result<Proposal, StateError> {
        let said = say::acts(self.scratch, point.state, &sequence.acts)?;
        let mut proposal = Proposal {
            before: case.span(point.scene, Some(point.line)),
            lines: said.iter().map(|act| act.sentence.clone()).collect(),
            explained: sequence.acts.iter().all(|act| !act.reasons.is_empty()),
            reasons: Vec::new(),
        };
        for reason in said.iter().flat_map(|act| &act.reasons) {
            let wants: Vec<String> = reason.wants.iter().map(say::Want::words).collect();
            let why = format!("{} wants {}", reason.name, crate::world::say::list(&wants));
            if !wants.is_empty() && !proposal.reasons.contains(&why) {
                proposal.reasons.push(why);
            }
        }
        Ok(proposal)
    }
}

fn wanted(part: &FailedPart) -> Condition {
    let place: Place = part.place;
    Condition::Atom(match part.wanted {
        Wanted::Equal(value) => Atom::Is { place, value, equal: true },
        Wanted::NotEqual(value) => Atom::Is { place, value, equal: false },
        Wanted::Compared(comparison, value) => {
            Atom::Measure { place, comparison, amount: Box::new(Amount::Constant(value)) }
        }
    })
}

//! H01: an event that cannot happen as told.
//!
//! A need of the event is false in what is so. The message names the part that fails, what is the case instead, and what
//! made it so. The check then goes on as if the need had been met, and says what it assumes.

use super::case::{Case, FailingPart};
use super::{guise, mislaid, untold, whereabouts};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::EventId;
use crate::source::Span;
use crate::state::{FailedNeed, FailedPart, StateError};
use crate::telling::irrevocable::is_lost_for_good;
use crate::telling::replay::{Incident, MomentId};
use crate::world::{EntityId, EventTerm, LineContent, say};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H01",
    name: "impossible event",
    severity: Severity::Error,
    summary: "a need of the event is false when it is told to happen",
};

/// So many failing parts are explained.
const MOST_PARTS: usize = 4;

/// The help where nothing is missing.
pub(super) const ALREADY: &str = "it is so already: take this line away";

/// What is said where the check leaves out what it cannot go on from.
pub(super) const LEFT_OUT: &str = "from here on the check goes on as if this had not been";

/// The message.
pub(super) fn diagnostic(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    event: EventId,
    needs: &[FailedNeed],
) -> Result<Diagnostic, StateError> {
    let told = told(case, incident, event);
    let title = match incident.line {
        Some(_) => format!("This cannot happen: {told}"),
        None => format!("{} cannot begin like this: {told}", say::capitalised(&case.scene(incident.scene))),
    };
    let span = case.span(incident.scene, incident.line);
    let mut parts = case.failing_parts(incident.state, event, needs)?;
    parts.truncate(MOST_PARTS);
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(span));
    if parts.iter().all(|part| part.facts.is_empty()) {
        return Ok(never(case, event, &parts, diagnostic).note(LEFT_OUT));
    }
    let mut words = Vec::new();
    let mut help = None;
    let actor = case.situations.problem().actors(event).first().copied();
    for part in &parts {
        let mut facts = told_facts(case, part);
        let mut instead = Vec::new();
        if let Some(mislaid) = mislaid::thing(case, incident, part)? {
            // Where its actor is matters only for where else something is.
            let is_somebody = |who: EntityId| who.index() < case.world.characters;
            let of_somebody = |fact: &FailedPart| case.located(fact.place.fluent).is_some_and(is_somebody);
            if facts.iter().all(|fact| of_somebody(fact) || fact.actual.is_unknown()) {
                facts.clear();
            }
            facts.retain(|fact| mislaid.instead.iter().all(|known| known.place != fact.place));
            instead = mislaid::words(case, incident, &mislaid, actor)?;
            diagnostic = causes(case, incident, &mislaid.instead, diagnostic)?;
            help = help.or(mislaid::help(case, incident, &mislaid, actor)?);
        }
        words.push(in_words(case, part, &facts, instead));
        diagnostic = causes(case, incident, &facts, diagnostic)?;
    }
    diagnostic = replacements(case, event, &parts, diagnostic.at(words.join("; ")));
    if needs.iter().any(|need| need.cut) {
        let limit = case.situations.problem().limits().alternatives;
        diagnostic =
            diagnostic.note(format!("it could be met in more than {limit} ways; only the first were looked at"));
    }
    if needs.iter().any(FailedNeed::can_never_be) {
        return Ok(diagnostic.note(LEFT_OUT));
    }
    if is_so_already(case, incident) {
        return Ok(diagnostic.help(ALREADY));
    }
    let lost = lost(case, &parts)?;
    if incident.line.is_none() {
        return Ok(unstaged(case, incident, (event, lost), diagnostic));
    }
    if let Some(repaired) = case.repaired(incident) {
        diagnostic = diagnostic.note(repaired);
    }
    if let Some(lost) = lost {
        let help = format!("take this line away, tell it earlier, or change the line since which {lost}");
        return Ok(diagnostic.note(still(&lost)).help(help));
    }
    if let Some(help) = guise::help(case, incident, event)? {
        return Ok(diagnostic.help(help));
    }
    if let Some(help) = help {
        return Ok(diagnostic.help(help));
    }
    if let Some(help) = whereabouts::help(case, incident, event, &parts)? {
        return Ok(diagnostic.help(help));
    }
    let missing: Option<Vec<_>> = parts.iter().map(|part| untold::event(case, part)).collect();
    if let Some(missing) = missing {
        return Ok(untold(case, incident, event, missing, diagnostic));
    }
    let needed: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
    Ok(diagnostic.help(format!("tell before this how it comes about that {}", say::list(&needed))))
}

/// It needs nothing but that other events happened.
fn untold(
    case: &Case<'_, '_>,
    incident: &Incident,
    event: EventId,
    missing: Vec<EventTerm>,
    mut diagnostic: Diagnostic,
) -> Diagnostic {
    let mut lines = Vec::new();
    for missing in missing {
        if let Some(later) = untold::later(case, incident, &missing) {
            diagnostic = diagnostic.label(case.moment_span(later), "it happens only here");
        }
        lines.push(format!("`{}`", untold::line(case, missing, event)));
    }
    diagnostic.help(format!("tell it before this: {}", say::list(&lines)))
}

/// Labels at declarations of the story's own that stand in place of a pack's, where what fails is about them: whoever
/// uses the pack may not know that it says something else now.
fn replacements(case: &Case<'_, '_>, event: EventId, parts: &[FailingPart], diagnostic: Diagnostic) -> Diagnostic {
    let problem = case.situations.problem();
    let action = &case.world.actions[problem.event_term(event).action.index()];
    let facts = parts.iter().flat_map(|part| &part.facts);
    let fluents = facts.filter_map(|fact| problem.declared(fact.place.fluent));
    let fluents = fluents.map(|(fluent, _)| &case.world.fluents[fluent.index()]);
    let about: Vec<(&str, &str, Span)> = std::iter::once(("action", action.name.as_str(), action.span))
        .chain(fluents.map(|fluent| ("fact", fluent.name.as_str(), fluent.span)))
        .collect();
    case.world.replacements.iter().fold(diagnostic, |diagnostic, replacement| {
        match about.iter().find(|(.., span)| *span == replacement.span) {
            Some((what, name, span)) => {
                let pack = &replacement.pack;
                diagnostic.label(*span, format!("the story's own {what} “{name}” stands in place of that of {pack}"))
            }
            None => diagnostic,
        }
    })
}

/// What is told: an event, or that somebody concludes something.
fn told(case: &Case<'_, '_>, incident: &Incident, event: EventId) -> String {
    let line = incident.line.map(|line| &case.telling.scenes[incident.scene.index()].lines[line].content);
    match line {
        Some(LineContent::Conclusion { thinker, conclusion, .. }) => {
            format!("{} concludes that {}", case.name(*thinker), case.say(&conclusion.value))
        }
        _ => case.event(event),
    }
}

/// What is so instead of what is lost for good.
fn lost(case: &mut Case<'_, '_>, parts: &[FailingPart]) -> Result<Option<String>, StateError> {
    for part in parts.iter().flat_map(|part| &part.facts) {
        if is_lost_for_good(case.situations, case.replay.beginning(), part)? {
            return Ok(Some(case.say_actual(part.place, part.actual)));
        }
    }
    Ok(None)
}

fn still(lost: &str) -> String {
    format!("nothing can change that: the check lets this happen all the same, and {lost} afterwards too")
}

/// Somebody cannot come or go, as the line of those present implies.
fn unstaged(
    case: &Case<'_, '_>,
    incident: &Incident,
    (event, lost): (EventId, Option<String>),
    diagnostic: Diagnostic,
) -> Diagnostic {
    let listed = case.telling.scenes[incident.scene.index()].present.as_ref();
    let listed: Vec<EntityId> = listed.map(|present| present.value.clone()).unwrap_or_default();
    let Some(&who) = case.situations.problem().actors(event).first() else { return diagnostic };
    let name = case.name(who);
    let (why, help) = if listed.contains(&who) {
        (
            format!("{name} is listed as present and was elsewhere, so that {name} comes in before the scene begins"),
            match &lost {
                Some(lost) => format!("take {name} from the list, or change the line since which {lost}"),
                None => format!("tell before this scene how {name} gets there, or take {name} from the list"),
            },
        )
    } else {
        let names: Vec<String> = listed.iter().chain([&who]).map(|&who| case.name(who)).collect();
        (
            format!("{name} was there and is not listed as present, so that {name} goes before the scene begins"),
            format!("if {name} is still there, say so: `present {}`", names.join(", ")),
        )
    };
    let mut diagnostic = diagnostic.note(why);
    for note in case.repaired(incident).into_iter().chain(lost.as_deref().map(still)) {
        diagnostic = diagnostic.note(note);
    }
    diagnostic.help(help)
}

/// It needs what can never be.
fn never(case: &Case<'_, '_>, event: EventId, parts: &[FailingPart], diagnostic: Diagnostic) -> Diagnostic {
    let twice = parts.iter().find_map(|part| part.twice);
    let Some(who) = twice else {
        let needed: Vec<&str> = parts.iter().map(|part| part.text.as_str()).collect();
        return match needed.as_slice() {
            [] => diagnostic.at("what it needs can never be so"),
            needed => diagnostic.at(format!("it needs that {}, which can never be so", say::list(needed))),
        };
    };
    let name = case.name(who);
    let action = &case.world.actions[case.situations.problem().event_term(event).action.index()];
    diagnostic.at(format!("this takes two, and both are {name}")).label(action.span, "declared here")
}

/// `it needs that Anne is with Sally, but Anne is in the garden and Sally is in the nursery`
fn in_words(case: &Case<'_, '_>, part: &FailingPart, facts: &[FailedPart], instead: Vec<String>) -> String {
    if let Some(who) = part.twice {
        return format!("it takes two that are not the same, and both are {}", case.name(who));
    }
    if untold::event(case, part).is_some() {
        return format!("it needs that {}; nothing before this tells it", part.text);
    }
    let mut said = instead;
    said.extend(facts.iter().map(|fact| case.say_actual(fact.place, fact.actual)));
    let mut facts = said;
    facts.retain(|fact| *fact != part.text);
    facts.truncate(MOST_PARTS);
    match facts.as_slice() {
        [] => format!("it needs that {}", part.text),
        facts => format!("it needs that {}, but {}", part.text, say::list(facts)),
    }
}

/// The failing facts that have a value, and those that should say where somebody is; all where there are none.
fn told_facts(case: &Case<'_, '_>, part: &FailingPart) -> Vec<FailedPart> {
    let is_somebody = |who: EntityId| who.index() < case.world.characters;
    let matters =
        |fact: &&FailedPart| !fact.actual.is_unknown() || case.located(fact.place.fluent).is_some_and(is_somebody);
    let told: Vec<FailedPart> = part.facts.iter().filter(matters).cloned().collect();
    if told.is_empty() { part.facts.clone() } else { told }
}

/// Whether the event was left out because what it would bring about is so.
pub(super) fn is_so_already(case: &Case<'_, '_>, incident: &Incident) -> bool {
    let lines = &case.telling.scenes[incident.scene.index()].lines;
    let is_event = |line: usize| matches!(lines[line].content, LineContent::Event(_));
    let left_out = |line| is_event(line) && case.event_moment(incident.scene, line).is_none();
    incident.repaired.is_empty() && incident.line.is_some_and(left_out)
}

/// Labels at what made the failing parts what they are.
pub(super) fn causes(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    failing: &[FailedPart],
    mut diagnostic: Diagnostic,
) -> Result<Diagnostic, StateError> {
    let mut labelled: Vec<MomentId> = Vec::new();
    for part in failing.iter().take(MOST_PARTS) {
        let Some(moment) = case.origin(part.place, incident.moment)?.moment() else { continue };
        if labelled.contains(&moment) {
            continue;
        }
        labelled.push(moment);
        let mut text = format!("since here {}", case.say_actual(part.place, part.actual));
        if let Some(instead) = case.became(moment, part)? {
            text += &format!(": {instead}");
        }
        diagnostic = diagnostic.label(case.moment_span(moment), text);
    }
    Ok(diagnostic)
}

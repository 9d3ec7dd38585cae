//! H04: somebody is said not to know what an event gave them.
//!
//! An event told them, or they noticed it, and no event, rule or `forgets` took it away. The message names that event.
//! What they believe from the start, by a conclusion or an assumption is a matter of a false claim (H06).

use super::case::Case;
use super::{crowd, false_claim};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::{Atom, Condition};
use crate::state::StateError;
use crate::telling::replay::{Incident, What};
use crate::world::{EntityId, Expression, LineContent, Term, World};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H04",
    name: "forgotten knowledge",
    severity: Severity::Warning,
    summary: "somebody is said not to know or believe what an event gave them and nothing took away",
};

/// The message; a false claim where no event gave them what they believe.
pub(super) fn diagnostic(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    character: EntityId,
    (believed, others): (&Condition, &[(EntityId, Condition)]),
) -> Result<Diagnostic, StateError> {
    let LineContent::Claim(claim) = &line(case, incident).content else {
        return Ok(Diagnostic::new(&false_claim::CODE, "This claim is false", Some(line(case, incident).span)));
    };
    let name = case.name(character);
    if crowd::speaks_of_crowd(case.world, &claim.value) {
        let mut who = vec![(character, believed.clone())];
        who.extend_from_slice(others);
        let title = format!("This claim is false: {}", case.say(&claim.value));
        let diagnostic = Diagnostic::new(&CODE, title, Some(claim.span));
        let (diagnostic, of_event) = crowd::knowing(case, incident, &claim.value, (&who, diagnostic))?;
        let (code, severity) = (&false_claim::CODE, false_claim::CODE.severity);
        return Ok(if of_event { diagnostic } else { Diagnostic { code, severity, ..diagnostic } });
    }
    let part = &about(case.world, &claim.value, character);
    let Some((place, moment)) = crowd::source(case, incident, believed)? else {
        let title = format!("This claim is false: {}", case.say(part));
        let belief = belief(case, incident, believed)?.unwrap_or_else(|| format!("{name} does believe it"));
        let lacked = lacked(case, part);
        let lacked = lacked.strip_prefix("that ").unwrap_or(&lacked);
        return Ok(Diagnostic::new(&false_claim::CODE, title, Some(claim.span))
            .at(belief)
            .note("it is so from the start, and what `start` says everybody knows")
            .help(format!("if only some know it, say so below `start`: `known to …: {lacked}`")));
    };
    let value = case.value(incident.state, place)?;
    let belief = case.say_fact(place, value);
    let told = case.moment(moment).clone();
    let happening = case.happening(moment);
    if !matches!(told.what, What::Event(_)) {
        let title = format!("This claim is false: {}", case.say(part));
        return Ok(Diagnostic::new(&false_claim::CODE, title, Some(claim.span))
            .at(belief)
            .label(case.moment_span(moment), format!("since here: {happening}")));
    }
    let title = format!("{name} is said not to know {}, but has not forgotten it", lacked(case, part));
    let scene = case.scene(told.scene);
    let absent = if told.scene == incident.scene { "then".to_owned() } else { format!("in {scene}") };
    let learned = if told.line.is_some() { String::new() } else { format!(": {happening}") };
    let known = belief.strip_prefix(&format!("{name} believes that ")).unwrap_or("…").to_owned();
    Ok(Diagnostic::new(&CODE, title, Some(claim.span))
        .at(belief)
        .label(case.moment_span(moment), format!("{name} learned it here{learned}"))
        .note(format!("no event, rule or `forgets` took it from {name} since {scene}"))
        .help(format!(
            "let {name} be elsewhere {absent}, write `{name} forgets that {known}`, or take this claim away"
        )))
}

fn line<'a>(case: &Case<'a, '_>, incident: &Incident) -> &'a crate::world::Line {
    &case.telling.scenes[incident.scene.index()].lines[incident.line.unwrap_or(0)]
}

/// The part of a claim that is about what `character` believes.
fn about(world: &World, claim: &Expression, character: EntityId) -> Expression {
    let is_about = |part: &Expression| match part {
        Expression::Not(inner) => matches!(&**inner, Expression::Knows(Term::Entity(who), _)
            | Expression::Believes(Term::Entity(who), _)
            | Expression::KnowsWhether(Term::Entity(who), _) if *who == character),
        Expression::Wonders(Term::Entity(who), _) => *who == character,
        _ => false,
    };
    crowd::part(world, claim, &is_about).unwrap_or_else(|| claim.clone())
}

/// What they are said to lack: `that Anne is late`, `whether Anne is late`.
fn lacked(case: &Case<'_, '_>, claim: &Expression) -> String {
    match claim {
        Expression::Not(inner) => lacked(case, inner),
        Expression::Knows(_, inner) | Expression::Believes(_, inner) => format!("that {}", case.say(inner)),
        Expression::KnowsWhether(_, inner) | Expression::Wonders(_, inner) => format!("whether {}", case.say(inner)),
        other => format!("that {}", case.say(other)),
    }
}

/// What they believe, in words.
fn belief(case: &mut Case<'_, '_>, incident: &Incident, believed: &Condition) -> Result<Option<String>, StateError> {
    let mut atoms: Vec<Atom> = Vec::new();
    case.holding(incident.state, believed, &mut atoms)?;
    let mut first = None;
    atoms.iter().for_each(|atom| atom.places(&mut |place| first = first.or(Some(place))));
    let Some(place) = first else { return Ok(None) };
    let value = case.value(incident.state, place)?;
    Ok(Some(case.say_fact(place, value)))
}

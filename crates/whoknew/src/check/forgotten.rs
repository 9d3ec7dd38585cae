//! H04: somebody is said not to know what an event gave them.
//!
//! An event told them, or they noticed it, and no event, rule or `forgets` took it away. The message names that event.
//! What they believe from the start, by a conclusion or an assumption is a matter of a false claim (H06).

use super::case::Case;
use super::words;
use crate::causes::Origin;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::{Atom, Condition, Place};
use crate::state::StateError;
use crate::telling::replay::{Incident, MomentId, What};
use crate::world::{EntityId, Expression, LineContent};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H04",
    name: "forgotten knowledge",
    severity: Severity::Warning,
    summary: "somebody is said not to know or believe what an event gave them and nothing took away",
};

/// The message; `None` if no event gave them what they believe.
pub(super) fn diagnostic(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    character: EntityId,
    believed: &Condition,
) -> Result<Option<Diagnostic>, StateError> {
    let Some((place, moment)) = source(case, incident, believed)? else { return Ok(None) };
    let name = case.name(character);
    let LineContent::Claim(claim) = &line(case, incident).content else { return Ok(None) };
    let what = match &claim.value {
        Expression::Not(inner) => inner_of(inner),
        other => inner_of(other),
    };
    let value = case.value(incident.state, place)?;
    let belief = case.say_fact(place, value);
    let what = what.map_or_else(|| "this".to_owned(), |what| format!("that {}", case.say(what)));
    let title = format!("{name} is said not to know {what}, but has not forgotten it");
    let told = case.moment(moment).clone();
    let learned = match told.what {
        What::Event(_) => format!("{name} learned it here: {}", case.happening(moment)),
        _ => format!("{name} learned it here"),
    };
    let scene = case.scene(told.scene);
    Ok(Some(
        Diagnostic::new(&CODE, title, Some(claim.span))
            .at(belief)
            .label(case.moment_span(moment), learned)
            .note(format!("no event, rule or `forgets` took it from {name} since {scene}"))
            .help(format!("let {name} be elsewhere in {scene}, say `{name} forgets that …`, or drop this claim")),
    ))
}

fn line<'a>(case: &Case<'a, '_>, incident: &Incident) -> &'a crate::world::Line {
    &case.telling.scenes[incident.scene.index()].lines[incident.line.unwrap_or(0)]
}

fn inner_of(expression: &Expression) -> Option<&Expression> {
    match expression {
        Expression::Knows(_, inner) | Expression::Believes(_, inner) => Some(inner),
        _ => None,
    }
}

/// The last event that gave them a part of it.
fn source(
    case: &mut Case<'_, '_>,
    incident: &Incident,
    believed: &Condition,
) -> Result<Option<(Place, MomentId)>, StateError> {
    let mut atoms: Vec<Atom> = Vec::new();
    case.holding(incident.state, believed, &mut atoms)?;
    let mut last: Option<(Place, MomentId)> = None;
    for atom in atoms.iter().take(8) {
        let mut subject = None;
        atom.places(&mut |place| {
            subject.get_or_insert(place);
        });
        let Some(place) = subject else { continue };
        if let Origin::Moment(moment) = case.origin(place, incident.moment)?
            && matches!(case.moment(moment).what, What::Event(_))
            && last.is_none_or(|(_, latest)| moment > latest)
        {
            last = Some((place, moment));
        }
    }
    Ok(last)
}

/// The message where no event gave it: a false claim.
pub(super) fn never_lacked(case: &mut Case<'_, '_>, character: EntityId) -> String {
    let name = words::name(case.world, character);
    format!("{name} believes it, and no event gave it: it was so from the start, concluded or assumed")
}

//! Who notices an event as which, as formulas: the lines of its action, with what guises make of them.

use super::formula::Formula;
use super::model::Sights;
use crate::ground::{Condition, EventId, Problem, Viewing};
use crate::world::EntityId;
use rustc_hash::FxHashMap;

/// In which case; the first that holds decides.
pub(super) type Ways = Box<[(Formula, bool)]>;

/// What one character notices of an event.
pub(super) struct Seen {
    pub(super) sights: Sights,
    /// What they take it for if it is their act, where that is not always the event, and whether they are deceived.
    pub(super) disguised: Option<(Sights, Ways)>,
}

/// What `character` notices of an event.
pub(super) fn seen(
    problem: &Problem<'_>,
    (event, character): (EventId, EntityId),
    indexes: &FxHashMap<EventId, u32>,
    translate: &mut impl FnMut(&Condition) -> Formula,
) -> Seen {
    let own = looks(problem, (event, character), indexes, translate);
    let this = indexes[&event];
    let (mut seen, mut acted, mut deceived) = (Vec::new(), Vec::new(), Vec::new());
    for (viewing, noticed, openly) in problem.get(event).sights_of(character) {
        let others = if openly { Vec::new() } else { looks(problem, (noticed, character), indexes, translate) };
        let condition = match viewing {
            Viewing::If(condition) => translate(condition),
            Viewing::ByFacts(decisions) => translate(&decisions.condition(character)),
        };
        let with = |other: &Formula| Formula::all([condition.clone(), other.clone()]);
        seen.extend(others.iter().map(|(look, event)| (with(look), *event)));
        if !own.is_empty() {
            let fooled = own.iter().filter(|_| !openly);
            acted.extend(fooled.clone().map(|(look, event)| (with(look), *event)));
            deceived.extend(fooled.map(|(look, event)| (with(look), *event != this)));
            acted.push((condition.clone(), this));
            deceived.push((condition.clone(), false));
        }
        let certain = condition == Formula::Constant(true);
        seen.push((condition, indexes[&noticed]));
        if certain {
            break;
        }
    }
    seen.retain(|(condition, _)| *condition != Formula::Constant(false));
    let disguised = (!own.is_empty()).then(|| {
        acted.extend(own);
        (acted.into(), deceived.into())
    });
    Seen { sights: seen.into(), disguised }
}

fn looks(
    problem: &Problem<'_>,
    (event, character): (EventId, EntityId),
    indexes: &FxHashMap<EventId, u32>,
    translate: &mut impl FnMut(&Condition) -> Formula,
) -> Vec<(Formula, u32)> {
    let looks = problem.looks(event, character).iter();
    let looks = looks.map(|(condition, look)| (translate(condition), indexes[look]));
    looks.filter(|(condition, _)| *condition != Formula::Constant(false)).collect()
}

//! Which facts are worth showing: those that somebody speaks of, and those about which minds differ after some scene.

use super::facts::{ChosenFact, Subject, real};
use super::spoken::Spoken;
use super::tracks::{Step, Tracks};
use crate::ground::{Amount, Value};
use crate::state::{Situations, StateId};
use crate::telling::Run;
use crate::telling::replay::MomentId;
use crate::world::{EntityId, Expression};
use rustc_hash::{FxHashMap, FxHashSet};

/// What was chosen.
pub(super) struct Choice {
    /// The facts, the most telling first.
    pub subjects: Vec<ChosenFact>,
    /// How many more there are about which minds differ.
    pub left_out: usize,
}

/// Chooses at most `most` facts.
pub(super) fn choose(run: &mut Run<'_>, tracks: &Tracks, spoken: &Spoken, most: usize) -> Choice {
    let mut candidates = by_subject(tracks);
    for &(subject, _) in &spoken.subjects {
        candidates.entry(subject).or_default();
    }
    let lines: FxHashMap<Subject, (usize, usize)> =
        spoken.subjects.iter().enumerate().map(|(order, &(subject, lines))| (subject, (order, lines))).collect();
    let mut ranked = Vec::new();
    for (subject, history) in candidates {
        let disputed = disputed(run, subject, spoken, &history);
        let (order, lines) = lines.get(&subject).copied().unwrap_or((usize::MAX, 0));
        if lines > 0 || disputed > 0 {
            ranked.push((lines == 0, order, usize::MAX - disputed, subject, lines));
        }
    }
    ranked.sort_unstable();
    let left_out = ranked.len().saturating_sub(most);
    ranked.truncate(most);
    let chosen = ranked.into_iter().map(|(_, _, disputed, subject, spoken_in)| {
        let (expression, amount) = read(&run.situations, spoken, subject);
        ChosenFact { subject, expression, amount, spoken: spoken_in, disputed: usize::MAX - disputed }
    });
    Choice { subjects: chosen.collect(), left_out }
}

fn read(situations: &Situations<'_>, spoken: &Spoken, subject: Subject) -> (Expression, Amount) {
    match subject {
        Subject::Fluent(fluent) => (situations.problem().expression(fluent), real(fluent)),
        Subject::Derived(position) => {
            let derived = &spoken.derived[position];
            (derived.expression.clone(), derived.amount.clone())
        }
    }
}

/// What happened to one subject.
#[derive(Default)]
struct History<'t> {
    /// Who is wrong about it at the start.
    wrong: Vec<EntityId>,
    steps: Vec<&'t Step>,
}

fn by_subject(tracks: &Tracks) -> FxHashMap<Subject, History<'_>> {
    let mut histories: FxHashMap<Subject, History<'_>> = FxHashMap::default();
    for &(who, subject) in &tracks.start {
        histories.entry(subject).or_default().wrong.push(who);
    }
    for step in &tracks.steps {
        histories.entry(step.subject).or_default().steps.push(step);
    }
    histories
}

/// For how many scenes how many minds differ from what is so, together.
fn disputed(run: &mut Run<'_>, subject: Subject, spoken: &Spoken, history: &History<'_>) -> usize {
    let scenes = run.chronicle.scenes().len();
    let Some(start) = run.replay.state(MomentId::from_index(0)) else { return 0 };
    let Some(mut truth) = value(&mut run.situations, start, subject, spoken) else { return 0 };
    let mut minds: Vec<Value> = Vec::new();
    for who in (0..run.situations.problem().world().characters).map(EntityId::from_index) {
        let believed = if history.wrong.contains(&who) { run.situations.believed(who, start).ok() } else { None };
        let value = believed.and_then(|believed| value(&mut run.situations, believed, subject, spoken));
        minds.push(value.unwrap_or(truth));
    }
    let mut differing: FxHashSet<usize> = (0..minds.len()).filter(|&who| minds[who] != truth).collect();
    let (mut total, mut reached) = (0, 0);
    for step in &history.steps {
        let position = run.chronicle.position(run.replay.moments[step.moment.index()].scene);
        total += differing.len() * position.saturating_sub(reached);
        reached = position;
        match step.mind {
            None => {
                truth = step.value;
                differing = (0..minds.len()).filter(|&who| minds[who] != truth).collect();
            }
            Some(who) => {
                minds[who.index()] = step.value;
                if step.value == truth {
                    differing.remove(&who.index());
                } else {
                    differing.insert(who.index());
                }
            }
        }
    }
    total + differing.len() * (scenes - reached)
}

fn value(situations: &mut Situations<'_>, state: StateId, subject: Subject, spoken: &Spoken) -> Option<Value> {
    match subject {
        Subject::Fluent(fluent) => Some(situations.value(state, fluent)),
        Subject::Derived(position) => situations.evaluate(state, &spoken.derived[position].amount).ok(),
    }
}

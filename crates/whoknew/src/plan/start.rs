//! The start of the story as a canonical situation.

use super::PlanError;
use super::canonical::{Draft, Edge};
use super::model::{Model, StartGraph};
use super::numbers::{Numbers, Small};
use super::successors::{NOBODY, Successors};
use crate::ground::Problem;
use crate::state::Situations;
use std::sync::Arc;

/// Situations for planning in the story of `problem`: what plans may hold, and what its needs remember, is known from the
/// beginning.
pub fn prepare(mut problem: Problem<'_>) -> Result<Situations<'_>, PlanError> {
    problem.planned_events().map_err(PlanError::Ground)?;
    Ok(Situations::new(problem))
}

/// Everything that planning starts from; the start is that of `situations`.
pub(super) fn begin(situations: &mut Situations<'_>) -> Result<Successors, PlanError> {
    let limit = usize::from(NOBODY) - 1;
    let number = situations.problem().world().characters;
    if number > limit {
        return Err(PlanError::TooManyCharacters { limit, number });
    }
    // What may be said can make rules matter that could not apply before.
    situations.problem_mut().planned_events().map_err(PlanError::Ground)?;
    let root = situations.start().map_err(PlanError::State)?;
    let graph = StartGraph::new(situations, root)?;
    let mut numbers = Numbers::default();
    let model = Model::new(situations, &graph, &mut numbers)?;
    let facts = model.facts.clone();
    let mut successors = Successors::new(Arc::new(model), numbers);
    let mut draft = Draft::default();
    for (&state, believed) in graph.states.iter().zip(&graph.believed) {
        let row: Vec<Small> =
            facts.iter().map(|&fact| successors.numbers.intern(situations.value(state, fact))).collect();
        draft.values.push(successors.canonical.intern_row(&row));
        draft.edges.extend(believed.iter().map(|&index| Edge::new(index as u32)));
    }
    successors.start = successors.canonical.take_in(&draft, Edge::new(0));
    Ok(successors)
}

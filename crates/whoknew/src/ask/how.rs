//! How something could come about: the fewest acts, nobody telling what they do not believe.

use super::why_not::Goal;
use super::{Point, Story};
use crate::check::sincerity::sincere;
use crate::diagnostic::Diagnostic;
use crate::ground::Condition;
use crate::plan::told::{Limits, Seeker};
use crate::state::{StateError, StateId};
use crate::world::{EventTerm, Expression, say};

/// Acts that are looked for: somebody comes, and says it.
const MOST_ACTS: usize = 3;
/// Events that are tried.
const MOST_TRIED: u64 = 20_000;
/// Ways that are found and left, since somebody says what they do not believe.
const MOST_FOUND: usize = 50;
/// Larger stories are not searched.
const MOST_ENTITIES: usize = 120;

impl Story<'_> {
    /// With which acts, after `point`, `event` could happen; empty if none are found.
    ///
    /// # Errors
    /// It cannot be answered within the limits, or the event is none of the story's.
    pub fn how_event(&mut self, event: &EventTerm, point: &Point) -> Result<Vec<String>, Diagnostic> {
        let goal = self.possible(event)?;
        self.how_goal(&goal, point)
    }

    /// With which acts, after `point`, `statement` would be so; empty if none are found.
    ///
    /// # Errors
    /// It cannot be answered within the limits.
    pub fn how(&mut self, statement: &Expression, point: &Point) -> Result<Vec<String>, Diagnostic> {
        let goal = self.so(statement)?;
        self.how_goal(&goal, point)
    }

    fn how_goal(&mut self, goal: &Goal, point: &Point) -> Result<Vec<String>, Diagnostic> {
        let Some(state) = self.state(point).filter(|_| self.world().entities.len() <= MOST_ENTITIES) else {
            return Ok(Vec::new());
        };
        match self.acts(goal, state) {
            Ok(acts) => Ok(acts),
            Err(error) => Err(self.failure(&error)),
        }
    }

    fn acts(&mut self, goal: &Goal, state: StateId) -> Result<Vec<String>, StateError> {
        let world = self.world();
        let mut situations = self.run.situations.clone();
        let condition = match goal {
            Goal::Holds(condition) => condition.clone(),
            Goal::Possible(event) => {
                let needs = situations.problem().get(*event).needs();
                Condition::all(needs.iter().map(|need| need.condition.clone()))
            }
        };
        let limits = Limits { imagined: MOST_ACTS, nesting: 0, tried: MOST_TRIED };
        let Ok(mut seeker) = Seeker::new(&mut situations, limits) else { return Ok(Vec::new()) };
        for _ in 0..MOST_FOUND {
            let Ok(Some(found)) = seeker.bring_about(&mut situations, state, &condition, false)? else { break };
            if sincere(&mut situations, state, &found)? {
                let problem = situations.problem();
                return Ok(found.acts.iter().map(|act| say::event(world, problem.event_term(act.event))).collect());
            }
            seeker.reject(&found);
        }
        Ok(Vec::new())
    }
}

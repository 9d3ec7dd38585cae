//! Explaining and planning: a story in which everybody who acts has a reason (design section 4, "Explained").
//!
//! From the world to a plan: `model` gives each fact that may change a column, `canonical` makes equal situations one
//! number, `successors` and `rules` say what events make of them, `relaxed` and `within` what cannot be reached, `prospects`
//! what is worth trying where much can be said, `explain` who has a reason for what, `search` finds the author's plan,
//! `reasons` writes it out and [`verify`] checks it with the plain semantics of [`state`](crate::state).
//!
//! ```
//! use whoknew::plan::{Limits, Outcome, Task, plan};
//! let text = "entity Tom : character; property happy() : boolean;
//!     action smile(c : character) { effect: happy(); consenting: c; };
//!     utility(): happy(); utility(Tom): happy();";
//! let world = whoknew::import::sabre::read("smile", text).0.ok_or("unreadable")?;
//! let problem = whoknew::ground::Problem::new(&world, &world.telling, &Default::default()).map_err(|why| why.message.clone())?;
//! let mut situations = whoknew::plan::prepare(problem).map_err(|_| "not planned")?;
//! let task = Task { aim: 1.0, shortest: true };
//! let report = plan(&mut situations, &task, &Limits::default(), &mut ()).map_err(|_| "not planned")?;
//! let Outcome::Found(plan) = report.outcome else { return Err("no plan".into()) };
//! assert_eq!(plan.acts.len(), 1);
//! assert_eq!(plan.acts[0].reasons.len(), 1);
//! # Ok::<(), String>(())
//! ```

mod errors;
mod aims;
mod numbers;
mod hash;
mod formula;
mod possible;
mod chains;
mod model;
mod canonical;
mod level;
mod correct;
mod successors;
mod rules;
mod start;
mod index;
mod partial;
mod rows;
mod within;
mod ranges;
mod spread;
mod relaxed;
mod looks;
mod onward;
mod prospects;
mod limits;
mod outcome;
mod observer;
mod explain;
mod explanations;
mod search;
mod shorten;
mod sights;
mod glances;
mod closer;
mod reasons;
mod verify;
mod planner;
pub mod told;
pub mod say;

pub use aims::{choose_aims, count_aims, missing_aim, most_of_aims, named_aims};
pub use errors::{CODES, FLAWED, NO_AIM, NO_START, PlanError, TOO_MANY_CHARACTERS, TOO_MANY_FACTS, TOO_MANY_VIEWS};
pub use explanations::Explanations;
pub use limits::{Limits, Task};
pub use observer::{Observer, Progress, Sketch};
pub use outcome::{Act, Best, Outcome, Plan, Reason, Report, StopReason, Unrest};
pub use planner::plan;
pub use start::prepare;
pub use verify::{Flaw, verify, verify_beginning, verify_reason};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod explain_tests;
#[cfg(test)]
mod search_tests;
#[cfg(test)]
mod looks_tests;

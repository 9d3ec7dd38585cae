//! Nothing is tuned to the problems that are there: under other names and in another order they are planned as well.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[allow(dead_code)]
#[path = "reference/data.rs"]
mod data;
#[path = "support/tasks.rs"]
mod listed;
#[allow(dead_code)]
#[path = "../examples/shared/shuffle.rs"]
mod shuffle;

use shuffle::Shuffle;
use std::path::Path;
use whoknew::ground::Problem;
use whoknew::plan::{Limits, Outcome, Report, Task, plan};
use whoknew::state::Situations;
use whoknew::world::{EventArgument, Term};

/// Other orders lead the search another way, but not much further.
const MOST_TIMES_THE_WORK: u64 = 20;
/// Below this much work nothing is compared.
const LITTLE_WORK: u64 = 2_000;

/// A task of the list with its problem.
struct Posed {
    name: String,
    text: String,
    task: Task,
    limits: Limits,
    is_light: bool,
}

fn tasks(folder: &Path) -> Vec<Posed> {
    let posed = listed::tasks(folder).into_iter().map(|task| {
        let (steps, imagined, nesting) = (task.steps, task.imagined, task.nesting);
        let limits = Limits { steps, imagined, nesting, ..Limits::default() };
        let (text, is_light) = (task.text(folder), task.is_light());
        Posed { name: task.name, text, task: Task { aim: task.aim, shortest: false }, limits, is_light }
    });
    posed.collect()
}

fn planned(text: &str, task: &Task, limits: &Limits) -> (Report, Option<usize>) {
    let world = data::read_world("problem", text);
    let problem = Problem::new(&world, &world.telling, &Default::default()).unwrap();
    let report = plan(&mut Situations::new(problem), task, limits, &mut ()).unwrap();
    let length = match &report.outcome {
        Outcome::Found(plan) => Some(plan.acts.len()),
        _ => None,
    };
    (report, length)
}

#[test]
fn renamed_and_reordered_problems_are_solved_as_well() {
    let Some(folder) = data::folder() else { return };
    for Posed { name, text, task, limits, .. } in tasks(&folder) {
        let (whole, _) = planned(&text, &task, &limits);
        for seed in 1..=3 {
            let shuffled = Shuffle { renamed: Some(seed), reordered: Some(seed) }.apply(&text);
            let (report, length) = planned(&shuffled, &task, &limits);
            assert!(length.is_some(), "{name} with seed {seed}: {:?}", report.outcome);
            let most = (whole.tried * MOST_TIMES_THE_WORK).max(LITTLE_WORK);
            assert!(report.tried <= most, "{name} with seed {seed}: {} tried, not {}", report.tried, whole.tried);
        }
    }
}

#[test]
fn a_shortest_plan_is_as_long_under_other_names_and_in_another_order() {
    let Some(folder) = data::folder() else { return };
    for Posed { name, text, task, limits, .. } in tasks(&folder).into_iter().filter(|task| task.is_light) {
        let task = Task { shortest: true, ..task };
        let (_, length) = planned(&text, &task, &limits);
        for seed in 4..=6 {
            let shuffled = Shuffle { renamed: Some(seed), reordered: Some(seed) }.apply(&text);
            assert_eq!(planned(&shuffled, &task, &limits).1, length, "{name} with seed {seed}");
        }
    }
}

#[test]
fn names_alone_change_nothing() {
    let Some(folder) = data::folder() else { return };
    for Posed { name, text, task, limits, .. } in tasks(&folder).into_iter().filter(|task| task.is_light) {
        let (whole, _) = planned(&text, &task, &limits);
        let shuffled = Shuffle { renamed: Some(7), reordered: None }.apply(&text);
        assert_eq!(planned(&shuffled, &task, &limits).0, whole, "{name}");
    }
}

#[test]
fn a_shuffled_problem_says_the_same() {
    let text = "// Words.\ntype place; entity Tom : character; /* more */ entity Home : place;
        property at(c : character) : place; at(Tom) = Home; action stay(c : character) { effect: at(c) = at(c); consenting: c; };";
    let shuffled = Shuffle { renamed: Some(1), reordered: Some(1) }.apply(text);
    assert!(!shuffled.contains("Tom") && !shuffled.contains("more") && shuffled.contains("character"), "{shuffled}");
    let [one, two] = [text, &shuffled].map(|text| {
        let world = data::read_world("words", text);
        let mut problem = Problem::new(&world, &world.telling, &Default::default()).unwrap();
        let events = problem.all_events().unwrap();
        let certain = |event| {
            let arguments = &problem.event_term(event).arguments;
            arguments.iter().all(|argument| matches!(argument, EventArgument::Term(Term::Entity(_))))
        };
        (
            world.entities.len(),
            world.fluents.len(),
            world.start.len(),
            events.into_iter().filter(|&event| certain(event)).count(),
        )
    });
    assert_eq!(one, two);
}

//! Plans for the tasks of the conformance data. Every plan is verified before it is returned.

use super::tests::{folder, problems};
use super::{Limits, Outcome, Progress, Report, StopReason, Task, plan};
use crate::ground::Problem;
use crate::state::Situations;
use crate::world::World;
use std::collections::HashMap;

#[path = "../../tests/support/tasks.rs"]
mod listed;

fn run(world: &World, task: &Task, limits: &Limits) -> Report {
    let problem = Problem::new(world, &world.telling, &crate::ground::Limits::default()).unwrap();
    plan(&mut Situations::new(problem), task, limits, &mut ()).unwrap()
}

/// A task, its world and limits.
struct Posed {
    name: String,
    world: World,
    aim: f64,
    limits: Limits,
    is_light: bool,
}

fn tasks() -> Vec<Posed> {
    let Some(folder) = folder() else { return Vec::new() };
    let worlds: HashMap<String, World> = problems().into_iter().collect();
    let posed = listed::tasks(&folder).into_iter().map(|task| {
        let (steps, imagined, nesting) = (task.steps, task.imagined, task.nesting);
        let limits = Limits { steps, imagined, nesting, ..Limits::default() };
        let (is_light, world) = (task.is_light(), worlds[&task.problem].clone());
        Posed { name: task.name, world, aim: task.aim, limits, is_light }
    });
    posed.collect()
}

#[test]
fn every_task_is_solved_twice_the_same() {
    for Posed { name, world, aim, limits, .. } in tasks() {
        let task = Task { aim, shortest: false };
        let report = run(&world, &task, &limits);
        assert!(matches!(report.outcome, Outcome::Found(_)), "{name}: {:?}", report.outcome);
        assert_eq!(report, run(&world, &task, &limits), "{name}");
    }
}

#[test]
fn a_shortest_plan_has_no_shorter_one() {
    for Posed { name, world, aim, limits, .. } in tasks().into_iter().filter(|task| task.is_light) {
        let task = Task { aim, shortest: true };
        let Outcome::Found(shortest) = run(&world, &task, &limits).outcome else { panic!("{name}") };
        let shorter = Limits { steps: shortest.acts.len() - 1, ..limits };
        assert_eq!(run(&world, &task, &shorter).outcome, Outcome::NoneWithinLimits, "{name}");
    }
}

#[test]
fn limits_and_cancelling_stop_the_search() {
    for Posed { name, world, aim, limits, .. } in tasks().into_iter().filter(|task| task.name == "secretagent") {
        let task = Task { aim, shortest: false };
        let few = Limits { situations: 5, ..limits };
        let stopped = |outcome: &Outcome| match outcome {
            Outcome::Stopped { reason, .. } => Some(*reason),
            _ => None,
        };
        assert_eq!(stopped(&run(&world, &task, &few).outcome), Some(StopReason::Situations), "{name}");
        let problem = Problem::new(&world, &world.telling, &crate::ground::Limits::default()).unwrap();
        let report = plan(&mut Situations::new(problem), &task, &limits, &mut |_: &Progress<'_>| false).unwrap();
        assert_eq!(stopped(&report.outcome), Some(StopReason::Cancelled), "{name}");
    }
}

#[test]
fn any_limits_will_do() {
    let few = ["bribery", "treasure"];
    for Posed { name, world, aim, limits, .. } in tasks().into_iter().filter(|task| few.contains(&task.name.as_str())) {
        for number in [0, 1, usize::MAX] {
            for shortest in [false, true] {
                let task = Task { aim, shortest };
                let cap = Limits { situations: 300, ..limits };
                for odd in [
                    Limits { steps: number, ..cap },
                    Limits { imagined: number, ..cap },
                    Limits { nesting: number, ..cap },
                    Limits { situations: number as u64, ..limits },
                    Limits { memory: number, ..cap },
                    Limits { steps: number, imagined: number, nesting: number, ..cap },
                ] {
                    let outcome = run(&world, &task, &odd).outcome;
                    let nothing_allowed = odd.steps == 0 || odd.situations == 0;
                    assert!(!(nothing_allowed && matches!(outcome, Outcome::Found(_))), "{name} {odd:?}");
                }
            }
        }
        let beyond = Task { aim: aim + 1e9, shortest: false };
        let outcome = run(&world, &beyond, &Limits { situations: 300, ..limits }).outcome;
        assert!(!matches!(outcome, Outcome::Found(_)), "{name}");
    }
}

#[test]
fn a_stopped_search_hands_back_its_best() {
    let (mut beginnings, mut plans) = (0, 0);
    for Posed { name, world, aim, limits, .. } in tasks().into_iter().filter(|task| task.is_light) {
        for shortest in [false, true] {
            for situations in [10, 25, 50, 75, 100] {
                let limits = Limits { situations, ..limits };
                let outcome = run(&world, &Task { aim, shortest }, &limits).outcome;
                let Outcome::Stopped { best: Some(best), .. } = outcome else { continue };
                assert!(!best.plan.acts.is_empty(), "{name}");
                if best.reaches_aim {
                    assert!(shortest && best.at_least <= best.plan.acts.len(), "{name}");
                    plans += 1;
                } else {
                    beginnings += 1;
                }
            }
        }
    }
    assert!(beginnings > 0 || tasks().is_empty(), "{beginnings} beginnings, {plans} plans");
}

//! Whatever a situation comes to is among what its glance comes to, and nobody who has a reason is said to have none.

use super::explain::{Explainer, Question};
use super::glances::may_raise;
use super::looks::{Looks, UNSURE};
use super::numbers::Small;
use super::onward::Onward;
use super::start::begin;
use super::tests::problems;
use crate::ground::{Limits, Problem};
use crate::state::Situations;
use crate::world::World;
use std::sync::Arc;

/// Numbers that look random, the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count
    }
}

/// Stories of this project's tests, about one feature each.
fn stories() -> Vec<(String, World)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/planning");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.retain(|path| !path.ends_with("packs.who"));
    let load = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        (name, crate::world::load_text("story.who", &text).world.unwrap())
    };
    paths.into_iter().map(load).collect()
}

fn explainer(world: &World) -> Option<Explainer<'static>> {
    let mut problem = Problem::new(world, &world.telling, &Limits::default()).unwrap();
    problem.planned_events().ok()?;
    Some(Explainer::new(begin(&mut Situations::new(problem)).unwrap(), 5))
}

/// Some beliefs: none, all, or here and there.
fn some_looks(explainer: &Explainer<'_>, random: &mut Random) -> Looks {
    let model = &explainer.successors.model;
    let share = random.below(5);
    let all = (0..model.characters).flat_map(|character| (0..model.facts.len()).map(move |fact| (character, fact)));
    let slots = all.filter(|_| random.below(4) < share).map(|(character, fact)| (character as u8, fact as u16));
    Looks::new(model, slots.collect())
}

/// Follows one walk; how many known beliefs were compared.
fn walk(explainer: &mut Explainer<'_>, random: &mut Random, what: &str) -> usize {
    let looks = some_looks(explainer, random);
    let model = Arc::clone(&explainer.successors.model);
    let mut compared = 0;
    let mut node = explainer.successors.start;
    // What is known from step to step becomes less.
    let mut glance: Vec<Small> = looks.beliefs(node, &explainer.successors);
    for _ in 0..8 {
        let possible = explainer.possible(node);
        if possible.is_empty() {
            break;
        }
        let event = possible[random.below(possible.len())];
        let Some(next) = explainer.successors.successor(node, event) else { break };
        let row = explainer.successors.canonical.values(node).to_vec();
        let mut onward = Onward::new(&model, &looks, &mut explainer.successors.numbers, (&row, &glance));
        match onward.happen(event) {
            Err(_) => glance = looks.beliefs(next, &explainer.successors),
            Ok(happened) => {
                assert!(happened, "{what}");
                let (row, beliefs) = (onward.row, onward.beliefs);
                assert_eq!(row, explainer.successors.canonical.values(next), "{what}: values");
                let real = looks.beliefs(next, &explainer.successors);
                for ((known, real), slot) in beliefs.iter().zip(&real).zip(&looks.slots) {
                    assert!(*known == UNSURE || known == real, "{what}: {slot:?} is {real}, not {known}");
                    compared += usize::from(*known != UNSURE);
                }
                glance = beliefs;
            }
        }
        node = next;
    }
    compared
}

#[test]
fn a_glance_comes_to_what_its_situation_comes_to() {
    let mut compared = 0;
    for (name, world) in problems().into_iter().chain(stories()) {
        let Some(mut explainer) = explainer(&world) else { continue };
        let mut random = Random(7);
        for number in 0..40 {
            compared += walk(&mut explainer, &mut random, &format!("{name}, walk {number}"));
        }
    }
    assert!(compared > 1_000, "{compared}");
}

#[test]
fn who_has_a_reason_may_have_one_at_a_glance() {
    let mut reasons = 0;
    for (name, world) in problems().into_iter().chain(stories()) {
        let Some(mut explainer) = explainer(&world) else { continue };
        explainer.limit = 20_000;
        let model = Arc::clone(&explainer.successors.model);
        let mut random = Random(3);
        'walks: for _ in 0..10 {
            let mut node = explainer.successors.start;
            for _ in 0..5 {
                let possible = explainer.possible(node);
                for &event in possible.iter() {
                    if random.below(3) > 0 {
                        continue;
                    }
                    for &character in &model.events[event as usize].actors {
                        let believed = explainer.successors.canonical.believed(node, usize::from(character));
                        let question = Question { believed, event, character, steps: 3, nesting: 1 };
                        let Ok(reason) = explainer.explain(question) else { break 'walks };
                        if reason.is_none() {
                            continue;
                        }
                        reasons += 1;
                        let row = explainer.successors.canonical.values(believed).to_vec();
                        let share = random.below(5);
                        let mut known = |&small: &Small| (random.below(4) < share).then_some(small);
                        let values: Vec<Option<Small>> = row.iter().map(&mut known).collect();
                        assert!(may_raise(&explainer, &values, (event, character), 3), "{name}: {event}");
                    }
                }
                if possible.is_empty() {
                    break;
                }
                let event = possible[random.below(possible.len())];
                let Some(next) = explainer.successors.successor(node, event) else { break };
                node = next;
            }
        }
    }
    assert!(reasons > 10, "{reasons}");
}

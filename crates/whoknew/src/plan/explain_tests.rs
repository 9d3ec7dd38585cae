//! Explanations against the conformance data.

use super::explain::{Explainer, Question};
use super::start::begin;
use super::tests::{call, folder, problems};
use crate::ground::{Limits, Problem};
use crate::state::Situations;
use crate::world::World;
use serde_json::Value as Json;
use std::collections::HashMap;

struct Case {
    explainer: Explainer<'static>,
    actions: Vec<Option<u32>>,
    name: String,
}

impl Case {
    /// Follows one record; the number of answers that agree and what disagrees.
    fn follow(&mut self, record: &Json, disagreements: &mut Vec<String>) -> usize {
        let numbers = |list: &Json| -> Vec<usize> {
            list.as_array().into_iter().flatten().map(|number| number.as_u64().unwrap() as usize).collect()
        };
        let mut node = self.explainer.successors.start;
        for action in numbers(&record["s"]) {
            node = self.explainer.successors.successor(node, self.actions[action].unwrap()).unwrap();
        }
        let steps = record["ctl"].as_u64().unwrap() as u8;
        let nesting = record["el"].as_u64().unwrap() as u8;
        let mut agreed = 0;
        for (list, explained) in [("pos", true), ("neg", false), ("nob", false)] {
            for entry in record[list].as_array().into_iter().flatten() {
                let flagged = entry.as_array().unwrap().iter().any(|part| part.is_string());
                let complete = record["complete"].as_bool() == Some(true) || list == "pos";
                if flagged || !complete {
                    continue;
                }
                let (action, character) = (entry[0].as_u64().unwrap() as usize, entry[1].as_u64().unwrap() as usize);
                let Some(event) = self.actions[action] else {
                    assert!(!explained);
                    continue;
                };
                let believed = self.explainer.successors.canonical.believed(node, character);
                let question = Question { believed, event, character: character as u8, steps, nesting };
                let answer = self.explainer.explain(question).unwrap();
                if answer.is_some() == explained {
                    agreed += 1;
                } else {
                    disagreements.push(format!(
                        "{} s={} ctl={steps} el={nesting} {list} {entry} ours {:?}",
                        self.name,
                        record["s"],
                        answer.map(|plan| plan
                            .iter()
                            .map(|event| self.actions.iter().position(|action| *action == Some(*event)).unwrap())
                            .collect::<Vec<_>>())
                    ));
                }
            }
        }
        agreed
    }
}

/// The events of a problem by name, and what explains them.
fn prepare(world: &World) -> (HashMap<String, u32>, Explainer<'static>) {
    let problem = Problem::new(world, &world.telling, &Limits::default()).unwrap();
    let mut situations = Situations::new(problem);
    let successors = begin(&mut situations).unwrap();
    let model = std::sync::Arc::clone(&successors.model);
    let name = |event: u32| call(world, situations.problem().event_term(model.events[event as usize].id));
    let by_name = model.planned.iter().map(|&event| (name(event), event)).collect();
    (by_name, Explainer::new(successors, 12))
}

#[test]
fn explanations_agree_with_the_data() {
    let Some(folder) = folder() else { return };
    let mut disagreements = Vec::new();
    for (name, world) in problems() {
        let place = if name.starts_with("micro") { "data/micro/explained" } else { "data/explained" };
        let Ok(text) = std::fs::read_to_string(folder.join(place).join(format!("{name}.jsonl"))) else { continue };
        let mut lines = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
        let header = lines.next().unwrap();
        let (by_name, explainer) = prepare(&world);
        let actions: Vec<Option<u32>> = header["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| by_name.get(action.as_str().unwrap()).copied())
            .collect();
        let mut case = Case { explainer, actions, name: name.clone() };
        let started = std::time::Instant::now();
        let agreed: usize = lines.map(|record| case.follow(&record, &mut disagreements)).sum();
        eprintln!(
            "{name}: {agreed} answers agree, {:.1?}, {} successors, {} rows, {} questions, {} situations",
            started.elapsed(),
            case.explainer.successors.computed,
            case.explainer.relaxed.rows,
            case.explainer.answered(),
            case.explainer.successors.canonical.len(),
        );
    }
    let shown: Vec<&str> = disagreements.iter().take(30).map(String::as_str).collect();
    assert!(disagreements.is_empty(), "{} disagreements:\n{}", disagreements.len(), shown.join("\n"));
}

#[test]
fn verdicts_on_plans_agree_with_the_data() {
    let Some(folder) = folder() else { return };
    // Some verdicts need all that can be imagined to be tried.
    let most = if cfg!(debug_assertions) { 3_000 } else { 2_000_000 };
    let (mut agreed, mut undecided, mut riding, mut disagreements) = (0, 0, 0, Vec::new());
    let mut paths: Vec<_> =
        std::fs::read_dir(folder.join("data/plans")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let worlds: HashMap<String, World> = problems().into_iter().collect();
    for path in paths {
        let task: Json = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let (by_name, mut explainer) = prepare(&worlds[task["problem"].as_str().unwrap()]);
        let (steps, nesting) = (task["ctl"].as_u64().unwrap() as u8, task["el"].as_u64().unwrap() as u8);
        for plan in task["plans"].as_array().unwrap() {
            let mut node = explainer.successors.start;
            for (step, explained) in plan["explained"].as_array().unwrap().iter().enumerate() {
                let event = by_name[plan["plan"][step].as_str().unwrap()];
                let model = std::sync::Arc::clone(&explainer.successors.model);
                for &character in &model.events[event as usize].actors {
                    let name = &worlds[task["problem"].as_str().unwrap()].entities[usize::from(character)].name;
                    let expected = match &explained[name] {
                        Json::Array(_) => true,
                        Json::Bool(false) | Json::String(_) => false,
                        _ => continue,
                    };
                    let believed = explainer.successors.canonical.believed(node, usize::from(character));
                    explainer.limit = explainer.successors.computed + most;
                    let question = Question { believed, event, character, steps, nesting };
                    match explainer.explain(question) {
                        Err(_) => undecided += 1,
                        Ok(reason) if reason.is_some() == expected => agreed += 1,
                        // Explained only by riding along, which we leave out (docs/why.md).
                        Ok(None)
                            if explainer.explain(Question { nesting: nesting + 1, ..question }).unwrap().is_some() =>
                        {
                            riding += 1;
                        }
                        Ok(_) => disagreements.push(format!("{} {} {step} {name}", task["task"], plan["plan"])),
                    }
                }
                explainer.limit = u64::MAX;
                node = explainer.successors.successor(node, event).unwrap();
            }
        }
    }
    eprintln!("{agreed} verdicts agree, {undecided} undecided, {riding} only by riding along");
    assert!(disagreements.is_empty(), "{} disagreements:\n{}", disagreements.len(), disagreements.join("\n"));
    assert!(undecided * 5 < agreed && riding * 100 < agreed);
}

//! The plain reference implementation against the conformance data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(missing_docs)]

#[allow(dead_code)]
mod reference;

use reference::data::{self, ProblemData};
use reference::situations::Situation;
use reference::values::{FactId, Mind, Value};
use reference::walks::{self, Walker, chains, follow_all, same};
use reference::{Reference, sorted};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

fn names(list: &Json) -> Vec<String> {
    list.as_array().unwrap().iter().map(|entry| entry["s"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn ground_lists_and_start() {
    for problem in data::problems() {
        let world = data::read_world(&problem.name, &problem.text);
        let reference = Reference::new(&world, &[]);
        let name = &problem.name;
        assert_eq!(sorted(reference.actions.iter().map(|(name, _)| name)), names(&problem.ground["actions"]), "{name}");
        assert_eq!(sorted(reference.trigger_names.iter()), names(&problem.ground["triggers"]), "{name}");
        assert_eq!(sorted(reference.fluents.iter().map(|(name, _)| name)), names(&problem.ground["fluents"]), "{name}");
        start_agrees(&problem, &reference);
    }
}

fn start_agrees(problem: &ProblemData, reference: &Reference) {
    let start = reference.start().unwrap();
    let before = reference.unsettled_start();
    let fluents: BTreeMap<&str, FactId> = reference.fluents.iter().map(|(name, fact)| (name.as_str(), *fact)).collect();
    for fluent in problem.ground["fluents"].as_array().unwrap() {
        let name = fluent["s"].as_str().unwrap();
        let ours = reference.value_text(start.value(&[], fluents[name]));
        assert!(same(&ours, &fluent["v"]), "{}: {name} is {ours}, not {}", problem.name, fluent["v"]);
        let first = reference.value_text(before.value(&[], fluents[name]));
        let expected = fluent.get("before_triggers").unwrap_or(&fluent["v"]);
        assert!(same(&first, expected), "{}: {name} was {first}, not {expected}", problem.name);
    }
    let names: Vec<&str> =
        reference.world.entities[..reference.world.characters].iter().map(|entity| entity.name.as_str()).collect();
    let mut differences = BTreeMap::new();
    for (chain, _) in chains(reference.world.characters).into_iter().skip(1) {
        let key: Vec<&str> = chain.iter().map(|&mind| names[mind]).collect();
        let changed: BTreeMap<&str, Json> = reference
            .fluents
            .iter()
            .filter(|(_, fact)| start.value(&chain, *fact) != start.value(&chain[..chain.len() - 1], *fact))
            .map(|(name, fact)| (name.as_str(), reference.value_text(start.value(&chain, *fact))))
            .collect();
        if !changed.is_empty() {
            differences.insert(key.join("/"), changed);
        }
    }
    assert!(same_json(&json!(differences), &problem.ground["initial_beliefs"]), "{}: {differences:#?}", problem.name);
}

fn same_json(ours: &Json, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Json::Object(ours), Json::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(key, value)| theirs.get(key).is_some_and(|other| same_json(value, other)))
        }
        _ => same(ours, theirs),
    }
}

/// How many walks of each problem are followed: all if `WHOKNEW_ALL_WALKS` is set (slow).
fn walks_followed() -> usize {
    if std::env::var_os("WHOKNEW_ALL_WALKS").is_some() { usize::MAX } else { 12 }
}

#[test]
fn walks() {
    let problems = data::problems();
    follow_all(&problems, |problem| {
        let Some(lists) = walks::lists(problem) else { return (0, Vec::new()) };
        let world = data::read_world(&problem.name, &problem.text);
        let reference = Reference::new(&world, &[]);
        let actions: BTreeMap<&str, usize> =
            reference.actions.iter().map(|(name, event)| (name.as_str(), *event)).collect();
        let fluents: BTreeMap<&str, FactId> =
            reference.fluents.iter().map(|(name, fact)| (name.as_str(), *fact)).collect();
        let mut walker = ReferenceWalker {
            events: lists.actions.iter().map(|name| actions[name.as_str()]).collect(),
            fluents: lists.fluents.iter().map(|name| fluents[name.as_str()]).collect(),
            situation: reference.start().unwrap(),
            reference: &reference,
        };
        walks::follow(problem, &mut walker, walks_followed())
    });
}

struct ReferenceWalker<'r> {
    reference: &'r Reference<'r>,
    events: Vec<usize>,
    fluents: Vec<FactId>,
    situation: Situation,
}

impl Walker for ReferenceWalker<'_> {
    fn restart(&mut self) -> Result<(), String> {
        self.situation = self.reference.start().map_err(|why| format!("{why:?}"))?;
        Ok(())
    }

    fn happen(&mut self, action: usize) -> Result<(), String> {
        let next = self.reference.ground().happen(&self.situation, self.events[action]);
        self.situation = next.map_err(|why| format!("{why:?}"))?;
        Ok(())
    }

    fn values(&mut self, minds: &[Mind]) -> Vec<Json> {
        let value = |&fluent: &FactId| self.reference.value_text(self.situation.value(minds, fluent));
        self.fluents.iter().map(value).collect()
    }

    fn utility(&mut self, holder: usize, mind: Option<Mind>) -> Json {
        let view = |minds: &[Mind], fact| {
            let chain: Vec<Mind> = mind.into_iter().chain(minds.iter().copied()).collect();
            self.situation.value(&chain, fact)
        };
        self.reference.value_text(self.reference.utility(holder, &view))
    }

    fn possible(&mut self, action: usize) -> bool {
        self.reference.ground().possible(&self.situation, self.events[action])
    }
}

#[test]
fn expressions() {
    let Some(folder) = data::folder() else { return };
    let problem = std::fs::read_to_string(folder.join("data/micro/problems/micro_expr.txt")).unwrap();
    let lines = std::fs::read_to_string(folder.join("data/micro/expr.jsonl")).unwrap();
    for line in lines.lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        let expression = line["expr"].as_str().unwrap();
        let values = read_as(&problem, expression);
        match (line["error"].as_str(), &line["value"]) {
            (Some("parse" | "evaluate"), _) => assert!(values.is_empty(), "{expression}: {values:?}"),
            // Sabre's compiler does not come to an end; we say what the expression means.
            (Some(_), _) => {}
            (None, value) => {
                assert!(values.iter().any(|ours| same(ours, value)), "{expression}: {values:?}, not {value}")
            }
        }
    }
}

/// The values of an expression as a condition, as a number and as an entity, where it can be read so.
fn read_as(problem: &str, expression: &str) -> Vec<Json> {
    let ways = [
        format!("action probe() {{ precondition: {expression}; effect: n(A) = 1; }};"),
        format!("utility(): {expression};"),
        format!("property probe() : entity; probe() = {expression};"),
    ];
    let mut values = Vec::new();
    for (way, probe) in ways.iter().enumerate() {
        let Some(world) = whoknew::import::sabre::read("expression", &format!("{problem}\n{probe}")).0 else {
            continue;
        };
        let reference = Reference::new(&world, &[]);
        let start = reference.start().unwrap();
        let view = |minds: &[Mind], fact| start.value(minds, fact);
        values.push(match way {
            0 => {
                let condition = &world.actions[0].preconditions[0].condition.value;
                json!(reference::evaluate::holds(&reference.condition(condition), &view))
            }
            1 => reference.value_text(reference.utility(0, &view)),
            _ => {
                let probe = reference.fluents.iter().find(|(name, _)| name == "probe()").unwrap().1;
                reference.value_text(start.value(&[], probe))
            }
        });
    }
    values
}

#[test]
fn values_print_as_the_data_has_them() {
    let text = "entity A : character; property n() : number; n() = 2;";
    let world = data::read_world("values", text);
    let reference = Reference::new(&world, &[]);
    assert_eq!(reference.start().unwrap().value(&[], 0), Value::number(2.0));
}

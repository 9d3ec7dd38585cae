//! The plain reference implementation against the conformance data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(missing_docs)]

#[allow(dead_code)]
mod reference;

use reference::data::{self, ProblemData};
use reference::situations::Situation;
use reference::values::{FactId, Mind, Value};
use reference::{Reference, sorted};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

fn names(list: &Json) -> Vec<String> {
    list.as_array().unwrap().iter().map(|entry| entry["s"].as_str().unwrap().to_owned()).collect()
}

fn same(ours: &Json, theirs: &Json) -> bool {
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => ours == theirs,
    }
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
    for chain in chains(reference.world.characters) {
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

/// All chains up to length 3 without equal neighbours, parents first.
fn chains(characters: usize) -> Vec<Vec<Mind>> {
    let mut chains: Vec<Vec<Mind>> = vec![Vec::new()];
    let mut next = 0;
    while next < chains.len() {
        let chain = chains[next].clone();
        next += 1;
        if chain.len() < 3 {
            chains.extend((0..characters).filter(|mind| chain.last() != Some(mind)).map(|mind| {
                let mut child = chain.clone();
                child.push(mind);
                child
            }));
        }
    }
    chains.remove(0);
    chains
}

fn fnv(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// A walk's expected values as they go.
struct Expected {
    real: BTreeMap<usize, Json>,
    maps: BTreeMap<String, BTreeMap<usize, Json>>,
}

impl Expected {
    fn step(&mut self, step: &Json) {
        for (fluent, value) in step["d"].as_object().into_iter().flatten() {
            self.real.insert(fluent.parse().unwrap(), value.clone());
        }
        for (chain, map) in step["b"].as_object().into_iter().flatten() {
            let map = map.as_object().unwrap().iter();
            self.maps.insert(chain.clone(), map.map(|(key, value)| (key.parse().unwrap(), value.clone())).collect());
        }
    }

    /// What the data says of a fluent; those that it leaves out at step 0 are as in the ground file.
    fn value(&self, chain: &[Mind], fluent: usize, start: &Json) -> Json {
        for length in (1..=chain.len()).rev() {
            let key: Vec<String> = chain[..length].iter().map(ToString::to_string).collect();
            if let Some(value) = self.maps.get(&key.join(".")).and_then(|map| map.get(&fluent)) {
                return value.clone();
            }
        }
        self.real.get(&fluent).unwrap_or(start).clone()
    }
}

/// How many walks of each problem are followed: all if `WHOKNEW_ALL_WALKS` is set (slow).
fn walks_followed() -> usize {
    if std::env::var_os("WHOKNEW_ALL_WALKS").is_some() { usize::MAX } else { 12 }
}

#[test]
fn walks() {
    let problems = data::problems();
    let disagreements: Vec<String> = std::thread::scope(|scope| {
        let (even, odd): (Vec<_>, Vec<_>) = problems.iter().enumerate().partition(|(index, _)| index % 2 == 0);
        let follow = |problems: Vec<(usize, &ProblemData)>| {
            problems.into_iter().flat_map(|(_, problem)| follow_walks(problem)).collect::<Vec<_>>()
        };
        let handles = [even, odd].map(|part| {
            let part: Vec<(usize, &ProblemData)> = part;
            std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, move || follow(part)).unwrap()
        });
        handles.into_iter().flat_map(|handle| handle.join().unwrap()).collect()
    });
    assert!(disagreements.is_empty(), "{} disagreements:\n{}", disagreements.len(), disagreements.join("\n"));
}

fn follow_walks(problem: &ProblemData) -> Vec<String> {
    let Some((header, walks)) = problem.walks.split_first() else { return Vec::new() };
    let world = data::read_world(&problem.name, &problem.text);
    let reference = Reference::new(&world, &[]);
    let by_name: BTreeMap<&str, usize> =
        reference.actions.iter().map(|(name, event)| (name.as_str(), *event)).collect();
    let text = |list: &Json| -> Vec<String> {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    let actions = text(&header["actions"]);
    let events: Vec<usize> = actions.iter().map(|name| by_name[name.as_str()]).collect();
    let fluent_ids: BTreeMap<&str, FactId> =
        reference.fluents.iter().map(|(name, fact)| (name.as_str(), *fact)).collect();
    let fluent_names = text(&header["fluents"]);
    let fluents: Vec<FactId> = fluent_names.iter().map(|name| fluent_ids[name.as_str()]).collect();
    let values: BTreeMap<&str, &Json> = problem.ground["fluents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fluent| (fluent["s"].as_str().unwrap(), &fluent["v"]))
        .collect();
    let start = fluent_names.iter().map(|name| values[name.as_str()].clone()).collect();
    let started = std::time::Instant::now();
    let follower = Follower { problem, reference: &reference, actions, events, fluents, start };
    let found: Vec<String> =
        walks.iter().take(walks_followed()).filter_map(|walk| follower.follow(walk).err()).collect();
    eprintln!("{}: {} disagreements, {:?}", problem.name, found.len(), started.elapsed());
    found
}

struct Follower<'a> {
    problem: &'a ProblemData,
    reference: &'a Reference<'a>,
    actions: Vec<String>,
    events: Vec<usize>,
    fluents: Vec<FactId>,
    start: Vec<Json>,
}

impl Follower<'_> {
    fn follow(&self, walk: &Json) -> Result<(), String> {
        let mut situation = self.reference.start().unwrap();
        let mut expected = Expected { real: BTreeMap::new(), maps: BTreeMap::new() };
        let clean = walk["clean"].as_u64().unwrap() as usize;
        for (number, step) in walk["steps"].as_array().unwrap().iter().take(clean).enumerate() {
            let place = format!("{} walk {} step {number}", self.problem.name, walk["walk"]);
            if let Some(action) = step["a"].as_u64() {
                let event = self.events[action as usize];
                situation =
                    self.reference.ground().happen(&situation, event).map_err(|why| format!("{place}: {why:?}"))?;
            }
            expected.step(step);
            let action = step["a"].as_u64().map_or("start", |action| self.actions[action as usize].as_str());
            self.compare(&situation, step, &expected).map_err(|what| format!("{place} ({action}): {what}"))?;
        }
        Ok(())
    }

    fn compare(&self, situation: &Situation, step: &Json, expected: &Expected) -> Result<(), String> {
        let characters = self.reference.world.characters;
        for chain in std::iter::once(Vec::new()).chain(chains(characters)) {
            for (index, &fluent) in self.fluents.iter().enumerate() {
                let ours = self.reference.value_text(situation.value(&chain, fluent));
                let theirs = expected.value(&chain, index, &self.start[index]);
                if !same(&ours, &theirs) {
                    let name = &self.reference.fluents.iter().find(|(_, fact)| *fact == fluent).unwrap().0;
                    return Err(format!("{name} through {chain:?} is {ours}, not {theirs}"));
                }
            }
        }
        self.compare_utilities(situation, step)?;
        self.compare_executable(situation, step)
    }

    fn compare_utilities(&self, situation: &Situation, step: &Json) -> Result<(), String> {
        for holder in 0..=self.reference.world.characters {
            let real = |minds: &[Mind], fact| situation.value(minds, fact);
            let ours = self.reference.value_text(self.reference.utility(holder, &real));
            if !same(&ours, &step["u"][holder]) {
                return Err(format!("utility {holder} is {ours}, not {}", step["u"][holder]));
            }
            let Some(mind) = holder.checked_sub(1) else { continue };
            let believed = |minds: &[Mind], fact| {
                let chain: Vec<Mind> = std::iter::once(mind).chain(minds.iter().copied()).collect();
                situation.value(&chain, fact)
            };
            let ours = self.reference.value_text(self.reference.utility(holder, &believed));
            if !same(&ours, &step["ub"][mind]) {
                return Err(format!("believed utility {mind} is {ours}, not {}", step["ub"][mind]));
            }
        }
        Ok(())
    }

    fn compare_executable(&self, situation: &Situation, step: &Json) -> Result<(), String> {
        let ground = self.reference.ground();
        let possible = (0..self.events.len()).filter(|&index| ground.possible(situation, self.events[index]));
        let possible: BTreeSet<usize> = possible.collect();
        if let Some(list) = step["x"].as_array() {
            let theirs: BTreeSet<usize> = list.iter().map(|index| index.as_u64().unwrap() as usize).collect();
            let differing: Vec<&String> =
                possible.symmetric_difference(&theirs).map(|&index| &self.actions[index]).collect();
            return if differing.is_empty() { Ok(()) } else { Err(format!("executable: {differing:?}")) };
        }
        let hash = possible.iter().fold(0, |sum: u64, &index| sum.wrapping_add(fnv(&self.actions[index])));
        let hash = format!("{hash:016x}");
        if step["x"]["n"].as_u64() == Some(possible.len() as u64) && step["x"]["h"].as_str() == Some(&hash) {
            return Ok(());
        }
        Err(format!("{} executable, hash {hash}; expected {}", possible.len(), step["x"]))
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
                json!(reference::formulas::holds(&reference.condition(condition), &view))
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

//! Follows the walks of the conformance data with any implementation of the semantics.

use super::data::ProblemData;
use super::values::Mind;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// An implementation that stands in some situation. Facts and actions are given by their position in the lists that it
/// was prepared with; holders of utilities: the author is 0, then the characters.
pub trait Walker {
    /// Goes back to the start.
    fn restart(&mut self) -> Result<(), String>;
    /// Lets an action happen.
    fn happen(&mut self, action: usize) -> Result<(), String>;
    /// The values of all facts through `minds`.
    fn values(&mut self, minds: &[Mind]) -> Vec<Json>;
    /// A utility in the true state, or in what `mind` believes.
    fn utility(&mut self, holder: usize, mind: Option<Mind>) -> Json;
    /// Whether an action can happen.
    fn possible(&mut self, action: usize) -> bool;
}

/// The lists that a walker is prepared with.
pub struct Lists {
    pub fluents: Vec<String>,
    pub actions: Vec<String>,
}

/// Equal values; numbers are compared as numbers.
pub fn same(ours: &Json, theirs: &Json) -> bool {
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => ours == theirs,
    }
}

/// All chains up to length 3 without equal neighbours, parents first, with the position of the parent.
pub fn chains(characters: usize) -> Vec<(Vec<Mind>, usize)> {
    let mut chains: Vec<(Vec<Mind>, usize)> = vec![(Vec::new(), 0)];
    let mut next = 0;
    while next < chains.len() {
        let parent = chains[next].0.clone();
        for mind in (0..characters).filter(|mind| parent.len() < 3 && parent.last() != Some(mind)) {
            let child = parent.iter().copied().chain([mind]).collect();
            chains.push((child, next));
        }
        next += 1;
    }
    chains
}

/// The lists in the header of a problem's walks; `None` if it has no walks.
pub fn lists(problem: &ProblemData) -> Option<Lists> {
    let header = problem.walks.first()?;
    let names =
        |list: &Json| list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>();
    Some(Lists { fluents: names(&header["fluents"]), actions: names(&header["actions"]) })
}

/// Follows the clean beginnings of the first `count` walks; returns how many records agree, and what disagrees.
pub fn follow(problem: &ProblemData, walker: &mut dyn Walker, count: usize) -> (usize, Vec<String>) {
    let Some(lists) = lists(problem) else { return (0, Vec::new()) };
    let values = problem.ground["fluents"].as_array().unwrap().iter();
    let values: BTreeMap<&str, &Json> = values.map(|fluent| (fluent["s"].as_str().unwrap(), &fluent["v"])).collect();
    let start = lists.fluents.iter().map(|name| values[name.as_str()].clone()).collect();
    let characters = problem.ground["characters"].as_array().unwrap().len();
    let hashes = lists.actions.iter().map(|name| fnv(name)).collect();
    let follower = Follower { lists, start, hashes, chains: chains(characters), characters };
    let (mut agreed, mut disagreements) = (0, Vec::new());
    for walk in problem.walks.iter().skip(1).take(count) {
        match follower.walk(walk, walker) {
            Ok(records) => agreed += records,
            Err((record, what)) => {
                agreed += record;
                disagreements.push(format!("{} walk {} record {record}: {what}", problem.name, walk["walk"]));
            }
        }
    }
    (agreed, disagreements)
}

fn fnv(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

struct Follower {
    lists: Lists,
    start: Vec<Json>,
    hashes: Vec<u64>,
    chains: Vec<(Vec<Mind>, usize)>,
    characters: usize,
}

/// What a walk says so far.
struct Expected {
    real: Vec<Json>,
    /// By chain: the facts that differ from the parent chain.
    beliefs: BTreeMap<Vec<Mind>, BTreeMap<usize, Json>>,
}

impl Expected {
    fn step(&mut self, step: &Json) {
        for (fluent, value) in step["d"].as_object().into_iter().flatten() {
            self.real[fluent.parse::<usize>().unwrap()] = value.clone();
        }
        for (chain, map) in step["b"].as_object().into_iter().flatten() {
            let chain = chain.split('.').map(|mind| mind.parse().unwrap()).collect();
            let map = map.as_object().unwrap().iter();
            self.beliefs.insert(chain, map.map(|(key, value)| (key.parse().unwrap(), value.clone())).collect());
        }
    }
}

impl Follower {
    fn walk(&self, walk: &Json, walker: &mut dyn Walker) -> Result<usize, (usize, String)> {
        let mut expected = Expected { real: self.start.clone(), beliefs: BTreeMap::new() };
        walker.restart().map_err(|why| (0, why))?;
        let clean = walk["clean"].as_u64().unwrap() as usize;
        for (record, step) in walk["steps"].as_array().unwrap().iter().take(clean).enumerate() {
            let action = step["a"].as_u64().map(|action| action as usize);
            let name = action.map_or("the start", |action| self.lists.actions[action].as_str());
            let failed = |what: String| (record, format!("after {name}: {what}"));
            if let Some(action) = action {
                walker.happen(action).map_err(failed)?;
            }
            expected.step(step);
            self.compare_values(walker, &expected).map_err(failed)?;
            self.compare_utilities(walker, step).map_err(failed)?;
            self.compare_possible(walker, step).map_err(failed)?;
        }
        Ok(clean)
    }

    fn compare_values(&self, walker: &mut dyn Walker, expected: &Expected) -> Result<(), String> {
        let mut by_chain: Vec<Vec<&Json>> = Vec::new();
        for (chain, parent) in &self.chains {
            let mut theirs: Vec<&Json> = match by_chain.get(*parent) {
                Some(parent) => parent.clone(),
                None => expected.real.iter().collect(),
            };
            for (&fluent, value) in expected.beliefs.get(chain).into_iter().flatten() {
                theirs[fluent] = value;
            }
            let ours = walker.values(chain);
            if let Some(wrong) = (0..ours.len()).find(|&fluent| !same(&ours[fluent], theirs[fluent])) {
                let fluent = &self.lists.fluents[wrong];
                return Err(format!("{fluent} through {chain:?} is {}, not {}", ours[wrong], theirs[wrong]));
            }
            by_chain.push(theirs);
        }
        Ok(())
    }

    fn compare_utilities(&self, walker: &mut dyn Walker, step: &Json) -> Result<(), String> {
        for holder in 0..=self.characters {
            let ours = walker.utility(holder, None);
            if !same(&ours, &step["u"][holder]) {
                return Err(format!("utility {holder} is {ours}, not {}", step["u"][holder]));
            }
            let Some(mind) = holder.checked_sub(1) else { continue };
            let ours = walker.utility(holder, Some(mind));
            if !same(&ours, &step["ub"][mind]) {
                return Err(format!("believed utility {mind} is {ours}, not {}", step["ub"][mind]));
            }
        }
        Ok(())
    }

    fn compare_possible(&self, walker: &mut dyn Walker, step: &Json) -> Result<(), String> {
        let possible: BTreeSet<usize> =
            (0..self.lists.actions.len()).filter(|&action| walker.possible(action)).collect();
        if let Some(list) = step["x"].as_array() {
            let theirs: BTreeSet<usize> = list.iter().map(|index| index.as_u64().unwrap() as usize).collect();
            let differing: Vec<&String> =
                possible.symmetric_difference(&theirs).map(|&action| &self.lists.actions[action]).collect();
            return if differing.is_empty() { Ok(()) } else { Err(format!("possible or not: {differing:?}")) };
        }
        let hash = possible.iter().fold(0, |sum: u64, &action| sum.wrapping_add(self.hashes[action]));
        let hash = format!("{hash:016x}");
        if step["x"]["n"].as_u64() == Some(possible.len() as u64) && step["x"]["h"].as_str() == Some(&hash) {
            return Ok(());
        }
        Err(format!("{} possible, hash {hash}; expected {}", possible.len(), step["x"]))
    }
}

/// Runs `follow_one` for every problem, on two threads, and fails with all disagreements.
pub fn follow_all(problems: &[ProblemData], follow_one: impl Fn(&ProblemData) -> (usize, Vec<String>) + Sync) -> usize {
    let next = std::sync::atomic::AtomicUsize::new(0);
    // The problems with the longest data first.
    let mut order: Vec<&ProblemData> = problems.iter().collect();
    order.sort_by_key(|problem| std::cmp::Reverse(problem.walks.len() * problem.text.len()));
    let run = || {
        let mut results = Vec::new();
        while let Some(problem) = order.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
            let started = std::time::Instant::now();
            let (agreed, disagreements) = follow_one(problem);
            eprintln!("{}: {agreed} records agree, {:.1?}", problem.name, started.elapsed());
            results.push((agreed, disagreements));
        }
        results
    };
    let results: Vec<(usize, Vec<String>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2)
            .map(|_| std::thread::Builder::new().stack_size(64 << 20).spawn_scoped(scope, run).unwrap())
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let disagreements: Vec<&String> = results.iter().flat_map(|(_, disagreements)| disagreements).collect();
    let shown: Vec<&str> = disagreements.iter().take(40).map(|text| text.as_str()).collect();
    assert!(disagreements.is_empty(), "{} disagreements:\n{}", disagreements.len(), shown.join("\n"));
    results.iter().map(|(agreed, _)| agreed).sum()
}

//! Reasons in told situations against the conformance data, from the start and along its walks.

use super::{Answer, Limits, Seeker};
use crate::ground::{EventId, Problem};
use crate::plan::tests::{call, folder, problems};
use crate::state::Situations;
use crate::world::EntityId;
use serde_json::Value as Json;
use std::collections::HashMap;

fn numbers(list: &Json) -> Vec<usize> {
    list.as_array().into_iter().flatten().map(|number| number.as_u64().unwrap() as usize).collect()
}

#[derive(Default)]
struct Outcome {
    agreed: usize,
    stopped: usize,
    disagreements: Vec<String>,
}

/// Compares the answers of one record.
fn compare(
    name: &str,
    situations: &mut Situations<'_>,
    actions: &[Option<EventId>],
    record: &Json,
    outcome: &mut Outcome,
) {
    let mut state = situations.start().unwrap();
    for action in numbers(&record["s"]) {
        state = situations.happen(state, actions[action].unwrap()).unwrap();
    }
    let (imagined, nesting) = (record["ctl"].as_u64().unwrap() as usize, record["el"].as_u64().unwrap() as usize);
    let tried = if cfg!(debug_assertions) { 500 } else { 30_000 };
    let mut seeker = Seeker::new(situations, Limits { imagined, nesting, tried }).unwrap();
    for (list, explained) in [("pos", true), ("neg", false), ("nob", false)] {
        for entry in record[list].as_array().into_iter().flatten() {
            let flagged = entry.as_array().unwrap().iter().any(|part| part.is_string());
            let complete = record["complete"].as_bool() == Some(true) || list == "pos";
            if flagged || !complete {
                continue;
            }
            let (action, character) = (entry[0].as_u64().unwrap() as usize, entry[1].as_u64().unwrap() as usize);
            let Some(event) = actions[action] else { continue };
            match seeker.reason(situations, state, EntityId::from_index(character), event).unwrap() {
                Answer::Stopped { .. } => outcome.stopped += 1,
                Answer::Found(_) if explained => outcome.agreed += 1,
                Answer::NoneWithinLimits(_) if !explained => outcome.agreed += 1,
                other => outcome.disagreements.push(format!(
                    "{name} s={} ctl={imagined} el={nesting} {list} {entry} ours {other:?}",
                    record["s"]
                )),
            }
        }
    }
}

#[test]
fn reasons_agree_with_the_data() {
    let Some(folder) = folder() else { return };
    let mut all = Outcome::default();
    for (name, world) in problems() {
        let place = if name.starts_with("micro") { "data/micro/explained" } else { "data/explained" };
        let Ok(text) = std::fs::read_to_string(folder.join(place).join(format!("{name}.jsonl"))) else { continue };
        let mut lines = text.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
        let header = lines.next().unwrap();
        let problem = Problem::new(&world, &world.telling, &crate::ground::Limits::default()).unwrap();
        let mut situations = Situations::new(problem);
        let events = situations.problem_mut().all_events().unwrap();
        let term = |event: EventId| situations.problem().event_term(event);
        let by_name: HashMap<String, EventId> =
            events.iter().map(|&event| (call(&world, term(event)), event)).collect();
        let actions: Vec<Option<EventId>> = header["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| by_name.get(action.as_str().unwrap()).copied())
            .collect();
        let (every, most) = if cfg!(debug_assertions) { (41, 3) } else { (1, 400) };
        let started = std::time::Instant::now();
        let before = (all.agreed, all.stopped, all.disagreements.len());
        for record in lines.step_by(every).take(most) {
            compare(&name, &mut situations, &actions, &record, &mut all);
        }
        eprintln!(
            "{name}: {} agree, {} stopped, {} disagree, {:.1?}",
            all.agreed - before.0,
            all.stopped - before.1,
            all.disagreements.len() - before.2,
            started.elapsed()
        );
    }
    let shown: Vec<&str> = all.disagreements.iter().take(20).map(String::as_str).collect();
    assert!(all.disagreements.is_empty(), "{} disagreements:\n{}", all.disagreements.len(), shown.join("\n"));
    assert!(all.stopped * 3 <= all.agreed, "{} stopped, {} agree", all.stopped, all.agreed);
}

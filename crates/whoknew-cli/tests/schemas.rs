//! docs/schema holds the form of every command's JSON: what the commands print has that form, and what has another form
//! is told from it.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;
mod schema;

use program::{Story, whoknew};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A story with a hole, an expected finding, an allowed one, and a plan.
const STORY: &str = "\
use std/talk, std/things
person Ann, Ben
person Tom
  allow H10 \"he comes in part two\"
place the kitchen, the garden
thing the letter
want Ben \"the letter\": 1 if carried(letter) = Ben
aim: 1 if carried(letter) = Ben
start
  Ann and Ben are in the kitchen
  Ann has the letter
scene \"Morning\"
  Ben goes to the garden
  Ann hides the letter
scene \"Evening\"
  Ann goes to the garden
  claim Ben is in the kitchen
    expect H06 \"the reader is to wonder\"
  Ben goes to the kitchen
  Ben finds the letter
    because \"the letter\"
";

/// Calls that show every part of the form.
const CALLS: &[&[&str]] = &[
    &["check", "story.who"],
    &["check", "--reasons", "story.who"],
    &["check", "nowhere.who"],
    &["ask", "story.who", "who knows that the letter is hidden in the kitchen?", "--at", "Morning"],
    &["ask", "story.who", "what does Ben believe?"],
    &["ask", "story.who", "what is the letter?"],
    &["why", "story.who", "Evening.3"],
    &["why", "story.who", "--not", "Ben knows that the letter is hidden in the kitchen", "--at", "Morning"],
    &["why", "story.who", "the letter is in the garden"],
    &["why", "story.who", "nonsense"],
    &["whatif", "story.who", "--without", "Morning.2", "--reasons"],
    &["whatif", "story.who", "--without", "9.9"],
    &["plan", "story.who"],
    &["plan", "story.who", "--max-steps=0"],
    &["plan", "nowhere.who"],
];

/// Fields that may be left out.
const OPTIONAL: &[&str] = &["allowed", "from", "proposals"];

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema")
}

fn form(command: &str) -> Value {
    let text = fs::read_to_string(schemas().join(format!("{command}-1.json"))).expect("there is a schema");
    serde_json::from_str(&text).expect("the schema is JSON")
}

/// What the calls of one command print.
fn documents(command: &str) -> Vec<Value> {
    let story = Story::new().file("story.who", STORY);
    let calls = CALLS.iter().filter(|call| call[0] == command);
    let run = |call: &&[&str]| {
        let arguments: Vec<&str> = call.iter().chain(&["--format=json"]).copied().collect();
        let output = whoknew(&arguments).inside(&story).run().output;
        serde_json::from_str(&output).unwrap_or_else(|error| panic!("{call:?}: {error}: {output}"))
    };
    calls.map(run).collect()
}

/// The document with one thing in it changed, for every place and every change that is wrong there.
fn spoiled(value: &Value) -> Vec<(String, Value)> {
    let other_type = if value.is_array() { json!({ "no": 1 }) } else { json!([["no"]]) };
    let mut all = vec![("another type".to_owned(), other_type)];
    match value {
        Value::Object(fields) => {
            let mut more = fields.clone();
            more.insert("surplus".to_owned(), Value::Null);
            all.push(("a field too many".to_owned(), Value::Object(more)));
            for (name, field) in fields {
                let mut less = fields.clone();
                less.remove(name);
                if !OPTIONAL.contains(&name.as_str()) {
                    all.push((format!("without {name}"), Value::Object(less)));
                }
                for (how, inner) in spoiled(field) {
                    let mut changed = fields.clone();
                    changed.insert(name.clone(), inner);
                    all.push((format!("{name}: {how}"), Value::Object(changed)));
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate().take(3) {
                for (how, inner) in spoiled(item) {
                    let mut changed = items.clone();
                    changed[index] = inner;
                    all.push((format!("{index}: {how}"), Value::Array(changed)));
                }
            }
        }
        _ => {}
    }
    all
}

#[test]
fn every_command_that_writes_json_has_a_schema() {
    let commands: BTreeSet<&str> = CALLS.iter().map(|call| call[0]).collect();
    let files = fs::read_dir(schemas()).expect("the folder is there");
    let names = files.map(|file| file.expect("it can be read").file_name().to_string_lossy().into_owned());
    let expected = commands.iter().map(|command| format!("{command}-1.json"));
    assert_eq!(names.collect::<BTreeSet<_>>(), expected.collect::<BTreeSet<_>>());
    let help = whoknew(&["--help"]).run().output;
    let listed = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  ")).map(|(name, _)| name);
    for name in listed.filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())) {
        let writes = whoknew(&[name, "-h"]).run().output.contains("--format");
        assert_eq!(writes, commands.contains(name), "{name}");
    }
}

#[test]
fn what_is_printed_has_the_form_and_what_is_spoiled_has_not() {
    let commands: BTreeSet<&str> = CALLS.iter().map(|call| call[0]).collect();
    for command in commands {
        let form = form(command);
        for (number, document) in documents(command).iter().enumerate() {
            if let Some(problem) = schema::problem(document, &form) {
                panic!("{command}, call {number}: {problem}");
            }
            let spoiled = spoiled(document);
            assert!(spoiled.len() > 15, "{command}");
            for (how, spoiled) in spoiled {
                assert!(schema::problem(&spoiled, &form).is_some(), "{command}, call {number}: {how}");
            }
        }
    }
}

#[test]
fn the_samples_show_proposals_and_what_is_expected_and_allowed() {
    let checked = &documents("check")[1];
    let findings = checked["findings"].as_array().expect("there are findings");
    for field in ["proposals", "expected", "allowed"] {
        let shown = |finding: &&Value| finding.get(field).is_some_and(|value| !value.is_null());
        assert!(findings.iter().any(|finding| shown(&finding)), "{field}: {checked}");
    }
}

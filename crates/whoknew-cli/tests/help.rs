//! What `whoknew` says of itself: help, and completions for shells.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::{Run, Story, whoknew};
use std::io::Write;
use std::process::{Command, Stdio};

fn help(arguments: &[&str]) -> Run {
    whoknew(arguments).variable("COLUMNS", "100").run()
}

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let run = help(&["--help"]);
    let lines = run.output.lines().filter_map(|line| line.strip_prefix("  "));
    let words = lines.filter_map(|line| line.split_once("  ")).map(|(word, _)| word);
    words
        .filter(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_help() {
    let run = help(&["--help"]);
    assert_eq!(run.status, Some(0));
    insta::assert_snapshot!(run.output);
    for other in [&["-h"][..], &["help"]] {
        assert_eq!(help(other).output, run.output);
    }
    // Without a command it is a mistake, and the help is what helps.
    let nothing = help(&[]);
    assert_eq!((nothing.status, nothing.output.as_str(), &nothing.complaint), (Some(2), "", &run.output));
}

#[test]
fn the_first_examples_work() {
    let run = help(&["--help"]);
    let folder = Story::new();
    let examples: Vec<&str> = run.output.lines().filter_map(|line| line.strip_prefix("  whoknew ")).collect();
    assert_eq!(examples.len(), 3);
    for (example, status) in examples.iter().zip([0, 1, 0]) {
        let (example, _) = example.split_once("  ").expect("something is said of it");
        let run = program::page::call(&format!("whoknew {example}"), &folder);
        assert_eq!(run.status, Some(status), "{example}: {}{}", run.output, run.complaint);
    }
}

#[test]
fn the_help_of_each_command() {
    let commands = commands();
    assert!(commands.len() > 10, "{commands:?}");
    for command in &commands {
        let run = help(&[command, "-h"]);
        assert_eq!(run.status, Some(0), "{command}");
        insta::assert_snapshot!(format!("help_of_{command}"), run.output);
        assert_eq!(help(&[command, "--help"]).status, Some(0));
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = whoknew(&["completions", shell]).run();
        assert_eq!((run.status, run.complaint.as_str()), (Some(0), ""), "{shell}");
        for command in commands() {
            assert!(run.output.contains(&command), "{shell}: {command}");
        }
        for option in ["max-nesting", "reasons", "shortest", "without"] {
            assert!(run.output.contains(option), "{shell}: {option}");
        }
    }
    let run = whoknew(&["completions", "basch"]).run();
    assert_eq!(run.status, Some(2));
    assert!(run.complaint.contains("bash"), "{}", run.complaint);
}

#[test]
fn a_story_in_the_place_of_a_command() {
    let run = whoknew(&["tale.who"]).run();
    assert_eq!(run.status, Some(2));
    assert!(run.complaint.contains("'whoknew check tale.who'"), "{}", run.complaint);
    let run = whoknew(&["chek"]).run();
    assert!(run.complaint.contains("'check'"), "{}", run.complaint);
}

#[test]
fn a_depth_apart_from_its_option() {
    let run = whoknew(&["check", "--reasons", "5", "letter.who"]).run();
    assert_eq!(run.status, Some(2));
    assert!(run.seen().contains("write '--reasons=5'"), "{}", run.seen());
    let run = whoknew(&["check", "--reason", "letter.who"]).run();
    assert!(!run.seen().contains("how far"), "{}", run.seen());
}

#[test]
fn bash_reads_its_completions() {
    let script = whoknew(&["completions", "bash"]).run().output;
    let bash = Command::new("bash").arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut bash) = bash else {
        eprintln!("not tested: there is no bash here");
        return;
    };
    bash.stdin.take().expect("it is piped").write_all(script.as_bytes()).expect("bash reads");
    let done = bash.wait_with_output().expect("it was started");
    assert!(done.status.success() && done.stderr.is_empty(), "{}", String::from_utf8_lossy(&done.stderr));
    // And offers the commands.
    let try_it = format!(
        "{script}\nCOMP_WORDS=(whoknew ex); COMP_CWORD=1; _whoknew whoknew ex whoknew; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    let offered = Command::new("bash").args(["-c", &try_it]).output().expect("there is a bash");
    assert_eq!(String::from_utf8_lossy(&offered.stdout).trim(), "explain");
}

#[test]
fn a_number_below_zero_is_a_wrong_value() {
    let run = whoknew(&["plan", "--max-steps", "-1", "a.who"]).run();
    assert_eq!(run.status, Some(2));
    assert!(run.complaint.contains("invalid value '-1' for '--max-steps <ACTS>'"), "{}", run.complaint);
    let run = whoknew(&["check", "--foo", "a.who"]).run();
    assert!(
        run.complaint.contains("unexpected argument '--foo'") && !run.complaint.contains("tip:"),
        "{}",
        run.complaint
    );
}

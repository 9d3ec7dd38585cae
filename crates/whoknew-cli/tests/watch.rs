//! `check --watch`.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::{Story, whoknew};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout};
use std::time::Duration;

/// A running `check --watch --format json`: one line for each check.
struct Watch {
    child: Option<Child>,
    lines: Option<BufReader<ChildStdout>>,
}

impl Watch {
    fn start(story: &Story, path: &str) -> Self {
        let mut child = whoknew(&["check", "--watch", "--format", "json", path]).inside(story).start();
        let lines = BufReader::new(child.stdout.take().expect("it is piped"));
        Self { child: Some(child), lines: Some(lines) }
    }

    /// Closes its output.
    fn stop_reading(mut self) -> Child {
        self.lines = None;
        self.child.take().expect("it was started")
    }

    /// The number of errors found by the next check.
    fn next_errors(&mut self) -> u64 {
        let mut line = String::new();
        self.lines.as_mut().expect("it is being read").read_line(&mut line).expect("the program writes UTF-8");
        let document: Value = serde_json::from_str(&line).expect("each line is a document");
        document["summary"]["errors"].as_u64().expect("errors are counted")
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[test]
fn a_changed_file_is_checked_again() {
    let story = Story::new().file("a.who", "kind dog : character\ndogs Rex\n");
    let mut watch = Watch::start(&story, "a.who");
    assert_eq!(watch.next_errors(), 1);
    fs::write(story.path().join("a.who"), "kind dog : character\ndog Rex\n").expect("files can be written");
    assert_eq!(watch.next_errors(), 0);
    fs::remove_file(story.path().join("a.who")).expect("files can be removed");
    assert_eq!(watch.next_errors(), 1, "it is gone");
}

#[test]
fn a_folder_may_get_files_and_used_files_may_change() {
    let story = Story::new().file("story/a.who", "use ../cast\n").file("cast.who", "kind dog : character\n");
    let mut watch = Watch::start(&story, "story");
    assert_eq!(watch.next_errors(), 0);
    fs::write(story.path().join("story/b.who"), "dogs Rex\n").expect("files can be written");
    assert_eq!(watch.next_errors(), 1);
    fs::write(story.path().join("cast.who"), "kind dogs : character\n").expect("files can be written");
    assert_eq!(watch.next_errors(), 0);
}

#[test]
fn it_ends_when_nobody_reads_what_it_writes() {
    let story = Story::new().file("a.who", "kind dog : character\n");
    let mut watch = Watch::start(&story, "a.who");
    assert_eq!(watch.next_errors(), 0);
    let mut child = watch.stop_reading();
    for letters in 1..1200 {
        // Again and again: a test beside this one that just starts a program may hold the other end for a moment.
        let text = format!("kind cat : character\ncat T{}m\n", "o".repeat(letters));
        fs::write(story.path().join("a.who"), text).expect("files can be written");
        if child.try_wait().expect("it was started").is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().expect("it was started");
    panic!("it still runs after two minutes");
}

#[test]
fn standard_input_cannot_be_watched() {
    let run = whoknew(&["check", "--watch", "-"]).run();
    assert_eq!(run.status, Some(2));
    assert!(run.complaint.contains("cannot be watched"), "{}", run.complaint);
}

#[test]
fn changed_settings_are_read_again() {
    let story =
        Story::new().file("a.who", "kind dog : character\ndog Rex\n").file("whoknew.toml", "story = \"a.who\"\n");
    let mut watch = Watch::start(&story, "a.who");
    assert_eq!(watch.next_errors(), 0);
    fs::write(story.path().join("whoknew.toml"), "tale = \"a.who\"\n").expect("files can be written");
    assert_eq!(watch.next_errors(), 1);
    fs::write(story.path().join("whoknew.toml"), "").expect("files can be written");
    assert_eq!(watch.next_errors(), 0);
}

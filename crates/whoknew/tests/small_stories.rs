//! Small stories that each show one finding or mechanism, with inline expectations.
//!
//! A comment `#! H02` at the end of a line expects that finding there; the story must give exactly the expected
//! errors and warnings (notes and unused declarations only where the story expects that code). A comment `#= LINE` makes the *sound
//! twin*: with that one line put in place of its own, the story must give no finding at all. A line `#? reasons` asks for
//! everybody's reasons as well.

// Lints know only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use whoknew::check;
use whoknew::diagnostic::Severity;
use whoknew::world;

/// A finding as the tests compare it: line and code.
type Found = BTreeSet<(usize, String)>;

fn stories() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder of small stories")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "who"))
        .collect();
    paths.sort();
    paths
}

/// What `text` expects, by its `#!` comments.
fn expected(text: &str) -> Found {
    text.lines()
        .enumerate()
        .filter_map(|(index, line)| {
            let (_, comment) = line.split_once("#!")?;
            Some((index + 1, comment.split_whitespace().next()?.to_owned()))
        })
        .collect()
}

/// The text with its `#=` line put in place, if it has one; several such lines give several twins.
fn twins(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let marked = lines.iter().enumerate().filter(|(_, line)| line.contains("#="));
    marked
        .map(|(at, line)| {
            let indentation = &line[..line.len() - line.trim_start().len()];
            let replacement = line.split_once("#=").expect("a marked line").1.trim();
            let mut twin = lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>();
            twin[at] = format!("{indentation}{replacement}");
            twin.join("\n") + "\n"
        })
        .collect()
}

/// Every finding of `text`: errors and warnings; notes and unused declarations where their code is `asked` for.
fn found(name: &str, text: &str, asked: &BTreeSet<String>) -> (Found, String) {
    let loaded = world::load_text(name, text);
    let mut lines = Found::new();
    let mut shown = String::new();
    let reasons = text.lines().any(|line| line.trim() == "#? reasons").then(whoknew::plan::told::Limits::default);
    let options = check::Options { reasons, ..check::Options::default() };
    let report = loaded.world.as_ref().map(|world| check::check(world, &loaded.usage, &loaded.sources, &options));
    let findings = report.iter().flat_map(|report| &report.findings);
    for finding in loaded.diagnostics.iter().chain(findings) {
        if (finding.severity == Severity::Note || finding.code.id == "H10") && !asked.contains(finding.code.id) {
            continue;
        }
        let line = finding.primary.as_ref().map_or(0, |label| loaded.sources.line(label.span));
        lines.insert((line, finding.code.id.to_owned()));
        shown += &format!("  line {line}: {} {}", finding.code.id, finding.title);
        if let Some(primary) = &finding.primary {
            shown += &format!(" ({})", primary.text);
        }
        shown += "\n";
    }
    (lines, shown)
}

#[test]
fn each_story_gives_exactly_the_findings_it_expects() {
    let mut failures = String::new();
    for path in stories() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a readable story");
        let expected = expected(&text);
        let asked = expected.iter().map(|(_, code)| code.clone()).collect();
        let (actual, shown) = found(&name, &text, &asked);
        if actual != expected {
            failures += &format!("{name}: expected {expected:?}, found\n{shown}");
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn each_sound_twin_gives_no_finding() {
    let mut failures = String::new();
    for path in stories() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("a readable story");
        let asked = expected(&text).iter().map(|(_, code)| code.clone()).collect();
        for twin in twins(&text) {
            let (actual, shown) = found(&name, &twin, &asked);
            if !actual.is_empty() {
                failures += &format!("{name}, the twin: found\n{shown}");
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn every_finding_has_a_story_and_a_sound_twin() {
    let mut codes = BTreeSet::new();
    for path in stories() {
        let text = std::fs::read_to_string(&path).expect("a readable story");
        let expected = expected(&text);
        if !expected.is_empty() {
            assert!(!twins(&text).is_empty(), "{} has findings and no sound twin", path.display());
        }
        codes.extend(expected.into_iter().map(|(_, code)| code));
    }
    for number in (1..=13).map(|number| format!("H{number:02}")) {
        assert!(codes.contains(&number), "no small story shows {number}");
    }
}

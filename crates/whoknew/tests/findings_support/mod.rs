//! Checks a text and prints its findings plainly: line numbers, labels, notes, help.

#![allow(clippy::panic, dead_code)]

use std::fmt::Write;
use whoknew::check::{self, Options, Report};
use whoknew::diagnostic::{Diagnostic, Label, Severity};
use whoknew::source::Sources;
use whoknew::world;

/// The report of a story that can be read.
pub fn report(text: &str) -> (Report, Sources) {
    let loaded = world::load_text("story.who", text);
    let Some(world) = &loaded.world else {
        let problems: Vec<String> =
            loaded.diagnostics.iter().map(|diagnostic| show(diagnostic, &loaded.sources)).collect();
        panic!("the story cannot be read:\n{}", problems.join("\n"));
    };
    let report = check::check(world, &loaded.usage, &loaded.sources, &Options::default());
    (report, loaded.sources)
}

/// All findings of a story, as text.
pub fn check(text: &str) -> String {
    let (report, sources) = report(text);
    let all = report.input_errors.iter().chain(&report.findings);
    all.map(|diagnostic| show(diagnostic, &sources)).collect::<Vec<String>>().join("\n")
}

/// Nothing but what is listed in `codes` is found.
#[track_caller]
pub fn finds(text: &str, codes: &[&str]) {
    let (report, sources) = report(text);
    let all: Vec<&Diagnostic> = report.input_errors.iter().chain(&report.findings).collect();
    let found: Vec<&str> = all.iter().map(|diagnostic| diagnostic.code.id).collect();
    let shown: Vec<String> = all.iter().map(|diagnostic| show(diagnostic, &sources)).collect();
    assert_eq!(found, codes, "\n{}", shown.join("\n"));
}

/// Nothing is found.
#[track_caller]
pub fn clean(text: &str) {
    finds(text, &[]);
}

pub fn show(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut text = format!("{severity}[{}]: {}\n", diagnostic.code.id, diagnostic.title);
    let mut label = |sign: char, label: &Label| {
        let line = sources.line(label.span);
        let source = sources.slice(label.span).lines().next().unwrap_or_default().trim();
        let _ = writeln!(text, "  {line:>3} | {source}");
        if !label.text.is_empty() {
            let _ = writeln!(text, "      {sign} {}", label.text);
        }
    };
    diagnostic.primary.iter().for_each(|primary| label('^', primary));
    diagnostic.secondary.iter().for_each(|secondary| label('-', secondary));
    for note in &diagnostic.notes {
        let _ = writeln!(text, "  = note: {note}");
    }
    for help in &diagnostic.help {
        let _ = writeln!(text, "  = help: {help}");
    }
    if let Some(reason) = &diagnostic.expected {
        let _ = writeln!(text, "  = expected: {reason}");
    }
    text
}

/// The findings of `text` with `broken` at the place marked `LINE`; with `sound` there, nothing is found.
#[track_caller]
pub fn pair(text: &str, broken: &str, sound: &str) -> String {
    assert_eq!(text.matches("LINE").count(), 1);
    clean(&text.replace("LINE", sound));
    check(&text.replace("LINE", broken))
}

//! The packs keep what they promise: tests in the language itself.

#![allow(clippy::expect_used)]

use whoknew::check;
use whoknew::diagnostic::Severity;
use whoknew::world;

#[track_caller]
fn check_sound(name: &str, text: &str) {
    let loaded = world::load_text(name, text);
    assert!(loaded.world.is_some(), "{:#?}", loaded.diagnostics);
    let world = loaded.world.as_ref().expect("a world");
    let report = check::check(world, &loaded.usage, &loaded.sources, &check::Options::default());
    let found: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note && finding.expected.is_none() && finding.allowed.is_none())
        .map(|finding| {
            let line = finding.primary.as_ref().map_or(0, |label| loaded.sources.line(label.span));
            format!("line {line}: {} {}", finding.code.id, finding.title)
        })
        .collect();
    assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
}

#[test]
fn places() {
    check_sound("places.who", include_str!("packs/places.who"));
}

#[test]
fn talk() {
    check_sound("talk.who", include_str!("packs/talk.who"));
}

#[test]
fn ways() {
    check_sound("ways.who", include_str!("packs/ways.who"));
}

#[test]
fn homes() {
    check_sound("homes.who", include_str!("packs/homes.who"));
}

#[test]
fn people() {
    check_sound("people.who", include_str!("packs/people.who"));
}

#[test]
fn secrets() {
    check_sound("secrets.who", include_str!("packs/secrets.who"));
}

#[test]
fn things() {
    check_sound("things.who", include_str!("packs/things.who"));
}

#[test]
fn time() {
    check_sound("time.who", include_str!("packs/time.who"));
}

#[test]
fn all_together() {
    check_sound("together.who", include_str!("packs/together.who"));
}

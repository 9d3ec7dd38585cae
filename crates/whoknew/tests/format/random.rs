//! Whatever the text: no panic, and what is formatted keeps its meaning.

use super::canonical::canonical;
use super::cases;
use super::texts::{damaged_stories, pieces};
use proptest::prelude::*;
use std::cell::Cell;

/// Checks the canonical forms of what `texts` makes, of which some must have no mistakes: else nothing was tried.
fn check<S: Strategy>(cases: S, texts: impl Fn(&S::Value) -> Vec<String>) {
    let formatted = Cell::new(0);
    cases::check(500, 5_000, cases, |case| {
        let canonical = texts(case).into_iter().filter_map(|text| canonical(&text)).filter(|text| !text.is_empty());
        formatted.set(formatted.get() + canonical.count());
        Ok(())
    });
    assert!(formatted.get() >= 10, "{} of the texts could be formatted", formatted.get());
}

#[test]
fn any_text() {
    // Hardly any text is a story; a comment may hold whatever it likes.
    check(any::<String>(), |text| vec![text.clone(), format!("# {}", text.replace(['\r', '\n'], " "))]);
}

#[test]
fn texts_near_the_grammar() {
    check(pieces(0..60), |pieces| vec![pieces.concat(), pieces.join(" ")]);
}

#[test]
fn items_of_random_words() {
    // `use` takes any words, and so do scenes: both are formatted more often than not.
    let heads = ["use ", "scene\n  ", "person ", "start\n  Sally "];
    check(prop::collection::vec(pieces(1..12), 1..12), |lines| {
        let items = lines.iter().zip(heads.iter().cycle()).map(|(line, head)| format!("{head}{}\n", line.join(" ")));
        let whole: String = items.collect();
        whole.lines().map(str::to_owned).chain([whole.clone()]).collect()
    });
}

#[test]
fn broken_stories() {
    check(damaged_stories(), |texts| texts.to_vec());
}

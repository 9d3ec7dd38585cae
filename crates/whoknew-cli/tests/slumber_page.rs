//! What docs/slumber.md shows is what happens. To write the answers anew: `WHOKNEW_UPDATE=1 cargo test --test slumber_page`.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::whoknew;
use std::fs;
use std::path::{Path, PathBuf};

const FENCE: &str = "```console\n";

fn page() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/slumber.md")
}

/// The words of a call; a text in quotation marks is one word.
fn words(call: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in call.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn answer(call: &str) -> String {
    let words = words(call);
    assert_eq!(words[0], "whoknew");
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let run = whoknew(&arguments).run();
    assert_eq!((run.status, run.complaint.as_str()), (Some(0), ""), "{call}: {}", run.output);
    run.output
}

#[test]
fn the_answers_shown_are_the_answers_given() {
    let shown = fs::read_to_string(page()).expect("the page is there");
    let mut parts = shown.split(FENCE);
    let mut real = parts.next().expect("a text has a beginning").to_owned();
    let mut questions = 0;
    for part in parts {
        let (block, rest) = part.split_once("```").expect("every fence has a partner");
        let call = block.lines().next().and_then(|line| line.strip_prefix("$ ")).expect("a call comes first");
        real += &format!("{FENCE}$ {call}\n{}```{rest}", answer(call));
        questions += usize::from(call.contains(" ask "));
    }
    assert!(questions >= 20, "{questions} questions");
    if std::env::var_os("WHOKNEW_UPDATE").is_some() {
        fs::write(page(), &real).expect("the page can be written");
    } else {
        assert_eq!(real, shown, "the page shows something else; to write it anew, see the top of this file");
    }
}

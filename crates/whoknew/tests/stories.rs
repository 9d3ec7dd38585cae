//! The project's stories hold: nothing is found that they do not expect, and they answer questions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod project_stories;

use project_stories::Disk;
use std::path::Path;
use whoknew::ask::{Story, question};
use whoknew::check;
use whoknew::diagnostic::Severity;
use whoknew::ground::Limits;
use whoknew::source::FileId;
use whoknew::world::{self, Loaded};

fn load(name: &str) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories").join(name);
    world::load(path.to_str().expect("a path of characters"), &Disk)
}

/// Checks the story, then asks it, each question at a point, for the first line of the answer.
#[track_caller]
fn holds(name: &str, questions: &[(&str, &str, &str)]) {
    let loaded = load(name);
    let world = loaded.world.as_ref().unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics));
    let report = check::check(world, &loaded.usage, &loaded.sources, &check::Options::default());
    let found: Vec<&str> = report
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note && finding.expected.is_none() && finding.allowed.is_none())
        .map(|finding| finding.title.as_str())
        .collect();
    assert!(found.is_empty(), "{name}: {found:#?}");
    let mut story = Story::new(world, &Limits::default()).expect("it can be asked");
    for (asked, at, says) in questions {
        let point = story.point(at).expect("there is such a point");
        let question = question::read(&story, asked, FileId::from_index(0)).expect("it can be understood");
        let answer = story.answer(&question, &point).expect("it can be answered");
        assert_eq!(answer.says, *says, "{asked}");
    }
}

#[test]
fn little_red_riding_hood() {
    holds(
        "red-riding-hood",
        &[
            (
                "does the wolf know that the girl believes that the grandmother is in the cottage",
                "4.2",
                "Yes, the wolf knows that the girl believes that the grandmother is in the cottage",
            ),
            ("where is the grandmother", "4", "The grandmother is in the belly of the wolf"),
        ],
    );
}

#[test]
fn othello() {
    holds(
        "othello",
        &[
            (
                "does Iago know that Othello believes that Cassio believes that Desdemona loves Cassio",
                "4",
                "Yes, Iago knows that Othello believes that Cassio believes that Desdemona loves Cassio",
            ),
            ("who believes that Desdemona loves Cassio", "10", "Only Othello believes that Desdemona loves Cassio"),
        ],
    );
}

#[test]
fn romeo_and_juliet() {
    holds(
        "romeo-and-juliet",
        &[
            (
                "when did Romeo learn that Juliet is dead",
                "10",
                "Romeo came to believe from Balthasar in scene 8 “The news” that Juliet is dead, which was not so",
            ),
            ("does Romeo know that Juliet will wake", "end", "No, Romeo does not know that Juliet will wake"),
        ],
    );
}

#[test]
fn the_locked_study() {
    holds(
        "locked-study",
        &[
            (
                "what does the reader know that the inspector does not",
                "5",
                "The reader knows 2 things that the inspector does not",
            ),
            (
                "does the inspector believe that the secretary went to the study",
                "6",
                "No, the inspector does not believe that the secretary went to the study",
            ),
        ],
    );
}

//! What newcomers get wrong, and what they are told. Each file `mistakes/CODE.who` holds the most likely mistakes of
//! those who end at that code; `CODE.snap` beside it holds the messages. To write them anew, and then to read them:
//! `INSTA_UPDATE=always cargo test -p whoknew-cli --test mistakes`; with `MISTAKES=H02` for one code only.
//! How they are written is said in `program/mistake.rs`.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::mistake::{BEGINNING, mistakes, written};
use program::reported;
use whoknew::catalogue;

/// What no mistake of a newcomer leads to, and why.
const NO_MISTAKES: &[(&str, &str)] = &[
    ("E0504", "in a text, E0223 comes first; the page shows the world of a program"),
    ("E0505", "in a text, E0216 comes first; the page shows the world of a program"),
    ("E0506", "commands replay the story with the question in mind; the page shows a program"),
    ("E0799", "an error of this program; the page shows a plan that another program made"),
    ("E0901", "6,000,000 situations take minutes; the page shows a program with a lower limit"),
];

#[test]
fn what_newcomers_are_told() {
    let only = std::env::var("MISTAKES").unwrap_or_default();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("mistakes");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let ids: Vec<&str> = written().into_iter().filter(|id| id.starts_with(&only)).collect();
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    for ids in ids.chunks(at_once) {
        let told: Vec<String> = std::thread::scope(|scope| {
            let running: Vec<_> = ids.iter().map(|id| scope.spawn(|| told(id))).collect();
            running.into_iter().map(|running| running.join().expect("every mistake has a message")).collect()
        });
        for (id, told) in ids.iter().zip(told) {
            settings.bind(|| insta::assert_snapshot!(*id, told));
        }
    }
}

/// All that is said of the mistakes of one code.
fn told(id: &str) -> String {
    let (mut all, mut silent) = (String::new(), Vec::new());
    for mistake in mistakes(id) {
        let (meant, seen) = (&mistake.meant, mistake.answer());
        if reported(&seen).is_empty() {
            silent.push(meant.clone());
        }
        all += &format!("{BEGINNING}{meant}\n{}\n\n", seen.trim_end());
    }
    assert_eq!(silent, Vec::<String>::new(), "{id}: nothing is said of these");
    all
}

#[test]
fn every_code_has_ten_mistakes() {
    for (id, why) in NO_MISTAKES {
        assert!(!written().contains(id), "{id} has mistakes after all, but: {why}");
    }
    let codes = catalogue::codes().into_iter().map(|code| code.id);
    let wanted: Vec<&str> = codes.filter(|id| NO_MISTAKES.iter().all(|(other, _)| other != id)).collect();
    let number = |id: &str| if written().contains(&id) { mistakes(id).len() } else { 0 };
    let missing: Vec<String> =
        wanted.into_iter().filter(|id| number(id) < 10).map(|id| format!("{id}: {}", number(id))).collect();
    assert_eq!(missing, Vec::<String>::new(), "codes with fewer than ten mistakes");
}

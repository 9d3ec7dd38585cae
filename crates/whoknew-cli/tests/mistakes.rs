//! What newcomers get wrong, and what they are told. Each file `mistakes/CODE.who` holds the most likely mistakes of
//! those who end at that code; `CODE.snap` beside it holds the messages. To write them anew, and then to read them:
//! `INSTA_UPDATE=always cargo test -p whoknew-cli --test mistakes`; with `MISTAKES=H02` for one code only.
//!
//! Each mistake is a whole story that begins with a line `# --- what was meant`. `# file NAME` begins another file;
//! `# $ whoknew ask story.who "…"` is run instead of `whoknew check story.who`.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::page::call;
use program::{Story, reported};
use std::fs;
use std::path::{Path, PathBuf};
use whoknew::catalogue;

/// Beginnings of the codes of findings, of the form of the text, and of names, sentences, scenes and settings.
const WANTED: &[&str] = &["H", "E01", "E02", "E03", "E04", "E10"];

/// What only a limit leads to, which programs reach that write stories, but no newcomer.
const NO_MISTAKES: &[&str] = &["H15", "E0225", "E0226", "E0306", "E0314"];

const BEGINNING: &str = "# --- ";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The codes that have a file, in order.
fn written() -> Vec<&'static str> {
    let codes = catalogue::codes().into_iter().map(|code| code.id);
    codes.filter(|id| folder().join(format!("{id}.who")).exists()).collect()
}

/// What was meant, and the story.
fn mistakes(id: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(folder().join(format!("{id}.who"))).expect("the file is there");
    let mut mistakes: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix(BEGINNING), mistakes.last_mut()) {
            (Some(meant), _) => mistakes.push((meant.to_owned(), String::new())),
            (None, Some((_, story))) => *story += &format!("{line}\n"),
            (None, None) => assert!(line.is_empty(), "{id}: the file begins with `{BEGINNING}what was meant`"),
        }
    }
    mistakes
}

/// What the newcomer is told.
fn answer(text: &str) -> String {
    let mut command = "whoknew check story.who";
    let mut files = vec![("story.who", String::new())];
    for line in text.lines() {
        if let Some(line) = line.strip_prefix("# $ ") {
            command = line;
        } else if let Some(name) = line.strip_prefix("# file ") {
            files.push((name, String::new()));
        } else if let Some((_, text)) = files.last_mut() {
            *text += &format!("{line}\n");
        }
    }
    let story = files.iter().fold(Story::new(), |story, (name, text)| story.file(name, text.trim_end_matches('\n')));
    call(command, &story).seen()
}

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
    let mut all = String::new();
    for (meant, text) in mistakes(id) {
        let seen = answer(&text);
        assert!(!reported(&seen).is_empty(), "{id}: nothing is said of: {meant}\n{seen}");
        all += &format!("{BEGINNING}{meant}\n{}\n\n", seen.trim_end());
    }
    all
}

#[test]
fn every_file_holds_ten_mistakes() {
    for id in written() {
        let number = mistakes(id).len();
        assert!(number >= 10, "{id}: {number}");
    }
}

#[test]
fn every_code_of_a_text_has_its_mistakes() {
    let written = written();
    let starts = |id: &str, list: &[&str]| list.iter().any(|beginning| id.starts_with(beginning));
    let codes = catalogue::codes().into_iter().map(|code| code.id);
    let missing: Vec<&str> =
        codes.filter(|id| starts(id, WANTED) && !NO_MISTAKES.contains(id) && !written.contains(id)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "codes without a file of mistakes");
}

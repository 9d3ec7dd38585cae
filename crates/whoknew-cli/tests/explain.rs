//! The pages of docs/codes, which `whoknew explain` prints: each shows a story with the fault and a mended one, and
//! both are run. To write anew what they print: `WHOKNEW_UPDATE=1 cargo test -p whoknew-cli --test explain`.
//!
//! A page `CODE.md` begins with `# CODE: name`. Below `## A story with the fault` and `## Mended` it shows
//! files (blocks as `program/page.rs` knows them) and what is printed: `text` holds the
//! findings of `whoknew check story.who`, `console` a call behind `$` and all that it prints.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::page::{Block, call, rewritten, shown_files};
use program::{Story, reported, whoknew};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use whoknew::catalogue;
use whoknew::diagnostic::{Code, Severity};

/// Codes that are only ever reported beside others.
const BESIDE_OTHERS: &[&str] = &["H14"];

const FAULT: &str = "## A story with the fault\n";
const MENDED: &str = "## Mended\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes")
}

fn path(code: &Code) -> PathBuf {
    folder().join(format!("{}.md", code.id))
}

/// Every page that is written, with its code.
fn pages() -> Vec<(&'static Code, String)> {
    let codes = catalogue::codes().into_iter();
    codes.filter_map(|code| Some((code, fs::read_to_string(path(code)).ok()?))).collect()
}

#[test]
fn every_code_has_a_page() {
    let missing = |code: &&Code| !path(code).exists();
    let missing: Vec<&str> = catalogue::codes().into_iter().filter(missing).map(|code| code.id).collect();
    assert_eq!(missing, Vec::<&str>::new(), "codes without a page");
}

#[test]
fn every_page_has_a_code() {
    let known: BTreeSet<PathBuf> = catalogue::codes().into_iter().map(path).collect();
    for entry in fs::read_dir(folder()).expect("the folder is there") {
        let found = entry.expect("the folder can be read").path();
        assert!(known.contains(&found), "{}", found.display());
    }
}

#[test]
fn explain_prints_the_page() {
    for (code, page) in pages() {
        assert!(page.starts_with(&format!("# {}: {}\n\n", code.id, code.name)), "{}: the title", code.id);
    }
    let (code, page) = pages().into_iter().next().expect("there are pages");
    for written in [code.id.to_owned(), code.id.to_lowercase(), code.name.to_owned()] {
        let run = whoknew(&["explain", &written]).run();
        assert_eq!((run.status, run.output.as_str()), (Some(0), page.as_str()));
    }
}

/// The part of a page below a heading, up to the next heading.
fn part<'p>(page: &'p str, heading: &str) -> Option<&'p str> {
    let (_, below) = page.split_once(heading)?;
    Some(below.split("\n## ").next().unwrap_or(below))
}

/// What `whoknew check` says of a story without the sentence that counts.
fn findings(story: &Story) -> String {
    let seen = call("whoknew check story.who", story).seen();
    let (findings, _) = seen.trim_end().rsplit_once("\n\n").unwrap_or_default();
    format!("{findings}\n")
}

/// The part with what really is printed, and all that is printed.
fn run(part: &str) -> (String, String) {
    let story = shown_files(part);
    let mut seen = String::new();
    if story.path().join("story.who").exists() && !part.contains("```console\n") {
        seen += &findings(&story);
    }
    let real = |block: Block<'_>| match block.info {
        "text" => Some(findings(&story)),
        "console" => {
            let line = block.text.lines().next().and_then(|line| line.strip_prefix("$ ")).expect("a call comes first");
            let printed = call(line, &story).seen();
            seen += &printed;
            Some(format!("$ {line}\n{printed}"))
        }
        _ => None,
    };
    let part = rewritten(part, real);
    (part, seen)
}

/// What only programs meet is shown as programs, which run as examples of the library's documentation.
fn check_programs(code: &Code, (fault, mended): (&str, &str)) {
    let library = fs::read_to_string(folder().join("../../crates/whoknew/src/lib.rs")).expect("the library is there");
    assert!(library.contains(&format!("include_str!(\"../../../docs/codes/{}.md\")", code.id)), "{}: not run", code.id);
    assert!(fault.contains(&format!("code.id, \"{}\")", code.id)), "{}: the code is not asserted", code.id);
    assert!(mended.contains("```rust\n"), "{}: the mended program is missing", code.id);
}

/// Runs one page and gives it back with what really is printed.
fn checked(code: &Code, page: &str) -> String {
    let fault = part(page, FAULT).unwrap_or_else(|| panic!("{}: the part `{FAULT}` is missing", code.id));
    let mended = part(page, MENDED).unwrap_or_else(|| panic!("{}: the part `{MENDED}` is missing", code.id));
    if fault.contains("```rust\n") {
        check_programs(code, (fault, mended));
        return page.to_owned();
    }
    let (real_fault, seen) = run(fault);
    assert!(fault.contains("```text") || fault.contains("```console"), "{}: what is printed is not shown", code.id);
    let found = reported(&seen);
    assert!(found.iter().any(|(_, id)| *id == code.id), "{} is not reported, but this:\n{seen}", code.id);
    let grave = found.iter().filter(|(severity, _)| *severity != "note");
    let beside = BESIDE_OTHERS.contains(&code.id);
    assert!(beside || grave.clone().all(|(_, id)| *id == code.id), "{}: other things are reported:\n{seen}", code.id);
    let note = code.severity == Severity::Note;
    assert_eq!(grave.count() == 0, note && !beside, "{}: the severity:\n{seen}", code.id);

    let (real_mended, seen) = run(mended);
    let wrong = reported(&seen).into_iter().any(|(severity, id)| severity != "note" || id == code.id);
    assert!(!wrong, "{}: the mended story is not sound:\n{seen}", code.id);
    page.replace(fault, &real_fault).replace(mended, &real_mended)
}

#[test]
fn what_the_pages_show_is_what_happens() {
    for (code, page) in pages() {
        let real = checked(code, &page);
        if std::env::var_os("WHOKNEW_UPDATE").is_some() {
            fs::write(path(code), &real).expect("the page can be written");
        } else {
            assert_eq!(
                real, page,
                "{}: the page shows something else; to write it anew, see the top of this file",
                code.id
            );
        }
    }
}

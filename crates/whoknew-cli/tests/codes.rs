//! The list of codes is complete, and docs/codes.md holds it. To write the page anew:
//! `WHOKNEW_UPDATE=1 cargo test --test codes`.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use whoknew::catalogue;
use whoknew::diagnostic::{Code, Severity};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

const HEAD: &str = "# Codes\n\nEvery message has a code that never changes its meaning; a code that is no longer reported (E0902) is never used for something else. `whoknew explain CODE` prints its page, which shows a story with the fault and one that is mended.\n";

/// The parts of the page: a title, and the beginning of the codes it holds.
const PARTS: [(&str, &str); 11] = [
    ("Plot holes, warnings and notes", "H"),
    ("Reading files", "E00"),
    ("The form of the text", "E01"),
    ("Names, kinds and declarations", "E02"),
    ("Sentences", "E03"),
    ("Scenes and times", "E04"),
    ("The finite model", "E05"),
    ("Planning", "E07"),
    ("Questions", "E08"),
    ("Settings", "E10"),
    ("Other readers, and limits", "E0"),
];

fn page() -> String {
    let mut page = HEAD.to_owned();
    let mut shown = BTreeSet::new();
    for (title, beginning) in PARTS {
        page += &format!("\n## {title}\n\n| code | | name | reported when |\n| --- | --- | --- | --- |\n");
        for code in catalogue::codes() {
            if code.id.starts_with(beginning) && shown.insert(code.id) {
                page += &row(code);
            }
        }
    }
    assert_eq!(shown.len(), catalogue::codes().len(), "every code is on the page");
    page
}

fn row(code: &Code) -> String {
    let severity = match code.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut summary = code.summary.trim_end_matches('.').replace('|', "\\|");
    if let Some(first) = summary.get(..1).map(str::to_lowercase) {
        summary.replace_range(..1, &first);
    }
    format!("| [`{0}`](codes/{0}.md) | {severity} | {1} | {summary} |\n", code.id, code.name)
}

#[test]
fn the_page_lists_all_codes() {
    let path = root().join("docs/codes.md");
    if std::env::var_os("WHOKNEW_UPDATE").is_some() {
        fs::write(&path, page()).expect("the page can be written");
    }
    assert_eq!(fs::read_to_string(path).expect("the page is there"), page());
}

#[test]
fn no_two_codes_have_one_id() {
    let codes = catalogue::codes();
    let ids: BTreeSet<&str> = codes.iter().map(|code| code.id).collect();
    assert_eq!(ids.len(), codes.len());
}

/// Words in the library's code that look like codes.
fn mentioned(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder is in the repository") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            mentioned(&path, found);
        } else {
            let text = fs::read_to_string(&path).expect("sources are texts");
            let words = text.split(|character: char| !character.is_ascii_alphanumeric());
            found.extend(words.filter(|word| is_code(word)).map(str::to_owned));
        }
    }
}

fn is_code(word: &str) -> bool {
    let digits = |rest: &str, count| rest.len() == count && rest.bytes().all(|byte| byte.is_ascii_digit());
    word.strip_prefix('E').is_some_and(|rest| digits(rest, 4))
        || word.strip_prefix('H').is_some_and(|rest| digits(rest, 2))
}

#[test]
fn no_code_is_left_out() {
    let mut found = BTreeSet::new();
    mentioned(&root().join("crates/whoknew/src"), &mut found);
    for code in catalogue::codes() {
        found.remove(code.id);
    }
    assert!(found.is_empty(), "the library's sources name codes that the catalogue lacks: {found:?}");
}

//! The canonical form of a text.

// A test that cannot go on may say so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/canonical.rs"]
mod canonical;
#[path = "../random/cases.rs"]
mod cases;
#[path = "../support/texts.rs"]
mod texts;

mod disturbed;
mod examples;
mod project;
mod random;

use std::path::{Path, PathBuf};

/// The story files in these folders of the workspace.
fn story_files(folders: &[&str]) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "who") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(found.len() > 10, "there are story files");
    found
}

/// The canonical forms of all texts of the workspace that have no mistakes, each of which is checked.
fn canonical_texts() -> Vec<String> {
    let files = story_files(&["stories", "packs", "crates/whoknew/tests", "crates/whoknew-cli/tests"]);
    let texts = files.iter().map(|path| std::fs::read_to_string(path).unwrap());
    texts.filter_map(|text| canonical::canonical(&text)).collect()
}

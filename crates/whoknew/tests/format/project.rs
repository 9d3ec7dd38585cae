//! The texts of this project.

use super::{canonical::canonical, canonical_texts, story_files};
use whoknew::check::{self, Options};
use whoknew::source::{FileError, Files};
use whoknew::world;

#[test]
fn stories_and_packs_are_in_canonical_form() {
    for path in story_files(&["stories", "packs"]) {
        let text = std::fs::read_to_string(&path).unwrap();
        let formatted = canonical(&text);
        let is_canonical = formatted.as_ref() == Some(&text);
        assert!(is_canonical, "{} is not in canonical form: run `whoknew fmt stories packs`", path.display());
    }
}

#[test]
fn every_text_keeps_its_meaning_and_its_comments() {
    assert!(canonical_texts().len() > 80, "most texts of the tests have no mistakes");
}

/// The project's files as they are, or spread out and then formatted.
struct Shelf {
    formatted: bool,
}

impl Files for Shelf {
    fn read(&self, path: &str) -> Result<String, FileError> {
        let text = std::fs::read_to_string(path).map_err(|_| FileError::NotFound)?;
        if !self.formatted {
            return Ok(text);
        }
        let spread = text.replace("  ", "     ").replace('(', " (  ").replace('\n', " \r\n");
        canonical(&spread).ok_or(FileError::NotFound)
    }

    fn is_folder(&self, path: &str) -> bool {
        std::path::Path::new(path).is_dir()
    }

    fn list(&self, path: &str) -> Result<Vec<String>, FileError> {
        let files = std::fs::read_dir(path).map_err(|_| FileError::NotFound)?;
        let mut paths: Vec<String> = files.map(|file| file.unwrap().path().display().to_string()).collect();
        paths.sort();
        Ok(paths)
    }
}

/// What `check` says, without places.
fn findings(path: &str, formatted: bool) -> Vec<String> {
    let loaded = world::load(path, &Shelf { formatted });
    let mut findings = loaded.diagnostics;
    let world = loaded.world.expect("the story can be read");
    let report = check::check(&world, &loaded.usage, &loaded.sources, &Options::default());
    findings.extend(report.input_errors);
    findings.extend(report.findings);
    let shown = findings.iter().map(|finding| {
        let labels: Vec<&String> = finding.primary.iter().chain(&finding.secondary).map(|label| &label.text).collect();
        format!("{} {} {labels:?} {:?} {:?}", finding.code.id, finding.title, finding.notes, finding.help)
    });
    shown.collect()
}

#[test]
fn check_says_the_same_of_a_formatted_story() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut said = 0;
    for story in
        ["stories/slumber", "stories/othello", "stories/locked-study", "crates/whoknew/tests/small/impersonation.who"]
    {
        let path = format!("{root}/{story}");
        let as_is = findings(&path, false);
        assert_eq!(findings(&path, true), as_is, "{story}");
        said += as_is.len();
    }
    assert!(said > 0, "there was something to say");
}

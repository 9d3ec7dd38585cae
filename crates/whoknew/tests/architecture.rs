//! What docs/architecture.md promises about the library's sources, checked.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use whoknew::source::{FileError, Files, Origin, Span};

/// What no library source may name: files, threads, clocks, printing, the environment.
const OUTSIDE: [&str; 9] =
    ["std::fs", "std::net", "std::thread", "std::time", "std::env", "std::process", "std::io", "println!", "print!("];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is in the repository") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(files_in(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The library's source files that are not tests, each with its module and its lines without comments and without
/// what is tested inside the file.
fn sources() -> Vec<(PathBuf, String, Vec<String>)> {
    let folder = root().join("crates/whoknew/src");
    let is_test =
        |path: &PathBuf| path.iter().any(|part| part.to_string_lossy().trim_end_matches(".rs").ends_with("tests"));
    let paths = files_in(&folder, "rs").into_iter().filter(|path| !is_test(path));
    paths
        .map(|path| {
            let inside = path.strip_prefix(&folder).expect("it was found there");
            let first = inside.iter().next().expect("it has a name").to_string_lossy();
            let module = first.trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).expect("sources are texts");
            let tested = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            let code = tested.lines().filter(|line| !line.trim_start().starts_with("//"));
            (path.clone(), module, code.map(str::to_owned).collect())
        })
        .collect()
}

/// The library's modules, from the first to the last, as lib.rs lists them.
fn modules() -> Vec<String> {
    let library = fs::read_to_string(root().join("crates/whoknew/src/lib.rs")).expect("the library has a root");
    let names = library.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    names.map(|name| name.trim_end_matches(';').to_owned()).collect()
}

/// The modules of the crate that a statement names.
fn named<'a>(statement: &'a str, modules: &'a [String]) -> impl Iterator<Item = &'a String> {
    modules.iter().filter(move |module| {
        let grouped = statement.contains("use crate::{") && words(statement).contains(&module.as_str());
        grouped || statement.split("crate::").skip(1).any(|rest| words(rest).first() == Some(&module.as_str()))
    })
}

fn words(text: &str) -> Vec<&str> {
    text.split(|character: char| !character.is_alphanumeric() && character != '_')
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn modules_use_only_those_above_them() {
    let modules = modules();
    let position = |name: &str| modules.iter().position(|module| module == name);
    for (path, module, lines) in sources() {
        for statement in lines.join("\n").split(';') {
            for used in named(statement, &modules) {
                assert!(
                    module == "lib" || position(used) <= position(&module),
                    "{}: `{module}` uses `{used}`, which stands below it:\n{statement}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_page_lists_the_modules_in_their_order() {
    let page = fs::read_to_string(root().join("docs/architecture.md")).expect("the page is there");
    let listed = page.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|line| line.split('`').next());
    let listed: Vec<&str> = listed.map(|name| name.trim_end_matches('/')).collect();
    assert_eq!(listed, modules());
}

#[test]
fn the_library_does_not_touch_the_outside() {
    for (path, _, lines) in sources() {
        for line in lines {
            for outside in OUTSIDE {
                assert!(!line.contains(outside), "{} uses {outside}:\n{line}", path.display());
            }
        }
    }
}

/// The proper names of what the stories declare: those that begin with a capital letter. Each file and each folder
/// of `stories` is tried as a story.
fn story_names() -> BTreeSet<String> {
    let files = files_in(&root().join("stories"), "who");
    let folders: BTreeSet<PathBuf> = files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
    let mut names = BTreeSet::new();
    for path in files.into_iter().chain(folders) {
        let loaded = whoknew::world::load(&path.to_string_lossy(), &Shelf);
        let entities = loaded.world.iter().flat_map(|world| &world.entities);
        let is_own = |span: Span| loaded.sources.get(span.file).origin == Origin::Story;
        for entity in entities.filter(|entity| entity.span.is_some_and(is_own)) {
            names.extend(std::iter::once(&entity.name).chain(&entity.aliases).cloned());
        }
    }
    names.retain(|name| name.chars().next().is_some_and(char::is_uppercase));
    names
}

#[test]
fn no_source_holds_a_name_from_a_story() {
    let names = story_names();
    assert!(names.len() > 5, "stories were found");
    for (path, _, lines) in sources() {
        for line in lines {
            let found = words(&line).into_iter().find(|word| names.contains(*word));
            assert!(found.is_none(), "{} names {found:?}:\n{line}", path.display());
        }
    }
}

/// The files of the repository.
struct Shelf;

impl Files for Shelf {
    fn read(&self, path: &str) -> Result<String, FileError> {
        fs::read_to_string(path).map_err(|_| FileError::NotFound)
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }

    fn list(&self, path: &str) -> Result<Vec<String>, FileError> {
        Ok(files_in(Path::new(path), "who").iter().map(|path| path.to_string_lossy().into_owned()).collect())
    }
}

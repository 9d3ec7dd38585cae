//! Documents as they are: what they show is run, and what runs is what they show.
//!
//! Every fenced block of a page is of one of these kinds. All blocks of a page work in one folder, which holds a copy of `stories`
//! and is empty otherwise; all chapters of the book work in one.
//!
//! | behind the fence | what is done |
//! | --- | --- |
//! | `who FILE`, `text FILE`, `toml FILE` | the file is written |
//! | `who FILE more` | goes to the end of the file |
//! | `diff FILE` | lines with `+` come in, lines with `-` go, the others are there already and say where; `…` alone begins another place |
//! | `who FILE whole` | is what the file holds by now, in canonical form |
//! | `who` | a story by itself; it can be read |
//! | `console` | each line behind `$ ` is run, and what stands below is printed; `console 1`: so is the exit status |
//! | `sh` | each `whoknew` is run, what it prints is not shown; of other programs, what is named exists |
//! | `json` | is JSON |
//! | `rust` | the library includes the page, so that the block is an example of its documentation |
//! | `text` | no code |
//!
//! In a console block a line `…` stands for any lines. Inside `<details>` (an answer to an exercise) everything works in a copy of the folder,
//! so that the text after it goes on as if nothing had been done. A block within `<!-- -->` is run and not shown. A file that no
//! command was run on must at least be readable: `whoknew check` does not end with 2.
//!
//! `WHOKNEW_UPDATE=1` writes consoles and whole files as they really are.

// Each test binary uses its own part of this.
#![allow(dead_code)]

pub mod folder;
pub mod links;
pub mod packs;
pub mod run;
pub mod shell;

use std::fs;
use std::path::{Path, PathBuf};

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of a page, by its path from the root.
pub fn page(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All Markdown files below a folder, by their paths from the root, sorted.
pub fn pages_below(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder is there") {
        let entry = entry.expect("the folder can be read");
        let path = format!("{folder}/{}", entry.file_name().to_str().expect("names are UTF-8"));
        if entry.path().is_dir() {
            found.extend(pages_below(&path));
        } else if path.ends_with(".md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

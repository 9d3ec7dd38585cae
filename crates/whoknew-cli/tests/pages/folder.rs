//! The files that a page shows.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::root;
use crate::program::{Story, whoknew};

/// The end of the name of a file with settings.
const SETTINGS: &str = "whoknew.toml";

/// A folder in which a page works.
pub struct Folder {
    files: Story,
    /// Files on which no command was run since they were written.
    unread: BTreeSet<String>,
}

impl Folder {
    /// One with a copy of the project's stories.
    pub fn new() -> Self {
        let files = Story::new();
        copy(&root().join("stories"), &files.path().join("stories"));
        Self { files, unread: BTreeSet::new() }
    }

    /// Another with the same files.
    pub fn twin(&self) -> Self {
        let files = Story::new();
        copy(self.files.path(), files.path());
        Self { files, unread: self.unread.clone() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.files.path()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.files.path().join(name)
    }

    /// What a file holds.
    pub fn text(&self, name: &str) -> Result<String, String> {
        fs::read_to_string(self.at(name)).map_err(|error| format!("{name}: {error}"))
    }

    /// Writes a file.
    pub fn write(&mut self, name: &str, text: &str) -> Result<(), String> {
        let path = self.at(name);
        let parent = path.parent().ok_or("a file has a folder")?;
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).map_err(|error| format!("{name}: {error}"))?;
        if path.extension().is_some_and(|extension| extension == "who") || name.ends_with(SETTINGS) {
            self.unread.insert(name.to_owned());
        }
        Ok(())
    }

    /// Changes a file as the lines of a difference say.
    pub fn change(&mut self, name: &str, difference: &str) -> Result<(), String> {
        let mut text = self.text(name)?;
        for place in difference.split("…\n") {
            text = changed(&text, place)?;
        }
        self.write(name, &text)
    }

    /// A command was run: the page shows what the files are worth.
    pub fn was_used(&mut self) {
        self.unread.clear();
    }

    /// Reads the files on which no command was run.
    pub fn read_the_unread(&mut self) -> Result<(), String> {
        for name in std::mem::take(&mut self.unread) {
            // Settings are read with a story beside them.
            let story = name.strip_suffix(SETTINGS).map(|folder| format!("{folder}any.who"));
            if let Some(story) = &story {
                fs::write(self.at(story), "character Ann\n").map_err(|error| format!("{story}: {error}"))?;
            }
            let run = whoknew(&["check", story.as_ref().unwrap_or(&name)]).inside(&self.files).run();
            if let Some(story) = &story {
                fs::remove_file(self.at(story)).map_err(|error| format!("{story}: {error}"))?;
            }
            if run.status == Some(2) {
                return Err(format!("{name} cannot be read:\n{}", run.seen()));
            }
        }
        Ok(())
    }
}

/// `text`, changed at one place.
fn changed(text: &str, place: &str) -> Result<String, String> {
    let (mut before, mut after) = (String::new(), String::new());
    for line in place.lines() {
        let (sign, rest) = line.split_at(line.chars().next().map_or(0, char::len_utf8));
        if !matches!(sign, "+" | "-" | " " | "") {
            return Err(format!("a line of a difference begins with +, - or a blank: {line}"));
        }
        if sign != "+" {
            before += &format!("{rest}\n");
        }
        if sign != "-" {
            after += &format!("{rest}\n");
        }
    }
    // Whole lines only.
    let within = format!("\n{text}");
    let sought = format!("\n{before}");
    match within.matches(&sought).count() {
        1 => Ok(within.replacen(&sought, &format!("\n{after}"), 1)[1..].to_owned()),
        count => Err(format!("these lines are there {count} times, not once:\n{before}in\n{text}")),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("files can be copied");
        }
    }
}

//! The only door to the library in these tests: a story in, messages as text out.

use std::collections::BTreeMap;
use std::fmt::Write;

use whoknew::diagnostic::Diagnostic;
use whoknew::source::{FileError, Files, Sources, Span};
use whoknew::world::{Loaded, load, load_text};

/// Files that exist only here.
#[derive(Default)]
pub struct Shelf {
    files: BTreeMap<String, Result<String, FileError>>,
}

impl Shelf {
    /// With the file `path`.
    pub fn with(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), Ok(text.to_owned()));
        self
    }

    /// With a file that cannot be read.
    pub fn broken(mut self, path: &str, error: FileError) -> Self {
        self.files.insert(path.to_owned(), Err(error));
        self
    }

    /// Loads the story at `path`.
    pub fn load(&self, path: &str) -> Loaded {
        load(path, self)
    }
}

impl Files for Shelf {
    fn read(&self, path: &str) -> Result<String, FileError> {
        self.files.get(path).cloned().unwrap_or(Err(FileError::NotFound))
    }

    fn is_folder(&self, path: &str) -> bool {
        self.files.keys().any(|file| file.starts_with(&format!("{path}/")))
    }

    fn list(&self, path: &str) -> Result<Vec<String>, FileError> {
        let inside = |file: &&String| path == "." || file.starts_with(&format!("{path}/"));
        Ok(self.files.keys().filter(inside).cloned().collect())
    }
}

/// The messages about `text`, as text; empty if it is sound.
pub fn messages(text: &str) -> String {
    shown(&load_text("story.who", text))
}

/// All messages of a loaded story, as text.
pub fn shown(loaded: &Loaded) -> String {
    let mut out = String::new();
    for diagnostic in &loaded.diagnostics {
        show(diagnostic, &loaded.sources, &mut out);
    }
    out
}

fn show(diagnostic: &Diagnostic, sources: &Sources, out: &mut String) {
    let _ = writeln!(out, "{} {}", diagnostic.code.id, diagnostic.title);
    if let Some(primary) = &diagnostic.primary {
        place("  --> ", primary.span, &primary.text, sources, out);
    }
    for label in &diagnostic.secondary {
        place("  ::: ", label.span, &label.text, sources, out);
    }
    for note in &diagnostic.notes {
        let _ = writeln!(out, "  note: {note}");
    }
    for help in &diagnostic.help {
        let _ = writeln!(out, "  help: {help}");
    }
}

fn place(arrow: &str, span: Span, words: &str, sources: &Sources, out: &mut String) {
    let (name, line) = (&sources.get(span.file).name, sources.line(span));
    let colon = if words.is_empty() { "" } else { ": " };
    let _ = writeln!(out, "{arrow}{name}:{line} «{}»{colon}{words}", sources.slice(span));
}

/// A small world for stories to go on from: lines of its own come first, so that line numbers in messages count
/// from the line after it.
pub const WORLD: &str = "\
kind person : character
kind place
kind thing
kind container : thing
person Sally, Anne
place nursery, garden
thing marble
container basket, box
fact at(what: character or thing): place
fact inside(what: thing): container
fact alive(who: character)
fact fear(who: person): number
action put(who: person, what: thing, into: container)
action tell(who: person, whom: person, what: statement)
action wait(who: person, minutes: number)
";

/// Every story with its messages, each after [`WORLD`]; stories are parted by a line `---`.
pub fn after_world(stories: &str) -> String {
    let mut out = String::new();
    for story in stories.split("---\n") {
        let told = messages(&format!("{WORLD}{story}"));
        let _ = writeln!(out, "{story}=> {}", if told.is_empty() { "sound\n" } else { &told });
    }
    out
}

/// Every story with its messages, on its own.
pub fn alone(stories: &str) -> String {
    let mut out = String::new();
    for story in stories.split("---\n") {
        let told = messages(story);
        let _ = writeln!(out, "{story}=> {}", if told.is_empty() { "sound\n" } else { &told });
    }
    out
}

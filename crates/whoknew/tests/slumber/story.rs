//! The flagship story in memory: read, edited as text, renamed, checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use whoknew::check;
use whoknew::diagnostic::{Diagnostic, Severity};
use whoknew::plan::told;
use whoknew::source::{FileError, Files, Sources, Span};
use whoknew::world;

const FOLDER: &str = "slumber";

/// The story's files, by path.
#[derive(Clone, Debug)]
pub struct Story {
    files: BTreeMap<String, String>,
}

/// A finding, as far as the tests look at it.
#[derive(Clone, Debug)]
pub struct Found {
    pub code: String,
    pub title: String,
    pub path: String,
    /// Counted from 1; 0 without a place.
    pub line: usize,
    /// What stands on that line.
    pub text: String,
    pub expected: bool,
    /// A warning or an error.
    pub serious: bool,
    /// The lines that show why.
    because: Vec<String>,
}

impl Found {
    /// Whether one of the lines that show why is this one.
    pub fn mentions(&self, line: &str) -> bool {
        self.because.iter().any(|because| because == line)
    }
}

impl fmt::Display for Found {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{}:{}: {} {} [{}] because {:?}",
            self.path, self.line, self.code, self.title, self.text, self.because
        )
    }
}

impl Files for Story {
    fn read(&self, path: &str) -> Result<String, FileError> {
        self.files.get(path).cloned().ok_or(FileError::NotFound)
    }

    fn is_folder(&self, path: &str) -> bool {
        path == FOLDER
    }

    fn list(&self, _: &str) -> Result<Vec<String>, FileError> {
        Ok(self.files.keys().cloned().collect())
    }
}

impl Story {
    /// The story as it ships.
    pub fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories/slumber");
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(&folder).expect("the story's folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).expect("a text");
            files.insert(format!("{FOLDER}/{name}"), text);
        }
        Self { files }
    }

    /// All texts.
    pub fn text(&self) -> String {
        self.files.values().cloned().collect()
    }

    /// With `new` before the line that begins with `line` in the scene whose header begins with `scene`.
    pub fn insert_before(self, scene: &str, line: &str, new: &str) -> Self {
        self.edit(scene, line, |old| vec![format!("  {new}"), old.to_owned()])
    }

    /// With `new` after that line.
    pub fn insert_after(self, scene: &str, line: &str, new: &str) -> Self {
        self.edit(scene, line, |old| vec![old.to_owned(), format!("  {new}")])
    }

    /// With `new` instead of that line.
    pub fn replace(self, scene: &str, line: &str, new: &str) -> Self {
        self.edit(scene, line, |_| vec![format!("  {new}")])
    }

    /// Without that line.
    pub fn remove(self, scene: &str, line: &str) -> Self {
        self.edit(scene, line, |_| Vec::new())
    }

    fn edit(mut self, scene: &str, line: &str, change: impl Fn(&str) -> Vec<String>) -> Self {
        let mut edits = 0;
        for text in self.files.values_mut() {
            let mut inside = false;
            let mut lines = Vec::new();
            for old in text.lines() {
                if !old.starts_with(' ') && !old.is_empty() {
                    inside = old.starts_with(scene);
                }
                if inside && old.trim_start().starts_with(line) {
                    edits += 1;
                    lines.extend(change(old));
                } else {
                    lines.push(old.to_owned());
                }
            }
            *text = lines.join("\n") + "\n";
        }
        assert_eq!(edits, 1, "exactly one line {line:?} in {scene:?}");
        self
    }

    /// The same story with another name for every entity, aliases included. Line numbers stay.
    pub fn renamed(&self) -> Self {
        let world = world::load(FOLDER, self).world.expect("the story is sound");
        let mut names: Vec<String> = Vec::new();
        for entity in world.entities.iter().filter(|entity| entity.span.is_some()) {
            names.push(entity.name.clone());
            names.extend(entity.aliases.iter().cloned());
        }
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|&index| std::cmp::Reverse(names[index].len()));
        let replace = |text: &String| {
            order.iter().fold(text.clone(), |text, &index| {
                let article = names[index].split(' ').next().filter(|word| ["the", "a", "an"].contains(word));
                let name = names[index].trim_start_matches(article.unwrap_or_default()).trim_start();
                replace_name(&text, name, &format!("Zz{}", letters(index)))
            })
        };
        let files = self.files.iter().map(|(path, text)| (path.clone(), replace(text))).collect();
        Self { files }
    }

    /// The names of its characters that are one capitalised word.
    pub fn single_names(&self) -> BTreeSet<String> {
        let world = world::load(FOLDER, self).world.expect("the story is sound");
        let characters = world.entities[..world.characters].iter();
        let names = characters.flat_map(|entity| entity.aliases.iter().chain([&entity.name])).cloned();
        names.filter(|name| !name.contains(' ') && name.starts_with(char::is_uppercase)).collect()
    }

    /// Everything that `check` reports.
    pub fn check(&self) -> Vec<Found> {
        let loaded = world::load(FOLDER, self);
        let Some(world) = &loaded.world else { panic!("{:#?}", loaded.diagnostics) };
        let report = check::check(world, &loaded.usage, &loaded.sources, &check::Options::default());
        report.findings.iter().map(|finding| found(&loaded.sources, finding)).collect()
    }

    /// Everything that `check` reports where reasons may be plans of one act, with what it proposes.
    pub fn check_reasons(&self) -> Vec<(Found, Vec<String>)> {
        let loaded = world::load(FOLDER, self);
        let Some(world) = &loaded.world else { panic!("{:#?}", loaded.diagnostics) };
        let reasons = told::Limits { imagined: 1, ..told::Limits::default() };
        let options = check::Options { reasons: Some(reasons), ..check::Options::default() };
        let report = check::check(world, &loaded.usage, &loaded.sources, &options);
        let proposed =
            |finding: &Diagnostic| finding.proposals.iter().flat_map(|proposal| proposal.lines.clone()).collect();
        report.findings.iter().map(|finding| (found(&loaded.sources, finding), proposed(finding))).collect()
    }

    /// The finding with `code` at the line that begins with `line`.
    pub fn finding(&self, code: &str, line: &str) -> Option<Found> {
        self.check().into_iter().find(|finding| finding.code == code && finding.text.starts_with(line))
    }
}

/// Every source file of the library, by path.
pub fn library_sources() -> Vec<(String, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a text");
                sources.push((path.display().to_string(), text));
            }
        }
    }
    sources
}

fn found(sources: &Sources, finding: &Diagnostic) -> Found {
    let primary = finding.primary.as_ref().map(|label| label.span);
    Found {
        code: finding.code.id.to_owned(),
        title: finding.title.clone(),
        path: primary.map_or_else(String::new, |span| sources.get(span.file).name.clone()),
        line: primary.map_or(0, |span| sources.line(span)),
        text: primary.map_or_else(String::new, |span| line_text(sources, span)),
        expected: finding.expected.is_some(),
        serious: finding.severity >= Severity::Warning,
        because: finding.secondary.iter().map(|label| line_text(sources, label.span)).collect(),
    }
}

/// The line on which `span` starts, without its indentation.
fn line_text(sources: &Sources, span: Span) -> String {
    let text = &sources.get(span.file).text;
    text.lines().nth(sources.line(span) - 1).unwrap_or_default().trim().to_owned()
}

/// `text` with `new` for `old` wherever that stands as whole words.
fn replace_name(text: &str, old: &str, new: &str) -> String {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut result = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(old) {
        let (before, after) = (&rest[..at], &rest[at + old.len()..]);
        let whole = !before.chars().next_back().or(result.chars().next_back().filter(|_| at == 0)).is_some_and(is_word)
            && !after.chars().next().is_some_and(is_word);
        result.push_str(before);
        result.push_str(if whole { new } else { old });
        rest = after;
    }
    result + rest
}

/// A number as letters, so that it can stand inside a name.
fn letters(mut number: usize) -> String {
    let mut word = String::new();
    loop {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return word;
        }
    }
}

//! `whoknew.toml`, found from the story upward, and what a command is about if its path is left out.

use crate::files::{Disk, Input, STANDARD_INPUT};
use crate::output::complain;
use crate::status::Status;
use crate::story::Checked;
use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use whoknew::diagnostic::Diagnostic;
use whoknew::settings::{self, Settings, UNFIT_SETTING};
use whoknew::source::{Files, Origin, Source, Sources};
use whoknew::world::load;

/// The name of the file.
pub const NAME: &str = "whoknew.toml";

/// What a command is about, and its settings.
pub struct Set {
    /// The story.
    pub input: Input,
    /// What the nearest settings file says.
    pub settings: Settings,
    /// That file.
    pub file: Option<String>,
}

/// Why there is nothing to do.
pub enum Unset {
    /// Nothing says which story it is about; holds the settings file that does not say it, if there is one.
    Nothing(Option<String>),
    /// The settings cannot be used.
    Unfit(Box<Checked>),
}

impl Set {
    /// What `path` names; without it, what is piped in; without that, what the settings name.
    pub fn new(path: Option<&str>) -> Result<Self, Unset> {
        let input = match path {
            Some(path) => Some(Input::given(path)),
            None if io::stdin().is_terminal() => None,
            None => Some(Input::given("-")).filter(|input| !is_blank(&input.files)),
        };
        let start = input.as_ref().filter(|input| !input.piped).map_or(".", |input| input.path.as_str());
        let Some(file) = find(Path::new(start)) else {
            let input = input.or_else(|| path.is_none().then(piped).flatten()).ok_or(Unset::Nothing(None))?;
            return Ok(Self { input, settings: Settings::default(), file: None });
        };
        let (settings, sources) = read(&file).map_err(Unset::Unfit)?;
        let input = match (input, &settings.story) {
            (Some(input), _) => input,
            (None, Some(story)) => {
                let path = beside(&file, &story.value);
                if !Path::new(&path).exists() {
                    let title = format!("there is no file or folder `{path}`");
                    let wrong = Diagnostic::new(&UNFIT_SETTING, title, Some(story.span));
                    return Err(Unset::Unfit(Box::new(Checked::unusable(&file, sources, vec![wrong]))));
                }
                Input::given(&path)
            }
            (None, None) => piped().ok_or_else(|| Unset::Nothing(Some(file.clone())))?,
        };
        Ok(Self { input, settings, file: Some(file) })
    }
}

/// What a question is about, and what is left of `words` for the question: the story is the first of them, if it names one, else
/// what is piped in or the settings name.
pub fn story_and_question(words: &[String]) -> Result<(Input, &[String]), Unset> {
    match words.split_first() {
        Some((first, rest)) if names_a_story(first) => Ok((Input::given(first), rest)),
        first => match Set::new(None) {
            Ok(set) if !set.input.piped || !is_blank(&set.input.files) => Ok((set.input, words)),
            Ok(Set { file, .. }) | Err(Unset::Nothing(file)) => match first {
                // What is said of a story that is not there says also how one is named.
                Some((first, rest)) => Ok((Input::given(first), rest)),
                None => Err(Unset::Nothing(file)),
            },
            Err(unset) => Err(unset),
        },
    }
}

/// Whether this is a story rather than the beginning of a question.
fn names_a_story(text: &str) -> bool {
    let is_path = !text.contains(char::is_whitespace) && (text.ends_with(".who") || text.contains('/'));
    text == "-" || is_path || Path::new(text).exists()
}

/// Says on standard error that nothing says what a command is about: `which` story, and what may be named.
pub fn complain_of_nothing(which: &str, file: Option<&str>) -> Status {
    let settings = match file {
        Some(file) => format!("; or name one in {file}: story = \"story.who\""),
        None => format!("; or name one in a file {NAME}: story = \"story.who\""),
    };
    complain(&format!("say {which}, or - for standard input{settings}"));
    Status::Unusable
}

/// Standard input, if something is connected to it: empty as it is, that is said of it.
fn piped() -> Option<Input> {
    (!io::stdin().is_terminal()).then(|| Input::given("-"))
}

/// Whether standard input, which was read, holds nothing.
pub fn is_blank(files: &Disk) -> bool {
    files.read(STANDARD_INPUT).is_ok_and(|text| text.trim().is_empty())
}

/// The settings file nearest above `start`, which is a file or folder, seen from the current folder.
fn find(start: &Path) -> Option<String> {
    let start = start.canonicalize().ok()?;
    let here = env::current_dir().ok().and_then(|folder| folder.canonicalize().ok());
    let found = start.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file())?;
    Some(here.map_or_else(|| found.clone(), |here| seen_from(&here, &found)).display().to_string())
}

/// `file` as a path relative to the folder `here`, where it lies in it or above it.
fn seen_from(here: &Path, file: &Path) -> PathBuf {
    if let Ok(inside) = file.strip_prefix(here) {
        return inside.to_owned();
    }
    let (folder, name) = (file.parent().unwrap_or(file), file.file_name().unwrap_or_default());
    match here.strip_prefix(folder) {
        Ok(below) => below.iter().map(|_| "..").collect::<PathBuf>().join(name),
        Err(_) => file.to_owned(),
    }
}

/// The path that the settings file `file` calls `path`.
fn beside(file: &str, path: &str) -> String {
    let folder = Path::new(file).parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or_else(|| path.to_owned(), |folder| folder.join(path).display().to_string())
}

/// What the settings file says, with its text.
fn read(file: &str) -> Result<(Settings, Sources), Box<Checked>> {
    let mut sources = Sources::default();
    let text = match load::read_text(file, &Disk::new()) {
        Ok(text) => text,
        Err(wrong) => return Err(Box::new(Checked::unusable(file, sources, vec![*wrong]))),
    };
    let id = sources.add(Source { name: file.to_owned(), text, origin: Origin::Story });
    match settings::read(id, &sources.get(id).text) {
        Ok(settings) => Ok((settings, sources)),
        Err(wrong) => Err(Box::new(Checked::unusable(file, sources, wrong))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_one_would_type_them() {
        let seen = |here: &str, file: &str| seen_from(Path::new(here), Path::new(file)).display().to_string();
        assert_eq!(seen("/a/b", "/a/b/whoknew.toml"), "whoknew.toml");
        assert_eq!(seen("/a/b", "/a/b/c/whoknew.toml"), "c/whoknew.toml");
        assert_eq!(seen("/a/b/c", "/a/whoknew.toml"), "../../whoknew.toml");
        assert_eq!(seen("/a/b", "/x/whoknew.toml"), "/x/whoknew.toml");
        assert_eq!(beside("../whoknew.toml", "story.who"), "../story.who");
        assert_eq!(beside("whoknew.toml", "."), ".");
    }
}

//! `whoknew new`: a folder with a first story, and what to do with it.

mod folder;
mod title;

use crate::check;
use crate::files::Disk;
use crate::output::{Output, complain};
use crate::settings;
use crate::status::Status;
use crate::story;
use clap::Args;
use folder::Folder;
use std::path::Path;
use whoknew::settings::Settings;

/// The story's file in its folder.
const STORY: &str = "story.who";
/// The first story; its title is still to be set.
const FIRST_STORY: &str = include_str!("first.who");
/// Where the title goes.
const TITLE: &str = "TITLE";
/// The settings.
const FIRST_SETTINGS: &str = include_str!("whoknew.toml");
/// The line above which the first story's hole is mended.
const AFTER_MENDING: &str = "Ben goes to the kitchen";
/// What mends it.
const MENDING: &str = "Ann tells Ben that the letter is hidden in the kitchen";

/// What `new` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew new letter\n  \
    whoknew new \"The Letter\"\n  \
    whoknew new .\n\n\
Exit status:\n  \
    0  the story was made\n  \
    2  it could not be made; nothing was changed")]
pub struct NewOptions {
    /// The folder to make, and the story's title; . for the folder you are in. A story that is there is never overwritten
    pub name: String,
}

/// Runs the command.
pub fn run(options: &NewOptions, output: &Output) -> Status {
    match make(&options.name) {
        Ok(()) => {
            // Whoever has closed our output has seen what they wanted.
            let _ = show(&options.name, output);
            Status::Sound
        }
        Err(why) => {
            complain(&why);
            Status::Unusable
        }
    }
}

/// Makes the folder and what is in it; on failure, nothing is left of it.
fn make(name: &str) -> Result<(), String> {
    if name.trim().is_empty() {
        return Err("the story needs a name: `whoknew new letter` makes a folder letter with a story in it".into());
    }
    if let Some(folder) = name.strip_suffix(".who").filter(|folder| !folder.is_empty()) {
        let folder = quoted(folder);
        return Err(format!("`new` makes a folder with a story in it, not a file: say `whoknew new {folder}`"));
    }
    let path = Path::new(name);
    if let Some(there) = folder::story_in(path) {
        return Err(format!("{there} is there already; nothing was changed"));
    }
    let mut folder = Folder::make(path)?;
    folder.write(STORY, &FIRST_STORY.replace(TITLE, &title::of(path)))?;
    folder.write(settings::NAME, FIRST_SETTINGS)?;
    folder.keep();
    Ok(())
}

/// Says what was made, checks it, and says what to try.
fn show(name: &str, output: &Output) -> Result<(), crate::output::Closed> {
    let path = story_path(name);
    let place = if name == "." { "Here are now".into() } else { format!("The folder {name} now has") };
    output.write(&format!(
        "{place} {STORY}, a first story, and {}, its settings.\n\
         The story has a hole, on purpose. This is what `whoknew check` says of it:\n\n",
        settings::NAME
    ))?;
    check::show(&story::check(&path, &Disk::new(), &Settings::default()), crate::arguments::Format::Human, output)?;
    output.write(&what_to_try(&argument(name)))
}

fn story_path(name: &str) -> String {
    let folder = name.trim_end_matches('/');
    if name == "." { STORY.to_owned() } else { format!("{folder}/{STORY}") }
}

fn what_to_try(path: &str) -> String {
    format!(
        "\n\
         Ben was in the garden when Ann hid the letter, and nobody has told him since.\n\
         To mend the story, open {STORY} and put this line above “{AFTER_MENDING}”:\n\n  \
           {MENDING}\n\n\
         Then check again, and ask:\n\n  \
           whoknew check {path}\n  \
           whoknew ask {path} \"does Ann know that Ben has the letter?\"\n  \
           whoknew why {path} \"Ben finds the letter\"\n  \
           whoknew explain H02\n  \
           whoknew report {path}\n"
    )
}

/// `name` as a command line takes it for a path.
fn argument(name: &str) -> String {
    if name.starts_with('-') { quoted(&format!("./{name}")) } else { quoted(name) }
}

/// `text` as a shell takes it for one word.
fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "._-/\\:".contains(letter);
    let tame = |letter: char| !"\"$`!\\".contains(letter);
    if text.chars().all(plain) {
        text.to_owned()
    } else if text.chars().all(tame) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_for_a_shell_where_they_need_it() {
        assert_eq!(argument("a/b-c.d"), "a/b-c.d");
        assert_eq!(argument("The Letter"), "\"The Letter\"");
        assert_eq!(argument("Ann's"), "\"Ann's\"");
        assert_eq!(argument("5$ for Ann's"), r"'5$ for Ann'\''s'");
        assert_eq!(argument("-x"), "./-x");
    }
}

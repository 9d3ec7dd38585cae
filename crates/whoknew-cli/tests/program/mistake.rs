//! Mistakes of newcomers, as `tests/mistakes/CODE.who` holds them.
//!
//! Each mistake is a whole story that begins with a line `# --- what was meant`; what stands above the first of them
//! stands above each. It is checked, or `# $ whoknew ask story.who "…"` is run instead: so a mistake may be a question or
//! a command as well. These lines make its files:
//!
//! - `# file NAME` begins another file, such as a `whoknew.toml` or a problem file;
//! - `# bytes NAME TEXT` is a file of these bytes, where `\xe9` and the like stand for one byte;
//! - `# size NAME NUMBER` is a file of so many bytes;
//! - `# 1001 times: TEXT` stands for so many lines, with the number of each where `#` stands in the text;
//! - `# 110 names: person p` stands for one line with so many names: `person p1, p2, …`;
//! - `# no story` says that there is no `story.who`.

use super::page::call;
use super::{Story, bytes};
use std::fs;
use std::path::{Path, PathBuf};
use whoknew::catalogue;

/// What each mistake begins with.
pub const BEGINNING: &str = "# --- ";

/// One mistake.
pub struct Mistake {
    /// What was meant.
    pub meant: String,
    /// All that was written, with the lines that say what to do with it.
    text: String,
}

/// The folder with all mistakes.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mistakes")
}

/// The codes that have a file, in order.
pub fn written() -> Vec<&'static str> {
    let codes = catalogue::codes().into_iter().map(|code| code.id);
    codes.filter(|id| folder().join(format!("{id}.who")).exists()).collect()
}

/// The mistakes of a code.
pub fn mistakes(id: &str) -> Vec<Mistake> {
    let text = fs::read_to_string(folder().join(format!("{id}.who"))).expect("the file is there");
    let (mut shared, mut mistakes) = (String::new(), Vec::<Mistake>::new());
    for line in text.lines() {
        match (line.strip_prefix(BEGINNING), mistakes.last_mut()) {
            (Some(meant), _) => mistakes.push(Mistake { meant: meant.to_owned(), text: shared.clone() }),
            (None, Some(mistake)) => mistake.text += &format!("{line}\n"),
            (None, None) => shared += &format!("{line}\n"),
        }
    }
    mistakes
}

impl Mistake {
    /// The story, if the mistake is a text that is checked, and nothing else.
    pub fn checked_text(&self) -> Option<&str> {
        let says_more = |line: &str| {
            ["# $ ", "# file ", "# bytes ", "# size ", "# no story"].iter().any(|word| line.starts_with(word))
                || repeated(line).is_some()
        };
        (!self.text.lines().any(says_more)).then(|| self.text.trim_end_matches('\n'))
    }

    /// What the newcomer is told.
    pub fn answer(&self) -> String {
        let (mut command, mut story) = ("whoknew check story.who", Story::new());
        let mut files = vec![("story.who", String::new())];
        for line in self.text.lines() {
            if let Some(line) = line.strip_prefix("# $ ") {
                command = line;
            } else if let Some(name) = line.strip_prefix("# file ") {
                files.push((name, String::new()));
            } else if let Some((name, text)) = line.strip_prefix("# bytes ").and_then(|rest| rest.split_once(' ')) {
                story = story.file(name, bytes(text));
            } else if let Some((name, size)) = line.strip_prefix("# size ").and_then(|rest| rest.split_once(' ')) {
                story = story.sparse_file(name, size.parse().expect("a number of bytes"));
            } else if line == "# no story" {
                files.retain(|(name, _)| *name != "story.who");
            } else if let Some((_, text)) = files.last_mut() {
                *text += &written_out(line);
            }
        }
        let story = files.iter().fold(story, |story, (name, text)| story.file(name, text.trim_end_matches('\n')));
        call(command, &story).seen()
    }
}

/// The lines that a line stands for: most stand for themselves.
pub fn written_out(line: &str) -> String {
    repeated(line).unwrap_or_else(|| format!("{line}\n"))
}

/// The lines that `# 1001 times: TEXT` or `# 110 names: TEXT` stands for.
fn repeated(line: &str) -> Option<String> {
    let (number, rest) = line.strip_prefix("# ")?.split_once(' ')?;
    let numbers = 1..=number.parse::<usize>().ok()?;
    if let Some(text) = rest.strip_prefix("times: ") {
        return Some(numbers.map(|number| text.replace('#', &number.to_string()) + "\n").collect());
    }
    let (words, name) = rest.strip_prefix("names: ")?.rsplit_once(' ')?;
    let names: Vec<String> = numbers.map(|number| format!("{name}{number}")).collect();
    Some(format!("{words} {}\n", names.join(", ")))
}

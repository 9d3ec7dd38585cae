//! Pages in Markdown that show stories, commands and what these print.

use super::mistake::written_out;
use super::{Run, Story, bytes, whoknew};

/// What a page is made of.
pub enum Part<'a> {
    /// A line outside fenced blocks.
    Line(&'a str),
    /// A fenced block.
    Block(Block<'a>),
}

/// A fenced block.
#[derive(Clone)]
pub struct Block<'a> {
    /// The number of the line with the opening fence, from 1.
    pub line: usize,
    /// What stands before the fence.
    indent: &'a str,
    /// The fence.
    ticks: &'a str,
    /// What stands behind the opening fence.
    pub info: &'a str,
    /// The lines inside, without the indent.
    pub text: String,
}

impl Block<'_> {
    /// The words behind the fence.
    pub fn words(&self) -> Vec<&str> {
        self.info.split_whitespace().collect()
    }

    /// The block as a page shows it, with other words behind the fence and another text inside.
    pub fn shown(&self, info: &str, text: &str) -> String {
        let mut ticks = self.ticks.to_owned();
        while text.lines().any(|line| line.trim_start().starts_with(&ticks)) {
            ticks.push('`');
        }
        let mut shown = format!("{}{ticks}{info}\n", self.indent);
        for line in text.lines() {
            shown += &format!("{}{line}", if line.is_empty() { "" } else { self.indent });
            shown.push('\n');
        }
        shown + self.indent + &ticks + "\n"
    }
}

/// The parts of a page, in order.
pub fn parts(page: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let trimmed = line.trim_start();
        let ticks = trimmed.len() - trimmed.trim_start_matches('`').len();
        if ticks < 3 {
            parts.push(Part::Line(line));
            continue;
        }
        let (indent, ticks) = (&line[..line.len() - trimmed.len()], &trimmed[..ticks]);
        let mut text = String::new();
        let mut ended = false;
        for (_, inside) in lines.by_ref() {
            ended = inside.trim() == ticks;
            if ended {
                break;
            }
            text += inside.strip_prefix(indent).unwrap_or(inside);
            text.push('\n');
        }
        assert!(ended, "the block that begins in line {} does not end", number + 1);
        let info = &trimmed[ticks.len()..];
        parts.push(Part::Block(Block { line: number + 1, indent, ticks, info, text }));
    }
    parts
}

/// The page with the text of some blocks written anew: those that `real` has a text for.
pub fn rewritten<'p>(page: &'p str, mut real: impl FnMut(Block<'p>) -> Option<String>) -> String {
    let mut written = String::new();
    for part in parts(page) {
        written += &match part {
            Part::Line(line) => format!("{line}\n"),
            Part::Block(block) => {
                let text = real(block.clone()).unwrap_or_else(|| block.text.clone());
                block.shown(block.info, &text)
            }
        };
    }
    if !page.ends_with('\n') {
        written.pop();
    }
    written
}

/// All blocks.
pub fn blocks(page: &str) -> Vec<Block<'_>> {
    let blocks = parts(page).into_iter();
    blocks.filter_map(|part| if let Part::Block(block) = part { Some(block) } else { None }).collect()
}

/// A folder with the files that the page shows: blocks such as `who cast.who`; plain `who` is `story.who`. A line in
/// them may stand for many, as in mistakes; `bytes NAME` and `size NAME` hold what these lines of mistakes do.
pub fn shown_files(page: &str) -> Story {
    blocks(page).into_iter().fold(Story::new(), |story, block| {
        let text = || block.text.lines().map(written_out).collect::<String>();
        match block.info.split_once(' ') {
            Some(("bytes", name)) => story.file(name, bytes(block.text.trim_end())),
            Some(("size", name)) => {
                let size = block.text.split_whitespace().next().and_then(|size| size.parse().ok());
                story.sparse_file(name, size.expect("a number of bytes"))
            }
            Some((_, name)) => story.file(name, text()),
            None if block.info == "who" => story.file("story.who", text()),
            None => story,
        }
    })
}

/// Runs a line such as `whoknew ask story.who "who knows …"` in the folder of `story`.
pub fn call(line: &str, story: &Story) -> Run {
    let words = words(line);
    let (program, arguments) = words.split_first().expect("a call has a program");
    assert_eq!(program, "whoknew", "{line}");
    whoknew(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).inside(story).run()
}

/// The words of a command. A text in quotation marks is one word.
pub fn words(command: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut quote, mut inside) = (None, false);
    for character in command.chars() {
        match character {
            '"' | '\'' if quote.is_none_or(|open| open == character) => {
                quote = if quote.is_some() { None } else { Some(character) };
                if !inside {
                    words.push(String::new());
                }
                inside = true;
            }
            _ if quote.is_none() && character.is_whitespace() => inside = false,
            _ => {
                if !inside {
                    words.push(String::new());
                }
                inside = true;
                words.last_mut().expect("it has just begun").push(character);
            }
        }
    }
    words
}

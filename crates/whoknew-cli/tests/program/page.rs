//! Pages in Markdown that show stories, commands and what these print.

use super::{Run, Story, whoknew};

/// A fenced block.
#[derive(Clone, Copy)]
pub struct Block<'p> {
    /// What stands behind the opening fence.
    pub info: &'p str,
    /// The lines inside.
    pub text: &'p str,
}

/// The page with the text of some blocks written anew: those that `real` has a text for.
pub fn rewritten<'p>(page: &'p str, mut real: impl FnMut(Block<'p>) -> Option<String>) -> String {
    let mut written = String::new();
    let mut rest = page;
    while let Some((before, opened)) = split_at_fence(rest) {
        let (info, inside) = opened.split_once('\n').expect("a line follows the fence");
        let end =
            if inside.starts_with("```") { 0 } else { inside.find("\n```").expect("every fence has a partner") + 1 };
        let block = Block { info, text: &inside[..end] };
        let text = real(block).unwrap_or_else(|| block.text.to_owned());
        written += &format!("{before}```{info}\n{text}```");
        rest = &inside[end + 3..];
    }
    written + rest
}

/// What is before the first fence, and what is behind it.
fn split_at_fence(text: &str) -> Option<(&str, &str)> {
    let at = if text.starts_with("```") { 0 } else { text.find("\n```")? + 1 };
    Some((&text[..at], &text[at + 3..]))
}

/// All blocks.
pub fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    rewritten(page, |block| {
        blocks.push(block);
        None
    });
    blocks
}

/// A folder with the files that the page shows: blocks such as `who cast.who`; plain `who` is `story.who`.
pub fn shown_files(page: &str) -> Story {
    blocks(page).into_iter().fold(Story::new(), |story, block| match block.info.split_once(' ') {
        Some((_, name)) => story.file(name, block.text),
        None if block.info == "who" => story.file("story.who", block.text),
        None => story,
    })
}

/// Runs a line such as `whoknew ask story.who "who knows …"` in the folder of `story`.
pub fn call(line: &str, story: &Story) -> Run {
    let words = words(line);
    let (program, arguments) = words.split_first().expect("a call has a program");
    assert_eq!(program, "whoknew", "{line}");
    whoknew(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).inside(story).run()
}

/// The words of a call; a text in quotation marks is one word.
fn words(call: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in call.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

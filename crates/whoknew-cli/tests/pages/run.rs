//! Runs the blocks of a page.

use super::folder::Folder;
use super::shell;
use crate::program::page::{Block, Part, parts};
use crate::program::whoknew;

/// A page as it really is.
pub struct Real {
    /// The page with what its commands print and its files hold.
    pub text: String,
    /// What no writing anew mends, each with its line.
    pub faults: Vec<String>,
}

/// Runs all blocks of a page, which is at `path`, in a folder.
pub fn run(path: &str, page: &str, folder: &mut Folder) -> Real {
    let mut real = Real { text: String::new(), faults: Vec::new() };
    // Open `<details>`, each with its copy of the folder.
    let mut copies: Vec<Folder> = Vec::new();
    for part in parts(page) {
        match part {
            Part::Line(line) => {
                real.text += &format!("{line}\n");
                if line.trim_start().starts_with("<details") {
                    copies.push(copies.last().unwrap_or(folder).twin());
                }
                if line.trim() == "</details>" {
                    let end = copies.pop().map_or(Ok(()), |mut copy| copy.read_the_unread());
                    real.faults.extend(end.err());
                }
            }
            Part::Block(block) => {
                let here = copies.last_mut().unwrap_or(folder);
                match run_block(path, &block, here) {
                    Ok((info, text)) => real.text += &block.shown(&info, &text),
                    Err(fault) => {
                        real.faults.push(format!("line {}: {fault}", block.line));
                        real.text += &block.shown(block.info, &block.text);
                    }
                }
            }
        }
    }
    real.faults.extend(folder.read_the_unread().err());
    real
}

/// What should stand behind the fence and inside the block.
fn run_block(path: &str, block: &Block, folder: &mut Folder) -> Result<(String, String), String> {
    let words = block.words();
    let same = (block.info.to_owned(), block.text.clone());
    match words.as_slice() {
        ["console"] | ["console", _] => return run_console(block, folder),
        ["who", name, "whole"] => {
            let form = shell::run(&format!("whoknew fmt --check {name}"), folder.path())?;
            let text = folder.text(name)?;
            return if form.status == 0 { Ok((block.info.to_owned(), text)) } else { Err(form.printed) };
        }
        ["who", name, "more"] => folder.write(name, &(folder.text(name)? + &block.text))?,
        ["diff", name] => folder.change(name, &block.text)?,
        ["who"] => try_story(&block.text)?,
        ["who" | "text" | "toml", name] => {
            let before = folder.read_the_unread();
            folder.write(name, &block.text)?;
            before?;
        }
        ["sh"] => block.text.lines().try_for_each(|line| shell::try_line(line, folder.path()))?,
        ["rust"] => try_doctest(path)?,
        ["json"] => drop(serde_json::from_str::<serde_json::Value>(&block.text).map_err(|error| error.to_string())?),
        ["text"] => {}
        _ => return Err(format!("no test knows what a block `{}` is", block.info)),
    }
    Ok(same)
}

/// A Rust block is an example of the library's documentation if the library includes the page.
fn try_doctest(path: &str) -> Result<(), String> {
    let library = super::page("crates/whoknew/src/lib.rs");
    let included = library.contains(&format!("include_str!(\"../../../{path}\")"));
    let advice =
        "a Rust block is run if crates/whoknew/src/lib.rs has `#[cfg(doctest)] #[doc = include_str!(…)]` of its page";
    if included { Ok(()) } else { Err(advice.to_owned()) }
}

fn try_story(text: &str) -> Result<(), String> {
    let run = whoknew(&["check", "-"]).input(text).run();
    if run.status == Some(2) { Err(format!("this cannot be read:\n{}{}", run.output, run.complaint)) } else { Ok(()) }
}

fn run_console(block: &Block, folder: &mut Folder) -> Result<(String, String), String> {
    let mut shown: Vec<(&str, String)> = Vec::new();
    for line in block.text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            shown.push((command, String::new()));
        } else {
            let (_, output) = shown.last_mut().ok_or("a console begins with a command behind `$ `")?;
            *output += &format!("{line}\n");
        }
    }
    let (mut real, mut status) = (String::new(), 0);
    for (command, output) in shown {
        let done = shell::run(command, folder.path())?;
        let printed = if agrees(&done.printed, &output) { output } else { done.printed };
        real += &format!("$ {command}\n{printed}");
        status = status.max(done.status);
    }
    folder.was_used();
    let info = if status == 0 { "console".to_owned() } else { format!("console {status}") };
    Ok((info, real))
}

/// Whether that is what is shown, where a line `…` stands for any lines.
fn agrees(printed: &str, shown: &str) -> bool {
    let pieces: Vec<&str> = shown.split("…\n").collect();
    let [first, middle @ .., last] = pieces.as_slice() else { return printed == shown };
    let Some(mut rest) = printed.strip_prefix(first) else { return false };
    for piece in middle {
        let Some(place) = rest.find(piece) else { return false };
        rest = &rest[place + piece.len()..];
    }
    rest.ends_with(last)
}

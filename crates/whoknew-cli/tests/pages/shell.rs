//! The commands that a page shows.

use std::fs;
use std::path::Path;

use super::root;
use crate::program::page::words;
use crate::program::whoknew;

/// What a command did.
pub struct Done {
    /// The exit status.
    pub status: i32,
    /// What it printed, to either output.
    pub printed: String,
}

/// Runs `whoknew …`, perhaps with `> FILE`, in a folder.
pub fn run(command: &str, folder: &Path) -> Result<Done, String> {
    let words = words(command);
    let arguments: Vec<&str> = words.iter().map(String::as_str).collect();
    let (arguments, target) = match arguments.as_slice() {
        ["whoknew", arguments @ .., ">", target] => (arguments, Some(target)),
        ["whoknew", arguments @ ..] => (arguments, None),
        _ => return Err(format!("this is not a call of whoknew: {command}")),
    };
    let done = whoknew(arguments).at(folder).run();
    let status = done.status.ok_or_else(|| format!("{command}: ended by a signal"))?;
    let Some(target) = target else {
        return Ok(Done { status, printed: done.output + &done.complaint });
    };
    fs::write(folder.join(target), done.output).map_err(|error| format!("{target}: {error}"))?;
    Ok(Done { status, printed: done.complaint })
}

/// Tries a line whose output the page does not show.
pub fn try_line(line: &str, folder: &Path) -> Result<(), String> {
    let line = line.split_once(" #").map_or(line, |(line, _)| line).trim();
    let all = words(line);
    let all: Vec<&str> =
        all.iter().map(String::as_str).skip_while(|word| word.contains('=') && !word.starts_with('-')).collect();
    match all.as_slice() {
        [] => Ok(()),
        ["whoknew", ..] => try_call(line, folder),
        ["cargo", "run", "--release", "-p", "whoknew-cli", "--", ..] => {
            let (_, arguments) = line.split_once(" -- ").unwrap_or_default();
            try_call(&format!("whoknew {arguments}"), folder)
        }
        // What is timed is large; that there is such a command must do.
        ["time", "whoknew", command, ..] => try_call(&format!("whoknew {command} --help"), folder),
        ["cargo", command @ ("run" | "bench" | "test"), rest @ ..] => named_things_exist(command, rest),
        ["cargo", "install", "--path", path] => exists(&root().join(path)),
        ["mdbook", "build" | "serve", path] => exists(&root().join(path).join("book.toml")),
        _ => Err(format!("a test does not know what to do with: {line}")),
    }
}

fn try_call(call: &str, folder: &Path) -> Result<(), String> {
    let done = run(call, folder)?;
    if matches!(done.status, 0 | 1) { Ok(()) } else { Err(format!("{call}: {}\n{}", done.status, done.printed)) }
}

/// The package, example, test or benchmark that cargo is told to run.
fn named_things_exist(command: &str, arguments: &[&str]) -> Result<(), String> {
    let mut packages = vec!["whoknew-cli", "whoknew"];
    let pairs = || arguments.windows(2).take_while(|pair| pair[0] != "--");
    for pair in pairs().filter(|pair| pair[0] == "-p") {
        exists(&root().join("crates").join(pair[1]))?;
        packages = vec![pair[1]];
    }
    for pair in pairs() {
        let folder = match pair[0] {
            "--example" => "examples",
            "--test" => "tests",
            "--bench" => "benches",
            _ => continue,
        };
        let found = packages.iter().any(|package| {
            let folder = root().join("crates").join(package).join(folder);
            folder.join(format!("{}.rs", pair[1])).exists() || folder.join(pair[1]).join("main.rs").exists()
        });
        if !found {
            return Err(format!("cargo {command}: there is no {} {}", pair[0], pair[1]));
        }
    }
    Ok(())
}

fn exists(path: &Path) -> Result<(), String> {
    if path.exists() { Ok(()) } else { Err(format!("{} does not exist", path.display())) }
}

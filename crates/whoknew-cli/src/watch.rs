//! `--watch`: check again whenever a file of the story changes.
//!
//! Looks at the files' times and sizes a few times a second instead of asking the system to be told: that works with
//! every way editors save and on every file system, and a story has few files.

use crate::arguments::{CheckOptions, Format};
use crate::check;
use crate::files::Disk;
use crate::output::Output;
use crate::settings::{Set, Unset};
use crate::status::Status;
use crate::story::Checked;
use std::collections::BTreeMap;
use std::fs;
use std::thread;
use std::time::{Duration, SystemTime};
use whoknew::source::{Files, Origin};

/// How long to wait between looks.
const PAUSE: Duration = Duration::from_millis(200);
/// Wipes the terminal and what was scrolled away, and goes to its first line.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// What a file looked like: when it was written, and its size. `None`: it could not be seen.
type Look = Option<(SystemTime, u64)>;

/// Checks the story at `path`, and again whenever a file of it or its settings change. Ends when it is interrupted, or
/// when nobody reads the output any more.
pub fn run(options: &CheckOptions, path: &str, output: &Output) -> Status {
    loop {
        // Looked at before reading, so that a change during the check is seen after it.
        let mut seen = look_at_folder(path);
        let (checked, settings) = match Set::new(Some(path)) {
            Ok(set) => (check::checked(options, &set), set.file),
            Err(Unset::Unfit(wrong)) => (*wrong, None),
            Err(Unset::Nothing(_)) => return Status::Unusable,
        };
        seen.extend(settings.map(|file| (file.clone(), look_at(&file))));
        for (file, look) in look_at_sources(&checked) {
            seen.entry(file).or_insert(look);
        }
        if show(&checked, options.format, output).is_err() {
            return checked.status();
        }
        while !changed(path, &seen) {
            thread::sleep(PAUSE);
        }
    }
}

fn show(checked: &Checked, format: Format, output: &Output) -> Result<(), crate::output::Closed> {
    if format == Format::Human && output.is_terminal() {
        output.write(CLEAR)?;
    }
    check::show(checked, format, output)?;
    if format == Format::Human {
        output.write("\nWaiting for a change; interrupt to end.\n")?;
    }
    Ok(())
}

fn changed(path: &str, seen: &BTreeMap<String, Look>) -> bool {
    let now = look_at_folder(path);
    let any_new = now.keys().any(|file| !seen.contains_key(file));
    any_new || seen.iter().any(|(file, look)| look_at(file) != *look)
}

/// The story files at `path` now: what a folder holds, or the file itself.
fn look_at_folder(path: &str) -> BTreeMap<String, Look> {
    let files = Disk::new();
    let listed = if files.is_folder(path) { files.list(path).unwrap_or_default() } else { vec![path.to_owned()] };
    listed.into_iter().map(|file| (file.clone(), look_at(&file))).collect()
}

/// The files that were read, also those outside the folder.
fn look_at_sources(checked: &Checked) -> BTreeMap<String, Look> {
    let stories = checked.sources.iter().filter(|(_, source)| source.origin == Origin::Story);
    stories.map(|(_, source)| (source.name.clone(), look_at(&source.name))).collect()
}

fn look_at(file: &str) -> Look {
    let metadata = fs::metadata(file).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

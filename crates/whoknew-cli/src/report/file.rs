//! Where a page is written, and what is never overwritten.

use super::Page;
use super::page::MARK;
use crate::files::STANDARD_INPUT;
use crate::output::{Output, complain};
use crate::status::Status;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::Path;

/// A report says that it is one within so many bytes.
const HEAD: u64 = 2048;

/// Writes the page and says where it is.
pub fn write(page: &Page, wanted: Option<&str>, story: &str, output: &Output) -> Status {
    if wanted == Some("-") {
        let _ = output.write(&page.html);
        return Status::Sound;
    }
    let target = wanted.map_or_else(|| story_name(story) + ".html", str::to_owned);
    match may_write(&target).and_then(|()| fs::write(&target, &page.html).map_err(|error| error.to_string())) {
        Ok(()) => {
            let size = page.html.len().div_ceil(1000);
            let _ = output.write(&format!("{}\nWrote {target} ({size} kB). Open it in a browser.\n", page.summary));
            Status::Sound
        }
        Err(reason) => {
            complain(&format!("cannot write {target}: {reason}"));
            Status::Unusable
        }
    }
}

/// The last part of a story's path, without its ending.
pub fn story_name(path: &str) -> String {
    if path == STANDARD_INPUT {
        return "story".to_owned();
    }
    let whole = fs::canonicalize(path).unwrap_or_else(|_| Path::new(path).to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.strip_suffix(".who").unwrap_or(&name).to_owned();
    if name.is_empty() { "story".to_owned() } else { name }
}

/// Whether nothing is there, or an older report.
fn may_write(target: &str) -> Result<(), String> {
    let file = match File::open(target) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head).map_err(|error| error.to_string())?;
    if head.is_empty() || String::from_utf8_lossy(&head).contains(MARK) {
        return Ok(());
    }
    Err("there is a file of that name that is no report; remove it, or choose another name with -o".to_owned())
}

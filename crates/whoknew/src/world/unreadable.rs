//! What is said of files and folders that cannot be read.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileError, MAX_SOURCE_BYTES};

/// `E0001`: a file or folder that is not there.
pub static NOT_FOUND: Code = Code {
    id: "E0001",
    name: "file not found",
    severity: Severity::Error,
    summary: "the path names neither a file nor a folder",
};
/// `E0002`: a file over the size cap.
pub static TOO_LARGE: Code = Code {
    id: "E0002",
    name: "file too large",
    severity: Severity::Error,
    summary: "the file is larger than 64 MB, the most that is read",
};
/// `E0003`: a file that is not UTF-8.
pub static NOT_UTF8: Code =
    Code { id: "E0003", name: "not UTF-8", severity: Severity::Error, summary: "the file is not a text in UTF-8" };
/// `E0004`: a file that is no text.
pub static BINARY: Code = Code {
    id: "E0004",
    name: "not a text",
    severity: Severity::Error,
    summary: "the file is a document, a picture or another file that is not a plain text",
};
/// `E0005`: a file that the system does not let us read.
pub static UNREADABLE: Code = Code {
    id: "E0005",
    name: "unreadable file",
    severity: Severity::Error,
    summary: "the system refuses to read the file",
};
/// `E0006`: nothing to read.
pub static EMPTY: Code = Code {
    id: "E0006",
    name: "empty story",
    severity: Severity::Error,
    summary: "the file or folder declares and tells nothing",
};
/// A folder without a story.
pub(super) fn empty_folder(path: &str) -> Diagnostic {
    Diagnostic::new(&EMPTY, format!("the folder `{path}` holds no `.who` file"), None)
        .help("a story is one or several plain texts whose names end in `.who`; `whoknew new NAME` makes one")
}

/// A story without anything in it: `text` is all of it.
pub(super) fn empty_story(name: &str, text: &str) -> Diagnostic {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    let title = if lines.peek().is_none() {
        format!("`{name}` is empty: it declares and tells nothing")
    } else if lines.all(|line| line.starts_with('#')) {
        format!("`{name}` holds comments alone, which nobody reads but people: all behind `#`")
    } else {
        format!("`{name}` declares and tells nothing yet")
    };
    Diagnostic::new(&EMPTY, title, None)
        .help("write a cast and a scene, such as `use std/talk`, `person Ada, Ben`, `scene 1`; `whoknew new NAME` makes a story to begin with")
}

/// What is said about a file that cannot be read.
pub fn file_error(path: &str, error: &FileError) -> Diagnostic {
    match error {
        FileError::NotFound => Diagnostic::new(&NOT_FOUND, format!("there is no file or folder `{path}`"), None)
            .help("give the path of a `.who` file, or of a folder of them"),
        FileError::TooLarge(bytes) => Diagnostic::new(
            &TOO_LARGE,
            format!("`{path}` has {} MB; a story file may have at most {}", megabytes(*bytes), MAX_SOURCE_BYTES >> 20),
            None,
        )
        .help("a novel has less than one: most likely this is no story")
        .help("a story that a program wrote may be a folder of several files, each below the limit"),
        FileError::NotUtf8 { line, before } => {
            let place = match before.trim() {
                "" => format!("line {line}"),
                before => format!("line {line}, after `{before}`,"),
            };
            Diagnostic::new(&NOT_UTF8, format!("`{path}` is not a text in UTF-8: {place} holds something else"), None)
                .help(AS_UTF8)
        }
        FileError::Utf16 => {
            Diagnostic::new(&NOT_UTF8, format!("`{path}` is a text in UTF-16, not in UTF-8"), None).help(AS_UTF8)
        }
        FileError::NotAText("not a text") => {
            Diagnostic::new(&BINARY, format!("`{path}` is not a text: it holds zero bytes"), None)
                .help("give the path of a `.who` file: a plain text in UTF-8")
        }
        FileError::NotAText(kind) => {
            Diagnostic::new(&BINARY, format!("`{path}` is not a plain text, but {kind}"), None)
                .help("open it in the program that made it, and save it as plain text in UTF-8")
        }
        FileError::Unreadable(reason) => unreadable(path, reason),
    }
}

/// What the system says of a path that it cannot read, in plain words where these are known.
fn unreadable(path: &str, reason: &str) -> Diagnostic {
    if reason == "File name too long" {
        return Diagnostic::new(&UNREADABLE, "this is too long for the path of a file", None)
            .help("give the path of a file that holds the story, or `-` to pipe the story in");
    }
    if reason == "it is a folder" {
        return Diagnostic::new(&UNREADABLE, format!("`{path}` is a folder, not a file"), None)
            .help("give the path of one file in it");
    }
    if reason != "Not a directory" {
        return Diagnostic::new(&UNREADABLE, format!("`{path}` cannot be read: {reason}"), None);
    }
    let file = path.trim_end_matches('/');
    let file = if file.len() < path.len() { file } else { path.rsplit_once('/').map_or(path, |(folder, _)| folder) };
    Diagnostic::new(&UNREADABLE, format!("`{path}` cannot be read: `{file}` is a file, not a folder"), None)
        .help(format!("did you mean `{file}`?"))
}

/// So many bytes as messages show them, rounded up.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

/// What to do about a text in another encoding.
const AS_UTF8: &str =
    "open it in an editor and save it with the encoding UTF-8; in a word processor: as plain text, Unicode (UTF-8)";

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

/// A story without anything in it.
pub(super) fn empty_story(name: &str) -> Diagnostic {
    Diagnostic::new(&EMPTY, format!("`{name}` is empty: it declares and tells nothing"), None)
        .help("write a cast and a scene, such as `use std/talk`, `person Ada, Ben`, `scene 1`; `whoknew new NAME` makes a story to begin with")
}

/// What is said about a file that cannot be read.
pub fn file_error(path: &str, error: &FileError) -> Diagnostic {
    match error {
        FileError::NotFound => Diagnostic::new(&NOT_FOUND, format!("there is no file or folder `{path}`"), None)
            .help("give the path of a `.who` file, or of a folder of them"),
        FileError::TooLarge(bytes) => Diagnostic::new(
            &TOO_LARGE,
            format!("`{path}` has {bytes} bytes; a story file may have at most 64 MB ({MAX_SOURCE_BYTES} bytes)"),
            None,
        )
        .help("a story may be a folder of several files"),
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
        FileError::Unreadable(reason) => {
            Diagnostic::new(&UNREADABLE, format!("`{path}` cannot be read: {reason}"), None)
        }
    }
}

/// What to do about a text in another encoding.
const AS_UTF8: &str =
    "open it in an editor and save it with the encoding UTF-8; in a word processor: as plain text, Unicode (UTF-8)";

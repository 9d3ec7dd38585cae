//! Files on disk and standard input, as the library's [`Files`].

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use whoknew::source::{FileError, Files, MAX_SOURCE_BYTES, text_of};

/// The path under which standard input is read, as messages show it.
pub const STANDARD_INPUT: &str = "standard input";

/// Where a story is, and how to read it.
pub struct Input {
    /// The path, as messages show it.
    pub path: String,
    /// What reads it.
    pub files: Disk,
    /// It comes from standard input, all of which has been read.
    pub piped: bool,
}

impl Input {
    /// What `path` names; `-` is standard input.
    pub fn given(path: &str) -> Self {
        if path == "-" {
            return Self { path: STANDARD_INPUT.to_owned(), files: Disk::with_standard_input(), piped: true };
        }
        Self { path: path.to_owned(), files: Disk::new(), piped: false }
    }
}

/// The file system, and standard input if asked for.
pub struct Disk {
    /// What came in on standard input: read once, because a pipe cannot be read twice.
    standard_input: Option<Result<String, FileError>>,
}

impl Disk {
    /// Files only.
    pub fn new() -> Self {
        Self { standard_input: None }
    }

    /// Reads all of standard input, which is then the file [`STANDARD_INPUT`].
    pub fn with_standard_input() -> Self {
        Self { standard_input: Some(read_text(io::stdin().lock())) }
    }
}

impl Files for Disk {
    fn read(&self, path: &str) -> Result<String, FileError> {
        if let (STANDARD_INPUT, Some(text)) = (path, &self.standard_input) {
            return text.clone();
        }
        if is_named_pipe(path) {
            let reason = format!("it is a pipe; to read what comes out of it, write `whoknew check - < {path}`");
            return Err(FileError::Unreadable(reason));
        }
        let file = File::open(path).map_err(|error| match file_error(&error) {
            FileError::NotFound if fs::symlink_metadata(path).is_ok() => {
                FileError::Unreadable("it is a link to a file that is not there".into())
            }
            error => error,
        })?;
        let metadata = file.metadata().map_err(|error| file_error(&error))?;
        if metadata.is_dir() {
            return Err(FileError::Unreadable("it is a folder".into()));
        }
        if metadata.len() > MAX_SOURCE_BYTES as u64 {
            return Err(FileError::TooLarge(metadata.len()));
        }
        read_text_of_size(file, metadata.len())
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }

    fn list(&self, path: &str) -> Result<Vec<String>, FileError> {
        let mut found = Vec::new();
        let mut folders = vec![path.trim_end_matches('/').to_owned()];
        if path.starts_with('/') && folders[0].is_empty() {
            folders[0].push('/');
        }
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).map_err(|error| file_error(&error))? {
                let entry = entry.map_err(|error| file_error(&error))?;
                visit(&folder, &entry, &mut found, &mut folders).map_err(|error| file_error(&error))?;
            }
        }
        found.sort();
        Ok(found)
    }
}

/// Adds a story file to `found` and a folder to `folders`. Hidden entries are passed over, and links to folders are
/// not followed, so that the walk ends.
fn visit(folder: &str, entry: &fs::DirEntry, found: &mut Vec<String>, folders: &mut Vec<String>) -> io::Result<()> {
    let name = entry.file_name().to_string_lossy().into_owned();
    if name.starts_with('.') {
        return Ok(());
    }
    let path = if folder.ends_with('/') { format!("{folder}{name}") } else { format!("{folder}/{name}") };
    if entry.file_type()?.is_dir() {
        folders.push(path);
    } else if name.ends_with(".who") && !entry.path().is_dir() {
        found.push(path);
    }
    Ok(())
}

/// Whether opening `path` would wait for somebody who may never write. What a shell hands over below `/dev` is written.
fn is_named_pipe(path: &str) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let is_pipe = fs::metadata(path).is_ok_and(|metadata| metadata.file_type().is_fifo());
        is_pipe && !path.starts_with("/dev/") && !path.starts_with("/proc/")
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// Reads a text, stopping at the size limit: a device or a pipe does not say its size beforehand.
fn read_text(reader: impl Read) -> Result<String, FileError> {
    read_text_of_size(reader, 0)
}

/// The same where about so many bytes are expected.
fn read_text_of_size(reader: impl Read, expected: u64) -> Result<String, FileError> {
    let mut bytes = Vec::with_capacity(expected as usize + 1);
    reader.take(MAX_SOURCE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| file_error(&error))?;
    text_of(bytes)
}

fn file_error(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound => FileError::NotFound,
        io::ErrorKind::PermissionDenied => FileError::Unreadable("you may not read it".into()),
        _ => {
            let reason = error.to_string();
            let words = reason.split(" (os error").next().unwrap_or_default();
            let is_loop = words.contains("symbolic link");
            FileError::Unreadable(if is_loop { "it is a link that leads back to itself".into() } else { words.into() })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_other_bytes() {
        assert_eq!(read_text(&b"kind person"[..]), Ok("kind person".into()));
        let latin = FileError::NotUtf8 { line: 2, before: "person Ren".into() };
        assert_eq!(read_text(&b"kind x\nperson Ren\xe9"[..]), Err(latin));
        assert_eq!(read_text(&b"\x7fELF and more\0"[..]), Err(FileError::NotAText("not a text")));
        assert_eq!(read_text(&b"\xff\xfek\0i\0"[..]), Err(FileError::Utf16));
        assert!(matches!(read_text(&b"PK\x03\x04..."[..]), Err(FileError::NotAText(_))));
    }

    #[test]
    fn a_text_without_end_is_too_large() {
        assert!(matches!(read_text(io::repeat(b'a')), Err(FileError::TooLarge(_))));
    }
}

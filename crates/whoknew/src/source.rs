//! Texts, spans and lines, and [`Files`], the library's only door to the outside.
//!
//! Invariant: a [`Span`] always lies inside the text of its file, on character boundaries.

use std::ops::Range;

/// The largest source text that is read, in bytes (64 MB).
pub const MAX_SOURCE_BYTES: usize = 64 * 1024 * 1024;

crate::define_id! {
    /// Names one source text of a [`Sources`].
    pub struct FileId;
}

/// A stretch of one source text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The text it lies in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: Range<u32>) -> Self {
        Self { file, start: range.start, end: range.end }
    }

    /// The bytes it covers, for slicing the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that covers both; `other` must be in the same file, else `self` is returned.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Where a source text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A file of the story itself.
    Story,
    /// A pack that ships with the library, such as `std/places`.
    Pack,
}

/// One text with its name.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as messages show it.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Whether the story or a pack holds it.
    pub origin: Origin,
}

/// All texts of one story, in reading order.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// Bytes at the beginning of a text that nobody wrote, where there are such.
    unwritten: Vec<(FileId, usize)>,
}

impl Sources {
    /// Adds a text and names it.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId::from_index(self.files.len() - 1)
    }

    /// Adds a text of which the first `unwritten` bytes were put before what somebody wrote: messages do not show them.
    pub(crate) fn add_beside(&mut self, source: Source, unwritten: usize) -> FileId {
        let file = self.add(source);
        self.unwritten.push((file, unwritten));
        file
    }

    /// How many bytes at the beginning of a text nobody wrote.
    pub fn unwritten(&self, file: FileId) -> usize {
        self.unwritten.iter().find(|(other, _)| *other == file).map_or(0, |&(_, bytes)| bytes)
    }

    /// The text named `file`.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.index()]
    }

    /// All texts with their ids, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId::from_index(index), source))
    }

    /// The text that `span` covers.
    pub fn slice(&self, span: Span) -> &str {
        &self.get(span.file).text[span.range()]
    }

    /// The line number of the start of `span`, counted from 1.
    pub fn line(&self, span: Span) -> usize {
        let text = self.get(span.file).text.as_bytes();
        1 + text[..span.start as usize].iter().filter(|&&byte| byte == b'\n').count()
    }
}

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// No file has this path.
    NotFound,
    /// It is larger than [`MAX_SOURCE_BYTES`]; holds its size in bytes.
    TooLarge(u64),
    /// Its bytes are not UTF-8.
    NotUtf8 {
        /// The line of the first bad byte, counted from 1.
        line: usize,
        /// What stands before it on that line, at most a few words.
        before: String,
    },
    /// It is a text in UTF-16.
    Utf16,
    /// It holds a NUL byte, or is a file of another kind: not a text. Says what it is, as `a PDF document`.
    NotAText(&'static str),
    /// The system's reason.
    Unreadable(String),
}

/// How files of other kinds begin that are given for a story.
const OTHER_KINDS: [(&[u8], &str); 8] = [
    (b"PK\x03\x04", "a document of a word processor, or an archive"),
    (b"\xD0\xCF\x11\xE0", "a document of a word processor"),
    (b"{\\rtf", "a document of a word processor"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1F\x8B", "a packed file"),
];

/// The text that a file's bytes are, or why they are none.
///
/// ```
/// use whoknew::source::{FileError, text_of};
/// assert_eq!(text_of(b"kind person".to_vec()), Ok("kind person".to_owned()));
/// assert!(matches!(text_of(b"Ren\xe9".to_vec()), Err(FileError::NotUtf8 { line: 1, .. })));
/// ```
pub fn text_of(bytes: Vec<u8>) -> Result<String, FileError> {
    if bytes.len() > MAX_SOURCE_BYTES {
        return Err(FileError::TooLarge(bytes.len() as u64));
    }
    if let Some((_, kind)) = OTHER_KINDS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Err(FileError::NotAText(kind));
    }
    // UTF-16 begins with its mark, or has a zero byte in each of its common letters.
    let zeros = bytes.iter().take(1000).filter(|&&byte| byte == 0).count();
    if bytes.starts_with(b"\xFF\xFE")
        || bytes.starts_with(b"\xFE\xFF")
        || (zeros > 3 && zeros * 3 > bytes.len().min(1000))
    {
        return Err(FileError::Utf16);
    }
    if zeros > 0 || bytes.contains(&0) {
        return Err(FileError::NotAText("not a text"));
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))?;
    Ok(with_line_ends(text))
}

/// The text with its lines ended as everywhere today: old machines ended them with a carriage return alone.
pub(crate) fn with_line_ends(text: String) -> String {
    if text.contains('\n') || !text.contains('\r') { text } else { text.replace('\r', "\n") }
}

/// Names the place of the first bad byte, at `offset`.
fn not_utf8(bytes: &[u8], offset: usize) -> FileError {
    const SHOWN: usize = 30;
    let (before, _) = bytes.split_at(offset);
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let text = String::from_utf8_lossy(before);
    let last_line = text.rsplit('\n').next().unwrap_or_default();
    let skipped = last_line.chars().count().saturating_sub(SHOWN);
    FileError::NotUtf8 { line, before: last_line.chars().skip(skipped).collect() }
}

/// The only way the library reaches files. Paths are as the user wrote them, with `/` between parts.
pub trait Files {
    /// The text at `path`.
    fn read(&self, path: &str) -> Result<String, FileError>;
    /// Whether `path` is a folder.
    fn is_folder(&self, path: &str) -> bool;
    /// The paths of the `.who` files directly and deeper inside the folder `path`, sorted.
    fn list(&self, path: &str) -> Result<Vec<String>, FileError>;
}

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
}

impl Sources {
    /// Adds a text and names it.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId::from_index(self.files.len() - 1)
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
    /// Its bytes are not UTF-8; holds the offset of the first bad byte.
    NotUtf8(usize),
    /// It holds a NUL byte: not a text.
    Binary(usize),
    /// The system's reason.
    Unreadable(String),
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

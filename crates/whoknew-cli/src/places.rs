//! Lines and columns of places in the texts.

use std::cell::OnceCell;
use std::ops::Range;
use whoknew::source::{FileId, Source, Sources, Span};

/// A place between two characters of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Bytes before it.
    pub byte: usize,
    /// Its line, counted from 1.
    pub line: usize,
    /// Its column in characters, counted from 1.
    pub column: usize,
}

/// Finds lines and columns; where the lines of a text start is worked out once, when first asked for.
pub struct Places<'a> {
    sources: &'a Sources,
    line_starts: Vec<OnceCell<Vec<usize>>>,
}

impl<'a> Places<'a> {
    /// For the texts of `sources`.
    pub fn new(sources: &'a Sources) -> Self {
        Self { sources, line_starts: sources.iter().map(|_| OnceCell::new()).collect() }
    }

    /// The text named `file`.
    pub fn source(&self, file: FileId) -> &'a Source {
        self.sources.get(file)
    }

    /// The first and the last point of `span`.
    pub fn points(&self, span: Span) -> (Point, Point) {
        let range = self.range(span);
        (self.point(span.file, range.start), self.point(span.file, range.end))
    }

    /// The bytes of `span`. A span is inside its text, on character boundaries; if one ever is not, it is moved
    /// there, because a message a little beside its place is better than none.
    pub fn range(&self, span: Span) -> Range<usize> {
        let text = &self.source(span.file).text;
        let start = boundary(text, (span.start as usize).max(self.sources.unwritten(span.file)));
        start..boundary(text, span.end as usize).max(start)
    }

    /// The bytes of the whole lines that hold `range`, without the last line's end.
    pub fn whole_lines(&self, file: FileId, range: &Range<usize>) -> Range<usize> {
        let text = &self.source(file).text;
        let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
        let start = start.max(self.sources.unwritten(file));
        let rest = text[range.end..].split('\n').next().unwrap_or_default();
        start..range.end + rest.trim_end_matches('\r').len()
    }

    /// The line of the byte at `offset`, counted from 1.
    pub fn line(&self, file: FileId, offset: usize) -> usize {
        self.starts(file).partition_point(|&start| start <= offset)
    }

    fn point(&self, file: FileId, byte: usize) -> Point {
        let line = self.line(file, byte);
        let start = self.starts(file)[line - 1];
        let column = 1 + self.source(file).text[start..byte].chars().count();
        Point { byte: byte - self.sources.unwritten(file), line, column }
    }

    fn starts(&self, file: FileId) -> &[usize] {
        self.line_starts[file.index()].get_or_init(|| {
            let text = &self.source(file).text;
            let first = self.sources.unwritten(file);
            let others = text[first..].match_indices('\n').map(|(offset, _)| first + offset + 1);
            std::iter::once(first).chain(others).collect()
        })
    }
}

/// The nearest character boundary of `text` at or before `offset`.
fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use whoknew::source::Origin;

    fn points(text: &str, range: Range<u32>) -> ((usize, usize), (usize, usize)) {
        let mut sources = Sources::default();
        let file = sources.add(Source { name: "a.who".into(), text: text.into(), origin: Origin::Story });
        let (start, end) = Places::new(&sources).points(Span::new(file, range));
        ((start.line, start.column), (end.line, end.column))
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(points("kind élan\nкот", 5..10), ((1, 6), (1, 10)));
        assert_eq!(points("kind élan\nкот", 11..17), ((2, 1), (2, 4)));
    }

    #[test]
    fn the_end_of_a_text_is_a_place() {
        assert_eq!(points("", 0..0), ((1, 1), (1, 1)));
        assert_eq!(points("a\n", 2..2), ((2, 1), (2, 1)));
    }

    #[test]
    fn a_span_outside_its_text_is_moved_into_it() {
        assert_eq!(points("é", 1..99), ((1, 1), (1, 2)));
    }
}

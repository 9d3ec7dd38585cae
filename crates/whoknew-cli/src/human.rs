//! Findings for people, laid out as compilers do.

use crate::places::Places;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use std::ops::Range;
use whoknew::diagnostic::{Diagnostic, Proposal, Severity};
use whoknew::source::FileId;

/// Labels further apart than this many bytes are shown in pieces of their own.
const WINDOW: usize = 32 * 1024;
/// Lines longer than this are not shown; their place is named.
const LONGEST_LINE: usize = 8 * 1024;

/// Lays findings out.
pub struct Layout {
    renderer: Renderer,
}

impl Layout {
    /// For a terminal of `width` columns.
    pub fn new(colored: bool, width: usize) -> Self {
        let renderer = if colored { Renderer::styled() } else { Renderer::plain() };
        Self { renderer: renderer.term_width(width) }
    }

    /// `finding` with the lines of text that it is about, without a line end after the last.
    pub fn finding(&self, finding: &Diagnostic, places: &Places<'_>) -> String {
        let title = level(finding).primary_title(finding.title.as_str()).id(finding.code.id);
        let mut group = Group::with_title(title);
        for piece in pieces(finding, places) {
            group = group.element(piece.element(places));
        }
        for note in &finding.notes {
            group = group.element(Level::NOTE.message(normalize_untrusted_str(note)));
        }
        for help in &finding.help {
            group = group.element(Level::HELP.message(normalize_untrusted_str(help)));
        }
        for proposal in &finding.proposals {
            group = group.element(Level::HELP.message(normalize_untrusted_str(&proposed(proposal, places))));
        }
        if let Some(reason) = finding.expected.as_deref().filter(|reason| !reason.is_empty()) {
            group = group.element(Level::INFO.with_name("expected").message(normalize_untrusted_str(reason)));
        }
        self.renderer.render(&[group])
    }
}

/// `proposal: before line 12 of story.who tell this:` and the lines.
fn proposed(proposal: &Proposal, places: &Places<'_>) -> String {
    let (start, _) = places.points(proposal.before);
    let name = &places.source(proposal.before.file).name;
    let mut text = format!("proposal: before line {} of {name} tell this:", start.line);
    for line in &proposal.lines {
        text += &format!("\n  {line}");
    }
    for reason in &proposal.reasons {
        text += &format!("\n({reason})");
    }
    if !proposal.explained {
        text += "\n(nobody has a reason for it yet)";
    }
    text
}

/// The word in front of a finding; that of an expected one says so.
fn level(finding: &Diagnostic) -> Level<'static> {
    let (plain, expected) = match finding.severity {
        Severity::Error => (Level::ERROR, "expected error"),
        Severity::Warning => (Level::WARNING, "expected warning"),
        Severity::Note => (Level::NOTE, "expected note"),
    };
    if finding.expected.is_some() { Level::INFO.with_name(expected) } else { plain }
}

/// A label as drawn.
struct Mark<'a> {
    kind: AnnotationKind,
    range: Range<usize>,
    text: &'a str,
}

/// Lines of one text with the labels on them.
struct Piece<'a> {
    file: FileId,
    marks: Vec<Mark<'a>>,
}

/// The labels in reading order, gathered into as few pieces of text as that order allows: the primary place
/// first, then the others; neighbours in the same text share a piece while they go down the page.
fn pieces<'a>(finding: &'a Diagnostic, places: &Places<'_>) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let primary = finding.primary.iter().map(|label| (AnnotationKind::Primary, label));
    let secondary = finding.secondary.iter().map(|label| (AnnotationKind::Context, label));
    for (kind, label) in primary.chain(secondary) {
        let file = label.span.file;
        let mark = Mark { kind, range: places.range(label.span), text: &label.text };
        match pieces.last_mut() {
            Some(piece) if piece.file == file && piece.takes(&mark) => piece.marks.push(mark),
            _ => pieces.push(Piece { file, marks: vec![mark] }),
        }
    }
    pieces
}

impl<'a> Piece<'a> {
    /// Whether `mark` can be drawn here: not far away, and below the other secondary places.
    fn takes(&self, mark: &Mark<'_>) -> bool {
        let range = self.range();
        let near = range.end.max(mark.range.end) - range.start.min(mark.range.start) <= WINDOW;
        let in_order =
            |before: &Mark<'_>| before.kind == AnnotationKind::Primary || before.range.start <= mark.range.start;
        near && self.marks.iter().all(in_order)
    }

    /// From the first to the last byte of all its marks.
    fn range(&self) -> Range<usize> {
        let start = self.marks.iter().map(|mark| mark.range.start).min().unwrap_or(0);
        let end = self.marks.iter().map(|mark| mark.range.end).max().unwrap_or(start);
        start..end
    }

    fn element(&self, places: &Places<'a>) -> Element<'a> {
        let source = places.source(self.file);
        let path = normalize_untrusted_str(&source.name);
        let lines = places.whole_lines(self.file, &self.range());
        let first_line = places.line(self.file, lines.start);
        let text = &source.text[lines.clone()];
        if text.lines().any(|line| line.len() > LONGEST_LINE) {
            return Origin::path(path).line(first_line).into();
        }
        let snippet = Snippet::source(text).path(path).line_start(first_line);
        let annotations = self.marks.iter().map(|mark| {
            let span = mark.range.start - lines.start..mark.range.end - lines.start;
            let text = Some(mark.text).filter(|text| !text.is_empty()).map(normalize_untrusted_str);
            mark.kind.span(span).label(text)
        });
        snippet.annotations(annotations).into()
    }
}

#[cfg(test)]
#[path = "human_tests.rs"]
mod tests;

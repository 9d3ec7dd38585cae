//! Lines and the blocks below them.
//!
//! Each construct parses one line and then calls [`Parser::end_line`] and, for what is indented below it, either
//! [`Parser::block`] or [`Parser::no_block`].

use super::Parser;
use crate::{
    source::Span,
    syntax::{SyntaxKind, codes},
};

impl Parser<'_> {
    /// The whole text, item by item.
    pub(super) fn source_file(&mut self) {
        self.builder.start_node(SyntaxKind::SourceFile.into());
        let margin = self.lines.iter().map(|line| line.width).min().unwrap_or(0);
        let mut was_indented = false;
        while let Some(line) = self.lines.get(self.line) {
            let indented = line.width != margin && Some(line.width) != self.told_margin;
            if indented && !was_indented {
                let span = self.span(line.start);
                let title = "this line is indented, but stands below no line that takes it";
                let help = "move it, and what stands below it, to the start of the line";
                self.fail_indentation(&codes::INDENTED, title, span, help);
            }
            was_indented = indented;
            self.begin_line();
            if !self.foreign_beginning() {
                self.item();
            }
        }
        while self.position < self.tokens.len() {
            self.put(self.tokens[self.position].kind);
        }
        self.close();
    }

    /// Goes to the start of the current line; blank lines and comments before it go into the tree here.
    pub(super) fn begin_line(&mut self) {
        let (start, end) = match self.lines.get(self.line) {
            Some(line) => (line.start, line.end),
            None => return,
        };
        while self.position < start {
            self.put(self.tokens[self.position].kind);
        }
        self.limit = end;
        self.failed = self.goes_on_unclosed();
        self.depth = 0;
        self.construct = None;
    }

    /// Ends the current line: what is left of it is a mistake.
    pub(super) fn end_line(&mut self) {
        if self.at(SyntaxKind::Colon) && self.kind_ahead(1).is_none() && self.takes_a_colon() {
            self.idle_colon();
        }
        if !self.at_end() {
            self.expected("the end of the line");
            self.skip_rest();
        }
        self.limit = self.position;
        while let Some(token) = self.tokens.get(self.position).filter(|token| token.kind.is_trivia()) {
            let kind = token.kind;
            self.put(kind);
            if kind == SyntaxKind::Newline {
                break;
            }
        }
        self.limit = self.position;
        self.line += 1;
    }

    /// Whether the current line is a header, which may end with a colon.
    fn takes_a_colon(&self) -> bool {
        use SyntaxKind as Kind;
        let headers = [Kind::Action, Kind::Rule, Kind::Extend, Kind::Start, Kind::Told, Kind::Scene, Kind::Test];
        self.construct.is_some_and(|kind| headers.contains(&kind))
    }

    /// Parses the lines that are indented below the line just ended.
    pub(super) fn block(&mut self, parse_line: fn(&mut Self)) {
        let above = self.line - 1;
        let (outer, first) = (self.lines[above].width, self.line);
        if !self.is_deeper_than(outer) {
            return;
        }
        self.builder.start_node(SyntaxKind::Block.into());
        self.check_indentation(above, first);
        let mut uneven = false;
        while self.is_deeper_than(outer) {
            let line = &self.lines[self.line];
            let uses_tabs = |line: usize| self.indentation(line).contains('\t');
            if line.width < self.lines[first].width && uses_tabs(first) == uses_tabs(self.line) {
                if !std::mem::replace(&mut uneven, true) {
                    self.fail_uneven(above, first);
                }
            } else {
                self.check_indentation(first, self.line);
            }
            self.begin_line();
            if !self.foreign_beginning() {
                parse_line(self);
            }
        }
        self.close();
    }

    /// Reports that the current line is indented less than the `first` of its block, below the line `above`.
    fn fail_uneven(&mut self, above: usize, first: usize) {
        let line = &self.lines[self.line];
        let (own, other, outer) = (line.width, self.lines[first].width, self.lines[above].width);
        let span = self.indentation_span(self.line);
        let title = format!("this line is indented by {own}, the lines before it in its block by {other}");
        let help = if own - outer >= 2 && other - own > 2 {
            format!("indent all lines of the block alike: those before by {own}, or this one by {other}")
        } else {
            format!("indent it by {other}, as the lines before it")
        };
        self.fail_indentation(&codes::UNEVEN, &title, span, &help);
    }

    /// The same, for a line that is hardly ever without lines below it.
    pub(super) fn expected_block(&mut self, parse_line: fn(&mut Self)) {
        let header = self.line - 1;
        if !self.is_deeper_than(self.lines[header].width) {
            self.bare_header = Some(header);
        }
        self.block(parse_line);
    }

    /// Whether the line before the current one is a header that lacks its lines.
    pub(super) fn is_below_bare_header(&self) -> bool {
        self.line > 0 && self.bare_header == Some(self.line - 1)
    }

    /// Reports lines that are indented below the line just ended, which takes none, and leaves them out.
    pub(super) fn no_block(&mut self) {
        let outer = self.lines[self.line - 1].width;
        if !self.is_deeper_than(outer) {
            return;
        }
        if !self.failed && !self.is_indented_otherwise() {
            let span = self.span(self.lines[self.line].start);
            let title = "this line is indented, but the line above it takes none below it";
            let help = match self.construct {
                Some(SyntaxKind::Kind) => {
                    "what each of a kind is or has is a fact: `fact tall(who: person) \"{who} is tall\"`"
                }
                Some(SyntaxKind::Entities) => "what is so from the beginning stands below a line `start`",
                Some(SyntaxKind::ExpectLine) => "write it on the line above",
                _ => "indent it as much as the line above it",
            };
            self.fail_indentation(&codes::INDENTED, title, span, help);
        }
        self.builder.start_node(SyntaxKind::Error.into());
        while self.is_deeper_than(outer) {
            self.begin_line();
            while !self.at_end() {
                self.bump();
            }
            self.end_line();
        }
        self.close();
    }

    /// Whether the current line is indented with other characters than the line above it; that is reported here: how deep
    /// it stands is then unknown.
    pub(super) fn is_indented_otherwise(&mut self) -> bool {
        let above = self.line - 1;
        let other = self.indentation(above).contains('\t') != self.indentation(self.line).contains('\t');
        if other && self.lines[above].width > 0 {
            self.check_indentation(above, self.line);
        }
        other && self.lines[above].width > 0
    }

    /// A line that is not understood: it and the lines below it become an error node.
    pub(super) fn bad_line(&mut self) {
        self.skip_rest();
        self.end_line();
        self.no_block();
    }

    /// Whether the current line has a sign that makes it a formula or call.
    pub(super) fn line_has_sign(&self) -> bool {
        self.lines.get(self.line).is_some_and(|line| line.has_sign)
    }

    /// Whether lines stand below the current line.
    pub(super) fn has_lines_below(&self) -> bool {
        let width = |line: usize| self.lines.get(line).map_or(0, |line| line.width);
        width(self.line + 1) > width(self.line)
    }

    fn is_deeper_than(&self, width: usize) -> bool {
        self.lines.get(self.line).is_some_and(|line| line.width > width)
    }

    fn indentation(&self, line: usize) -> &str {
        &self.text[self.lines[line].indentation.clone()]
    }

    /// The bytes of a line's indentation.
    fn indentation_span(&self, line: usize) -> Span {
        let range = &self.lines[line].indentation;
        Span::new(self.file, range.start as u32..range.end as u32)
    }

    /// Where the current line breaks off and deeper lines stand below it: how all of it is written on one line.
    pub(super) fn joined_with_below(&self) -> Option<String> {
        const LONGEST: usize = 120;
        let header = self.lines.get(self.line).filter(|_| self.at_end() && self.has_lines_below())?;
        if super::items::takes_lines(self.text_of(header.start)) || self.construct == Some(SyntaxKind::ExpectLine) {
            return None;
        }
        let mut joined = self.line_text().to_owned();
        let is_list = [SyntaxKind::Use, SyntaxKind::Entities, SyntaxKind::PresentLine, SyntaxKind::Kind];
        let is_list = self.construct.is_some_and(|kind| is_list.contains(&kind));
        let is_begun = header.end > header.start + 1;
        for (position, line) in
            self.lines[self.line + 1..].iter().take_while(|line| line.width > header.width).enumerate()
        {
            let separate = is_list && (is_begun || position > 0) && !joined.ends_with([',', ':']);
            joined += if separate { ", " } else { " " };
            joined += &self.text[self.span(line.start).to(self.span(line.end - 1)).range()];
            if joined.len() > LONGEST || joined.contains(['\n', '`']) {
                return None;
            }
        }
        Some(joined)
    }

    /// Reports once a text where a line's indentation does not begin as that of the line `before` it.
    fn check_indentation(&mut self, before: usize, line: usize) {
        // A space that does not break looks like a space and is as wide: it counts as one.
        let shape = |line: usize| self.indentation(line).replace('\u{A0}', " ");
        let (own, outer) = (shape(line), shape(before));
        let mixes = own.contains('\t') && own.contains(' ');
        if self.mixed || (own.starts_with(&outer) && !mixes) {
            return;
        }
        self.mixed = true;
        let of = |shape: &str| match (shape.contains('\t'), shape.trim_matches(['\t', ' ']).is_empty()) {
            _ if shape.contains('\t') && shape.contains(' ') => "tabs and spaces",
            (true, _) => "tabs",
            (false, true) => "spaces",
            (false, false) => "spaces of another width",
        };
        let title = match (of(&own), of(&outer)) {
            (own, outer) if own == outer || outer == "spaces" && self.lines[before].width == 0 => {
                format!("this line is indented with {own}")
            }
            (own, outer) => format!("this line is indented with {own}, the lines above it with {outer}"),
        };
        let help = "indent all lines with spaces only, or all with tabs only";
        self.fail_indentation(&codes::MIXED, &title, self.indentation_span(line), help);
    }
}

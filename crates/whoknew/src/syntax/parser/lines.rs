//! Lines and the blocks below them.
//!
//! Each construct parses one line and then calls [`Parser::end_line`] and, for what is indented below it, either
//! [`Parser::block`] or [`Parser::no_block`].

use super::Parser;
use crate::syntax::{SyntaxKind, codes};

impl Parser<'_> {
    /// The whole text, item by item.
    pub(super) fn source_file(&mut self) {
        self.builder.start_node(SyntaxKind::SourceFile.into());
        let mut was_indented = false;
        while let Some(line) = self.lines.get(self.line) {
            let indented = line.width > 0;
            if indented && !was_indented {
                let span = self.span(line.start);
                let title = "this line is indented, but stands below no line that takes others";
                self.fail_indentation(&codes::INDENTED, title, span, "move it to the start of the line");
            }
            was_indented = indented;
            self.begin_line();
            self.item();
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
        self.failed = false;
        self.depth = 0;
    }

    /// Ends the current line: what is left of it is a mistake.
    pub(super) fn end_line(&mut self) {
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

    /// Parses the lines that are indented below the line just ended.
    pub(super) fn block(&mut self, parse_line: fn(&mut Self)) {
        let above = self.line - 1;
        let (outer, first) = (self.lines[above].width, self.line);
        if !self.is_deeper_than(outer) {
            return;
        }
        self.builder.start_node(SyntaxKind::Block.into());
        self.check_indentation(above, first);
        while self.is_deeper_than(outer) {
            let line = &self.lines[self.line];
            let uses_tabs = |line: usize| self.indentation(line).contains('\t');
            if line.width < self.lines[first].width && uses_tabs(first) == uses_tabs(self.line) {
                let span = self.span(line.start);
                let title = "this line is indented less than the lines before it, but more than the line above them";
                self.fail_indentation(&codes::UNEVEN, title, span, "indent all lines of a block alike");
            } else {
                self.check_indentation(first, self.line);
            }
            self.begin_line();
            parse_line(self);
        }
        self.close();
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
        if !self.failed {
            let span = self.span(self.lines[self.line].start);
            let title = "this line is indented, but the line above it takes none below it";
            self.fail_indentation(&codes::INDENTED, title, span, "indent it as much as the line above it");
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

    /// Reports once a text where a line's indentation does not begin as that of the line `before` it.
    fn check_indentation(&mut self, before: usize, line: usize) {
        let (own, outer) = (self.indentation(line), self.indentation(before));
        let mixes = own.contains('\t') && own.contains(' ');
        if self.mixed || (own.starts_with(outer) && !mixes) {
            return;
        }
        self.mixed = true;
        let span = self.span(self.lines[line].start);
        let title = "this line is indented with a mix of tabs and spaces";
        self.fail_indentation(&codes::MIXED, title, span, "indent with spaces only, or with tabs only");
    }
}

//! Recursive descent over the lines of a text: this file holds the parser's hands (look, take, open a node,
//! report), the others the constructs.
//!
//! Invariants: tokens are put into the tree in order and each exactly once; white space goes before the node that
//! follows it, so that nodes begin and end with something written; after the first error of a line the line is
//! silent, so that one mistake gives one message.

mod allowances;
mod declarations;
mod effects;
mod foreign;
mod formulas;
mod items;
pub(crate) use items::begins_a_line;
mod lines;
mod messages;
mod models;
mod names;
mod scenes;
mod start;
mod statements;
mod strays;
mod time_words;
mod times;

use rowan::{Checkpoint, GreenNode, GreenNodeBuilder};

use super::{
    SyntaxKind,
    layout::{self, Line},
    lexer::{self, Token},
};
use crate::{
    diagnostic::Diagnostic,
    source::{FileId, Span},
};

/// How deep formulas and effects may be nested, and how many operands arithmetic may have in a row.
const MAX_DEPTH: usize = 200;

/// The tree of a text and its mistakes.
pub fn parse(file: FileId, text: &str) -> (GreenNode, Vec<Diagnostic>) {
    let mut parser = Parser::new(file, text);
    if !parser.other_text() {
        parser.source_file();
    }
    parser.count_habits();
    (parser.builder.finish(), parser.errors)
}

struct Parser<'t> {
    text: &'t str,
    file: FileId,
    tokens: Vec<Token>,
    lines: Vec<Line>,
    /// The current line.
    line: usize,
    /// The next token to put into the tree.
    position: usize,
    /// One past the last token of the current line.
    limit: usize,
    /// How deep the current formula or effect is nested.
    depth: usize,
    /// Whether the current line has an error already.
    failed: bool,
    /// The last `scene`, `start` or `test` line that has no lines below it.
    bare_header: Option<usize>,
    /// Whether mixed indentation was reported already.
    mixed: bool,
    /// What the current line is, once that is known.
    construct: Option<SyntaxKind>,
    /// How far the scenes below a line `told` are indented.
    told_margin: Option<usize>,
    /// The last line whose open bracket was reported.
    unclosed: Option<usize>,
    /// Mistakes that have one message for all lines that make them.
    habits: Vec<messages::Habit>,
    builder: GreenNodeBuilder<'static>,
    errors: Vec<Diagnostic>,
}

impl<'t> Parser<'t> {
    fn new(file: FileId, text: &'t str) -> Self {
        let tokens = lexer::tokens(text);
        let lines = layout::lines(text, &tokens);
        Self {
            text,
            file,
            tokens,
            lines,
            line: 0,
            position: 0,
            limit: 0,
            depth: 0,
            failed: false,
            bare_header: None,
            mixed: false,
            construct: None,
            told_margin: None,
            unclosed: None,
            habits: Vec::new(),
            builder: GreenNodeBuilder::new(),
            errors: Vec::new(),
        }
    }

    // Look.

    /// The token `ahead` places further on this line, white space not counted.
    fn index(&self, ahead: usize) -> Option<usize> {
        let rest = self.tokens.get(self.position..self.limit)?;
        let mut solid = rest.iter().enumerate().filter(|(_, token)| !token.kind.is_trivia());
        solid.nth(ahead).map(|(offset, _)| self.position + offset)
    }

    fn kind_ahead(&self, ahead: usize) -> Option<SyntaxKind> {
        self.index(ahead).map(|index| self.tokens[index].kind)
    }

    fn kind(&self) -> Option<SyntaxKind> {
        self.kind_ahead(0)
    }

    fn at(&self, kind: SyntaxKind) -> bool {
        self.kind() == Some(kind)
    }

    fn at_end(&self) -> bool {
        self.index(0).is_none()
    }

    /// The text of a token.
    fn text_of(&self, index: usize) -> &'t str {
        let end = self.tokens.get(index + 1).map_or(self.text.len(), |next| next.start as usize);
        &self.text[self.tokens[index].start as usize..end]
    }

    /// The word `ahead` places further on, or nothing if that is no word.
    fn word_ahead(&self, ahead: usize) -> &'t str {
        match self.index(ahead) {
            Some(index) if self.tokens[index].kind == SyntaxKind::Word => self.text_of(index),
            _ => "",
        }
    }

    fn at_word(&self, word: &str) -> bool {
        self.at_word_ahead(0, word)
    }

    fn at_word_ahead(&self, ahead: usize, word: &str) -> bool {
        self.word_ahead(ahead).eq_ignore_ascii_case(word)
    }

    fn at_any_word(&self, words: &[&str]) -> bool {
        is_any(self.word_ahead(0), words)
    }

    fn span(&self, index: usize) -> Span {
        let start = self.tokens[index].start;
        Span::new(self.file, start..start + self.text_of(index).len() as u32)
    }

    /// The place of the next token, or the end of the line.
    fn here(&self) -> Span {
        if let Some(index) = self.index(0) {
            return self.span(index);
        }
        let end = match self.limit.checked_sub(1) {
            Some(last) => self.span(last).end,
            None => 0,
        };
        Span::new(self.file, end..end)
    }

    // Take.

    /// Puts the white space before the next token into the tree.
    fn trivia(&mut self) {
        while self.position < self.limit && self.tokens[self.position].kind.is_trivia() {
            let kind = match self.tokens[self.position].kind {
                SyntaxKind::Newline => SyntaxKind::Whitespace,
                kind => kind,
            };
            self.put(kind);
        }
    }

    /// Puts the token at the current position into the tree.
    fn put(&mut self, kind: SyntaxKind) {
        let text = self.text_of(self.position);
        if !text.is_empty() {
            self.builder.token(kind.into(), text);
        }
        self.position += 1;
    }

    /// Takes the next token of this line, if there is one.
    fn bump(&mut self) {
        self.trivia();
        if self.position < self.limit {
            self.put(self.tokens[self.position].kind);
        }
    }

    fn eat(&mut self, kind: SyntaxKind) -> bool {
        let found = self.at(kind);
        if found {
            self.bump();
        }
        found
    }

    /// Takes the word that says what a line is, and a colon behind it.
    fn bump_keyword(&mut self) {
        self.bump();
        if self.kind_ahead(1).is_some() {
            self.idle_colon();
        }
    }

    /// Takes a colon that is allowed here and means nothing, if one stands here.
    fn idle_colon(&mut self) {
        if self.at(SyntaxKind::Colon) {
            self.trivia();
            self.put(SyntaxKind::FullStop);
        }
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        if found {
            self.bump();
        }
        found
    }

    // Nodes.

    fn open(&mut self, kind: SyntaxKind) {
        self.trivia();
        if models::model(kind).is_some() {
            self.construct = Some(kind);
        }
        self.builder.start_node(kind.into());
    }

    fn close(&mut self) {
        self.builder.finish_node();
    }

    /// Remembers this place, so that a node can be opened here later.
    fn mark(&mut self) -> Checkpoint {
        self.trivia();
        self.builder.checkpoint()
    }

    fn open_at(&mut self, mark: Checkpoint, kind: SyntaxKind) {
        self.builder.start_node_at(mark, kind.into());
    }

    /// Runs `parse` one level deeper; too deep is an error, and the rest of the line is left out.
    fn nested(&mut self, parse: impl FnOnce(&mut Self)) {
        if self.depth >= MAX_DEPTH {
            self.fail_too_deep();
            self.skip_rest();
            return;
        }
        self.depth += 1;
        parse(self);
        self.depth -= 1;
    }

    /// Puts the rest of the line into an error node.
    fn skip_rest(&mut self) {
        if self.at_end() {
            return;
        }
        self.open(SyntaxKind::Error);
        while !self.at_end() {
            self.bump();
        }
        self.close();
    }
}

/// Whether `word` is one of `words`, without regard to case.
fn is_any(word: &str, words: &[&str]) -> bool {
    words.iter().any(|candidate| candidate.eq_ignore_ascii_case(word))
}

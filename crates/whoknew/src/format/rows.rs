//! The written lines of a tree.

use rowan::{NodeOrToken, WalkEvent};

use crate::syntax::{SyntaxKind, SyntaxNode, SyntaxToken};

/// A token that is not white space or a comment.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'t> {
    /// What it is.
    pub kind: SyntaxKind,
    /// As written.
    pub text: &'t str,
    /// The node that holds it.
    pub parent: SyntaxKind,
    /// How deep that node lies in the tree.
    pub depth: usize,
    /// How many brackets are open before it, in the whole line.
    pub open: usize,
    /// Whether white space stands before it.
    pub spaced: bool,
}

/// A written line: words, a comment, or both.
#[derive(Debug, Default)]
pub struct Row<'t> {
    /// Its tokens.
    pub pieces: Vec<Piece<'t>>,
    /// The comment at its end, or the whole of it.
    pub comment: Option<&'t str>,
    /// Whether a blank line stands before it.
    pub blank_before: bool,
    /// How many characters it is indented.
    pub width: usize,
    /// In how many blocks it stands.
    pub level: usize,
    /// Whether it belongs to the line that began before it.
    pub goes_on: bool,
    /// How many brackets of that line are open before it.
    pub open: usize,
    /// Whether a declaration, scene, start or test begins here, which may have lines below it.
    pub is_header: bool,
}

impl Row<'_> {
    /// Whether it is a comment alone.
    pub fn is_comment(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// The rows of the tree of `text`.
pub fn rows<'t>(tree: &SyntaxNode, text: &'t str) -> Vec<Row<'t>> {
    let mut reader = Reader {
        text,
        rows: Vec::new(),
        row: Row::default(),
        nodes: Vec::new(),
        level: 0,
        header: false,
        spaced: false,
    };
    for event in tree.preorder_with_tokens() {
        match event {
            WalkEvent::Enter(NodeOrToken::Node(node)) => reader.enter(node.kind()),
            WalkEvent::Leave(NodeOrToken::Node(node)) => reader.leave(node.kind()),
            WalkEvent::Enter(NodeOrToken::Token(token)) => reader.token(&token),
            WalkEvent::Leave(NodeOrToken::Token(_)) => {}
        }
    }
    reader.end_row(false);
    reader.rows
}

struct Reader<'t> {
    text: &'t str,
    rows: Vec<Row<'t>>,
    /// The row being read.
    row: Row<'t>,
    /// The nodes that are open.
    nodes: Vec<SyntaxKind>,
    /// How many of them are blocks.
    level: usize,
    /// Whether such a header begins with the next word.
    header: bool,
    /// Whether white space stood before what comes next.
    spaced: bool,
}

impl<'t> Reader<'t> {
    fn enter(&mut self, kind: SyntaxKind) {
        use SyntaxKind as K;
        self.nodes.push(kind);
        match kind {
            K::Block => self.level += 1,
            K::Fact | K::Action | K::Rule | K::Extend | K::Start | K::Scene | K::Test => self.header = true,
            _ => {}
        }
    }

    fn leave(&mut self, kind: SyntaxKind) {
        self.nodes.pop();
        if kind == SyntaxKind::Block {
            self.level -= 1;
        }
    }

    fn token(&mut self, token: &SyntaxToken) {
        let range = token.text_range();
        let text = &self.text[range.start().into()..range.end().into()];
        let spaced = std::mem::replace(&mut self.spaced, token.kind().is_trivia());
        match token.kind() {
            SyntaxKind::Newline => self.end_row(false),
            SyntaxKind::Whitespace if text.ends_with('\n') => self.end_row(true),
            SyntaxKind::Whitespace if self.row.is_comment() && self.row.comment.is_none() => {
                self.row.width += text.chars().count();
            }
            SyntaxKind::Whitespace | SyntaxKind::ByteOrderMark | SyntaxKind::FullStop => {}
            SyntaxKind::Comment => {
                self.part_with_comment();
                self.row.comment = Some(text.trim_end());
            }
            kind => self.piece(kind, text, spaced),
        }
    }

    fn piece(&mut self, kind: SyntaxKind, text: &'t str, spaced: bool) {
        self.part_with_comment();
        if self.row.is_comment() {
            self.row.level = self.level;
            self.row.is_header = std::mem::take(&mut self.header);
        }
        let open = self.row.pieces.last().map_or(self.row.open, opened);
        let parent = self.nodes.last().copied().unwrap_or(SyntaxKind::SourceFile);
        self.row.pieces.push(Piece { kind, text, parent, depth: self.nodes.len(), open, spaced });
    }

    /// Gives a comment that does not end its line (after it stands a lone carriage return) a row of its own.
    fn part_with_comment(&mut self) {
        let Some(comment) = self.row.comment.take() else { return };
        let row = &mut self.row;
        let blank_before = std::mem::take(&mut row.blank_before);
        self.rows.push(Row {
            comment: Some(comment),
            blank_before,
            width: row.width,
            goes_on: row.goes_on,
            open: row.open,
            level: self.level,
            ..Row::default()
        });
    }

    /// Ends the row; the line it belongs to may go on.
    fn end_row(&mut self, goes_on: bool) {
        let row = std::mem::take(&mut self.row);
        self.row.goes_on = goes_on;
        if goes_on {
            self.row.level = row.level;
            self.row.open = row.pieces.last().map_or(row.open, opened);
        }
        if row.is_comment() && row.comment.is_none() {
            self.row.blank_before = true;
        } else {
            self.rows.push(row);
        }
    }
}

/// How many brackets are open after a token.
fn opened(piece: &Piece<'_>) -> usize {
    match piece.kind {
        SyntaxKind::OpenBracket => piece.open + 1,
        SyntaxKind::CloseBracket => piece.open.saturating_sub(1),
        _ => piece.open,
    }
}

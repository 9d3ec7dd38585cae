//! From tokens to lines: what belongs to one line of the language, and how far it is indented.
//!
//! A line goes on inside open brackets (its further lines stand deeper than its first, or begin with the closing
//! bracket) and onto deeper lines that begin with `and` or `or`. A bracket that is not closed so makes no line go on.

use std::ops::Range;

use super::{SyntaxKind, lexer::Token};

/// A line of the language. Blank lines and lines of comments only are none.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its first token that is not white space.
    pub start: usize,
    /// One past its last token, the line end and a comment at its end not counted.
    pub end: usize,
    /// The bytes of its indentation.
    pub indentation: Range<usize>,
    /// How many characters it is indented.
    pub width: usize,
    /// Whether it holds a bracket or comparison sign: then it is a formula or call, else a sentence.
    pub has_sign: bool,
}

/// The lines of the text.
pub fn lines(text: &str, tokens: &[Token]) -> Vec<Line> {
    let written = written_lines(text, tokens);
    let mut lines = Vec::with_capacity(written.len());
    let mut index = 0;
    while index < written.len() {
        let after = line_end(text, tokens, &written, index);
        let mut line = written[index].clone();
        line.end = written[after - 1].end;
        line.has_sign = written[index..after].iter().any(|part| part.has_sign);
        lines.push(line);
        index = after;
    }
    lines
}

/// The lines as they stand in the text, each ending at its line end.
fn written_lines(text: &str, tokens: &[Token]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut indentation = 0..0;
    let mut current: Option<Line> = None;
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            SyntaxKind::Newline => {
                lines.extend(current.take());
                indentation = 0..0;
            }
            SyntaxKind::Whitespace if current.is_none() => {
                let start = if indentation.is_empty() { token.start as usize } else { indentation.start };
                indentation = start..end_of(tokens, index, text);
            }
            kind if kind.is_trivia() => {}
            kind => {
                let line = current.get_or_insert_with(|| Line {
                    start: index,
                    end: index,
                    width: text[indentation.clone()].chars().filter(|&character| character.is_whitespace()).count(),
                    indentation: indentation.clone(),
                    has_sign: false,
                });
                line.end = index + 1;
                line.has_sign |= kind.is_comparison() || is_bracket(kind);
            }
        }
    }
    lines
}

/// One past the last of the written lines that make up the line starting at `first`.
fn line_end(text: &str, tokens: &[Token], written: &[Line], first: usize) -> usize {
    let width = written[first].width;
    let opens_block = ["scene", "start"].contains(&first_word(text, tokens, &written[first]));
    let mut next = first + 1;
    let mut from = first;
    loop {
        match closing_line(tokens, written, from, width) {
            Some(last) => next = last + 1,
            None => return next,
        }
        let goes_on = written.get(next).is_some_and(|line| line.width > width && begins_with_joint(text, tokens, line));
        if opens_block || !goes_on {
            return next;
        }
        from = next;
        next += 1;
    }
}

/// The line on which all brackets opened from line `from` on are closed; `None` if they are not.
fn closing_line(tokens: &[Token], written: &[Line], from: usize, width: usize) -> Option<usize> {
    let mut open = 0_usize;
    for (index, line) in written.iter().enumerate().skip(from) {
        let closes = tokens[line.start].kind == SyntaxKind::CloseBracket;
        if index > from && line.width <= width && !closes {
            return None;
        }
        for token in &tokens[line.start..line.end] {
            match token.kind {
                SyntaxKind::OpenBracket => open += 1,
                SyntaxKind::CloseBracket => open = open.saturating_sub(1),
                _ => {}
            }
        }
        if open == 0 {
            return Some(index);
        }
    }
    None
}

fn first_word<'t>(text: &'t str, tokens: &[Token], line: &Line) -> &'t str {
    &text[tokens[line.start].start as usize..end_of(tokens, line.start, text)]
}

fn begins_with_joint(text: &str, tokens: &[Token], line: &Line) -> bool {
    let word = first_word(text, tokens, line);
    word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("or")
}

fn is_bracket(kind: SyntaxKind) -> bool {
    matches!(kind, SyntaxKind::OpenBracket | SyntaxKind::CloseBracket)
}

fn end_of(tokens: &[Token], index: usize, text: &str) -> usize {
    tokens.get(index + 1).map_or(text.len(), |next| next.start as usize)
}

//! Splits a problem file into words, numbers and symbols.
//!
//! A word holds anything except white space and the symbols, so `?` and `a.b` are words. `-` directly followed by a
//! digit begins a negative number; every other `-` is an operator.

use super::{Failure, UNREADABLE, failure, span};
use crate::source::Span;

/// A word, number or symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    /// What it is.
    pub kind: TokenKind,
    /// As written.
    pub text: &'a str,
    /// Where.
    pub span: Span,
}

/// The sorts of tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// A name or `?`.
    Word,
    /// A number.
    Number(f64),
    /// An operator or bracket; `==`, `!=`, `>=`, `<=` are one token.
    Symbol,
    /// A run of characters that is neither a number nor a name.
    Malformed,
}

impl Token<'_> {
    /// Whether it is this symbol or keyword.
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Whether it may be the name of something.
    pub fn is_name(&self) -> bool {
        self.kind == TokenKind::Word && self.text != "?"
    }
}

const SYMBOLS: &str = "(){}[],;:*/+-&|!=<>";

/// The tokens of `text`, comments left out.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Failure> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if next.is_whitespace() {
            next.len_utf8()
        } else if let Some(length) = comment_length(rest, at)? {
            length
        } else {
            let (kind, length) = token(rest, next);
            tokens.push(Token { kind, text: &rest[..length], span: span(at, at + length) });
            length
        };
        at += length;
    }
    Ok(tokens)
}

/// The length of the comment that `rest` begins with, if it does.
fn comment_length(rest: &str, at: usize) -> Result<Option<usize>, Failure> {
    if rest.starts_with("//") {
        return Ok(Some(rest.find('\n').unwrap_or(rest.len())));
    }
    if let Some(comment) = rest.strip_prefix("/*") {
        return match comment.find("*/") {
            Some(end) => Ok(Some(end + 4)),
            None => Err(failure(&UNREADABLE, "this comment has no end", span(at, at + 2))),
        };
    }
    Ok(None)
}

/// The kind and length of the token that `rest` begins with; `next` is its first character.
fn token(rest: &str, next: char) -> (TokenKind, usize) {
    let negative = next == '-' && rest[1..].starts_with(|digit: char| digit.is_ascii_digit());
    if SYMBOLS.contains(next) && !negative {
        let two = ["==", "!=", ">=", "<="].iter().any(|symbol| rest.starts_with(symbol));
        return (TokenKind::Symbol, if two { 2 } else { 1 });
    }
    let sign = usize::from(negative);
    let ends = |character: char| character.is_whitespace() || SYMBOLS.contains(character);
    let length = rest[sign..].find(ends).map_or(rest.len(), |end| end + sign);
    (word_kind(&rest[..length]), length)
}

fn word_kind(text: &str) -> TokenKind {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        let plain = digits.chars().all(|character| character.is_ascii_digit() || character == '.');
        return match text.parse::<f64>() {
            Ok(number) if plain && number.is_finite() => TokenKind::Number(number),
            _ => TokenKind::Malformed,
        };
    }
    match text.chars().next() {
        Some(first) if first.is_alphabetic() || text == "?" => TokenKind::Word,
        _ => TokenKind::Malformed,
    }
}

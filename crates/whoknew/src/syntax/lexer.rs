//! From text to tokens. Every byte of the text is in exactly one token.

use std::ops::Range;

use logos::Logos;

use super::{SyntaxKind, is_abbreviated, token::RawToken};

/// A token: its kind and its first byte; it ends where the next one starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: SyntaxKind,
    /// Its first byte.
    pub start: u32,
}

/// The tokens of `text`, and after them one empty [`SyntaxKind::Newline`] that marks the end.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 3 + 1);
    let mut push = |kind, start: usize| tokens.push(Token { kind, start: start as u32 });
    let mut after_word = None;
    let mut word = 0..0;
    for (token, range) in RawToken::lexer(text).spanned() {
        let mut kind = token.map_or(SyntaxKind::Stray, RawToken::kind);
        if token == Ok(RawToken::FullStop) && ends_line(text, &range) {
            kind = SyntaxKind::FullStop;
        }
        let directly_after_word = after_word == Some(range.start);
        after_word = None;
        let is_stop = token == Ok(RawToken::FullStop) && directly_after_word;
        if is_stop && is_abbreviated(&text[word.clone()], &text[range.end..]) {
            // It belongs to the word before it, which ends where the next token starts.
            continue;
        }
        match kind {
            SyntaxKind::Word => {
                push(SyntaxKind::Word, range.start);
                match possessive_start(&text[range.clone()]) {
                    Some(offset) => push(SyntaxKind::Possessive, range.start + offset),
                    None => (after_word, word) = (Some(range.end), range),
                }
            }
            SyntaxKind::Stray if token == Ok(RawToken::Apostrophe) && directly_after_word => {
                push(SyntaxKind::Possessive, range.start);
            }
            kind => push(kind, range.start),
        }
    }
    push(SyntaxKind::Newline, text.len());
    tokens
}

/// Whether the full stop at `stop` ends a sentence and its line: after something written, before nothing but a comment.
fn ends_line(text: &str, stop: &Range<usize>) -> bool {
    let ends = text[..stop.start].ends_with(|before: char| before.is_alphanumeric() || ")\"”“»'’".contains(before));
    let after = text[stop.end..].trim_start_matches(|next: char| next.is_whitespace() && !"\r\n".contains(next));
    ends && (after.is_empty() || after.starts_with(['\r', '\n', '#']))
}

/// Where a trailing `'s` of a word begins.
fn possessive_start(word: &str) -> Option<usize> {
    let stem = word.strip_suffix(['s', 'S'])?;
    let stem = stem.strip_suffix(['\'', '’'])?;
    Some(stem.len())
}

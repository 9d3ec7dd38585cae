//! What the author allows: warnings and notes that are not to be shown, each with a reason.

use super::resolve::Tree;
use crate::source::{Origin, Sources, Span};
use crate::syntax::ast::{AllowLine, Allowing, AstNode};

/// `allow CODE "reason"`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The code, as written.
    pub code: String,
    /// Why it is allowed.
    pub reason: String,
    /// Where.
    pub covers: Covers,
    /// Where it was written; `None`: not in the story's files.
    pub span: Option<Span>,
}

/// Where something is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covers {
    /// In the whole story.
    Story,
    /// In a stretch of text.
    Place(Span),
    /// In a declaration, and wherever a finding points at it.
    Declaration(Span),
}

/// What the story's own files allow.
pub(super) fn allowances(sources: &Sources, trees: &[Tree]) -> Vec<Allowance> {
    let own = trees.iter().filter(|tree| {
        let source = sources.get(tree.file);
        // Few texts have any: to walk a long one for nothing costs more than to look for the word.
        source.origin == Origin::Story && holds_word(&source.text)
    });
    own.flat_map(Tree::allowances).filter_map(|line| allowance(&line)).collect()
}

fn holds_word(text: &str) -> bool {
    text.as_bytes().windows(WORD.len()).any(|part| part.eq_ignore_ascii_case(WORD))
}

const WORD: &[u8] = b"allow";

/// `None`: the line lacks a part; the parser has said so.
fn allowance(line: &AllowLine) -> Option<Allowance> {
    let covers = match line.covers() {
        (Allowing::File | Allowing::Telling, span) => Covers::Place(span),
        (Allowing::Declaration, span) => Covers::Declaration(span),
    };
    Some(Allowance {
        code: line.code()?.text().to_owned(),
        reason: line.reason()?.text().to_owned(),
        covers,
        span: Some(line.span()),
    })
}

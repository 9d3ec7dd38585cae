//! The words of a line, with the spaces between them.

use super::rows::Piece;
use crate::syntax::SyntaxKind as K;

/// The tokens with one space between them where one belongs.
pub fn text(pieces: &[Piece<'_>]) -> String {
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 && has_space(&pieces[..index], piece) {
            text.push(' ');
        }
        text.push_str(piece.text);
    }
    text
}

/// Whether a space stands between the last of `before` and `piece`.
pub fn has_space(before: &[Piece<'_>], piece: &Piece<'_>) -> bool {
    let Some(last) = before.last() else { return false };
    match (last.kind, piece.kind) {
        (_, K::Possessive | K::Comma) => false,
        (K::Minus, _) if last.parent == K::NegativeFormula => false,
        (K::Minus, K::Number) if last.parent == K::Sentence => false,
        (K::Comma, K::Number) => piece.spaced || !is_grouped_number(before),
        (K::Comma, _) => true,
        _ if last.parent == piece.parent && matches!(piece.parent, K::Sentence | K::Path) => piece.spaced,
        (K::OpenBracket, _) | (_, K::CloseBracket) => false,
        (_, K::OpenBracket) => !is_call(piece.parent),
        (_, K::Colon) => piece.parent == K::Kind,
        _ => true,
    }
}

/// Whether `before` ends as the first part of `1,000` does; the last piece is the comma.
fn is_grouped_number(before: &[Piece<'_>]) -> bool {
    let [.., number, comma] = before else { return false };
    number.kind == K::Number && comma.parent == K::Sentence && !comma.spaced
}

/// Whether the bracket of such a node belongs to the name before it.
fn is_call(parent: K) -> bool {
    matches!(parent, K::Call | K::Parameters | K::HappenedFormula | K::TimesFormula | K::TimeFormula)
}

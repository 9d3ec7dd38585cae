//! From rows to lines: their words, their indentation, and where a formula that is too long is broken.
//!
//! The writer's line breaks stay. A line that is still too long is broken before the `and` or `or` outside all
//! brackets that binds loosest, else before the `if` of an effect; one that has neither stays long.

use super::{
    INDENTATION, Line, MAX_WIDTH,
    columns::width,
    rows::{Piece, Row},
    words,
};
use crate::syntax::SyntaxKind as K;

/// The lines of the rows.
pub fn lines(rows: Vec<Row<'_>>) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let is_whole = !row.goes_on && rows.peek().is_none_or(|next| !next.goes_on);
        push_lines(row, is_whole, &mut lines);
    }
    lines
}

/// The lines of one row; `is_whole`: it is a line of the language by itself.
fn push_lines<'t>(row: Row<'t>, is_whole: bool, lines: &mut Vec<Line<'t>>) {
    let first = Line {
        blank_before: row.blank_before,
        indentation: indentation(&row, &row.pieces),
        is_item: row.level == 0 && !row.is_comment(),
        ..Line::default()
    };
    let mut line = first;
    let mut pieces = row.pieces.as_slice();
    if let Some(pattern) = pattern(&row).filter(|_| is_whole) {
        pieces = &pieces[..pieces.len() - 1];
        line.pattern = Some(pattern);
    }
    while let Some(at) = break_at(pieces, line.indentation) {
        line.text = words::text(&pieces[..at]);
        pieces = &pieces[at..];
        lines.push(line);
        let level = INDENTATION * row.level;
        line = Line { indentation: level + continuation(pieces[0].open), ..Line::default() };
    }
    line.text = words::text(pieces);
    line.comment = row.comment;
    lines.push(line);
}

fn indentation(row: &Row<'_>, pieces: &[Piece<'_>]) -> usize {
    let level = INDENTATION * row.level;
    if !row.goes_on {
        return level;
    }
    let closed = pieces.iter().take_while(|piece| piece.kind == K::CloseBracket).count();
    match closed {
        0 => level + continuation(row.open),
        _ => level + INDENTATION * row.open.saturating_sub(closed),
    }
}

/// How much deeper a further line stands, with so many brackets open.
fn continuation(open: usize) -> usize {
    INDENTATION * open.max(1)
}

/// The pattern at the end of a declaration's header.
fn pattern<'t>(row: &Row<'t>) -> Option<&'t str> {
    let last = row.pieces.last()?;
    let is_header = matches!(last.parent, K::Fact | K::Action | K::Rule) && row.pieces.len() > 2;
    (is_header && last.kind == K::String).then_some(last.text)
}

/// The token before which a line of these tokens is broken, if it is too long: before the best place that fits, of
/// equal ones the last; if none fits, before the first.
fn break_at(pieces: &[Piece<'_>], indentation: usize) -> Option<usize> {
    let mut column = indentation;
    let mut best: Option<(Rank, usize)> = None;
    for (index, piece) in pieces.iter().enumerate() {
        if column > MAX_WIDTH && best.is_some() {
            break;
        }
        if let Some(rank) = rank(piece).filter(|_| index > 0) {
            if column > MAX_WIDTH {
                return Some(index);
            }
            if best.is_none_or(|(other, _)| rank <= other) {
                best = Some((rank, index));
            }
        }
        let space = index > 0 && words::has_space(&pieces[..index], piece);
        column += usize::from(space) + width(piece.text);
    }
    best.filter(|_| column > MAX_WIDTH).map(|(_, index)| index)
}

/// Lower is better: joints come before conditions, outer before inner ones.
type Rank = (bool, usize);

/// How good a place before this token is for a break, the best first.
fn rank(piece: &Piece<'_>) -> Option<Rank> {
    let is_joint = matches!(piece.parent, K::OrFormula | K::AndFormula | K::AllEffects) && piece.kind == K::Word;
    let is_condition = piece.parent == K::IfEffect && piece.kind == K::Word && piece.open > 0;
    match (is_joint, is_condition) {
        (true, _) if piece.open == 0 => Some((false, piece.depth)),
        (_, true) => Some((true, piece.depth)),
        _ => None,
    }
}

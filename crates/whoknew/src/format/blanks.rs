//! Where blank lines stand.
//!
//! The writer's blank lines group; of several in a row one stays, none at the ends of the text or below the header of
//! a block. Scenes, `start`, `told` and tests always have one before and after them.

use super::rows::Row;
use crate::syntax::SyntaxKind;

/// Says of each row whether a blank line stands before it.
pub fn place(rows: &mut [Row<'_>]) {
    if let Some(first) = rows.first_mut() {
        first.blank_before = false;
    }
    for index in 1..rows.len() {
        let above = &rows[index - 1];
        if !above.is_comment() && rows[index].level > above.level {
            rows[index].blank_before = false;
        }
    }
    part_items(rows);
}

/// Puts a blank line before and after the items that always have one.
fn part_items(rows: &mut [Row<'_>]) {
    let mut last: Option<Option<SyntaxKind>> = None;
    // Where what belongs to the next item begins: its comments stand above it.
    let mut from = 0;
    for index in 0..rows.len() {
        let row = &rows[index];
        if row.level > 0 || row.goes_on {
            from = index + 1;
        } else if !row.is_comment() {
            let is_apart = last.is_some_and(|last| stands_apart(last) || stands_apart(row.begins));
            if is_apart && !rows[from..=index].iter().any(|row| row.blank_before) {
                rows[from].blank_before = true;
            }
            last = Some(rows[index].begins);
            from = index + 1;
        }
    }
}

fn stands_apart(begins: Option<SyntaxKind>) -> bool {
    matches!(begins, Some(SyntaxKind::Start | SyntaxKind::Told | SyntaxKind::Scene | SyntaxKind::Test))
}

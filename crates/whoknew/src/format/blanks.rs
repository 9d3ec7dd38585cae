//! Where blank lines stand: where the writer has set them, for they group. Of several in a row one stays, none at the
//! ends of the text or below the header of a block.

use super::rows::Row;

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
}

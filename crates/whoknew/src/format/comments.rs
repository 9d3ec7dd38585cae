//! How deep a comment stands that has a line of its own.
//!
//! It stands as deep as the line after it. At the end of a block it stays in the block if it was indented so, and
//! below a header without lines it stays below the header.

use super::rows::Row;

/// Says of each comment how deep it stands.
pub fn place(rows: &mut [Row<'_>]) {
    // How far the blocks around the line above are indented, that of the line itself last.
    let mut widths: Vec<usize> = Vec::new();
    let mut header = false;
    let mut index = 0;
    while index < rows.len() {
        let row = &rows[index];
        if !row.is_comment() && !row.goes_on {
            widths.truncate(row.level);
            widths.push(row.width);
            header = row.is_header;
        }
        if !row.is_comment() || row.goes_on {
            index += 1;
            continue;
        }
        let next = index + rows[index..].iter().take_while(|row| row.is_comment()).count();
        let below = rows.get(next).map_or(0, |row| row.level);
        for comment in &mut rows[index..next] {
            comment.level = level(comment.width, &widths, header, below);
        }
        index = next;
    }
}

/// How deep a comment stands that is indented `width` characters, between the line above and one at level `below`.
fn level(width: usize, widths: &[usize], header: bool, below: usize) -> usize {
    if below >= widths.len() {
        return below;
    }
    let above = widths.len() - 1;
    if header && width > widths[above] {
        return above + 1;
    }
    (below..=above).rev().find(|&level| widths[level] <= width).unwrap_or(below)
}

//! The canonical form of a text: how a careful writer would set it.
//!
//! | step | file | gives |
//! | --- | --- | --- |
//! | rows | `rows` | the written lines of the tree, each with its words, its comment and how deep it stands |
//! | comments | `comments` | how deep a comment stands that has a line of its own |
//! | blank lines | `blanks` | where a blank line stands: never two in a row |
//! | words | `words` | the words of a line with the spaces between them |
//! | long lines | `breaks` | formulas of more than [`MAX_WIDTH`] columns broken before `and`, `or` and `if` |
//! | columns | `columns` | patterns below each other, comments below each other |
//!
//! Invariants: the words, the comments and their order stay as they are, so the meaning does too (only full stops and
//! colons that mean nothing are left out); formatting what is
//! formatted changes nothing; time is linear in the text.

mod blanks;
mod breaks;
mod columns;
mod comments;
mod rows;
mod words;

use crate::{diagnostic::Diagnostic, source::FileId, syntax};

/// How many columns a level of indentation has.
const INDENTATION: usize = 2;

/// How many columns a line has at most, if it can be broken; patterns, sentences and comments never are.
pub const MAX_WIDTH: usize = 120;

/// The canonical form of `text`, or what is wrong with it: a text with mistakes is not touched.
///
/// ```
/// use whoknew::{format, source::FileId};
///
/// let file = FileId::from_index(0);
/// let text = "start\r\n    Sally   is here# now\n\n\n    at( Anne )=box\n";
/// assert_eq!(format::format(file, text).unwrap(), "start\n  Sally is here  # now\n\n  at(Anne) = box\n");
/// assert_eq!(format::format(file, "start:\n  Sally is here.").unwrap(), "start\n  Sally is here\n");
/// assert_eq!(format::format(file, "start\n  Sally is here!").unwrap_err()[0].title, "`!` has no meaning here");
/// ```
pub fn format(file: FileId, text: &str) -> Result<String, Vec<Diagnostic>> {
    let parse = syntax::parse(file, text);
    if !parse.errors.is_empty() {
        return Err(parse.errors);
    }
    let mut rows = rows::rows(&parse.syntax(), text);
    comments::place(&mut rows);
    blanks::place(&mut rows);
    Ok(join(&columns::align(breaks::lines(rows))))
}

/// A line as it will stand in the text.
#[derive(Debug, Default)]
struct Line<'t> {
    /// Whether a blank line stands before it.
    blank_before: bool,
    /// How many columns it is indented.
    indentation: usize,
    /// What stands before the pattern, or all of it.
    text: String,
    /// The pattern at its end, if it is to stand in a column.
    pattern: Option<&'t str>,
    /// Whether it begins something at the left edge of the text.
    is_item: bool,
    /// The comment at its end, or the whole of it.
    comment: Option<&'t str>,
}

fn join(lines: &[Line<'_>]) -> String {
    let mut text = String::new();
    for line in lines {
        if line.blank_before {
            text.push('\n');
        }
        text.extend(std::iter::repeat_n(' ', line.indentation));
        text.push_str(&line.text);
        text.push_str(line.comment.unwrap_or_default());
        text.push('\n');
    }
    text
}

//! Reads problem files of the Sabre narrative planner (version 0.8).
//!
//! Text to tokens, tokens to definitions and expressions, those to a
//! [`World`]. Reading never fails halfway: it returns the world if the file is usable, and everything that is
//! wrong with it. What Sabre's published format leaves out has its defaults here: everybody notices an action,
//! nobody consents to it, and what a file says of the start is common knowledge unless it says otherwise.

mod assignments;
mod cases;
mod definitions;
mod events;
mod expressions;
mod formulas;
mod lexer;
mod load;
mod lower;
mod overloads;
mod scope;
mod values;

pub use load::{is_likely, load};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, Span};
use crate::world::World;

/// A bracket, a `;` or a definition that cannot be read.
pub static UNREADABLE: Code = Code {
    id: "E0601",
    name: "unreadable definition",
    severity: Severity::Error,
    summary: "a definition of an imported problem file cannot be read",
};

/// An expression that no operator splits into readable parts.
pub static EXPRESSION: Code = Code {
    id: "E0602",
    name: "unreadable expression",
    severity: Severity::Error,
    summary: "an expression of an imported problem file cannot be read",
};

/// A name that nothing declares.
pub static UNKNOWN_NAME: Code = Code {
    id: "E0603",
    name: "unknown name in an imported file",
    severity: Severity::Error,
    summary: "an imported problem file uses a name that it does not declare",
};

/// A value or argument of the wrong kind.
pub static MISFIT: Code = Code {
    id: "E0604",
    name: "misfit in an imported file",
    severity: Severity::Error,
    summary: "a value or argument in an imported problem file is of the wrong kind",
};

/// Two definitions of one thing.
pub static DECLARED_TWICE: Code = Code {
    id: "E0605",
    name: "declared twice in an imported file",
    severity: Severity::Error,
    summary: "two definitions of an imported problem file fit the same arguments",
};

/// A text too large or nested too deeply.
pub static TOO_LARGE: Code = Code {
    id: "E0606",
    name: "imported file too large",
    severity: Severity::Error,
    summary: "an imported problem file is larger, or nested more deeply, than this program reads",
};

/// All codes of this reader.
pub static CODES: &[&Code] = &[&UNREADABLE, &EXPRESSION, &UNKNOWN_NAME, &MISFIT, &DECLARED_TWICE, &TOO_LARGE];

/// The largest problem file that is read, in bytes.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Reads the problem file `text`; `name` becomes the story's title. Spans are in file 0, the caller's first source.
/// The world is `None` if anything is wrong.
///
/// ```
/// let text = "entity Tom : character; property alive(c : character) : boolean; alive(Tom);";
/// let (world, diagnostics) = whoknew::import::sabre::read("tiny", text);
/// assert!(diagnostics.is_empty());
/// assert_eq!(world.map(|world| world.characters), Some(1));
/// ```
pub fn read(name: &str, text: &str) -> (Option<World>, Vec<Diagnostic>) {
    if text.len() > MAX_BYTES {
        let title = format!("this file has {} bytes; the limit is {MAX_BYTES}", text.len());
        return (None, vec![Diagnostic::new(&TOO_LARGE, title, None)]);
    }
    let tokens = match lexer::tokens(text) {
        Ok(tokens) => tokens,
        Err(diagnostic) => return (None, vec![*diagnostic]),
    };
    match definitions::read(&tokens) {
        Ok(definitions) => lower::lower(name, &definitions),
        Err(diagnostics) => (None, diagnostics),
    }
}

/// The span from byte `start` to byte `end` of the only file.
fn span(start: usize, end: usize) -> Span {
    Span::new(FileId::from_index(0), start as u32..end as u32)
}

/// What is wrong, on its way up to where it is collected. Boxed, because it is large and rare.
type Failure = Box<Diagnostic>;

/// A failure of `code` at `span`.
fn failure(code: &'static Code, title: impl Into<String>, span: Span) -> Failure {
    Box::new(Diagnostic::new(code, title, Some(span)))
}

/// A name that nothing declares, with those that are most like it.
fn unknown_name<'n>(title: String, name: &str, span: Span, names: impl Iterator<Item = &'n str>) -> Failure {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let mut failure = failure(&UNKNOWN_NAME, title, span);
    failure.help.extend(crate::suggest::did_you_mean(name, names));
    failure
}

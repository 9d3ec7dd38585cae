//! The syntax layer as its users see it: trees, typed values, messages.

// A test that cannot go on may say so.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/texts.rs"]
mod texts;
#[path = "../support/walk.rs"]
mod walk;

mod accepted;
mod messages;
mod properties;
mod recovery;
mod trees;
mod values;

use whoknew::{
    source::{FileId, Span},
    syntax,
};

/// Parses and checks what always holds.
fn parse(text: &str) -> syntax::Parse {
    let parse = syntax::parse(FileId::from_index(0), text);
    assert_eq!(parse.syntax().to_string(), text, "the tree holds the whole text");
    parse
}

/// The messages with the text they point at.
fn messages(text: &str) -> String {
    let mut shown = String::new();
    for error in &parse(text).errors {
        let span: Option<Span> = error.primary.as_ref().map(|label| label.span);
        let line = span.map_or(0, |span| text[..span.start as usize].matches('\n').count() + 1);
        let place = span.map_or("", |span| &text[span.range()]);
        shown += &format!("{} line {line}, at {place:?}: {}\n", error.code.id, error.title);
        for help in &error.help {
            shown += &format!("  help: {help}\n");
        }
    }
    shown
}

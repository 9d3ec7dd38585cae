//! The story language as a tree: tokens, the lossless tree, the parser by construct, the typed AST.
//!
//! A text goes through these steps, a file each:
//!
//! | step | file | gives |
//! | --- | --- | --- |
//! | tokens | `token`, `lexer` | words, numbers, texts in quotation marks …; every byte is in one token |
//! | lines | `layout` | what belongs to one line, how far it is indented, whether it is a formula or a sentence |
//! | tree | `parser/`, a file per construct | a lossless tree and the mistakes (`codes`: E01xx) |
//! | types | [`ast`] | the tree as plain enums |
//!
//! Invariants: parsing never fails and never panics; the tokens of the tree, put together, are the text; every mistake
//! gives one message, and what is right around it is still understood; time is linear in the text; nothing here knows
//! which kinds, facts or actions a story declares (a sentence stays a run of words until the world reads it).
//!
//! ```
//! use whoknew::{source::FileId, syntax::{self, ast::{AstNode, Item}}};
//!
//! let text = "person Sally, Anne\nstart\n  Sally is here!\n";
//! let parse = syntax::parse(FileId::from_index(0), text);
//! assert_eq!(parse.syntax().to_string(), text);
//! assert_eq!(parse.errors[0].title, "`!` has no meaning here");
//! let Some(Item::Entities(line)) = parse.file().items().next() else { unreachable!() };
//! let names: Vec<String> = line.entities().filter_map(|entity| entity.name()).map(|name| name.text()).collect();
//! assert_eq!(names, ["Sally", "Anne"]);
//! assert_eq!(&text[line.span().range()], "person Sally, Anne");
//! ```

pub mod ast;
mod clock_words;
mod codes;
mod kind;
mod layout;
mod lexer;
pub(crate) mod numbers;
mod parser;
mod titles;
mod token;
mod tree;

pub use codes::*;
pub use kind::{StoryLanguage, SyntaxKind};
pub(crate) use parser::begins_a_line;
pub use titles::is_abbreviated;
pub use tree::{SyntaxElement, SyntaxNode, SyntaxToken};

use crate::{diagnostic::Diagnostic, source::FileId};

/// What parsing gives: always a tree, and what is wrong with the text.
#[derive(Clone, Debug)]
pub struct Parse {
    /// What is wrong, in the order of the text.
    pub errors: Vec<Diagnostic>,
    green: rowan::GreenNode,
    file: FileId,
}

impl Parse {
    /// The typed tree.
    pub fn file(&self) -> ast::SourceFile {
        ast::SourceFile::new(self.syntax(), self.file)
    }

    /// The tree.
    pub fn syntax(&self) -> SyntaxNode {
        SyntaxNode::new_root(self.green.clone())
    }
}

/// Parses one text. Never fails and never panics.
pub fn parse(file: FileId, text: &str) -> Parse {
    let (green, errors) = parser::parse(file, text);
    Parse { errors, green, file }
}

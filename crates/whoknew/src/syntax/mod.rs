//! The story language as a tree: tokens, the lossless tree, the parser by construct, the typed AST.

pub mod ast;
mod codes;
mod kind;
mod layout;
mod lexer;
mod numbers;
mod parser;
mod token;
mod tree;

pub use codes::*;
pub use kind::{StoryLanguage, SyntaxKind};
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

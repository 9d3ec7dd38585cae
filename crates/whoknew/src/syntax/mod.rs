//! The story language as a tree: tokens, the lossless tree, the parser by construct, the typed AST.

pub mod ast;
mod kind;
mod numbers;
mod tree;

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
    let mut builder = rowan::GreenNodeBuilder::new();
    builder.start_node(SyntaxKind::SourceFile.into());
    builder.token(SyntaxKind::Stray.into(), text);
    builder.finish_node();
    Parse { errors: Vec::new(), green: builder.finish(), file }
}

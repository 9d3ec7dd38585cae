//! What all typed wrappers share: a node of the tree and the file it lies in.

use rowan::{Language, TextRange};

use crate::{
    source::{FileId, Span},
    syntax::{
        SyntaxKind, SyntaxNode, SyntaxToken,
        kind::{StoryLanguage, SyntaxKind as K},
    },
};

/// A typed wrapper around a node of the tree.
pub trait AstNode: Sized {
    /// The wrapper, if the node is of its kind.
    fn cast(syntax: SyntaxNode, file: FileId) -> Option<Self>;
    /// The node.
    fn syntax(&self) -> &SyntaxNode;
    /// The file it lies in.
    fn file(&self) -> FileId;

    /// Where it is written: of a line with a block below, the line alone; without comments.
    fn span(&self) -> Span {
        line_span(self.syntax(), self.file())
    }
}

/// Defines a wrapper for one kind of node.
macro_rules! ast_node {
    ($(#[$meta:meta])* $name:ident, $kind:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub struct $name {
            syntax: $crate::syntax::SyntaxNode,
            file: $crate::source::FileId,
        }

        impl $crate::syntax::ast::AstNode for $name {
            fn cast(syntax: $crate::syntax::SyntaxNode, file: $crate::source::FileId) -> Option<Self> {
                (syntax.kind() == $crate::syntax::SyntaxKind::$kind).then_some(Self { syntax, file })
            }
            fn syntax(&self) -> &$crate::syntax::SyntaxNode {
                &self.syntax
            }
            fn file(&self) -> $crate::source::FileId {
                self.file
            }
        }
    };
}
pub(super) use ast_node;

/// The span of `range` in `file`.
pub(super) fn span_of(range: TextRange, file: FileId) -> Span {
    Span::new(file, range.start().into()..range.end().into())
}

/// The span of a node up to its line's end, white space and comments at both ends left out.
pub(super) fn line_span(node: &SyntaxNode, file: FileId) -> Span {
    let before = u32::from(node.text_range().start());
    let green = node.green();
    let (mut start, mut end, mut reached) = (None, before, before);
    for element in green.children() {
        let kind = StoryLanguage::kind_from_raw(element.kind());
        if matches!(kind, K::Newline | K::Block) {
            break;
        }
        let from = reached;
        reached += u32::from(element.text_len());
        if !kind.is_trivia() {
            start = start.or(Some(from));
            end = reached;
        }
    }
    Span::new(file, start.unwrap_or(before)..end)
}

/// The first child of type `T`.
pub(super) fn child<T: AstNode>(node: &SyntaxNode, file: FileId) -> Option<T> {
    node.children().find_map(|child| T::cast(child, file))
}

/// All children of type `T`.
pub(super) fn children<T: AstNode>(node: &SyntaxNode, file: FileId) -> impl Iterator<Item = T> + use<T> {
    node.children().filter_map(move |child| T::cast(child, file))
}

/// The first child of one kind.
pub(super) fn child_of(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxNode> {
    node.children().find(|child| child.kind() == kind)
}

/// The lines of the block below a line.
pub(super) fn block<T: AstNode>(node: &SyntaxNode, file: FileId) -> impl Iterator<Item = T> + use<T> {
    child_of(node, K::Block).into_iter().flat_map(move |block| children(&block, file))
}

/// The tokens directly in a node, without white space and comments.
pub(super) fn tokens(node: &SyntaxNode) -> impl Iterator<Item = SyntaxToken> + use<> {
    node.children_with_tokens().filter_map(|element| element.into_token()).filter(|token| !token.kind().is_trivia())
}

/// Whether `token` is the word `word`, without regard to case.
pub(super) fn is_word(token: &SyntaxToken, word: &str) -> bool {
    token.kind() == K::Word && token.text().eq_ignore_ascii_case(word)
}

/// Whether the node directly holds the word `word`.
pub(super) fn has_word(node: &SyntaxNode, word: &str) -> bool {
    tokens(node).any(|token| is_word(&token, word))
}

/// The first token directly in the node of one kind.
pub(super) fn token_of(node: &SyntaxNode, kind: SyntaxKind) -> Option<SyntaxToken> {
    tokens(node).find(|token| token.kind() == kind)
}

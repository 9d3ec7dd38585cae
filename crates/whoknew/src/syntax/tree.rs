//! The lossless tree: every byte of the text is in it, in order.

use super::kind::StoryLanguage;

/// A node of the tree.
pub type SyntaxNode = rowan::SyntaxNode<StoryLanguage>;
/// A token of the tree.
pub type SyntaxToken = rowan::SyntaxToken<StoryLanguage>;
/// A node or a token.
pub type SyntaxElement = rowan::SyntaxElement<StoryLanguage>;

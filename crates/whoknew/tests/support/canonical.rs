//! What holds of every text that is brought into canonical form. Shared by tests and fuzz targets.

use rowan::{NodeOrToken, WalkEvent};
use whoknew::{
    format,
    source::FileId,
    syntax::{self, SyntaxKind, SyntaxToken},
};

/// The canonical form of a text, if it has no mistakes: formatting again changes nothing, and the tree, words and
/// comments are those of the text.
pub fn canonical(text: &str) -> Option<String> {
    let file = FileId::from_index(0);
    let formatted = match format::format(file, text) {
        Ok(formatted) => formatted,
        Err(mistakes) => {
            assert_eq!(mistakes.len(), syntax::parse(file, text).errors.len(), "the mistakes of the text are told");
            assert!(!mistakes.is_empty(), "what is not formatted has mistakes");
            return None;
        }
    };
    assert_eq!(tree(&formatted), tree(text), "the meaning stays: {text:?}");
    assert_eq!(comments(&formatted), comments(text), "the comments stay: {text:?}");
    assert_eq!(format::format(file, &formatted).ok().as_ref(), Some(&formatted), "it is canonical: {text:?}");
    assert!(formatted.is_empty() || formatted.ends_with('\n') && !formatted.starts_with(['\n', '\u{FEFF}']));
    assert!(!formatted.contains("\n\n\n"), "no two blank lines stand together: {text:?}");
    Some(formatted)
}

/// The tree without white space and comments.
fn tree(text: &str) -> String {
    let parse = syntax::parse(FileId::from_index(0), text);
    assert!(parse.errors.is_empty(), "it can be read: {text:?}");
    let mut shown = String::new();
    for event in parse.syntax().preorder_with_tokens() {
        match event {
            WalkEvent::Enter(NodeOrToken::Node(node)) => shown += &format!("{:?}[", node.kind()),
            WalkEvent::Leave(NodeOrToken::Node(_)) => shown += "]",
            WalkEvent::Enter(NodeOrToken::Token(token)) if !token.kind().is_trivia() => {
                shown += &format!("{:?} {} ", token.kind(), token.text());
            }
            _ => {}
        }
    }
    shown
}

/// All tokens of a text.
pub fn tokens(text: &str) -> Vec<SyntaxToken> {
    let elements = syntax::parse(FileId::from_index(0), text).syntax().descendants_with_tokens();
    elements.filter_map(NodeOrToken::into_token).collect()
}

/// The comments, without white space at their ends.
fn comments(text: &str) -> Vec<String> {
    let comments = tokens(text).into_iter().filter(|token| token.kind() == SyntaxKind::Comment);
    comments.map(|token| token.text().trim_end().to_owned()).collect()
}

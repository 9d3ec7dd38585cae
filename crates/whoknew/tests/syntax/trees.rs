//! The tree of every construct, and that real stories parse in silence.

use super::{messages, parse};
use whoknew::syntax::SyntaxElement;

/// The tree as indented lines; white space is left out, a node with one token stands on one line.
fn tree(text: &str) -> String {
    fn show(element: &SyntaxElement, depth: usize, lines: &mut String) {
        let indentation = "  ".repeat(depth);
        let node = match element {
            rowan::NodeOrToken::Token(token) => {
                lines.push_str(&format!("{indentation}{}\n", token.text()));
                return;
            }
            rowan::NodeOrToken::Node(node) => node,
        };
        let children: Vec<SyntaxElement> =
            node.children_with_tokens().filter(|child| !child.kind().is_trivia()).collect();
        if children.iter().all(|child| child.as_token().is_some()) {
            let words: Vec<String> = children.iter().map(ToString::to_string).collect();
            lines.push_str(&format!("{indentation}{:?}: {}\n", node.kind(), words.join(" ")));
            return;
        }
        lines.push_str(&format!("{indentation}{:?}\n", node.kind()));
        for child in children {
            show(&child, depth + 1, lines);
        }
    }
    let mut lines = String::new();
    show(&parse(text).syntax().into(), 0, &mut lines);
    lines
}

#[test]
fn every_construct() {
    let text = include_str!("every_construct.who");
    assert_eq!(messages(text), "");
    insta::assert_snapshot!(tree(text));
}

#[test]
fn stories_and_packs_of_this_repository_parse_in_silence() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut folders = vec![format!("{root}/packs"), format!("{root}/stories")];
    let mut read = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path.display().to_string());
            } else if path.extension().is_some_and(|extension| extension == "who") {
                let text = std::fs::read_to_string(&path).unwrap();
                assert_eq!(messages(&text), "", "in {}", path.display());
                read += 1;
            }
        }
    }
    assert!(read > 0, "there are stories to read");
}

#[test]
fn names_may_hold_words_of_the_language() {
    let text = "person Doctor No, Scene Stealer\nwant Doctor No: at(Doctor No) = Home for the Aged\n";
    assert_eq!(messages(text), "");
    insta::assert_snapshot!(tree(text));
}

#[test]
fn words_of_any_script_are_words() {
    let text = "кто Анна, 花子, Zoë's cat, l'étranger, O'Brien, نرگس, हिन्दी\n";
    assert_eq!(messages(text), "");
    insta::assert_snapshot!(tree(text));
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    let text = "\u{FEFF}kind person\r\nstart\r\n  Sally is here\r\n";
    assert_eq!(messages(text), "");
    assert_eq!(tree(text), tree("kind person\nstart\n  Sally is here"));
}

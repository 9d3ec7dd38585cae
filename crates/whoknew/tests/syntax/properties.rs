//! Whatever the text: no panic, and the tree holds it all.

use proptest::{prelude::*, sample::Index};

use super::{parse, walk::walk};

const STORY: &str = include_str!("every_construct.who");

/// Pieces that such texts are made of, so that random texts come near the grammar.
const PIECES: &[&str] = &[
    "\n",
    "\n  ",
    "\n    ",
    "\n\t",
    " ",
    "(",
    ")",
    ",",
    ":",
    "=",
    "!=",
    "<",
    "-",
    "?",
    "\"",
    "#",
    "'s",
    "'",
    "and",
    "or",
    "not",
    "if",
    "else",
    "believes",
    "does not know",
    "whether",
    "is a",
    "scene",
    "start",
    "fact",
    "action",
    "needs",
    "makes",
    "seen by",
    "claim",
    "concludes",
    "forgets",
    "from",
    "for all x: y",
    "count x: y",
    "times(",
    "12",
    "3 days",
    "21:30",
    "1999-03-02",
    "later",
    "Sally",
    "box",
    "f(x)",
    "\r\n",
    "\u{FEFF}",
    "é",
    "花",
    "\0",
];

fn check(text: &str) {
    let parse = parse(text);
    walk(&parse);
    for error in &parse.errors {
        let span = error.primary.as_ref().expect("every mistake has a place").span;
        assert!(text.get(span.range()).is_some(), "{span:?} lies in the text");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn texts_near_the_grammar(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..80)) {
        check(&pieces.concat());
        check(&pieces.join(" "));
    }

    #[test]
    fn damaged_stories(from in any::<Index>(), length in 0..60_usize, put in prop::sample::select(PIECES)) {
        let characters: Vec<char> = STORY.chars().collect();
        let from = from.index(characters.len());
        let to = (from + length).min(characters.len());
        let text: String = characters[..from].iter().chain(&put.chars().collect::<Vec<_>>()).chain(&characters[to..]).collect();
        check(&text);
        check(&characters[..from].iter().collect::<String>());
    }
}

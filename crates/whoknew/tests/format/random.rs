//! Whatever the text: no panic, and what is formatted keeps its meaning.

use super::canonical::canonical;
use proptest::{prelude::*, sample::Index};

const STORY: &str = include_str!("../syntax/every_construct.who");

/// Pieces that such texts are made of, so that random texts come near the grammar.
const PIECES: &[&str] = &[
    "\n",
    "\n  ",
    "\n    ",
    "\n\t",
    " ",
    "\t",
    "\r",
    "\r\n",
    "\u{FEFF}",
    "\u{A0}",
    "\n\n",
    "\n)",
    "(",
    ")",
    ",",
    ":",
    "=",
    "!=",
    "-",
    "?",
    "\"said\"",
    "# note",
    "#",
    "'s",
    "'",
    "1,000",
    "09:00",
    "9",
    "and",
    "or",
    "not",
    "if",
    "else",
    "believes",
    "is a",
    "scene",
    "start",
    "test \"t\"",
    "told",
    "kind",
    "use",
    "fact",
    "action go(a, b: c)",
    "needs",
    "makes",
    "claim",
    "for all x: y",
    "times(",
    "Sally",
    "box",
    "f(x)",
    "花",
    ".",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text(text in any::<String>()) {
        canonical(&text);
    }

    #[test]
    fn texts_near_the_grammar(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        canonical(&pieces.concat());
        canonical(&pieces.join(" "));
    }

    #[test]
    fn items_of_random_words(lines in prop::collection::vec(prop::collection::vec(prop::sample::select(PIECES), 1..12), 1..12)) {
        // `use` takes any words, and so do scenes: both are formatted more often than not.
        let heads = ["use ", "scene\n  ", "person ", "start\n  Sally "];
        let text: String = lines.iter().zip(heads.iter().cycle()).map(|(line, head)| format!("{head}{}\n", line.join(" "))).collect();
        canonical(&text);
        for line in text.lines() {
            canonical(line);
        }
    }

    #[test]
    fn damaged_stories(from in any::<Index>(), length in 0..60_usize, put in prop::sample::select(PIECES)) {
        let characters: Vec<char> = STORY.chars().collect();
        let from = from.index(characters.len());
        let to = (from + length).min(characters.len());
        let text: String = characters[..from].iter().chain(&put.chars().collect::<Vec<_>>()).chain(&characters[to..]).collect();
        canonical(&text);
        canonical(&characters[..from].iter().collect::<String>());
        canonical(&characters[from..].iter().collect::<String>());
    }
}

//! Random texts that come near the grammar.

use proptest::{prelude::*, sample::Index};

/// What such texts are made of.
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
    "\t",
    "\r",
    "\u{A0}",
    "\n\n",
    "\n)",
    "\"said\"",
    "# note",
    "1,000",
    "09:00",
    "9",
    "test \"t\"",
    "told",
    "kind",
    "use",
    "action go(a, b: c)",
    ".",
];

/// A story that has every construct of the language.
const STORY: &str = include_str!("../syntax/every_construct.who");

/// Some pieces.
pub fn pieces(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<&'static str>> {
    prop::collection::vec(prop::sample::select(PIECES), count)
}

/// A story of which a part is replaced by a piece; after it the beginning and the end that were kept.
pub fn damaged_stories() -> impl Strategy<Value = [String; 3]> {
    (any::<Index>(), 0..60_usize, prop::sample::select(PIECES)).prop_map(|(from, length, put)| {
        let characters: Vec<char> = STORY.chars().collect();
        let from = from.index(characters.len());
        let to = (from + length).min(characters.len());
        let [before, after] = [&characters[..from], &characters[to..]].map(String::from_iter);
        [format!("{before}{put}{after}"), before, after]
    })
}

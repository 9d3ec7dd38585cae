//! Whatever the text: no panic, and what is formatted keeps its meaning.

use super::canonical::canonical;
use super::texts::{damaged_stories, pieces};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_text(text in any::<String>()) {
        canonical(&text);
    }

    #[test]
    fn texts_near_the_grammar(pieces in pieces(0..60)) {
        canonical(&pieces.concat());
        canonical(&pieces.join(" "));
    }

    #[test]
    fn items_of_random_words(lines in prop::collection::vec(pieces(1..12), 1..12)) {
        // `use` takes any words, and so do scenes: both are formatted more often than not.
        let heads = ["use ", "scene\n  ", "person ", "start\n  Sally "];
        let text: String = lines.iter().zip(heads.iter().cycle()).map(|(line, head)| format!("{head}{}\n", line.join(" "))).collect();
        canonical(&text);
        for line in text.lines() {
            canonical(line);
        }
    }

    #[test]
    fn broken_stories(texts in damaged_stories()) {
        for text in texts {
            canonical(&text);
        }
    }
}

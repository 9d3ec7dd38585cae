//! Whatever the text: no panic, and the tree holds it all.

use proptest::prelude::*;

use super::texts::{damaged_stories, pieces};
use super::{parse, walk::walk};

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
    fn texts_near_the_grammar(pieces in pieces(0..80)) {
        check(&pieces.concat());
        check(&pieces.join(" "));
    }

    #[test]
    fn broken_stories(texts in damaged_stories()) {
        texts.iter().for_each(|text| check(text));
    }
}

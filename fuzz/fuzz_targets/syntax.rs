//! Any text parses without panic, its tree holds it all, and every value of the typed tree can be read.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whoknew::{source::FileId, syntax};

#[path = "../../crates/whoknew/tests/support/walk.rs"]
mod walk;

fuzz_target!(|text: &str| {
    let parse = syntax::parse(FileId::from_index(0), text);
    assert_eq!(parse.syntax().to_string(), text);
    walk::walk(&parse);
    for error in &parse.errors {
        let label = error.primary.as_ref().expect("every mistake has a place");
        assert!(text.get(label.span.range()).is_some());
    }
});

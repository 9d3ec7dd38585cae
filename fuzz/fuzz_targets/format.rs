//! Any text is formatted without panic; what has no mistakes keeps its tree, its words and its comments, and is
//! formatted for good.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/whoknew/tests/support/canonical.rs"]
mod canonical;

fuzz_target!(|text: &str| {
    canonical::canonical(text);
});

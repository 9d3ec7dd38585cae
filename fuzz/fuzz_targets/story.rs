//! Any text is loaded and, if it is a story, checked, without panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whoknew::{check, world};

fuzz_target!(|text: &str| {
    let loaded = world::load_text("story.who", text);
    if let Some(world) = &loaded.world {
        check::check(world, &loaded.usage, &loaded.sources, &check::Options::default());
    }
});

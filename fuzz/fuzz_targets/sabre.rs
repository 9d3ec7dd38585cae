//! Any text is read as a Sabre problem and, if it is one, made ground, started and printed as a story, without panic. The story reads
//! back without mistakes, with as many declarations.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whoknew::ground::{Limits, Problem};
use whoknew::import::{sabre, write};
use whoknew::state::Situations;
use whoknew::world::{Telling, load_text};

fuzz_target!(|text: &str| {
    let (world, _) = sabre::read("problem.txt", text);
    let Some(world) = world else { return };
    if let Ok(problem) = Problem::new(&world, &Telling::default(), &Limits::default()) {
        let _ = Situations::new(problem).start();
    }
    let Ok(story) = write::story(&world) else { return };
    let empty = world.entities.len() == 1 && world.kinds.len() == 2 && world.fluents.is_empty();
    if empty && world.actions.is_empty() && world.triggers.is_empty() {
        return;
    }
    let loaded = load_text("story.who", &story);
    let messages: Vec<&str> = loaded.diagnostics.iter().map(|message| &*message.title).collect();
    assert!(messages.is_empty(), "{messages:?}\n{story}");
    let read = loaded.world.expect("a world without mistakes");
    let counts = |world: &whoknew::world::World| (world.entities.len(), world.characters, world.fluents.len());
    assert_eq!(counts(&read), counts(&world), "{story}");
});

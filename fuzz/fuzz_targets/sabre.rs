//! Any text is read as a Sabre problem and, if it is one, made ground and started, without panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whoknew::ground::{Limits, Problem};
use whoknew::import::sabre;
use whoknew::state::Situations;
use whoknew::world::Telling;

fuzz_target!(|text: &str| {
    let (world, _) = sabre::read("problem.txt", text);
    let Some(world) = world else { return };
    if let Ok(problem) = Problem::new(&world, &Telling::default(), &Limits::default()) {
        let _ = Situations::new(problem).start();
    }
});

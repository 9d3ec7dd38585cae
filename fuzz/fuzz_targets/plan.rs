//! Plans are looked for in any world that a text gives, within small limits, without panic; what is found is a plan.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whoknew::ground::{Limits as GroundLimits, Problem};
use whoknew::plan::{self, Limits, PlanError, Task};
use whoknew::world;

fuzz_target!(|text: &str| {
    let Some(world) = world::load_text("story.who", text).world else { return };
    let limits = GroundLimits {
        fluents: 20_000,
        instances: 2_000,
        sayings: 500,
        parts: 20_000,
        situations: 20_000,
        rule_steps: 2_000,
        ..GroundLimits::default()
    };
    let Ok(problem) = Problem::new(&world, &world.telling, &limits) else { return };
    let Ok(mut situations) = plan::prepare(problem) else { return };
    let limits = Limits { steps: 3, imagined: 2, nesting: 1, situations: 300, memory: 100_000_000 };
    for shortest in [false, true] {
        let planned = plan::plan(&mut situations, &Task { aim: 1.0, shortest }, &limits, &mut ());
        if let Err(PlanError::Flawed(flaw)) = planned {
            panic!("{flaw:?}");
        }
    }
});

//! A random world as text.

use whoknew::world::*;

/// A world that no text gave, for messages.
pub fn world(world: &World, told: &[EventTerm]) -> String {
    let mut text = String::new();
    for action in &world.actions {
        let unplanned = if action.unplanned { " unplanned" } else { "" };
        text += &format!("\n{}({}){unplanned}", action.name, action.parameters.len());
        for need in &action.preconditions {
            let condition = whoknew::world::say::formula(world, &need.condition.value);
            text += &format!("\n  {}needs {condition}", if need.hidden { "hidden " } else { "" });
        }
        text += &format!("\n  makes {:?}\n  by {:?}", action.effect, action.actors);
        for line in &action.observations {
            let condition = whoknew::world::say::formula(world, &line.condition);
            let openly = if line.openly { " openly" } else { "" };
            text += &format!("\n  seen by {:?}{openly} as {:?} if {condition}", line.observer, line.noticed_as);
        }
    }
    for rule in &world.triggers {
        let condition = whoknew::world::say::formula(world, &rule.condition.value);
        text += &format!("\n{} when {condition} makes {:?}", rule.name, rule.effect);
    }
    for want in &world.utilities {
        text += &format!("\nwant {:?}: {}", want.holder, whoknew::world::say::formula(world, &want.value));
    }
    for statement in &world.start {
        text += &format!("\nstart {statement:?}");
    }
    for term in told {
        text += &format!("\n> {}", whoknew::world::say::call(world, term));
    }
    text
}

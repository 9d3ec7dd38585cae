//! The author's aims: that there is one, which of several count, and how far they can be met at all.

use super::errors::NO_AIM;
use crate::diagnostic::Diagnostic;
use crate::ground::Problem;
use crate::world::names::NameKey;
use crate::world::{Expression, Holder, Utility, World, say};

/// What is wrong if the author of `world` has no aim, so that there is nothing to plan for.
pub fn missing_aim(world: &World) -> Option<Diagnostic> {
    if aims(world).next().is_some() {
        return None;
    }
    let title = "The story has no aim, so there is nothing to plan for";
    let wanted = world.utilities.iter().find_map(|utility| match utility.holder {
        Holder::Character(holder) => {
            let want = say::formula(world, &utility.value);
            Some((want.trim_end_matches(" else 0").to_owned(), &world.entities[holder.index()].name))
        }
        Holder::Author => None,
    });
    let help = match wanted {
        Some((want, holder)) => {
            format!("say what should come about, for example `aim: {want}`, which is what {holder} wants")
        }
        None => "say what should come about: `aim: 1 if CONDITION`".to_owned(),
    };
    Some(Diagnostic::new(&NO_AIM, title, None).help(help))
}

/// Lets only the aims of these names count.
///
/// # Errors
/// There is no aim of one of the names.
pub fn choose_aims(world: &mut World, names: &[String]) -> Result<(), Box<Diagnostic>> {
    if let Some(unknown) = names.iter().find(|name| !aims(world).any(|aim| is_named(aim, name))) {
        let known: Vec<String> = named_aims(world).map(|name| format!("“{name}”")).collect();
        let diagnostic = Diagnostic::new(&NO_AIM, format!("The story has no aim named “{unknown}”"), None);
        return Err(Box::new(diagnostic.help(match known.as_slice() {
            [] => format!("none of its aims has a name; give one with `aim \"{unknown}\": …`"),
            known => format!("it aims at {}", say::list(known)),
        })));
    }
    for utility in world.utilities.iter_mut().filter(|utility| utility.holder == Holder::Author) {
        if !names.iter().any(|name| is_named(utility, name)) {
            utility.value = Expression::Number(0.0);
        }
    }
    Ok(())
}

/// The names of the author's aims.
pub fn named_aims(world: &World) -> impl Iterator<Item = &str> {
    aims(world).filter_map(|aim| aim.label.as_deref())
}

/// How many aims the author has.
pub fn count_aims(world: &World) -> usize {
    aims(world).count()
}

/// The most that all aims together can ever come to.
pub fn most_of_aims(problem: &Problem<'_>) -> f64 {
    problem.utilities_of(Holder::Author).map(|aim| problem.bounds(problem.utility(aim)).1).sum()
}

fn aims(world: &World) -> impl Iterator<Item = &Utility> {
    world.utilities.iter().filter(|utility| utility.holder == Holder::Author)
}

fn is_named(aim: &Utility, name: &str) -> bool {
    aim.label.as_ref().is_some_and(|label| NameKey::new(label) == NameKey::new(name))
}

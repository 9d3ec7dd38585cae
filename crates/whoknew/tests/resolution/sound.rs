//! What a sound story becomes.

use whoknew::world::usage::Symbol;
use whoknew::world::{EntityId, FluentId, World, load_text};

use super::check::shown;

fn world(text: &str) -> World {
    let loaded = load_text("story.who", text);
    assert_eq!(shown(&loaded), "");
    loaded.world.unwrap_or_else(|| unreachable!("no world though no message"))
}

#[test]
fn characters_come_first_and_someone_last() {
    let world = world("kind person : character\nkind place\nplace hall\nperson Ann\nplace yard\nperson Bob\n");
    let names: Vec<&str> = world.entities.iter().map(|entity| entity.name.as_str()).collect();
    assert_eq!(names, ["Ann", "Bob", "hall", "yard", "someone"]);
    assert_eq!(world.characters, 2);
    assert_eq!(world.someone(), EntityId::from_index(4));
}

#[test]
fn overloads_are_chosen_by_their_arguments() {
    let world = world(
        "kind person : character\nkind place\nkind box\nperson Ann\nplace hall\nbox chest\n\
         fact at(who: person): place\nfact at(what: box): person\n\
         rule r()\n  when at(Ann) = hall and at(chest) = Ann\n",
    );
    let mut read = Vec::new();
    world.triggers[0].condition.value.for_each(&mut |part| {
        if let whoknew::world::Expression::Fluent(fact) = part {
            read.push(fact.fluent);
        }
    });
    assert_eq!(read, [FluentId::from_index(0), FluentId::from_index(1)]);
}

#[test]
fn names_of_any_script() {
    world(
        "kind персона : character\nперсона Маша, 李 雷\nfact рад(кто: персона)\nrule r()\n  when рад(МАША) and рад(李 雷)\n",
    );
}

#[test]
fn a_want_of_every_member_is_one_want_each() {
    let world = world("kind cat : character\ncat Tom, Kit\nfact fed(who: cat)\nwant every cat c: fed(c)\n");
    let wants: Vec<String> =
        world.utilities.iter().map(|want| whoknew::world::say::formula(&world, &want.value)).collect();
    insta::assert_snapshot!(wants.join("\n"));
}

#[test]
fn uses_are_recorded() {
    let loaded = load_text(
        "story.who",
        "kind cat : character\ncat Tom, Kit\nfact fed(who: cat)\nfact idle(who: cat)\nrule r()\n  when fed(Tom)\n",
    );
    let entity = |index| Symbol::Entity(EntityId::from_index(index));
    let fluent = |index| Symbol::Fluent(FluentId::from_index(index));
    let used = [entity(0), entity(1), fluent(0), fluent(1)].map(|symbol| loaded.usage.is_used(symbol));
    assert_eq!(used, [true, false, true, false]);
    let places: Vec<&str> = loaded.usage.places(entity(0)).map(|span| loaded.sources.slice(span)).collect();
    assert_eq!(places, ["Tom"]);
}

#[test]
fn the_title_is_the_storys_own() {
    assert_eq!(world("story \"The basket\"\nuse std/places\nkind x\n").title.as_deref(), Some("The basket"));
}

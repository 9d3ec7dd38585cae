//! What told events read as.

use super::small_world::{add_entity, empty_world, event_shown, finish_entities, small_world, statement_shown, *};

#[track_caller]
fn check(text: &str, call: &str) {
    assert_eq!(event_shown(&small_world(), text), call, "{text}");
}

#[test]
fn by_any_pattern_and_form() {
    check("Sally puts the marble in the basket", "put(Sally, marble, basket)");
    check("Sally lays the marble into the basket", "put(Sally, marble, basket)");
    check("Robert walks to the garden", "go(Miles, garden)");
    check("Anne pays seven coins", "pay(Anne, 7)");
}

#[test]
fn statements_go_on_to_the_end() {
    check("Anne tells Sally that the marble is in the basket", "tell(Anne, Sally, inside(marble) = basket)");
    check(
        "Anne tells Sally that Miles believes that Anne is dead",
        "tell(Anne, Sally, Miles believes (not alive(Anne)))",
    );
    check(
        "Anne tells Sally that Miles told Anne that Sally is dead",
        "tell(Anne, Sally, happened(tell(Miles, Anne, not alive(Sally))))",
    );
    check(
        "Anne tells Sally that the basket and the box are in the red box",
        "tell(Anne, Sally, inside(basket) = the red box and inside(box) = the red box)",
    );
}

#[test]
fn someone_is_left_open() {
    check("someone puts the marble in the basket", "put(someone, marble, basket)");
}

#[test]
fn a_person_named_like_an_article() {
    let mut world = empty_world(&["person"]);
    world.kinds[2].parents = vec![World::CHARACTER_KIND];
    add_entity(&mut world, "A", "person");
    add_entity(&mut world, "B", "person");
    finish_entities(&mut world);
    add_action(&mut world, "meet", &[("a", "person"), ("b", "person")], &["{a} meets {b}"], &[]);
    add_fact(&mut world, "alive", &[("who", "person")], None, &["{who} is alive"]);
    assert_eq!(event_shown(&world, "A meets B"), "meet(A, B)");
    assert_eq!(event_shown(&world, "B meets A"), "meet(B, A)");
    assert_eq!(event_shown(&world, "a B meets A"), "meet(B, A)");
    assert_eq!(statement_shown(&world, "A and B are alive"), "alive(A) and alive(B)");
}

#[test]
fn other_scripts() {
    let mut world = empty_world(&["человек"]);
    for name in ["Соня", "Лёва"] {
        add_entity(&mut world, name, "человек");
    }
    finish_entities(&mut world);
    add_action(&mut world, "видит", &[("кто", "человек"), ("кого", "человек")], &["{кто} видит|увидел {кого}"], &[]);
    assert_eq!(event_shown(&world, "СОНЯ увидел Лёва"), "видит(Соня, Лёва)");
}

use crate::world::World;

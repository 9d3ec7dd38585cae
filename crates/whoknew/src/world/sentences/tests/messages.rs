//! Every message about a pattern or a sentence, as data.

use insta::assert_snapshot;

use super::small_world::{event_shown, shown, small_world, statement_shown, *};
use crate::source::Span;
use crate::world::sentences::{Slots, parse_pattern};
use crate::world::{Parameter, ParameterKind, World};

fn statements(lines: &[&str]) -> String {
    let world = small_world();
    lines.iter().map(|line| statement_shown(&world, line)).collect::<Vec<_>>().join("\n\n")
}

fn events(lines: &[&str]) -> String {
    let world = small_world();
    lines.iter().map(|line| event_shown(&world, line)).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn no_such_sentence() {
    assert_snapshot!(events(&[
        "Sally puts marble into the box",
        "Sally putts the marble in the box",
        "Sally lays the marble in the box",
        "the rain falls on the just and on the unjust and so on",
        "Sally",
    ]));
    assert_snapshot!(statements(&["Sally is in of the garden", "Sally trust Anne"]));
}

#[test]
fn one_word_is_mistyped() {
    assert_snapshot!(events(&[
        "Sally pust the marble in the box",
        "Sally tells Anne that Miles is ded",
        "Sally tells Anne that Miles belives that Anne is dead",
    ]));
    assert_snapshot!(statements(&["Sally belives Anne is dead", "Sally thikns that Anne is dead"]));
}

#[test]
fn what_is_not_declared() {
    assert_snapshot!(events(&["Sally sings", "Sally shows Anne the marble", "Sally kisses the hand of Anne"]));
    assert_snapshot!(statements(&[
        "Sally is happy",
        "the marble is not heavy",
        "Sally is 3 years old",
        "Sally knows that Anne sang",
    ]));
}

#[test]
fn an_opposite_that_has_no_pattern() {
    assert_snapshot!(statements(&["Sally does not trust Anne", "Sally believes that Anne doesn't trust Miles"]));
}

#[test]
fn one_thing_a_line() {
    assert_snapshot!(events(&["Sally goes to the garden and Anne goes to the garden"]));
    assert_snapshot!(statements(&["Sally believes that Anne is dead and Miles is dead"]));
}

#[test]
fn unknown_names() {
    assert_snapshot!(events(&[
        "Saly puts the marble in the box",
        "Sally puts the marbel in the boxx",
        "Dracula puts the marble in the box",
        "Anne tells Sally that Milles is dead",
        "Sally goes to Miles's flatt",
    ]));
    assert_snapshot!(statements(&["Milles believes that Sally is dead", "Sally believes the dragon is alive"]));
}

#[test]
fn wrong_kinds() {
    assert_snapshot!(events(&["Sally puts the marble in Anne", "the box goes to the garden"]));
    assert_snapshot!(statements(&[
        "the box believes Sally is dead",
        "Sally is in the marble",
        "Sally and the box are in the garden"
    ]));
}

#[test]
fn something_else_is_wanted() {
    assert_snapshot!(events(&[
        "Sally is in the garden",
        "Sally and Anne go to the garden",
        "Sally and Anne walks to the garden"
    ]));
    assert_snapshot!(statements(&["Sally goes to the garden", "someone is alive", "someone believes Sally is dead"]));
}

#[test]
fn two_readings() {
    let mut world = small_world();
    world.entities.pop();
    add_entity(&mut world, "Red", "person");
    add_entity(&mut world, "the teacher", "person");
    finish_entities(&mut world);
    add_action(&mut world, "place", &[("a", "person"), ("b", "thing"), ("c", "thing")], &["{a} puts {b} in {c}"], &[]);
    let lines = [
        event_shown(&world, "Sally puts the marble in the box"),
        statement_shown(&world, "the teacher is alive"),
        event_shown(&world, "Sally tells Anne that the teacher is dead"),
    ];
    assert_snapshot!(lines.join("\n\n"));
}

#[test]
fn too_rich() {
    let deep = "Sally believes ".repeat(40) + "Anne is dead";
    let wide = vec!["Sally"; 40].join(", ") + " have the " + &vec!["box"; 40].join(", ");
    let world = small_world();
    for line in [deep, wide] {
        let message = statement_shown(&world, &line);
        assert!(message.contains("E0314"), "{message}");
    }
}

#[test]
fn endless_lines_end() {
    let world = small_world();
    let mut ambiguous = empty_world(&["thing"]);
    for name in ["a b", "b", "a b b", "b b", "b a"] {
        add_entity(&mut ambiguous, name, "thing");
    }
    finish_entities(&mut ambiguous);
    add_fact(&mut ambiguous, "near", &[("a", "thing"), ("b", "thing"), ("c", "thing")], None, &["{a} {b} near {c}"]);
    let names = "b, ".repeat(3_000);
    for line in [&names, "Sally and ".repeat(3_000).as_str(), "it is not so that ".repeat(1_000).as_str()] {
        assert!(statement(&world, line).is_err());
        assert!(statement(&ambiguous, line).is_err());
        assert!(event(&world, line).is_err());
    }
}

#[test]
fn patterns() {
    let entity =
        |name: &str| Parameter { name: name.to_owned(), kind: ParameterKind::Entity(vec![World::ENTITY_KIND]) };
    let what = Parameter { name: "what".to_owned(), kind: ParameterKind::Statement };
    let parameters = [entity("who"), what];
    let cases: [(&str, &[Parameter], bool); 10] = [
        ("", &[], false),
        ("{who}", &parameters[..1], false),
        ("{whom} sees", &parameters[..1], false),
        ("{value} sees", &[], false),
        ("it rains", &parameters[..1], true),
        ("{who} sees {who}", &parameters[..1], false),
        ("{who} says {what} aloud", &parameters, false),
        ("{who sees", &parameters[..1], false),
        ("who} sees", &parameters[..1], false),
        ("{who} says {whatt}", &parameters, false),
    ];
    let mut messages = Vec::new();
    for (text, parameters, value) in cases {
        let literal = format!("\"{text}\"");
        let span = Span::new(FILE, 0..literal.len() as u32);
        let error = parse_pattern(text, span, Slots { parameters, value, complete: true }).unwrap_err();
        messages.push(shown(&literal, &error));
    }
    let long = "very ".repeat(61) + "long";
    let error = parse_pattern(&long, span(), Slots { parameters: &[], value: false, complete: true }).unwrap_err();
    messages.push(format!("{}: {}", error.code.id, error.title));
    assert_snapshot!(messages.join("\n\n"));
}

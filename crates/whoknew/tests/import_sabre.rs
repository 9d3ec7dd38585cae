//! Reading problem files of the Sabre planner.
// Lints know only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "reference/data.rs"]
#[allow(dead_code)]
mod data;

use proptest::prelude::*;
use whoknew::import::sabre;
use whoknew::world::{ParameterKind, World};

fn codes(text: &str) -> Vec<&'static str> {
    sabre::read("test", text).1.iter().map(|diagnostic| diagnostic.code.id).collect()
}

#[test]
fn all_problem_files_are_read() {
    for problem in data::problems() {
        let world = data::read_world(&problem.name, &problem.text);
        let characters: Vec<&str> =
            problem.ground["characters"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
        let ours: Vec<&str> = world.entities[..world.characters].iter().map(|entity| entity.name.as_str()).collect();
        assert_eq!(ours, characters, "{}", problem.name);
        for (kind, entities) in problem.ground["types"].as_object().unwrap() {
            let expected: Vec<&str> = entities.as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
            assert_eq!(entities_of(&world, kind), expected, "{}: {kind}", problem.name);
        }
    }
}

fn entities_of<'a>(world: &'a World, kind: &str) -> Vec<&'a str> {
    let index = world.kinds.iter().position(|declared| declared.name == kind).unwrap();
    let kinds = [whoknew::world::KindId::from_index(index)];
    world.entities_of(&kinds).map(|entity| world.entities[entity.index()].name.as_str()).collect()
}

const SMALL: &str = "type place; entity A : character; entity P : place;
    property at(c : character) : place; property n() : number; property f(b : boolean) : boolean;";

#[test]
fn expressions_that_cannot_be_read_are_reported() {
    for statement in
        ["n() = 1e3;", "n() = -n();", "at(P) = P;", "at(B) = P;", "n() = 1 2;", "n() = (1;", "n() = 5 / 0;"]
    {
        assert_eq!(codes(&format!("{SMALL} {statement}")).len(), 1, "{statement}");
    }
    for statement in ["n() = 1;", "n() = .5;", "n() = 2 - -1;", "at(A) == P;", "f(True);", "forall(b : boolean) f(b);"]
    {
        assert_eq!(codes(&format!("{SMALL} {statement}")), [""; 0], "{statement}");
    }
}

#[test]
fn two_properties_for_the_same_arguments_are_an_error() {
    assert_eq!(
        codes("entity A : character; property p(c : character) : number; property p(c : entity) : number;"),
        ["E0605"]
    );
    assert_eq!(
        codes("entity A : character; type t; property p(c : character) : number; property p(c : t) : number;"),
        [""; 0]
    );
}

#[test]
fn boolean_parameters_become_two_declarations() {
    let world = data::read_world("small", SMALL);
    let flags: Vec<_> = world.fluents.iter().filter(|fluent| fluent.name == "f").collect();
    assert_eq!(flags.len(), 2);
    let ParameterKind::Constant(entity) = flags[0].parameters[0].kind else { panic!("not a constant") };
    assert_eq!(world.entities[entity.index()].name, "False");
    assert!(!entities_of(&world, "entity").contains(&"False"));
}

#[test]
fn a_variable_that_needs_two_properties_is_taken_apart() {
    let text = "type place; type item; entity A : character; entity X : item; entity P : place;
        property at(c : character) : place; property at(i : item) : place;
        type thing; type character : thing; type item : thing;
        forall(t : thing) at(t) = P;
        action drop(t : thing) { precondition: at(t) == P; effect: at(t) = ?; };";
    let world = data::read_world("apart", text);
    assert_eq!(world.actions.len(), 2);
}

#[test]
fn deep_and_long_files_give_an_error_and_no_crash() {
    let deep = format!("{SMALL} n() = {}1{};", "(".repeat(5_000), ")".repeat(5_000));
    assert_eq!(codes(&deep), ["E0606"]);
    let nested = format!("{SMALL} f(True) = {}f(False){};", "(f(True) == ".repeat(50), ")".repeat(50));
    assert_eq!(codes(&nested), ["E0606"]);
    let long = format!("{SMALL} {}f(True);", "f(True) & ".repeat(3_000));
    assert_eq!(codes(&long), [""; 0]);
    let unreadable = format!("{SMALL} {}f(True", "f(True) & ! ".repeat(20));
    assert_eq!(codes(&unreadable), ["E0601"]);
    let cycle = "type a : b; type b : a; entity X : a;";
    assert_eq!(codes(cycle), ["E0604"]);
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "type",
        "entity",
        "property",
        "action",
        "trigger",
        "utility",
        "A",
        "at",
        "p",
        "character",
        "boolean",
        "number",
        "(",
        ")",
        "{",
        "}",
        ":",
        ";",
        ",",
        "&",
        "|",
        "!",
        "==",
        "=",
        "<=",
        ">",
        "+",
        "-",
        "*",
        "/",
        "if",
        "elseif",
        "else",
        "forall",
        "exists",
        "sum",
        "believes",
        "?",
        "1",
        "-1",
        "0",
        "True",
        "precondition",
        "effect",
        "consenting",
        "observing",
        "/*",
        "*/",
        "//",
        "é",
        "\n",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_it_panic(text in pieces()) {
        let (world, diagnostics) = sabre::read("any", &text);
        prop_assert_eq!(world.is_none(), !diagnostics.is_empty());
    }

    #[test]
    fn no_statement_makes_it_panic(text in pieces()) {
        let _ = sabre::read("any", &format!("{SMALL} action a(c : character) {{ effect: {text}; }}; {text};"));
    }

    #[test]
    fn no_characters_make_it_panic(text in any::<String>()) {
        let _ = sabre::read("any", &text);
    }
}

//! Sentences where formulas stand: they mean what the formulas mean.

use whoknew::world::{World, load_text};

use super::check::shown;

const WORLD: &str = "use std/people, std/things\nplace hall, attic\nperson Ann, Ben\nthing lamp, ticket\ncontainer box\n\
    fact lit(what: thing)  \"{what} is lit\"\nfact ajar(what: thing)  \"{what} is a bit open\"\n\
    fact fear(who: person): number  \"{who} feels {value} units of fear\"\n";

/// The text of a story with one action.
fn acting(lines: &[&str]) -> String {
    let lines: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    format!(
        "{WORLD}action act(who, whom: person, what: thing, a: place)  \"{{who}} acts on {{whom}} with {{what}} in {{a}}\"\n{lines}"
    )
}

fn world(text: &str) -> World {
    let loaded = load_text("story.who", text);
    assert_eq!(shown(&loaded), "", "{text}");
    loaded.world.expect("a world")
}

/// What the last action needs, makes and is seen by, without places.
fn meaning(text: &str) -> String {
    let world = world(text);
    let action = world.actions.last().expect("an action");
    let needs: Vec<_> = action.preconditions.iter().map(|need| &need.condition.value).collect();
    let seen: Vec<_> = action.observations.iter().map(|seen| &seen.condition).collect();
    format!("{needs:?}\n{:?}\n{seen:?}", action.effect)
}

#[test]
fn a_sentence_means_what_its_formula_means() {
    let pairs = [
        ("needs who has the lamp", "needs carried(lamp) = who"),
        ("needs who is in a", "needs at(who) = a"),
        ("needs who is in the a", "needs at(who) = a"),
        ("needs the what is not lit", "needs not lit(what)"),
        ("needs not the what is lit", "needs not lit(what)"),
        ("needs the lamp is a bit open", "needs ajar(lamp)"),
        ("needs who is a person", "needs who is a person"),
        (
            "needs who is asleep and (the lamp is lit or at(whom) = a)",
            "needs asleep(who) and (lit(lamp) or at(whom) = a)",
        ),
        ("needs who and Ben are in the hall and lit(lamp)", "needs (at(who) = hall and at(Ben) = hall) and lit(lamp)"),
        ("needs who believes the lamp is lit", "needs who believes lit(lamp)"),
        ("needs who does not believe that the lamp is lit", "needs who does not believe lit(lamp)"),
        ("needs who knows whether whom has the lamp", "needs who knows carried(lamp)"),
        ("needs it happened that whom hides", "needs happened(hide(whom))"),
        ("needs it is not so that whom feels 5 units of fear", "needs fear(whom) != 5"),
        ("needs exists c: person (c is in the hall)", "needs exists c: person (at(c) = hall)"),
        ("makes the what is lit and not the lamp is lit", "makes lit(what) and not lit(lamp)"),
        ("makes not ticket is lit", "makes not lit(ticket)"),
        (
            "makes who has the lamp if the lamp is lit, whom is asleep",
            "makes carried(lamp) = who if lit(lamp), asleep(whom)",
        ),
        ("makes whom believes that the lamp is not lit", "makes whom believes not lit(lamp)"),
        ("makes whom knows that the lamp is lit", "makes lit(lamp) and whom believes lit(lamp)"),
        (
            "makes for all c: person (c feels 2 units of fear if c is hiding)",
            "makes for all c: person (fear(c) = 2 if hiding(c))",
        ),
        ("makes who learns whether whom has the what", "makes who learns carried(what)"),
        ("makes who learns whether whom is in this or that place", "makes who learns at(whom)"),
        (
            "makes who forgets whether lit(lamp), who forgets whether Ben is hiding",
            "makes who forgets lit(lamp), who forgets hiding(Ben)",
        ),
        ("seen by c if c is in the hall and c is awake", "seen by c if at(c) = hall and awake(c)"),
    ];
    for (words, formula) in pairs {
        let by_all = |line| acting(&["by who", line]);
        assert_eq!(meaning(&by_all(words)), meaning(&by_all(formula)), "{words}");
    }
}

#[test]
fn wants_aims_and_rules_are_said_in_words() {
    let worded = "want Ann: Ann has the ticket\nwant every person p: 2 if p has the box and Ann believes p is hiding\n\
        aim: 1 if the lamp is lit or Ben is in the attic\nrule wake_up(p: person)\n  when p is asleep and the lamp is lit\n  makes p is not asleep\n";
    let formulas = "want Ann: carried(ticket) = Ann\nwant every person p: 2 if carried(box) = p and Ann believes hiding(p)\n\
        aim: 1 if lit(lamp) or at(Ben) = attic\nrule wake_up(p: person)\n  when asleep(p) and lit(lamp)\n  makes not asleep(p)\n";
    let said = |text: &str| {
        let world = world(&format!("{WORLD}{text}"));
        let wants: Vec<_> = world.utilities.iter().map(|want| &want.value).collect();
        let rule = world.triggers.last().expect("a rule");
        format!("{wants:?}\n{:?}\n{:?}", rule.condition.value, rule.effect)
    };
    assert_eq!(said(worded), said(formulas));
}

#[test]
fn a_name_is_no_sentence_and_a_kind_no_word() {
    // The person `Ann`, the kind `person` and the fact `safe` keep their meaning whatever sentences there are.
    let text = format!(
        "{WORLD}fact safe \"it is safe\"\nfact odd(who: character)  \"{{who}} is a person\"\n\
         action act(who: person)  \"{{who}} acts\"\n  needs safe and who is a person and at(who) = hall\n  by who\n"
    );
    let needs = meaning(&text);
    assert!(needs.contains("IsKind"), "{needs}");
}

#[test]
fn what_cannot_be_read_in_words_is_explained() {
    let lines = [
        "needs who has the key",
        "needs who is in the what",
        "needs who owns the lamp",
        "needs whoo has the lamp",
        "makes who hides",
        "makes who is not in the hall",
        "makes who is with Ben",
        "makes whom learns that the lamp is lit",
        "makes someone has the lamp",
        "needs who tells Ann that the lamp is lit",
    ];
    let mut all = String::new();
    for line in lines {
        let loaded = load_text("story.who", &acting(&[line, "by who"]));
        all += &format!("# {line}\n{}\n", shown(&loaded));
    }
    insta::assert_snapshot!(all);
}

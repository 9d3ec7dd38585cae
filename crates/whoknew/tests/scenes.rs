//! Told scenes: what their times and lines mean, and every message about them.

#![allow(clippy::unwrap_used)] // Writing to a string cannot fail.

use std::fmt::Write;

use insta::assert_snapshot;
use whoknew::world::{Line, LineContent, Loaded, Scene, World, load_text, say};

const WORLD: &str = r#"use std/places, std/talk

person Sally, Anne, Giles (the watcher)
place nursery, garden
thing marble
kind container : thing
container box, basket

fact inside(what: thing): container    "the {what} is in the {value}"
fact alive(who: character)             "{who} is alive"
  not "{who} is dead"
fact sad(who: character)               "{who} is sad"
  means not alive(who)

action put(who: person, what: thing, into: container)   "{who} puts the {what} in the {into}"
  past "{who} put the {what} in the {into}"
  makes inside(what) = into
  by who

want Sally "peace": 1 if alive(Anne)
want Anne, Sally "order": 1 if inside(marble) = box

"#;

/// Loads the little world with `told` after it.
fn loaded(told: &str) -> Loaded {
    load_text("story.who", &format!("{WORLD}{told}"))
}

/// The scenes in one line each part, or all messages.
fn shown(told: &str) -> String {
    let loaded = loaded(told);
    match &loaded.world {
        Some(world) if loaded.diagnostics.is_empty() => {
            world.telling.scenes.iter().map(|scene| scene_shown(world, scene)).collect()
        }
        _ => messages(&loaded),
    }
}

fn messages(loaded: &Loaded) -> String {
    let mut text = String::new();
    for message in &loaded.diagnostics {
        writeln!(text, "{}: {}", message.code.id, message.title).unwrap();
        if let Some(primary) = &message.primary {
            let line = loaded.sources.line(primary.span) - WORLD.lines().count();
            writeln!(text, "  line {line}: `{}` {}", loaded.sources.slice(primary.span), primary.text).unwrap();
        }
        for label in &message.secondary {
            writeln!(text, "  also: `{}` {}", loaded.sources.slice(label.span), label.text).unwrap();
        }
        for note in &message.notes {
            writeln!(text, "  note: {note}").unwrap();
        }
        for help in &message.help {
            writeln!(text, "  help: {help}").unwrap();
        }
    }
    text
}

fn scene_shown(world: &World, scene: &Scene) -> String {
    let mut text = format!("scene {}", scene.label);
    if let Some(title) = &scene.title {
        write!(text, " {title:?}").unwrap();
    }
    for time in &scene.times {
        write!(text, ", {:?}", time.value).unwrap();
    }
    writeln!(text).unwrap();
    let name = |entity: whoknew::world::EntityId| world.entities[entity.index()].name.clone();
    if let Some(place) = &scene.place {
        writeln!(text, "  at {}", name(place.value)).unwrap();
    }
    if let Some(present) = &scene.present {
        let names: Vec<String> = present.value.iter().map(|&entity| name(entity)).collect();
        writeln!(text, "  present {}", say::list(&names)).unwrap();
    }
    if let Some(eyes) = scene.point_of_view {
        writeln!(text, "  through {}", name(eyes)).unwrap();
    }
    if let Some(minutes) = scene.duration {
        writeln!(text, "  lasts {minutes} minutes").unwrap();
    }
    for expectation in &scene.expectations {
        writeln!(text, "  expect {} {:?}", expectation.code, expectation.reason).unwrap();
    }
    for line in &scene.lines {
        writeln!(text, "  {}", line_shown(world, line)).unwrap();
    }
    text
}

fn line_shown(world: &World, line: &Line) -> String {
    let name = |entity: whoknew::world::EntityId| world.entities[entity.index()].name.clone();
    let mut text = match &line.content {
        LineContent::Event(told) => {
            let mut text = say::call(world, &told.event);
            if told.offstage {
                text.push_str(" [offstage]");
            }
            if let Some(shown) = &told.shown_as {
                write!(text, " [shown as {}]", say::call(world, shown)).unwrap();
            }
            if let Some(want) = &told.because {
                let want = &world.utilities[want.value.index()];
                write!(text, " [because {:?} of {:?}]", want.label.as_deref().unwrap(), want.holder).unwrap();
            }
            for (word, list) in [("noticed by", &told.noticed_by), ("unnoticed by", &told.unnoticed_by)] {
                if !list.is_empty() {
                    let names: Vec<String> = list.iter().map(|&entity| name(entity)).collect();
                    write!(text, " [{word} {}]", say::list(&names)).unwrap();
                }
            }
            if let Some(minute) = told.clock {
                write!(text, " [{minute} minutes after midnight]").unwrap();
            }
            text
        }
        LineContent::Conclusion { thinker, conclusion, premises } => {
            let premises: Vec<String> = premises.iter().map(|premise| say::formula(world, &premise.value)).collect();
            format!(
                "{} concludes {} from {}",
                name(*thinker),
                say::formula(world, &conclusion.value),
                say::list(&premises)
            )
        }
        LineContent::Claim(statement) => format!("claim {}", say::formula(world, &statement.value)),
        LineContent::Assumption { statement, reason } => {
            format!("assume {} {reason:?}", say::formula(world, &statement.value))
        }
        LineContent::Reveal(statement) => format!("reveal {}", say::formula(world, &statement.value)),
        LineContent::Drops { character, want } => {
            format!(
                "{} drops {:?} of {:?}",
                name(*character),
                world.utilities[want.index()].label,
                world.utilities[want.index()].holder
            )
        }
        LineContent::Forgets { character, facts } => {
            let facts: Vec<String> = facts
                .iter()
                .map(|fact| say::formula(world, &whoknew::world::Expression::Fluent(fact.clone())))
                .collect();
            format!("{} forgets {}", name(*character), say::list(&facts))
        }
        LineContent::LosesTime(character) => format!("{} loses time", name(*character)),
    };
    for expectation in &line.expectations {
        write!(text, " [expect {} {:?}]", expectation.code, expectation.reason).unwrap();
    }
    text
}

#[test]
fn times() {
    assert_snapshot!(shown(
        r#"told
scene "One", day 3, 09:00
scene "Two", 10 minutes later
scene, three weeks later
scene 7 "The warning", at least two weeks later
scene, at most an hour after scene 7
scene, two days before scene 7
scene, later
scene, after "The warning"
scene, before scene 1
scene, flashback, between scene 1 and scene 2
scene, meanwhile
scene, at the same time as scene 3
scene, the same night
scene, the same day as scene 7
scene, the same morning
scene, in 2073
scene, 1999-03-02
scene, half a day later
scene, seventy years later
"#
    ));
}

#[test]
fn lines() {
    assert_snapshot!(shown(
        r#"told
scene "Nursery"
  at the nursery
  present Sally, Anne and the watcher
  through Sally
  lasts 20 minutes
  expect H08 "a clock stood still"
  Sally puts the marble in the basket
    because "order"
    clock 21:30
    expect H02 "she saw it"
  put(Anne, marble, box)
    because "order"
    shown as someone puts the marble in the box
    noticed by Giles
    unnoticed by Sally, Anne
  offstage Anne tells Sally that the marble is in the basket
  Sally concludes that Anne put the marble in the box
    from the marble is in the box
    from not Anne believes inside(marble) = basket
  claim Sally and Anne believe the marble is in the box
  claim times(put(Anne, marble, something) since scene 1) >= 2
  assume the marble is not in the basket "so it is"
  assume times(put(Anne, marble, something)) = times(put(Sally, marble, something))
  reveal Anne is dead
  Anne drops "order"
  Sally forgets that the marble is in the box
  Sally forgets inside(marble)
  Anne loses time
offstage scene "Elsewhere"
  Anne goes to the garden
"#
    ));
}

#[test]
fn one_form_for_what_can_be_said_in_several() {
    assert_snapshot!(shown(
        r#"told
scene
  claim not inside(marble) = box
  claim box = inside(marble)
  claim it is not so that the marble is not in the box
  claim alive(Sally) = no
  claim Sally does not believe (not alive(Anne))
"#
    ));
}

#[test]
fn tests_tell_stories_of_their_own() {
    let loaded = loaded(
        r#"told
scene "Told"
test "Two parts"
  start
    the marble is in the box
  claim the marble is in the box
  Sally puts the marble in the basket
  scene "Later", 10 minutes later
    claim the marble is in the basket
"#,
    );
    assert_eq!(messages(&loaded), "");
    let world = loaded.world.unwrap();
    let test = &world.tests[0];
    assert_eq!((test.title.as_str(), test.start.len(), world.telling.scenes.len()), ("Two parts", 1, 1));
    let scenes: String = test.telling.scenes.iter().map(|scene| scene_shown(&world, scene)).collect();
    assert_snapshot!(scenes);
}

#[test]
fn mistakes_in_times() {
    assert_snapshot!(shown(
        r#"told
scene 1, later
scene 2, after scene 9
scene 2, 10 minutes after scene 2
scene 3 "Alike", after "Alik"
scene 4 "Alike", after "Alike"
scene 5, day 0
scene 6, 90000000 years later
scene 7, after scene 7
"#
    ));
}

#[test]
fn mistakes_in_lines() {
    assert_snapshot!(shown(
        r#"told
scene
  at the box
  at the garden
  at the garden
  present Sally, marble
  through Dracula
  Sally puts the marbel in the box
  Sally puts the marble in the box
    because "piece"
    from the marble is in the box
  claim the marble is in the box
    clock 10:00
  Giles drops "order"
  Sally drops "revenge"
  Sally forgets that Anne believes the marble is in the box
  assume inside(marble) = box or inside(marble) = basket
  assume Sally is sad
  Anne tells Sally that Giles is sad
  Anne tells Sally that Giles is red
  Sally concludes that alive(Anne) or alive(Giles)
  the marble is in the box
  claim Sally puts the marble in the box
  Sally and Anne put the marble in the box
  claim someone is dead
"#
    ));
}

#[test]
fn a_place_needs_a_location() {
    let loaded = load_text("story.who", "kind place\nplace hall\ntold\nscene\n  at hall\n");
    let message = &loaded.diagnostics[0];
    assert_eq!((message.code.id, message.title.as_str()), ("E0410", "no fact says where somebody is"));
}

#[test]
fn a_story_cut_off_anywhere_is_read_to_its_end() {
    let told = r#"told
scene 1 "Nursery", day 3, 09:00
  at the nursery
  present Sally, Anne and the watcher
  Sally puts the marble in the basket
    because "order"
    shown as someone puts the marble in the box
  Sally and Anne conclude that Anne put the marble in the box
    from the marble is in the box
  claim Sally does not know whether Anne believes the marble is in the box
  assume times(put(Anne, marble, something) since scene 1) >= 2 "why not"
scene 2, at most an hour after "Nursery", between scene 1 and scene 3
  Sally forgets that the marble is in the box
"#;
    for end in (0..told.len()).step_by(5) {
        let loaded = loaded(&told[..end]);
        assert!(loaded.diagnostics.iter().all(|message| !message.title.is_empty()));
    }
}

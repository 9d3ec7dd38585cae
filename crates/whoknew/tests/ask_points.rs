//! Points of a story: how they are named, which situation they are, and what is said of those that do not exist.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use whoknew::ask::{Point, Spot, Story, question};
use whoknew::diagnostic::Diagnostic;
use whoknew::ground::Limits;
use whoknew::source::FileId;
use whoknew::world::{self, Loaded, SceneId};

const STORY: &str = r#"use std/places, std/talk
person Sally, Anne
place nursery, garden
thing marble, box
fact inside(what: thing): thing "the {what} lies in the {value}"
action put(who: person, what: thing, into: thing) "{who} puts the {what} in the {into}"
  makes inside(what) = into
  by who
  seen by c if notices(c, who)
start
  Sally and Anne are in the nursery
scene "Nursery"
  at the nursery
  present Sally, Anne
  claim Sally is in the nursery
  Sally puts the marble in the box
  Sally concludes that the marble lies in the box
  Sally leaves
scene garden "The garden"
  at the garden
  present Sally
scene 7 "Twice"
  Anne leaves
scene 8 "Twice"
  Sally leaves
"#;

fn load(text: &str) -> Loaded {
    let loaded = world::load_text("story.who", text);
    assert!(loaded.world.is_some(), "{:?}", loaded.diagnostics);
    loaded
}

fn with_story<T>(text: &str, body: impl FnOnce(&mut Story<'_>) -> T) -> T {
    let loaded = load(text);
    let mut story = Story::new(loaded.world.as_ref().unwrap(), &Limits::default()).unwrap();
    body(&mut story)
}

fn point(text: &str) -> Point {
    with_story(STORY, |story| story.point(text).unwrap())
}

fn refused(text: &str) -> Diagnostic {
    with_story(STORY, |story| story.point(text).unwrap_err())
}

#[test]
fn scenes_are_named_by_label_title_and_event() {
    let first = SceneId::from_index(0);
    for name in ["1", "scene 1", "Scene 1", "nursery", "\"Nursery\"", "the Nursery", "scene “Nursery”"] {
        assert_eq!(point(name).spot(), Spot::Scene(first), "{name}");
    }
    for name in ["1.2", "scene 1.2", "Nursery.2", "scene 1, event 2", "\"Nursery\".2"] {
        assert_eq!(point(name).spot(), Spot::Event { scene: first, number: 2, line: 2 }, "{name}");
    }
    assert_eq!(point("garden").scene(), Some(SceneId::from_index(1)));
    assert_eq!(point("The garden"), point("garden"));
    assert_eq!(point("1.0").spot(), Spot::Opening(first));
}

/// Scenes without labels stand before, between and after those that are labelled as they would be.
#[test]
fn a_written_label_wins_over_the_position_of_an_unlabelled_scene() {
    let scene = |label: &str| format!("scene {label}\n  Anne leaves\n  Anne comes to the garden\n");
    let told: String =
        ["\"Prologue\"", "1 \"Arrival\"", "", "3 \"Night\"", ""].iter().map(|label| scene(label)).collect();
    let claim = "  claim it happened that Anne left\n";
    let text = format!("{}{told}{claim}", STORY.split_once("scene").unwrap().0);
    with_story(&text, |story| {
        let index = |name: &str| match story.point(name).unwrap().spot() {
            Spot::Scene(scene) | Spot::Event { scene, .. } => scene.index(),
            other => panic!("{other:?}"),
        };
        let names =
            ["1", "scene 1", "1.2", "Arrival", "Prologue", "Prologue.1", "3", "unlabelled 3", "unlabelled 3.2", "5"];
        let found: Vec<usize> = names.into_iter().map(index).collect();
        assert_eq!(found, [1, 1, 1, 1, 0, 0, 3, 2, 2, 4]);
        let shown = |name: &str| story.point(name).unwrap().to_string();
        let shown = ["Prologue", "1", "unlabelled 3", "5.1"].map(shown);
        assert_eq!(shown, ["scene “Prologue”", "scene 1 “Arrival”", "scene unlabelled 3", "scene 5, event 1"]);
    });
}

#[test]
fn points_print_themselves() {
    assert_eq!(point("1").to_string(), "scene 1 “Nursery”");
    assert_eq!(point("1.3").to_string(), "scene 1 “Nursery”, event 3");
    assert_eq!(point("garden.0").to_string(), "the beginning of scene garden “The garden”");
    assert_eq!(point("start").to_string(), "the start");
    assert_eq!(point("END").to_string(), "the end");
}

#[test]
fn a_point_is_the_situation_after_what_happens_there() {
    with_story(STORY, |story| {
        let moments = story.run.replay.moments.len();
        let state = |story: &Story<'_>, name: &str| story.state(&story.point(name).unwrap()).unwrap();
        assert_eq!(state(story, "start"), story.run.replay.state(story.start().before()).unwrap());
        assert_eq!(state(story, "end"), state(story, "8"));
        assert_eq!(state(story, "1"), state(story, "1.3"));
        assert_ne!(state(story, "1.1"), state(story, "1.0"));
        assert_eq!(story.end().after().index(), moments);
        let put = story.point("1.1").unwrap();
        assert_eq!(put.after().index(), put.before().index() + 1);
    });
}

#[test]
fn a_line_has_its_point() {
    with_story(STORY, |story| {
        let first = SceneId::from_index(0);
        assert_eq!(story.after_line(first, 3), Some(story.point("1.3").unwrap()));
        assert_eq!(story.after_line(first, 0), None, "a claim is no event");
        assert_eq!(story.after_line(first, 99), None);
    });
}

#[test]
fn points_that_do_not_exist_are_explained() {
    let refusal = refused("gardn");
    assert_eq!((refusal.code.id, refusal.help[0].as_str()), ("E0801", "did you mean `garden` or `The garden`?"));
    assert_eq!(refused("99").help[0], "the scenes told are labelled from 1 to 8");
    let refusal = refused("1.4");
    assert_eq!(
        (refusal.code.id, refusal.title.as_str()),
        ("E0802", "scene 1 “Nursery” has no event 4: it tells 3 events")
    );
    assert_eq!(refused("garden.1").title, "scene garden “The garden” has no event 1: it tells no event");
    let refusal = refused("Twice");
    assert_eq!((refusal.code.id, refusal.secondary.len()), ("E0804", 2));
    for odd in [".", "..", "1.", ".1", "1.99999999999999999999999", "scene", "é.1", "scéne", "\"", "1.1.1"] {
        let _ = with_story(STORY, |story| story.point(odd).map(|point| point.to_string()));
    }
}

#[test]
fn a_story_without_scenes_has_a_start() {
    with_story("kind dog : character\ndog Rex\n", |story| {
        assert!(story.state(&story.start()).is_some());
        assert_eq!(story.state(&story.start()), story.state(&story.end()));
        assert_eq!(story.point("1").unwrap_err().code.id, "E0803");
    });
}

#[test]
fn what_is_mentioned_later_is_remembered() {
    use whoknew::world::{EventArgument, EventTerm, Expression, Term};
    with_story(STORY, |story| {
        let world = story.world();
        let leave = world.actions.iter().position(|action| action.name == "leave").unwrap();
        let anne = world.entities.iter().position(|entity| entity.name == "Anne").unwrap();
        let event = EventTerm {
            action: whoknew::world::ActionId::from_index(leave),
            arguments: vec![EventArgument::Term(Term::Entity(whoknew::world::EntityId::from_index(anne)))],
        };
        let statement = Expression::Happened(event);
        let end = story.end();
        story.mention(&statement).unwrap();
        let condition = story.run.situations.problem_mut().condition(&statement).unwrap();
        let (start, end) = (story.state(&story.start()).unwrap(), story.state(&end).unwrap());
        assert!(!story.run.situations.holds(start, &condition).unwrap());
        assert!(story.run.situations.holds(end, &condition).unwrap());
    });
}

#[test]
fn a_rule_about_what_is_only_ever_said_is_not_forgotten() {
    let text = "character Ann, Bob\nfact late(who: character) \"{who} is late\"\nfact cross(who: character) \"{who} is cross\"\n\
        action tell(who, whom: character, what: statement) \"{who} tells {whom} that {what}\"\n  \
          makes whom believes what\n  by who\n\
        rule scowl(who: character)\n  when late(Ann)\n  makes cross(who)\n\
        scene\n  Ann tells Bob that Ann is late\n";
    with_story(text, |story| {
        let asking = question::read(story, "does Bob believe that Bob is cross", FileId::from_index(0)).unwrap();
        let end = story.end();
        assert_eq!(story.answer(&asking, &end).unwrap().verdict, whoknew::ask::Verdict::Yes);
    });
}

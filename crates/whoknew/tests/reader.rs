//! What the reader knows and characters do not, and the other way round.

#![allow(clippy::expect_used, clippy::panic)]

use whoknew::ground::Limits;
use whoknew::telling::{Run, reader};
use whoknew::world::{self, Expression, FluentTerm, SceneId, Term, World};

const STORY: &str = "\
kind person : character
person Anne, Ben
fact hurt(who: person)  \"{who} is hurt\"
fact guilty(who: person)  \"{who} is guilty\"
fact sad(who: person)  \"{who} is sad\"
action strike(who, whom: person)  \"{who} strikes|strike {whom}\"
  makes hurt(whom) and guilty(who)
  by who
  seen by c
action weep(who: person)  \"{who} weeps|weep\"
  makes sad(who)
  by who
  seen by c
action smile(who: person)  \"{who} smiles|smile\"
  makes not sad(who)
  by who
  seen by c
start
  Ben is sad
  Anne is sad
  told to reader: Anne is sad
told
scene 1, day 1
  Ben strikes Anne
    shown as strike(someone, Anne)
scene 2, day 5
  offstage Anne weeps
  Ben smiles
  Anne concludes that Ben is guilty
scene 3, day 3, flashback
  Ben weeps
scene 4, day 6
  reveal Ben is guilty
";

fn believes(scene: usize, fact: &str, of: &str, yes: bool) -> bool {
    let loaded = world::load_text("story.who", STORY);
    let world: &World = loaded.world.as_ref().expect("the story can be read");
    let newcomer = reader::newcomer(world);
    let limits = Limits::default();
    let mut run = Run::new(world, &world.telling, &[], &limits).expect("it can be run");
    let mut reader = run.reader(&newcomer, &world.telling, &limits).expect("it can be read");
    let fluent = world.fluents.iter().position(|fluent| fluent.name == fact).expect("a fact");
    let entity = world.entities.iter().position(|entity| entity.name == of).expect("somebody");
    let fluent = world::FluentId::from_index(fluent);
    let arguments = vec![Term::Entity(world::EntityId::from_index(entity))];
    let fact = Expression::Fluent(FluentTerm { fluent, arguments });
    let statement = if yes { fact } else { Expression::Not(Box::new(fact)) };
    reader.believes(SceneId::from_index(scene - 1), &statement).expect("it can be asked")
}

#[test]
fn the_start_is_known_only_where_it_is_told() {
    assert!(believes(1, "sad", "Anne", true));
    assert!(!believes(1, "sad", "Ben", true));
    assert!(!believes(1, "sad", "Ben", false));
}

#[test]
fn a_doer_may_stay_hidden_until_revealed() {
    assert!(believes(1, "hurt", "Anne", true));
    assert!(!believes(2, "guilty", "Ben", true));
    assert!(believes(4, "guilty", "Ben", true));
}

#[test]
fn a_flashback_is_learned_late_and_lies_early() {
    assert!(believes(2, "sad", "Ben", false));
    assert!(believes(3, "sad", "Ben", false), "what was told of later days still holds");
}

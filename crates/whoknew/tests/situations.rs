//! What is so, and who believes what, after each kind of event: stories whose claims must all hold.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use whoknew::ground::{Limits, Problem};
use whoknew::state::{Made, Situations, StateError, StateId};
use whoknew::world::{LineContent, World, load_text};

const BASKET: &str = "
kind thing
kind container : thing
kind place
character Sally, Anne, Bob
place nursery, garden
thing marble
container basket, box

fact at(who: character): place
fact inside(what: thing): container

action put(who: character, what: thing, into: container)
  makes inside(what) = into
  by who
  seen by c if at(c) = at(who)
action go(who: character, to: place)
  makes at(who) = to
  by who
  seen by c if at(c) = at(who)
start
  at(Sally) = nursery
  at(Anne) = nursery
  at(Bob) = nursery
  inside(marble) = basket
";

fn world(text: &str) -> World {
    let loaded = load_text("story", text);
    assert!(loaded.diagnostics.is_empty(), "{:#?}", loaded.diagnostics);
    loaded.world.expect("a world without diagnostics is usable")
}

/// Plays all lines: events happen, conclusions and assumptions are written, claims must hold.
fn play(world: &World, plainly: bool) -> Result<(Situations<'_>, StateId), StateError> {
    let problem = Problem::new(world, &world.telling, &Limits::default()).expect("ground");
    let mut situations = Situations::new(problem);
    if plainly {
        situations.settle_rules_plainly();
    }
    let mut state = situations.start()?;
    for line in world.telling.scenes.iter().flat_map(|scene| &scene.lines) {
        match &line.content {
            LineContent::Event(told) => {
                let event = situations.problem_mut().event(&told.event).expect("ground");
                state = situations.happen(state, event)?;
            }
            LineContent::Claim(claim) => {
                let condition = situations.problem_mut().condition(&claim.value).expect("ground");
                assert!(situations.holds(state, &condition)?, "plainly: {plainly}, {:?}", claim.value);
            }
            LineContent::Assumption { statement, .. } => {
                let changes = situations.problem_mut().made_so(&[], &statement.value).expect("ground");
                state = situations.write(state, &changes)?;
            }
            other => panic!("no line of these tests: {other:?}"),
        }
    }
    Ok((situations, state))
}

/// All claims hold, however rules settle.
fn all_hold(text: &str) {
    let world = world(text);
    for plainly in [false, true] {
        play(&world, plainly).expect("the story can be played");
    }
}

#[test]
fn who_does_not_see_it_still_believes_what_was() {
    all_hold(&format!(
        "{BASKET}
scene
  go(Sally, garden)
  put(Anne, marble, box)
  claim inside(marble) = box
  claim Sally believes inside(marble) = basket
  claim Anne believes Sally believes inside(marble) = basket
  claim Bob believes Anne believes Sally believes inside(marble) = basket
  claim Sally believes Anne believes inside(marble) = basket
"
    ));
}

#[test]
fn who_peeks_knows_what_others_take_them_not_to_know() {
    // Sally learns where the marble is, not that Anne put it there: what she believes of Anne stays.
    all_hold(&format!(
        "{BASKET}
action peek(who: character)
  makes who learns inside(marble)
  by who
scene
  go(Sally, garden)
  put(Anne, marble, box)
  peek(Sally)
  claim Sally believes inside(marble) = box
  claim Anne believes Sally believes inside(marble) = basket
  claim Sally believes Anne believes inside(marble) = basket
"
    ));
}

#[test]
fn an_event_seen_as_another_is_that_other_in_the_mind_of_who_saw_it() {
    all_hold(
        "
character Willow, Spike, Buffy
fact hurt(who: character)
action strike(who: character, whom: character)
  makes hurt(whom)
  by who
  seen by c as strike(someone, whom) if c = whom
  seen by who
scene
  strike(Spike, Buffy)
  claim hurt(Buffy)
  claim happened(strike(Spike, Buffy))
  claim Buffy believes happened(strike(someone, Buffy))
  claim not (Buffy believes happened(strike(Spike, Buffy)))
  claim Spike believes happened(strike(Spike, Buffy))
  claim not (Willow believes hurt(Buffy))
  claim Spike believes Buffy believes hurt(Buffy)
",
    );
}

#[test]
fn an_impersonation_convinces_whom_the_other_would_convince() {
    all_hold(
        "
character Willow, Spike, Buffy
fact safe(who: character)
action call(who, whom: character, what: statement)
  makes whom believes what and whom believes who believes what
  by who
action call_as(who, voice, whom: character, what: statement)
  by who
  seen by whom as call(voice, whom, what)
  seen by who
scene
  call_as(Spike, Willow, Buffy, safe(Willow))
  claim Buffy believes safe(Willow)
  claim Buffy believes Willow believes safe(Willow)
  claim not safe(Willow)
  claim not (Spike believes safe(Willow))
  claim Spike believes Buffy believes safe(Willow)
  claim not (Willow believes Buffy believes safe(Willow))
",
    );
}

#[test]
fn who_is_surprised_learns_what_the_act_needed() {
    let text = |needs: &str| {
        format!(
            "
character Anne, Bob
kind place
place here, there
fact at(who: character): place
fact armed(who: character)
action shoot(who: character)
  needs at(who) = here
  {needs} armed(who)
  by who
  seen by c
start
  at(Anne) = here
  at(Bob) = here
  armed(Anne)
  Bob believes not armed(Anne)
  Bob believes at(Anne) = there
scene
  shoot(Anne)
  claim Bob believes at(Anne) = here
"
        )
    };
    all_hold(&(text("needs") + "  claim Bob believes armed(Anne)\n  claim Bob believes Anne believes armed(Anne)\n"));
    all_hold(&(text("hidden needs") + "  claim Bob believes not armed(Anne)\n"));
}

#[test]
fn an_inequality_teaches_only_that_the_belief_was_wrong() {
    all_hold(
        "
character Anne, Bob
kind place
place here, there
fact at(who: character): place
action enter(who: character, to: place)
  needs at(who) != to
  by who
  seen by c
start
  at(Anne) = here
  Bob believes at(Anne) = there
scene
  enter(Anne, there)
  claim Bob believes at(Anne) = ?
  claim at(Anne) = here
",
    );
}

#[test]
fn what_is_known_to_some_is_unknown_to_the_others_at_every_depth() {
    all_hold(
        "
character Anne, Bob, Carl
fact secret(who: character): number
start
  known to Anne, Bob: secret(Anne) = 7
  Carl believes secret(Bob) = 3
scene
  claim secret(Anne) = 7
  claim Anne believes Bob believes Anne believes secret(Anne) = 7
  claim Carl believes secret(Anne) = ?
  claim Anne believes Carl believes secret(Anne) = ?
  claim Carl believes Anne believes secret(Anne) = ?
  claim Anne believes Carl believes Anne believes secret(Anne) = ?
  claim Carl believes secret(Bob) = 3
  claim Carl believes Anne believes secret(Bob) = 3
  claim Anne believes Carl believes secret(Bob) = 0
",
    );
}

#[test]
fn everybody_believes_that_they_believe_what_they_believe() {
    all_hold(
        "
character Anne, Bob
kind place
place here, there
fact at(who: character): place
action hint(who, whom: character, where: place)
  makes whom believes at(who) = where
  by who
  seen by c if at(c) = at(who)
start
  at(Anne) = here
  at(Bob) = here
scene
  hint(Anne, Bob, there)
  claim Bob believes at(Anne) = there
  claim Bob believes Bob believes at(Anne) = there
  claim Anne believes Bob believes at(Anne) = there
  claim Anne believes at(Anne) = here
",
    );
}

#[test]
fn rules_apply_at_every_level_and_again_where_beliefs_below_changed() {
    all_hold(
        "
character Anne, Bob
fact rain()
fact wet()
fact warned(who: character)
fact calm(who: character)
  default yes
rule soak()
  when rain()
  makes wet()
rule notice(who: character)
  when who believes wet() and calm(who)
  makes not calm(who)
action pour()
  makes rain()
  seen by Anne
scene
  pour()
  claim wet()
  claim Anne believes wet()
  claim not (Bob believes wet())
  claim not calm(Anne)
  claim calm(Bob)
  claim Anne believes not calm(Anne)
  claim Anne believes Bob believes not wet()
",
    );
}

#[test]
fn rules_that_see_who_is_where_teach_whoever_is_there() {
    all_hold(
        "
kind place
kind thing
character Anne, Bob
place here, there
thing ball
fact at(what: character or thing): place
rule see(who: character, what: character or thing, where: place)
  when at(who) = where and at(what) = where and (who believes at(what)) != where
  makes who believes at(what) = where
action go(who: character, to: place)
  makes at(who) = to
  by who
action throw(what: thing, to: place)
  makes at(what) = to
start
  at(Anne) = here
  at(Bob) = there
  at(ball) = here
scene
  throw(ball, there)
  claim Anne believes at(ball) = here
  claim Bob believes at(ball) = there
  claim Anne believes Bob believes at(ball) = here
  go(Anne, there)
  claim Anne believes at(ball) = there
  claim Bob believes at(Anne) = there
  claim Bob believes Anne believes at(Anne) = there
",
    );
}

#[test]
fn rules_that_undo_each_other_are_a_loop() {
    let world = world(
        "
character Anne
fact on()
fact off()
rule up()
  when not on() and off()
  makes on()
rule down()
  when on() and off()
  makes not on()
action press()
  makes off()
scene
  press()
",
    );
    for plainly in [false, true] {
        let Err(StateError::RuleLoop { cycle, .. }) = play(&world, plainly) else { panic!("a loop is an error") };
        assert_eq!(cycle.len() % 2, 0);
    }
}

#[test]
fn a_belief_remembers_what_made_it() {
    let world = world(&format!(
        "{BASKET}
rule warm()
  when inside(marble) = box
  makes warm_box()
fact warm_box()
scene
  go(Sally, garden)
  put(Anne, marble, box)
  put(Anne, marble, basket)
"
    ));
    let (mut situations, state) = play(&world, false).expect("played");
    let number = |name: &str| world.entities.iter().position(|entity| entity.name == name).expect("declared");
    let entity = |name: &str| whoknew::world::EntityId::from_index(number(name));
    let fact = |name: &str, arguments: &[_]| {
        let fluent = world.fluents.iter().position(|fluent| fluent.name == name).expect("declared");
        situations.problem().fluent(whoknew::world::FluentId::from_index(fluent), arguments).expect("ground")
    };
    let (inside, warm) = (fact("inside", &[entity("marble")]), fact("warm_box", &[]));
    let made = |situations: &Situations<'_>, state, fact| situations.made(situations.since(state, fact));
    let Made::ByEvent(event) = made(&situations, state, inside) else { panic!("an event put it there") };
    assert_eq!(situations.problem().actors(event), [entity("Anne")]);
    let Made::ByRules(rules) = made(&situations, state, warm) else { panic!("a rule made it warm") };
    assert_eq!(rules.len(), 1);
    let sally = situations.believed(entity("Sally"), state).expect("computed");
    assert_eq!(made(&situations, sally, inside), Made::AtStart);
}

#[test]
fn two_values_for_one_fact_are_a_conflict() {
    let world = world(
        "
character Anne, Bob
fact tall(who: character)
action measure(a, b: character)
  makes tall(a) and not tall(b)
scene
  measure(Anne, Anne)
",
    );
    assert!(matches!(play(&world, false), Err(StateError::Conflict { .. })));
}

#[test]
fn a_refusal_names_what_fails_and_how_it_could_be_mended() {
    let world = world(&format!(
        "{BASKET}
action give(who, whom: character)
  needs at(who) = at(whom)
  needs inside(marble) = box or (who believes inside(marble) = garden_box)
  by who
container garden_box
scene
  go(Sally, garden)
"
    ));
    let (mut situations, state) = play(&world, false).expect("played");
    let give = world.actions.iter().position(|action| action.name == "give").expect("declared");
    let name = |name: &str| {
        let entity = world.entities.iter().position(|entity| entity.name == name).expect("declared");
        whoknew::world::EventArgument::Term(whoknew::world::Term::Entity(whoknew::world::EntityId::from_index(entity)))
    };
    let term = whoknew::world::EventTerm {
        action: whoknew::world::ActionId::from_index(give),
        arguments: vec![name("Sally"), name("Anne")],
    };
    let event = situations.problem_mut().event(&term).expect("ground");
    let refusal = situations.refusal(state, event).expect("computed").expect("refused");
    assert_eq!(refusal.needs.len(), 2);
    assert_eq!(refusal.needs[0].alternatives.len(), 2, "Sally could be there, or Anne here");
    assert_eq!(refusal.needs[1].alternatives.len(), 2);
    for need in &refusal.needs {
        let repairs = need.nearest().expect("something would do").repairs();
        let mended = situations.write_values(state, &repairs).expect("written");
        let left = situations.refusal(mended, event).expect("computed").map_or(0, |refusal| refusal.needs.len());
        assert_eq!(left, 1, "a need is met once its nearest alternative is made so");
    }
}

#[test]
fn long_stories_that_nobody_asked_about_are_followed_step_by_step() {
    let world = world(BASKET);
    let problem = Problem::new(&world, &world.telling, &Limits::default()).expect("ground");
    let mut situations = Situations::new(problem);
    let entity = |name: &str| {
        whoknew::world::EntityId::from_index(
            world.entities.iter().position(|entity| entity.name == name).expect("declared"),
        )
    };
    let argument = |name: &str| whoknew::world::EventArgument::Term(whoknew::world::Term::Entity(entity(name)));
    let term = |name: &str, arguments: Vec<_>| whoknew::world::EventTerm {
        action: whoknew::world::ActionId::from_index(
            world.actions.iter().position(|action| action.name == name).expect("declared"),
        ),
        arguments,
    };
    let go = term("go", vec![argument("Sally"), argument("garden")]);
    let puts = [
        term("put", vec![argument("Anne"), argument("marble"), argument("box")]),
        term("put", vec![argument("Bob"), argument("marble"), argument("basket")]),
    ];
    let go = situations.problem_mut().event(&go).expect("ground");
    let puts = puts.map(|put| situations.problem_mut().event(&put).expect("ground"));
    let start = situations.start().expect("computed");
    let mut state = situations.happen(start, go).expect("computed");
    for step in 0..100_000 {
        state = situations.happen(state, puts[step % 2]).expect("computed");
    }
    assert!(situations.count() < 100_010, "nobody asked for beliefs, so none were computed");
    let sally = situations.believed(entity("Sally"), state).expect("computed");
    let anne = situations.believed(entity("Anne"), state).expect("computed");
    let of_bob = situations.believed(entity("Bob"), anne).expect("computed");
    assert_eq!(of_bob, anne, "Anne and Bob saw the same");
    assert_ne!(sally, anne);
}

#[test]
fn a_rule_reads_what_only_words_have_changed() {
    // Nothing but what is said ever changes `loved`: the rule must not take it for a constant.
    all_hold(&format!(
        "{BASKET}
fact loved(who: character)
fact jealous(who: character)
action say(who, whom: character, what: statement)
  makes whom believes what
  by who
  seen by whom
rule jealousy(who: character)
  when who believes loved(Bob)
  makes jealous(who)
scene
  say(Sally, Anne, loved(Bob))
  claim jealous(Anne)
  claim not jealous(Sally)
"
    ));
}

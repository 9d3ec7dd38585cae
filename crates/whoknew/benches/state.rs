//! Situations, fast: a long story, and many minds.
//!
//! `cargo bench -p whoknew --bench state` prints how long each takes, and what it keeps.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fmt::Write;
use std::time::Instant;
use whoknew::ground::{EventId, Limits, Problem, Value};
use whoknew::state::{Situations, StateId};
use whoknew::world::{
    ActionId, Comparison, EntityId, EventArgument, EventTerm, Expression, FluentId, FluentTerm, Term, World, load_text,
};

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }
}

fn world(characters: usize, places: usize) -> World {
    let list =
        |name: &str, count: usize| (0..count).map(|index| format!("{name}{index}")).collect::<Vec<_>>().join(", ");
    let mut text = String::from("story \"Bench\"\nuse std/places, std/talk\n");
    writeln!(text, "character {}", list("P", characters)).unwrap();
    writeln!(text, "place {}", list("Q", places)).unwrap();
    writeln!(text, "thing {}", list("T", 50)).unwrap();
    writeln!(text, "start").unwrap();
    for index in 0..characters {
        writeln!(text, "  at(P{index}) = Q{}", index % places).unwrap();
    }
    for index in 0..50 {
        writeln!(text, "  at(T{index}) = Q{}", index % places).unwrap();
    }
    let loaded = load_text("bench", &text);
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    loaded.world.unwrap()
}

fn entity(world: &World, name: &str) -> EntityId {
    EntityId::from_index(world.entities.iter().position(|entity| entity.name == name).unwrap())
}

fn action(world: &World, name: &str) -> ActionId {
    ActionId::from_index(world.actions.iter().position(|action| action.name == name).unwrap())
}

fn fluent(world: &World, name: &str) -> FluentId {
    FluentId::from_index(world.fluents.iter().position(|fluent| fluent.name == name).unwrap())
}

struct Story<'w> {
    world: &'w World,
    characters: Vec<EntityId>,
    places: Vec<EntityId>,
    things: Vec<EntityId>,
}

impl<'w> Story<'w> {
    fn new(world: &'w World, characters: usize, places: usize) -> Self {
        let all = |name: &str, count: usize| (0..count).map(|index| entity(world, &format!("{name}{index}"))).collect();
        Self { world, characters: all("P", characters), places: all("Q", places), things: all("T", 50) }
    }

    fn term(&self, name: &str, arguments: Vec<EventArgument>) -> EventTerm {
        EventTerm { action: action(self.world, name), arguments }
    }

    /// The next event: somebody goes elsewhere, or tells somebody who is there where something is.
    fn next(&self, numbers: &mut Numbers, at: &mut [usize]) -> EventTerm {
        let entity = |entity: EntityId| EventArgument::Term(Term::Entity(entity));
        let who = numbers.below(self.characters.len());
        let there: Vec<usize> = (0..at.len()).filter(|&other| other != who && at[other] == at[who]).collect();
        if there.is_empty() || numbers.below(2) == 0 {
            at[who] = (at[who] + 1 + numbers.below(self.places.len() - 1)) % self.places.len();
            return self.term("go", vec![entity(self.characters[who]), entity(self.places[at[who]])]);
        }
        let whom = self.characters[there[numbers.below(there.len())]];
        let place = self.places[numbers.below(self.places.len())];
        let thing = self.things[numbers.below(self.things.len())];
        let fact = FluentTerm { fluent: fluent(self.world, "at"), arguments: vec![Term::Entity(thing)] };
        let place = Expression::Entity(Term::Entity(place));
        let statement = Expression::Compare(Comparison::Equal, Box::new(Expression::Fluent(fact)), Box::new(place));
        let statement = EventArgument::Statement(Box::new(statement));
        self.term("tell", vec![entity(self.characters[who]), entity(whom), statement])
    }

    fn events(&self, count: usize, problem: &mut Problem<'_>) -> Vec<EventId> {
        let mut numbers = Numbers(7);
        let mut at: Vec<usize> = (0..self.characters.len()).map(|index| index % self.places.len()).collect();
        (0..count).map(|_| problem.event(&self.next(&mut numbers, &mut at)).unwrap()).collect()
    }
}

fn report(name: &str, started: Instant, situations: &Situations<'_>) {
    println!(
        "{name}: {:.0} ms, {} situations, {} MB",
        started.elapsed().as_secs_f64() * 1000.0,
        situations.count(),
        situations.bytes() / 1_000_000
    );
}

/// Needs are checked in what is so and in what the actors believe; a story that cannot go on so goes on anyhow.
fn play(story: &Story<'_>, events: usize, nested: usize) {
    let started = Instant::now();
    let mut problem = Problem::new(story.world, &story.world.telling, &Limits::default()).unwrap();
    let mut numbers = Numbers(7);
    let ids = story.events(events, &mut problem);
    println!("  ground after {:.0} ms", started.elapsed().as_secs_f64() * 1000.0);
    let mut situations = Situations::new(problem);
    let mut state = situations.start().unwrap();
    let at = fluent(story.world, "at");
    let (mut refused, mut surprised) = (0, 0);
    let mut values: Vec<Value> = Vec::new();
    for (index, &event) in ids.iter().enumerate() {
        refused += usize::from(situations.refusal(state, event).unwrap().is_some());
        let actors = situations.problem().actors(event).to_vec();
        for actor in actors {
            let believed = situations.believed(actor, state).unwrap();
            surprised += usize::from(situations.refusal(believed, event).unwrap().is_some());
        }
        state = situations.happen(state, event).unwrap();
        if nested > 0 && index % nested == 0 {
            let who = story.characters[numbers.below(story.characters.len())];
            let whom = story.characters[numbers.below(story.characters.len())];
            let thing = story.things[numbers.below(story.things.len())];
            let believed = situations.believed(who, state).unwrap();
            let believed = situations.believed(whom, believed).unwrap();
            let fact = situations.problem().fluent(at, &[thing]).unwrap();
            values.push(situations.value(believed, fact));
        }
    }
    report(
        &format!("  {events} events, {refused} refused, {surprised} surprises, {} questions", values.len()),
        started,
        &situations,
    );
}

fn many_minds(story: &Story<'_>, events: usize) {
    let started = Instant::now();
    let mut problem = Problem::new(story.world, &story.world.telling, &Limits::default()).unwrap();
    let ids = story.events(events, &mut problem);
    let mut situations = Situations::new(problem);
    let mut state = situations.start().unwrap();
    for event in ids {
        state = situations.happen(state, event).unwrap();
    }
    let at = fluent(story.world, "at");
    let fact = situations.problem().fluent(at, &[story.things[0]]).unwrap();
    let mut known = 0;
    let follow = |situations: &mut Situations<'_>, chain: [EntityId; 3]| -> StateId {
        chain.iter().fold(state, |state, &who| situations.believed(who, state).unwrap())
    };
    for &one in &story.characters {
        for &two in &story.characters {
            for &three in &story.characters {
                let believed = follow(&mut situations, [one, two, three]);
                known += usize::from(!situations.value(believed, fact).is_unknown());
            }
        }
    }
    report(
        &format!("  {events} events, all triples of {}, {known} known", story.characters.len()),
        started,
        &situations,
    );
}

/// Arguments, for looking closer: how many events, and after how many of them a nested question is asked (0: never).
fn main() {
    let arguments: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let big = world(50, 10);
    let story = Story::new(&big, 50, 10);
    if let [events, nested] = arguments[..] {
        return play(&story, events, nested);
    }
    for events in [1_000, 10_000, 100_000] {
        println!("a long story, 50 characters");
        play(&story, events, 0);
        play(&story, events, 100);
    }
    let small = world(14, 7);
    let story = Story::new(&small, 14, 7);
    println!("many minds");
    many_minds(&story, 500);
}

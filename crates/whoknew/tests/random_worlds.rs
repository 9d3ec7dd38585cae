//! The engine and the plain reference agree on small random worlds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "random/build.rs"]
mod build;
#[path = "random/cases.rs"]
mod cases;
#[path = "random/print.rs"]
mod print;
#[path = "random/tape.rs"]
mod tape;
#[allow(dead_code)]
#[path = "random/worlds.rs"]
mod worlds;

#[allow(dead_code)]
mod reference;

use reference::Reference;
use reference::situations::{Failed, Situation};
use reference::values::{Fact, FactId, Mind, Value as Plain};
use reference::walks::chains;
use std::cell::Cell;
use tape::{Choices, Tape, choices};
use whoknew::ground::{EventId, GroundFluentId, Limits, Problem, Value};
use whoknew::state::{Situations, StateError, StateId};
use whoknew::world::*;

thread_local! {
    /// How many situations were compared, and how many cases ended early.
    static COMPARED: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

fn plain(value: Value) -> Plain {
    if let Some(value) = value.as_boolean() {
        Plain::Boolean(value)
    } else if let Some(entity) = value.as_entity() {
        Plain::Entity(entity)
    } else {
        value.as_number().map_or(Plain::Unknown, Plain::number)
    }
}

/// Both implementations of one world.
struct Both<'w> {
    world: &'w World,
    reference: Reference<'w>,
    situations: Situations<'w>,
    /// The same facts in both.
    facts: Vec<(FactId, GroundFluentId)>,
    /// The same events in both.
    events: Vec<(usize, EventId)>,
}

impl<'w> Both<'w> {
    fn new(world: &'w World, told: &[EventTerm]) -> Self {
        let mut reference = Reference::new(world, told);
        reference.limits = reference::situations::Limits { nodes: 250, firings: 20 };
        let limits = Limits { rule_steps: 300, ..Limits::default() };
        let mut problem = Problem::new(world, &world.telling, &limits).unwrap();
        let mut terms: Vec<EventTerm> = told.to_vec();
        terms.extend(reference.actions.iter().map(|(_, event)| reference.events.events[*event].term.clone().unwrap()));
        let events = terms.iter().map(|term| (reference.events.event(term), problem.event(term).unwrap())).collect();
        let situations = Situations::new(problem);
        let facts = situations.problem().fluents().filter_map(|fluent| {
            let fact = match situations.problem().expression(fluent) {
                Expression::Fluent(term) => {
                    let (declared, arguments) = situations.problem().declared(fluent)?;
                    assert_eq!(term.fluent, declared);
                    Fact::Fluent(declared, arguments)
                }
                Expression::Happened(event) => Fact::Happened(event),
                Expression::Times { event, .. } => Fact::Times(event),
                other => panic!("an unexpected fact: {other:?}"),
            };
            let known = reference.events.grounder.facts.borrow().iter().position(|known| *known == fact);
            Some((known?, fluent))
        });
        let facts = facts.collect();
        Self { world, reference, situations, facts, events }
    }

    fn name(&self, minds: &[Mind], fact: FactId) -> String {
        let minds: Vec<&str> = minds.iter().map(|&mind| self.world.entities[mind].name.as_str()).collect();
        let fact = &self.reference.events.grounder.facts.borrow()[fact];
        let fact = match fact {
            Fact::Fluent(fluent, arguments) => {
                reference::engine::call(self.world, &self.world.fluents[fluent.index()].name, arguments)
            }
            other => format!("{other:?}"),
        };
        format!("{fact} through {minds:?}")
    }

    fn follow(&mut self, state: StateId, minds: &[Mind]) -> Result<StateId, StateError> {
        minds.iter().try_fold(state, |state, &mind| self.situations.believed(EntityId::from_index(mind), state))
    }

    /// Compares all values to depth 3, chains with equal neighbours to depth 2, and which events are possible.
    fn compare(&mut self, situation: &Situation, state: StateId) -> Result<(), String> {
        for (chain, _) in chains(self.world.characters) {
            let through = self.follow(state, &chain).map_err(|why| format!("{chain:?}: {why:?}"))?;
            if let Some(&last) = chain.last() {
                let again = self.follow(through, &[last]).map_err(|why| format!("{chain:?}: {why:?}"))?;
                self.compare_values(situation, &chain, again)?;
            }
            self.compare_values(situation, &chain, through)?;
        }
        for (ours, theirs) in self.events.clone() {
            let possible = self.reference.ground().possible(situation, ours);
            let refusal = self.situations.refusal(state, theirs).map_err(|why| format!("{why:?}"))?;
            if possible != refusal.is_none() {
                let term = &self.reference.events.events[ours].term;
                return Err(format!("{term:?} possible: {possible}, refusal: {refusal:?}"));
            }
            if let Some(refusal) = refusal {
                self.compare_refusal(situation, ours, &refusal)?;
            }
        }
        Ok(())
    }

    fn compare_values(&self, situation: &Situation, chain: &[Mind], state: StateId) -> Result<(), String> {
        for &(fact, fluent) in &self.facts {
            let (expected, found) = (situation.value(chain, fact), plain(self.situations.value(state, fluent)));
            if expected != found {
                return Err(format!("{} is {found:?}, not {expected:?}", self.name(chain, fact)));
            }
        }
        Ok(())
    }

    /// What a refusal says is so: each failing part has the value it reports.
    fn compare_refusal(
        &self,
        situation: &Situation,
        event: usize,
        refusal: &whoknew::state::Refusal,
    ) -> Result<(), String> {
        let parts =
            refusal.needs.iter().flat_map(|need| &need.alternatives).flat_map(|alternative| &alternative.failing);
        for part in parts {
            let minds: Vec<Mind> =
                self.situations.problem().believers(part.place.chain).iter().map(|mind| mind.index()).collect();
            let Some(&(fact, _)) = self.facts.iter().find(|(_, fluent)| *fluent == part.place.fluent) else { continue };
            if situation.value(&minds, fact) != plain(part.actual) {
                let name = self.name(&minds, fact);
                return Err(format!("{event} is refused because {name} is {:?}", part.actual));
            }
        }
        Ok(())
    }
}

fn agree(choices: &Choices) -> Result<(), String> {
    let world = worlds::world(choices);
    let told: Vec<EventTerm> =
        choices.events.iter().map(|numbers| worlds::event(&world, &mut Tape::new(numbers))).collect();
    let mut both = Both::new(&world, &told);
    let explain = |what: String| format!("{what}\n{}", print::world(&world, &told));
    follow_events(&mut both, told.len()).map_err(explain)
}

fn follow_events(both: &mut Both, events: usize) -> Result<(), String> {
    let count =
        |ended: usize| COMPARED.with(|compared| compared.set((compared.get().0 + 1 - ended, compared.get().1 + ended)));
    let state = both.situations.start();
    let mut situation = match (both.reference.start(), &state) {
        (Ok(situation), _) => situation,
        (Err(_), _) => {
            count(1);
            return Ok(());
        }
    };
    let mut state = state.map_err(|why| format!("start: {why:?}"))?;
    both.compare(&situation, state).map_err(|what| format!("start: {what}"))?;
    count(0);
    for step in 0..events {
        let (ours, theirs) = both.events[step];
        let next = both.reference.ground().happen(&situation, ours);
        let found = both.situations.happen(state, theirs);
        (situation, state) = match (next, found) {
            (Ok(next), Ok(found)) => (next, found),
            (Ok(_), Err(why)) => return Err(format!("event {step}: only the engine fails: {why:?}")),
            // The engine may never look where the reference fails.
            (Err(Failed::Conflict | Failed::RuleLoop | Failed::TooLarge), _) => {
                count(1);
                return Ok(());
            }
        };
        both.compare(&situation, state).map_err(|what| format!("event {step}: {what}"))?;
        count(0);
    }
    Ok(())
}

/// A number from the environment.
#[test]
fn engine_and_reference_agree() {
    cases::check(2000, 20_000, choices(), agree);
    let (compared, ended) = COMPARED.with(Cell::get);
    eprintln!("{compared} situations compared, {ended} cases ended early");
    assert!(compared > ended, "most cases ended early");
}

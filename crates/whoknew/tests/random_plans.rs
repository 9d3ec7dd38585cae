//! Explanations and plans agree with plain enumeration on small random worlds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "random/build.rs"]
mod build;
#[path = "random/cases.rs"]
mod cases;
#[path = "random/print.rs"]
mod print;
#[path = "random/tape.rs"]
#[allow(dead_code)]
mod tape;
#[path = "random/worlds.rs"]
#[allow(dead_code)]
mod worlds;

#[allow(dead_code)]
mod reference;

use build::{Build, Scope, facts, read, span};
use proptest::prelude::*;
use reference::Reference;
use reference::plans::{Budget, Candidate, Plans, TooMuch};
use std::cell::Cell;
use std::collections::HashMap;
use tape::{Choices, Tape};
use whoknew::ground::{EventId, Limits as GroundLimits, Problem};
use whoknew::plan::{self, Explanations, Limits, Outcome, Task};
use whoknew::world::*;

/// What is planned in a case: the world, and what the author and the characters want.
#[derive(Clone, Debug)]
struct Case {
    world: Choices,
    wants: Vec<Vec<u16>>,
    /// Actions that do one thing.
    simple: Vec<Vec<u16>>,
    /// Whether plans may hold what is said.
    saying: bool,
}

/// Uses of the actions that take statements.
const SAYINGS: usize = 60;
/// Work of the enumeration in one case.
const WORK: usize = 6_000;

thread_local! {
    /// Answers compared, those that were yes, plans compared, those found, cases given up.
    static COUNTS: Cell<[usize; 5]> = const { Cell::new([0; 5]) };
}

fn count(which: usize) {
    COUNTS.with(|counts| {
        let mut all = counts.get();
        all[which] += 1;
        counts.set(all);
    });
}

fn tapes(count: std::ops::Range<usize>, length: usize) -> impl Strategy<Value = Vec<Vec<u16>>> {
    prop::collection::vec(prop::collection::vec(0u16..5040, 0..length), count)
}

fn cases() -> impl Strategy<Value = Case> {
    let world = (0u16..2, tapes(1..4, 40), tapes(0..2, 24), tapes(0..5, 12));
    let rest = (tapes(3..7, 16), tapes(1..5, 24), any::<bool>());
    (world, rest).prop_map(|((characters, actions, rules, start), (wants, simple, saying))| {
        // The numbers of the first simple action say to whom something is plain, too.
        let plain = if saying { simple[..1].to_vec() } else { Vec::new() };
        // Those of the last one whom a guise deceives.
        let guise = if wants.len() % 2 == 0 { simple[simple.len() - 1].clone() } else { Vec::new() };
        let world = Choices { characters, actions, rules, start, events: Vec::new(), plain, guise };
        Case { world, wants, simple, saying }
    })
}

/// The world of a case: the first want is the author's, the others are the characters' in turn.
fn world(case: &Case) -> World {
    let mut world = worlds::world(&case.world);
    world.actions[0].unplanned = !case.saying;
    for numbers in &case.simple {
        let action = worlds::simple_action(&world, &mut Tape::new(numbers));
        world.actions.push(action);
    }
    for (index, numbers) in case.wants.iter().enumerate() {
        let holder = match index {
            0 => Holder::Author,
            _ => Holder::Character(EntityId::from_index((index - 1) % world.characters)),
        };
        let mut tape = Tape::new(numbers);
        let mut build = Build { world: &world, tape: &mut tape, scope: Scope::default(), depth: 1 };
        let value = match build.tape.choose(8) {
            0 if index > 0 => read(facts::COUNT, &[Term::Entity(EntityId::from_index(0))]),
            1 => {
                let weight = Expression::Number((build.tape.choose(3) + 1) as f64);
                Expression::If(vec![(build.condition(), weight)], Box::new(Expression::Number(0.0)))
            }
            2 => build.condition(),
            3 => {
                let (fact, of) = build.entity_fact();
                build::compare(Comparison::Equal, Expression::Fluent(fact), Expression::Entity(build.of_kind(of)))
            }
            4 => Expression::Believes(build.somebody(), Box::new(Expression::Fluent(build.yes_or_no_fact()))),
            _ => Expression::Fluent(build.yes_or_no_fact()),
        };
        world.utilities.push(Utility { holder, label: None, value, span: span() });
    }
    world
}

/// Both ways to answer, for one world.
struct Both<'r, 'w> {
    plans: Plans<'r, 'w>,
    explanations: Explanations,
    situations: whoknew::state::Situations<'w>,
    events: Vec<EventId>,
    places: HashMap<EventId, usize>,
}

impl Both<'_, '_> {
    /// Compares all answers after `before`, as far as work goes.
    fn compare(&mut self, before: &[usize], budget: Budget) -> Result<(), String> {
        let path: Vec<EventId> = before.iter().map(|&act| self.events[act]).collect();
        let mut situation = self.plans.start;
        for &act in before {
            match self.plans.happen(situation, act) {
                Ok(Some(next)) => situation = next,
                Ok(None) | Err(TooMuch) => return Ok(()),
            }
        }
        for act in 0..self.events.len() {
            let actors = self.situations.problem().actors(self.events[act]).to_vec();
            for actor in actors {
                let Ok(expected) = self.plans.is_explained(situation, act, actor.index(), budget) else {
                    count(4);
                    return Ok(());
                };
                self.compare_one(&path, (situation, act, actor), budget, expected)?;
            }
        }
        Ok(())
    }

    fn compare_one(
        &mut self,
        path: &[EventId],
        (situation, act, actor): (usize, usize, EntityId),
        budget: Budget,
        expected: bool,
    ) -> Result<(), String> {
        let limits = Limits { imagined: budget.steps, nesting: budget.nesting, ..Limits::default() };
        let event = self.events[act];
        let found = self.explanations.reason(path, (event, actor), &limits).map_err(|why| format!("{why:?}"))?;
        count(0);
        let what = |problem: &Problem<'_>| {
            let term = problem.event_term(event);
            format!("after {} acts {budget:?} {} for {actor:?}", path.len(), say::call(problem.world(), term))
        };
        if found.is_some() != expected {
            let problem = self.situations.problem();
            let reason: Option<Vec<String>> = found.map(|reason| {
                let acts = reason.acts.iter();
                acts.map(|act| say::call(problem.world(), problem.event_term(act.event))).collect()
            });
            return Err(format!("{}: expected {expected}, found {reason:?}", what(problem)));
        }
        let Some(reason) = found else { return Ok(()) };
        count(1);
        plan::verify_reason(&mut self.situations, path, &reason, &limits)
            .map_err(|flaw| format!("{}: {flaw:?}", what(self.situations.problem())))?;
        let acts: Option<Vec<usize>> = reason.acts.iter().map(|act| self.places.get(&act.event).copied()).collect();
        // What somebody takes an act for may be no act that plans hold.
        let Some(acts) = acts else { return Ok(()) };
        match self.plans.is_explanation(situation, &acts, actor.index(), budget) {
            Ok(false) => Err(format!("{}: {acts:?} is none", what(self.situations.problem()))),
            Ok(true) | Err(TooMuch) => Ok(()),
        }
    }

    fn compare_plans(&mut self, aim: f64, steps: usize, budget: Budget) -> Result<(), String> {
        let Ok(expected) = self.plans.shortest(aim, steps, budget) else {
            count(4);
            return Ok(());
        };
        count(2);
        let limits = Limits { steps, imagined: budget.steps, nesting: budget.nesting, ..Limits::default() };
        for shortest in [true, false] {
            let report = plan::plan(&mut self.situations, &Task { aim, shortest }, &limits, &mut ());
            let outcome = report.map_err(|why| format!("{why:?}"))?.outcome;
            let found = match &outcome {
                Outcome::Found(plan) => Some(plan.acts.len()),
                Outcome::NoneWithinLimits => None,
                stopped => return Err(format!("{stopped:?}")),
            };
            let agree = if shortest { found == expected } else { found.is_some() == expected.is_some() };
            if !agree {
                return Err(format!("{budget:?} shortest {shortest}: expected {expected:?}, found {outcome:?}"));
            }
        }
        if expected.is_some() {
            count(3);
        }
        Ok(())
    }
}

fn agree(case: &Case) -> Result<(), String> {
    let world = world(case);
    compare(&world).map_err(|what| format!("{what}\n{}", print::world(&world, &[])))
}

fn compare(world: &World) -> Result<(), String> {
    let limits = GroundLimits { rule_steps: 300, sayings: SAYINGS, ..GroundLimits::default() };
    let problem = Problem::new(world, &world.telling, &limits).map_err(|why| why.message.clone())?;
    let Ok(mut situations) = plan::prepare(problem) else {
        count(4);
        return Ok(());
    };
    let events = situations.problem_mut().planned_events().map_err(|why| why.message.clone())?.to_vec();
    let terms: Vec<EventTerm> = events.iter().map(|&event| situations.problem().event_term(event).clone()).collect();
    let mut reference = Reference::new(world, &terms);
    reference.limits = reference::situations::Limits { nodes: 250, firings: 20 };
    let Ok(start) = reference.start() else {
        count(4);
        return Ok(());
    };
    let candidates: Vec<Candidate> = events
        .iter()
        .zip(&terms)
        .map(|(&event, term)| Candidate {
            event: reference.events.event(term),
            actors: situations.problem().actors(event).iter().map(|actor| actor.index()).collect(),
        })
        .collect();
    let explanations = Explanations::new(&mut situations, 10).map_err(|why| format!("{why:?}"))?;
    let places = events.iter().enumerate().map(|(index, &event)| (event, index)).collect();
    let plans = Plans::new(&reference, candidates, start);
    let mut both = Both { plans, explanations, situations, events, places };
    for (steps, nesting) in [(1, 0), (2, 0), (2, 1), (2, 2), (3, 1), (3, 2)] {
        both.plans.left = WORK;
        both.compare(&[], Budget { steps, nesting })?;
    }
    let first: Vec<usize> = (0..both.events.len()).collect();
    for act in first.into_iter().step_by(5) {
        both.plans.left = WORK / 4;
        both.compare(&[act], Budget { steps: 2, nesting: 1 })?;
    }
    for (steps, imagined, nesting) in [(2, 1, 1), (2, 2, 1), (3, 2, 2)] {
        both.plans.left = WORK;
        both.compare_plans(1.0, steps, Budget { steps: imagined, nesting })?;
    }
    Ok(())
}

/// A number from the environment.
#[test]
fn planning_and_enumeration_agree() {
    cases::check(60, 3_000, cases(), agree);
    let [compared, explained, plans, found, given_up] = COUNTS.with(Cell::get);
    eprintln!("{compared} answers compared, {explained} explained; {plans} plans, {found} found; {given_up} given up");
    assert!(explained > 0 && found > 0, "nothing was found");
}

//! Answers agree with the plain reference on small random stories.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "random/build.rs"]
mod build;
#[path = "random/cases.rs"]
mod cases;
#[path = "random/tape.rs"]
mod tape;
#[allow(dead_code)]
#[path = "random/worlds.rs"]
mod worlds;

#[allow(dead_code)]
mod reference;

use reference::Reference;
use reference::situations::Situation;
use reference::values::{Fact, FactId, Mind, Value};
use std::cell::Cell;
use tape::{Choices, Tape, choices};
use whoknew::ask::question::{Asking, Attitude, FormKind, Mind as Asked, Question, Which, form};
use whoknew::ask::what_if::{BeliefChange, Change, Scope, what_if};
use whoknew::ask::{Answer, Point, Said, Spot, Story, Verdict};
use whoknew::ground::Limits;
use whoknew::world::usage::Usage;
use whoknew::world::*;

thread_local! {
    /// How many questions were asked.
    static ASKED: Cell<usize> = const { Cell::new(0) };
    /// How many answers why were compared.
    static WHYS: Cell<usize> = const { Cell::new(0) };
    /// How many changed stories were compared.
    static WHAT_IFS: Cell<usize> = const { Cell::new(0) };
}

/// Questions for each case.
const QUESTIONS: usize = 12;

fn scene(index: usize, event: EventTerm) -> Scene {
    let line =
        Line { content: LineContent::Event(ToldEvent::plain(event)), expectations: Vec::new(), span: build::span() };
    Scene {
        label: (index + 1).to_string(),
        title: None,
        times: Vec::new(),
        place: None,
        present: None,
        point_of_view: None,
        duration: None,
        offstage: false,
        lines: vec![line],
        expectations: Vec::new(),
        span: build::span(),
    }
}

/// Random picks that depend on the case alone.
struct Dice(u64);

impl Dice {
    fn of(choices: &Choices) -> Self {
        let mut seed = 0x9E37_79B9_7F4A_7C15u64;
        for number in choices.events.iter().chain(&choices.actions).flatten() {
            seed = (seed ^ u64::from(*number)).wrapping_mul(0x100_0000_01B3);
        }
        Self(seed)
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % count.max(1)
    }
}

/// A told story in both implementations.
struct Told<'w> {
    reference: Reference<'w>,
    story: Story<'w>,
    /// After so many scenes.
    situations: Vec<Situation>,
    characters: usize,
}

/// The same world with as many of the told events as happen without a hole.
fn told_world(choices: &Choices) -> Option<World> {
    let mut world = worlds::world(choices);
    let told: Vec<EventTerm> =
        choices.events.iter().map(|numbers| worlds::event(&world, &mut Tape::new(numbers))).collect();
    world.telling.scenes = told.into_iter().enumerate().map(|(index, event)| scene(index, event)).collect();
    loop {
        let limits = Limits { rule_steps: 300, ..Limits::default() };
        let first = match Story::new(&world, &limits) {
            Ok(story) => story.run.replay.incidents.first().map(|incident| incident.scene.index()),
            Err(_) => return None,
        };
        match first {
            None => return Some(world),
            Some(scene) => world.telling.scenes.truncate(scene),
        }
    }
}

fn events(world: &World) -> Vec<EventTerm> {
    let lines = world.telling.scenes.iter().flat_map(|scene| &scene.lines);
    lines
        .filter_map(|line| match &line.content {
            LineContent::Event(told) => Some(told.event.clone()),
            _ => None,
        })
        .collect()
}

impl<'w> Told<'w> {
    fn new(world: &'w World) -> Option<Self> {
        let told = events(world);
        let mut reference = Reference::new(world, &told);
        reference.limits = reference::situations::Limits { nodes: 250, firings: 20 };
        let mut situations = vec![reference.start().ok()?];
        for event in &told {
            let event = reference.events.event(event);
            let next = reference.ground().happen(situations.last().unwrap(), event).ok()?;
            situations.push(next);
        }
        let story = Story::new(world, &Limits { rule_steps: 300, ..Limits::default() }).ok()?;
        Some(Self { reference, story, situations, characters: world.characters })
    }

    fn point(&self, scenes: usize) -> Point {
        match scenes.checked_sub(1) {
            None => self.story.at(Spot::Start),
            Some(last) => self.story.at(Spot::Scene(SceneId::from_index(last))),
        }
    }

    fn answer(&mut self, kind: FormKind, question: Question, scenes: usize) -> Result<Answer, String> {
        ASKED.with(|asked| asked.set(asked.get() + 1));
        let point = self.point(scenes);
        self.story
            .answer(&Asking { form: form(kind), question, at: None }, &point)
            .map_err(|errors| format!("{errors:?}"))
    }

    /// The declared facts.
    fn facts(&self) -> Vec<(FactId, FluentTerm)> {
        let facts = self.reference.events.grounder.facts.borrow();
        let declared = facts.iter().enumerate().filter_map(|(id, fact)| match fact {
            Fact::Fluent(fluent, arguments) => {
                let arguments = arguments.iter().map(|&entity| Term::Entity(entity)).collect();
                Some((id, FluentTerm { fluent: *fluent, arguments }))
            }
            _ => None,
        });
        declared.collect()
    }
}

fn statement(fact: &FluentTerm, value: Value) -> Option<Expression> {
    let fluent = Expression::Fluent(fact.clone());
    let constant = match value {
        Value::Unknown => return None,
        Value::Boolean(true) => return Some(fluent),
        Value::Boolean(false) => return Some(Expression::Not(Box::new(fluent))),
        Value::Number(_) => Expression::Number(value.as_number().unwrap()),
        Value::Entity(entity) => Expression::Entity(Term::Entity(entity)),
    };
    Some(Expression::Compare(Comparison::Equal, Box::new(fluent), Box::new(constant)))
}

fn nested(minds: &[Mind], inner: Expression) -> Expression {
    let who = |mind: Mind| Term::Entity(EntityId::from_index(mind));
    minds.iter().rev().fold(inner, |inner, &mind| Expression::Believes(who(mind), Box::new(inner)))
}

fn expect<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected { Ok(()) } else { Err(format!("{what}: {found:?}, not {expected:?}")) }
}

/// One random question about one random fact, at one random point.
struct Case {
    scenes: usize,
    who: Mind,
    minds: Vec<Mind>,
    fact: FactId,
    term: FluentTerm,
    value: Value,
}

impl Case {
    fn new(told: &Told<'_>, dice: &mut Dice) -> Option<Self> {
        let scenes = dice.below(told.situations.len());
        let who = dice.below(told.characters);
        let minds: Vec<Mind> = (0..dice.below(3)).map(|_| dice.below(told.characters)).collect();
        let facts = told.facts();
        let (fact, term) = facts[dice.below(facts.len())].clone();
        let from = &told.situations[dice.below(told.situations.len())];
        let through = [&[who], minds.as_slice()].concat();
        let value = from.value(&through[dice.below(through.len() + 1)..], fact);
        statement(&term, value).map(|_| Self { scenes, who, minds, fact, term, value })
    }

    fn statement(&self) -> Expression {
        nested(&self.minds, statement(&self.term, self.value).unwrap())
    }

    /// Whether it is so in what the minds before believe.
    fn holds(&self, situation: &Situation, before: &[Mind]) -> bool {
        situation.value(&[before, &self.minds].concat(), self.fact) == self.value
    }
}

fn attitudes(told: &mut Told<'_>, case: &Case) -> Result<(), String> {
    let now = told.situations[case.scenes].clone();
    let (believes, so) = (case.holds(&now, &[case.who]), case.holds(&now, &[]));
    let who = Asked::Character(EntityId::from_index(case.who));
    let fact = Expression::Fluent(case.term.clone());
    let (own, real) = (now.value(&[case.who], case.fact), now.value(&[], case.fact));
    let asked = [
        (FormKind::Believes, Attitude::Believes, case.statement(), believes),
        (FormKind::Knows, Attitude::Knows, case.statement(), believes && so),
        (FormKind::Knows, Attitude::KnowsWhether, fact.clone(), own == real && own != Value::Unknown),
        (FormKind::Wonders, Attitude::Wonders, fact, own == Value::Unknown),
    ];
    for (kind, attitude, statement, expected) in asked {
        let answer = told.answer(kind, Question::Attitude(who, attitude, statement), case.scenes)?;
        expect(&format!("{attitude:?}"), answer.verdict == Verdict::Yes, expected)?;
    }
    let answer = told.answer(FormKind::Holds, Question::Holds(case.statement()), case.scenes)?;
    expect("holds", answer.verdict == Verdict::Yes, so)
}

fn lists(told: &mut Told<'_>, case: &Case) -> Result<(), String> {
    let now = told.situations[case.scenes].clone();
    let so = case.holds(&now, &[]);
    let all = 0..told.characters;
    let asked =
        [(Which::Do, Attitude::Believes), (Which::DoNot, Attitude::Knows), (Which::Wrongly, Attitude::Believes)];
    for (which, attitude) in asked {
        let question = Question::Who(which, attitude, case.statement());
        let answer = told.answer(FormKind::WhoBelieves, question, case.scenes)?;
        let found: Vec<Mind> = answer.characters.iter().map(|who| who.index()).collect();
        let expected = all.clone().filter(|&mind| {
            let believes = case.holds(&now, &[mind]);
            match which {
                Which::Do => believes,
                Which::DoNot => !(believes && so),
                Which::Wrongly => believes && !so,
            }
        });
        expect(&format!("who {which:?}"), found, expected.collect())?;
    }
    Ok(())
}

fn times(told: &mut Told<'_>, case: &Case) -> Result<(), String> {
    let belief = nested(&[case.who], case.statement());
    let mut turns: Vec<Option<usize>> = Vec::new();
    let mut so = false;
    for (scenes, situation) in told.situations[..=case.scenes].iter().enumerate() {
        if case.holds(situation, &[case.who]) != so {
            so = !so;
            turns.push(scenes.checked_sub(1));
        }
    }
    let answer = told.answer(FormKind::Spans, Question::Spans(belief), case.scenes)?;
    let found: Vec<Option<usize>> = answer.facts.iter().map(|said| said.scene.map(|scene| scene.index())).collect();
    expect("turns", found, turns.clone())?;
    expect("now", answer.verdict == Verdict::Yes, so)?;
    let who = EntityId::from_index(case.who);
    let learned = told.answer(FormKind::Learned, Question::Learned(who, case.statement()), case.scenes)?;
    expect("ever", learned.verdict == Verdict::Yes, !turns.is_empty())
}

fn errors(told: &mut Told<'_>, case: &Case) -> Result<(), String> {
    let now = told.situations[case.scenes].clone();
    let mut minds = vec![case.who];
    minds.extend(&case.minds);
    let someone = Value::Entity(told.story.world().someone());
    let facts = told.reference.events.grounder.facts.borrow().clone();
    let wrong = facts.iter().enumerate().filter(|&(id, fact)| {
        let value = now.value(&minds, id);
        let differs = value != Value::Unknown && value != someone && value != now.value(&minds[1..], id);
        differs && matches!(fact, Fact::Fluent(..))
    });
    let wrong: Vec<&Fact> = wrong.map(|(_, fact)| fact).collect();
    let asked = minds.iter().map(|&mind| Asked::Character(EntityId::from_index(mind))).collect();
    let answer = told.answer(FormKind::Errors, Question::Errors(asked), case.scenes)?;
    // Which events are remembered beside those that something asks about is each implementation's own affair.
    let is_fact = |said: &&Said| said.data.iter().any(|held| matches!(held.fact, Expression::Fluent(_)));
    let found = answer.facts.iter().filter(is_fact).count();
    if answer.more > 0 {
        return Ok(());
    }
    expect("errors", found, wrong.len()).map_err(|what| format!("{what}: {:?} instead of {wrong:?}", answer.facts))
}

/// Since when a fact has its value in a mind: the scene that the answer names.
fn since(told: &mut Told<'_>, case: &Case) -> Result<(), String> {
    let through = [&[case.who], case.minds.as_slice()].concat();
    let now = told.situations[case.scenes].value(&through, case.fact);
    let earlier = &told.situations[..=case.scenes];
    let changed = earlier.iter().rposition(|situation| situation.value(&through, case.fact) != now);
    let who = Asked::Character(EntityId::from_index(case.who));
    let question = Question::Attitude(who, Attitude::Believes, case.statement());
    let answer = told.answer(FormKind::Believes, question, case.scenes)?;
    let found = answer.because.first().map(|said| said.scene.map(|scene| scene.index()));
    expect("since", found, Some(changed))
}

/// The end of the story in which only these of the told events are left; what is not possible does not happen. `None`: it
/// cannot be computed.
fn end_of(told: &mut Told<'_>, kept: &[usize]) -> Option<Situation> {
    let all = events(told.story.world());
    let mut situation = told.situations[0].clone();
    for &position in kept {
        let event = told.reference.events.event(&all[position]);
        if told.reference.ground().possible(&situation, event) {
            situation = told.reference.ground().happen(&situation, event).ok()?;
        }
    }
    Some(situation)
}

/// What characters have come to believe by the end, a few of them.
fn learned(told: &Told<'_>) -> Vec<Case> {
    let scenes = told.situations.len() - 1;
    let (start, end) = (&told.situations[0], &told.situations[scenes]);
    let mut found = Vec::new();
    for who in 0..told.characters {
        for (fact, term) in told.facts() {
            let value = end.value(&[who], fact);
            if start.value(&[who], fact) != value && statement(&term, value).is_some() {
                found.push(Case { scenes, who, minds: Vec::new(), fact, term, value });
            }
        }
    }
    found.truncate(12);
    found
}

/// What `why` names is enough, and all of it is needed.
fn causes(told: &mut Told<'_>, case: &Case) -> Result<(), String> {
    let now = told.situations[case.scenes].clone();
    let point = told.point(case.scenes);
    let belief = nested(&[case.who], case.statement());
    let why = told.story.why(&belief, &point).map_err(|error| format!("{error:?}"))?;
    expect("why", why.is_some(), case.holds(&now, &[case.who]))?;
    let Some(why) = why else { return Ok(()) };
    let moments = &told.story.run.replay.moments;
    let named: Vec<usize> = why.causes.moments.iter().map(|moment| moments[moment.index()].scene.index()).collect();
    let Some(alone) = end_of(told, &named) else { return Ok(()) };
    if why.causes.verified {
        WHYS.with(|count| count.set(count.get() + named.len().min(1)));
        expect("what why names is enough", case.holds(&alone, &[case.who]), true)?;
    }
    for left_out in named.iter().filter(|_| why.causes.minimal) {
        let rest: Vec<usize> = named.iter().copied().filter(|other| other != left_out).collect();
        let Some(without) = end_of(told, &rest) else { continue };
        let holds = case.holds(&without, &[case.who]);
        expect(&format!("without scene {}", left_out + 1), holds, false)?;
    }
    Ok(())
}

/// The declared facts in which two situations differ in what the minds believe.
fn differing(told: &Told<'_>, (one, other): (&Situation, &Situation), minds: &[Mind]) -> usize {
    told.facts().iter().filter(|(fact, _)| one.value(minds, *fact) != other.value(minds, *fact)).count()
}

/// What `whatif` says of the end without one event is what the story without it comes to.
fn without_one(told: &mut Told<'_>, left_out: usize) -> Result<(), String> {
    let all = told.situations.len() - 1;
    let kept: Vec<usize> = (0..all).filter(|&position| position != left_out).collect();
    let Some(end) = end_of(told, &kept) else { return Ok(()) };
    let change = Change::Without { scene: SceneId::from_index(left_out), line: 0 };
    let scope = Scope { limits: Limits { rule_steps: 300, ..Limits::default() }, ..Scope::default() };
    // What is built has no text; the places of findings lie in this one.
    let (usage, sources) = (Usage::default(), load_text("built.who", "# built\n").sources);
    let Ok(answer) = what_if(told.story.world(), (&usage, &sources), &[change], &scope) else { return Ok(()) };
    WHAT_IFS.with(|count| count.set(count.get() + 1));
    let told_end = told.situations[all].clone();
    let is_declared = |text: &str| !text.contains("happened") && !text.contains("times(");
    let facts = answer.facts.iter().filter(|change| is_declared(&change.told)).count();
    expect(&format!("facts without scene {}", left_out + 1), facts, differing(told, (&told_end, &end), &[]))?;
    for mind in 0..told.characters {
        let is_theirs = |change: &&BeliefChange| {
            change.lasts && change.believers == [EntityId::from_index(mind)] && is_declared(&change.told)
        };
        let found = answer.beliefs.iter().filter(is_theirs).count();
        let expected = differing(told, (&told_end, &end), &[mind]);
        expect(&format!("beliefs of {mind} without scene {}", left_out + 1), found, expected)?;
    }
    Ok(())
}

#[test]
fn causes_and_changed_stories_agree_with_the_reference() {
    cases::check(150, 2_000, choices(), |choices| {
        let Some(world) = told_world(choices) else { return Ok(()) };
        let Some(mut told) = Told::new(&world) else { return Ok(()) };
        let mut dice = Dice::of(choices);
        let any = (0..4).filter_map(|_| Case::new(&told, &mut dice));
        let cases: Vec<Case> = any.chain(learned(&told)).collect();
        for case in cases {
            let statement = say::formula(&world, &case.statement());
            causes(&mut told, &case).map_err(|what| format!("{what}\n{statement} after {} scenes", case.scenes))?;
        }
        for left_out in 0..told.situations.len() - 1 {
            without_one(&mut told, left_out)?;
        }
        Ok(())
    });
    let (whys, what_ifs) = (WHYS.with(Cell::get), WHAT_IFS.with(Cell::get));
    eprintln!("{whys} answers why with causes and {what_ifs} changed stories compared");
    assert!(whys > 20 && what_ifs > 20, "{whys} answers why with causes and {what_ifs} changed stories");
}

fn agree(choices: &Choices) -> Result<(), String> {
    let Some(world) = told_world(choices) else { return Ok(()) };
    let Some(mut told) = Told::new(&world) else { return Ok(()) };
    let mut dice = Dice::of(choices);
    for _ in 0..QUESTIONS {
        let Some(case) = Case::new(&told, &mut dice) else { continue };
        let asked = [attitudes, lists, times, errors, since];
        for ask in asked {
            ask(&mut told, &case).map_err(|what| {
                let statement = say::formula(&world, &case.statement());
                format!("{what}\n{} about {statement} after {} scenes", world.entities[case.who].name, case.scenes)
            })?;
        }
    }
    Ok(())
}

/// A number from the environment.
#[test]
fn answers_and_reference_agree() {
    cases::check(300, 5_000, choices(), agree);
    let asked = ASKED.with(Cell::get);
    eprintln!("{asked} questions asked");
    assert!(asked > 0, "nothing was asked");
}

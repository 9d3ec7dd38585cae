use super::*;
use crate::source::{FileId, Span};
use crate::world::{Action, ActionId, Effect, Entity, EntityId, Telling};

const SEE: usize = 0;
const MEET: usize = 1;

/// Three characters; `see(a, b)`, and `meet(a, b)`, which is mutual.
fn world() -> World {
    let span = Span::new(FileId::from_index(0), 0..0);
    let action = |name: &str, mutual| Action {
        name: name.to_owned(),
        parameters: Vec::new(),
        sentences: Vec::new(),
        past_sentences: Vec::new(),
        preconditions: Vec::new(),
        effect: Effect::All(Vec::new()),
        actors: Vec::new(),
        observations: Vec::new(),
        duration: None,
        staging: None,
        mutual,
        unplanned: false,
        span,
    };
    let entity = |name: &str| Entity {
        name: name.to_owned(),
        aliases: Vec::new(),
        kinds: vec![World::CHARACTER_KIND],
        minor: false,
        span: None,
    };
    World {
        title: None,
        kinds: Vec::new(),
        entities: ["A", "B", "C", "someone"].map(entity).to_vec(),
        characters: 3,
        fluents: Vec::new(),
        actions: vec![action("see", false), action("meet", true)],
        triggers: Vec::new(),
        utilities: Vec::new(),
        start: Vec::new(),
        telling: Telling::default(),
        sayable: Vec::new(),
        tests: Vec::new(),
        allowances: Vec::new(),
        packs: Vec::new(),
        replacements: Vec::new(),
    }
}

/// An event; 9 stands for anybody.
fn event(action: usize, first: usize, second: usize) -> EventTerm {
    let argument = |index| match index {
        9 => EventArgument::Anyone,
        index => EventArgument::Term(Term::Entity(EntityId::from_index(index))),
    };
    EventTerm { action: ActionId::from_index(action), arguments: vec![argument(first), argument(second)] }
}

struct Starts;

impl Moments for Starts {
    fn start_of(&self, scene: SceneId) -> Moment {
        scene.index() * 10
    }
}

fn times(event: EventTerm, since: Option<usize>) -> Expression {
    Expression::Times { event, since: since.map(SceneId::from_index), until: None }
}

fn said(left: Expression, comparison: Comparison, number: f64, now: Moment) -> CountCondition {
    let formula = Expression::Compare(comparison, Box::new(left), Box::new(Expression::Number(number)));
    CountCondition::read(&formula, now, &Starts).expect("a count")
}

fn conflict(conditions: &[CountCondition], told: &[(EventTerm, Moment)]) -> Vec<usize> {
    let told: Vec<CountedEvent<'_>> =
        told.iter().map(|(event, moment)| CountedEvent { event, moment: *moment }).collect();
    let counting = Counting::new(&world(), conditions, &told).expect("few enough");
    let all: Vec<usize> = (0..conditions.len()).rev().collect();
    let mut core = counting.conflict(&all);
    core.sort_unstable();
    core
}

#[test]
fn a_count_may_exceed_what_is_told_but_not_fall_short_of_it() {
    let told = [(event(SEE, 0, 1), 3), (event(SEE, 0, 1), 5)];
    let claim = |comparison, number| said(times(event(SEE, 0, 1), None), comparison, number, 20);
    assert!(conflict(&[claim(Comparison::Equal, 4.0)], &told).is_empty());
    assert!(conflict(&[claim(Comparison::Equal, 2.0)], &told).is_empty());
    assert_eq!(conflict(&[claim(Comparison::Equal, 1.0)], &told), [0]);
    assert_eq!(conflict(&[claim(Comparison::Less, 2.0)], &told), [0]);
    assert!(conflict(&[claim(Comparison::Greater, 7.0)], &told).is_empty());
}

#[test]
fn a_part_cannot_hold_more_than_the_whole() {
    let three_late = said(times(event(SEE, 0, 1), Some(1)), Comparison::Equal, 3.0, 30);
    let one_in_all = said(times(event(SEE, 0, 1), None), Comparison::Equal, 1.0, 40);
    let four_in_all = said(times(event(SEE, 0, 1), None), Comparison::Equal, 4.0, 40);
    assert_eq!(conflict(&[three_late.clone(), one_in_all], &[]), [0, 1]);
    assert!(conflict(&[three_late, four_in_all], &[]).is_empty());
}

#[test]
fn anybody_includes_everybody() {
    let by_anybody = said(times(event(SEE, 9, 1), None), Comparison::LessOrEqual, 1.0, 40);
    let by_a = said(times(event(SEE, 0, 1), None), Comparison::Equal, 1.0, 40);
    let by_c = said(times(event(SEE, 2, 1), None), Comparison::Equal, 1.0, 40);
    assert!(conflict(&[by_anybody.clone(), by_a.clone()], &[]).is_empty());
    assert_eq!(conflict(&[by_anybody, by_a, by_c], &[]), [0, 1, 2]);
}

#[test]
fn a_mutual_event_is_one_event_seen_from_both_sides() {
    let three = said(times(event(MEET, 0, 1), None), Comparison::Equal, 3.0, 40);
    let one = said(times(event(MEET, 1, 0), None), Comparison::Equal, 1.0, 40);
    assert_eq!(conflict(&[three, one], &[]), [0, 1]);
    let seen = said(times(event(SEE, 0, 1), None), Comparison::Equal, 3.0, 40);
    let seen_back = said(times(event(SEE, 1, 0), None), Comparison::Equal, 1.0, 40);
    assert!(conflict(&[seen, seen_back], &[]).is_empty());
}

#[test]
fn an_assumed_equation_carries_one_count_over_to_the_other() {
    let three = said(times(event(SEE, 0, 1), Some(1)), Comparison::Equal, 3.0, 40);
    let one = said(times(event(SEE, 1, 0), Some(1)), Comparison::Equal, 1.0, 40);
    let difference = Expression::Arithmetic(
        Arithmetic::Subtract,
        Box::new(times(event(SEE, 0, 1), Some(1))),
        Box::new(times(event(SEE, 1, 0), Some(1))),
    );
    let same = said(difference, Comparison::Equal, 0.0, 40);
    assert_eq!(conflict(&[three.clone(), one.clone(), same.clone()], &[]), [0, 1, 2]);
    let also_one = said(times(event(SEE, 0, 1), Some(1)), Comparison::Equal, 1.0, 40);
    assert!(conflict(&[also_one, one, same], &[]).is_empty());
}

#[test]
fn what_is_told_counts_only_where_it_is_counted() {
    let told = [(event(MEET, 1, 0), 3), (event(MEET, 0, 1), 12), (event(MEET, 0, 2), 13)];
    let late = said(times(event(MEET, 0, 1), Some(1)), Comparison::LessOrEqual, 0.0, 20);
    let late_one = said(times(event(MEET, 0, 1), Some(1)), Comparison::LessOrEqual, 1.0, 20);
    let early = said(times(event(MEET, 0, 1), Some(1)), Comparison::LessOrEqual, 0.0, 12);
    assert_eq!(conflict(&[late], &told), [0]);
    assert!(conflict(&[late_one], &told).is_empty());
    assert!(conflict(&[early], &told).is_empty());
}

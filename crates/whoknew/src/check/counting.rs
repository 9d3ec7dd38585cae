//! Counts of events as linear conditions over cells: events that match the same patterns, between the same two
//! moments. What is told is the least that a cell may hold.

use std::collections::BTreeSet;

use super::integers::{Answer, Row, feasible};
use crate::world::{Arithmetic, Comparison, EventArgument, EventTerm, Expression, SceneId, Term, World};

/// How many different patterns are compared with each other at most.
const MOST_PATTERNS: usize = 24;
/// How many cells they may cut events into.
const MOST_CELLS: usize = 4_000;

/// A place in what happened: so many events came before.
pub(super) type Moment = usize;

/// An event as told, for counting.
#[derive(Clone, Debug)]
pub(super) struct CountedEvent<'a> {
    /// The event.
    pub event: &'a EventTerm,
    /// How many came before.
    pub moment: Moment,
}

/// A count in a formula: events that match, from one moment until another.
#[derive(Clone, Debug, PartialEq)]
struct Count {
    pattern: EventTerm,
    from: Moment,
    until: Moment,
}

/// A condition on counts: their sum, each with a factor, compared with a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CountCondition {
    terms: Vec<(i64, Count)>,
    least: Option<i64>,
    most: Option<i64>,
}

/// Turns moments of scenes into moments of events.
pub(super) trait Moments {
    /// How many events came before the start of `scene`.
    fn start_of(&self, scene: SceneId) -> Moment;
}

impl CountCondition {
    /// Reads `expression`, said at the moment `now`, as a condition on counts; `None`: it is none, or one that every
    /// number meets.
    pub fn read(expression: &Expression, now: Moment, moments: &impl Moments) -> Option<Self> {
        let Expression::Compare(comparison, left, right) = expression else { return None };
        let mut terms = Vec::new();
        let mut constant = 0;
        linear(left, 1, (now, moments), &mut terms, &mut constant)?;
        linear(right, -1, (now, moments), &mut terms, &mut constant)?;
        if terms.is_empty() {
            return None;
        }
        let value = -constant;
        let (least, most) = match comparison {
            Comparison::Equal => (Some(value), Some(value)),
            Comparison::NotEqual => return None,
            Comparison::Less => (None, Some(value - 1)),
            Comparison::LessOrEqual => (None, Some(value)),
            Comparison::Greater => (Some(value + 1), None),
            Comparison::GreaterOrEqual => (Some(value), None),
        };
        Some(Self { terms, least, most })
    }

    /// The patterns it counts, with the stretch of events in which it counts them.
    pub fn counts(&self) -> impl Iterator<Item = (&EventTerm, Moment, Moment)> {
        self.terms.iter().map(|(_, count)| (&count.pattern, count.from, count.until))
    }
}

fn linear(
    expression: &Expression,
    factor: i64,
    at: (Moment, &impl Moments),
    terms: &mut Vec<(i64, Count)>,
    constant: &mut i64,
) -> Option<()> {
    match expression {
        Expression::Number(number) => *constant += factor.checked_mul(whole(*number)?)?,
        Expression::Times { event, since, until } => {
            let from = since.map_or(0, |scene| at.1.start_of(scene));
            let until = until.map_or(at.0, |scene| at.1.start_of(scene));
            terms.push((factor, Count { pattern: event.clone(), from, until: until.max(from) }));
        }
        Expression::Arithmetic(Arithmetic::Add, left, right) => {
            linear(left, factor, at, terms, constant)?;
            linear(right, factor, at, terms, constant)?;
        }
        Expression::Arithmetic(Arithmetic::Subtract, left, right) => {
            linear(left, factor, at, terms, constant)?;
            linear(right, factor.checked_neg()?, at, terms, constant)?;
        }
        Expression::Arithmetic(Arithmetic::Multiply, left, right) => match (&**left, &**right) {
            (Expression::Number(number), other) | (other, Expression::Number(number)) => {
                linear(other, factor.checked_mul(whole(*number)?)?, at, terms, constant)?;
            }
            _ => return None,
        },
        _ => return None,
    }
    Some(())
}

fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e9).then_some(number as i64)
}

/// All conditions on counts of one story, over common cells.
pub(super) struct Counting {
    rows: Vec<Row>,
    told: Vec<i64>,
}

impl Counting {
    /// Cuts events into the cells that `conditions` tell apart and counts what is told in each. `None`: too many.
    pub fn new(world: &World, conditions: &[CountCondition], told: &[CountedEvent<'_>]) -> Option<Self> {
        let mut patterns: Vec<EventTerm> = Vec::new();
        let mut cuts = BTreeSet::new();
        for count in conditions.iter().flat_map(|condition| &condition.terms).map(|term| &term.1) {
            let pattern = ordered(world, &count.pattern);
            if !patterns.contains(&pattern) {
                patterns.push(pattern);
            }
            cuts.extend([count.from, count.until]);
        }
        let classes = classes(world, &patterns)?;
        let cuts: Vec<Moment> = cuts.into_iter().collect();
        let stretches = cuts.len().saturating_sub(1);
        if classes.len().saturating_mul(stretches) > MOST_CELLS {
            return None;
        }
        let mut counting = Self { rows: Vec::new(), told: vec![0; classes.len() * stretches] };
        counting.count(world, told, (&patterns, &classes, &cuts));
        for condition in conditions {
            counting.add_row(world, condition, (&patterns, &classes, &cuts));
        }
        Some(counting)
    }

    fn count(&mut self, world: &World, told: &[CountedEvent<'_>], cells: (&[EventTerm], &[u32], &[Moment])) {
        let (patterns, classes, cuts) = cells;
        for counted in told {
            let event = ordered(world, counted.event);
            let class = matching(patterns, |pattern| matches(world, pattern, &event));
            let stretch = cuts.partition_point(|&cut| cut <= counted.moment);
            let known = classes.iter().position(|&other| other == class);
            if let (Some(class), true) = (known, stretch > 0 && stretch < cuts.len()) {
                self.told[class * (cuts.len() - 1) + stretch - 1] += 1;
            }
        }
    }

    fn add_row(&mut self, world: &World, condition: &CountCondition, cells: (&[EventTerm], &[u32], &[Moment])) {
        let (patterns, classes, cuts) = cells;
        let stretches = cuts.len() - 1;
        let mut coefficients = vec![0; self.told.len()];
        for (factor, count) in &condition.terms {
            let pattern = ordered(world, &count.pattern);
            let Some(bit) = patterns.iter().position(|other| *other == pattern) else { continue };
            for (class, _) in classes.iter().enumerate().filter(|(_, class)| *class >> bit & 1 == 1) {
                for stretch in 0..stretches {
                    if count.from <= cuts[stretch] && cuts[stretch + 1] <= count.until {
                        coefficients[class * stretches + stretch] += factor;
                    }
                }
            }
        }
        let terms =
            coefficients.into_iter().enumerate().filter(|term| term.1 != 0).map(|(cell, c)| (c, cell)).collect();
        self.rows.push(Row { terms, least: condition.least, most: condition.most });
    }

    /// Whether some history that holds what is told meets the chosen conditions.
    pub fn possible(&self, chosen: &[usize]) -> bool {
        let rows: Vec<Row> = chosen.iter().map(|&row| self.rows[row].clone()).collect();
        feasible(&self.told, &rows) != Answer::Impossible
    }

    /// A smallest part of `candidates` that no history can meet; empty if all can be met. Those that stand first
    /// are kept last, so put first what may be given up.
    pub fn conflict(&self, candidates: &[usize]) -> Vec<usize> {
        if self.possible(candidates) {
            return Vec::new();
        }
        let mut core = candidates.to_vec();
        for candidate in candidates {
            let without: Vec<usize> = core.iter().copied().filter(|other| other != candidate).collect();
            if !self.possible(&without) {
                core = without;
            }
        }
        core
    }
}

/// The sets of patterns, as bits, that one event can match together.
fn classes(world: &World, patterns: &[EventTerm]) -> Option<Vec<u32>> {
    if patterns.len() > MOST_PATTERNS {
        return None;
    }
    let mut meets = patterns.to_vec();
    let mut next = 0;
    while next < meets.len() {
        for pattern in patterns {
            for meet in common(world, &meets[next], pattern) {
                if !meets.contains(&meet) {
                    meets.push(meet);
                }
            }
        }
        next += 1;
        if meets.len() > MOST_CELLS {
            return None;
        }
    }
    let class = |meet: &EventTerm| matching(patterns, |pattern| matches(world, pattern, meet));
    let classes: BTreeSet<u32> = meets.iter().map(class).collect();
    Some(classes.into_iter().collect())
}

fn matching(patterns: &[EventTerm], matches: impl Fn(&EventTerm) -> bool) -> u32 {
    patterns.iter().enumerate().filter(|(_, pattern)| matches(pattern)).fold(0, |bits, (index, _)| bits | 1 << index)
}

fn is_open(argument: &EventArgument, world: &World) -> bool {
    match argument {
        EventArgument::Anyone => true,
        EventArgument::Term(Term::Entity(entity)) => *entity == world.someone(),
        _ => false,
    }
}

/// The event with its exchangeable arguments in a fixed order, open ones last.
fn ordered(world: &World, event: &EventTerm) -> EventTerm {
    let mut event = event.clone();
    for argument in &mut event.arguments {
        if is_open(argument, world) {
            *argument = EventArgument::Anyone;
        }
    }
    if world.actions[event.action.index()].mutual && event.arguments.len() >= 2 {
        let key = |argument: &EventArgument| match argument {
            EventArgument::Term(Term::Entity(entity)) => entity.index(),
            _ => usize::MAX,
        };
        if key(&event.arguments[0]) > key(&event.arguments[1]) {
            event.arguments.swap(0, 1);
        }
    }
    event
}

/// Whether `pattern` describes `event`; both as written.
pub(super) fn describes(world: &World, pattern: &EventTerm, event: &EventTerm) -> bool {
    matches(world, &ordered(world, pattern), &ordered(world, event))
}

/// Whether every event that `narrow` describes is one that `pattern` describes.
fn matches(world: &World, pattern: &EventTerm, narrow: &EventTerm) -> bool {
    if pattern.action != narrow.action || pattern.arguments.len() != narrow.arguments.len() {
        return false;
    }
    let fits = |order: &[usize]| {
        let other = order.iter().map(|&index| &narrow.arguments[index]);
        pattern.arguments.iter().zip(other).all(|(wide, narrow)| *wide == EventArgument::Anyone || wide == narrow)
    };
    orders(world, pattern).iter().any(|order| fits(order))
}

/// The ways to exchange arguments.
fn orders(world: &World, event: &EventTerm) -> Vec<Vec<usize>> {
    let plain: Vec<usize> = (0..event.arguments.len()).collect();
    if !world.actions[event.action.index()].mutual || plain.len() < 2 {
        return vec![plain];
    }
    let mut exchanged = plain.clone();
    exchanged.swap(0, 1);
    vec![plain, exchanged]
}

/// The most general patterns of the events that both describe.
fn common(world: &World, first: &EventTerm, second: &EventTerm) -> Vec<EventTerm> {
    if first.action != second.action || first.arguments.len() != second.arguments.len() {
        return Vec::new();
    }
    let meet = |order: &Vec<usize>| {
        let pairs = first.arguments.iter().zip(order.iter().map(|&index| &second.arguments[index]));
        let one = |(a, b): (&EventArgument, &EventArgument)| match (a, b) {
            (EventArgument::Anyone, other) | (other, EventArgument::Anyone) => Some(other.clone()),
            (a, b) => (a == b).then(|| a.clone()),
        };
        let arguments = pairs.map(one).collect::<Option<Vec<_>>>()?;
        Some(ordered(world, &EventTerm { action: first.action, arguments }))
    };
    orders(world, first).iter().filter_map(meet).collect()
}

#[cfg(test)]
#[path = "counting_tests.rs"]
mod tests;

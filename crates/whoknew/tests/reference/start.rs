//! The situation at the start, before rules.

use super::evaluate::{evaluate, holds};
use super::events::{Events, GroundEffect};
use super::grounder::Scope;
use super::merge::merged;
use super::situations::{Node, Situation};
use super::values::{Fact, FactId, Mind, Place, Value};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use whoknew::world::{Expression, FluentId, StartStatement, Term, ValueKind, World};

/// What the start statements said so far.
struct Said {
    /// The value of each fact; if some are named, known to them alone.
    facts: Vec<(Value, Option<BTreeSet<Mind>>)>,
    /// Beliefs with a statement of their own.
    beliefs: BTreeMap<Place, Value>,
}

impl Said {
    /// What is believed through `minds`: what the longest beginning of the chain has a statement for.
    fn value(&self, minds: &[Mind], fact: FactId) -> Value {
        self.value_among(minds, &minds.iter().copied().collect(), fact)
    }

    /// The same for a chain that begins with `minds` and in which `everybody` is.
    fn value_among(&self, minds: &[Mind], everybody: &BTreeSet<Mind>, fact: FactId) -> Value {
        for length in (1..=minds.len()).rev() {
            if let Some(&value) = self.beliefs.get(&(minds[..length].to_vec(), fact)) {
                return value;
            }
        }
        match &self.facts[fact] {
            (_, Some(knowing)) if !everybody.is_subset(knowing) => Value::Unknown,
            (value, _) => *value,
        }
    }

    fn apply(&mut self, effects: &[GroundEffect], knowing: Option<&BTreeSet<Mind>>) {
        let mut changes = Vec::new();
        for effect in effects {
            let view = |minds: &[Mind], fact: FactId| self.value(minds, fact);
            if holds(&effect.tests, &view) {
                changes.push((effect.minds.clone(), effect.fact, evaluate(&effect.value, &view)));
            }
        }
        for (minds, fact, value) in changes {
            if minds.is_empty() {
                self.facts[fact] = (value, knowing.cloned());
            } else {
                self.beliefs.insert((minds, fact), value);
            }
        }
    }
}

/// The situation that the start statements describe; rules have not run yet. All facts must be known by now.
pub fn start(events: &Events) -> Situation {
    let world = events.grounder.world;
    let statements: Vec<_> = world.start.iter().map(|statement| ground(events, statement)).collect();
    let facts = events.grounder.facts.borrow();
    let defaults = facts.iter().map(|fact| (default_value(world, fact), None)).collect();
    let mut said = Said { facts: defaults, beliefs: BTreeMap::new() };
    for (effects, knowing) in &statements {
        said.apply(effects, knowing.as_ref());
    }
    write_down(&said, world.characters)
}

/// Everything that `statement` changes. Also makes its facts known, if called before [`start`].
pub fn ground(events: &Events, statement: &StartStatement) -> (Vec<GroundEffect>, Option<BTreeSet<Mind>>) {
    let mut effects = Vec::new();
    let mut add = |effect| events.effects(effect, &Scope::default(), &mut Vec::new(), &mut Vec::new(), &mut effects);
    let knowing = match statement {
        StartStatement::Common(effect) => {
            add(&effect.value);
            None
        }
        StartStatement::KnownTo(knowing, effect) => {
            add(&effect.value);
            Some(knowing.iter().map(|entity| entity.index()).collect())
        }
        StartStatement::ToldToReader(_) => None,
    };
    (effects, knowing)
}

/// One node for each chain that statements tell apart: how it begins, and whose minds are in it.
fn write_down(said: &Said, characters: usize) -> Situation {
    let depth = said.beliefs.keys().map(|(minds, _)| minds.len()).max().unwrap_or(0);
    let start = (Vec::new(), None, BTreeSet::new());
    let mut order = vec![start.clone()];
    let mut positions = HashMap::from([(start, 0)]);
    let mut nodes = Vec::new();
    let mut next = 0;
    while let Some((beginning, last, everybody)) = order.get(next).cloned() {
        let believed = (0..characters).map(|mind| {
            if last == Some(mind) {
                return next;
            }
            let mut child: Vec<Mind> = beginning.clone();
            if child.len() < depth {
                child.push(mind);
            }
            let mut seen: BTreeSet<Mind> = everybody.clone();
            seen.insert(mind);
            let key = (child, Some(mind), seen);
            *positions.entry(key.clone()).or_insert_with(|| {
                order.push(key);
                order.len() - 1
            })
        });
        let believed = believed.collect();
        let values = (0..said.facts.len()).map(|fact| said.value_among(&beginning, &everybody, fact));
        nodes.push(Node { values: values.collect(), believed });
        next += 1;
    }
    merged(&Situation { nodes })
}

/// The value of a fact before anything is said.
fn default_value(world: &World, fact: &Fact) -> Value {
    let declared = |fluent: &FluentId| &world.fluents[fluent.index()];
    match fact {
        Fact::Fluent(fluent, _) => match (&declared(fluent).default, &declared(fluent).value) {
            (Some(Expression::Boolean(value)), _) => Value::Boolean(*value),
            (Some(Expression::Number(number)), _) => Value::number(*number),
            (Some(Expression::Entity(Term::Entity(entity))), _) => Value::Entity(*entity),
            (Some(Expression::Unknown), _) => Value::Unknown,
            (Some(other), _) => panic!("not a default: {other:?}"),
            (None, ValueKind::Boolean) => Value::Boolean(false),
            (None, ValueKind::Number) => Value::number(0.0),
            (None, ValueKind::Entity(_)) => Value::Unknown,
        },
        Fact::Happened(_) => Value::Boolean(false),
        Fact::Times(_) => Value::number(0.0),
    }
}

//! A plain implementation of the semantics, to compare the engine with.
//!
//! It works on the resolved world alone and shares no code with the engine. It is written to be obviously right: beliefs are
//! nodes of a graph, conditions are evaluated as written, nothing is remembered from one step to the next.

pub mod data;
pub mod engine;
pub mod evaluate;
pub mod events;
pub mod formulas;
pub mod grounder;
pub mod merge;
pub mod plans;
pub mod satisfiable;
pub mod situations;
pub mod start;
pub mod values;
pub mod walks;

use evaluate::{View, evaluate};
use events::{Event, EventId, Events};
use formulas::{Formula, Number, Sense};
use grounder::Scope;
use situations::{Failed, Ground, Limits, Situation};
use std::collections::BTreeSet;
use values::{Fact, FactId, Value};
use whoknew::world::*;

/// A world with all its instances.
pub struct Reference<'w> {
    pub world: &'w World,
    pub events: Events<'w>,
    /// Names and events of all actions with entities only, in order of definition.
    pub actions: Vec<(String, EventId)>,
    pub trigger_names: Vec<String>,
    pub triggers: Vec<Event>,
    /// The author's number first, then each character's.
    pub utilities: Vec<Vec<Number>>,
    /// The declared facts with their names.
    pub fluents: Vec<(String, FactId)>,
    pub limits: Limits,
}

impl<'w> Reference<'w> {
    /// All instances of `world`, and of `further` events and conditions that a test wants to speak of.
    pub fn new(world: &'w World, further: &[EventTerm]) -> Self {
        let mut events = Events::new(world);
        let fluents = declared_facts(&events);
        let mut actions = Vec::new();
        for (index, action) in world.actions.iter().enumerate() {
            for arguments in events.instances(&action.parameters) {
                let terms = arguments.iter().map(|&entity| EventArgument::Term(Term::Entity(entity))).collect();
                let event = events.event(&EventTerm { action: ActionId::from_index(index), arguments: terms });
                let possible = satisfiable::may_hold(&events.events[event].visible);
                let fate_never = action.actors.is_empty() && is_plain_false(action);
                if possible || fate_never {
                    actions.push((events.call(&action.name, &arguments), event));
                }
            }
        }
        let (mut trigger_names, mut triggers) = (Vec::new(), Vec::new());
        for trigger in &world.triggers {
            for arguments in events.instances(&trigger.parameters) {
                let event = events.trigger(trigger, &arguments);
                if satisfiable::may_hold(&event.visible) {
                    trigger_names.push(events.call(&trigger.name, &arguments));
                    triggers.push(event);
                }
            }
        }
        for term in further {
            events.event(term);
        }
        for statement in &world.start {
            start::ground(&events, statement);
        }
        let utilities = utilities(&events);
        events.remember();
        Self {
            world,
            events,
            actions,
            trigger_names,
            triggers,
            utilities,
            fluents,
            limits: Limits { nodes: 5_000, firings: 500 },
        }
    }

    pub fn ground(&self) -> Ground<'_, 'w> {
        Ground { events: &self.events, triggers: &self.triggers, limits: self.limits }
    }

    /// The situation at the start, before rules.
    pub fn unsettled_start(&self) -> Situation {
        start::start(&self.events)
    }

    pub fn start(&self) -> Result<Situation, Failed> {
        self.ground().settle(self.unsettled_start())
    }

    /// The number that the author (0) or a character (1 and up) tries to raise.
    pub fn utility(&self, holder: usize, view: View) -> Value {
        let mut sum = 0.0;
        for number in &self.utilities[holder] {
            match evaluate(number, view) {
                Value::Boolean(value) => sum += f64::from(u8::from(value)),
                Value::Number(_) => sum += evaluate(number, view).as_number().unwrap(),
                _ => return Value::Unknown,
            }
        }
        Value::number(sum)
    }

    /// A closed condition.
    pub fn condition(&self, expression: &Expression) -> Formula {
        self.events.grounder.formula(expression, &Scope::default(), &[], Sense::SO)
    }

    pub fn value_text(&self, value: Value) -> serde_json::Value {
        match value {
            Value::Unknown => "?".into(),
            Value::Boolean(value) => value.into(),
            Value::Entity(entity) => self.world.entities[entity.index()].name.as_str().into(),
            Value::Number(_) => value.as_number().unwrap().into(),
        }
    }
}

fn is_plain_false(action: &Action) -> bool {
    action.preconditions.iter().any(|need| need.condition.value == Expression::Boolean(false))
}

fn declared_facts(events: &Events) -> Vec<(String, FactId)> {
    let mut facts = Vec::new();
    for (index, fluent) in events.grounder.world.fluents.iter().enumerate() {
        if fluent.definition.is_some() {
            continue;
        }
        for arguments in events.instances(&fluent.parameters) {
            let name = events.call(&fluent.name, &arguments);
            facts.push((name, events.grounder.fact(Fact::Fluent(FluentId::from_index(index), arguments))));
        }
    }
    facts
}

fn utilities(events: &Events) -> Vec<Vec<Number>> {
    let world = events.grounder.world;
    let mut utilities = vec![Vec::new(); world.characters + 1];
    for utility in &world.utilities {
        let holder = match utility.holder {
            Holder::Author => 0,
            Holder::Character(entity) => entity.index() + 1,
        };
        utilities[holder].push(events.grounder.number(&utility.value, &Scope::default(), &[]));
    }
    utilities
}

/// Names in the order in which the conformance data lists them.
pub fn sorted<'n>(names: impl Iterator<Item = &'n String>) -> Vec<String> {
    names.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

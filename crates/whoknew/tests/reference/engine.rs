//! The engine of the library, asked the same questions as the reference.

use super::values::Mind;
use super::walks::{Lists, Walker};
use serde_json::Value as Json;
use std::collections::HashMap;
use whoknew::ground::{Amount, EventId, GroundFluentId, Limits, Problem, Value};
use whoknew::state::{Situations, StateId};
use whoknew::world::*;

/// The engine, standing in some situation.
pub struct Engine<'w> {
    pub world: &'w World,
    pub situations: Situations<'w>,
    pub state: StateId,
    start: StateId,
    fluents: Vec<GroundFluentId>,
    actions: Vec<EventId>,
    utilities: Vec<Vec<Amount>>,
}

impl<'w> Engine<'w> {
    pub fn new(world: &'w World, lists: &Lists) -> Self {
        let mut problem = Problem::new(world, &world.telling, &Limits::default()).unwrap();
        let by_name: HashMap<String, GroundFluentId> = problem
            .fluents()
            .filter_map(|fluent| {
                let (declared, arguments) = problem.declared(fluent)?;
                Some((call(world, &world.fluents[declared.index()].name, &arguments), fluent))
            })
            .collect();
        let fluents = lists.fluents.iter().map(|name| by_name[name]).collect();
        let terms = event_terms(world);
        let actions = lists.actions.iter().map(|name| problem.event(&terms[name]).unwrap()).collect();
        let utilities = (0..=world.characters).map(|holder| amounts(&problem, holder)).collect();
        let mut situations = Situations::new(problem);
        let start = situations.start().unwrap();
        Self { world, situations, state: start, start, fluents, actions, utilities }
    }

    fn through(&mut self, minds: &[Mind]) -> StateId {
        minds
            .iter()
            .fold(self.state, |state, &mind| self.situations.believed(EntityId::from_index(mind), state).unwrap())
    }

    pub fn text(&self, value: Value) -> Json {
        if let Some(value) = value.as_boolean() {
            value.into()
        } else if let Some(entity) = value.as_entity() {
            self.world.entities[entity.index()].name.as_str().into()
        } else {
            value.as_number().map_or("?".into(), Json::from)
        }
    }
}

/// `name(a, b)`
pub fn call(world: &World, name: &str, arguments: &[EntityId]) -> String {
    let arguments: Vec<&str> = arguments.iter().map(|entity| world.entities[entity.index()].name.as_str()).collect();
    format!("{name}({})", arguments.join(", "))
}

fn amounts(problem: &Problem, holder: usize) -> Vec<Amount> {
    let holder = match holder.checked_sub(1) {
        None => Holder::Author,
        Some(mind) => Holder::Character(EntityId::from_index(mind)),
    };
    problem.utilities_of(holder).map(|utility| problem.utility(utility).clone()).collect()
}

/// All actions with entities only, by name.
fn event_terms(world: &World) -> HashMap<String, EventTerm> {
    let mut terms = HashMap::new();
    for (index, action) in world.actions.iter().enumerate() {
        let mut instances: Vec<Vec<EntityId>> = vec![Vec::new()];
        for parameter in &action.parameters {
            let range: Vec<EntityId> = match &parameter.kind {
                ParameterKind::Entity(kinds) => world.entities_of(kinds).collect(),
                ParameterKind::Constant(entity) => vec![*entity],
                ParameterKind::Statement | ParameterKind::Number => Vec::new(),
            };
            let longer = |instance: &Vec<EntityId>| {
                let instance = instance.clone();
                range.iter().map(move |&entity| instance.iter().copied().chain([entity]).collect()).collect::<Vec<_>>()
            };
            instances = instances.iter().flat_map(longer).collect();
        }
        for instance in instances {
            let arguments = instance.iter().map(|&entity| EventArgument::Term(Term::Entity(entity))).collect();
            let term = EventTerm { action: ActionId::from_index(index), arguments };
            terms.insert(call(world, &action.name, &instance), term);
        }
    }
    terms
}

impl Walker for Engine<'_> {
    fn restart(&mut self) -> Result<(), String> {
        self.state = self.start;
        Ok(())
    }

    fn happen(&mut self, action: usize) -> Result<(), String> {
        self.state = self.situations.happen(self.state, self.actions[action]).map_err(|why| format!("{why:?}"))?;
        Ok(())
    }

    fn values(&mut self, minds: &[Mind]) -> Vec<Json> {
        let state = self.through(minds);
        let values: Vec<Value> = self.fluents.iter().map(|&fluent| self.situations.value(state, fluent)).collect();
        values.into_iter().map(|value| self.text(value)).collect()
    }

    fn utility(&mut self, holder: usize, mind: Option<Mind>) -> Json {
        let state = self.through(mind.as_slice());
        let mut sum = 0.0;
        for amount in self.utilities[holder].clone() {
            let value = self.situations.evaluate(state, &amount).unwrap();
            match (value.as_number(), value.as_boolean()) {
                (Some(number), _) => sum += number,
                (_, Some(value)) => sum += f64::from(u8::from(value)),
                _ => return "?".into(),
            }
        }
        sum.into()
    }

    fn possible(&mut self, action: usize) -> bool {
        let event = self.situations.problem().get(self.actions[action]).clone();
        event.needs().iter().all(|need| self.situations.holds(self.state, &need.condition).unwrap())
    }
}

//! Ground events: what must be so, what changes, who notices what.

use super::formulas::{Formula, Number, Sense, supposing, truth};
use super::grounder::{Grounder, Scope};
use super::values::{Fact, FactId, Mind, Value};
use std::collections::HashMap;
use whoknew::world::*;

/// An event by its position in [`Events::events`].
pub type EventId = usize;

/// What one event does.
#[derive(Debug)]
pub struct Event {
    pub term: Option<EventTerm>,
    /// Needs that a mistaken observer learns.
    pub visible: Formula,
    /// Needs that nobody learns.
    pub hidden: Formula,
    pub effects: Vec<GroundEffect>,
    /// Who may notice what, in order.
    pub observations: Vec<Noticing>,
    /// The facts that remember this event.
    pub remembered: Vec<FactId>,
}

/// One assignment.
#[derive(Debug)]
pub struct GroundEffect {
    pub tests: Formula,
    pub minds: Vec<Mind>,
    pub fact: FactId,
    pub value: Number,
}

/// Who notices, when, and as what.
#[derive(Debug)]
pub struct Noticing {
    pub observer: Mind,
    pub condition: Formula,
    /// Whether they see who it truly is.
    pub openly: bool,
    pub event: EventId,
}

/// For each character the fact that says whom they look like, and by character whom they deceive who are only acted upon.
#[derive(Debug)]
pub struct Guise {
    pub looks: Vec<FactId>,
    pub deceives: Vec<Vec<Formula>>,
}

/// All ground events, made on demand.
pub struct Events<'w> {
    pub grounder: Grounder<'w>,
    pub events: Vec<Event>,
    pub guise: Option<Guise>,
    known: HashMap<String, EventId>,
}

impl<'w> Events<'w> {
    pub fn new(world: &'w World) -> Self {
        let grounder = Grounder::new(world);
        let guise = guise(&grounder);
        Self { grounder, events: Vec::new(), guise, known: HashMap::new() }
    }

    /// The characters among the arguments of an event, with their positions.
    pub fn characters(&self, event: EventId) -> Vec<(usize, EntityId)> {
        let Some(term) = &self.events[event].term else { return Vec::new() };
        let arguments = term.arguments.iter().enumerate();
        arguments
            .filter_map(|(index, argument)| match argument {
                EventArgument::Term(Term::Entity(who)) if who.index() < self.grounder.world.characters => {
                    Some((index, *who))
                }
                _ => None,
            })
            .collect()
    }

    /// Whether the character is among those whose act it is.
    pub fn is_act_of(&self, event: EventId, who: EntityId) -> bool {
        let Some(term) = &self.events[event].term else { return false };
        let actors = &self.grounder.world.actions[term.action.index()].actors;
        actors.iter().any(|&actor| self.grounder.entity(actor, &self.scope_of(term)) == who)
    }

    /// The event with others in these places; `None`: one of them cannot be there.
    pub fn disguised(&self, event: EventId, taken: &[(usize, EntityId)]) -> Option<EventId> {
        let mut term = self.events[event].term.clone()?;
        let world = self.grounder.world;
        for &(index, guise) in taken {
            let ParameterKind::Entity(kinds) = &world.actions[term.action.index()].parameters[index].kind else {
                return None;
            };
            if guise != world.someone() && !world.entities_of(kinds).any(|entity| entity == guise) {
                return None;
            }
            term.arguments[index] = EventArgument::Term(Term::Entity(guise));
        }
        let term = self.grounder.event(&term, &Scope::default());
        Some(self.known[&format!("{term:?}")])
    }

    /// Everything that the event may be taken for because of guises.
    fn add_disguised(&mut self, event: EventId) {
        if self.guise.is_none() {
            return;
        }
        let world = self.grounder.world;
        for (index, _) in self.characters(event) {
            for guise in (0..world.characters).map(EntityId::from_index).chain([world.someone()]) {
                let mut term = self.events[event].term.clone().expect("it has arguments");
                let ParameterKind::Entity(kinds) = &world.actions[term.action.index()].parameters[index].kind else {
                    continue;
                };
                if guise == world.someone() || world.entities_of(kinds).any(|entity| entity == guise) {
                    term.arguments[index] = EventArgument::Term(Term::Entity(guise));
                    self.event(&term);
                }
            }
        }
    }

    /// All ways to fill parameters with entities, first parameter slowest.
    pub fn instances(&self, parameters: &[Parameter]) -> Vec<Vec<EntityId>> {
        let mut instances = vec![Vec::new()];
        for parameter in parameters {
            let range: Vec<EntityId> = match &parameter.kind {
                ParameterKind::Entity(kinds) => self.grounder.world.entities_of(kinds).collect(),
                ParameterKind::Constant(entity) => vec![*entity],
                ParameterKind::Statement | ParameterKind::Number => Vec::new(),
            };
            instances = instances
                .into_iter()
                .flat_map(|instance: Vec<EntityId>| {
                    range.iter().map(move |&entity| instance.iter().copied().chain([entity]).collect())
                })
                .collect();
        }
        instances
    }

    /// `name(a, b)`
    pub fn call(&self, name: &str, arguments: &[EntityId]) -> String {
        let arguments: Vec<&str> =
            arguments.iter().map(|entity| self.grounder.world.entities[entity.index()].name.as_str()).collect();
        format!("{name}({})", arguments.join(", "))
    }

    fn scope_of(&self, term: &EventTerm) -> Scope {
        let mut scope = Scope::default();
        for (index, argument) in term.arguments.iter().enumerate() {
            let variable = VariableId::from_index(index);
            match argument {
                EventArgument::Term(Term::Entity(entity)) => drop(scope.entities.insert(variable, *entity)),
                EventArgument::Anyone => drop(scope.entities.insert(variable, self.grounder.world.someone())),
                EventArgument::Statement(statement) => {
                    drop(scope.statements.insert(variable, (**statement).clone()));
                }
                EventArgument::Number(number) => drop(scope.numbers.insert(variable, *number)),
                other => panic!("an open event: {other:?}"),
            }
        }
        scope
    }

    /// The event that a closed term names.
    pub fn event(&mut self, term: &EventTerm) -> EventId {
        let term = self.grounder.event(term, &Scope::default());
        let key = format!("{term:?}");
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let id = self.events.len();
        self.known.insert(key, id);
        self.events.push(Event {
            term: Some(term.clone()),
            visible: truth(true),
            hidden: truth(true),
            effects: Vec::new(),
            observations: Vec::new(),
            remembered: Vec::new(),
        });
        let scope = self.scope_of(&term);
        let action = &self.grounder.world.actions[term.action.index()];
        let needs = |hidden: bool| {
            let parts = action.preconditions.iter().filter(|need| need.hidden == hidden);
            Formula::And(
                parts.map(|need| self.grounder.formula(&need.condition.value, &scope, &[], Sense::SO)).collect(),
            )
        };
        let (visible, hidden) = (needs(false), needs(true));
        let mut effects = Vec::new();
        self.effects(&action.effect, &scope, &mut Vec::new(), &mut Vec::new(), &mut effects);
        let observations = self.observations(action, &scope);
        let event = &mut self.events[id];
        (event.visible, event.hidden, event.effects, event.observations) = (visible, hidden, effects, observations);
        self.add_disguised(id);
        id
    }

    /// A rule, as an event that nobody notices.
    pub fn trigger(&self, trigger: &Trigger, arguments: &[EntityId]) -> Event {
        let entities = arguments.iter().enumerate().map(|(index, &entity)| (VariableId::from_index(index), entity));
        let scope = Scope { entities: entities.collect(), ..Scope::default() };
        let mut effects = Vec::new();
        self.effects(&trigger.effect, &scope, &mut Vec::new(), &mut Vec::new(), &mut effects);
        Event {
            term: None,
            visible: self.grounder.formula(&trigger.condition.value, &scope, &[], Sense::SO),
            hidden: truth(true),
            effects,
            observations: Vec::new(),
            remembered: Vec::new(),
        }
    }

    fn observations(&mut self, action: &Action, scope: &Scope) -> Vec<Noticing> {
        let own = self.events.len() - 1;
        if action.observations.is_empty() {
            let actors = action.actors.iter().map(|&actor| self.grounder.entity(actor, scope));
            let actors = actors.filter(|&actor| actor != self.grounder.world.someone());
            return actors
                .map(|actor| Noticing { observer: actor.index(), condition: truth(true), openly: false, event: own })
                .collect();
        }
        let mut observations = Vec::new();
        for line in &action.observations {
            let observers = match &line.observer {
                Observer::One(term) => vec![(self.grounder.entity(*term, scope), scope.clone())],
                Observer::Every(binding) => {
                    let bind = |entity: EntityId| {
                        let mut scope = scope.clone();
                        scope.entities.insert(binding.variable, entity);
                        (entity, scope)
                    };
                    self.grounder.range(binding).into_iter().map(bind).collect()
                }
            };
            for (observer, scope) in observers {
                if observer == self.grounder.world.someone() {
                    continue;
                }
                let condition = self.grounder.formula(&line.condition, &scope, &[], Sense::SO);
                let event = match &line.noticed_as {
                    Some(term) => {
                        let term = self.grounder.event(term, &scope);
                        self.event(&term)
                    }
                    None => own,
                };
                let openly = line.openly;
                observations.push(Noticing { observer: observer.index(), condition, openly, event });
            }
        }
        observations
    }

    /// Adds the assignments of `effect`, in the minds and under the tests around it.
    pub fn effects(
        &self,
        effect: &Effect,
        scope: &Scope,
        minds: &mut Vec<Term>,
        tests: &mut Vec<Formula>,
        into: &mut Vec<GroundEffect>,
    ) {
        match effect {
            Effect::Assign(term, value) => {
                let Some(fact) = self.grounder.fluent(term, scope) else { return };
                let boolean = self.grounder.world.fluents[term.fluent.index()].value == ValueKind::Boolean;
                self.assign((fact, boolean), value, scope, (minds, tests), into);
            }
            Effect::Believes(term, inner) => {
                minds.push(*term);
                self.effects(inner, scope, minds, tests, into);
                minds.pop();
            }
            Effect::Statement(variable) => {
                let statement = scope.statements[variable].clone();
                let first = into.len();
                self.statement(&statement, scope, minds, tests, into);
                into[first..].iter_mut().for_each(|effect| self.unless_plain(effect));
            }
            Effect::Stated(statement) => self.statement(statement, scope, minds, tests, into),
            Effect::If(test, inner) => {
                tests.push(self.grounder.formula(test, scope, &[], Sense::SO));
                self.effects(inner, scope, minds, tests, into);
                tests.pop();
            }
            Effect::ForAll(binding, inner) => {
                for entity in self.grounder.range(binding) {
                    let mut scope = scope.clone();
                    scope.entities.insert(binding.variable, entity);
                    self.effects(inner, &scope, minds, tests, into);
                }
            }
            Effect::All(parts) => parts.iter().for_each(|part| self.effects(part, scope, minds, tests, into)),
        }
    }

    /// What is told of a fact that is plain to the hearer, or would be if it were as it is told, changes what they believe of it
    /// themselves only where it is true.
    fn unless_plain(&self, effect: &mut GroundEffect) {
        let &[hearer] = effect.minds.as_slice() else { return };
        let told = match effect.value {
            Number::Constant(value) if value != Value::Unknown => Some(value),
            _ => None,
        };
        let fact = self.grounder.facts.borrow()[effect.fact].clone();
        let unless = match fact {
            Fact::Fluent(fluent, arguments) => self.not_plain((fluent, &arguments), (effect.fact, told), hearer),
            Fact::Happened(event) if self.chose(&event, hearer) => vec![truth(false)],
            Fact::Happened(_) | Fact::Times(_) => return,
        };
        let so = told.map(|value| Formula::Is { minds: Vec::new(), fact: effect.fact, value, equal: true });
        let heeded = Formula::Or([Formula::And(unless)].into_iter().chain(so).collect());
        effect.tests = Formula::And(vec![effect.tests.clone(), heeded]);
    }

    fn not_plain(
        &self,
        (fluent, arguments): (FluentId, &[EntityId]),
        (fact, told): (FactId, Option<Value>),
        hearer: Mind,
    ) -> Vec<Formula> {
        let entities = arguments.iter().enumerate().map(|(index, &entity)| (VariableId::from_index(index), entity));
        let of_fact = Scope { entities: entities.collect(), ..Scope::default() };
        let mut parts = Vec::new();
        for line in &self.grounder.world.fluents[fluent.index()].plain {
            let mut scope = of_fact.clone();
            let is_meant = match &line.observer {
                Observer::One(term) => self.grounder.entity(*term, &scope).index() == hearer,
                Observer::Every(binding) => {
                    scope.entities.insert(binding.variable, EntityId::from_index(hearer));
                    true
                }
            };
            if is_meant {
                let sense = Sense { truth: false, weak: true };
                let unless = self.grounder.formula(&line.condition, &scope, &[], sense);
                parts.extend(told.map(|value| supposing(&unless, fact, value)));
                parts.push(unless);
            }
        }
        parts
    }

    /// Whether the event was `mind`'s choice.
    fn chose(&self, event: &EventTerm, mind: Mind) -> bool {
        let is = |term: &Term| match term {
            Term::Entity(entity) => entity.index() == mind,
            Term::Variable(parameter) => {
                event.arguments[parameter.index()] == EventArgument::Term(Term::Entity(EntityId::from_index(mind)))
            }
        };
        self.grounder.world.actions[event.action.index()].actors.iter().any(is)
    }

    fn assign(
        &self,
        (fact, boolean): (FactId, bool),
        value: &Expression,
        scope: &Scope,
        (minds, tests): (&[Term], &mut Vec<Formula>),
        into: &mut Vec<GroundEffect>,
    ) {
        let chain = minds.iter().fold(Vec::new(), |chain, &mind| self.grounder.through(&chain, mind, scope));
        if !self.grounder.may_read(&chain) {
            return;
        }
        let mut push = |extra: Option<Formula>, value| {
            let tests = Formula::And(tests.iter().cloned().chain(extra).collect());
            into.push(GroundEffect { tests, minds: chain.clone(), fact, value });
        };
        match value {
            Expression::If(branches, otherwise) => {
                let depth = tests.len();
                for (test, branch) in branches {
                    tests.push(self.grounder.formula(test, scope, &[], Sense::SO));
                    self.assign((fact, boolean), branch, scope, (minds, tests), into);
                    tests.pop();
                    tests.push(self.grounder.formula(test, scope, &[], Sense::NOT_SO));
                }
                self.assign((fact, boolean), otherwise, scope, (minds, tests), into);
                tests.truncate(depth);
            }
            _ if boolean && !self.is_plain(value) => {
                for truth in [true, false] {
                    let test = self.grounder.formula(value, scope, &[], Sense { truth, weak: false });
                    push(Some(test), Number::Constant(Value::Boolean(truth)));
                }
            }
            _ => push(None, self.grounder.number(value, scope, &[])),
        }
    }

    fn statement(
        &self,
        statement: &Expression,
        scope: &Scope,
        minds: &mut Vec<Term>,
        tests: &mut Vec<Formula>,
        into: &mut Vec<GroundEffect>,
    ) {
        let assign = |term: &FluentTerm, value| Effect::Assign(term.clone(), value);
        let effect = match statement {
            Expression::Fluent(term) => assign(term, Expression::Boolean(true)),
            Expression::Compare(Comparison::Equal, left, right) => match &**left {
                Expression::Fluent(term) => assign(term, (**right).clone()),
                other => panic!("not a literal: {other:?}"),
            },
            Expression::Not(inner) if matches!(**inner, Expression::Happened(_)) => {
                return self.happened(inner, false, scope, minds, tests, into);
            }
            Expression::Not(inner) => match &**inner {
                Expression::Fluent(term) => assign(term, Expression::Boolean(false)),
                // Where it is so, it becomes unknown.
                opposite => return self.unmade(opposite, scope, minds, tests, into),
            },
            Expression::Believes(mind, inner) => {
                minds.push(*mind);
                self.statement(inner, scope, minds, tests, into);
                minds.pop();
                return;
            }
            Expression::Happened(_) => return self.happened(statement, true, scope, minds, tests, into),
            other => panic!("not a literal: {other:?}"),
        };
        self.effects(&effect, scope, minds, tests, into);
    }

    /// That an event happened, or not.
    fn happened(
        &self,
        statement: &Expression,
        value: bool,
        scope: &Scope,
        minds: &[Term],
        tests: &[Formula],
        into: &mut Vec<GroundEffect>,
    ) {
        let Expression::Happened(event) = statement else { panic!("not a memory: {statement:?}") };
        let fact = self.grounder.fact(Fact::Happened(self.grounder.event(event, scope)));
        let chain = minds.iter().fold(Vec::new(), |chain, &mind| self.grounder.through(&chain, mind, scope));
        if self.grounder.may_read(&chain) {
            let value = Number::Constant(Value::Boolean(value));
            into.push(GroundEffect { tests: Formula::And(tests.to_vec()), minds: chain, fact, value });
        }
    }

    fn unmade(
        &self,
        statement: &Expression,
        scope: &Scope,
        minds: &mut Vec<Term>,
        tests: &mut Vec<Formula>,
        into: &mut Vec<GroundEffect>,
    ) {
        if let Expression::Believes(mind, inner) = statement {
            minds.push(*mind);
            self.unmade(inner, scope, minds, tests, into);
            minds.pop();
            return;
        }
        let term = match statement {
            Expression::Fluent(term) => term,
            Expression::Compare(Comparison::Equal, left, _) => match &**left {
                Expression::Fluent(term) => term,
                other => panic!("not a literal: {other:?}"),
            },
            other => panic!("not a literal: {other:?}"),
        };
        let chain = minds.iter().fold(Vec::new(), |chain, &mind| self.grounder.through(&chain, mind, scope));
        tests.push(self.grounder.formula(statement, scope, &chain, Sense::SO));
        self.effects(&Effect::Assign(term.clone(), Expression::Unknown), scope, minds, tests, into);
        tests.pop();
    }

    fn is_plain(&self, value: &Expression) -> bool {
        match value {
            Expression::Fluent(term) => self.grounder.world.fluents[term.fluent.index()].definition.is_none(),
            Expression::Boolean(_) | Expression::Unknown | Expression::Happened(_) => true,
            Expression::Believes(_, inner) => self.is_plain(inner),
            _ => false,
        }
    }

    /// Once all facts are known: which of them remember which event.
    pub fn remember(&mut self) {
        let facts = self.grounder.facts.borrow();
        for event in &mut self.events {
            let Some(term) = &event.term else { continue };
            event.remembered.clear();
            for (id, fact) in facts.iter().enumerate() {
                if let Fact::Happened(pattern) | Fact::Times(pattern) = fact {
                    let mutual = self.grounder.world.actions[term.action.index()].mutual;
                    if matches(pattern, term) || (mutual && matches(pattern, &exchanged(term))) {
                        event.remembered.push(id);
                    }
                }
            }
        }
    }
}

fn guise(grounder: &Grounder<'_>) -> Option<Guise> {
    let world = grounder.world;
    let declared = world.fluents.iter().position(|fluent| fluent.guise.is_some())?;
    let line = world.fluents[declared].guise.as_ref()?;
    let characters: Vec<EntityId> = (0..world.characters).map(EntityId::from_index).collect();
    let looks = |&who: &EntityId| grounder.fact(Fact::Fluent(FluentId::from_index(declared), vec![who]));
    let deceives = |&who: &EntityId, &by: &EntityId| {
        let mut scope = Scope::default();
        scope.entities.insert(VariableId::from_index(0), by);
        match &line.observer {
            Observer::One(term) if grounder.entity(*term, &scope) != who => return truth(false),
            Observer::One(_) => {}
            Observer::Every(binding) => drop(scope.entities.insert(binding.variable, who)),
        }
        grounder.formula(&line.condition, &scope, &[], Sense::SO)
    };
    let deceives = characters.iter().map(|by| characters.iter().map(|who| deceives(who, by)).collect()).collect();
    Some(Guise { looks: characters.iter().map(looks).collect(), deceives })
}

fn exchanged(term: &EventTerm) -> EventTerm {
    let mut term = term.clone();
    term.arguments.swap(0, 1);
    term
}

fn matches(pattern: &EventTerm, event: &EventTerm) -> bool {
    let fits = |(pattern, argument): (&EventArgument, &EventArgument)| {
        *pattern == EventArgument::Anyone || pattern == argument
    };
    pattern.action == event.action && pattern.arguments.iter().zip(&event.arguments).all(fits)
}

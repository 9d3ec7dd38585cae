//! What may be said in plans: the literals that needs, effects, rules, wants and aims of the story's own files speak
//! of, nested at most once, what is said in events that these speak of, and what `sayable` lines declare; and the
//! numbers that occur.

use super::closing::{Bindings, Bound, close};
use super::compile::Compiled;
use super::fluents::{Extra, entities_of};
use super::{
    Amount, Atom, ChainId, Change, Condition, EventId, GroundFluentId, Place, Problem, Value, believed_by, valued,
};
use crate::world::{
    Comparison, Effect, EntityId, EventArgument, Expression, Sayable, StartStatement, ValueKind, VariableId,
};
use rustc_hash::FxHashSet;

/// A fact with a value, as it is or as somebody believes it.
type Literal = (Option<EntityId>, GroundFluentId, Value);

/// What may be said, in the order in which it was found.
struct Sayings<'p, 'w> {
    problem: &'p Problem<'w>,
    /// The facts that something changes, or that not everybody knows.
    changing: FxHashSet<GroundFluentId>,
    known: FxHashSet<Literal>,
    literals: Vec<Literal>,
    /// What is said in events that something asks for: `happened(tell(Ann, Ben, S))`.
    told: Vec<Expression>,
}

impl Problem<'_> {
    /// What may be said in plans that hold `events` besides.
    pub(crate) fn sayable(&mut self, events: &[EventId]) -> Compiled<Vec<Expression>> {
        let mut sayings = Sayings {
            problem: self,
            changing: self.changing_facts(events),
            known: FxHashSet::default(),
            literals: Vec::new(),
            told: Vec::new(),
        };
        for (index, utility) in self.world.utilities.iter().enumerate() {
            if self.world.is_own(utility.span) {
                sayings.amount(&self.utility(crate::world::UtilityId::from_index(index)).clone(), true);
            }
        }
        for &event in events {
            let ground = self.get(event);
            if self.world.is_own(self.world.actions[ground.term().action.index()].span) {
                ground.needs().iter().for_each(|need| sayings.condition(&need.condition, false));
                ground.all_changes(&self.events.joins).iter().for_each(|change| sayings.change(change));
            }
        }
        for instance in &self.triggers.instances {
            if self.world.is_own(self.world.triggers[instance.trigger.index()].span) {
                sayings.condition(&instance.own, false);
                sayings.condition(&instance.believed, false);
                instance.changes.iter().for_each(|change| sayings.change(change));
            }
        }
        let (literals, told) = (sayings.literals, sayings.told);
        let mut statements: Vec<Expression> = literals.into_iter().map(|literal| self.said(literal)).collect();
        for statement in told {
            if !statements.contains(&statement) {
                statements.push(statement);
            }
        }
        for sayable in &self.world.sayable {
            self.declared_sayable(sayable, &mut statements)?;
        }
        Ok(statements)
    }

    /// The facts that one of `events`, a rule or the start gives a value, or that not everybody knows.
    fn changing_facts(&self, events: &[EventId]) -> FxHashSet<GroundFluentId> {
        let mut changing = FxHashSet::default();
        for &event in events {
            let ground = self.get(event);
            changing.extend(ground.all_changes(&self.events.joins).iter().map(|change| change.place.fluent));
        }
        for instance in &self.triggers.instances {
            changing.extend(instance.changes.iter().map(|change| change.place.fluent));
        }
        for start in self.start() {
            let private = |change: &&Change| start.known_to.is_some() || change.place.chain != ChainId::REAL;
            changing.extend(start.changes.iter().filter(private).map(|change| change.place.fluent));
        }
        changing
    }

    fn said(&self, (believer, fluent, value): Literal) -> Expression {
        believed_by(believer.as_slice(), valued(self.fluents.expression(fluent), value))
    }

    /// Adds one statement for each choice of entities.
    fn declared_sayable(&self, sayable: &Sayable, statements: &mut Vec<Expression>) -> Compiled<()> {
        let domains: Vec<Vec<EntityId>> =
            sayable.parameters.iter().map(|parameter| entities_of(self.world, &parameter.kind)).collect();
        let mut chosen = vec![Bindings::default()];
        for (index, domain) in domains.iter().enumerate() {
            let choose = |bindings: &Bindings| {
                let with = |&entity: &EntityId| {
                    let mut bindings = bindings.clone();
                    bindings.bind(VariableId::from_index(index), Some(Bound::Entity(entity)));
                    bindings
                };
                domain.iter().map(with).collect::<Vec<_>>()
            };
            chosen = chosen.iter().flat_map(choose).take(self.limits.sayings.saturating_add(1)).collect();
        }
        for bindings in chosen {
            let statement = close(&sayable.statement, &bindings).map_err(|error| error.or_at(sayable.span))?;
            if !statements.contains(&statement) {
                statements.push(statement);
            }
        }
        Ok(())
    }

    /// The numbers that needs, effects, rules and the start of the story mention, in order of size.
    pub(crate) fn occurring_numbers(&self) -> Vec<f64> {
        let mut numbers = Vec::new();
        let mut visit = |expression: &Expression| {
            if let Expression::Number(number) = expression {
                numbers.push(*number);
            }
        };
        for action in self.world.actions.iter().filter(|action| self.world.is_own(action.span)) {
            action.preconditions.iter().for_each(|need| need.condition.value.for_each(&mut visit));
            in_effect(&action.effect, &mut visit);
        }
        for rule in self.world.triggers.iter().filter(|rule| self.world.is_own(rule.span)) {
            rule.condition.value.for_each(&mut visit);
            in_effect(&rule.effect, &mut visit);
        }
        for statement in &self.world.start {
            if let StartStatement::Common(effect) | StartStatement::KnownTo(_, effect) = statement
                && self.world.is_own(effect.span)
            {
                in_effect(&effect.value, &mut visit);
            }
        }
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        numbers
    }
}

fn in_effect(effect: &Effect, visit: &mut impl FnMut(&Expression)) {
    match effect {
        Effect::Assign(_, value) => value.for_each(visit),
        Effect::If(test, inner) => {
            test.for_each(visit);
            in_effect(inner, visit);
        }
        Effect::Believes(_, inner) | Effect::ForAll(_, inner) => in_effect(inner, visit),
        Effect::All(parts) => parts.iter().for_each(|part| in_effect(part, visit)),
        Effect::Stated(statement) => statement.for_each(visit),
        Effect::Statement(_) => {}
    }
}

impl Sayings<'_, '_> {
    fn change(&mut self, change: &Change) {
        self.condition(&change.condition, false);
        self.amount(&change.value, false);
    }

    fn amount(&mut self, amount: &Amount, wanted: bool) {
        match amount {
            Amount::Constant(_) => {}
            Amount::Place(place) => self.told_in(*place),
            Amount::Arithmetic(_, left, right) => {
                self.amount(left, wanted);
                self.amount(right, wanted);
            }
            Amount::If(branches, otherwise) => {
                for (test, amount) in branches {
                    self.condition(test, wanted);
                    self.amount(amount, wanted);
                }
                self.amount(otherwise, wanted);
            }
        }
    }

    fn condition(&mut self, condition: &Condition, wanted: bool) {
        condition.atoms(&mut |atom| self.atom(atom, wanted));
    }

    /// What is said in the event that a fact remembers.
    fn told_in(&mut self, place: Place) {
        let Some(Extra::Memory(memory)) = self.problem.fluents.extra(place.fluent) else { return };
        for argument in &memory.event.arguments {
            if let EventArgument::Statement(statement) = argument
                && !self.told.contains(statement)
            {
                self.told.push((**statement).clone());
            }
        }
    }

    fn atom(&mut self, atom: &Atom, wanted: bool) {
        atom.places(&mut |place| self.told_in(place));
        match atom {
            Atom::Is { place, value, equal } => {
                let of_kind = self.values(*place);
                if *equal && !value.is_unknown() && value.as_boolean().is_none() {
                    self.add(*place, *value, wanted);
                } else if !of_kind.is_empty() {
                    let differing = of_kind.into_iter().filter(|other| other != value || value.as_boolean().is_some());
                    differing.for_each(|other| self.add(*place, other, wanted));
                } else if let Some(number) = value.as_number() {
                    self.add(*place, Value::number(number + 1.0), wanted);
                }
            }
            Atom::Same { left, right, .. } => {
                for place in [*left, *right] {
                    self.values(place).into_iter().for_each(|value| self.add(place, value, wanted));
                }
            }
            Atom::Measure { place, comparison, amount } => self.measure(*place, *comparison, amount, wanted),
            Atom::Amounts(..) => {}
        }
    }

    /// The nearest number that meets the comparison.
    fn measure(&mut self, place: Place, comparison: Comparison, amount: &Amount, wanted: bool) {
        let number = match amount {
            Amount::Constant(value) => value.as_number(),
            Amount::Place(other) => {
                self.problem.constants.values.get(other.fluent.index()).and_then(|it| it.as_number())
            }
            Amount::Arithmetic(..) | Amount::If(..) => None,
        };
        let step = match comparison {
            Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual => 0.0,
            Comparison::Greater | Comparison::NotEqual => 1.0,
            Comparison::Less => -1.0,
        };
        if let Some(number) = number {
            self.add(place, Value::number(number + step), wanted);
        }
    }

    /// The values that are no numbers.
    fn values(&self, place: Place) -> Vec<Value> {
        match self.problem.value_kind(place.fluent) {
            ValueKind::Boolean => vec![Value::YES, Value::NO],
            ValueKind::Number => Vec::new(),
            ValueKind::Entity(kinds) => self.problem.world.entities_of(&kinds).map(Value::entity).collect(),
        }
    }

    fn add(&mut self, place: Place, value: Value, wanted: bool) {
        let sayable = match self.problem.fluents.extra(place.fluent) {
            None => true,
            Some(Extra::Memory(memory)) => !memory.counts,
            Some(Extra::Clock) => false,
        };
        let matters = wanted || place.chain != ChainId::REAL || self.changing.contains(&place.fluent);
        if !sayable || !matters {
            return;
        }
        let believer = self.problem.believers(place.chain).last().copied();
        for believer in [None, believer] {
            let literal = (believer, place.fluent, value);
            if self.known.insert(literal) {
                self.literals.push(literal);
            }
        }
    }
}

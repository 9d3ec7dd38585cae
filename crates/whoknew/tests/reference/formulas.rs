//! Conditions and values with all names replaced: negation pushed inwards, quantifiers written out.

use super::values::{Fact, FactId, Mind, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use whoknew::world::*;

/// A condition. An empty `And` is true, an empty `Or` false.
#[derive(Clone, Debug)]
pub enum Formula {
    And(Vec<Formula>),
    Or(Vec<Formula>),
    /// The fact, read through these minds, has (or has not) this value.
    Is {
        minds: Vec<Mind>,
        fact: FactId,
        value: Value,
        equal: bool,
    },
    /// Two numbers compared.
    Numbers(Comparison, Rc<Number>, Rc<Number>),
}

/// A value worked out from others.
#[derive(Clone, Debug)]
pub enum Number {
    Constant(Value),
    Fact {
        minds: Vec<Mind>,
        fact: FactId,
    },
    Arithmetic(Arithmetic, Rc<Number>, Rc<Number>),
    /// 1 if the condition holds, else 0.
    Indicator(Box<Formula>),
    /// The first test that holds decides.
    If(Vec<(Formula, Number)>, Box<Number>),
}

/// What variables stand for.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub entities: BTreeMap<VariableId, EntityId>,
    pub statements: BTreeMap<VariableId, Expression>,
    pub numbers: BTreeMap<VariableId, f64>,
}

/// How to read a fact: through which minds.
pub type View<'v> = &'v dyn Fn(&[Mind], FactId) -> Value;

/// Replaces names; keeps the list of all facts.
pub struct Grounder<'w> {
    pub world: &'w World,
    pub facts: RefCell<Vec<Fact>>,
}

pub fn truth(value: bool) -> Formula {
    if value { Formula::And(Vec::new()) } else { Formula::Or(Vec::new()) }
}

fn and(parts: Vec<Formula>) -> Formula {
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Formula::And(inner) => kept.extend(inner),
            Formula::Or(inner) if inner.is_empty() => return truth(false),
            other => kept.push(other),
        }
    }
    Formula::And(kept)
}

fn or(parts: Vec<Formula>) -> Formula {
    let mut kept = Vec::new();
    for part in parts {
        match part {
            Formula::Or(inner) => kept.extend(inner),
            Formula::And(inner) if inner.is_empty() => return truth(true),
            other => kept.push(other),
        }
    }
    Formula::Or(kept)
}

/// What an expression's value is.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Class {
    Boolean,
    Number,
    Entity,
    Unknown,
}

/// One side of a comparison of entities or booleans.
enum Side {
    Value(Value),
    Fact(Vec<Mind>, FactId, Vec<Value>),
}

impl<'w> Grounder<'w> {
    pub fn new(world: &'w World) -> Self {
        Self { world, facts: RefCell::new(Vec::new()) }
    }

    pub fn fact(&self, fact: Fact) -> FactId {
        let mut facts = self.facts.borrow_mut();
        let known = facts.iter().position(|other| *other == fact);
        known.unwrap_or_else(|| {
            facts.push(fact);
            facts.len() - 1
        })
    }

    pub fn entity(&self, term: Term, scope: &Scope) -> EntityId {
        match term {
            Term::Entity(entity) => entity,
            Term::Variable(variable) => scope.entities[&variable],
        }
    }

    pub fn through(&self, minds: &[Mind], term: Term, scope: &Scope) -> Vec<Mind> {
        let mind = self.entity(term, scope).index();
        let mut minds = minds.to_vec();
        if minds.last() != Some(&mind) {
            minds.push(mind);
        }
        minds
    }

    pub fn fluent(&self, term: &FluentTerm, scope: &Scope) -> FactId {
        let arguments = term.arguments.iter().map(|&argument| self.entity(argument, scope)).collect();
        self.fact(Fact::Fluent(term.fluent, arguments))
    }

    /// The scope inside the definition of a derived fact.
    fn definition_scope(&self, term: &FluentTerm, scope: &Scope) -> Scope {
        let arguments = term.arguments.iter().map(|&argument| self.entity(argument, scope));
        let entities = arguments.enumerate().map(|(index, entity)| (VariableId::from_index(index), entity)).collect();
        Scope { entities, ..Scope::default() }
    }

    pub fn range(&self, binding: &Binding) -> Vec<EntityId> {
        self.world.entities_of(&binding.kinds).collect()
    }

    /// An event with all its variables replaced.
    pub fn event(&self, event: &EventTerm, scope: &Scope) -> EventTerm {
        let someone = Term::Entity(self.world.someone());
        let arguments = event.arguments.iter().map(|argument| match argument {
            EventArgument::Term(term) if *term == someone => EventArgument::Anyone,
            EventArgument::Term(term) => match self.entity(*term, scope) {
                entity if entity == self.world.someone() => EventArgument::Anyone,
                entity => EventArgument::Term(Term::Entity(entity)),
            },
            EventArgument::Statement(statement) => EventArgument::Statement(Box::new(self.closed(statement, scope))),
            EventArgument::StatementVariable(variable) => match scope.statements.get(variable) {
                Some(statement) => EventArgument::Statement(Box::new(statement.clone())),
                None => EventArgument::Number(scope.numbers[variable]),
            },
            other => other.clone(),
        });
        EventTerm { action: event.action, arguments: arguments.collect() }
    }

    /// A statement with all its variables replaced.
    fn closed(&self, statement: &Expression, scope: &Scope) -> Expression {
        let entity = |term: Term| Term::Entity(self.entity(term, scope));
        let boxed = |inner: &Expression| Box::new(self.closed(inner, scope));
        match statement {
            Expression::Entity(term) => Expression::Entity(entity(*term)),
            Expression::Fluent(term) => Expression::Fluent(FluentTerm {
                fluent: term.fluent,
                arguments: term.arguments.iter().map(|&argument| entity(argument)).collect(),
            }),
            Expression::Not(inner) => Expression::Not(boxed(inner)),
            Expression::Compare(comparison, left, right) => Expression::Compare(*comparison, boxed(left), boxed(right)),
            Expression::Believes(term, inner) => Expression::Believes(entity(*term), boxed(inner)),
            Expression::Happened(event) => Expression::Happened(self.event(event, scope)),
            Expression::Statement(variable) => scope.statements[variable].clone(),
            other => other.clone(),
        }
    }

    fn class(&self, expression: &Expression, scope: &Scope) -> Class {
        match expression {
            Expression::Number(_)
            | Expression::Arithmetic(..)
            | Expression::Times { .. }
            | Expression::Time
            | Expression::Quantified(Quantifier::Sum | Quantifier::Product | Quantifier::Count, ..) => Class::Number,
            Expression::Entity(Term::Variable(variable)) if scope.numbers.contains_key(variable) => Class::Number,
            Expression::Entity(_) => Class::Entity,
            Expression::Unknown => Class::Unknown,
            Expression::Fluent(term) => match self.world.fluents[term.fluent.index()].value {
                ValueKind::Boolean => Class::Boolean,
                ValueKind::Number => Class::Number,
                ValueKind::Entity(_) => Class::Entity,
            },
            Expression::Believes(_, inner) => self.class(inner, scope),
            Expression::If(branches, otherwise) => {
                let classes = branches.iter().map(|(_, branch)| self.class(branch, scope));
                let mut known = classes.filter(|class| *class != Class::Unknown);
                known.next().unwrap_or_else(|| self.class(otherwise, scope))
            }
            _ => Class::Boolean,
        }
    }

    /// The condition, or its opposite, read through `minds`.
    pub fn formula(&self, expression: &Expression, scope: &Scope, minds: &[Mind], positive: bool) -> Formula {
        let join = |parts: Vec<Formula>, all: bool| if all == positive { and(parts) } else { or(parts) };
        let read = |inner: &Expression| self.formula(inner, scope, minds, positive);
        match expression {
            Expression::Boolean(value) => truth(*value == positive),
            Expression::Fluent(term) => match &self.world.fluents[term.fluent.index()].definition {
                Some(definition) => self.formula(definition, &self.definition_scope(term, scope), minds, positive),
                None => is(minds, self.fluent(term, scope), Value::Boolean(positive), true),
            },
            Expression::Happened(event) => {
                let fact = self.fact(Fact::Happened(self.event(event, scope)));
                is(minds, fact, Value::Boolean(positive), true)
            }
            Expression::Not(inner) => self.formula(inner, scope, minds, !positive),
            Expression::And(parts) => join(parts.iter().map(read).collect(), true),
            Expression::Or(parts) => join(parts.iter().map(read).collect(), false),
            Expression::Believes(term, inner) => {
                self.formula(inner, scope, &self.through(minds, *term, scope), positive)
            }
            Expression::Knows(term, inner) => {
                let believed = self.formula(inner, scope, &self.through(minds, *term, scope), positive);
                join(vec![believed, read(inner)], true)
            }
            Expression::KnowsWhether(term, inner) => {
                let through = self.through(minds, *term, scope);
                let same = |truth| {
                    and(vec![
                        self.formula(inner, scope, &through, truth),
                        self.formula(inner, scope, minds, truth == positive),
                    ])
                };
                or(vec![same(true), same(false)])
            }
            Expression::Quantified(quantifier @ (Quantifier::ForAll | Quantifier::Exists), binding, body) => {
                let parts = self.range(binding).into_iter().map(|entity| {
                    let mut scope = scope.clone();
                    scope.entities.insert(binding.variable, entity);
                    self.formula(body, &scope, minds, positive)
                });
                join(parts.collect(), *quantifier == Quantifier::ForAll)
            }
            Expression::If(branches, otherwise) => {
                let mut failed = Vec::new();
                let mut cases = Vec::new();
                for (test, branch) in branches {
                    let mut case: Vec<Formula> = failed.clone();
                    case.push(self.formula(test, scope, minds, true));
                    case.push(read(branch));
                    cases.push(and(case));
                    failed.push(self.formula(test, scope, minds, false));
                }
                failed.push(read(otherwise));
                cases.push(and(failed));
                or(cases)
            }
            Expression::IsKind(inner, kind) => {
                let entities = self.world.entities_of(std::slice::from_ref(kind)).collect::<Vec<_>>();
                let parts = entities.into_iter().map(|entity| {
                    let entity = Expression::Entity(Term::Entity(entity));
                    self.compare(equality(positive), inner, &entity, scope, minds)
                });
                join(parts.collect(), false)
            }
            Expression::Compare(comparison, left, right) => {
                let comparison = if positive { *comparison } else { opposite(*comparison) };
                self.compare(comparison, left, right, scope, minds)
            }
            Expression::Statement(variable) => self.formula(&scope.statements[variable], scope, minds, positive),
            other => panic!("not a condition: {other:?}"),
        }
    }

    fn compare(
        &self,
        comparison: Comparison,
        left: &Expression,
        right: &Expression,
        scope: &Scope,
        minds: &[Mind],
    ) -> Formula {
        let classes = [self.class(left, scope), self.class(right, scope)];
        if classes.contains(&Class::Number) || !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
            return self.compare_numbers(comparison, left, right, scope, minds);
        }
        let equal = comparison == Comparison::Equal;
        match (self.side(left, scope, minds), self.side(right, scope, minds)) {
            (Some(left), Some(right)) => compare_sides(left, right, equal),
            _ if classes.contains(&Class::Unknown) => truth(!equal),
            _ => {
                let both =
                    |one, two| and(vec![self.formula(left, scope, minds, one), self.formula(right, scope, minds, two)]);
                or(vec![both(true, equal), both(false, !equal)])
            }
        }
    }

    fn compare_numbers(
        &self,
        comparison: Comparison,
        left: &Expression,
        right: &Expression,
        scope: &Scope,
        minds: &[Mind],
    ) -> Formula {
        let (left, right) = (self.number(left, scope, minds), self.number(right, scope, minds));
        let (mut occurrences, mut others) = (0, false);
        for side in [&left, &right] {
            count_facts(side, &mut occurrences, &mut others);
        }
        if occurrences == 0 && !others {
            let no_view = |_: &[Mind], _: FactId| Value::Unknown;
            return truth(compare_values(comparison, evaluate(&left, &no_view), evaluate(&right, &no_view)));
        }
        Formula::Numbers(comparison, Rc::new(left), Rc::new(right))
    }

    /// A fact or constant that is compared by its values; `None` for everything else.
    fn side(&self, expression: &Expression, scope: &Scope, minds: &[Mind]) -> Option<Side> {
        match expression {
            Expression::Boolean(value) => Some(Side::Value(Value::Boolean(*value))),
            Expression::Entity(term) => Some(Side::Value(Value::Entity(self.entity(*term, scope)))),
            Expression::Unknown => Some(Side::Value(Value::Unknown)),
            Expression::Believes(term, inner) => self.side(inner, scope, &self.through(minds, *term, scope)),
            Expression::Fluent(term) => {
                let fluent = &self.world.fluents[term.fluent.index()];
                if let Some(definition) = &fluent.definition {
                    return self.side(definition, &self.definition_scope(term, scope), minds);
                }
                let mut values: Vec<Value> = match &fluent.value {
                    ValueKind::Entity(kinds) => self.world.entities_of(kinds).map(Value::Entity).collect(),
                    _ => vec![Value::Boolean(true), Value::Boolean(false)],
                };
                if matches!(fluent.value, ValueKind::Entity(_)) {
                    values.push(Value::Entity(self.world.someone()));
                }
                Some(Side::Fact(minds.to_vec(), self.fluent(term, scope), values))
            }
            Expression::Happened(event) => {
                let fact = self.fact(Fact::Happened(self.event(event, scope)));
                Some(Side::Fact(minds.to_vec(), fact, vec![Value::Boolean(true), Value::Boolean(false)]))
            }
            _ => None,
        }
    }

    /// A value, read through `minds`.
    pub fn number(&self, expression: &Expression, scope: &Scope, minds: &[Mind]) -> Number {
        match expression {
            Expression::Boolean(value) => Number::Constant(Value::Boolean(*value)),
            Expression::Number(number) => Number::Constant(Value::number(*number)),
            Expression::Unknown | Expression::Time => Number::Constant(Value::Unknown),
            Expression::Entity(Term::Variable(variable)) if scope.numbers.contains_key(variable) => {
                Number::Constant(Value::number(scope.numbers[variable]))
            }
            Expression::Entity(term) => Number::Constant(Value::Entity(self.entity(*term, scope))),
            Expression::Fluent(term) => match &self.world.fluents[term.fluent.index()].definition {
                Some(definition) => self.number(definition, &self.definition_scope(term, scope), minds),
                None => Number::Fact { minds: minds.to_vec(), fact: self.fluent(term, scope) },
            },
            Expression::Times { event, .. } => {
                Number::Fact { minds: minds.to_vec(), fact: self.fact(Fact::Times(self.event(event, scope))) }
            }
            Expression::Believes(term, inner) => self.number(inner, scope, &self.through(minds, *term, scope)),
            Expression::Arithmetic(operator, left, right) => {
                arithmetic(*operator, self.number(left, scope, minds), self.number(right, scope, minds))
            }
            Expression::If(branches, otherwise) => {
                let branch = |(test, value): &(Expression, Expression)| {
                    (self.formula(test, scope, minds, true), self.number(value, scope, minds))
                };
                Number::If(branches.iter().map(branch).collect(), Box::new(self.number(otherwise, scope, minds)))
            }
            Expression::Quantified(
                quantifier @ (Quantifier::Sum | Quantifier::Product | Quantifier::Count),
                binding,
                body,
            ) => {
                let product = *quantifier == Quantifier::Product;
                let parts = self.range(binding).into_iter().map(|entity| {
                    let mut scope = scope.clone();
                    scope.entities.insert(binding.variable, entity);
                    match quantifier {
                        Quantifier::Count => Number::Indicator(Box::new(self.formula(body, &scope, minds, true))),
                        _ => self.number(body, &scope, minds),
                    }
                });
                let operator = if product { Arithmetic::Multiply } else { Arithmetic::Add };
                let unit = Number::Constant(Value::number(if product { 1.0 } else { 0.0 }));
                parts.reduce(|left, right| arithmetic(operator, left, right)).unwrap_or(unit)
            }
            condition => Number::Indicator(Box::new(self.formula(condition, scope, minds, true))),
        }
    }
}

fn is(minds: &[Mind], fact: FactId, value: Value, equal: bool) -> Formula {
    Formula::Is { minds: minds.to_vec(), fact, value, equal }
}

fn equality(equal: bool) -> Comparison {
    if equal { Comparison::Equal } else { Comparison::NotEqual }
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

/// A literal factor 0, and 0 divided by something, is 0 even if the rest is unknown.
fn arithmetic(operator: Arithmetic, left: Number, right: Number) -> Number {
    let zero = |number: &Number| matches!(number, Number::Constant(value) if value.as_number() == Some(0.0));
    match operator {
        Arithmetic::Multiply if zero(&left) || zero(&right) => Number::Constant(Value::number(0.0)),
        Arithmetic::Divide if zero(&left) && !zero(&right) => Number::Constant(Value::number(0.0)),
        _ => Number::Arithmetic(operator, Rc::new(left), Rc::new(right)),
    }
}

fn compare_sides(left: Side, right: Side, equal: bool) -> Formula {
    match (left, right) {
        (Side::Value(left), Side::Value(right)) => truth((left == right) == equal),
        (Side::Fact(minds, fact, values), Side::Value(value))
        | (Side::Value(value), Side::Fact(minds, fact, values)) => fact_is(&minds, fact, &values, value, equal),
        (Side::Fact(left_minds, left_fact, left_values), Side::Fact(minds, fact, values)) => {
            // One case for each value of the right side, and the case that it has none.
            let case = |value: Value| {
                let right = match value {
                    Value::Unknown if !is_boolean(&values) => {
                        and(values.iter().map(|&other| is(&minds, fact, other, false)).collect())
                    }
                    _ => is(&minds, fact, value, true),
                };
                and(vec![right, fact_is(&left_minds, left_fact, &left_values, value, equal)])
            };
            or(values.iter().copied().chain([Value::Unknown]).map(case).collect())
        }
    }
}

fn is_boolean(values: &[Value]) -> bool {
    values.contains(&Value::Boolean(true))
}

/// The fact has, or has not, this value. A yes/no fact has not a value if it has one of the others.
fn fact_is(minds: &[Mind], fact: FactId, values: &[Value], value: Value, equal: bool) -> Formula {
    if equal || !is_boolean(values) {
        return is(minds, fact, value, equal);
    }
    let others = values.iter().copied().chain([Value::Unknown]).filter(|&other| other != value);
    or(others.map(|other| is(minds, fact, other, true)).collect())
}

pub fn compare_values(comparison: Comparison, left: Value, right: Value) -> bool {
    match (comparison, left.as_number(), right.as_number()) {
        (Comparison::Equal, ..) => left == right,
        (Comparison::NotEqual, ..) => left != right,
        (Comparison::Less, Some(left), Some(right)) => left < right,
        (Comparison::LessOrEqual, Some(left), Some(right)) => left <= right,
        (Comparison::Greater, Some(left), Some(right)) => left > right,
        (Comparison::GreaterOrEqual, Some(left), Some(right)) => left >= right,
        (Comparison::LessOrEqual | Comparison::GreaterOrEqual, None, None) => true,
        _ => false,
    }
}

pub fn evaluate(number: &Number, view: View) -> Value {
    match number {
        Number::Constant(value) => *value,
        Number::Fact { minds, fact } => view(minds, *fact),
        Number::Indicator(formula) => Value::number(if holds(formula, view) { 1.0 } else { 0.0 }),
        Number::If(branches, otherwise) => {
            let found = branches.iter().find(|(test, _)| holds(test, view));
            evaluate(found.map_or(otherwise, |(_, branch)| branch), view)
        }
        Number::Arithmetic(operator, left, right) => {
            match (evaluate(left, view).as_number(), evaluate(right, view).as_number()) {
                (Some(left), Some(right)) => calculate(*operator, left, right),
                _ => Value::Unknown,
            }
        }
    }
}

fn calculate(operator: Arithmetic, left: f64, right: f64) -> Value {
    match operator {
        Arithmetic::Add => Value::number(left + right),
        Arithmetic::Subtract => Value::number(left - right),
        Arithmetic::Multiply => Value::number(left * right),
        Arithmetic::Divide if right == 0.0 => Value::Unknown,
        Arithmetic::Divide => Value::number(left / right),
    }
}

fn count_facts(number: &Number, facts: &mut usize, others: &mut bool) {
    match number {
        Number::Constant(_) => {}
        Number::Fact { .. } => *facts += 1,
        Number::Arithmetic(_, left, right) => {
            count_facts(left, facts, others);
            count_facts(right, facts, others);
        }
        Number::Indicator(_) | Number::If(..) => *others = true,
    }
}

/// All facts in a number, as often as they occur, and whether it holds a literal `?`.
pub fn facts_in(number: &Number, facts: &mut Vec<(Vec<Mind>, FactId)>, unknown: &mut bool) {
    match number {
        Number::Constant(value) => *unknown |= *value == Value::Unknown,
        Number::Fact { minds, fact } => facts.push((minds.clone(), *fact)),
        Number::Arithmetic(_, left, right) => {
            facts_in(left, facts, unknown);
            facts_in(right, facts, unknown);
        }
        Number::Indicator(_) | Number::If(..) => {}
    }
}

/// Whether a condition holds.
pub fn holds(formula: &Formula, view: View) -> bool {
    match formula {
        Formula::And(parts) => parts.iter().all(|part| holds(part, view)),
        Formula::Or(parts) => parts.iter().any(|part| holds(part, view)),
        Formula::Is { minds, fact, value, equal } => (view(minds, *fact) == *value) == *equal,
        Formula::Numbers(comparison, left, right) => {
            let mut facts = Vec::new();
            let mut unknown = false;
            facts_in(left, &mut facts, &mut unknown);
            facts_in(right, &mut facts, &mut unknown);
            if facts.is_empty() {
                return compare_values(*comparison, evaluate(left, view), evaluate(right, view));
            }
            (0..facts.len()).all(|index| holds_for(*comparison, left, right, index, view))
        }
    }
}

/// Whether a comparison of numbers holds when it is solved for the fact at `index`.
pub fn holds_for(comparison: Comparison, left: &Number, right: &Number, index: usize, view: View) -> bool {
    let mut facts = Vec::new();
    let mut rest_unknown = false;
    facts_in(left, &mut facts, &mut rest_unknown);
    facts_in(right, &mut facts, &mut rest_unknown);
    let unknown = |(minds, fact): &(Vec<Mind>, FactId)| view(minds, *fact) == Value::Unknown;
    for (other, fact) in facts.iter().enumerate() {
        rest_unknown |= other != index && unknown(fact);
    }
    let own_unknown = unknown(&facts[index]);
    if !own_unknown && !rest_unknown {
        return compare_values(comparison, evaluate(left, view), evaluate(right, view));
    }
    match comparison {
        Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual => own_unknown && rest_unknown,
        Comparison::NotEqual => own_unknown != rest_unknown,
        Comparison::Less | Comparison::Greater => false,
    }
}

//! Conditions and values of the world as formulas: names replaced, negation pushed inwards, quantifiers written out.

use super::evaluate::{facts_in, facts_of};
use super::formulas::*;
use super::values::{Fact, FactId, Mind, Place, Value};
use std::cell::RefCell;
use std::collections::BTreeMap;
use whoknew::world::*;

/// What variables stand for.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    pub entities: BTreeMap<VariableId, EntityId>,
    pub statements: BTreeMap<VariableId, Expression>,
    pub numbers: BTreeMap<VariableId, f64>,
}

/// Replaces names; keeps the list of all facts.
pub struct Grounder<'w> {
    pub world: &'w World,
    pub facts: RefCell<Vec<Fact>>,
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
    Fact(Vec<Mind>, FactId),
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

    /// The fact that `term` names; there is none about `someone`, or about what its parameters do not take.
    pub fn fluent(&self, term: &FluentTerm, scope: &Scope) -> Option<FactId> {
        let arguments: Vec<EntityId> = term.arguments.iter().map(|&argument| self.entity(argument, scope)).collect();
        let fits = |(parameter, &entity): (&Parameter, &EntityId)| match &parameter.kind {
            ParameterKind::Entity(kinds) => kinds.iter().any(|&kind| self.world.is_of_kind(entity, kind)),
            ParameterKind::Constant(constant) => *constant == entity,
            ParameterKind::Statement | ParameterKind::Number => false,
        };
        let parameters = &self.world.fluents[term.fluent.index()].parameters;
        let fit = parameters.iter().zip(&arguments).all(fits) && !arguments.contains(&self.world.someone());
        fit.then(|| self.fact(Fact::Fluent(term.fluent, arguments)))
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

    /// The condition, in the given sense, read through `minds`.
    pub fn formula(&self, expression: &Expression, scope: &Scope, minds: &[Mind], sense: Sense) -> Formula {
        let truth_wanted = sense.truth;
        let join = |parts: Vec<Formula>, all: bool| if all == truth_wanted { and(parts) } else { or(parts) };
        let read = |inner: &Expression| self.formula(inner, scope, minds, sense);
        match expression {
            Expression::Boolean(value) => truth(*value == sense.truth),
            Expression::Fluent(term) => match &self.world.fluents[term.fluent.index()].definition {
                Some(definition) => self.formula(definition, &self.definition_scope(term, scope), minds, sense),
                None => yes_or_no(minds, self.fluent(term, scope).filter(|_| self.may_read(minds)), sense),
            },
            Expression::Happened(event) => {
                let fact = self.fact(Fact::Happened(self.event(event, scope)));
                yes_or_no(minds, Some(fact).filter(|_| self.may_read(minds)), sense)
            }
            Expression::Not(inner) => self.formula(inner, scope, minds, sense.negated()),
            Expression::And(parts) => join(parts.iter().map(read).collect(), true),
            Expression::Or(parts) => join(parts.iter().map(read).collect(), false),
            Expression::Believes(term, inner) => {
                self.formula(inner, scope, &self.through(minds, *term, scope), sense.of_belief())
            }
            Expression::Knows(term, inner) => {
                let through = self.through(minds, *term, scope);
                let believed = self.formula(inner, scope, &through, sense.of_belief());
                join(vec![believed, self.formula(inner, scope, minds, sense.of_belief())], true)
            }
            Expression::KnowsWhether(term, inner) => self.knows_whether(*term, inner, scope, minds, sense.truth),
            Expression::Wonders(term, inner) => {
                let through = self.through(minds, *term, scope);
                let mut facts = Vec::new();
                if self.class(inner, scope) == Class::Boolean {
                    facts_of(&self.formula(inner, scope, &through, Sense::SO), &mut facts);
                } else {
                    facts_in(&self.number(inner, scope, &through), &mut facts, &mut false);
                }
                let unknown = |(minds, fact): Place| is(&minds, fact, Value::Unknown, sense.truth);
                join(facts.into_iter().map(unknown).collect(), false)
            }
            Expression::Quantified(quantifier @ (Quantifier::ForAll | Quantifier::Exists), binding, body) => {
                let parts = self.range(binding).into_iter().map(|entity| {
                    let mut scope = scope.clone();
                    scope.entities.insert(binding.variable, entity);
                    self.formula(body, &scope, minds, sense)
                });
                join(parts.collect(), *quantifier == Quantifier::ForAll)
            }
            Expression::If(branches, otherwise) => {
                let mut failed = Vec::new();
                let mut cases = Vec::new();
                for (test, branch) in branches {
                    let mut case: Vec<Formula> = failed.clone();
                    case.push(self.formula(test, scope, minds, Sense::SO));
                    case.push(read(branch));
                    cases.push(and(case));
                    failed.push(self.formula(test, scope, minds, Sense::NOT_SO));
                }
                failed.push(read(otherwise));
                cases.push(and(failed));
                or(cases)
            }
            Expression::IsKind(inner, kind) => match self.side(inner, scope, minds) {
                Some(Side::Value(value)) => {
                    let fits = matches!(value, Value::Entity(entity) if self.world.is_of_kind(entity, *kind));
                    truth(fits == sense.truth)
                }
                Some(Side::Fact(minds, fact)) => {
                    let entities = self.world.entities_of(std::slice::from_ref(kind));
                    let one = |entity| is(&minds, fact, Value::Entity(entity), sense.truth);
                    join(entities.map(one).collect(), false)
                }
                None => panic!("no entity: {inner:?}"),
            },
            Expression::Compare(comparison, left, right) => {
                self.compare(*comparison, (left, right), scope, minds, sense)
            }
            Expression::Statement(variable) => self.formula(&scope.statements[variable], scope, minds, sense),
            other => panic!("not a condition: {other:?}"),
        }
    }

    /// What `term` believes about `inner` is so (or, for a value: is known to them and so).
    fn knows_whether(&self, term: Term, inner: &Expression, scope: &Scope, minds: &[Mind], wanted: bool) -> Formula {
        let through = self.through(minds, term, scope);
        if let (Some(thought), Some(real)) = (self.side(inner, scope, &through), self.side(inner, scope, minds)) {
            let known = match &thought {
                Side::Fact(minds, fact) => is(minds, *fact, Value::Unknown, !wanted),
                Side::Value(value) => truth((*value != Value::Unknown) == wanted),
            };
            let same = compare_sides(self.world, thought, real, wanted);
            return if wanted { and(vec![known, same]) } else { or(vec![known, same]) };
        }
        let both = |truth: bool| {
            let sense = Sense { truth, weak: truth != wanted };
            let sense = if wanted { Sense { truth, weak: false } } else { sense };
            let parts = vec![self.formula(inner, scope, &through, sense), self.formula(inner, scope, minds, sense)];
            if wanted { and(parts) } else { or(parts) }
        };
        if wanted {
            return or(vec![both(true), both(false)]);
        }
        // Neither both so nor both not so: unknown will do.
        let neither = |truth: bool| {
            let sense = Sense { truth, weak: true };
            or(vec![self.formula(inner, scope, &through, sense), self.formula(inner, scope, minds, sense)])
        };
        and(vec![neither(false), neither(true)])
    }

    fn compare(
        &self,
        comparison: Comparison,
        (left, right): (&Expression, &Expression),
        scope: &Scope,
        minds: &[Mind],
        sense: Sense,
    ) -> Formula {
        let classes = [self.class(left, scope), self.class(right, scope)];
        let asked = if sense.truth { comparison } else { opposite(comparison) };
        if classes.contains(&Class::Number) || !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
            return self.compare_numbers(asked, (left, right), scope, minds, sense.weak);
        }
        let equal = asked == Comparison::Equal;
        match (left, right) {
            (other, Expression::Boolean(value)) | (Expression::Boolean(value), other)
                if self.class(other, scope) == Class::Boolean && self.side(other, scope, minds).is_none() =>
            {
                let sense = Sense { truth: *value == equal, weak: false };
                return self.formula(other, scope, minds, sense);
            }
            _ => {}
        }
        match (self.side(left, scope, minds), self.side(right, scope, minds)) {
            (Some(left), Some(right)) => compare_sides(self.world, left, right, equal),
            _ if classes.contains(&Class::Unknown) => truth(!equal),
            _ => {
                let sense = |truth| Sense { truth, weak: false };
                let both = |one, two| {
                    and(vec![
                        self.formula(left, scope, minds, sense(one)),
                        self.formula(right, scope, minds, sense(two)),
                    ])
                };
                or(vec![both(true, equal), both(false, !equal)])
            }
        }
    }

    fn compare_numbers(
        &self,
        comparison: Comparison,
        (left, right): (&Expression, &Expression),
        scope: &Scope,
        minds: &[Mind],
        weak: bool,
    ) -> Formula {
        let (left, right) = (self.number(left, scope, minds), self.number(right, scope, minds));
        let mut facts = Vec::new();
        facts_in(&left, &mut facts, &mut false);
        facts_in(&right, &mut facts, &mut false);
        let compared = compared(comparison, left, right);
        if weak && !matches!(comparison, Comparison::Equal | Comparison::NotEqual) {
            let unknown = facts.iter().map(|(minds, fact)| is(minds, *fact, Value::Unknown, true));
            return or(std::iter::once(compared).chain(unknown).collect());
        }
        compared
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
                    let plain = fluent.value != ValueKind::Boolean;
                    return plain.then(|| self.side(definition, &self.definition_scope(term, scope), minds)).flatten();
                }
                Some(match self.fluent(term, scope).filter(|_| self.may_read(minds)) {
                    Some(fact) => Side::Fact(minds.to_vec(), fact),
                    None => Side::Value(Value::Unknown),
                })
            }
            Expression::Happened(event) => {
                let fact = self.fact(Fact::Happened(self.event(event, scope)));
                Some(if self.may_read(minds) { Side::Fact(minds.to_vec(), fact) } else { Side::Value(Value::Unknown) })
            }
            _ => None,
        }
    }

    /// What `someone` believes is unknown.
    pub fn may_read(&self, minds: &[Mind]) -> bool {
        minds.iter().all(|&mind| mind < self.world.characters)
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
                None => match self.fluent(term, scope).filter(|_| self.may_read(minds)) {
                    Some(fact) => Number::Fact { minds: minds.to_vec(), fact },
                    None => Number::Constant(Value::Unknown),
                },
            },
            Expression::Happened(event) => {
                let fact = self.fact(Fact::Happened(self.event(event, scope)));
                if self.may_read(minds) {
                    Number::Fact { minds: minds.to_vec(), fact }
                } else {
                    Number::Constant(Value::Unknown)
                }
            }
            Expression::Times { event, .. } => {
                let fact = self.fact(Fact::Times(self.event(event, scope)));
                if self.may_read(minds) {
                    Number::Fact { minds: minds.to_vec(), fact }
                } else {
                    Number::Constant(Value::Unknown)
                }
            }
            Expression::Believes(term, inner) => self.number(inner, scope, &self.through(minds, *term, scope)),
            Expression::Arithmetic(operator, left, right) => {
                arithmetic(*operator, self.number(left, scope, minds), self.number(right, scope, minds))
            }
            Expression::If(branches, otherwise) => {
                let branch = |(test, value): &(Expression, Expression)| {
                    (self.formula(test, scope, minds, Sense::SO), self.number(value, scope, minds))
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
                        Quantifier::Count => Number::Indicator(Box::new(self.formula(body, &scope, minds, Sense::SO))),
                        _ => self.number(body, &scope, minds),
                    }
                });
                let operator = if product { Arithmetic::Multiply } else { Arithmetic::Add };
                let unit = Number::Constant(Value::number(if product { 1.0 } else { 0.0 }));
                parts.reduce(|left, right| arithmetic(operator, left, right)).unwrap_or(unit)
            }
            condition => Number::Indicator(Box::new(self.formula(condition, scope, minds, Sense::SO))),
        }
    }
}

/// One case for each value of the right side.
fn compare_sides(world: &World, left: Side, right: Side, equal: bool) -> Formula {
    match (left, right) {
        (Side::Value(left), Side::Value(right)) => truth((left == right) == equal),
        (Side::Fact(minds, fact), Side::Value(value)) | (Side::Value(value), Side::Fact(minds, fact)) => {
            is(&minds, fact, value, equal)
        }
        (Side::Fact(left_minds, left), Side::Fact(minds, right)) if (&left_minds, left) == (&minds, right) => {
            truth(equal)
        }
        (Side::Fact(left_minds, left), Side::Fact(minds, right)) => {
            let entities = (0..world.entities.len()).map(|index| Value::Entity(EntityId::from_index(index)));
            let others = [Value::Boolean(true), Value::Boolean(false), Value::Unknown];
            let case = |value| and(vec![is(&minds, right, value, true), is(&left_minds, left, value, equal)]);
            or(entities.chain(others).map(case).collect())
        }
    }
}

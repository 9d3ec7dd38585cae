//! Formulas: conditions and values, names resolved and sorts checked.

use super::codes::{NUMBER_RANGE, WRONG_SORT};
use super::facts::{Around, Meaning};
use super::{Reported, Resolved, Resolver, Scope, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{self, AstNode, Attitude, Formula, FormulaKind, Name};
use crate::world::everybody::{self, Crowd};
use crate::world::names::NameKey;
use crate::world::sentences::E0311;
use crate::world::{
    Arithmetic, Binding, Comparison, Expression, KindId, Quantifier, Term, ValueKind, VariableId, World,
};

/// The largest number that is counted exactly, 2^53 - 1.
const LARGEST_NUMBER: f64 = 9_007_199_254_740_991.0;

/// What sort of value an expression has.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sort {
    /// Yes or no.
    Condition,
    /// A number.
    Number,
    /// An entity of one of these kinds.
    Entity(Vec<KindId>),
    /// `?`, which is of every sort.
    Unknown,
}

impl From<&ValueKind> for Sort {
    fn from(value: &ValueKind) -> Self {
        match value {
            ValueKind::Boolean => Self::Condition,
            ValueKind::Number => Self::Number,
            ValueKind::Entity(kinds) => Self::Entity(kinds.clone()),
        }
    }
}

/// An expression with its sort.
#[derive(Clone, Debug)]
pub(crate) struct Sorted {
    /// The expression.
    pub expression: Expression,
    /// Its sort.
    pub sort: Sort,
}

impl Sorted {
    fn condition(expression: Expression) -> Self {
        Self { expression, sort: Sort::Condition }
    }

    fn number(expression: Expression) -> Self {
        Self { expression, sort: Sort::Number }
    }
}

impl Resolver<'_> {
    /// A formula that must be a condition.
    pub(crate) fn condition(&mut self, formula: &Formula, scope: &mut Scope) -> Resolved<Expression> {
        self.condition_after(formula, None, scope)
    }

    /// A formula that must be a condition, after another one in a row of conditions.
    fn condition_after(
        &mut self,
        formula: &Formula,
        before: Option<&Formula>,
        scope: &mut Scope,
    ) -> Resolved<Expression> {
        let mark = scope.nested.len();
        let sorted = self.sorted(formula, scope)?;
        self.reject_nested(scope, mark, None)?;
        match &sorted.sort {
            Sort::Condition => Ok(sorted.expression),
            _ => Err(self.report_no_condition(formula, before, &sorted, scope)),
        }
    }

    /// A formula that must be a number; a condition counts 1 or 0.
    pub(crate) fn number(&mut self, formula: &Formula, scope: &mut Scope) -> Resolved<Expression> {
        let mark = scope.nested.len();
        let number = self.operand(formula, scope)?;
        self.reject_nested(scope, mark, Some((formula.span, Around::Number)))?;
        Ok(number)
    }

    /// A formula that must be a number, with facts as arguments left for the condition around it.
    fn operand(&mut self, formula: &Formula, scope: &mut Scope) -> Resolved<Expression> {
        let sorted = self.sorted(formula, scope)?;
        match &sorted.sort {
            Sort::Number | Sort::Unknown => Ok(sorted.expression),
            Sort::Condition => Ok(Expression::If(
                vec![(sorted.expression, Expression::Number(1.0))],
                Box::new(Expression::Number(0.0)),
            )),
            Sort::Entity(_) => Err(self.report_no_number(formula, &sorted, scope)),
        }
    }

    /// A formula of any sort. Facts as arguments may be left in `scope.nested` if it is a value.
    pub(crate) fn sorted(&mut self, formula: &Formula, scope: &mut Scope) -> Resolved<Sorted> {
        match &formula.kind {
            FormulaKind::Or(parts) => Ok(Sorted::condition(Expression::Or(self.conditions(parts, scope)?))),
            FormulaKind::And(parts) => match self.worded_lists(parts, scope) {
                Some(worded) => Ok(Sorted::condition(Expression::And(worded?))),
                None => Ok(Sorted::condition(Expression::And(self.conditions(parts, scope)?))),
            },
            FormulaKind::Not(inner) => Ok(Sorted::condition(Expression::Not(Box::new(self.condition(inner, scope)?)))),
            FormulaKind::Compare { comparison, left, right } => {
                self.comparison(formula.span, *comparison, (left, right), scope)
            }
            FormulaKind::IsKind { value, negated, kind } => {
                let worded = match self.names.kind(&kind.text()) {
                    Some(_) => None,
                    None => self.worded_at(formula.span, scope),
                };
                worded.map_or_else(|| self.is_kind(value, *negated, kind, scope), Ok)
            }
            FormulaKind::Attitude { content, .. } => match self.worded_attitude(content, formula.span, scope) {
                Some(worded) => Ok(worded),
                None => self.attitude(&formula.kind, scope),
            },
            FormulaKind::Sentence(sentence) => self.worded(sentence, scope),
            FormulaKind::Arithmetic { first, rest } => self.arithmetic(first, rest, scope),
            FormulaKind::Negative(inner) => match inner.kind {
                FormulaKind::Number(number) => self.literal(-number, formula.span),
                _ => {
                    let operand = Box::new(self.operand(inner, scope)?);
                    let zero = Box::new(Expression::Number(0.0));
                    Ok(Sorted::number(Expression::Arithmetic(Arithmetic::Subtract, zero, operand)))
                }
            },
            FormulaKind::Number(number) => self.literal(*number, formula.span),
            FormulaKind::Duration(duration) => self.literal(duration.minutes(), formula.span),
            FormulaKind::Unknown => Ok(Sorted { expression: Expression::Unknown, sort: Sort::Unknown }),
            FormulaKind::Yes => Ok(Sorted::condition(Expression::Boolean(true))),
            FormulaKind::No => Ok(Sorted::condition(Expression::Boolean(false))),
            FormulaKind::Name(name) => match self.worded_name(name, scope) {
                Some(worded) => worded,
                None => self.name(name, scope),
            },
            FormulaKind::Call(call) => self.fact(call, scope),
            FormulaKind::Quantified { quantifier, variable, kinds, body } => {
                let bound = (variable, kinds.as_slice());
                self.quantified(*quantifier, bound, body, scope)
            }
            FormulaKind::If { value, condition, otherwise } => {
                self.conditional(value, condition, otherwise.as_deref(), scope)
            }
            FormulaKind::Happened(call) => Ok(Sorted::condition(Expression::Happened(self.event(call, scope)?))),
            FormulaKind::Times { event, since, until } => {
                let event = self.event(event, scope);
                let since = since.as_ref().map(|scene| self.scene_named(scene)).transpose();
                let until = until.as_ref().map(|scene| self.scene_named(scene)).transpose();
                Ok(Sorted::number(Expression::Times { event: event?, since: since?, until: until? }))
            }
            FormulaKind::Time => Ok(Sorted::number(Expression::Time)),
            FormulaKind::Error => Err(Reported),
        }
    }

    /// Several conditions; the mistakes of all are reported.
    pub(super) fn conditions(&mut self, parts: &[Formula], scope: &mut Scope) -> Resolved<Vec<Expression>> {
        let mut resolved = Vec::with_capacity(parts.len());
        for (index, part) in parts.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| parts.get(index));
            resolved.push(self.condition_after(part, before, scope));
        }
        resolved.into_iter().collect()
    }

    fn literal(&mut self, number: f64, span: Span) -> Resolved<Sorted> {
        if number.abs() <= LARGEST_NUMBER {
            return Ok(Sorted::number(Expression::Number(number)));
        }
        let title = "this is more than can be counted exactly";
        let help =
            format!("numbers lie between -{LARGEST_NUMBER} and {LARGEST_NUMBER}; a duration is counted in minutes");
        Err(self.report(Diagnostic::new(&NUMBER_RANGE, title, Some(span)).help(help)))
    }

    /// What a plain name stands for, as a value.
    pub(super) fn name(&mut self, name: &Name, scope: &Scope) -> Resolved<Sorted> {
        match self.meaning(name, scope)? {
            Meaning::Term(term) => {
                Ok(Sorted { sort: self.sort_of_term(term, scope), expression: Expression::Entity(term) })
            }
            Meaning::Anyone => {
                Err(self
                    .report_someone(name.span(), "for a value that is unknown write `?`; that it is known, `… != ?`"))
            }
            Meaning::Statement(variable) => Ok(Sorted::condition(Expression::Statement(variable))),
            Meaning::Fact(fluent) => {
                let sort = Sort::from(&self.world.fluents[fluent.index()].value);
                let fact = crate::world::FluentTerm { fluent, arguments: Vec::new() };
                Ok(Sorted { expression: Expression::Fluent(fact), sort })
            }
        }
    }

    fn sort_of_term(&self, term: Term, scope: &Scope) -> Sort {
        let of_entity =
            |entity: crate::world::EntityId| Sort::Entity(self.world.entities[entity.index()].kinds.clone());
        match term {
            Term::Entity(entity) => of_entity(entity),
            Term::Variable(variable) => match scope.variable(variable).map(|variable| &variable.kind) {
                Some(VariableKind::Entity(kinds)) => Sort::Entity(kinds.clone()),
                Some(VariableKind::Constant(entity)) => of_entity(*entity),
                Some(VariableKind::Number) => Sort::Number,
                Some(VariableKind::Broken) => Sort::Unknown,
                Some(VariableKind::Statement) | None => Sort::Condition,
            },
        }
    }

    fn fact(&mut self, call: &ast::Call, scope: &mut Scope) -> Resolved<Sorted> {
        let mark = scope.nested.len();
        let fact = self.fluent_term(call, scope)?;
        let sort = Sort::from(&self.world.fluents[fact.fluent.index()].value);
        let expression = Expression::Fluent(fact);
        if sort == Sort::Condition {
            return Ok(Sorted::condition(self.with_nested(expression, scope, mark)));
        }
        Ok(Sorted { expression, sort })
    }

    fn comparison(
        &mut self,
        span: Span,
        comparison: ast::Comparison,
        sides: (&Formula, &Formula),
        scope: &mut Scope,
    ) -> Resolved<Sorted> {
        let mark = scope.nested.len();
        let left = self.side(sides.0, sides.1, scope);
        let right = self.side(sides.1, sides.0, scope);
        let (left, right) = (left?, right?);
        let comparison = comparison_of(comparison);
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if !self.comparable(&left, &right, ordered, scope) {
            return Err(if ordered {
                self.report_unordered((sides.0, &left), (sides.1, &right), scope)
            } else {
                self.report_incomparable(span, (sides.0, &left), (sides.1, &right), scope)
            });
        }
        let compared = Expression::Compare(comparison, Box::new(left.expression), Box::new(right.expression));
        Ok(Sorted::condition(self.with_nested(compared, scope, mark)))
    }

    /// One side of a comparison; if it is a name alone, the other tells which kinds are asked for.
    fn side(&mut self, side: &Formula, other: &Formula, scope: &mut Scope) -> Resolved<Sorted> {
        let kinds = match (&side.kind, &other.kind) {
            (FormulaKind::Name(_), FormulaKind::Call(call)) => self.value_kinds(call),
            _ => Vec::new(),
        };
        self.wanting(&kinds, |resolver| match &side.kind {
            FormulaKind::Name(name) => resolver.name(name, scope),
            _ => resolver.sorted(side, scope),
        })
    }

    /// Whether a call is of a fact whose values are entities.
    pub(super) fn is_value(&self, call: &ast::Call) -> bool {
        !self.value_kinds(call).is_empty()
    }

    /// The kinds that the values of a called fact are of.
    pub(super) fn value_kinds(&self, call: &ast::Call) -> Vec<KindId> {
        let named = self.names.fluents.get(&NameKey::new(&call.name.text())).into_iter().flatten();
        let values = named.map(|fluent| &self.world.fluents[fluent.index()].value);
        let entities = values.filter_map(|value| if let ValueKind::Entity(kinds) = value { Some(kinds) } else { None });
        entities.flatten().copied().collect()
    }

    /// Whether the two sides could be equal, or, if `ordered`, be more and less.
    fn comparable(&self, left: &Sorted, right: &Sorted, ordered: bool, scope: &Scope) -> bool {
        match (&left.sort, &right.sort) {
            (Sort::Number, Sort::Number) => true,
            _ if ordered => false,
            (Sort::Unknown, _) | (_, Sort::Unknown) | (Sort::Condition, Sort::Condition) => true,
            (Sort::Entity(left_kinds), Sort::Entity(right_kinds)) => {
                match (self.certain_entity(&left.expression, scope), self.certain_entity(&right.expression, scope)) {
                    (Some(left), Some(right)) => left == right || self.kinds_overlap(left_kinds, right_kinds),
                    (Some(entity), None) => self.entity_within(entity, right_kinds),
                    (None, Some(entity)) => self.entity_within(entity, left_kinds),
                    (None, None) => self.kinds_overlap(left_kinds, right_kinds),
                }
            }
            _ => false,
        }
    }

    fn certain_entity(&self, expression: &Expression, scope: &Scope) -> Option<crate::world::EntityId> {
        match expression {
            Expression::Entity(Term::Entity(entity)) => Some(*entity),
            Expression::Entity(Term::Variable(variable)) => match scope.variable(*variable)?.kind {
                VariableKind::Constant(entity) => Some(entity),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_kind(&mut self, value: &Formula, negated: bool, kind: &Name, scope: &mut Scope) -> Resolved<Sorted> {
        let mark = scope.nested.len();
        let kind = self.kind(kind);
        let sorted = self.sorted(value, scope)?;
        let Sort::Entity(_) = sorted.sort else {
            let is = self.side_is(value, &sorted, scope);
            let title = format!("only persons, places and things are of a kind, but {is}");
            return Err(self.report(Diagnostic::new(&WRONG_SORT, title, Some(value.span))));
        };
        let test = self.with_nested(Expression::IsKind(Box::new(sorted.expression), kind?), scope, mark);
        Ok(Sorted::condition(if negated { Expression::Not(Box::new(test)) } else { test }))
    }

    fn attitude(&mut self, attitude: &FormulaKind, scope: &mut Scope) -> Resolved<Sorted> {
        let FormulaKind::Attitude { character, attitude, negated, whether, content } = attitude else {
            return Err(Reported);
        };
        let crowd = self.crowd(character, scope);
        let character = match &crowd {
            Some(_) => Ok(Term::Variable(scope.bind_hidden(VariableKind::Entity(vec![World::CHARACTER_KIND])))),
            None => self.character(character, scope),
        };
        let mark = scope.nested.len();
        let content_sorted = self.sorted(content, scope)?;
        self.reject_nested(scope, mark, None)?;
        let character = character?;
        let inner = Box::new(content_sorted.expression);
        let is_condition = content_sorted.sort == Sort::Condition;
        let (expression, sort) = match attitude {
            Attitude::Believes => (Expression::Believes(character, inner), content_sorted.sort),
            Attitude::Knows if *whether || !is_condition => {
                (Expression::KnowsWhether(character, inner), Sort::Condition)
            }
            Attitude::Knows => (Expression::Knows(character, inner), Sort::Condition),
            Attitude::Wonders => (Expression::Wonders(character, inner), Sort::Condition),
        };
        if !negated && crowd.is_none() {
            return Ok(Sorted { expression, sort });
        }
        if sort != Sort::Condition {
            return Err(self.report_no_condition(content, None, &Sorted { expression, sort }, scope));
        }
        if let (Some(crowd), Term::Variable(variable)) = (crowd, character) {
            return self.of_crowd(crowd, *negated, (variable, &expression));
        }
        Ok(Sorted::condition(Expression::Not(Box::new(expression))))
    }

    /// What somebody is said to know, believe or wonder, said of a crowd.
    fn of_crowd(
        &mut self,
        (crowd, span): (Crowd, Span),
        negated: bool,
        (variable, held): (VariableId, &Expression),
    ) -> Resolved<Sorted> {
        let denied = if !negated || crowd == Crowd::Somebody { Some(crowd) } else { crowd.denied() };
        let Some(crowd) = denied else {
            let message = Diagnostic::new(&E0311, "this can be read in two ways", Some(span));
            return Err(
                self.report(message.help("if all lack it, write `nobody`; if some lack it, `not (everyone …)`"))
            );
        };
        let denies = negated && crowd == Crowd::Somebody;
        let of = |who| {
            let held = everybody::held_by(held, who).unwrap_or_else(|| held.clone());
            if denies { Expression::Not(Box::new(held)) } else { held }
        };
        Ok(Sorted::condition(crowd.holding(&self.world, variable, of)))
    }

    fn arithmetic(
        &mut self,
        first: &Formula,
        rest: &[(ast::Arithmetic, Formula)],
        scope: &mut Scope,
    ) -> Resolved<Sorted> {
        let mut result = self.operand(first, scope);
        for (sign, operand) in rest {
            let operand = self.operand(operand, scope);
            result = match (result, operand) {
                (Ok(left), Ok(right)) => {
                    Ok(Expression::Arithmetic(arithmetic_of(*sign), Box::new(left), Box::new(right)))
                }
                _ => Err(Reported),
            };
        }
        result.map(Sorted::number)
    }

    fn quantified(
        &mut self,
        quantifier: ast::Quantifier,
        bound: (&Name, &[Name]),
        body: &Formula,
        scope: &mut Scope,
    ) -> Resolved<Sorted> {
        let binding = self.binding(bound.0, bound.1, scope);
        let body = match quantifier {
            ast::Quantifier::Sum | ast::Quantifier::Product => self.number(body, scope),
            _ => self.condition(body, scope),
        };
        scope.unbind();
        let (quantifier, sort) = match quantifier {
            ast::Quantifier::ForAll => (Quantifier::ForAll, Sort::Condition),
            ast::Quantifier::Exists => (Quantifier::Exists, Sort::Condition),
            ast::Quantifier::Sum => (Quantifier::Sum, Sort::Number),
            ast::Quantifier::Product => (Quantifier::Product, Sort::Number),
            ast::Quantifier::Count => (Quantifier::Count, Sort::Number),
        };
        Ok(Sorted { expression: Expression::Quantified(quantifier, binding?, Box::new(body?)), sort })
    }

    /// Binds `x: K`. The variable is in scope even if its kinds are wrong: the caller ends its scope in any case.
    pub(super) fn binding(&mut self, variable: &Name, kinds: &[Name], scope: &mut Scope) -> Resolved<Binding> {
        let kinds = self.kinds(kinds);
        let bound = kinds.as_ref().map_or_else(|_| VariableKind::Broken, |kinds| VariableKind::Entity(kinds.clone()));
        let name = variable.text().to_string();
        let variable: VariableId = scope.bind(&name, bound);
        Ok(Binding { variable, kinds: kinds?, name })
    }

    fn conditional(
        &mut self,
        value: &Formula,
        condition: &Formula,
        otherwise: Option<&Formula>,
        scope: &mut Scope,
    ) -> Resolved<Sorted> {
        let condition_resolved = self.condition(condition, scope);
        let first = self.sorted(value, scope);
        let second = otherwise.map(|formula| (formula, self.sorted(formula, scope)));
        let (test, first) = (condition_resolved?, first?);
        let second = match second {
            Some((formula, sorted)) => {
                let sorted = sorted?;
                if !self.comparable(&first, &sorted, false, scope) {
                    let span = value.span.to(formula.span);
                    return Err(self.report_incomparable(span, (value, &first), (formula, &sorted), scope));
                }
                sorted
            }
            None => otherwise_of(&first.sort),
        };
        let sort = match (first.sort, second.sort) {
            (Sort::Entity(mut kinds), Sort::Entity(others)) => {
                kinds.extend(others);
                kinds.dedup();
                Sort::Entity(kinds)
            }
            (Sort::Unknown, sort) | (sort, _) => sort,
        };
        let mut cases = vec![(test, first.expression)];
        let last = match second.expression {
            Expression::If(more, last) => {
                cases.extend(more);
                last
            }
            other => Box::new(other),
        };
        Ok(Sorted { expression: Expression::If(cases, last), sort })
    }
}

/// What stands for a missing `else`: nothing, in the sort of the value.
fn otherwise_of(sort: &Sort) -> Sorted {
    let expression = match sort {
        Sort::Condition => Expression::Boolean(false),
        Sort::Number => Expression::Number(0.0),
        Sort::Entity(_) | Sort::Unknown => Expression::Unknown,
    };
    Sorted { expression, sort: sort.clone() }
}

fn comparison_of(comparison: ast::Comparison) -> Comparison {
    match comparison {
        ast::Comparison::Equal => Comparison::Equal,
        ast::Comparison::NotEqual => Comparison::NotEqual,
        ast::Comparison::Less => Comparison::Less,
        ast::Comparison::LessOrEqual => Comparison::LessOrEqual,
        ast::Comparison::Greater => Comparison::Greater,
        ast::Comparison::GreaterOrEqual => Comparison::GreaterOrEqual,
    }
}

fn arithmetic_of(sign: ast::Arithmetic) -> Arithmetic {
    match sign {
        ast::Arithmetic::Add => Arithmetic::Add,
        ast::Arithmetic::Subtract => Arithmetic::Subtract,
        ast::Arithmetic::Multiply => Arithmetic::Multiply,
        ast::Arithmetic::Divide => Arithmetic::Divide,
    }
}

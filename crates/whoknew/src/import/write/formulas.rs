//! Formulas and effects, written anew so that every name fits by the declared kinds, and as a person would write them.

use super::fit::{Fitted, Trouble};
use super::{TooLarge, kinds};
use crate::world::{
    Arithmetic, Binding, Comparison, Effect, EntityId, Expression, FluentTerm, KindId, Parameter, ParameterKind,
    Quantifier, Term, ValueKind, VariableId, World,
};

/// The most parts of all formulas together.
const MOST_PARTS: usize = 1_000_000;
/// How deep formulas may nest; the story language reads a little more.
const MOST_DEPTH: usize = 90;
/// The most operands of a sum or product; the story language reads a few more.
const MOST_OPERANDS: usize = 190;
/// Numbers in a story lie below this.
const LARGEST_NUMBER: f64 = 1e15;

/// What a variable is in force for.
struct Bound {
    variable: VariableId,
    kinds: Vec<KindId>,
    /// Taken apart: it stands for this entity now.
    chosen: Option<EntityId>,
}

/// Writes the formulas of one declaration after the other.
pub(super) struct Formulas<'w> {
    /// Whose.
    pub world: &'w World,
    /// What stands for the kind of everything.
    everything: Option<KindId>,
    bound: Vec<Bound>,
    parts: usize,
    depth: usize,
}

/// What sort of value an expression has, as the story language judges it.
enum Sort {
    Condition,
    Number,
    Unknown,
    Entity(Vec<KindId>),
}

impl<'w> Formulas<'w> {
    /// A writer for the formulas of `world`.
    pub fn new(world: &'w World, everything: Option<KindId>) -> Self {
        Self { world, everything, bound: Vec::new(), parts: 0, depth: 0 }
    }

    /// Binds the parameters of a declaration.
    pub fn enter_parameters(&mut self, parameters: &[Parameter]) {
        for (index, parameter) in parameters.iter().enumerate() {
            let (kinds, chosen) = match &parameter.kind {
                ParameterKind::Entity(kinds) => (kinds.clone(), None),
                ParameterKind::Constant(entity) => (Vec::new(), Some(*entity)),
                ParameterKind::Statement | ParameterKind::Number => continue,
            };
            self.bound.push(Bound { variable: VariableId::from_index(index), kinds, chosen });
        }
    }

    /// Forgets all variables.
    pub fn leave_all(&mut self) {
        self.bound.clear();
    }

    /// What `write` gives with `binding` in force.
    pub fn within<T>(&mut self, binding: &Binding, write: impl Fn(&mut Self) -> Fitted<T>) -> Fitted<T> {
        self.bound.push(Bound { variable: binding.variable, kinds: self.kinds(&binding.kinds), chosen: None });
        let written = write(self);
        self.bound.pop();
        written
    }

    /// What `write` gives for each entity that `binding` ranges over.
    pub fn apart<T>(
        &mut self,
        binding: &Binding,
        write: impl Fn(&mut Self) -> Fitted<T>,
    ) -> Fitted<Vec<(EntityId, T)>> {
        let kinds = self.kinds(&binding.kinds);
        let mut written = Vec::new();
        for entity in self.world.entities_of(&kinds) {
            self.bound.push(Bound { variable: binding.variable, kinds: Vec::new(), chosen: Some(entity) });
            let one = write(self);
            self.bound.pop();
            written.push((entity, one?));
        }
        Ok(written)
    }

    /// What `write` gives with `binding` in force, or with one of the same range that is narrower; the kinds that fit come with it.
    /// `None`: the variable must be taken apart.
    fn fitting<T>(
        &mut self,
        binding: &Binding,
        write: impl Fn(&mut Self) -> Fitted<T>,
    ) -> Fitted<Option<(Binding, T)>> {
        let whole = self.kinds(&binding.kinds);
        let narrow = kinds::narrowed(self.world, &whole);
        for kinds in [whole, narrow] {
            let binding = Binding::new(binding.variable, kinds);
            match self.within(&binding, &write) {
                Ok(written) => return Ok(Some((binding, written))),
                Err(Trouble::Split(variable)) if variable == binding.variable => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(None)
    }

    fn kinds(&self, kinds: &[KindId]) -> Vec<KindId> {
        kinds.iter().map(|&kind| self.kind(kind)).collect()
    }

    fn kind(&self, kind: KindId) -> KindId {
        self.everything.filter(|_| kind == World::ENTITY_KIND).unwrap_or(kind)
    }

    fn find(&self, variable: VariableId) -> Option<&Bound> {
        self.bound.iter().rev().find(|bound| bound.variable == variable)
    }

    fn term(&self, term: Term) -> Term {
        match term {
            Term::Variable(variable) => {
                let chosen = self.find(variable).and_then(|bound| bound.chosen);
                chosen.map_or(term, Term::Entity)
            }
            Term::Entity(_) => term,
        }
    }

    /// `term`, if everything that it may be is of one of `kinds`.
    fn term_within(&self, term: Term, kinds: &[KindId]) -> Fitted<Term> {
        let term = self.term(term);
        match term {
            Term::Variable(variable) => match self.find(variable) {
                Some(bound) if !kinds::within(self.world, &bound.kinds, kinds) => Err(Trouble::Split(variable)),
                _ => Ok(term),
            },
            Term::Entity(_) => Ok(term),
        }
    }

    /// Somebody who believes or acts.
    pub fn character(&self, term: Term) -> Fitted<Term> {
        self.term_within(term, &[World::CHARACTER_KIND])
    }

    fn fluent(&self, fact: &FluentTerm) -> Fitted<FluentTerm> {
        let parameters = &self.world.fluents[fact.fluent.index()].parameters;
        let argument = |(&term, parameter): (&Term, &Parameter)| match (&parameter.kind, self.term(term)) {
            (ParameterKind::Entity(kinds), term) => self.term_within(term, kinds),
            (_, Term::Variable(variable)) => Err(Trouble::Split(variable)),
            (_, term) => Ok(term),
        };
        let arguments = fact.arguments.iter().zip(parameters).map(argument).collect::<Fitted<Vec<Term>>>()?;
        Ok(FluentTerm { fluent: fact.fluent, arguments })
    }

    /// An expression.
    pub fn expression(&mut self, expression: &Expression) -> Fitted<Expression> {
        self.parts += 1;
        self.depth += 1;
        if self.parts > MOST_PARTS {
            return Err(Trouble::TooLarge(TooLarge("it has too many formulas")));
        }
        if self.depth > MOST_DEPTH {
            return Err(Trouble::TooLarge(TooLarge("a formula in it is nested too deeply")));
        }
        let written = self.nested_expression(expression);
        self.depth -= 1;
        written
    }

    fn nested_expression(&mut self, expression: &Expression) -> Fitted<Expression> {
        Ok(match expression {
            Expression::Number(number) if number.abs() >= LARGEST_NUMBER => {
                return Err(Trouble::TooLarge(TooLarge("a number in it is too large")));
            }
            Expression::Entity(term) => Expression::Entity(self.term(*term)),
            Expression::Fluent(fact) => Expression::Fluent(self.fluent(fact)?),
            Expression::Not(inner) => opposite(self.expression(inner)?),
            Expression::And(parts) => joined(self.expressions(parts)?, true),
            Expression::Or(parts) => joined(self.expressions(parts)?, false),
            Expression::Compare(comparison, left, right) => {
                let (left, right) = (self.expression(left)?, self.expression(right)?);
                self.compare(*comparison, left, right)
            }
            Expression::Arithmetic(operator, left, right) => {
                let (left, right) = (Box::new(self.expression(left)?), Box::new(self.expression(right)?));
                let written = Expression::Arithmetic(*operator, left, right);
                if operands(&written) > MOST_OPERANDS {
                    return Err(Trouble::TooLarge(TooLarge("a sum in it has too many operands")));
                }
                written
            }
            Expression::Believes(believer, inner) => {
                let believer = self.character(*believer)?;
                believes(believer, self.expression(inner)?)
            }
            Expression::Quantified(quantifier, binding, body) => self.quantified(*quantifier, binding, body)?,
            Expression::If(cases, otherwise) => {
                let mut written = Vec::new();
                for (test, value) in cases {
                    written.push((self.expression(test)?, self.expression(value)?));
                }
                match self.expression(otherwise)? {
                    // `A if F else B if G else C` is one formula.
                    Expression::If(more, last) => {
                        written.extend(more);
                        Expression::If(written, last)
                    }
                    last => Expression::If(written, Box::new(last)),
                }
            }
            Expression::IsKind(value, kind) => Expression::IsKind(Box::new(self.expression(value)?), self.kind(*kind)),
            other => other.clone(),
        })
    }

    fn expressions(&mut self, parts: &[Expression]) -> Fitted<Vec<Expression>> {
        parts.iter().map(|part| self.expression(part)).collect()
    }

    fn quantified(&mut self, quantifier: Quantifier, binding: &Binding, body: &Expression) -> Fitted<Expression> {
        if let Some((binding, body)) = self.fitting(binding, |formulas| formulas.expression(body))? {
            return Ok(Expression::Quantified(quantifier, binding, Box::new(body)));
        }
        let bodies = self.apart(binding, |formulas| formulas.expression(body))?;
        let bodies: Vec<Expression> = bodies.into_iter().map(|(_, body)| body).collect();
        let number = |operator, unit| {
            let join = |left, right| Expression::Arithmetic(operator, Box::new(left), Box::new(right));
            bodies.clone().into_iter().reduce(join).unwrap_or(Expression::Number(unit))
        };
        let one =
            |condition| Expression::If(vec![(condition, Expression::Number(1.0))], Box::new(Expression::Number(0.0)));
        let written = match quantifier {
            Quantifier::ForAll => joined(bodies, true),
            Quantifier::Exists => joined(bodies, false),
            Quantifier::Sum => number(Arithmetic::Add, 0.0),
            Quantifier::Product => number(Arithmetic::Multiply, 1.0),
            Quantifier::Count => {
                let add = |left, right| Expression::Arithmetic(Arithmetic::Add, Box::new(left), Box::new(right));
                bodies.into_iter().map(one).reduce(add).unwrap_or(Expression::Number(0.0))
            }
        };
        if operands(&written) > MOST_OPERANDS {
            return Err(Trouble::TooLarge(TooLarge("a sum in it has too many operands")));
        }
        Ok(written)
    }

    fn sort(&self, expression: &Expression) -> Sort {
        match expression {
            Expression::Number(_) | Expression::Arithmetic(..) | Expression::Times { .. } | Expression::Time => {
                Sort::Number
            }
            Expression::Quantified(Quantifier::Sum | Quantifier::Product | Quantifier::Count, ..) => Sort::Number,
            Expression::Unknown => Sort::Unknown,
            Expression::Entity(Term::Entity(entity)) => Sort::Entity(self.world.entities[entity.index()].kinds.clone()),
            Expression::Entity(Term::Variable(variable)) => {
                Sort::Entity(self.find(*variable).map(|bound| bound.kinds.clone()).unwrap_or_default())
            }
            Expression::Fluent(fact) => match &self.world.fluents[fact.fluent.index()].value {
                ValueKind::Boolean => Sort::Condition,
                ValueKind::Number => Sort::Number,
                ValueKind::Entity(kinds) => Sort::Entity(kinds.clone()),
            },
            Expression::Believes(_, inner) => self.sort(inner),
            Expression::If(cases, otherwise) => match cases.first() {
                Some((_, Expression::Unknown)) | None => self.sort(otherwise),
                Some((_, value)) => self.sort(value),
            },
            _ => Sort::Condition,
        }
    }

    fn compare(&self, comparison: Comparison, left: Expression, right: Expression) -> Expression {
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        // Only numbers are more or less: an unknown one is written so that it is seen to be a number.
        let number = |side: Expression| match self.sort(&side) {
            Sort::Unknown if ordered => {
                Expression::Arithmetic(Arithmetic::Add, Box::new(side), Box::new(Expression::Number(0.0)))
            }
            _ => side,
        };
        let (left, right) = (number(left), number(right));
        match (self.sort(&left), self.sort(&right)) {
            (Sort::Entity(one), Sort::Entity(two)) if !self.comparable((&left, &one), (&right, &two)) => {
                never_equal(comparison, left, right)
            }
            _ => within_belief(comparison, left, right),
        }
    }

    /// Whether the story language lets two entities be compared.
    fn comparable(&self, left: (&Expression, &[KindId]), right: (&Expression, &[KindId])) -> bool {
        let certain = |expression: &Expression| match expression {
            Expression::Entity(Term::Entity(entity)) => Some(*entity),
            _ => None,
        };
        match (certain(left.0), certain(right.0)) {
            (Some(one), Some(two)) => one == two || kinds::overlap(self.world, left.1, right.1),
            (Some(entity), None) => kinds::is_of(self.world, entity, right.1),
            (None, Some(entity)) => kinds::is_of(self.world, entity, left.1),
            (None, None) => kinds::overlap(self.world, left.1, right.1),
        }
    }

    /// An effect, empty parts left out.
    pub fn effect(&mut self, effect: &Effect) -> Fitted<Effect> {
        Ok(match effect {
            Effect::Assign(fact, value) => Effect::Assign(self.fluent(fact)?, self.assigned(fact, value)?),
            Effect::Believes(believer, inner) => {
                let believer = self.character(*believer)?;
                Effect::Believes(believer, Box::new(self.effect(inner)?))
            }
            Effect::If(test, inner) => {
                let inner = self.effect(inner)?;
                if is_empty(&inner) {
                    return Ok(inner);
                }
                Effect::If(self.expression(test)?, Box::new(inner))
            }
            Effect::ForAll(binding, inner) => self.for_all(binding, inner)?,
            Effect::All(parts) => {
                let mut written = Vec::new();
                for part in parts {
                    match self.effect(part)? {
                        Effect::All(more) => written.extend(more),
                        other => written.push(other),
                    }
                }
                if written.len() == 1 { written.remove(0) } else { Effect::All(written) }
            }
            Effect::Statement(_) | Effect::Stated(_) => effect.clone(),
        })
    }

    fn for_all(&mut self, binding: &Binding, inner: &Effect) -> Fitted<Effect> {
        if let Some((binding, inner)) = self.fitting(binding, |formulas| formulas.effect(inner))? {
            return Ok(if is_empty(&inner) { inner } else { Effect::ForAll(binding, Box::new(inner)) });
        }
        let parts = self.apart(binding, |formulas| formulas.effect(inner))?;
        Ok(Effect::All(parts.into_iter().map(|(_, part)| part).filter(|part| !is_empty(part)).collect()))
    }

    fn assigned(&mut self, fact: &FluentTerm, value: &Expression) -> Fitted<Expression> {
        if let (Expression::Entity(term), ValueKind::Entity(kinds)) =
            (value, &self.world.fluents[fact.fluent.index()].value)
        {
            return Ok(Expression::Entity(self.term_within(*term, kinds)?));
        }
        self.expression(value)
    }
}

fn is_empty(effect: &Effect) -> bool {
    matches!(effect, Effect::All(parts) if parts.is_empty())
}

/// `left` and `right` can be equal only where both are unknown.
fn never_equal(comparison: Comparison, left: Expression, right: Expression) -> Expression {
    let unknown = |side: Expression| match side {
        Expression::Entity(_) => Expression::Boolean(false),
        side => within_belief(Comparison::Equal, side, Expression::Unknown),
    };
    let certain = |side: &Expression| matches!(side, Expression::Entity(_));
    let equal = if certain(&left) || certain(&right) {
        Expression::Boolean(false)
    } else {
        Expression::And(vec![unknown(left), unknown(right)])
    };
    if comparison == Comparison::NotEqual { opposite(equal) } else { equal }
}

/// `x believes f(a) = v` where `(x believes f(a)) = v` was meant, which is the same for a value that everybody sees alike.
fn within_belief(comparison: Comparison, left: Expression, right: Expression) -> Expression {
    let alike = |side: &Expression| {
        matches!(side, Expression::Entity(_) | Expression::Number(_) | Expression::Unknown | Expression::Boolean(_))
    };
    match (left, right) {
        (Expression::Believes(believer, inner), right) if alike(&right) => {
            Expression::Believes(believer, Box::new(within_belief(comparison, *inner, right)))
        }
        (left, Expression::Believes(believer, inner)) if alike(&left) => {
            Expression::Believes(believer, Box::new(within_belief(comparison, left, *inner)))
        }
        (left, right) => Expression::Compare(comparison, Box::new(left), Box::new(right)),
    }
}

/// `believer believes inner`; what everybody sees alike needs no believer.
fn believes(believer: Term, inner: Expression) -> Expression {
    match inner {
        Expression::Entity(_) | Expression::Number(_) | Expression::Unknown | Expression::Boolean(_) => inner,
        inner => Expression::Believes(believer, Box::new(inner)),
    }
}

/// The opposite of a condition. Only `=` and `!=` are each other's opposites: `not n() < 3` stays, for what is unknown is neither.
fn opposite(condition: Expression) -> Expression {
    match condition {
        Expression::Boolean(value) => Expression::Boolean(!value),
        Expression::Not(inner) => *inner,
        Expression::Compare(Comparison::Equal, left, right) => Expression::Compare(Comparison::NotEqual, left, right),
        Expression::Compare(Comparison::NotEqual, left, right) => Expression::Compare(Comparison::Equal, left, right),
        Expression::Believes(believer, inner)
            if matches!(*inner, Expression::Compare(..) | Expression::Believes(..)) =>
        {
            Expression::Believes(believer, Box::new(opposite(*inner)))
        }
        other => Expression::Not(Box::new(other)),
    }
}

/// Conditions joined by `and` or `or`, without brackets that change nothing.
fn joined(parts: Vec<Expression>, and: bool) -> Expression {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Expression::And(more) if and => flat.extend(more),
            Expression::Or(more) if !and => flat.extend(more),
            Expression::Boolean(value) if value == and => {}
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => Expression::Boolean(and),
        1 => flat.remove(0),
        _ if and => Expression::And(flat),
        _ => Expression::Or(flat),
    }
}

/// The operands in a row as the formula is printed.
fn operands(expression: &Expression) -> usize {
    let mut count = 1;
    let mut open = vec![expression];
    while let Some(next) = open.pop() {
        if let Expression::Arithmetic(_, left, right) = next {
            count += 1;
            open.extend([&**left, &**right]);
        }
    }
    count
}

/// The parts of a sum.
pub(super) fn summands(value: Expression) -> Vec<Expression> {
    let mut parts = Vec::new();
    let mut open = vec![value];
    while let Some(next) = open.pop() {
        match next {
            Expression::Arithmetic(Arithmetic::Add, left, right) => open.extend([*right, *left]),
            other => parts.push(other),
        }
    }
    parts
}

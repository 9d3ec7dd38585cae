//! Lowers expressions to formulas of the world: conditions and values.
//!
//! What Sabre's compiler takes apart is taken apart here too, so that later modules need not know of it: an `if` among
//! conditions becomes its cases, and two conditions compared become the cases of their truth.

use super::cases::{check_size, compare_cases, compare_conditions, if_cases, negated};
use super::expressions::{Form, Node, NodeLink};
use super::overloads::{Lowered, Names, Trouble};
use super::scope::{Meaning, Scope};
use super::{MISFIT, failure, unknown_name};
use crate::source::Span;
use crate::world::{Arithmetic, Binding, Comparison, Expression, KindId, Quantifier, Term, World};

/// What sort of value an expression has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A condition.
    Boolean,
    /// A number.
    Number,
    /// An entity.
    Entity,
    /// `?`, which goes with all.
    Unknown,
}

/// Lowers the expressions of one declaration.
pub(super) struct Formulas<'n, 'a> {
    /// What the file declares.
    pub names: &'n Names<'a>,
    /// What the declaration binds.
    pub scope: Scope<'a>,
}

impl<'a> Formulas<'_, 'a> {
    /// A condition.
    pub fn condition(&mut self, node: &Node<'a>) -> Lowered<Expression> {
        match self.value(node)? {
            (expression, Class::Boolean) => Ok(expression),
            _ => Err(misfit(
                "this is no condition: its value is a number or an entity, to be compared with `==` or another sign",
                node.span,
            )),
        }
    }

    /// An expression with its class.
    pub fn value(&mut self, node: &Node<'a>) -> Lowered<(Expression, Class)> {
        let (expression, class) = self.unchecked_value(node)?;
        if matches!(node.form, Form::If(..) | Form::Operator(..)) {
            check_size(std::iter::once(&expression), 1, node.span)?;
        }
        Ok((expression, class))
    }

    fn unchecked_value(&mut self, node: &Node<'a>) -> Lowered<(Expression, Class)> {
        match &node.form {
            Form::Word(word) => self.word(word, node.span),
            Form::Number(number) => Ok((Expression::Number(*number), Class::Number)),
            Form::Call(name, arguments) => self.fluent_value(name, arguments, node.span),
            Form::Believes(believer, inner) => {
                let believer = self.believer(believer, node.span)?;
                let (inner, class) = self.value(inner)?;
                Ok((Expression::Believes(believer, Box::new(inner)), class))
            }
            Form::And(parts) => Ok((Expression::And(self.conditions(parts)?), Class::Boolean)),
            Form::Or(parts) => Ok((Expression::Or(self.conditions(parts)?), Class::Boolean)),
            Form::Not(inner) => Ok((negated(self.condition(inner)?), Class::Boolean)),
            Form::If(tests, otherwise) => self.branches(tests, otherwise.as_ref(), node.span),
            Form::Quantified(keyword, variable, kind, body) => {
                self.quantified(keyword, (variable, kind), body, node.span)
            }
            Form::Operator(operator, left, right) => self.operator(operator, left, right, node.span),
            Form::OfType(value, kind) => self.type_test(value, kind, node.span),
        }
    }

    fn conditions(&mut self, parts: &[NodeLink<'a>]) -> Lowered<Vec<Expression>> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    fn word(&self, word: &str, span: Span) -> Lowered<(Expression, Class)> {
        Ok(match self.meaning(word, span) {
            Ok(Meaning::Variable(variable, _)) => (Expression::Entity(Term::Variable(variable)), Class::Entity),
            Ok(Meaning::Constant(entity)) => (Expression::Entity(Term::Entity(entity)), Class::Entity),
            Ok(Meaning::Boolean(value)) => (Expression::Boolean(value), Class::Boolean),
            Err(_) if word == "?" => (Expression::Unknown, Class::Unknown),
            Err(trouble) => return Err(trouble),
        })
    }

    /// What a name stands for: a variable, an entity, `True` or `False`.
    pub fn meaning(&self, word: &str, span: Span) -> Lowered<Meaning> {
        if let Some(meaning) = self.scope.find(word) {
            return Ok(meaning);
        }
        if let Some(&entity) = self.names.entities.get(word) {
            return Ok(Meaning::Constant(entity));
        }
        match word {
            "True" => Ok(Meaning::Boolean(true)),
            "False" => Ok(Meaning::Boolean(false)),
            _ => {
                let names = self.names.entities.keys().map(|name| &**name);
                Err(unknown_name(format!("nothing here is called `{word}`"), word, span, names).into())
            }
        }
    }

    /// The property that a call means.
    pub fn fluent(&self, name: &str, arguments: &[&'a str], span: Span) -> Lowered<crate::world::FluentTerm> {
        let arguments = arguments
            .iter()
            .map(|&argument| Ok((argument, self.meaning(argument, span)?)))
            .collect::<Lowered<Vec<_>>>()?;
        self.names.fluent(name, &arguments, span)
    }

    fn fluent_value(&self, name: &str, arguments: &[&'a str], span: Span) -> Lowered<(Expression, Class)> {
        let term = self.fluent(name, arguments, span)?;
        let class = self.class_of(&term);
        Ok((Expression::Fluent(term), class))
    }

    /// The class of a property's values.
    pub fn class_of(&self, term: &crate::world::FluentTerm) -> Class {
        match self.names.world.fluents[term.fluent.index()].value {
            crate::world::ValueKind::Boolean => Class::Boolean,
            crate::world::ValueKind::Number => Class::Number,
            crate::world::ValueKind::Entity(_) => Class::Entity,
        }
    }

    /// The character who believes.
    pub fn believer(&self, name: &str, span: Span) -> Lowered<Term> {
        let character = World::CHARACTER_KIND;
        match self.meaning(name, span)? {
            Meaning::Constant(entity) if entity.index() < self.names.world.characters => Ok(Term::Entity(entity)),
            Meaning::Variable(variable, kind) if self.names.world.is_subkind(kind, character) => {
                Ok(Term::Variable(variable))
            }
            Meaning::Variable(variable, kind) => {
                let all = self.names.range(kind).iter().all(|entity| entity.index() < self.names.world.characters);
                if all { Ok(Term::Variable(variable)) } else { Err(Trouble::Split(variable)) }
            }
            _ => Err(misfit(&format!("`{name}` is no character, so it believes nothing"), span)),
        }
    }

    fn branches(
        &mut self,
        tests: &[(NodeLink<'a>, NodeLink<'a>)],
        otherwise: Option<&NodeLink<'a>>,
        span: Span,
    ) -> Lowered<(Expression, Class)> {
        let mut branches = Vec::new();
        let mut class = Class::Unknown;
        for (test, branch) in tests {
            let test = self.condition(test)?;
            let (branch, branch_class) = self.value(branch)?;
            class = common(class, branch_class, span)?;
            branches.push((test, branch));
        }
        let otherwise = match otherwise {
            Some(otherwise) => {
                let (otherwise, otherwise_class) = self.value(otherwise)?;
                class = common(class, otherwise_class, span)?;
                otherwise
            }
            None if class == Class::Boolean => Expression::Boolean(true),
            None => return Err(misfit("an 'if' with values needs an 'else'", span)),
        };
        if class != Class::Boolean {
            return Ok((Expression::If(branches, Box::new(otherwise)), class));
        }
        check_size(branches.iter().map(|(test, _)| test), branches.len(), span)?;
        let cases = if_cases(branches, otherwise);
        let clause = |(mut tests, branch): (Vec<Expression>, Expression)| {
            tests.push(branch);
            Expression::And(tests)
        };
        Ok((Expression::Or(cases.into_iter().map(clause).collect()), class))
    }

    fn operator(
        &mut self,
        operator: &str,
        left: &Node<'a>,
        right: &Node<'a>,
        span: Span,
    ) -> Lowered<(Expression, Class)> {
        let (left, left_class) = self.value(left)?;
        let (right, right_class) = self.value(right)?;
        let class = common(left_class, right_class, span)?;
        if let Some(arithmetic) = arithmetic(operator) {
            if !matches!(class, Class::Number | Class::Unknown) {
                return Err(misfit("only numbers can be calculated with", span));
            }
            let zero = matches!(right, Expression::Number(number) if number == 0.0);
            if arithmetic == Arithmetic::Divide && zero {
                return Err(misfit("this divides by zero", span));
            }
            return Ok((Expression::Arithmetic(arithmetic, Box::new(left), Box::new(right)), Class::Number));
        }
        let Some(comparison) = comparison(operator) else {
            return Err(misfit("'=' assigns; a comparison is written '=='", span));
        };
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if ordered && !matches!(class, Class::Number | Class::Unknown) {
            return Err(misfit("only numbers can be compared so", span));
        }
        if class == Class::Boolean {
            return Ok((compare_conditions(comparison, left, right), Class::Boolean));
        }
        Ok((compare_cases(comparison, left, right, span)?, Class::Boolean))
    }

    fn type_test(&mut self, value: &Node<'a>, kind: &str, span: Span) -> Lowered<(Expression, Class)> {
        let kind = self.names.kind(kind, span)?;
        match self.value(value)? {
            (value, Class::Entity) => Ok((Expression::IsKind(Box::new(value), kind), Class::Boolean)),
            _ => Err(misfit("only an entity has a type", span)),
        }
    }

    fn quantified(
        &mut self,
        keyword: &str,
        (variable, kind): (&'a str, &str),
        body: &Node<'a>,
        span: Span,
    ) -> Lowered<(Expression, Class)> {
        let (quantifier, class) = match keyword {
            "forall" => (Quantifier::ForAll, Class::Boolean),
            "exists" => (Quantifier::Exists, Class::Boolean),
            "sum" => (Quantifier::Sum, Class::Number),
            _ => (Quantifier::Product, Class::Number),
        };
        let mut read_body = |formulas: &mut Self| match formulas.value(body)? {
            (expression, found) if found == class => Ok(expression),
            (Expression::Unknown, _) if class == Class::Number => Ok(Expression::Unknown),
            _ => Err(misfit("the body of this quantifier is of the wrong kind", body.span)),
        };
        let expression = match self.each(variable, kind, span, &mut read_body)? {
            Each::Bound(binding, body) => Expression::Quantified(quantifier, binding, Box::new(body)),
            Each::Apart(bodies) => taken_apart(quantifier, bodies),
        };
        Ok((expression, class))
    }

    /// Reads a body for all values of a variable: at once, or, where that does not work, one by one.
    pub fn each<T>(
        &mut self,
        variable: &'a str,
        kind: &str,
        span: Span,
        read: &mut dyn FnMut(&mut Self) -> Lowered<T>,
    ) -> Lowered<Each<T>> {
        if kind == "boolean" && !self.names.kinds.contains_key(kind) {
            let meanings = [false, true].map(Meaning::Boolean);
            return self.apart(variable, meanings.into_iter(), read);
        }
        if kind == "number" && !self.names.kinds.contains_key(kind) {
            return Err(misfit("a variable cannot range over numbers", span));
        }
        let kind: KindId = self.names.kind(kind, span)?;
        let id = self.scope.new_variable();
        self.scope.enter(variable, Meaning::Variable(id, kind));
        let body = read(self);
        self.scope.leave();
        match body {
            Ok(body) => Ok(Each::Bound(Binding::new(id, vec![kind]), body)),
            Err(Trouble::Split(split)) if split == id => {
                let meanings = self.names.range(kind).to_vec().into_iter().map(Meaning::Constant);
                self.apart(variable, meanings, read)
            }
            Err(trouble) => Err(trouble),
        }
    }

    fn apart<T>(
        &mut self,
        variable: &'a str,
        meanings: impl Iterator<Item = Meaning>,
        read: &mut dyn FnMut(&mut Self) -> Lowered<T>,
    ) -> Lowered<Each<T>> {
        let mut bodies = Vec::new();
        for meaning in meanings {
            self.scope.enter(variable, meaning);
            let body = read(self);
            self.scope.leave();
            bodies.push(body?);
        }
        Ok(Each::Apart(bodies))
    }
}

/// A body read for all values of a variable.
pub(super) enum Each<T> {
    /// With the variable in it.
    Bound(Binding, T),
    /// Once for each value.
    Apart(Vec<T>),
}

fn taken_apart(quantifier: Quantifier, bodies: Vec<Expression>) -> Expression {
    let fold = |operator, unit: f64, bodies: Vec<Expression>| {
        bodies
            .into_iter()
            .reduce(|left, right| Expression::Arithmetic(operator, Box::new(left), Box::new(right)))
            .unwrap_or(Expression::Number(unit))
    };
    match quantifier {
        Quantifier::ForAll => Expression::And(bodies),
        Quantifier::Exists => Expression::Or(bodies),
        Quantifier::Product => fold(Arithmetic::Multiply, 1.0, bodies),
        Quantifier::Sum | Quantifier::Count => fold(Arithmetic::Add, 0.0, bodies),
    }
}

fn common(one: Class, two: Class, span: Span) -> Lowered<Class> {
    match (one, two) {
        (Class::Unknown, other) | (other, Class::Unknown) => Ok(other),
        _ if one == two => Ok(one),
        _ => Err(misfit(
            "these two values are of different types, so that they cannot be compared or counted together",
            span,
        )),
    }
}

fn comparison(operator: &str) -> Option<Comparison> {
    Some(match operator {
        "==" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::LessOrEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterOrEqual,
        _ => return None,
    })
}

fn arithmetic(operator: &str) -> Option<Arithmetic> {
    Some(match operator {
        "+" => Arithmetic::Add,
        "-" => Arithmetic::Subtract,
        "*" => Arithmetic::Multiply,
        "/" => Arithmetic::Divide,
        _ => return None,
    })
}

/// Trouble with a value of the wrong kind.
pub(super) fn misfit(title: &str, span: Span) -> Trouble {
    failure(&MISFIT, title, span).into()
}

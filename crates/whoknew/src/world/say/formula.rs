//! Printing as formulas and calls of the language, with brackets only where they are needed.

use super::Speaker;
use crate::world::{
    Arithmetic, Binding, Comparison, EventArgument, EventTerm, Expression, FluentTerm, KindId, Parameter, Quantifier,
    SceneId, Term,
};

/// How tightly an expression binds; a looser part of a tighter one gets brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binds {
    If,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Atom,
}

impl Speaker<'_> {
    pub(super) fn formula(&self, expression: &Expression) -> String {
        match expression {
            Expression::Boolean(true) => "yes".to_owned(),
            Expression::Boolean(false) => "no".to_owned(),
            Expression::Number(value) => number(*value),
            Expression::Entity(term) => self.term(*term),
            Expression::Unknown => "?".to_owned(),
            Expression::Fluent(term) => self.fluent(term),
            Expression::Happened(event) => format!("happened({})", self.call(event)),
            Expression::Times { event, since, until } => self.times(event, *since, *until),
            Expression::Time => "time()".to_owned(),
            Expression::Not(inner) => format!("not {}", self.part(inner, Binds::Not)),
            Expression::And(parts) => self.joined(parts, " and ", Binds::And),
            Expression::Or(parts) => self.joined(parts, " or ", Binds::Or),
            Expression::Compare(comparison, left, right) => {
                let (left, right) = (self.part(left, Binds::Sum), self.part(right, Binds::Sum));
                format!("{left} {} {right}", sign(*comparison))
            }
            Expression::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right),
            Expression::Believes(holder, inner) => self.held(*holder, "believes", inner),
            Expression::Knows(holder, inner) => self.held(*holder, "knows", inner),
            Expression::KnowsWhether(holder, inner) => self.held(*holder, "knows whether", inner),
            Expression::Wonders(holder, inner) => self.held(*holder, "wonders whether", inner),
            Expression::Quantified(quantifier, binding, body) => {
                let named = self.bound(binding);
                let inside = self.with_variables(&named);
                format!("{} ({})", inside.binder(*quantifier, binding), inside.formula(body))
            }
            Expression::If(tests, otherwise) => self.choice(tests, otherwise),
            Expression::IsKind(value, kind) => format!("{} is a {}", self.part(value, Binds::Sum), self.kind(*kind)),
            Expression::Statement(variable) => (self.variables)(*variable),
        }
    }

    fn part(&self, expression: &Expression, least: Binds) -> String {
        let text = self.formula(expression);
        if binds(expression) < least { format!("({text})") } else { text }
    }

    fn joined(&self, parts: &[Expression], word: &str, own: Binds) -> String {
        let tighter = if own == Binds::Or { Binds::And } else { Binds::Not };
        let parts: Vec<String> = parts.iter().map(|part| self.part(part, tighter)).collect();
        if parts.is_empty() {
            return if own == Binds::And { "yes" } else { "no" }.to_owned();
        }
        parts.join(word)
    }

    fn arithmetic(&self, operator: Arithmetic, left: &Expression, right: &Expression) -> String {
        let (sign, own, right_least) = match operator {
            Arithmetic::Add => ("+", Binds::Sum, Binds::Sum),
            Arithmetic::Subtract => ("-", Binds::Sum, Binds::Product),
            Arithmetic::Multiply => ("*", Binds::Product, Binds::Product),
            Arithmetic::Divide => ("/", Binds::Product, Binds::Atom),
        };
        format!("{} {sign} {}", self.part(left, own), self.part(right, right_least))
    }

    fn held(&self, holder: Term, verb: &str, inner: &Expression) -> String {
        format!("{} {verb} {}", self.term(holder), self.part(inner, Binds::Compare))
    }

    fn choice(&self, tests: &[(Expression, Expression)], otherwise: &Expression) -> String {
        let mut text = String::new();
        for (test, value) in tests {
            text.push_str(&format!("{} if {} else ", self.part(value, Binds::Or), self.part(test, Binds::Or)));
        }
        text + &self.part(otherwise, Binds::Or)
    }

    fn times(&self, event: &EventTerm, since: Option<SceneId>, until: Option<SceneId>) -> String {
        let mut text = format!("times({}", self.call(event));
        for (word, scene) in [("since", since), ("until", until)] {
            if let Some(scene) = scene {
                text.push_str(&format!(" {word} scene {}", self.scene(scene)));
            }
        }
        text + ")"
    }

    pub(super) fn scene(&self, scene: SceneId) -> String {
        match self.world.telling.scenes.get(scene.index()) {
            Some(scene) if scene.title.as_ref() == Some(&scene.label) => format!("\"{}\"", scene.label),
            Some(scene) => scene.label.clone(),
            None => (scene.index() + 1).to_string(),
        }
    }

    /// `for all x: kind`
    pub(super) fn binder(&self, quantifier: Quantifier, binding: &Binding) -> String {
        let word = match quantifier {
            Quantifier::ForAll => "for all",
            Quantifier::Exists => "exists",
            Quantifier::Sum => "sum",
            Quantifier::Product => "product",
            Quantifier::Count => "count",
        };
        let kinds: Vec<&str> = binding.kinds.iter().map(|&kind| self.kind(kind)).collect();
        format!("{word} {}: {}", (self.variables)(binding.variable), kinds.join(" or "))
    }

    pub(super) fn kind(&self, kind: KindId) -> &str {
        self.world.kinds.get(kind.index()).map_or("?", |kind| &kind.name)
    }

    pub(super) fn fluent(&self, fact: &FluentTerm) -> String {
        let arguments: Vec<String> = fact.arguments.iter().map(|&term| self.term(term)).collect();
        format!("{}({})", self.world.fluents[fact.fluent.index()].name, arguments.join(", "))
    }

    pub(super) fn call(&self, event: &EventTerm) -> String {
        let action = &self.world.actions[event.action.index()];
        let arguments = event.arguments.iter().zip(&action.parameters);
        let arguments: Vec<String> =
            arguments.map(|(argument, parameter)| self.argument(argument, parameter)).collect();
        format!("{}({})", action.name, arguments.join(", "))
    }

    fn argument(&self, argument: &EventArgument, parameter: &Parameter) -> String {
        match argument {
            EventArgument::Term(term) => self.term(*term),
            EventArgument::Anyone => self.anyone(parameter).to_owned(),
            EventArgument::Statement(statement) => self.formula(statement),
            EventArgument::StatementVariable(variable) => (self.variables)(*variable),
            EventArgument::Number(value) => number(*value),
        }
    }

    /// A name, or a variable's.
    pub(super) fn term(&self, term: Term) -> String {
        match term {
            Term::Entity(entity) => {
                self.world.entities.get(entity.index()).map_or_else(String::new, |entity| entity.name.clone())
            }
            Term::Variable(variable) => (self.variables)(variable),
        }
    }
}

pub(super) fn binds(expression: &Expression) -> Binds {
    match expression {
        Expression::If(..) => Binds::If,
        Expression::Or(_) => Binds::Or,
        Expression::And(_) => Binds::And,
        Expression::Not(_) => Binds::Not,
        Expression::Compare(..)
        | Expression::IsKind(..)
        | Expression::Believes(..)
        | Expression::Knows(..)
        | Expression::KnowsWhether(..)
        | Expression::Wonders(..) => Binds::Compare,
        Expression::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) => Binds::Sum,
        Expression::Arithmetic(Arithmetic::Multiply | Arithmetic::Divide, ..) => Binds::Product,
        _ => Binds::Atom,
    }
}

pub(super) fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

/// A number as the language writes it.
///
/// ```
/// assert_eq!(whoknew::world::say::number(3.0), "3");
/// assert_eq!(whoknew::world::say::number(-0.5), "-0.5");
/// ```
pub fn number(value: f64) -> String {
    // Display for f64 writes the shortest decimal that reads back as the same number, without an exponent.
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

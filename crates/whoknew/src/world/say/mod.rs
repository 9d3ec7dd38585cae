//! Printing in the story's own words: statements, events and conditions by the story's sentence patterns.
//!
//! What has no pattern is printed as a formula of the language. Invariant: what [`statement`] prints for a statement,
//! and [`event`] for an event, reads back as the same (a list inside a statement slot excepted).

mod formula;
mod general;
mod sentence;

use super::{EntityId, EventTerm, Expression, FluentTerm, TriggerId, ValueKind, VariableId, World};

pub use formula::number;

/// `inside(marble) = box`: an expression as a formula of the language.
pub fn formula(world: &World, expression: &Expression) -> String {
    Speaker::new(world).formula(expression)
}

/// A formula with variables, which are printed as `names` says.
pub fn formula_with(world: &World, expression: &Expression, names: &dyn Fn(VariableId) -> String) -> String {
    Speaker { world, variables: names }.formula(expression)
}

/// `put(Sally, marble, box)`: an event as a call.
pub fn call(world: &World, event: &EventTerm) -> String {
    Speaker::new(world).call(event)
}

/// `the marble is in the box`: a statement. Anything else is printed as [`expression`] does.
pub fn statement(world: &World, statement: &Expression) -> String {
    Speaker::new(world).expression(statement)
}

/// `the marble is not in the box`: the opposite of a statement.
pub fn negated(world: &World, statement: &Expression) -> String {
    Speaker::new(world).expression(&super::sentences::opposite(statement.clone()))
}

/// `the marble is in the box`: a fact with a value: an entity, a number, yes, no or `?`.
pub fn value(world: &World, fact: &FluentTerm, value: &Expression) -> String {
    let left = Box::new(Expression::Fluent(fact.clone()));
    let equal = Expression::Compare(super::Comparison::Equal, left, Box::new(value.clone()));
    statement(world, &equal)
}

/// `the marble is in …`: a fact whose value is left open.
pub fn open(world: &World, fact: &FluentTerm) -> String {
    Speaker::new(world).open_fact(fact)
}

/// `where the marble is`, `who has the key`: what is asked for by whom the value of a fact is unknown; `None` where its
/// sentence does not lend itself to that.
pub fn asked(world: &World, fact: &FluentTerm) -> Option<String> {
    let speaker = Speaker::new(world);
    match (&world.fluents[fact.fluent.index()], fact.arguments.as_slice()) {
        (fluent, [only]) if fluent.location => Some(format!("where {} is", speaker.term(*only))),
        (fluent, _) if fluent.value == ValueKind::Number => {
            Some(format!("the number in “{}”", speaker.open_fact(fact)))
        }
        _ => speaker.asked(fact),
    }
}

/// `Sally puts the marble in the box`: an event as it is told.
pub fn event(world: &World, event: &EventTerm) -> String {
    Speaker::new(world).event(event)
}

/// `Sally put the marble in the box`: an event as it is said to have happened.
pub fn past(world: &World, event: &EventTerm) -> String {
    Speaker::new(world).past(event)
}

/// The same after words that say already that it happened: `Sally puts the marble in the box` where no past is declared.
pub fn told_past(world: &World, event: &EventTerm) -> String {
    Speaker::new(world).told_past(event)
}

/// `Sally burns in the sun`: a rule with entities as its arguments.
pub fn rule(world: &World, rule: TriggerId, arguments: &[EntityId]) -> String {
    let name = |variable: VariableId| {
        arguments.get(variable.index()).map_or_else(String::new, |entity| world.entities[entity.index()].name.clone())
    };
    Speaker { world, variables: &name }.rule(rule)
}

/// A condition, readable: literals as sentences, everything else as a formula.
pub fn expression(world: &World, expression: &Expression) -> String {
    Speaker::new(world).expression(expression)
}

/// A condition with variables, which are printed as `names` says.
pub fn expression_with(world: &World, expression: &Expression, names: &dyn Fn(VariableId) -> String) -> String {
    Speaker { world, variables: names }.expression(expression)
}

/// An event with variables, which are printed as `names` says.
pub fn event_with(world: &World, event: &EventTerm, names: &dyn Fn(VariableId) -> String) -> String {
    Speaker { world, variables: names }.event(event)
}

/// `A`, `A and B`, `A, B and C`.
///
/// ```
/// assert_eq!(whoknew::world::say::list(&["Sally", "Anne", "Miles"]), "Sally, Anne and Miles");
/// ```
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push_str(if index + 1 == items.len() { " and " } else { ", " });
        }
        text.push_str(item.as_ref());
    }
    text
}

/// A length of time in minutes, in the largest unit that keeps it short.
///
/// ```
/// assert_eq!(whoknew::world::say::duration(90.0), "1.5 hours");
/// ```
pub fn duration(minutes: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(10_080.0, "week"), (1440.0, "day"), (60.0, "hour"), (1.0, "minute")];
    let fits = |unit: &&(f64, &str)| minutes.abs() >= unit.0 && (minutes / unit.0 * 10.0).fract() == 0.0;
    let (size, unit) = UNITS.iter().find(fits).unwrap_or(&(1.0, "minute"));
    let number = (minutes / size * 10.0).round() / 10.0;
    let plural = if number.abs() == 1.0 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

/// The text with its first letter capital, to begin a sentence.
///
/// ```
/// assert_eq!(whoknew::world::say::capitalised("the marble is here"), "The marble is here");
/// ```
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// Prints in the words of one world.
struct Speaker<'w> {
    world: &'w World,
    variables: &'w dyn Fn(VariableId) -> String,
}

impl Speaker<'_> {
    /// `who has the key`, `what the ticket is hidden in`: the value of a fact, asked for; `None` where its sentence does not
    /// lend itself to that.
    fn asked(&self, fact: &FluentTerm) -> Option<String> {
        let (placeholder, is_character) = self.any_value(fact)?;
        let word = if is_character { "who" } else { "what" };
        let sentence = self.expression(&Expression::Fluent(fact.clone()));
        match (sentence.strip_prefix(&placeholder), sentence.strip_suffix(&placeholder)) {
            (Some(rest), _) => Some(format!("{word}{rest}")),
            (None, Some(rest)) => Some(format!("{word} {}", rest.trim_end())),
            (None, None) => None,
        }
    }

    /// `who has the key`: where the sentence begins with a character as its value, and is read so too.
    fn asked_who(&self, fact: &FluentTerm) -> Option<String> {
        let (placeholder, _) = self.any_value(fact).filter(|(_, is_character)| *is_character)?;
        let sentence = self.expression(&Expression::Fluent(fact.clone()));
        sentence.strip_prefix(&placeholder).map(|rest| format!("who{rest}"))
    }

    /// `this or that person`, and whether it is a character.
    fn any_value(&self, fact: &FluentTerm) -> Option<(String, bool)> {
        let ValueKind::Entity(kinds) = &self.world.fluents[fact.fluent.index()].value else { return None };
        let names: Vec<&str> = kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
        let is_character = kinds.iter().all(|&kind| self.world.is_subkind(kind, World::CHARACTER_KIND));
        Some((format!("this or that {}", names.join(" or ")), is_character))
    }
}

impl<'w> Speaker<'w> {
    fn new(world: &'w World) -> Self {
        Self { world, variables: &letter }
    }
}

/// A name for a variable whose own is not at hand.
fn letter(variable: VariableId) -> String {
    const LETTERS: [&str; 6] = ["x", "y", "z", "u", "v", "w"];
    match LETTERS.get(variable.index()) {
        Some(letter) => (*letter).to_owned(),
        None => format!("x{}", variable.index()),
    }
}

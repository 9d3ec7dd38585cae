//! What tells where somebody or something is: one notion for claims and all forms of questions.
//!
//! A fact tells it if it is marked `location` or `whereabouts`; if actions exchange it with such a fact, both ways, as taking and putting down
//! exchange "Ann has the key" with "the key is in the hall"; or if it is said like one: "the key lies under the mat",
//! "Ann carries the key".

use super::sentences::is_article;
use super::{
    Comparison, Effect, EntityId, Expression, Fluent, FluentId, FluentTerm, SentencePart, Term, ValueKind, VariableId,
    World,
};

/// How a fact tells where a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// `inside(thing) = …`
    Value,
    /// `holds(somebody) = thing`
    Holder,
    /// `has(somebody, thing)`: the thing is the parameter at this position.
    YesNo(usize),
}

/// When a fact tells where a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// When its value is known.
    Valued,
    /// When its value is this.
    Is(EntityId),
    /// When it is so.
    So,
}

/// A fact that may tell where a thing is.
#[derive(Clone, Debug)]
pub struct Telling {
    /// The fact.
    pub fact: FluentTerm,
    /// When it does.
    pub tells: Tells,
}

/// The fact marked `location` that says where `entity` is.
pub fn location_of(world: &World, entity: EntityId) -> Option<FluentTerm> {
    let fits = |fluent: &Fluent| fluent.location && is_about(world, fluent, entity);
    let fluent = world.fluents.iter().position(fits)?;
    Some(FluentTerm { fluent: FluentId::from_index(fluent), arguments: vec![Term::Entity(entity)] })
}

fn is_about(world: &World, fluent: &Fluent, entity: EntityId) -> bool {
    fluent.definition.is_none() && matches!(fluent.parameters.as_slice(), [only] if world.takes(only, entity))
}

/// All facts that may tell where `thing` is.
pub fn tellings(world: &World, thing: EntityId) -> Vec<Telling> {
    let location = location_of(world, thing);
    let exchanged = exchanged(world);
    let is_character = thing.index() < world.characters;
    let mut found: Vec<Telling> = Vec::new();
    for (index, fluent) in world.fluents.iter().enumerate().filter(|(_, fluent)| fluent.definition.is_none()) {
        let id = FluentId::from_index(index);
        let is_location = location.as_ref().is_some_and(|location| location.fluent == id);
        let read = shape_read(fluent).filter(|_| !is_character || location.is_none());
        let shape = match read {
            _ if is_location || fluent.whereabouts => Some(Shape::Value),
            _ if fluent.location => None,
            Some(shape) => Some(shape),
            None => exchanged.iter().find(|(fact, _)| *fact == id).map(|&(_, shape)| shape),
        };
        if let Some(shape) = shape {
            add(world, (id, shape), thing, &mut found);
        }
    }
    found
}

/// The facts of this shape about `thing`.
fn add(world: &World, (id, shape): (FluentId, Shape), thing: EntityId, found: &mut Vec<Telling>) {
    let fluent = &world.fluents[id.index()];
    let others = || (0..world.entities.len() - 1).map(EntityId::from_index).filter(|&other| other != thing);
    let mut tell = |arguments: Vec<Term>, tells| {
        found.push(Telling { fact: FluentTerm { fluent: id, arguments }, tells });
    };
    match (shape, fluent.parameters.as_slice()) {
        (Shape::Value, [only]) if world.takes(only, thing) => tell(vec![Term::Entity(thing)], Tells::Valued),
        (Shape::Holder, [only]) if is_value(world, &fluent.value, thing) => {
            for other in others().filter(|&other| world.takes(only, other)) {
                tell(vec![Term::Entity(other)], Tells::Is(thing));
            }
        }
        (Shape::YesNo(position), [first, second]) => {
            let (own, of) = if position == 0 { (first, second) } else { (second, first) };
            for other in others().filter(|&other| world.takes(own, thing) && world.takes(of, other)) {
                let (thing, other) = (Term::Entity(thing), Term::Entity(other));
                tell(if position == 0 { vec![thing, other] } else { vec![other, thing] }, Tells::So);
            }
        }
        _ => {}
    }
}

fn is_value(world: &World, value: &ValueKind, entity: EntityId) -> bool {
    matches!(value, ValueKind::Entity(kinds) if kinds.iter().any(|&kind| world.is_of_kind(entity, kind)))
}

/// The shape that the sentences of a fact show, if they read like where something is or who has it.
fn shape_read(fluent: &Fluent) -> Option<Shape> {
    let valued = matches!(fluent.value, ValueKind::Entity(_)) && fluent.parameters.len() == 1;
    let yes_no = fluent.value == ValueKind::Boolean && fluent.parameters.len() == 2;
    fluent.sentences.iter().find_map(|sentence| {
        let is_article = |part: &&SentencePart| matches!(part, SentencePart::Word(forms) if forms.iter().all(|form| is_article(form)));
        let parts: Vec<&SentencePart> = sentence.parts.iter().filter(|part| !is_article(part)).collect();
        let [first, words @ .., last] = parts.as_slice() else { return None };
        let (placed, had) = (reads_as_place(words), reads_as_having(words));
        match (first, last) {
            (SentencePart::Slot(0), SentencePart::Value) if valued && placed => Some(Shape::Value),
            (SentencePart::Value, SentencePart::Slot(0)) if valued && had => Some(Shape::Value),
            (SentencePart::Slot(0), SentencePart::Value) if valued && had => Some(Shape::Holder),
            (SentencePart::Slot(thing), SentencePart::Slot(_)) if yes_no && placed => Some(Shape::YesNo(*thing)),
            (SentencePart::Slot(_), SentencePart::Slot(thing)) if yes_no && had => Some(Shape::YesNo(*thing)),
            _ => None,
        }
    })
}

fn is_one_of(part: &SentencePart, words: &[&str]) -> bool {
    matches!(part, SentencePart::Word(forms) if forms.iter().any(|form| words.contains(&form.as_str())))
}

/// `is in`, `lies under`, `is hidden behind`.
fn reads_as_place(words: &[&SentencePart]) -> bool {
    const BEING: &[&str] = &[
        "is", "are", "was", "were", "lies", "lie", "stands", "stand", "hangs", "hang", "sits", "sit", "rests", "rest",
        "stays", "stay", "remains", "remain", "waits", "wait",
    ];
    const PUT: &[&str] = &[
        "hidden",
        "kept",
        "locked",
        "buried",
        "stored",
        "concealed",
        "stowed",
        "put",
        "left",
        "placed",
        "laid",
        "hung",
    ];
    const WHERE: &[&str] = &[
        "in",
        "inside",
        "within",
        "at",
        "on",
        "upon",
        "under",
        "underneath",
        "beneath",
        "below",
        "behind",
        "beside",
        "near",
        "above",
        "over",
        "aboard",
        "with",
        "among",
        "outside",
        "around",
    ];
    match words {
        [being, place] => is_one_of(being, BEING) && is_one_of(place, WHERE),
        [being, put, place] => is_one_of(being, BEING) && is_one_of(put, PUT) && is_one_of(place, WHERE),
        _ => false,
    }
}

/// `has`, `carries`.
fn reads_as_having(words: &[&SentencePart]) -> bool {
    const HAVING: &[&str] =
        &["has", "have", "holds", "hold", "carries", "carry", "keeps", "keep", "wears", "wear", "contains", "contain"];
    matches!(words, [having] if is_one_of(having, HAVING))
}

/// A fact about a variable, in some shape, that an action makes so or ends.
type Changed = (FluentId, Shape, VariableId);

/// The facts that actions exchange with facts marked `location`, both ways, perhaps by way of others.
fn exchanged(world: &World) -> Vec<(FluentId, Shape)> {
    let mut exchanges: Vec<(FluentId, FluentId)> = Vec::new();
    let mut shapes: Vec<(FluentId, Shape)> = Vec::new();
    for action in &world.actions {
        let (mut made, mut ended): (Vec<Changed>, Vec<Changed>) = (Vec::new(), Vec::new());
        changes(world, &action.effect, &mut made, &mut ended);
        for &(to, shape, of) in &made {
            for &(from, other, thing) in ended.iter().filter(|(fact, ..)| *fact != to) {
                if of == thing {
                    exchanges.push((from, to));
                    shapes.extend([(to, shape), (from, other)]);
                }
            }
        }
    }
    let located: Vec<FluentId> =
        (0..world.fluents.len()).map(FluentId::from_index).filter(|id| world.fluents[id.index()].location).collect();
    let reached = |forward: bool| {
        let mut reached = located.clone();
        let mut next = 0;
        while let Some(&from) = reached.get(next) {
            for &(one, other) in &exchanges {
                let (one, other) = if forward { (one, other) } else { (other, one) };
                if one == from && !reached.contains(&other) {
                    reached.push(other);
                }
            }
            next += 1;
        }
        reached
    };
    let (there, back) = (reached(true), reached(false));
    shapes.retain(|(fact, _)| there.contains(fact) && back.contains(fact));
    shapes
}

/// What an effect makes so of a variable, and what it ends.
fn changes(world: &World, effect: &Effect, made: &mut Vec<Changed>, ended: &mut Vec<Changed>) {
    match effect {
        Effect::All(parts) => parts.iter().for_each(|part| changes(world, part, made, ended)),
        Effect::If(_, inner) => changes(world, inner, made, ended),
        Effect::Assign(fact, value) => {
            let fluent = &world.fluents[fact.fluent.index()];
            let is_boolean = fluent.value == ValueKind::Boolean;
            let ends = matches!(value, Expression::Unknown | Expression::Boolean(false));
            let into: &mut Vec<Changed> = if ends { ended } else { made };
            match fact.arguments.as_slice() {
                [Term::Variable(of)] if matches!(fluent.value, ValueKind::Entity(_)) => {
                    into.push((fact.fluent, Shape::Value, *of));
                }
                [first, second] if is_boolean => {
                    for (position, argument) in [first, second].into_iter().enumerate() {
                        if let Term::Variable(of) = argument {
                            into.push((fact.fluent, Shape::YesNo(position), *of));
                        }
                    }
                }
                _ => {}
            }
        }
        _ => {}
    }
}

/// `holder` knows where `thing` is: they believe something that tells it, and it is so.
pub fn known(world: &World, holder: Term, thing: EntityId) -> Expression {
    let known = tellings(world, thing).into_iter().map(|telling| {
        let fact = Box::new(Expression::Fluent(telling.fact.clone()));
        match telling.tells {
            Tells::Valued => Expression::And(vec![Expression::KnowsWhether(holder, fact.clone()), is_valued(fact)]),
            Tells::Is(_) | Tells::So => Expression::Knows(holder, Box::new(telling.statement())),
        }
    });
    Expression::Or(known.collect())
}

/// `holder` does not know where `thing` is, and is not wrong about it either.
pub fn wondered(world: &World, holder: Term, thing: EntityId) -> Expression {
    let believed =
        tellings(world, thing).into_iter().map(|telling| Expression::Believes(holder, Box::new(telling.statement())));
    Expression::Not(Box::new(Expression::Or(believed.collect())))
}

fn is_valued(fact: Box<Expression>) -> Expression {
    Expression::Compare(Comparison::NotEqual, fact, Box::new(Expression::Unknown))
}

impl Telling {
    /// That the fact tells where the thing is.
    fn statement(&self) -> Expression {
        let fact = Box::new(Expression::Fluent(self.fact.clone()));
        match self.tells {
            Tells::Valued => is_valued(fact),
            Tells::Is(thing) => {
                let thing = Box::new(Expression::Entity(Term::Entity(thing)));
                Expression::Compare(Comparison::Equal, fact, thing)
            }
            Tells::So => *fact,
        }
    }
}

/// Who knows where what is, if that is what `statement` says; `None` otherwise.
pub fn known_in(world: &World, statement: &Expression) -> Option<(Term, EntityId)> {
    let Expression::Or(parts) = statement else { return None };
    let first = match parts.first()? {
        Expression::And(both) => both.first()?,
        other => other,
    };
    let (Expression::KnowsWhether(holder, inner) | Expression::Knows(holder, inner)) = first else {
        return None;
    };
    let candidates = (0..world.entities.len() - 1).map(EntityId::from_index).filter(|&thing| speaks_of(inner, thing));
    candidates.map(|thing| (*holder, thing)).find(|&(holder, thing)| known(world, holder, thing) == *statement)
}

fn speaks_of(statement: &Expression, thing: EntityId) -> bool {
    match statement {
        Expression::Fluent(fact) => fact.arguments.contains(&Term::Entity(thing)),
        Expression::Compare(_, fact, value) => {
            speaks_of(fact, thing) || **value == Expression::Entity(Term::Entity(thing))
        }
        _ => false,
    }
}

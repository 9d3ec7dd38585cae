//! `everyone`, `nobody`, `somebody`, `only Anna`, `everyone but Anna`: what is said of all characters at once.
//!
//! These are words for `for all` and `exists` over the kind `character`. [`Crowd::holding`] makes the formula, and
//! [`said_of`] reads it back, so that what was written so is also printed so. Who counts: every character for whom all
//! facts marked `living` are so where the formula is read; `someone` and the reader are no characters.

use super::whereabouts::known_in;
use super::{
    Binding, Comparison, EntityId, EventArgument, EventTerm, Expression, FluentId, FluentTerm, ParameterKind,
    Quantifier, Term, VariableId, World,
};

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Crowd {
    /// `everyone`
    Everyone,
    /// `not everyone`
    NotEveryone,
    /// `nobody`
    Nobody,
    /// `somebody`
    Somebody,
    /// `only Anna and Ben`, `nobody but Anna and Ben`
    Only(Vec<Term>),
    /// `everyone but Anna and Ben`
    AllBut(Vec<Term>),
}

/// What a formula says of a crowd.
#[derive(Clone, Debug, PartialEq)]
pub struct SaidOf<'e> {
    /// Of whom.
    pub crowd: Crowd,
    /// What: `c believes F`, `c knows F`, `c knows whether F` or `c wonders F` about a variable, or its opposite.
    pub held: &'e Expression,
}

/// What a formula over a crowd says of one character.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// Who.
    pub who: EntityId,
    /// What has to be so for it to say anything of them: that they are alive.
    pub counted: Option<Expression>,
    /// What it says of them.
    pub held: Expression,
}

impl Instance {
    /// The condition as a whole.
    pub fn condition(&self) -> Expression {
        match &self.counted {
            Some(counted) => Expression::Or(vec![self.held.clone(), opposite(counted.clone())]),
            None => self.held.clone(),
        }
    }
}

impl Crowd {
    /// Those who are named.
    pub fn named(&self) -> &[Term] {
        match self {
            Self::Only(names) | Self::AllBut(names) => names,
            Self::Everyone | Self::NotEveryone | Self::Nobody | Self::Somebody => &[],
        }
    }

    /// Those who take it so where this crowd does not: of `only Anna does not know …`. `None` where that could be read
    /// in two ways.
    pub fn denied(self) -> Option<Self> {
        Some(match self {
            Self::Nobody => Self::Everyone,
            Self::Only(names) => Self::AllBut(names),
            Self::AllBut(names) => Self::Only(names),
            Self::Everyone | Self::NotEveryone | Self::Somebody => return None,
        })
    }

    /// The formula that `held` is so of those meant; `variable` is free in the formulas around it.
    pub fn holding(&self, world: &World, variable: VariableId, held: impl Fn(Term) -> Expression) -> Expression {
        let each = held(Term::Variable(variable));
        let quantified = |quantifier, body| {
            let binding = Binding::new(variable, vec![World::CHARACTER_KIND]);
            Expression::Quantified(quantifier, binding, Box::new(body))
        };
        let all = |names: &[Term], each: Expression| {
            let same = |&name: &Term| {
                let (one, other) = (Expression::Entity(Term::Variable(variable)), Expression::Entity(name));
                Expression::Compare(Comparison::Equal, Box::new(one), Box::new(other))
            };
            let mut parts: Vec<Expression> = names.iter().map(same).collect();
            // What is held comes before who counts: a message says first what fails there.
            parts.push(each);
            parts.extend(counted(world, Term::Variable(variable)).map(opposite));
            quantified(Quantifier::ForAll, joined(parts, Expression::Or))
        };
        let of_names = |names: &[Term]| names.iter().map(|&name| held(name)).collect::<Vec<_>>();
        match self {
            Self::Everyone => all(&[], each),
            Self::NotEveryone => Expression::Not(Box::new(all(&[], each))),
            Self::Nobody => all(&[], opposite(each)),
            Self::Somebody => {
                let parts = counted(world, Term::Variable(variable)).into_iter().chain([each]).collect();
                quantified(Quantifier::Exists, joined(parts, Expression::And))
            }
            Self::Only(names) => {
                let mut parts = of_names(names);
                parts.push(all(names, opposite(each)));
                Expression::And(parts)
            }
            Self::AllBut(names) => {
                let mut parts: Vec<Expression> = of_names(names).into_iter().map(opposite).collect();
                parts.push(all(names, each));
                Expression::And(parts)
            }
        }
    }
}

/// `attitude`, whoever has it, said of a crowd.
pub fn held_by_crowd(world: &World, crowd: &Crowd, attitude: &Expression) -> Option<Expression> {
    let variable = fresh_beside(attitude, crowd.named());
    held_by(attitude, Term::Variable(variable))?;
    let held = |who| held_by(attitude, who).unwrap_or_else(|| attitude.clone());
    Some(crowd.holding(world, variable, held))
}

/// A variable that `expression` neither binds nor mentions, and that is none of `terms`.
pub fn fresh_beside(expression: &Expression, terms: &[Term]) -> VariableId {
    let beyond = |term: &Term| if let Term::Variable(variable) = term { variable.index() + 1 } else { 0 };
    let mut next = terms.iter().map(beyond).max().unwrap_or(0);
    expression.for_each(&mut |part| {
        if let Expression::Quantified(_, binding, _) = part {
            next = next.max(binding.variable.index() + 1);
        }
        each_term(part, &mut |term| {
            next = next.max(beyond(&term));
        });
    });
    VariableId::from_index(next)
}

/// What a formula says of a crowd, if it is of the form that [`Crowd::holding`] makes.
pub fn said_of<'e>(world: &World, expression: &'e Expression) -> Option<SaidOf<'e>> {
    match expression {
        Expression::Not(inner) => match said_of(world, inner)? {
            SaidOf { crowd: Crowd::Everyone, held } => Some(SaidOf { crowd: Crowd::NotEveryone, held }),
            _ => None,
        },
        Expression::Quantified(Quantifier::Exists, binding, body) => {
            let counts = counted(world, Term::Variable(binding.variable));
            let held = match (&**body, counts) {
                (Expression::And(parts), Some(counts)) => match parts.as_slice() {
                    [first, held] if *first == counts => held,
                    _ => return None,
                },
                (held, None) => held,
                _ => return None,
            };
            is_held_by(world, held, binding).then_some(SaidOf { crowd: Crowd::Somebody, held })
        }
        Expression::Quantified(Quantifier::ForAll, binding, _) => {
            let (names, held) = but_for(world, expression)?;
            let of_all = if let Expression::Not(_) = held { Crowd::Nobody } else { Crowd::Everyone };
            (names.is_empty() && is_held_by(world, held, binding)).then_some(SaidOf { crowd: of_all, held })
        }
        Expression::And(parts) => {
            let (last, first) = parts.split_last()?;
            let Expression::Quantified(_, binding, _) = last else { return None };
            let (names, held) = but_for(world, last)?;
            let is_other =
                |(part, &name): (&Expression, &Term)| held_by(held, name).is_some_and(|held| opposite(held) == *part);
            let are_others = names.len() == first.len() && first.iter().zip(&names).all(is_other);
            if names.is_empty() || !are_others || !is_held_by(world, held, binding) {
                return None;
            }
            let crowd = if let Expression::Not(_) = held { Crowd::Only(names) } else { Crowd::AllBut(names) };
            Some(SaidOf { crowd, held })
        }
        _ => None,
    }
}

/// What a formula that speaks of all characters, but for some, says of each; `None` for other formulas.
pub fn instances(world: &World, expression: &Expression) -> Option<Vec<Instance>> {
    let SaidOf { crowd, held } = said_of(world, expression)?;
    let (names, denies) = match crowd {
        Crowd::Everyone | Crowd::Nobody => (Vec::new(), false),
        Crowd::Only(names) | Crowd::AllBut(names) => (names, true),
        Crowd::NotEveryone | Crowd::Somebody => return None,
    };
    let certain = |name: Term| if let Term::Entity(entity) = name { Some(entity) } else { None };
    let names: Vec<EntityId> = names.into_iter().map(certain).collect::<Option<_>>()?;
    let of = |who: EntityId| {
        let term = Term::Entity(who);
        let held = held_by(held, term)?;
        if names.contains(&who) {
            return denies.then(|| Instance { who, counted: None, held: opposite(held) });
        }
        Some(Instance { who, counted: counted(world, term), held })
    };
    // Those who are named come first, as in the formula.
    let others = (0..world.characters).map(EntityId::from_index).filter(|who| !names.contains(who));
    Some(names.iter().copied().chain(others).filter_map(of).collect())
}

/// Those left out of `for all c: character (c = Anna or … or held or not alive(c))`, and what is held.
fn but_for<'e>(world: &World, expression: &'e Expression) -> Option<(Vec<Term>, &'e Expression)> {
    let Expression::Quantified(Quantifier::ForAll, binding, body) = expression else { return None };
    let parts = match &**body {
        Expression::Or(parts) if known_in(world, body).is_none() => parts.as_slice(),
        held => std::slice::from_ref(held),
    };
    let parts = match (parts.split_last()?, counted(world, Term::Variable(binding.variable)).map(opposite)) {
        ((last, others), Some(guard)) if *last == guard => others,
        (_, None) => parts,
        _ => return None,
    };
    let (held, same) = parts.split_last()?;
    let name = |part: &Expression| match part {
        Expression::Compare(Comparison::Equal, one, other) => match (&**one, &**other) {
            (Expression::Entity(Term::Variable(variable)), Expression::Entity(name))
                if *variable == binding.variable =>
            {
                Some(*name)
            }
            _ => None,
        },
        _ => None,
    };
    Some((same.iter().map(name).collect::<Option<_>>()?, held))
}

/// Whether it is an attitude, or its opposite, of the bound variable to something that does not speak of it.
fn is_held_by(world: &World, held: &Expression, binding: &Binding) -> bool {
    let attitude = if let Expression::Not(inner) = held { inner } else { held };
    binding.kinds == [World::CHARACTER_KIND]
        && match attitude {
            Expression::Believes(who, inner)
            | Expression::Knows(who, inner)
            | Expression::KnowsWhether(who, inner)
            | Expression::Wonders(who, inner) => {
                *who == Term::Variable(binding.variable) && !speaks_of(inner, binding.variable)
            }
            other => known_in(world, other).is_some_and(|(who, _)| who == Term::Variable(binding.variable)),
        }
}

/// The same attitude of somebody else.
pub(crate) fn held_by(held: &Expression, who: Term) -> Option<Expression> {
    Some(match held {
        Expression::Not(inner) => Expression::Not(Box::new(held_by(inner, who)?)),
        Expression::Believes(_, inner) => Expression::Believes(who, inner.clone()),
        Expression::Knows(_, inner) => Expression::Knows(who, inner.clone()),
        Expression::KnowsWhether(_, inner) => Expression::KnowsWhether(who, inner.clone()),
        Expression::Wonders(_, inner) => Expression::Wonders(who, inner.clone()),
        // Somebody knows where something is.
        Expression::Or(parts) => Expression::Or(parts.iter().map(|part| held_by(part, who)).collect::<Option<_>>()?),
        Expression::And(parts) => match parts.as_slice() {
            [known, valued] => Expression::And(vec![held_by(known, who)?, valued.clone()]),
            _ => return None,
        },
        _ => return None,
    })
}

/// That somebody counts: that all facts marked `living` are so of them.
fn counted(world: &World, who: Term) -> Option<Expression> {
    let is_living = |(index, fluent): (usize, &super::Fluent)| {
        let Some(ParameterKind::Entity(kinds)) = fluent.parameters.first().map(|parameter| &parameter.kind) else {
            return None;
        };
        let fact = FluentTerm { fluent: FluentId::from_index(index), arguments: vec![who] };
        let fact = fluent.living.then_some(Expression::Fluent(fact))?;
        match who {
            Term::Entity(entity) => kinds.iter().any(|&kind| world.is_of_kind(entity, kind)).then_some(fact),
            Term::Variable(_) if kinds.contains(&World::CHARACTER_KIND) => Some(fact),
            Term::Variable(_) => {
                let is_of = |&kind| Expression::IsKind(Box::new(Expression::Entity(who)), kind);
                let mut parts: Vec<Expression> = kinds.iter().map(is_of).map(opposite).collect();
                parts.push(fact);
                Some(Expression::Or(parts))
            }
        }
    };
    let facts: Vec<Expression> = world.fluents.iter().enumerate().filter_map(is_living).collect();
    (!facts.is_empty()).then(|| joined(facts, Expression::And))
}

fn speaks_of(expression: &Expression, variable: VariableId) -> bool {
    let mut found = false;
    expression.for_each(&mut |part| each_term(part, &mut |term| found |= term == Term::Variable(variable)));
    found
}

/// Calls `visit` on the terms of an expression that are in none of its parts.
fn each_term(expression: &Expression, visit: &mut impl FnMut(Term)) {
    match expression {
        Expression::Entity(term)
        | Expression::Believes(term, _)
        | Expression::Knows(term, _)
        | Expression::KnowsWhether(term, _)
        | Expression::Wonders(term, _) => visit(*term),
        Expression::Fluent(fact) => fact.arguments.iter().for_each(|&term| visit(term)),
        Expression::Happened(event) | Expression::Times { event, .. } => terms_of_event(event, visit),
        _ => {}
    }
}

fn terms_of_event(event: &EventTerm, visit: &mut dyn FnMut(Term)) {
    for argument in &event.arguments {
        match argument {
            EventArgument::Term(term) => visit(*term),
            EventArgument::Statement(statement) => {
                statement.for_each(&mut |part| each_term(part, &mut |term| visit(term)))
            }
            _ => {}
        }
    }
}

fn joined(mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    if parts.len() == 1 { parts.remove(0) } else { join(parts) }
}

fn opposite(expression: Expression) -> Expression {
    match expression {
        Expression::Not(inner) => *inner,
        other => Expression::Not(Box::new(other)),
    }
}

//! Widens the kinds of properties' values: a problem file may give a property a value of another type than the one declared,
//! and only the declared one would be wrong about what the property may be.

use crate::world::{
    Effect, Expression, KindId, Parameter, ParameterKind, StartStatement, Term, ValueKind, VariableId, World,
};

/// Adds to every property's kinds those of the values that effects and the start give it.
pub(super) fn widen(world: &mut World) {
    let mut assigned = Vec::new();
    for action in &world.actions {
        collect(&action.effect, &mut bound(&action.parameters), &mut assigned);
    }
    for trigger in &world.triggers {
        collect(&trigger.effect, &mut bound(&trigger.parameters), &mut assigned);
    }
    for statement in &world.start {
        if let StartStatement::Common(effect) = statement {
            collect(&effect.value, &mut Vec::new(), &mut assigned);
        }
    }
    // A value may be another property's, whose kinds may grow too.
    let mut grown = true;
    while grown {
        grown = false;
        for (fluent, value) in &assigned {
            for kind in missing(world, *fluent, value) {
                if let ValueKind::Entity(kinds) = &mut world.fluents[*fluent].value {
                    kinds.push(kind);
                    grown = true;
                }
            }
        }
    }
}

/// A value that a property is given.
enum Given {
    Entity(crate::world::EntityId),
    Any(Vec<KindId>),
    ValueOf(usize),
}

type InForce = Vec<(VariableId, Vec<KindId>)>;

fn bound(parameters: &[Parameter]) -> InForce {
    let kinds = |parameter: &Parameter| match &parameter.kind {
        ParameterKind::Entity(kinds) => kinds.clone(),
        _ => Vec::new(),
    };
    parameters.iter().enumerate().map(|(index, parameter)| (VariableId::from_index(index), kinds(parameter))).collect()
}

fn collect(effect: &Effect, in_force: &mut InForce, assigned: &mut Vec<(usize, Given)>) {
    match effect {
        Effect::Assign(fact, value) => {
            assigned.extend(given(value, in_force).map(|given| (fact.fluent.index(), given)));
        }
        Effect::Believes(_, inner) | Effect::If(_, inner) => collect(inner, in_force, assigned),
        Effect::ForAll(binding, inner) => {
            in_force.push((binding.variable, binding.kinds.clone()));
            collect(inner, in_force, assigned);
            in_force.pop();
        }
        Effect::All(parts) => parts.iter().for_each(|part| collect(part, in_force, assigned)),
        Effect::Statement(_) | Effect::Stated(_) => {}
    }
}

fn given(value: &Expression, in_force: &InForce) -> Option<Given> {
    match value {
        Expression::Entity(Term::Entity(entity)) => Some(Given::Entity(*entity)),
        Expression::Entity(Term::Variable(variable)) => {
            in_force.iter().rev().find(|(bound, _)| bound == variable).map(|(_, kinds)| Given::Any(kinds.clone()))
        }
        Expression::Fluent(fact) => Some(Given::ValueOf(fact.fluent.index())),
        Expression::Believes(_, inner) => given(inner, in_force),
        _ => None,
    }
}

/// The kinds that the property lacks for this value.
fn missing(world: &World, fluent: usize, value: &Given) -> Vec<KindId> {
    let ValueKind::Entity(kinds) = &world.fluents[fluent].value else { return Vec::new() };
    let takes = |entity| kinds.iter().any(|&kind| world.is_of_kind(entity, kind));
    let below = |kind: KindId| kinds.iter().any(|&own| world.is_subkind(kind, own));
    match value {
        Given::Entity(entity) if takes(*entity) => Vec::new(),
        Given::Entity(entity) => world.entities[entity.index()].kinds.iter().copied().take(1).collect(),
        Given::Any(given) if world.entities_of(given).all(takes) => Vec::new(),
        Given::Any(given) => given.iter().copied().filter(|&kind| !below(kind)).collect(),
        Given::ValueOf(other) => match &world.fluents[*other].value {
            ValueKind::Entity(given) => given.iter().copied().filter(|&kind| !below(kind)).collect(),
            _ => Vec::new(),
        },
    }
}

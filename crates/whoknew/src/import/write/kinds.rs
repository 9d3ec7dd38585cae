//! What the story language asks of kinds: it judges by the kinds declared, not by the entities that there are.

use crate::world::{EntityId, Kind, KindId, Observer, Parameter, ParameterKind, ValueKind, World};

/// Whether everything of the kinds `inner` is of one of `outer`.
pub(super) fn within(world: &World, inner: &[KindId], outer: &[KindId]) -> bool {
    inner.iter().all(|&kind| outer.iter().any(|&above| world.is_subkind(kind, above)))
}

/// Whether `entity` is of one of `kinds`.
pub(super) fn is_of(world: &World, entity: EntityId, kinds: &[KindId]) -> bool {
    kinds.iter().any(|&kind| world.is_of_kind(entity, kind))
}

/// Whether something may be of `left` and of `right`: by a kind below both, or by an entity of both.
pub(super) fn overlap(world: &World, left: &[KindId], right: &[KindId]) -> bool {
    let below = |kind: KindId, kinds: &[KindId]| kinds.iter().any(|&above| world.is_subkind(kind, above));
    (0..world.kinds.len()).map(KindId::from_index).any(|kind| below(kind, left) && below(kind, right))
        || world.entities_of(left).any(|entity| is_of(world, entity, right))
}

/// The narrowest kinds below `kinds` that range over the same entities.
pub(super) fn narrowed(world: &World, kinds: &[KindId]) -> Vec<KindId> {
    let range = |kind: KindId| world.entities_of(&[kind]).collect::<Vec<EntityId>>();
    let narrower = |kind: KindId| {
        let whole = range(kind);
        let mut narrowest = kind;
        for other in (0..world.kinds.len()).map(KindId::from_index) {
            if world.is_subkind(other, narrowest) && range(other) == whole {
                narrowest = other;
            }
        }
        narrowest
    };
    let mut narrowed: Vec<KindId> = Vec::new();
    for &kind in kinds {
        let kind = narrower(kind);
        if !narrowed.contains(&kind) {
            narrowed.push(kind);
        }
    }
    narrowed
}

/// Whether some arguments fit both lists of parameters.
pub(super) fn can_clash(world: &World, left: &[Parameter], right: &[Parameter]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|(left, right)| match (&left.kind, &right.kind) {
            (ParameterKind::Entity(left), ParameterKind::Entity(right)) => overlap(world, left, right),
            (ParameterKind::Constant(entity), ParameterKind::Entity(kinds))
            | (ParameterKind::Entity(kinds), ParameterKind::Constant(entity)) => is_of(world, *entity, kinds),
            (left, right) => left == right,
        })
}

/// Puts every kind below the kind of everything, as the story language has it. Where some are not, a kind of its own takes
/// the place of `entity` in all declarations, so that what ranges over all entities ranges over the same as before; it is
/// returned, because formulas need it too.
pub(super) fn root(world: &mut World) -> Option<KindId> {
    let is_rooted = |world: &World, kind: usize| world.is_subkind(KindId::from_index(kind), World::ENTITY_KIND);
    if (0..world.kinds.len()).all(|kind| is_rooted(world, kind)) {
        return None;
    }
    let all = KindId::from_index(world.kinds.len());
    let replace = |kinds: &mut Vec<KindId>| {
        kinds.iter_mut().filter(|kind| **kind == World::ENTITY_KIND).for_each(|kind| *kind = all);
    };
    let parameters = |parameters: &mut Vec<Parameter>| {
        for parameter in parameters {
            if let ParameterKind::Entity(kinds) = &mut parameter.kind {
                replace(kinds);
            }
        }
    };
    for kind in world.kinds.iter_mut().skip(1) {
        if kind.parents.is_empty() {
            kind.parents.push(World::ENTITY_KIND);
        } else {
            replace(&mut kind.parents);
        }
    }
    world.kinds.push(Kind { name: "everything".to_owned(), parents: vec![World::ENTITY_KIND], span: None });
    world.entities.iter_mut().for_each(|entity| replace(&mut entity.kinds));
    for fluent in &mut world.fluents {
        parameters(&mut fluent.parameters);
        if let ValueKind::Entity(kinds) = &mut fluent.value {
            replace(kinds);
        }
    }
    for action in &mut world.actions {
        parameters(&mut action.parameters);
        for observation in &mut action.observations {
            if let Observer::Every(binding) = &mut observation.observer {
                replace(&mut binding.kinds);
            }
        }
    }
    world.triggers.iter_mut().for_each(|trigger| parameters(&mut trigger.parameters));
    Some(all)
}

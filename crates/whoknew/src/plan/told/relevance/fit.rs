//! Whether something that is written is what is wanted.

use super::super::acts::Write;
use super::{Should, Wanted};
use crate::ground::{Atom, Condition, Place, Problem, Value};
use crate::world::EntityId;

/// What would make `condition` hold or fail.
pub(super) fn wanted_by(condition: &Condition, hold: bool, wanted: &mut Vec<(Place, Should)>) {
    condition.atoms(&mut |atom| match atom {
        Atom::Is { place, value, equal } if *equal == hold => wanted.push((*place, Should::Be(*value))),
        Atom::Is { place, value, .. } => wanted.push((*place, Should::NotBe(*value))),
        other => other.places(&mut |place| wanted.push((place, Should::Matter))),
    });
}

/// Whether writing that value may be what is wanted.
pub(super) fn fits(should: Should, written: Option<Value>) -> bool {
    match (should, written) {
        (Should::Be(value), Some(written)) => value == written,
        (Should::NotBe(value), Some(written)) => value != written,
        _ => true,
    }
}

/// In whose beliefs the write may be what is wanted: what stands before it in the chain; `None` if in nobody's.
pub(super) fn prefixes(
    problem: &Problem<'_>,
    holder: Option<EntityId>,
    write: &Write,
    wanted: Wanted,
) -> Option<Vec<Vec<EntityId>>> {
    let (chain, written) = (problem.believers(wanted.chain), problem.believers(write.chain));
    let own = holder.is_some() && written.first().copied() == holder;
    let mut prefixes = Vec::new();
    if let Some(prefix) = chain.strip_suffix(written)
        && !(write.noticed && prefix.is_empty() && !own)
    {
        prefixes.push(prefix.to_vec());
    }
    if let Some((&first, rest)) = written.split_first() {
        // What somebody believes that they believe is what they believe.
        if let Some(prefix) = chain.strip_suffix(rest)
            && (prefix.last() == Some(&first) || prefix.is_empty() && own)
        {
            prefixes.push(prefix.to_vec());
        }
    }
    (!prefixes.is_empty()).then_some(prefixes)
}

pub(super) fn number(value: Value) -> f64 {
    value.as_number().or(value.as_boolean().map(|yes| f64::from(u8::from(yes)))).unwrap_or(0.0)
}

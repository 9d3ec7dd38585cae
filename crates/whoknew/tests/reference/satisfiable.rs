//! Whether a condition may hold at all, judged by itself: as a disjunction of clauses, some clause has no contradiction.

use super::formulas::{Formula, Number};
use super::values::{Place, Value};
use std::collections::BTreeMap;
use whoknew::world::Comparison;

#[derive(Clone, Default)]
struct Required {
    value: Option<Value>,
    excluded: Vec<Value>,
}

type Requirements = BTreeMap<Place, Required>;

pub fn may_hold(formula: &Formula) -> bool {
    search(vec![formula], Requirements::new())
}

fn search(mut open: Vec<&Formula>, mut required: Requirements) -> bool {
    let mut choices = Vec::new();
    while let Some(formula) = open.pop() {
        match formula {
            Formula::And(parts) => open.extend(parts),
            Formula::Or(parts) => choices.push(parts),
            Formula::Is { minds, fact, value, equal } => {
                if !require(&mut required, (minds.clone(), *fact), *value, *equal) {
                    return false;
                }
            }
            Formula::Numbers { comparison, left, right, .. } => {
                let (Number::Fact { minds, fact }, Number::Constant(value)) = (&**left, &**right) else { continue };
                let equal = match comparison {
                    Comparison::Equal => true,
                    Comparison::NotEqual => false,
                    _ => continue,
                };
                if !require(&mut required, (minds.clone(), *fact), *value, equal) {
                    return false;
                }
            }
        }
    }
    // The choice with the fewest alternatives first.
    choices.sort_by_key(|parts| parts.len());
    let Some((first, rest)) = choices.split_first() else { return true };
    first.iter().any(|part| {
        let mut open = vec![part];
        let others: Vec<Formula> = rest.iter().map(|parts| Formula::Or(parts.to_vec())).collect();
        open.extend(&others);
        search(open, required.clone())
    })
}

fn require(required: &mut Requirements, fact: Place, value: Value, equal: bool) -> bool {
    let known = required.entry(fact).or_default();
    if !equal {
        known.excluded.push(value);
        return known.value != Some(value);
    }
    if known.value.is_some_and(|other| other != value) || known.excluded.contains(&value) {
        return false;
    }
    known.value = Some(value);
    true
}

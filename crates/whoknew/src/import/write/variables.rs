//! Names for the variables that formulas and effects bind.

use crate::world::names::NameKey;
use crate::world::{Binding, Effect, Expression, VariableId, World};
use rustc_hash::{FxHashMap, FxHashSet};

/// The names of the variables of one declaration.
pub(super) struct Variables<'w> {
    world: &'w World,
    taken: &'w FxHashSet<NameKey>,
    in_force: Vec<NameKey>,
    names: FxHashMap<VariableId, String>,
}

impl<'w> Variables<'w> {
    /// For a declaration with these parameters; no variable is named as one of `taken`.
    pub fn new<'p>(world: &'w World, taken: &'w FxHashSet<NameKey>, parameters: impl Iterator<Item = &'p str>) -> Self {
        let mut variables = Self { world, taken, in_force: Vec::new(), names: FxHashMap::default() };
        for (index, name) in parameters.enumerate() {
            variables.names.insert(VariableId::from_index(index), name.to_owned());
            variables.in_force.push(NameKey::new(name));
        }
        variables
    }

    /// The name of `variable`.
    pub fn name(&self, variable: VariableId) -> String {
        self.names.get(&variable).cloned().unwrap_or_else(|| format!("v{}", variable.index()))
    }

    /// Names what a `seen by` line binds, and what stands in its condition.
    pub fn observer(&mut self, binding: &Binding, condition: &Expression) {
        self.enter(binding);
        self.expression(condition);
        self.in_force.pop();
    }

    /// Names what `expression` binds.
    pub fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Quantified(_, binding, body) => {
                self.enter(binding);
                self.expression(body);
                self.in_force.pop();
            }
            Expression::Not(inner)
            | Expression::Believes(_, inner)
            | Expression::Knows(_, inner)
            | Expression::KnowsWhether(_, inner)
            | Expression::Wonders(_, inner)
            | Expression::IsKind(inner, _) => self.expression(inner),
            Expression::And(parts) | Expression::Or(parts) => parts.iter().for_each(|part| self.expression(part)),
            Expression::Compare(_, left, right) | Expression::Arithmetic(_, left, right) => {
                self.expression(left);
                self.expression(right);
            }
            Expression::If(cases, otherwise) => {
                for (test, value) in cases {
                    self.expression(test);
                    self.expression(value);
                }
                self.expression(otherwise);
            }
            _ => {}
        }
    }

    /// Names what `effect` binds.
    pub fn effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Assign(_, value) => self.expression(value),
            Effect::Believes(_, inner) => self.effect(inner),
            Effect::If(test, inner) => {
                self.expression(test);
                self.effect(inner);
            }
            Effect::ForAll(binding, inner) => {
                self.enter(binding);
                self.effect(inner);
                self.in_force.pop();
            }
            Effect::All(parts) => parts.iter().for_each(|part| self.effect(part)),
            Effect::Statement(_) | Effect::Stated(_) => {}
        }
    }

    fn enter(&mut self, binding: &Binding) {
        let kind = binding.kinds.first().and_then(|kind| self.world.kinds.get(kind.index()));
        let initial = kind.and_then(|kind| kind.name.chars().next()).unwrap_or('x').to_ascii_lowercase();
        let initial = Some(initial.to_string()).filter(|_| initial.is_ascii_alphabetic() && initial != 'a');
        let letters = ["x", "y", "z", "u", "v", "w"].map(str::to_owned);
        let numbered = (1_u64..).map(|number| format!("x{number}"));
        let free = |name: &String| {
            let key = NameKey::new(name);
            !self.taken.contains(&key) && !self.in_force.contains(&key)
        };
        let name = initial.into_iter().chain(letters).chain(numbered).find(free).unwrap_or_default();
        self.in_force.push(NameKey::new(&name));
        self.names.insert(binding.variable, name);
    }
}

//! What names mean inside one declaration: parameters and quantified variables.

use crate::world::{EntityId, KindId, VariableId};

/// What a name in a declaration stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A variable over a kind.
    Variable(VariableId, KindId),
    /// One entity: the declaration was taken apart, or a parameter's name is repeated.
    Constant(EntityId),
    /// One of the two booleans, over which no variable of the world ranges.
    Boolean(bool),
}

/// The names in force, innermost last.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope<'a> {
    names: Vec<(&'a str, Meaning)>,
    variables: usize,
}

impl<'a> Scope<'a> {
    /// A scope whose first `parameters` variables are taken.
    pub fn new(parameters: usize) -> Self {
        Self { names: Vec::new(), variables: parameters }
    }

    /// What `name` means, if it is bound here.
    pub fn find(&self, name: &str) -> Option<Meaning> {
        self.names.iter().rev().find(|(bound, _)| *bound == name).map(|&(_, meaning)| meaning)
    }

    /// A variable that nothing else in the declaration uses.
    pub fn new_variable(&mut self) -> VariableId {
        self.variables += 1;
        VariableId::from_index(self.variables - 1)
    }

    /// Binds `name` until [`Scope::leave`].
    pub fn enter(&mut self, name: &'a str, meaning: Meaning) {
        self.names.push((name, meaning));
    }

    /// Undoes the last [`Scope::enter`].
    pub fn leave(&mut self) {
        self.names.pop();
    }
}

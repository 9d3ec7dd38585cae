//! The variables that a formula or effect may name: parameters first, then what quantifiers and `seen by` lines bind.

use crate::source::Span;
use crate::world::names::NameKey;
use crate::world::{Binding, EntityId, FluentTerm, KindId, Parameter, ParameterKind, VariableId};

/// What a variable holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum VariableKind {
    /// An entity of one of these kinds.
    Entity(Vec<KindId>),
    /// This entity only.
    Constant(EntityId),
    /// A statement.
    Statement,
    /// A number.
    Number,
    /// Its kinds were not understood; that is reported, so anything goes.
    Broken,
}

/// A variable in scope.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    /// Its id, unique within the declaration.
    pub id: VariableId,
    /// Its name as written.
    pub name: String,
    /// What it holds.
    pub kind: VariableKind,
    key: NameKey,
}

/// A fact used as an argument: the condition around it looks up its value.
#[derive(Clone, Debug)]
pub(crate) struct Nested {
    /// The variable that stands for its value.
    pub binding: Binding,
    /// The fact.
    pub fact: FluentTerm,
    /// Where it was written.
    pub span: Span,
}

/// The variables in scope, innermost last. Ids count up through the whole declaration and are never reused.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    variables: Vec<Variable>,
    /// Variables without a name, in scope to the end.
    hidden: Vec<Variable>,
    next: usize,
    /// Facts used as arguments that no condition has taken up yet.
    pub nested: Vec<Nested>,
}

impl Scope {
    /// The scope of a declaration's body: its parameters are variables 0, 1, ….
    pub fn of_parameters(parameters: &[Parameter]) -> Self {
        let mut scope = Self::default();
        for parameter in parameters {
            let kind = match &parameter.kind {
                ParameterKind::Entity(kinds) => VariableKind::Entity(kinds.clone()),
                ParameterKind::Constant(entity) => VariableKind::Constant(*entity),
                ParameterKind::Statement => VariableKind::Statement,
                ParameterKind::Number => VariableKind::Number,
            };
            scope.bind(&parameter.name, kind);
        }
        scope
    }

    /// Adds an innermost variable.
    pub fn bind(&mut self, name: &str, kind: VariableKind) -> VariableId {
        let id = VariableId::from_index(self.next);
        self.next += 1;
        self.variables.push(Variable { id, name: name.to_owned(), kind, key: NameKey::new(name) });
        id
    }

    /// Adds a variable that has no name.
    pub fn bind_hidden(&mut self, kind: VariableKind) -> VariableId {
        let id = self.bind("this", kind);
        self.hidden.extend(self.variables.pop());
        id
    }

    /// Ends the scope of the innermost variable.
    pub fn unbind(&mut self) {
        self.variables.pop();
    }

    /// The innermost variable of this name.
    pub fn find(&self, name: &str) -> Option<&Variable> {
        if self.variables.is_empty() {
            return None;
        }
        let key = NameKey::new(name);
        self.variables.iter().rev().find(|variable| variable.key == key)
    }

    /// The variable with this id.
    pub fn variable(&self, id: VariableId) -> Option<&Variable> {
        self.variables.iter().chain(&self.hidden).find(|variable| variable.id == id)
    }

    /// The variables in scope that have a name, innermost last.
    pub fn all(&self) -> impl Iterator<Item = &Variable> {
        self.variables.iter()
    }

    /// The names of all variables in scope.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().map(|variable| variable.name.as_str())
    }
}

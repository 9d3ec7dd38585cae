//! What may be said in plans.

use super::{
    Name, Statement,
    items::kinds_of,
    node::{AstNode, ast_node, child, children},
};

ast_node! {
    /// `sayable the marble is in the box`, `sayable every thing t: inside(t) = box`
    SayableDeclaration, Sayable
}

ast_node! {
    /// `every thing t`
    SayableEvery, SayableEvery
}

impl SayableDeclaration {
    /// What stands for many, in order.
    pub fn every(&self) -> impl Iterator<Item = SayableEvery> + use<> {
        children(self.syntax(), self.file())
    }

    /// What may be said.
    pub fn statement(&self) -> Option<Statement> {
        Statement::of(self)
    }
}

impl SayableEvery {
    /// The kinds that it ranges over.
    pub fn kinds(&self) -> Vec<Name> {
        kinds_of(self.syntax(), self.file()).collect()
    }

    /// What each of them is called.
    pub fn variable(&self) -> Option<Name> {
        child(self.syntax(), self.file())
    }
}

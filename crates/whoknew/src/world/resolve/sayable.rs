//! What may be said in plans.

use super::statements::canonical;
use super::{Resolved, Resolver, Scope, Tree, VariableKind};
use crate::syntax::ast::{AstNode, Item, SayableDeclaration, Statement};
use crate::world::{Parameter, ParameterKind, Sayable};

impl Resolver<'_> {
    /// Resolves all `sayable` lines.
    pub(super) fn resolve_sayable(&mut self, trees: &[Tree]) {
        for item in trees.iter().flat_map(|tree| tree.items()) {
            if let Item::Sayable(sayable) = item
                && !self.broken.touch(sayable.span())
            {
                let resolved = self.sayable(&sayable);
                self.world.sayable.extend(resolved.ok());
            }
        }
    }

    fn sayable(&mut self, sayable: &SayableDeclaration) -> Resolved<Sayable> {
        let mut scope = Scope::default();
        let mut parameters = Vec::new();
        for every in sayable.every() {
            let kinds = self.kinds(&every.kinds())?;
            let name = every.variable().ok_or(super::Reported)?.text();
            scope.bind(&name, VariableKind::Entity(kinds.clone()));
            parameters.push(Parameter { name, kind: ParameterKind::Entity(kinds) });
        }
        let said = sayable.statement().ok_or(super::Reported)?;
        let span = said.span();
        let statement = match &said {
            Statement::Formula(formula) if !parameters.is_empty() => canonical(self.condition(formula, &mut scope)?),
            said => self.statement(said)?.value,
        };
        self.require_assertable(&statement, span)?;
        Ok(Sayable { parameters, statement, span: sayable.span() })
    }
}

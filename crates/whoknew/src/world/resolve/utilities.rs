//! Wants and aims.

use super::codes::DECLARED_TWICE;
use super::{Resolved, Resolver, Scope, Tree, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{AstNode, Formula, Item, Name, StringLiteral, WantDeclaration, WantHolder};
use crate::world::names::NameKey;
use crate::world::usage::Symbol;
use crate::world::{EntityId, Holder, Term, Utility, UtilityId};

impl Resolver<'_> {
    /// Resolves all wants and aims.
    pub(super) fn resolve_utilities(&mut self, trees: &[Tree]) {
        for item in trees.iter().flat_map(|tree| tree.items()) {
            match &item {
                Item::Want(want) if !self.broken.touch(want.span()) => self.want(want),
                Item::Want(want) => self.lacks_wants |= want.label().is_some(),
                Item::Aim(aim) if !self.broken.touch(aim.span()) => {
                    let Some(formula) = aim.value() else { continue };
                    let said = Said { label: aim.label(), formula, span: aim.span() };
                    let mut scope = Scope::default();
                    self.utility(Holder::Author, &said, &mut scope).ok();
                }
                _ => {}
            }
        }
        self.inside = None;
    }

    fn want(&mut self, want: &WantDeclaration) {
        let (Some(holder), Some(formula)) = (want.holder(), want.value()) else { return };
        let said = Said { label: want.label(), formula, span: want.span() };
        match holder {
            WantHolder::Characters(names) => {
                for name in &names {
                    let Ok(character) = self.certain_character(name) else { continue };
                    let mut scope = Scope::default();
                    if self.utility(Holder::Character(character), &said, &mut scope).is_err() {
                        self.lacks_wants = true;
                        return;
                    }
                }
            }
            WantHolder::Every { kinds, variable } => self.want_of_every(&kinds, &variable, &said),
        }
    }

    /// `want every vampire v: fed(v)`: one want for each of them.
    fn want_of_every(&mut self, kinds: &[Name], variable: &Name, said: &Said) {
        let Ok(kinds) = self.kinds(kinds) else { return };
        let mut general = Scope::default();
        let id = general.bind(&variable.text(), VariableKind::Entity(kinds.clone()));
        let checked = self.require_character(Term::Variable(id), variable.span(), &general);
        if checked.is_err() || self.number(&said.formula, &mut general).is_err() {
            self.lacks_wants = true;
            return;
        }
        let holders: Vec<EntityId> = self.world.entities_of(&kinds).collect();
        for holder in holders {
            let mut scope = Scope::default();
            scope.bind(&variable.text(), VariableKind::Constant(holder));
            if self.utility(Holder::Character(holder), said, &mut scope).is_err() {
                return;
            }
        }
    }

    fn utility(&mut self, holder: Holder, said: &Said, scope: &mut Scope) -> Resolved<()> {
        let id = UtilityId::from_index(self.world.utilities.len());
        self.inside = Some(Symbol::Utility(id));
        let value = self.number(&said.formula, scope);
        self.inside = None;
        let value = value?;
        let label = said.label.as_ref().map(|label| label.text().to_owned());
        if let (Some(label), Holder::Character(character)) = (&label, holder) {
            let key = (character, NameKey::new(label));
            if let Some(&other) = self.names.wants.get(&key) {
                let first = self.world.utilities[other.index()].span;
                let name = &self.world.entities[character.index()].name;
                let title = format!("{name} has two wants named \"{label}\"");
                let message = Diagnostic::new(&DECLARED_TWICE, title, Some(said.span));
                return Err(self.report(message.label(first, "first declared here")));
            }
            self.names.wants.insert(key, id);
        }
        self.world.utilities.push(Utility { holder, label, value, span: said.span });
        Ok(())
    }
}

/// What a want or aim says.
struct Said {
    label: Option<StringLiteral>,
    formula: Formula,
    span: Span,
}

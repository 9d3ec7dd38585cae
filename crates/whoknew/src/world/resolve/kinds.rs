//! Kinds: merged over all their declarations, acyclic.

use super::codes::{KIND_CYCLE, TOO_MANY_KINDS, UNKNOWN_KIND};
use super::{Reported, Resolved, Resolver, Tree};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{AstNode, Item, KindDeclaration, Name};
use crate::world::names::NameKey;
use crate::world::packs;
use crate::world::suggest::did_you_mean;
use crate::world::usage::Symbol;
use crate::world::{Kind, KindId, World};

/// The most kinds of one story.
const MOST_KINDS: usize = 1_000;

/// The words that begin an item: offered when a line begins with a kind that nobody declared.
const ITEM_WORDS: &[&str] = &[
    "story", "use", "kind", "fact", "action", "rule", "extend", "want", "aim", "sayable", "start", "told", "scene",
    "test",
];

impl Resolver<'_> {
    /// Declares all kinds of all files.
    pub(super) fn declare_kinds(&mut self, trees: &[Tree]) {
        for (index, kind) in self.world.kinds.iter().enumerate() {
            self.names.kinds.insert(NameKey::new(&kind.name), KindId::from_index(index));
        }
        let declarations: Vec<KindDeclaration> = trees
            .iter()
            .flat_map(|tree| tree.items())
            .filter_map(|item| if let Item::Kind(kind) = item { Some(kind) } else { None })
            .collect();
        for declaration in &declarations {
            self.declare_kind(declaration);
        }
        if self.world.kinds.len() > MOST_KINDS {
            let span = declarations.last().map(AstNode::span);
            let title = format!("there are {} kinds; {MOST_KINDS} are allowed", self.world.kinds.len());
            self.report(Diagnostic::new(&TOO_MANY_KINDS, title, span));
            return;
        }
        for declaration in &declarations {
            self.add_parents(declaration);
        }
        for kind in self.world.kinds.iter_mut().skip(1) {
            if kind.parents.is_empty() {
                kind.parents.push(World::ENTITY_KIND);
            }
        }
        self.break_kind_cycles();
    }

    fn declare_kind(&mut self, declaration: &KindDeclaration) {
        if self.note_if_broken(declaration) {
            return;
        }
        let Some(name) = declaration.name() else { return };
        let text = name.text();
        let key = NameKey::new(&text);
        if !self.names.kinds.contains_key(&key) {
            self.names.kinds.insert(key, KindId::from_index(self.world.kinds.len()));
            self.world.kinds.push(Kind { name: text, parents: Vec::new(), span: Some(name.span()) });
        }
    }

    fn add_parents(&mut self, declaration: &KindDeclaration) {
        let Some(kind) = declaration.name().and_then(|name| self.names.kind(&name.text())) else { return };
        self.inside = Some(Symbol::Kind(kind));
        for parent in declaration.parents() {
            if let Ok(parent) = self.kind(&parent) {
                let parents = &mut self.world.kinds[kind.index()].parents;
                if !parents.contains(&parent) {
                    parents.push(parent);
                }
            }
        }
        self.inside = None;
    }

    /// Reports each circle of kinds and cuts it, so that what follows may rely on there being none.
    fn break_kind_cycles(&mut self) {
        let mut done = vec![false; self.world.kinds.len()];
        for first in 0..done.len() {
            let mut path: Vec<(usize, usize)> = if done[first] { Vec::new() } else { vec![(first, 0)] };
            while let Some(&(kind, next)) = path.last() {
                let Some(parent) = self.world.kinds[kind].parents.get(next).map(|parent| parent.index()) else {
                    done[kind] = true;
                    path.pop();
                    continue;
                };
                if let Some(start) = path.iter().position(|&(other, _)| other == parent) {
                    let members: Vec<usize> = path[start..].iter().map(|&(member, _)| member).collect();
                    self.report_kind_cycle(&members);
                    self.world.kinds[kind].parents.remove(next);
                    continue;
                }
                if let Some(last) = path.last_mut() {
                    last.1 += 1;
                }
                if !done[parent] {
                    path.push((parent, 0));
                }
            }
        }
    }

    fn report_kind_cycle(&mut self, members: &[usize]) {
        let kinds: Vec<(String, Option<Span>)> = members
            .iter()
            .map(|&member| (self.world.kinds[member].name.clone(), self.world.kinds[member].span))
            .collect();
        let Some((first, span)) = kinds.first() else { return };
        let title = if kinds.len() == 1 {
            format!("the kind {first} lies below itself")
        } else {
            let names: Vec<&str> = kinds.iter().map(|(name, _)| name.as_str()).collect();
            format!("the kind {} lies below itself: {} below {first}", first, names.join(" below "))
        };
        let mut message = Diagnostic::new(&KIND_CYCLE, title, *span);
        for (name, span) in kinds.iter().skip(1) {
            if let Some(span) = span {
                message = message.label(*span, format!("{name} is declared here"));
            }
        }
        self.report(message);
    }

    /// The kind that `name` names.
    pub(crate) fn kind(&mut self, name: &Name) -> Resolved<KindId> {
        let text = name.text();
        if let Some(kind) = self.names.kind(&text) {
            self.used(Symbol::Kind(kind), name.span());
            return Ok(kind);
        }
        if self.names.may_be_broken(&text) {
            return Err(Reported);
        }
        let mut message = Diagnostic::new(&UNKNOWN_KIND, format!("there is no kind `{text}`"), Some(name.span()));
        let kinds = self.world.kinds.iter().map(|kind| kind.name.as_str());
        match self.suggesting().then(|| did_you_mean(&text, kinds)).flatten() {
            Some(question) => message = message.help(question),
            None => message = message.help(format!("to declare it, write `kind {text}`")),
        }
        if let Some(pack) = packs::with_kind(&text) {
            message = message.help(format!("the pack `{0}` declares it: `use {0}`", pack.name));
        }
        self.names.note_reported(&text);
        Err(self.report(message))
    }

    /// The kind at the head of a line of entities. What else the line could have been is offered too.
    pub(super) fn head_kind(&mut self, name: &Name, below_scene: bool) -> Resolved<KindId> {
        let text = name.text();
        let known = self.names.kind(&text).is_some() || self.names.may_be_broken(&text);
        if known || did_you_mean(&text, self.world.kinds.iter().map(|kind| kind.name.as_str())).is_some() {
            return self.kind(name);
        }
        if below_scene {
            let title = format!("there is no kind `{text}`");
            let message = Diagnostic::new(&UNKNOWN_KIND, title, Some(name.span()));
            let help = "a line that belongs to the scene, start or test above it is indented";
            let declare = format!("to declare a kind, write `kind {text}`");
            return Err(self.report(message.help(help).help(declare)));
        }
        match did_you_mean(&text, ITEM_WORDS.iter().copied()) {
            Some(question) => {
                let title = format!("there is no kind `{text}`");
                Err(self.report(Diagnostic::new(&UNKNOWN_KIND, title, Some(name.span())).help(question)))
            }
            None => self.kind(name),
        }
    }

    /// The kinds that `names` name; all mistakes are reported.
    pub(crate) fn kinds(&mut self, names: &[Name]) -> Resolved<Vec<KindId>> {
        let mut kinds = Vec::with_capacity(names.len());
        let mut failed = None;
        for name in names {
            match self.kind(name) {
                Ok(kind) if !kinds.contains(&kind) => kinds.push(kind),
                Ok(_) => {}
                Err(reported) => failed = Some(reported),
            }
        }
        failed.map_or(Ok(kinds), Err)
    }

    /// Whether every entity of `inner` is of one of `outer`, by the kinds alone.
    pub(crate) fn kinds_within(&self, inner: &[KindId], outer: &[KindId]) -> bool {
        inner.iter().all(|&kind| outer.iter().any(|&ancestor| self.world.is_subkind(kind, ancestor)))
    }

    /// Whether something can be of one of `left` and of one of `right`: by a kind below both, or by an entity of both.
    pub(crate) fn kinds_overlap(&self, left: &[KindId], right: &[KindId]) -> bool {
        let world = &self.world;
        let below = |kind: KindId, kinds: &[KindId]| kinds.iter().any(|&ancestor| world.is_subkind(kind, ancestor));
        left.iter().any(|&kind| below(kind, right))
            || right.iter().any(|&kind| below(kind, left))
            || (0..world.kinds.len()).map(KindId::from_index).any(|kind| below(kind, left) && below(kind, right))
            || world.entities.iter().any(|entity| {
                entity.kinds.iter().any(|&kind| below(kind, left))
                    && entity.kinds.iter().any(|&kind| below(kind, right))
            })
    }

    /// `a character or thing`
    pub(crate) fn any_of_kinds(&self, kinds: &[KindId]) -> String {
        let names: Vec<&str> = kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
        with_article(&names.join(" or "))
    }
}

/// `a person`, `an entity`
pub(crate) fn with_article(noun: &str) -> String {
    let vowel = noun.chars().next().is_some_and(|first| "aeiouAEIOU".contains(first));
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

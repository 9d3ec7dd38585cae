//! Kinds: merged over all their declarations, acyclic.

use super::codes::{KIND_CYCLE, TOO_MANY_KINDS, UNKNOWN_KIND};
use super::repeats::Missing;
use super::{Reported, Resolved, Resolver, Tree};
use crate::diagnostic::Diagnostic;
use crate::source::{Origin, Span};
use crate::syntax::ast::{AstNode, Item, KindDeclaration, Name};
use crate::world::habits;
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
            let help = "a kind is what several have in common: what differs from one to the next is a name of one kind, as in \
                        `person Anna, Ben`, or a fact with a value";
            self.report(Diagnostic::new(&TOO_MANY_KINDS, title, span).help(help));
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
        for name in declaration.parents() {
            let parent = self.kind(&name);
            if parent.is_err() {
                self.loose_kinds.push(kind);
            }
            if let Ok(parent) = parent {
                let parents = &mut self.world.kinds[kind.index()].parents;
                if !parents.contains(&parent) {
                    parents.push(parent);
                    self.parent_spans.insert((kind, parent), name.span());
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
        // It begins with a kind whose parent the story itself gives: there it can be mended.
        let mut members: Vec<KindId> = members.iter().map(|&member| KindId::from_index(member)).collect();
        let above = |members: &[KindId], index: usize| members[(index + 1) % members.len()];
        let place =
            |members: &[KindId], index: usize| self.parent_spans.get(&(members[index], above(members, index))).copied();
        let is_own = |span: Span| self.sources.get(span.file).origin == Origin::Story;
        let own = (0..members.len()).rev().find(|&index| place(&members, index).is_some_and(is_own));
        members.rotate_left(own.unwrap_or(0));
        let places: Vec<Option<Span>> = (0..members.len()).map(|index| place(&members, index)).collect();
        let names: Vec<String> = members.iter().map(|kind| self.world.kinds[kind.index()].name.clone()).collect();
        let Some(first) = names.first() else { return };
        let title = if names.len() == 1 {
            format!("the kind `{first}` lies below itself")
        } else {
            format!("the kind `{first}` lies below itself: {} below {first}", names.join(" below "))
        };
        let mut message = Diagnostic::new(&KIND_CYCLE, title, places.first().copied().flatten());
        for (index, place) in places.iter().enumerate().skip(1) {
            if let Some(place) = place {
                let parent = &names[(index + 1) % names.len()];
                message = message.label(*place, format!("here {} is put below {parent}", names[index]));
            }
        }
        let help = if names.len() == 1 {
            "leave out the part after the `:`"
        } else {
            "the kind before the `:` is the special one, those after it are general: leave out the one that is not"
        };
        self.loose_kinds.extend(&members);
        self.report(message.help(help));
    }

    /// The kind that `name` names.
    pub(crate) fn kind(&mut self, name: &Name) -> Resolved<KindId> {
        let text = name.text();
        if let Some(kind) = self.names.kind(&text) {
            self.used(Symbol::Kind(kind), name.span());
            return Ok(kind);
        }
        let repeated = self.is_missed_again(Missing::Kind, &text, name.span());
        if repeated || self.names.may_be_broken(&text) {
            return Err(Reported);
        }
        let message = Diagnostic::new(&UNKNOWN_KIND, format!("there is no kind `{text}`"), Some(name.span()));
        Err(self.report_unknown_kind(&text, message))
    }

    /// Reports an unknown kind with what may be meant by it, or how to declare it.
    fn report_unknown_kind(&mut self, text: &str, message: Diagnostic) -> Reported {
        if let Some(pack) = packs::with_kind(text) {
            return self.report_declared_in(pack, message);
        }
        self.names.note_reported(text);
        let other_word = habits::for_value_kind(text).map(str::to_owned).or_else(|| self.other_word(text));
        let kinds = self.world.kinds.iter().map(|kind| kind.name.as_str());
        let message = match self.suggesting().then(|| did_you_mean(text, kinds)).flatten() {
            _ if other_word.is_some() => message.help(other_word.unwrap_or_default()),
            Some(question) => message.help(question),
            None => message.help(format!(
                "to declare it, write `kind {text}`, or `kind {text} : character` if its members believe and act"
            )),
        };
        self.report_missing(Missing::Kind, &[text], message)
    }

    /// What a kind is called for which authors have another word.
    fn other_word(&self, text: &str) -> Option<String> {
        let own = habits::for_kind(text)?;
        if self.names.kind(own).is_some() {
            let declare = format!("; or declare your own below it: `kind {text} : {own}`");
            let declare = if habits::is_plural(text) { String::new() } else { declare };
            return Some(format!("the kind for this is called `{own}`{declare}"));
        }
        let pack = packs::with_kind(own)?;
        Some(format!("the pack `{0}` calls it `{own}`: write `use {0}` above", pack.name))
    }

    /// The kind at the head of a line of entities. What else the line could have been is offered too.
    pub(super) fn head_kind(&mut self, name: &Name, below_scene: bool) -> Resolved<KindId> {
        let text = name.text();
        let known = self.names.kind(&text).is_some() || self.names.may_be_broken(&text);
        if known || did_you_mean(&text, self.world.kinds.iter().map(|kind| kind.name.as_str())).is_some() {
            return self.kind(name);
        }
        let other_word = habits::for_kind(&text).is_some() || packs::with_kind(&text).is_some();
        if below_scene {
            let title = format!("there is no kind `{text}`");
            let message = Diagnostic::new(&UNKNOWN_KIND, title, Some(name.span()));
            let help = "a line that belongs to the scene, start or test above it is indented";
            let declare = format!("to declare a kind, write `kind {text}`");
            return Err(self.report(message.help(help).help(declare)));
        }
        match did_you_mean(&text, ITEM_WORDS.iter().copied()) {
            Some(question) if !other_word => {
                let title = format!("there is no kind `{text}`");
                Err(self.report(Diagnostic::new(&UNKNOWN_KIND, title, Some(name.span())).help(question)))
            }
            _ => self.kind(name),
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
        inner.iter().all(|&kind| {
            self.loose_kinds.contains(&kind) || outer.iter().any(|&ancestor| self.world.is_subkind(kind, ancestor))
        })
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

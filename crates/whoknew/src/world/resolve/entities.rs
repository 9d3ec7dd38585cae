//! Entities: persons, places, things, with their other names.

use super::codes::{DECLARED_TWICE, RESERVED_NAME, UNKNOWN_NAME};
use super::{Reported, Resolved, Resolver, Tree, kinds::with_article};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{AstNode, DeclaredEntity, EntityDeclaration, Item, Name};
use crate::world::names::NameKey;
use crate::world::suggest::did_you_mean;
use crate::world::usage::Symbol;
use crate::world::{Entity, EntityId, KindId, World};

/// Names of the language itself.
const RESERVED: &[&str] = &["someone", "something", "yes", "no", "everybody", "nobody", "reader"];

impl Resolver<'_> {
    /// Declares all entities of all files: characters first, the unknown entity last.
    pub(super) fn declare_entities(&mut self, trees: &[Tree]) {
        let mut declared: Vec<Entity> = Vec::new();
        for item in trees.iter().flat_map(|tree| tree.items()) {
            if let Item::Entities(line) = item {
                self.declare_line(&line, &mut declared);
            }
        }
        let is_character =
            |entity: &Entity| entity.kinds.iter().any(|&kind| self.world.is_subkind(kind, World::CHARACTER_KIND));
        let (characters, others): (Vec<Entity>, Vec<Entity>) = declared.into_iter().partition(is_character);
        self.world.characters = characters.len();
        self.world.entities = characters;
        self.world.entities.extend(others);
        self.world.entities.push(someone());
        self.name_entities();
    }

    fn declare_line(&mut self, line: &EntityDeclaration, declared: &mut Vec<Entity>) {
        let mut kinds = Vec::new();
        let mut usable = !self.note_if_broken(line);
        for name in line.kinds() {
            match self.head_kind(&name, is_below_scene(line)) {
                Ok(kind) => kinds.push((kind, name.span())),
                Err(Reported) => usable = false,
            }
        }
        if !usable {
            self.note_broken_words(line);
        }
        let ids: Vec<KindId> = kinds.into_iter().map(|(kind, _)| kind).collect();
        for entity in line.entities() {
            let Some(name) = entity.name() else { continue };
            if !usable || self.is_reserved(&name) {
                continue;
            }
            declared.push(Entity {
                name: name.text(),
                aliases: self.aliases(&entity),
                kinds: ids.clone(),
                minor: line.minor(),
                span: Some(name.span()),
            });
        }
    }

    fn aliases(&mut self, entity: &DeclaredEntity) -> Vec<String> {
        let mut aliases = Vec::new();
        for alias in entity.aliases() {
            if !self.is_reserved(&alias) {
                self.alias_spans.insert(alias.text(), alias.span());
                aliases.push(alias.text());
            }
        }
        aliases
    }

    fn is_reserved(&mut self, name: &Name) -> bool {
        let key = NameKey::new(&name.text());
        let reserved = RESERVED.contains(&key.as_str());
        if reserved {
            let title = format!("`{}` cannot be the name of an entity: the language uses this word", name.text());
            self.report(Diagnostic::new(&RESERVED_NAME, title, Some(name.span())));
        }
        reserved
    }

    /// Enters the names of all entities and reports those that two share.
    fn name_entities(&mut self) {
        for index in 0..self.world.entities.len() {
            let id = EntityId::from_index(index);
            let entity = &self.world.entities[index];
            let mut names = vec![(entity.name.clone(), entity.span)];
            for alias in &entity.aliases {
                names.push((alias.clone(), self.alias_spans.get(alias).copied().or(entity.span)));
            }
            for (name, span) in names {
                match self.names.entities.get(&NameKey::new(&name)) {
                    Some(&other) if other == id => {}
                    Some(&other) => self.report_shared_name(&name, span, other),
                    None => {
                        self.names.entities.insert(NameKey::new(&name), id);
                    }
                }
            }
        }
    }

    fn report_shared_name(&mut self, name: &str, span: Option<Span>, other: EntityId) {
        let other = &self.world.entities[other.index()];
        let key = NameKey::new(name);
        let alias = other.aliases.iter().find(|alias| NameKey::new(alias) == key);
        let first = alias.and_then(|alias| self.alias_spans.get(alias).copied()).or(other.span);
        let title = format!("there are two entities named `{name}`");
        let first_words = match alias {
            Some(_) if NameKey::new(&other.name) != key => format!("already another name of {}", other.name),
            _ => "first declared here".to_owned(),
        };
        let mut message = Diagnostic::new(&DECLARED_TWICE, title, span).at("declared again here");
        if let Some(first) = first {
            message = message.label(first, first_words);
        }
        let kinds: Vec<&str> = other.kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
        let help = format!(
            "give one of them another name; to give one entity several kinds, declare it once, as `{} and … {}`",
            kinds.join(" and "),
            other.name
        );
        self.report(message.help(help));
    }

    /// The entity that `name` names; no variables.
    pub(crate) fn entity(&mut self, name: &Name) -> Resolved<EntityId> {
        let text = name.text();
        if let Some(entity) = self.names.entity(&text) {
            self.used(Symbol::Entity(entity), name.span());
            return Ok(entity);
        }
        Err(self.unknown_name(&text, name.span(), &[]))
    }

    /// Reports that nothing has this name. `others` are names in scope that would do as well.
    pub(crate) fn unknown_name(&mut self, text: &str, span: Span, others: &[&str]) -> Reported {
        if self.names.may_be_broken(text) {
            return Reported;
        }
        let mut message = Diagnostic::new(&UNKNOWN_NAME, format!("nothing is named `{text}`"), Some(span));
        let entities =
            self.world.entities.iter().flat_map(|entity| {
                std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str))
            });
        let question = self.suggesting().then(|| did_you_mean(text, others.iter().copied().chain(entities))).flatten();
        if let Some(question) = question {
            message = message.help(question);
        } else if self.names.kind(text).is_some() {
            message = message.help(format!("`{text}` is a kind; name one of its members"));
        } else if self.names.fluents.contains_key(&NameKey::new(text)) {
            message = message.help(format!("`{text}` is a fact; it needs its arguments: `{text}(…)`"));
        } else {
            message = message.help(self.how_to_declare(text));
        }
        self.names.note_reported(text);
        self.report(message)
    }

    fn how_to_declare(&self, text: &str) -> String {
        let own = self.world.kinds.iter().find(|kind| kind.span.is_some());
        let kind = own.map_or("character", |kind| kind.name.as_str());
        format!("to declare it, write its kind and its name, as in `{kind} {text}`")
    }

    /// `Sally is a person`
    pub(crate) fn entity_is(&self, entity: EntityId) -> String {
        let entity = &self.world.entities[entity.index()];
        let kinds: Vec<&str> = entity.kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
        format!("{} is {}", entity.name, with_article(&kinds.join(" and ")))
    }

    /// Whether `entity` is of one of `kinds`.
    pub(crate) fn entity_within(&self, entity: EntityId, kinds: &[KindId]) -> bool {
        kinds.iter().any(|&kind| self.world.is_of_kind(entity, kind))
    }
}

/// Whether a scene, start or test stands above the line, so that it may belong to that.
fn is_below_scene(line: &EntityDeclaration) -> bool {
    let above = std::iter::successors(line.syntax().prev_sibling(), |node| node.prev_sibling());
    let mut items = above.skip_while(|node| node.kind() == line.syntax().kind());
    items.next().is_some_and(|node| matches!(node.kind(), SyntaxKind::Scene | SyntaxKind::Start | SyntaxKind::Test))
}

/// The built-in unknown entity.
fn someone() -> Entity {
    Entity {
        name: "someone".to_owned(),
        aliases: vec!["something".to_owned()],
        kinds: vec![World::ENTITY_KIND],
        minor: true,
        span: None,
    }
}

//! Entities: persons, places, things, with their other names.

use super::codes::{DECLARED_TWICE, RESERVED_NAME, UNKNOWN_KIND, UNKNOWN_NAME};
use super::repeats::Missing;
use super::{Reported, Resolved, Resolver, Tree, kinds::with_article};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{AstNode, DeclaredEntity, EntityDeclaration, Item, Name};
use crate::world::names::NameKey;
use crate::world::unknown::UnknownName;
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
        if usable && self.report_said_kind(line) {
            self.note_broken_words(line);
            return;
        }
        if usable && self.report_untold(line, declared) {
            self.note_broken_words(line);
            return;
        }
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

    /// Reports `Sally is a person`, where `person Sally` is meant.
    fn report_said_kind(&mut self, line: &EntityDeclaration) -> bool {
        let text = self.sources.slice(line.span()).trim();
        let found = [" is a ", " is an ", " are "].into_iter().find_map(|verb| text.split_once(verb));
        let Some((names, kind)) = found else { return false };
        let begins = line.kinds().next().is_some_and(|name| self.names.kind(&name.text()).is_none());
        let singular = kind.strip_suffix('s').unwrap_or(kind);
        let known = [kind, singular].into_iter().find(|kind| self.names.kind(kind).is_some());
        let (Some(kind), true) = (known, begins) else { return false };
        let title = "somebody or something is declared by its kind and its name";
        let help = format!("write `{kind} {}`", names.replace(" and ", ", "));
        self.report(Diagnostic::new(&UNKNOWN_KIND, title, Some(line.span())).help(help));
        true
    }

    /// Reports `Anna goes to the garden` outside every scene, where it reads like the declaration of a kind's members.
    fn report_untold(&mut self, line: &EntityDeclaration, declared: &[Entity]) -> bool {
        let Some(kind) = line.kinds().next().filter(|kind| self.names.kind(&kind.text()).is_none()) else {
            return false;
        };
        let text = self.sources.slice(line.span()).trim().to_lowercase();
        let begins = |name: &str| {
            let rest = text.strip_prefix(name.to_lowercase().as_str());
            rest.is_some_and(|rest| rest.starts_with([' ', ',']) || rest.starts_with("'s "))
        };
        let known =
            declared.iter().find(|entity| begins(&entity.name) || entity.aliases.iter().any(|alias| begins(alias)));
        let Some(known) = known.filter(|_| !is_below_scene(line)) else { return false };
        let title = format!("`{}` is no kind, but the name of somebody or something", known.name);
        let message = Diagnostic::new(&UNKNOWN_KIND, title, Some(kind.span()));
        let message = known.span.into_iter().fold(message, |message, span| message.label(span, "declared here"));
        let help =
            "what happens is told in a scene: put a line `scene 1` above it, and indent what happens below that line";
        self.report_once(Missing::Scene, "scene", message.help(help));
        true
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
            let help = format!("give it a longer name, as `Old {0}` or `{0} the Great`", capital(&key));
            self.report(Diagnostic::new(&RESERVED_NAME, title, Some(name.span())).help(help));
            self.names.note_reported(&name.text());
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
                    Some(&other) => self.report_shared_name(&name, span, id, other),
                    None => {
                        self.names.entities.insert(NameKey::new(&name), id);
                    }
                }
            }
        }
    }

    fn report_shared_name(&mut self, name: &str, span: Option<Span>, of: EntityId, other: EntityId) {
        let of = &self.world.entities[of.index()];
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
        let is_name = NameKey::new(&of.name) == key;
        let help = if !is_name || alias.is_some() {
            "another name stands for one alone: leave it out of one of them".to_owned()
        } else if of.kinds == other.kinds {
            "declare it once; two of one name need something that tells them apart, as a second name".to_owned()
        } else {
            let all = other.kinds.iter().chain(of.kinds.iter().filter(|kind| !other.kinds.contains(kind)));
            let kinds: Vec<&str> = all.map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
            format!(
                "if they are one, declare it once: `{} {}`; if not, give one of them another name",
                kinds.join(" and "),
                other.name
            )
        };
        if is_name && of.name != other.name && alias.is_none() {
            message = message.note("capital letters and articles do not tell names apart");
        }
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

    /// Resolves a name that stands where one of `kinds` is asked for: messages about it speak of those.
    pub(crate) fn wanting<T>(&mut self, kinds: &[KindId], resolve: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.wanted, kinds.to_vec());
        let resolved = resolve(self);
        self.wanted = outer;
        resolved
    }

    /// Reports that nothing has this name. `others` are names in scope that would do as well.
    pub(crate) fn unknown_name(&mut self, text: &str, span: Span, others: &[&str]) -> Reported {
        if self.is_missed_again(Missing::Entity, text, span) || self.names.may_be_broken(text) {
            return Reported;
        }
        let message = Diagnostic::new(&UNKNOWN_NAME, format!("nothing is named `{text}`"), Some(span));
        let suggests = self.suggesting();
        let unknown = UnknownName { world: &self.world, name: text, kinds: &self.wanted, others, suggests };
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let message = if self.names.fluents.contains_key(&NameKey::new(first)) && self.names.entity(rest).is_some() {
            message.help(format!("a fact has its arguments in brackets: `{first}({rest})`"))
        } else if self.names.fluents.contains_key(&NameKey::new(text)) {
            message.help(format!("`{text}` is a fact; it needs its arguments: `{text}(…)`"))
        } else {
            unknown.explain(message)
        };
        self.names.note_reported(text);
        self.report_missing(Missing::Entity, &[text], message)
    }

    /// `Sally is a person`
    pub(crate) fn entity_is(&self, entity: EntityId) -> String {
        let entity = &self.world.entities[entity.index()];
        let kinds: Vec<&str> = entity.kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
        format!("{} is {}", entity.name, with_article(&kinds.join(" and ")))
    }

    /// Whether `entity` is of one of `kinds`.
    pub(crate) fn entity_within(&self, entity: EntityId, kinds: &[KindId]) -> bool {
        let own = &self.world.entities[entity.index()].kinds;
        own.iter().any(|kind| self.loose_kinds.contains(kind))
            || kinds.iter().any(|&kind| self.world.is_of_kind(entity, kind))
    }
}

/// Whether a scene, start or test stands above the line, so that it may belong to that.
fn is_below_scene(line: &EntityDeclaration) -> bool {
    let above = std::iter::successors(line.syntax().prev_sibling(), |node| node.prev_sibling());
    let mut items = above.skip_while(|node| node.kind() == line.syntax().kind());
    items.next().is_some_and(|node| matches!(node.kind(), SyntaxKind::Scene | SyntaxKind::Start | SyntaxKind::Test))
}

/// A reserved name as part of a longer one.
fn capital(key: &NameKey) -> String {
    crate::world::say::capitalised(key.as_str())
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

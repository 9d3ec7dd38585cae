//! What a name that nobody declares may mean, and how to declare it.

use super::names::{NameKey, is_article};
use super::{Entity, EntityId, KindId, World, habits};
use crate::diagnostic::Diagnostic;
use crate::suggest;

/// At most so many members of a kind are named.
const MOST_MEMBERS: usize = 3;

/// At most so many names are given to who asks.
const MOST_ASKED: usize = 8;

/// Words with which no name begins.
const NO_NAMES: &[&str] = &["of", "in", "on", "at", "to", "with", "by", "for", "from", "about", "into", "not"];

/// A name that nobody declares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct UnknownName<'a> {
    /// The world that lacks it.
    pub world: &'a World,
    /// As written.
    pub name: &'a str,
    /// The kinds that are asked for in its place; empty if any will do.
    pub kinds: &'a [KindId],
    /// Other names that would do in its place: of variables.
    pub others: &'a [&'a str],
    /// Whether to look for names near to it.
    pub suggests: bool,
}

impl<'a> UnknownName<'a> {
    /// The names that may be meant: those that fit in its place, if there are any.
    pub fn near(&self) -> Vec<&'a str> {
        if !self.suggests {
            return Vec::new();
        }
        let fitting = suggest::nearest_names(self.name, self.others.iter().copied().chain(self.names(true)));
        if fitting.is_empty() { suggest::nearest(self.name, self.names(false)) } else { fitting }
    }

    fn names(&self, fitting: bool) -> impl Iterator<Item = &'a str> + use<'a> {
        let (world, kinds) = (self.world, self.kinds);
        let fits = move |entity: EntityId| {
            !fitting || kinds.is_empty() || kinds.iter().any(|&kind| world.is_of_kind(entity, kind))
        };
        let known = world.entities.iter().enumerate();
        known
            .filter(move |(index, _)| {
                let entity = EntityId::from_index(*index);
                entity != world.someone() && fits(entity)
            })
            .flat_map(|(_, entity)| {
                std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str))
            })
    }

    /// Adds to `message` what may be meant, and where that is declared.
    pub fn explain(&self, message: Diagnostic) -> Diagnostic {
        if let Some(habit) = habits::for_name(self.name) {
            return message.help(habit);
        }
        if let Some(entity) = self.only_part_of() {
            return self.offer_alias(message.help(format!("did you mean `{}`?", entity.name)), entity);
        }
        let near = self.near();
        let Some(question) = suggest::question(&near) else { return self.explain_new(message) };
        let message = message.help(question);
        let meant = self.world.entities.iter().find(|entity| names_of(entity).any(|name| near == [name]));
        match meant {
            Some(entity) if self.may_be_alias(entity) => self.offer_alias(message, entity),
            _ => message,
        }
    }

    /// Adds to the `message` about a question what may be meant, or who and what there is.
    pub fn explain_asked(&self, message: Diagnostic) -> Diagnostic {
        if let Some(question) = suggest::question(&self.near()) {
            return message.help(question);
        }
        let kinds: Vec<&str> = self.kinds.iter().map(|kind| self.world.kinds[kind.index()].name.as_str()).collect();
        let known: Vec<&str> = self.names(true).take(MOST_ASKED + 1).collect();
        match (kinds.as_slice(), known.as_slice()) {
            ([], _) | (_, []) => message.help("one can ask about the names that the story declares"),
            (kinds, known) => {
                let further = if known.len() > MOST_ASKED { " and others" } else { "" };
                let known = known[..known.len().min(MOST_ASKED)].join(", ");
                message.help(format!("of the kind {} there are {known}{further}", kinds.join(" or ")))
            }
        }
    }

    /// What to write so that `entity` has this name too.
    fn offer_alias(&self, message: Diagnostic, entity: &Entity) -> Diagnostic {
        let message = entity.span.into_iter().fold(message, |message, span| message.label(span, "declared here"));
        let others: Vec<&str> = entity.aliases.iter().map(String::as_str).chain([self.name]).collect();
        let (name, others) = (&entity.name, others.join(", "));
        message.help(format!("or give it this other name where it is declared: `{name} ({others})`"))
    }

    /// The one entity in whose name all words of this one stand: `the Colonel` of Colonel Mustard.
    fn only_part_of(&self) -> Option<&Entity> {
        let words = |name: &str| -> Vec<NameKey> {
            name.split(' ').filter(|word| !is_article(word)).map(NameKey::new).collect()
        };
        let own = words(self.name);
        let begins_large = |word: &str| is_article(word) || word.starts_with(char::is_uppercase);
        if own.is_empty() || !self.suggests || !self.name.split(' ').all(begins_large) {
            return None;
        }
        let known: Vec<&str> = self.names(true).collect();
        let mut whole = self.world.entities.iter().filter(|entity| {
            known.contains(&entity.name.as_str()) && {
                let words = words(&entity.name);
                words.len() > own.len() && own.iter().all(|word| words.contains(word))
            }
        });
        let (only, None) = (whole.next()?, whole.next()) else { return None };
        Some(only)
    }

    /// Whether it may be another name of `entity`: it has words more or fewer, all of them with capital letters or known.
    fn may_be_alias(&self, entity: &Entity) -> bool {
        let known: Vec<&str> = entity.name.split(' ').collect();
        let is_name = |word: &str| known.contains(&word) || word.chars().next().is_some_and(char::is_uppercase);
        suggest::nearest(self.name, [entity.name.as_str()]).is_empty()
            && !self.name.ends_with("'s")
            && self.name.split(' ').all(is_name)
    }

    fn explain_new(&self, message: Diagnostic) -> Diagnostic {
        if let Some(kind) = self.world.kinds.iter().position(|kind| kind.name.eq_ignore_ascii_case(self.name)) {
            return match self.others {
                [] => message.help(self.members_of(KindId::from_index(kind))),
                others => message.help(format!(
                    "`{0}` is a kind; the names here are `{1}`; of all it is said so: `for all x: {0} (…)`",
                    self.name,
                    others.join("`, `")
                )),
            };
        }
        let is_letter = |name: &str| name.chars().count() == 1 && name.chars().all(char::is_alphabetic);
        if is_letter(self.name) {
            let kind = &self.world.kinds[self.kind_to_declare().index()].name;
            let name = self.name;
            return message.help(format!(
                "to speak of anybody, bind it: `exists {name}: {kind} (…)`, `for all {name}: {kind} (…)`"
            ));
        }
        let begins = self.name.split(' ').next().unwrap_or_default().to_lowercase();
        if NO_NAMES.contains(&begins.as_str()) {
            return message;
        }
        message.help(self.how_to_declare())
    }

    /// `to declare it, write its kind and its name: …`
    pub fn how_to_declare(&self) -> String {
        let kind = &self.world.kinds[self.kind_to_declare().index()].name;
        format!("to declare it, write its kind and its name: `{kind} {}`", self.name)
    }

    fn members_of(&self, kind: KindId) -> String {
        let name = &self.world.kinds[kind.index()].name;
        let members: Vec<String> = self
            .world
            .entities_of(&[kind])
            .take(MOST_MEMBERS)
            .map(|entity| format!("`{}`", self.world.entities[entity.index()].name))
            .collect();
        let members = if members.is_empty() { String::new() } else { format!(", as {}", members.join(" or ")) };
        format!(
            "`{name}` is a kind: name one of its members{members}; for all of them, a formula says `for all x: {name} (…)`"
        )
    }

    /// The kind that something new in its place would most likely have: of those that fit, the one with the most members.
    fn kind_to_declare(&self) -> KindId {
        let world = self.world;
        let fits = |kind: KindId| self.kinds.iter().any(|&wanted| world.is_subkind(kind, wanted));
        let members = |kind: KindId| world.entities.iter().filter(|entity| entity.kinds.contains(&kind)).count();
        let declared =
            (0..world.kinds.len()).map(KindId::from_index).filter(|kind| world.kinds[kind.index()].span.is_some());
        if self.kinds.is_empty() {
            return declared.into_iter().next().unwrap_or(World::CHARACTER_KIND);
        }
        let mut best: Option<(usize, KindId)> = None;
        for kind in declared.filter(|&kind| fits(kind)) {
            let count = members(kind);
            if best.is_none_or(|(most, _)| count > most) {
                best = Some((count, kind));
            }
        }
        best.map_or(self.kinds[0], |(_, kind)| kind)
    }
}

fn names_of(entity: &Entity) -> impl Iterator<Item = &str> {
    std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str))
}

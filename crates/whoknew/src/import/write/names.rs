//! Makes all names of a world legal in a story file: one word, no word of the language, no two alike.
//!
//! A name that is legal stays. Of two that the story language takes for one, the later gets a number.

use super::kinds::can_clash;
use crate::source::FileId;
use crate::syntax::{self, SyntaxKind};
use crate::world::names::NameKey;
use crate::world::{Parameter, ParameterKind, World};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words that end a name in formulas.
const IN_FORMULAS: &[&str] = &[
    "and", "or", "not", "if", "else", "is", "are", "believes", "believe", "thinks", "think", "knows", "know",
    "wonders", "wonder", "learns", "learn", "forgets", "forget", "that", "whether", "yes", "no", "does", "do",
];
/// Words that stand for other kinds, or before them.
const NO_KINDS: &[&str] = &["every", "only", "statement", "number", "a", "an", "the", "as"];
/// Words that are no names of persons, places and things.
const NO_ENTITIES: &[&str] =
    &["someone", "something", "everybody", "nobody", "reader", "the", "every", "for", "as", "since", "until"];
/// Words that with a bracket after them mean something else.
const NO_FACTS: &[&str] =
    &["happened", "times", "time", "exists", "sum", "count", "product", "for", "known", "told", "someone", "something"];
/// Words that are no parameters.
const NO_PARAMETERS: &[&str] = &["value", "someone", "something", "the", "every", "for", "as", "since", "until"];

/// A name that was changed.
pub(super) struct Renamed {
    /// As the other reader had it.
    pub from: String,
    /// As the story has it.
    pub to: String,
}

/// Makes all names legal, and says which changed.
pub(super) fn make_legal(world: &mut World) -> Vec<Renamed> {
    let mut renamed = Vec::new();
    kinds(world, &mut renamed);
    let entities = entities(world, &mut renamed);
    let fluents = overloads(
        world.fluents.iter().map(|fluent| (fluent.name.as_str(), fluent.parameters.as_slice())),
        world,
        NO_FACTS,
    );
    let actions = overloads(
        world.actions.iter().map(|action| (action.name.as_str(), action.parameters.as_slice())),
        world,
        NO_FACTS,
    );
    let triggers = overloads(
        world.triggers.iter().map(|trigger| (trigger.name.as_str(), trigger.parameters.as_slice())),
        world,
        NO_FACTS,
    );
    for (fluent, name) in world.fluents.iter_mut().zip(fluents) {
        rename(&mut fluent.name, name, &mut renamed);
        parameters(&mut fluent.parameters, &world.entities, &FxHashSet::default());
    }
    for (action, name) in world.actions.iter_mut().zip(actions) {
        rename(&mut action.name, name, &mut renamed);
        parameters(&mut action.parameters, &world.entities, &entities);
    }
    for (trigger, name) in world.triggers.iter_mut().zip(triggers) {
        rename(&mut trigger.name, name, &mut renamed);
        parameters(&mut trigger.parameters, &world.entities, &entities);
    }
    renamed
}

fn rename(name: &mut String, new: String, renamed: &mut Vec<Renamed>) {
    if *name != new {
        let known = renamed.iter().any(|entry: &Renamed| entry.from == *name && entry.to == new);
        let old = std::mem::replace(name, new.clone());
        if !known {
            renamed.push(Renamed { from: old, to: new });
        }
    }
}

fn kinds(world: &mut World, renamed: &mut Vec<Renamed>) {
    let mut taken: FxHashSet<NameKey> = world.kinds.iter().take(2).map(|kind| NameKey::new(&kind.name)).collect();
    for kind in world.kinds.iter_mut().skip(2) {
        let wanted = word(&kind.name, &[NO_KINDS, IN_FORMULAS]);
        let wanted = if syntax::begins_a_line(&wanted) { wanted + "_" } else { wanted };
        let name = unique(wanted, |name| taken.insert(NameKey::new(name)));
        rename(&mut kind.name, name, renamed);
    }
}

/// Makes the names of all entities legal; returns them as they are compared.
fn entities(world: &mut World, renamed: &mut Vec<Renamed>) -> FxHashSet<NameKey> {
    let mut taken = FxHashSet::default();
    let count = world.entities.len().saturating_sub(1);
    for entity in world.entities.iter_mut().take(count) {
        let name = unique(word(&entity.name, &[NO_ENTITIES, IN_FORMULAS]), |name| taken.insert(NameKey::new(name)));
        rename(&mut entity.name, name, renamed);
    }
    taken
}

/// Legal names for facts, actions or rules: several may share one if no arguments fit both.
fn overloads<'w>(
    declared: impl Iterator<Item = (&'w str, &'w [Parameter])>,
    world: &World,
    taken_words: &[&str],
) -> Vec<String> {
    let mut known: FxHashMap<NameKey, Vec<&[Parameter]>> = FxHashMap::default();
    let mut names = Vec::new();
    for (name, parameters) in declared {
        names.push(unique(word(name, &[taken_words, IN_FORMULAS]), |name| {
            let others = known.entry(NameKey::new(name)).or_default();
            let free = !others.iter().any(|other| can_clash(world, other, parameters));
            if free {
                others.push(parameters);
            }
            free
        }));
    }
    names
}

/// Parameters must not hide what is named in formulas: `taken` are the names of entities. One that takes a single entity is
/// called like it.
fn parameters(parameters: &mut [Parameter], entities: &[crate::world::Entity], taken: &FxHashSet<NameKey>) {
    let mut own = FxHashSet::default();
    for parameter in parameters {
        let constant = match &parameter.kind {
            ParameterKind::Constant(entity) => entities.get(entity.index()).map(|entity| entity.name.to_lowercase()),
            _ => None,
        };
        let wanted = word(constant.as_deref().unwrap_or(&parameter.name), &[NO_PARAMETERS, IN_FORMULAS]);
        parameter.name = unique(wanted, |name| {
            let key = NameKey::new(name);
            let is_own_entity = constant.as_deref().is_some_and(|entity| NameKey::new(entity) == key);
            (is_own_entity || !taken.contains(&key)) && own.insert(key)
        });
    }
}

/// `name`, `name_2`, `name_3`: the first that is `free`.
fn unique(name: String, mut free: impl FnMut(&str) -> bool) -> String {
    if free(&name) {
        return name;
    }
    let numbered = (2_u64..).map(|number| format!("{name}_{number}"));
    numbered.into_iter().find(|name| free(name)).unwrap_or(name)
}

/// `name` as one word that is none of `not`.
fn word(name: &str, not: &[&[&str]]) -> String {
    let legal = |name: &str| !not.iter().any(|words| words.iter().any(|word| name.eq_ignore_ascii_case(word)));
    let mut name = name.to_owned();
    if !is_word(&name) {
        name = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
        if !is_word(&name) {
            name.insert_str(0, "n_");
        }
    }
    if legal(&name) { name } else { name + "_" }
}

/// Whether the story language reads `name` as one word.
fn is_word(name: &str) -> bool {
    if name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        return name.starts_with(|first: char| first.is_ascii_alphabetic());
    }
    let tokens = syntax::parse(FileId::from_index(0), &format!("kind {name}\n")).syntax();
    let words = tokens.descendants_with_tokens().filter_map(|element| element.into_token());
    let words: Vec<_> = words.filter(|token| token.text() != "kind" && !token.text().trim().is_empty()).collect();
    matches!(words.as_slice(), [only] if only.kind() == SyntaxKind::Word && only.text() == name)
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_names_stay() {
        for name in ["Tom", "at_2", "Émile", "花子", "x1"] {
            assert_eq!(word(name, &[NO_ENTITIES, IN_FORMULAS]), name);
        }
    }

    #[test]
    fn other_names_become_words() {
        assert_eq!(word("Tom's", &[]), "Tom_s");
        assert_eq!(word("a.b#c", &[]), "a_b_c");
        assert_eq!(word("Not", &[IN_FORMULAS]), "Not_");
        assert_eq!(word("é'", &[]), "n___");
    }
}

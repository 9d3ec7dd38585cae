//! The names of a world, found among the words of a question.

use rustc_hash::FxHashMap;

use crate::world::names::NameKey;
use crate::world::sentences::Token;
use crate::world::{EntityId, World};

/// All names of a world.
#[derive(Clone, Debug, Default)]
pub struct Names {
    entities: FxHashMap<NameKey, EntityId>,
    /// The most words that a name has, with an article.
    longest: usize,
}

impl Names {
    /// Those of `world`.
    pub fn new(world: &World) -> Self {
        let mut names = Self::default();
        for (index, entity) in world.entities.iter().enumerate() {
            if index == world.someone().index() {
                continue;
            }
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                names.entities.entry(NameKey::new(name)).or_insert(EntityId::from_index(index));
                // A possessive mark is a word of its own in a question.
                let words = name.split_whitespace().count() + name.matches(['\'', '’']).count();
                names.longest = names.longest.max(words + 1);
            }
        }
        names
    }

    /// The entities that are named from `position` on, each with the position after its name; long names first.
    pub fn at(&self, tokens: &[Token<'_>], position: usize) -> Vec<(EntityId, usize)> {
        let last = (position + self.longest).min(tokens.len());
        let found = (position + 1..=last).rev().filter_map(|end| {
            let key = NameKey::from_words(tokens[position..end].iter().map(|token| token.text));
            self.entities.get(&key).map(|&entity| (entity, end))
        });
        found.collect()
    }
}

//! All entity names, word by word.

use rustc_hash::FxHashMap;

use super::tokens::{fold, is_article, tokens};
use super::words::{WordId, Words};
use crate::source::FileId;
use crate::world::{EntityId, World};

/// A tree of words; where a name ends, the entities it names. Articles are left out.
#[derive(Debug, Default)]
pub(super) struct NameTree {
    edges: FxHashMap<(u32, WordId), u32>,
    entities: Vec<Vec<EntityId>>,
    /// Words that are articles and, alone, a name: the person `A`.
    pub article_names: Vec<WordId>,
}

impl NameTree {
    /// The names and aliases of all entities of `world`, `someone` and `something`.
    pub(super) fn new(world: &World, words: &mut Words) -> Self {
        let mut tree = Self { entities: vec![Vec::new()], ..Self::default() };
        for (index, entity) in world.entities.iter().enumerate() {
            let id = EntityId::from_index(index);
            tree.insert(&entity.name, id, words);
            for alias in &entity.aliases {
                tree.insert(alias, id, words);
            }
        }
        for name in ["someone", "something"] {
            tree.insert(name, world.someone(), words);
        }
        tree
    }

    fn insert(&mut self, name: &str, entity: EntityId, words: &mut Words) {
        let mut folded = String::new();
        let mut all = Vec::new();
        let mut significant = Vec::new();
        for token in tokens(name, FileId::from_index(0), 0) {
            fold(token.text, &mut folded);
            let word = words.intern(&folded);
            all.push(word);
            if !is_article(&folded) {
                significant.push(word);
            }
        }
        if significant.is_empty() {
            self.article_names.extend(&all);
            significant = all;
        }
        let mut node = 0;
        for word in significant {
            let fresh = self.entities.len() as u32;
            let next = *self.edges.entry((node, word)).or_insert(fresh);
            if next == fresh {
                self.entities.push(Vec::new());
            }
            node = next;
        }
        let named = &mut self.entities[node as usize];
        if node != 0 && !named.contains(&entity) {
            named.push(entity);
        }
    }

    /// Calls `found` with every entity that a beginning of `words` names, and how many words name it.
    pub(super) fn each_prefix(
        &self,
        words: impl Iterator<Item = Option<WordId>>,
        mut found: impl FnMut(EntityId, usize),
    ) {
        let mut node = 0;
        for (taken, word) in words.enumerate() {
            let Some(&next) = word.and_then(|word| self.edges.get(&(node, word))) else { return };
            node = next;
            for &entity in &self.entities[node as usize] {
                found(entity, taken + 1);
            }
        }
    }
}

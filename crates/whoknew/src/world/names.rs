//! What a story's names mean: every declared name with what it names.
//!
//! Names compare without regard to case, and articles are skipped: `the Box` and `box` are one name ([`NameKey`]).

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use super::{ActionId, EntityId, FluentId, KindId, TriggerId, UtilityId};

/// A name as it is compared: lower case, without articles, single spaces between words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameKey(String);

impl NameKey {
    /// The key of a name as written.
    pub fn new(name: &str) -> Self {
        Self::from_words(name.split_whitespace())
    }

    /// The key of a name given as words; `'s` and `'` may be words of their own.
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut key = String::new();
        let mut articles_only = String::new();
        for word in words {
            let target = if is_article(word) { &mut articles_only } else { &mut key };
            if !target.is_empty() && !word.starts_with(['\'', '’']) {
                target.push(' ');
            }
            push_folded(target, word);
        }
        Self(if key.is_empty() { articles_only } else { key })
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether `word` is an article, skipped wherever names and sentences are compared.
pub fn is_article(word: &str) -> bool {
    ["the", "a", "an"].iter().any(|article| word.eq_ignore_ascii_case(article))
}

/// Appends `word` in lower case, without the full stop of a title, with one form of apostrophe, and each accent with its letter as one character.
fn push_folded(target: &mut String, word: &str) {
    let word = word.strip_suffix('.').filter(|word| !word.is_empty()).unwrap_or(word);
    if word.is_ascii() {
        return target.extend(word.chars().map(|letter| letter.to_ascii_lowercase()));
    }
    target.extend(word.nfc().flat_map(char::to_lowercase).map(|letter| if letter == '’' { '\'' } else { letter }));
}

/// The names that the resolver knows. Facts and actions may share a name if their arguments differ in kind.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Kinds.
    pub kinds: FxHashMap<NameKey, KindId>,
    /// Entities, by name and by alias; `someone` and `something` are the unknown entity.
    pub entities: FxHashMap<NameKey, EntityId>,
    /// Facts.
    pub fluents: FxHashMap<NameKey, Vec<FluentId>>,
    /// Actions.
    pub actions: FxHashMap<NameKey, Vec<ActionId>>,
    /// Rules.
    pub triggers: FxHashMap<NameKey, Vec<TriggerId>>,
    /// Wants, by holder and name.
    pub wants: FxHashMap<(EntityId, NameKey), UtilityId>,
    /// Words of declarations that have mistakes, and unknown names already reported. A name made of them is treated as known, so that one mistake gets
    /// one message.
    pub broken_words: FxHashSet<NameKey>,
}

impl Names {
    /// The entity of this name.
    pub fn entity(&self, name: &str) -> Option<EntityId> {
        self.entities.get(&NameKey::new(name)).copied()
    }

    /// The kind of this name.
    pub fn kind(&self, name: &str) -> Option<KindId> {
        self.kinds.get(&NameKey::new(name)).copied()
    }

    /// Notes that an unknown name has had its message: of one word, it gets no other.
    pub fn note_reported(&mut self, name: &str) {
        let mut words = name.split_whitespace().filter(|word| !is_article(word));
        if let (Some(only), None) = (words.next(), words.next()) {
            self.broken_words.insert(NameKey::new(only));
        }
    }

    /// Whether the unknown `name` may come from a declaration that has mistakes of its own.
    pub fn may_be_broken(&self, name: &str) -> bool {
        if self.broken_words.is_empty() {
            return false;
        }
        let mut words = name.split_whitespace().filter(|word| !is_article(word)).peekable();
        words.peek().is_some() && words.all(|word| self.broken_words.contains(&NameKey::new(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_articles_do_not_matter() {
        assert_eq!(NameKey::new("The  Box"), NameKey::new("box"));
        assert_eq!(NameKey::new("Miles’s flat"), NameKey::from_words(["Miles", "'s", "the", "FLAT"]));
        assert_eq!(NameKey::new("ÉMILE"), NameKey::new("émile"));
        assert_eq!(NameKey::new("\u{c9}mile"), NameKey::new("E\u{301}mile"));
        assert_ne!(NameKey::new("box"), NameKey::new("basket"));
    }

    #[test]
    fn an_article_alone_is_a_name() {
        assert_eq!(NameKey::new("a").as_str(), "a");
    }
}

//! A line put into the words of a pattern that has its verb: `Ann gives Ben the ring` as `Ann gives the ring to Ben`.

use super::book::{Pattern, PatternId, SlotClass, Step};
use super::line::Line;
use super::meant::{PARTICLES, SMALL_WORDS};
use super::nearest::kinds_of;
use super::tellers::longest_name;
use super::{Reader, words};
use crate::world::Term;

/// Longer lines are not put into other words.
const LONGEST: usize = 40;

/// A line in other words.
pub(super) struct Fitted {
    pub text: String,
    /// Nothing of the line is left out but small words.
    pub says_all: bool,
}

/// Whether a word denies what is said.
pub(super) fn is_negation(folded: &str) -> bool {
    matches!(folded, "not" | "never" | "cannot" | "no" | "nobody" | "without") || folded.ends_with("n't")
}

/// A name in a line.
struct Named {
    term: Term,
    from: usize,
    to: usize,
}

impl Reader<'_> {
    /// The line in the words of an action's pattern, its names in the slots that take them, if all of them fit and it
    /// can be told so. What has no place in it is left out.
    pub(super) fn fitted(&self, line: &Line<'_>, pattern: PatternId) -> Option<Fitted> {
        let pattern = &self.book.patterns[pattern.index()];
        if line.len() > LONGEST || !self.has_verb_of(line, pattern) {
            return None;
        }
        let takes_statement = pattern.steps.contains(&Step::Slot(SlotClass::Statement));
        let slots = pattern.targets.len() - usize::from(takes_statement);
        let that = (0..line.len()).find(|&position| line.word(position) == Some(words::THAT));
        let mut names = names(line);
        let (mut said, mut said_from) = (None, None);
        if takes_statement {
            let last = names.get(slots.checked_sub(1)?)?.to;
            let begin = that.map_or(last, |that| that + 1);
            said = (begin < line.len()).then(|| line.text_with_article(begin, line.len()));
            said_from = Some(begin);
            names.retain(|name| name.from < begin);
        }
        if names.len() < slots {
            return None;
        }
        let further = names.len() > slots;
        let all: Vec<usize> = names.iter().flat_map(|name| name.from..name.to).collect();
        let end = said_from.unwrap_or(line.len());
        let is_said = |position: usize| {
            let word = line.folded(position);
            all.contains(&position) || SMALL_WORDS.contains(&word.as_str()) || self.has_word(pattern, &word)
        };
        let says_all = !further && (0..end).all(is_said) && self.adds_nothing(line, pattern);
        let mut text = pattern.text.clone();
        for &target in &pattern.targets[..slots] {
            let kinds = kinds_of(self.world, pattern, target)?;
            let index = names.iter().position(|name| line.is_of_kinds(self.world, name.term, kinds))?;
            let name = names.remove(index);
            text = filled(&text, &line.name_as_declared(self.world, name.term, (name.from, name.to)))?;
        }
        if takes_statement {
            text = filled(&text, &said?)?;
        }
        let is_character =
            |name: &Named| matches!(name.term, Term::Entity(entity) if entity.index() < self.world.characters);
        let is_denied = |position: usize| is_negation(&line.folded(position)) && !is_said(position);
        if names.iter().any(is_character) || (0..end).any(is_denied) {
            return None; // somebody left out, or the opposite
        }
        self.is_event(&text).then_some(Fitted { text, says_all })
    }

    /// Whether a word of the pattern that says what happens stands in the line.
    fn has_verb_of(&self, line: &Line<'_>, pattern: &Pattern) -> bool {
        (0..line.len())
            .map(|position| line.folded(position))
            .filter(|word| !SMALL_WORDS.contains(&word.as_str()) && !PARTICLES.contains(&word.as_str()))
            .any(|word| self.has_word(pattern, &word))
    }

    /// Whether all words of the pattern but small ones stand in the line.
    fn adds_nothing(&self, line: &Line<'_>, pattern: &Pattern) -> bool {
        pattern.steps.iter().filter_map(Step::forms).all(|forms| {
            let is_there = |form: &str| (0..line.len()).any(|position| line.folded(position) == form);
            self.book.words.texts(forms).any(|form| SMALL_WORDS.contains(&form) || is_there(form))
        })
    }

    fn has_word(&self, pattern: &Pattern, word: &str) -> bool {
        pattern.steps.iter().any(|step| match step {
            Step::Word(forms) => self.book.words.texts(*forms).any(|form| form == word),
            Step::Slot(_) => false,
        })
    }
}

/// The names in a line, each the longest from its place.
fn names(line: &Line<'_>) -> Vec<Named> {
    let mut names = Vec::new();
    let mut from = 0;
    while from < line.len() {
        let Some(to) = longest_name(line, from) else {
            from += 1;
            continue;
        };
        let mut named = None;
        line.each_name(from, |term, end| named = named.or((end == to).then_some(term)));
        names.extend(named.map(|term| Named { term, from, to }));
        from = to;
    }
    names
}

/// A pattern with its first slot filled, and an article of its own before it left out where the filling has one.
fn filled(pattern: &str, with: &str) -> Option<String> {
    let (before, rest) = pattern.split_once('{')?;
    let (_, after) = rest.split_once('}')?;
    let before = ["the ", "a ", "an "].into_iter().find_map(|article| before.strip_suffix(article)).unwrap_or(before);
    let written = if before.is_empty() || before.ends_with(' ') { before.to_owned() } else { format!("{before} ") };
    Some(format!("{written}{with}{after}"))
}

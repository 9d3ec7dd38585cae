//! What may come next in a question that is being written: words of its form, names, words of the story's sentences.

use super::forms::FORMS;
use super::names::Names;
use super::pattern::{Expected, Slot, expected, parts};
use super::takes;
use crate::ask::Story;
use crate::source::FileId;
use crate::world::sentences::{Token, tokens};
use crate::world::{Action, EntityId, Fluent, Parameter, Sentence, SentencePart, ValueKind, World};

/// A name that is being written has at most so many words before its last.
const LONGEST_NAME: usize = 4;

/// What may stand from some place of a text on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The byte of the text from which it is replaced.
    pub from: usize,
    /// What may stand there, in alphabetical order.
    pub candidates: Vec<String>,
}

/// What may come next after `text`, the beginning of a question.
///
/// ```
/// use whoknew::{ask::{Story, question}, ground::Limits, world};
/// let loaded = world::load_text("story.who", "kind person : character\nperson Anne, Anton, Miles\n");
/// if let Some(world) = &loaded.world {
///     let story = Story::new(world, &Limits::default()).expect("nothing in it is too large");
///     let found = question::complete(&story, "what does An");
///     assert_eq!((found.from, found.candidates), (10, vec!["Anne".to_owned(), "Anton".to_owned()]));
/// }
/// ```
pub fn complete(story: &Story<'_>, text: &str) -> Completion {
    let words = tokens(text, FileId::from_index(0), 0);
    let written = if text.ends_with(char::is_whitespace) || words.is_empty() { 0 } else { 1 };
    let last = words.len() - written;
    for before in (last.saturating_sub(LONGEST_NAME)..=last).rev() {
        let from = words.get(before).map_or(text.len(), |word| word.span.start as usize);
        let typed = text[from..].to_lowercase();
        let mut candidates = next_words(story, &words[..before]);
        candidates.retain(|candidate| candidate.to_lowercase().starts_with(&typed));
        if before < last {
            // Only a name goes on over several words.
            candidates.retain(|candidate| candidate.contains([' ', '\'', '’']));
        }
        if !candidates.is_empty() {
            candidates.sort();
            candidates.dedup();
            return Completion { from, candidates };
        }
    }
    Completion { from: text.len(), candidates: Vec::new() }
}

/// All words and names that may follow `words`.
fn next_words(story: &Story<'_>, words: &[Token<'_>]) -> Vec<String> {
    let (world, names) = (story.world(), story.names());
    let mut found: Vec<String> = Vec::new();
    let mut inside: Vec<usize> = Vec::new();
    for pattern in FORMS.iter().flat_map(|form| form.patterns) {
        for next in expected(&parts(pattern), words, names) {
            match next {
                Expected::Word(word) => found.push(word.to_owned()),
                Expected::Slot(Slot::Who | Slot::Whom, _) => {
                    found.extend(entity_names(world, |entity| entity.index() < world.characters));
                    found.push("the reader".to_owned());
                }
                Expected::Slot(Slot::Thing, _) => found.extend(entity_names(world, |_| true)),
                Expected::Slot(Slot::Minds, _) => {
                    found.push("that".to_owned());
                    found.extend(entity_names(world, |entity| entity.index() < world.characters));
                }
                Expected::Slot(Slot::Statement | Slot::Clause | Slot::Event, from) if !inside.contains(&from) => {
                    inside.push(from);
                }
                Expected::Slot(..) => {}
            }
        }
    }
    for from in inside {
        statement_words(world, names, &words[from..], &mut found);
    }
    found
}

/// What may follow `words` in a statement or an event.
fn statement_words(world: &World, names: &Names, words: &[Token<'_>], found: &mut Vec<String>) {
    let introduced = words.iter().enumerate();
    let introduced = introduced.filter(|(_, word)| ["that", "whether", "if"].contains(&&*word.text.to_lowercase()));
    let starts: Vec<usize> = std::iter::once(0).chain(introduced.map(|(index, _)| index + 1)).collect();
    for start in starts {
        let words = &words[start..];
        for fluent in &world.fluents {
            for sentence in fluent.sentences.iter().chain(&fluent.negative_sentences).chain(&fluent.none_sentences) {
                Walk { world, names, words, slots: Slots::of_fluent(fluent) }.sentence(sentence, found);
            }
        }
        for action in &world.actions {
            for sentence in action.sentences.iter().chain(&action.past_sentences) {
                Walk { world, names, words, slots: Slots::of_action(action) }.sentence(sentence, found);
            }
        }
        for (entity, end) in names.at(words, 0) {
            if end == words.len() && entity.index() < world.characters {
                found.extend(["believes", "knows", "does not believe", "does not know"].map(str::to_owned));
            }
        }
        if words.is_empty() {
            found.push("it happened that".to_owned());
        }
    }
}

/// What the slots of a sentence take.
#[derive(Clone, Copy)]
struct Slots<'w> {
    parameters: &'w [Parameter],
    value: Option<&'w ValueKind>,
}

impl<'w> Slots<'w> {
    fn of_fluent(fluent: &'w Fluent) -> Self {
        Self { parameters: &fluent.parameters, value: Some(&fluent.value) }
    }

    fn of_action(action: &'w Action) -> Self {
        Self { parameters: &action.parameters, value: None }
    }

    fn takes(self, world: &World, part: &SentencePart, entity: EntityId) -> bool {
        match part {
            SentencePart::Slot(index) => {
                self.parameters.get(*index).is_some_and(|parameter| takes(world, parameter, entity))
            }
            SentencePart::Value => match self.value {
                Some(ValueKind::Entity(kinds)) => kinds.iter().any(|&kind| world.is_of_kind(entity, kind)),
                _ => false,
            },
            SentencePart::Word(_) => false,
        }
    }
}

/// Words against one sentence pattern.
struct Walk<'s, 't, 'w> {
    world: &'w World,
    names: &'s Names,
    words: &'s [Token<'t>],
    slots: Slots<'w>,
}

impl Walk<'_, '_, '_> {
    /// Adds what may follow the words in a sentence of this pattern.
    fn sentence(&self, sentence: &Sentence, found: &mut Vec<String>) {
        let mut positions = vec![0usize];
        for part in &sentence.parts {
            if positions.contains(&self.words.len()) {
                self.offer(part, found);
            }
            let mut next: Vec<usize> = positions.iter().flat_map(|&position| self.after(part, position)).collect();
            next.sort_unstable();
            next.dedup();
            positions = next;
        }
    }

    fn after(&self, part: &SentencePart, position: usize) -> Vec<usize> {
        let Some(word) = self.words.get(position) else { return Vec::new() };
        match part {
            SentencePart::Word(forms) => {
                let article = ["the", "a", "an"].iter().any(|article| forms.iter().any(|form| form == article));
                let same = forms.iter().any(|form| form.eq_ignore_ascii_case(word.text));
                let mut ends = Vec::new();
                ends.extend(same.then_some(position + 1));
                ends.extend(article.then_some(position));
                ends
            }
            part => {
                let fitting = self.names.at(self.words, position).into_iter();
                fitting.filter(|&(entity, _)| self.slots.takes(self.world, part, entity)).map(|(_, end)| end).collect()
            }
        }
    }

    fn offer(&self, part: &SentencePart, found: &mut Vec<String>) {
        match part {
            SentencePart::Word(forms) => found.extend(forms.first().cloned()),
            part => found.extend(entity_names(self.world, |entity| self.slots.takes(self.world, part, entity))),
        }
    }
}

fn entity_names(world: &World, wanted: impl Fn(EntityId) -> bool) -> Vec<String> {
    let known = world.entities[..world.entities.len() - 1].iter().enumerate();
    let known = known.filter(|(index, _)| wanted(EntityId::from_index(*index)));
    known.flat_map(|(_, entity)| std::iter::once(&entity.name).chain(&entity.aliases)).cloned().collect()
}

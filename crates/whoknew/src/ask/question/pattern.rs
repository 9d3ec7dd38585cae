//! Patterns of questions, and the ways in which words fit them.

use std::ops::Range;

use super::names::Names;
use crate::world::EntityId;
use crate::world::sentences::Token;

/// So many ways to fit one pattern are looked at.
const MOST_FITS: usize = 200;
/// An unknown name has at most so many words.
const LONGEST_STRANGER: usize = 3;

/// What a slot takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Somebody who believes: a character or the reader.
    Who,
    /// Another one.
    Whom,
    /// Anybody or anything.
    Thing,
    /// `that Anne believes that Miles believes`, perhaps nothing.
    Minds,
    /// A statement.
    Statement,
    /// A statement, perhaps with the word order of a question.
    Clause,
    /// Something that happens.
    Event,
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// One of these words.
    Word(Vec<&'static str>),
    /// One of these words, or nothing.
    Maybe(Vec<&'static str>),
    /// A slot.
    Slot(Slot),
}

/// The parts of `pattern`.
pub fn parts(pattern: &'static str) -> Vec<Part> {
    pattern.split(' ').map(part).collect()
}

fn part(word: &'static str) -> Part {
    if let Some(inner) = word.strip_prefix('[').and_then(|word| word.strip_suffix(']')) {
        return Part::Maybe(inner.split('|').collect());
    }
    match word {
        "{who}" => Part::Slot(Slot::Who),
        "{whom}" => Part::Slot(Slot::Whom),
        "{thing}" => Part::Slot(Slot::Thing),
        "{minds}" => Part::Slot(Slot::Minds),
        "{statement}" => Part::Slot(Slot::Statement),
        "{clause}" => Part::Slot(Slot::Clause),
        "{event}" => Part::Slot(Slot::Event),
        _ => Part::Word(word.split('|').collect()),
    }
}

/// Who or what a name in a question stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// An entity.
    Entity(EntityId),
    /// The reader.
    Reader,
    /// Nothing: an unknown name.
    Stranger,
}

/// A slot with what fills it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Which slot.
    pub slot: Slot,
    /// Its words.
    pub words: Range<usize>,
    /// Whom they name, in slots that take names.
    pub named: Vec<Named>,
}

/// A way in which all words fit a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The slots in order.
    pub filled: Vec<Filled>,
    /// How many words are the pattern's own.
    pub literal: usize,
}

impl Fit {
    /// The filled slot, if the pattern has it.
    pub fn slot(&self, slot: Slot) -> Option<&Filled> {
        self.filled.iter().find(|filled| filled.slot == slot)
    }

    /// How many words are taken for unknown names.
    pub fn strangers(&self) -> usize {
        let strange = self.filled.iter().filter(|filled| filled.named.contains(&Named::Stranger));
        strange.map(|filled| filled.words.len()).sum()
    }
}

/// All ways in which `tokens` fit `parts`; with `lenient`, unknown words may stand for names.
pub fn fits(parts: &[Part], tokens: &[Token<'_>], names: &Names, lenient: bool) -> Vec<Fit> {
    let mut search = Search { tokens, names, lenient, found: Vec::new() };
    search.walk(parts, 0, Fit::default());
    search.found
}

/// What may follow words that begin to fit a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// This word.
    Word(&'static str),
    /// The rest of a slot, the words of which begin at this position.
    Slot(Slot, usize),
}

/// What may follow `tokens`, if they begin to fit `parts`.
pub fn expected(parts: &[Part], tokens: &[Token<'_>], names: &Names) -> Vec<Expected> {
    let search = Search { tokens, names, lenient: false, found: Vec::new() };
    let mut found = Vec::new();
    let mut positions = vec![0usize];
    for part in parts {
        let at_end = positions.contains(&tokens.len());
        let mut next = Vec::new();
        match part {
            Part::Word(words) | Part::Maybe(words) => {
                if at_end {
                    found.extend(words.iter().map(|word| Expected::Word(word)));
                }
                let after = positions.iter().filter(|&&position| search.is_one_of(position, words));
                next.extend(after.map(|position| position + 1));
                if matches!(part, Part::Maybe(_)) {
                    next.extend(&positions);
                }
            }
            Part::Slot(slot @ (Slot::Statement | Slot::Clause | Slot::Event)) => {
                found.extend(positions.iter().map(|&position| Expected::Slot(*slot, position)));
                next.extend(positions.iter().flat_map(|&position| position + 1..=tokens.len()));
            }
            Part::Slot(slot) => {
                if at_end {
                    found.push(Expected::Slot(*slot, tokens.len()));
                }
                for &position in &positions {
                    next.extend(search.fillings(*slot, position).into_iter().map(|filled| filled.words.end));
                }
            }
        }
        next.sort_unstable();
        next.dedup();
        positions = next;
    }
    found
}

struct Search<'s, 't> {
    tokens: &'s [Token<'t>],
    names: &'s Names,
    lenient: bool,
    found: Vec<Fit>,
}

impl Search<'_, '_> {
    fn walk(&mut self, parts: &[Part], position: usize, fit: Fit) {
        if self.found.len() >= MOST_FITS {
            return;
        }
        let Some((part, rest)) = parts.split_first() else {
            if position == self.tokens.len() {
                self.found.push(fit);
            }
            return;
        };
        match part {
            Part::Word(words) => {
                if self.is_one_of(position, words) {
                    self.walk(rest, position + 1, Fit { literal: fit.literal + 1, ..fit });
                }
            }
            Part::Maybe(words) => {
                if self.is_one_of(position, words) {
                    self.walk(rest, position + 1, Fit { literal: fit.literal + 1, ..fit.clone() });
                }
                self.walk(rest, position, fit);
            }
            Part::Slot(slot) => {
                for filled in self.fillings(*slot, position) {
                    let mut fit = fit.clone();
                    let end = filled.words.end;
                    fit.filled.push(filled);
                    self.walk(rest, end, fit);
                }
            }
        }
    }

    fn is_one_of(&self, position: usize, words: &[&str]) -> bool {
        let Some(token) = self.tokens.get(position) else { return false };
        let token = token.text.replace('’', "'");
        words.iter().any(|word| token.eq_ignore_ascii_case(word))
    }

    fn fillings(&self, slot: Slot, position: usize) -> Vec<Filled> {
        let filled = |end: usize, named: Vec<Named>| Filled { slot, words: position..end, named };
        match slot {
            Slot::Who | Slot::Whom | Slot::Thing => {
                let mut found: Vec<Filled> =
                    self.named(position).into_iter().map(|(name, end)| filled(end, vec![name])).collect();
                if self.lenient && found.is_empty() {
                    let longest = (position + LONGEST_STRANGER).min(self.tokens.len());
                    found.extend((position + 1..=longest).map(|end| filled(end, vec![Named::Stranger])));
                }
                found
            }
            Slot::Minds => self.minds(position).into_iter().map(|(minds, end)| filled(end, minds)).collect(),
            Slot::Statement | Slot::Clause | Slot::Event => {
                (position + 1..=self.tokens.len()).rev().map(|end| filled(end, Vec::new())).collect()
            }
        }
    }

    /// Whom the words from `position` name, longest names first.
    fn named(&self, position: usize) -> Vec<(Named, usize)> {
        let mut found: Vec<(Named, usize)> = Vec::new();
        for (entity, end) in self.names.at(self.tokens, position) {
            found.push((Named::Entity(entity), end));
        }
        let reader = if self.is_one_of(position, &["the"]) { position + 1 } else { position };
        if found.is_empty() && self.is_one_of(reader, &["reader"]) {
            found.push((Named::Reader, reader + 1));
        }
        found
    }

    /// `that Anne believes that Miles believes`: all ways to read the beginning so, longest first.
    fn minds(&self, position: usize) -> Vec<(Vec<Named>, usize)> {
        let mut all = vec![(Vec::new(), position)];
        let mut next = 0;
        while next < all.len() && all.len() < MOST_FITS {
            let (minds, end) = all[next].clone();
            next += 1;
            let start = if self.is_one_of(end, &["that"]) { end + 1 } else { end };
            for (name, after) in self.named(start) {
                if self.is_one_of(after, &["believes", "thinks", "believe", "think", "knows", "know"]) {
                    let mut longer = minds.clone();
                    longer.push(name);
                    all.push((longer, after + 1));
                }
            }
        }
        all.reverse();
        all
    }
}

//! What kept a line from having a reading.

use super::book::{PatternId, Tree};
use super::line::{Filling, Line};
use super::words::{self, WordId};
use crate::world::{KindId, Term};

/// The most steps of matching that one line may take.
const MAX_STEPS: usize = 200_000;
/// The longest run of words that is taken for one unknown name.
const MAX_STRANGER_WORDS: usize = 4;

/// A name of another kind than its slot takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mismatch {
    pub term: Term,
    pub kinds: Vec<KindId>,
    pub from: usize,
    pub to: usize,
    pub pattern: Option<PatternId>,
}

/// Words that name nothing, in a pattern that fits otherwise.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stranger {
    pub from: usize,
    pub to: usize,
    pub kinds: Vec<KindId>,
    pub pattern: Option<PatternId>,
}

/// `someone` in a fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Someone {
    pub from: usize,
    pub to: usize,
    /// What the whole line says, as a formula.
    pub formula: Option<String>,
}

/// `everyone does not know`: `nobody knows`, or `not everyone knows`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotEveryone {
    pub from: usize,
    /// Where the statement begins.
    pub to: usize,
}

/// What kept matching patterns from being readings.
#[derive(Debug, Default)]
pub(super) struct Trouble {
    /// The first mismatch of the pattern with the fewest.
    pub mismatch: Option<(usize, Mismatch)>,
    /// `someone` stands in a fact.
    pub someone: Option<Someone>,
    /// `everyone does not know` was said.
    pub not_everyone: Option<NotEveryone>,
    /// A limit was reached.
    pub too_rich: bool,
    /// The last position from which the rest of the line should have been a statement or event, and which.
    pub deepest: Option<(usize, &'static [Tree])>,
    /// Words that name nothing may fill slots.
    pub lenient: bool,
    steps: usize,
}

impl Trouble {
    /// Counts a step; false when there are too many.
    pub(super) fn spend(&mut self) -> bool {
        self.steps += 1;
        let within = self.steps <= MAX_STEPS;
        self.too_rich |= !within && !self.lenient;
        within
    }

    /// How many steps were taken.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    /// Notes the first of `count` mismatches of a pattern; what fits further from the left is kept among equals.
    pub(super) fn mismatch(&mut self, count: usize, first: Mismatch) {
        let better = match &self.mismatch {
            None => true,
            Some((least, known)) => count < *least || count == *least && first.from > known.from,
        };
        if better {
            self.mismatch = Some((count, first));
        }
    }

    /// Notes that nothing of `trees` is said from `position` on.
    pub(super) fn nothing_from(&mut self, position: usize, trees: &'static [Tree]) {
        if self.deepest.is_none_or(|(deepest, _)| position > deepest) {
            self.deepest = Some((position, trees));
        }
    }

    /// When lenient, adds runs of words from `position` as if they were names.
    pub(super) fn add_strangers(&self, line: &Line<'_>, position: usize, names: &mut Vec<(Filling, usize)>) {
        if !self.lenient {
            return;
        }
        for end in position + 1..=(position + MAX_STRANGER_WORDS).min(line.len()) {
            if line.word(end - 1).is_some_and(WordId::is_of_grammar) {
                return;
            }
            if !names.iter().any(|(_, known)| *known == end) {
                names.push((Filling::Stranger, end));
            }
        }
    }
}

impl WordId {
    /// Whether the statement grammar uses it.
    pub(super) fn is_of_grammar(self) -> bool {
        self <= words::NUMBER
    }
}

//! The patterns nearest to a line that fits none: edit distance over words, where slots take names for nothing.

use super::book::{Pattern, PatternId, SentenceBook, SlotClass, Step, Tree};
use super::line::Line;
use super::meant::COPULAS;
use crate::world::suggest;

/// At most so many patterns are offered.
const MOST_OFFERED: usize = 3;
/// Longer lines are compared up to here.
const MAX_WORDS: usize = 60;
/// The most words that one slot takes.
const MAX_SLOT_WORDS: usize = 4;

/// A word inserted, left out or replaced.
const EDIT: usize = 4;
/// A word mistyped, or words that name nothing in a slot.
const SLIP: usize = 1;

/// The patterns of `trees` nearest to `line` from a position on, nearest first, each text once; none if none is near.
pub(super) fn patterns(book: &SentenceBook, line: &Line<'_>, from: usize, trees: &[Tree]) -> Vec<PatternId> {
    let line = Compared::new(line, from);
    let mut scored: Vec<(usize, usize)> = Vec::new();
    for (index, pattern) in book.patterns.iter().enumerate() {
        if !trees.contains(&pattern.tree) || pattern.built || !line.shares_word(book, pattern) {
            continue;
        }
        let distance = line.distance(book, pattern);
        if distance * 2 <= EDIT * pattern.steps.len().max(2) {
            scored.push((distance, index));
        }
    }
    scored.sort_unstable();
    let mut offered: Vec<PatternId> = Vec::new();
    for (_, index) in scored {
        let text = &book.patterns[index].text;
        if !offered.iter().any(|&other| book.patterns[other.index()].text == *text) {
            offered.push(PatternId::from_index(index));
        }
        if offered.len() == MOST_OFFERED {
            break;
        }
    }
    offered
}

/// Whether the line from a position on has a word of the pattern, perhaps mistyped, that is more than `is` or `has`.
pub(super) fn shares_telling_word(book: &SentenceBook, line: &Line<'_>, from: usize, pattern: PatternId) -> bool {
    let line = Compared::new(line, from);
    book.patterns[pattern.index()].steps.iter().any(|step| match step {
        Step::Word(forms) => book
            .words
            .texts(*forms)
            .any(|form| !COPULAS.contains(&form) && line.words.iter().any(|word| difference(word, form) < EDIT)),
        Step::Slot(_) => false,
    })
}

/// A line prepared for comparison.
struct Compared {
    words: Vec<String>,
    /// For each position the ends of names that begin there.
    names: Vec<Vec<usize>>,
}

impl Compared {
    fn new(line: &Line<'_>, from: usize) -> Self {
        let length = line.len().saturating_sub(from).min(MAX_WORDS);
        let mut names = vec![Vec::new(); length];
        for (position, ends) in names.iter_mut().enumerate() {
            line.each_name(from + position, |_, end| ends.push(end - from));
        }
        Self { words: (0..length).map(|position| line.folded(from + position)).collect(), names }
    }

    /// Whether a word of the pattern is in the line, perhaps mistyped.
    fn shares_word(&self, book: &SentenceBook, pattern: &Pattern) -> bool {
        pattern.steps.iter().any(|step| match step {
            Step::Word(forms) => {
                book.words.texts(*forms).any(|form| self.words.iter().any(|word| difference(word, form) < EDIT))
            }
            Step::Slot(_) => false,
        })
    }

    /// The least cost of turning the line into `pattern`.
    fn distance(&self, book: &SentenceBook, pattern: &Pattern) -> usize {
        let length = self.words.len();
        let mut row: Vec<usize> = (0..=length).map(|left_out| left_out * EDIT).collect();
        for &step in &pattern.steps {
            let mut next: Vec<usize> = row.iter().map(|cost| cost + EDIT).collect();
            for (start, &cost) in row.iter().enumerate() {
                self.take(book, step, start, cost, &mut next);
            }
            for end in 1..=length {
                next[end] = next[end].min(next[end - 1] + EDIT);
            }
            row = next;
        }
        row[length]
    }

    /// Lowers `next` for every way that `step` takes words from `start`.
    fn take(&self, book: &SentenceBook, step: Step, start: usize, cost: usize, next: &mut [usize]) {
        let mut lower = |end: usize, extra: usize| {
            if let Some(best) = next.get_mut(end) {
                *best = (*best).min(cost + extra);
            }
        };
        match step {
            Step::Word(forms) => {
                if let Some(word) = self.words.get(start) {
                    let extra = book.words.texts(forms).map(|form| difference(word, form)).min();
                    lower(start + 1, extra.unwrap_or(EDIT));
                }
            }
            Step::Slot(SlotClass::Statement) => lower(self.words.len(), SLIP),
            Step::Slot(SlotClass::Number) => lower(start + 1, SLIP),
            Step::Slot(SlotClass::Entity) => {
                for length in 1..=MAX_SLOT_WORDS {
                    lower(start + length, SLIP * length);
                }
                for &end in self.names.get(start).into_iter().flatten() {
                    lower(end, 0);
                }
            }
        }
    }
}

fn difference(word: &str, form: &str) -> usize {
    if word == form {
        0
    } else if suggest::nearest(word, [form]).is_empty() {
        EDIT
    } else {
        SLIP
    }
}

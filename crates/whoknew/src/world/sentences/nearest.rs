//! The patterns nearest to a line that fits none: edit distance over words, where slots take names for nothing.

use super::Reader;
use super::book::{Pattern, PatternId, SentenceBook, SlotClass, Step, Subject, Target, Tree};
use super::line::Line;
use super::meant::{COPULAS, PARTICLES, SMALL_WORDS};
use crate::world::{KindId, ParameterKind, Term, ValueKind, World, suggest};

/// At most so many patterns are offered.
const MOST_OFFERED: usize = 3;
/// Longer lines are compared up to here.
const MAX_WORDS: usize = 60;
/// The most words that one slot takes.
const MAX_SLOT_WORDS: usize = 4;

/// A word inserted, left out or replaced.
const EDIT: usize = 4;
/// A word mistyped, words that name nothing in a slot, or a name of another kind.
const SLIP: usize = 1;
/// How many slips there may be beside a pattern whose verb is only nearly that of the line.
const MOST_SLIPS: usize = 2;
/// Patterns are offered that are so much farther than the nearest.
const MOST_FARTHER: usize = SLIP;

/// The patterns of `trees` nearest to `line` from a position on, nearest first, each text once; none if none is near.
pub(super) fn patterns(reader: Reader<'_>, line: &Line<'_>, from: usize, trees: &[Tree]) -> Vec<PatternId> {
    let book = reader.book;
    let line = Compared::new(line, from);
    let mut scored: Vec<(usize, usize)> = Vec::new();
    for (index, pattern) in book.patterns.iter().enumerate() {
        if !trees.contains(&pattern.tree) || pattern.built || !line.shares_word(book, pattern) {
            continue;
        }
        let distance = line.distance(reader, pattern);
        let most = match line.telling(book, pattern) {
            Telling::Same => EDIT * pattern.steps.len().max(2) / 2,
            Telling::Near => MOST_SLIPS * SLIP,
            Telling::Other => continue,
        };
        if distance <= most {
            scored.push((distance, index));
        }
    }
    scored.sort_unstable();
    let nearest = scored.first().map_or(0, |&(distance, _)| distance);
    scored.retain(|&(distance, _)| distance <= nearest + MOST_FARTHER);
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

/// The first patterns of `trees` whose slots take the names in a line, one after the other.
pub(super) fn with_names(reader: Reader<'_>, line: &Line<'_>, trees: &[Tree]) -> Vec<PatternId> {
    let (mut names, mut from) = (Vec::new(), 0);
    while from < line.len() {
        let mut longest: Option<(Term, usize)> = None;
        line.each_name(from, |term, end| {
            if longest.is_none_or(|(_, known)| end > known) {
                longest = Some((term, end));
            }
        });
        names.extend(longest.map(|(term, _)| term));
        from = longest.map_or(from + 1, |(_, end)| end);
    }
    let fits = |pattern: &&Pattern| {
        let takes = |(&target, &term): (&Target, &Term)| {
            kinds_of(reader.world, pattern, target).is_some_and(|kinds| line.is_of_kinds(reader.world, term, kinds))
        };
        pattern.targets.len() == names.len() && pattern.targets.iter().zip(&names).all(takes)
    };
    let patterns = reader.book.patterns.iter().enumerate();
    let of_trees = patterns.filter(|(_, pattern)| trees.contains(&pattern.tree) && !pattern.built);
    let fitting = of_trees.filter(|(_, pattern)| names.len() > 1 && fits(pattern));
    fitting.map(|(index, _)| PatternId::from_index(index)).take(MOST_OFFERED).collect()
}

/// Whether a line and a pattern have a word that tells what it is about: more than `is`, `to` or `that`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    /// They have.
    Same,
    /// One that differs by a slip.
    Near,
    /// They have not.
    Other,
}

/// A line prepared for comparison.
struct Compared<'l> {
    line: &'l Line<'l>,
    words: Vec<String>,
    /// For each position the names that begin there, with their ends.
    names: Vec<Vec<(Term, usize)>>,
}

impl<'l> Compared<'l> {
    fn new(line: &'l Line<'l>, from: usize) -> Self {
        let length = line.len().saturating_sub(from).min(MAX_WORDS);
        let mut names = vec![Vec::new(); length];
        for (position, ends) in names.iter_mut().enumerate() {
            line.each_name(from + position, |term, end| ends.push((term, end - from)));
        }
        Self { line, words: (0..length).map(|position| line.folded(from + position)).collect(), names }
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

    /// Whether the line has a telling word of the pattern. A pattern without one is about its small words.
    fn telling(&self, book: &SentenceBook, pattern: &Pattern) -> Telling {
        let is_small = |form: &str| SMALL_WORDS.contains(&form) || PARTICLES.contains(&form);
        let words =
            pattern.steps.iter().filter_map(|step| if let Step::Word(forms) = step { Some(*forms) } else { None });
        let mut telling = words.filter(|&forms| !book.words.texts(forms).any(is_small)).peekable();
        if telling.peek().is_none() {
            let is_shared = |form: &str| !COPULAS.contains(&form) && self.words.iter().any(|word| word == form);
            let mut words = pattern.steps.iter().filter_map(Step::forms);
            let shares = words.any(|forms| book.words.texts(forms).any(is_shared));
            return if shares { Telling::Same } else { Telling::Other };
        }
        let least = telling.flat_map(|forms| book.words.texts(forms)).map(|form| {
            self.words.iter().filter(|word| !is_small(word)).map(|word| difference(word, form)).min().unwrap_or(EDIT)
        });
        match least.min() {
            Some(0) => Telling::Same,
            Some(SLIP) => Telling::Near,
            _ => Telling::Other,
        }
    }

    /// The least cost of turning the line into `pattern`.
    fn distance(&self, reader: Reader<'_>, pattern: &Pattern) -> usize {
        let length = self.words.len();
        let mut row: Vec<usize> = (0..=length).map(|left_out| left_out * EDIT).collect();
        let mut targets = pattern.targets.iter();
        for &step in &pattern.steps {
            let target = if let Step::Slot(_) = step { targets.next().copied() } else { None };
            let taken = target.and_then(|target| kinds_of(reader.world, pattern, target));
            let mut next: Vec<usize> = row.iter().map(|cost| cost + EDIT).collect();
            for (start, &cost) in row.iter().enumerate() {
                self.take(reader, (step, taken), start, cost, &mut next);
            }
            for end in 1..=length {
                next[end] = next[end].min(next[end - 1] + EDIT);
            }
            row = next;
        }
        row[length]
    }

    /// Lowers `next` for every way that a step takes words from `start`; a slot takes names of these kinds.
    fn take(
        &self,
        reader: Reader<'_>,
        (step, kinds): (Step, Option<&[KindId]>),
        start: usize,
        cost: usize,
        next: &mut [usize],
    ) {
        let mut lower = |end: usize, extra: usize| {
            if let Some(best) = next.get_mut(end) {
                *best = (*best).min(cost + extra);
            }
        };
        match step {
            Step::Word(forms) => {
                if let Some(word) = self.words.get(start) {
                    let extra = reader.book.words.texts(forms).map(|form| difference(word, form)).min();
                    lower(start + 1, extra.unwrap_or(EDIT));
                }
            }
            Step::Slot(SlotClass::Statement) => lower(self.words.len(), SLIP),
            Step::Slot(SlotClass::Number) => lower(start + 1, SLIP),
            Step::Slot(SlotClass::Entity) => {
                for length in 1..=MAX_SLOT_WORDS {
                    lower(start + length, SLIP * length);
                }
                for &(term, end) in self.names.get(start).into_iter().flatten() {
                    let fits = |kinds: &[KindId]| self.line.is_of_kinds(reader.world, term, kinds);
                    lower(end, if kinds.is_none_or(fits) { 0 } else { SLIP });
                }
            }
        }
    }
}

/// The kinds that a slot takes, if it takes any.
pub(super) fn kinds_of<'w>(world: &'w World, pattern: &Pattern, target: Target) -> Option<&'w [KindId]> {
    let parameters = match pattern.subject {
        Subject::Fact { fluent, .. } => &world.fluents[fluent.index()].parameters,
        Subject::Action(action) => &world.actions[action.index()].parameters,
    };
    match (target, pattern.subject) {
        (Target::Parameter(index), _) => match &parameters.get(index)?.kind {
            ParameterKind::Entity(kinds) => Some(kinds),
            _ => None,
        },
        (Target::Value, Subject::Fact { fluent, .. }) => match &world.fluents[fluent.index()].value {
            ValueKind::Entity(kinds) => Some(kinds),
            _ => None,
        },
        (Target::Value, Subject::Action(_)) => None,
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

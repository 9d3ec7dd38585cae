//! Lines that say more than any pattern: what is left of them without words that only join or place it.

use super::codes::E0310;
use super::failure::Failure;
use super::fitted::is_negation;
use crate::diagnostic::Diagnostic;
use crate::world::World;

/// Words between what happens and what happened before.
const CONNECTIVES: &[&str] = &[
    "and",
    "then",
    "but",
    "so",
    "now",
    "suddenly",
    "later",
    "meanwhile",
    "afterwards",
    "finally",
    "eventually",
    "next",
    "soon",
    "first",
    "after",
    "that",
    "this",
    "at",
    "last",
    "in",
    "meantime",
    "also",
    "however",
    "therefore",
    "still",
    "once",
    "moment",
    ",",
];
/// Words that begin where, when and how.
const PREPOSITIONS: &[&str] = &[
    "behind",
    "under",
    "underneath",
    "beneath",
    "below",
    "above",
    "near",
    "beside",
    "beyond",
    "between",
    "among",
    "on",
    "in",
    "inside",
    "outside",
    "at",
    "from",
    "with",
    "for",
    "of",
    "to",
    "into",
    "onto",
    "by",
    "through",
    "across",
    "along",
    "around",
    "over",
    "against",
    "after",
    "before",
    "during",
    "without",
    "out",
    "towards",
    "upon",
    "off",
    "past",
    "via",
    "until",
];

impl Failure<'_> {
    /// The message about an event behind `and then` or the like.
    pub(super) fn after_connectives(&self) -> Option<Diagnostic> {
        if !self.suggests || self.reader.asks {
            return None;
        }
        let joins = |position: &usize| CONNECTIVES.contains(&self.line.folded(*position).as_str());
        let from = (0..self.line.len()).find(|position| !joins(position)).filter(|&from| from > 0)?;
        let event = self.line.text_with_article(from, self.line.len());
        let title = format!("no {} is said like this", self.wanted());
        self.reader.is_event(&event).then(|| {
            Diagnostic::new(&E0310, title, self.line.span(0, from))
                .help(format!("lines happen one after the other, in the order in which they stand: write `{event}`"))
        })
    }

    /// Whether where, when or how begins at a position.
    pub(super) fn begins_phrase(&self, position: usize) -> bool {
        PREPOSITIONS.contains(&self.line.folded(position).as_str())
    }

    /// The line as it can be told without where, when or how at its end, if that names no character and denies nothing.
    pub(super) fn shorter(&self) -> Option<String> {
        if !self.suggests || self.reader.asks {
            return None;
        }
        let line = self.line;
        let can_end = |end: &usize| self.begins_phrase(*end) && self.reader.is_event(&line.text_with_article(0, *end));
        let end = (1..line.len()).rev().find(can_end)?;
        let names_character = |position: usize| {
            let mut found = false;
            line.each_name(position, |term, _| found |= line.is_of_kinds(self.world, term, &[World::CHARACTER_KIND]));
            found
        };
        if (end..line.len()).any(|position| names_character(position) || is_negation(&line.folded(position))) {
            return None;
        }
        let (event, rest) = (line.text_with_article(0, end), line.text(end, line.len()));
        Some(format!("if `{rest}` does not matter, write `{event}`"))
    }
}

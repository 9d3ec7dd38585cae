//! The message about a line that fits no pattern: what comes nearest, and what might be declared.

use super::book::Tree;
use super::codes::E0310;
use super::failure::Failure;
use super::fitted::Fitted;
use super::meant::SMALL_WORDS;
use super::nearest;
use super::tellers::longest_name;
use crate::diagnostic::Diagnostic;
use crate::world::packs::{self, Pack, PackPattern};

impl Failure<'_> {
    /// A pattern of a pack that is not used, which the line from a position on may say; `alone`: no other pattern
    /// is near.
    fn pattern_of_pack(&self, from: usize, alone: bool) -> Option<PackPattern> {
        let words: Vec<String> = (from..self.line.len()).map(|position| self.line.folded(position)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let is_telling = |word: &str| !SMALL_WORDS.contains(&word) && self.book.words.get(word).is_none();
        let is_small = |word: &str| SMALL_WORDS.contains(&word) || super::is_article(word);
        let is_used = |pack: &Pack| self.uses(pack);
        let says_something = words.contains(&"that") || words.contains(&"whether");
        let found = self.suggests.then(|| packs::saying(&words, &is_telling, &is_small, &is_used)).flatten();
        let found =
            found.filter(|found| !says_something || found.text.contains("that ") || found.text.contains("whether "));
        found.or_else(|| {
            let (own, names) = self.own_words(from);
            let own: Vec<&str> = own.iter().map(String::as_str).collect();
            (self.suggests && alone).then(|| packs::saying_just(&own, names, &is_used)).flatten()
        })
    }

    /// Whether the story uses a pack. Two packs may have one pattern, and a story may replace some.
    pub(super) fn uses(&self, pack: &Pack) -> bool {
        let is_known = |text: &&str| self.book.patterns.iter().any(|pattern| pattern.text == shown(text));
        pack.patterns().filter(is_known).count() * 2 > pack.patterns().count()
    }

    /// The words from a position on that are in no name, and how many names there are.
    fn own_words(&self, from: usize) -> (Vec<String>, usize) {
        let (mut own, mut names, mut position) = (Vec::new(), 0, from);
        while position < self.line.len() {
            match longest_name(self.line, position) {
                Some(end) => {
                    names += 1;
                    position = end;
                }
                None => {
                    own.push(self.line.folded(position));
                    position += 1;
                }
            }
        }
        (own, names)
    }

    /// What can be said at all, where nothing is near.
    fn no_way_on(&self, diagnostic: Diagnostic, trees: &[Tree]) -> Diagnostic {
        let diagnostic = diagnostic.help("a line must fit a declared sentence pattern word by word");
        if !self.suggests {
            return diagnostic;
        }
        let fitting = nearest::with_names(self.reader, self.line, trees);
        let texts: Vec<String> =
            fitting.iter().map(|pattern| format!("\"{}\"", self.book.patterns[pattern.index()].text)).collect();
        let diagnostic = match texts.as_slice() {
            [] => diagnostic,
            texts => diagnostic.help(format!("of such names there are {}", texts.join(", "))),
        };
        diagnostic.help("all sentences of the packs are in docs/packs.md; `whoknew explain E0310` says more")
    }

    /// What is said of a line about something that lasts, where something should happen.
    fn lasting(&self) -> Option<&'static str> {
        if !self.suggests {
            None
        } else if self.reader.is_feeling(self.line) {
            Some("what somebody feels lasts: it is a fact, said below `start`, or made so by what happens")
        } else if self.reader.is_state(self.line) {
            Some("what is so, and does not happen, is a fact: said below `start`, or made so by what happens")
        } else {
            None
        }
    }

    pub(super) fn no_sentence(&self) -> Diagnostic {
        let (from, trees) = self.trouble.deepest.unwrap_or((0, &[Tree::Facts, Tree::Past]));
        let title = format!("no {} is said like this", self.wanted());
        let span = if from == 0 { None } else { self.line.span(from, self.line.len()) };
        let mut diagnostic = Diagnostic::new(&E0310, title, span.or_else(|| self.line.whole()));
        let form = self.wrong_form(from, trees);
        if !form.is_empty() {
            return form.into_iter().fold(diagnostic, Diagnostic::help);
        }
        let near = if self.suggests { nearest::patterns(self.reader, self.line, from, trees) } else { Vec::new() };
        let is_fact = trees.contains(&Tree::Facts);
        let tells = self.suggests && !is_fact && from == 0;
        let fitted = near.iter().filter(|_| tells).find_map(|&pattern| self.reader.fitted(self.line, pattern));
        let says_all = fitted.as_ref().is_some_and(|fitted| fitted.says_all);
        if !says_all && let Some(PackPattern { pack, text }) = self.pattern_of_pack(from, near.is_empty()) {
            let text = shown(text);
            return diagnostic.help(format!("the pack `{0}` has \"{text}\": write `use {0}`", pack.name));
        }
        if let Some(shorter) = self.shorter().filter(|_| tells && !says_all) {
            return diagnostic.help(shorter);
        }
        let declaration = if self.suggests { self.declaration(from, is_fact) } else { None };
        if tells {
            let retold = || self.reader.retold(self.line);
            let help = match fitted {
                Some(Fitted { text, says_all: true }) => Some(format!("did you mean `{text}`?")),
                Some(Fitted { text, says_all: false }) => {
                    Some(retold().unwrap_or_else(|| format!("if it means the same, write `{text}`")))
                }
                None => retold(),
            };
            if let Some(help) = help {
                let also = || self.reader.also_going(self.line).filter(|_| !self.reader.asks);
                let other_words = self.in_other_words(from, is_fact, &near).or_else(also);
                return other_words.into_iter().fold(diagnostic.help(help), Diagnostic::help);
            }
        }
        if let Some(lasting) = self.lasting().filter(|_| !is_fact && near.is_empty()) {
            return self.declaration(from, true).into_iter().fold(diagnostic.help(lasting), Diagnostic::help);
        }
        for &pattern in &near {
            diagnostic = diagnostic.help(format!("a near pattern is \"{}\"", self.book.patterns[pattern.index()].text));
        }
        let events = if self.suggests && is_fact && near.is_empty() {
            nearest::patterns(self.reader, self.line, from, &[Tree::Events])
        } else {
            Vec::new()
        };
        if let Some(event) = events.first() {
            let event = &self.book.patterns[event.index()].text;
            return diagnostic.help(format!("that something happened is said so: \"it happened that {event}\""));
        }
        if let Some(other_words) = self.in_other_words(from, is_fact, &near) {
            return diagnostic.help(other_words);
        }
        match declaration {
            Some(declaration) if is_fact => diagnostic.help(declaration),
            Some(declaration) => diagnostic.help(declaration).help(self.below_declaration(from)),
            None if near.is_empty() => self.no_way_on(diagnostic, trees),
            None => diagnostic,
        }
    }
}

/// A pattern as messages show it: the first form of each word.
fn shown(pattern: &str) -> String {
    let words: Vec<&str> = pattern.split(' ').map(|word| word.split('|').next().unwrap_or(word)).collect();
    words.join(" ")
}

//! The message about a line that fits no pattern: what comes nearest, and what might be declared.

use super::book::Tree;
use super::codes::E0310;
use super::failure::Failure;
use super::fitted::{Fitted, is_negation};
use super::line::Line;
use super::meant::{QUESTION_WORDS, SMALL_WORDS};
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

    /// Whether the first word of the line that names nothing denies the verb behind it: `did not kill`, `never kills`.
    fn denies_its_verb(&self, from: usize) -> bool {
        const SUPPORTS: &[&str] = &["does", "do", "did", "will", "has", "have", "is", "was"];
        let Some(name) = longest_name(self.line, from) else { return false };
        let verb = if SUPPORTS.contains(&self.line.folded(name).as_str()) { name + 1 } else { name };
        verb < self.line.len() && is_negation(&self.line.folded(verb))
    }

    /// `(Ann is dead) or (Ben is dead)`, of `Ann or Ben is dead`.
    fn joined_by_or(&self, or: usize) -> String {
        let line = self.line;
        let (one, other) = (line.text_with_article(0, or), line.text_with_article(or + 1, line.len()));
        let name = longest_name(line, or + 1).filter(|_| longest_name(line, 0) == Some(or));
        match name {
            Some(end) => format!("({one} {}) or ({other})", line.text_with_article(end, line.len())),
            None => format!("({one}) or ({other})"),
        }
    }

    /// `someone killed Konrad`, of `who killed Konrad`.
    fn deed_asked(&self, from: usize) -> Option<String> {
        if from == 0 || self.line.folded(from) != "who" {
            return None;
        }
        let tokens = self.line.with_word(from, "someone");
        let line = Line::new(&self.reader, &tokens);
        self.reader.states(&line, from).then(|| line.text(from, line.len()))
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
        if let Some(help) = self.scene_word().filter(|_| !trees.contains(&Tree::Facts) && from == 0) {
            return diagnostic.help(help);
        }
        let is_reason = |position: &usize| self.line.folded(*position) == "because";
        if let Some(because) = (from + 1..self.line.len()).find(is_reason).filter(|_| !self.reader.asks) {
            let help = if trees.contains(&Tree::Facts) {
                format!(
                    "a reason stands in quotation marks behind what is assumed: `assume {} \"…\"`",
                    self.line.text(from, because)
                )
            } else {
                format!(
                    "what an act is done for stands in a line below it: `{}`, and below it `because` with a want",
                    self.line.text(from, because)
                )
            };
            return diagnostic.help(help);
        }
        let is_or = |position: &usize| self.line.folded(*position) == "or" && self.line.folded(position + 1) != "that";
        if let Some(or) = (1..self.line.len()).find(is_or).filter(|_| from == 0 && trees.contains(&Tree::Facts)) {
            return diagnostic.help(format!("statements are joined by `or` in a formula: `{}`", self.joined_by_or(or)));
        }
        if self.says_several {
            return diagnostic.help(format!("one {} a line: write a line for each", self.wanted()));
        }
        if (self.denies || self.denies_its_verb(from)) && !trees.contains(&Tree::Facts) {
            let help = "a scene tells what happens; to have it checked that this does not, write `claim it never happened that …`";
            return diagnostic.help(help).help("that something is not so stands below `start`, or behind `claim`");
        }
        if self.denies {
            let help = "write `it is not so that …`, or give the fact a line `not \"…\"` with its opposite";
            return diagnostic.help(help);
        }
        if from > 0 && longest_name(self.line, from) == Some(self.line.len()) && !self.reader.asks {
            let help = "here a statement stands, and not a name alone: what is said, believed or known of it";
            return diagnostic.help(help).help(
                "that somebody takes another's word for true is said by `… trusts …`; whom somebody knows is a fact of its own",
            );
        }
        if let Some(deed) = self.deed_asked(from) {
            let named = deed.replacen("someone", "…", 1);
            return diagnostic
                .help(format!("name who did it: `that {named}`; that it was done, whoever did it, is `that {deed}`"));
        }
        if from > 0 && QUESTION_WORDS.contains(&self.line.folded(from).as_str()) {
            return diagnostic.help(
                "ask with `whether`, and for any value with `this or that`, as in `whether … is in this or that place`",
            );
        }
        if from > 0 && self.line.folded(from) == "about" {
            let help = "say what is known or believed of it, with `that`, or `whether … is in this or that place`";
            return diagnostic.help(help);
        }
        if let Some(present) = self.reader.in_the_present(self.line).filter(|_| self.suggests && from == 0) {
            let help = format!(
                "sentences are in the present of their scene: write `{present}`; that something has happened is said by \
                 `it happened that …`"
            );
            return diagnostic.help(help);
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

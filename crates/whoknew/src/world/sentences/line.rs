//! A line of words, looked up once, ready to be matched.

use super::book::SentenceBook;
use super::numbers;
use super::tokens::{Token, fold, is_article};
use super::words::{self, WordId};
use super::{NamedVariable, Reader};
use crate::source::Span;
use crate::world::{EntityId, KindId, Term, World};

/// The most names that one slot or believer list may have.
const MAX_NAMES: usize = 1_000;
/// The most ways to read a list of names.
const MAX_LISTS: usize = 64;

/// A word of a line.
#[derive(Clone, Copy, Debug)]
struct LineWord {
    /// `None`: no pattern and no name mentions it.
    id: Option<WordId>,
    /// Its position among the tokens.
    token: usize,
    /// It may be an article or a name (the person `A`).
    optional: bool,
}

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Filling {
    /// A name.
    Name(Term),
    /// A list of names.
    Names(Vec<Term>),
    /// A number.
    Number(f64),
    /// `nobody`: no character.
    Nobody,
    /// `nothing`: no value but a character.
    Nothing,
    /// `an unknown place`, `no place`, `an unknown number` (no kinds).
    Unknown(Vec<KindId>),
    /// `this or that place`: whichever value.
    Whichever(Vec<KindId>),
    /// `who`, `what` after `knows`: whichever value, of any kind.
    Asked,
    /// Words that name nothing (only when looking for the trouble).
    Stranger,
}

/// The words of a line without its articles. Positions count these words.
#[derive(Debug)]
pub(super) struct Line<'a> {
    book: &'a SentenceBook,
    variables: &'a [NamedVariable],
    tokens: &'a [Token<'a>],
    words: Vec<LineWord>,
}

impl<'a> Line<'a> {
    pub(super) fn new(reader: &Reader<'a>, tokens: &'a [Token<'a>]) -> Self {
        let (book, variables) = (reader.book, reader.variables);
        let mut words = Vec::with_capacity(tokens.len());
        let mut folded = String::new();
        for (index, token) in tokens.iter().enumerate() {
            fold(token.text, &mut folded);
            let id = book.words.get(&folded);
            let article = is_article(&folded);
            let named = || variables.iter().any(|variable| variable.word == folded);
            let optional = article && (id.is_some_and(|id| book.names.article_names.contains(&id)) || named());
            if !article || optional {
                words.push(LineWord { id, token: index, optional });
            }
        }
        Self { book, variables, tokens, words }
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word at `position`, if anything mentions it.
    pub(super) fn word(&self, position: usize) -> Option<WordId> {
        self.words.get(position)?.id
    }

    /// Whether the word at `position` may also be skipped.
    pub(super) fn is_optional(&self, position: usize) -> bool {
        self.words.get(position).is_some_and(|word| word.optional)
    }

    /// The position after `expected`, if the words from `position` are these.
    pub(super) fn after(&self, position: usize, expected: &[WordId]) -> Option<usize> {
        let here = expected.iter().enumerate().all(|(offset, &word)| self.word(position + offset) == Some(word));
        here.then_some(position + expected.len())
    }

    /// The place of the words from `from` up to `to`.
    pub(super) fn span(&self, from: usize, to: usize) -> Option<Span> {
        let first = self.tokens.get(self.words.get(from)?.token)?;
        let last = self.tokens.get(self.words.get(to.max(from + 1) - 1)?.token)?;
        Some(first.span.to(last.span))
    }

    /// The place of all of it.
    pub(super) fn whole(&self) -> Option<Span> {
        Some(self.tokens.first()?.span.to(self.tokens.last()?.span))
    }

    /// The words from `from` up to `to` as written, articles among them.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        let (Some(first), Some(last)) = (self.words.get(from), self.words.get(to.max(from + 1) - 1)) else {
            return String::new();
        };
        let mut text = String::new();
        for token in &self.tokens[first.token..=last.token] {
            if !text.is_empty() && token.text != "," && !super::tokens::is_possessive(token.text) {
                text.push(' ');
            }
            text.push_str(token.text);
        }
        text
    }

    /// The words from `from` up to `to`, with an article before them.
    pub(super) fn text_with_article(&self, from: usize, to: usize) -> String {
        let article = self.article_before(from).map(|article| format!("{article} "));
        article.unwrap_or_default() + &self.text(from, to)
    }

    /// The words from `from` up to `to`, which name `term`, with the article of the name.
    pub(super) fn name_as_declared(&self, world: &World, term: Term, (from, to): (usize, usize)) -> String {
        let written = self.text_with_article(from, to);
        let name = self.name_of(world, term);
        let bare =
            name.split_once(' ').filter(|(article, _)| is_article(&article.to_lowercase())).map(|(_, bare)| bare);
        if bare == Some(&written) { name.to_owned() } else { written }
    }

    /// The article that stands before the word at `position`.
    pub(super) fn article_before(&self, position: usize) -> Option<&'a str> {
        let before = self.words.get(position)?.token.checked_sub(1)?;
        let text = self.tokens[before].text;
        is_article(&text.to_lowercase()).then_some(text)
    }

    /// The tokens without `length` words from `position` on, and with `next` in place of the one after these.
    pub(super) fn without<'t>(&'t self, position: usize, length: usize, next: Option<&'t str>) -> Vec<Token<'t>> {
        let token = |position: usize| self.words.get(position).map_or(self.tokens.len(), |word| word.token);
        let (from, to) = (token(position), token(position + length));
        let mut tokens: Vec<Token<'t>> = self.tokens[..from].iter().chain(&self.tokens[to..]).copied().collect();
        if let (Some(next), Some(after)) = (next, tokens.get_mut(from)) {
            after.text = next;
        }
        tokens
    }

    /// The tokens before the word at `position`.
    pub(super) fn before(&self, position: usize) -> &'a [Token<'a>] {
        self.words.get(position).map_or(self.tokens, |word| &self.tokens[..word.token])
    }

    /// The tokens with `word` in place of the one at `position`.
    pub(super) fn with_word<'t>(&'t self, position: usize, word: &'t str) -> Vec<Token<'t>> {
        let mut tokens: Vec<Token<'t>> = self.tokens.to_vec();
        if let Some(replaced) = self.words.get(position) {
            tokens[replaced.token].text = word;
        }
        tokens
    }

    /// The folded text of the word at `position`.
    pub(super) fn folded(&self, position: usize) -> String {
        let mut folded = String::new();
        if let Some(word) = self.words.get(position) {
            fold(self.tokens[word.token].text, &mut folded);
        }
        folded
    }

    /// Calls `found` with everything named from `position` and the position after its name.
    pub(super) fn each_name(&self, position: usize, mut found: impl FnMut(Term, usize)) {
        self.each_name_right_at(position, &mut found);
        if self.is_optional(position) {
            self.each_name_right_at(position + 1, &mut found);
        }
    }

    /// A variable hides what else is called by its one word.
    fn each_name_right_at(&self, position: usize, found: &mut impl FnMut(Term, usize)) {
        if position >= self.words.len() {
            return;
        }
        let variable = self.variable(position);
        if let Some(variable) = variable {
            found(variable.term, position + 1);
        }
        let words = self.words[position..].iter().map(|word| word.id);
        self.book.names.each_prefix(words, |entity: EntityId, taken| {
            if taken > 1 || variable.is_none() {
                found(Term::Entity(entity), position + taken);
            }
        });
    }

    /// The variable that the word at `position` names.
    fn variable(&self, position: usize) -> Option<&'a NamedVariable> {
        if self.variables.is_empty() {
            return None;
        }
        let word = self.folded(position);
        self.variables.iter().rev().find(|variable| variable.word == word)
    }

    /// The kinds of an entity or a variable.
    pub(super) fn kinds_of<'k>(&self, world: &'k World, term: Term) -> &'k [KindId]
    where
        'a: 'k,
    {
        match term {
            Term::Entity(entity) => world.entities.get(entity.index()).map_or(&[], |entity| &entity.kinds),
            Term::Variable(_) => {
                self.variables.iter().find(|variable| variable.term == term).map_or(&[], |variable| &variable.kinds)
            }
        }
    }

    /// Whether an entity is of one of these kinds, or a variable always is.
    pub(super) fn is_of_kinds(&self, world: &World, term: Term, kinds: &[KindId]) -> bool {
        match term {
            Term::Entity(entity) => kinds.iter().any(|&kind| world.is_of_kind(entity, kind)),
            Term::Variable(_) => {
                let own = self.kinds_of(world, term);
                own.iter().all(|&own| kinds.iter().any(|&kind| world.is_subkind(own, kind)))
            }
        }
    }

    /// What an entity or a variable is called.
    pub(super) fn name_of<'k>(&self, world: &'k World, term: Term) -> &'k str
    where
        'a: 'k,
    {
        match term {
            Term::Entity(entity) => world.entities.get(entity.index()).map_or("", |entity| &entity.name),
            Term::Variable(_) => {
                self.variables.iter().find(|variable| variable.term == term).map_or("", |variable| &variable.word)
            }
        }
    }

    /// The names, and with `lists` the lists of names, that begin at `position`.
    pub(super) fn names(&self, position: usize, lists: bool) -> Vec<(Filling, usize)> {
        let mut found = Vec::new();
        self.each_name(position, |term, end| found.push((Filling::Name(term), end)));
        let mut next = 0;
        while lists && next < found.len() && found.len() < MAX_LISTS.max(MAX_NAMES) {
            let (filling, end) = found[next].clone();
            next += 1;
            let Some(more) = self.after_separator(end) else { continue };
            let before = match filling {
                Filling::Name(term) => vec![term],
                Filling::Names(terms) => terms,
                _ => continue,
            };
            self.each_name(more, |term, end| {
                let mut longer = before.clone();
                longer.push(term);
                found.push((Filling::Names(longer), end));
            });
        }
        found
    }

    /// The position after `,`, `and` or `, and`.
    fn after_separator(&self, position: usize) -> Option<usize> {
        let comma = self.after(position, &[words::COMMA]);
        let start = comma.unwrap_or(position);
        self.after(start, &[words::AND]).or(comma)
    }

    /// `who` and `what` after `knows` and `wonders`: whichever value.
    fn asked(&self, position: usize) -> Option<(Filling, usize)> {
        use words::{KNOW, KNOWS, WHAT, WHO, WHOM, WONDER, WONDERS};
        let before = self.word(position.checked_sub(1)?)?;
        let asks = matches!(before, KNOW | KNOWS | WONDER | WONDERS);
        (asks && matches!(self.word(position)?, WHO | WHOM | WHAT)).then_some((Filling::Asked, position + 1))
    }

    /// `an unknown KIND`, `no KIND`, `nobody`, `nothing`, `this or that KIND` from `position`: what it stands for and the position after it.
    pub(super) fn placeholder(&self, position: usize) -> Option<(Filling, usize)> {
        if let Some(asked) = self.asked(position) {
            return Some(asked);
        }
        for (word, filling) in [(words::NOBODY, Filling::Nobody), (words::NOTHING, Filling::Nothing)] {
            if let Some(end) = self.after(position, &[word]) {
                // Somebody may be called so.
                return self.names(position, false).is_empty().then_some((filling, end));
            }
        }
        let whichever = self.after(position, &[words::THIS, words::OR, words::THAT]);
        let unknown = whichever.or_else(|| self.after(position, &[words::UNKNOWN]));
        let mut end = unknown.or_else(|| self.after(position, &[words::NO]))?;
        let mut kinds = Vec::new();
        if let Some(after) = self.after(end, &[words::NUMBER]) {
            end = after;
        } else {
            loop {
                kinds.push(*self.book.kind_words.get(&self.word(end)?)?);
                end += 1;
                let another = self.after(end, &[words::OR]).filter(|&next| self.is_kind(next));
                let Some(next) = another else { break };
                end = next;
            }
        }
        let filling = if whichever.is_some() { Filling::Whichever(kinds) } else { Filling::Unknown(kinds) };
        Some((filling, end))
    }

    fn is_kind(&self, position: usize) -> bool {
        self.word(position).is_some_and(|word| self.book.kind_words.contains_key(&word))
    }

    /// The number that begins at `position`, and the position after it.
    pub(super) fn number(&self, position: usize) -> Option<(f64, usize)> {
        const LONGEST: usize = 12;
        let end = (position + LONGEST).min(self.words.len());
        let texts: Vec<String> = (position..end).map(|index| self.folded(index)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        numbers::read(&texts).map(|(number, taken)| (number, position + taken))
    }
}

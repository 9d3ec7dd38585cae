//! The message about a line without a reading: what is wrong where the author's words are nearly understood.

use super::Reader;
use super::book::{SentenceBook, Tree};
use super::codes::{E0310, E0311, E0312, E0313, E0314, E0315, E0316, E0317, E0318};
use super::line::Line;
use super::meant::{LINE_WORDS, Mistyped, QUESTION_WORDS};
use super::tellers::longest_name;
use super::trouble::{Mismatch, Someone, Stranger, Trouble};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::world::unknown::UnknownName;
use crate::world::{EntityId, KindId, Term, ValueKind, World, suggest};

/// What the author may have meant by a line without a reading, beside the nearest patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Otherwise {
    /// A statement where an event is wanted, and the pattern of an event that makes it so.
    Statement(Option<String>),
    /// What happened, where it should be told as it happens: so.
    Past(String),
    /// An event where a statement is wanted, and how it is said to have happened.
    Event {
        /// Where in the line it begins.
        from: usize,
        past: String,
    },
    /// An event, but for a list of names: one line for each, and how many more there would be.
    List(Vec<String>, usize),
    /// Neither.
    Nothing,
}

/// Everything known about a line without a reading.
pub(super) struct Failure<'a> {
    pub reader: Reader<'a>,
    pub book: &'a SentenceBook,
    pub world: &'a World,
    pub line: &'a Line<'a>,
    pub trouble: &'a Trouble,
    pub strangers: Vec<Stranger>,
    /// A word that may be mistyped.
    pub mistyped: Option<Mistyped>,
    /// It begins with what would be a line of its own.
    pub says_several: bool,
    /// It would be a statement without `does not`.
    pub denies: bool,
    pub otherwise: Otherwise,
    /// Whether to look for near names and patterns.
    pub suggests: bool,
}

impl Failure<'_> {
    /// The one message about it.
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let whole = self.line.whole();
        if self.trouble.too_rich {
            return Diagnostic::new(&E0314, "this line says too much at once", whole)
                .help("its statements are nested too deeply, or its lists stand for too many statements; split it");
        }
        if let Some(crowd) = self.crowd() {
            return crowd;
        }
        let otherwise = self.said_otherwise().or_else(|| self.in_everyday_words()).or_else(|| self.after_connectives());
        if let Some(otherwise) = otherwise {
            return otherwise;
        }
        if let Some(Someone { from, to, formula }) = &self.trouble.someone {
            let title = format!("`{}` cannot stand in a fact", self.line.text(*from, *to));
            let diagnostic = Diagnostic::new(&E0318, title, self.line.span(*from, *to));
            return match formula {
                Some(formula) => diagnostic.help(format!("as a formula, it is `{formula}`")),
                None => diagnostic
                    .help("what is said or believed is about a certain one; `someone` can stand in what happened: `it happened that …`"),
            };
        }
        if let Some((_, mismatch)) = &self.trouble.mismatch {
            return self.wrong_kind(mismatch);
        }
        let is_near = |stranger: &Stranger| {
            let name = self.line.text(stranger.from, stranger.to);
            let near = near_names(self.world, self.line, stranger);
            !suggest::nearest(&name, near).is_empty()
        };
        let is_retold = || self.suggests && self.wanted() == "action" && self.reader.retold(self.line).is_some();
        // What holds several names is no name.
        let holds_names = |stranger: &Stranger| {
            let begins = |position: &usize| longest_name(self.line, *position).is_some_and(|end| end <= stranger.to);
            let is_possessive = |position: usize| super::is_possessive(&self.line.folded(position));
            stranger.from == 0 && (0..stranger.to).filter(begins).count() > 1 && !(0..stranger.to).any(is_possessive)
        };
        let strangers = if self.strangers.iter().any(holds_names) { &[] } else { self.strangers.as_slice() };
        match (strangers, &self.mistyped) {
            ([], Some(_)) if is_retold() => self.no_sentence(),
            (strangers, Some(mistyped)) if !strangers.iter().any(is_near) => self.mistyped(mistyped),
            ([], _) => self.no_sentence(),
            (strangers, _) => self.unknown_name(strangers),
        }
    }

    /// The message about a line that says something, though not what is wanted.
    fn said_otherwise(&self) -> Option<Diagnostic> {
        let whole = self.line.whole();
        Some(match &self.otherwise {
            Otherwise::Statement(made_by) => {
                let title = "this states something, where something should happen";
                let diagnostic = Diagnostic::new(&E0315, title, whole);
                if let Some(retold) = self.reader.retold(self.line) {
                    return Some(diagnostic.help(retold));
                }
                let diagnostic = made_by.iter().fold(diagnostic, |diagnostic, pattern| {
                    diagnostic.help(format!("tell what makes it so, as in \"{pattern}\""))
                });
                diagnostic.help(
                    "write `claim` before it to have it checked, `assume` to make it so, `reveal` to tell the reader",
                )
            }
            Otherwise::Past(event) => {
                let title = "this states that something has happened, where it should happen";
                Diagnostic::new(&E0315, title, whole).help(format!("tell it as it happens: `{event}`"))
            }
            Otherwise::Event { from, past } => {
                let title = "this is something that happens, where a statement is wanted";
                Diagnostic::new(&E0316, title, self.line.span(*from, self.line.len()))
                    .help(format!("to say that it has happened, write `{past}`"))
            }
            Otherwise::List(lines, further) => {
                let lines: Vec<String> = lines.iter().map(|line| format!("`{line}`")).collect();
                let further = if *further == 0 { String::new() } else { format!(" and so on, {further} more") };
                Diagnostic::new(&E0317, "an event takes one name in each place", whole)
                    .help(format!("write one line for each name: {}{further}", lines.join(", ")))
            }
            Otherwise::Nothing => return None,
        })
    }

    fn mistyped(&self, mistyped: &Mistyped) -> Diagnostic {
        let span = self.line.span(mistyped.position, mistyped.position + 1);
        let title = format!("no {} is said like this", self.wanted());
        let meant: Vec<&str> = mistyped.meant.iter().map(String::as_str).collect();
        let diagnostic = Diagnostic::new(&E0310, title, span);
        match suggest::question(&meant) {
            Some(question) => diagnostic.help(question),
            None => diagnostic,
        }
    }

    /// `statement` or `action`: what should stand where nothing fits.
    pub(super) fn wanted(&self) -> &'static str {
        let (_, trees) = self.trouble.deepest.unwrap_or((0, &[Tree::Facts]));
        if trees.contains(&Tree::Facts) { "statement" } else { "action" }
    }

    fn wrong_kind(&self, mismatch: &Mismatch) -> Diagnostic {
        let name = self.line.name_of(self.world, mismatch.term);
        let wanted = kinds_text(self.world, &mismatch.kinds);
        let span = self.line.span(mismatch.from, mismatch.to);
        let title = match mismatch.term {
            Term::Entity(_) => format!("{name} is no {wanted}"),
            Term::Variable(_) => format!("`{name}` is no {wanted}"),
        };
        let mut diagnostic = Diagnostic::new(&E0313, title, span);
        match mismatch.pattern {
            Some(pattern) => {
                let pattern = &self.book.patterns[pattern.index()];
                diagnostic = diagnostic.label(pattern.span, format!("this pattern takes a {wanted} here"));
            }
            None => diagnostic = diagnostic.help("only characters believe, know and wonder"),
        }
        let Term::Entity(entity) = mismatch.term else {
            let any = kinds_text(self.world, self.line.kinds_of(self.world, mismatch.term));
            return diagnostic.help(format!("`{name}` may be any {any}: declare it narrower, as `{name}: {wanted}`"));
        };
        let entity = &self.world.entities[entity.index()];
        let own = kinds_text(self.world, &entity.kinds).replace(" or ", " and ");
        if let Some(span) = entity.span {
            diagnostic = diagnostic.label(span, format!("{name} is a {own}"));
        }
        // A thing may well be a container, or speak; a person is hardly a place.
        let is_place = self.world.fluents.iter().filter(|fact| fact.location).any(|fact| match &fact.value {
            ValueKind::Entity(kinds) => self.line.is_of_kinds(self.world, mismatch.term, kinds),
            _ => false,
        });
        let may_be = |kind: &&KindId| {
            (**kind == World::CHARACTER_KIND && !is_place)
                || entity.kinds.iter().any(|&own| self.world.is_subkind(**kind, own))
        };
        match mismatch.kinds.iter().find(may_be) {
            Some(kind) => {
                let kind = &self.world.kinds[kind.index()].name;
                diagnostic.help(format!("if it is to be one as well, declare it as `{own} and {kind} {name}`"))
            }
            None => diagnostic,
        }
    }

    fn unknown_name(&self, strangers: &[Stranger]) -> Diagnostic {
        let Some(first) = strangers.first() else { return self.no_sentence() };
        let begins = self.line.folded(0);
        if first.from == 0 && LINE_WORDS.contains(&begins.as_str()) {
            let title = format!("no {} is said like this", self.wanted());
            return Diagnostic::new(&E0310, title, self.line.span(0, 1))
                .help(format!("`{begins}` begins a line of a scene; here a statement stands alone"));
        }
        if let Some(rest) = self.words_after_name(first) {
            return self.words_too_many(rest, first);
        }
        if self.begins_phrase(first.from)
            && let Some(shorter) = self.shorter()
        {
            let title = format!("no {} is said like this", self.wanted());
            return Diagnostic::new(&E0310, title, self.line.whole()).help(shorter);
        }
        let to = self.end_of_noun(first);
        let name = self.line.text_with_article(first.from, to);
        if self.reader.asks && QUESTION_WORDS.contains(&self.line.folded(first.from).as_str()) {
            let title = format!("no {} is said like this", self.wanted());
            return Diagnostic::new(&E0310, title, self.line.whole())
                .help("here a sentence of the story stands, with names for all in it, or `someone` in what happened");
        }
        let title = format!("nothing is named `{name}`");
        let mut diagnostic = Diagnostic::new(&E0312, title, self.line.span(first.from, to));
        for stranger in &strangers[1..] {
            if let Some(span) = self.line.span(stranger.from, stranger.to) {
                diagnostic = diagnostic.label(span, "nor is anything named like this");
            }
        }
        if let Some(pattern) = first.pattern {
            diagnostic =
                diagnostic.note(format!("the line would fit \"{}\"", self.book.patterns[pattern.index()].text));
        }
        let (world, suggests, kinds) = (self.world, self.suggests, first.kinds.as_slice());
        let unknown = UnknownName { world, name: &name, kinds, others: &[], suggests };
        // Nobody declares anything in a question.
        if self.reader.asks { unknown.explain_asked(diagnostic) } else { unknown.explain(diagnostic) }
    }

    /// Where a name in small letters ends, before `in the drawer` or `from Ann`.
    fn end_of_noun(&self, stranger: &Stranger) -> usize {
        let names_more = |position: usize| {
            self.line.article_before(position).is_some() || longest_name(self.line, position).is_some()
        };
        let is_small = self.line.text(stranger.from, stranger.from + 1).starts_with(char::is_lowercase);
        let begins = |position: &usize| {
            self.begins_phrase(*position) && self.line.folded(*position) != "of" && names_more(position + 1)
        };
        (stranger.from + 1..stranger.to).find(begins).filter(|_| is_small).unwrap_or(stranger.to)
    }

    /// Where words follow a name that is known, if all of them are small letters: `Anna quietly`.
    fn words_after_name(&self, stranger: &Stranger) -> Option<(usize, usize)> {
        let mut ends = Vec::new();
        self.line.each_name(stranger.from, |_, end| ends.push(end));
        let end = ends.into_iter().filter(|&end| end < stranger.to).max()?;
        let is_small = |position: usize| {
            let text = self.line.text(position, position + 1);
            text.chars().next().is_some_and(char::is_lowercase) && !text.starts_with('\'')
        };
        (end..stranger.to).all(is_small).then_some((end, stranger.to))
    }

    fn words_too_many(&self, (from, to): (usize, usize), stranger: &Stranger) -> Diagnostic {
        let words = self.line.text(from, to);
        let diagnostic =
            Diagnostic::new(&E0310, format!("no {} is said like this", self.wanted()), self.line.span(from, to));
        if ["wants", "want"].contains(&self.line.folded(from).as_str()) {
            return diagnostic.help("what somebody wants is declared above the scenes: `want NAME: …`");
        }
        match stranger.pattern {
            Some(pattern) => {
                let pattern = &self.book.patterns[pattern.index()].text;
                diagnostic.help(format!("without `{words}` it would fit \"{pattern}\""))
            }
            None => diagnostic.help(format!("leave out `{words}`")),
        }
    }
}

/// The names that an author may have meant by a stranger.
pub(super) fn near_names<'w>(world: &'w World, line: &Line<'_>, stranger: &Stranger) -> Vec<&'w str> {
    let name = line.text(stranger.from, stranger.to);
    let fitting = |entity: EntityId| {
        stranger.kinds.is_empty() || stranger.kinds.iter().any(|&kind| world.is_of_kind(entity, kind))
    };
    let known = world.entities.iter().enumerate().filter(|(index, _)| fitting(EntityId::from_index(*index)));
    let names = known
        .flat_map(|(_, entity)| std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str)));
    suggest::nearest_names(&name, names)
}

/// Whether several readings are said alike, as where two are declared by one name, which is reported where they are.
pub(super) fn are_alike(readings: &[(String, Option<Span>)]) -> bool {
    readings.windows(2).all(|two| two[0] == two[1])
}

/// The message about a line with several readings, each given as a formula or call and by the place of its pattern.
pub(super) fn two_readings(world: &World, line: &Line<'_>, readings: &[(String, Option<Span>)]) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&E0311, "this can be read in two ways", line.whole());
    let mut places: Vec<Span> = Vec::new();
    for (reading, place) in readings.iter().take(4) {
        diagnostic = diagnostic.note(format!("as {reading}"));
        places.extend(place.filter(|place| !places.contains(place)));
    }
    let of_pack = places.iter().filter(|place| world.packs.contains(&place.file)).count();
    let doubles_pack = places.len() > 1 && (1..places.len()).contains(&of_pack);
    if places.len() > 1 {
        diagnostic =
            places.iter().fold(diagnostic, |diagnostic, place| diagnostic.label(*place, "read by this sentence"));
    }
    if doubles_pack {
        diagnostic = diagnostic.help("a pack has this sentence already: if yours means the same, take yours away");
    }
    diagnostic.help("write the one you mean as a formula or call, or change one of the patterns or names")
}

/// `place or container`.
pub(super) fn kinds_text(world: &World, kinds: &[KindId]) -> String {
    let names: Vec<&str> = kinds.iter().map(|kind| world.kinds[kind.index()].name.as_str()).collect();
    names.join(" or ")
}

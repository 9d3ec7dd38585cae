//! What kept a line from having a reading, and the message that says so.

use super::Reader;
use super::book::{PatternId, SentenceBook, Tree};
use super::codes::{E0310, E0311, E0312, E0313, E0314, E0315, E0316, E0317, E0318};
use super::fitted::Fitted;
use super::line::{Filling, Line};
use super::meant::{LINE_WORDS, Mistyped, QUESTION_WORDS, SMALL_WORDS};
use super::nearest;
use super::tellers::longest_name;
use super::words::{self, WordId};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::world::packs::{self, Pack, PackPattern};
use crate::world::unknown::UnknownName;
use crate::world::{EntityId, KindId, Term, World, suggest};

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
        if let Some(otherwise) = self.said_otherwise() {
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

    /// A pattern of a pack that is not used, which the line from a position on may say; `alone`: no other pattern
    /// is near.
    fn pattern_of_pack(&self, from: usize, alone: bool) -> Option<PackPattern> {
        let words: Vec<String> = (from..self.line.len()).map(|position| self.line.folded(position)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let is_known = |text: &str| self.book.patterns.iter().any(|pattern| pattern.text == shown(text));
        let is_telling = |word: &str| !SMALL_WORDS.contains(&word) && self.book.words.get(word).is_none();
        let is_small = |word: &str| SMALL_WORDS.contains(&word) || super::is_article(word);
        // Two packs may have one pattern, and a story may replace some.
        let is_used = |pack: &Pack| pack.patterns().filter(|text| is_known(text)).count() * 2 > pack.patterns().count();
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

    /// `statement` or `action`: what should stand where nothing fits.
    fn wanted(&self) -> &'static str {
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
        let may_be = |kind: &&KindId| {
            **kind == World::CHARACTER_KIND || entity.kinds.iter().any(|&own| self.world.is_subkind(**kind, own))
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
        let name = self.line.text_with_article(first.from, first.to);
        if self.reader.asks && QUESTION_WORDS.contains(&self.line.folded(first.from).as_str()) {
            let title = format!("no {} is said like this", self.wanted());
            return Diagnostic::new(&E0310, title, self.line.whole())
                .help("here a sentence of the story stands, with names for all in it, or `someone` in what happened");
        }
        let title = format!("nothing is named `{name}`");
        let mut diagnostic = Diagnostic::new(&E0312, title, self.line.span(first.from, first.to));
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
        UnknownName { world, name: &name, kinds, others: &[], suggests }.explain(diagnostic)
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

    fn no_sentence(&self) -> Diagnostic {
        let (from, trees) = self.trouble.deepest.unwrap_or((0, &[Tree::Facts, Tree::Past]));
        let title = format!("no {} is said like this", self.wanted());
        let span = if from == 0 { None } else { self.line.span(from, self.line.len()) };
        let mut diagnostic = Diagnostic::new(&E0310, title, span.or_else(|| self.line.whole()));
        if let Some(help) = self.scene_word().filter(|_| !trees.contains(&Tree::Facts) && from == 0) {
            return diagnostic.help(help);
        }
        if self.says_several {
            return diagnostic.help(format!("one {} a line: write a line for each", self.wanted()));
        }
        if self.denies && !trees.contains(&Tree::Facts) {
            let help = "a scene tells what happens; to have it checked that this does not, write `claim it never happened that …`";
            return diagnostic.help(help);
        }
        if self.denies {
            let help = "write `it is not so that …`, or give the fact a line `not \"…\"` with its opposite";
            return diagnostic.help(help);
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
        if !is_fact && near.is_empty() && self.suggests && self.reader.is_feeling(self.line) {
            let feeling = "what somebody feels lasts: it is a fact, said below `start`, or made so by what happens";
            return self.declaration(from, true).into_iter().fold(diagnostic.help(feeling), Diagnostic::help);
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

/// A pattern as messages show it: the first form of each word.
fn shown(pattern: &str) -> String {
    let words: Vec<&str> = pattern.split(' ').map(|word| word.split('|').next().unwrap_or(word)).collect();
    words.join(" ")
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

impl WordId {
    /// Whether the statement grammar uses it.
    pub(super) fn is_of_grammar(self) -> bool {
        self <= words::NUMBER
    }
}

//! `everyone`, `nobody but Anna`, `only Anna and Ben` where a name could stand before `knows` or `believes`.

use super::build;
use super::codes::{E0310, E0311};
use super::failure::Failure;
use super::line::{Filling, Line};
use super::matcher::{Attitude, Found, Matcher, add};
use super::trouble::{NotEveryone, Stranger};
use super::words::{self, WordId};
use super::{NamedVariable, Reader, tokens};
use crate::diagnostic::Diagnostic;
use crate::source::FileId;
use crate::world::everybody::{self, Crowd};
use crate::world::{Expression, Term, VariableId, World};

/// What the words before a list of names make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Everyone,
    NotEveryone,
    Nobody,
    Somebody,
}

/// A crowd as it stands in the line.
struct Words {
    /// Those who are named, and where.
    named: Option<(Filling, usize, usize)>,
    /// Of whom it is said.
    crowd: Crowd,
    /// The position after it.
    end: usize,
}

/// The head that begins at `position`, and the position after it.
fn head(line: &Line<'_>, position: usize) -> Option<(Head, usize)> {
    use words::{EVERYBODY, EVERYONE, NO, NO_ONE, NOBODY, NOT, ONE, SOMEBODY, SOMEONE};
    let heads: [(&[WordId], Head); 9] = [
        (&[EVERYONE], Head::Everyone),
        (&[EVERYBODY], Head::Everyone),
        (&[NOT, EVERYONE], Head::NotEveryone),
        (&[NOT, EVERYBODY], Head::NotEveryone),
        (&[NOBODY], Head::Nobody),
        (&[NO, ONE], Head::Nobody),
        (&[NO_ONE], Head::Nobody),
        (&[SOMEBODY], Head::Somebody),
        (&[SOMEONE], Head::Somebody),
    ];
    heads.into_iter().find_map(|(words, head)| Some((head, line.after(position, words)?)))
}

impl Matcher<'_> {
    /// `nobody knows that S`, `only Anna and Ben believe that S`.
    pub(super) fn crowds(&mut self, position: usize, found: &mut Vec<Found<Expression>>) {
        for Words { named, crowd, end } in self.crowd_words(position) {
            let Some((attitude, inner)) = Attitude::read(self.line, end) else { continue };
            if let Some((thing, mention)) = self.thing_sought(attitude, inner) {
                let Some(crowd) = self.denied(crowd, attitude, position, inner) else { continue };
                let attitude = Attitude { negative: attitude.negative && crowd == Crowd::Somebody, ..attitude };
                let held = |holder| build::where_held(self.world, attitude, holder, thing);
                let variable = everybody::fresh_beside(&Expression::Unknown, crowd.named());
                let mut mentions =
                    named.as_ref().map_or_else(Vec::new, |(names, from, to)| build::mentions(names, *from, *to));
                mentions.push(mention);
                let parts = vec![crowd.holding(self.world, variable, held)];
                add(found, Found { parts, mentions, strangers: Vec::new() });
                continue;
            }
            let readings = self.statements(inner);
            if readings.is_empty()
                || named.as_ref().is_some_and(|(names, from, to)| !build::check_holders(self, names, *from, *to))
            {
                continue;
            }
            let Some(crowd) = self.denied(crowd, attitude, position, inner) else { continue };
            for statement in readings.iter() {
                let held = |part: &Expression| {
                    let attitude = Attitude { negative: attitude.negative && crowd == Crowd::Somebody, ..attitude };
                    build::crowd(self.world, &crowd, attitude, part)
                };
                let parts = statement.parts.iter().map(held).collect();
                let mut mentions = Vec::new();
                let mut strangers = statement.strangers.clone();
                if let Some((names, from, to)) = &named {
                    mentions = build::mentions(names, *from, *to);
                    if *names == Filling::Stranger {
                        let kinds = vec![World::CHARACTER_KIND];
                        strangers.insert(0, Stranger { from: *from, to: *to, kinds, pattern: None });
                    }
                }
                mentions.extend(&statement.mentions);
                add(found, Found { parts, mentions, strangers });
            }
        }
    }

    /// Those meant where the verb is `does not know`; `everyone does not know` could mean two things.
    fn denied(&mut self, crowd: Crowd, attitude: Attitude, from: usize, to: usize) -> Option<Crowd> {
        if !attitude.negative || crowd == Crowd::Somebody {
            return Some(crowd);
        }
        let denied = crowd.denied();
        if denied.is_none() {
            self.trouble.not_everyone = Some(NotEveryone { from, to });
        }
        denied
    }

    fn crowd_words(&mut self, position: usize) -> Vec<Words> {
        if let Some(names) = self.line.after(position, &[words::ONLY]) {
            return self.crowd_of(names, Crowd::Only);
        }
        let Some((head, end)) = head(self.line, position) else { return Vec::new() };
        // Who is called `Nobody` is meant by that name.
        if self
            .line
            .names(position, false)
            .iter()
            .any(|(name, _)| *name != Filling::Name(Term::Entity(self.world.someone())))
        {
            return Vec::new();
        }
        let but = self.line.after(end, &[words::BUT]).or_else(|| self.line.after(end, &[words::EXCEPT]));
        match (head, but) {
            (Head::Nobody, Some(names)) => self.crowd_of(names, Crowd::Only),
            (Head::Everyone, Some(names)) => self.crowd_of(names, Crowd::AllBut),
            (_, Some(_)) => Vec::new(),
            (Head::Everyone, None) => vec![Words { named: None, crowd: Crowd::Everyone, end }],
            (Head::NotEveryone, None) => vec![Words { named: None, crowd: Crowd::NotEveryone, end }],
            (Head::Nobody, None) => vec![Words { named: None, crowd: Crowd::Nobody, end }],
            (Head::Somebody, None) => vec![Words { named: None, crowd: Crowd::Somebody, end }],
        }
    }

    fn crowd_of(&mut self, position: usize, crowd: fn(Vec<Term>) -> Crowd) -> Vec<Words> {
        let names = self.holders(position).into_iter();
        names
            .map(|(names, end)| Words {
                crowd: crowd(build::holders(&names)),
                named: Some((names, position, end)),
                end,
            })
            .collect()
    }
}

/// Words that stand for a crowd in other people's English, and those of this language.
const OTHER_WORDS: &[(&[&str], &str)] = &[
    (&["they", "all"], "everyone"),
    (&["all", "of", "them"], "everyone"),
    (&["all", "characters"], "everyone"),
    (&["all", "people"], "everyone"),
    (&["every", "character"], "everyone"),
    (&["every", "one"], "everyone"),
    (&["each"], "everyone"),
    (&["all", "but"], "everyone but"),
    (&["all", "except"], "everyone but"),
    (&["all"], "everyone"),
    (&["none", "of", "them"], "nobody"),
    (&["none", "but"], "nobody but"),
    (&["none"], "nobody"),
    (&["noone"], "nobody"),
    (&["no", "body"], "nobody"),
    (&["no", "character"], "nobody"),
    (&["no", "other", "than"], "nobody but"),
    (&["some", "one"], "somebody"),
    (&["anyone"], "everyone` or `somebody"),
    (&["anybody"], "everyone` or `somebody"),
    (&["everyone", "except", "for"], "everyone but"),
    (&["everybody", "except", "for"], "everyone but"),
    (&["nobody", "except", "for"], "nobody but"),
    (&["nobody", "other", "than"], "nobody but"),
    (&["everyone", "else"], "everyone but NAME"),
    (&["everybody", "else"], "everyone but NAME"),
    (&["nobody", "else"], "nobody but NAME"),
    (&["no", "one", "else"], "nobody but NAME"),
    (&["just"], "only"),
];
/// So far after such words the verb may stand.
const FARTHEST_VERB: usize = 12;

impl Failure<'_> {
    /// The message about a line that speaks of a crowd in a way that is not read.
    pub(super) fn crowd(&self) -> Option<Diagnostic> {
        if let Some(NotEveryone { from, to }) = self.trouble.not_everyone {
            let before = self.line.folded(to - 1);
            let is_joint = before == "that" || before == "whether";
            let verb = if is_joint { self.line.folded(to - 2) } else { before.clone() };
            let joint = if before == "whether" { "whether" } else { "that" };
            let rest = format!("{verb}s {joint} {}", self.line.text_with_article(to, self.line.len()));
            return Some(
                Diagnostic::new(&E0311, "this can be read in two ways", self.line.span(from, to))
                    .help(format!("if nobody does, write `nobody {rest}`"))
                    .help(format!("if some do and some do not, write `not everyone {rest}`")),
            );
        }
        self.crowd_in_other_words().or_else(|| self.crowd_of_fact())
    }

    /// The message about a crowd in a statement of what is so: how that is said of all as a formula.
    fn crowd_of_fact(&self) -> Option<Diagnostic> {
        if !self.suggests || self.reader.asks || self.wanted() != "statement" || self.trouble.someone.is_some() {
            return None;
        }
        let mut matcher = Matcher::new(self.book, self.world, self.line);
        let Words { named, crowd, end } = matcher.crowd_words(0).into_iter().next_back()?;
        let verb = match self.line.folded(end).as_str() {
            "are" => "is".to_owned(),
            "have" => "has".to_owned(),
            _ => self.line.text(end, end + 1),
        };
        let rest = format!("{verb} {}", self.line.text_with_article(end + 1, self.line.len()));
        if !self.is_said_of_anybody(&format!("x {rest}")) {
            return None;
        }
        let named = named.map(|(_, from, to)| self.line.text_with_article(from, to));
        let but = crowd
            .named()
            .iter()
            .fold(String::new(), |text, &name| text + &format!("x = {} or ", self.line.name_of(self.world, name)));
        let formula = match crowd {
            Crowd::Everyone => format!("for all x: character (x {rest})"),
            Crowd::NotEveryone => format!("not for all x: character (x {rest})"),
            Crowd::Nobody => format!("not exists x: character (x {rest})"),
            Crowd::Somebody => format!("exists x: character (x {rest})"),
            Crowd::AllBut(_) => format!("for all x: character ({but}x {rest})"),
            Crowd::Only(_) => format!("for all x: character ({but}not (x {rest}))"),
        };
        let title = format!("`{}` is not read here", self.line.text(0, end));
        let diagnostic = Diagnostic::new(&E0310, title, self.line.span(0, end));
        let diagnostic = match (&crowd, named) {
            (Crowd::Only(_), Some(named)) => {
                let own = self.line.text_with_article(end, self.line.len());
                diagnostic.help(format!("write `{named} {own}`, and that nobody else is it as a formula: `{formula}`"))
            }
            _ => diagnostic.help(format!("write it as a formula: `{formula}`")),
        };
        Some(diagnostic.help(
            "`everyone`, `nobody` and `only …` speak of what people know or believe; below `start`, name each of them",
        ))
    }

    /// Whether a sentence about `x` is a statement, whoever that is.
    fn is_said_of_anybody(&self, text: &str) -> bool {
        let term = Term::Variable(VariableId::from_index(0));
        let variables = [NamedVariable { word: "x".to_owned(), term, kinds: vec![World::CHARACTER_KIND] }];
        let reader = Reader { variables: &variables, ..self.reader };
        let tokens = tokens(text, FileId::from_index(0), 0);
        reader.states(&Line::new(&reader, &tokens), 0)
    }

    /// The message about words for a crowd that this language has others for.
    fn crowd_in_other_words(&self) -> Option<Diagnostic> {
        let last = self.line.len().saturating_sub(1);
        let begins = |position: usize| {
            let fits = |words: &&[&str]| {
                words.iter().enumerate().all(|(offset, word)| self.line.folded(position + offset) == **word)
            };
            OTHER_WORDS.iter().find(|(words, _)| fits(words)).map(|(words, meant)| (position, words.len(), *meant))
        };
        let is_followed = |&(position, length, _): &(usize, usize, &str)| {
            let from = position + length;
            (from..last.min(from + FARTHEST_VERB)).any(|verb| Attitude::read(self.line, verb).is_some())
        };
        let (position, length, meant) = (0..last).filter_map(begins).find(is_followed)?;
        let title = format!("`{}` is not read here", self.line.text(position, position + length));
        Some(
            Diagnostic::new(&E0310, title, self.line.span(position, position + length))
                .help(format!("write `{meant}`"))
                .help("of all characters speak `everyone`, `everyone but NAME`, `somebody`, `nobody` and `only NAME`"),
        )
    }
}

//! Questions: what can be asked, and the exact reading of it.
//!
//! A question is read by the first form of [`FORMS`] that fits it as a whole, names and statements included; what fits
//! none is never guessed at, but told which forms come near.

mod complete;
mod forms;
mod meant;
mod names;
mod near;
mod pattern;
mod statement;
mod when;

pub use complete::{Completion, complete};
pub use forms::{FORMS, Form, FormKind, form};
pub use names::Names;
pub use near::examples;

use super::answer::{AsksOfSayings, Sayings};
use super::codes::{E0805, E0806, E0807, E0808};
use super::point::Point;
use super::story::Story;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::suggest;
use crate::world::sentences::{Reader, Token, tokens};
use crate::world::{EntityId, EventTerm, Expression, World};
use meant::{asked_of_lies, held, holds, no_statement, taken, who_holds};
use pattern::{Fit, Named, Slot, fits, parts};
use statement::{Asked, Statements, is_one_of};

/// The most words of a question.
const MOST_WORDS: usize = 200;
/// So many characters are listed where one is not known.
const MOST_NAMED: usize = 8;

/// Somebody who believes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mind {
    /// A character.
    Character(EntityId),
    /// The reader of the story.
    Reader,
}

/// How somebody takes a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attitude {
    /// Takes it to be so.
    Believes,
    /// Takes it to be so, and it is.
    Knows,
    /// Takes about it to be so what is.
    KnowsWhether,
    /// It is unknown to them.
    Wonders,
}

/// Which of all who take a statement so, or do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those who do.
    Do,
    /// Those who do not.
    DoNot,
    /// Those who do wrongly.
    Wrongly,
}

/// A question that was understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Question {
    /// Whether somebody takes a statement so.
    Attitude(Mind, Attitude, Expression),
    /// Who takes a statement so.
    Who(Which, Attitude, Expression),
    /// What somebody believes that somebody believes …: all, or about one entity.
    Beliefs(Vec<Mind>, Option<EntityId>),
    /// What of that is false.
    Errors(Vec<Mind>),
    /// What the first knows and the second does not.
    Beyond(Mind, Mind),
    /// When somebody came to believe a statement, and from whom.
    Learned(EntityId, Expression),
    /// Since when and until when something was so.
    Spans(Expression),
    /// Who was there when something happened.
    Present(EventTerm),
    /// Who noticed that it happened.
    Noticed(EventTerm),
    /// When something happened.
    When(EventTerm),
    /// What was said, and what of it was a lie.
    Sayings(Sayings),
    /// Whether anybody takes a statement so.
    Anybody(Attitude, Expression),
    /// Whether anybody knows where something is.
    AnybodyOfWhere(EntityId),
    /// Whether everybody knows where something is.
    EverybodyOfWhere(EntityId),
    /// Whether everybody takes a statement so.
    Everybody(Attitude, Expression),
    /// Where something is, in what the minds believe.
    Where(Vec<EntityId>, EntityId),
    /// Whether somebody knows where something is, or wonders.
    AttitudeToWhere(Mind, Attitude, EntityId),
    /// Who knows where something is, or wonders.
    WhoOfWhere(Which, Attitude, EntityId),
    /// When somebody came to believe where something is, and from whom.
    LearnedWhere(EntityId, EntityId),
    /// What somebody wants; and, if that is asked, what they could do about it.
    Wants(EntityId, bool),
    /// Whether something is so.
    Holds(Expression),
    /// Which value a fact has.
    Value(Expression),
    /// Of whom or what something is so: the statement for each that it can be said of.
    OfWhom(Vec<(EntityId, Expression)>),
}

/// A question with the form it was asked in.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The form.
    pub form: &'static Form,
    /// What it asks.
    pub question: Question,
    /// The point that it names, as `at 22:15`, `after scene 3`.
    pub at: Option<Point>,
}

/// Reads the question `text`; `file` is the text that messages point into.
///
/// # Errors
/// It fits no form, or a name or statement in it is not known.
pub fn read(story: &Story<'_>, text: &str, file: FileId) -> Result<Asking, Diagnostic> {
    let asked = text.trim_end_matches(|letter: char| letter.is_whitespace() || "?!.…".contains(letter));
    let words = tokens(asked, file, 0);
    let words = without_whom(&words);
    if words.len() > MOST_WORDS {
        let title = format!("the question has {} words, more than the {MOST_WORDS} allowed", words.len());
        return Err(Diagnostic::new(&E0808, title, whole(words))
            .help("ask one thing at a time, as in `where is Ada?` or `who knows that …?`; `whoknew ask PATH` without a question takes one after the other"));
    }
    let error = match Questioner::new(story).read(words) {
        Ok(asking) => return Ok(asking),
        Err(error) => error,
    };
    match when::said(story, asked, words) {
        None => Err(error),
        Some((_, Err(unknown))) => Err(unknown),
        Some((rest, Ok(point))) => {
            let asking = Questioner::new(story).read(without_whom(&rest))?;
            Ok(Asking { at: Some(point), ..asking })
        }
    }
}

/// `when did Anne learn it, from whom` as `when did Anne learn it`.
fn without_whom<'t, 'w>(words: &'t [Token<'w>]) -> &'t [Token<'w>] {
    let asks_when = words.first().is_some_and(|word| is_one_of(word, &["when"]));
    match words {
        [rest @ .., from, whom] if asks_when && is_one_of(from, &["from"]) && is_one_of(whom, &["whom", "who"]) => {
            let mut rest = rest;
            while let [fewer @ .., last] = rest
                && is_one_of(last, &[",", "and"])
            {
                rest = fewer;
            }
            rest
        }
        all => all,
    }
}

fn whole(words: &[Token<'_>]) -> Option<Span> {
    Some(words.first()?.span.to(words.last()?.span))
}

/// Whether a parameter takes `entity`.
pub(super) fn takes(world: &World, parameter: &crate::world::Parameter, entity: EntityId) -> bool {
    world.takes(parameter, entity)
}

/// Reads one question.
struct Questioner<'a> {
    world: &'a World,
    statements: Statements<'a>,
    names: &'a Names,
}

impl<'a> Questioner<'a> {
    fn new(story: &'a Story<'_>) -> Self {
        let world = story.world();
        let names = story.names();
        let reader = Reader { book: story.book(), world, variables: &[], suggests: true, asks: true };
        Self { world, statements: Statements { reader, names }, names }
    }

    fn read(&self, words: &[Token<'_>]) -> Result<Asking, Diagnostic> {
        let mut best: Option<(usize, Diagnostic)> = None;
        for form in FORMS {
            for pattern in form.patterns {
                for fit in fits(&parts(pattern), words, self.names, false) {
                    match self.question(form, &fit, words) {
                        Ok(question) => return Ok(Asking { form, question, at: None }),
                        Err(error) if best.as_ref().is_none_or(|(literal, _)| fit.literal > *literal) => {
                            best = Some((fit.literal, error));
                        }
                        Err(_) => {}
                    }
                }
            }
        }
        if let Some(question) = self.statements.value_question(words) {
            return Ok(Asking { form: form(FormKind::Holds), question: Question::Value(question), at: None });
        }
        let statements = self.statements.of_whom(words);
        if !statements.is_empty() {
            return Ok(Asking { form: form(FormKind::Holds), question: Question::OfWhom(statements), at: None });
        }
        match best {
            Some((literal, error)) if literal > 0 => Err(Self::advised(error, words)),
            _ => Err(self.unknown_name(words).unwrap_or_else(|| self.not_understood(words))),
        }
    }

    fn question(&self, form: &Form, fit: &Fit, words: &[Token<'_>]) -> Result<Question, Diagnostic> {
        let who = || self.mind(fit, Slot::Who, words);
        Ok(match form.kind {
            FormKind::Believes => Question::Attitude(who()?, Attitude::Believes, self.said(fit, words)?),
            FormKind::Knows => holds(who()?, Attitude::Knows, self.stated(fit, words)?),
            FormKind::Wonders => holds(who()?, Attitude::Wonders, self.stated(fit, words)?),
            FormKind::WhoKnows => who_holds(Which::Do, Attitude::Knows, self.stated(fit, words)?),
            FormKind::WhoLacks => who_holds(Which::DoNot, Attitude::Knows, self.stated(fit, words)?),
            FormKind::WhoWonders => who_holds(Which::Do, Attitude::Wonders, self.stated(fit, words)?),
            FormKind::WhoBelieves => self.believers(Which::Do, fit, words)?,
            FormKind::WhoDoubts => self.believers(Which::DoNot, fit, words)?,
            FormKind::WhoErrs => self.believers(Which::Wrongly, fit, words)?,
            FormKind::Errors => Question::Errors(self.minds(fit, words)?),
            FormKind::Beyond => Question::Beyond(who()?, self.mind(fit, Slot::Whom, words)?),
            FormKind::About => Question::Beliefs(self.minds(fit, words)?, Some(self.thing(fit))),
            FormKind::Beliefs => Question::Beliefs(self.minds(fit, words)?, None),
            FormKind::Learned => {
                let who = self.character(fit, Slot::Who, words)?;
                match self.stated(fit, words)? {
                    Asked::Where(thing) => Question::LearnedWhere(who, thing),
                    Asked::Said(statement) | Asked::Whichever(statement) => Question::Learned(who, statement),
                }
            }
            FormKind::Spans => match self.clause(fit, words)? {
                Asked::Said(statement) | Asked::Whichever(statement) => Question::Spans(statement),
                Asked::Where(_) => return Err(no_statement(self.words_of(fit, Slot::Clause, words))),
            },
            FormKind::Noticed => Question::Noticed(self.statements.event(self.words_of(fit, Slot::Event, words))?),
            FormKind::When => match self.clause(fit, words)? {
                Asked::Said(Expression::Happened(event)) => Question::When(event),
                Asked::Said(statement) | Asked::Whichever(statement) => Question::Spans(statement),
                Asked::Where(_) => return Err(no_statement(self.words_of(fit, Slot::Clause, words))),
            },
            FormKind::Said => self.sayings(fit, words, AsksOfSayings::What)?,
            FormKind::Lied => self.sayings(fit, words, asked_of_lies(words))?,
            FormKind::Anybody | FormKind::Everybody => self.quantified(form.kind, fit, words)?,
            FormKind::Present => Question::Present(self.statements.event(self.words_of(fit, Slot::Event, words))?),
            FormKind::Where => Question::Where(Vec::new(), self.thing(fit)),
            FormKind::BelievedWhere => {
                let mut minds = vec![self.character(fit, Slot::Who, words)?];
                minds.extend(self.chain(fit, words)?);
                Question::Where(minds, self.thing(fit))
            }
            FormKind::Wants => {
                let asks_ways = words.iter().any(|word| is_one_of(word, &["could", "can"]));
                Question::Wants(self.character(fit, Slot::Who, words)?, asks_ways)
            }
            FormKind::Holds if fit.slot(Slot::Clause).is_some() => held(self.clause(fit, words)?),
            FormKind::Holds => held(self.stated(fit, words)?),
        })
    }

    fn sayings(&self, fit: &Fit, words: &[Token<'_>], asks: AsksOfSayings) -> Result<Question, Diagnostic> {
        let named = |slot: Slot| fit.slot(slot).map(|_| self.character(fit, slot, words)).transpose();
        Ok(Question::Sayings(Sayings { speaker: named(Slot::Who)?, hearer: named(Slot::Whom)?, asks }))
    }

    /// Whether anybody, or everybody, knows or believes something.
    fn quantified(&self, kind: FormKind, fit: &Fit, words: &[Token<'_>]) -> Result<Question, Diagnostic> {
        let knows = words.get(2).is_some_and(|word| is_one_of(word, &["know"]));
        let (attitude, statement) = match (knows, kind) {
            (false, _) => (Attitude::Believes, self.said(fit, words)?),
            (true, _) => match taken(Attitude::Knows, self.stated(fit, words)?) {
                Ok(taken) => taken,
                Err(thing) if kind == FormKind::Anybody => return Ok(Question::AnybodyOfWhere(thing)),
                Err(thing) => return Ok(Question::EverybodyOfWhere(thing)),
            },
        };
        Ok(match kind {
            FormKind::Anybody => Question::Anybody(attitude, statement),
            _ => Question::Everybody(attitude, statement),
        })
    }

    fn believers(&self, which: Which, fit: &Fit, words: &[Token<'_>]) -> Result<Question, Diagnostic> {
        Ok(Question::Who(which, Attitude::Believes, self.said(fit, words)?))
    }

    fn words_of<'t, 'w>(&self, fit: &Fit, slot: Slot, words: &'t [Token<'w>]) -> &'t [Token<'w>] {
        fit.slot(slot).map_or(&[], |filled| &words[filled.words.clone()])
    }

    /// The statement, which asks for a value or for whichever is so if the word before it says so.
    fn stated(&self, fit: &Fit, words: &[Token<'_>]) -> Result<Asked, Diagnostic> {
        let asked = self.statements.statement(self.words_of(fit, Slot::Statement, words))?;
        let before = fit.slot(Slot::Statement).and_then(|filled| words.get(filled.words.start.checked_sub(1)?));
        let whether = before.is_some_and(|word| is_one_of(word, &["whether", "if"]));
        Ok(if whether { asked.whether() } else { asked })
    }

    /// The statement that somebody is asked to believe.
    fn said(&self, fit: &Fit, words: &[Token<'_>]) -> Result<Expression, Diagnostic> {
        match self.stated(fit, words)? {
            Asked::Said(statement) | Asked::Whichever(statement) => Ok(statement),
            Asked::Where(_) => Err(no_statement(self.words_of(fit, Slot::Statement, words))),
        }
    }

    fn clause(&self, fit: &Fit, words: &[Token<'_>]) -> Result<Asked, Diagnostic> {
        self.statements.clause(self.words_of(fit, Slot::Clause, words))
    }

    fn thing(&self, fit: &Fit) -> EntityId {
        let named = fit.slot(Slot::Thing).and_then(|filled| filled.named.first());
        match named {
            Some(Named::Entity(entity)) => *entity,
            _ => self.world.someone(),
        }
    }

    fn mind(&self, fit: &Fit, slot: Slot, words: &[Token<'_>]) -> Result<Mind, Diagnostic> {
        match fit.slot(slot).and_then(|filled| filled.named.first()) {
            Some(Named::Reader) => Ok(Mind::Reader),
            _ => self.character(fit, slot, words).map(Mind::Character),
        }
    }

    fn character(&self, fit: &Fit, slot: Slot, words: &[Token<'_>]) -> Result<EntityId, Diagnostic> {
        let filled = fit.slot(slot);
        let span = filled.and_then(|filled| whole(&words[filled.words.clone()]));
        self.as_character(filled.and_then(|filled| filled.named.first().copied()), span)
    }

    fn as_character(&self, named: Option<Named>, span: Option<Span>) -> Result<EntityId, Diagnostic> {
        match named {
            Some(Named::Entity(entity)) if entity.index() < self.world.characters => Ok(entity),
            Some(Named::Entity(entity)) => {
                let name = &self.world.entities[entity.index()].name;
                let message = Diagnostic::new(&E0807, format!("{name} is no character"), span);
                Err(message.help("only characters believe, know, wonder and want"))
            }
            Some(Named::Reader) => {
                let message = Diagnostic::new(&E0807, "this cannot be asked about the reader", span);
                Err(message.help("the reader only believes and knows: ask “does the reader know …”"))
            }
            Some(Named::Stranger) | None => Err(Diagnostic::new(&E0805, "this question names nobody", span)),
        }
    }

    /// The minds inside, outermost first.
    fn chain(&self, fit: &Fit, words: &[Token<'_>]) -> Result<Vec<EntityId>, Diagnostic> {
        let Some(filled) = fit.slot(Slot::Minds) else { return Ok(Vec::new()) };
        let span = whole(&words[filled.words.clone()]);
        filled.named.iter().map(|&named| self.as_character(Some(named), span)).collect()
    }

    /// Who, and the minds inside.
    fn minds(&self, fit: &Fit, words: &[Token<'_>]) -> Result<Vec<Mind>, Diagnostic> {
        let mut minds = vec![self.mind(fit, Slot::Who, words)?];
        minds.extend(self.chain(fit, words)?.into_iter().map(Mind::Character));
        Ok(minds)
    }

    /// The message about a form that fits but for a name.
    fn unknown_name(&self, words: &[Token<'_>]) -> Option<Diagnostic> {
        let patterns = FORMS.iter().flat_map(|form| form.patterns);
        let all = patterns.flat_map(|pattern| fits(&parts(pattern), words, self.names, true));
        let strange = all.filter(|fit| fit.strangers() > 0 && fit.literal > 1);
        let best = strange.min_by_key(|fit| (fit.strangers(), usize::MAX - fit.literal))?;
        let unknown = best.filled.iter().find(|filled| filled.named.contains(&Named::Stranger))?;
        let of_words = &words[unknown.words.clone()];
        let name: Vec<&str> = of_words.iter().map(|word| word.text).collect();
        let name = name.join(" ");
        let known = self.world.entities[..self.world.entities.len() - 1].iter();
        let fitting =
            known.enumerate().filter(|(index, _)| unknown.slot == Slot::Thing || *index < self.world.characters);
        let names = fitting.flat_map(|(_, entity)| std::iter::once(&entity.name).chain(&entity.aliases));
        let message = Diagnostic::new(&E0806, format!("nothing is named `{name}`"), whole(of_words));
        let names: Vec<&str> = names.map(String::as_str).collect();
        Some(match suggest::did_you_mean(&name, names.iter().copied()) {
            Some(question) => message.help(question),
            None if unknown.slot != Slot::Thing && names.len() <= MOST_NAMED => {
                message.help(format!("the characters are {}", names.join(", ")))
            }
            None => self.offering(message, words),
        })
    }

    /// The message about a statement in a question, with advice where the question is asked in another order.
    fn advised(mut error: Diagnostic, words: &[Token<'_>]) -> Diagnostic {
        let Some(knows) = words.iter().position(|word| is_one_of(word, &["knows", "know", "believes", "believe"]))
        else {
            return error;
        };
        let rest = &words[knows + 1..];
        let text = |words: &[Token<'_>]| words.iter().map(|word| word.text).collect::<Vec<_>>().join(" ");
        match rest.first() {
            Some(first) if is_one_of(first, &["about", "of"]) && rest.len() > 1 => {
                let thing = text(&rest[1..]);
                error.help = vec![format!(
                    "say what of it they know: `who knows where {thing} is?`; or ask for all that one of them knows: \
                     `what does Ada know about {thing}?`"
                )];
            }
            _ => {}
        }
        error
    }

    fn not_understood(&self, words: &[Token<'_>]) -> Diagnostic {
        if words.is_empty() {
            return self.offering(Diagnostic::new(&E0805, "there is no question", None), words);
        }
        let message = Diagnostic::new(&E0805, "this question fits no form", whole(words));
        if words.first().is_some_and(|word| is_one_of(word, &["why"])) {
            return message.help("`whoknew why` tells what led to an event or a belief: ask it with the words of the story, as in `whoknew why STORY \"Ada goes to the garden\"`");
        }
        if words.get(1).is_some_and(|word| is_one_of(word, &["if"])) {
            return message.help(
                "`whoknew whatif` replays a changed story: `whoknew whatif STORY --without \"Ada goes to the garden\"`",
            );
        }
        self.offering(message, words)
    }

    fn offering(&self, message: Diagnostic, words: &[Token<'_>]) -> Diagnostic {
        let near = near::nearest(self.world, self.names, words);
        near.into_iter().fold(message, |message, example| message.help(format!("one can ask: {example}")))
    }
}

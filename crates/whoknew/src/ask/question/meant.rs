//! What a question means, once its words are read.

use super::statement::{Asked, is_one_of};
use super::{Attitude, Mind, Question, Which, whole};
use crate::ask::answer::AsksOfSayings;
use crate::ask::codes::E0805;
use crate::diagnostic::Diagnostic;
use crate::world::sentences::{Token, question};
use crate::world::{EntityId, Expression, Term};

/// The message about a question where a statement is believed.
pub(super) fn no_statement(words: &[Token<'_>]) -> Diagnostic {
    let message = Diagnostic::new(&E0805, "this asks where something is, and says nothing", whole(words));
    message.help(
        "ask `where does Ada think the box is?`, `does Ada know where the box is?` or `who knows where the box is?`",
    )
}

/// What is asked of lies, by the words of the form.
pub(super) fn asked_of_lies(words: &[Token<'_>]) -> AsksOfSayings {
    let begins = |forms: &[&str]| words.first().is_some_and(|word| is_one_of(word, forms));
    let asks_whom = words.get(1).is_some_and(|word| is_one_of(word, &["did", "whom"]));
    match () {
        () if begins(&["did"]) => AsksOfSayings::WhetherLied,
        () if begins(&["what"]) => AsksOfSayings::Lies,
        () if asks_whom => AsksOfSayings::Deceived,
        () => AsksOfSayings::Liars,
    }
}

/// How what is asked is known or wondered, and what; else the thing about which it is asked where it is.
pub(super) fn taken(attitude: Attitude, asked: Asked) -> Result<(Attitude, Expression), EntityId> {
    Ok(match (attitude, asked) {
        (_, Asked::Where(thing)) => return Err(thing),
        (Attitude::Knows, Asked::Whichever(statement)) => (Attitude::KnowsWhether, question(statement)),
        (Attitude::Wonders, Asked::Said(statement) | Asked::Whichever(statement)) => (attitude, question(statement)),
        (_, Asked::Said(statement) | Asked::Whichever(statement)) => (attitude, statement),
    })
}

pub(super) fn holds(who: Mind, attitude: Attitude, asked: Asked) -> Question {
    match taken(attitude, asked) {
        Ok((attitude, statement)) => Question::Attitude(who, attitude, statement),
        Err(thing) => Question::AttitudeToWhere(who, attitude, thing),
    }
}

pub(super) fn who_holds(which: Which, attitude: Attitude, asked: Asked) -> Question {
    match taken(attitude, asked) {
        Ok((attitude, statement)) => Question::Who(which, attitude, statement),
        Err(thing) => Question::WhoOfWhere(which, attitude, thing),
    }
}

/// What a question without a word in front asks: somebody's attitude, or whether it is so.
pub(super) fn held(asked: Asked) -> Question {
    let statement = match asked {
        Asked::Where(thing) => return Question::Where(Vec::new(), thing),
        Asked::Whichever(statement) => return Question::Value(statement),
        Asked::Said(statement) => statement,
    };
    let (holder, attitude, inner) = match &statement {
        Expression::Believes(holder, inner) => (holder, Attitude::Believes, inner),
        Expression::Knows(holder, inner) => (holder, Attitude::Knows, inner),
        Expression::KnowsWhether(holder, inner) => (holder, Attitude::KnowsWhether, inner),
        Expression::Wonders(holder, inner) => (holder, Attitude::Wonders, inner),
        _ => return Question::Holds(statement),
    };
    match holder {
        Term::Entity(holder) => Question::Attitude(Mind::Character(*holder), attitude, (**inner).clone()),
        Term::Variable(_) => Question::Holds(statement),
    }
}

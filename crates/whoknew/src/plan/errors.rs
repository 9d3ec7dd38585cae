//! Why nothing can be planned, as messages.

use super::verify::Flaw;
use crate::diagnostic::{Code, Diagnostic, Severity, grouped};
use crate::ground::{GroundError, Problem, TOO_LARGE_FORMULA};
use crate::source::Span;
use crate::state::{StateError, WrittenBy};
use crate::world::{FluentId, say};

/// More facts than planning can hold.
pub static TOO_MANY_FACTS: Code = Code {
    id: "E0701",
    name: "too many facts for a plan",
    severity: Severity::Error,
    summary: "more facts may change than planning can keep track of",
};
/// More characters than planning can hold.
pub static TOO_MANY_CHARACTERS: Code = Code {
    id: "E0702",
    name: "too many characters for a plan",
    severity: Severity::Error,
    summary: "the story has more characters than planning can keep track of",
};
/// Too many views of the start.
pub static TOO_MANY_VIEWS: Code = Code {
    id: "E0703",
    name: "too many views of the start",
    severity: Severity::Error,
    summary: "the start gives the characters more different views of each other's beliefs than planning can keep track of",
};
/// The start cannot be computed.
pub static NO_START: Code = Code {
    id: "E0704",
    name: "no start for a plan",
    severity: Severity::Error,
    summary: "the situation at the start of the story cannot be computed",
};
/// No aim.
pub static NO_AIM: Code = Code {
    id: "E0705",
    name: "no aim",
    severity: Severity::Error,
    summary: "a plan is asked for, but the story does not say what its author aims at, or has no aim of that name",
};
/// A plan that is none.
pub static FLAWED: Code = Code {
    id: "E0799",
    name: "flawed plan",
    severity: Severity::Error,
    summary: "the plan that was found did not stand up to verification: an error of this program",
};

/// The codes of this module.
pub static CODES: &[&Code] = &[&TOO_MANY_FACTS, &TOO_MANY_CHARACTERS, &TOO_MANY_VIEWS, &NO_START, &NO_AIM, &FLAWED];

/// Why nothing can be planned.
#[derive(Clone, Debug)]
pub enum PlanError {
    /// The world cannot be made ground.
    Ground(GroundError),
    /// The start cannot be computed.
    State(StateError),
    /// More facts that may change than there are columns.
    TooManyFacts {
        /// How many there may be.
        limit: usize,
    },
    /// More characters than can be told apart.
    TooManyCharacters {
        /// How many there may be.
        limit: usize,
        /// How many there are.
        number: usize,
    },
    /// The start gives more different situations that somebody believes in than the limit.
    TooManyViews {
        /// How many there may be.
        limit: usize,
    },
    /// The plan that was found is none: an error of this program.
    Flawed(Flaw),
}

impl PlanError {
    /// As a message to the user, about planning in `problem`.
    pub fn diagnostic(&self, problem: &Problem<'_>) -> Diagnostic {
        match self {
            Self::Ground(error) => error.diagnostic(),
            Self::State(error) => at_the_start(error, problem),
            Self::TooManyFacts { limit } => {
                let title = format!("more than {} facts may change in plans", grouped(*limit));
                most_changed(problem)
                    .into_iter()
                    .fold(Diagnostic::new(&TOO_MANY_FACTS, title, None), |message, (span, note)| {
                        message.label(span, note)
                    })
                    .help("narrower kinds for the parameters of facts make fewer of them")
                    .help("actions that plans can do without may be left out: `extend` them with a line `unplanned`")
            }
            Self::TooManyCharacters { limit, number } => {
                let title = format!("the story has {number} characters; plans can have {limit} at most");
                Diagnostic::new(&TOO_MANY_CHARACTERS, title, None)
                    .help("declare as characters only those who believe and act: a crowd may be one character, as in `person the guests`")
                    .help("what only lies or stands about is of a kind that is not below `character`, such as `thing` in the pack `std/places`")
            }
            Self::TooManyViews { limit } => {
                let title = format!(
                    "at the start there are more than {} different views of what others believe that others believe",
                    grouped(*limit)
                );
                Diagnostic::new(&TOO_MANY_VIEWS, title, None)
                    .note("each `known to` line with other people in it, and each belief in `start`, may double them")
                    .help("let several `known to` lines of the start name the same people, or say it without `known to`: everybody knows it then")
            }
            Self::Flawed(flaw) => {
                let what = flaw_words(problem, flaw);
                let title = format!("a plan was found that did not stand up to verification: {what}");
                Diagnostic::new(&FLAWED, title, None)
                    .help("this is an error of whoknew itself; please report it, with the story if you may")
            }
        }
    }
}

/// The fact that stands for most facts.
fn most_changed(problem: &Problem<'_>) -> Option<(Span, String)> {
    let world = problem.world();
    let fluents = (0..world.fluents.len()).map(FluentId::from_index);
    let counted = fluents.filter(|&fluent| world.fluents[fluent.index()].definition.is_none());
    let (fluent, number) = counted
        .map(|fluent| (fluent, problem.fluents_of(fluent).count()))
        .max_by_key(|&(fluent, number)| (number, std::cmp::Reverse(fluent)))?;
    let fluent = &world.fluents[fluent.index()];
    let number = grouped(number);
    Some((fluent.span, format!("this stands for most: {number} facts, one for each choice of its arguments")))
}

/// What is wrong with a plan, in words.
fn flaw_words(problem: &Problem<'_>, flaw: &Flaw) -> String {
    let act = |position: &usize| format!("its act {}", position + 1);
    match flaw {
        Flaw::Impossible(position) => format!("{} cannot happen", act(position)),
        Flaw::Unexplained(position, actor) => {
            let name = &problem.world().entities[actor.index()].name;
            format!("{} serves nothing that {name} wants", act(position))
        }
        Flaw::MissesTheAim => "it does not reach the aim".to_owned(),
        Flaw::TooLong => "it is longer than the limit".to_owned(),
        Flaw::NotMinimal => "something in it can be left out".to_owned(),
        Flaw::State(_) => "what comes of it cannot be computed".to_owned(),
    }
}

fn at_the_start(error: &StateError, problem: &Problem<'_>) -> Diagnostic {
    let new = |title: &str| Diagnostic::new(&NO_START, title, None);
    match error {
        StateError::RuleLoop { cycle, .. } => {
            let mut diagnostic = new("the rules never come to rest at the start of the story");
            for &rule in cycle.iter().take(6) {
                let (trigger, arguments) = problem.rule(rule);
                let span = problem.world().triggers[trigger.index()].span;
                diagnostic = diagnostic.label(span, say::rule(problem.world(), trigger, arguments));
            }
            diagnostic.help("let the `when` of one of these rules exclude what another makes")
        }
        StateError::Conflict { by: WrittenBy::Rule(rule, arguments), .. } => {
            let rule_words = say::rule(problem.world(), *rule, arguments);
            new("a rule gives one fact two different values at the start of the story")
                .label(problem.world().triggers[rule.index()].span, rule_words)
                .help("let each part of its `makes` hold at another time: `makes … if …`")
        }
        StateError::Conflict { .. } => new("one fact has two different values at the start of the story"),
        StateError::TooManySituations(limit) => {
            new(&format!("what everybody believes at the start takes more than the limit of {limit} situations"))
        }
        StateError::Unfolded(error) => error.diagnostic(),
        StateError::TooDeep(limit) => {
            let title = format!("the start needs beliefs about beliefs deeper than the limit of {limit}");
            Diagnostic::new(&TOO_LARGE_FORMULA, title, None)
        }
    }
}

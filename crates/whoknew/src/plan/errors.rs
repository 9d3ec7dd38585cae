//! Why nothing can be planned, as messages.

use super::verify::Flaw;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::{GroundError, Problem};
use crate::state::{StateError, WrittenBy};
use crate::world::{Holder, World, say};

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
    summary: "a plan is asked for, but the story does not say what its author aims at",
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

/// What is wrong if the author of `world` has no aim, so that there is nothing to plan for.
pub fn missing_aim(world: &World) -> Option<Diagnostic> {
    if world.utilities.iter().any(|utility| utility.holder == Holder::Author) {
        return None;
    }
    let title = "The story has no aim, so there is nothing to plan for";
    let wanted = world.utilities.iter().find_map(|utility| match utility.holder {
        Holder::Character(holder) => {
            let want = say::formula(world, &utility.value);
            Some((want.trim_end_matches(" else 0").to_owned(), &world.entities[holder.index()].name))
        }
        Holder::Author => None,
    });
    let help = match wanted {
        Some((want, holder)) => {
            format!("say what should come about, for example `aim: {want}`, which is what {holder} wants")
        }
        None => "say what should come about: `aim: 1 if CONDITION`".to_owned(),
    };
    Some(Diagnostic::new(&NO_AIM, title, None).help(help))
}

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
                Diagnostic::new(&TOO_MANY_FACTS, format!("more than {limit} facts may change in plans"), None)
                    .help("narrower kinds for the parameters of facts make fewer of them")
                    .help("actions that plans can do without may be left out: `extend` them with a line `unplanned`")
            }
            Self::TooManyCharacters { limit } => {
                let title = format!("plans can have at most {limit} characters");
                let help = "declare as characters only those who believe and act; a crowd may be one character";
                Diagnostic::new(&TOO_MANY_CHARACTERS, title, None).help(help)
            }
            Self::TooManyViews { limit } => {
                let title = format!(
                    "at the start there are more than {limit} different views of what others believe that others believe"
                );
                Diagnostic::new(&TOO_MANY_VIEWS, title, None)
                    .note("each `known to` line with other people in it, and each belief in `start`, may double them")
                    .help("let several `known to` lines of the start name the same people")
            }
            Self::Flawed(flaw) => {
                let title = format!("a plan was found that did not stand up to verification ({flaw:?})");
                Diagnostic::new(&FLAWED, title, None).help("this is an error of whoknew itself; please report it")
            }
        }
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
        }
        StateError::Conflict { .. } => new("one fact has two different values at the start of the story"),
        StateError::TooManySituations(limit) => {
            new(&format!("what everybody believes at the start takes more than the limit of {limit} situations"))
        }
        StateError::TooDeep(limit) => {
            new(&format!("the start needs beliefs about beliefs deeper than the limit of {limit}"))
        }
    }
}

//! Why a world could not be made ground.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;
use std::ops::Deref;

/// Too many ground facts.
pub static TOO_MANY_FACTS: Code = Code {
    id: "E0501",
    name: "too many facts",
    severity: Severity::Error,
    summary: "a fact has more combinations of arguments than the limit",
};
/// Too many instances of a rule or action.
pub static TOO_MANY_INSTANCES: Code = Code {
    id: "E0502",
    name: "too many instances",
    severity: Severity::Error,
    summary: "a rule or action has more combinations of arguments than the limit",
};
/// A formula that unfolds into too many parts or too deep, or beliefs about beliefs that do.
pub static TOO_LARGE_FORMULA: Code = Code {
    id: "E0503",
    name: "formula too large",
    severity: Severity::Error,
    summary: "a formula, its quantifiers and derived facts unfolded, is larger or deeper than the limit, or beliefs about beliefs are deeper",
};
/// Something that cannot be made so.
pub static NOT_A_CHANGE: Code = Code {
    id: "E0504",
    name: "cannot be made so",
    severity: Severity::Error,
    summary: "a statement or effect does not say which fact gets which value",
};
/// A formula where a condition or a value of another kind belongs.
pub static MISPLACED: Code = Code {
    id: "E0505",
    name: "misplaced formula",
    severity: Severity::Error,
    summary: "a formula is used where a condition, or a value of another kind, belongs",
};
/// A memory asked for after the story began.
pub static LATE_MEMORY: Code = Code {
    id: "E0506",
    name: "event not remembered",
    severity: Severity::Error,
    summary: "a formula asks whether an event happened that nothing mentioned when the story began",
};
/// Two values for one fact.
pub static CONFLICTING_EFFECTS: Code = Code {
    id: "E0507",
    name: "conflicting effects",
    severity: Severity::Error,
    summary: "one event gives one fact two different values",
};

/// Too many events with statements or numbers.
pub static TOO_MANY_SAYINGS: Code = Code {
    id: "E0508",
    name: "too much to say",
    severity: Severity::Error,
    summary: "actions that take statements or numbers have more uses in plans than the limit",
};

/// The codes of this module.
pub static CODES: &[&Code] = &[
    &TOO_MANY_FACTS,
    &TOO_MANY_INSTANCES,
    &TOO_LARGE_FORMULA,
    &NOT_A_CHANGE,
    &MISPLACED,
    &LATE_MEMORY,
    &CONFLICTING_EFFECTS,
    &TOO_MANY_SAYINGS,
];

/// Why a world, or a part of it, could not be made ground. Small: every part of a formula is made ground or answers with one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroundError(Box<Failure>);

/// What a [`GroundError`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure.
    pub code: &'static Code,
    /// What is wrong, in one sentence.
    pub message: String,
    /// Where it was declared, if it was.
    pub span: Option<Span>,
    /// What to do about it.
    pub help: Vec<String>,
}

impl Deref for GroundError {
    type Target = Failure;

    fn deref(&self) -> &Failure {
        &self.0
    }
}

impl GroundError {
    pub(crate) fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Self(Box::new(Failure { code, message: message.into(), span: None, help: Vec::new() }))
    }

    /// The same error with advice.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help.push(help.into());
        self
    }

    /// The same error at `span`, unless it has a place already.
    #[must_use]
    pub fn or_at(mut self, span: Span) -> Self {
        self.0.span = self.0.span.or(Some(span));
        self
    }

    /// As a message to the user.
    pub fn diagnostic(&self) -> Diagnostic {
        let diagnostic = Diagnostic::new(self.code, self.message.clone(), self.span);
        self.help.iter().fold(diagnostic, |diagnostic, help| diagnostic.help(help.clone()))
    }
}

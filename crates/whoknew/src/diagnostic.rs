//! What is told to the user, as data: code, severity, places, help. Renderers live apart, in the front ends.

use crate::source::Span;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; does not fail a check.
    Note,
    /// Most likely a mistake.
    Warning,
    /// A mistake.
    Error,
}

/// A place in a text with words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is so there; may be empty.
    pub text: String,
}

/// One message. Its parts are plain sentences in the story's own words, without trailing full stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable code and its catalogue entry.
    pub code: &'static Code,
    /// How serious it is here.
    pub severity: Severity,
    /// What is wrong, in one sentence.
    pub title: String,
    /// Where it is wrong; `None` if no text holds it (a file that cannot be read).
    pub primary: Option<Label>,
    /// Other places that show why, in the order they should be read.
    pub secondary: Vec<Label>,
    /// Further sentences.
    pub notes: Vec<String>,
    /// What would mend it.
    pub help: Vec<String>,
    /// What would close the hole, computed and checked.
    pub proposals: Vec<Proposal>,
    /// The author expects this finding; holds their reason.
    pub expected: Option<String>,
    /// The author allows this warning or note, so that it need not be shown; holds their reason.
    pub allowed: Option<String>,
}

/// Lines that, written into the story, close a hole and open none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The line before which they belong.
    pub before: Span,
    /// What to write there, one line each.
    pub lines: Vec<String>,
    /// Everybody whose act it is has a reason.
    pub explained: bool,
    /// Their reasons, one sentence each.
    pub reasons: Vec<String>,
}

/// The catalogue entry of a kind of diagnostic.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable code, as `H02`.
    pub id: &'static str,
    /// The name, as `knowledge without a source`.
    pub name: &'static str,
    /// The severity unless something softens it.
    pub severity: Severity,
    /// One sentence: exactly when it is reported.
    pub summary: &'static str,
}

impl Diagnostic {
    /// A diagnostic of `code` at `span` with its `title`; add the rest with the other methods.
    pub fn new(code: &'static Code, title: impl Into<String>, span: Option<Span>) -> Self {
        Self {
            code,
            severity: code.severity,
            title: title.into(),
            primary: span.map(|span| Label { span, text: String::new() }),
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            proposals: Vec::new(),
            expected: None,
            allowed: None,
        }
    }

    /// Sets the words at the primary place.
    #[must_use]
    pub fn at(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    /// Adds a secondary place, unless it is there with the same words.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        let label = Label { span, text: text.into() };
        if !self.secondary.contains(&label) {
            self.secondary.push(label);
        }
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Adds help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}

/// Defines the list of a module's error codes, and each code under its own id.
macro_rules! codes {
    ($(#[$doc:meta])* $list:ident; $($id:ident, $name:literal, $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $id: $crate::diagnostic::Code = $crate::diagnostic::Code {
                id: stringify!($id),
                name: $name,
                severity: $crate::diagnostic::Severity::Error,
                summary: $summary,
            };
        )*
        $(#[$doc])*
        pub static $list: &[&$crate::diagnostic::Code] = &[$(&$id,)*];
    };
}
pub(crate) use codes;

/// A large number as messages show it.
///
/// ```
/// assert_eq!(whoknew::diagnostic::grouped(1_234_567), "1,234,567");
/// ```
pub fn grouped(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

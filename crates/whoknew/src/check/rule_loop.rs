//! H09: rules that go on changing things without end.
//!
//! A situation that comes back while rules settle would never come to rest. The message names the rules of the cycle.
//! The check goes on as if the event, or the change, had not been.

use super::case::Case;
use super::words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::TriggerInstanceId;
use crate::source::Span;
use crate::world::say;

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H09",
    name: "rule loop",
    severity: Severity::Error,
    summary: "rules undo each other without end after this",
};

/// The message on rules that apply in turn, without end or until they were stopped after so many applications.
pub(super) fn diagnostic(
    case: &Case<'_, '_>,
    span: Option<Span>,
    (cycle, stopped_after): (&[TriggerInstanceId], Option<usize>),
) -> Diagnostic {
    let mut rules: Vec<(String, Span)> = Vec::new();
    for &rule in cycle {
        let told = rule_words(case, rule);
        if !rules.contains(&told) {
            rules.push(told);
        }
    }
    let named: Vec<String> = rules.iter().map(|(text, _)| format!("“{text}”")).collect();
    let subject = match (rules.len(), stopped_after) {
        (1, None) => "This rule never comes to rest",
        (_, None) => "The rules never come to rest",
        (1, Some(_)) => "This rule does not come to rest in time",
        (_, Some(_)) => "The rules do not come to rest in time",
    };
    let title = match span {
        Some(_) => format!("{subject} after this"),
        None => format!("{subject} at the start of the story"),
    };
    let how_long = match stopped_after {
        Some(times) => format!("and are not at rest after {times} times"),
        None => "without end".to_owned(),
    };
    let mut diagnostic = Diagnostic::new(&CODE, title, span).at(match named.as_slice() {
        [only] => format!("{only} applies again and again {}", how_long.replace("are not", "is not")),
        named => format!("{} apply in turn {how_long}", words::short_list(named, 4)),
    });
    for (text, span) in rules.iter().take(6) {
        diagnostic = diagnostic.label(*span, text.clone());
    }
    if span.is_some() {
        diagnostic = diagnostic.note(super::impossible::LEFT_OUT);
    }
    diagnostic.help(if rules.len() == 1 {
        "let its `when` no longer hold once it has made what it makes"
    } else {
        "let the `when` of one of these rules exclude what another makes"
    })
}

/// A rule in its words, and where it was written.
fn rule_words(case: &Case<'_, '_>, rule: TriggerInstanceId) -> (String, Span) {
    let (trigger, arguments) = case.situations.problem().rule(rule);
    (say::rule(case.world, trigger, arguments), case.world.triggers[trigger.index()].span)
}

//! H18: a line of the start that a later one overrules altogether.
//!
//! Later start lines win, so that a list may be followed by an exception. A line of which nothing is left was meant
//! otherwise: as what somebody believes, or it is a leftover.

use super::report::{Anchor, Findings};
use super::words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;
use crate::world::{Effect, Expression, FluentTerm, Spanned, StartStatement, World, say};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H18",
    name: "overruled start",
    severity: Severity::Warning,
    summary: "all that a line of the start says, later lines of the start say otherwise",
};

/// So many facts are told of one line.
const MOST_FACTS: usize = 3;

/// Facts with their values, as one line says them.
type Said<'w> = Vec<(&'w FluentTerm, &'w Expression)>;

/// Reports such lines of the story's own files.
pub(super) fn report(world: &World, findings: &mut Findings) {
    let lines: Vec<(&Spanned<Effect>, Said<'_>)> = world.start.iter().filter_map(|line| said(world, line)).collect();
    let mut last: FxHashMap<&FluentTerm, usize> = FxHashMap::default();
    for (line, (_, said)) in lines.iter().enumerate() {
        said.iter().for_each(|(fact, _)| {
            last.insert(fact, line);
        });
    }
    for (effect, facts) in &lines {
        let mut instead: Vec<(Span, &FluentTerm, &Expression)> = Vec::new();
        for (fact, value) in facts {
            let (later, said) = &lines[last[fact]];
            let overruling = said.iter().rev().find(|(other, _)| other == fact);
            let Some((_, other)) = overruling.filter(|(_, other)| other != value) else { break };
            instead.push((later.span, fact, other));
        }
        if !facts.is_empty() && instead.len() == facts.len() && instead.iter().all(|(span, ..)| *span != effect.span) {
            findings.add(Anchor::Story, overruled(world, effect.span, &instead));
        }
    }
}

/// What a line says, if it is no more than facts with values.
fn said<'w>(world: &World, line: &'w StartStatement) -> Option<(&'w Spanned<Effect>, Said<'w>)> {
    let StartStatement::Common(effect) = line else { return None };
    let mut said = Vec::new();
    (world.is_own(effect.span) && plain(&effect.value, &mut said)).then_some((effect, said))
}

fn plain<'w>(effect: &'w Effect, said: &mut Said<'w>) -> bool {
    match effect {
        Effect::Assign(fact, value) => {
            said.push((fact, value));
            true
        }
        Effect::All(parts) => parts.iter().all(|part| plain(part, said)),
        _ => false,
    }
}

fn overruled(world: &World, span: Span, instead: &[(Span, &FluentTerm, &Expression)]) -> Diagnostic {
    let mut diagnostic =
        Diagnostic::new(&CODE, "This line of the start counts for nothing: a later one says otherwise", Some(span));
    let (_, first, other) = instead[0];
    let known = say::value(world, first, other);
    let mut labels: BTreeMap<Span, Vec<String>> = BTreeMap::new();
    for (later, fact, value) in instead.iter().take(MOST_FACTS) {
        labels.entry(*later).or_default().push(say::value(world, fact, value));
    }
    for (later, said) in labels {
        diagnostic = diagnostic.label(later, format!("at the start {}", say::list(&said)));
    }
    if instead.len() > MOST_FACTS {
        let more = words::counted(instead.len() - MOST_FACTS, "fact", "facts");
        diagnostic = diagnostic.note(format!("likewise {more} more of this line"));
    }
    diagnostic.help(format!(
        "take one of the two lines away; what only somebody thinks is written so: `… believes that {known}`"
    ))
}

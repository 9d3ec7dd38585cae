//! H07: claims about how often something happened that no history agreeing with the told events can meet together.
//!
//! A count may exceed what is told, never fall short of it. A single claim that falls short is a false claim (H06).
//! `mutual` actions and assumed equations between counts (`assume times(…) = times(…)`) carry counts over.

use super::counting::{CountCondition, CountedEvent, Counting, Moment, Moments};
use super::false_claim;
use super::report::{Anchor, Findings};
use super::words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;
use crate::world::{Expression, SceneId, Telling, World};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H07",
    name: "conflicting claims",
    severity: Severity::Error,
    summary: "claims that no history agreeing with the told events can meet together",
};

/// A claim or assumption with its place and moment.
#[derive(Clone, Debug)]
pub(super) struct Said<'a> {
    /// What is said.
    pub statement: &'a Expression,
    /// Where.
    pub span: Span,
    /// The scene that says it.
    pub scene: SceneId,
    /// Its line.
    pub line: usize,
    /// How many events came before.
    pub moment: Moment,
    /// Whether it is assumed, not claimed.
    pub assumed: bool,
}

struct Entry<'a> {
    said: &'a Said<'a>,
    condition: CountCondition,
}

/// Whether `expression` compares counts, where [`report`] looks for them.
pub(super) fn mentions_counts(expression: &Expression) -> bool {
    match expression {
        Expression::Times { .. } => true,
        Expression::And(parts) => parts.iter().any(mentions_counts),
        Expression::Knows(_, inner) => mentions_counts(inner),
        Expression::Compare(_, left, right) | Expression::Arithmetic(_, left, right) => {
            mentions_counts(left) || mentions_counts(right)
        }
        _ => false,
    }
}

/// Reports single claims that fall short of what is told, then claims that conflict.
pub(super) fn report(
    (world, telling): (&World, &Telling),
    history: (&[Said<'_>], &[CountedEvent<'_>], &impl Moments),
    span: &dyn Fn(Moment) -> Span,
    findings: &mut Findings,
) {
    let (said, told, moments) = history;
    let mut entries = Vec::new();
    for said in said {
        collect(said, said.statement, moments, &mut entries);
    }
    let conditions: Vec<CountCondition> = entries.iter().map(|entry| entry.condition.clone()).collect();
    if conditions.is_empty() {
        return;
    }
    let Some(counting) = Counting::new(world, &conditions, told) else { return };
    let assumed = |&index: &usize| entries[index].said.assumed;
    let (assumptions, claims): (Vec<usize>, Vec<usize>) = (0..entries.len()).partition(assumed);
    let mut open: Vec<usize> = Vec::new();
    for claim in claims {
        if counting.possible(&[claim]) {
            open.push(claim);
        } else {
            let entry = &entries[claim];
            let events = matching(world, &entry.condition, told).into_iter();
            let events: Vec<(Moment, Span)> = events.map(|moment| (moment, span(moment))).collect();
            false_claim::too_few(world, entry.said, &events, findings);
        }
    }
    loop {
        let candidates: Vec<usize> = assumptions.iter().chain(&open).copied().rev().collect();
        let core = counting.conflict(&candidates);
        let Some(last) = core.iter().copied().filter(|index| !assumed(index)).max() else { return };
        let parts: Vec<&Said<'_>> = core.iter().map(|&index| entries[index].said).collect();
        add(telling, entries[last].said, &parts, findings);
        open.retain(|&claim| claim != last);
    }
}

fn collect<'a>(said: &'a Said<'a>, statement: &Expression, moments: &impl Moments, entries: &mut Vec<Entry<'a>>) {
    match statement {
        Expression::And(parts) => parts.iter().for_each(|part| collect(said, part, moments, entries)),
        Expression::Knows(_, inner) => collect(said, inner, moments, entries),
        Expression::Compare(..) => {
            if let Some(condition) = CountCondition::read(statement, said.moment, moments) {
                entries.push(Entry { said, condition });
            }
        }
        _ => {}
    }
}

/// The moments of the told events that a condition counts.
fn matching(world: &World, condition: &CountCondition, told: &[CountedEvent<'_>]) -> Vec<Moment> {
    let counts = |counted: &&CountedEvent<'_>| {
        condition.counts().any(|(pattern, from, until)| {
            (from..until).contains(&counted.moment) && super::counting::describes(world, pattern, counted.event)
        })
    };
    told.iter().filter(counts).map(|counted| counted.moment).collect()
}

fn add(telling: &Telling, last: &Said<'_>, parts: &[&Said<'_>], findings: &mut Findings) {
    let mut others: Vec<&&Said<'_>> = parts.iter().filter(|said| said.span != last.span).collect();
    others.sort_by_key(|said| (said.assumed, said.scene, said.line));
    others.dedup_by_key(|said| said.span);
    let claims = others.iter().filter(|said| !said.assumed).count();
    let title = match claims {
        0 => format!("The claim in {} conflicts with what is told and assumed", words::scene(telling, last.scene)),
        1 => {
            let other = others.iter().find(|said| !said.assumed).map_or(last.scene, |said| said.scene);
            if other == last.scene {
                format!("Two claims in {} cannot both be true", words::scene(telling, other))
            } else {
                let (last, other) = (words::scene(telling, last.scene), words::scene(telling, other));
                format!("The claims in {other} and {last} cannot both be true")
            }
        }
        _ => {
            format!("The claim in {} conflicts with {claims} earlier ones together", words::scene(telling, last.scene))
        }
    };
    let mut diagnostic =
        Diagnostic::new(&CODE, title, Some(last.span)).at(if claims == 1 { "the other claim" } else { "this claim" });
    for said in others {
        let words = match (said.assumed, claims) {
            (true, _) => "under this assumption",
            (false, 1) => "one claim",
            (false, _) => "with this claim",
        };
        diagnostic = diagnostic.label(said.span, words);
    }
    let diagnostic = diagnostic
        .note("more may have happened than is told, but no history that holds what is told meets them all")
        .help("change one of the numbers, or the stretch of time in which they count");
    findings.add(Anchor::Line(last.scene, last.line), diagnostic);
}

//! The differences for people.

use super::answer::Answered;
use crate::human::Layout;
use crate::places::Places;
use crate::why::place;
use whoknew::ask::what_if::{BeliefChange, Gone, WhatIf, Why};
use whoknew::ask::why_not::Missing;
use whoknew::diagnostic::Diagnostic;
use whoknew::world::say::list;

/// So many differences of one kind are listed.
const MOST: usize = 12;

/// The whole text; all differences, or the first of each kind.
pub fn text(answered: &Answered, places: &Places<'_>, (layout, all): (&Layout, bool)) -> String {
    let mut text = String::new();
    for problem in &answered.problems {
        text += &layout.finding(problem, places);
        text += "\n\n";
    }
    match &answered.answer {
        Some(answer) => text += &differences(answer, places, if all { usize::MAX } else { MOST }),
        None => text += "The story could not be changed like this.\n",
    }
    text
}

fn differences(answer: &WhatIf, places: &Places<'_>, most: usize) -> String {
    let mut text: String = answer.changes.iter().map(|change| format!("What if, {change}\n")).collect();
    if answer.is_the_same() {
        text += "\nNothing else would differ.\n";
    }
    for (why, title) in [
        (Why::Impossible, "This can no longer happen"),
        (Why::NotThought, "This is no longer concluded"),
        (Why::NotBelieved, "This happens, but whoever does it no longer believes that it can"),
    ] {
        let gone: Vec<&Gone> = answer.gone.iter().filter(|gone| gone.why == why).collect();
        if !gone.is_empty() {
            text += &format!("\n{title}:\n");
            shortened(&mut text, &gone, most, |gone| said_gone(gone, places));
        }
    }
    if !answer.reasons.is_empty() {
        text += "\nReasons:\n";
        shortened(&mut text, &answer.reasons, most, |change| {
            let how = if change.gains { "would have a reason" } else { "would have no reason" };
            format!(
                "  {} {how} for this, {}: {}  [{}]\n",
                change.name,
                change.at,
                change.says,
                place(change.place, places)
            )
        });
    }
    if !answer.beliefs.is_empty() {
        text += "\nBeliefs:\n";
        for group in grouped(&answer.beliefs) {
            let until = if group.lasts { "to the end" } else { "for a while" };
            text += &format!("  {}, from {} on, {until}:\n", list(&group.believers), group.first);
            shortened(&mut text, &group.facts, most, |(changed, told)| format!("    {changed}\n      told: {told}\n"));
        }
    }
    if !answer.facts.is_empty() {
        text += "\nAt the end:\n";
        shortened(&mut text, &answer.facts, most, |fact| format!("  {}\n    told: {}\n", fact.changed, fact.told));
    }
    if !answer.findings.is_empty() {
        text += "\nFindings of the check:\n";
        shortened(&mut text, &answer.findings, most, |change| {
            let how = if change.appears { "appears" } else { "vanishes" };
            format!("  {how}: {}\n", said_finding(&change.finding, places))
        });
    }
    for note in &answer.notes {
        text += &format!("\nNote: {note}.\n");
    }
    text
}

/// The first of `all` as `say` says them, then how many more.
fn shortened<T>(text: &mut String, all: &[T], most: usize, say: impl Fn(&T) -> String) {
    for one in all.iter().take(most) {
        *text += &say(one);
    }
    if all.len() > most {
        *text += &format!("  and {} more; --all lists them\n", all.len() - most);
    }
}

fn said_gone(gone: &Gone, places: &Places<'_>) -> String {
    let mut text = format!("  {}: {}  [{}]\n", gone.at, gone.says, place(gone.place, places));
    for missing in &gone.missing {
        text += &said_missing(missing, gone.why, places);
    }
    text
}

fn said_missing(missing: &Missing, why: Why, places: &Places<'_>) -> String {
    let needs = match why {
        Why::Impossible => format!("it needs that {}", missing.needed),
        Why::NotThought => format!("it rests on this: {}", missing.needed),
        Why::NotBelieved => format!("it is no longer so that {}", missing.needed),
    };
    let mut text = format!("    {needs}\n");
    for instead in &missing.instead {
        match &instead.since {
            Some(since) => {
                text += &format!("    but {}\n", instead.says);
                text += &format!("    since {}: {}  [{}]\n", since.at, since.says, place(since.place, places));
            }
            None => text += &format!("    but from the start {}\n", instead.says),
        }
    }
    text
}

/// What the same people believe otherwise for the same time.
struct Group<'a> {
    believers: Vec<String>,
    first: &'a str,
    lasts: bool,
    /// What they then believe, and what they believe as the story is told.
    facts: Vec<(&'a str, &'a str)>,
}

/// All changes of belief, said together where that is possible; in the order in which they are first named.
fn grouped(changes: &[BeliefChange]) -> Vec<Group<'_>> {
    let mut facts: Vec<Group<'_>> = Vec::new();
    for change in changes {
        let fact = (change.changed.as_str(), change.told.as_str());
        let same = |group: &&mut Group<'_>| {
            group.facts == [fact] && group.first == change.first && group.lasts == change.lasts
        };
        let believer = believer(&change.names);
        match facts.iter_mut().find(same) {
            Some(group) => group.believers.push(believer),
            None => facts.push(Group {
                believers: vec![believer],
                first: &change.first,
                lasts: change.lasts,
                facts: vec![fact],
            }),
        }
    }
    let mut groups: Vec<Group<'_>> = Vec::new();
    for group in facts {
        let same = |known: &&mut Group<'_>| {
            known.believers == group.believers && known.first == group.first && known.lasts == group.lasts
        };
        match groups.iter_mut().find(same) {
            Some(known) => known.facts.extend(group.facts),
            None => groups.push(group),
        }
    }
    groups
}

/// `Sally`, or `Sally about what Anne believes`.
fn believer(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first, rest @ ..] => format!("{first} about what {} believes", rest.join(" about what ")),
    }
}

fn said_finding(finding: &Diagnostic, places: &Places<'_>) -> String {
    let at = finding.primary.as_ref().map(|label| format!("  [{}]", place(label.span, places))).unwrap_or_default();
    format!("{} {}{at}", finding.code.id, finding.title)
}

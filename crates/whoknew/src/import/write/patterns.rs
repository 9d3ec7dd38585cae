//! Sentence patterns for actions. What an action is called elsewhere is no sentence, so the pattern is a plain one: who acts, what they do,
//! and the rest in order: `{who}: give {what}, {whom}`. Parameters named by a preposition are said with it: `{who}: walk from {from} to {to}`.

use crate::world::{Action, Term};

const PREPOSITIONS: &[&str] = &[
    "from", "to", "at", "in", "into", "on", "onto", "with", "by", "for", "of", "about", "against", "near", "under",
    "over", "through", "via", "toward", "towards", "behind", "beside", "after", "before",
];

/// The pattern of `action`.
pub(super) fn of_action(action: &Action) -> String {
    let name = |index: usize| action.parameters.get(index).map(|parameter| parameter.name.as_str());
    let mut subjects: Vec<usize> = Vec::new();
    for actor in &action.actors {
        let index = match actor {
            Term::Variable(variable) => Some(variable.index()),
            Term::Entity(entity) => action.parameters.iter().position(
                |parameter| matches!(parameter.kind, crate::world::ParameterKind::Constant(own) if own == *entity),
            ),
        };
        subjects.extend(index.filter(|index| name(*index).is_some() && !subjects.contains(index)));
    }
    let mut pattern = String::new();
    for (position, &subject) in subjects.iter().enumerate() {
        pattern += match position {
            0 => "",
            _ if position + 1 == subjects.len() => " and ",
            _ => ", ",
        };
        pattern += &format!("{{{}}}", name(subject).unwrap_or_default());
    }
    if !subjects.is_empty() {
        pattern += ": ";
    }
    pattern += &words(&action.name);
    let mut first = true;
    for (index, parameter) in action.parameters.iter().enumerate() {
        if subjects.contains(&index) {
            continue;
        }
        let name = &parameter.name;
        pattern += &match PREPOSITIONS.iter().find(|word| name.eq_ignore_ascii_case(word)) {
            Some(word) => format!(" {word} {{{name}}}"),
            None if first => format!(" {{{name}}}"),
            None => format!(", {{{name}}}"),
        };
        first = false;
    }
    pattern
}

/// `teleport_from_ship` as words.
fn words(name: &str) -> String {
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    if words.is_empty() { name.to_owned() } else { words.join(" ") }
}

//! The forms nearest to a question that fits none, with names of the story at hand filled in.

use super::forms::{FORMS, Form};
use super::names::Names;
use super::pattern::{Part, Slot, parts};
use crate::ask::whereabouts;
use crate::suggest;
use crate::world::sentences::Token;
use crate::world::{
    Comparison, Effect, EntityId, EventArgument, EventTerm, Expression, Fluent, FluentId, FluentTerm, LineContent,
    Parameter, StartStatement, Term, ValueKind, World, canonical, say,
};

/// At most so many forms are offered.
const MOST_OFFERED: usize = 3;
/// A word inserted, left out or replaced.
const EDIT: usize = 4;
/// From here on the words are like no form.
const FAR: usize = 2 * EDIT;
/// Words that a slot takes though they name nothing.
const SLIP: usize = 1;

/// Every form as a question about this world, with what it asks.
pub fn examples(world: &World) -> Vec<(String, &'static str)> {
    let filling = Filling::new(world, &[], &[]);
    let shown = |form: &'static Form| Some((filling.fill(form.patterns.first()?), form.meaning));
    FORMS.iter().filter_map(shown).collect()
}

/// The forms nearest to a question, as questions about this world.
pub(super) fn nearest(world: &World, names: &Names, words: &[Token<'_>]) -> Vec<String> {
    let mut scored: Vec<(usize, usize, &'static str)> = Vec::new();
    for (index, form) in FORMS.iter().enumerate() {
        let worded = form.patterns.iter().filter(|pattern| has_words_of(&parts(pattern), words));
        let best = worded.map(|&pattern| (distance(&parts(pattern), words, names), pattern)).min();
        if let Some((distance, pattern)) = best {
            scored.push((distance, index, pattern));
        }
    }
    scored.sort_unstable();
    let mentioned = mentioned(world, names, words);
    let typed: Vec<String> = words.iter().map(|word| word.text.to_lowercase()).collect();
    let filling = Filling::new(world, &mentioned, &typed);
    let nearest = scored.first().map_or(0, |(distance, ..)| *distance);
    if nearest >= FAR
        && let Some(topical) = topical(world, &mentioned, &filling)
    {
        return topical;
    }
    let near = scored.into_iter().filter(|(distance, ..)| *distance <= nearest + EDIT);
    near.take(MOST_OFFERED).map(|(_, _, pattern)| filling.fill(pattern)).collect()
}

/// Whether a pattern has words of its own; if just one, then one that was typed.
fn has_words_of(parts: &[Part], typed: &[Token<'_>]) -> bool {
    let mut own = parts.iter().filter_map(|part| match part {
        Part::Word(forms) => Some(forms),
        _ => None,
    });
    match (own.next(), own.next()) {
        (None, _) => false,
        (Some(only), None) => typed.iter().any(|word| difference(word.text, only) == 0),
        _ => true,
    }
}

/// What can be asked about somebody or something that was named, in words that are like no form.
fn topical(world: &World, mentioned: &[EntityId], filling: &Filling) -> Option<Vec<String>> {
    let is_thing = |entity: &&EntityId| entity.index() >= world.characters;
    let about = *mentioned.iter().find(is_thing).or(mentioned.first())?;
    let name = &world.entities[about.index()].name;
    let mut questions = Vec::new();
    if !whereabouts::tellings(world, about).is_empty() {
        questions.extend([format!("where is {name}?"), format!("who knows where {name} is?")]);
    }
    questions.push(match about.index() < world.characters {
        true => format!("what does {name} believe?"),
        false => format!("what does {} believe about {name}?", filling.who),
    });
    Some(questions)
}

/// The entities that the words name, in order.
fn mentioned(world: &World, names: &Names, words: &[Token<'_>]) -> Vec<EntityId> {
    let mut found: Vec<EntityId> = Vec::new();
    let mut position = 0;
    while position < words.len() {
        match names.at(words, position).first() {
            Some(&(entity, end)) => {
                if !found.contains(&entity) {
                    found.push(entity);
                }
                position = end;
            }
            None => position += 1,
        }
    }
    found.sort_by_key(|entity| entity.index() >= world.characters);
    found
}

/// The least cost of turning the words into a question of this pattern.
fn distance(parts: &[Part], words: &[Token<'_>], names: &Names) -> usize {
    let length = words.len();
    let mut row: Vec<usize> = (0..=length).map(|left_out| left_out * EDIT).collect();
    for part in parts {
        let left_out = if matches!(part, Part::Maybe(_) | Part::Slot(Slot::Minds)) { 0 } else { EDIT };
        let mut next: Vec<usize> = row.iter().map(|cost| cost + left_out).collect();
        let mut least_before = usize::MAX;
        for start in 0..length {
            let cost = row[start];
            least_before = least_before.min(cost);
            match part {
                Part::Word(forms) | Part::Maybe(forms) => {
                    let extra = difference(words[start].text, forms);
                    next[start + 1] = next[start + 1].min(cost + extra);
                }
                Part::Slot(Slot::Statement | Slot::Clause | Slot::Event) => {
                    next[start + 1] = next[start + 1].min(least_before + SLIP);
                }
                Part::Slot(_) => {
                    for (_, end) in names.at(words, start) {
                        next[end] = next[end].min(cost);
                    }
                    next[start + 1] = next[start + 1].min(cost + SLIP);
                }
            }
        }
        for end in 1..=length {
            next[end] = next[end].min(next[end - 1] + EDIT);
        }
        row = next;
    }
    row[length]
}

fn difference(word: &str, forms: &[&str]) -> usize {
    if forms.iter().any(|form| word.eq_ignore_ascii_case(form)) {
        0
    } else if suggest::nearest(word, forms.iter().copied()).is_empty() {
        EDIT
    } else {
        SLIP
    }
}

/// What stands in the slots of examples.
struct Filling {
    who: String,
    whom: String,
    thing: String,
    statement: String,
    event: String,
}

impl Filling {
    /// Those of `mentioned` first, then those who are spoken of in what comes nearest to the words that were typed.
    fn new(world: &World, mentioned: &[EntityId], typed: &[String]) -> Self {
        let occurring = nearest_of(occurring(world), typed, |(_, statement)| say::statement(world, statement));
        let (holder, statement) = match occurring {
            Some((holder, statement)) => (holder, Some(statement)),
            None => (None, started(world)),
        };
        let mut entities = mentioned.to_vec();
        // Whoever believes it in the story comes first; then somebody whom it is not about, who has more to wonder.
        let mut others = spoken_of(world);
        others.retain(|entity| !mentioned.contains(entity) && Some(*entity) != holder);
        others.sort_by_key(|&entity| statement.as_ref().is_some_and(|statement| speaks_of(statement, entity)));
        entities.extend(holder.filter(|holder| !mentioned.contains(holder)));
        entities.extend(others);
        let mut characters = entities.iter().copied().filter(|entity| entity.index() < world.characters);
        let (first, second) = (characters.next(), characters.next());
        let name = |entity: Option<EntityId>, otherwise: &str| {
            entity.map_or(otherwise.to_owned(), |entity| world.entities[entity.index()].name.clone())
        };
        let (who, whom) = (name(first, "somebody"), name(second, "somebody else"));
        let is_thing = |entity: &EntityId| entity.index() >= world.characters;
        let named = mentioned.iter().copied().find(is_thing).or(mentioned.get(1).copied());
        let told = entities.iter().copied().find(|&entity| {
            is_thing(&entity) && statement.as_ref().is_some_and(|statement| speaks_of(statement, entity))
        });
        let thing = name(named.or(told).or(second).or(entities.first().copied()), "something");
        let statement = statement.map_or("…".to_owned(), |statement| say::statement(world, &statement));
        let event = nearest_of(events(world), typed, |event| say::event(world, event));
        let event = event.map_or_else(|| "…".to_owned(), |event| say::event(world, &event));
        Self { who, whom, thing, statement, event }
    }

    fn fill(&self, pattern: &'static str) -> String {
        let clause = format!("does {} believe that {}", self.who, self.statement);
        let mut words: Vec<&str> = Vec::new();
        for part in parts(pattern) {
            match part {
                Part::Word(forms) => words.extend(forms.first()),
                Part::Maybe(forms) => words.extend(forms.first().filter(|word| ["that", "whether"].contains(word))),
                Part::Slot(Slot::Who) => words.push(&self.who),
                Part::Slot(Slot::Whom) => words.push(&self.whom),
                Part::Slot(Slot::Thing) => words.push(&self.thing),
                Part::Slot(Slot::Minds) => {}
                Part::Slot(Slot::Statement) => words.push(&self.statement),
                Part::Slot(Slot::Clause) => words.push(&clause),
                Part::Slot(Slot::Event) => words.push(&self.event),
            }
        }
        format!("{}?", words.join(" "))
    }
}

/// Whether a fact of `statement` is about `entity`.
fn speaks_of(statement: &Expression, entity: EntityId) -> bool {
    match statement {
        Expression::Fluent(fact) => fact.arguments.contains(&Term::Entity(entity)),
        Expression::Compare(_, left, _) => speaks_of(left, entity),
        Expression::Believes(_, inner) | Expression::Knows(_, inner) | Expression::Not(inner) => {
            speaks_of(inner, entity)
        }
        _ => false,
    }
}

/// All entities, those first who do most.
fn spoken_of(world: &World) -> Vec<EntityId> {
    let mut counts = vec![0usize; world.entities.len().saturating_sub(1)];
    let mut count = |entity: EntityId| {
        if let Some(count) = counts.get_mut(entity.index()) {
            *count += 1;
        }
    };
    for scene in &world.telling.scenes {
        scene.present.iter().flat_map(|present| &present.value).copied().for_each(&mut count);
        for line in &scene.lines {
            if let LineContent::Event(told) = &line.content {
                for argument in &told.event.arguments {
                    if let EventArgument::Term(Term::Entity(entity)) = argument {
                        count(*entity);
                    }
                }
            }
        }
    }
    let mut entities: Vec<EntityId> = (0..counts.len()).map(EntityId::from_index).collect();
    entities.sort_by_key(|entity| (usize::MAX - counts[entity.index()], entity.index()));
    entities
}

/// So many statements and events of a story are compared with what was typed.
const MOST_COMPARED: usize = 500;

/// What the story says or claims, with who is said to believe it, or to be told it; what is believed first.
fn occurring(world: &World) -> Vec<(Option<EntityId>, Expression)> {
    let mut believed = Vec::new();
    let mut claimed = Vec::new();
    for line in world.telling.scenes.iter().flat_map(|scene| &scene.lines) {
        match &line.content {
            LineContent::Claim(claim) => match &claim.value {
                Expression::Believes(Term::Entity(who), inner) | Expression::Knows(Term::Entity(who), inner) => {
                    believed.push((Some(*who), (**inner).clone()));
                }
                other => claimed.push((None, other.clone())),
            },
            LineContent::Event(told) => claimed.extend(told.event.arguments.iter().filter_map(|argument| {
                let EventArgument::Statement(statement) = argument else { return None };
                Some((hearer(world, &told.event), (**statement).clone()))
            })),
            _ => {}
        }
    }
    believed.append(&mut claimed);
    believed.truncate(MOST_COMPARED);
    believed
}

/// The second character of an event that says something.
fn hearer(world: &World, event: &EventTerm) -> Option<EntityId> {
    let mut characters = event.arguments.iter().filter_map(|argument| match argument {
        EventArgument::Term(Term::Entity(entity)) if entity.index() < world.characters => Some(*entity),
        _ => None,
    });
    characters.nth(1)
}

/// The one with most of the words that were typed; the first of several.
fn nearest_of<T>(all: Vec<T>, typed: &[String], says: impl Fn(&T) -> String) -> Option<T> {
    /// Shorter words are in every sentence.
    const SHORTEST: usize = 3;
    let shared = |one: &T| {
        let said = says(one).to_lowercase();
        let words: Vec<&str> = said.split(|letter: char| !letter.is_alphanumeric()).collect();
        typed.iter().filter(|word| word.chars().count() >= SHORTEST && words.contains(&word.as_str())).count()
    };
    let scored: Vec<usize> = all.iter().map(shared).collect();
    let most = scored.iter().copied().max()?;
    let position = scored.iter().position(|&score| score == most)?;
    all.into_iter().nth(position)
}

/// What the start says first; else any fact that is or is not so.
fn started(world: &World) -> Option<Expression> {
    let said = |fact: &FluentTerm| !world.fluents[fact.fluent.index()].sentences.is_empty();
    let stated = world.start.iter().find_map(|statement| match statement {
        StartStatement::Common(effect) => match &effect.value {
            Effect::Assign(fact, value) if said(fact) => {
                let fact = Box::new(Expression::Fluent(fact.clone()));
                Some(canonical(Expression::Compare(Comparison::Equal, fact, Box::new(value.clone()))))
            }
            _ => None,
        },
        _ => None,
    });
    stated.or_else(|| {
        let plain = |fluent: &Fluent| fluent.value == ValueKind::Boolean && !fluent.sentences.is_empty();
        let fluent = world.fluents.iter().position(plain)?;
        let filling = |parameter: &Parameter| {
            let mut known = (0..world.entities.len() - 1).map(EntityId::from_index);
            known.find(|&entity| super::takes(world, parameter, entity)).map(Term::Entity)
        };
        let arguments: Option<Vec<Term>> = world.fluents[fluent].parameters.iter().map(filling).collect();
        Some(Expression::Fluent(FluentTerm { fluent: FluentId::from_index(fluent), arguments: arguments? }))
    })
}

fn events(world: &World) -> Vec<EventTerm> {
    let lines = world.telling.scenes.iter().flat_map(|scene| &scene.lines);
    let events = lines.filter_map(|line| match &line.content {
        LineContent::Event(told) => Some(told.event.clone()),
        _ => None,
    });
    events.take(MOST_COMPARED).collect()
}

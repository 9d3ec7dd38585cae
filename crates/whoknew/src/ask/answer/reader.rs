//! Questions about the reader: what a newcomer believes who was told the story so far.

use super::super::point::Spot;
use super::super::question::{Attitude, Mind};
use super::about::concerns;
use super::{Answer, Asked, MOST_LISTED, Result, Said, Verdict};
use crate::check::words;
use crate::ground::{Amount, GroundFluentId, Value};
use crate::state::StateId;
use crate::telling::Reader;
use crate::telling::reader::newcomer;
use crate::world::{EntityId, Expression, SceneId, Telling, World, say};

/// A reader at the point, with what they take to be real.
pub(super) struct Told<'n> {
    pub reader: Reader<'n>,
    pub state: StateId,
}

impl Told<'_> {
    fn follow(&mut self, minds: &[EntityId]) -> Result<StateId> {
        Ok(super::super::history::believed(self.reader.situations(), self.state, minds)?)
    }
}

impl Asked<'_, '_, '_> {
    /// Does something with the reader who was told the story up to the point.
    pub(super) fn with_reader<T>(
        &mut self,
        mention: &[Expression],
        body: impl FnOnce(&mut Self, &mut Told<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let newcomer: World = newcomer(self.story.world());
        let telling = told_until(self.story.telling(), self.point.spot());
        let limits = *self.story.limits();
        let reader = self.story.run.reader_asked(&newcomer, &telling, mention, &limits)?;
        let Some(state) = reader.last() else { return Ok(None) };
        body(self, &mut Told { reader, state }).map(Some)
    }

    pub(super) fn reader_attitude(&mut self, attitude: Attitude, statement: &Expression) -> Result<Answer> {
        let so = self.asks_value(statement) || self.is_so(statement)?;
        let mention = [statement.clone()];
        let found = self.with_reader(&mention, |asked, told| {
            let fact = asked.asked_fact(statement)?;
            let situations = told.reader.situations();
            let Some(place) = fact else {
                let condition = situations.problem_mut().condition(statement)?;
                let opposite = crate::world::sentences::opposite(statement.clone());
                let opposite = situations.problem_mut().condition(&opposite)?;
                let believed = situations.holds(told.state, &condition)?;
                let denied = situations.holds(told.state, &opposite)?;
                return Ok((believed, denied, None));
            };
            let amount = situations.problem_mut().amount(statement)?;
            let value = situations.evaluate(told.state, &amount)?;
            let real = asked.value_at(place)?;
            let someone = Value::entity(asked.story.world().someone());
            let value = if value == someone { Value::UNKNOWN } else { value };
            let is_yes_or_no = value.as_boolean();
            let denied = is_yes_or_no == Some(false) || value != real && !value.is_unknown();
            Ok((is_yes_or_no == Some(true), denied, Some((value, real))))
        })?;
        let Some((believed, denied, value)) = found else { return Ok(Answer::new(Verdict::No, "Nothing is told")) };
        let knows_value = value.is_some_and(|(value, real)| value == real && !value.is_unknown());
        let yes = match attitude {
            Attitude::Believes => believed,
            Attitude::Knows => believed && so,
            Attitude::KnowsWhether => knows_value || value.is_none() && (believed && so || denied && !so),
            Attitude::Wonders => {
                value.is_some_and(|(value, _)| value.is_unknown()) || value.is_none() && !believed && !denied
            }
        };
        let mut answer = self.reader_verdict((attitude, yes), statement, value)?;
        if believed {
            answer.because.extend(self.reader_since(statement)?);
        } else if !yes && attitude != Attitude::Wonders {
            answer.because.push(self.reader_instead(statement, denied, value)?);
        }
        if !yes || !so {
            answer.because.extend(self.truth_of(statement)?);
        }
        Ok(answer)
    }

    fn truth_of(&mut self, statement: &Expression) -> Result<Vec<Said>> {
        let mut said = Vec::new();
        let mut histories = Vec::new();
        for place in self.places_asked(statement)? {
            self.add_since((place, true), &mut histories, &mut said)?;
        }
        Ok(said)
    }

    fn reader_verdict(
        &mut self,
        (attitude, yes): (Attitude, bool),
        statement: &Expression,
        value: Option<(Value, Value)>,
    ) -> Result<Answer> {
        if let (false, Attitude::KnowsWhether, Some(place)) = (yes, attitude, self.asked_fact(statement)?)
            && let Some(what) = self.asked_words(place.fluent)
        {
            return Ok(Answer::new(Verdict::No, format!("No, the reader does not know {what}")));
        }
        let (verb, introduced) = match (attitude, yes) {
            (Attitude::Believes, true) => ("believes", "that"),
            (Attitude::Believes, false) => ("does not believe", "that"),
            (Attitude::Knows, true) => ("knows", "that"),
            (Attitude::Knows, false) => ("does not know", "that"),
            (Attitude::KnowsWhether, true) => ("knows", "whether"),
            (Attitude::KnowsWhether, false) => ("does not know", "whether"),
            (Attitude::Wonders, true) => ("wonders", "whether"),
            (Attitude::Wonders, false) => ("does not wonder", "whether"),
        };
        let mut what = format!("{introduced} {}", self.say(statement));
        if let (Some((value, _)), Some(place)) = (value, self.asked_fact(statement)?)
            && value.as_boolean().is_none()
        {
            what = match yes && attitude == Attitude::KnowsWhether {
                true => format!("that {}", self.say_fact(place, value)),
                false => "it".to_owned(),
            };
        }
        let (verdict, word) = if yes { (Verdict::Yes, "Yes") } else { (Verdict::No, "No") };
        Ok(Answer::new(verdict, format!("{word}, the reader {verb} {what}")))
    }

    /// What the reader takes to be so instead.
    fn reader_instead(&mut self, statement: &Expression, denied: bool, value: Option<(Value, Value)>) -> Result<Said> {
        let value = value.map(|(value, _)| value).filter(|value| !value.is_unknown());
        if let (Some(value), Some(place)) = (value, self.asked_fact(statement)?) {
            return Ok(Said::plain(format!("The reader believes that {}", self.say_fact(place, value))));
        }
        Ok(Said::plain(match denied {
            true => format!("The reader believes that {}", self.say_not(statement)),
            false => "Nothing told so far lets the reader know".to_owned(),
        }))
    }

    /// Since which told scene the reader believes it.
    pub(super) fn reader_since(&mut self, statement: &Expression) -> Result<Option<Said>> {
        let scenes = told_until(self.story.telling(), self.point.spot()).scenes.len();
        let mention = [statement.clone()];
        let since = self.with_reader(&mention, |_, told| {
            let mut since = None;
            for scene in (0..scenes).rev().map(SceneId::from_index) {
                if !told.reader.believes(scene, statement)? {
                    break;
                }
                since = Some(scene);
            }
            Ok(since)
        })?;
        let Some(Some(scene)) = since else { return Ok(None) };
        let told = &self.story.telling().scenes[scene.index()];
        let text = format!("The reader believes it since {} is told", words::scene(self.story.telling(), scene));
        Ok(Some(Said::told(text, (scene, told.span))))
    }

    /// What the reader knows that somebody does not, or the reverse.
    pub(super) fn beyond_of_reader(&mut self, knower: Mind, other: Mind) -> Result<Answer> {
        let who = match (knower, other) {
            (Mind::Character(who), Mind::Reader) | (Mind::Reader, Mind::Character(who)) => Some(who),
            _ => None,
        };
        let Some(who) = who else { return Ok(self.beyond_heading(knower, other, 0)) };
        let own = self.view(&[who])?;
        let reads = knower == Mind::Reader;
        let fluents = self.with_reader(&[], |asked, told| {
            let mut found: Vec<GroundFluentId> = Vec::new();
            for (real, reader) in asked.shared(told) {
                let so = asked.story.run.situations.value(asked.state, real);
                let theirs = asked.story.run.situations.value(own, real);
                let told = told.reader.situations().value(told.state, reader);
                let (knows, lacks) = if reads { (told, theirs) } else { (theirs, told) };
                if knows == so && !so.is_unknown() && lacks != so {
                    found.push(real);
                }
            }
            Ok(found)
        })?;
        let mut fluents = fluents.unwrap_or_default();
        if !reads {
            // What is so by default was never worth telling.
            let situations = &self.story.run.situations;
            let initial = situations.problem().initial_values();
            fluents.retain(|fluent| initial.get(fluent.index()) != Some(&situations.value(own, *fluent)));
        }
        self.list_of_reader((knower, other), who, fluents)
    }

    fn list_of_reader(
        &mut self,
        (knower, other): (Mind, Mind),
        who: EntityId,
        mut fluents: Vec<GroundFluentId>,
    ) -> Result<Answer> {
        let mut answer = self.beyond_heading(knower, other, fluents.len());
        fluents.sort_by_key(|&fluent| (self.is_location(fluent), fluent));
        answer.more = fluents.len().saturating_sub(self.most(MOST_LISTED));
        let minds: &[EntityId] = if knower == Mind::Reader { &[] } else { &[who] };
        let history = self.history(minds)?;
        for fluent in fluents.into_iter().take(self.most(MOST_LISTED)) {
            let text = self.known_beyond(fluent, (knower == Mind::Reader).then_some(who))?;
            let origin = self.origin(&history, fluent)?;
            let place = self.place(minds, fluent);
            let held = match knower {
                Mind::Reader => {
                    let value = self.value_at(place)?;
                    self.held_by_reader(&[], place, value)?
                }
                Mind::Character(_) => self.held(place, origin)?,
            };
            answer.facts.push(self.since(text, minds, origin)?.with(held));
        }
        Ok(answer)
    }

    /// The facts of the story with the same facts of the reader.
    fn shared(&mut self, told: &mut Told<'_>) -> Vec<(GroundFluentId, GroundFluentId)> {
        let problem = self.story.run.situations.problem_mut();
        let all: Vec<GroundFluentId> = problem.fluents().collect();
        let mut shared = Vec::new();
        for real in all {
            let theirs = match problem.declared(real) {
                Some((declared, arguments)) => told.reader.situations().problem().fluent(declared, &arguments),
                None => match told.reader.situations().problem_mut().amount(&problem.expression(real)) {
                    Ok(Amount::Place(place)) => Some(place.fluent),
                    _ => None,
                },
            };
            shared.extend(theirs.map(|theirs| (real, theirs)));
        }
        shared
    }

    /// What the reader believes, or believes that others believe.
    pub(super) fn reader_beliefs(&mut self, minds: &[Mind], about: Option<EntityId>) -> Result<Answer> {
        let minds = minds_inside(minds);
        let facts = self.with_reader(&[], |asked, told| {
            let view = told.follow(&minds)?;
            let shared = asked.shared(told);
            let mut facts: Vec<(GroundFluentId, Value)> = Vec::new();
            for (real, theirs) in shared {
                let situations = told.reader.situations();
                let value = situations.value(view, theirs);
                if !value.is_unknown() && about.is_none_or(|about| concerns(situations, view, theirs, about)) {
                    facts.push((real, value));
                }
            }
            Ok(facts)
        })?;
        self.reader_list(&minds, facts.unwrap_or_default(), "believes")
    }

    /// What of that is false.
    pub(super) fn reader_errors(&mut self, minds: &[Mind]) -> Result<Answer> {
        let minds = minds_inside(minds);
        let real = self.view(&minds)?;
        let someone = Value::entity(self.story.world().someone());
        let facts = self.with_reader(&[], |asked, told| {
            let view = told.follow(&minds)?;
            let shared = asked.shared(told);
            let mut facts: Vec<(GroundFluentId, Value)> = Vec::new();
            for (fluent, theirs) in shared {
                let value = told.reader.situations().value(view, theirs);
                if !value.is_unknown() && value != someone && value != asked.story.run.situations.value(real, fluent) {
                    facts.push((fluent, value));
                }
            }
            Ok(facts)
        })?;
        self.reader_list(&minds, facts.unwrap_or_default(), "wrongly believes")
    }

    fn reader_list(&mut self, minds: &[EntityId], facts: Vec<(GroundFluentId, Value)>, verb: &str) -> Result<Answer> {
        let names: Vec<String> = minds.iter().map(|&mind| format!(" that {} believes", self.name(mind))).collect();
        let things = words::counted(facts.len(), "thing", "things");
        let says = format!("The reader {verb}{} {things}", names.concat());
        let mut answer = Answer::new(Verdict::Facts, says);
        answer.more = facts.len().saturating_sub(self.most(MOST_LISTED));
        for (fluent, value) in facts.into_iter().take(self.most(MOST_LISTED)) {
            let place = self.place(&[], fluent);
            let compared = self.place(minds, fluent);
            let mut text = say::capitalised(&self.say_fact(place, value));
            let so = self.value_at(compared)?;
            if so != value {
                text = format!("{text} (in truth {})", self.say_fact(compared, so));
            }
            let held = self.held_by_reader(minds, place, value)?;
            answer.facts.push(Said::plain(text).with(held));
        }
        Ok(answer)
    }
}

/// The characters after the reader.
fn minds_inside(minds: &[Mind]) -> Vec<EntityId> {
    let inside = minds.iter().filter_map(|mind| match mind {
        Mind::Character(who) => Some(*who),
        Mind::Reader => None,
    });
    inside.collect()
}

/// What has been told when the telling has reached `spot`.
fn told_until(telling: &Telling, spot: Spot) -> Telling {
    let (scene, lines) = match spot {
        Spot::End => return telling.clone(),
        Spot::Start => return Telling::default(),
        Spot::Scene(scene) => (scene, usize::MAX),
        Spot::Opening(scene) => (scene, 0),
        Spot::Event { scene, line, .. } => (scene, line + 1),
    };
    let mut told = Telling { scenes: telling.scenes[..=scene.index()].to_vec() };
    if let Some(last) = told.scenes.last_mut() {
        last.lines.truncate(lines);
    }
    told
}

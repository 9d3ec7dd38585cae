//! The words of answers: who, since when, by which event.

use super::super::history::{History, noticed};
use super::super::question::Mind;
use super::super::whereabouts;
use super::{Asked, Result, Said};
use crate::causes::Origin;
use crate::check::words;
use crate::ground::{GroundFluentId, Place, Value};
use crate::telling::replay::{MomentId, What};
use crate::world::{EntityId, Expression, SceneId, Term, say};

impl Asked<'_, '_, '_> {
    pub(super) fn say(&self, statement: &Expression) -> String {
        if let Expression::Not(inner) = statement {
            return self.say_not(inner);
        }
        self.say_attitude(statement, true).unwrap_or_else(|| say::statement(self.story.world(), statement))
    }

    pub(super) fn say_not(&self, statement: &Expression) -> String {
        self.say_attitude(statement, false).unwrap_or_else(|| say::negated(self.story.world(), statement))
    }

    /// That somebody knows where something is, or the like: `Anne does not wonder where the marble is`.
    fn say_attitude(&self, statement: &Expression, is_so: bool) -> Option<String> {
        let (holder, [verb, denied], link, inner) = match statement {
            Expression::Believes(holder, inner) => (holder, ["believes", "does not believe"], "that", inner),
            Expression::Knows(holder, inner) => (holder, ["knows", "does not know"], "that", inner),
            Expression::KnowsWhether(holder, inner) => (holder, ["knows", "does not know"], "whether", inner),
            Expression::Wonders(holder, inner) => (holder, ["wonders", "does not wonder"], "whether", inner),
            _ => return None,
        };
        let Term::Entity(holder) = holder else { return None };
        let of_them = match &**inner {
            Expression::Fluent(fact) if link == "whether" => say::asked(self.story.world(), fact)?,
            _ if self.says_where(inner) => format!("{link} {}", self.say(inner)),
            _ => return None,
        };
        Some(format!("{} {} {of_them}", self.name(*holder), if is_so { verb } else { denied }))
    }

    /// Whether it is, inside all beliefs about it, that somebody knows where something is.
    pub(super) fn says_where(&self, statement: &Expression) -> bool {
        match statement {
            Expression::Believes(_, inner)
            | Expression::Knows(_, inner)
            | Expression::KnowsWhether(_, inner)
            | Expression::Wonders(_, inner)
            | Expression::Not(inner) => self.says_where(inner),
            other => whereabouts::known_in(self.story.world(), other).is_some(),
        }
    }

    pub(super) fn name(&self, entity: EntityId) -> String {
        words::name(self.story.world(), entity).to_owned()
    }

    /// `Anne`, `the reader`.
    pub(super) fn mind(&self, mind: Mind) -> String {
        match mind {
            Mind::Character(who) => self.name(who),
            Mind::Reader => "the reader".to_owned(),
        }
    }

    /// `the marble is in the box`, `Anne does not know where the marble is`.
    pub(super) fn say_fact(&mut self, place: Place, value: Value) -> String {
        let minds = self.minds_of(place);
        if value.is_unknown()
            && let Some(asked) = self.asked_words(place.fluent)
        {
            let Some((&last, outer)) = minds.split_last() else {
                return match self.is_location(place.fluent) {
                    true => format!("it is not told {asked}"),
                    false => self.story.case().say_fact(place, value),
                };
            };
            return self.in_minds(outer, format!("{} does not know {asked}", self.name(last)));
        }
        if let (Some(number), Some((event, when))) = (value.as_number(), self.counted_event(place.fluent)) {
            let times = words::counted(number as usize, "time", "times");
            let counted = match number == 0.0 {
                true => format!("it never happened{when} that {event}"),
                false => format!("it happened {times}{when} that {event}"),
            };
            return self.in_minds(&minds, counted);
        }
        self.story.case().say_fact(place, value)
    }

    /// `Anne believes that Miles believes that …`
    pub(super) fn in_minds(&self, minds: &[EntityId], inner: String) -> String {
        minds.iter().rev().fold(inner, |inner, &who| format!("{} believes that {inner}", self.name(who)))
    }

    /// The event that the fact counts, and between which scenes, if it is a count.
    fn counted_event(&self, fluent: GroundFluentId) -> Option<(String, String)> {
        let Expression::Times { event, since, until } = self.story.run.situations.problem().expression(fluent) else {
            return None;
        };
        let scene = |word: &str, scene: Option<SceneId>| {
            scene.map_or_else(String::new, |scene| format!(" {word} {}", words::scene(self.story.telling(), scene)))
        };
        Some((say::told_past(self.story.world(), &event), scene("since", since) + &scene("until", until)))
    }

    /// What is asked for by whom the value of a fact is unknown: `where the marble is`, `who the owner of the box is`.
    pub(super) fn asked_words(&self, fluent: GroundFluentId) -> Option<String> {
        match self.story.run.situations.problem().expression(fluent) {
            Expression::Fluent(fact) => say::asked(self.story.world(), &fact),
            _ => None,
        }
    }

    /// `Anne believes that the marble is in the box, since scene 3: Miles tells Anne that …`, for a fact in some chain of
    /// beliefs.
    pub(super) fn fact_since(&mut self, (place, in_truth): (Place, bool), history: &History) -> Result<Said> {
        let place = self.place_that_tells(place)?;
        let minds = self.minds_of(place);
        let value = self.value_at(place)?;
        let fact = self.say_fact(place, value);
        let fact = if in_truth { format!("in truth {fact}") } else { fact };
        let origin = self.origin(history, place.fluent)?;
        let held = self.held(place, origin)?;
        Ok(self.since(fact, &minds, origin)?.with(held))
    }

    /// Since when and by what alone: `Since scene 3: …`.
    pub(super) fn only_since(&mut self, place: Place, history: &History) -> Result<Said> {
        let minds = self.minds_of(place);
        let origin = self.origin(history, place.fluent)?;
        let mut said = self.since(String::new(), &minds, origin)?;
        said.text = say::capitalised(said.text.trim_start_matches([',', ' ']));
        let held = self.held(place, origin)?;
        Ok(said.with(held))
    }

    /// `text` with since when, as the minds noticed it.
    pub(super) fn since(&mut self, text: String, minds: &[EntityId], origin: Origin) -> Result<Said> {
        let text = say::capitalised(&text);
        Ok(match origin {
            Origin::Start => Said::plain(format!("{text}, from the start")),
            Origin::Unknown => Said::plain(format!("{text}, since long")),
            Origin::Moment(moment) => {
                let (scene, span) = self.span_of(moment);
                let by = self.happening(moment, minds)?;
                let scene_name = words::scene(self.story.telling(), scene);
                Said::told(format!("{text}, since {scene_name}: {by}"), (scene, span))
            }
        })
    }

    /// What a moment was for the minds: `Anne puts the marble in the box`.
    pub(super) fn happening(&mut self, moment: MomentId, minds: &[EntityId]) -> Result<String> {
        let run = &mut self.story.run;
        let real = run.replay.moments[moment.index()].what;
        let seen = noticed(&mut run.situations, &run.replay, moment, minds)?;
        let case = self.story.case();
        let told = case.happening(moment);
        let is_other = |one, other| {
            let problem = case.situations.problem();
            problem.event_term(one) != problem.event_term(other)
        };
        Ok(match (real, seen) {
            (What::Event(event), Some(seen)) if is_other(event, seen) => {
                format!("{} (in truth {told})", case.event(seen))
            }
            (What::Event(_), None) if !minds.is_empty() => format!("what follows from this: {told}"),
            _ => told,
        })
    }
}

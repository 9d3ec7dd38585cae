//! The words of answers: who, since when, by which event.

use super::super::history::{History, noticed};
use super::super::question::Mind;
use super::{Asked, Result, Said};
use crate::causes::Origin;
use crate::check::words;
use crate::ground::{GroundFluentId, Place, Value};
use crate::telling::replay::{MomentId, What};
use crate::world::{EntityId, EventArgument, EventTerm, Expression, Term, say};

impl Asked<'_, '_, '_> {
    pub(super) fn say(&self, statement: &Expression) -> String {
        say::statement(self.story.world(), statement)
    }

    pub(super) fn say_not(&self, statement: &Expression) -> String {
        say::negated(self.story.world(), statement)
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
        if let (true, Some((&last, outer))) = (value.is_unknown(), minds.split_last())
            && let Some(whereof) = self.whereof(place.fluent)
        {
            let lacks = format!("{} does not know where {whereof} is", self.name(last));
            return outer.iter().rev().fold(lacks, |inner, &who| format!("{} believes that {inner}", self.name(who)));
        }
        if value.is_unknown()
            && minds.is_empty()
            && let Some(whereof) = self.whereof(place.fluent)
        {
            return format!("it is not told where {whereof} is");
        }
        self.story.case().say_fact(place, value)
    }

    /// Whose place the fact is, if it is one.
    fn whereof(&self, fluent: GroundFluentId) -> Option<String> {
        let (declared, arguments) = self.story.run.situations.problem().declared(fluent)?;
        let is_location = self.story.world().fluents[declared.index()].location;
        match arguments.as_slice() {
            [only] if is_location => Some(self.name(*only)),
            _ => None,
        }
    }

    /// `Anne believes that the marble is in the box, since scene 3: Miles tells Anne that …`, for a fact in some chain of
    /// beliefs.
    pub(super) fn fact_since(&mut self, (place, in_truth): (Place, bool), history: &History) -> Result<Said> {
        let minds = self.minds_of(place);
        let value = self.value_at(place)?;
        let fact = self.say_fact(place, value);
        let fact = if in_truth { format!("in truth {fact}") } else { fact };
        let origin = self.origin(history, place.fluent)?;
        self.since(fact, &minds, origin)
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
                Said { text: format!("{text}, since {scene_name}: {by}"), scene: Some(scene), span: Some(span) }
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
        Ok(match (real, seen) {
            (What::Event(event), Some(seen)) if seen != event => {
                format!("{} (in truth {told})", case.event(seen))
            }
            (What::Event(_), None) if !minds.is_empty() => format!("by what follows from this: {told}"),
            _ => told,
        })
    }
}

/// Who says what an event says, and what they say.
pub(super) fn saying(event: &EventTerm) -> Option<(EntityId, &Expression)> {
    let statement = event.arguments.iter().find_map(|argument| match argument {
        EventArgument::Statement(statement) => Some(statement),
        _ => None,
    })?;
    let speaker = event.arguments.iter().find_map(|argument| match argument {
        EventArgument::Term(Term::Entity(entity)) => Some(*entity),
        _ => None,
    })?;
    Some((speaker, statement))
}

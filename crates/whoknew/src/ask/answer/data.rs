//! The facts of answers as data, beside the sentences that say them.

use super::super::history::noticed;
use super::super::point::{Point, Spot};
use super::super::question::Mind;
use super::spoken::spoken;
use super::{Asked, Result, Said};
use crate::causes::Origin;
use crate::ground::{EventId, Place, Value};
use crate::telling::replay::MomentId;
use crate::world::{EntityId, Expression};

/// A fact with the value that it has in what is so, or in what somebody takes to be so.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// Who takes it to be so, the outermost first; nobody: it is so.
    pub minds: Vec<Mind>,
    /// The fact: one that is declared, or that an event happened, or how often.
    pub fact: Expression,
    /// Its value there.
    pub value: Value,
    /// Its value in what is so.
    pub truth: Value,
    /// Since when it has its value there; `None`: not known.
    pub since: Option<Point>,
    /// From whom the innermost of the minds has it: who said it, as they noticed that.
    pub source: Option<EntityId>,
}

impl Said {
    /// The same with a fact as data.
    pub(super) fn with(mut self, held: Held) -> Self {
        self.data.push(held);
        self
    }

    /// Whether it says the same of the same place.
    pub(super) fn reads_as(&self, other: &Self) -> bool {
        (&self.text, self.span) == (&other.text, other.span)
    }
}

impl Asked<'_, '_, '_> {
    /// The fact at `place` as data, with what gave it its value there.
    pub(super) fn held(&mut self, place: Place, origin: Origin) -> Result<Held> {
        let minds = self.minds_of(place);
        let situations = &mut self.story.run.situations;
        let value = situations.value_at(self.state, place)?;
        let truth = situations.value(self.state, place.fluent);
        let fact = situations.problem().expression(place.fluent);
        let (since, source) = match origin {
            Origin::Start => (Some(self.story.start()), None),
            Origin::Unknown => (None, None),
            Origin::Moment(moment) => (Some(self.story.point_of(moment)), self.source_of(moment, &minds)?),
        };
        Ok(Held { minds: minds.into_iter().map(Mind::Character).collect(), fact, value, truth, since, source })
    }

    /// That an event happened at this moment, as data.
    pub(super) fn held_event(&self, moment: MomentId, event: EventId) -> Held {
        let fact = Expression::Happened(self.story.run.situations.problem().event_term(event).clone());
        let since = Some(self.story.point_of(moment));
        Held { minds: Vec::new(), fact, value: Value::YES, truth: Value::YES, since, source: None }
    }

    /// The fact as the reader has it, who takes it to have this value.
    pub(super) fn held_by_reader(&mut self, minds: &[EntityId], place: Place, value: Value) -> Result<Held> {
        let mut held = self.held(place, Origin::Unknown)?;
        held.minds = std::iter::once(Mind::Reader).chain(minds.iter().copied().map(Mind::Character)).collect();
        held.value = value;
        Ok(held)
    }

    /// Who said to the innermost of `minds`, as they noticed it, what this moment told them.
    pub(super) fn source_of(&mut self, moment: MomentId, minds: &[EntityId]) -> Result<Option<EntityId>> {
        let Some(hearer) = minds.last() else { return Ok(None) };
        let run = &mut self.story.run;
        let Some(event) = noticed(&mut run.situations, &run.replay, moment, minds)? else { return Ok(None) };
        let speaker = spoken(run.situations.problem(), event).map(|spoken| spoken.speaker);
        Ok(speaker.filter(|speaker| speaker != hearer))
    }
}

impl super::super::Story<'_> {
    /// The point right after what happened at this moment.
    pub(super) fn point_of(&self, moment: MomentId) -> Point {
        let told = &self.run.replay.moments[moment.index()];
        let after_line = told.line.and_then(|line| self.after_line(told.scene, line));
        after_line.unwrap_or_else(|| self.at(Spot::Opening(told.scene)))
    }
}

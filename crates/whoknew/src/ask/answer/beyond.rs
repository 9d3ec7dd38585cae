//! What somebody knows and somebody else does not.

use super::super::history::noticed;
use super::super::question::Mind;
use super::{Answer, Asked, MOST_LISTED, Result, Said, Verdict};
use crate::causes::Origin;
use crate::check::words;
use crate::ground::GroundFluentId;
use crate::telling::replay::{MomentId, What};
use crate::world::{EntityId, Expression, say};

impl Asked<'_, '_, '_> {
    /// What `knower` knows and `other` does not.
    pub(super) fn beyond(&mut self, knower: Mind, other: Mind) -> Result<Answer> {
        let (Mind::Character(knower), Mind::Character(other)) = (knower, other) else {
            return self.beyond_of_reader(knower, other);
        };
        let (knows, lacks) = (self.view(&[knower])?, self.view(&[other])?);
        let situations = &self.story.run.situations;
        let mut fluents = situations.differences(knows, lacks);
        fluents.retain(|&fluent| {
            let value = situations.value(knows, fluent);
            !value.is_unknown() && value == situations.value(self.state, fluent)
        });
        let fluents = self.without_told_elsewhere(&[knower], fluents)?;
        let deeds = self.deeds(knower, other)?;
        let count = fluents.len() + deeds.len();
        let mut answer = self.beyond_heading(Mind::Character(knower), Mind::Character(other), count);
        for &moment in &deeds {
            let said = self.deed(moment, other)?;
            answer.facts.push(said);
        }
        self.list_beyond(&[knower], other, fluents, &mut answer)?;
        Ok(answer)
    }

    /// What was done that both know the outcome of, and only `knower` knows of: who killed somebody whom both know to be dead.
    /// What the story remembers of events is no part of this: it is among the facts.
    fn deeds(&mut self, knower: EntityId, other: EntityId) -> Result<Vec<MomentId>> {
        let (knows, lacks) = (self.view(&[knower])?, self.view(&[other])?);
        let Some(start) = self.story.run.replay.state(MomentId::from_index(0)) else { return Ok(Vec::new()) };
        let situations = &self.story.run.situations;
        let (world, problem) = (self.story.world(), situations.problem());
        let both = problem.fluents().filter(|&fluent| {
            let value = situations.value(self.state, fluent);
            let is_outcome = problem.declared(fluent).is_some_and(|(declared, _)| {
                let declared = &world.fluents[declared.index()];
                !declared.location && !declared.whereabouts
            });
            let of_all = [knows, lacks].iter().all(|&state| situations.value(state, fluent) == value);
            is_outcome && of_all && situations.value(start, fluent) != value
        });
        let both: Vec<GroundFluentId> = both.collect();
        let history = self.history(&[])?;
        let mut deeds: Vec<MomentId> = Vec::new();
        for fluent in both {
            let Origin::Moment(moment) = self.origin(&history, fluent)? else { continue };
            if !deeds.contains(&moment) && self.knows_deed(moment, knower)? && !self.knows_deed(moment, other)? {
                deeds.push(moment);
            }
        }
        deeds.sort_unstable();
        deeds.reverse();
        Ok(deeds)
    }

    /// Whether `who` noticed the event of a moment as it was. Of events that the story remembers nothing is asked here.
    fn knows_deed(&mut self, moment: MomentId, who: EntityId) -> Result<bool> {
        let run = &mut self.story.run;
        let What::Event(event) = run.replay.moments[moment.index()].what else { return Ok(false) };
        let problem = run.situations.problem_mut();
        if problem.condition(&Expression::Happened(problem.event_term(event).clone())).is_ok() {
            return Ok(false);
        }
        let seen = noticed(&mut run.situations, &run.replay, moment, &[who])?;
        let problem = run.situations.problem();
        Ok(problem.actors(event).contains(&who)
            || seen.is_some_and(|seen| problem.event_term(seen) == problem.event_term(event)))
    }

    fn deed(&mut self, moment: MomentId, other: EntityId) -> Result<Said> {
        let place = self.span_of(moment);
        let What::Event(event) = self.story.run.replay.moments[moment.index()].what else { return Ok(Said::default()) };
        let term = self.story.run.situations.problem().event_term(event).clone();
        let scene = words::scene(self.story.telling(), place.0);
        let past = say::capitalised(&say::told_past(self.story.world(), &term));
        Ok(Said::told(format!("{past} ({} does not know it), in {scene}", self.name(other)), place)
            .with(self.held_event(moment, event)))
    }

    pub(super) fn beyond_heading(&self, knower: Mind, other: Mind, count: usize) -> Answer {
        let (knower, other) = (crate::world::say::capitalised(&self.mind(knower)), self.mind(other));
        let says = match count {
            0 => format!("{knower} knows nothing that {other} does not"),
            1 => format!("{knower} knows one thing that {other} does not"),
            count => format!("{knower} knows {count} things that {other} does not"),
        };
        Answer::new(Verdict::Facts, says)
    }

    /// Lists facts, the newest of `knower` first, with what `other` believes instead. Where somebody is comes last.
    fn list_beyond(
        &mut self,
        knower: &[EntityId],
        other: EntityId,
        fluents: Vec<GroundFluentId>,
        answer: &mut Answer,
    ) -> Result<()> {
        let history = self.history(knower)?;
        let mut dated: Vec<(bool, usize, GroundFluentId)> = Vec::new();
        for fluent in fluents {
            let since = history.since(&self.story.run.situations, fluent);
            dated.push((self.is_location(fluent), usize::MAX - since, fluent));
        }
        dated.sort_unstable();
        answer.more = dated.len().saturating_sub(self.most(MOST_LISTED));
        for (_, _, fluent) in dated.into_iter().take(self.most(MOST_LISTED)) {
            let text = self.known_beyond(fluent, Some(other))?;
            let origin = self.origin(&history, fluent)?;
            let own = self.place(knower, fluent);
            let held = self.held(own, origin)?;
            answer.facts.push(self.since(text, knower, origin)?.with(held));
        }
        Ok(())
    }

    /// A fact with its true value and what `other` believes instead.
    pub(super) fn known_beyond(&mut self, fluent: GroundFluentId, other: Option<EntityId>) -> Result<String> {
        let real = self.place(&[], fluent);
        let value = self.value_at(real)?;
        let mut text = self.say_fact(real, value);
        if let Some(other) = other {
            let own = self.place(&[other], fluent);
            let believed = self.value_at(own)?;
            let instead = match believed.is_unknown() {
                true => format!("{} does not know", self.name(other)),
                false => self.say_fact(own, believed),
            };
            text = format!("{text} ({instead})");
        }
        Ok(text)
    }

    pub(super) fn is_location(&self, fluent: GroundFluentId) -> bool {
        let declared = self.story.run.situations.problem().declared(fluent);
        declared.is_some_and(|(declared, _)| self.story.world().fluents[declared.index()].location)
    }
}

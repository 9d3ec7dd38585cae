//! What somebody knows and somebody else does not.

use super::super::question::Mind;
use super::{Answer, Asked, MOST_LISTED, Result, Verdict};
use crate::ground::GroundFluentId;
use crate::world::EntityId;

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
        let mut answer = self.beyond_heading(Mind::Character(knower), Mind::Character(other), fluents.len());
        self.list_beyond(&[knower], other, fluents, &mut answer)?;
        Ok(answer)
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

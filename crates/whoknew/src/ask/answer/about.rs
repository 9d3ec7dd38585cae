//! What somebody believes, or believes that somebody else believes: all, about one entity, or what of it is false.

use super::super::history::{History, believed};
use super::super::question::Mind;
use super::{Answer, Asked, MOST_LISTED, Result, Said, Verdict};
use crate::check::words;
use crate::ground::{ChainId, GroundFluentId, Place, Value};
use crate::state::{Situations, StateId};
use crate::telling::replay::MomentId;
use crate::world::{EntityId, EventArgument, Expression, Term};

impl Asked<'_, '_, '_> {
    /// What the minds believe, the newest first.
    pub(super) fn beliefs(&mut self, minds: &[Mind], about: Option<EntityId>) -> Result<Answer> {
        let Some(minds) = characters(minds) else { return self.reader_beliefs(minds, about) };
        let state = self.view(&minds)?;
        let start = self.start_view(&minds)?;
        let situations = &self.story.run.situations;
        let mut fluents: Vec<GroundFluentId> = match (about, start) {
            (Some(entity), _) => {
                let all = situations.problem().fluents();
                all.filter(|&fluent| concerns(situations, state, fluent, entity)).collect()
            }
            (None, Some(start)) => situations.differences(start, state),
            (None, None) => Vec::new(),
        };
        if about.is_some() {
            fluents.retain(|&fluent| is_said(situations, (state, start), fluent));
        }
        let mut fluents = self.without_told_elsewhere(&minds, fluents)?;
        let mut more = Vec::new();
        if let (None, Some(start)) = (about, start) {
            more = self.believed_from_the_start(&minds, (state, start))?;
        }
        let says = match (more.len(), self.story.lists_all) {
            (0, _) | (_, false) => self.belief_heading(&minds, about, fluents.len()),
            (count, true) => {
                let all = words::counted(fluents.len() + count, "thing", "things");
                format!("{} believes {all}, {} of them since the start", self.believers(&minds), fluents.len())
            }
        };
        let mut answer = Answer::new(Verdict::Facts, says);
        if self.story.lists_all {
            fluents.extend(more);
        } else if !more.is_empty() {
            let more = words::counted(more.len(), "more thing", "more things");
            let who = self.believers(&minds);
            answer.because.push(Said::plain(format!("{who} believes {more} from the start: `--all` lists them")));
        }
        let truth = minds.get(1..).unwrap_or_default().to_vec();
        self.list(&minds, &truth, fluents, &mut answer)?;
        Ok(answer)
    }

    /// What the minds have believed from the start, and somebody said.
    fn believed_from_the_start(
        &mut self,
        minds: &[EntityId],
        (state, start): (StateId, StateId),
    ) -> Result<Vec<GroundFluentId>> {
        let situations = &self.story.run.situations;
        let initial = situations.problem().initial_values();
        let is_believed = |fluent: &GroundFluentId| {
            let value = situations.value(state, *fluent);
            situations.value(start, *fluent) == value
                && !value.is_unknown()
                && initial.get(fluent.index()).is_some_and(|initial| *initial != value)
        };
        let fluents: Vec<GroundFluentId> = situations.problem().fluents().filter(is_believed).collect();
        self.without_told_elsewhere(minds, fluents)
    }

    /// Without those that leave open where something is, where another says it.
    pub(super) fn without_told_elsewhere(
        &mut self,
        minds: &[EntityId],
        fluents: Vec<GroundFluentId>,
    ) -> Result<Vec<GroundFluentId>> {
        let mut kept = Vec::new();
        for fluent in fluents {
            let place = self.place(minds, fluent);
            if self.place_that_tells(place)? == place {
                kept.push(fluent);
            }
        }
        Ok(kept)
    }

    /// What of that is false.
    pub(super) fn errors(&mut self, minds: &[Mind]) -> Result<Answer> {
        let Some(minds) = characters(minds) else { return self.reader_errors(minds) };
        let state = self.view(&minds)?;
        let truth: Vec<EntityId> = minds.get(1..).unwrap_or_default().to_vec();
        let real = self.view(&truth)?;
        let situations = &self.story.run.situations;
        let mut fluents = situations.differences(real, state);
        let someone = Value::entity(self.story.world().someone());
        fluents.retain(|&fluent| {
            let value = situations.value(state, fluent);
            !value.is_unknown() && value != someone
        });
        let who = self.name(minds[0]);
        let inner: Vec<String> = minds[1..].iter().map(|&mind| self.name(mind)).collect();
        let about = match inner.as_slice() {
            [] => String::new(),
            [only] => format!(" about what {only} believes"),
            [outer @ .., last] => {
                format!(" about what {} believes that {last} believes", outer.join(" believes that "))
            }
        };
        let says = match fluents.len() {
            0 => format!("{who} is wrong about nothing{about}"),
            1 => format!("{who} is wrong in one thing{about}"),
            count => format!("{who} is wrong in {count} things{about}"),
        };
        let mut answer = Answer::new(Verdict::Facts, says);
        self.list(&minds, &truth, fluents, &mut answer)?;
        Ok(answer)
    }

    fn start_view(&mut self, minds: &[EntityId]) -> Result<Option<StateId>> {
        let run = &mut self.story.run;
        let Some(start) = run.replay.state(MomentId::from_index(0)) else { return Ok(None) };
        Ok(Some(believed(&mut run.situations, start, minds)?))
    }

    /// Who believes, outermost first: `Ann believes that Bo`.
    fn believers(&self, minds: &[EntityId]) -> String {
        let names: Vec<String> = minds.iter().map(|&mind| self.name(mind)).collect();
        names.join(" believes that ")
    }

    fn belief_heading(&self, minds: &[EntityId], about: Option<EntityId>, count: usize) -> String {
        let who = self.believers(minds);
        let what = match about {
            Some(entity) => format!(" about {}", self.name(entity)),
            None => String::new(),
        };
        match (count, about) {
            (0, Some(_)) => format!("{who} believes nothing special{what}"),
            (0, None) => format!("{who} came to believe nothing since the start"),
            (1, Some(_)) => format!("{who} believes one thing{what}"),
            (1, None) => format!("{who} came to believe one thing since the start"),
            (count, Some(_)) => format!("{who} believes {count} things{what}"),
            (count, None) => format!("{who} came to believe {count} things since the start"),
        }
    }

    /// Lists facts as the minds believe them, the newest first, with what is so for those that are false.
    fn list(
        &mut self,
        minds: &[EntityId],
        truth: &[EntityId],
        fluents: Vec<GroundFluentId>,
        answer: &mut Answer,
    ) -> Result<()> {
        let history = self.history(minds)?;
        let mut dated: Vec<(usize, GroundFluentId)> =
            fluents.into_iter().map(|fluent| (history.since(&self.story.run.situations, fluent), fluent)).collect();
        dated.sort_by_key(|&(since, fluent)| (usize::MAX - since, fluent));
        answer.more = dated.len().saturating_sub(self.most(MOST_LISTED));
        for (_, fluent) in dated.into_iter().take(self.most(MOST_LISTED)) {
            let said = self.listed(minds, truth, fluent, &history)?;
            answer.facts.push(said);
        }
        Ok(())
    }

    fn listed(
        &mut self,
        minds: &[EntityId],
        truth: &[EntityId],
        fluent: GroundFluentId,
        history: &History,
    ) -> Result<Said> {
        let own = self.place(minds, fluent);
        let real = self.place(truth, fluent);
        let (value, so) = (self.value_at(own)?, self.value_at(real)?);
        let mut text = self.inside(minds, fluent, value);
        if value != so {
            let real = self.place_that_tells(real)?;
            let so = self.value_at(real)?;
            text = format!("{text} (in truth {})", self.say_fact(real, so));
        }
        let origin = self.origin(history, fluent)?;
        let held = self.held(own, origin)?;
        Ok(self.since(text, minds, origin)?.with(held))
    }

    /// A fact as the innermost mind has it: `the marble is in the box`, `Anne does not know where the marble is`.
    fn inside(&mut self, minds: &[EntityId], fluent: GroundFluentId, value: Value) -> String {
        match minds.last() {
            Some(&last) if value.is_unknown() => {
                let place = self.place(&[last], fluent);
                self.say_fact(place, value)
            }
            _ => self.say_fact(Place { chain: ChainId::REAL, fluent }, value),
        }
    }
}

/// The characters, if the reader is not among them.
fn characters(minds: &[Mind]) -> Option<Vec<EntityId>> {
    minds
        .iter()
        .map(|mind| match mind {
            Mind::Character(who) => Some(*who),
            Mind::Reader => None,
        })
        .collect()
}

/// Whether a fact, with the value that it has in `state`, speaks of `entity`.
pub(super) fn concerns(situations: &Situations<'_>, state: StateId, fluent: GroundFluentId, entity: EntityId) -> bool {
    if situations.value(state, fluent).as_entity() == Some(entity) {
        return true;
    }
    match situations.problem().declared(fluent) {
        Some((_, arguments)) => arguments.contains(&entity),
        None => match situations.problem().expression(fluent) {
            Expression::Happened(event) | Expression::Times { event, .. } => event
                .arguments
                .iter()
                .any(|argument| matches!(argument, EventArgument::Term(Term::Entity(of)) if *of == entity)),
            _ => false,
        },
    }
}

/// Whether a fact is more than what nobody ever said: it has changed, or is not as it is by default.
fn is_said(situations: &Situations<'_>, (state, start): (StateId, Option<StateId>), fluent: GroundFluentId) -> bool {
    let value = situations.value(state, fluent);
    start.is_some_and(|start| situations.value(start, fluent) != value)
        || situations.problem().initial_values().get(fluent.index()) != Some(&value)
}

//! Does somebody believe, know, wonder; is it so; what is it.

use super::super::history::History;
use super::super::question::{Attitude, Mind};
use super::{Answer, Asked, Result, Said, Verdict, believes};
use crate::causes::Origin;
use crate::ground::{Amount, Place};
use crate::telling::replay::MomentId;
use crate::world::{EntityId, Expression, Term, ValueKind};

impl Asked<'_, '_, '_> {
    /// Whether a mind takes `statement` so.
    pub(super) fn attitude(&mut self, mind: Mind, attitude: Attitude, statement: &Expression) -> Result<Answer> {
        let Mind::Character(who) = mind else { return self.reader_attitude(attitude, statement) };
        let asked = held(who, attitude, statement);
        let yes = self.is_so(&asked)?;
        let says = self.verdict(who, attitude, statement, yes)?;
        let mut answer = Answer::new(if yes { Verdict::Yes } else { Verdict::No }, says);
        answer.because = self.belief_and_truth(who, statement)?;
        if let (true, Some(place)) = (yes, self.only_place(statement)?) {
            let own = self.in_mind(who, place);
            if attitude == Attitude::Knows && self.came_true_later(own, place)? {
                let belief = self.say(&believes(who, statement.clone()));
                answer.says = format!("Yes, {belief}, and by now it is so");
                let mut histories = Vec::new();
                answer.because.clear();
                self.add_since((own, false), &mut histories, &mut answer.because)?;
                self.add_since((place, true), &mut histories, &mut answer.because)?;
                return Ok(answer);
            }
            let history = self.history(&self.minds_of(own))?;
            answer.because[0] = self.only_since(own, &history)?;
        }
        Ok(answer)
    }

    /// Whether somebody came to believe something when it was not so yet: guessed, or was told a lie that came true.
    fn came_true_later(&mut self, own: Place, place: Place) -> Result<bool> {
        let history = self.history(&self.minds_of(own))?;
        let then = match self.origin(&history, own.fluent)? {
            Origin::Start => MomentId::from_index(0),
            Origin::Moment(moment) => MomentId::from_index(moment.index() + 1),
            Origin::Unknown => return Ok(false),
        };
        let Some(state) = self.story.run.replay.state(then) else { return Ok(false) };
        let now = self.value_at(place)?;
        Ok(self.story.run.situations.value_at(state, place)? != now)
    }

    /// The place that `statement` says all of, if it is a fact with a value or asks for one.
    fn only_place(&mut self, statement: &Expression) -> Result<Option<Place>> {
        let places = self.places_asked(statement)?;
        Ok(match places.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// The first sentence.
    fn verdict(&mut self, who: EntityId, attitude: Attitude, statement: &Expression, yes: bool) -> Result<String> {
        let asked = held(who, attitude, statement);
        if attitude == Attitude::Knows && !yes && self.is_so(&believes(who, statement.clone()))? {
            let believes = self.say(&believes(who, statement.clone()));
            return Ok(format!("No, {believes}, but it is not so"));
        }
        if let (Attitude::KnowsWhether, Some(place)) = (attitude, self.asked_fact(statement)?) {
            let own = self.in_mind(who, place);
            let value = self.value_at(own)?;
            if yes {
                let fact = self.say_fact(place, value);
                return Ok(format!("Yes, {} knows that {fact}", self.name(who)));
            }
            let name = self.name(who);
            return Ok(match value.is_unknown() {
                true => format!("No, {}", self.say_fact(own, value)),
                false => format!("No, {name} is mistaken about it"),
            });
        }
        Ok(if yes { format!("Yes, {}", self.say(&asked)) } else { format!("No, {}", self.say_not(&asked)) })
    }

    /// The one fact whose value `statement` asks for, if it is nothing else.
    pub(super) fn asked_fact(&mut self, statement: &Expression) -> Result<Option<Place>> {
        if !matches!(innermost(statement), Expression::Fluent(_)) {
            return Ok(None);
        }
        let amount = self.story.run.situations.problem_mut().amount(statement)?;
        Ok(match amount {
            Amount::Place(place) => Some(place),
            _ => None,
        })
    }

    /// Whether `statement` asks for the value of a fact that is not just so or not so.
    pub(super) fn asks_value(&self, statement: &Expression) -> bool {
        match statement {
            Expression::Fluent(fact) => self.story.world().fluents[fact.fluent.index()].value != ValueKind::Boolean,
            Expression::Believes(_, inner) => self.asks_value(inner),
            _ => false,
        }
    }

    /// The same place in what `who` believes.
    pub(super) fn in_mind(&mut self, who: EntityId, place: Place) -> Place {
        let mut minds = vec![who];
        minds.extend(self.minds_of(place));
        self.place(&minds, place.fluent)
    }

    /// What somebody believes about what `statement` speaks of, since when and by what; and what is so, if it is
    /// something else.
    pub(super) fn belief_and_truth(&mut self, who: EntityId, statement: &Expression) -> Result<Vec<Said>> {
        let mut said: Vec<Said> = Vec::new();
        let mut histories: Vec<(Vec<EntityId>, History)> = Vec::new();
        for place in self.places_asked(statement)? {
            let own = self.in_mind(who, place);
            self.add_since((own, false), &mut histories, &mut said)?;
            if self.value_at(own)? != self.value_at(place)? {
                self.add_since((place, true), &mut histories, &mut said)?;
            }
        }
        Ok(said)
    }

    /// The places that a statement, or the fact it asks for, reads.
    pub(super) fn places_asked(&mut self, statement: &Expression) -> Result<Vec<Place>> {
        match self.asked_fact(statement)? {
            Some(place) => Ok(vec![place]),
            None => self.places(statement),
        }
    }

    pub(super) fn add_since(
        &mut self,
        (place, in_truth): (Place, bool),
        histories: &mut Vec<(Vec<EntityId>, History)>,
        said: &mut Vec<Said>,
    ) -> Result<()> {
        let minds = self.minds_of(place);
        let known = histories.iter().position(|(of, _)| *of == minds);
        let position = match known {
            Some(position) => position,
            None => {
                let history = self.history(&minds)?;
                histories.push((minds, history));
                histories.len() - 1
            }
        };
        let sentence = self.fact_since((place, in_truth), &histories[position].1)?;
        if !said.contains(&sentence) {
            said.push(sentence);
        }
        Ok(())
    }

    /// Whether something is so.
    pub(super) fn holds(&mut self, statement: &Expression) -> Result<Answer> {
        let yes = self.is_so(statement)?;
        let says =
            if yes { format!("Yes, {}", self.say(statement)) } else { format!("No, {}", self.say_not(statement)) };
        let mut answer = Answer::new(if yes { Verdict::Yes } else { Verdict::No }, says);
        answer.because = self.truth(statement)?;
        if let (false, Expression::Happened(event)) = (yes, statement)
            && let Some((instead, said)) = self.came_about_otherwise(event)?
        {
            answer.says = instead;
            answer.because = vec![said];
            return Ok(answer);
        }
        let says_all = yes || matches!(statement, Expression::Fluent(_) | Expression::Not(_) | Expression::Happened(_));
        if let (true, Some(place)) = (says_all, self.only_place(statement)?) {
            let history = self.history(&self.minds_of(place))?;
            answer.because = vec![self.only_since(place, &history)?];
        }
        Ok(answer)
    }

    /// What is so about what `statement` speaks of, since when and by what.
    pub(super) fn truth(&mut self, statement: &Expression) -> Result<Vec<Said>> {
        let mut said = Vec::new();
        let mut histories = Vec::new();
        for place in self.places_asked(statement)? {
            self.add_since((place, false), &mut histories, &mut said)?;
        }
        Ok(said)
    }

    /// Which value a fact has.
    pub(super) fn value(&mut self, fact: &Expression) -> Result<Answer> {
        let Some(place) = self.asked_fact(fact)? else { return self.holds(fact) };
        let value = self.value_at(place)?;
        let mut answer = Answer::new(Verdict::Facts, crate::world::say::capitalised(&self.say_fact(place, value)));
        let history = self.history(&self.minds_of(place))?;
        answer.because.push(self.only_since(place, &history)?);
        Ok(answer)
    }
}

/// What is believed, inside all beliefs about it.
fn innermost(statement: &Expression) -> &Expression {
    match statement {
        Expression::Believes(_, inner) => innermost(inner),
        other => other,
    }
}

/// The condition that somebody takes `statement` so.
pub(super) fn held(who: EntityId, attitude: Attitude, statement: &Expression) -> Expression {
    let (who, statement) = (Term::Entity(who), Box::new(statement.clone()));
    match attitude {
        Attitude::Believes => Expression::Believes(who, statement),
        Attitude::Knows => Expression::Knows(who, statement),
        Attitude::KnowsWhether => Expression::KnowsWhether(who, statement),
        Attitude::Wonders => Expression::Wonders(who, statement),
    }
}

//! When somebody came to believe something, and from whom they had it.

use super::super::history::{Stretch, noticed, stretches};
use super::spoken::spoken;
use super::{Answer, Asked, Result, Said, Verdict, believes};
use crate::causes::Origin;
use crate::check::words;
use crate::telling::replay::{MomentId, What};
use crate::world::{EntityId, Expression};

impl Asked<'_, '_, '_> {
    /// When `who` came to believe `statement`, and from whom.
    pub(super) fn learned(&mut self, who: EntityId, statement: &Expression) -> Result<Answer> {
        let mut answer = self.learned_alone(who, statement)?;
        if answer.verdict == Verdict::Yes && !self.asks_value(statement) && !self.is_so(statement)? {
            answer.because.extend(self.truth_instead(statement)?);
        }
        Ok(answer)
    }

    /// The same without what is so instead, where they believe what is not.
    pub(super) fn learned_alone(&mut self, who: EntityId, statement: &Expression) -> Result<Answer> {
        let held = self.belief_asked(who, statement)?;
        let condition = self.condition(&held)?;
        let run = &mut self.story.run;
        let stretches = stretches(&mut run.situations, &run.replay, &condition, self.point.after())?;
        let name = self.name(who);
        let Some(last) = stretches.last().copied() else {
            let says = format!("{}, and never did", self.say_not(&held));
            let mut answer = Answer::new(Verdict::No, says);
            answer.because = self.belief_and_truth(who, statement)?;
            return Ok(answer);
        };
        let says = match last.from {
            None => format!("{name} believed from the start that {}", self.said_of(who, statement)?),
            Some(moment) => self.learned_sentence(who, statement, moment)?,
        };
        let mut answer = Answer::new(Verdict::Yes, says);
        if let Some(moment) = last.from {
            let mut said = self.source(who, moment)?;
            if let [place] = self.places_asked(statement)?[..] {
                let own = self.in_mind(who, place);
                said.data.push(self.held(own, Origin::Moment(moment))?);
            }
            answer.because.push(said);
        }
        self.add_other_times(who, &stretches, &mut answer)?;
        Ok(answer)
    }

    /// That `who` believes it; for the value of a fact: that its value now is not unknown to them.
    fn belief_asked(&mut self, who: EntityId, statement: &Expression) -> Result<Expression> {
        if !self.asks_value(statement) {
            return Ok(believes(who, statement.clone()));
        }
        let unknown = Box::new(Expression::Unknown);
        let known = Expression::Compare(crate::world::Comparison::NotEqual, Box::new(statement.clone()), unknown);
        Ok(believes(who, known))
    }

    /// The statement, or the fact with the value that `who` believes.
    fn said_of(&mut self, who: EntityId, statement: &Expression) -> Result<String> {
        match self.asked_fact(statement)? {
            Some(place) if self.asks_value(statement) => {
                let own = self.in_mind(who, place);
                let value = self.value_at(own)?;
                Ok(self.say_fact(place, value))
            }
            _ => Ok(self.say(statement)),
        }
    }

    fn learned_sentence(&mut self, who: EntityId, statement: &Expression, moment: MomentId) -> Result<String> {
        let name = self.name(who);
        let what = self.said_of(who, statement)?;
        let told = &self.story.run.replay.moments[moment.index()];
        let (scene, after) = (told.scene, told.after);
        let was_so = match self.asked_fact(statement)? {
            Some(place) if self.asks_value(statement) => {
                let own = self.in_mind(who, place);
                let situations = &mut self.story.run.situations;
                situations.value_at(after, own)? == situations.value_at(after, place)?
            }
            _ => {
                let condition = self.condition(statement)?;
                self.story.run.situations.holds(after, &condition)?
            }
        };
        let scene = words::scene(self.story.telling(), scene);
        let from = self.speaker(who, moment)?.map_or_else(String::new, |speaker| format!(" from {speaker}"));
        Ok(match was_so {
            true => format!("{name} learned{from} in {scene} that {what}"),
            false => format!("{name} came to believe{from} in {scene} that {what}, which was not so"),
        })
    }

    /// Whom `who` had it from at this moment: the speaker, as `who` noticed it.
    fn speaker(&mut self, who: EntityId, moment: MomentId) -> Result<Option<String>> {
        let run = &mut self.story.run;
        let Some(event) = noticed(&mut run.situations, &run.replay, moment, &[who])? else { return Ok(None) };
        let speaker = spoken(run.situations.problem(), event).map(|spoken| spoken.speaker);
        let real = match run.replay.moments[moment.index()].what {
            What::Event(event) => spoken(run.situations.problem(), event).map(|spoken| spoken.speaker),
            _ => None,
        };
        let Some(speaker) = speaker.filter(|&speaker| speaker != who) else { return Ok(None) };
        let name = if speaker == self.story.world().someone() { "somebody".to_owned() } else { self.name(speaker) };
        Ok(Some(match real {
            Some(real) if real != speaker => format!("{name} (in truth {})", self.name(real)),
            _ => name,
        }))
    }

    /// The event that gave it to `who`.
    fn source(&mut self, who: EntityId, moment: MomentId) -> Result<Said> {
        let (scene, span) = self.span_of(moment);
        let by = self.happening(moment, &[who])?;
        let text = format!("By this: {by}");
        Ok(Said::told(text, (scene, span)))
    }

    fn add_other_times(&mut self, who: EntityId, stretches: &[Stretch], answer: &mut Answer) -> Result<()> {
        let name = self.name(who);
        if let Some(Stretch { until: Some(moment), .. }) = stretches.last() {
            let text = format!("{name} believes it no longer");
            let said = self.since(text, &[who], Origin::Moment(*moment))?;
            answer.because.push(said);
        }
        for stretch in stretches.iter().rev().skip(1).take(3) {
            let from = self.scene_of(stretch.from);
            let until = self.scene_of(stretch.until);
            answer.because.push(Said::plain(format!("{name} had believed it before: from {from} until {until}")));
        }
        Ok(())
    }

    /// `scene 3`; the start or the end where no moment bounds it.
    pub(super) fn scene_of(&self, moment: Option<MomentId>) -> String {
        match moment {
            Some(moment) => words::scene(self.story.telling(), self.story.run.replay.moments[moment.index()].scene),
            None => "the start".to_owned(),
        }
    }

    /// What is so instead.
    fn truth_instead(&mut self, statement: &Expression) -> Result<Vec<Said>> {
        let mut said = Vec::new();
        let mut histories = Vec::new();
        for place in self.places_asked(statement)? {
            self.add_since((place, true), &mut histories, &mut said)?;
        }
        Ok(said)
    }
}

//! Since when something was so, and until when.

use super::super::history::{Stretch, stretches};
use super::{Answer, Asked, MOST_LISTED, Period, Result, Said, Verdict};
use crate::check::words;
use crate::telling::replay::MomentId;
use crate::world::{Expression, say};

impl Asked<'_, '_, '_> {
    /// The stretches in which `statement` is so, until the point.
    pub(super) fn spans(&mut self, statement: &Expression) -> Result<Answer> {
        let condition = self.condition(statement)?;
        let run = &mut self.story.run;
        let found = stretches(&mut run.situations, &run.replay, &condition, self.point.after())?;
        let (so, not) = (self.say(statement), self.say_not(statement));
        let says = match found.as_slice() {
            [] => format!("Never: {not}"),
            [Stretch { from: None, until: None }] => format!("Always: {so}"),
            [.., Stretch { from: Some(from), until: None }] => format!("Since {}: {so}", self.scene_of(Some(*from))),
            [.., Stretch { from: None, until: None }] => format!("From the start: {so}"),
            [.., Stretch { from, until: Some(until) }] => {
                let (from, until) = (self.scene_of(*from), self.scene_of(Some(*until)));
                format!("From {from} until {until}: {so}")
            }
        };
        let holds = found.last().is_some_and(|last| last.until.is_none());
        let mut answer = Answer::new(if holds { Verdict::Yes } else { Verdict::No }, says);
        answer.more = found.len().saturating_sub(self.most(MOST_LISTED));
        for stretch in found.iter().rev().take(self.most(MOST_LISTED)).rev() {
            let point = |moment: MomentId| self.story.point_of(moment);
            let from = stretch.from.map_or_else(|| self.story.start(), point);
            answer.data.periods.push(Period { from, until: stretch.until.map(point) });
            let began = self.turn("so", stretch.from)?;
            answer.facts.push(began);
            if stretch.until.is_some() {
                let ended = self.turn("no longer so", stretch.until)?;
                answer.facts.push(ended);
            }
        }
        Ok(answer)
    }

    /// `So since scene 3: Anne puts the marble in the box`.
    fn turn(&mut self, what: &str, moment: Option<MomentId>) -> Result<Said> {
        let what = say::capitalised(what);
        let Some(moment) = moment else { return Ok(Said::plain(format!("{what} from the start"))) };
        let (scene, span) = self.span_of(moment);
        let by = self.happening(moment, &[])?;
        let text = format!("{what} since {}: {by}", words::scene(self.story.telling(), scene));
        Ok(Said::told(text, (scene, span)))
    }
}

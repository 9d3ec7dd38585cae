//! What somebody wants, and whether it is met, in truth and in what they believe.

use super::{Answer, Asked, Result, Said, Verdict, Want};
use crate::check::words;
use crate::ground::Value;
use crate::plan::told::{self, Seeker};
use crate::world::goals::{Goal, goals};
use crate::world::{EntityId, Holder, UtilityId, World, say};

/// At most so many ways are told.
const MOST_WAYS: usize = 3;

impl Asked<'_, '_, '_> {
    /// The wants of `who`; with `asks_ways` also what they could do.
    pub(super) fn wants(&mut self, who: EntityId, asks_ways: bool) -> Result<Answer> {
        let name = self.name(who);
        let wants: Vec<UtilityId> = self.story.run.situations.problem().utilities_of(Holder::Character(who)).collect();
        let says = match wants.len() {
            0 => format!("The story gives {name} no want"),
            1 => format!("{name} has one want"),
            count => format!("{name} has {count} wants"),
        };
        let mut answer = Answer::new(Verdict::Facts, says);
        for want in wants {
            let (said, data) = self.want(who, want)?;
            answer.facts.push(said);
            answer.data.wants.push(data);
        }
        if asks_ways && !answer.facts.is_empty() {
            self.ways(who, &mut answer)?;
        }
        Ok(answer)
    }

    /// What `who` could do to get nearer to what they want, as they believe things to be.
    fn ways(&mut self, who: EntityId, answer: &mut Answer) -> Result<()> {
        let limits = told::Limits::default().near();
        let dropped = self.story.dropped(self.point);
        let situations = &mut self.story.run.situations;
        let mut seeker = Seeker::new(situations, limits)?;
        seeker.set_aside(dropped);
        let ways = seeker.ways(situations, self.state, who, MOST_WAYS)?;
        let name = self.name(who);
        let said = &mut answer.because;
        for reason in &ways.reasons {
            let acts: Vec<String> = reason.acts.iter().map(|act| self.story.case().event(act.event)).collect();
            let problem = self.story.run.situations.problem();
            answer.data.ways.push(reason.acts.iter().map(|act| problem.event_term(act.event).clone()).collect());
            said.push(Said::plain(format!("{name} could do this: {}", acts.join("; then "))));
        }
        let within = words::counted(limits.imagined, "act", "acts");
        said.extend(
            match (said.is_empty(), ways.stopped) {
                (true, None) => {
                    Some(format!("Nothing that {name} believes possible gets nearer to it within {within}"))
                }
                (true, Some(_)) => Some(format!("No way was found before the limit of {} tried events", limits.tried)),
                (false, Some(_)) => {
                    Some(format!("There may be more: the search ended at {} tried events", limits.tried))
                }
                (false, None) => None,
            }
            .map(Said::plain),
        );
        Ok(())
    }

    fn want(&mut self, who: EntityId, want: UtilityId) -> Result<(Said, Want)> {
        let world = self.story.world();
        let utility = &world.utilities[want.index()];
        let amount = self.story.run.situations.problem().utility(want).clone();
        let mind = self.view(&[who])?;
        let situations = &mut self.story.run.situations;
        let (so, believed) = (situations.evaluate(self.state, &amount)?, situations.evaluate(mind, &amount)?);
        let label = utility.label.as_ref().map_or_else(String::new, |label| format!("“{label}”: "));
        let goals = goals(world, &utility.value);
        let parts: Vec<String> = goals.iter().map(|goal| wanted(world, goal)).collect();
        let what = if parts.is_empty() { say::formula(world, &utility.value) } else { say::list(&parts) };
        let name = self.name(who);
        let (amount, believed_amount) = (so.as_number(), believed.as_number());
        let mut data = Want { want, met: None, believed_met: None, amount, believed_amount };
        let state = if let [Goal::Holds(condition)] = goals.as_slice() {
            let mut case = self.story.case();
            let (met, believed_met) = (case.holds(self.state, condition)?, case.holds(mind, condition)?);
            (data.met, data.believed_met) = (Some(met), Some(believed_met));
            match (met, believed_met) {
                (true, true) => "met, and believed to be met".to_owned(),
                (true, false) => format!("met, but {name} does not believe so"),
                (false, true) => format!("not met, but {name} believes that it is"),
                (false, false) => "not met".to_owned(),
            }
        } else {
            let number = |value: Value| value.as_number().map_or("unknown".to_owned(), say::number);
            let better = if parts.is_empty() { "" } else { "; the more, the better" };
            if so == believed {
                format!("now {}{better}", number(so))
            } else {
                format!("now {}, {name} believes {}{better}", number(so), number(believed))
            }
        };
        Ok((Said { span: Some(utility.span), ..Said::plain(format!("{label}{what} ({state})")) }, data))
    }
}

/// `it is hot`, `less of this: “Ann has … coins”`
fn wanted(world: &World, goal: &Goal) -> String {
    match goal {
        Goal::Holds(_) => goal.sentence(world),
        Goal::More(_) | Goal::Less(_) => goal.words(world),
    }
}

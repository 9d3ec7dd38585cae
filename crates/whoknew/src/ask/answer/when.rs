//! When something happened; and where it did not, when what it would have made so came about otherwise.

use super::super::history::stretches;
use super::super::point::Spot;
use super::{Answer, Asked, MOST_LISTED, Result, Said, Verdict};
use crate::check::words;
use crate::telling::replay::{MomentId, What};
use crate::world::sentences::opposite;
use crate::world::{Effect, EntityId, EventArgument, EventTerm, Expression, FluentTerm, Term, World, canonical, say};

impl Asked<'_, '_, '_> {
    /// When the event happened, until the point.
    pub(super) fn when(&mut self, event: &EventTerm) -> Result<Answer> {
        let occasions = self.occasions(event);
        let Some((&first, &last)) = occasions.first().zip(occasions.last()) else {
            let says = format!("Never: it never happened that {}", say::told_past(self.story.world(), event));
            let mut answer = Answer::new(Verdict::No, says);
            if let Some((instead, said)) = self.came_about_otherwise(event)? {
                answer = Answer::new(Verdict::Yes, instead);
                answer.facts.push(said);
            }
            return Ok(answer);
        };
        let says = match occasions.len() {
            1 => format!("In {}", self.dated_scene(first)),
            count => {
                format!("{count} times: first in {}, last in {}", self.dated_scene(first), self.dated_scene(last))
            }
        };
        let mut answer = Answer::new(Verdict::Yes, says);
        answer.more = occasions.len().saturating_sub(self.most(MOST_LISTED));
        for moment in occasions.into_iter().take(self.most(MOST_LISTED)) {
            let said = self.occurrence(moment)?;
            answer.facts.push(said);
        }
        Ok(answer)
    }

    /// `In scene 4 “Behind the door” (day 1, 21:16): the secretary kills the lady`
    fn occurrence(&mut self, moment: MomentId) -> Result<Said> {
        let place = self.span_of(moment);
        let event = self.happening(moment, &[])?;
        let said = Said::told(format!("In {}: {event}", self.dated_scene(moment)), place);
        Ok(match self.story.run.replay.moments[moment.index()].what {
            What::Event(event) => said.with(self.held_event(moment, event)),
            _ => said,
        })
    }

    /// The scene of a moment with the time that is told for it: `scene 4 “Behind the door” (day 1, 21:16)`.
    fn dated_scene(&self, moment: MomentId) -> String {
        let told = &self.story.run.replay.moments[moment.index()];
        let scene = words::scene(self.story.telling(), told.scene);
        let after = told.line.and_then(|line| self.story.after_line(told.scene, line));
        match self.story.time_of(after.map_or(Spot::Scene(told.scene), |point| point.spot())) {
            Some(time) => format!("{scene} ({time})"),
            None => scene,
        }
    }

    /// Where all that an event makes is so though it never happened: that, and since when.
    pub(super) fn came_about_otherwise(&mut self, event: &EventTerm) -> Result<Option<(String, Said)>> {
        let mut made = Vec::new();
        let world = self.story.world();
        literals(world, &world.actions[event.action.index()].effect, event, &mut made);
        let mut begun = None;
        for statement in made {
            let condition = self.condition(&statement)?;
            let run = &mut self.story.run;
            let found = stretches(&mut run.situations, &run.replay, &condition, self.point.after())?;
            match found.last() {
                Some(stretch) if stretch.until.is_none() => {
                    begun = begun.or(stretch.from.map(|from| (from, statement)))
                }
                _ => return Ok(None),
            }
        }
        let Some((moment, statement)) = begun else { return Ok(None) };
        let event = say::told_past(self.story.world(), event);
        let says =
            format!("It is not told that {event}, but {} since {}", self.say(&statement), self.dated_scene(moment));
        Ok(Some((says, self.occurrence(moment)?)))
    }

    /// The moments until the point at which the event happened.
    pub(super) fn occasions(&self, event: &EventTerm) -> Vec<MomentId> {
        let (world, run) = (self.story.world(), &self.story.run);
        let all = (0..self.point.after().index()).filter(|&index| match run.replay.moments[index].what {
            What::Event(happened) => {
                super::presence::matches(world, event, run.situations.problem().event_term(happened))
            }
            _ => false,
        });
        all.map(MomentId::from_index).collect()
    }
}

/// The yes-or-no facts that an event makes so or not so, whatever else is the case.
fn literals(world: &World, effect: &Effect, event: &EventTerm, found: &mut Vec<Expression>) {
    match effect {
        Effect::All(parts) => parts.iter().for_each(|part| literals(world, part, event, found)),
        Effect::Assign(fact, Expression::Boolean(so)) => {
            let argument = |term: &Term| match term {
                Term::Entity(entity) => Some(*entity),
                Term::Variable(variable) => match event.arguments.get(variable.index())? {
                    EventArgument::Term(Term::Entity(entity)) => Some(*entity).filter(|&one| one != world.someone()),
                    _ => None,
                },
            };
            let arguments: Option<Vec<EntityId>> = fact.arguments.iter().map(argument).collect();
            let Some(arguments) = arguments else { return };
            let arguments = arguments.into_iter().map(Term::Entity).collect();
            let statement = Expression::Fluent(FluentTerm { fluent: fact.fluent, arguments });
            found.push(canonical(if *so { statement } else { opposite(statement) }));
        }
        _ => {}
    }
}

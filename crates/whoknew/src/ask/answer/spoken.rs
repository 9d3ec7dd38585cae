//! Who speaks in an event, and whom it is meant for: found from what the action does, not from the order of its parameters.

use super::{Asked, Result};
use crate::causes;
use crate::ground::{EventId, Problem};
use crate::telling::replay::{MomentId, What};
use crate::world::{Effect, EntityId, EventArgument, Term};

/// An event by which somebody says something.
pub(super) struct Spoken {
    pub speaker: EntityId,
    /// The other characters whom the event names, but for the one as whom the speaker speaks.
    pub named: Vec<EntityId>,
    /// Whether it is the speaker who acts; else somebody reads what they said before.
    pub by_speaker: bool,
}

/// Which parameters of an action come to believe what is said, and of which it is believed that they believe it.
#[derive(Default)]
struct Parts {
    hearers: Vec<Term>,
    believers: Vec<Term>,
}

impl Parts {
    fn of(effect: &Effect) -> Self {
        let mut parts = Self::default();
        parts.add(effect, &mut Vec::new());
        parts
    }

    fn add(&mut self, effect: &Effect, minds: &mut Vec<Term>) {
        match effect {
            Effect::Believes(mind, inner) => {
                minds.push(*mind);
                self.add(inner, minds);
                minds.pop();
            }
            Effect::Statement(_) => match minds[..] {
                [hearer] => self.hearers.push(hearer),
                [_, believer] => self.believers.push(believer),
                _ => {}
            },
            Effect::If(_, inner) | Effect::ForAll(_, inner) => self.add(inner, minds),
            Effect::All(all) => all.iter().for_each(|part| self.add(part, minds)),
            Effect::Assign(..) | Effect::Stated(_) => {}
        }
    }
}

/// What is said by an event, if anything is. What somebody reads is said by the one who wrote it.
pub(super) fn spoken(problem: &Problem<'_>, event: EventId) -> Option<Spoken> {
    let (world, term) = (problem.world(), problem.event_term(event));
    if !term.arguments.iter().any(is_statement) {
        return None;
    }
    let entity = |part: &Term| match part {
        Term::Entity(entity) => Some(*entity),
        Term::Variable(variable) => match term.arguments.get(variable.index()) {
            Some(EventArgument::Term(Term::Entity(entity))) => Some(*entity),
            _ => None,
        },
    };
    let parts = Parts::of(&world.actions[term.action.index()].effect);
    let hearers: Vec<EntityId> = parts.hearers.iter().filter_map(entity).collect();
    let believers: Vec<EntityId> = parts.believers.iter().filter_map(entity).collect();
    let actors = || problem.actors(event).iter().copied().filter(|actor| !hearers.contains(actor));
    let by_speaker = actors().next().is_some();
    let speaker = match actors().find(|actor| believers.contains(actor)) {
        Some(actor) => actor,
        None => actors().chain(believers.iter().copied()).next()?,
    };
    let named = term.arguments.iter().filter_map(|argument| match argument {
        EventArgument::Term(Term::Entity(entity)) if entity.index() < world.characters => Some(*entity),
        _ => None,
    });
    let named = named.filter(|other| *other != speaker && !believers.contains(other)).collect();
    Some(Spoken { speaker, named, by_speaker })
}

impl Asked<'_, '_, '_> {
    /// Those who heard what was said at a moment: of those whom it was meant for the ones who noticed it; where it was meant
    /// for nobody, all who did.
    pub(super) fn heard(&mut self, moment: MomentId, spoken: &Spoken) -> Result<Vec<EntityId>> {
        let told = self.story.run.replay.moments[moment.index()].clone();
        let mut heard = causes::noticers(&mut self.story.run.situations, &told)?;
        heard.retain(|hearer| *hearer != spoken.speaker && (spoken.named.is_empty() || spoken.named.contains(hearer)));
        Ok(heard)
    }

    /// The moment at which the speaker said what is heard at this one: it itself, or that of the writing of what is read.
    pub(super) fn when_said(&self, moment: MomentId, speaker: EntityId) -> MomentId {
        let replay = &self.story.run.replay;
        let problem = self.story.run.situations.problem();
        let statement = |moment: MomentId| match replay.moments[moment.index()].what {
            What::Event(event) => problem.event_term(event).arguments.iter().find(|argument| is_statement(argument)),
            _ => None,
        };
        let said_by = |moment: MomentId| match replay.moments[moment.index()].what {
            What::Event(event) => problem.actors(event).contains(&speaker),
            _ => false,
        };
        let wanted = statement(moment);
        let mut earlier = (0..=moment.index()).rev().map(MomentId::from_index);
        earlier.find(|&moment| said_by(moment) && statement(moment) == wanted).unwrap_or(moment)
    }
}

fn is_statement(argument: &EventArgument) -> bool {
    matches!(argument, EventArgument::Statement(_))
}

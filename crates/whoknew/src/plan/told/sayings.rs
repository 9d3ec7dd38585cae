//! What could be said so that somebody believes what is wanted.
//!
//! Literals that occur in wants, conditions and needs, nested at most once: those that `relevance` comes upon in
//! somebody's beliefs. Whoever hears by chance hears no more than who is spoken to, so the one who is to believe it is
//! among those the act names, unless it names nobody but its speaker.

use super::purpose::Purpose;
use super::relevance::{Plans, Should, Wanted};
use super::{Halt, Seeker};
use crate::ground::{Value, believed_by, valued};
use crate::state::Situations;
use crate::world::{
    Action, ActionId, EntityId, EventArgument, EventTerm, Expression, Parameter, ParameterKind, Term, VariableId, World,
};

/// Beliefs about beliefs of which somebody may be told.
const DEEPEST: usize = 3;
/// So many acts of saying are thought of.
const MOST_SAYINGS: usize = 60_000;

impl Seeker {
    /// Adds the acts that tell somebody what is wanted of their beliefs.
    pub(super) fn say_for(
        &mut self,
        situations: &mut Situations<'_>,
        (purpose, steps, nesting): (Purpose, u8, u8),
        wanted: Wanted,
    ) -> Result<(), Halt> {
        let believers = situations.problem().believers(wanted.chain).to_vec();
        if believers.is_empty() || believers.len() > DEEPEST || self.acts.said.len() > MOST_SAYINGS {
            return Ok(());
        }
        let value = match wanted.should {
            Should::Be(value) => value,
            Should::NotBe(value) => match value.as_boolean() {
                Some(yes) => Value::boolean(!yes),
                None => return Ok(()),
            },
            Should::Matter => return Ok(()),
        };
        let fact = valued(situations.problem().expression(wanted.fluent), value);
        let (hearer, inner) = (believers[0], &believers[1..]);
        let mut sayings: Vec<(Expression, Option<EntityId>)> = Vec::new();
        if inner.len() <= 1 {
            sayings.push((believed_by(inner, fact.clone()), None));
        }
        if let Some((&speaker, deeper)) = inner.split_first() {
            sayings.push((believed_by(deeper, fact), Some(speaker)));
        }
        for (statement, only) in sayings {
            for speaker in self.speakers(situations, purpose, only) {
                if speaker != hearer || purpose.holder == Some(speaker) {
                    let motive = (steps, nesting, wanted);
                    if self.may_speak(situations, purpose, speaker, motive)? {
                        self.say(situations, &statement, (speaker, hearer))?;
                    }
                }
            }
        }
        Ok(())
    }

    fn speakers(&mut self, situations: &Situations<'_>, purpose: Purpose, only: Option<EntityId>) -> Vec<EntityId> {
        let everybody = (0..situations.problem().world().characters).map(EntityId::from_index);
        let mut speakers = Vec::new();
        for who in everybody.filter(|who| only.is_none_or(|only| only == *who)) {
            let wants = self.wants_of(situations, who);
            if !purpose.willing || purpose.holder == Some(who) || !self.purposes.wants(situations, wants).is_empty() {
                speakers.push(who);
            }
        }
        speakers
    }

    /// Whether the speaker could have a reason: it is the holder, or it matters to them too.
    fn may_speak(
        &mut self,
        situations: &mut Situations<'_>,
        purpose: Purpose,
        speaker: EntityId,
        (steps, nesting, wanted): (u8, u8, Wanted),
    ) -> Result<bool, Halt> {
        if !purpose.willing || purpose.holder == Some(speaker) {
            return Ok(true);
        }
        let nesting = match purpose.holder {
            Some(_) if nesting == 0 => return Ok(false),
            Some(_) => nesting - 1,
            None => nesting,
        };
        let other = self.wants_of(situations, speaker);
        let relevant = self.relevant(situations, other, (steps, nesting), Plans::Imagined)?;
        let any = Wanted { should: Should::Matter, ..wanted };
        Ok(relevant.wants(&wanted) || relevant.wants(&any))
    }

    fn say(
        &mut self,
        situations: &mut Situations<'_>,
        statement: &Expression,
        (speaker, hearer): (EntityId, EntityId),
    ) -> Result<(), Halt> {
        if !self.acts.said.insert((format!("{statement:?}"), Some(speaker), hearer)) {
            return Ok(());
        }
        let world = situations.problem().world();
        for (index, action) in world.actions.iter().enumerate() {
            let Some(domains) = domains(world, action, (speaker, statement), &self.acts.numbers) else { continue };
            for arguments in products(&domains) {
                let entities: Vec<EntityId> = arguments.iter().filter_map(entity).collect();
                let people = entities.iter().filter(|who| who.index() < world.characters).count();
                let twice = (1..entities.len()).any(|index| entities[..index].contains(&entities[index]));
                if twice || people > 1 && !entities.contains(&hearer) {
                    continue;
                }
                let term = EventTerm { action: ActionId::from_index(index), arguments };
                // What cannot be said of this world is not said.
                if let Ok(event) = situations.problem_mut().event(&term)
                    && self.acts.said.len() <= MOST_SAYINGS
                {
                    self.acts.add(situations.problem(), event);
                }
            }
        }
        Ok(())
    }
}

fn entity(argument: &EventArgument) -> Option<EntityId> {
    match argument {
        EventArgument::Term(Term::Entity(entity)) => Some(*entity),
        _ => None,
    }
}

/// What may be in each place of an action that `speaker` takes with one statement, which is this one.
fn domains(
    world: &World,
    action: &Action,
    (speaker, statement): (EntityId, &Expression),
    numbers: &[f64],
) -> Option<Vec<Vec<EventArgument>>> {
    let statements = action.parameters.iter().filter(|one| one.kind == ParameterKind::Statement).count();
    if statements != 1 || action.actors.is_empty() || action.unplanned {
        return None;
    }
    let domain = |(index, parameter): (usize, &Parameter)| {
        let acts = action.actors.contains(&Term::Variable(VariableId::from_index(index)));
        let only = acts && action.actors.len() == 1;
        let argument = |entity: EntityId| EventArgument::Term(Term::Entity(entity));
        match &parameter.kind {
            ParameterKind::Statement => vec![EventArgument::Statement(Box::new(statement.clone()))],
            ParameterKind::Number => numbers.iter().map(|&number| EventArgument::Number(number)).collect(),
            ParameterKind::Constant(entity) => vec![argument(*entity)],
            ParameterKind::Entity(kinds) => {
                world.entities_of(kinds).filter(|&who| !only || who == speaker).map(argument).collect()
            }
        }
    };
    Some(action.parameters.iter().enumerate().map(domain).collect())
}

/// All ways to take one of each, the first slowest.
fn products(domains: &[Vec<EventArgument>]) -> Vec<Vec<EventArgument>> {
    let mut all: Vec<Vec<EventArgument>> = vec![Vec::new()];
    for domain in domains {
        let longer =
            all.iter().flat_map(|one| domain.iter().map(|argument| one.iter().chain([argument]).cloned().collect()));
        all = longer.collect();
    }
    all
}

//! Where those who said it had it from.
//!
//! Whoever hears something need not care whether the speaker believes it; so what the speaker's own belief rests on is no
//! cause of the hearer's. It is answered beside the causes, by an answer of its own.

use super::find::{Conclusion, Question};
use super::{Asked, Background, Cause, Fact, Happening, Kind, Why};
use crate::ask::Story;
use crate::state::StateError;
use crate::telling::replay::{MomentId, What};
use crate::world::{EntityId, EventArgument, Expression, Term, say};

/// So many speakers are followed back.
const MOST_SPEAKERS: usize = 8;

/// Adds to the answer to a question about a belief where those who said it had it from.
pub(super) fn add(story: &mut Story<'_>, question: &Question, why: &mut Why) -> Result<(), StateError> {
    if question.asked != Asked::Statement {
        return Ok(());
    }
    let Some(said) = why.because.iter().find_map(said_by) else { return Ok(()) };
    let hearer = question.hearer;
    let mut heard: Vec<(MomentId, EntityId)> = Vec::new();
    why.background = follow(story, (said, hearer), &mut heard)?.into_iter().collect();
    Ok(())
}

/// The event that gave a fact, if something happened.
fn said_by(fact: &Fact) -> Option<MomentId> {
    match &fact.source {
        Cause::Happened(happening) => speaking(happening),
        Cause::Start { .. } => None,
    }
}

fn speaking(happening: &Happening) -> Option<MomentId> {
    (happening.kind == Kind::Event).then_some(happening.moment)
}

/// Where the speaker of a moment had what they said from.
fn follow(
    story: &mut Story<'_>,
    (moment, hearer): (MomentId, Option<EntityId>),
    heard: &mut Vec<(MomentId, EntityId)>,
) -> Result<Option<Background>, StateError> {
    let What::Event(event) = story.run.replay.moments[moment.index()].what else { return Ok(None) };
    let problem = story.run.situations.problem();
    let Some(&speaker) = problem.actors(event).first() else { return Ok(None) };
    let spoken = problem.event_term(event).arguments.iter().find_map(|argument| match argument {
        EventArgument::Statement(statement) => Some((**statement).clone()),
        _ => None,
    });
    let Some(statement) = spoken else { return Ok(None) };
    if hearer.is_none_or(|hearer| hearer == speaker)
        || heard.len() >= MOST_SPEAKERS
        || heard.contains(&(moment, speaker))
    {
        return Ok(None);
    }
    heard.push((moment, speaker));
    let believed = Expression::Believes(Term::Entity(speaker), Box::new(statement.clone()));
    let Ok(condition) = story.run.situations.problem_mut().condition(&believed) else { return Ok(None) };
    let says = say::statement(story.world(), &believed);
    let name = story.case().name(speaker);
    let conclusion = Conclusion::Holds(vec![condition]);
    let Some(before) = story.run.replay.state(moment) else { return Ok(None) };
    if !conclusion.comes_about(&mut story.run.situations, before)? {
        let says = format!("{name} says so without believing that {}", say::statement(story.world(), &statement));
        return Ok(Some(Background { who: speaker, says, why: None }));
    }
    let told = story.run.replay.moments[moment.index()].clone();
    let at = told.line.and_then(|line| story.after_line(told.scene, line)).map(|point| point.to_string());
    let at = at.map_or_else(|| "then".to_owned(), |at| format!("before {at}"));
    let question = Question {
        asked: Asked::Statement,
        says,
        at,
        place: None,
        conclusion,
        until: moment,
        event: None,
        hearer: Some(speaker),
    };
    let Some(mut why) = story.answer_alone(&question)? else { return Ok(None) };
    if let Some(said) = why.because.iter().find_map(said_by) {
        why.background = follow(story, (said, Some(speaker)), heard)?.into_iter().collect();
    }
    let says = format!("{name} believes it, too");
    Ok(Some(Background { who: speaker, says, why: Some(Box::new(why)) }))
}

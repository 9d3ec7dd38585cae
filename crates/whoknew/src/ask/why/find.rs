//! From a question to its answer: the conclusion, the moments it rests on, the tree.

use super::{Asked, Why, background, graph, reasons, tree, words};
use crate::ask::{Point, Spot, Story};
use crate::causes::{CauseSet, fewest, looked_at, trace};
use crate::diagnostic::Diagnostic;
use crate::ground::{Condition, EventId, Place};
use crate::source::Span;
use crate::state::{Situations, StateError, StateId};
use crate::telling::replay::{MomentId, What};
use crate::telling::script::Step;
use crate::telling::{Run, retell};
use crate::world::{EntityId, Expression, SceneId, Term, say};

/// What must come about.
#[derive(Clone, Debug)]
pub(super) enum Conclusion {
    /// The event is possible.
    Possible(EventId),
    /// All of these hold.
    Holds(Vec<Condition>),
}

impl Conclusion {
    /// Whether it does in `state`.
    pub(super) fn comes_about(&self, situations: &mut Situations<'_>, state: StateId) -> Result<bool, StateError> {
        match self {
            Self::Possible(event) => Ok(situations.refusal(state, *event)?.is_none()),
            Self::Holds(conditions) => {
                for condition in conditions {
                    if !situations.holds(state, condition)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    }

    /// Whether it does in `retold` by what is so in `told` too: that Ben is not at the mill since he is in the garden does not
    /// come about where he is still at home.
    fn comes_about_as(
        &self,
        situations: &mut Situations<'_>,
        retold: StateId,
        told: StateId,
    ) -> Result<bool, StateError> {
        if !self.comes_about(situations, retold)? {
            return Ok(false);
        }
        if matches!(self, Self::Possible(_)) {
            return Ok(true);
        }
        for place in self.places(situations, retold)? {
            if situations.value_at(retold, place)? != situations.value_at(told, place)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What decides it in `state`.
    pub(super) fn places(&self, situations: &mut Situations<'_>, state: StateId) -> Result<Vec<Place>, StateError> {
        let conditions = match self {
            Self::Possible(event) => {
                situations.problem().get(*event).needs().iter().map(|need| need.condition.clone()).collect()
            }
            Self::Holds(conditions) => conditions.clone(),
        };
        let mut places: Vec<Place> = Vec::new();
        for condition in &conditions {
            for place in looked_at(situations, state, condition)? {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        }
        Ok(places)
    }
}

/// A question made ready.
pub(super) struct Question {
    pub asked: Asked,
    pub says: String,
    pub at: String,
    pub place: Option<Span>,
    pub conclusion: Conclusion,
    /// How many moments came before.
    pub until: MomentId,
    /// The event asked about.
    pub event: Option<EventId>,
    /// Whose belief is asked about.
    pub hearer: Option<EntityId>,
}

impl Story<'_> {
    /// Why `statement` is so at `point`; `None` if it is not.
    ///
    /// # Errors
    /// It cannot be answered within the limits.
    pub fn why(&mut self, statement: &Expression, point: &Point) -> Result<Option<Why>, Diagnostic> {
        self.mention(statement).map_err(crate::ask::first)?;
        let condition = self.run.situations.problem_mut().condition(statement);
        let condition = condition.map_err(|error| error.diagnostic())?;
        let says = say::statement(self.world(), statement);
        let conclusion = Conclusion::Holds(vec![condition]);
        let question = Question {
            asked: Asked::Statement,
            says,
            at: point.to_string(),
            place: None,
            conclusion,
            until: point.after(),
            event: None,
            hearer: match statement {
                Expression::Believes(Term::Entity(who), _) | Expression::Knows(Term::Entity(who), _) => Some(*who),
                _ => None,
            },
        };
        self.explained(&question)
    }

    /// Why what happens at `point` could happen: an event, or a thought. `None` if it could not, or there is nothing to
    /// ask about.
    ///
    /// # Errors
    /// It cannot be answered within the limits.
    pub fn why_happened(&mut self, point: &Point) -> Result<Option<Why>, Diagnostic> {
        let Spot::Event { scene, line, .. } = point.spot() else { return Ok(None) };
        let Some(question) = self.happening(point, scene, line) else { return Ok(None) };
        let Some(mut why) = self.explained(&question)? else { return Ok(None) };
        match reasons::reasons(self, &question) {
            Ok(reasons) => why.reasons = reasons,
            Err(error) => return Err(self.failure(&error)),
        }
        Ok(Some(why))
    }

    /// The same without looking for the reasons of those who act.
    ///
    /// # Errors
    /// As [`Story::why_happened`].
    pub fn why_possible(&mut self, point: &Point) -> Result<Option<Why>, Diagnostic> {
        let Spot::Event { scene, line, .. } = point.spot() else { return Ok(None) };
        let Some(question) = self.happening(point, scene, line) else { return Ok(None) };
        self.explained(&question)
    }

    fn happening(&mut self, point: &Point, scene: SceneId, line: usize) -> Option<Question> {
        let (before, after) = (point.before().index(), point.after().index());
        let moments = &self.run.replay.moments[before..after];
        let is_it = |what: What| matches!(what, What::Event(_) | What::Concluded(_));
        let offset = moments.iter().position(|moment| is_it(moment.what))?;
        let moment = moments[offset].clone();
        let span = self.telling().scenes[scene.index()].lines[line].span;
        let (asked, conclusion, event) = match (moment.what, self.run.script.scenes[scene.index()].steps.get(line)) {
            (What::Event(event), _) => (Asked::Event, Conclusion::Possible(event), Some(event)),
            (_, Some(Step::Conclusion(thought))) => {
                let believed = thought.premises.iter().map(|sides| sides.believed.clone()).collect();
                (Asked::Thought, Conclusion::Holds(believed), None)
            }
            _ => return None,
        };
        let case = self.case();
        let says = words::happening(&case, &moment);
        let at = point.to_string();
        let until = MomentId::from_index(before + offset);
        Some(Question { asked, says, at, place: Some(span), conclusion, until, event, hearer: None })
    }

    pub(super) fn explained(&mut self, question: &Question) -> Result<Option<Why>, Diagnostic> {
        match self.answer_with_background(question) {
            Ok(answer) => Ok(answer),
            Err(error) => Err(self.failure(&error)),
        }
    }

    fn answer_with_background(&mut self, question: &Question) -> Result<Option<Why>, StateError> {
        let mut answer = self.answer_alone(question)?;
        if let Some(why) = &mut answer {
            background::add(self, question, why)?;
        }
        Ok(answer)
    }

    /// The answer, without where those who said it had it from.
    pub(super) fn answer_alone(&mut self, question: &Question) -> Result<Option<Why>, StateError> {
        let Some(causes) = self.causes(question)? else { return Ok(None) };
        let Run { replay, situations, script, .. } = &mut self.run;
        let retelling = retell(situations, (replay, script), &causes.moments)?;
        let graph = graph::Graph::new(situations, script, &retelling, &question.conclusion)?;
        let (because, besides) = tree::grown(self, &retelling, &graph, (&causes, question.until))?;
        let mut why = Why {
            says: question.says.clone(),
            asked: question.asked,
            at: question.at.clone(),
            place: question.place,
            because,
            besides,
            causes,
            reasons: Vec::new(),
            background: Vec::new(),
            notes: Vec::new(),
        };
        words::note(&mut why);
        Ok(Some(why))
    }

    /// The fewest moments that the conclusion rests on; `None` if it does not come about in the story.
    fn causes(&mut self, question: &Question) -> Result<Option<CauseSet>, StateError> {
        let Run { replay, situations, script, .. } = &mut self.run;
        let Some(state) = replay.state(question.until) else { return Ok(None) };
        if !question.conclusion.comes_about(situations, state)? {
            return Ok(None);
        }
        let places = question.conclusion.places(situations, state)?;
        let traced = trace(situations, (replay, script), &places, question.until)?;
        let mut comes_about = |situations: &mut Situations<'_>, retold: StateId| {
            question.conclusion.comes_about_as(situations, retold, state)
        };
        let causes = fewest(situations, (replay, script), (&traced, question.until), &mut comes_about)?;
        Ok(Some(causes))
    }
}

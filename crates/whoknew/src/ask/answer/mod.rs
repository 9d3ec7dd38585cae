//! Answers: what is asked, in a full sentence first, then why, by the events that led there.

mod about;
mod attitude;
mod beside;
mod beyond;
mod claims;
mod data;
mod learned;
mod presence;
mod reader;
mod sayings;
mod spans;
mod spoken;
mod wants;
mod when;
mod whereabouts;
mod who;
mod words;

use super::history::{History, believed};
use super::point::Point;
use super::question::{Asking, Question};
use super::story::Story;
use crate::causes::Origin;
use crate::diagnostic::Diagnostic;
use crate::ground::{Condition, GroundError, GroundFluentId, Place, Value};
use crate::source::Span;
use crate::state::{StateError, StateId};
use crate::telling::reader::ReaderError;
use crate::telling::replay::MomentId;
use crate::world::{EntityId, Expression, SceneId, Term, say};
pub use beside::{AnswerData, Occasion, Period, Want};
pub use data::Held;
pub use sayings::{AsksOfSayings, Sayings};

/// At most so many facts are listed for people.
const MOST_LISTED: usize = 30;

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Yes,
    /// No.
    No,
    /// These characters; perhaps none.
    Characters,
    /// These facts; perhaps none.
    Facts,
}

/// A sentence of an answer, with the place in the story that shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// The sentence, without a full stop.
    pub text: String,
    /// The scene of the event that it names.
    pub scene: Option<SceneId>,
    /// Where the event is told.
    pub span: Option<Span>,
    /// The facts that it says, as data: one for each mind that it speaks of.
    pub data: Vec<Held>,
}

impl Said {
    /// A sentence without a place.
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A sentence about what is told at some place.
    fn told(text: impl Into<String>, (scene, span): (SceneId, Span)) -> Self {
        Self { text: text.into(), scene: Some(scene), span: Some(span), data: Vec::new() }
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it comes to.
    pub verdict: Verdict,
    /// The direct answer in one sentence, without a full stop.
    pub says: String,
    /// The characters that it names, if it is asked who.
    pub characters: Vec<EntityId>,
    /// The facts that it lists, if it is asked what.
    pub facts: Vec<Said>,
    /// So many more are not listed; none after [`Story::list_all`].
    pub more: usize,
    /// Why, by the events that led there.
    pub because: Vec<Said>,
    /// What it says as data, where that is no fact.
    pub data: AnswerData,
}

impl Answer {
    fn new(verdict: Verdict, says: impl Into<String>) -> Self {
        let (characters, facts, because) = (Vec::new(), Vec::new(), Vec::new());
        Self { verdict, says: says.into(), characters, facts, more: 0, because, data: AnswerData::default() }
    }
}

/// Why a question could not be answered.
#[derive(Clone, Debug)]
enum Failure {
    Ground(GroundError),
    State(StateError),
    Said(Vec<Diagnostic>),
}

impl From<GroundError> for Failure {
    fn from(error: GroundError) -> Self {
        Self::Ground(error)
    }
}

impl From<StateError> for Failure {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(error: Vec<Diagnostic>) -> Self {
        Self::Said(error)
    }
}

impl From<ReaderError> for Failure {
    fn from(error: ReaderError) -> Self {
        match error {
            ReaderError::Ground(error) => Self::Ground(error),
            ReaderError::State(error) => Self::State(error),
        }
    }
}

type Result<T> = std::result::Result<T, Failure>;

impl Story<'_> {
    /// Answers a question as things stand at `point`, unless it says itself when.
    ///
    /// # Errors
    /// The answer needs more than a limit allows.
    pub fn answer(&mut self, asking: &Asking, point: &Point) -> std::result::Result<Answer, Vec<Diagnostic>> {
        let point = asking.at.as_ref().unwrap_or(point);
        let failure = match self.answered(&asking.question, point) {
            Ok(mut answer) => {
                answer.because.extend(point.note().map(Said::plain));
                return Ok(Answer { says: say::capitalised(&answer.says), ..answer });
            }
            Err(failure) => failure,
        };
        Err(match failure {
            Failure::Ground(error) => vec![error.diagnostic()],
            Failure::State(error) => vec![self.failure(&error)],
            Failure::Said(diagnostics) => diagnostics,
        })
    }

    fn answered(&mut self, question: &Question, point: &Point) -> Result<Answer> {
        for statement in statements_of(question) {
            self.mention(statement)?;
        }
        let state = self.state(point);
        let Some(state) = state else { return Ok(Answer::new(Verdict::No, "Nothing is told")) };
        let mut asked = Asked { story: self, point, state, looked_at: Vec::new() };
        let mut answer = asked.answered(question)?;
        let claims = asked.failed_claims()?;
        answer.because.extend(claims);
        Ok(answer)
    }
}

fn statements_of(question: &Question) -> Vec<&Expression> {
    match question {
        Question::Attitude(_, _, statement)
        | Question::Who(_, _, statement)
        | Question::Learned(_, statement)
        | Question::Spans(statement)
        | Question::Holds(statement)
        | Question::Anybody(_, statement)
        | Question::Everybody(_, statement)
        | Question::Value(statement) => vec![statement],
        Question::OfWhom(statements) => statements.iter().map(|(_, statement)| statement).collect(),
        _ => Vec::new(),
    }
}

/// `who` believes `inner`.
fn believes(who: EntityId, inner: Expression) -> Expression {
    Expression::Believes(Term::Entity(who), Box::new(inner))
}

/// A story, asked at a point.
struct Asked<'s, 'w, 'p> {
    story: &'s mut Story<'w>,
    point: &'p Point,
    state: StateId,
    /// What was looked at for the answer.
    looked_at: Vec<Place>,
}

impl Asked<'_, '_, '_> {
    fn answered(&mut self, question: &Question) -> Result<Answer> {
        match question {
            Question::Attitude(mind, attitude, statement) => self.attitude(*mind, *attitude, statement),
            Question::Who(which, attitude, statement) => self.who(*which, *attitude, statement),
            Question::Beliefs(minds, about) => self.beliefs(minds, *about),
            Question::Errors(minds) => self.errors(minds),
            Question::Beyond(knower, other) => self.beyond(*knower, *other),
            Question::Learned(who, statement) => self.learned(*who, statement),
            Question::Spans(statement) => self.spans(statement),
            Question::Present(event) => self.present(event),
            Question::Noticed(event) => self.noticed_by(event),
            Question::When(event) => self.when(event),
            Question::Sayings(sayings) => self.sayings(*sayings),
            Question::Anybody(attitude, statement) => self.anybody(*attitude, statement),
            Question::AnybodyOfWhere(thing) => self.anybody_of_where(*thing),
            Question::EverybodyOfWhere(thing) => self.everybody_of_where(*thing),
            Question::Everybody(attitude, statement) => self.everybody(*attitude, statement),
            Question::Where(minds, thing) => self.location(minds, *thing),
            Question::AttitudeToWhere(mind, attitude, thing) => self.attitude_to_where(*mind, *attitude, *thing),
            Question::WhoOfWhere(which, attitude, thing) => self.who_of_where(*which, *attitude, *thing),
            Question::LearnedWhere(who, thing) => self.learned_where(*who, *thing),
            Question::Wants(who, ways) => self.wants(*who, *ways),
            Question::Holds(statement) => self.holds(statement),
            Question::Value(fact) => self.value(fact),
            Question::OfWhom(statements) => self.of_whom(statements),
        }
    }

    /// How much is listed where people are shown `short` of it.
    fn most(&self, short: usize) -> usize {
        if self.story.lists_all { usize::MAX } else { short }
    }

    fn condition(&mut self, statement: &Expression) -> Result<Condition> {
        Ok(self.story.run.situations.problem_mut().condition(statement)?)
    }

    fn is_so(&mut self, statement: &Expression) -> Result<bool> {
        let condition = self.condition(statement)?;
        Ok(self.story.run.situations.holds(self.state, &condition)?)
    }

    /// The situation that the minds take to be real.
    fn view(&mut self, minds: &[EntityId]) -> Result<StateId> {
        Ok(believed(&mut self.story.run.situations, self.state, minds)?)
    }

    fn value_at(&mut self, place: Place) -> Result<Value> {
        self.looked_at.push(place);
        Ok(self.story.run.situations.value_at(self.state, place)?)
    }

    fn place(&mut self, minds: &[EntityId], fluent: GroundFluentId) -> Place {
        self.story.run.situations.problem_mut().place(minds, fluent)
    }

    fn minds_of(&self, place: Place) -> Vec<EntityId> {
        self.story.run.situations.problem().believers(place.chain).to_vec()
    }

    fn history(&mut self, minds: &[EntityId]) -> Result<History> {
        let run = &mut self.story.run;
        Ok(History::new(&mut run.situations, &run.replay, minds, self.point.after())?)
    }

    fn origin(&mut self, history: &History, fluent: GroundFluentId) -> Result<Origin> {
        let run = &mut self.story.run;
        Ok(history.origin(&mut run.situations, &run.replay, fluent)?)
    }

    /// The places that `statement` reads, at most a few, each once.
    fn places(&mut self, statement: &Expression) -> Result<Vec<Place>> {
        /// More are not explained.
        const MOST_PLACES: usize = 4;
        let condition = self.condition(statement)?;
        let says_where = self.says_where(statement);
        let most = if says_where { usize::MAX } else { MOST_PLACES };
        let mut places: Vec<Place> = Vec::new();
        condition.places(&mut |place| {
            if places.len() < most && !places.contains(&place) {
                places.push(place);
            }
        });
        if says_where {
            // Of all that might tell where something is, what does.
            let mut telling = Vec::new();
            for place in places {
                if telling.len() < MOST_PLACES && self.tells(place)? {
                    telling.push(place);
                }
            }
            return Ok(telling);
        }
        Ok(places)
    }

    /// Whether the fact has a value, and is not merely not so.
    fn tells(&mut self, place: Place) -> Result<bool> {
        let value = self.value_at(place)?;
        Ok(!value.is_unknown() && value.as_boolean() != Some(false))
    }

    fn span_of(&mut self, moment: MomentId) -> (SceneId, Span) {
        let case = self.story.case();
        (case.moment(moment).scene, case.moment_span(moment))
    }
}

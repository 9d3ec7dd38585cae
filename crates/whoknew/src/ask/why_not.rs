//! Why something cannot happen, or is not so: what is missing, what made it so, and what would suffice.
//!
//! Each [`Way`] is verified: with exactly its settings written the event is possible, or the statement so; with one of
//! them left out it is not.

use std::collections::VecDeque;

use crate::ask::{Point, Story};
use crate::causes::{Origin, origin};
use crate::check::case::{Case, FailingPart};
use crate::diagnostic::Diagnostic;
use crate::ground::{Condition, EventId, Place, Value, evaluate};
use crate::source::Span;
use crate::state::{Alternative, FailedPart, Situations, StateError, StateId, Wanted};
use crate::telling::replay::MomentId;
use crate::world::{EventArgument, EventTerm, Expression, Term, ValueKind, say};

/// So many ways are named.
const MOST_WAYS: usize = 3;
/// So many settings are tried.
const MOST_TRIED: usize = 400;
/// So many values are tried where any but one would do.
const MOST_VALUES: usize = 8;
/// So many alternatives of one need are followed.
const MOST_ALTERNATIVES: usize = 24;

/// Why something cannot happen, or is not so.
#[derive(Clone, Debug)]
pub struct WhyNot {
    /// The event or statement.
    pub says: String,
    /// When.
    pub at: String,
    /// It is an event.
    pub is_event: bool,
    /// What is missing; empty if it could happen, or is so.
    pub missing: Vec<Missing>,
    /// What would suffice: any one of these.
    pub ways: Vec<Way>,
    /// What else to say.
    pub notes: Vec<String>,
}

/// A part of what is needed that is not so.
#[derive(Clone, Debug)]
pub struct Missing {
    /// What is needed: `the marble is in the kitchen`.
    pub needed: String,
    /// What is so instead.
    pub instead: Vec<Instead>,
}

/// What is so instead, and what made it so.
#[derive(Clone, Debug)]
pub struct Instead {
    /// `the marble is in the garden`
    pub says: String,
    /// What made it so; `None`: it was so from the start.
    pub since: Option<Since>,
}

/// What made something so.
#[derive(Clone, Debug)]
pub struct Since {
    /// The moment.
    pub moment: MomentId,
    /// `Sally carries the marble to the garden`
    pub says: String,
    /// `scene 2, event 1`
    pub at: String,
    /// Where in the text.
    pub place: Span,
}

/// Settings that together suffice; none can be left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What is to be set.
    pub settings: Vec<Setting>,
}

/// One fact, and the value that it must have.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The fact, perhaps as somebody believes it.
    pub place: Place,
    /// The value.
    pub value: Value,
    /// In words.
    pub says: String,
}

/// What is to come about.
#[derive(Clone, Debug)]
pub(super) enum Goal {
    Possible(EventId),
    Holds(Condition),
}

impl Story<'_> {
    /// Why `event` cannot happen at `point`, in the situation after it.
    ///
    /// # Errors
    /// It cannot be answered within the limits, or the event is none of the story's.
    pub fn why_not_event(&mut self, event: &EventTerm, point: &Point) -> Result<WhyNot, Diagnostic> {
        self.why_not_at(event, (point.after(), point.to_string()))
    }

    /// Why what `point` tells to happen could not.
    ///
    /// # Errors
    /// As [`Story::why_not_event`].
    pub fn why_not_told(&mut self, event: &EventTerm, point: &Point) -> Result<WhyNot, Diagnostic> {
        self.why_not_at(event, (point.before(), format!("before {point}")))
    }

    fn why_not_at(&mut self, event: &EventTerm, when: (MomentId, String)) -> Result<WhyNot, Diagnostic> {
        let goal = self.possible(event)?;
        let says = say::event(self.world(), event);
        self.why_not_goal(&goal, says, when)
    }

    /// That `event` can happen.
    pub(super) fn possible(&mut self, event: &EventTerm) -> Result<Goal, Diagnostic> {
        let closed = closed(event, self.world().someone());
        let ground = self.run.situations.problem_mut().event(&closed).map_err(|error| error.diagnostic())?;
        Ok(Goal::Possible(ground))
    }

    /// That `statement` is so.
    pub(super) fn so(&mut self, statement: &Expression) -> Result<Goal, Diagnostic> {
        self.mention(statement).map_err(super::first)?;
        let condition = self.run.situations.problem_mut().condition(statement);
        Ok(Goal::Holds(condition.map_err(|error| error.diagnostic())?))
    }

    /// Why `statement` is not so at `point`.
    ///
    /// # Errors
    /// It cannot be answered within the limits.
    pub fn why_not(&mut self, statement: &Expression, point: &Point) -> Result<WhyNot, Diagnostic> {
        let goal = self.so(statement)?;
        let says = say::statement(self.world(), statement);
        self.why_not_goal(&goal, says, (point.after(), point.to_string()))
    }

    fn why_not_goal(
        &mut self,
        goal: &Goal,
        says: String,
        (until, at): (MomentId, String),
    ) -> Result<WhyNot, Diagnostic> {
        let is_event = matches!(goal, Goal::Possible(_));
        let mut answer = WhyNot { says, at, is_event, missing: Vec::new(), ways: Vec::new(), notes: Vec::new() };
        match self.fill(&mut answer, goal, until) {
            Ok(()) => Ok(answer),
            Err(error) => Err(self.failure(&error)),
        }
    }

    fn fill(&mut self, answer: &mut WhyNot, goal: &Goal, until: MomentId) -> Result<(), StateError> {
        let Some(state) = self.run.replay.state(until) else { return Ok(()) };
        let mut case = self.case();
        let parts = failing(&mut case, state, goal, &mut answer.notes)?;
        for part in parts {
            let mut instead = Vec::new();
            for fact in &part.facts {
                instead.push(self.instead(fact, until)?);
            }
            // Several needs may fail for the same thing.
            if answer.missing.iter().all(|known| known.needed != part.text) {
                answer.missing.push(Missing { needed: part.text, instead });
            }
        }
        if answer.missing.is_empty() {
            return Ok(());
        }
        let found = ways(&mut self.run.situations, state, goal)?;
        let case = self.case();
        let setting = |(place, value): (Place, Value)| Setting { place, value, says: case.say_fact(place, value) };
        answer.ways = found.into_iter().map(|way| Way { settings: way.into_iter().map(setting).collect() }).collect();
        // That a statement would be so if it were so need not be said.
        let asked = answer.says.clone();
        let says_nothing = |way: &Way| matches!(way.settings.as_slice(), [only] if only.says == asked);
        let trivial = answer.ways.iter().any(says_nothing);
        answer.ways.retain(|way| !says_nothing(way));
        if answer.ways.is_empty() && !trivial {
            answer.notes.push("nothing was found that could be set to make up for it".to_owned());
        }
        Ok(())
    }

    fn instead(&mut self, part: &FailedPart, until: MomentId) -> Result<Instead, StateError> {
        let run = &mut self.run;
        let origin = origin(&mut run.situations, &run.replay, part.place, until)?;
        let since = match origin {
            Origin::Moment(moment) => {
                let told = run.replay.moments[moment.index()].clone();
                let at = super::why::point_of(self, &told);
                let case = self.case();
                let says = super::why::sentence_of(&case, &told);
                Some(Since { moment, says, at, place: case.span(told.scene, told.line) })
            }
            Origin::Start | Origin::Unknown => None,
        };
        Ok(Instead { says: self.case().say_fact(part.place, part.actual), since })
    }
}

/// `someone` for what is left open.
fn closed(event: &EventTerm, someone: crate::world::EntityId) -> EventTerm {
    let close = |argument: &EventArgument| match argument {
        EventArgument::Anyone => EventArgument::Term(Term::Entity(someone)),
        other => other.clone(),
    };
    EventTerm { action: event.action, arguments: event.arguments.iter().map(close).collect() }
}

/// What fails, in words.
fn failing(
    case: &mut Case<'_, '_>,
    state: StateId,
    goal: &Goal,
    notes: &mut Vec<String>,
) -> Result<Vec<FailingPart>, StateError> {
    match goal {
        Goal::Possible(event) => {
            let Some(refusal) = case.situations.refusal(state, *event)? else { return Ok(Vec::new()) };
            if refusal.needs.iter().any(|need| need.cut) {
                let limit = case.situations.problem().limits().alternatives;
                notes.push(format!("it could be met in more than {limit} ways; only the first were looked at"));
            }
            case.failing_parts(state, *event, &refusal.needs)
        }
        Goal::Holds(condition) => {
            if case.situations.holds(state, condition)? {
                return Ok(Vec::new());
            }
            let alternatives = case.situations.unmet(state, condition)?;
            let Some(nearest) = alternatives.into_iter().min_by_key(|one| one.failing.len()) else {
                return Ok(vec![FailingPart {
                    text: "what can never be so".to_owned(),
                    facts: Vec::new(),
                    twice: None,
                }]);
            };
            let parts = nearest.failing.into_iter();
            Ok(parts
                .map(|fact| FailingPart { text: case.say(&case.needed(&fact)), facts: vec![fact], twice: None })
                .collect())
        }
    }
}

/// Settings, smallest first, each with what brings the goal about and nothing more.
fn ways(situations: &mut Situations<'_>, state: StateId, goal: &Goal) -> Result<Vec<Vec<(Place, Value)>>, StateError> {
    let mut found: Vec<Vec<(Place, Value)>> = Vec::new();
    let mut waiting: Vec<VecDeque<Vec<(Place, Value)>>> = vec![VecDeque::from([Vec::new()])];
    for _ in 0..MOST_TRIED {
        let Some(next) = waiting.iter_mut().find_map(VecDeque::pop_front) else { break };
        let Some(unmet) = missing(situations, state, goal, &next)? else {
            let way = least(situations, state, goal, next)?;
            if !found.contains(&way) {
                found.push(way);
            }
            if found.len() >= MOST_WAYS {
                break;
            }
            continue;
        };
        for alternative in unmet.into_iter().take(MOST_ALTERNATIVES) {
            for settings in settings(situations, &next, &alternative.failing) {
                if waiting.len() <= settings.len() {
                    waiting.resize_with(settings.len() + 1, VecDeque::new);
                }
                waiting[settings.len()].push_back(settings);
            }
        }
    }
    found.sort_by_key(Vec::len);
    Ok(found)
}

/// What is still missing with these settings written; `None` if nothing is.
fn missing(
    situations: &mut Situations<'_>,
    state: StateId,
    goal: &Goal,
    settings: &[(Place, Value)],
) -> Result<Option<Vec<Alternative>>, StateError> {
    let set = match situations.write_values(state, settings) {
        Ok(set) => set,
        Err(StateError::RuleLoop { .. } | StateError::Conflict { .. }) => return Ok(Some(Vec::new())),
        Err(error) => return Err(error),
    };
    Ok(match goal {
        Goal::Possible(event) => {
            let refusal = situations.refusal(set, *event)?;
            refusal.map(|refusal| refusal.needs.into_iter().next().map(|need| need.alternatives).unwrap_or_default())
        }
        Goal::Holds(condition) if situations.holds(set, condition)? => None,
        Goal::Holds(condition) => Some(situations.unmet(set, condition)?),
    })
}

/// `known` with what the failing parts want; nothing where that is at odds with it.
fn settings(situations: &Situations<'_>, known: &[(Place, Value)], failing: &[FailedPart]) -> Vec<Vec<(Place, Value)>> {
    let mut all: Vec<Vec<(Place, Value)>> = vec![known.to_vec()];
    for part in failing {
        let mut longer = Vec::new();
        for settings in &all {
            match settings.iter().find(|(place, _)| *place == part.place) {
                Some((_, set)) if meets(part.wanted, *set) => longer.push(settings.clone()),
                Some(_) => {}
                None => {
                    let set = |value| [settings.as_slice(), &[(part.place, value)]].concat();
                    longer.extend(values(situations, part).into_iter().map(set));
                }
            }
        }
        longer.truncate(MOST_ALTERNATIVES);
        all = longer;
    }
    all.retain(|settings| settings.len() > known.len());
    all
}

/// Whether a fact with this value is as it should be.
fn meets(wanted: Wanted, value: Value) -> bool {
    match wanted {
        Wanted::Equal(other) => value == other,
        Wanted::NotEqual(other) => value != other,
        Wanted::Compared(comparison, other) => evaluate::compare(comparison, value, other),
    }
}

/// The values that would do; where any but one does, some of them, unknown the last.
fn values(situations: &Situations<'_>, part: &FailedPart) -> Vec<Value> {
    let problem = situations.problem();
    let open = matches!(part.wanted, Wanted::NotEqual(value) if value.as_boolean().is_none());
    let (true, Some((declared, _))) = (open, problem.declared(part.place.fluent)) else { return vec![part.repair()] };
    let ValueKind::Entity(kinds) = &problem.world().fluents[declared.index()].value else {
        return vec![part.repair()];
    };
    let others = problem.world().entities_of(kinds).map(Value::entity);
    let fits = |value: &Value| !matches!(part.wanted, Wanted::NotEqual(other) if other == *value);
    let mut values: Vec<Value> = others.filter(fits).take(MOST_VALUES).collect();
    if fits(&Value::UNKNOWN) {
        values.push(Value::UNKNOWN);
    }
    values
}

/// Leaves out settings that are not needed.
fn least(
    situations: &mut Situations<'_>,
    state: StateId,
    goal: &Goal,
    settings: Vec<(Place, Value)>,
) -> Result<Vec<(Place, Value)>, StateError> {
    let mut settings = settings;
    let mut position = 0;
    let mut unchanged = 0;
    while unchanged < settings.len() {
        position %= settings.len();
        let mut rest = settings.clone();
        rest.remove(position);
        if missing(situations, state, goal, &rest)?.is_none() {
            settings = rest;
            unchanged = 0;
        } else {
            position += 1;
            unchanged += 1;
        }
    }
    Ok(settings)
}

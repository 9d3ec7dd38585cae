//! One telling under examination: what all findings read, and how they put it into the story's words.

use super::report::Anchor;
use super::words;
use crate::causes::{self, Origin};
use crate::ground::{Atom, ChainId, Condition, EventId, GroundFluentId, Place, Value, believed_by, valued};
use crate::source::Span;
use crate::state::{Alternative, FailedNeed, FailedPart, Situations, StateError, StateId, Wanted};
use crate::telling::Timeline;
use crate::telling::replay::{Incident, IncidentKind, Moment, MomentId, Replay, What, Whereabouts};
use crate::world::{
    Comparison, EntityId, EventArgument, EventTerm, Expression, SceneId, Telling, Term, UtilityId, VariableId, World,
    say,
};

/// After so many findings, causes are no longer traced.
const MOST_TRACES: usize = 400;

/// One telling, run.
pub(crate) struct Case<'c, 'p> {
    /// The world.
    pub world: &'c World,
    /// The telling.
    pub telling: &'c Telling,
    /// Its times.
    pub timeline: &'c Timeline,
    /// What it did.
    pub replay: &'c Replay,
    /// All situations.
    pub situations: &'c mut Situations<'p>,
    /// Where everybody is.
    pub places: Whereabouts,
    /// How many traces were made.
    pub traces: usize,
}

/// A part of a need that fails.
#[derive(Clone, Debug)]
pub(crate) struct FailingPart {
    /// It, in the words of the action.
    pub text: String,
    /// What fails in it.
    pub facts: Vec<FailedPart>,
    /// It wants two, and both are this one.
    pub twice: Option<EntityId>,
}

impl<'c, 'p> Case<'c, 'p> {
    /// The same story over other situations that continue these.
    pub fn within<'s>(&'s self, situations: &'s mut Situations<'p>) -> Case<'s, 'p>
    where
        'c: 's,
    {
        Case {
            world: self.world,
            telling: self.telling,
            timeline: self.timeline,
            replay: self.replay,
            situations,
            places: self.places.clone(),
            traces: self.traces,
        }
    }
}

impl Case<'_, '_> {
    /// The place in the text of a scene's line; of its header where there is none.
    pub fn span(&self, scene: SceneId, line: Option<usize>) -> Span {
        let told = &self.telling.scenes[scene.index()];
        match (line, &told.present) {
            (Some(line), _) => told.lines[line].span,
            (None, Some(present)) => present.span,
            (None, None) => told.span,
        }
    }

    /// Where an incident belongs.
    pub(super) fn anchor(&self, incident: &Incident) -> Anchor {
        match incident.line {
            Some(line) => Anchor::Line(incident.scene, line),
            None => Anchor::Scene(incident.scene),
        }
    }

    /// The moment with this id.
    pub fn moment(&self, moment: MomentId) -> &Moment {
        &self.replay.moments[moment.index()]
    }

    /// The place in the text of a moment.
    pub fn moment_span(&self, moment: MomentId) -> Span {
        let Moment { scene, line, .. } = *self.moment(moment);
        self.span(scene, line)
    }

    /// `scene 7`
    pub fn scene(&self, scene: SceneId) -> String {
        words::scene(self.telling, scene)
    }

    /// `before scene 7`, or `before this` where the incident is in the scene of `other` itself.
    pub fn before(&self, incident: &Incident, other: SceneId) -> String {
        if incident.scene == other {
            "before this".to_owned()
        } else {
            format!("before {}", self.scene(incident.scene))
        }
    }

    /// The name of an entity.
    pub fn name(&self, entity: EntityId) -> String {
        words::name(self.world, entity).to_owned()
    }

    /// An event as it is told.
    pub fn event(&self, event: EventId) -> String {
        say::event(self.world, self.situations.problem().event_term(event))
    }

    /// What gave `place` its value, as long as not too much has been traced.
    pub fn origin(&mut self, place: Place, until: MomentId) -> Result<Origin, StateError> {
        self.traces += 1;
        if self.traces > MOST_TRACES {
            return Ok(Origin::Unknown);
        }
        causes::origin(self.situations, self.replay, place, until)
    }

    /// The incident after which the replay went on by making this so, if it is that.
    pub fn patched(&self, origin: &Origin) -> Option<usize> {
        match self.moment(origin.moment()?).what {
            What::Patched(incident) => Some(incident.index()),
            _ => None,
        }
    }

    /// The value of `place` in `state`.
    pub fn value(&mut self, state: StateId, place: Place) -> Result<Value, StateError> {
        self.situations.value_at(state, place)
    }

    /// `the marble is in the box`; with beliefs around it `Sally believes that …`.
    pub fn fact(&self, place: Place, value: Value) -> Expression {
        self.situations.problem().statement(place, value)
    }

    /// What a failing part should be, as a statement.
    pub fn needed(&self, part: &FailedPart) -> Expression {
        let believers = self.situations.problem().believers(part.place.chain);
        let fact = self.situations.problem().expression(part.place.fluent);
        believed_by(believers, wanted(fact, part.wanted))
    }

    /// What it should be inside the beliefs of the first believer.
    pub fn needed_inside(&self, part: &FailedPart) -> Expression {
        let believers = self.situations.problem().believers(part.place.chain);
        let fact = self.situations.problem().expression(part.place.fluent);
        believed_by(believers.get(1..).unwrap_or_default(), wanted(fact, part.wanted))
    }

    /// The same place without the first believer.
    pub fn outside(&mut self, place: Place) -> Place {
        let believers = self.situations.problem().believers(place.chain).get(1..).unwrap_or_default().to_vec();
        self.situations.problem_mut().place(&believers, place.fluent)
    }

    /// A fact with its value in the story's words; unknown ones as what somebody does not know.
    pub fn say_fact(&self, place: Place, value: Value) -> String {
        let believers = self.situations.problem().believers(place.chain);
        if self.situations.problem().clock() == Some(place.fluent) {
            return self.say_time(believers, value);
        }
        if let (true, Some((&last, outer))) = (value.is_unknown(), believers.split_last()) {
            let fact = self.situations.problem().expression(place.fluent);
            if let Expression::Fluent(fact) = &fact
                && let Some(asked) = say::asked(self.world, fact)
            {
                let unknown = format!("{} does not know {asked}", self.name(last));
                let within = |inner: String, &who: &EntityId| format!("{} believes that {inner}", self.name(who));
                return outer.iter().rev().fold(unknown, within);
            }
            let wonders = Expression::Not(Box::new(Expression::KnowsWhether(Term::Entity(last), Box::new(fact))));
            return say::statement(self.world, &believed_by(outer, wonders));
        }
        say::statement(self.world, &self.fact(place, value))
    }

    /// What is so instead of what should be; of whom it is not told where they are, just that.
    pub fn say_actual(&self, place: Place, value: Value) -> String {
        match self.located(place.fluent) {
            Some(who) if value.is_unknown() && place.chain == ChainId::REAL => {
                format!("nothing tells where {} is", self.name(who))
            }
            _ => self.say_fact(place, value),
        }
    }

    /// What a moment made of somebody or something of whom it left untold where they are: `Sally has the marble`.
    pub fn became(&mut self, moment: MomentId, part: &FailedPart) -> Result<Option<String>, StateError> {
        let Some(who) = self.located(part.place.fluent).filter(|_| part.actual.is_unknown()) else { return Ok(None) };
        let Moment { before, after, .. } = *self.moment(moment);
        for fluent in self.situations.differences(before, after) {
            let Some((_, arguments)) = self.situations.problem().declared(fluent) else { continue };
            let place = Place { chain: ChainId::REAL, fluent };
            let value = self.value(after, place)?;
            if arguments.contains(&who) && value.as_entity().is_some() {
                return Ok(Some(self.say_fact(place, value)));
            }
        }
        Ok(None)
    }

    /// Whose whereabouts a fact says, if that is what it says.
    pub fn located(&self, fluent: GroundFluentId) -> Option<EntityId> {
        let (declared, arguments) = self.situations.problem().declared(fluent)?;
        let is_location = self.places.are_said_by(declared);
        arguments.first().copied().filter(|_| is_location)
    }

    /// The event that a line tells.
    pub fn event_of(&self, scene: SceneId, line: usize) -> Option<EventId> {
        match self.moment(self.event_moment(scene, line)?).what {
            What::Event(event) => Some(event),
            _ => None,
        }
    }

    /// The moment at which the event of a line happens.
    pub fn event_moment(&self, scene: SceneId, line: usize) -> Option<MomentId> {
        let first = self.replay.line_start(scene, line).index();
        let moments = self.replay.moments.get(first..)?.iter();
        let mut here = moments.take_while(|moment| moment.scene == scene && moment.line == Some(line));
        let position = here.position(|moment| matches!(moment.what, What::Event(_)))?;
        Some(MomentId::from_index(first + position))
    }

    /// Whether this is the event of the incident's line, not what it looks like to somebody.
    pub fn is_told_as(&self, incident: &Incident, event: EventId) -> bool {
        let moment = incident.line.and_then(|line| self.event_moment(incident.scene, line));
        let problem = self.situations.problem();
        match moment.map(|moment| self.moment(moment).what) {
            Some(What::Event(told)) => problem.event_term(told) == problem.event_term(event),
            _ => true,
        }
    }

    /// The number that a want stands for.
    pub fn want(&mut self, state: StateId, want: UtilityId) -> Result<Value, StateError> {
        let amount = self.situations.problem().utility(want).clone();
        self.situations.evaluate(state, &amount)
    }

    /// Whether this is so.
    pub fn holds(&mut self, state: StateId, condition: &Expression) -> Result<bool, StateError> {
        let Ok(condition) = self.situations.problem_mut().condition(condition) else { return Ok(false) };
        self.situations.holds(state, &condition)
    }

    /// The parts of an event's failing needs that fail at `state`, in the words of the action.
    pub fn failing_parts(
        &mut self,
        state: StateId,
        event: EventId,
        needs: &[FailedNeed],
    ) -> Result<Vec<FailingPart>, StateError> {
        let term = self.situations.problem().event_term(event).clone();
        let action = &self.world.actions[term.action.index()];
        let mut found = Vec::new();
        for need in needs {
            let formula = &action.preconditions[need.position].condition;
            let conjuncts = match &formula.value {
                Expression::And(parts) => parts.as_slice(),
                other => std::slice::from_ref(other),
            };
            for part in conjuncts {
                let Ok(condition) = self.situations.problem_mut().condition_of(event, part) else { continue };
                if self.situations.holds(state, &condition)? {
                    continue;
                }
                let mut facts = fewest(self.situations.unmet(state, &condition)?);
                let mut text = say::expression_with(self.world, part, &|variable| self.argument(&term, variable));
                if let (true, Some(fact)) = (compares_facts(part), facts.first()) {
                    text = self.say(&self.needed(fact));
                    facts.truncate(1);
                }
                let twice = same_twice(part, &term);
                found.push(FailingPart { text, facts, twice });
            }
        }
        Ok(found)
    }

    fn argument(&self, event: &EventTerm, variable: VariableId) -> String {
        match event.arguments.get(variable.index()) {
            Some(EventArgument::Term(Term::Entity(entity))) => self.name(*entity),
            Some(EventArgument::Statement(statement)) => self.say(statement),
            Some(EventArgument::Number(number)) => say::number(*number),
            _ => "somebody".to_owned(),
        }
    }

    /// The atoms that make `condition` hold at `state`.
    pub fn holding(&mut self, state: StateId, condition: &Condition, atoms: &mut Vec<Atom>) -> Result<(), StateError> {
        match condition {
            Condition::Constant(_) => {}
            Condition::Atom(atom) => atoms.push(atom.clone()),
            Condition::All(parts) => {
                for part in parts {
                    self.holding(state, part, atoms)?;
                }
            }
            Condition::Any(parts) => {
                for part in parts {
                    if self.situations.holds(state, part)? {
                        return self.holding(state, part, atoms);
                    }
                }
            }
        }
        Ok(())
    }

    /// A statement in the story's words.
    pub fn say(&self, statement: &Expression) -> String {
        say::statement(self.world, statement)
    }

    fn say_time(&self, believers: &[EntityId], value: Value) -> String {
        let mut text = match (value.as_number(), believers.last()) {
            (Some(minutes), Some(&who)) => {
                format!("{} believes that {} passed", self.name(who), words::duration(minutes))
            }
            (Some(minutes), None) => format!("{} passed", words::duration(minutes)),
            (None, Some(&who)) => format!("{} does not know how much time passed", self.name(who)),
            (None, None) => "how much time passed is not told".to_owned(),
        };
        for &who in believers.iter().rev().skip(1) {
            text = format!("{} believes that {text}", self.name(who));
        }
        text
    }

    /// What was made true to go on, in words.
    pub fn repaired(&self, incident: &Incident) -> Option<String> {
        if incident.repaired.is_empty() {
            return None;
        }
        // Whoever acts finds what is assumed; that need not be said.
        let is_act = matches!(incident.kind, IncidentKind::Impossible { .. });
        let is_found = |&&(place, value): &&(Place, Value)| {
            let outside = self.situations.problem().believers(place.chain).split_first().map(|(_, outer)| outer);
            let told = |other: &(Place, Value)| {
                other.0.fluent == place.fluent
                    && other.1 == value
                    && Some(self.situations.problem().believers(other.0.chain)) == outside
            };
            is_act && incident.repaired.iter().any(told)
        };
        let said = incident.repaired.iter().filter(|part| !is_found(part));
        let facts: Vec<String> = said.filter_map(|&(place, value)| self.mended(place, value)).collect();
        (!facts.is_empty()).then(|| format!("from here on the check assumes that {}", say::list(&facts)))
    }

    /// What was made true, in words; nothing where nothing better than unknown would do.
    fn mended(&self, place: Place, value: Value) -> Option<String> {
        match self.located(place.fluent) {
            Some(who) if value.is_unknown() && place.chain == ChainId::REAL => {
                Some(format!("{} is elsewhere", self.name(who)))
            }
            _ => Some(self.say_fact(place, value)),
        }
    }

    /// What a moment did, after `here`: `Anne puts the marble in the box`.
    pub fn happening(&self, moment: MomentId) -> String {
        match self.moment(moment).what {
            What::Event(event) => self.event(event),
            What::Assumed => "the author assumes it".to_owned(),
            What::Concluded(who) => format!("{} concludes it", self.name(who)),
            What::Forgot(who) => format!("{} forgets it", self.name(who)),
            What::TimePassed(_) => "time passes".to_owned(),
            What::Patched(_) => "the check assumes it to go on".to_owned(),
        }
    }
}

/// Who stands for both parameters that must be different.
fn same_twice(formula: &Expression, event: &EventTerm) -> Option<EntityId> {
    let Expression::Compare(Comparison::NotEqual, left, right) = formula else { return None };
    let (Expression::Entity(Term::Variable(left)), Expression::Entity(Term::Variable(right))) = (&**left, &**right)
    else {
        return None;
    };
    let argument = |variable: &VariableId| match event.arguments.get(variable.index()) {
        Some(EventArgument::Term(Term::Entity(entity))) => Some(*entity),
        _ => None,
    };
    argument(left).filter(|&entity| argument(right) == Some(entity))
}

/// Whether it compares the values of two facts: better said with the value that the one has now.
fn compares_facts(formula: &Expression) -> bool {
    let is_fact = |side: &Expression| matches!(side, Expression::Fluent(_));
    matches!(formula, Expression::Compare(_, left, right) if is_fact(left) && is_fact(right))
}

/// The failing facts of all alternatives that miss the fewest.
pub(super) fn fewest(alternatives: Vec<Alternative>) -> Vec<FailedPart> {
    let least = alternatives.iter().map(|alternative| alternative.failing.len()).min();
    let mut facts: Vec<FailedPart> = Vec::new();
    for fact in alternatives.into_iter().filter(|one| Some(one.failing.len()) == least).flat_map(|one| one.failing) {
        if facts.iter().all(|known| known.place != fact.place) {
            facts.push(fact);
        }
    }
    facts
}

fn wanted(fact: Expression, wanted: Wanted) -> Expression {
    let compare = |comparison, value: Value| {
        Expression::Compare(comparison, Box::new(fact.clone()), Box::new(value.expression()))
    };
    match wanted {
        Wanted::Equal(value) => valued(fact, value),
        Wanted::NotEqual(value) => match value.as_boolean() {
            Some(yes) => valued(fact, Value::boolean(!yes)),
            None => compare(Comparison::NotEqual, value),
        },
        Wanted::Compared(comparison, value) => compare(comparison, value),
    }
}

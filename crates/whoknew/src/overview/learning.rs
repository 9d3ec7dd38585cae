//! How beliefs come about: who came to believe what when, by which means, from whom; and who said it to whom.

use super::course::Change;
use super::facts::{Facts, Subject};
use super::spoken::ground;
use super::tracks::{Step, Tracks};
use super::{Cuts, FactId, ValueId};
use crate::ground::{EventId, Value};
use crate::state::{Made, StateError, WriteReason};
use crate::telling::Run;
use crate::telling::replay::{Moment, What};
use crate::world::{Effect, EntityId, EventArgument, Expression, SceneId, Term, say};

/// By which means somebody came to believe something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Means {
    /// Somebody said it.
    Told {
        /// Who, as far as the hearer knows.
        by: Option<EntityId>,
        /// Who it really was, if that is somebody else.
        really: Option<EntityId>,
        /// Whether the speaker believed it.
        sincerity: Sincerity,
    },
    /// They noticed what happened.
    Saw,
    /// It came with what they did themselves.
    Acted,
    /// They had not thought possible what they noticed, and understood what must have been so.
    Understood,
    /// They concluded it.
    Concluded,
    /// A rule, in its words.
    Rule(String),
    /// The author assumes it.
    Assumed,
    /// They forgot.
    Forgot,
    /// The check assumed it, to go on after a hole.
    Patched,
    /// Time passed.
    TimePassed,
}

/// What a speaker believed of what they said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sincerity {
    /// They believed it.
    Believed,
    /// They believed otherwise: a lie.
    Lied,
    /// They did not know.
    Unsure,
}

/// Somebody came to believe something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// In which scene.
    pub scene: SceneId,
    /// At which line; `None` for what its header implies.
    pub line: Option<usize>,
    /// Who.
    pub who: EntityId,
    /// What.
    pub change: Change,
    /// What they believed before.
    pub before: ValueId,
    /// What is so then.
    pub real: ValueId,
    /// How.
    pub means: Means,
    /// What they noticed, in words, where it is not what the line says.
    pub noticed: Option<String>,
}

/// What saying it did to a hearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They believe it since.
    Learned,
    /// They believed it before.
    Already,
    /// They do not believe it.
    Unmoved,
}

/// Somebody said something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In which scene.
    pub scene: SceneId,
    /// At which line.
    pub line: Option<usize>,
    /// Who.
    pub speaker: EntityId,
    /// What.
    pub change: Change,
    /// Whether they believed it.
    pub sincerity: Sincerity,
    /// Who noticed, and what it did to them.
    pub hearers: Vec<(EntityId, Outcome)>,
}

/// Something came to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// In which scene.
    pub scene: SceneId,
    /// At which line; `None` for what its header implies.
    pub line: Option<usize>,
    /// What.
    pub change: Change,
}

/// Each change of what is so about the chosen facts, at most so many.
pub(super) fn turns(run: &Run<'_>, tracks: &Tracks, facts: &mut Facts, most: usize) -> Vec<Turn> {
    let mut found = Vec::new();
    for step in tracks.steps.iter().filter(|step| step.mind.is_none()) {
        let Some(fact) = facts.of(step.subject) else { continue };
        let Moment { scene, line, .. } = run.replay.moments[step.moment.index()];
        found.push(Turn { scene, line, change: Change { fact, value: facts.value(fact, step.value) } });
        if found.len() >= most {
            break;
        }
    }
    found
}

/// Each change of what a character believes about the chosen facts.
pub(super) fn learned(
    run: &mut Run<'_>,
    tracks: &Tracks,
    facts: &mut Facts,
    (most, cuts): (usize, &mut Cuts),
) -> Vec<Learned> {
    let mut found = Vec::new();
    for step in &tracks.steps {
        let (Some(who), Some(fact)) = (step.mind, facts.of(step.subject)) else { continue };
        if found.len() >= most {
            cuts.learned += 1;
            continue;
        }
        let moment = run.replay.moments[step.moment.index()].clone();
        let mut teller = Teller { run: &mut *run, facts: &mut *facts, moment: &moment };
        if let Ok(learned) = teller.learned(step, who, fact) {
            found.push(learned);
        }
    }
    found
}

/// Each time somebody says one of the chosen facts, at most so many.
pub(super) fn said(run: &mut Run<'_>, tracks: &Tracks, facts: &mut Facts, most: usize) -> Vec<Said> {
    let mut found = Vec::new();
    let mut steps = tracks.steps.as_slice();
    for index in 0..run.replay.moments.len() {
        let first = steps.partition_point(|step| step.moment.index() < index);
        steps = &steps[first..];
        let here = &steps[..steps.partition_point(|step| step.moment.index() == index)];
        let moment = run.replay.moments[index].clone();
        let What::Event(event) = moment.what else { continue };
        if found.len() >= most {
            break;
        }
        let mut teller = Teller { run: &mut *run, facts: &mut *facts, moment: &moment };
        if let Ok(said) = teller.said(event, here) {
            found.extend(said);
        }
    }
    found
}

struct Teller<'t, 'w> {
    run: &'t mut Run<'w>,
    facts: &'t mut Facts,
    moment: &'t Moment,
}

impl Teller<'_, '_> {
    fn learned(&mut self, step: &Step, who: EntityId, fact: FactId) -> Result<Learned, StateError> {
        let Moment { scene, line, before, .. } = *self.moment;
        let value = self.facts.value(fact, step.value);
        let believed = self.run.situations.believed(who, before)?;
        let old = self.facts.at(&mut self.run.situations, believed, fact)?;
        let real = self.facts.at(&mut self.run.situations, self.moment.after, fact)?;
        let (means, noticed) = self.means(step, who, fact)?;
        Ok(Learned { scene, line, who, change: Change { fact, value }, before: old, real, means, noticed })
    }

    fn means(&mut self, step: &Step, who: EntityId, fact: FactId) -> Result<(Means, Option<String>), StateError> {
        let event = match self.moment.what {
            What::Event(event) => event,
            What::Assumed => return Ok((Means::Assumed, None)),
            What::Concluded(thinker) if thinker == who => return Ok((Means::Concluded, None)),
            What::Concluded(_) => return Ok((Means::Saw, None)),
            What::Forgot(_) => return Ok((Means::Forgot, None)),
            What::Patched(_) => return Ok((Means::Patched, None)),
            What::TimePassed(_) => return Ok((Means::TimePassed, None)),
        };
        let noticed = self.run.situations.notices(self.moment.before, event, who)?.unwrap_or(event);
        let words = self.event_words(noticed);
        let shown = self.moment.line.is_none() || words != self.event_words(event);
        let words = shown.then_some(words);
        let Subject::Fluent(fluent) = step.subject else {
            return Ok((self.by_event((event, noticed), who, (fact, false))?, words));
        };
        let after = self.run.situations.believed(who, self.moment.after)?;
        let since = self.run.situations.since(after, fluent);
        let means = match self.run.situations.made(since) {
            Made::ByRules(rules) => Means::Rule(rules.first().map_or_else(String::new, |&rule| self.rule_words(rule))),
            Made::ByWriting(WriteReason::Rules) => Means::Rule(String::new()),
            Made::ByWriting(WriteReason::Correction(_)) => Means::Understood,
            Made::ByWriting(WriteReason::Effect(_)) => self.by_event((event, noticed), who, (fact, true))?,
            _ => self.by_event((event, noticed), who, (fact, false))?,
        };
        Ok((means, words))
    }

    /// By an event, as it is noticed; `written` on what they believe, not only seen to be.
    fn by_event(
        &mut self,
        (event, noticed): (EventId, EventId),
        who: EntityId,
        (fact, written): (FactId, bool),
    ) -> Result<Means, StateError> {
        let told = self.is_saying(noticed) && (written || self.says(noticed, fact));
        if !told {
            let acts = self.run.situations.problem().actors(noticed).contains(&who);
            return Ok(if acts { Means::Acted } else { Means::Saw });
        }
        let by = self.speaker(noticed, who);
        let speaker = self.speaker(event, who);
        let value = self.believed_after(who, fact)?;
        let sincerity = match speaker {
            Some(speaker) => self.sincerity(speaker, fact, value)?,
            None => Sincerity::Believed,
        };
        Ok(Means::Told { by, really: speaker.filter(|_| speaker != by), sincerity })
    }

    fn believed_after(&mut self, who: EntityId, fact: FactId) -> Result<ValueId, StateError> {
        let after = self.run.situations.believed(who, self.moment.after)?;
        self.facts.at(&mut self.run.situations, after, fact)
    }

    fn sincerity(&mut self, speaker: EntityId, fact: FactId, value: ValueId) -> Result<Sincerity, StateError> {
        let believed = self.run.situations.believed(speaker, self.moment.before)?;
        let own = self.facts.at(&mut self.run.situations, believed, fact)?;
        Ok(match own {
            own if own == value => Sincerity::Believed,
            ValueId::UNKNOWN => Sincerity::Unsure,
            _ => Sincerity::Lied,
        })
    }

    /// Who speaks to `who` in an event: whose act it is, or, if that is themselves, the other one in it.
    fn speaker(&self, event: EventId, who: EntityId) -> Option<EntityId> {
        let problem = self.run.situations.problem();
        let characters = problem.world().characters;
        let named = problem.event_term(event).arguments.iter().filter_map(|argument| match argument {
            EventArgument::Term(Term::Entity(entity)) if entity.index() < characters => Some(*entity),
            _ => None,
        });
        problem.actors(event).iter().copied().chain(named).find(|&other| other != who)
    }

    /// Whether the event makes a statement so in somebody's mind, as telling does and asking does not.
    fn is_saying(&self, event: EventId) -> bool {
        let problem = self.run.situations.problem();
        makes_statement(&problem.world().actions[problem.event_term(event).action.index()].effect)
    }

    /// Whether a statement in the event is about the fact.
    fn says(&self, event: EventId, fact: FactId) -> bool {
        let wanted = &self.facts.get(fact).expression;
        self.literals(event).iter().any(|(said, _)| said == wanted)
    }

    /// What the event says outside all beliefs.
    fn literals(&self, event: EventId) -> Vec<(Expression, Value)> {
        let mut literals = Vec::new();
        for argument in &self.run.situations.problem().event_term(event).arguments {
            if let EventArgument::Statement(statement) = argument {
                collect_literals(statement, &mut literals);
            }
        }
        literals
    }

    fn said(&mut self, event: EventId, here: &[Step]) -> Result<Vec<Said>, StateError> {
        if !self.is_saying(event) {
            return Ok(Vec::new());
        }
        let problem = self.run.situations.problem();
        let Some(&speaker) = problem.actors(event).first() else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (expression, value) in self.literals(event) {
            let Some(fluent) = ground(&mut self.run.situations, &expression) else { continue };
            let Some(fact) = self.facts.of(Subject::Fluent(fluent)) else { continue };
            let value = self.facts.value(fact, value);
            let sincerity = self.sincerity(speaker, fact, value)?;
            let hearers = self.hearers(event, speaker, (fact, value), here)?;
            let Moment { scene, line, .. } = *self.moment;
            found.push(Said { scene, line, speaker, change: Change { fact, value }, sincerity, hearers });
        }
        Ok(found)
    }

    fn hearers(
        &mut self,
        event: EventId,
        speaker: EntityId,
        (fact, value): (FactId, ValueId),
        here: &[Step],
    ) -> Result<Vec<(EntityId, Outcome)>, StateError> {
        let characters = self.run.situations.problem().world().characters;
        let mut hearers = Vec::new();
        for who in (0..characters).map(EntityId::from_index).filter(|&who| who != speaker) {
            if self.run.situations.notices(self.moment.before, event, who)?.is_none() {
                continue;
            }
            let changed = here.iter().any(|step| step.mind == Some(who) && self.facts.of(step.subject) == Some(fact));
            let outcome = match self.believed_after(who, fact)? == value {
                true if changed => Outcome::Learned,
                true => Outcome::Already,
                false => Outcome::Unmoved,
            };
            hearers.push((who, outcome));
        }
        Ok(hearers)
    }

    fn event_words(&self, event: EventId) -> String {
        let problem = self.run.situations.problem();
        say::event(problem.world(), problem.event_term(event))
    }

    fn rule_words(&self, rule: crate::ground::TriggerInstanceId) -> String {
        let problem = self.run.situations.problem();
        let (trigger, arguments) = problem.rule(rule);
        say::rule(problem.world(), trigger, arguments)
    }
}

fn makes_statement(effect: &Effect) -> bool {
    match effect {
        Effect::Statement(_) => true,
        Effect::Believes(_, inner) | Effect::If(_, inner) | Effect::ForAll(_, inner) => makes_statement(inner),
        Effect::All(parts) => parts.iter().any(makes_statement),
        Effect::Assign(..) | Effect::Stated(_) => false,
    }
}

/// The facts that a statement gives values, outside all beliefs.
fn collect_literals(statement: &Expression, found: &mut Vec<(Expression, Value)>) {
    match statement {
        Expression::Fluent(_) | Expression::Happened(_) => found.push((statement.clone(), Value::YES)),
        Expression::Not(inner) if matches!(**inner, Expression::Fluent(_) | Expression::Happened(_)) => {
            found.push(((**inner).clone(), Value::NO));
        }
        Expression::Compare(crate::world::Comparison::Equal, fact, value) => {
            let value = match **value {
                Expression::Entity(Term::Entity(entity)) => Value::entity(entity),
                Expression::Number(number) => Value::number(number),
                Expression::Boolean(yes) => Value::boolean(yes),
                _ => return,
            };
            found.push(((**fact).clone(), value));
        }
        Expression::And(parts) => parts.iter().for_each(|part| collect_literals(part, found)),
        _ => {}
    }
}

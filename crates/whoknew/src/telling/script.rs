//! The told story made ready to run: every line's events, conditions and changes in ground form.
//!
//! A line that cannot be made ground is reported once and skipped.

use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::ground::{Changes, Condition, EventId, GroundError, Occasion, Problem};
use crate::world::everybody;
use crate::world::{
    ActionId, Comparison, Effect, EntityId, EventArgument, EventTerm, Expression, FluentId, FluentTerm, Line,
    LineContent, ParameterKind, Scene, SceneId, Spanned, Staging, Telling, Term, ToldEvent, ValueKind, World,
};

/// A condition in what is so, and in what somebody believes.
#[derive(Clone, Debug)]
pub struct Sides {
    /// In what is so.
    pub real: Condition,
    /// In what the character believes.
    pub believed: Condition,
}

/// What a claim says about one character, where it is of that form.
#[derive(Clone, Debug)]
pub enum ClaimShape {
    /// That the character knows it.
    Knows(EntityId, Sides),
    /// That the character does not know or believe it, or wonders.
    Lacks(EntityId, Sides),
    /// Several of these forms, as a list of names or `nobody` makes them; each with what it says.
    Each(Vec<(Condition, ClaimShape)>),
    /// Anything else.
    Other,
}

/// A conclusion, ready to run.
#[derive(Clone, Debug)]
pub(crate) struct Thought {
    /// Who thinks.
    pub thinker: EntityId,
    /// The event whose needs must hold for them to think at all, where an action says so.
    pub thinking: Option<EventId>,
    /// What they conclude it from.
    pub premises: Vec<Sides>,
    /// What it changes in what they believe.
    pub concluded: Changes,
}

/// A line, ready to run.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// An event.
    Event(EventId),
    /// A conclusion.
    Conclusion(Thought),
    /// A claim, or what the reader is told.
    Claim(Condition, ClaimShape),
    /// An assumption that is made so.
    Assumption(Changes),
    /// Facts that become unknown to somebody.
    Forgets(EntityId, Changes),
    /// How much time passed becomes unknown to somebody.
    LosesTime(EntityId),
    /// Nothing that changes or asks anything.
    Nothing,
}

/// A scene, ready to run.
#[derive(Clone, Debug, Default)]
pub(crate) struct SceneScript {
    /// For each of those present, in listed order, the event of coming in.
    pub entrances: Vec<(EntityId, EventId)>,
    /// For each other character, in entity order, the event of going out.
    pub exits: Vec<(EntityId, EventId)>,
    /// The lines.
    pub steps: Vec<Step>,
}

/// The told story, ready to run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Script {
    /// In told order.
    pub scenes: Vec<SceneScript>,
    /// What could not be made ground.
    pub errors: Vec<Diagnostic>,
}

impl Script {
    /// Makes `telling` ready.
    pub fn new(problem: &mut Problem<'_>, world: &World, telling: &Telling) -> Self {
        let mut writer = Writer { problem, world, errors: Vec::new(), stagings: FxHashMap::default() };
        let scenes = telling.scenes.iter().enumerate();
        let scenes = scenes.map(|(index, scene)| writer.scene(SceneId::from_index(index), scene)).collect();
        Self { scenes, errors: writer.errors }
    }
}

/// The facts that say where somebody or something is.
pub fn locations(world: &World) -> Vec<FluentId> {
    let is_location = |entry: &(usize, &crate::world::Fluent)| entry.1.location && entry.1.definition.is_none();
    world.fluents.iter().enumerate().filter(is_location).map(|(index, _)| FluentId::from_index(index)).collect()
}

struct Writer<'p, 'w, 'a> {
    problem: &'p mut Problem<'w>,
    world: &'a World,
    errors: Vec<Diagnostic>,
    stagings: FxHashMap<(Staging, EntityId), Option<ActionId>>,
}

impl Writer<'_, '_, '_> {
    fn scene(&mut self, id: SceneId, scene: &Scene) -> SceneScript {
        let mut script = SceneScript::default();
        if let (Some(place), Some(present)) = (&scene.place, &scene.present) {
            script = self.staging(id, place.value, present);
        }
        script.steps = scene.lines.iter().map(|line| self.line(id, line)).collect();
        script
    }

    fn staging(&mut self, id: SceneId, place: EntityId, present: &Spanned<Vec<EntityId>>) -> SceneScript {
        let mut script = SceneScript::default();
        let occasion = Occasion { scene: Some(id), ..Occasion::default() };
        for &who in &present.value {
            if let Some(event) = self.staging_event(Staging::Entrance, &[who, place], &occasion, present) {
                script.entrances.push((who, event));
            }
        }
        for who in (0..self.world.characters).map(EntityId::from_index) {
            if present.value.contains(&who) {
                continue;
            }
            if let Some(event) = self.staging_event(Staging::Exit, &[who], &occasion, present) {
                script.exits.push((who, event));
            }
        }
        script
    }

    fn staging_event<T>(
        &mut self,
        staging: Staging,
        arguments: &[EntityId],
        occasion: &Occasion,
        told: &Spanned<T>,
    ) -> Option<EventId> {
        let world = self.world;
        let action = *self.stagings.entry((staging, arguments[0])).or_insert_with(|| {
            let fits = |action: &crate::world::Action| {
                action.staging == Some(staging)
                    && action.parameters.len() == arguments.len()
                    && action
                        .parameters
                        .iter()
                        .zip(arguments)
                        .all(|(parameter, &entity)| takes(world, &parameter.kind, entity))
            };
            world.actions.iter().position(fits).map(ActionId::from_index)
        });
        let arguments = arguments.iter().map(|&entity| EventArgument::Term(Term::Entity(entity))).collect();
        let event = self.problem.event_on(&EventTerm { action: action?, arguments }, occasion);
        self.ground(event, told)
    }

    fn line(&mut self, id: SceneId, line: &Line) -> Step {
        self.step(id, line).unwrap_or(Step::Nothing)
    }

    fn step(&mut self, id: SceneId, line: &Line) -> Option<Step> {
        Some(match &line.content {
            LineContent::Event(told) => Step::Event(self.event(id, told, line)?),
            LineContent::Conclusion { thinker, conclusion, premises } => {
                let premises =
                    premises.iter().map(|premise| self.sides(*thinker, premise)).collect::<Option<Vec<_>>>()?;
                let thinking = self.staging_event(Staging::Thought, &[*thinker], &Occasion::default(), conclusion);
                let concluded = self.made_so(&[*thinker], conclusion)?;
                Step::Conclusion(Thought { thinker: *thinker, thinking, premises, concluded })
            }
            LineContent::Reveal(told) => {
                let told = Spanned { value: without_counts(&told.value, false), span: told.span };
                Step::Claim(self.condition(&told.value, &told)?, ClaimShape::Other)
            }
            LineContent::Claim(claim) => {
                let claim = Spanned { value: without_counts(&claim.value, false), span: claim.span };
                let condition = self.condition(&claim.value, &claim)?;
                Step::Claim(condition, self.shape(&claim).unwrap_or(ClaimShape::Other))
            }
            LineContent::Assumption { statement, .. } if has_count(&statement.value) => Step::Nothing,
            LineContent::Assumption { statement, .. } => Step::Assumption(self.made_so(&[], statement)?),
            LineContent::Forgets { character, facts } => {
                Step::Forgets(*character, self.forgetting(*character, facts, line)?)
            }
            LineContent::LosesTime(character) => Step::LosesTime(*character),
            LineContent::Drops { .. } => Step::Nothing,
        })
    }

    fn event(&mut self, id: SceneId, told: &ToldEvent, line: &Line) -> Option<EventId> {
        let occasion =
            Occasion { scene: Some(id), noticed_by: told.noticed_by.clone(), unnoticed_by: told.unnoticed_by.clone() };
        let event = self.problem.event_on(&told.event, &occasion);
        self.ground(event, &Spanned { value: (), span: line.span })
    }

    fn forgetting(&mut self, character: EntityId, facts: &[FluentTerm], line: &Line) -> Option<Changes> {
        let unknown = |fact: &FluentTerm| Effect::Assign(fact.clone(), Expression::Unknown);
        let all = Effect::All(facts.iter().map(unknown).collect());
        let effect = Effect::Believes(Term::Entity(character), Box::new(all));
        let changes = self.problem.effect(&effect);
        self.ground(changes, &Spanned { value: (), span: line.span })
    }

    /// What a claim says about one character.
    fn shape(&mut self, claim: &Spanned<Expression>) -> Option<ClaimShape> {
        if let Some(instances) = everybody::instances(self.world, &claim.value) {
            let each = instances.into_iter().map(|instance| {
                let condition = self.condition(&instance.condition(), claim)?;
                let held = Spanned { value: instance.held, span: claim.span };
                Some((condition, self.shape(&held).unwrap_or(ClaimShape::Other)))
            });
            return each.collect::<Option<_>>().map(ClaimShape::Each);
        }
        if let Expression::And(parts) = &claim.value {
            let each = parts.iter().map(|part| {
                let part = Spanned { value: part.clone(), span: claim.span };
                Some((self.condition(&part.value, &part)?, self.shape(&part)?))
            });
            return each.collect::<Option<_>>().map(ClaimShape::Each);
        }
        let (who, inner, knows) = match &claim.value {
            Expression::Knows(who, inner) => (who, inner, true),
            Expression::Not(inner) => match &**inner {
                Expression::Knows(who, inner) | Expression::Believes(who, inner) => (who, inner, false),
                Expression::KnowsWhether(who, inner) => (who, inner, false),
                _ => return None,
            },
            Expression::Wonders(who, inner) => (who, inner, false),
            _ => return None,
        };
        let Term::Entity(who) = *who else { return None };
        let whether = matches!(claim.value, Expression::Wonders(..))
            || matches!(&claim.value, Expression::Not(inner) if matches!(**inner, Expression::KnowsWhether(..)));
        let known = if whether { self.known(inner) } else { (**inner).clone() };
        let sides = self.sides(who, &Spanned { value: known, span: claim.span })?;
        Some(if knows { ClaimShape::Knows(who, sides) } else { ClaimShape::Lacks(who, sides) })
    }

    /// That it is known what `statement` asks for: its fact has some value.
    fn known(&self, statement: &Expression) -> Expression {
        match statement {
            Expression::Fluent(fact) if self.has_own_value(fact) => {
                let unknown = Box::new(Expression::Unknown);
                Expression::Compare(Comparison::NotEqual, Box::new(statement.clone()), unknown)
            }
            other => other.clone(),
        }
    }

    fn has_own_value(&self, fact: &FluentTerm) -> bool {
        let fluent = &self.problem.world().fluents[fact.fluent.index()];
        fluent.definition.is_none() || fluent.value != ValueKind::Boolean
    }

    fn sides(&mut self, who: EntityId, statement: &Spanned<Expression>) -> Option<Sides> {
        let real = self.condition(&statement.value, statement)?;
        Some(Sides { real, believed: self.believed(who, statement)? })
    }

    fn believed(&mut self, who: EntityId, statement: &Spanned<Expression>) -> Option<Condition> {
        let believed = Expression::Believes(Term::Entity(who), Box::new(statement.value.clone()));
        self.condition(&believed, statement)
    }

    fn made_so(&mut self, believers: &[EntityId], statement: &Spanned<Expression>) -> Option<Changes> {
        let changes = self.problem.made_so(believers, &statement.value);
        self.ground(changes, statement)
    }

    fn condition<T>(&mut self, expression: &Expression, at: &Spanned<T>) -> Option<Condition> {
        let condition = self.problem.condition(expression);
        self.ground(condition, at)
    }

    fn ground<T, V>(&mut self, result: Result<V, GroundError>, at: &Spanned<T>) -> Option<V> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.errors.push(error.or_at(at.span).diagnostic());
                None
            }
        }
    }
}

fn takes(world: &World, kind: &ParameterKind, entity: EntityId) -> bool {
    match kind {
        ParameterKind::Entity(kinds) => kinds.iter().any(|&kind| world.is_of_kind(entity, kind)),
        ParameterKind::Constant(constant) => *constant == entity,
        ParameterKind::Statement | ParameterKind::Number => false,
    }
}

/// Whether a formula counts events: such assumptions bind claims, they do not change what is so.
fn has_count(expression: &Expression) -> bool {
    match expression {
        Expression::Times { .. } => true,
        Expression::Compare(_, left, right) | Expression::Arithmetic(_, left, right) => {
            has_count(left) || has_count(right)
        }
        Expression::And(parts) | Expression::Or(parts) => parts.iter().any(has_count),
        Expression::Not(inner) => has_count(inner),
        _ => false,
    }
}

/// A claim without its conditions on counts, which are compared with each other and not with the replay. In what
/// somebody believes, a count may exceed what they noticed, never fall short of it.
fn without_counts(expression: &Expression, believed: bool) -> Expression {
    let inner = |part: &Expression, believed| Box::new(without_counts(part, believed));
    match expression {
        Expression::And(parts) => Expression::And(parts.iter().map(|part| without_counts(part, believed)).collect()),
        Expression::Believes(who, part) => Expression::Believes(*who, inner(part, true)),
        Expression::Knows(who, part) => Expression::Knows(*who, inner(part, true)),
        Expression::Compare(comparison, left, right) if has_count(left) || has_count(right) => {
            let at_most = Expression::Compare(Comparison::LessOrEqual, left.clone(), right.clone());
            match comparison {
                _ if !believed => Expression::Boolean(true),
                Comparison::Equal if has_count(left) => at_most,
                Comparison::Less | Comparison::LessOrEqual if has_count(left) => expression.clone(),
                Comparison::Greater | Comparison::GreaterOrEqual if !has_count(left) => expression.clone(),
                _ => Expression::Boolean(true),
            }
        }
        other => other.clone(),
    }
}

//! Writes a world anew so that every name fits where it stands by the declared kinds alone: the story language does not look
//! at the entities that there are, other readers do.
//!
//! A variable that does not fit gets a narrower kind of the same entities. Where there is none it is replaced by each of its
//! entities: quantifiers become `and`, `or` and sums, declarations become one for each choice of arguments.

use super::formulas::Formulas;
use super::{TooLarge, kinds};
use crate::world::{
    Action, Effect, EntityId, Expression, Holder, Observation, Observer, Parameter, ParameterKind, Precondition,
    Spanned, StartStatement, Term, Trigger, Utility, VariableId, World,
};

/// The most kinds of a story.
const MOST_KINDS: usize = 1_000;
/// The most declarations that one is taken apart into.
const MOST_INSTANCES: usize = 20_000;

/// Why something is not written as it is.
pub(super) enum Trouble {
    /// This variable does not fit: take apart what binds it.
    Split(VariableId),
    /// A story file cannot hold it.
    TooLarge(TooLarge),
}

/// What writing a part anew gives.
pub(super) type Fitted<T> = Result<T, Trouble>;

/// `world`, written so that everything fits.
pub(super) fn fitted(world: &World) -> Result<World, TooLarge> {
    let mut rooted = world.clone();
    let everything = kinds::root(&mut rooted);
    if rooted.kinds.len() > MOST_KINDS {
        return Err(TooLarge("it has more kinds than a story may have"));
    }
    let mut formulas = Formulas::new(&rooted, everything);
    let mut fitted =
        World { actions: Vec::new(), triggers: Vec::new(), utilities: Vec::new(), start: Vec::new(), ..rooted.clone() };
    for action in &rooted.actions {
        fitted.actions.extend(declarations(&mut formulas, action, &action.parameters, whole_action)?);
    }
    for trigger in &rooted.triggers {
        fitted.triggers.extend(declarations(&mut formulas, trigger, &trigger.parameters, whole_trigger)?);
    }
    for utility in &rooted.utilities {
        fitted.utilities.extend(unbound(utilities(&mut formulas, utility))?);
    }
    for statement in &rooted.start {
        fitted.start.push(unbound(start(&mut formulas, statement))?);
    }
    Ok(fitted)
}

/// What has no parameters has no variable that could be taken apart further out.
fn unbound<T>(fitted: Fitted<T>) -> Result<T, TooLarge> {
    fitted.map_err(|trouble| match trouble {
        Trouble::TooLarge(what) => what,
        Trouble::Split(_) => TooLarge("a variable in it ranges over things of different kinds"),
    })
}

/// A declaration as it is, or, where its parameters do not fit, once for each choice of arguments, the first slowest.
fn declarations<T>(
    formulas: &mut Formulas<'_>,
    declared: &T,
    parameters: &[Parameter],
    write: fn(&mut Formulas<'_>, &T, Vec<Parameter>) -> Fitted<T>,
) -> Result<Vec<T>, TooLarge> {
    let bound = |formulas: &mut Formulas<'_>, parameters: &[Parameter]| {
        formulas.enter_parameters(parameters);
        let written = write(formulas, declared, parameters.to_vec());
        formulas.leave_all();
        written
    };
    let narrowed = |parameter: &Parameter| match &parameter.kind {
        ParameterKind::Entity(kinds) => {
            let kind = ParameterKind::Entity(kinds::narrowed(formulas.world, kinds));
            Parameter { name: parameter.name.clone(), kind }
        }
        _ => parameter.clone(),
    };
    let narrow: Vec<Parameter> = parameters.iter().map(narrowed).collect();
    for parameters in [parameters, &narrow] {
        match bound(formulas, parameters) {
            Ok(whole) => return Ok(vec![whole]),
            Err(Trouble::TooLarge(what)) => return Err(what),
            Err(Trouble::Split(_)) => {}
        }
    }
    let mut instances = vec![Vec::new()];
    for parameter in parameters {
        let range: Vec<EntityId> = match &parameter.kind {
            ParameterKind::Entity(kinds) => formulas.world.entities_of(kinds).collect(),
            ParameterKind::Constant(entity) => vec![*entity],
            ParameterKind::Statement | ParameterKind::Number => Vec::new(),
        };
        if instances.len() * range.len() > MOST_INSTANCES {
            return Err(TooLarge("a declaration in it stands for too many"));
        }
        let constant = |entity| Parameter { name: parameter.name.clone(), kind: ParameterKind::Constant(entity) };
        let longer = |instance: &Vec<Parameter>| {
            let instance = instance.clone();
            range.iter().map(move |&entity| [instance.as_slice(), &[constant(entity)]].concat()).collect::<Vec<_>>()
        };
        instances = instances.iter().flat_map(longer).collect();
    }
    instances.iter().map(|instance| unbound(bound(formulas, instance))).collect()
}

fn whole_action(formulas: &mut Formulas<'_>, action: &Action, parameters: Vec<Parameter>) -> Fitted<Action> {
    let mut preconditions = Vec::new();
    for need in &action.preconditions {
        preconditions.push(Precondition { condition: condition(formulas, &need.condition)?, hidden: need.hidden });
    }
    let effect = formulas.effect(&action.effect)?;
    let actors = action.actors.iter().map(|&actor| formulas.character(actor)).collect::<Fitted<Vec<Term>>>()?;
    let mut observations = Vec::new();
    for observation in &action.observations {
        observations.extend(observers(formulas, observation)?);
    }
    Ok(Action { parameters, preconditions, effect, actors, observations, ..action.clone() })
}

fn whole_trigger(formulas: &mut Formulas<'_>, trigger: &Trigger, parameters: Vec<Parameter>) -> Fitted<Trigger> {
    let condition = condition(formulas, &trigger.condition)?;
    Ok(Trigger { parameters, condition, effect: formulas.effect(&trigger.effect)?, ..trigger.clone() })
}

fn condition(formulas: &mut Formulas<'_>, written: &Spanned<Expression>) -> Fitted<Spanned<Expression>> {
    Ok(Spanned { value: formulas.expression(&written.value)?, span: written.span })
}

/// A `seen by` line speaks of every character, or of one: any other range is taken apart.
fn observers(formulas: &mut Formulas<'_>, observation: &Observation) -> Fitted<Vec<Observation>> {
    let line = |observer, condition| Observation { observer, condition, ..observation.clone() };
    let binding = match &observation.observer {
        Observer::One(term) => {
            let observer = Observer::One(formulas.character(*term)?);
            return Ok(vec![line(observer, formulas.expression(&observation.condition)?)]);
        }
        Observer::Every(binding) => binding,
    };
    if binding.kinds == [World::CHARACTER_KIND] {
        match formulas.within(binding, |formulas| formulas.expression(&observation.condition)) {
            Err(Trouble::Split(variable)) if variable == binding.variable => {}
            whole => return Ok(vec![line(observation.observer.clone(), whole?)]),
        }
    }
    let mut lines = Vec::new();
    for (entity, condition) in formulas.apart(binding, |formulas| formulas.expression(&observation.condition))? {
        if entity.index() < formulas.world.characters {
            lines.push(line(Observer::One(Term::Entity(entity)), condition));
        }
    }
    if lines.is_empty() {
        let everybody = crate::world::Binding { kinds: vec![World::CHARACTER_KIND], ..binding.clone() };
        lines.push(line(Observer::Every(everybody), Expression::Boolean(false)));
    }
    Ok(lines)
}

/// A want that is a sum is written as several, which add up.
fn utilities(formulas: &mut Formulas<'_>, utility: &Utility) -> Fitted<Vec<Utility>> {
    let value = formulas.expression(&utility.value)?;
    let parts = if utility.label.is_none() { super::formulas::summands(value) } else { vec![value] };
    let holder: Holder = utility.holder;
    Ok(parts.into_iter().map(|value| Utility { holder, value, ..utility.clone() }).collect())
}

fn start(formulas: &mut Formulas<'_>, statement: &StartStatement) -> Fitted<StartStatement> {
    let mut effect =
        |written: &Spanned<Effect>| Ok(Spanned { value: formulas.effect(&written.value)?, span: written.span });
    Ok(match statement {
        StartStatement::Common(written) => StartStatement::Common(effect(written)?),
        StartStatement::KnownTo(names, written) => StartStatement::KnownTo(names.clone(), effect(written)?),
        StartStatement::ToldToReader(said) => StartStatement::ToldToReader(said.clone()),
    })
}

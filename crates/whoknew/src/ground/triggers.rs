//! Ground rules: the instances that may ever apply, and which of them a change concerns.
//!
//! Instances are found by binding one parameter after the other and dropping a branch as soon as a part of the condition
//! is false of facts that nothing changes. Should something change such a fact after all, [`Problem::loosen`] adds the
//! instances that were left out.

use super::changing::Changing;
use super::closing::{Bindings, Bound};
use super::compile::{Compiled, Compiler, Sense};
use super::constants::{Constants, contradictory};
use super::fluents::entities_of;
use super::variables::in_expression;
use super::{
    Amount, Atom, ChainId, Changes, Condition, GroundError, GroundFluentId, Limits, Place, Problem, TriggerInstanceId,
    Value, errors,
};
use crate::diagnostic::grouped;
use crate::world::{EntityId, Expression, FluentId, TriggerId, VariableId};
use rustc_hash::FxHashMap;

/// A rule with its arguments.
#[derive(Clone, Debug)]
pub struct TriggerInstance {
    /// Which rule.
    pub trigger: TriggerId,
    /// Its arguments.
    pub arguments: Vec<EntityId>,
    /// What must hold of the level's own facts.
    pub own: Condition,
    /// What must hold of beliefs besides.
    pub believed: Condition,
    /// What it changes.
    pub changes: Changes,
    /// What it writes on beliefs depends on the level's own facts alone, and its only condition on beliefs, if any, is that
    /// this is not believed yet: writing it unasked does no harm.
    pub(crate) idempotent: bool,
}

/// An instance to look at when a fact changed; only if the level's own value of that fact is as required.
#[derive(Clone, Copy, Debug)]
struct Concern {
    required: Option<Value>,
    rank: u32,
}

/// All ground rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Triggers {
    pub(crate) instances: Vec<TriggerInstance>,
    /// The instances in definition order, arguments in order, first slowest.
    pub(crate) ranked: Vec<TriggerInstanceId>,
    known: FxHashMap<(TriggerId, Vec<EntityId>), TriggerInstanceId>,
    /// By fact: the instances that read it at their own level.
    own: Vec<Vec<Concern>>,
    /// By fact: the instances that read or write it in beliefs.
    beliefs: Vec<Vec<Concern>>,
    /// The ranks of instances that read or write beliefs.
    pub(crate) about_beliefs: Vec<u32>,
    /// The ranks of those that rules of beliefs below a level may concern again.
    pub(crate) fragile: Vec<u32>,
}

impl Triggers {
    /// The ranks of the instances that a change of the level's own fact concerns.
    pub(crate) fn concerned(&self, fluent: GroundFluentId, value: Value) -> impl Iterator<Item = u32> + '_ {
        matching(&self.own, fluent, value)
    }

    /// The ranks of the instances that a change of the fact in some belief concerns, given the level's own value.
    pub(crate) fn concerned_by_belief(&self, fluent: GroundFluentId, value: Value) -> impl Iterator<Item = u32> + '_ {
        matching(&self.beliefs, fluent, value)
    }

    pub(crate) fn at_rank(&self, rank: u32) -> (TriggerInstanceId, &TriggerInstance) {
        let id = self.ranked[rank as usize];
        (id, &self.instances[id.index()])
    }

    fn index(&mut self, problem: &Problem<'_>, facts: usize) {
        let mut ranked: Vec<_> = (0..self.instances.len()).map(TriggerInstanceId::from_index).collect();
        ranked.sort_by_key(|id| {
            let instance = &self.instances[id.index()];
            (instance.trigger, instance.arguments.clone())
        });
        self.ranked = ranked;
        self.own = vec![Vec::new(); facts];
        self.beliefs = vec![Vec::new(); facts];
        self.about_beliefs.clear();
        for (rank, id) in self.ranked.iter().enumerate() {
            let (rank, instance) = (rank as u32, &self.instances[id.index()]);
            let mut places = Vec::new();
            instance.places(&mut |place| places.push(place));
            places.sort_unstable();
            places.dedup();
            let mut about_beliefs = false;
            for place in places {
                let concern = Concern { required: required(&instance.own, place.fluent), rank };
                if place.chain == ChainId::REAL {
                    self.own[place.fluent.index()].push(concern);
                } else {
                    about_beliefs = true;
                    if problem.believers(place.chain).len() == 1 {
                        // Where the level is the believer's own belief, it reads the level's own fact.
                        self.own[place.fluent.index()].push(concern);
                    }
                    let concerns = &mut self.beliefs[place.fluent.index()];
                    if concerns.last().is_none_or(|last| last.rank != rank) {
                        concerns.push(concern);
                    }
                }
            }
            if about_beliefs {
                self.about_beliefs.push(rank);
            }
        }
        for concerns in self.own.iter_mut().chain(&mut self.beliefs) {
            concerns.sort_by_key(|concern| (concern.required, concern.rank));
        }
    }

    /// The ranks of the instances that rules of a belief may concern: they read or write, so many beliefs deep, a fact that a
    /// rule writes fewer beliefs deep. Where there are none, what happens below a level concerns its own rules no more.
    fn find_fragile(&self, problem: &Problem<'_>, facts: usize) -> Vec<u32> {
        let mut shallowest = vec![usize::MAX; facts];
        for instance in &self.instances {
            for change in instance.changes.iter() {
                let believers = problem.believers(change.place.chain);
                let collapsed = believers.first().is_some_and(|&owner| !instance.idle_for(problem, owner));
                let depth = believers.len() - usize::from(collapsed);
                let slot = &mut shallowest[change.place.fluent.index()];
                *slot = depth.min(*slot);
            }
        }
        let fragile = |rank: &u32| {
            let mut fragile = false;
            let (_, instance) = self.at_rank(*rank);
            instance.places(&mut |place| {
                fragile |= problem.believers(place.chain).len() > shallowest[place.fluent.index()];
            });
            fragile
        };
        self.about_beliefs.iter().copied().filter(fragile).collect()
    }
}

fn matching(concerns: &[Vec<Concern>], fluent: GroundFluentId, value: Value) -> impl Iterator<Item = u32> + '_ {
    let concerns = concerns.get(fluent.index()).map_or(&[][..], Vec::as_slice);
    let any = concerns.partition_point(|concern| concern.required.is_none());
    let from = concerns.partition_point(|concern| concern.required < Some(value));
    let to = concerns.partition_point(|concern| concern.required <= Some(value));
    concerns[..any].iter().chain(&concerns[from.max(any)..to.max(any)]).map(|concern| concern.rank)
}

/// The value that `condition` demands of the level's own fact, if it demands one.
fn required(condition: &Condition, fluent: GroundFluentId) -> Option<Value> {
    let demanded = |condition: &Condition| match condition {
        Condition::Atom(Atom::Is { place, value, equal: true })
            if place.chain == ChainId::REAL && place.fluent == fluent =>
        {
            Some(*value)
        }
        _ => None,
    };
    match condition {
        Condition::All(parts) => parts.iter().find_map(demanded),
        other => demanded(other),
    }
}

impl TriggerInstance {
    /// Calls `visit` on every place that it reads or writes.
    pub(crate) fn places(&self, visit: &mut impl FnMut(Place)) {
        self.own.places(visit);
        self.believed.places(visit);
        for change in self.changes.iter() {
            change.condition.places(visit);
            change.value.places(visit);
            visit(change.place);
        }
    }

    /// At a level that is `owner`'s own belief it never changes anything.
    fn idle_for(&self, problem: &Problem<'_>, owner: EntityId) -> bool {
        self.changes.iter().all(|change| {
            let here = Place { chain: ChainId::REAL, fluent: change.place.fluent };
            problem.believers(change.place.chain) == [owner]
                && match &change.value {
                    Amount::Constant(value) => required(&self.own, here.fluent) == Some(*value),
                    Amount::Place(place) => *place == here,
                    _ => false,
                }
        })
    }
}

/// Whether the instance is idempotent, see [`TriggerInstance::idempotent`].
fn idempotent(believed: &Condition, changes: &Changes) -> bool {
    let mut own = true;
    for change in changes.iter() {
        change.condition.places(&mut |place| own &= place.chain == ChainId::REAL);
        change.value.places(&mut |place| own &= place.chain == ChainId::REAL);
    }
    own && !changes.beliefs().is_empty() && (*believed == Condition::Constant(true) || guards(believed, changes))
}

/// Whether `believed` says no more than that the only change is not believed yet.
fn guards(believed: &Condition, changes: &Changes) -> bool {
    let ([], [change]) = (changes.own(), changes.beliefs()) else { return false };
    let differs = match believed {
        Condition::Atom(Atom::Is { place, value, equal: false }) => {
            *place == change.place && change.value == Amount::Constant(*value)
        }
        Condition::Atom(Atom::Same { left, right, equal: false }) => {
            (*left == change.place && change.value == Amount::Place(*right))
                || (*right == change.place && change.value == Amount::Place(*left))
        }
        _ => false,
    };
    differs && change.condition == Condition::Constant(true)
}

impl Problem<'_> {
    /// A ground rule, for printing.
    pub fn rule(&self, instance: TriggerInstanceId) -> (TriggerId, &[EntityId]) {
        let instance = &self.triggers.instances[instance.index()];
        (instance.trigger, &instance.arguments)
    }

    /// All ground rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = TriggerInstanceId> + '_ {
        self.triggers.ranked.iter().copied()
    }

    /// Finds the instances of all rules.
    pub(crate) fn ground_triggers(&mut self) -> Compiled<()> {
        let world = self.world;
        let mut triggers = std::mem::take(self.triggers_mut());
        let mut size = 0;
        for (index, trigger) in world.triggers.iter().enumerate() {
            let mut search = Search {
                problem: self,
                triggers: &mut triggers,
                trigger: TriggerId::from_index(index),
                domains: trigger.parameters.iter().map(|parameter| entities_of(world, &parameter.kind)).collect(),
                conjuncts: Vec::new(),
                visited: 0,
                size,
            };
            search.split(&trigger.condition.value);
            search
                .bind(&mut Bindings::default(), &mut Vec::new(), &mut Vec::new())
                .map_err(|error| error.or_at(trigger.span))?;
            size = search.size;
        }
        triggers.index(self, self.fluents.len());
        triggers.fragile = triggers.find_fragile(self, self.fluents.len());
        *self.triggers_mut() = triggers;
        Ok(())
    }

    fn triggers_mut(&mut self) -> &mut Triggers {
        std::sync::Arc::make_mut(&mut self.triggers)
    }

    /// Something may change `fluents` after all: rules that were left out because of their values are added.
    pub(crate) fn loosen(&mut self, fluents: impl IntoIterator<Item = GroundFluentId>) -> Compiled<()> {
        let mut anything = false;
        for fluent in fluents {
            if let Some(declared) = self.fluents.declared_fact(fluent) {
                anything |= self.constants.loosen(declared);
            }
        }
        if anything && self.rules_ground { self.ground_triggers() } else { Ok(()) }
    }
}

/// The search for the instances of one rule.
struct Search<'s, 'w> {
    problem: &'s mut Problem<'w>,
    triggers: &'s mut Triggers,
    trigger: TriggerId,
    domains: Vec<Vec<EntityId>>,
    /// The parts of the condition, each with the number of parameters that must be bound to read it.
    conjuncts: Vec<(usize, Expression)>,
    visited: usize,
    /// How many parts were written out by now, of the instances of all rules.
    size: usize,
}

impl Search<'_, '_> {
    fn split(&mut self, condition: &Expression) {
        if let Expression::And(parts) = condition {
            parts.iter().for_each(|part| self.split(part));
            return;
        }
        let parameters = self.domains.len();
        let mut needed = 0;
        in_expression(condition, &mut |variable: VariableId| {
            if variable.index() < parameters {
                needed = needed.max(variable.index() + 1);
            }
        });
        self.conjuncts.push((needed, condition.clone()));
    }

    fn bind(
        &mut self,
        bindings: &mut Bindings,
        arguments: &mut Vec<EntityId>,
        parts: &mut Vec<Condition>,
    ) -> Compiled<()> {
        self.visited += 1;
        let limits: Limits = self.problem.limits;
        if self.visited > limits.instances.saturating_mul(4) || self.triggers.instances.len() > limits.instances {
            let trigger = &self.problem.world.triggers[self.trigger.index()];
            let message = format!(
                "the rule “{}” could apply in more ways than {}, the most there may be: one for each choice of its arguments",
                trigger.name,
                grouped(limits.instances)
            );
            return Err(GroundError::new(&errors::TOO_MANY_INSTANCES, message)
                .or_at(trigger.span)
                .help("fewer parameters, or narrower kinds for them, make fewer ways")
                .help("`when … and …` with facts that hold for few, joined by `and` and not by `or`, makes fewer ways too"));
        }
        let depth = arguments.len();
        let kept = parts.len();
        for index in 0..self.conjuncts.len() {
            if self.conjuncts[index].0 != depth {
                continue;
            }
            let conjunct = self.conjuncts[index].1.clone();
            let mut compiler = Compiler::new(self.problem, bindings.clone());
            let condition = compiler.condition(&conjunct, ChainId::REAL, Sense::So)?;
            self.size += compiler.parts();
            self.require_small()?;
            match self.problem.constants.simplify(self.problem, condition) {
                Condition::Constant(true) => {}
                Condition::Constant(false) => {
                    parts.truncate(kept);
                    return Ok(());
                }
                condition => parts.push(condition),
            }
        }
        if depth == self.domains.len() {
            self.found(bindings, arguments, parts)?;
        } else {
            for entity in self.domains[depth].clone() {
                bindings.bind(VariableId::from_index(depth), Some(Bound::Entity(entity)));
                arguments.push(entity);
                self.bind(bindings, arguments, parts)?;
                arguments.pop();
            }
            bindings.bind(VariableId::from_index(depth), None);
        }
        parts.truncate(kept);
        Ok(())
    }

    fn require_small(&self) -> Compiled<()> {
        let limit = self.problem.limits.rule_parts;
        if self.size <= limit {
            return Ok(());
        }
        let trigger = &self.problem.world.triggers[self.trigger.index()];
        let message = format!(
            "the rules, written out for each choice of their arguments and of what their `for all` and `exists` speak of, have more \
             than {} parts; the limit is passed at the rule “{}”",
            grouped(limit),
            trigger.name
        );
        Err(GroundError::new(&errors::TOO_LARGE_FORMULA, message)
            .or_at(trigger.span)
            .help("fewer parameters of the rule, fewer `for all` and `exists` inside each other, or narrower kinds for them, make fewer parts"))
    }

    fn found(&mut self, bindings: &Bindings, arguments: &[EntityId], parts: &[Condition]) -> Compiled<()> {
        parts.iter().for_each(|part| part.atoms(&mut |_| self.size += 1));
        self.require_small()?;
        if contradictory(parts) {
            return Ok(());
        }
        let effect = &self.problem.world.triggers[self.trigger.index()].effect;
        let mut compiler = Compiler::new(self.problem, bindings.clone());
        let mut changing = Changing::new(&mut compiler);
        changing.effect(effect, ChainId::REAL)?;
        let changes = Changes::new(changing.finish());
        self.size += compiler.parts();
        let (believed, own): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(reads_beliefs);
        let (own, believed) = (Condition::all(own), Condition::all(believed));
        let idempotent = idempotent(&believed, &changes);
        let arguments = arguments.to_vec();
        let key = (self.trigger, arguments.clone());
        let instance = TriggerInstance { trigger: self.trigger, arguments, own, believed, changes, idempotent };
        // Found before, when more facts were thought to be constant: what was decided then is open now.
        if let Some(known) = self.triggers.known.get(&key) {
            self.triggers.instances[known.index()] = instance;
        } else {
            self.triggers.known.insert(key, TriggerInstanceId::from_index(self.triggers.instances.len()));
            self.triggers.instances.push(instance);
        }
        Ok(())
    }
}

fn reads_beliefs(condition: &Condition) -> bool {
    let mut reads = false;
    condition.places(&mut |place| reads |= place.chain != ChainId::REAL);
    reads
}

impl Constants {
    /// The declared facts that rules and actions change are no constants.
    pub(crate) fn note_changes(&mut self, problem: &Problem<'_>) {
        let rules = problem.world.triggers.iter().map(|trigger| &trigger.effect);
        for effect in rules.chain(problem.world.actions.iter().map(|action| &action.effect)) {
            super::constants::assigned(effect, &mut |fluent: FluentId| {
                self.loosen(fluent);
            });
        }
        for &fluent in &problem.whereabouts {
            self.loosen(fluent);
        }
    }
}

//! The world as planning needs it: a column for every fact that may change, events and rules over columns.

use super::PlanError;
use super::chains::Chains;
use super::formula::{Formula, Found, Number, Slot, Translator};
use super::numbers::{Numbers, Small};
use super::possible::{self, Possible, Reach};
use super::sights::{self, Ways};
use crate::ground::{ChainId, Changes, Condition, EventId, GroundFluentId, Place, Problem, TriggerInstanceId, Value};
use crate::state::{Situations, StateId};
use crate::world::{EntityId, Holder, ParameterKind};
use rustc_hash::FxHashMap;

/// A change of a column.
#[derive(Clone, Debug)]
pub(super) struct Change {
    pub(super) condition: Formula,
    pub(super) slot: Slot,
    pub(super) value: Number,
    /// The number of its value, where that is the same always.
    pub(super) small: Option<Small>,
}

/// In which case which event is noticed; the first that holds decides.
pub(super) type Sights = Box<[(Formula, u32)]>;

/// An event.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) id: EventId,
    pub(super) needs: Formula,
    /// Those that whoever is surprised learns, where that is not all.
    pub(super) visible: Option<Formula>,
    pub(super) actors: Box<[u8]>,
    pub(super) own: Box<[Change]>,
    pub(super) beliefs: Box<[Change]>,
    /// By character: in which case they notice which event.
    pub(super) sights: Box<[Sights]>,
    /// What those whose act it is take it for, where that is not always this event.
    pub(super) meant: Box<[(u8, Sights)]>,
    /// Those who may take it for another because of a guise: in which case they do; the first that holds decides.
    pub(super) deceived: Box<[(u8, Ways)]>,
}

impl Event {
    /// Whether the actor may take it for another event.
    pub(super) fn may_mean_another(&self, actor: u8) -> bool {
        self.meant.iter().any(|(character, _)| *character == actor)
    }
}

/// A rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) trigger: TriggerInstanceId,
    pub(super) condition: Formula,
    pub(super) changes: Box<[Change]>,
}

/// The rules as they run at a level that is a certain character's own belief, or nobody's.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) rules: Vec<Rule>,
    /// Rules that a change of the level's own column to this value concerns.
    pub(super) by_value: FxHashMap<(u16, Small), Box<[u32]>>,
    /// Rules that any change of the level's own column concerns.
    pub(super) by_fact: Vec<Vec<u32>>,
    /// By chain, then column: rules that a change in these beliefs concerns.
    pub(super) by_belief: Vec<Vec<Vec<u32>>>,
    /// Rules that read or write beliefs.
    pub(super) about_beliefs: Vec<u32>,
    /// Rules of beliefs below may make rules of this level apply again.
    pub(super) fragile: bool,
}

/// The world for planning.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) characters: usize,
    /// The fact of every column.
    pub(super) facts: Vec<GroundFluentId>,
    /// The values of every column that are no numbers.
    pub(super) domains: Vec<Vec<Small>>,
    /// Where a ground fact is found.
    pub(super) columns: Vec<Found>,
    /// The believers of every chain that something mentions, outermost first.
    pub(super) chains: Chains,
    pub(super) events: Vec<Event>,
    /// The events that a plan may hold.
    pub(super) planned: Vec<u32>,
    /// Those of them whose actors all want something that may change: nobody else ever has a reason.
    pub(super) explainable: Vec<u32>,
    /// By event: whether it is one of these.
    pub(super) is_explainable: Vec<bool>,
    /// The rules of nobody's level, then of every character's.
    pub(super) rules: Vec<Rules>,
    /// What the author, then every character, tries to raise.
    pub(super) utilities: Vec<Vec<Number>>,
    pub(super) has_rules: bool,
    /// Some events take a statement: there are many things that somebody may say.
    pub(super) much_is_said: bool,
}

/// Situations that somebody believes in at the start.
const MOST_VIEWS: usize = 4_000;

/// The start as a plain graph: for every situation its values, and by character the situation they take to be real.
pub(super) struct StartGraph {
    pub(super) states: Vec<StateId>,
    pub(super) believed: Vec<Vec<usize>>,
}

impl StartGraph {
    /// All situations that somebody may take to be real at `root`.
    pub(super) fn new(situations: &mut Situations<'_>, root: StateId) -> Result<Self, PlanError> {
        let characters = situations.problem().world().characters;
        let mut known = FxHashMap::from_iter([(root, 0usize)]);
        let mut graph = Self { states: vec![root], believed: Vec::new() };
        while graph.believed.len() < graph.states.len() {
            if graph.states.len() > MOST_VIEWS {
                return Err(PlanError::TooManyViews { limit: MOST_VIEWS });
            }
            let state = graph.states[graph.believed.len()];
            let mut edges = Vec::with_capacity(characters);
            for character in (0..characters).map(EntityId::from_index) {
                let target = situations.believed(character, state).map_err(PlanError::State)?;
                let next = graph.states.len();
                let index = *known.entry(target).or_insert(next);
                if index == next {
                    graph.states.push(target);
                }
                edges.push(index);
            }
            graph.believed.push(edges);
        }
        Ok(graph)
    }
}

impl Model {
    /// The model of a problem whose start is `graph`.
    pub(super) fn new(
        situations: &mut Situations<'_>,
        graph: &StartGraph,
        numbers: &mut Numbers,
    ) -> Result<Self, PlanError> {
        let enumerated = situations.problem_mut().planned_events().map_err(PlanError::Ground)?;
        let situations = &*situations;
        let problem = situations.problem();
        let reach = Reach::new(problem, start_values(situations, graph), &enumerated);
        let mut model = Self {
            characters: problem.world().characters,
            facts: Vec::new(),
            domains: Vec::new(),
            columns: Vec::new(),
            chains: Chains::default(),
            events: Vec::new(),
            planned: Vec::new(),
            explainable: Vec::new(),
            is_explainable: Vec::new(),
            rules: Vec::new(),
            utilities: Vec::new(),
            has_rules: reach.rules.iter().any(|&may| may),
            much_is_said: enumerated.iter().any(|&event| says(problem, event)),
        };
        model.choose_columns(&reach, numbers)?;
        model.add_events(problem, &reach, &enumerated, numbers);
        for owner in 0..=model.characters {
            let rules = model.rules_of(problem, &reach, owner.checked_sub(1), numbers);
            model.rules.push(rules);
        }
        for holder in 0..=model.characters {
            let holder =
                holder.checked_sub(1).map_or(Holder::Author, |index| Holder::Character(EntityId::from_index(index)));
            let amounts: Vec<_> =
                problem.utilities_of(holder).map(|utility| problem.utility(utility).clone()).collect();
            let mut translator = translator(&model.columns, &mut model.chains, problem, None, numbers);
            let utility = amounts.iter().map(|amount| translator.amount(amount)).collect();
            model.utilities.push(utility);
        }
        let wants_something = |&actor: &u8| {
            let wants = &model.utilities[usize::from(actor) + 1];
            wants.iter().any(|want| !matches!(want, Number::Constant(_)))
        };
        let explainable = |event: &u32| model.events[*event as usize].actors.iter().all(wants_something);
        model.explainable = model.planned.iter().copied().filter(explainable).collect();
        model.is_explainable = vec![false; model.events.len()];
        for &event in &model.explainable {
            model.is_explainable[event as usize] = true;
        }
        // Once all chains are known.
        let (chains, facts) = (model.chains.len(), model.facts.len());
        model.rules.iter_mut().for_each(|rules| rules.index(chains, facts));
        model.find_fragile();
        Ok(model)
    }

    fn choose_columns(&mut self, reach: &Reach, numbers: &mut Numbers) -> Result<(), PlanError> {
        for (index, fact) in reach.facts.iter().enumerate() {
            match fact.values.as_slice() {
                [only] if !fact.any_number => self.columns.push(Found::Constant(*only)),
                values => {
                    let fact = u16::try_from(self.facts.len())
                        .map_err(|_| PlanError::TooManyFacts { limit: usize::from(u16::MAX) })?;
                    self.columns.push(Found::Slot(Slot { chain: 0, fact }));
                    self.facts.push(GroundFluentId::from_index(index));
                    let others = values.iter().filter(|value| value.as_number().is_none());
                    self.domains.push(others.map(|&value| numbers.intern(value)).collect());
                }
            }
        }
        Ok(())
    }

    fn add_events(&mut self, problem: &Problem<'_>, reach: &Reach, enumerated: &[EventId], numbers: &mut Numbers) {
        let mut indexes: FxHashMap<EventId, u32> = FxHashMap::default();
        let mut order: Vec<EventId> = Vec::new();
        let mut pending: Vec<EventId> =
            enumerated.iter().rev().copied().filter(|event| reach.events.contains(event)).collect();
        while let Some(event) = pending.pop() {
            let next = order.len() as u32;
            if *indexes.entry(event).or_insert(next) == next {
                order.push(event);
                pending.extend(possible::noticed(problem, event));
            }
        }
        for &event in &order {
            let event = self.event(problem, event, &indexes, numbers);
            self.events.push(event);
        }
        let fruitful = self.fruitful();
        let useful =
            |index: &u32| self.events[*index as usize].needs != Formula::Constant(false) && fruitful[*index as usize];
        self.planned = enumerated.iter().filter_map(|event| indexes.get(event).copied()).filter(useful).collect();
    }

    /// By event: whether it may change anything, for whoever notices it in whatever way. Who notices what they believed
    /// impossible learns something.
    fn fruitful(&self) -> Vec<bool> {
        let teaches = |event: &Event| *event.visible.as_ref().unwrap_or(&event.needs) != Formula::Constant(true);
        let noticed = |event: &Event| event.sights.iter().flatten().map(|(_, noticed)| *noticed as usize).collect();
        let noticed: Vec<Vec<usize>> = self.events.iter().map(noticed).collect();
        let mut fruitful: Vec<bool> = self
            .events
            .iter()
            .zip(&noticed)
            .map(|(event, noticed)| {
                let changes = !(event.own.is_empty() && event.beliefs.is_empty());
                changes || noticed.iter().any(|&noticed| teaches(&self.events[noticed]))
            })
            .collect();
        loop {
            let more = |index: &usize| !fruitful[*index] && noticed[*index].iter().any(|&noticed| fruitful[noticed]);
            let more: Vec<usize> = (0..fruitful.len()).filter(more).collect();
            if more.is_empty() {
                return fruitful;
            }
            more.into_iter().for_each(|index| fruitful[index] = true);
        }
    }

    fn event(
        &mut self,
        problem: &Problem<'_>,
        id: EventId,
        indexes: &FxHashMap<EventId, u32>,
        numbers: &mut Numbers,
    ) -> Event {
        let ground = problem.get(id);
        let mut translator = translator(&self.columns, &mut self.chains, problem, None, numbers);
        let needs: Vec<_> = ground.needs().iter().map(|need| translator.condition(&need.condition)).collect();
        let hides = ground.needs().iter().any(|need| need.hidden);
        let shown =
            ground.needs().iter().zip(&needs).filter(|(need, _)| !need.hidden).map(|(_, formula)| formula.clone());
        let visible = hides.then(|| Formula::all(shown.collect::<Vec<_>>()));
        let changes = changes(&mut translator, &ground.all_changes(&problem.events.joins));
        let (own, beliefs): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| change.slot.chain == 0);
        let mut sights = Vec::with_capacity(self.characters);
        let (mut meant, mut deceived) = (Vec::new(), Vec::new());
        for character in (0..self.characters).map(EntityId::from_index) {
            let mut translate = |condition: &Condition| translator.condition(condition);
            let seen = sights::seen(problem, (id, character), indexes, &mut translate);
            sights.push(seen.sights);
            if let Some((acted, ways)) = seen.disguised {
                meant.push((character.index() as u8, acted));
                deceived.push((character.index() as u8, ways));
            }
        }
        Event {
            id,
            needs: Formula::all(needs),
            visible,
            actors: ground.actors().iter().map(|actor| actor.index() as u8).collect(),
            own: own.into(),
            beliefs: beliefs.into(),
            sights: sights.into(),
            meant: meant.into(),
            deceived: deceived.into(),
        }
    }

    fn rules_of(&mut self, problem: &Problem<'_>, reach: &Reach, owner: Option<usize>, numbers: &mut Numbers) -> Rules {
        let mut rules = Rules { by_fact: vec![Vec::new(); self.facts.len()], ..Rules::default() };
        for id in problem.rules().filter(|id| reach.rules[id.index()]) {
            let instance = &problem.triggers.instances[id.index()];
            let mut translator = translator(&self.columns, &mut self.chains, problem, owner, numbers);
            let own = translator.condition(&instance.own);
            let believed = translator.condition(&instance.believed);
            let condition = Formula::all([own, believed]);
            let changes = changes(&mut translator, &instance.changes);
            if condition != Formula::Constant(false) && !changes.iter().all(|change| idle(&condition, change)) {
                rules.rules.push(Rule { trigger: id, condition, changes: changes.into() });
            }
        }
        rules
    }

    fn find_fragile(&mut self) {
        let mut shallowest = vec![usize::MAX; self.facts.len()];
        let depth = |slot: Slot| self.chains[usize::from(slot.chain)].len();
        for change in self.rules.iter().flat_map(|rules| &rules.rules).flat_map(|rule| &rule.changes) {
            let known = &mut shallowest[usize::from(change.slot.fact)];
            *known = depth(change.slot).min(*known);
        }
        for rules in &mut self.rules {
            let mut fragile = false;
            for rule in &rules.rules {
                rule.slots(&mut |slot| fragile |= depth(slot) > shallowest[usize::from(slot.fact)]);
            }
            rules.fragile = fragile;
        }
    }
}

impl Rule {
    fn slots(&self, visit: &mut impl FnMut(Slot)) {
        self.condition.slots(visit);
        for change in &self.changes {
            change.condition.slots(visit);
            change.value.slots(visit);
            visit(change.slot);
        }
    }
}

impl Rules {
    fn index(&mut self, chains: usize, facts: usize) {
        let mut by_value: FxHashMap<(u16, Small), Vec<u32>> = FxHashMap::default();
        self.by_belief = vec![Vec::new(); chains];
        for (rank, rule) in self.rules.iter().enumerate() {
            let mut slots = Vec::new();
            rule.slots(&mut |slot| slots.push(slot));
            slots.sort_unstable();
            slots.dedup();
            for slot in &slots {
                let required = rule.condition.conjuncts().iter().find_map(|part| match part {
                    Formula::Is { slot: tested, value, equal: true } if tested == slot => Some(*value),
                    _ => None,
                });
                match required {
                    _ if slot.chain != 0 => {
                        let beliefs = &mut self.by_belief[usize::from(slot.chain)];
                        beliefs.resize(facts, Vec::new());
                        beliefs[usize::from(slot.fact)].push(rank as u32);
                    }
                    Some(value) => by_value.entry((slot.fact, value)).or_default().push(rank as u32),
                    None => self.by_fact[usize::from(slot.fact)].push(rank as u32),
                }
            }
            if slots.iter().any(|slot| slot.chain != 0) {
                self.about_beliefs.push(rank as u32);
            }
        }
        self.by_value = by_value.into_iter().map(|(key, ranks)| (key, ranks.into())).collect();
    }
}

/// Whether the event takes a statement.
fn says(problem: &Problem<'_>, event: EventId) -> bool {
    let action = problem.event_term(event).action;
    let parameters = &problem.world().actions[action.index()].parameters;
    parameters.iter().any(|parameter| parameter.kind == ParameterKind::Statement)
}

/// Whether `change` is never one where `condition` holds.
fn idle(condition: &Formula, change: &Change) -> bool {
    condition.conjuncts().iter().any(|part| match part {
        Formula::Is { slot, value, equal: true } => *slot == change.slot && change.small == Some(*value),
        _ => false,
    })
}

fn changes<F: FnMut(Place) -> Found>(translator: &mut Translator<'_, F>, changes: &Changes) -> Vec<Change> {
    let mut translated = Vec::new();
    for change in changes.iter() {
        let Found::Slot(slot) = (translator.find)(change.place) else { continue };
        let condition = translator.condition(&change.condition);
        if condition != Formula::Constant(false) {
            let value = translator.amount(&change.value);
            let small = if let Number::Constant(value) = value { Some(translator.numbers.intern(value)) } else { None };
            translated.push(Change { condition, slot, value, small });
        }
    }
    translated
}

fn translator<'t>(
    columns: &'t [Found],
    chains: &'t mut Chains,
    problem: &'t Problem<'_>,
    owner: Option<usize>,
    numbers: &'t mut Numbers,
) -> Translator<'t, impl FnMut(Place) -> Found + 't> {
    let find = move |place: Place| match columns[place.fluent.index()] {
        Found::Constant(value) => Found::Constant(value),
        Found::Slot(slot) if place.chain == ChainId::REAL => Found::Slot(slot),
        Found::Slot(slot) => {
            let mut believers: Vec<u8> =
                problem.believers(place.chain).iter().map(|believer| believer.index() as u8).collect();
            if owner.is_some_and(|owner| believers.first() == Some(&(owner as u8))) {
                believers.remove(0);
            }
            Found::Slot(Slot { chain: chains.number(&believers), fact: slot.fact })
        }
    };
    Translator { numbers, find }
}

fn start_values(situations: &Situations<'_>, graph: &StartGraph) -> Vec<Possible> {
    let fluents = situations.problem().fluents();
    let values_of = |fluent| {
        let mut values: Vec<Value> = Vec::new();
        for &state in &graph.states {
            let value = situations.value(state, fluent);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Possible { values, any_number: false }
    };
    fluents.map(values_of).collect()
}

//! [`Problem`]: a world made ground, extended on demand.

use super::changing::Changing;
use super::closing::Bindings;
use super::compile::{Compiled, Compiler, Sense};
use super::constants::{Constants, Plain};
use super::domains::KnownDomains;
use super::event_table::Events;
use super::fluents::{Fluents, plain_default};
use super::guise::Guises;
use super::ids::Chains;
use super::memory::{Memories, SceneOrder};
use super::triggers::Triggers;
use super::whereabouts;
use super::{Amount, ChainId, Changes, Condition, EventId, GroundError, GroundFluentId, Limits, Place, Value, written};
use crate::world::{
    Effect, EntityId, EventTerm, Expression, FluentId, Holder, LineContent, SceneId, StartStatement, Telling,
    UtilityId, ValueKind, World,
};
use std::sync::Arc;

/// A world made ground: facts are numbers, formulas are small trees. Events, conditions and effects are added on demand;
/// what an event does to memories is settled when the first [`Situations`](crate::state::Situations) are made of it.
#[derive(Clone, Debug)]
pub struct Problem<'w> {
    pub(crate) world: &'w World,
    pub(crate) limits: Limits,
    pub(crate) fluents: Fluents,
    pub(crate) chains: Chains,
    pub(crate) domains: KnownDomains,
    pub(crate) memories: Memories,
    pub(crate) scenes: SceneOrder,
    pub(crate) events: Events,
    pub(crate) clock: Option<GroundFluentId>,
    pub(crate) frozen: bool,
    pub(crate) constants: Constants,
    pub(crate) triggers: Arc<Triggers>,
    /// The events that plans may hold, once they were asked for.
    pub(crate) planned: Option<Arc<[EventId]>>,
    /// How many changes the events make that were asked for all together.
    pub(crate) written_out: usize,
    /// Whether the rules are ground already.
    pub(crate) rules_ground: bool,
    /// The facts of which one at a time says where something is.
    pub(crate) whereabouts: Vec<FluentId>,
    /// Who may be taken for another.
    pub(crate) guises: Guises,
    initial: Vec<Value>,
    start: Vec<StartChange>,
    utilities: Vec<Amount>,
    /// Wants that nobody has any more.
    dropped: Vec<UtilityId>,
}

/// A start statement made ground.
#[derive(Clone, Debug)]
pub(crate) struct StartChange {
    /// `known to` whom; `None`: common knowledge.
    pub(crate) known_to: Option<Vec<EntityId>>,
    pub(crate) changes: Changes,
}

impl<'w> Problem<'w> {
    /// Makes `world` ground. Everything that `telling`, the wants and the start mention is prepared, so that events are
    /// remembered from the story's beginning.
    pub fn new(world: &'w World, telling: &Telling, limits: &Limits) -> Result<Self, GroundError> {
        Self::with_start(world, telling, &[], limits)
    }

    /// The same with further start statements, those of a `test` block.
    pub fn with_start(
        world: &'w World,
        telling: &Telling,
        start: &[StartStatement],
        limits: &Limits,
    ) -> Result<Self, GroundError> {
        let mut problem = Self {
            world,
            limits: *limits,
            fluents: Fluents::new(world, limits)?,
            chains: Chains::new(),
            domains: KnownDomains::default(),
            memories: Memories::new(world),
            scenes: SceneOrder::told(telling.scenes.len()),
            events: Events::default(),
            clock: None,
            frozen: false,
            constants: Constants::new(world.fluents.len()),
            triggers: Arc::default(),
            planned: None,
            written_out: 0,
            rules_ground: false,
            whereabouts: whereabouts::of(world),
            guises: Guises::new(world),
            initial: Vec::new(),
            start: Vec::new(),
            utilities: Vec::new(),
            dropped: Vec::new(),
        };
        for fluent in problem.fluents() {
            let value = problem.default_value(fluent)?;
            problem.initial.push(value);
        }
        problem.add_start(&world.start)?;
        problem.add_start(start)?;
        for utility in &world.utilities {
            let amount = problem.amount(&utility.value).map_err(|error| error.or_at(utility.span))?;
            problem.utilities.push(amount);
        }
        problem.mention_telling(telling);
        problem.ground_rules()?;
        Ok(problem)
    }

    /// The world that this is made of.
    pub fn world(&self) -> &'w World {
        self.world
    }

    /// The limits it was made with.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// What the start says of facts that nothing changes, and which facts not everybody knows.
    fn note_start(&mut self) {
        let mut values = self.initial.clone();
        for fluent in self.fluents().skip(values.len()) {
            values.push(plain_default(&self.value_kind(fluent)));
        }
        for statement in &self.start {
            for change in statement.changes.iter() {
                let mut reads_beliefs = false;
                let mut visit = |place: Place| reads_beliefs |= place.chain != ChainId::REAL;
                change.condition.places(&mut visit);
                change.value.places(&mut visit);
                if (statement.known_to.is_some() || change.place.chain != ChainId::REAL || reads_beliefs)
                    && let Some(declared) = self.fluents.declared_fact(change.place.fluent)
                {
                    self.constants.loosen(declared);
                }
            }
            if let Ok(Ok(writes)) = written(&mut Plain { values: &values.clone() }, statement.changes.own()) {
                for (place, value) in writes {
                    if let Some(slot) = values.get_mut(place.fluent.index()) {
                        *slot = value;
                    }
                }
            }
        }
        self.note_given(values.iter().enumerate().map(|(index, &value)| (GroundFluentId::from_index(index), value)));
        self.constants.values = values;
    }

    /// Adds start statements, as those of a `test` block. To be called before the first situations are made.
    pub fn ground_start(&mut self, statements: &[StartStatement]) -> Result<(), GroundError> {
        if statements.is_empty() {
            return Ok(());
        }
        self.add_start(statements)?;
        self.ground_rules()
    }

    /// Finds the rules anew, given what the start says now.
    fn ground_rules(&mut self) -> Result<(), GroundError> {
        self.note_start();
        let mut constants = std::mem::take(&mut self.constants);
        constants.note_changes(self);
        self.constants = constants;
        self.triggers = Arc::default();
        self.ground_triggers()?;
        self.rules_ground = true;
        Ok(())
    }

    fn add_start(&mut self, statements: &[StartStatement]) -> Result<(), GroundError> {
        for statement in statements {
            let (known_to, effect) = match statement {
                StartStatement::Common(effect) => (None, effect),
                StartStatement::KnownTo(whom, effect) => (Some(whom.clone()), effect),
                StartStatement::ToldToReader(_) => continue,
            };
            let changes = self.effect(&effect.value).map_err(|error| error.or_at(effect.span))?;
            self.start.push(StartChange { known_to, changes });
        }
        Ok(())
    }

    pub(crate) fn start(&self) -> &[StartChange] {
        &self.start
    }

    /// Says in which order the scenes happen; told order otherwise. Events of scenes must be asked for after this.
    pub fn order_scenes(&mut self, order: &[SceneId]) {
        self.scenes.happened(order);
    }

    /// Prepares everything a telling mentions. Errors are left to those who ask for the parts, with their places.
    pub(crate) fn mention_telling(&mut self, telling: &Telling) {
        for line in telling.scenes.iter().flat_map(|scene| &scene.lines) {
            match &line.content {
                LineContent::Event(told) => {
                    let _ = self.event(&told.event);
                }
                LineContent::Conclusion { conclusion, premises, .. } => {
                    self.mention(&conclusion.value);
                    for premise in premises {
                        self.mention(&premise.value);
                    }
                }
                LineContent::Claim(statement)
                | LineContent::Reveal(statement)
                | LineContent::Assumption { statement, .. } => self.mention(&statement.value),
                LineContent::Drops { .. } | LineContent::Forgets { .. } | LineContent::LosesTime(_) => {}
            }
        }
    }

    /// Makes sure that the events that `statement` mentions are remembered. To be called before the first situations
    /// are made.
    pub fn mention(&mut self, statement: &Expression) {
        let _ = self.condition(statement);
    }

    /// The ground fact of `fluent` with `arguments`; `None` for a derived fact, or arguments outside its kinds.
    pub fn fluent(&self, fluent: FluentId, arguments: &[EntityId]) -> Option<GroundFluentId> {
        self.fluents.find(fluent, arguments)
    }

    /// All ground facts.
    pub fn fluents(&self) -> impl Iterator<Item = GroundFluentId> + use<> {
        (0..self.fluents.len()).map(GroundFluentId::from_index)
    }

    /// The ground facts of one declared fact.
    pub fn fluents_of(&self, fluent: FluentId) -> impl Iterator<Item = GroundFluentId> + use<> {
        self.fluents.of(fluent)
    }

    /// The declared fact and arguments of a ground fact; `None` for the memory of an event or the clock.
    pub fn declared(&self, fluent: GroundFluentId) -> Option<(FluentId, Vec<EntityId>)> {
        self.fluents.declared(fluent)
    }

    /// The formula that reads the ground fact, for printing.
    pub fn expression(&self, fluent: GroundFluentId) -> Expression {
        self.fluents.expression(fluent)
    }

    /// Which values the ground fact may have.
    pub fn value_kind(&self, fluent: GroundFluentId) -> ValueKind {
        self.fluents.value_kind(self.world, fluent)
    }

    /// The fact's value before anything is said.
    pub(crate) fn default_value(&mut self, fluent: GroundFluentId) -> Compiled<Value> {
        let declared = self.fluents.declared_fact(fluent).map(|declared| &self.world.fluents[declared.index()]);
        if let Some(declared) = declared
            && let Some(default) = &declared.default
            && let Amount::Constant(value) = self.amount(default).map_err(|error| error.or_at(declared.span))?
        {
            return Ok(value);
        }
        Ok(plain_default(&self.value_kind(fluent)))
    }

    /// Who believes that who believes: the believers of a place, outermost first.
    pub fn believers(&self, chain: ChainId) -> &[EntityId] {
        self.chains.believers(chain)
    }

    /// The place of `fluent` in the beliefs of `believers`, outermost first.
    pub fn place(&mut self, believers: &[EntityId], fluent: GroundFluentId) -> Place {
        Place { chain: self.chains.intern(believers), fluent }
    }

    /// The condition that `expression` (no variables) holds.
    pub fn condition(&mut self, expression: &Expression) -> Result<Condition, GroundError> {
        Compiler::new(self, Bindings::default()).condition(expression, ChainId::REAL, Sense::So)
    }

    /// The value of `expression` (no variables).
    pub fn amount(&mut self, expression: &Expression) -> Result<Amount, GroundError> {
        Compiler::new(self, Bindings::default()).amount(expression, ChainId::REAL)
    }

    /// What `effect` (no variables) changes.
    pub fn effect(&mut self, effect: &Effect) -> Result<Changes, GroundError> {
        let mut compiler = Compiler::new(self, Bindings::default());
        let mut changing = Changing::new(&mut compiler);
        changing.effect(effect, ChainId::REAL)?;
        let changes = Changes::new(changing.finish());
        self.loosen_changed(&changes)?;
        Ok(changes)
    }

    fn loosen_changed(&mut self, changes: &Changes) -> Compiled<()> {
        // What the start says is looked at once it is complete.
        if !self.rules_ground {
            return Ok(());
        }
        self.loosen(changes.iter().map(|change| change.place.fluent).collect::<Vec<_>>())
    }

    /// What making `statement` (no variables) so changes; with `believers`, in what they believe.
    pub fn made_so(&mut self, believers: &[EntityId], statement: &Expression) -> Result<Changes, GroundError> {
        let chain = self.chains.intern(believers);
        let mut compiler = Compiler::new(self, Bindings::default());
        let mut changing = Changing::new(&mut compiler);
        changing.made_so(statement, chain)?;
        let changes = Changes::new(changing.finish());
        self.loosen(changes.iter().map(|change| change.place.fluent).collect::<Vec<_>>())?;
        Ok(changes)
    }

    /// The action of an event with its arguments, for printing.
    pub fn event_term(&self, event: EventId) -> &EventTerm {
        self.get(event).term()
    }

    /// Whose choice an event is; nobody's: fate.
    pub fn actors(&self, event: EventId) -> &[EntityId] {
        self.get(event).actors()
    }

    /// How long an event takes, in minutes, where its action says so; read before the event.
    pub fn duration(&mut self, term: &EventTerm) -> Result<Option<Amount>, GroundError> {
        let Some(duration) = &self.world.actions[term.action.index()].duration else { return Ok(None) };
        let bindings = Bindings::of_event(term, self.world.someone());
        Compiler::new(self, bindings).amount(duration, ChainId::REAL).map(Some)
    }

    /// A formula of an event's action, such as a part of a need, with the event's arguments for its parameters.
    pub fn condition_of(&mut self, event: EventId, formula: &Expression) -> Result<Condition, GroundError> {
        let bindings = Bindings::of_event(self.get(event).term(), self.world.someone());
        Compiler::new(self, bindings).condition(formula, ChainId::REAL, Sense::So)
    }

    /// The fact that says how much time passed, if something mentions it.
    pub fn clock(&self) -> Option<GroundFluentId> {
        self.clock
    }

    /// The number that a want or aim stands for.
    pub fn utility(&self, utility: UtilityId) -> &Amount {
        &self.utilities[utility.index()]
    }

    /// The wants of `holder`; their sum is what it tries to raise.
    pub fn utilities_of(&self, holder: Holder) -> impl Iterator<Item = UtilityId> + '_ {
        let utilities = self.world.utilities.iter().enumerate();
        let held = utilities.filter(move |(_, utility)| utility.holder == holder);
        held.map(|(index, _)| UtilityId::from_index(index)).filter(|want| !self.dropped.contains(want))
    }

    /// From here on nobody has these wants.
    pub fn drop_wants(&mut self, wants: &[UtilityId]) {
        self.dropped.extend_from_slice(wants);
    }

    /// The values before anything is said.
    pub(crate) fn initial_values(&self) -> &[Value] {
        &self.initial
    }

    /// Whether there are rules.
    pub(crate) fn has_rules(&self) -> bool {
        !self.world.triggers.is_empty()
    }

    /// From here on the memories are fixed, and every event says what it does to them.
    pub(crate) fn freeze(&mut self) {
        if !self.frozen {
            self.mention_disguised();
            self.frozen = true;
            for (fluent, extra) in self.fluents.extras() {
                let _ = extra;
                self.initial.push(plain_default(&self.value_kind(fluent)));
            }
            for event in 0..self.events.events.len() {
                self.remember_event(EventId::from_index(event));
            }
        }
    }
}

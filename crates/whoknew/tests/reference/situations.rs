//! Situations and what events make of them.
//!
//! A situation is a finite graph: a node for each state of affairs that somebody takes to be real. What an event makes of
//! it is first described (this node after that event, that node with these corrections), and a description is
//! worked out only when somebody looks at it; then the graph that can be reached is written down with equal nodes merged.

use super::evaluate::{evaluate, facts_in, holds, holds_for};
use super::events::{Event, EventId, Events};
use super::formulas::Formula;
use super::merge::merged;
use super::values::{Fact, FactId, Mind, Place, Value};
use std::collections::{BTreeMap, HashMap};
use whoknew::world::Comparison;

/// What is real, and what everybody takes to be real. Node 0 is what is real.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Situation {
    pub nodes: Vec<Node>,
}

/// The values of all facts, and the node that each character takes to be real.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    pub values: Vec<Value>,
    pub believed: Vec<usize>,
}

impl Situation {
    pub fn value(&self, minds: &[Mind], fact: FactId) -> Value {
        let node = minds.iter().fold(0, |node, &mind| self.nodes[node].believed[mind]);
        self.nodes[node].values[fact]
    }
}

/// Why an event gives no situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failed {
    /// Two different values for one fact.
    Conflict,
    /// Rules that never come to rest.
    RuleLoop,
    /// More nodes than this reference cares to make.
    TooLarge,
}

/// New values: through which minds, of which fact.
type Writes = BTreeMap<Place, Value>;

/// A node by its position in [`Minds::descriptions`].
type Id = usize;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Description {
    /// A node of the situation before.
    Before(usize),
    /// That node after an event.
    After(Id, EventId),
    /// That node with other values.
    Written(Id, Writes),
    /// That node, which somebody believes, as corrected by what they notice. While the event happens there, what they believed
    /// of their own beliefs stays as it was.
    Corrected(Id, Writes),
    /// That node after rules have had one round.
    Settled(Id),
}

/// All of the ground world that events need.
pub struct Ground<'e, 'w> {
    pub events: &'e Events<'w>,
    /// Rules, in the order in which they are tried.
    pub triggers: &'e [Event],
    pub limits: Limits,
}

/// What one step may cost.
#[derive(Clone, Copy)]
pub struct Limits {
    /// Descriptions of nodes.
    pub nodes: usize,
    /// Applications of rules at one level.
    pub firings: usize,
}

struct Minds<'g, 'e, 'w> {
    ground: &'g Ground<'e, 'w>,
    before: &'g Situation,
    /// Whether no rule applies anywhere in `before`.
    at_rest: bool,
    /// Descriptions with the character whose beliefs they are.
    descriptions: Vec<(Description, Option<Mind>)>,
    known: HashMap<(Description, Option<Mind>), Id>,
    values: HashMap<Id, Vec<Value>>,
    believed: HashMap<(Id, Mind), Id>,
    levels: HashMap<Id, Id>,
    fired: bool,
}

impl Ground<'_, '_> {
    fn characters(&self) -> usize {
        self.events.grounder.world.characters
    }

    /// Whether all needs of an event are met.
    pub fn possible(&self, situation: &Situation, event: EventId) -> bool {
        let view = |minds: &[Mind], fact| situation.value(minds, fact);
        let event = &self.events.events[event];
        holds(&event.visible, &view) && holds(&event.hidden, &view)
    }

    /// What the event looks like to one whose act it is.
    pub fn as_meant(&self, situation: &Situation, event: EventId, mind: Mind) -> Result<EventId, Failed> {
        let mut minds = Minds::new(self, situation, true);
        let before = minds.node(Description::Before(0), None)?;
        for noticing in &self.events.events[event].observations {
            if noticing.observer == mind && minds.holds(before, &noticing.condition)? {
                return if noticing.openly { Ok(event) } else { minds.as_it_looks(before, event, mind) };
            }
        }
        minds.as_it_looks(before, event, mind)
    }

    /// What an event makes of a situation in which no rule applies.
    pub fn happen(&self, situation: &Situation, event: EventId) -> Result<Situation, Failed> {
        let mut minds = Minds::new(self, situation, true);
        let before = minds.node(Description::Before(0), None)?;
        let after = minds.node(Description::After(before, event), None)?;
        let settled = minds.node(Description::Settled(after), None)?;
        let next = minds.write_down(settled)?;
        if minds.fired { self.settle(next) } else { Ok(next) }
    }

    /// Rounds of rules until none applies.
    pub fn settle(&self, mut situation: Situation) -> Result<Situation, Failed> {
        let mut seen = Vec::new();
        loop {
            let mut minds = Minds::new(self, &situation, false);
            let before = minds.node(Description::Before(0), None)?;
            let settled = minds.node(Description::Settled(before), None)?;
            let next = minds.write_down(settled)?;
            if !minds.fired {
                return Ok(next);
            }
            if seen.contains(&next) {
                return Err(Failed::RuleLoop);
            }
            seen.push(next.clone());
            situation = next;
        }
    }
}

impl<'g, 'e, 'w> Minds<'g, 'e, 'w> {
    fn new(ground: &'g Ground<'e, 'w>, before: &'g Situation, at_rest: bool) -> Self {
        Self {
            ground,
            before,
            at_rest,
            descriptions: Vec::new(),
            known: HashMap::new(),
            values: HashMap::new(),
            believed: HashMap::new(),
            levels: HashMap::new(),
            fired: false,
        }
    }

    fn node(&mut self, description: Description, owner: Option<Mind>) -> Result<Id, Failed> {
        let key = (description, owner);
        if let Some(&known) = self.known.get(&key) {
            return Ok(known);
        }
        if self.descriptions.len() >= self.ground.limits.nodes {
            return Err(Failed::TooLarge);
        }
        self.descriptions.push(key.clone());
        self.known.insert(key, self.descriptions.len() - 1);
        Ok(self.descriptions.len() - 1)
    }

    fn values(&mut self, id: Id) -> Result<Vec<Value>, Failed> {
        if let Some(values) = self.values.get(&id) {
            return Ok(values.clone());
        }
        let (description, _) = self.descriptions[id].clone();
        let values = match description {
            Description::Before(node) => self.before.nodes[node].values.clone(),
            Description::Settled(of) => {
                let level = self.level(of)?;
                self.values(level)?
            }
            Description::Written(of, writes) | Description::Corrected(of, writes) => {
                let mut values = self.values(of)?;
                for ((minds, fact), value) in writes {
                    if minds.is_empty() {
                        values[fact] = value;
                    }
                }
                values
            }
            Description::After(of, event) => {
                let mut values = self.values(of)?;
                let (own, believed) = self.effects(of, &self.ground.events.events[event], Some(event))?;
                for &fact in &self.ground.events.events[event].remembered {
                    let times = matches!(self.ground.events.grounder.facts.borrow()[fact], Fact::Times(_));
                    let count = values[fact].as_number().unwrap_or(0.0) + 1.0;
                    values[fact] = match (times, values[fact]) {
                        (true, Value::Unknown) => Value::Unknown,
                        (true, _) => Value::number(count),
                        (false, _) => Value::Boolean(true),
                    };
                }
                for (fact, value) in own {
                    values[fact] = value;
                }
                for ((minds, fact), value) in believed {
                    if minds.is_empty() {
                        values[fact] = value;
                    }
                }
                values
            }
        };
        self.values.insert(id, values.clone());
        Ok(values)
    }

    fn believed(&mut self, id: Id, mind: Mind) -> Result<Id, Failed> {
        if let Some(&known) = self.believed.get(&(id, mind)) {
            return Ok(known);
        }
        let (description, owner) = self.descriptions[id].clone();
        let believed = match description {
            Description::Corrected(of, writes) => {
                let believed = self.believed(of, mind)?;
                self.written(believed, below(&writes, mind))?
            }
            _ if owner == Some(mind) => id,
            Description::Before(node) => {
                self.node(Description::Before(self.before.nodes[node].believed[mind]), Some(mind))?
            }
            Description::Settled(of) => {
                let level = self.level(of)?;
                let believed = self.believed(level, mind)?;
                let known_to_rest = self.at_rest && matches!(self.descriptions[believed].0, Description::Before(_));
                if known_to_rest { believed } else { self.node(Description::Settled(believed), Some(mind))? }
            }
            Description::Written(of, writes) => {
                let believed = self.believed(of, mind)?;
                self.written(believed, below(&writes, mind))?
            }
            Description::After(of, event) => self.believed_after(of, event, mind)?,
        };
        self.believed.insert((id, mind), believed);
        Ok(believed)
    }

    /// What `mind` takes to be real after `event` happened in `of`.
    fn believed_after(&mut self, of: Id, event: EventId, mind: Mind) -> Result<Id, Failed> {
        let events = self.ground.events;
        let mut believed = self.believed(of, mind)?;
        if let Some(noticed) = self.noticed(of, &events.events[event], mind)? {
            let needs = &events.events[noticed];
            if !self.holds(believed, &needs.visible)? || !self.holds(believed, &needs.hidden)? {
                let corrections = self.corrections(of, believed, needs)?;
                if !corrections.is_empty() {
                    believed = self.node(Description::Corrected(believed, corrections), Some(mind))?;
                }
            }
            believed = self.node(Description::After(believed, noticed), Some(mind))?;
        }
        let (_, writes) = self.effects(of, &events.events[event], Some(event))?;
        self.written(believed, below(&writes, mind))
    }

    fn is_deceived(&mut self, at: Id, event: EventId, mind: Mind) -> Result<bool, Failed> {
        let events = self.ground.events;
        for noticing in &events.events[event].observations {
            if noticing.observer == mind && self.holds(at, &noticing.condition)? {
                return Ok(!noticing.openly && self.as_it_looks(at, event, mind)? != event);
            }
        }
        Ok(false)
    }

    /// The event with others in the places of those whom `mind` takes for others.
    fn as_it_looks(&mut self, at: Id, event: EventId, mind: Mind) -> Result<EventId, Failed> {
        let events = self.ground.events;
        let Some(guise) = &events.guise else { return Ok(event) };
        let mut taken = Vec::new();
        for (index, who) in events.characters(event) {
            let looks = guise.looks[who.index()];
            let Value::Entity(other) = self.read(at, &[], looks)? else { continue };
            let knows = who.index() == mind || other == who || self.read(at, &[mind], looks)? == Value::Entity(other);
            let acts = events.is_act_of(event, who);
            if knows || !(acts || self.holds(at, &guise.deceives[who.index()][mind])?) {
                continue;
            }
            let unknown = events.grounder.world.someone();
            taken.push((index, if other.index() == mind { unknown } else { other }));
        }
        Ok(events.disguised(event, &taken).unwrap_or(event))
    }

    /// What `mind` notices of `event`.
    fn noticed(&mut self, at: Id, event: &Event, mind: Mind) -> Result<Option<EventId>, Failed> {
        for noticing in &event.observations {
            if noticing.observer == mind && self.holds(at, &noticing.condition)? {
                let seen = noticing.event;
                return if noticing.openly { Ok(Some(seen)) } else { self.as_it_looks(at, seen, mind).map(Some) };
            }
        }
        Ok(None)
    }

    /// What a mistaken observer learns: each comparison that is true at `truth` as part of why `needs` are met there, and false
    /// at `believed`.
    fn corrections(&mut self, truth: Id, believed: Id, needs: &Event) -> Result<Writes, Failed> {
        let mut reasons = Vec::new();
        let mut problem = None;
        let holds_here = self.reasons(truth, &needs.visible, &mut reasons)?;
        if !holds_here {
            return Ok(Writes::new());
        }
        let mut writes = Writes::new();
        for reason in reasons {
            for ((minds, fact), definite) in self.failing(believed, &reason)? {
                let value = if definite { self.read(truth, &minds, fact)? } else { Value::Unknown };
                let key = (minds, fact);
                match writes.get(&key) {
                    Some(known) if *known != Value::Unknown => {
                        if value != Value::Unknown && value != *known {
                            problem = Some(Failed::Conflict);
                        }
                    }
                    _ => drop(writes.insert(key, value)),
                }
            }
        }
        problem.map_or(Ok(writes), Err)
    }

    /// Collects the comparisons of all alternatives that hold.
    fn reasons(&mut self, at: Id, formula: &Formula, into: &mut Vec<Formula>) -> Result<bool, Failed> {
        match formula {
            Formula::And(parts) => {
                let start = into.len();
                for part in parts {
                    if !self.reasons(at, part, into)? {
                        into.truncate(start);
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Formula::Or(parts) => {
                let mut any = false;
                for part in parts {
                    any |= self.reasons(at, part, into)?;
                }
                Ok(any)
            }
            atom => {
                let held = self.holds(at, atom)?;
                if held {
                    into.push(atom.clone());
                }
                Ok(held)
            }
        }
    }

    /// The facts for which a comparison fails, each with whether it is an equation.
    fn failing(&mut self, at: Id, atom: &Formula) -> Result<Vec<(Place, bool)>, Failed> {
        Ok(match atom {
            Formula::Is { minds, fact, equal, .. } if !self.holds(at, atom)? => {
                vec![((minds.clone(), *fact), *equal)]
            }
            Formula::Numbers { comparison, left, right, solved } => {
                let mut facts = Vec::new();
                facts_in(left, &mut facts, &mut false);
                facts_in(right, &mut facts, &mut false);
                if !solved {
                    let held = self.holds(at, atom)?;
                    return Ok(if held { Vec::new() } else { facts.into_iter().map(|fact| (fact, false)).collect() });
                }
                let values = self.view_of(at, &facts)?;
                let view = |minds: &[Mind], fact: FactId| values[&(minds.to_vec(), fact)];
                let definite = *comparison == Comparison::Equal;
                let fails = |index: &usize| !holds_for(*comparison, left, right, *index, &view);
                (0..facts.len()).filter(fails).map(|index| (facts[index].clone(), definite)).collect()
            }
            _ => Vec::new(),
        })
    }

    fn view_of(&mut self, at: Id, facts: &[Place]) -> Result<HashMap<Place, Value>, Failed> {
        facts.iter().map(|(minds, fact)| Ok(((minds.clone(), *fact), self.read(at, minds, *fact)?))).collect()
    }

    fn read(&mut self, at: Id, minds: &[Mind], fact: FactId) -> Result<Value, Failed> {
        let mut node = at;
        for &mind in minds {
            node = self.believed(node, mind)?;
        }
        if let Some(values) = self.values.get(&node) {
            return Ok(values[fact]);
        }
        Ok(self.values(node)?[fact])
    }

    fn holds(&mut self, at: Id, formula: &Formula) -> Result<bool, Failed> {
        let failed = std::cell::Cell::new(None);
        let minds = std::cell::RefCell::new(self);
        let view = |chain: &[Mind], fact: FactId| {
            minds.borrow_mut().read(at, chain, fact).unwrap_or_else(|why| {
                failed.set(Some(why));
                Value::Unknown
            })
        };
        let held = holds(formula, &view);
        failed.get().map_or(Ok(held), Err)
    }

    /// A chain of minds as seen by the owner of `at`: what I believe that I believe is what I believe.
    fn own(&self, at: Id, minds: &[Mind]) -> Vec<Mind> {
        match minds.first() {
            Some(&first) if self.descriptions[at].1 == Some(first) => minds[1..].to_vec(),
            _ => minds.to_vec(),
        }
    }

    /// What an event changes at `at`: values of its own, and values in minds (the empty chain: its owner's, which win).
    /// Nothing through the mind of one who takes it for another event because of a guise.
    fn effects(
        &mut self,
        at: Id,
        event: &Event,
        id: Option<EventId>,
    ) -> Result<(BTreeMap<FactId, Value>, Writes), Failed> {
        let mut lost = Vec::new();
        let mut own = BTreeMap::new();
        let mut believed = Writes::new();
        for effect in &event.effects {
            if !self.holds(at, &effect.tests)? {
                continue;
            }
            let failed = std::cell::Cell::new(None);
            let minds = std::cell::RefCell::new(&mut *self);
            let view = |chain: &[Mind], fact: FactId| {
                minds.borrow_mut().read(at, chain, fact).unwrap_or_else(|why| {
                    failed.set(Some(why));
                    Value::Unknown
                })
            };
            let value = evaluate(&effect.value, &view);
            if let Some(why) = failed.get() {
                return Err(why);
            }
            for &mind in effect.minds.iter().filter(|mind| **mind < self.ground.characters()) {
                if let Some(id) = id
                    && self.is_deceived(at, id, mind)?
                {
                    lost.push((self.own(at, &effect.minds), effect.fact));
                }
            }
            let other = if effect.minds.is_empty() {
                own.insert(effect.fact, value)
            } else {
                believed.insert((self.own(at, &effect.minds), effect.fact), value)
            };
            if other.is_some_and(|other| other != value) {
                return Err(Failed::Conflict);
            }
        }
        believed.retain(|place, _| !lost.contains(place));
        Ok((own, believed))
    }

    /// `of` with other values; those of its own that are so already are left out. Beliefs are not looked at: that might
    /// never end.
    fn written(&mut self, of: Id, writes: Writes) -> Result<Id, Failed> {
        let mut changes = Writes::new();
        let values = if writes.is_empty() { Vec::new() } else { self.values(of)? };
        for ((minds, fact), value) in writes {
            let minds = self.own(of, &minds);
            if !minds.is_empty() || values[fact] != value {
                changes.insert((minds, fact), value);
            }
        }
        let owner = self.descriptions[of].1;
        if changes.is_empty() { Ok(of) } else { self.node(Description::Written(of, changes), owner) }
    }

    /// `of` after its own rules have come to rest, those of its believed states not counted.
    fn level(&mut self, of: Id) -> Result<Id, Failed> {
        if let Some(&known) = self.levels.get(&of) {
            return Ok(known);
        }
        let mut current = of;
        for _ in 0..self.ground.limits.firings {
            match self.fire(current)? {
                Some(next) => {
                    self.fired = true;
                    current = next;
                }
                None => {
                    self.levels.insert(of, current);
                    return Ok(current);
                }
            }
        }
        Err(Failed::RuleLoop)
    }

    /// `at` after the first rule that holds there and changes something.
    fn fire(&mut self, at: Id) -> Result<Option<Id>, Failed> {
        let triggers = self.ground.triggers;
        for trigger in triggers {
            if !self.holds(at, &trigger.visible)? {
                continue;
            }
            let (own, mut writes) = self.effects(at, trigger, None)?;
            for (fact, value) in own {
                writes.entry((Vec::new(), fact)).or_insert(value);
            }
            let mut changes = Writes::new();
            for ((minds, fact), value) in writes {
                if self.read(at, &minds, fact)? != value {
                    changes.insert((minds, fact), value);
                }
            }
            if !changes.is_empty() {
                return self.written(at, changes).map(Some);
            }
        }
        Ok(None)
    }

    /// The graph that can be reached from `root`, equal nodes merged, in the order in which they are reached.
    fn write_down(&mut self, root: Id) -> Result<Situation, Failed> {
        let characters = self.ground.characters();
        let mut order = vec![root];
        let mut positions = HashMap::from([(root, 0)]);
        let mut nodes = Vec::new();
        let mut next = 0;
        while let Some(&id) = order.get(next) {
            next += 1;
            let mut believed = Vec::new();
            for mind in 0..characters {
                let child = self.believed(id, mind)?;
                believed.push(*positions.entry(child).or_insert_with(|| {
                    order.push(child);
                    order.len() - 1
                }));
            }
            nodes.push(Node { values: self.values(id)?, believed });
        }
        Ok(merged(&Situation { nodes }))
    }
}

/// The writes in the beliefs of `mind`, as seen from there.
fn below(writes: &Writes, mind: Mind) -> Writes {
    let inside = writes.iter().filter(|((minds, _), _)| minds.first() == Some(&mind));
    inside.map(|((minds, fact), &value)| ((minds[1..].to_vec(), *fact), value)).collect()
}

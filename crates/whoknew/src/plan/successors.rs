//! What an event makes of a canonical situation: first the event at every level that notices it, then the rules at every level
//! that changed, each step taken in and remembered. Meaning: that of the module [`state`](crate::state).

use super::canonical::{Canonical, Draft, Edge, Node};
use super::correct::{Correct, Corrections};
use super::formula::Slot;
use super::level::At;
use super::model::{Change, Event, Model};
use super::numbers::{Numbers, Small};
use super::sights::Ways;
use crate::ground::TriggerInstanceId;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// No owner: what is so.
pub(super) const NOBODY: u8 = u8::MAX;

/// Different beliefs about beliefs in one situation.
const MOST_BELIEFS: usize = 100_000;

/// Why an event gives no situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failed {
    /// Two different values for one fact.
    Conflict,
    /// Rules that never come to rest.
    RuleLoop,
    /// More beliefs about beliefs than one situation may have.
    TooLarge,
}

/// A value to be written: the chain of believers, how many of them were followed already, the column and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Write {
    pub(super) chain: u16,
    pub(super) followed: u8,
    pub(super) fact: u16,
    pub(super) small: Small,
}

/// How a node of a draft is made.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// The event happens in the node, which is the owner's belief.
    Event { source: Node, event: u32, owner: u8 },
    /// Values are written on an edge's target, which is the owner's belief.
    Write { of: Edge, writes: Vec<Write>, owner: u8 },
    /// The rules run; what they wrote on beliefs gave the nodes.
    Pass { beliefs: Vec<Node>, base: Node, owner: u8 },
}

/// Canonical situations with everything that is remembered about what events make of them.
pub(super) struct Successors {
    pub(super) model: Arc<Model>,
    pub(super) numbers: Numbers,
    pub(super) canonical: Canonical,
    pub(super) start: Node,
    /// What the event makes of the node, which is the owner's belief, before rules.
    after: FxHashMap<(Node, u32, u8), Node>,
    /// What the rules make of the node, which is the owner's belief.
    pub(super) settled: FxHashMap<(Node, u8), Node>,
    known: FxHashMap<(Node, u32), Option<Node>>,
    pub(super) draft: Draft,
    pub(super) origins: Vec<Origin>,
    forced: Vec<bool>,
    drafted: FxHashMap<(Node, u32, u8), u32>,
    pub(super) passes: FxHashMap<(Node, u8), u32>,
    small_draft: Draft,
    /// How many successors were computed.
    pub(super) computed: u64,
    /// How many situations, believed ones too, were looked at for them.
    pub(super) effort: u64,
    /// A rule that was applying when rules did not come to rest, for the first time.
    pub(super) restless: Option<TriggerInstanceId>,
    /// After which event that was.
    pub(super) unrest: Option<u32>,
    pub(super) row: Vec<Small>,
}

impl Successors {
    pub(super) fn new(model: Arc<Model>, numbers: Numbers) -> Self {
        let canonical = Canonical::new(model.characters, model.facts.len());
        Self {
            model,
            numbers,
            canonical,
            start: 0,
            after: FxHashMap::default(),
            settled: FxHashMap::default(),
            known: FxHashMap::default(),
            draft: Draft::default(),
            origins: Vec::new(),
            forced: Vec::new(),
            drafted: FxHashMap::default(),
            passes: FxHashMap::default(),
            small_draft: Draft::default(),
            computed: 0,
            effort: 0,
            restless: None,
            unrest: None,
            row: Vec::new(),
        }
    }

    /// The node as a level.
    #[inline]
    pub(super) fn at(&self, node: Node) -> At<'_> {
        At { canonical: &self.canonical, numbers: &self.numbers, chains: &self.model.chains, node }
    }

    /// Whether the needs of the event are met.
    #[inline]
    pub(super) fn possible(&self, node: Node, event: u32) -> bool {
        self.model.events[event as usize].needs.holds(&self.at(node))
    }

    /// The situation after the event and the rules; `None` if the event contradicts itself or rules never come to rest.
    pub(super) fn successor(&mut self, node: Node, event: u32) -> Option<Node> {
        if let Some(&known) = self.known.get(&(node, event)) {
            return known;
        }
        self.computed += 1;
        let next = self.happen(node, event);
        if next == Err(Failed::RuleLoop) {
            self.unrest.get_or_insert(event);
        }
        let next = next.ok();
        self.known.insert((node, event), next);
        next
    }

    /// Roughly how many bytes everything takes. A table has a seventh more places than it can hold entries.
    pub(super) fn bytes(&self) -> usize {
        self.canonical.bytes() + self.after.capacity() * 20 + self.settled.capacity() * 15 + self.known.capacity() * 20
    }

    /// There are more values or situations than can be told apart.
    pub(super) fn is_full(&self) -> bool {
        self.numbers.overflowed || self.canonical.is_full()
    }

    /// Forgets what can be computed again.
    pub(super) fn forget(&mut self) {
        self.after = FxHashMap::default();
        self.settled = FxHashMap::default();
        self.known = FxHashMap::default();
    }

    fn happen(&mut self, node: Node, event: u32) -> Result<Node, Failed> {
        let raw = self.after_event(node, event)?;
        if self.model.has_rules { self.settle(raw, node) } else { Ok(raw) }
    }

    pub(super) fn begin_draft(&mut self) {
        self.draft.values.clear();
        self.draft.edges.clear();
        self.origins.clear();
        self.forced.clear();
        self.drafted.clear();
    }

    /// Adds a node with the values of `row` to the draft.
    pub(super) fn add_draft(&mut self, origin: Origin) -> Edge {
        let index = self.origins.len() as u32;
        let row = std::mem::take(&mut self.row);
        self.draft.values.push(self.canonical.intern_row(&row));
        self.row = row;
        let edge = Edge::new(index);
        self.draft.edges.extend(std::iter::repeat_n(edge, self.model.characters));
        self.origins.push(origin);
        self.forced.push(false);
        edge
    }

    pub(super) fn finish_draft(&mut self, root: Edge) -> Result<Node, Failed> {
        let mut next = 0;
        self.effort += 1;
        while next < self.origins.len() {
            self.effort += 1;
            if next > MOST_BELIEFS {
                self.numbers.overflowed = true;
                return Err(Failed::TooLarge);
            }
            self.force(next as u32)?;
            next += 1;
        }
        Ok(self.canonical.take_in(&self.draft, root))
    }

    fn after_event(&mut self, node: Node, event: u32) -> Result<Node, Failed> {
        self.begin_draft();
        let root = self.event_node(node, event, NOBODY)?;
        let raw = self.finish_draft(root)?;
        for (index, origin) in self.origins.iter().enumerate() {
            if let Origin::Event { source, event, owner } = origin
                && let Some(node) = self.canonical.taken_in(index as u32)
                && root.node().is_err()
            {
                self.after.insert((*source, *event, *owner), node);
            }
        }
        Ok(raw)
    }

    /// The node that the event makes of `source`, which is the owner's belief.
    fn event_node(&mut self, source: Node, event: u32, owner: u8) -> Result<Edge, Failed> {
        let key = (source, event, owner);
        if let Some(&known) = self.after.get(&key) {
            return Ok(Edge::to(known));
        }
        if let Some(&index) = self.drafted.get(&key) {
            return Ok(Edge::new(index));
        }
        let model = Arc::clone(&self.model);
        let ground = &model.events[event as usize];
        let mut writes = self.written(source, &ground.own)?;
        if owner != NOBODY && !ground.beliefs.is_empty() {
            for (slot, small) in self.written_on_beliefs(source, ground)? {
                if *model.chains[usize::from(slot.chain)] == [owner] {
                    writes.push((Slot { chain: 0, fact: slot.fact }, small));
                }
            }
        }
        self.row.clear();
        self.row.extend_from_slice(self.canonical.values(source));
        for (slot, small) in writes {
            self.row[usize::from(slot.fact)] = small;
        }
        let edge = self.add_draft(Origin::Event { source, event, owner });
        if let Err(index) = edge.node() {
            self.drafted.insert(key, index);
        }
        Ok(edge)
    }

    /// What the event writes on beliefs; not on those of whom a guise deceives, nor on what others believe of these.
    fn written_on_beliefs(&mut self, node: Node, event: &Event) -> Result<Vec<(Slot, Small)>, Failed> {
        let mut writes = self.written(node, &event.beliefs)?;
        if !writes.is_empty() && !event.deceived.is_empty() {
            let at = self.at(node);
            let first = |ways: &Ways| ways.iter().find(|(way, _)| way.holds(&at)).is_some_and(|way| way.1);
            let deceived: Vec<u8> =
                event.deceived.iter().filter(|(_, ways)| first(ways)).map(|&(character, _)| character).collect();
            let chains = &self.model.chains;
            writes.retain(|(slot, _)| !chains[usize::from(slot.chain)].iter().any(|who| deceived.contains(who)));
        }
        Ok(writes)
    }

    /// What the event looks like to one whose act it is.
    pub(super) fn as_meant(&self, node: Node, event: u32, actor: u8) -> u32 {
        let meant = &self.model.events[event as usize].meant;
        let ways = meant.iter().find(|(character, _)| *character == actor).map_or(&[][..], |(_, ways)| ways);
        ways.iter().find(|(way, _)| way.holds(&self.at(node))).map_or(event, |(_, meant)| *meant)
    }

    /// What `changes` write, computed at `node`.
    pub(super) fn written(&mut self, node: Node, changes: &[Change]) -> Result<Vec<(Slot, Small)>, Failed> {
        let mut writes: Vec<(Slot, Small)> = Vec::new();
        for change in changes {
            let at = At { canonical: &self.canonical, numbers: &self.numbers, chains: &self.model.chains, node };
            if !change.condition.holds(&at) {
                continue;
            }
            let small = match change.small {
                Some(small) => small,
                None => {
                    let value = change.value.evaluate(&at);
                    self.numbers.intern(value)
                }
            };
            match writes.iter().find(|(slot, _)| *slot == change.slot) {
                Some(&(_, first)) if first != small => return Err(Failed::Conflict),
                Some(_) => {}
                None => writes.push((change.slot, small)),
            }
        }
        Ok(writes)
    }

    /// Computes the edges of a node of the draft.
    fn force(&mut self, index: u32) -> Result<(), Failed> {
        if std::mem::replace(&mut self.forced[index as usize], true) {
            return Ok(());
        }
        match self.origins[index as usize].clone() {
            Origin::Event { source, event, owner } => self.event_edges(index, source, event, owner),
            Origin::Write { of, writes, owner } => self.write_edges(index, of, &writes, owner),
            Origin::Pass { beliefs, base, owner } => self.pass_edges(index, &beliefs, base, owner),
        }
    }

    pub(super) fn set_edge(&mut self, index: u32, character: usize, edge: Edge) {
        self.draft.edges[index as usize * self.model.characters + character] = edge;
    }

    fn event_edges(&mut self, index: u32, source: Node, event: u32, owner: u8) -> Result<(), Failed> {
        let model = Arc::clone(&self.model);
        let ground = &model.events[event as usize];
        let writes = self.written_on_beliefs(source, ground)?;
        let writes: Vec<Write> = writes.into_iter().filter_map(|write| self.as_write(write, owner)).collect();
        for character in 0..model.characters {
            if character == usize::from(owner) {
                continue;
            }
            let believed = self.canonical.believed(source, character);
            let at = self.at(source);
            let noticed = ground.sights[character].iter().find(|(condition, _)| condition.holds(&at));
            let mut edge = match noticed {
                None => Edge::to(believed),
                Some(&(_, noticed)) => {
                    let corrected = self.corrected(source, believed, noticed);
                    self.event_node(corrected, noticed, character as u8)?
                }
            };
            let below = self.below(&writes, character);
            if !below.is_empty() {
                edge = self.write(edge, below, character as u8);
            }
            self.set_edge(index, character, edge);
        }
        Ok(())
    }

    /// A write on beliefs; `None` for one on what the owner believes, which is written on the level itself.
    fn as_write(&self, (slot, small): (Slot, Small), owner: u8) -> Option<Write> {
        let chain = &self.model.chains[usize::from(slot.chain)];
        let followed = u8::from(chain.first() == Some(&owner));
        (chain.len() > usize::from(followed)).then_some(Write { chain: slot.chain, followed, fact: slot.fact, small })
    }

    /// What is written on what `character` believes.
    fn below(&self, writes: &[Write], character: usize) -> Vec<Write> {
        let next = |write: &Write| {
            let head = self.model.chains[usize::from(write.chain)].get(usize::from(write.followed));
            (head.copied().map(usize::from) == Some(character))
                .then_some(Write { followed: write.followed + 1, ..*write })
        };
        writes.iter().filter_map(next).collect()
    }

    fn is_own(&self, write: &Write) -> bool {
        self.model.chains[usize::from(write.chain)].len() == usize::from(write.followed)
    }

    fn write(&mut self, of: Edge, writes: Vec<Write>, owner: u8) -> Edge {
        match of.node() {
            Ok(node) => Edge::to(self.write_canonical(node, &writes, owner)),
            Err(index) => {
                self.row.clear();
                self.row.extend_from_slice(self.canonical.row(self.draft.values[index as usize]));
                for write in &writes {
                    if self.is_own(write) {
                        self.row[usize::from(write.fact)] = write.small;
                    }
                }
                self.add_draft(Origin::Write { of, writes, owner })
            }
        }
    }

    fn write_edges(&mut self, index: u32, of: Edge, writes: &[Write], owner: u8) -> Result<(), Failed> {
        if let Err(before) = of.node() {
            self.force(before)?;
        }
        for character in 0..self.model.characters {
            if character == usize::from(owner) {
                continue;
            }
            let mut edge = match of.node() {
                Ok(node) => Edge::to(self.canonical.believed(node, character)),
                Err(before) => self.draft.edges[before as usize * self.model.characters + character],
            };
            let below = self.below(writes, character);
            if !below.is_empty() {
                edge = self.write(edge, below, character as u8);
            }
            self.set_edge(index, character, edge);
        }
        Ok(())
    }

    /// The node with `writes` made; it is the owner's belief, if anybody's.
    pub(super) fn write_canonical(&mut self, node: Node, writes: &[Write], owner: u8) -> Node {
        let characters = self.model.characters;
        let mut row = self.canonical.values(node).to_vec();
        for write in writes {
            if self.is_own(write) {
                row[usize::from(write.fact)] = write.small;
            }
        }
        let mut edges = Vec::with_capacity(characters);
        for character in 0..characters {
            if character == usize::from(owner) {
                edges.push(Edge::new(0));
                continue;
            }
            let believed = self.canonical.believed(node, character);
            let below = self.below(writes, character);
            let target =
                if below.is_empty() { believed } else { self.write_canonical(believed, &below, character as u8) };
            edges.push(Edge::to(target));
        }
        let mut draft = std::mem::take(&mut self.small_draft);
        draft.values.clear();
        draft.values.push(self.canonical.intern_row(&row));
        draft.edges = edges;
        let written = self.canonical.take_in(&draft, Edge::new(0));
        self.small_draft = draft;
        written
    }

    /// What somebody who believes `believed` takes to have been so before the event, which they notice in `real`.
    fn corrected(&mut self, real: Node, believed: Node, event: u32) -> Node {
        let model = Arc::clone(&self.model);
        let ground = &model.events[event as usize];
        let visible = ground.visible.as_ref().unwrap_or(&ground.needs);
        let (there, here) = (self.at(real), self.at(believed));
        if ground.needs.holds(&here) || !visible.holds(&there) {
            return believed;
        }
        let mut corrections = Corrections::default();
        corrections.correct(&there, &here, visible);
        let writes: Vec<Write> = corrections
            .writes
            .into_iter()
            .map(|(slot, correct)| {
                let small = match correct {
                    Correct::Small(small) => small,
                    Correct::Value(value) => self.numbers.intern(value),
                };
                Write { chain: slot.chain, followed: 0, fact: slot.fact, small }
            })
            .collect();
        self.write_canonical(believed, &writes, NOBODY)
    }

    /// What the holder (0 is the author, then the characters) tries to raise; `None` if it is unknown.
    pub(super) fn utility(&self, node: Node, holder: usize) -> Option<f64> {
        let at = self.at(node);
        let mut sum = 0.0;
        for number in &self.model.utilities[holder] {
            let value = number.evaluate(&at);
            sum += match value.as_boolean() {
                Some(yes) => f64::from(u8::from(yes)),
                None => value.as_number()?,
            };
        }
        Some(sum)
    }

    /// The value of a column.
    #[cfg(test)]
    pub(super) fn value(&self, node: Node, fact: u16) -> crate::ground::Value {
        self.numbers.value(self.canonical.values(node)[usize::from(fact)])
    }
}

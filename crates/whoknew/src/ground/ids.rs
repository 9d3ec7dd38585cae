//! The ids of ground things, and chains of believers.

use crate::world::EntityId;
use rustc_hash::FxHashMap;

crate::define_id! {
    /// Names a ground fact: a fact with its arguments, or the memory of an event.
    pub struct GroundFluentId;
}
crate::define_id! {
    /// Names a ground event: an action with its arguments, on a certain occasion.
    pub struct EventId;
}
crate::define_id! {
    /// Names a ground rule: a rule with its arguments.
    pub struct TriggerInstanceId;
}
crate::define_id! {
    /// Names a chain of believers: `Anne, Sally` is what Anne believes that Sally believes.
    pub struct ChainId;
}

impl ChainId {
    /// The chain of nobody: what is so.
    pub const REAL: Self = Self::from_index(0);
}

/// A fact in some chain of beliefs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Who believes that who believes.
    pub chain: ChainId,
    /// Which fact.
    pub fluent: GroundFluentId,
}

/// All chains that something mentions. Invariant: no chain names one character twice in a row, for what
/// somebody believes that they believe is what they believe.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chains {
    chains: Vec<Box<[EntityId]>>,
    by_believers: FxHashMap<Box<[EntityId]>, ChainId>,
    /// By a chain and one more believer inside it, those that were asked for.
    extended: FxHashMap<(ChainId, EntityId), ChainId>,
}

impl Chains {
    pub(crate) fn new() -> Self {
        let mut chains = Self::default();
        chains.intern(&[]);
        chains
    }

    pub(crate) fn believers(&self, chain: ChainId) -> &[EntityId] {
        &self.chains[chain.index()]
    }

    /// The chain of `believers`, neighbours that are the same joined into one.
    pub(crate) fn intern(&mut self, believers: &[EntityId]) -> ChainId {
        let mut joined = believers.to_vec();
        joined.dedup();
        if let Some(&chain) = self.by_believers.get(joined.as_slice()) {
            return chain;
        }
        let chain = ChainId::from_index(self.chains.len());
        self.chains.push(joined.clone().into());
        self.by_believers.insert(joined.into(), chain);
        chain
    }

    /// `chain` with `believer` inside it.
    pub(crate) fn extend(&mut self, chain: ChainId, believer: EntityId) -> ChainId {
        if let Some(&known) = self.extended.get(&(chain, believer)) {
            return known;
        }
        let mut believers = self.believers(chain).to_vec();
        believers.push(believer);
        let extended = self.intern(&believers);
        self.extended.insert((chain, believer), extended);
        extended
    }
}

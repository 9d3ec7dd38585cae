//! The entities of each kind, found once.

use super::Problem;
use crate::world::{EntityId, KindId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The entities of the kinds that were asked for.
pub(crate) type KnownDomains = FxHashMap<Vec<KindId>, Arc<[EntityId]>>;

impl Problem<'_> {
    /// The entities of any of `kinds`, in entity order.
    pub(crate) fn entities_of(&mut self, kinds: &[KindId]) -> Arc<[EntityId]> {
        if let Some(known) = self.domains.get(kinds) {
            return Arc::clone(known);
        }
        let found: Arc<[EntityId]> = self.world.entities_of(kinds).collect();
        self.domains.insert(kinds.to_vec(), Arc::clone(&found));
        found
    }
}

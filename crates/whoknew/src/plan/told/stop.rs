//! Ending a search for reasons from outside.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whoever holds the flag may end a search: it ends soon after the flag is set, and what was found until then counts.
#[derive(Clone, Copy, Debug)]
pub struct Stop(pub &'static AtomicBool);

impl Stop {
    /// Whether the search is to end.
    pub fn is_asked_for(self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

//! What a story uses of what it declares, and where: for findings about unused names, and for editors.

use rustc_hash::FxHashSet;

use super::{ActionId, EntityId, FluentId, KindId, TriggerId, UtilityId};
use crate::source::Span;

/// Something that a story declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Symbol {
    /// A kind.
    Kind(KindId),
    /// An entity.
    Entity(EntityId),
    /// A fact.
    Fluent(FluentId),
    /// An action.
    Action(ActionId),
    /// A rule.
    Trigger(TriggerId),
    /// A want or aim.
    Utility(UtilityId),
    /// A sentence pattern, named by the place it was written.
    Sentence(Span),
}

/// A place where something declared is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// What.
    pub symbol: Symbol,
    /// Where.
    pub span: Span,
    /// The declaration whose text this is, if any. A use inside its own declaration does not count.
    pub inside: Option<Symbol>,
}

/// All uses, in reading order of each pass.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    uses: Vec<Use>,
    used: FxHashSet<Symbol>,
}

impl Usage {
    /// Adds a use.
    pub fn record(&mut self, symbol: Symbol, span: Span, inside: Option<Symbol>) {
        self.uses.push(Use { symbol, span, inside });
        if inside != Some(symbol) {
            self.used.insert(symbol);
        }
    }

    /// Whether anything but its own declaration uses `symbol`.
    ///
    /// A kind counts as used when a kind, entity, parameter, value or formula names it.
    pub fn is_used(&self, symbol: Symbol) -> bool {
        self.used.contains(&symbol)
    }

    /// All uses.
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }

    /// The places where `symbol` is used.
    pub fn places(&self, symbol: Symbol) -> impl Iterator<Item = Span> + '_ {
        self.uses.iter().filter(move |entry| entry.symbol == symbol).map(|entry| entry.span)
    }
}

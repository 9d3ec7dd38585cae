//! One mistake, one message: what is missing in many places is reported at the first and counted at the others.

use rustc_hash::FxHashMap;

use super::{Reported, Resolver};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::world::names::NameKey;

/// So many further places are shown; more are counted.
const MOST_SHOWN: usize = 2;

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Missing {
    /// Somebody or something.
    Entity,
    /// A kind.
    Kind,
    /// The line that begins a scene.
    Scene,
    /// A fact.
    Fact,
    /// An action.
    Action,
    /// The `use` of a pack.
    Pack,
    /// The kind that a place of a fact or action asks for.
    Fit,
    /// A slot of a pattern.
    Slot,
}

/// The messages about what is missing.
#[derive(Debug, Default)]
pub(crate) struct Repeats {
    known: FxHashMap<(Missing, NameKey), usize>,
    messages: Vec<Message>,
}

/// A message with the further places of its mistake.
#[derive(Debug)]
struct Message {
    /// Its position among the diagnostics.
    position: usize,
    places: Vec<Span>,
}

impl Resolver<'_> {
    /// Counts a further place where `name` is missing; false if there is no message about it yet.
    pub(crate) fn is_missed_again(&mut self, missing: Missing, name: &str, span: Span) -> bool {
        if self.lacks_files && !matches!(missing, Missing::Fit | Missing::Slot) {
            return true;
        }
        let Some(&message) = self.repeats.known.get(&(missing, NameKey::new(name))) else { return false };
        self.repeats.messages[message].places.push(span);
        true
    }

    /// Reports that something of these names is missing, for the first time.
    pub(crate) fn report_missing<N: AsRef<str>>(
        &mut self,
        missing: Missing,
        names: &[N],
        message: Diagnostic,
    ) -> Reported {
        let position = self.diagnostics.len();
        for name in names {
            let key = (missing, NameKey::new(name.as_ref()));
            self.repeats.known.insert(key, self.repeats.messages.len());
        }
        self.repeats.messages.push(Message { position, places: Vec::new() });
        self.report(message)
    }

    /// Reports a mistake that is one with all others of this key.
    pub(crate) fn report_once(&mut self, missing: Missing, key: &str, message: Diagnostic) -> Reported {
        match message.primary.as_ref().map(|label| label.span) {
            Some(span) if self.is_missed_again(missing, key, span) => Reported,
            _ => self.report_missing(missing, &[key], message),
        }
    }

    /// Adds to each message the further places of its mistake.
    pub(super) fn say_repeats(&mut self) {
        for message in std::mem::take(&mut self.repeats.messages) {
            let Some(diagnostic) = self.diagnostics.get_mut(message.position) else { continue };
            let first = diagnostic.primary.as_ref().map(|label| label.span);
            let mut places: Vec<Span> = message.places.into_iter().filter(|&place| Some(place) != first).collect();
            places.sort_by_key(|place| (place.file, place.start));
            places.dedup();
            for &place in places.iter().take(MOST_SHOWN) {
                diagnostic.secondary.push(crate::diagnostic::Label { span: place, text: "here too".to_owned() });
            }
            match places.len().saturating_sub(MOST_SHOWN) {
                0 => {}
                1 => diagnostic.notes.push("and in one more place".to_owned()),
                more => diagnostic.notes.push(format!("and in {more} more places")),
            }
        }
    }
}

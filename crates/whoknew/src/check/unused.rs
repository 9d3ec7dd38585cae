//! H10: something that the story's own files declare and nothing uses.
//!
//! A name that nothing uses is a leftover or a misspelling. What packs declare is there for everybody and not reported.

use std::collections::BTreeMap;

use super::report::{Anchor, Findings};
use super::words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, Origin, Sources, Span};
use crate::suggest;
use crate::world::usage::{Symbol, Usage};
use crate::world::{ActionId, Entity, EntityId, FluentId, Sentence, World};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H10",
    name: "unused",
    severity: Severity::Warning,
    summary: "an entity, fact, action or pattern of the story's own files that nothing uses",
};

/// Reports what nothing uses. Where nothing is told, actions and what they may be done with are there for planning, and a fact
/// that nothing uses is only noted.
pub(super) fn report(world: &World, usage: &Usage, sources: &Sources, findings: &mut Findings) {
    let told = !world.telling.scenes.is_empty() || !world.tests.is_empty();
    let mut search = Search { sources, usage, found: Vec::new() };
    if told {
        search.entities(world);
    }
    for (index, fluent) in world.fluents.iter().enumerate() {
        let symbol = Symbol::Fluent(FluentId::from_index(index));
        if search.unless_used(symbol, fluent.span, format!("Nothing uses the fact “{}”", fluent.name)) {
            search.patterns(&fluent.sentences);
        }
    }
    for (index, action) in world.actions.iter().enumerate().filter(|_| told) {
        let symbol = Symbol::Action(ActionId::from_index(index));
        if search.unless_used(symbol, action.span, format!("Nobody ever does “{}”", action.name)) {
            search.patterns(&action.sentences);
        }
    }
    search.found.sort_by_key(|diagnostic| diagnostic.primary.as_ref().map(|primary| primary.span));
    for mut diagnostic in search.found {
        if !told {
            diagnostic.severity = Severity::Note;
        }
        findings.add(Anchor::Story, diagnostic);
    }
}

struct Search<'a> {
    sources: &'a Sources,
    usage: &'a Usage,
    found: Vec<Diagnostic>,
}

impl Search<'_> {
    /// Entities that nothing uses, those of one line together.
    fn entities(&mut self, world: &World) {
        let mut lines: BTreeMap<(FileId, usize), Vec<(&Entity, Span)>> = BTreeMap::new();
        let mut used: Vec<&Entity> = Vec::new();
        for (index, entity) in world.entities.iter().enumerate() {
            let Some(span) = entity.span else { continue };
            if self.usage.is_used(Symbol::Entity(EntityId::from_index(index))) {
                used.push(entity);
            } else if self.sources.get(span.file).origin == Origin::Story {
                lines.entry((span.file, self.sources.line(span))).or_default().push((entity, span));
            }
        }
        for unused in lines.into_values() {
            let names: Vec<&str> = unused.iter().map(|(entity, _)| entity.name.as_str()).collect();
            let title = format!("Nothing uses {}", words::short_list(&names, 6));
            let mut diagnostic =
                Diagnostic::new(&CODE, title, unused.first().map(|(_, span)| *span)).at("declared here");
            for (_, span) in unused.iter().skip(1) {
                diagnostic = diagnostic.label(*span, "");
            }
            let near = match unused.as_slice() {
                [(entity, _)] => {
                    let alike = used.iter().filter(|other| other.kinds == entity.kinds);
                    suggest::did_you_mean(&entity.name, alike.map(|other| other.name.as_str()))
                }
                _ => None,
            };
            let help = "let it come up in the story, or take it away".to_owned();
            self.found.push(diagnostic.help(near.map_or(help, |near| format!("{near} Then take this one away"))));
        }
    }

    /// Whether the symbol is used; reports it where not.
    fn unless_used(&mut self, symbol: Symbol, span: Span, title: String) -> bool {
        let used = self.usage.is_used(symbol);
        if !used && self.sources.get(span.file).origin == Origin::Story {
            self.found
                .push(Diagnostic::new(&CODE, title, Some(span)).at("declared here").help("use it or take it away"));
        }
        used
    }

    /// Patterns beyond the first, which serves for printing too.
    fn patterns(&mut self, sentences: &[Sentence]) {
        for sentence in sentences.iter().skip(1) {
            self.unless_used(
                Symbol::Sentence(sentence.span),
                sentence.span,
                "No line is written in this pattern".to_owned(),
            );
        }
    }
}

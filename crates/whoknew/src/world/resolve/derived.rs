//! Derived facts: what they follow from, and that none follows from itself.

use super::Resolver;
use super::codes::DERIVED_CYCLE;
use super::unknown_terms::text_of;
use crate::diagnostic::Diagnostic;
use crate::source::Origin;
use crate::world::{Expression, FluentId};

impl Resolver<'_> {
    /// Reports each circle of derived facts and cuts it.
    pub(super) fn break_derived_cycles(&mut self) {
        let follows_from: Vec<Vec<FluentId>> =
            self.world.fluents.iter().map(|fluent| fluents_of(fluent.definition.as_ref())).collect();
        let mut done = vec![false; follows_from.len()];
        let mut cut: Vec<Vec<FluentId>> = Vec::new();
        for first in 0..done.len() {
            let mut path: Vec<(usize, usize)> = if done[first] { Vec::new() } else { vec![(first, 0)] };
            while let Some((fluent, next)) = path.last_mut() {
                let Some(base) = follows_from[*fluent].get(*next).map(|base| base.index()) else {
                    done[*fluent] = true;
                    path.pop();
                    continue;
                };
                *next += 1;
                if let Some(start) = path.iter().position(|&(other, _)| other == base) {
                    cut.push(path[start..].iter().map(|&(member, _)| FluentId::from_index(member)).collect());
                } else if !done[base] {
                    path.push((base, 0));
                }
            }
        }
        for members in cut {
            self.report_derived_cycle(&members);
        }
    }

    fn report_derived_cycle(&mut self, members: &[FluentId]) {
        let Some((first, others)) = members.split_first() else { return };
        let name = |resolver: &Self, fluent: FluentId| resolver.world.fluents[fluent.index()].name.clone();
        let place = |resolver: &Self, fluent: FluentId| {
            let lines = resolver.derived.get(&fluent).map(Vec::as_slice).unwrap_or_default();
            let own = lines.iter().rev().find(|line| resolver.sources.get(line.file).origin == Origin::Story);
            own.or(lines.first()).copied().unwrap_or(resolver.world.fluents[fluent.index()].span)
        };
        let mut title = format!("the fact `{}` follows from itself", name(self, *first));
        if !others.is_empty() {
            let through: Vec<String> = others.iter().map(|&other| format!("`{}`", name(self, other))).collect();
            title.push_str(&format!(", through {}", through.join(" and ")));
        }
        let mut message = Diagnostic::new(&DERIVED_CYCLE, title, Some(place(self, *first)));
        for &other in others {
            message = message.label(place(self, other), format!("`{}` follows from this", name(self, other)));
        }
        self.report(message.help(
            "leave out a `means`: that fact is then made so at the start, by actions or by rules; what holds before anything is said is a `default`",
        ));
    }

    /// The names of the base facts that `fluent` follows from, for help.
    pub(super) fn base_names(&self, fluent: FluentId) -> Vec<String> {
        let mut seen = vec![fluent];
        let mut next = 0;
        let mut names = Vec::new();
        while let Some(&current) = seen.get(next) {
            next += 1;
            let declared = &self.world.fluents[current.index()];
            if declared.definition.is_none() && !self.derived.contains_key(&current) {
                names.push(self.fact_with_sentence(current));
            }
            for base in fluents_of(declared.definition.as_ref()) {
                if !seen.contains(&base) {
                    seen.push(base);
                }
            }
        }
        names
    }

    /// A fact as messages name it: `inside` ("{what} is in {value}").
    pub(super) fn fact_with_sentence(&self, fluent: FluentId) -> String {
        let declared = &self.world.fluents[fluent.index()];
        let said = declared.sentences.first().map(|sentence| text_of(sentence, &declared.parameters));
        let said = said.map(|said| format!(" (\"{said}\")")).unwrap_or_default();
        format!("`{}`{said}", declared.name)
    }
}

/// The facts whose values `definition` reads, each once, in order.
fn fluents_of(definition: Option<&Expression>) -> Vec<FluentId> {
    let mut found = Vec::new();
    if let Some(definition) = definition {
        definition.for_each(&mut |part| match part {
            Expression::Fluent(fact) if !found.contains(&fact.fluent) => found.push(fact.fluent),
            _ => {}
        });
    }
    found
}

//! Prints a world whose names are legal and fit: kinds, entities, facts, actions, rules, wants, start.

use super::effects::Printer;
use super::names::Renamed;
use super::patterns;
use super::variables::Variables;
use crate::world::names::NameKey;
use crate::world::{
    Action, Effect, EntityId, Expression, Fluent, Holder, KindId, Observation, Observer, Parameter, ParameterKind,
    StartStatement, Trigger, Utility, ValueKind, World, say,
};
use rustc_hash::FxHashSet;

/// The text of `world`.
pub(super) fn text(world: &World, renamed: &[Renamed]) -> String {
    let count = world.entities.len().saturating_sub(1);
    let entities = world.entities.iter().take(count).map(|entity| NameKey::new(&entity.name)).collect();
    let story = Story { world, entities };
    let sections = [
        story.head(renamed),
        story.kinds(),
        story.entities(),
        story.facts(),
        world.actions.iter().map(|action| story.action(action)).collect::<Vec<_>>().join("\n"),
        world.triggers.iter().map(|trigger| story.rule(trigger)).collect::<Vec<_>>().join("\n"),
        world.utilities.iter().map(|utility| story.want(utility)).collect(),
        story.start(),
    ];
    let sections: Vec<String> = sections.into_iter().filter(|section| !section.is_empty()).collect();
    sections.join("\n")
}

struct Story<'w> {
    world: &'w World,
    entities: FxHashSet<NameKey>,
}

impl<'w> Story<'w> {
    fn printer(&self, parameters: &[Parameter]) -> Printer<'_> {
        let names = parameters.iter().map(|parameter| parameter.name.as_str());
        Printer { world: self.world, variables: Variables::new(self.world, &self.entities, names) }
    }

    fn head(&self, renamed: &[Renamed]) -> String {
        let plain = |letter: char| !letter.is_control() && !"\"“”„".contains(letter);
        let title = self.world.title.as_deref().unwrap_or_default();
        let title: String = title.chars().filter(|&letter| plain(letter)).collect();
        let mut text = if title.is_empty() { String::new() } else { format!("story \"{title}\"\n") };
        for Renamed { from, to } in renamed {
            let from: String = from.chars().filter(|letter| !letter.is_control()).collect();
            text += &format!("# {to} is called {from} where this comes from\n");
        }
        text
    }

    fn kind(&self, kind: KindId) -> &'w str {
        &self.world.kinds[kind.index()].name
    }

    fn kind_list(&self, kinds: &[KindId], joint: &str) -> String {
        let names: Vec<&str> = kinds.iter().map(|&kind| self.kind(kind)).collect();
        names.join(joint)
    }

    fn kinds(&self) -> String {
        let mut text = String::new();
        for (index, kind) in self.world.kinds.iter().enumerate().skip(1) {
            let parents: Vec<KindId> =
                kind.parents.iter().copied().filter(|&parent| parent != World::ENTITY_KIND).collect();
            let built_in = index == World::CHARACTER_KIND.index();
            match parents.as_slice() {
                [] if built_in => {}
                [] => text += &format!("kind {}\n", kind.name),
                _ => text += &format!("kind {} : {}\n", kind.name, self.kind_list(&parents, ", ")),
            }
        }
        text
    }

    /// Entities in order, those of the same kinds that follow each other on one line.
    fn entities(&self) -> String {
        let mut text = String::new();
        let count = self.world.entities.len().saturating_sub(1);
        let mut last: Option<(usize, &[KindId])> = None;
        for (index, entity) in self.world.entities.iter().take(count).enumerate() {
            match last {
                Some((length, kinds)) if kinds == entity.kinds && length < 10 => {
                    text += &format!(", {}", entity.name);
                    last = Some((length + 1, kinds));
                }
                _ => {
                    text += if index == 0 { "" } else { "\n" };
                    text += &format!("{} {}", self.kind_list(&entity.kinds, " and "), entity.name);
                    last = Some((1, &entity.kinds));
                }
            }
        }
        if text.is_empty() { text } else { text + "\n" }
    }

    fn facts(&self) -> String {
        self.world.fluents.iter().map(|fluent| self.fact(fluent)).collect()
    }

    fn fact(&self, fluent: &Fluent) -> String {
        let value = match &fluent.value {
            ValueKind::Boolean => String::new(),
            ValueKind::Number => ": number".to_owned(),
            ValueKind::Entity(kinds) => format!(": {}", self.kind_list(kinds, " or ")),
        };
        let mut text = format!("fact {}({}){value}\n", fluent.name, self.parameters(&fluent.parameters));
        let mut printer = self.printer(&fluent.parameters);
        if let Some(default) = &fluent.default {
            text += &format!("  default {}\n", printer.formula(default));
        }
        if let Some(definition) = &fluent.definition {
            printer.variables.expression(definition);
            text += &printer.lines("means", definition);
        }
        for plain in &fluent.plain {
            text += &self.noticing("plain to", &mut printer, plain);
        }
        if let Some(guise) = &fluent.guise {
            text += &self.noticing("guise to", &mut printer, guise);
        }
        text
    }

    /// Parameters, those of the same kinds that follow each other together.
    fn parameters(&self, parameters: &[Parameter]) -> String {
        let mut text = String::new();
        for (index, parameter) in parameters.iter().enumerate() {
            text += if index == 0 { "" } else { ", " };
            text += &parameter.name;
            let alike = |next: &Parameter| next.kind == parameter.kind && matches!(next.kind, ParameterKind::Entity(_));
            if !parameters.get(index + 1).is_some_and(alike) {
                text += &format!(": {}", self.parameter_kind(&parameter.kind));
            }
        }
        text
    }

    fn parameter_kind(&self, kind: &ParameterKind) -> String {
        match kind {
            ParameterKind::Entity(kinds) => self.kind_list(kinds, " or "),
            ParameterKind::Constant(entity) => format!("only {}", self.entity(*entity)),
            ParameterKind::Statement => "statement".to_owned(),
            ParameterKind::Number => "number".to_owned(),
        }
    }

    fn entity(&self, entity: EntityId) -> &'w str {
        &self.world.entities[entity.index()].name
    }

    fn action(&self, action: &Action) -> String {
        let mut printer = self.printer(&action.parameters);
        let parameters = self.parameters(&action.parameters);
        let mut text = format!("action {}({parameters}) \"{}\"\n", action.name, patterns::of_action(action));
        for need in &action.preconditions {
            printer.variables.expression(&need.condition.value);
            text += &printer.lines(if need.hidden { "hidden needs" } else { "needs" }, &need.condition.value);
        }
        text += &self.makes(&mut printer, &action.effect);
        let mut actors: Vec<String> = Vec::new();
        for &actor in &action.actors {
            let name = printer.formula(&Expression::Entity(actor));
            if !actors.contains(&name) {
                actors.push(name);
            }
        }
        if !actors.is_empty() {
            text += &format!("  by {}\n", actors.join(", "));
        }
        for observation in &action.observations {
            text += &self.noticing("seen by", &mut printer, observation);
        }
        text
    }

    /// A line that begins with `words` and says to whom something shows.
    fn noticing(&self, words: &str, printer: &mut Printer<'_>, observation: &Observation) -> String {
        let observer = match &observation.observer {
            Observer::One(term) => {
                printer.variables.expression(&observation.condition);
                printer.formula(&Expression::Entity(*term))
            }
            Observer::Every(binding) => {
                printer.variables.observer(binding, &observation.condition);
                printer.variables.name(binding.variable)
            }
        };
        let observer = if observation.openly { observer + " openly" } else { observer };
        match &observation.condition {
            Expression::Boolean(true) => format!("  {words} {observer}\n"),
            condition => format!("  {words} {observer} if {}\n", printer.formula(condition)),
        }
    }

    fn makes(&self, printer: &mut Printer<'_>, effect: &Effect) -> String {
        printer.variables.effect(effect);
        let parts = match effect {
            Effect::All(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        parts.iter().map(|part| format!("  makes {}\n", printer.effect(part))).collect()
    }

    fn rule(&self, trigger: &Trigger) -> String {
        let mut printer = self.printer(&trigger.parameters);
        let mut text = format!("rule {}({})\n", trigger.name, self.parameters(&trigger.parameters));
        printer.variables.expression(&trigger.condition.value);
        text += &printer.lines("when", &trigger.condition.value);
        text += &self.makes(&mut printer, &trigger.effect);
        text
    }

    fn want(&self, utility: &Utility) -> String {
        let mut printer = self.printer(&[]);
        printer.variables.expression(&utility.value);
        let holder = match utility.holder {
            Holder::Author => "aim".to_owned(),
            Holder::Character(character) => format!("want {}", self.entity(character)),
        };
        let label = utility.label.as_ref().map(|label| format!(" \"{label}\"")).unwrap_or_default();
        // `1 if F else 0` is F, and a missing `else` means 0.
        let value = match &utility.value {
            Expression::If(cases, otherwise) if **otherwise == Expression::Number(0.0) => match cases.as_slice() {
                [(test, Expression::Number(1.0))] => printer.formula(test),
                cases if cases.iter().any(|(_, value)| *value == Expression::Unknown) => {
                    printer.formula(&utility.value)
                }
                _ => printer.formula(&utility.value).trim_end_matches(" else 0").to_owned(),
            },
            value => printer.formula(value),
        };
        format!("{holder}{label}: {value}\n")
    }

    fn start(&self) -> String {
        let mut text = String::new();
        for statement in &self.world.start {
            let mut printer = self.printer(&[]);
            let mut effect = |effect: &Effect| {
                printer.variables.effect(effect);
                printer.effect(effect)
            };
            text += &match statement {
                StartStatement::Common(written) if written.value == Effect::All(Vec::new()) => continue,
                StartStatement::Common(written) => format!("  {}\n", effect(&written.value)),
                StartStatement::KnownTo(names, written) => {
                    let names: Vec<&str> = names.iter().map(|&name| self.entity(name)).collect();
                    format!("  known to {}: {}\n", names.join(", "), effect(&written.value))
                }
                StartStatement::ToldToReader(said) => {
                    format!("  told to reader: {}\n", say::formula(self.world, &said.value))
                }
            };
        }
        if text.is_empty() { text } else { format!("start\n{text}") }
    }
}

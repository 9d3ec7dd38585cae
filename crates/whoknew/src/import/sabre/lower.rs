//! Makes a world from definitions: kinds, entities, properties, then everything that speaks of them.

use super::definitions::{Definitions, Event, Listed, Name, ParameterText, Property};
use super::expressions::NodeLink;
use super::formulas::{Class, Formulas};
use super::overloads::{Lowered, Names, Trouble, report_clashes};
use super::scope::{Meaning, Scope};
use super::{DECLARED_TWICE, Failure, MISFIT, TOO_LARGE, failure, span, unknown_name};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::world::{
    Entity, EntityId, Fluent, FluentId, Holder, Kind, KindId, Parameter, ParameterKind, Spanned, StartStatement,
    Utility, ValueKind, VariableId, World,
};
use rustc_hash::FxHashMap;

/// The most kinds, and the most entities, that a file may have.
const MAX_NAMES: usize = 20_000;
/// The most declarations that one is taken apart into.
const MAX_INSTANCES: usize = 20_000;

/// The world of `definitions`, unless something is wrong.
pub(super) fn lower(title: &str, definitions: &Definitions) -> (Option<World>, Vec<Diagnostic>) {
    let mut lowering = Lowering { names: empty(title), diagnostics: Vec::new() };
    lowering.kinds(definitions);
    lowering.entities(definitions);
    if lowering.diagnostics.is_empty() {
        lowering.ranges();
        lowering.properties(definitions);
    }
    if lowering.diagnostics.is_empty() {
        lowering.events(definitions);
        lowering.start(definitions);
        lowering.utilities(definitions);
        super::values::widen(&mut lowering.names.world);
    }
    if lowering.diagnostics.is_empty() {
        (Some(lowering.names.world), Vec::new())
    } else {
        (None, lowering.diagnostics)
    }
}

struct Lowering<'a> {
    names: Names<'a>,
    diagnostics: Vec<Diagnostic>,
}

fn empty(title: &str) -> Names<'_> {
    let world = World::built_in(Some(title.to_owned()));
    let kinds = [("entity", World::ENTITY_KIND), ("character", World::CHARACTER_KIND)].into_iter().collect();
    Names {
        kinds,
        entities: FxHashMap::default(),
        fluents: FxHashMap::default(),
        booleans: None,
        ranges: Vec::new(),
        world,
    }
}

impl<'a> Lowering<'a> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Declares the kind `name` if it is new.
    fn kind(&mut self, name: Name<'a>) -> KindId {
        if let Some(&kind) = self.names.kinds.get(name.text) {
            return kind;
        }
        let kind = KindId::from_index(self.names.world.kinds.len());
        let parents = vec![World::ENTITY_KIND];
        self.names.world.kinds.push(Kind { name: name.text.to_owned(), parents, span: Some(name.span) });
        self.names.kinds.insert(name.text, kind);
        kind
    }

    fn kinds(&mut self, definitions: &Definitions<'a>) {
        if definitions.kinds.len() > MAX_NAMES || definitions.entities.len() > MAX_NAMES {
            return self.report(*failure(&TOO_LARGE, "this file declares too many names", span(0, 0)));
        }
        for listed in &definitions.kinds {
            self.listed_kind(listed);
        }
        let entity_kinds = definitions.entities.iter().flat_map(|listed| &listed.kinds);
        let values = definitions.properties.iter().map(|property| &property.value);
        let properties = definitions.properties.iter().flat_map(|property| &property.parameters);
        let events = definitions.actions.iter().chain(&definitions.triggers);
        let parameters = properties.chain(events.flat_map(|event| &event.parameters));
        let mentioned = entity_kinds.chain(values).chain(parameters.filter_map(|parameter| parameter.kind.as_ref()));
        for name in mentioned {
            if !matches!(name.text, "boolean" | "number") {
                self.kind(*name);
            }
        }
        self.report_kind_cycle();
    }

    fn listed_kind(&mut self, listed: &Listed<'a>) {
        let kind = self.kind(listed.name);
        for parent in &listed.kinds {
            let parent = self.kind(*parent);
            let parents = &mut self.names.world.kinds[kind.index()].parents;
            if !parents.contains(&parent) && kind != World::ENTITY_KIND {
                parents.push(parent);
            }
        }
    }

    fn report_kind_cycle(&mut self) {
        // Kinds leave the list once all their parents have left it; a cycle stays.
        let kinds = &self.names.world.kinds;
        let mut waiting: Vec<usize> = kinds.iter().map(|kind| kind.parents.len()).collect();
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); kinds.len()];
        for (child, kind) in kinds.iter().enumerate() {
            for parent in &kind.parents {
                children[parent.index()].push(child);
            }
        }
        let mut ready: Vec<usize> = (0..kinds.len()).filter(|&kind| waiting[kind] == 0).collect();
        while let Some(kind) = ready.pop() {
            for &child in &children[kind] {
                waiting[child] -= 1;
                if waiting[child] == 0 {
                    ready.push(child);
                }
            }
        }
        if let Some(kind) = waiting.iter().position(|&count| count > 0) {
            let title = format!("the type `{}` lies below itself", kinds[kind].name);
            let span = kinds[kind].span.unwrap_or(span(0, 0));
            self.report(*failure(&MISFIT, title, span));
        }
    }

    fn entities(&mut self, definitions: &Definitions<'a>) {
        if !self.diagnostics.is_empty() {
            return;
        }
        let mut entities = Vec::new();
        for listed in &definitions.entities {
            let mut kinds: Vec<KindId> = listed.kinds.iter().map(|&name| self.kind(name)).collect();
            if kinds.is_empty() {
                kinds.push(World::ENTITY_KIND);
            }
            let world = &self.names.world;
            let character = kinds.iter().any(|&kind| world.is_subkind(kind, World::CHARACTER_KIND));
            entities.push((character, listed.name, kinds));
        }
        entities.sort_by_key(|(character, ..)| !character);
        self.names.world.characters = entities.iter().filter(|(character, ..)| *character).count();
        for (_, name, kinds) in entities {
            let id = EntityId::from_index(self.names.world.entities.len());
            if let Some(first) = self.names.entities.insert(name.text, id) {
                let title = format!("the entity `{}` is declared twice", name.text);
                let first = self.names.world.entities[first.index()].span;
                let message = *failure(&DECLARED_TWICE, title, name.span);
                let message = first.into_iter().fold(message, |message, span| message.label(span, "here before"));
                self.report(
                    message.help("an entity of several types has them all in one line: `entity Tom : hero, guest;`"),
                );
            }
            self.names.world.entities.push(entity(name.text, kinds, Some(name.span)));
        }
        self.boolean_entities(definitions);
        self.names.world.entities.push(entity("someone", Vec::new(), None));
    }

    /// `False` and `True` become entities of a kind of their own if some parameter is boolean.
    fn boolean_entities(&mut self, definitions: &Definitions<'a>) {
        let properties = definitions.properties.iter().map(|property| &property.parameters);
        let events = definitions.actions.iter().chain(&definitions.triggers).map(|event| &event.parameters);
        let boolean = |parameter: &ParameterText| parameter.kind.is_some_and(|kind| kind.text == "boolean");
        if !properties.chain(events).flatten().any(boolean) || self.names.kinds.contains_key("boolean") {
            return;
        }
        let world = &mut self.names.world;
        let kind = KindId::from_index(world.kinds.len());
        world.kinds.push(Kind { name: "boolean".to_owned(), parents: Vec::new(), span: None });
        self.names.booleans = Some(["False", "True"].map(|name| {
            world.entities.push(entity(name, vec![kind], None));
            EntityId::from_index(world.entities.len() - 1)
        }));
    }

    fn ranges(&mut self) {
        let world = &self.names.world;
        let ids = (0..world.kinds.len()).map(KindId::from_index);
        self.names.ranges = ids.map(|kind| world.entities_of(&[kind]).collect()).collect();
    }

    fn properties(&mut self, definitions: &Definitions<'a>) {
        for property in &definitions.properties {
            match self.property_instances(property) {
                Ok(instances) => {
                    for parameters in instances {
                        self.property(property, parameters);
                    }
                }
                Err(failure) => self.report(*failure),
            }
        }
        let fluents = self.names.world.fluents.iter();
        let declared = fluents.map(|fluent| (fluent.name.as_str(), fluent.parameters.as_slice(), fluent.span));
        report_clashes(declared, &self.names, &mut self.diagnostics);
    }

    fn property(&mut self, property: &Property<'a>, parameters: Vec<Parameter>) {
        let value = match property.value.text {
            "boolean" => ValueKind::Boolean,
            "number" => ValueKind::Number,
            _ => ValueKind::Entity(vec![self.kind(property.value)]),
        };
        let id = FluentId::from_index(self.names.world.fluents.len());
        self.names.fluents.entry(property.name.text).or_default().push(id);
        self.names.world.fluents.push(Fluent {
            name: property.name.text.to_owned(),
            parameters,
            value,
            default: None,
            definition: None,
            sentences: Vec::new(),
            negative_sentences: Vec::new(),
            none_sentences: Vec::new(),
            location: false,
            living: false,
            whereabouts: false,
            plain: Vec::new(),
            guise: None,
            span: property.name.span,
        });
    }

    fn property_instances(&self, property: &Property<'a>) -> Result<Vec<Vec<Parameter>>, Failure> {
        if must_be_taken_apart(&property.parameters) {
            let instances = self.instances(&property.parameters)?;
            return Ok(instances.into_iter().map(|instance| instance.parameters).collect());
        }
        Ok(vec![self.parameters(&property.parameters)?])
    }

    /// The parameters as written.
    fn parameters(&self, written: &[ParameterText<'a>]) -> Result<Vec<Parameter>, Failure> {
        let parameter = |written: &ParameterText<'a>| {
            let kind = match written.kind {
                Some(kind) if kind.text == "number" && !self.names.kinds.contains_key("number") => {
                    return Err(failure(
                        &MISFIT,
                        "a parameter cannot be a number: it takes an entity of some type",
                        kind.span,
                    ));
                }
                Some(kind) => ParameterKind::Entity(vec![self.names.kind(kind.text, kind.span)?]),
                None => ParameterKind::Constant(self.constant(written.name)?),
            };
            Ok(Parameter { name: written.name.text.to_owned(), kind })
        };
        written.iter().map(parameter).collect()
    }

    fn constant(&self, name: Name) -> Result<EntityId, Failure> {
        self.names.entities.get(name.text).copied().ok_or_else(|| {
            let title = format!("there is no entity called `{}`", name.text);
            unknown_name(title, name.text, name.span, self.names.entities.keys().map(|name| &**name))
        })
    }

    /// All instances of parameters, each with constants only: first parameter slowest.
    fn instances(&self, written: &[ParameterText<'a>]) -> Result<Vec<Instance<'a>>, Failure> {
        let mut instances = vec![Instance { parameters: Vec::new(), scope: Scope::new(written.len()) }];
        for parameter in written {
            let name = parameter.name;
            let meanings = self.meanings(parameter)?;
            let mut next = Vec::new();
            for instance in &instances {
                // A name that is repeated has one value.
                let bound = if parameter.kind.is_some() { instance.scope.find(name.text) } else { None };
                for &meaning in meanings.iter().filter(|&&meaning| bound.is_none_or(|bound| bound == meaning)) {
                    next.push(self.extended(instance, name.text, meaning));
                }
                if next.len() > MAX_INSTANCES {
                    return Err(failure(&TOO_LARGE, "these parameters have too many values", name.span));
                }
            }
            instances = next;
        }
        Ok(instances)
    }

    fn meanings(&self, parameter: &ParameterText<'a>) -> Result<Vec<Meaning>, Failure> {
        Ok(match parameter.kind {
            Some(kind) if kind.text == "boolean" && self.names.booleans.is_some() => {
                vec![Meaning::Boolean(false), Meaning::Boolean(true)]
            }
            Some(kind) => {
                let kind = self.names.kind(kind.text, kind.span)?;
                self.names.range(kind).iter().copied().map(Meaning::Constant).collect()
            }
            None => vec![Meaning::Constant(self.constant(parameter.name)?)],
        })
    }

    fn extended(&self, instance: &Instance<'a>, name: &'a str, meaning: Meaning) -> Instance<'a> {
        let mut extended = instance.clone();
        let entity = match meaning {
            Meaning::Constant(entity) => Some(entity),
            Meaning::Boolean(value) => self.names.boolean(value),
            Meaning::Variable(..) => None,
        };
        if let Some(entity) = entity {
            extended.parameters.push(Parameter { name: name.to_owned(), kind: ParameterKind::Constant(entity) });
        }
        extended.scope.enter(name, meaning);
        extended
    }

    fn events(&mut self, definitions: &Definitions<'a>) {
        for action in &definitions.actions {
            match self.event(action, &|formulas, event, parameters| formulas.action(event, parameters)) {
                Ok(actions) => self.names.world.actions.extend(actions),
                Err(failure) => self.report(*failure),
            }
        }
        for trigger in &definitions.triggers {
            match self.event(trigger, &|formulas, event, parameters| formulas.trigger(event, parameters)) {
                Ok(triggers) => self.names.world.triggers.extend(triggers),
                Err(failure) => self.report(*failure),
            }
        }
        let actions = self.names.world.actions.iter();
        let declared = actions.map(|action| (action.name.as_str(), action.parameters.as_slice(), action.span));
        report_clashes(declared, &self.names, &mut self.diagnostics);
        let triggers = self.names.world.triggers.iter();
        let declared = triggers.map(|trigger| (trigger.name.as_str(), trigger.parameters.as_slice(), trigger.span));
        report_clashes(declared, &self.names, &mut self.diagnostics);
    }

    /// An action or trigger: as written, or, where one property does not fit all arguments, taken apart.
    fn event<T>(&self, event: &Event<'a>, lower: &LowerEvent<'_, 'a, T>) -> Result<Vec<T>, Failure> {
        if !must_be_taken_apart(&event.parameters) {
            let mut scope = Scope::new(event.parameters.len());
            let parameters = self.parameters(&event.parameters)?;
            for (index, (written, parameter)) in event.parameters.iter().zip(&parameters).enumerate() {
                if let ParameterKind::Entity(kinds) = &parameter.kind {
                    let variable = VariableId::from_index(index);
                    scope.enter(written.name.text, Meaning::Variable(variable, kinds[0]));
                }
            }
            match lower(&mut Formulas { names: &self.names, scope }, event, parameters) {
                Ok(lowered) => return Ok(vec![lowered]),
                Err(Trouble::Failed(failure)) => return Err(failure),
                Err(Trouble::Split(_)) => {}
            }
        }
        let mut lowered = Vec::new();
        for Instance { parameters, scope } in self.instances(&event.parameters)? {
            match lower(&mut Formulas { names: &self.names, scope }, event, parameters) {
                Ok(instance) => lowered.push(instance),
                Err(trouble) => return Err(failed(trouble, event.name.span)),
            }
        }
        Ok(lowered)
    }

    fn start(&mut self, definitions: &Definitions<'a>) {
        for statement in &definitions.start {
            let mut formulas = Formulas { names: &self.names, scope: Scope::default() };
            match formulas.effect(statement, &mut Vec::new()) {
                Ok(value) => {
                    let spanned = Spanned { value, span: statement.span };
                    self.names.world.start.push(StartStatement::Common(spanned));
                }
                Err(trouble) => self.report(*failed(trouble, statement.span)),
            }
        }
    }

    fn utilities(&mut self, definitions: &Definitions<'a>) {
        for utility in &definitions.utilities {
            match self.utility(utility.holder, &utility.value) {
                Ok(utility) => self.names.world.utilities.push(utility),
                Err(failure) => self.report(*failure),
            }
        }
    }

    fn utility(&self, holder: Option<Name<'a>>, value: &NodeLink<'a>) -> Result<Utility, Failure> {
        let holder = match holder {
            None => Holder::Author,
            Some(name) => match self.constant(name)? {
                entity if entity.index() < self.names.world.characters => Holder::Character(entity),
                _ => {
                    let title = format!("`{}` is no character, so it wants nothing", name.text);
                    return Err(failure(&MISFIT, title, name.span));
                }
            },
        };
        let mut formulas = Formulas { names: &self.names, scope: Scope::default() };
        match formulas.value(value) {
            Ok((_, Class::Entity)) => {
                Err(failure(&MISFIT, "a utility is a number or a condition, but this is an entity", value.span))
            }
            Ok((expression, _)) => Ok(Utility { holder, label: None, value: expression, span: value.span }),
            Err(trouble) => Err(failed(trouble, value.span)),
        }
    }
}

/// One way to fill parameters.
#[derive(Clone)]
struct Instance<'a> {
    parameters: Vec<Parameter>,
    scope: Scope<'a>,
}

type LowerEvent<'f, 'a, T> = dyn Fn(&mut Formulas<'_, 'a>, &Event<'a>, Vec<Parameter>) -> Lowered<T> + 'f;

fn failed(trouble: Trouble, span: Span) -> Failure {
    match trouble {
        Trouble::Failed(failure) => failure,
        Trouble::Split(_) => failure(&MISFIT, "no one property fits all these arguments", span),
    }
}

/// Whether parameters cannot be variables of the world: some are boolean, or a name is repeated.
fn must_be_taken_apart(parameters: &[ParameterText]) -> bool {
    let typed = || parameters.iter().filter(|parameter| parameter.kind.is_some());
    let repeated =
        |parameter: &ParameterText| typed().filter(|other| other.name.text == parameter.name.text).count() > 1;
    typed().any(|parameter| parameter.kind.is_some_and(|kind| kind.text == "boolean") || repeated(parameter))
}

fn entity(name: &str, kinds: Vec<KindId>, span: Option<Span>) -> Entity {
    Entity { name: name.to_owned(), aliases: Vec::new(), kinds, minor: false, span }
}

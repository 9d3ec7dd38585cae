//! A small world built by hand, and how tests read and show things in it.

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};
use crate::world::sentences::{Reader, SentenceBook, Slots, parse_pattern, tokens};
use crate::world::{
    Action, Effect, Entity, EventTerm, Expression, Fluent, Kind, KindId, Parameter, ParameterKind, Sentence, ValueKind,
    World, say,
};

pub const FILE: FileId = FileId::from_index(0);

pub fn span() -> Span {
    Span::new(FILE, 0..0)
}

/// Kinds `place`, `thing`, `container : thing`, `person : character`, and a few of each.
pub fn small_world() -> World {
    let mut world = empty_world(&["place", "thing", "container", "person"]);
    world.kinds[4].parents = vec![kind(&world, "thing")];
    world.kinds[5].parents = vec![World::CHARACTER_KIND];
    for name in ["Sally", "Anne", "Miles"] {
        add_entity(&mut world, name, "person");
    }
    world.entities[2].aliases = vec!["the teacher".to_owned(), "Robert".to_owned()];
    for (name, kind) in [
        ("nursery", "place"),
        ("garden", "place"),
        ("Miles's flat", "place"),
        ("marble", "thing"),
        ("box", "container"),
        ("basket", "container"),
        ("the red box", "container"),
    ] {
        add_entity(&mut world, name, kind);
    }
    finish_entities(&mut world);
    add_fact(&mut world, "inside", &[("what", "thing")], Some("container"), &["the {what} is in the {value}"]);
    add_fact(
        &mut world,
        "at",
        &[("who", "person")],
        Some("place"),
        &["{who} is in|at {value}", "{who} stands in {value}"],
    );
    let at = world.fluents.len() - 1;
    world.fluents[at].none_sentences = vec![pattern(&world.fluents[at].parameters, "{who} is nowhere", false)];
    add_fact(&mut world, "alive", &[("who", "character")], None, &["{who} is alive"]);
    let alive = world.fluents.len() - 1;
    world.fluents[alive].negative_sentences = vec![pattern(&world.fluents[alive].parameters, "{who} is dead", false)];
    add_fact(&mut world, "fear", &[("who", "person")], Some("number"), &["{who} feels|feel {value} units of fear"]);
    add_fact(&mut world, "has", &[("who", "person"), ("what", "thing")], None, &["{who} has the {what}"]);
    add_fact(&mut world, "trusts", &[("a", "person"), ("b", "person")], None, &["{a} trusts {b}"]);
    add_fact(&mut world, "safe", &[], None, &["the safe can be opened"]);
    add_fact(&mut world, "friend", &[("who", "person")], Some("person"), &["{who}'s best friend is {value}"]);
    add_action(
        &mut world,
        "put",
        &[("who", "person"), ("what", "thing"), ("into", "container")],
        &["{who} puts the {what} in the {into}", "{who} lays the {what} into the {into}"],
        &["{who} put the {what} in the {into}"],
    );
    add_action(&mut world, "go", &[("who", "person"), ("to", "place")], &["{who} goes|walks to {to}"], &[]);
    add_action(
        &mut world,
        "tell",
        &[("who", "person"), ("whom", "person"), ("what", "statement")],
        &["{who} tells {whom} that {what}"],
        &["{who} told {whom} that {what}"],
    );
    add_action(&mut world, "pay", &[("who", "person"), ("sum", "number")], &["{who} pays {sum} coins"], &[]);
    world
}

/// A world with `kinds` directly below `entity`, and nothing else.
pub fn empty_world(kinds: &[&str]) -> World {
    let mut world = World::built_in(None);
    for name in kinds {
        world.kinds.push(Kind { name: (*name).to_owned(), parents: vec![World::ENTITY_KIND], span: None });
    }
    world
}

pub fn kind(world: &World, name: &str) -> KindId {
    KindId::from_index(world.kinds.iter().position(|kind| kind.name == name).unwrap())
}

pub fn add_entity(world: &mut World, name: &str, kind_name: &str) {
    let kinds = vec![kind(world, kind_name)];
    world.entities.push(Entity { name: name.to_owned(), aliases: Vec::new(), kinds, minor: false, span: None });
}

/// Adds `someone`, who must be last.
pub fn finish_entities(world: &mut World) {
    add_entity(world, "someone", "entity");
}

pub fn add_fact(world: &mut World, name: &str, parameters: &[(&str, &str)], value: Option<&str>, patterns: &[&str]) {
    let parameters = self::parameters(world, parameters);
    let value = match value {
        None => ValueKind::Boolean,
        Some("number") => ValueKind::Number,
        Some(name) => ValueKind::Entity(vec![kind(world, name)]),
    };
    let valued = value != ValueKind::Boolean;
    world.fluents.push(Fluent {
        name: name.to_owned(),
        sentences: patterns.iter().map(|text| pattern(&parameters, text, valued)).collect(),
        parameters,
        value,
        default: None,
        definition: None,
        negative_sentences: Vec::new(),
        none_sentences: Vec::new(),
        location: false,
        living: false,
        whereabouts: false,
        plain: Vec::new(),
        guise: None,
        span: span(),
    });
}

pub fn add_action(world: &mut World, name: &str, parameters: &[(&str, &str)], patterns: &[&str], past: &[&str]) {
    let parameters = self::parameters(world, parameters);
    let read = |patterns: &[&str]| patterns.iter().map(|text| pattern(&parameters, text, false)).collect();
    world.actions.push(Action {
        name: name.to_owned(),
        sentences: read(patterns),
        past_sentences: read(past),
        parameters: parameters.clone(),
        preconditions: Vec::new(),
        effect: Effect::All(Vec::new()),
        actors: Vec::new(),
        observations: Vec::new(),
        duration: None,
        staging: None,
        mutual: false,
        unplanned: false,
        span: span(),
    });
}

fn parameters(world: &World, parameters: &[(&str, &str)]) -> Vec<Parameter> {
    let kind = |name: &str| match name {
        "statement" => ParameterKind::Statement,
        "number" => ParameterKind::Number,
        name => ParameterKind::Entity(vec![kind(world, name)]),
    };
    parameters.iter().map(|(name, of)| Parameter { name: (*name).to_owned(), kind: kind(of) }).collect()
}

pub fn pattern(parameters: &[Parameter], text: &str, value: bool) -> Sentence {
    parse_pattern(text, span(), Slots { parameters, value, complete: true }).unwrap()
}

pub fn reader<'a>(world: &'a World, book: &'a SentenceBook) -> Reader<'a> {
    Reader { book, world, variables: &[], suggests: true, asks: false }
}

pub fn statement(world: &World, text: &str) -> Result<Expression, Diagnostic> {
    reader(world, &SentenceBook::new(world)).statement(&tokens(text, FILE, 0)).map(|reading| reading.value)
}

pub fn event(world: &World, text: &str) -> Result<EventTerm, Diagnostic> {
    reader(world, &SentenceBook::new(world)).event(&tokens(text, FILE, 0)).map(|reading| reading.value)
}

/// A statement as a formula, or the whole message.
pub fn statement_shown(world: &World, text: &str) -> String {
    statement(world, text).map_or_else(|diagnostic| shown(text, &diagnostic), |value| say::formula(world, &value))
}

/// An event as a call, or the whole message.
pub fn event_shown(world: &World, text: &str) -> String {
    event(world, text).map_or_else(|diagnostic| shown(text, &diagnostic), |value| say::call(world, &value))
}

/// All of a message, with the text that its place covers.
pub fn shown(text: &str, diagnostic: &Diagnostic) -> String {
    let mut lines = vec![format!("{text}"), format!("{}: {}", diagnostic.code.id, diagnostic.title)];
    if let Some(primary) = &diagnostic.primary {
        lines.push(
            format!("  at: {} {}", text.get(primary.span.range()).unwrap_or("?"), primary.text).trim_end().to_owned(),
        );
    }
    lines.extend(diagnostic.secondary.iter().map(|label| format!("  also: {}", label.text)));
    lines.extend(diagnostic.notes.iter().map(|note| format!("  note: {note}")));
    lines.extend(diagnostic.help.iter().map(|help| format!("  help: {help}")));
    lines.join("\n")
}

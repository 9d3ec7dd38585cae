//! Small random worlds: two to four characters, facts of all kinds of values, random actions, rules and starts.

use super::build::{Build, ITEM, PLACE, Scope, compare, facts, kind, read, span, term, variable};
use super::tape::{Choices, Tape};
use whoknew::world::*;

fn parameters(kinds: &[usize]) -> Vec<Parameter> {
    let names = ["a", "b", "c", "d"];
    let parameter = |(index, &of): (usize, &usize)| Parameter {
        name: names[index].to_owned(),
        kind: ParameterKind::Entity(kind(of)),
    };
    kinds.iter().enumerate().map(parameter).collect()
}

fn fluent(name: &str, kinds: &[usize], value: ValueKind, definition: Option<Expression>) -> Fluent {
    Fluent {
        name: name.to_owned(),
        parameters: parameters(kinds),
        value,
        default: None,
        definition,
        sentences: Vec::new(),
        negative_sentences: Vec::new(),
        none_sentences: Vec::new(),
        location: false,
        living: false,
        whereabouts: false,
        plain: Vec::new(),
        guise: None,
        span: span(),
    }
}

fn all_facts() -> Vec<Fluent> {
    let place = || ValueKind::Entity(kind(PLACE));
    let holder = ValueKind::Entity(vec![KindId::from_index(1), KindId::from_index(PLACE)]);
    let same_place = compare(Comparison::Equal, read(facts::AT, &[variable(0)]), read(facts::AT, &[variable(1)]));
    let rich = compare(Comparison::Greater, read(facts::COUNT, &[variable(0)]), Expression::Number(1.0));
    vec![
        fluent("at", &[1], place(), None),
        fluent("holds", &[ITEM], holder, None),
        fluent("merry", &[1], ValueKind::Boolean, None),
        fluent("shut", &[ITEM], ValueKind::Boolean, None),
        fluent("count", &[1], ValueKind::Number, None),
        fluent("trusts", &[1, 1], ValueKind::Boolean, None),
        fluent("alarm", &[], ValueKind::Boolean, None),
        fluent("chief", &[], ValueKind::Entity(kind(1)), None),
        fluent("near", &[1, 1], ValueKind::Boolean, Some(same_place)),
        fluent("rich", &[1], ValueKind::Boolean, Some(rich)),
        fluent("looks", &[1], ValueKind::Entity(kind(1)), None),
    ]
}

/// The world of these choices. Action 0 is always `tell(who, whom, what: statement)`.
pub fn world(choices: &Choices) -> World {
    let declared = |name: &str, parents: Vec<KindId>| Kind { name: name.to_owned(), parents, span: None };
    let characters = usize::from(choices.characters) + 2;
    let mut entities: Vec<Entity> =
        ["A", "B", "C", "D"].iter().take(characters).map(|name| entity(name, kind(1))).collect();
    entities.extend(["P", "Q"].iter().map(|name| entity(name, kind(PLACE))));
    entities.extend(["X", "Y"].iter().map(|name| entity(name, kind(ITEM))));
    entities.push(entity("someone", Vec::new()));
    let mut world = World {
        title: None,
        kinds: vec![
            declared("entity", Vec::new()),
            declared("character", vec![World::ENTITY_KIND]),
            declared("place", vec![World::ENTITY_KIND]),
            declared("item", vec![World::ENTITY_KIND]),
        ],
        entities,
        characters,
        fluents: all_facts(),
        actions: Vec::new(),
        triggers: Vec::new(),
        utilities: Vec::new(),
        start: Vec::new(),
        telling: Telling::default(),
        sayable: Vec::new(),
        tests: Vec::new(),
        allowances: Vec::new(),
        packs: Vec::new(),
        replacements: Vec::new(),
    };
    add_actions(choices, &mut world);
    for numbers in &choices.plain {
        add_plain(&mut world, &mut Tape::new(numbers));
    }
    let rules = choices.rules.iter().enumerate();
    world.triggers = rules.map(|(index, numbers)| rule(index, &world, &mut Tape::new(numbers))).collect();
    world.start = choices.start.iter().map(|numbers| start(&world, &mut Tape::new(numbers))).collect();
    add_guise(&mut world, &choices.guise);
    world
}

fn entity(name: &str, kinds: Vec<KindId>) -> Entity {
    Entity { name: name.to_owned(), aliases: Vec::new(), kinds, minor: false, span: None }
}

/// The parameter kinds of the actions: those of `tell`, then of the others.
fn signature(tape: &mut Tape) -> Vec<usize> {
    tape.pick(&[vec![1], vec![1, PLACE], vec![1, 1], vec![1, ITEM], vec![], vec![1, 1, ITEM]])
}

fn add_actions(choices: &Choices, world: &mut World) {
    let mut signatures = vec![None];
    signatures.extend(choices.actions.iter().skip(1).map(|numbers| Some(signature(&mut Tape::new(numbers)))));
    for (index, signature) in signatures.iter().enumerate() {
        let kinds = signature.clone().unwrap_or_else(|| vec![1, 1]);
        let mut declared = parameters(&kinds);
        if signature.is_none() {
            declared.push(Parameter { name: "what".to_owned(), kind: ParameterKind::Statement });
        }
        let name = if index == 0 { "tell".to_owned() } else { format!("act{index}") };
        world.actions.push(action(name, declared));
    }
    for (index, numbers) in choices.actions.iter().enumerate() {
        let mut tape = Tape::new(numbers);
        if index > 0 {
            signature(&mut tape);
        }
        let made = fill_action(index, world, &mut tape);
        world.actions[index] = made;
    }
}

fn action(name: String, parameters: Vec<Parameter>) -> Action {
    Action {
        name,
        parameters,
        sentences: Vec::new(),
        past_sentences: Vec::new(),
        preconditions: Vec::new(),
        effect: Effect::All(Vec::new()),
        actors: Vec::new(),
        observations: Vec::new(),
        duration: None,
        staging: None,
        mutual: false,
        unplanned: false,
        span: span(),
    }
}

fn scope_of(parameters: &[Parameter]) -> Scope {
    let mut scope = Scope { variables: parameters.len(), ..Scope::default() };
    for (index, parameter) in parameters.iter().enumerate() {
        match &parameter.kind {
            ParameterKind::Entity(kinds) if kinds[0].index() == 1 => scope.characters.push(variable(index)),
            ParameterKind::Entity(kinds) if kinds[0].index() == PLACE => scope.places.push(variable(index)),
            ParameterKind::Entity(_) => scope.items.push(variable(index)),
            _ => scope.statement = Some(VariableId::from_index(index)),
        }
    }
    scope
}

/// To whom a fact is plain; not one that follows from others.
fn add_plain(world: &mut World, tape: &mut Tape) {
    let fact = tape.choose(facts::NEAR);
    let mut build = Build { world, tape, scope: scope_of(&world.fluents[fact].parameters), depth: 1 };
    let plain = build.plain();
    world.fluents[fact].plain.push(plain);
}

/// Who looks like another is taken for that one; somebody does from the start, and nobody else knows.
fn add_guise(world: &mut World, numbers: &[u16]) {
    if numbers.is_empty() {
        return;
    }
    let mut tape = Tape::new(numbers);
    let scope = scope_of(&world.fluents[facts::LOOKS].parameters);
    let guise = Build { world, tape: &mut tape, scope, depth: 1 }.plain();
    world.fluents[facts::LOOKS].guise = Some(guise);
    let [who, like] = [0, 1].map(|_| EntityId::from_index(tape.choose(world.characters)));
    let looks = Effect::Assign(term(facts::LOOKS, &[Term::Entity(who)]), Expression::Entity(Term::Entity(like)));
    world.start.push(StartStatement::KnownTo(vec![who], Spanned { value: looks, span: span() }));
}

fn fill_action(index: usize, world: &World, tape: &mut Tape) -> Action {
    let mut action = world.actions[index].clone();
    let mut build = Build { world, tape, scope: scope_of(&action.parameters), depth: 0 };
    for _ in 0..build.tape.choose(3) {
        let condition = Spanned { value: build.condition(), span: span() };
        action.preconditions.push(Precondition { condition, hidden: build.tape.once_in(4) });
    }
    let mut effects = Vec::new();
    if index == 0 {
        let [who, whom] = [variable(0), variable(1)];
        let what = VariableId::from_index(2);
        effects.push(Effect::Believes(whom, Box::new(Effect::Believes(who, Box::new(Effect::Statement(what))))));
        let trusted = Effect::Believes(whom, Box::new(Effect::Statement(what)));
        effects.push(Effect::If(read(facts::TRUSTS, &[whom, who]), Box::new(trusted)));
    }
    for _ in 0..=build.tape.choose(2) {
        effects.push(build.effect());
    }
    action.effect = Effect::All(effects);
    for _ in 0..build.tape.choose(4) {
        action.observations.push(build.observation(index));
    }
    if !build.tape.once_in(4) {
        action.actors = build.scope.characters.iter().copied().take(1).collect();
    }
    action
}

/// An action of one character that changes one fact, and that perhaps all see.
pub fn simple_action(world: &World, tape: &mut Tape) -> Action {
    let kinds = tape.pick(&[vec![1], vec![1, PLACE], vec![1, 1], vec![1, ITEM]]);
    let mut action = action(format!("do{}", world.actions.len()), parameters(&kinds));
    let mut build = Build { world, tape, scope: scope_of(&action.parameters), depth: 2 };
    if build.tape.once_in(2) {
        let condition = Spanned { value: build.condition(), span: span() };
        action.preconditions.push(Precondition { condition, hidden: build.tape.once_in(4) });
    }
    let mut effect = build.assignment();
    if build.tape.once_in(4) {
        effect = Effect::Believes(build.somebody(), Box::new(effect));
    }
    action.effect = effect;
    if build.tape.once_in(2) {
        let (observer, condition) = (Observer::Every(build.bound(1)), Expression::Boolean(true));
        action.observations.push(Observation { observer, condition, openly: false, noticed_as: None, span: span() });
    }
    let actors = if build.tape.once_in(3) { 2 } else { 1 };
    action.actors = scope_of(&action.parameters).characters.into_iter().take(actors).collect();
    action
}

fn rule(index: usize, world: &World, tape: &mut Tape) -> Trigger {
    let kinds = tape.pick(&[vec![1], vec![1, 1], vec![], vec![1, ITEM, PLACE], vec![1, 1, PLACE]]);
    let declared = parameters(&kinds);
    let scope = scope_of(&declared);
    let mut build = Build { world, tape, scope, depth: 0 };
    let (condition, effect) = match kinds.len() {
        // Who is where something is sees it; who is where somebody is sees them.
        3 if build.tape.once_in(2) => build.seeing(kinds[1] == ITEM),
        _ => (build.condition(), build.assignment()),
    };
    Trigger {
        name: format!("rule{index}"),
        parameters: declared,
        sentences: Vec::new(),
        condition: Spanned { value: condition, span: span() },
        effect,
        span: span(),
    }
}

fn start(world: &World, tape: &mut Tape) -> StartStatement {
    let mut build = Build { world, tape, scope: Scope::default(), depth: 2 };
    let mut effect = build.assignment();
    let known_to = build.tape.choose(3);
    if known_to == 1 {
        let who = build.somebody();
        let mut group = vec![who];
        if build.tape.once_in(2) {
            group.push(build.somebody());
        }
        let group = group.into_iter().filter_map(|term| match term {
            Term::Entity(entity) => Some(entity),
            Term::Variable(_) => None,
        });
        return StartStatement::KnownTo(group.collect(), Spanned { value: effect, span: span() });
    }
    if known_to == 2 {
        for _ in 0..=build.tape.choose(3) {
            effect = Effect::Believes(build.somebody(), Box::new(effect));
        }
    }
    StartStatement::Common(Spanned { value: effect, span: span() })
}

/// An event that may happen in `world`, by the choices on `tape`.
pub fn event(world: &World, tape: &mut Tape) -> EventTerm {
    let action = tape.choose(world.actions.len());
    let scope = Scope::default();
    let mut build = Build { world, tape, scope, depth: 0 };
    let arguments = world.actions[action].parameters.iter().map(|parameter| match &parameter.kind {
        ParameterKind::Entity(_) if build.tape.once_in(12) => EventArgument::Anyone,
        ParameterKind::Entity(kinds) => EventArgument::Term(build.of_kind(kinds[0].index())),
        _ => EventArgument::Statement(Box::new(build.statement())),
    });
    EventTerm { action: ActionId::from_index(action), arguments: arguments.collect() }
}

//! Small random worlds: two to four characters, facts of all kinds of values, random actions, rules and starts.

use super::tape::{Choices, Tape};
use whoknew::source::{FileId, Span};
use whoknew::world::*;

/// Positions of the facts in every random world.
pub mod facts {
    pub const AT: usize = 0;
    pub const HOLDS: usize = 1;
    pub const MERRY: usize = 2;
    pub const SHUT: usize = 3;
    pub const COUNT: usize = 4;
    pub const TRUSTS: usize = 5;
    pub const ALARM: usize = 6;
    pub const CHIEF: usize = 7;
    pub const NEAR: usize = 8;
    pub const RICH: usize = 9;
}

const PLACE: usize = 2;
const ITEM: usize = 3;

/// What variables of each kind are in scope.
#[derive(Clone, Default)]
struct Scope {
    characters: Vec<Term>,
    places: Vec<Term>,
    items: Vec<Term>,
    statement: Option<VariableId>,
    variables: usize,
}

pub fn span() -> Span {
    Span::new(FileId::from_index(0), 0..0)
}

fn kind(index: usize) -> Vec<KindId> {
    vec![KindId::from_index(index)]
}

fn variable(index: usize) -> Term {
    Term::Variable(VariableId::from_index(index))
}

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
        location: false,
        span: span(),
    }
}

fn read(fact: usize, arguments: &[Term]) -> Expression {
    Expression::Fluent(term(fact, arguments))
}

fn term(fact: usize, arguments: &[Term]) -> FluentTerm {
    FluentTerm { fluent: FluentId::from_index(fact), arguments: arguments.to_vec() }
}

fn compare(comparison: Comparison, left: Expression, right: Expression) -> Expression {
    Expression::Compare(comparison, Box::new(left), Box::new(right))
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
        tests: Vec::new(),
    };
    add_actions(choices, &mut world);
    let rules = choices.rules.iter().enumerate();
    world.triggers = rules.map(|(index, numbers)| rule(index, &world, &mut Tape::new(numbers))).collect();
    world.start = choices.start.iter().map(|numbers| start(&world, &mut Tape::new(numbers))).collect();
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

/// Builds formulas and effects from choices.
struct Build<'b, 't> {
    world: &'b World,
    tape: &'b mut Tape<'t>,
    scope: Scope,
    depth: usize,
}

impl Build<'_, '_> {
    fn entities(&self, of: usize) -> Vec<Term> {
        self.world.entities_of(&kind(of)).map(Term::Entity).collect()
    }

    fn of_kind(&mut self, of: usize) -> Term {
        let variables = match of {
            1 => &self.scope.characters,
            PLACE => &self.scope.places,
            _ => &self.scope.items,
        };
        let options: Vec<Term> = variables.iter().copied().chain(self.entities(of)).collect();
        self.tape.pick(&options)
    }

    fn somebody(&mut self) -> Term {
        self.of_kind(1)
    }

    fn bound(&mut self, of: usize) -> Binding {
        let variable = VariableId::from_index(self.scope.variables);
        self.scope.variables += 1;
        let list = if of == 1 { &mut self.scope.characters } else { &mut self.scope.items };
        list.insert(0, Term::Variable(variable));
        Binding { variable, kinds: kind(of) }
    }

    fn unbound(&mut self, of: usize) {
        if of == 1 {
            self.scope.characters.remove(0);
        } else {
            self.scope.items.remove(0);
        }
    }

    fn yes_or_no_fact(&mut self) -> FluentTerm {
        match self.tape.choose(4) {
            0 => term(facts::MERRY, &[self.somebody()]),
            1 => term(facts::SHUT, &[self.of_kind(ITEM)]),
            2 => term(facts::TRUSTS, &[self.somebody(), self.somebody()]),
            _ => term(facts::ALARM, &[]),
        }
    }

    fn entity_fact(&mut self) -> (FluentTerm, usize) {
        match self.tape.choose(3) {
            0 => (term(facts::AT, &[self.somebody()]), PLACE),
            1 => (term(facts::HOLDS, &[self.of_kind(ITEM)]), PLACE),
            _ => (term(facts::CHIEF, &[]), 1),
        }
    }

    fn number_fact(&mut self) -> FluentTerm {
        term(facts::COUNT, &[self.somebody()])
    }

    fn inner<T>(&mut self, body: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let made = body(self);
        self.depth -= 1;
        made
    }

    fn condition(&mut self) -> Expression {
        let simple = 9;
        let choice = self.tape.choose(if self.depth < 3 { 19 } else { simple });
        match choice {
            0 => Expression::Fluent(self.yes_or_no_fact()),
            1 => Expression::Not(Box::new(Expression::Fluent(self.yes_or_no_fact()))),
            2 | 3 => self.entity_comparison(),
            4 => self.number_comparison(),
            5 => read(facts::NEAR, &[self.somebody(), self.somebody()]),
            6 => read(facts::RICH, &[self.somebody()]),
            7 => {
                let [left, right] = [self.somebody(), self.somebody()].map(Expression::Entity);
                compare(Comparison::NotEqual, left, right)
            }
            8 => self.remembered(),
            9 => Expression::Not(Box::new(self.inner(Self::condition))),
            10 => Expression::And(vec![self.inner(Self::condition), self.inner(Self::condition)]),
            11 => Expression::Or(vec![self.inner(Self::condition), self.inner(Self::condition)]),
            12 | 13 => {
                let who = self.somebody();
                Expression::Believes(who, Box::new(self.inner(Self::condition)))
            }
            14 => {
                let who = self.somebody();
                Expression::Knows(who, Box::new(self.inner(Self::condition)))
            }
            15 => self.asked(),
            16 => {
                let of = self.tape.pick(&[1, ITEM]);
                let quantifier = self.tape.pick(&[Quantifier::Exists, Quantifier::ForAll]);
                let binding = self.bound(of);
                let body = self.inner(Self::condition);
                self.unbound(of);
                Expression::Quantified(quantifier, binding, Box::new(body))
            }
            17 => {
                let (fact, _) = self.entity_fact();
                Expression::IsKind(Box::new(Expression::Fluent(fact)), KindId::from_index(self.tape.pick(&[PLACE, 1])))
            }
            _ => self.equivalence(),
        }
    }

    /// `knows whether`, `wonders`: of a condition or of a value.
    fn asked(&mut self) -> Expression {
        let who = self.somebody();
        let inner = match self.tape.choose(3) {
            0 => Expression::Fluent(self.yes_or_no_fact()),
            1 => Expression::Fluent(self.entity_fact().0),
            _ => self.entity_comparison(),
        };
        if self.tape.once_in(2) {
            Expression::Wonders(who, Box::new(inner))
        } else {
            Expression::KnowsWhether(who, Box::new(inner))
        }
    }

    fn equivalence(&mut self) -> Expression {
        let comparison = self.tape.pick(&[Comparison::Equal, Comparison::NotEqual]);
        let left = Expression::Fluent(self.yes_or_no_fact());
        let right = match self.tape.choose(3) {
            0 => Expression::Boolean(self.tape.once_in(2)),
            1 => Expression::Fluent(self.yes_or_no_fact()),
            _ => self.entity_comparison(),
        };
        compare(comparison, left, right)
    }

    fn entity_comparison(&mut self) -> Expression {
        let comparison = self.tape.pick(&[Comparison::Equal, Comparison::NotEqual]);
        let (fact, of) = self.entity_fact();
        let mut left = Expression::Fluent(fact);
        if self.tape.once_in(4) {
            left = Expression::Believes(self.somebody(), Box::new(left));
        }
        let right = match self.tape.choose(5) {
            0..3 => Expression::Entity(self.of_kind(of)),
            3 => Expression::Fluent(self.entity_fact().0),
            _ => Expression::Unknown,
        };
        compare(comparison, left, right)
    }

    fn number_comparison(&mut self) -> Expression {
        let comparison = self.tape.pick(&[
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Less,
            Comparison::LessOrEqual,
            Comparison::Greater,
            Comparison::GreaterOrEqual,
        ]);
        let mut left = Expression::Fluent(self.number_fact());
        if self.tape.once_in(4) {
            left = Expression::Believes(self.somebody(), Box::new(left));
        }
        let right = match self.tape.choose(5) {
            0..3 => Expression::Number(self.tape.choose(3) as f64),
            3 => self.sum(),
            _ => Expression::Unknown,
        };
        compare(comparison, left, right)
    }

    fn sum(&mut self) -> Expression {
        let operator = self.tape.pick(&[Arithmetic::Add, Arithmetic::Subtract]);
        let left = Expression::Fluent(self.number_fact());
        Expression::Arithmetic(operator, Box::new(left), Box::new(Expression::Number(1.0)))
    }

    fn remembered(&mut self) -> Expression {
        let event = self.pattern();
        if self.tape.once_in(2) {
            let times = Expression::Times { event, since: None, until: None };
            compare(Comparison::GreaterOrEqual, times, Expression::Number(self.tape.choose(3) as f64))
        } else {
            Expression::Happened(event)
        }
    }

    fn pattern(&mut self) -> EventTerm {
        let action = self.tape.choose(self.world.actions.len());
        let mut arguments = Vec::new();
        for parameter in &self.world.actions[action].parameters {
            arguments.push(match &parameter.kind {
                ParameterKind::Entity(kinds) if !self.tape.once_in(2) => {
                    let of = kinds[0].index();
                    EventArgument::Term(self.of_kind(of))
                }
                _ => EventArgument::Anyone,
            });
        }
        EventTerm { action: ActionId::from_index(action), arguments }
    }

    /// One assignment, of any kind of value.
    fn assignment(&mut self) -> Effect {
        match self.tape.choose(5) {
            0 => Effect::Assign(self.yes_or_no_fact(), Expression::Boolean(!self.tape.once_in(3))),
            1 | 2 => {
                let (fact, of) = self.entity_fact();
                let value = match self.tape.choose(6) {
                    0..4 => Expression::Entity(self.of_kind(of)),
                    4 => Expression::Fluent(if of == 1 {
                        term(facts::CHIEF, &[])
                    } else {
                        term(facts::AT, &[self.somebody()])
                    }),
                    _ => Expression::Unknown,
                };
                Effect::Assign(fact, value)
            }
            3 => {
                let fact = self.number_fact();
                let value = match self.tape.choose(5) {
                    0..2 => Expression::Number(self.tape.choose(3) as f64),
                    2 => self.sum(),
                    3 => Expression::Fluent(self.number_fact()),
                    _ => Expression::Unknown,
                };
                Effect::Assign(fact, value)
            }
            _ => {
                let fact = self.yes_or_no_fact();
                let value = match self.tape.choose(3) {
                    0 => Expression::Fluent(self.yes_or_no_fact()),
                    1 => Expression::Believes(self.somebody(), Box::new(Expression::Fluent(self.yes_or_no_fact()))),
                    _ => self.inner(Self::condition),
                };
                Effect::Assign(fact, value)
            }
        }
    }

    fn effect(&mut self) -> Effect {
        match self.tape.choose(if self.depth < 3 { 8 } else { 1 }) {
            0 | 1 => self.assignment(),
            2..5 => {
                let who = self.somebody();
                Effect::Believes(who, Box::new(self.inner(Self::effect)))
            }
            5 => {
                let test = self.inner(Self::condition);
                Effect::If(test, Box::new(self.inner(Self::effect)))
            }
            6 => {
                let of = self.tape.pick(&[1, ITEM]);
                let binding = self.bound(of);
                let body = self.inner(Self::effect);
                self.unbound(of);
                Effect::ForAll(binding, Box::new(body))
            }
            _ => {
                // Somebody learns what is so.
                let fact = self.yes_or_no_fact();
                let learned = Effect::Assign(fact.clone(), Expression::Fluent(fact));
                Effect::Believes(self.somebody(), Box::new(learned))
            }
        }
    }

    fn seeing(&mut self, thing: bool) -> (Expression, Effect) {
        let [who, other, place] = [variable(0), variable(1), variable(2)];
        let seen = if thing { facts::HOLDS } else { facts::AT };
        let is = |fact, subject| compare(Comparison::Equal, read(fact, &[subject]), Expression::Entity(place));
        let believed = Expression::Believes(who, Box::new(read(seen, &[other])));
        let unbelieved = compare(Comparison::NotEqual, believed, Expression::Entity(place));
        let learned = Effect::Assign(term(seen, &[other]), Expression::Entity(place));
        let condition = Expression::And(vec![is(facts::AT, who), is(seen, other), unbelieved]);
        (condition, Effect::Believes(who, Box::new(learned)))
    }

    fn observation(&mut self, action: usize) -> Observation {
        let observer = if self.tape.once_in(4) && !self.scope.characters.is_empty() {
            Observer::One(self.tape.pick(&self.scope.characters.clone()))
        } else {
            Observer::Every(self.bound(1))
        };
        let condition = if self.tape.once_in(3) { Expression::Boolean(true) } else { self.inner(Self::condition) };
        let noticed_as = self.tape.once_in(3).then(|| self.appearance(action));
        if matches!(observer, Observer::Every(_)) {
            self.unbound(1);
        }
        Observation { observer, condition, noticed_as, span: span() }
    }

    /// What somebody takes an action for: the same with other arguments, or another.
    fn appearance(&mut self, own: usize) -> EventTerm {
        let others: Vec<usize> =
            (0..self.world.actions.len()).filter(|&other| other != 0 || self.scope.statement.is_some()).collect();
        let action = if self.tape.once_in(2) { self.tape.pick(&others) } else { own };
        let mut arguments = Vec::new();
        for parameter in &self.world.actions[action].parameters {
            arguments.push(match (&parameter.kind, self.scope.statement) {
                (ParameterKind::Entity(_), _) if self.tape.once_in(4) => EventArgument::Anyone,
                (ParameterKind::Entity(kinds), _) => {
                    let of = kinds[0].index();
                    EventArgument::Term(self.of_kind(of))
                }
                (_, Some(statement)) => EventArgument::StatementVariable(statement),
                _ => EventArgument::Anyone,
            });
        }
        EventTerm { action: ActionId::from_index(action), arguments }
    }

    /// A literal, nested in beliefs.
    fn statement(&mut self) -> Expression {
        let mut statement = match self.tape.choose(6) {
            0 => Expression::Fluent(self.yes_or_no_fact()),
            1 => Expression::Not(Box::new(Expression::Fluent(self.yes_or_no_fact()))),
            2 => {
                let (fact, of) = self.entity_fact();
                compare(Comparison::Equal, Expression::Fluent(fact), Expression::Entity(self.of_kind(of)))
            }
            3 => {
                let fact = Expression::Fluent(self.number_fact());
                compare(Comparison::Equal, fact, Expression::Number(self.tape.choose(3) as f64))
            }
            4 => {
                let fact = self.entity_fact().0;
                compare(Comparison::Equal, Expression::Fluent(fact), Expression::Unknown)
            }
            _ => {
                let (fact, of) = self.entity_fact();
                let equal = compare(Comparison::Equal, Expression::Fluent(fact), Expression::Entity(self.of_kind(of)));
                Expression::Not(Box::new(equal))
            }
        };
        for _ in 0..self.tape.choose(4) {
            statement = Expression::Believes(self.somebody(), Box::new(statement));
        }
        statement
    }
}

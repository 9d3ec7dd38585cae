//! From a pattern with filled slots to what it says.

use super::book::{Subject, Target};
use super::line::Filling;
use super::matcher::{Attitude, AttitudeKind, Found, Match, Matcher, Mention, Slot, SlotFilling};
use super::trouble::{Mismatch, Someone, Stranger};
use crate::world::everybody::{self, Crowd};
use crate::world::usage::Symbol;
use crate::world::whereabouts;
use crate::world::{
    Comparison, EntityId, EventArgument, EventTerm, Expression, Fluent, FluentId, FluentTerm, KindId, ParameterKind,
    Term, ValueKind, World,
};

/// The most statements or events that one line may stand for.
pub(super) const MAX_PARTS: usize = 1_000;

/// The statements that a fact's pattern says.
pub(super) fn facts(matcher: &mut Matcher<'_>, fitting: &Match<'_>) -> Vec<Found<Expression>> {
    let Subject::Fact { fluent: id, negative } = matcher.book.patterns[fitting.pattern.index()].subject else {
        return Vec::new();
    };
    if matcher.trouble.lenient {
        return with_strangers(matcher, fitting, Expression::Boolean(true));
    }
    let fluent = &matcher.world.fluents[id.index()];
    let Some(rows) = rows(matcher, fitting, fluent.parameters.len(), Some(fluent)) else { return Vec::new() };
    let kinds: Vec<&ParameterKind> = fluent.parameters.iter().map(|parameter| &parameter.kind).collect();
    let has_value = fitting.targets.contains(&Target::Value);
    let says_none = fluent.value != ValueKind::Boolean && !has_value;
    let rows = rows.into_iter().map(|row| if says_none { row.with(Target::Value, &Filling::Nothing) } else { row });
    let parts: Option<Vec<Expression>> = rows.map(|row| fact(id, &kinds, &row, negative)).collect();
    let symbol = Symbol::Fluent(id);
    parts.map(|parts| found(matcher, fitting, symbol, parts)).into_iter().collect()
}

/// The events that an action's pattern says.
pub(super) fn events(matcher: &mut Matcher<'_>, fitting: &Match<'_>) -> Vec<Found<EventTerm>> {
    let Subject::Action(id) = matcher.book.patterns[fitting.pattern.index()].subject else { return Vec::new() };
    if matcher.trouble.lenient {
        return with_strangers(matcher, fitting, EventTerm { action: id, arguments: Vec::new() });
    }
    let parameters = &matcher.world.actions[id.index()].parameters;
    let Some(rows) = rows(matcher, fitting, parameters.len(), None) else { return Vec::new() };
    let someone = matcher.world.someone();
    let mut readings = Vec::new();
    for statement in statement_choices(matcher.world, fitting) {
        let mut parts = Vec::new();
        for row in &rows {
            let arguments: Option<Vec<EventArgument>> = parameters
                .iter()
                .enumerate()
                .map(|(index, parameter)| argument(&parameter.kind, &row.arguments[index], statement.as_ref(), someone))
                .collect();
            let Some(arguments) = arguments else { return Vec::new() };
            parts.push(EventTerm { action: id, arguments });
        }
        readings.push(found(matcher, fitting, Symbol::Action(id), parts));
    }
    readings
}

/// That these events happened, or never did.
pub(super) fn happened(events: Found<EventTerm>, positive: bool) -> Found<Expression> {
    let statement = |event| {
        let happened = Expression::Happened(event);
        if positive { happened } else { Expression::Not(Box::new(happened)) }
    };
    Found {
        parts: events.parts.into_iter().map(statement).collect(),
        mentions: events.mentions,
        strangers: events.strangers,
    }
}

/// One choice of one name per slot.
#[derive(Clone, Debug)]
struct Row {
    /// By parameter.
    arguments: Vec<Option<Filling>>,
    value: Option<Filling>,
}

/// All choices that lists of names in the slots stand for; `None` with the trouble noted if a filling does not fit.
fn rows(matcher: &mut Matcher<'_>, fitting: &Match<'_>, arity: usize, fluent: Option<&Fluent>) -> Option<Vec<Row>> {
    if !check_all(matcher, fitting) {
        return None;
    }
    let mut rows = vec![Row { arguments: vec![None; arity], value: None }];
    for (target, slot) in fitting.targets.iter().zip(fitting.slots) {
        let SlotFilling::Simple(filling) = &slot.filling else { continue };
        let single: Vec<Filling> = match filling {
            Filling::Names(terms) => terms.iter().map(|&term| Filling::Name(term)).collect(),
            other => vec![other.clone()],
        };
        if fluent.is_some() && single.contains(&Filling::Name(Term::Entity(matcher.world.someone()))) {
            let formula = if fitting.from == 0 { someone_as_formula(matcher, fitting, *target) } else { None };
            matcher.trouble.someone = Some(Someone { from: slot.from, to: slot.to, formula });
            return None;
        }
        if rows.len().saturating_mul(single.len()) > MAX_PARTS {
            matcher.trouble.too_rich = true;
            return None;
        }
        rows = rows.iter().flat_map(|row| single.iter().map(|filling| row.with(*target, filling))).collect();
    }
    Some(rows)
}

/// `exists x: thing (carried(x) = Sally)`, for a fact in which `someone` fills `target`.
fn someone_as_formula(matcher: &Matcher<'_>, fitting: &Match<'_>, target: Target) -> Option<String> {
    let Subject::Fact { fluent: id, negative } = matcher.book.patterns[fitting.pattern.index()].subject else {
        return None;
    };
    let fluent = &matcher.world.fluents[id.index()];
    let mut row = Row { arguments: vec![None; fluent.parameters.len()], value: None };
    for (target, slot) in fitting.targets.iter().zip(fitting.slots) {
        let SlotFilling::Simple(filling) = &slot.filling else { return None };
        row = row.with(*target, filling);
    }
    let kinds: Vec<&ParameterKind> = fluent.parameters.iter().map(|parameter| &parameter.kind).collect();
    let said = crate::world::say::formula(matcher.world, &fact(id, &kinds, &row, negative)?);
    let kind = match wanted(matcher, fitting, target) {
        Wanted::Kinds(kinds) => matcher.world.kinds[kinds.first()?.index()].name.clone(),
        Wanted::Only(_) | Wanted::Number => return None,
    };
    Some(format!("exists x: {kind} ({})", said.replace("someone", "x")))
}

impl Row {
    fn with(&self, target: Target, filling: &Filling) -> Self {
        let mut row = self.clone();
        match target {
            Target::Parameter(index) => row.arguments[index] = Some(filling.clone()),
            Target::Value => row.value = Some(filling.clone()),
        }
        row
    }
}

/// What a slot takes.
#[derive(Clone, Debug)]
enum Wanted {
    Kinds(Vec<KindId>),
    Only(EntityId),
    Number,
}

fn wanted(matcher: &Matcher<'_>, fitting: &Match<'_>, target: Target) -> Wanted {
    let kind = |kind: &ParameterKind| match kind {
        ParameterKind::Entity(kinds) => Wanted::Kinds(kinds.clone()),
        ParameterKind::Constant(entity) => Wanted::Only(*entity),
        ParameterKind::Statement | ParameterKind::Number => Wanted::Number,
    };
    match (matcher.book.patterns[fitting.pattern.index()].subject, target) {
        (Subject::Fact { fluent, .. }, Target::Value) => match &matcher.world.fluents[fluent.index()].value {
            ValueKind::Entity(kinds) => Wanted::Kinds(kinds.clone()),
            ValueKind::Number | ValueKind::Boolean => Wanted::Number,
        },
        (Subject::Fact { fluent, .. }, Target::Parameter(index)) => {
            kind(&matcher.world.fluents[fluent.index()].parameters[index].kind)
        }
        (Subject::Action(action), Target::Parameter(index)) => {
            kind(&matcher.world.actions[action.index()].parameters[index].kind)
        }
        (Subject::Action(_), Target::Value) => Wanted::Number,
    }
}

/// Whether a filling fits its slot.
enum Fit {
    Fits,
    /// A name is of another kind.
    OtherKind(Mismatch),
    /// Something else is wrong.
    Never,
}

fn check(matcher: &Matcher<'_>, fitting: &Match<'_>, target: Target, slot: &Slot) -> Fit {
    let SlotFilling::Simple(filling) = &slot.filling else { return Fit::Fits };
    let wanted = wanted(matcher, fitting, target);
    let terms: &[Term] = match (filling, &wanted) {
        (Filling::Name(term), _) => std::slice::from_ref(term),
        (Filling::Names(terms), _) => terms,
        (Filling::Nobody | Filling::Nothing, Wanted::Kinds(kinds)) => {
            let are_characters = kinds.iter().all(|&kind| matcher.world.is_subkind(kind, World::CHARACTER_KIND));
            let fits = target == Target::Value && are_characters == (*filling == Filling::Nobody);
            return if fits { Fit::Fits } else { Fit::Never };
        }
        (Filling::Number(_), Wanted::Number) | (Filling::Stranger, _) => return Fit::Fits,
        (Filling::Asked, Wanted::Kinds(_)) if target == Target::Value => return Fit::Fits,
        (Filling::Unknown(kinds) | Filling::Whichever(kinds), wanted) => {
            let same = match wanted {
                Wanted::Kinds(wanted) => kinds == wanted,
                Wanted::Number => kinds.is_empty(),
                Wanted::Only(_) => false,
            };
            return if same && target == Target::Value { Fit::Fits } else { Fit::Never };
        }
        _ => return Fit::Never,
    };
    for &term in terms {
        let kinds = match &wanted {
            Wanted::Only(only) if Term::Entity(*only) == term => continue,
            Wanted::Kinds(kinds) if matcher.line.is_of_kinds(matcher.world, term, kinds) => continue,
            Wanted::Kinds(kinds) => kinds.clone(),
            Wanted::Only(_) | Wanted::Number => return Fit::Never,
        };
        let pattern = Some(fitting.pattern);
        return Fit::OtherKind(Mismatch { term, kinds, from: slot.from, to: slot.to, pattern });
    }
    Fit::Fits
}

/// Whether all fillings fit their slots; notes the trouble if not.
fn check_all(matcher: &mut Matcher<'_>, fitting: &Match<'_>) -> bool {
    let mut mismatches = Vec::new();
    for (target, slot) in fitting.targets.iter().zip(fitting.slots) {
        match check(matcher, fitting, *target, slot) {
            Fit::Fits => {}
            Fit::OtherKind(mismatch) => mismatches.push(mismatch),
            Fit::Never => return false,
        }
    }
    let count = mismatches.len();
    match mismatches.into_iter().next() {
        None => true,
        Some(first) => {
            matcher.trouble.mismatch(count, first);
            false
        }
    }
}

fn fact(id: FluentId, kinds: &[&ParameterKind], row: &Row, negative: bool) -> Option<Expression> {
    let arguments: Option<Vec<Term>> = kinds
        .iter()
        .zip(&row.arguments)
        .map(|(kind, filling)| match (filling, kind) {
            (Some(Filling::Name(term)), _) => Some(*term),
            (None, ParameterKind::Constant(entity)) => Some(Term::Entity(*entity)),
            _ => None,
        })
        .collect();
    let fact = Expression::Fluent(FluentTerm { fluent: id, arguments: arguments? });
    let value = match &row.value {
        None => return Some(if negative { Expression::Not(Box::new(fact)) } else { fact }),
        Some(Filling::Whichever(_) | Filling::Asked) => return (!negative).then_some(fact),
        Some(Filling::Name(term)) => Expression::Entity(*term),
        Some(Filling::Number(number)) => Expression::Number(*number),
        Some(Filling::Unknown(_) | Filling::Nobody | Filling::Nothing) => Expression::Unknown,
        Some(_) => return None,
    };
    let comparison = if negative { Comparison::NotEqual } else { Comparison::Equal };
    Some(Expression::Compare(comparison, Box::new(fact), Box::new(value)))
}

fn argument(
    kind: &ParameterKind,
    filling: &Option<Filling>,
    statement: Option<&Expression>,
    someone: EntityId,
) -> Option<EventArgument> {
    match (filling, kind) {
        (Some(Filling::Name(term)), _) if *term == Term::Entity(someone) => Some(EventArgument::Anyone),
        (Some(Filling::Name(term)), _) => Some(EventArgument::Term(*term)),
        (None, ParameterKind::Constant(entity)) => Some(EventArgument::Term(Term::Entity(*entity))),
        (Some(Filling::Number(number)), _) => Some(EventArgument::Number(*number)),
        (None, ParameterKind::Statement) => Some(EventArgument::Statement(Box::new(statement?.clone()))),
        _ => None,
    }
}

/// The readings of the statement slot, each as one expression; `[None]` without such a slot.
fn statement_choices(world: &World, fitting: &Match<'_>) -> Vec<Option<Expression>> {
    let readings = fitting.slots.iter().find_map(|slot| match &slot.filling {
        SlotFilling::Statement(readings) => Some(readings),
        SlotFilling::Simple(_) => None,
    });
    match readings {
        None => vec![None],
        Some(readings) => readings
            .iter()
            .filter(|reading| !reading.parts.iter().any(|part| is_question(world, part)))
            .map(|reading| Some(conjunction(reading.parts.clone())))
            .collect(),
    }
}

/// One statement of several.
pub(super) fn conjunction(mut parts: Vec<Expression>) -> Expression {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            Expression::And(parts)
        }
        None => Expression::Boolean(true),
    }
}

fn found<T>(matcher: &Matcher<'_>, fitting: &Match<'_>, symbol: Symbol, parts: Vec<T>) -> Found<T> {
    let mention = |symbol| Mention { symbol, from: fitting.from, to: fitting.to };
    let sentence = Symbol::Sentence(matcher.book.patterns[fitting.pattern.index()].span);
    let mut all = vec![mention(symbol), mention(sentence)];
    for slot in fitting.slots {
        match &slot.filling {
            SlotFilling::Simple(filling) => all.extend(mentions(filling, slot.from, slot.to)),
            SlotFilling::Statement(readings) => all.extend(readings.iter().flat_map(|reading| &reading.mentions)),
        }
    }
    Found { parts, mentions: all, strangers: Vec::new() }
}

/// The entities that a filling mentions.
pub(super) fn mentions(filling: &Filling, from: usize, to: usize) -> Vec<Mention> {
    let terms: &[Term] = match filling {
        Filling::Name(term) => std::slice::from_ref(term),
        Filling::Names(terms) => terms,
        _ => &[],
    };
    let entity = |term: &Term| if let Term::Entity(entity) = term { Some(Symbol::Entity(*entity)) } else { None };
    terms.iter().filter_map(entity).map(|symbol| Mention { symbol, from, to }).collect()
}

/// The reading of a pattern where words that name nothing may fill slots: it only carries them.
fn with_strangers<T>(matcher: &mut Matcher<'_>, fitting: &Match<'_>, dummy: T) -> Vec<Found<T>> {
    if !check_all(matcher, fitting) {
        return Vec::new();
    }
    let mut strangers = Vec::new();
    for (target, slot) in fitting.targets.iter().zip(fitting.slots) {
        match &slot.filling {
            SlotFilling::Simple(Filling::Stranger) => {
                let kinds = match wanted(matcher, fitting, *target) {
                    Wanted::Kinds(kinds) => kinds,
                    Wanted::Only(_) | Wanted::Number => Vec::new(),
                };
                strangers.push(Stranger { from: slot.from, to: slot.to, kinds, pattern: Some(fitting.pattern) });
            }
            SlotFilling::Statement(readings) => {
                let least = readings.iter().min_by_key(|reading| reading.strangers.len());
                strangers.extend(least.into_iter().flat_map(|reading| reading.strangers.iter().cloned()));
            }
            SlotFilling::Simple(_) => {}
        }
    }
    vec![Found { parts: vec![dummy], mentions: Vec::new(), strangers }]
}

/// Whether all who are said to believe something can; notes the trouble if not.
pub(super) fn check_holders(matcher: &mut Matcher<'_>, filling: &Filling, from: usize, to: usize) -> bool {
    let someone = matcher.world.someone();
    for term in holders(filling) {
        if term == Term::Entity(someone) {
            matcher.trouble.someone = Some(Someone { from, to, formula: None });
            return false;
        }
        let kinds = vec![World::CHARACTER_KIND];
        if !matcher.line.is_of_kinds(matcher.world, term, &kinds) {
            matcher.trouble.mismatch(1, Mismatch { term, kinds, from, to, pattern: None });
            return false;
        }
    }
    true
}

/// Those whom a filling names.
pub(super) fn holders(filling: &Filling) -> Vec<Term> {
    match filling {
        Filling::Name(term) => vec![*term],
        Filling::Names(terms) => terms.clone(),
        _ => Vec::new(),
    }
}

/// Each holder's attitude to each statement.
pub(super) fn held(
    matcher: &mut Matcher<'_>,
    attitude: Attitude,
    filling: &Filling,
    statements: &[Expression],
) -> Option<Vec<Expression>> {
    if *filling == Filling::Stranger {
        return Some(vec![Expression::Boolean(true)]);
    }
    let holders = holders(filling);
    if holders.len().saturating_mul(statements.len()) > MAX_PARTS {
        matcher.trouble.too_rich = true;
        return None;
    }
    let mut parts = Vec::new();
    for holder in holders {
        for statement in statements {
            let held = take(attitude.kind, holder, statement.clone());
            parts.push(if attitude.negative { Expression::Not(Box::new(held)) } else { held });
        }
    }
    Some(parts)
}

/// The attitude of a crowd to a statement.
pub(super) fn crowd(world: &World, crowd: &Crowd, attitude: Attitude, statement: &Expression) -> Expression {
    let variable = everybody::fresh_beside(statement, crowd.named());
    crowd.holding(world, variable, |holder| {
        let held = take(attitude.kind, holder, statement.clone());
        if attitude.negative { Expression::Not(Box::new(held)) } else { held }
    })
}

/// That somebody knows or wonders, or does not, where a thing is.
pub(super) fn where_held(world: &World, attitude: Attitude, holder: Term, thing: EntityId) -> Expression {
    let held = match attitude.kind {
        AttitudeKind::Wonders => whereabouts::wondered(world, holder, thing),
        _ => whereabouts::known(world, holder, thing),
    };
    if attitude.negative { opposite(held) } else { held }
}

fn take(kind: AttitudeKind, holder: Term, statement: Expression) -> Expression {
    match kind {
        AttitudeKind::Believes => Expression::Believes(holder, Box::new(statement)),
        AttitudeKind::Knows => Expression::Knows(holder, Box::new(statement)),
        AttitudeKind::KnowsWhether => Expression::KnowsWhether(holder, Box::new(question(statement))),
        AttitudeKind::Wonders => Expression::Wonders(holder, Box::new(question(statement))),
    }
}

/// What is asked by "whether S": a fact with whichever value.
pub(crate) fn question(statement: Expression) -> Expression {
    match statement {
        Expression::Not(inner) => question(*inner),
        Expression::Compare(_, left, _) if matches!(*left, Expression::Fluent(_)) => *left,
        Expression::Believes(holder, inner) => Expression::Believes(holder, Box::new(question(*inner))),
        other => other,
    }
}

/// Whether `expression` says no value of a fact that has one: it can be asked, not stated.
pub(super) fn is_question(world: &World, expression: &Expression) -> bool {
    match expression {
        Expression::Fluent(term) => world.fluents[term.fluent.index()].value != ValueKind::Boolean,
        Expression::Not(inner) | Expression::Believes(_, inner) | Expression::Knows(_, inner) => {
            is_question(world, inner)
        }
        _ => false,
    }
}

/// `it is not so that S`.
pub(crate) fn opposite(statement: Expression) -> Expression {
    match statement {
        Expression::Not(inner) => *inner,
        Expression::Boolean(value) => Expression::Boolean(!value),
        Expression::Compare(comparison, left, right) => Expression::Compare(opposed(comparison), left, right),
        other => Expression::Not(Box::new(other)),
    }
}

fn opposed(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterOrEqual,
        Comparison::LessOrEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessOrEqual,
        Comparison::GreaterOrEqual => Comparison::Less,
    }
}

/// `it is unknown whether S`, for a fact.
pub(super) fn unknown(statement: Expression) -> Option<Expression> {
    match question(statement) {
        fact @ Expression::Fluent(_) => {
            Some(Expression::Compare(Comparison::Equal, Box::new(fact), Box::new(Expression::Unknown)))
        }
        _ => None,
    }
}

//! The facts of answers as JSON.

use super::json::{PointDocument, point_document};
use serde::Serialize;
use serde_json::{Number, Value as Json, json};
use whoknew::ask::question::Mind;
use whoknew::ask::{AnswerData, Held, Occasion, Period, Want};
use whoknew::ground::Value;
use whoknew::world::{EntityId, EventArgument, EventTerm, Expression, Term, World, say};

#[derive(Serialize)]
pub struct HeldDocument<'a> {
    minds: Vec<&'a str>,
    fact: &'a str,
    arguments: Vec<&'a str>,
    event: Option<EventDocument<'a>>,
    value: Json,
    truth: Json,
    since: Option<PointDocument>,
    source: Option<&'a str>,
}

/// What somebody wants.
#[derive(Serialize)]
pub struct WantDocument<'a> {
    name: Option<&'a str>,
    met: Option<bool>,
    believed_met: Option<bool>,
    amount: Json,
    believed_amount: Json,
}

/// A time in which something was so.
#[derive(Serialize)]
pub struct PeriodDocument {
    from: PointDocument,
    until: Option<PointDocument>,
}

/// One time that something happened.
#[derive(Serialize)]
pub struct OccasionDocument<'a> {
    at: PointDocument,
    event: EventDocument<'a>,
    there: Vec<&'a str>,
    noticed: Vec<NoticedDocument<'a>>,
}

/// What somebody noticed.
#[derive(Serialize)]
struct NoticedDocument<'a> {
    who: &'a str,
    event: EventDocument<'a>,
}

/// What an answer says beside facts.
#[derive(Serialize)]
pub struct BesideDocument<'a> {
    wants: Vec<WantDocument<'a>>,
    ways: Vec<Vec<EventDocument<'a>>>,
    periods: Vec<PeriodDocument>,
    occasions: Vec<OccasionDocument<'a>>,
}

/// What an answer says beside facts.
pub fn beside_document<'a>(world: &'a World, data: &AnswerData) -> BesideDocument<'a> {
    let event = |event: &EventTerm| event_document(world, event);
    let number = |amount: Option<f64>| amount.map_or(Json::Null, |amount| value(world, Value::number(amount)));
    let want = |want: &Want| WantDocument {
        name: world.utilities[want.want.index()].label.as_deref(),
        met: want.met,
        believed_met: want.believed_met,
        amount: number(want.amount),
        believed_amount: number(want.believed_amount),
    };
    let period = |period: &Period| PeriodDocument {
        from: point_document(&period.from),
        until: period.until.as_ref().map(point_document),
    };
    let noticed = |(who, seen): &(EntityId, EventTerm)| NoticedDocument { who: name(world, *who), event: event(seen) };
    let occasion = |occasion: &Occasion| OccasionDocument {
        at: point_document(&occasion.at),
        event: event(&occasion.event),
        there: occasion.there.iter().map(|who| name(world, *who)).collect(),
        noticed: occasion.noticed.iter().map(noticed).collect(),
    };
    BesideDocument {
        wants: data.wants.iter().map(want).collect(),
        ways: data.ways.iter().map(|acts| acts.iter().map(event).collect()).collect(),
        periods: data.periods.iter().map(period).collect(),
        occasions: data.occasions.iter().map(occasion).collect(),
    }
}

#[derive(Serialize)]
struct EventDocument<'a> {
    action: &'a str,
    arguments: Vec<String>,
}

/// A fact in somebody's mind.
pub fn held_document<'a>(world: &'a World, held: &Held) -> HeldDocument<'a> {
    let (fact, arguments, event) = fact(world, &held.fact);
    let minds = held.minds.iter().map(|mind| match mind {
        Mind::Character(who) => name(world, *who),
        Mind::Reader => "the reader",
    });
    HeldDocument {
        minds: minds.collect(),
        fact,
        arguments,
        event,
        value: value(world, held.value),
        truth: value(world, held.truth),
        since: held.since.as_ref().map(point_document),
        source: held.source.map(|who| name(world, who)),
    }
}

/// The name of a fact, its arguments, and the event that it is about.
fn fact<'a>(world: &'a World, fact: &Expression) -> (&'a str, Vec<&'a str>, Option<EventDocument<'a>>) {
    match fact {
        Expression::Fluent(fact) => {
            let arguments = fact.arguments.iter().filter_map(|&argument| term(world, argument));
            (&world.fluents[fact.fluent.index()].name, arguments.collect(), None)
        }
        Expression::Happened(event) => ("happened", Vec::new(), Some(event_document(world, event))),
        Expression::Times { event, .. } => ("times", Vec::new(), Some(event_document(world, event))),
        _ => ("", Vec::new(), None),
    }
}

fn event_document<'a>(world: &'a World, event: &EventTerm) -> EventDocument<'a> {
    let argument = |argument: &EventArgument| match argument {
        EventArgument::Term(of) => term(world, *of).unwrap_or_default().to_owned(),
        EventArgument::Statement(statement) => say::statement(world, statement),
        EventArgument::Number(number) => say::number(*number),
        EventArgument::Anyone | EventArgument::StatementVariable(_) => name(world, world.someone()).to_owned(),
    };
    let action = &world.actions[event.action.index()];
    EventDocument { action: &action.name, arguments: event.arguments.iter().map(argument).collect() }
}

fn term(world: &World, term: Term) -> Option<&str> {
    match term {
        Term::Entity(entity) => Some(name(world, entity)),
        Term::Variable(_) => None,
    }
}

fn name(world: &World, entity: EntityId) -> &str {
    &world.entities[entity.index()].name
}

/// Yes or no, a number, a name; `null` for what is unknown.
fn value(world: &World, value: Value) -> Json {
    if let Some(boolean) = value.as_boolean() {
        return json!(boolean);
    }
    if let Some(entity) = value.as_entity() {
        return json!(name(world, entity));
    }
    let whole = value.as_number().filter(|number| number.fract() == 0.0 && number.abs() < 9e15);
    match (whole, value.as_number().and_then(Number::from_f64)) {
        // Whole numbers are written without a fraction.
        (Some(whole), _) => json!(whole as i64),
        (None, Some(number)) => Json::Number(number),
        (None, None) => Json::Null,
    }
}

//! A plan as lines of text, indented where reasons rest on the reasons of others; what was said once is referred to.

use super::{Act, Mistake, Reason, Want};
use crate::ground::EventId;
use crate::world::{EntityId, say};

/// A line of a plan that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How far it is indented, in steps of one list inside another.
    pub depth: usize,
    /// What stands before it: `1.` or `-`; empty for what is said about the line above it.
    pub mark: String,
    /// What it says.
    pub text: String,
}

/// The plan, its acts numbered from 1.
pub fn lines(acts: &[Act]) -> Vec<Line> {
    let mut teller = Teller::default();
    for (index, act) in acts.iter().enumerate() {
        teller.number = index + 1;
        teller.line(0, &format!("{}.", index + 1), begun(act));
        for reason in &act.reasons {
            teller.reason(1, reason, true);
        }
    }
    teller.lines
}

/// One reason by itself.
pub fn reason_lines(reason: &Reason) -> Vec<Line> {
    let mut teller = Teller::default();
    teller.reason(0, reason, true);
    teller.lines
}

/// The act as a line of its own; calls keep their small letters.
fn begun(act: &Act) -> String {
    if act.sentence == act.call { act.call.clone() } else { say::capitalised(&act.sentence) }
}

/// A reason that was told.
struct Told {
    character: EntityId,
    events: Vec<EventId>,
    wants: Vec<Want>,
    /// The number of the act under which it was told.
    number: usize,
    /// It is the reason of an act of the plan itself, not of an imagined one.
    real: bool,
}

#[derive(Default)]
struct Teller {
    lines: Vec<Line>,
    told: Vec<Told>,
    mistakes: Vec<(EntityId, Mistake)>,
    number: usize,
}

impl Teller {
    fn line(&mut self, depth: usize, mark: &str, text: impl Into<String>) {
        self.lines.push(Line { depth, mark: mark.to_owned(), text: text.into() });
    }

    /// Tells why somebody acts, in the plan itself if it is `real`, else in what somebody imagines.
    fn reason(&mut self, depth: usize, reason: &Reason, real: bool) {
        if let Some(text) = self.known(reason, real) {
            self.line(depth, "", text);
        } else {
            self.whole(depth, reason, real);
        }
        for mistake in &reason.mistakes {
            self.mistake(depth, reason, mistake, real);
        }
    }

    fn whole(&mut self, depth: usize, reason: &Reason, real: bool) {
        let name = &reason.name;
        let wants: Vec<String> = reason.wants.iter().map(Want::words).collect();
        let own = reason.next.iter().all(|act| act.actors.contains(&reason.character));
        let expects = match (reason.next.is_empty(), own) {
            (true, _) => "This act is enough.".to_owned(),
            (false, true) => format!("{name} means to go on:"),
            (false, false) => format!("{name} counts on this to follow:"),
        };
        self.line(depth, "", format!("{name} wants: {}. {expects}", wants.join("; ")));
        for act in &reason.next {
            self.line(depth, "-", begun(act));
            for other in &act.reasons {
                self.reason(depth + 1, other, false);
            }
        }
        let (character, events, wants) = (reason.character, reason.events(), reason.wants.clone());
        self.told.push(Told { character, events, wants, number: self.number, real });
    }

    fn mistake(&mut self, depth: usize, reason: &Reason, mistake: &Mistake, real: bool) {
        let told = (reason.character, mistake.clone());
        if self.mistakes.contains(&told) {
            return;
        }
        self.mistakes.push(told);
        let Mistake { believed, so } = mistake;
        self.line(
            depth,
            "",
            match real {
                true => format!("{} is wrong to believe that {believed}: in truth, {so}.", reason.name),
                false => format!("{} would wrongly believe that {believed}.", reason.name),
            },
        );
    }

    /// How to refer to a reason that was told before, or that goes on with one.
    fn known(&self, reason: &Reason, real: bool) -> Option<String> {
        let events = reason.events();
        let told = self.told.iter().find(|told| {
            told.character == reason.character && told.wants == reason.wants && told.events.ends_with(&events)
        })?;
        let place = if told.number == self.number { "above".to_owned() } else { format!("under {}", told.number) };
        let goes_on = told.real && real && told.events.len() > events.len();
        let verb = match (goes_on, real) {
            (true, _) => "goes on with the plan",
            (false, true) => "does it for the reason",
            (false, false) => "would do it for the reason",
        };
        Some(format!("{} {verb} told {place}.", reason.name))
    }
}

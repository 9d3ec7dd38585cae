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
        if act.actors.is_empty() {
            teller.line(1, "", "nobody chooses this: the author lets it happen.");
        }
        teller.reasons(1, &act.reasons, true);
    }
    teller.lines
}

/// One reason by itself.
pub fn reason_lines(reason: &Reason) -> Vec<Line> {
    let mut teller = Teller::default();
    teller.reasons(0, std::slice::from_ref(reason), true);
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
    /// Mistakes that were told, those of the plan itself apart.
    mistakes: Vec<(EntityId, Mistake, bool)>,
    number: usize,
}

impl Teller {
    fn line(&mut self, depth: usize, mark: &str, text: impl AsRef<str>) {
        let text = if mark.is_empty() { say::capitalised(text.as_ref()) } else { text.as_ref().to_owned() };
        self.lines.push(Line { depth, mark: mark.to_owned(), text });
    }

    /// Tells why everybody acts, in the plan itself if that is `real`, else in what somebody imagines.
    fn reasons(&mut self, depth: usize, reasons: &[Reason], real: bool) {
        let mut referred: Vec<(Reference, Vec<&str>)> = Vec::new();
        for reason in reasons {
            match self.known(reason, real) {
                None => self.whole(depth, reason, real),
                Some(reference) => match referred.iter_mut().find(|(known, _)| *known == reference) {
                    Some((_, names)) => names.push(&reason.name),
                    None => referred.push((reference, vec![&reason.name])),
                },
            }
        }
        for (reference, names) in referred {
            self.line(depth, "", reference.words(&names, self.number));
        }
        if real {
            for reason in reasons {
                let mistakes: String =
                    reason.mistakes.iter().filter_map(|mistake| self.mistake(reason, mistake, real)).collect();
                if !mistakes.is_empty() {
                    self.line(depth, "", mistakes.trim_start());
                }
            }
        }
    }

    fn whole(&mut self, depth: usize, reason: &Reason, real: bool) {
        let name = say::capitalised(&reason.name);
        let wants: Vec<String> = reason.wants.iter().map(Want::words).collect();
        let own = reason.next.iter().all(|act| act.actors.contains(&reason.character));
        let expects = match (reason.next.is_empty(), own) {
            (true, _) => "This act is enough.".to_owned(),
            (false, true) => format!("{name} means to go on:"),
            (false, false) => format!("{name} counts on this to follow:"),
        };
        let mistakes: Vec<String> =
            reason.mistakes.iter().filter_map(|mistake| self.mistake(reason, mistake, real)).collect();
        self.line(depth, "", format!("{name} wants: {}.{} {expects}", wants.join("; "), mistakes.concat()));
        for act in &reason.next {
            self.line(depth, "-", begun(act));
            self.reasons(depth + 1, &act.reasons, false);
        }
        let (character, events, wants) = (reason.character, reason.events(), reason.wants.clone());
        self.told.push(Told { character, events, wants, number: self.number, real });
    }

    /// ` Sally wrongly believes that …`, unless that was told.
    fn mistake(&mut self, reason: &Reason, mistake: &Mistake, real: bool) -> Option<String> {
        let told = (reason.character, mistake.clone(), real);
        if self.mistakes.contains(&told) {
            return None;
        }
        self.mistakes.push(told);
        let (name, Mistake { believed, so }) = (say::capitalised(&reason.name), mistake);
        Some(match real {
            true => format!(" {name} wrongly believes that {believed}; in truth, {so}."),
            false => format!(" {name} would wrongly believe that {believed}."),
        })
    }

    /// Where a reason was told before, by itself or as the end of another; best where it is one of the plan itself.
    fn known(&self, reason: &Reason, real: bool) -> Option<Reference> {
        let events = reason.events();
        let same = |told: &&Told| {
            told.character == reason.character && told.wants == reason.wants && told.events.ends_with(&events)
        };
        let told = self.told.iter().filter(same).max_by_key(|told| (told.real, told.number))?;
        let goes_on = told.real && real && told.events.len() > events.len();
        Some(Reference { number: told.number, goes_on, real })
    }
}

/// That a reason was told before.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Reference {
    /// The number of the act under which it was told.
    number: usize,
    /// The act goes on with the plan that was told there.
    goes_on: bool,
    real: bool,
}

impl Reference {
    fn words(self, names: &[&str], here: usize) -> String {
        let place = if self.number == here { "above".to_owned() } else { format!("under {}", self.number) };
        let (one, many) = match (self.goes_on, self.real) {
            (true, _) => ("goes on with the plan", "go on with the plans"),
            (false, true) => ("does it for the reason", "do it for the reasons"),
            (false, false) => ("would do it for the reason", "would do it for the reasons"),
        };
        format!("{} {} told {place}.", say::list(names), if names.len() == 1 { one } else { many })
    }
}

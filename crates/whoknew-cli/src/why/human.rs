//! The answer for people: a tree of sentences, each with its place.

use super::answer::{Answer, Answered};
use crate::human::Layout;
use crate::places::Places;
use whoknew::ask::why::{Asked, Background, Cause, Fact, Happening, Why};
use whoknew::ask::why_not::WhyNot;
use whoknew::world::say::{capitalised, list};

/// The whole text.
pub fn text(answered: &Answered, places: &Places<'_>, layout: &Layout) -> String {
    let mut text = String::new();
    for problem in &answered.problems {
        text += &layout.finding(problem, places);
        text += "\n\n";
    }
    match &answered.answer {
        Some(Answer::Because(why)) => text += &because(why, places),
        Some(Answer::Missing { why_not, acts }) => {
            text += &missing(why_not, "this cannot happen", places);
            if !acts.is_empty() {
                let break_before = if why_not.ways.is_empty() { "\n" } else { "" };
                text += &format!("{break_before}For example, it would come about so: {}.\n", acts.join("; then "));
            }
        }
        Some(Answer::Impossible(why_not)) => {
            text += &missing(why_not, "this is told, but cannot happen", places);
        }
        Some(Answer::NotSo { says, at }) => {
            text += &format!("{at}: it is not so: {says}\n\nTo see what is missing for it, ask --not \"{says}\".\n");
        }
        None => text += "The question could not be answered.\n",
    }
    text
}

fn missing(why_not: &WhyNot, impossible: &str, places: &Places<'_>) -> String {
    if why_not.missing.is_empty() {
        let so = if why_not.is_event { "nothing prevents this" } else { "it is so" };
        return format!("{}: {so}: {}\n", why_not.at, why_not.says);
    }
    let what = if why_not.is_event { impossible } else { "it is not so" };
    let mut text = format!("{}: {what}: {}\n", why_not.at, why_not.says);
    for (index, missing) in why_not.missing.iter().enumerate() {
        let (branch, deeper) = branches(index + 1 == why_not.missing.len());
        // That a statement needs itself is not worth saying.
        let but = if missing.needed == why_not.says {
            text += branch;
            " "
        } else {
            text += &format!("{branch} it needs that {}\n", missing.needed);
            ""
        };
        for (position, instead) in missing.instead.iter().enumerate() {
            let indent = if position == 0 && !but.is_empty() { but.to_owned() } else { format!("{deeper}but ") };
            match &instead.since {
                Some(since) => {
                    let place = place(since.place, places);
                    text += &format!("{indent}{}\n", instead.says);
                    text += &format!("{deeper}since {}: {}  [{place}]\n", since.at, since.says);
                }
                None => text += &format!("{indent}from the start {}\n", instead.says),
            }
        }
    }
    for (index, way) in why_not.ways.iter().enumerate() {
        let settings: Vec<String> = way.settings.iter().map(|setting| setting.says.clone()).collect();
        let either = if index == 0 { "It would be enough if" } else { "Or if" };
        text += &format!("{}{either} {}.\n", if index == 0 { "\n" } else { "" }, list(&settings));
    }
    for note in &why_not.notes {
        text += &format!("\n{}.\n", capitalised(note));
    }
    text
}

/// `box.who:12`
pub fn place(span: whoknew::source::Span, places: &Places<'_>) -> String {
    let (start, _) = places.points(span);
    format!("{}:{}", places.source(span.file).name, start.line)
}

fn because(why: &Why, places: &Places<'_>) -> String {
    let mut tree = Tree { places, text: String::new() };
    tree.why(why);
    for reason in &why.reasons {
        tree.text += &format!("\n{}\n", reason.lines.join("\n"));
    }
    for background in &why.background {
        tree.background(background);
    }
    for note in &why.notes {
        tree.text += &format!("\n{}.\n", capitalised(note));
    }
    tree.text
}

struct Tree<'t, 'p> {
    places: &'t Places<'p>,
    text: String,
}

impl Tree<'_, '_> {
    fn why(&mut self, why: &Why) {
        let told = why.place.map(|span| format!("  [{}]", place(span, self.places))).unwrap_or_default();
        self.text += &format!("{}: {}{told}\n", why.at, why.says);
        match (why.because.as_slice(), why.besides.is_empty()) {
            ([], true) => self.text += &nothing(why),
            ([fact], true) if fact.says == why.says => match &fact.source {
                Cause::Start { again: None } => self.text += "└─ so from the start\n",
                Cause::Start { again: Some(at) } => {
                    self.text += &format!("└─ so from the start; and again since {at}, which makes no difference\n");
                }
                Cause::Happened(happening) => self.happening(happening, "└─ ", "   "),
            },
            _ => self.facts(&why.because, "", why.besides.is_empty()),
        }
        for (index, happening) in why.besides.iter().enumerate() {
            let (branch, deeper) = branches(index + 1 == why.besides.len());
            self.happening(happening, &format!("{branch} "), deeper);
        }
    }

    /// Those that something happened for, each a branch of its own; before them, on one line, those from the start.
    fn facts(&mut self, facts: &[Fact], indent: &str, last_of_all: bool) {
        let from_start = facts.iter().filter_map(|fact| match &fact.source {
            Cause::Start { again: None } => Some(fact.says.clone()),
            Cause::Start { again: Some(at) } => Some(format!("{} (again since {at})", fact.says)),
            Cause::Happened(_) => None,
        });
        let from_start: Vec<String> = from_start.collect();
        let happened: Vec<(&Fact, &Happening)> = facts
            .iter()
            .filter_map(|fact| match &fact.source {
                Cause::Start { .. } => None,
                Cause::Happened(happening) => Some((fact, &**happening)),
            })
            .collect();
        if !from_start.is_empty() {
            let last = last_of_all && happened.is_empty();
            let branch = branches(last).0;
            self.text += &format!("{indent}{branch} from the start {}\n", list(&from_start));
        }
        for (index, (fact, happening)) in happened.iter().enumerate() {
            let (branch, deeper) = branches(last_of_all && index + 1 == happened.len());
            self.text += &format!("{indent}{branch} {} {}\n", fact.link, fact.says);
            self.happening(happening, &format!("{indent}{deeper}"), &format!("{indent}{deeper}"));
        }
    }

    /// What happened, behind `indent`; what it rests on, behind `deeper`.
    fn happening(&mut self, happening: &Happening, indent: &str, deeper: &str) {
        let place = place(happening.place, self.places);
        let again = if happening.repeated { ", as above" } else { "" };
        self.text += &format!("{indent}{}: {}  [{place}]{again}\n", happening.at, happening.says);
        if !happening.how.is_empty() && !happening.repeated {
            self.text += &format!("{deeper}{}\n", happening.how.join("; "));
        }
        self.facts(&happening.because, deeper, true);
    }

    fn background(&mut self, background: &Background) {
        self.text += &format!("\n{}.\n", capitalised(&background.says));
        if let Some(why) = &background.why {
            self.why(why);
            for further in &why.background {
                self.background(further);
            }
        }
    }
}

/// What stands before a branch, and before all that hangs on it.
fn branches(last: bool) -> (&'static str, &'static str) {
    if last { ("└─", "   ") } else { ("├─", "│  ") }
}

fn nothing(why: &Why) -> String {
    match why.asked {
        Asked::Event => "└─ it needs nothing, so it could happen at any time\n".to_owned(),
        Asked::Thought => "└─ it rests on no premise\n".to_owned(),
        Asked::Statement => "└─ so from the start\n".to_owned(),
    }
}

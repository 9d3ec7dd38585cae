//! Sound stories of any size, the same for the same numbers.
//!
//! Persons walk between places and switch lamps; who is in the same place, or in the place somebody walks to, notices
//! it. Nobody is told anything else, so what they believe of each other soon differs. Every claim is true: the generator
//! keeps what each chain of minds believes, by the plain rule that an event happens in a mind if that mind, as the
//! chain sees it, notices it.

#[path = "random.rs"]
mod random;

use random::Random;
use std::fmt::Write;

/// How large a story is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Persons, each with a mind.
    pub persons: usize,
    /// Places they walk between.
    pub places: usize,
    /// Lamps they switch.
    pub lamps: usize,
    /// Told events.
    pub events: usize,
    /// After so many events, a claim.
    pub events_per_claim: usize,
    /// How deep the claims are nested: 2 is "a believes b believes".
    pub depth: usize,
    /// Other numbers, other stories.
    pub seed: u64,
}

/// The text of a sound story.
pub fn story(size: Size) -> String {
    let mut story = Generator::new(size);
    story.declare();
    for event in 0..size.events {
        if event % EVENTS_PER_SCENE == 0 {
            story.text += "scene\n";
        }
        story.tell_event();
        if (event + 1) % size.events_per_claim == 0 {
            story.claim();
        }
    }
    story.text
}

const EVENTS_PER_SCENE: usize = 100;

const ACTIONS: &str = "
fact at(who: character): place          \"{who} is in {value}\"
fact lit(what: lamp)                   \"{what} is lit\"
  not \"{what} is dark\"

action walk(who: person, to: place)    \"{who} walks to {to}\"
  makes at(who) = to
  by who
  seen by c if at(c) = at(who) or at(c) = to

action light(who: person, what: lamp)  \"{who} lights {what}\"
  makes lit(what)
  by who
  seen by c if at(c) = at(who)

action douse(who: person, what: lamp)  \"{who} douses {what}\"
  makes not lit(what)
  by who
  seen by c if at(c) = at(who)

";

/// What happens: a person walks to a place, or makes a lamp lit or dark.
#[derive(Clone, Copy)]
enum Event {
    Walk { who: usize, to: usize },
    Switch { who: usize, lamp: usize, lit: bool },
}

/// What some chain of minds takes to be so.
#[derive(Clone)]
struct Situation {
    at: Vec<u16>,
    lit: Vec<bool>,
}

struct Generator {
    size: Size,
    random: Random,
    /// The situation of each chain of minds up to the wanted depth, by `index`; first what is so.
    situations: Vec<Situation>,
    text: String,
}

impl Generator {
    fn new(size: Size) -> Self {
        let mut random = Random(size.seed);
        let at = (0..size.persons).map(|_| random.below(size.places) as u16).collect();
        let start = Situation { at, lit: vec![false; size.lamps] };
        let chains = (0..=size.depth).map(|length| size.persons.pow(length as u32)).sum();
        Self { size, random, situations: vec![start; chains], text: String::new() }
    }

    fn declare(&mut self) {
        let list = |word: &str, number: usize| {
            let names: Vec<String> = (0..number).map(|index| format!("{word}{index}")).collect();
            names.join(", ")
        };
        self.text += "kind person : character\nkind place\nkind lamp\n";
        for (kind, word, number) in [
            ("person", "Mind", self.size.persons),
            ("place", "Room", self.size.places),
            ("lamp", "Lamp", self.size.lamps),
        ] {
            // Writing to a text never fails.
            let _ = writeln!(self.text, "{kind} {}", list(word, number));
        }
        self.text += ACTIONS;
        self.text += "start\n";
        for (person, place) in self.situations[0].at.clone().into_iter().enumerate() {
            let _ = writeln!(self.text, "  Mind{person} is in Room{place}");
        }
        for lamp in 0..self.size.lamps {
            let _ = writeln!(self.text, "  Lamp{lamp} is dark");
        }
        self.text += "told\n";
    }

    fn tell_event(&mut self) {
        let who = self.random.below(self.size.persons);
        let event = if self.random.below(2) == 0 {
            let here = usize::from(self.situations[0].at[who]);
            let to = (here + 1 + self.random.below(self.size.places - 1)) % self.size.places;
            let _ = writeln!(self.text, "  Mind{who} walks to Room{to}");
            Event::Walk { who, to }
        } else {
            let lamp = self.random.below(self.size.lamps);
            let lit = !self.situations[0].lit[lamp];
            let _ = writeln!(self.text, "  Mind{who} {} Lamp{lamp}", if lit { "lights" } else { "douses" });
            Event::Switch { who, lamp, lit }
        };
        self.happen(event, 0, 0, None);
    }

    /// The chain `chain` with one mind more.
    fn deeper(&self, chain: usize, mind: usize) -> usize {
        1 + chain * self.size.persons + mind
    }

    /// `event` happens in the situation of `chain`, which is `length` minds long and ends with `last`.
    fn happen(&mut self, event: Event, chain: usize, length: usize, last: Option<usize>) {
        if length < self.size.depth {
            for mind in (0..self.size.persons).filter(|&mind| Some(mind) != last) {
                if notices(&self.situations[chain], event, mind) {
                    self.happen(event, self.deeper(chain, mind), length + 1, Some(mind));
                }
            }
        }
        let situation = &mut self.situations[chain];
        match event {
            Event::Walk { who, to } => situation.at[who] = to as u16,
            Event::Switch { lamp, lit, .. } => situation.lit[lamp] = lit,
        }
    }

    /// A true claim about a chain of different minds.
    fn claim(&mut self) {
        let mut chain = 0;
        let mut last = None;
        self.text += "  claim ";
        for _ in 0..self.size.depth {
            let mind = self.random.below(self.size.persons);
            let mind = if Some(mind) == last { (mind + 1) % self.size.persons } else { mind };
            chain = self.deeper(chain, mind);
            last = Some(mind);
            let _ = write!(self.text, "Mind{mind} believes ");
        }
        let situation = &self.situations[chain];
        if self.random.below(2) == 0 {
            let person = self.random.below(self.size.persons);
            let _ = writeln!(self.text, "Mind{person} is in Room{}", situation.at[person]);
        } else {
            let lamp = self.random.below(self.size.lamps);
            let _ = writeln!(self.text, "Lamp{lamp} is {}", if situation.lit[lamp] { "lit" } else { "dark" });
        }
    }
}

/// Whether `mind` notices `event` in `situation`.
fn notices(situation: &Situation, event: Event, mind: usize) -> bool {
    let place = situation.at[mind];
    match event {
        Event::Walk { who, to } => place == situation.at[who] || place == to as u16,
        Event::Switch { who, .. } => place == situation.at[who],
    }
}

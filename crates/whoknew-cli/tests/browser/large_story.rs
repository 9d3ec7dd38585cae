//! Stories with many characters and scenes, the same for the same numbers: things are hidden, and people tell each other
//! where, truly, falsely and without knowing. Every eleventh scene is told out of order.

#[path = "../../benches/check/random.rs"]
mod random;

use random::Random;
use std::fmt::Write;

/// How large a story is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Characters.
    pub persons: usize,
    /// Scenes.
    pub scenes: usize,
    /// Other numbers, other stories.
    pub seed: u64,
}

const HEAD: &str = "story \"The long summer\"
use std/places, std/talk
allow H19 \"they say where things are, whether they know it or not\"

fact hidden(what: thing): place          \"{what} is hidden in {value}\"
fact guilty(who: person)                 \"{who} is guilty\"
  default ?

action hide_away(who: person, what: thing, where: place)   \"{who} hides {what} in {where}\"
  makes hidden(what) = where
  by who
  seen by c if notices(c, who)

";

const FIRST: [&str; 10] = ["Al", "Ber", "Cor", "Da", "El", "Fen", "Gil", "Ha", "Is", "Jo"];
const SECOND: [&str; 6] = ["ric", "nard", "delia", "mian", "mira", "vin"];
const PLACES: [&str; 16] = [
    "the harbour",
    "the mill",
    "the chapel",
    "the orchard",
    "the tavern",
    "the lighthouse",
    "the market",
    "the library",
    "the quarry",
    "the ferry",
    "the school",
    "the bakery",
    "the old bridge",
    "the boathouse",
    "the town hall",
    "the cellar",
];
const THINGS: [&str; 12] = [
    "the ledger",
    "the ring",
    "the map",
    "the key",
    "the letter",
    "the pistol",
    "the photograph",
    "the will",
    "the coin",
    "the locket",
    "the diary",
    "the lantern",
];
const TITLES: [&str; 12] = [
    "Morning",
    "Whispers",
    "A walk",
    "The visit",
    "Old friends",
    "Rain",
    "The bargain",
    "Late",
    "Doubts",
    "A promise",
    "The search",
    "Nobody speaks",
];

/// The text of a story.
pub fn story(size: Size) -> String {
    let mut teller = Teller { size, random: Random(size.seed), text: HEAD.to_owned() };
    teller.declare();
    for scene in 1..=size.scenes {
        teller.scene(scene);
    }
    teller.text
}

struct Teller {
    size: Size,
    random: Random,
    text: String,
}

/// The name of the character with this number.
pub fn name(person: usize) -> String {
    let number = person / (FIRST.len() * SECOND.len());
    let base = format!("{}{}", FIRST[person % FIRST.len()], SECOND[person / FIRST.len() % SECOND.len()]);
    if number == 0 { base } else { format!("{base}{number}") }
}

impl Teller {
    fn line(&mut self, line: &str) {
        // Writing to a text never fails.
        let _ = writeln!(self.text, "{line}");
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.random.below(from.len())]
    }

    fn declare(&mut self) {
        let names: Vec<String> = (0..self.size.persons).map(name).collect();
        self.line(&format!("person {}", names.join(", ")));
        self.line(&format!("place {}", PLACES.join(", ")));
        self.line(&format!("thing {}\n\nstart", THINGS.join(", ")));
        for (number, name) in names.iter().enumerate() {
            self.line(&format!("  {name} is in {}", PLACES[number % PLACES.len()]));
        }
        for (number, thing) in THINGS.iter().enumerate() {
            let keeper = name(number * 3 % self.size.persons);
            self.line(&format!("  known to {keeper}: {thing} is hidden in {}", PLACES[(number * 5) % PLACES.len()]));
        }
        self.line("\ntold");
    }

    fn scene(&mut self, number: usize) {
        let title = self.pick(&TITLES);
        let time = match number {
            1 => String::new(),
            _ if number.is_multiple_of(11) => {
                format!(", flashback, between scene {} and scene {}", number - 6, number - 5)
            }
            _ => ", later".to_owned(),
        };
        self.line(&format!("\nscene {number} \"{title}\"{time}"));
        let place = self.pick(&PLACES);
        let here = self.present();
        let names: Vec<String> = here.iter().map(|&who| name(who)).collect();
        self.line(&format!("  at {place}\n  present {}", names.join(", ")));
        if self.random.below(3) > 0 {
            self.line(&format!("  through {}", names[0]));
        }
        for _ in 0..3 + self.random.below(6) {
            self.happening(&names);
        }
    }

    /// Some of those who are often together, and now and then somebody else.
    fn present(&mut self) -> Vec<usize> {
        let centre = self.random.below(self.size.persons);
        let wanted = 2 + self.random.below(5);
        let mut here = vec![centre];
        while here.len() < wanted.min(self.size.persons) {
            let who = (centre + self.random.below(9)) % self.size.persons;
            if !here.contains(&who) {
                here.push(who);
            }
        }
        here
    }

    fn happening(&mut self, here: &[String]) {
        let who = self.random.below(here.len());
        let other = (who + 1) % here.len();
        let (thing, place) = (self.pick(&THINGS), self.pick(&PLACES));
        let suspect = name(self.random.below(self.size.persons));
        let (who, other) = (&here[who], &here[other]);
        let line = match self.random.below(6) {
            0 => format!("{who} hides {thing} in {place}"),
            1 | 2 => format!("{who} tells {other} that {thing} is hidden in {place}"),
            3 => format!("{who} whispers to {other} that {suspect} is guilty"),
            4 => format!("{who} tells {other} that {suspect} is not guilty"),
            _ => format!("{who} asks {other} whether {suspect} is guilty"),
        };
        self.line(&format!("  {line}"));
    }
}

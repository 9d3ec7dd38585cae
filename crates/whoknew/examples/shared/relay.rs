//! Worlds of any size to plan in, with a known answer. Used by examples and tests through `#[path]`.
//!
//! A letter goes from hand to hand: each carrier may enter two rooms only, so each walks to the next carrier and hands it over. All carriers
//! want it to arrive, so the first one's reason rests on the next one's, and so on: as many carriers hand it over, so deep reasons
//! are nested. Every link takes a walk and a handing over, so the shortest plan has twice as many acts. Around them are walkers, each of whom
//! wants a thing of their own that lies in another room, further rooms, and things that nobody wants.

use std::fmt::Write;

/// How large a world is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// How often the letter is handed over; reasons are nested so deep.
    pub links: usize,
    /// Characters with wants of their own.
    pub walkers: usize,
    /// Rooms beyond those that the letter goes through.
    pub rooms: usize,
    /// Things that nobody wants.
    pub things: usize,
    /// Whether the letter can arrive: if not, the last room is closed to the carrier before it.
    pub solvable: bool,
}

impl Size {
    /// The acts of the shortest plan.
    pub fn shortest(self) -> usize {
        2 * self.links
    }
}

const ACTIONS: &str = "
fact at(who: character): room          \"{who} is in {value}\"
fact held(what: thing): character      \"{what} is held by {value}\"
fact lies(what: thing): room           \"{what} lies in {value}\"
fact open(where: room, who: character) \"{where} is open to {who}\"

action walk(who: person, to: room)     \"{who} walks to {to}\"
  needs at(who) != to and open(to, who)
  makes at(who) = to
  by who
  seen by c if at(c) = at(who) or at(c) = to

action hand(who, whom: person, what: thing) \"{who} hands {whom} {what}\"
  needs who != whom and held(what) = who and at(whom) = at(who)
  makes held(what) = whom
  by who
  seen by c if at(c) = at(who)

action take(who: person, what: thing)  \"{who} takes {what}\"
  needs lies(what) = at(who)
  makes held(what) = who, lies(what) = ?
  by who
  seen by c if at(c) = at(who)
";

/// The text of the world.
pub fn world(size: Size) -> String {
    let mut text = String::from("story \"The letter\"\nkind person : character\nkind room\nkind thing\n\n");
    let rooms = size.links + 1 + size.rooms;
    let mut declare = |kind: &str, name: &str, count: usize| {
        for number in 0..count {
            let _ = writeln!(text, "{kind} {name}{number}");
        }
    };
    declare("person", "carrier", size.links + 1);
    declare("person", "walker", size.walkers);
    declare("room", "room", rooms);
    declare("thing", "prize", size.walkers);
    declare("thing", "stone", size.things);
    text += "thing letter\n";
    text += ACTIONS;
    let _ = writeln!(text, "\naim: held(letter) = carrier{}", size.links);
    for carrier in 0..size.links {
        let _ = writeln!(text, "want carrier{carrier}: held(letter) = carrier{}", size.links);
    }
    for walker in 0..size.walkers {
        let _ = writeln!(text, "want walker{walker}: held(prize{walker}) = walker{walker}");
    }
    text += "\nstart\n  held(letter) = carrier0\n";
    for carrier in 0..=size.links {
        let _ = writeln!(text, "  at(carrier{carrier}) = room{carrier}\n  open(room{carrier}, carrier{carrier})");
        if carrier + 1 < size.links || (carrier < size.links && size.solvable) {
            let _ = writeln!(text, "  open(room{}, carrier{carrier})", carrier + 1);
        }
    }
    for walker in 0..size.walkers {
        let _ = writeln!(text, "  at(walker{walker}) = room{}", walker % rooms);
        let _ = writeln!(text, "  lies(prize{walker}) = room{}", (walker + 1) % rooms);
        let _ = writeln!(text, "  for all r: room (open(r, walker{walker}))");
    }
    for thing in 0..size.things {
        let _ = writeln!(text, "  lies(stone{thing}) = room{}", thing % rooms);
    }
    text
}

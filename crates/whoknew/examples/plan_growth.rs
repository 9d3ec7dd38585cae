//! How planning grows: a table for each way in which a world can be larger.
//!
//! `cargo run --release -p whoknew --example plan_growth -- [--seconds=N] [links|walkers|rooms|things]…`
//! `cargo run --release -p whoknew --example plan_growth -- --print LINKS WALKERS ROOMS THINGS > relay.who`
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

#[path = "shared/relay.rs"]
mod relay;

use relay::Size;
use std::time::Instant;
use whoknew::ground::Problem;
use whoknew::plan::{Limits, Outcome, Progress, Task, plan};
use whoknew::state::Situations;

/// What the other tables begin from.
const BASE: Size = Size { links: 2, walkers: 2, rooms: 1, things: 1, solvable: true };

/// What the table of links begins from.
const BARE: Size = Size { links: 1, walkers: 0, rooms: 0, things: 0, solvable: true };

/// The tables: what grows, and through which sizes.
const TABLES: [(&str, &[usize], fn(usize) -> Size); 4] = [
    ("links", &[1, 2, 3, 4, 5, 6, 7, 8], |links| Size { links, ..BARE }),
    ("walkers", &[0, 1, 2, 4, 8, 16], |walkers| Size { walkers, ..BASE }),
    ("rooms", &[1, 2, 4, 8, 16, 32], |rooms| Size { rooms, ..BASE }),
    ("things", &[1, 2, 4, 8, 16, 32], |things| Size { things, ..BASE }),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == "--print") {
        let number = |index: usize| arguments[index].parse().unwrap();
        let size = Size { links: number(1), walkers: number(2), rooms: number(3), things: number(4), solvable: true };
        print!("{}", relay::world(size));
        return;
    }
    let seconds =
        arguments.iter().find_map(|argument| argument.strip_prefix("--seconds=")?.parse().ok()).unwrap_or(30.0);
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    for (name, sizes, size) in TABLES {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| *wanted == name) {
            continue;
        }
        println!(
            "\n| {name} | events | plan ms | situations | MB | shortest ms | situations | MB | none ms | situations | MB |"
        );
        println!("|{}", " ---: |".repeat(11));
        for &count in sizes {
            let size = size(count);
            let (events, first) = measure(size, false, seconds);
            let (_, shortest) = measure(size, true, seconds);
            let (_, none) = measure(Size { solvable: false, ..size }, false, seconds);
            println!("| {count} | {events} | {first} | {shortest} | {none} |");
        }
    }
}

/// Plans in a world of this size: how many events it has, and time, situations and memory as cells of a table.
fn measure(size: Size, shortest: bool, seconds: f64) -> (usize, String) {
    let text = relay::world(size);
    let started = Clock::start();
    let world = whoknew::world::load_text("relay.who", &text).world.unwrap();
    let mut problem = Problem::new(&world, &world.telling, &Default::default()).unwrap();
    let events = problem.all_events().unwrap().len();
    let mut situations = Situations::new(problem);
    let limits = Limits { steps: size.shortest(), imagined: size.shortest(), nesting: size.links, ..Limits::default() };
    let mut observer = |_: &Progress<'_>| started.seconds() < seconds;
    let report = plan(&mut situations, &Task { aim: 1.0, shortest }, &limits, &mut observer).unwrap();
    let milliseconds = started.seconds() * 1000.0;
    let time = match (&report.outcome, size.solvable) {
        (Outcome::Found(plan), true) => {
            assert!(!shortest || plan.acts.len() == size.shortest());
            format!("{milliseconds:.1}")
        }
        (Outcome::NoneWithinLimits, false) => format!("{milliseconds:.1}"),
        (Outcome::Stopped { .. }, _) => format!("over {milliseconds:.0}"),
        (other, _) => panic!("{size:?}: {other:?}"),
    };
    (events, format!("{time} | {} | {:.1}", report.situations, report.bytes as f64 / 1e6))
}

/// Time of the processor where the system tells it, which a busy machine does not change; otherwise time as it passes.
struct Clock {
    began: Instant,
    used: Option<f64>,
}

impl Clock {
    fn start() -> Self {
        Self { began: Instant::now(), used: Self::used() }
    }

    fn seconds(&self) -> f64 {
        match (self.used, Self::used()) {
            (Some(before), Some(now)) => now - before,
            _ => self.began.elapsed().as_secs_f64(),
        }
    }

    /// Seconds that this thread has had on a processor.
    fn used() -> Option<f64> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(text.split_whitespace().next()?.parse::<f64>().ok()? / 1e9)
    }
}

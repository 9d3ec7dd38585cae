//! Prints a sound story of any size: `cargo run --example generate_story -- PERSONS EVENTS DEPTH [SEED]`,
//! with at most a hundred claims.

#[path = "../benches/check/generate.rs"]
mod generate;

use generate::{Size, story};

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let [persons, events, depth, rest @ ..] = numbers.as_slice() else {
        eprintln!("usage: generate_story PERSONS EVENTS DEPTH [SEED]");
        return;
    };
    let seed = rest.first().copied().unwrap_or(1);
    let (persons, events, depth) = (*persons as usize, *events as usize, *depth as usize);
    let events_per_claim = (events / 100).max(10);
    let places = (persons / 5).max(4);
    print!("{}", story(Size { persons, places, lamps: 20, events, events_per_claim, depth, seed }));
}

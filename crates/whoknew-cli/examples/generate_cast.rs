//! Prints a story with many characters and scenes: `cargo run --example generate_cast -- PERSONS SCENES [SEED]`.

#[path = "../tests/browser/large_story.rs"]
mod large_story;

use large_story::{Size, story};

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let [persons, scenes, rest @ ..] = numbers.as_slice() else {
        eprintln!("usage: generate_cast PERSONS SCENES [SEED]");
        return;
    };
    let seed = rest.first().copied().unwrap_or(1);
    print!("{}", story(Size { persons: *persons as usize, scenes: *scenes as usize, seed }));
}

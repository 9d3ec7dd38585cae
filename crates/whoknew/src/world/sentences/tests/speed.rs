//! How fast lines are read. Run with `cargo test --release -- --ignored reading_speed --nocapture`.

use std::time::Instant;

use super::small_world::{FILE, reader, small_world};
use crate::world::sentences::{SentenceBook, tokens};

#[test]
#[ignore = "a measurement, not a test"]
fn reading_speed() {
    let world = small_world();
    let book = SentenceBook::new(&world);
    let reader = reader(&world, &book);
    let lines = [
        "Sally puts the marble in the basket",
        "Miles walks to the garden",
        "Anne tells Sally that the marble is in the red box",
        "Anne pays 7 coins",
    ];
    let start = Instant::now();
    for index in 0..100_000 {
        let line = lines[index % lines.len()];
        reader.event(&tokens(line, FILE, 0)).unwrap();
    }
    println!("100,000 events read in {:?}", start.elapsed());
}

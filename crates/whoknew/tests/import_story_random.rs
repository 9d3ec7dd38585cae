//! Changed problems: what still is a problem is printed as a story that reads back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use proptest::prelude::*;
use whoknew::ground::{Limits, Problem};
use whoknew::import::{sabre, write};
use whoknew::world::{World, load_text};

const PROBLEMS: [&str; 3] =
    [include_str!("problems/names.txt"), include_str!("problems/fits.txt"), include_str!("problems/values.txt")];

/// Words that may come in.
const FURTHER: &[&str] = &[
    "?",
    "0",
    "-1",
    "2.5",
    "True",
    "False",
    "entity",
    "character",
    "boolean",
    "number",
    "if",
    "and",
    "the",
    "not",
    "Only",
    "C",
    "&",
    "|",
    "!",
    "==",
    "!=",
    "<",
    "<=",
    "=",
    "+",
    "-",
    "*",
    "/",
    "(",
    ")",
];

/// The words and symbols of a text, with the lines that are comments left out.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for line in text.lines().filter(|line| !line.starts_with("//")) {
        for letter in line.chars().chain([' ']) {
            let symbol = "(){}[],;:*/+-&|!=<>".contains(letter);
            if (symbol || letter.is_whitespace()) && words.last().is_some_and(|word| !word.is_empty()) {
                words.push(String::new());
            }
            if symbol {
                words.last_mut().unwrap().push(letter);
                words.push(String::new());
            } else if !letter.is_whitespace() {
                words.last_mut().unwrap().push(letter);
            }
        }
    }
    // Signs of two characters are one.
    let mut joined: Vec<String> = Vec::new();
    for word in words.into_iter().filter(|word| !word.is_empty()) {
        match joined.last_mut() {
            Some(last) if word == "=" && ["=", "!", "<", ">"].contains(&last.as_str()) => last.push_str(&word),
            _ => joined.push(word),
        }
    }
    joined
}

/// What a word may be changed for without the problem falling apart at once.
fn class(words: &[String], at: usize) -> u8 {
    let word = words[at].as_str();
    let before = if at == 0 { "" } else { words[at - 1].as_str() };
    let after = words.get(at + 1).map_or("", String::as_str);
    match word {
        "==" | "!=" => 0,
        "<" | "<=" | ">" | ">=" => 1,
        "&" | "|" => 2,
        "+" | "-" | "*" | "/" => 3,
        "forall" | "exists" => 4,
        "sum" | "product" if after == "(" => 5,
        "True" | "False" => 6,
        _ if word.starts_with(|first: char| first.is_ascii_digit()) => 7,
        _ if !word.starts_with(char::is_alphabetic) => 8,
        _ if before == ":" => 9,
        _ if after == "(" => 10,
        _ if word.starts_with(char::is_uppercase) => 11,
        _ => 12,
    }
}

/// A problem with some of its words changed for others, left out or doubled.
fn changed() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..20_usize);
    (0..PROBLEMS.len(), prop::collection::vec(change, 1..4)).prop_map(|(problem, changes)| {
        let mut words = words(PROBLEMS[problem]);
        for (place, other, how) in changes {
            let at = place.index(words.len());
            match how {
                0 => drop(words.remove(at)),
                1 => {
                    let word = words[other.index(words.len())].clone();
                    words.insert(at, word);
                }
                2 => words[at] = FURTHER[other.index(FURTHER.len())].to_owned(),
                _ => {
                    let alike: Vec<usize> =
                        (0..words.len()).filter(|&other| class(&words, other) == class(&words, at)).collect();
                    words[at] = words[alike[other.index(alike.len())]].clone();
                }
            }
        }
        words.join(" ")
    })
}

/// How much of everything there is. What takes nothing at all may be left out.
fn counts(world: &World) -> [usize; 4] {
    [world.entities.len(), world.characters, world.fluents.len(), world.triggers.len()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("WHOKNEW_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(400)
    ))]

    #[test]
    fn what_is_printed_reads_back(text in changed()) {
        let Some(world) = sabre::read("changed", &text).0 else { return Ok(()) };
        let Ok(story) = write::story(&world) else { return Ok(()) };
        let loaded = load_text("changed.who", &story);
        let messages: Vec<&str> = loaded.diagnostics.iter().map(|message| message.title.as_str()).collect();
        prop_assert!(messages.is_empty(), "{:?}\n{}\n{}", messages, text, story);
        let reread = loaded.world.unwrap();
        let (ours, theirs) = (counts(&reread), counts(&world));
        prop_assert_eq!(&ours[..3], &theirs[..3], "{}", story);
        let events = |world: &World| {
            let mut problem = Problem::new(world, &world.telling, &Limits::default()).map_err(|why| why.code)?;
            problem.all_events().map(|events| events.len()).map_err(|why| why.code)
        };
        let (ours, theirs) = (events(&reread), events(&world));
        prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?}\n{}", ours.err(), theirs.err(), story);
        // A comparison that cannot hold is written as `no`, and its events are left out early.
        let never = story.contains(" no\n") || story.contains("not yes");
        let fewer = never && ours.ok() < theirs.ok();
        prop_assert!(fewer || ours.ok() == theirs.ok(), "{:?} {:?}\n{}", ours.ok(), theirs.ok(), story);
    }
}

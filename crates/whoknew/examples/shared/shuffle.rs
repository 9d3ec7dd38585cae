//! Makes another text of a Sabre problem: every name a new one, the definitions in another order. What it says stays the same.
//!
//! Triggers keep their order among themselves, because it says which comes first when several apply; so do the statements about
//! the start, of which later ones win. Used by examples and tests through `#[path]`.

use std::collections::HashMap;

/// Words that no problem declares.
const KEYWORDS: &[&str] = &[
    "type",
    "entity",
    "property",
    "action",
    "trigger",
    "utility",
    "precondition",
    "effect",
    "consenting",
    "observing",
    "if",
    "elseif",
    "else",
    "forall",
    "exists",
    "sum",
    "product",
    "believes",
    "True",
    "False",
    "character",
    "boolean",
    "number",
];

/// How a text is to be changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shuffle {
    /// New names, drawn with this seed.
    pub renamed: Option<u64>,
    /// Another order, drawn with this seed.
    pub reordered: Option<u64>,
}

impl Shuffle {
    /// `text`, changed.
    pub fn apply(self, text: &str) -> String {
        let text = self.renamed.map_or_else(|| text.to_owned(), |seed| renamed(text, seed));
        self.reordered.map_or_else(|| text.clone(), |seed| reordered(&text, seed))
    }
}

/// `text` with another name for everything it declares.
pub fn renamed(text: &str, seed: u64) -> String {
    let pieces = pieces(text);
    let mut words: Vec<&str> = pieces.iter().copied().filter(|piece| is_name(piece)).collect();
    words.sort_unstable();
    words.dedup();
    let mut numbers: Vec<usize> = (0..words.len()).collect();
    Random(seed).shuffle(&mut numbers);
    let new: HashMap<&str, String> =
        words.into_iter().zip(numbers).map(|(word, number)| (word, format!("n{number}"))).collect();
    pieces.into_iter().map(|piece| new.get(piece).map_or(piece, String::as_str)).collect()
}

/// `text` with its definitions in another order.
pub fn reordered(text: &str, seed: u64) -> String {
    let definitions = definitions(text);
    let mut order: Vec<usize> = (0..definitions.len()).collect();
    Random(seed).shuffle(&mut order);
    for keeps in [is_trigger, is_statement] {
        let places: Vec<usize> = (0..order.len()).filter(|&place| keeps(&definitions[order[place]])).collect();
        let mut kept: Vec<usize> = places.iter().map(|&place| order[place]).collect();
        kept.sort_unstable();
        places.into_iter().zip(kept).for_each(|(place, definition)| order[place] = definition);
    }
    order.into_iter().map(|index| format!("{};\n", definitions[index])).collect()
}

fn is_name(word: &str) -> bool {
    word.starts_with(char::is_alphabetic) && !KEYWORDS.contains(&word)
}

fn is_trigger(definition: &str) -> bool {
    definition.trim_start().starts_with("trigger ")
}

fn is_statement(definition: &str) -> bool {
    let first = definition.split_whitespace().next().unwrap_or_default();
    !["type", "entity", "property", "action", "trigger"].contains(&first) && !first.starts_with("utility")
}

/// The definitions, without comments and the `;` at their ends.
fn definitions(text: &str) -> Vec<String> {
    let mut definitions = vec![String::new()];
    let mut open = 0_usize;
    for piece in pieces(text) {
        match piece {
            "(" | "{" | "[" => open += 1,
            ")" | "}" | "]" => open = open.saturating_sub(1),
            ";" if open == 0 => {
                definitions.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = definitions.last_mut() {
            last.push_str(piece);
        }
    }
    definitions.retain(|definition| !definition.trim().is_empty());
    definitions
}

/// The text in pieces: words, symbols, stretches of white space; a comment is a space.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.find('\n').map_or("", |end| &comment[end..]);
            continue;
        }
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
            pieces.push(" ");
            continue;
        }
        let in_word = |letter: char| !letter.is_whitespace() && !"(){}[],;:*/+-&|!=<>".contains(letter);
        let length =
            if in_word(first) { rest.find(|letter| !in_word(letter)).unwrap_or(rest.len()) } else { first.len_utf8() };
        pieces.push(&rest[..length]);
        rest = &rest[length..];
    }
    pieces
}

/// A small generator of numbers that look random: splitmix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = (self.next() % (last as u64 + 1)) as usize;
            items.swap(last, other);
        }
    }
}

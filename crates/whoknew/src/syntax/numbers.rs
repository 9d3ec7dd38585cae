//! Numbers in words and units of time: `three weeks`, `half an hour`, `two hundred years`.

use super::ast::Unit;

/// Number words below twenty, in order from zero.
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// Tens in words, in order from twenty.
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The unit that a word names, in singular or plural.
pub fn unit(word: &str) -> Option<Unit> {
    const UNITS: [(&str, &str, Unit); 6] = [
        ("minute", "minutes", Unit::Minute),
        ("hour", "hours", Unit::Hour),
        ("day", "days", Unit::Day),
        ("week", "weeks", Unit::Week),
        ("month", "months", Unit::Month),
        ("year", "years", Unit::Year),
    ];
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    UNITS.iter().find(|(one, many, _)| is(one) || is(many)).map(|&(_, _, unit)| unit)
}

/// Whether a word may be part of a number in words.
pub fn is_number_word(word: &str) -> bool {
    let is = |name: &&str| word.eq_ignore_ascii_case(name);
    ["a", "an", "and", "half", "hundred", "thousand"].iter().any(is) || below_hundred(word).is_some()
}

/// The number that the words say together: `12`, `a`, `half an`, `twenty-five`, `two hundred`, `a hundred`.
pub fn count(words: &mut dyn Iterator<Item = &str>) -> Option<f64> {
    let words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => None,
        ["half"] | ["half", "a" | "an"] => Some(0.5),
        [number] if number.starts_with(|first: char| first.is_ascii_digit()) => {
            number.parse().ok().filter(|value: &f64| value.is_finite())
        }
        words => in_words(words),
    }
}

/// A whole number in words.
fn in_words(words: &[&str]) -> Option<f64> {
    let (mut total, mut group): (f64, Option<f64>) = (0.0, None);
    for &word in words {
        group = Some(match (word, group) {
            ("a" | "an", None) => 1.0,
            ("and", Some(before)) if before % 100.0 == 0.0 => before,
            ("hundred", before) => before.unwrap_or(1.0) * 100.0,
            ("thousand", before) => {
                total += before.unwrap_or(1.0) * 1000.0;
                0.0
            }
            (_, None) => below_hundred(word)?,
            (_, Some(before)) => {
                let value = below_hundred(word)?;
                let fits = before % 100.0 == 0.0 || (before % 10.0 == 0.0 && before % 100.0 >= 20.0 && value < 10.0);
                fits.then_some(before + value)?
            }
        });
    }
    group.map(|group| total + group)
}

/// `seven`, `twenty`, `twenty-five`
pub(crate) fn below_hundred(word: &str) -> Option<f64> {
    let position = |list: &[&str], word: &str| list.iter().position(|name| word.eq_ignore_ascii_case(name));
    if let Some(value) = position(&SMALL, word) {
        return Some(value as f64);
    }
    let (tens, ones) = word.split_once('-').map_or((word, None), |(tens, ones)| (tens, Some(ones)));
    let tens = 20 + 10 * position(&TENS, tens)?;
    let ones = match ones {
        Some(ones) => position(&SMALL, ones).filter(|ones| (1..10).contains(ones))?,
        None => 0,
    };
    Some((tens + ones) as f64)
}

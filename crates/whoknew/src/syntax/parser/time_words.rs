//! Times as people say them who do not know which of them this language takes: what to write instead.

use super::is_any;
use crate::syntax::numbers;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Parts of the day and year, with about when they are.
const PARTS: [(&[&str], &str); 9] = [
    (&["dawn", "daybreak", "sunrise"], "06:00"),
    (&["morning", "breakfast"], "09:00"),
    (&["lunch", "lunchtime"], "13:00"),
    (&["afternoon", "teatime"], "15:00"),
    (&["dusk", "sunset", "sundown"], "19:00"),
    (&["evening", "dinner", "supper"], "20:00"),
    (&["night", "nighttime", "bedtime"], "23:00"),
    (&["today", "tonight", "now"], "the same day"),
    (&["spring", "summer", "autumn", "fall", "winter", "christmas", "easter"], "1999-06-01"),
];

/// Words of vague distances.
const VAGUE: [&str; 14] = [
    "some",
    "few",
    "several",
    "many",
    "soon",
    "shortly",
    "while",
    "moments",
    "moment",
    "afterwards",
    "eventually",
    "long",
    "then",
    "thereafter",
];

/// What to write for the time that `words` (in lower case) mean, if that can be told.
pub(super) fn meant(words: &[&str]) -> Option<String> {
    let has = |list: &[&str]| words.iter().any(|word| is_any(word, list));
    if let Some(lasting) = lasting(words) {
        return Some(lasting);
    }
    if let Some(clock) = oclock(words) {
        return Some(clock);
    }
    if let Some(date) = date_in_words(words) {
        return Some(date);
    }
    if has(&WEEKDAYS) {
        return Some("count the days, as in `day 3`, or give the date, as in `1999-03-02`".to_owned());
    }
    if let Some(distance) = distance(words) {
        return Some(format!("write `{distance}`"));
    }
    if has(&["ago"]) {
        return Some(format!("write `{} earlier`", words[..words.len() - 1].join(" ")));
    }
    if has(&["tomorrow"]) {
        return Some("write `the next day`".to_owned());
    }
    if has(&["yesterday"]) {
        return Some("write `one day earlier`".to_owned());
    }
    if has(&["fortnight"]) {
        return Some("write `two weeks later`".to_owned());
    }
    if let (Some(number), true) = (words.iter().find_map(|word| ordinal(word)), has(&["day"])) {
        return Some(format!("write `day {number}`"));
    }
    if has(&VAGUE) {
        return Some("write `later`, or a bound: `at least two days later`, `at most an hour later`".to_owned());
    }
    let (_, time) = PARTS.iter().find(|(names, _)| has(names))?;
    Some(match time.starts_with(|first: char| first.is_ascii_digit()) {
        true if time.contains(':') => {
            format!("give the time of day, such as `{time}`, or write `the same {}`", part(words))
        }
        true => format!("give a date, such as `{time}`"),
        false => format!("write `{time}`"),
    })
}

/// `20:00 to 21:30`, `from 8 to 9`, `between 20:00 and 21:00`
pub(super) fn lasting(words: &[&str]) -> Option<String> {
    let words = if let ["from" | "between", rest @ ..] = words { rest } else { words };
    let [start, "to" | "and" | "until" | "till" | "-" | "–" | "—", end] = words else { return None };
    let minute = |time: &str| -> Option<u32> {
        let (hours, minutes) = time.split_once([':', '.']).unwrap_or((time, "0"));
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours <= 24 && minutes < 60).then_some(60 * hours + minutes)
    };
    let minutes = (minute(end)? + 24 * 60).checked_sub(minute(start)?)? % (24 * 60);
    Some(format!(
        "a scene says when it starts; how long it lasts stands below it: `lasts {} minutes`",
        if minutes == 0 { 24 * 60 } else { minutes }
    ))
}

/// The part of the day that `the same …` can name, nearest to what the words say.
fn part(words: &[&str]) -> &'static str {
    let parts = ["morning", "afternoon", "evening", "night"];
    parts.into_iter().find(|part| words.contains(part)).unwrap_or("day")
}

/// `9 o'clock`, `at 9`, `9`: whole hours of which nobody knows whether they are before noon.
fn oclock(words: &[&str]) -> Option<String> {
    let (rest, said) = match words {
        ["at", rest @ ..] => (rest, true),
        rest => (rest, false),
    };
    let [number, rest @ ..] = rest else { return None };
    let hour: u32 = number.parse().ok().or_else(|| numbers::below_hundred(number).map(|hour| hour as u32))?;
    let clock = matches!(rest, ["o'clock" | "o’clock" | "h" | "uhr" | "hours"]);
    if !(clock || (rest.is_empty() && (said || hour < 24))) || hour > 24 {
        return year(words);
    }
    Some(match hour {
        1..=11 => format!("write `{hour:02}:00` or `{:02}:00`", hour + 12),
        _ => format!("write `{:02}:00`", hour % 24),
    })
}

/// Whether words mean a distance that is written otherwise, though they look like a time.
pub(super) fn is_other_distance(words: &[&str]) -> bool {
    distance(words).is_some_and(|distance| distance != words.join(" "))
}

/// What is a distance in other words: `years later`, `the day before`, `next week`, `after 3 days`, `about an hour later`.
fn distance(words: &[&str]) -> Option<String> {
    let one = |word: &str| word != "day" && numbers::unit(word).is_some() && !word.ends_with('s');
    let many = |word: &str| numbers::unit(word).is_some() && word.ends_with('s');
    let is_duration = |words: &[&str]| match words.split_last() {
        Some((unit, count)) => numbers::unit(unit).is_some() && numbers::count(&mut count.iter().copied()).is_some(),
        None => false,
    };
    let direction = |word: &str| match word {
        "later" | "after" => Some("later"),
        "earlier" | "before" | "ago" | "previously" => Some("earlier"),
        _ => None,
    };
    Some(match words {
        ["at", "the", "same", "time"] | ["the", "same", "time"] | ["simultaneously"] => "meanwhile".to_owned(),
        ["later", "that" | "the", ..] | ["that" | "the", .., "later"] if !many(words[words.len() - 2]) => {
            format!("the same {}", part(words))
        }
        ["last", "night"]
        | ["the", "night" | "evening" | "morning", "before"]
        | ["the", "previous", "day" | "night"] => "one day earlier".to_owned(),
        ["the", "day", "before", "yesterday"] => "two days earlier".to_owned(),
        ["the", "day", side] => format!("one day {}", direction(side)?),
        ["after"] | ["immediately" | "right" | "directly" | "straight", "after"] => "later".to_owned(),
        ["before"] | ["immediately" | "right" | "directly", "before"] => "earlier".to_owned(),
        ["during" | "while", "scene", scene] => format!("at the same time as scene {scene}"),
        ["the", unit, side] if one(unit) => format!("one {unit} {}", direction(side)?),
        ["the", "next" | "following", unit] | ["next", unit] if one(unit) => format!("one {unit} later"),
        ["the", "previous" | "last", unit] | ["previous" | "last", unit] if one(unit) => format!("one {unit} earlier"),
        [unit, side] if many(unit) => format!("at least two {unit} {}", direction(side)?),
        ["within", rest @ ..] if is_duration(rest) => format!("at most {} later", rest.join(" ")),
        ["after" | "in", rest @ ..] if is_duration(rest) => format!("{} later", rest.join(" ")),
        ["before", rest @ ..] if is_duration(rest) => format!("{} earlier", rest.join(" ")),
        ["about" | "exactly" | "almost" | "nearly" | "roughly" | "around" | "just" | "only", rest @ .., side]
            if is_duration(rest) =>
        {
            format!("{} {}", rest.join(" "), direction(side)?)
        }
        [rest @ .., side @ ("before" | "after" | "ago")] if is_duration(rest) => {
            format!("{} {}", rest.join(" "), direction(side)?)
        }
        ["on", rest @ ..] if matches!(rest, ["day", _] | ["the", "same" | "next" | "following", _]) => rest.join(" "),
        [time] => {
            let (hour, minute) = time.split_once('h')?;
            let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
            (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))?
        }
        _ => return None,
    })
}

/// `1999`
fn year(words: &[&str]) -> Option<String> {
    match words {
        [year] if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(format!("write `in {year}`"))
        }
        _ => None,
    }
}

/// `3 March 1999`, `March 3rd, 1999`, `03/02/1999`, `3.2.1999`
fn date_in_words(words: &[&str]) -> Option<String> {
    let joined = words.join(" ");
    let numbers: Vec<u32> =
        joined.split(|sign: char| !sign.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    let month = words.iter().find_map(|word| month(word));
    match (month, numbers.as_slice()) {
        (Some(month), [day @ 1..=31, year @ 1000..=9999] | [year @ 1000..=9999, day @ 1..=31]) => {
            Some(format!("write `{year}-{month:02}-{day:02}`"))
        }
        (Some(_), _) => Some("a date is written year-month-day: `1999-03-02`".to_owned()),
        (None, [first, second, year @ 1000..=9999]) if joined.contains(['/', '.']) => {
            let other = format!("`{year}-{second:02}-{first:02}`");
            Some(format!("a date is written year-month-day: {other} or `{year}-{first:02}-{second:02}`"))
        }
        _ => None,
    }
}

/// The month that a word names: `march`, `mar`.
fn month(word: &str) -> Option<usize> {
    let named = |name: &&str| *name == word || (word.len() == 3 && name.starts_with(word));
    // In a sentence of time `may` is the month: nobody asks for leave there.
    MONTHS.iter().position(named).map(|index| index + 1)
}

/// `second`, `3rd`
fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if let Some(index) = WORDS.iter().position(|name| *name == word) {
        return Some(index as u32 + 1);
    }
    let digits =
        word.strip_suffix("st").or(word.strip_suffix("nd")).or(word.strip_suffix("rd")).or(word.strip_suffix("th"));
    digits?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(time: &str) -> String {
        meant(&time.split(' ').collect::<Vec<_>>()).unwrap_or_default()
    }

    #[test]
    fn what_people_say_leads_to_what_to_write() {
        assert_eq!(said("at 9"), "write `09:00` or `21:00`");
        assert_eq!(said("3 march 1999"), "write `1999-03-03`");
        assert_eq!(said("03/02/1999"), "a date is written year-month-day: `1999-02-03` or `1999-03-02`");
        assert_eq!(said("1999"), "write `in 1999`");
        assert_eq!(said("the second day"), "write `day 2`");
        assert_eq!(said("three years ago"), "write `three years earlier`");
        assert_eq!(said("in the evening"), "give the time of day, such as `20:00`, or write `the same evening`");
        assert_eq!(said("of the ball"), "");
        let lasts = "a scene says when it starts; how long it lasts stands below it: `lasts 90 minutes`";
        assert_eq!(said("from 23:30 to 01:00"), lasts);
        assert_eq!(said("between 20:00 and 21:30"), lasts);
    }
}

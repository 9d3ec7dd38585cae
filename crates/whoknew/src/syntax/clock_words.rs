//! Times of day in words: `half past ten`, `nine o'clock in the evening`.

use super::numbers;

/// The parts of a day that say which half of it an hour is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// The minutes after midnight that the words say together, if they are a time of day in words. Without a part of the
/// day the hour is that of the day's twenty-four, as in `10:30`.
pub(super) fn minutes(words: &[&str]) -> Option<u32> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase().replace('’', "'")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let words = words.strip_prefix(&["at"]).unwrap_or(&words);
    let (words, part) = part(words);
    let (hour, minute, is_whole) = match words {
        [hour, "o'clock"] => (count(hour)?, 0, true),
        ["half", "past", hour] => (count(hour)?, 30, true),
        ["a", "quarter", side, hour] | ["quarter", side, hour] => beside(15, side, count(hour)?)?,
        [minute, "minutes", side, hour] | [minute, side, hour] => beside(count(minute)?, side, count(hour)?)?,
        [hour, half @ ("am" | "pm")] if part.is_none() => {
            let hour = count(hour).filter(|hour| (1..=12).contains(hour))?;
            (hour % 12 + if *half == "pm" { 12 } else { 0 }, 0, true)
        }
        [clock] => match clock.split_once([':', '.']) {
            Some((hour, minute)) => (hour.parse().ok()?, minute.parse().ok()?, part.is_some()),
            None => (count(clock)?, 0, part.is_some()),
        },
        _ => return None,
    };
    let hour = match part {
        _ if !is_whole || minute > 59 => return None,
        None => Some(hour).filter(|&hour| hour < 24),
        Some(part) => in_part(hour, part),
    };
    Some(hour? * 60 + minute)
}

/// The words without the part of the day at their end.
fn part<'w, 't>(words: &'w [&'t str]) -> (&'w [&'t str], Option<Part>) {
    match words {
        [rest @ .., "in", "the", "morning"] => (rest, Some(Part::Morning)),
        [rest @ .., "in", "the", "afternoon"] => (rest, Some(Part::Afternoon)),
        [rest @ .., "in", "the", "evening"] => (rest, Some(Part::Evening)),
        [rest @ .., "at", "night"] => (rest, Some(Part::Night)),
        rest => (rest, None),
    }
}

/// `ten past nine`, `quarter to nine`
fn beside(minutes: u32, side: &str, hour: u32) -> Option<(u32, u32, bool)> {
    match side {
        _ if !(1..60).contains(&minutes) => None,
        "past" => Some((hour, minutes, true)),
        "to" if hour > 0 => Some((hour - 1, 60 - minutes, true)),
        "to" => Some((23, 60 - minutes, true)),
        _ => None,
    }
}

/// The hour of the day that an hour of the clock is in a part of it, if it can be in it.
fn in_part(hour: u32, part: Part) -> Option<u32> {
    match (part, hour) {
        (Part::Morning, 0..=11) | (Part::Afternoon, 12..=18) | (Part::Evening, 16..=23) => Some(hour),
        (Part::Morning | Part::Night, 12) => Some(0),
        // Ten minutes to one.
        (Part::Afternoon, 0) => Some(12),
        (Part::Afternoon, 1..=6) | (Part::Evening, 4..=11) | (Part::Night, 6..=11) => Some(hour + 12),
        (Part::Night, 0..=5 | 18..=23) => Some(hour),
        _ => None,
    }
}

/// A whole number of at most two digits, or in words.
fn count(word: &str) -> Option<u32> {
    let digits = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    if digits { word.parse().ok() } else { numbers::below_hundred(word).map(|number| number as u32) }
}

#[cfg(test)]
mod tests {
    use super::minutes;

    fn clock(text: &str) -> Option<(u32, u32)> {
        minutes(&text.split(' ').collect::<Vec<_>>()).map(|minutes| (minutes / 60, minutes % 60))
    }

    #[test]
    fn times_of_day_in_words() {
        assert_eq!(clock("ten o'clock"), Some((10, 0)));
        assert_eq!(clock("at 10 o’clock"), Some((10, 0)));
        assert_eq!(clock("half past ten"), Some((10, 30)));
        assert_eq!(clock("at half past ten in the evening"), Some((22, 30)));
        assert_eq!(clock("quarter to nine"), Some((8, 45)));
        assert_eq!(clock("a quarter past twelve at night"), Some((0, 15)));
        assert_eq!(clock("twenty-five minutes to one in the afternoon"), Some((12, 35)));
        assert_eq!(clock("nine in the morning"), Some((9, 0)));
        assert_eq!(clock("9:30 in the evening"), Some((21, 30)));
        assert_eq!(clock("nine pm"), Some((21, 0)));
        assert_eq!(clock("12 at night"), Some((0, 0)));
    }

    #[test]
    fn what_is_no_time_of_day() {
        for text in [
            "ten",
            "10:30",
            "half past",
            "nine in the afternoon",
            "seventy past ten",
            "ten minutes",
            "twenty-five o'clock",
            "in the morning",
        ] {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}

//! Numbers in sentences, as digits or as words.

use crate::syntax::numbers;

/// The number that the folded `words` begin with, and how many words it takes.
///
/// ```text
/// 12 · 3.5 · seven · twenty-one · two hundred and five · minus three · -3
/// ```
pub(super) fn read(words: &[&str]) -> Option<(f64, usize)> {
    if matches!(words.first(), Some(&("minus" | "-"))) {
        return read_positive(&words[1..]).map(|(number, taken)| (-number, taken + 1));
    }
    read_positive(words)
}

fn read_positive(words: &[&str]) -> Option<(f64, usize)> {
    let first = words.first()?;
    if first.as_bytes().first().is_some_and(u8::is_ascii_digit) {
        return first.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| (number, 1));
    }
    let mut total = 0.0;
    let mut group: Option<f64> = None;
    let mut taken = 0;
    let mut position = 0;
    while let Some(word) = words.get(position) {
        if *word == "and"
            && group.is_some_and(|group| group >= 100.0)
            && below_hundred(words.get(position + 1)).is_some()
        {
            position += 1;
            continue;
        }
        if let Some(number) = below_hundred(Some(word)) {
            let fits = match group {
                None => true,
                Some(before) => before % 100.0 == 0.0 && before > 0.0,
            };
            if !fits {
                break;
            }
            group = Some(group.unwrap_or(0.0) + number);
        } else if *word == "hundred" && group.is_none_or(|before| (1.0..100.0).contains(&before)) {
            group = Some(group.unwrap_or(1.0) * 100.0);
        } else if let Some(scale) = scale(word).filter(|_| total == 0.0 || group.is_some()) {
            total += group.take().unwrap_or(1.0) * scale;
        } else {
            break;
        }
        position += 1;
        taken = position;
    }
    (taken > 0).then(|| (total + group.unwrap_or(0.0), taken))
}

fn scale(word: &str) -> Option<f64> {
    match word {
        "thousand" => Some(1_000.0),
        "million" => Some(1_000_000.0),
        _ => None,
    }
}

fn below_hundred(word: Option<&&str>) -> Option<f64> {
    numbers::below_hundred(word?)
}

#[cfg(test)]
mod tests {
    fn read(text: &str) -> Option<(f64, usize)> {
        super::read(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn digits_and_words() {
        assert_eq!(read("12 dogs"), Some((12.0, 1)));
        assert_eq!(read("3.5"), Some((3.5, 1)));
        assert_eq!(read("seven dwarfs"), Some((7.0, 1)));
        assert_eq!(read("twenty-one"), Some((21.0, 1)));
        assert_eq!(read("two hundred and five units"), Some((205.0, 4)));
        assert_eq!(read("hundred"), Some((100.0, 1)));
        assert_eq!(read("three thousand two hundred"), Some((3200.0, 4)));
        assert_eq!(read("minus three"), Some((-3.0, 2)));
        assert_eq!(read("- 3"), Some((-3.0, 2)));
    }

    #[test]
    fn what_is_no_number() {
        assert_eq!(read("dogs"), None);
        assert_eq!(read("minus dogs"), None);
        assert_eq!(read("hundred and dogs"), Some((100.0, 1)));
        assert_eq!(read("one two"), Some((1.0, 1)));
        assert_eq!(read("2nd"), None);
    }
}

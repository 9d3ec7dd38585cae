//! What would change in a text, in short.
//!
//! Formatting moves white space only, so both texts have the same other characters in the same order. That is how
//! their lines are matched: a place is the fewest lines of both that hold the same characters.

use std::fmt::Write;

/// How many places are shown.
const MAX_SHOWN: usize = 5;
/// How many lines of each text are shown at a place.
const MAX_LINES: usize = 4;

/// Lines of the old text, and those that stand in their place.
#[derive(Debug, PartialEq, Eq)]
struct Place<'t> {
    /// The first line, counted from 1.
    line: usize,
    old: Vec<&'t str>,
    new: Vec<&'t str>,
}

/// The first places where the texts differ, as lines below a heading.
pub fn shown(path: &str, old: &str, new: &str) -> String {
    let places = places(old, new);
    let mut text = format!("{path} would change");
    let _ = match places.len() {
        0 => writeln!(text, ": {}", unseen(old)),
        1 => writeln!(text, " in 1 place:"),
        count => writeln!(text, " in {count} places:"),
    };
    for place in places.iter().take(MAX_SHOWN) {
        show(place, &mut text);
    }
    if places.len() > MAX_SHOWN {
        let _ = writeln!(text, "       … and {} more", places.len() - MAX_SHOWN);
    }
    text
}

/// What differs where no line does.
fn unseen(old: &str) -> &'static str {
    if old.starts_with('\u{FEFF}') {
        "the byte order mark at its start goes"
    } else if old.contains("\r\n") {
        "its line ends become those of Unix"
    } else {
        "its last line gets a line end"
    }
}

fn show(place: &Place<'_>, text: &mut String) {
    let mut number = place.line.to_string();
    for (sign, lines) in [('-', &place.old), ('+', &place.new)] {
        for line in lines.iter().take(MAX_LINES) {
            let line = if is_blank(line) { "(blank line)" } else { line };
            let _ = writeln!(text, "{number:>6} {sign} {line}");
            number.clear();
        }
        if lines.len() > MAX_LINES {
            let _ = writeln!(text, "       {sign} …");
        }
    }
}

fn places<'t>(old: &'t str, new: &'t str) -> Vec<Place<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.trim_start_matches('\u{FEFF}').lines().collect(), new.lines().collect());
    let (mut at_old, mut at_new) = (0, 0);
    let mut places = Vec::new();
    while at_old < old.len() || at_new < new.len() {
        let (old_end, new_end) = matched(&old, &new, at_old, at_new);
        if old[at_old..old_end] != new[at_new..new_end] {
            places.push(Place { line: at_old + 1, old: old[at_old..old_end].into(), new: new[at_new..new_end].into() });
        }
        (at_old, at_new) = (old_end, new_end);
    }
    places
}

/// Where the lines end that hold the same characters from here on: at least one line, of one text or of both.
fn matched(old: &[&str], new: &[&str], at_old: usize, at_new: usize) -> (usize, usize) {
    let blank = |lines: &[&str], at: usize| lines.get(at).map(|line| is_blank(line));
    match (blank(old, at_old), blank(new, at_new)) {
        (Some(true), Some(true)) => return (at_old + 1, at_new + 1),
        (Some(true), _) | (Some(_), None) => return (at_old + 1, at_new),
        (_, Some(true)) | (None, _) => return (at_old, at_new + 1),
        (Some(false), Some(false)) => {}
    }
    let (mut old_end, mut new_end) = (at_old + 1, at_new + 1);
    let (mut in_old, mut in_new) = (characters(old[at_old]), characters(new[at_new]));
    while in_old != in_new {
        if in_old < in_new && old_end < old.len() {
            in_old += characters(old[old_end]);
            old_end += 1;
        } else if in_old > in_new && new_end < new.len() {
            in_new += characters(new[new_end]);
            new_end += 1;
        } else {
            break;
        }
    }
    (old_end, new_end)
}

/// How many characters a line has that formatting keeps.
fn characters(line: &str) -> usize {
    line.chars().filter(|&character| !character.is_whitespace() && character != '\u{FEFF}').count()
}

fn is_blank(line: &str) -> bool {
    characters(line) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_the_fewest_lines() {
        let old = "\u{FEFF}kind  a\r\nkind b\n\n\nneeds x and\n  y\nlast";
        let new = "kind a\nkind b\n\nneeds x\n  and y\nlast\n";
        let place = |line, old: &[&'static str], new: &[&'static str]| Place { line, old: old.into(), new: new.into() };
        let expected = [
            place(1, &["kind  a"], &["kind a"]),
            place(4, &[""], &[]),
            place(5, &["needs x and", "  y"], &["needs x", "  and y"]),
        ];
        assert_eq!(places(old, new), expected);
    }

    #[test]
    fn what_no_line_shows_is_said_in_words() {
        assert_eq!(shown("a.who", "told\r\n", "told\n"), "a.who would change: its line ends become those of Unix\n");
        assert_eq!(shown("a.who", "told", "told\n"), "a.who would change: its last line gets a line end\n");
    }

    #[test]
    fn only_the_first_places_are_shown() {
        let old: String = (0..9).map(|number| format!("kind  k{number}\n")).collect();
        let shown = shown("a.who", &old, &old.replace("  ", " "));
        assert!(shown.starts_with("a.who would change in 9 places:\n     1 - kind  k0\n       + kind k0\n"), "{shown}");
        assert!(shown.ends_with("     5 - kind  k4\n       + kind k4\n       … and 4 more\n"), "{shown}");
    }
}

//! The last lines for people: how much was checked and found, in plain words.

use whoknew::check::Summary;
use whoknew::world::say::list;

/// What `summary` says of a story that was usable, or was not.
pub fn sentences(summary: &Summary, usable: bool) -> String {
    let mut said = if usable {
        format!("Checked {}: {}.", checked(summary), found(summary))
    } else {
        format!("The story could not be checked: {}.", found(summary))
    };
    if usable && summary.scenes == 0 && summary.tests == 0 {
        said +=
            " Nothing is told yet: a line `scene \"…\"` begins a scene, and what happens stands below it, indented.";
    }
    if summary.assumptions > 0 {
        said += &format!(" The story rests on {}.", count(summary.assumptions, "assumption"));
    }
    if summary.failed_tests > 0 {
        said += &format!(" {} of {} failed.", summary.failed_tests, count(summary.tests, "test"));
    } else if summary.tests > 0 {
        said += &format!(" {} passed.", count(summary.tests, "test"));
    }
    said
}

fn checked(summary: &Summary) -> String {
    list(&[count(summary.scenes, "scene"), count(summary.events, "event"), count(summary.characters, "character")])
}

fn found(summary: &Summary) -> String {
    let numbers = [
        (summary.errors, "error"),
        (summary.warnings, "warning"),
        (summary.notes, "note"),
        (summary.expected, "expected finding"),
        (summary.allowed, "allowed finding"),
    ];
    let parts: Vec<String> =
        numbers.into_iter().filter(|&(number, _)| number > 0).map(|(number, word)| count(number, word)).collect();
    if parts.is_empty() { "nothing to report".into() } else { list(&parts) }
}

/// `1 error`, `2 errors`.
fn count(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_said_in_plain_words() {
        let summary = Summary { scenes: 3, events: 12, characters: 2, ..Summary::default() };
        assert_eq!(sentences(&summary, true), "Checked 3 scenes, 12 events and 2 characters: nothing to report.");
        let summary = Summary {
            errors: 2,
            warnings: 1,
            expected: 1,
            allowed: 2,
            assumptions: 1,
            tests: 4,
            failed_tests: 1,
            ..summary
        };
        assert_eq!(
            sentences(&summary, true),
            "Checked 3 scenes, 12 events and 2 characters: 2 errors, 1 warning, 1 expected finding and 2 allowed findings. \
             The story rests on 1 assumption. 1 of 4 tests failed."
        );
    }

    #[test]
    fn an_unusable_story_was_not_checked() {
        let summary = Summary { errors: 1, ..Summary::default() };
        assert_eq!(sentences(&summary, false), "The story could not be checked: 1 error.");
    }
}

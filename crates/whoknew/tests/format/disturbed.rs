//! Layout that says nothing does not matter: a canonical text whose layout is disturbed is formatted back.

use super::{canonical, canonical_texts};
use proptest::prelude::*;
use std::sync::LazyLock;
use whoknew::syntax::{SyntaxKind, SyntaxToken};

/// The texts of the project that are not too long, in canonical form.
static TEXTS: LazyLock<Vec<String>> =
    LazyLock::new(|| canonical_texts().into_iter().filter(|text| text.len() < 8000).collect());

/// White space between words of a line.
const SPACES: [&str; 6] = [" ", "  ", "\t", " \u{A0}", "\u{3000}", "   "];
/// White space where there may be none.
const GAPS: [&str; 4] = ["", " ", "  ", "\t"];
/// What stands in the place of two spaces of indentation.
const UNITS: [&str; 6] = [" ", "   ", "    ", "        ", "\t", "\t\t"];

/// Chooses from a given list of numbers, over and over.
struct Choices<'c> {
    numbers: &'c [u8],
    next: usize,
}

impl Choices<'_> {
    fn number(&mut self) -> usize {
        self.next += 1;
        usize::from(self.numbers[self.next % self.numbers.len()])
    }

    fn of<'l>(&mut self, list: &[&'l str]) -> &'l str {
        list[self.number() % list.len()]
    }
}

/// A token between others.
struct Gap<'t> {
    before: &'t SyntaxToken,
    after: &'t SyntaxToken,
}

impl Gap<'_> {
    /// Whether white space may stand there or not, without changing the tokens.
    fn is_free(&self) -> bool {
        use SyntaxKind as K;
        let kinds = [self.before.kind(), self.after.kind()];
        let is_free =
            |kind: SyntaxKind| kind.is_comparison() || matches!(kind, K::OpenBracket | K::CloseBracket | K::Comma);
        let in_words =
            |token: &SyntaxToken| token.parent().is_some_and(|parent| matches!(parent.kind(), K::Sentence | K::Path));
        let may_part = !kinds.iter().any(|&kind| matches!(kind, K::Possessive | K::Newline | K::ByteOrderMark));
        may_part && kinds.into_iter().any(is_free) && !in_words(self.before) && !in_words(self.after)
    }
}

/// The text with other spaces, another indentation, other line ends.
fn disturb(text: &str, choices: &mut Choices<'_>) -> String {
    let tokens = canonical::tokens(text);
    let unit = choices.of(&UNITS);
    let line_end = choices.of(&["\n", "\r\n"]);
    let mut disturbed = choices.of(&["", "\u{FEFF}", "\n", " \n\n"]).to_owned();
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| &tokens[index]);
        let starts_line = before.is_none_or(|before| before.text().ends_with('\n'));
        match (token.kind(), before) {
            (_, _) if token.text() == "\n" => {
                disturbed += choices.of(&["", " ", "\t"]);
                disturbed += line_end;
                if starts_line {
                    disturbed += &choices.of(&["", "\n", "  \n\n"]).replace('\n', line_end);
                }
            }
            (SyntaxKind::Whitespace, _) if starts_line => disturbed += &unit.repeat(token.text().len() / 2),
            (SyntaxKind::Whitespace, Some(before)) => {
                let is_free = tokens.get(index + 1).is_some_and(|after| Gap { before, after }.is_free());
                disturbed += if is_free { choices.of(&GAPS) } else { choices.of(&SPACES) };
            }
            (_, Some(before)) => {
                if !before.kind().is_trivia() && (Gap { before, after: token }).is_free() {
                    disturbed += choices.of(&GAPS);
                }
                disturbed += token.text();
            }
            (_, None) => disturbed += token.text(),
        }
    }
    disturbed.truncate(disturbed.trim_end_matches('\n').len() + choices.number() % 2);
    disturbed
}

/// The text with comments at the ends of lines, and with comments as lines.
fn commented(text: &str, choices: &mut Choices<'_>) -> String {
    let mut commented = String::new();
    for (index, line) in text.lines().enumerate() {
        let indentation = &line[..line.len() - line.trim_start().len()];
        if choices.number().is_multiple_of(3) && !line.is_empty() {
            commented += &format!("{indentation}# above {index}\n");
        }
        commented += line;
        let has_comment = canonical::tokens(line).iter().any(|token| token.kind() == SyntaxKind::Comment);
        if choices.number().is_multiple_of(3) && !line.is_empty() && !has_comment {
            commented += &format!("{}# behind {index}", choices.of(&GAPS));
        }
        commented.push('\n');
    }
    commented
}

/// The text without its comments.
fn without_comments(text: &str) -> String {
    let mut without = String::new();
    let mut line = String::new();
    let mut had_comment = false;
    for token in canonical::tokens(text) {
        match token.kind() {
            SyntaxKind::Comment => had_comment = true,
            _ if token.text() == "\n" => {
                if !had_comment || !line.trim().is_empty() {
                    without += &format!("{}\n", line.trim_end());
                }
                line.clear();
                had_comment = false;
            }
            _ => line += token.text(),
        }
    }
    without
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn disturbed_layout_is_set_right(text in 0..1000_usize, numbers in prop::collection::vec(any::<u8>(), 1..200)) {
        let text = &TEXTS[text % TEXTS.len()];
        let disturbed = disturb(text, &mut Choices { numbers: &numbers, next: 0 });
        let formatted = canonical::canonical(&disturbed);
        prop_assert_eq!(formatted.as_deref(), Some(text.as_str()), "{}", disturbed);
    }

    #[test]
    fn comments_may_stand_anywhere(text in 0..1000_usize, numbers in prop::collection::vec(any::<u8>(), 1..200)) {
        let text = &TEXTS[text % TEXTS.len()];
        let mut choices = Choices { numbers: &numbers, next: 0 };
        let commented = commented(text, &mut choices);
        let formatted = canonical::canonical(&disturb(&commented, &mut choices)).expect("comments are no mistakes");
        prop_assert_eq!(without_comments(&formatted), without_comments(text), "{}", formatted);
    }
}

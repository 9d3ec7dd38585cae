//! `allow H10 "reason"`: below what it speaks of, or in a file for all of it.

use super::Parser;
use crate::syntax::{SyntaxKind, codes};

impl Parser<'_> {
    /// `allow H10 "reason"`
    pub(super) fn allow_line(&mut self) {
        self.open(SyntaxKind::AllowLine);
        self.bump();
        if self.at(SyntaxKind::Word) {
            self.bump();
            let say_why = "say why, as in `allow H10 \"she comes back in part two\"`";
            match self.kind() {
                Some(SyntaxKind::String) if self.says_nothing() => {
                    let span = self.here();
                    self.fail(&codes::EXPECTED, "the reason is empty", span, say_why);
                }
                Some(SyntaxKind::String) => self.bump(),
                Some(SyntaxKind::Comma) => {
                    let help = "write an `allow` of its own for each code";
                    self.expected_with("the reason in quotation marks", help);
                }
                _ => self.expected_with("the reason in quotation marks", say_why),
            }
        } else {
            self.expected_with("the code of a warning or note", "as in `allow H10 \"she comes back in part two\"`");
        }
        self.end_line();
        self.no_block();
        self.close();
    }

    /// Whether quotation marks with nothing between them come next.
    fn says_nothing(&self) -> bool {
        self.index(0).is_some_and(|index| self.text_of(index).trim_matches(['"', ' ', '\t']).is_empty())
    }

    /// Takes the lines below a declaration that takes none but `allow`.
    pub(super) fn allowances_below(&mut self) {
        let allows = self.lines.get(self.line).is_some_and(|line| super::is_any(self.text_of(line.start), &["allow"]));
        if !allows {
            return self.no_block();
        }
        self.block(|parser| match parser.at_word("allow") {
            true => parser.allow_line(),
            false => parser.below_declaration(),
        });
    }

    fn below_declaration(&mut self) {
        let span = self.here();
        let title = "of the lines below a declaration, this one says nothing about it";
        self.fail(&codes::UNKNOWN_LINE, title, span, "below it may stand `allow CODE \"reason\"`");
        self.bad_line();
    }

    /// Whether the line below the current one is indented and begins with `allow`.
    pub(super) fn has_allowances_below(&self) -> bool {
        let below = self.lines.get(self.line + 1);
        self.has_lines_below() && below.is_some_and(|line| super::is_any(self.text_of(line.start), &["allow"]))
    }
}

//! Sentences and events: a line that holds a bracket or comparison sign is a formula or call, every other a sentence.

use super::Parser;
use crate::syntax::{SyntaxKind, codes};

impl Parser<'_> {
    /// A sentence, or a formula if the line has a sign of one.
    pub(super) fn statement(&mut self) {
        if self.line_has_sign() {
            self.formula();
        } else {
            self.sentence("a statement, such as `Ada believes the marble is in the basket`");
        }
    }

    /// An event in words or as a call.
    pub(super) fn event(&mut self) {
        if !self.line_has_sign() {
            return self.sentence("an event, such as `Ada puts the marble in the basket`");
        }
        if self.at(SyntaxKind::Word) && self.kind_ahead(1) == Some(SyntaxKind::OpenBracket) {
            self.call();
            if !self.at_end() {
                self.fail_event();
            }
        } else if matches!(self.kind(), Some(SyntaxKind::Word)) {
            self.fail_event();
        } else {
            self.expected("an event");
        }
    }

    /// Reports a line of a scene that is neither a sentence nor a call of an action.
    fn fail_event(&mut self) {
        let span = self.line_span();
        let line = self.line_text();
        let is_formula = !["if ", "when ", "set ", "let "].iter().any(|word| line.starts_with(word))
            && !line.contains("->")
            && !line.contains("+=")
            && !line.contains("-=")
            && !line.contains(") and ")
            && (line.contains('(') || line.contains(" believes "));
        let bracket = line.find('(').filter(|_| !self.line_compares());
        let unpaired = line.matches(')').count() != line.matches('(').count();
        let (title, help) = match bracket {
            _ if unpaired && !self.line_compares() => return self.fail_unpaired(),
            Some(at) if line[..at].ends_with(char::is_whitespace) => {
                let aside = line.get(at..=line.rfind(')').unwrap_or(at)).unwrap_or_default();
                let help = format!("leave `{aside}` out, or write it as a comment at the end of the line, behind `#`");
                ("a sentence holds no brackets", help)
            }
            Some(_) if line.starts_with("not ") => ("this says what is so, not what happens", what_is_so(line)),
            Some(_) => (
                "this is neither a sentence nor a call of an action",
                "a call holds all its names in brackets: \
                `hide(Ada, marble)`; in words it is `Ada hides the marble`"
                    .to_owned(),
            ),
            None if is_formula => ("this says what is so, not what happens", what_is_so(line)),
            None if line.starts_with("if ") || line.starts_with("when ") => (
                "a scene tells what happens, without conditions",
                "what happens by itself whenever it can is a `rule`, declared before the story is told".to_owned(),
            ),
            None if line.contains(") and ") => {
                ("each line tells one event", "write what else happens on a line of its own".to_owned())
            }
            None => (
                "a scene tells what happens, in the words of a pattern",
                "facts change by events, such as `Ada goes to the garden`; to make one so without an event, write \
                 `assume` and the fact in words or as in `at(Ada) = garden`"
                    .to_owned(),
            ),
        };
        self.fail(&codes::NOT_AN_EVENT, title, span, &help);
        self.skip_rest();
    }

    /// Whether the current line holds a comparison sign.
    fn line_compares(&self) -> bool {
        let line = self.lines.get(self.line).and_then(|line| self.tokens.get(line.start..line.end));
        line.unwrap_or_default().iter().any(|token| token.kind.is_comparison())
    }

    /// Takes the line up to the bracket that has no partner, and reports that.
    fn fail_unpaired(&mut self) {
        self.open(SyntaxKind::Error);
        let mut open = 0_usize;
        while let Some(kind) = self.kind() {
            match kind {
                SyntaxKind::OpenBracket => open += 1,
                SyntaxKind::CloseBracket if open == 0 => break,
                SyntaxKind::CloseBracket => open -= 1,
                _ => {}
            }
            self.bump();
        }
        self.expected("the end of the line");
        while !self.at_end() {
            self.bump();
        }
        self.close();
    }

    /// Words, commas and numbers up to the end of the line or a text in quotation marks.
    fn sentence(&mut self, what: &str) {
        if self.at_end() || self.at(SyntaxKind::String) {
            let help = match self.construct {
                Some(SyntaxKind::AssumeLine) => "what is assumed comes first, its reason after it in quotation marks",
                _ => "",
            };
            return self.expected_with(what, if self.at_end() { "" } else { help });
        }
        let mark = self.mark();
        while self.at_sentence_token() {
            self.bump();
        }
        if self.at_end() || self.at(SyntaxKind::String) {
            self.open_at(mark, SyntaxKind::Sentence);
        } else {
            let help = "a sentence holds words, numbers and commas: leave other signs out";
            self.expected_with("a word", help);
            while !self.at_end() {
                self.bump();
            }
            self.open_at(mark, SyntaxKind::Error);
        }
        self.close();
    }

    fn at_sentence_token(&self) -> bool {
        match self.kind() {
            Some(SyntaxKind::Minus) => self.kind_ahead(1) == Some(SyntaxKind::Number),
            Some(
                SyntaxKind::Word
                | SyntaxKind::Possessive
                | SyntaxKind::Number
                | SyntaxKind::Clock
                | SyntaxKind::Date
                | SyntaxKind::Comma
                | SyntaxKind::Colon
                | SyntaxKind::QuestionMark,
            ) => true,
            _ => false,
        }
    }
}

/// What to write for a formula that stands where an event should.
fn what_is_so(formula: &str) -> String {
    format!(
        "tell the event that makes it so, such as `Ada goes to the garden`; or write `assume {formula}` to make it so \
         without an event, `claim {formula}` to check it"
    )
}

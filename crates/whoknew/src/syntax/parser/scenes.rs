//! Scenes, their lines, and the lines below a line.

use super::Parser;
use crate::syntax::{SyntaxKind, codes};

/// Words that cannot be the label of a scene, because they begin a time.
const TIME_WORDS: [&str; 11] =
    ["later", "earlier", "meanwhile", "flashback", "day", "at", "the", "in", "after", "before", "between"];

/// What the verb of a line makes it.
struct VerbLine {
    kind: SyntaxKind,
    /// The token of the verb.
    verb: usize,
}

impl Parser<'_> {
    /// `[offstage] scene …` and its block.
    pub(super) fn scene(&mut self) {
        self.open(SyntaxKind::Scene);
        self.eat_word("offstage");
        self.bump();
        self.scene_label();
        self.eat(SyntaxKind::String);
        while self.eat(SyntaxKind::Comma) {
            self.scene_time();
        }
        if !self.at_end() {
            self.expected_with("`,` and a time", "after its label and title a scene's times stand after commas");
        }
        self.end_line();
        self.expected_block(Self::scene_line);
        self.close();
    }

    fn scene_label(&mut self) {
        if self.at_any_word(&TIME_WORDS) {
            let help = "put a comma before the time: `scene, later`";
            return self.expected_with("a label, title or comma", help);
        }
        if matches!(self.kind(), Some(SyntaxKind::Word | SyntaxKind::Number)) {
            self.bump();
        }
    }

    /// A line of a scene.
    pub(super) fn scene_line(&mut self) {
        let is_call = self.kind_ahead(1) == Some(SyntaxKind::OpenBracket);
        let word = self.word_ahead(0).to_ascii_lowercase();
        match word.as_str() {
            "claim" => self.statement_line(SyntaxKind::ClaimLine),
            "reveal" => self.statement_line(SyntaxKind::RevealLine),
            "assume" => self.statement_line(SyntaxKind::AssumeLine),
            "expect" => self.expect_line(),
            "allow" if !is_call => self.allow_line(),
            "at" if !is_call => self.name_line(SyntaxKind::PlaceLine, "the name of a place"),
            "through" if !is_call => self.name_line(SyntaxKind::ThroughLine, "the name of a character"),
            "present" if !is_call => {
                self.open(SyntaxKind::PresentLine);
                self.bump();
                self.names("the name of a character");
                self.end_scene_line();
            }
            "lasts" if !is_call => {
                self.open(SyntaxKind::LastsLine);
                self.bump();
                self.duration();
                self.end_scene_line();
            }
            "offstage" if self.at_word_ahead(1, "scene") => {
                self.misplaced("`offstage scene` stands at the start of a line")
            }
            "scene" if self.looks_like_scene() => self.misplaced("`scene` stands at the start of a line"),
            _ => self.telling_line(),
        }
    }

    /// Whether what follows `scene` is the header of a scene.
    fn looks_like_scene(&self) -> bool {
        matches!(self.kind_ahead(1), None | Some(SyntaxKind::Number | SyntaxKind::String | SyntaxKind::Comma))
    }

    fn misplaced(&mut self, help: &str) {
        let span = self.here();
        self.fail(&codes::UNKNOWN_LINE, "a scene cannot stand inside a scene", span, help);
        self.bad_line();
    }

    /// Ends a line of a scene and takes the lines below it.
    fn end_scene_line(&mut self) {
        self.end_line();
        self.block(Self::below_line);
        self.close();
    }

    fn statement_line(&mut self, kind: SyntaxKind) {
        self.open(kind);
        self.bump();
        self.eat_word("that");
        self.statement();
        if kind == SyntaxKind::AssumeLine {
            self.eat(SyntaxKind::String);
        }
        self.end_scene_line();
    }

    fn name_line(&mut self, kind: SyntaxKind, what: &str) {
        self.open(kind);
        self.bump();
        self.name(what, &[]);
        self.end_scene_line();
    }

    /// Something happens, is concluded, dropped or forgotten.
    fn telling_line(&mut self) {
        let Some(VerbLine { kind, verb }) = self.verb_line() else {
            self.open(SyntaxKind::EventLine);
            self.eat_word("offstage");
            self.event();
            return self.end_scene_line();
        };
        self.open(kind);
        self.name_up_to(verb);
        self.bump();
        match kind {
            SyntaxKind::ConclusionLine => {
                self.eat_word("that");
                self.statement();
            }
            SyntaxKind::DropsLine => self.bump(),
            SyntaxKind::ForgetsLine if self.eat_word("that") => self.statement(),
            SyntaxKind::ForgetsLine => self.forgotten_fact(),
            _ => self.bump(),
        }
        self.end_scene_line();
    }

    fn forgotten_fact(&mut self) {
        if self.at(SyntaxKind::Word) && self.kind_ahead(1) == Some(SyntaxKind::OpenBracket) {
            self.call();
        } else {
            self.expected_with("a fact with its arguments in brackets", "or write `forgets that …`");
        }
    }

    /// The built-in verb of this line, if it has one after a name.
    fn verb_line(&self) -> Option<VerbLine> {
        let mut words = 0;
        for index in self.position..self.limit {
            let kind = self.tokens[index].kind;
            match kind {
                kind if kind.is_trivia() => continue,
                SyntaxKind::Word => {}
                SyntaxKind::Possessive | SyntaxKind::Number => continue,
                _ => return None,
            }
            let word = self.text_of(index);
            words += 1;
            let kind = match word.len() {
                _ if words == 1 => continue,
                9 if word.eq_ignore_ascii_case("concludes") => SyntaxKind::ConclusionLine,
                8 if word.eq_ignore_ascii_case("conclude") => SyntaxKind::ConclusionLine,
                5 if word.eq_ignore_ascii_case("drops") => SyntaxKind::DropsLine,
                7 if word.eq_ignore_ascii_case("forgets") => SyntaxKind::ForgetsLine,
                5 if word.eq_ignore_ascii_case("loses") => SyntaxKind::LosesTimeLine,
                4 if word.eq_ignore_ascii_case("that") => return None,
                7 if word.eq_ignore_ascii_case("whether") => return None,
                _ => continue,
            };
            if self.confirms(kind, index) {
                return (!self.at_word("offstage")).then_some(VerbLine { kind, verb: index });
            }
        }
        None
    }

    /// Whether what follows the verb makes it a built-in one: authors may use `drops` and `forgets` in patterns.
    fn confirms(&self, kind: SyntaxKind, verb: usize) -> bool {
        let mut after = (verb + 1..self.limit).filter(|&index| !self.tokens[index].kind.is_trivia());
        let next = after.next();
        let is = |word: &str| next.is_some_and(|index| self.text_of(index).eq_ignore_ascii_case(word));
        match kind {
            SyntaxKind::ConclusionLine => true,
            SyntaxKind::DropsLine => next.is_some_and(|index| self.tokens[index].kind == SyntaxKind::String),
            SyntaxKind::ForgetsLine => is("that") || self.line_has_sign(),
            _ => is("time") && after.next().is_none(),
        }
    }

    fn expect_line(&mut self) {
        self.open(SyntaxKind::ExpectLine);
        self.bump();
        if self.at(SyntaxKind::Word) {
            self.bump();
            self.eat(SyntaxKind::String);
        } else {
            self.expected("the code of a finding, such as `H02`");
        }
        self.end_line();
        self.no_block();
        self.close();
    }

    /// A line below a line of a scene.
    fn below_line(&mut self) {
        let kind = match self.word_ahead(0).to_ascii_lowercase().as_str() {
            "from" => SyntaxKind::FromLine,
            "because" => SyntaxKind::BecauseLine,
            "shown" => SyntaxKind::ShownAsLine,
            "noticed" => SyntaxKind::NoticedByLine,
            "unnoticed" => SyntaxKind::UnnoticedByLine,
            "clock" => SyntaxKind::ClockLine,
            "expect" => return self.expect_line(),
            "allow" => return self.allow_line(),
            _ => return self.unknown_below_line(),
        };
        self.open(kind);
        self.bump();
        match kind {
            SyntaxKind::FromLine => {
                self.eat_word("that");
                self.statement();
            }
            SyntaxKind::BecauseLine => {
                self.string("the name of a want in quotation marks");
            }
            SyntaxKind::ShownAsLine => {
                self.keyword("as");
                self.event();
            }
            SyntaxKind::NoticedByLine | SyntaxKind::UnnoticedByLine => {
                self.keyword("by");
                self.names("the name of a character");
            }
            _ if self.at(SyntaxKind::Clock) => self.clock(),
            _ => self.expected("a time of day, such as `21:30`"),
        }
        self.end_line();
        self.no_block();
        self.close();
    }

    /// Takes a word of the language that must stand here.
    pub(super) fn keyword(&mut self, word: &str) {
        if !self.eat_word(word) {
            self.expected(&format!("`{word}`"));
        }
    }

    fn unknown_below_line(&mut self) {
        let span = self.here();
        let title = "this line is indented below another, but is none that may stand there";
        let help = "below a line may stand `from`, `because`, `shown as`, `noticed by`, `unnoticed by`, `clock`, \
            `expect` and `allow`; indent it as much as the line above it if it is a line of the scene";
        self.fail(&codes::UNKNOWN_LINE, title, span, help);
        self.bad_line();
    }
}

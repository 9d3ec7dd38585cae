//! Effects.

use super::Parser;
use crate::syntax::{SyntaxKind, codes};

/// Verbs that make an effect one on somebody's beliefs.
const VERBS: [&str; 8] = ["believes", "believe", "thinks", "think", "learns", "learn", "forgets", "forget"];

impl Parser<'_> {
    /// Effects joined by `and` or commas.
    pub(super) fn effect(&mut self) {
        self.nested(|parser| {
            let mark = parser.mark();
            parser.effect_part();
            let mut several = false;
            while parser.eat(SyntaxKind::Comma) || parser.at_word("and") {
                parser.eat_word("and");
                parser.effect_part();
                several = true;
            }
            if several {
                parser.open_at(mark, SyntaxKind::AllEffects);
                parser.close();
            }
        });
    }

    /// `EFFECT if F`
    fn effect_part(&mut self) {
        let mark = self.mark();
        self.single_effect();
        if self.eat_word("if") {
            self.disjunction();
            self.open_at(mark, SyntaxKind::IfEffect);
            self.close();
        }
    }

    fn single_effect(&mut self) {
        self.nested(|parser| match parser.kind() {
            Some(SyntaxKind::OpenBracket) => {
                parser.open(SyntaxKind::BracketEffect);
                parser.in_brackets(Self::effect);
                parser.close();
            }
            Some(SyntaxKind::Word) => parser.word_effect(),
            _ => parser.expected("what it makes so, such as `inside(what) = into`"),
        });
    }

    fn word_effect(&mut self) {
        if self.at_word("not") {
            return self.unmake_effect();
        }
        if self.at_word("for") && self.at_word_ahead(1, "all") {
            return self.for_all_effect();
        }
        if self.kind_ahead(1) == Some(SyntaxKind::OpenBracket) {
            return self.fact_effect();
        }
        let length = self.formula_name_length(0);
        let verb = self.word_ahead(length).to_ascii_lowercase();
        if length > 0 && VERBS.contains(&verb.as_str()) {
            self.belief_effect(length, &verb);
        } else if let Some(length) = self.sentence_length() {
            self.sentence_in(SyntaxKind::SentenceEffect, length);
        } else if length > 0 {
            self.open(SyntaxKind::StatementEffect);
            self.formula_name(length);
            self.close();
            if self.at_any_word(&["is", "are", "knows", "know"]) {
                let help = "what is made so is written as a formula, its facts with brackets: `inside(marble) = box`";
                self.expected_with("a fact with a value", help);
                self.skip_rest();
            }
        } else {
            self.expected("what it makes so, such as `inside(what) = into`");
        }
    }

    /// `not f(a)`, or `not` and a sentence.
    fn unmake_effect(&mut self) {
        let mark = self.mark();
        self.bump();
        let is_call = self.kind_ahead(1) == Some(SyntaxKind::OpenBracket);
        let length = self.sentence_length().or_else(|| Some(self.formula_name_length(0)).filter(|&length| length > 1));
        let kind = match length {
            Some(length) if !is_call => {
                self.words(length);
                SyntaxKind::SentenceEffect
            }
            _ => {
                self.fact_call();
                SyntaxKind::UnmakeEffect
            }
        };
        self.open_at(mark, kind);
        self.close();
    }

    fn fact_call(&mut self) {
        if self.at(SyntaxKind::Word) && self.kind_ahead(1) == Some(SyntaxKind::OpenBracket) {
            self.call();
        } else {
            self.expected("a fact with its arguments in brackets, such as `alive(who)`");
        }
    }

    /// `f(a) = value`, `f(a)`
    fn fact_effect(&mut self) {
        let mark = self.mark();
        self.call();
        let kind = match self.kind() {
            Some(SyntaxKind::Equal) => {
                self.equals_sign();
                self.assigned_value();
                SyntaxKind::AssignEffect
            }
            Some(sign) if sign.is_comparison() => {
                let span = self.here();
                let title = "an effect gives a fact one value, with `=`";
                self.fail(&codes::EXPECTED, title, span, "write `not f(a)`, or `f(a) = value`");
                self.skip_rest();
                SyntaxKind::AssignEffect
            }
            Some(SyntaxKind::Colon) => {
                self.expected_with("`=` or the end of the line", "a fact is given a value with one `=`");
                self.skip_rest();
                SyntaxKind::AssignEffect
            }
            _ => SyntaxKind::MakeEffect,
        };
        self.open_at(mark, kind);
        self.close();
    }

    /// A value; `A if F else B` too.
    fn assigned_value(&mut self) {
        let mark = self.mark();
        self.sum();
        if self.at_word("if") && self.else_follows() {
            self.bump();
            self.disjunction();
            self.eat_word("else");
            self.nested(Self::assigned_value);
            self.open_at(mark, SyntaxKind::IfFormula);
            self.close();
        }
    }

    /// Whether the `if` here has an `else` in the same brackets, before another `if`.
    fn else_follows(&self) -> bool {
        let mut open = 0_usize;
        let Some(first) = self.index(1) else { return false };
        for index in first..self.limit {
            match self.tokens[index].kind {
                SyntaxKind::OpenBracket => open += 1,
                SyntaxKind::CloseBracket if open == 0 => return false,
                SyntaxKind::CloseBracket => open -= 1,
                SyntaxKind::Comma if open == 0 => return false,
                SyntaxKind::Word if open == 0 => match self.text_of(index) {
                    word if word.eq_ignore_ascii_case("else") => return true,
                    word if word.eq_ignore_ascii_case("if") => return false,
                    _ => {}
                },
                _ => {}
            }
        }
        false
    }

    /// `x believes EFFECT`, `x learns f(a)`, `x forgets f(a)`
    fn belief_effect(&mut self, name: usize, verb: &str) {
        let kind = match verb {
            "learns" | "learn" => SyntaxKind::LearnsEffect,
            "forgets" | "forget" => SyntaxKind::ForgetsEffect,
            _ => SyntaxKind::BelievesEffect,
        };
        self.open(kind);
        self.formula_name(name);
        self.bump();
        if kind == SyntaxKind::BelievesEffect {
            self.eat_word("that");
            self.single_effect();
        } else {
            self.learned();
        }
        self.close();
    }

    /// `f(a)`, or `whether` and a sentence, after `learns` or `forgets`.
    fn learned(&mut self) {
        let whether = self.eat_word("whether");
        let is_call = self.kind_ahead(1) == Some(SyntaxKind::OpenBracket);
        if is_call || !whether && !self.at_word("that") {
            return self.fact_call();
        }
        if self.at_word("that") {
            let help = "what is so is learned with `whether`, as in `who learns whether the door is locked`; what is \
                        believed in any case with `believes that`";
            self.expected_with("`whether`", help);
            return self.skip_rest();
        }
        match self.sentence_length().unwrap_or_else(|| self.formula_name_length(0)) {
            0 => self.expected("a sentence, as in `who learns whether the door is locked`"),
            length => self.words(length),
        }
    }

    /// `for all x: kind (EFFECT)`
    fn for_all_effect(&mut self) {
        self.open(SyntaxKind::ForAllEffect);
        self.binding(2);
        if self.at(SyntaxKind::OpenBracket) {
            self.in_brackets(Self::effect);
        } else {
            self.expected_with("effects in brackets", "as in `for all c: character (not asleep(c))`");
        }
        self.close();
    }
}

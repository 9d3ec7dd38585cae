//! Formulas, from the loosest binding to the tightest.

use super::{MAX_DEPTH, Parser, is_any};
use crate::syntax::{SyntaxKind, codes, numbers};

/// Verbs of belief, with the words that may follow.
const ATTITUDES: [&str; 8] = ["believes", "believe", "thinks", "think", "knows", "know", "wonders", "wonder"];

/// How many tokens a sentence in a formula may have.
const MAX_SENTENCE: usize = 60;

impl Parser<'_> {
    /// `A if F else B`, or less.
    pub(super) fn formula(&mut self) {
        self.nested(|parser| {
            let mark = parser.mark();
            parser.disjunction();
            if parser.eat_word("if") {
                parser.disjunction();
                if parser.eat_word("else") {
                    parser.formula();
                }
                parser.open_at(mark, SyntaxKind::IfFormula);
                parser.close();
            }
        });
    }

    /// `A or B`
    pub(super) fn disjunction(&mut self) {
        self.joined("or", SyntaxKind::OrFormula, |parser| {
            parser.joined("and", SyntaxKind::AndFormula, Self::negated);
        });
    }

    fn joined(&mut self, joint: &str, kind: SyntaxKind, part: impl Fn(&mut Self)) {
        let mark = self.mark();
        part(self);
        if !self.at_word(joint) {
            return;
        }
        while self.eat_word(joint) {
            part(self);
        }
        self.open_at(mark, kind);
        self.close();
    }

    /// `not A`
    fn negated(&mut self) {
        if !self.at_word("not") {
            return self.comparison();
        }
        self.nested(|parser| {
            parser.open(SyntaxKind::NotFormula);
            parser.bump();
            parser.negated();
            parser.close();
        });
    }

    /// `A = B`, `x is a K`, `x believes F`
    fn comparison(&mut self) {
        if let Some(length) = self.attitude_after() {
            return self.attitude(length);
        }
        if let Some(length) = self.sentence_length() {
            return self.sentence_in(SyntaxKind::SentenceFormula, length);
        }
        let mark = self.mark();
        self.sum();
        if self.kind().is_some_and(SyntaxKind::is_comparison) {
            self.comparison_sign();
            self.sum();
            self.open_at(mark, SyntaxKind::Comparison);
            self.close();
            if self.kind().is_some_and(SyntaxKind::is_comparison) {
                self.expected_with("one comparison", "join two comparisons with `and`: `a < b and b < c`");
                self.skip_rest();
            }
        } else if self.at_any_word(&["is", "are"]) {
            self.bump();
            let sign = if self.eat_word("not") { "!=" } else { "=" };
            if !self.eat_word("a") && !self.eat_word("an") {
                let help = match self.word_ahead(0) {
                    value if !value.is_empty() && self.line_has_sign() && self.kind_ahead(1).is_none() => {
                        format!("two values are compared with `{sign}`: `{sign} {value}`")
                    }
                    _ => "a formula names facts with their arguments in brackets: `at(Ada) = cellar`".to_owned(),
                };
                self.expected_with("`a` and a kind after `is`", &help);
            }
            self.word_name("the name of a kind");
            self.open_at(mark, SyntaxKind::IsKindFormula);
            self.close();
        }
    }

    /// The length of the words here, if they can be nothing but a sentence: more than a name, a duration or `x is a K`,
    /// and up to the end or a joint of formulas.
    pub(super) fn sentence_length(&self) -> Option<usize> {
        let length = self.words_length();
        let name = self.formula_name_length(0);
        if length < 2 || length == name || !self.ends_sentence(length) {
            return None;
        }
        let mut kind = name;
        if self.at_word_ahead(kind, "is") || self.at_word_ahead(kind, "are") {
            kind += if self.at_word_ahead(kind + 1, "not") { 2 } else { 1 };
            let article = self.at_word_ahead(kind, "a") || self.at_word_ahead(kind, "an");
            if name > 0 && article && kind + 2 == length {
                return None;
            }
        }
        Some(length)
    }

    /// How many tokens the words here have, up to a sign or a joint.
    fn words_length(&self) -> usize {
        let mut length = 0;
        while length <= MAX_SENTENCE {
            let goes_on = match self.kind_ahead(length) {
                Some(SyntaxKind::Word) => !self.is_joint(length),
                Some(SyntaxKind::Possessive | SyntaxKind::Number | SyntaxKind::Clock | SyntaxKind::Date) => length > 0,
                _ => false,
            };
            if !goes_on {
                break;
            }
            length += 1;
        }
        length
    }

    /// Whether a word that joins formulas stands there; `this or that` stands for one value.
    fn is_joint(&self, ahead: usize) -> bool {
        let before = ahead.checked_sub(1).map_or("", |before| self.word_ahead(before));
        let is_one = before.eq_ignore_ascii_case("this") && self.at_word_ahead(ahead + 1, "that");
        is_any(self.word_ahead(ahead), &["and", "or", "if", "else"]) && !is_one
    }

    fn ends_sentence(&self, ahead: usize) -> bool {
        match self.kind_ahead(ahead) {
            None | Some(SyntaxKind::CloseBracket | SyntaxKind::Comma | SyntaxKind::String) => true,
            Some(SyntaxKind::Word) => self.is_joint(ahead),
            _ => false,
        }
    }

    /// A sentence of `length` tokens, inside a node of this kind.
    pub(super) fn sentence_in(&mut self, kind: SyntaxKind, length: usize) {
        self.open(kind);
        self.words(length);
        self.close();
    }

    /// A sentence of `length` tokens.
    pub(super) fn words(&mut self, length: usize) {
        self.open(SyntaxKind::Sentence);
        for _ in 0..length {
            self.bump();
        }
        self.close();
    }

    fn comparison_sign(&mut self) {
        if self.at(SyntaxKind::Equal) {
            return self.equals_sign();
        }
        self.bump();
    }

    /// `=`; a second one is a mistake.
    pub(super) fn equals_sign(&mut self) {
        let first = self.here();
        self.bump();
        if self.at(SyntaxKind::Equal) {
            let both = first.to(self.here());
            self.fail(&codes::EXPECTED, "two values are compared with one `=`", both, "write `=`");
            self.bump();
        }
    }

    /// The length of the name here, if a verb of belief follows it.
    fn attitude_after(&self) -> Option<usize> {
        if !self.at(SyntaxKind::Word) {
            return None;
        }
        let length = self.formula_name_length(0);
        let verb = if self.is_denial(length) { length + 2 } else { length };
        (length > 0 && is_any(self.word_ahead(verb), &ATTITUDES)).then_some(length)
    }

    /// `x believes F`, `x does not know whether F`, `x wonders f(a)`
    fn attitude(&mut self, name: usize) {
        self.nested(|parser| {
            parser.open(SyntaxKind::AttitudeFormula);
            parser.formula_name(name);
            if parser.is_denial(0) {
                parser.bump();
                parser.bump();
            }
            parser.bump();
            if !parser.eat_word("that") {
                parser.eat_word("whether");
            }
            parser.negated();
            parser.close();
        });
    }

    /// `a + b - c`
    pub(super) fn sum(&mut self) {
        self.chain(&[SyntaxKind::Plus, SyntaxKind::Minus], SyntaxKind::SumFormula, |parser| {
            parser.chain(&[SyntaxKind::Star, SyntaxKind::Slash], SyntaxKind::ProductFormula, Self::atom);
        });
    }

    fn chain(&mut self, signs: &[SyntaxKind], kind: SyntaxKind, operand: impl Fn(&mut Self)) {
        let mark = self.mark();
        operand(self);
        let mut operands = 1;
        while self.kind().is_some_and(|kind| signs.contains(&kind)) {
            if operands >= MAX_DEPTH {
                self.fail_too_much(format!("this adds or multiplies more than {MAX_DEPTH} values in a row"));
                self.skip_rest();
                break;
            }
            self.bump();
            operand(self);
            operands += 1;
        }
        if operands > 1 {
            self.open_at(mark, kind);
            self.close();
        }
    }

    fn atom(&mut self) {
        match self.kind() {
            Some(SyntaxKind::Minus) => self.nested(|parser| {
                parser.open(SyntaxKind::NegativeFormula);
                parser.bump();
                parser.atom();
                parser.close();
            }),
            Some(SyntaxKind::Number) => self.number(),
            Some(SyntaxKind::QuestionMark) => self.leaf(SyntaxKind::UnknownFormula),
            Some(SyntaxKind::OpenBracket) => {
                self.open(SyntaxKind::BracketFormula);
                self.in_brackets(Self::formula);
                self.close();
            }
            Some(SyntaxKind::Word) => self.word_atom(),
            _ => self.expected("a value, fact or name"),
        }
    }

    fn leaf(&mut self, kind: SyntaxKind) {
        self.open(kind);
        self.bump();
        self.close();
    }

    /// `( … )` around what `parse` takes; the bracket stands here.
    pub(super) fn in_brackets(&mut self, parse: fn(&mut Self)) {
        let Some(bracket) = self.index(0) else { return };
        self.bump();
        parse(self);
        self.closing_bracket(bracket);
    }

    /// `)` for the bracket `open`.
    pub(super) fn closing_bracket(&mut self, open: usize) {
        if self.eat(SyntaxKind::CloseBracket) {
            return;
        }
        if self.at_end() || self.at(SyntaxKind::String) {
            self.unclosed = Some(self.line);
            let help = if self.at_end() {
                "put `)` where it ends; further lines inside brackets are indented deeper than the first"
            } else {
                "put `)` before the text in quotation marks"
            };
            self.fail(&codes::BRACKET, "this bracket is never closed", self.span(open), help);
        }
        self.expected("`)`");
    }

    /// `12`, `14 days`
    fn number(&mut self) {
        self.open(SyntaxKind::NumberFormula);
        if numbers::unit(self.word_ahead(1)).is_some() {
            self.open(SyntaxKind::Duration);
            self.checked_number();
            self.bump();
            self.close();
        } else {
            self.checked_number();
        }
        self.close();
    }

    /// A number that is not too large.
    pub(super) fn checked_number(&mut self) {
        let Some(index) = self.index(0) else { return };
        let value: Option<f64> = self.text_of(index).parse().ok();
        if !value.is_some_and(|value| value < 1e15) {
            self.fail(&codes::OUT_OF_RANGE, "this number is too large", self.span(index), "numbers are below 10^15");
        }
        self.bump();
    }

    fn word_atom(&mut self) {
        let is_call = self.kind_ahead(1) == Some(SyntaxKind::OpenBracket);
        let word = self.word_ahead(0).to_ascii_lowercase();
        match word.as_str() {
            "happened" if is_call => self.around_event(SyntaxKind::HappenedFormula),
            "times" if is_call => self.around_event(SyntaxKind::TimesFormula),
            "time" if is_call => {
                self.open(SyntaxKind::TimeFormula);
                self.bump();
                self.in_brackets(|_| {});
                self.close();
            }
            "exists" | "sum" | "count" | "product" if self.is_binding(1) => self.quantified(1),
            "for" if self.at_word_ahead(1, "all") => self.quantified(2),
            _ if is_call => self.call(),
            "yes" => self.leaf(SyntaxKind::YesFormula),
            "no" => self.leaf(SyntaxKind::NoFormula),
            _ => self.name_or_duration(),
        }
    }

    fn name_or_duration(&mut self) {
        if let Some(count) = self.duration_length() {
            self.open(SyntaxKind::NumberFormula);
            self.duration_of(count);
            self.close();
            return;
        }
        match self.formula_name_length(0) {
            0 => self.expected("a value, fact or name"),
            length => {
                self.open(SyntaxKind::NameFormula);
                self.formula_name(length);
                self.close();
            }
        }
    }

    /// Whether `x :` stands there.
    fn is_binding(&self, ahead: usize) -> bool {
        self.kind_ahead(ahead) == Some(SyntaxKind::Word) && self.kind_ahead(ahead + 1) == Some(SyntaxKind::Colon)
    }

    /// `exists x: K (F)`; the first `words` words say which.
    fn quantified(&mut self, words: usize) {
        self.open(SyntaxKind::QuantifiedFormula);
        self.binding(words);
        if self.at(SyntaxKind::OpenBracket) {
            self.in_brackets(Self::formula);
        } else {
            self.expected_with("a formula in brackets", "as in `for all c: character (not asleep(c))`");
        }
        self.close();
    }

    /// `exists x: K`, `for all x: K`
    pub(super) fn binding(&mut self, words: usize) {
        for _ in 0..words {
            self.bump();
        }
        self.word_name("a name for the variable");
        if !self.eat(SyntaxKind::Colon) {
            self.expected("`:` and the kind of the variable");
        }
        self.kinds("or");
    }

    /// `happened(EVENT)`, `times(EVENT since scene 3 until scene 9)`
    fn around_event(&mut self, kind: SyntaxKind) {
        self.open(kind);
        self.bump();
        if kind == SyntaxKind::HappenedFormula {
            self.in_brackets(Self::event_call);
        } else {
            self.in_brackets(|parser| {
                parser.event_call();
                if parser.eat_word("since") {
                    parser.scene_reference();
                }
                if parser.eat_word("until") {
                    parser.scene_reference();
                }
            });
        }
        self.close();
    }

    /// A call of an action.
    pub(super) fn event_call(&mut self) {
        if self.at(SyntaxKind::Word) && self.kind_ahead(1) == Some(SyntaxKind::OpenBracket) {
            self.call();
        } else {
            self.expected("an action with its arguments in brackets, such as `put(Ada, marble, box)`");
        }
    }

    /// `f(a, b)`; a word and a bracket stand here.
    pub(super) fn call(&mut self) {
        self.nested(|parser| {
            parser.open(SyntaxKind::Call);
            parser.word_name("the name of a fact or action");
            parser.in_brackets(|parser| {
                if parser.at(SyntaxKind::CloseBracket) {
                    return;
                }
                parser.formula();
                while parser.eat(SyntaxKind::Comma) {
                    parser.formula();
                }
            });
            parser.close();
        });
    }
}

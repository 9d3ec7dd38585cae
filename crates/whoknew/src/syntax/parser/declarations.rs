//! Facts, actions, rules, `extend`, and the lines of their blocks.

use super::{Parser, is_any};
use crate::{
    suggest,
    syntax::{SyntaxKind, codes},
};

/// The lines of a declaration: first word, node, and where they may stand: in a fact, action, rule.
const LINES: [(&str, SyntaxKind, [bool; 3]); 24] = [
    ("also", SyntaxKind::AlsoLine, [true, true, true]),
    ("past", SyntaxKind::PastLine, [false, true, false]),
    ("not", SyntaxKind::NotLine, [true, false, false]),
    ("none", SyntaxKind::NoneLine, [true, false, false]),
    ("default", SyntaxKind::DefaultLine, [true, false, false]),
    ("means", SyntaxKind::MeansLine, [true, false, false]),
    ("location", SyntaxKind::LocationLine, [true, false, false]),
    ("living", SyntaxKind::LivingLine, [true, false, false]),
    ("whereabouts", SyntaxKind::WhereaboutsLine, [true, false, false]),
    ("plain", SyntaxKind::PlainLine, [true, false, false]),
    ("guise", SyntaxKind::GuiseLine, [true, false, false]),
    ("needs", SyntaxKind::NeedsLine, [false, true, false]),
    ("hidden", SyntaxKind::NeedsLine, [false, true, false]),
    ("makes", SyntaxKind::MakesLine, [false, true, true]),
    ("by", SyntaxKind::ByLine, [false, true, false]),
    ("seen", SyntaxKind::SeenLine, [false, true, false]),
    ("takes", SyntaxKind::TakesLine, [false, true, false]),
    ("mutual", SyntaxKind::MutualLine, [false, true, false]),
    ("entrance", SyntaxKind::EntranceLine, [false, true, false]),
    ("exit", SyntaxKind::ExitLine, [false, true, false]),
    ("thought", SyntaxKind::ThoughtLine, [false, true, false]),
    ("unplanned", SyntaxKind::UnplannedLine, [false, true, false]),
    ("when", SyntaxKind::WhenLine, [false, false, true]),
    ("allow", SyntaxKind::AllowLine, [true, true, true]),
];

/// What a block of lines belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Fact,
    Action,
    Rule,
    Extension,
}

impl Owner {
    fn takes(self, places: [bool; 3]) -> bool {
        match self {
            Self::Fact => places[0],
            Self::Action => places[1],
            Self::Rule => places[2],
            Self::Extension => true,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Fact => "a fact",
            Self::Action => "an action",
            Self::Rule => "a rule",
            Self::Extension => "`extend`",
        }
    }
}

/// Whether, of two words side by side, the first is more likely the kind and the second the name of a parameter.
fn is_kind_like(first: &str, second: &str) -> bool {
    let is_name =
        |word: &str| word.len() <= 2 || is_any(word, &["who", "whom", "what", "where", "which", "from", "to", "into"]);
    is_name(second) && !is_name(first)
}

/// Below what a line that begins with `word` stands.
fn owner_of(word: &str) -> Option<&'static str> {
    let places = LINES.iter().find(|(name, ..)| is_any(word, &[name])).map(|&(.., places)| places)?;
    [Owner::Fact, Owner::Action, Owner::Rule].into_iter().find(|owner| owner.takes(places)).map(Owner::words)
}

/// What a line of another declaration may mean below this one.
fn meant_by(owner: Owner, word: &str) -> &'static str {
    match (owner, word) {
        (Owner::Fact, "needs" | "hidden" | "when") => "a fact that follows from others has a line `means …`",
        (Owner::Fact, "makes") => "a fact is made so by an action or a rule, as in `makes asleep(who)`",
        (Owner::Fact, _) => "a fact is what is so; its lines are `default`, `means`, `not`, `also` and `location`",
        (Owner::Action, "when") => "what must be so before an action is said with `needs …`",
        (Owner::Action, _) => "an action happens; what is so after it is said with `makes …`",
        (Owner::Rule, "needs" | "hidden") => "a rule says with `when …` in which case it happens by itself",
        (Owner::Rule, "by") => "a rule happens by itself: what somebody chooses to do is an action",
        (Owner::Rule, _) => "a rule has lines `when …`, in which case it happens, and `makes …`, what it changes",
        (Owner::Extension, _) => "declare it there",
    }
}

impl Parser<'_> {
    /// `fact inside(what: thing): container "…"` and its block.
    pub(super) fn fact(&mut self) {
        self.open(SyntaxKind::Fact);
        self.bump_keyword();
        if !self.at(SyntaxKind::String) {
            self.word_name("the name of the fact, one word, or its sentence in quotation marks");
        }
        self.parameters();
        if self.eat(SyntaxKind::Colon) {
            self.kinds("or");
        }
        self.eat(SyntaxKind::String);
        self.fact_meant();
        self.end_line();
        self.block(|parser| parser.declaration_line(Owner::Fact));
        self.close();
    }

    /// Reports what follows a fact in other languages: a value, or the kind of its value after an arrow.
    fn fact_meant(&mut self) {
        let arrow = self.at(SyntaxKind::Minus) && self.kind_ahead(1) == Some(SyntaxKind::Greater);
        if arrow {
            let help = format!("write `: {}`", self.word_ahead(2));
            let span = self.index(2).map_or(self.here(), |kind| self.here().to(self.span(kind)));
            let title = "the kind of a fact's value stands after `:`";
            self.fail(&codes::EXPECTED, title, span, &help);
        } else if self.at(SyntaxKind::Equal) {
            let help = "what is so from the beginning stands below a line `start`; what is so unless something else is \
                said stands below the fact: `default yes`";
            self.expected_with("the end of the line", help);
        }
    }

    /// `action put(who: person) "…"` and its block.
    pub(super) fn action(&mut self) {
        self.declaration(SyntaxKind::Action, |parser| parser.declaration_line(Owner::Action));
    }

    /// `rule burn(v: vampire) "…"` and its block.
    pub(super) fn rule(&mut self) {
        self.declaration(SyntaxKind::Rule, |parser| parser.declaration_line(Owner::Rule));
    }

    fn declaration(&mut self, kind: SyntaxKind, line: fn(&mut Self)) {
        self.open(kind);
        self.bump_keyword();
        self.word_name("a name of one word");
        self.parameters();
        self.eat(SyntaxKind::String);
        self.end_line();
        self.block(line);
        self.close();
    }

    /// `extend put` and its block.
    pub(super) fn extension(&mut self) {
        self.open(SyntaxKind::Extend);
        self.bump();
        self.word_name("the name of a fact, action or rule");
        self.end_line();
        self.block(|parser| parser.declaration_line(Owner::Extension));
        self.close();
    }

    /// `(a, b: character, what: thing)`, if a bracket stands here.
    fn parameters(&mut self) {
        let Some(bracket) = self.index(0).filter(|_| self.at(SyntaxKind::OpenBracket)) else { return };
        self.open(SyntaxKind::Parameters);
        self.bump();
        if !self.at(SyntaxKind::CloseBracket) {
            self.parameter_group();
            while self.eat(SyntaxKind::Comma) {
                self.parameter_group();
            }
        }
        self.closing_bracket(bracket);
        self.close();
    }

    fn parameter_group(&mut self) {
        self.open(SyntaxKind::ParameterGroup);
        let mut name = self.word_ahead(0);
        self.word_name("the name of a parameter");
        while self.eat(SyntaxKind::Comma) {
            name = self.word_ahead(0);
            self.word_name("the name of a parameter");
        }
        if self.eat(SyntaxKind::Colon) {
            self.parameter_kinds();
        } else {
            let help = self.parameter_meant(name);
            self.expected_with("`:` and the kind of the parameter", &help);
        }
        self.close();
    }

    /// How a parameter is written whose kind stands before it, or is not said.
    fn parameter_meant(&self, name: &str) -> String {
        match self.word_ahead(0) {
            "" => format!("say of which kind it is: `{name}: person`"),
            other if is_kind_like(name, other) => format!("the name comes first, then its kind: `{other}: {name}`"),
            other => format!("write `:` between the name and its kind: `{name}: {other}`"),
        }
    }

    /// `character or thing`, `only Sally`
    fn parameter_kinds(&mut self) {
        if !self.at_word("only") || self.kind_ahead(1) != Some(SyntaxKind::Word) || self.at_word_ahead(1, "or") {
            return self.kinds("or");
        }
        self.open(SyntaxKind::Only);
        self.bump();
        self.name("the name of a person, place or thing", &[]);
        self.close();
    }

    fn declaration_line(&mut self, owner: Owner) {
        let word = self.word_ahead(0);
        let Some(&(_, kind, places)) = LINES.iter().find(|(name, ..)| is_any(word, &[name])) else {
            return self.unknown_declaration_line(owner);
        };
        if !owner.takes(places) {
            return self.unknown_declaration_line(owner);
        }
        if kind == SyntaxKind::AllowLine {
            return self.allow_line();
        }
        self.open(kind);
        if self.at_word("hidden") {
            self.bump();
        }
        if kind == SyntaxKind::NeedsLine {
            self.keyword("needs");
        } else {
            self.bump();
        }
        if self.kind_ahead(1).is_some() {
            self.idle_colon();
        }
        match kind {
            SyntaxKind::AlsoLine | SyntaxKind::PastLine | SyntaxKind::NotLine | SyntaxKind::NoneLine => {
                self.string("a sentence in quotation marks");
            }
            SyntaxKind::DefaultLine
            | SyntaxKind::MeansLine
            | SyntaxKind::NeedsLine
            | SyntaxKind::TakesLine
            | SyntaxKind::WhenLine => self.formula(),
            SyntaxKind::MakesLine => self.effect(),
            SyntaxKind::ByLine => self.names("a parameter or the name of a character"),
            SyntaxKind::SeenLine => self.seen_by(),
            SyntaxKind::PlainLine => self.to("to whom it is plain"),
            SyntaxKind::GuiseLine => self.to("whom it deceives"),
            _ => {}
        }
        self.end_line();
        self.no_block();
        self.close();
    }

    /// `by c openly as EVENT if F`
    fn seen_by(&mut self) {
        self.keyword("by");
        self.name("who notices it", &["openly", "as", "if"]);
        self.eat_word("openly");
        if self.eat_word("as") {
            self.event_call();
        }
        if self.eat_word("if") {
            self.formula();
        }
    }

    /// `to c if F`
    fn to(&mut self, whom: &str) {
        self.keyword("to");
        self.name(whom, &["if"]);
        if self.eat_word("if") {
            self.formula();
        }
    }

    fn unknown_declaration_line(&mut self, owner: Owner) {
        let span = self.here();
        let allowed: Vec<&str> =
            LINES.iter().filter(|(.., places)| owner.takes(*places)).map(|&(name, ..)| name).collect();
        let found = self.found();
        let title = format!("no line of {} begins with {found}", owner.words());
        let word = self.word_ahead(0);
        let help = super::foreign::declaration_word(word, &allowed)
            .map(|ours| format!("here this is said with `{ours}`"))
            .or_else(|| suggest::did_you_mean(word, allowed.iter().copied()))
            .or_else(|| {
                owner_of(word).map(|other| format!("such a line stands below {other}; {}", meant_by(owner, word)))
            })
            .unwrap_or_else(|| format!("its lines begin with {}", super::items::listed(&allowed)));
        self.fail(&codes::UNKNOWN_LINE, title, span, &help);
        self.bad_line();
    }
}

//! Scenes, their lines, and the lines below a line.

use super::{Parser, is_any, time_words};
use crate::{
    suggest,
    syntax::{SyntaxKind, codes, numbers},
};

/// Words that cannot be the label of a scene, because they begin a time.
const TIME_WORDS: [&str; 11] =
    ["later", "earlier", "meanwhile", "flashback", "day", "at", "the", "in", "after", "before", "between"];

/// Words that begin a line below a line, and what others say for them.
const BELOW_LINES: [(&str, &[&str]); 8] = [
    ("from", &["premise", "since"]),
    ("because", &["why", "reason", "motive", "for", "wants", "want"]),
    ("shown as", &["shown", "seen", "looks"]),
    ("noticed by", &["noticed", "witness", "witnesses", "heard", "observed"]),
    ("unnoticed by", &["unnoticed", "unseen", "secretly", "hidden"]),
    ("clock", &["time", "when", "at"]),
    ("expect", &["expected", "todo"]),
    ("allow", &["ignore", "suppress", "disable", "noqa", "nolint"]),
];

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
        let ends = self.at_end() || (self.at(SyntaxKind::Colon) && self.kind_ahead(1).is_none());
        if !ends {
            let help = self.header_meant();
            let begun =
                self.line_text().strip_suffix(self.rest_of_line()).is_some_and(|before| before.contains([',', '"']));
            let what = if begun { "`,` and a time" } else { "a title in quotation marks, or `,` and a time" };
            self.expected_with(what, &help);
        }
        self.end_line();
        self.expected_block(Self::scene_line);
        self.close();
    }

    /// Whether no word of the rest of the line is one of times.
    fn words_of_place(&self) -> bool {
        let rest = self.rest_of_line().to_lowercase();
        !rest.split_whitespace().any(|word| {
            numbers::unit(word).is_some()
                || numbers::below_hundred(word).is_some()
                || super::is_any(
                    word,
                    &["morning", "afternoon", "evening", "night", "noon", "midnight", "dawn", "dusk"],
                )
        })
    }

    /// How a header is written whose title has no quotation marks, or whose time no comma before it.
    fn header_meant(&self) -> String {
        let before = self.text[self.line_span().range()].strip_suffix(self.rest_of_line()).unwrap_or_default();
        let rest = self.rest_of_line().trim_start_matches([':', '-', '–', '—', '.', ' ', '\t']);
        let start = before.rsplit([',', ' ']).find(|word| !word.is_empty()).unwrap_or_default();
        let until = self.rest_of_line().replace(['-', '–', '—'], "- ");
        let words: Vec<&str> = [start].into_iter().chain(until.split_whitespace()).collect();
        if let Some(lasting) = time_words::lasting(&words) {
            return lasting;
        }
        let is_place = self.at_any_word(&["in", "at"])
            && self.kind_ahead(1) == Some(SyntaxKind::Word)
            && !self.at_word_ahead(2, "same")
            && self.words_of_place();
        if is_place && before.contains([',', '"']) {
            let place = rest.split_once(' ').map_or(rest, |(_, place)| place);
            return format!("where a scene is stands on a line below it: `at {place}`");
        }
        let (title, times) = rest.split_once(',').unwrap_or((rest, ""));
        let title = title.trim().trim_matches(['"', '“', '”', '\'']);
        let begins_time =
            self.at_any_word(&TIME_WORDS) || matches!(self.kind(), Some(SyntaxKind::Clock | SyntaxKind::Date));
        if begins_time || before.contains('"') {
            return format!("write `{}, {rest}`: a time stands after a comma", before.trim_end());
        }
        let times = if times.is_empty() { String::new() } else { format!(",{times}") };
        format!(
            "write `{} \"{title}\"{times}`: a title stands in quotation marks, a time after a comma",
            before.trim_end()
        )
    }

    fn scene_label(&mut self) {
        if self.at_any_word(&TIME_WORDS) {
            let help = self.header_meant();
            return self.expected_with("a label, title or comma", &help);
        }
        if matches!(self.kind(), Some(SyntaxKind::Word | SyntaxKind::Number)) {
            self.bump();
        }
    }

    /// A line of a scene.
    pub(super) fn scene_line(&mut self) {
        let is_call = self.kind_ahead(1) == Some(SyntaxKind::OpenBracket);
        if let Some(model) = self.scene_word() {
            return self.fail_scene_word(model);
        }
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
                self.bump_keyword();
                self.names("the name of a character");
                self.end_scene_line();
            }
            "lasts" if !is_call => {
                self.open(SyntaxKind::LastsLine);
                self.bump_keyword();
                self.duration();
                self.end_scene_line();
            }
            "offstage" if self.at_word_ahead(1, "scene") => {
                self.misplaced("`offstage scene` stands at the start of a line")
            }
            "scene" if self.looks_like_scene() => {
                self.misplaced("move it, and what stands below it, to the start of the line")
            }
            _ if self.declares(&word) => self.misplaced("move it, and what stands below it, to the start of the line"),
            _ => self.telling_line(),
        }
    }

    /// Whether the line, which begins with `word`, is a declaration, and can be no sentence.
    fn declares(&self, word: &str) -> bool {
        let next = |ahead| self.kind_ahead(ahead);
        match word {
            "fact" | "action" | "rule" => next(2) == Some(SyntaxKind::OpenBracket),
            "aim" | "test" | "story" => matches!(next(1), Some(SyntaxKind::Colon | SyntaxKind::String)),
            "want" | "kind" => (2..6).any(|ahead| next(ahead) == Some(SyntaxKind::Colon)),
            "use" => next(2) == Some(SyntaxKind::Slash),
            "start" => next(1).is_none(),
            _ => false,
        }
    }

    /// Reports a line that begins as in another form of text.
    fn fail_scene_word(&mut self, model: &str) {
        let span = self.here();
        let title = format!("no line of a scene begins with `{}:`", self.word_ahead(0));
        self.fail(&codes::UNKNOWN_LINE, title, span, &format!("did you mean a line such as `{model}`?"));
        self.bad_line();
    }

    /// Whether what follows `scene` is the header of a scene.
    fn looks_like_scene(&self) -> bool {
        matches!(self.kind_ahead(1), None | Some(SyntaxKind::Number | SyntaxKind::String | SyntaxKind::Comma))
    }

    /// A scene inside a scene: reported, and its lines are read as the scene's own.
    fn misplaced(&mut self, help: &str) {
        let span = self.here();
        let title = match self.word_ahead(0).to_ascii_lowercase().as_str() {
            "scene" | "offstage" => "a scene cannot stand inside a scene".to_owned(),
            word => format!("`{word}` is no line of a scene"),
        };
        self.fail(&codes::UNKNOWN_LINE, &title, span, help);
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
        self.bump_keyword();
        self.eat_word("that");
        self.statement();
        if kind == SyntaxKind::AssumeLine {
            self.eat(SyntaxKind::String);
        }
        self.end_scene_line();
    }

    fn name_line(&mut self, kind: SyntaxKind, what: &str) {
        self.open(kind);
        self.bump_keyword();
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
        self.bump_keyword();
        match kind {
            SyntaxKind::FromLine => {
                self.eat_word("that");
                self.statement();
            }
            SyntaxKind::BecauseLine => {
                let rest = self.rest_of_line();
                let help = format!(
                    "below an act write `because \"{rest}\"`, the name that a line `want` gives; below a thought write \
                     `from {rest}`, what it rests on"
                );
                if self.at(SyntaxKind::Word) {
                    self.expected_with("the name of a want in quotation marks", &help);
                }
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
            _ if self.at_clock() => self.clock(),
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
        let words: Vec<&str> = BELOW_LINES.iter().map(|(word, _)| *word).collect();
        let word = self.word_ahead(0);
        let title = "this line is indented below another, but is none that may stand there";
        let near = BELOW_LINES
            .iter()
            .find(|(_, others)| is_any(word, others))
            .map(|(ours, _)| format!("did you mean `{ours}`?"));
        let help = near.or_else(|| suggest::did_you_mean(word, words.iter().copied())).unwrap_or_else(|| {
            let all = super::items::listed(&words);
            format!(
                "if it is a line of its own, indent it as much as the line above it; if it goes on with that line, \
                 write both on one line; below a line stand {all}"
            )
        });
        // Whether the line above is whole depends on this one: what is wrong with it is not told beside.
        let above =
            self.lines.get(self.line.wrapping_sub(1)).map(|line| self.span(line.start).to(self.span(line.end - 1)));
        self.fail_with_label(&codes::UNKNOWN_LINE, title, span, (above, &help));
        self.bad_line();
    }
}

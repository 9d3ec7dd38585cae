//! Times in scene headers, durations, and names of scenes.

use super::{Parser, time_words};
use crate::{
    source::Span,
    syntax::{SyntaxKind, ast, clock_words, codes, numbers},
};

/// The parts of a day that `the same …` may name.
const DAY_PARTS: [&str; 5] = ["day", "morning", "afternoon", "evening", "night"];

/// The most words of a time of day.
const LONGEST_CLOCK: usize = 9;

const TIME_HELP: &str = "a time is, for example, `day 3`, `09:00`, `1999-03-02`, `in 2073`, `three weeks later`, \
    `two days before scene 5`, `at least a week after scene 2`, `later`, `between scene 6 and scene 10`, \
    `meanwhile`, `the same night`, `the next day` or `flashback`";

impl Parser<'_> {
    /// One part of what a scene's header says about its time.
    pub(super) fn scene_time(&mut self) {
        self.open(SyntaxKind::SceneTime);
        let word = self.word_ahead(0).to_ascii_lowercase();
        match word.as_str() {
            _ if self.at_clock() => self.clock(),
            _ if self.fail_time_meant() => {}
            "day" => self.day_number(),
            "in" => self.year(),
            "later" | "earlier" | "meanwhile" | "flashback" => self.bump(),
            "after" | "before" => {
                self.bump();
                self.scene_reference();
            }
            "between" => {
                self.bump();
                self.scene_reference();
                self.time_word("and");
                self.scene_reference();
            }
            "at" if self.at_word_ahead(1, "least") || self.at_word_ahead(1, "most") => {
                self.bump();
                self.bump();
                self.distance();
            }
            "at" => {
                for word in ["at", "the", "same", "time", "as"] {
                    self.time_word(word);
                }
                self.scene_reference();
            }
            "the" | "that" | "same" | "next" => self.same_or_next_day(),
            _ => self.time_in_numbers(),
        }
        if self.failed {
            self.skip_rest();
        }
        self.close();
    }

    /// Reports a time that people say and this language does not take. Gives whether there was one.
    fn fail_time_meant(&mut self) -> bool {
        let end = (self.position..self.limit).find(|&index| self.tokens[index].kind == SyntaxKind::Comma);
        let (Some(first), end) = (self.index(0), end.unwrap_or(self.limit)) else { return false };
        let Some(last) = (first..end).rev().find(|&index| !self.tokens[index].kind.is_trivia()) else { return false };
        let span = self.span(first).to(self.span(last));
        let text = self.text[span.range()].to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        if self.is_time(first, end) && !time_words::is_other_distance(&words) {
            return false;
        }
        let Some(help) = time_words::meant(&words) else { return false };
        let title = format!("`{}` is no time that can be counted with", &self.text[span.range()]);
        self.fail_habit(&format!("time: {help}"), &codes::BAD_TIME, &title, span, &help);
        true
    }

    /// Whether the words from `first` to `end` begin or end as times do that are understood.
    fn is_time(&self, first: usize, end: usize) -> bool {
        let words: Vec<&str> = (first..end)
            .filter(|&index| self.tokens[index].kind == SyntaxKind::Word)
            .map(|index| self.text_of(index))
            .collect();
        let has = |list: &[&str]| words.iter().any(|word| super::is_any(word, list));
        let counted = self.tokens[first].kind == SyntaxKind::Number
            || words.first().is_some_and(|word| numbers::is_number_word(word));
        let unit = words.iter().any(|word| numbers::unit(word).is_some());
        let directed = has(&["later", "earlier", "before", "after"]) && counted && unit;
        directed && self.duration_length().is_some() | (self.tokens[first].kind == SyntaxKind::Number)
            || has(&["scene", "same", "next", "following"])
            || words.first().is_some_and(|word| word.eq_ignore_ascii_case("that")) && has(&DAY_PARTS)
            || (self.tokens[first..end].iter().any(|token| token.kind == SyntaxKind::String))
    }

    fn fail_time(&mut self) {
        let span = self.here();
        let found = self.found();
        self.fail(&codes::BAD_TIME, format!("expected a time, found {found}"), span, TIME_HELP);
    }

    fn time_word(&mut self, word: &str) {
        if !self.eat_word(word) {
            self.fail_time();
        }
    }

    fn day_number(&mut self) {
        self.bump();
        if self.at(SyntaxKind::Number) {
            self.whole_number(1.0, 10_000_000.0);
        } else if numbers::is_number_word(self.word_ahead(0)) {
            self.bump();
        } else {
            self.expected("the number of the day, counted from 1");
        }
    }

    fn year(&mut self) {
        self.bump();
        if self.at(SyntaxKind::Number) {
            self.whole_number(0.0, 1_000_000.0);
        } else {
            let help = "years count from 0; for a time without a calendar count the days, as in `day 3`, or say `three weeks later`";
            self.expected_with("a year, such as `in 2073`", help);
        }
    }

    /// A whole number between two others.
    fn whole_number(&mut self, least: f64, most: f64) {
        let Some(index) = self.index(0) else { return };
        let value: Option<f64> = self.text_of(index).parse().ok();
        if !value.is_some_and(|value| value.fract() == 0.0 && value >= least && value <= most) {
            let title = format!("this must be a whole number from {least} to {most}");
            let help = match value {
                _ if least != 1.0 => "for a time without a calendar count the days: `day 3`".to_owned(),
                Some(value) if value.fract() > 0.0 => {
                    let hours = (value.fract() * 24.0) as u32;
                    format!("the time of day stands after a comma: `day {}, {hours:02}:00`", value as u64)
                }
                Some(value) if value > most => "count from the first day of the story, or give a date".to_owned(),
                Some(_) => "days are counted from 1: the story's first day is `day 1`".to_owned(),
                None => String::new(),
            };
            self.fail(&codes::OUT_OF_RANGE, title, self.span(index), &help);
        }
        self.bump();
    }

    /// `the same night`, `the next morning`
    fn same_or_next_day(&mut self) {
        if self.at_any_word(&["the", "that"]) {
            self.bump();
        }
        let is_next = self.at_any_word(&["next", "following"]);
        if is_next {
            self.bump();
        } else if !self.at_any_word(&DAY_PARTS) {
            self.time_word("same");
        }
        if self.at_any_word(&DAY_PARTS) {
            self.bump();
        } else {
            self.fail_time();
        }
        if !is_next && self.eat_word("as") {
            self.scene_reference();
        }
    }

    fn time_in_numbers(&mut self) {
        match self.kind() {
            Some(SyntaxKind::Date) => self.date(),
            Some(SyntaxKind::Number) => self.distance(),
            Some(SyntaxKind::Word) if numbers::is_number_word(self.word_ahead(0)) => self.distance(),
            _ => self.fail_time(),
        }
    }

    /// `three weeks later`, `two days before scene 5`
    fn distance(&mut self) {
        self.duration();
        if self.at_any_word(&["later", "earlier"]) {
            self.bump();
        } else if self.at_any_word(&["after", "before"]) {
            self.bump();
            self.scene_reference();
        } else {
            let help = match self.at_end() || self.at(SyntaxKind::Comma) {
                true => self
                    .part_text()
                    .map_or_else(String::new, |part| format!("write `{part} later` or `{part} earlier`")),
                false => String::new(),
            };
            self.expected_with("`later`, `earlier`, `after scene …` or `before scene …`", &help);
        }
    }

    /// The part of the header that ends here, as written.
    fn part_text(&self) -> Option<&str> {
        let line = self.lines.get(self.line)?;
        let comma = (line.start..self.position).rev().find(|&index| self.tokens[index].kind == SyntaxKind::Comma)?;
        let start = self.tokens.get(comma + 1)?.start as usize;
        self.text.get(start..self.here().start as usize).map(str::trim)
    }

    /// How many tokens the time of day here has, if one stands here: `09:00`, `at 9 am`, `9:30pm`, `12.30`, `noon`.
    fn clock_length(&self) -> Option<usize> {
        let words =
            (0..LONGEST_CLOCK).take_while(|&ahead| !matches!(self.kind_ahead(ahead), None | Some(SyntaxKind::Comma)));
        let words: Vec<&str> = words.filter_map(|ahead| self.index(ahead)).map(|index| self.text_of(index)).collect();
        if clock_words::minutes(&words).is_some() {
            return Some(words.len());
        }
        let at = usize::from(self.at_word("at"));
        let (kind, text) = self.index(at).map(|index| (self.tokens[index].kind, self.text_of(index)))?;
        if is_noon(text) || (kind == SyntaxKind::Word && has_half(text)) {
            return Some(at + 1);
        }
        if !matches!(kind, SyntaxKind::Clock | SyntaxKind::Number) {
            return None;
        }
        let half = |ahead: usize, word: &str| self.at_word_ahead(ahead, word);
        let dotted = |ahead: usize| self.index(ahead).is_some_and(|index| self.text_of(index) == ".");
        let half = match (half(at + 1, "am") || half(at + 1, "pm"), half(at + 1, "a") || half(at + 1, "p")) {
            (true, _) => 1,
            (_, true) if dotted(at + 2) && half(at + 3, "m") => 3 + usize::from(dotted(at + 4)),
            _ => 0,
        };
        let minutes = text.split_once('.').is_some_and(|(hour, minute)| hour.len() <= 2 && minute.len() == 2);
        let alone = matches!(self.kind_ahead(at + 1), None | Some(SyntaxKind::Comma));
        let found = kind == SyntaxKind::Clock || half > 0 || (minutes && alone);
        found.then_some(at + 1 + half)
    }

    /// Whether a time of day stands here.
    pub(super) fn at_clock(&self) -> bool {
        self.clock_length().is_some()
    }

    /// A time of day.
    pub(super) fn clock(&mut self) {
        let Some(length) = self.clock_length() else { return };
        let (Some(first), Some(last)) = (self.index(0), self.index(length - 1)) else { return };
        let solid = (first..=last).filter(|&index| !self.tokens[index].kind.is_trivia());
        let words: Vec<&str> = solid.map(|index| self.text_of(index)).collect();
        let text = words.concat();
        if ast::clock_of(&words).is_none() {
            let span: Span = self.span(first).to(self.span(last));
            let help = if text.starts_with("24") {
                "midnight is `00:00` of the next day"
            } else {
                "times go from `00:00` to `23:59`, or from `1 am` to `12 pm`"
            };
            self.fail(&codes::OUT_OF_RANGE, "there is no such time of day", span, help);
        }
        for _ in 0..length {
            self.bump();
        }
    }

    fn date(&mut self) {
        let Some(index) = self.index(0) else { return };
        if ast::date(self.text_of(index)).is_none() {
            let parts: Vec<&str> = self.text_of(index).split('-').collect();
            let exchanged = match parts.as_slice() {
                [year, day, month] => Some(format!("{year}-{month}-{day}")).filter(|date| ast::date(date).is_some()),
                _ => None,
            };
            let help = match exchanged {
                Some(date) => format!("a date is written year-month-day: did you mean `{date}`?"),
                None => "a date is written year-month-day: `1999-03-02`".to_owned(),
            };
            self.fail(&codes::OUT_OF_RANGE, "there is no such day in the calendar", self.span(index), &help);
        }
        self.bump();
    }

    /// `scene 4`, `scene "The warning"`, `"The warning"`
    pub(super) fn scene_reference(&mut self) {
        if !self.at_word("scene") && !self.at(SyntaxKind::String) {
            let help = match self.found() {
                found if self.kind_ahead(1).is_none() && !self.at_end() => {
                    format!("write `scene {}`", found.trim_matches('`'))
                }
                _ => String::new(),
            };
            return self.expected_with("a scene, such as `scene 4` or its title in quotation marks", &help);
        }
        self.open(SyntaxKind::SceneReference);
        self.eat_word("scene");
        match self.kind() {
            Some(SyntaxKind::Word | SyntaxKind::Number | SyntaxKind::String) => self.bump(),
            _ => self.expected("the label or title of a scene"),
        }
        self.close();
    }

    /// `three weeks`, `20 minutes`, `half an hour`
    pub(super) fn duration(&mut self) {
        if self.at(SyntaxKind::Number) {
            self.open(SyntaxKind::Duration);
            self.checked_number();
            if numbers::unit(self.word_ahead(0)).is_some() {
                self.bump();
            } else {
                self.expected_unit();
            }
            self.close();
        } else if let Some(count) = self.duration_length() {
            self.duration_of(count);
        } else if numbers::is_number_word(self.word_ahead(0)) {
            while numbers::is_number_word(self.word_ahead(0)) {
                self.bump();
            }
            self.expected_unit();
        } else {
            self.expected("a duration, such as `20 minutes` or `three weeks`");
        }
    }

    fn expected_unit(&mut self) {
        let help = if self.construct == Some(SyntaxKind::Scene) { "as in `three weeks later`" } else { "" };
        self.expected_with("minutes, hours, days, weeks, months or years", help);
    }

    /// How many number words stand here before a unit of time.
    pub(super) fn duration_length(&self) -> Option<usize> {
        let words = (0..6).take_while(|&ahead| numbers::is_number_word(self.word_ahead(ahead))).count();
        let mut texts = (0..words).map(|ahead| self.word_ahead(ahead));
        (numbers::unit(self.word_ahead(words)).is_some() && numbers::count(&mut texts).is_some()).then_some(words)
    }

    /// A duration of `words` number words and a unit.
    pub(super) fn duration_of(&mut self, words: usize) {
        self.open(SyntaxKind::Duration);
        for _ in 0..=words {
            self.bump();
        }
        self.close();
    }
}

/// Whether the word is a time of day by itself.
fn is_noon(word: &str) -> bool {
    super::is_any(word, &["noon", "midday", "midnight"])
}

/// `9am`, `11pm`
fn has_half(word: &str) -> bool {
    let hour = word.strip_suffix(['m', 'M']).and_then(|rest| rest.strip_suffix(['a', 'A', 'p', 'P']));
    hour.is_some_and(|hour| !hour.is_empty() && hour.bytes().all(|byte| byte.is_ascii_digit()))
}

//! Times in scene headers, durations, and names of scenes.

use super::Parser;
use crate::syntax::{SyntaxKind, ast, codes, numbers};

/// The parts of a day that `the same …` may name.
const DAY_PARTS: [&str; 5] = ["day", "morning", "afternoon", "evening", "night"];

const TIME_HELP: &str = "a time is, for example, `day 3`, `09:00`, `1999-03-02`, `in 2073`, `three weeks later`, \
    `two days before scene 5`, `at least a week after scene 2`, `later`, `between scene 6 and scene 10`, \
    `meanwhile`, `the same night` or `flashback`";

impl Parser<'_> {
    /// One part of what a scene's header says about its time.
    pub(super) fn scene_time(&mut self) {
        self.open(SyntaxKind::SceneTime);
        let word = self.word_ahead(0).to_ascii_lowercase();
        match word.as_str() {
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
            "the" => self.same_day(),
            _ => self.time_in_numbers(),
        }
        if self.failed {
            self.skip_rest();
        }
        self.close();
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
            self.expected("a year, such as `in 2073`");
        }
    }

    /// A whole number between two others.
    fn whole_number(&mut self, least: f64, most: f64) {
        let Some(index) = self.index(0) else { return };
        let value: Option<f64> = self.text_of(index).parse().ok();
        if !value.is_some_and(|value| value.fract() == 0.0 && value >= least && value <= most) {
            let title = format!("this must be a whole number from {least} to {most}");
            self.fail(&codes::OUT_OF_RANGE, title, self.span(index), "");
        }
        self.bump();
    }

    fn same_day(&mut self) {
        self.bump();
        self.time_word("same");
        if self.at_any_word(&DAY_PARTS) {
            self.bump();
        } else {
            self.fail_time();
        }
        if self.eat_word("as") {
            self.scene_reference();
        }
    }

    fn time_in_numbers(&mut self) {
        match self.kind() {
            Some(SyntaxKind::Clock) => self.clock(),
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
            self.expected("`later`, `earlier`, `after scene …` or `before scene …`");
        }
    }

    /// A time of day.
    pub(super) fn clock(&mut self) {
        let Some(index) = self.index(0) else { return };
        if ast::clock_minutes(self.text_of(index)).is_none() {
            let span = self.span(index);
            self.fail(&codes::OUT_OF_RANGE, "there is no such time of day", span, "times go from `00:00` to `23:59`");
        }
        self.bump();
    }

    fn date(&mut self) {
        let Some(index) = self.index(0) else { return };
        if ast::date(self.text_of(index)).is_none() {
            let help = "a date is written year-month-day: `1999-03-02`";
            self.fail(&codes::OUT_OF_RANGE, "there is no such day in the calendar", self.span(index), help);
        }
        self.bump();
    }

    /// `scene 4`, `scene "The warning"`, `"The warning"`
    pub(super) fn scene_reference(&mut self) {
        if !self.at_word("scene") && !self.at(SyntaxKind::String) {
            return self.expected("a scene, such as `scene 4` or its title in quotation marks");
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
                self.expected("minutes, hours, days, weeks, months or years");
            }
            self.close();
        } else if let Some(count) = self.duration_length() {
            self.duration_of(count);
        } else if numbers::is_number_word(self.word_ahead(0)) {
            while numbers::is_number_word(self.word_ahead(0)) {
                self.bump();
            }
            self.expected("minutes, hours, days, weeks, months or years");
        } else {
            self.expected("a duration, such as `20 minutes` or `three weeks`");
        }
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

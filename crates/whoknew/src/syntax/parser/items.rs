//! The items of a file.

use super::Parser;
use crate::{
    suggest,
    syntax::{SyntaxKind, codes},
};

/// Words that begin an item.
const ITEMS: [&str; 17] = [
    "story", "use", "kind", "minor", "fact", "action", "rule", "extend", "want", "aim", "sayable", "start", "told",
    "scene", "offstage", "test", "allow",
];

/// Words that begin an item with lines below it.
const HEADERS: [&str; 7] = ["fact", "action", "rule", "extend", "start", "scene", "test"];

/// Whether a line that begins with `word` may have lines below it.
pub(super) fn takes_lines(word: &str) -> bool {
    super::is_any(word, &HEADERS)
}

/// Words that begin a line of a scene or below one, with what they stand below.
const SCENE_LINES: [&str; 14] = [
    "claim",
    "assume",
    "reveal",
    "expect",
    "present",
    "through",
    "lasts",
    "at",
    "from",
    "because",
    "shown",
    "noticed",
    "unnoticed",
    "clock",
];

/// Words that begin a line of a declaration.
const DECLARATION_LINES: [&str; 11] =
    ["needs", "makes", "by", "seen", "takes", "hidden", "also", "past", "default", "means", "when"];

/// Whether a line that begins with `word` declares no entities, whatever kinds there are.
pub(crate) fn begins_a_line(word: &str) -> bool {
    let lists = [&ITEMS[..], &SCENE_LINES, &DECLARATION_LINES];
    lists.iter().any(|words| words.iter().any(|other| word.eq_ignore_ascii_case(other)))
}

impl Parser<'_> {
    /// An item of the file.
    pub(super) fn item(&mut self) {
        let word = self.word_ahead(0).to_ascii_lowercase();
        self.item_named(&word);
    }

    fn item_named(&mut self, word: &str) {
        match word {
            "story" => self.story(),
            "use" => self.use_line(),
            "kind" => self.kind_declaration(),
            "fact" => self.fact(),
            "action" => self.action(),
            "rule" => self.rule(),
            "extend" => self.extension(),
            "want" => self.want(),
            "aim" => self.aim(),
            "sayable" => self.sayable(),
            "start" => self.start(),
            "told" => self.told(),
            "scene" => self.scene(),
            "offstage" if self.at_word_ahead(1, "scene") => self.scene(),
            "test" => self.test(),
            "allow" => self.allow_line(),
            _ => self.other_item(word),
        }
    }

    /// A line whose first word is none of the language: entities, or a mistake.
    fn other_item(&mut self, word: &str) {
        if self.kind() != Some(SyntaxKind::Word) {
            self.expected("a line of the language, such as `kind`, `fact`, `action`, `start`, `scene`");
            return self.bad_line();
        }
        if self.is_below_bare_header() {
            return self.unindented_block();
        }
        if self.fail_heading_in_words() {
            return;
        }
        if word == "offstage" || SCENE_LINES.contains(&word) {
            return self.out_of_place(word, "it stands in a scene: indent it below a line `scene`");
        }
        if DECLARATION_LINES.contains(&word) {
            return self.out_of_place(word, "it stands in a fact, action or rule: indent it below one");
        }
        if self.has_allowances_below() {
            return self.entities();
        }
        let near = suggest::nearest(word, HEADERS).first().copied();
        if let Some(near) = near.filter(|_| self.has_lines_below()) {
            let span = self.here();
            self.fail(
                &codes::UNKNOWN_LINE,
                format!("no line begins with `{word}` and has others below it"),
                span,
                &format!("did you mean `{near}`?"),
            );
            return self.item_named(near);
        }
        if self.has_lines_below() && self.line_reads_as_told() {
            return self.out_of_place(word, "events stand in a scene: indent it below a line `scene`");
        }
        if self.fail_foreign_item() {
            return self.bad_line();
        }
        self.entities();
    }

    /// Whether the lines below could only stand below an event.
    fn line_reads_as_told(&self) -> bool {
        self.lines.get(self.line + 1).is_some_and(|line| {
            let first = self.text_of(line.start);
            super::is_any(first, &["because", "noticed", "unnoticed", "shown", "clock", "from", "expect"])
        })
    }

    /// Lines that should stand below the header before them: one mistake for all of them.
    fn unindented_block(&mut self) {
        let span = self.here();
        let title = "this line should be indented: the line above it has no lines below it yet";
        self.fail(&codes::INDENTED, title, span, "put two spaces before each line of a scene, start or test");
        self.bad_line();
        self.skip_to_next_item();
    }

    /// Takes all lines up to the next that certainly begins an item.
    pub(super) fn skip_to_next_item(&mut self) {
        while let Some(line) = self.lines.get(self.line) {
            if super::is_any(self.text_of(line.start), &ITEMS) {
                break;
            }
            self.begin_line();
            self.failed = true;
            self.bad_line();
        }
    }

    fn out_of_place(&mut self, word: &str, help: &str) {
        let span = self.here();
        self.fail(&codes::UNKNOWN_LINE, format!("a line that begins with `{word}` cannot stand here"), span, help);
        self.bad_line();
    }

    /// Ends a declaration that takes no lines below it but `allow`.
    fn end_declaration(&mut self) {
        self.end_line();
        if !self.begins_item_below() {
            self.allowances_below();
        }
        self.close();
    }

    /// Ends an item that takes no lines below it. Items that are indented by mistake are read on all the same.
    fn end_item(&mut self) {
        self.end_line();
        if !self.begins_item_below() {
            self.no_block();
        }
        self.close();
    }

    /// Whether the line below is indented deeper and begins with a word that only items begin with.
    fn begins_item_below(&self) -> bool {
        let outer = self.lines[self.line - 1].width;
        self.lines.get(self.line).is_some_and(|line| {
            line.width > outer && ["scene", "action", "rule", "fact", "test"].contains(&self.text_of(line.start))
        })
    }

    fn story(&mut self) {
        self.open(SyntaxKind::Story);
        self.bump_keyword();
        if self.at(SyntaxKind::Word) {
            let help = format!("write `story \"{}\"`", self.rest_of_line());
            self.expected_with("the title in quotation marks", &help);
        }
        self.string("the title in quotation marks");
        self.end_item();
    }

    /// `told`; the scenes may be indented below it.
    fn told(&mut self) {
        self.open(SyntaxKind::Told);
        self.bump();
        self.end_line();
        if self.begins_item_below() {
            self.told_margin = self.lines.get(self.line).map(|line| line.width);
        } else {
            self.no_block();
        }
        self.close();
    }

    fn use_line(&mut self) {
        self.open(SyntaxKind::Use);
        self.bump_keyword();
        self.path();
        while self.eat(SyntaxKind::Comma) {
            self.path();
        }
        self.end_item();
    }

    fn path(&mut self) {
        const EXPECTED: &str = "the name of a pack or file, such as `std/places`";
        if self.at_end() || self.at(SyntaxKind::Comma) || self.at(SyntaxKind::Colon) {
            return self.expected(EXPECTED);
        }
        self.open(SyntaxKind::Path);
        while !self.at_end() && !self.at(SyntaxKind::Comma) {
            if self.at(SyntaxKind::OpenString) {
                self.expected(EXPECTED);
            }
            self.bump();
        }
        self.close();
    }

    fn kind_declaration(&mut self) {
        self.open(SyntaxKind::Kind);
        self.bump_keyword();
        let name = self.word_ahead(0);
        self.word_name("the name of the kind");
        if matches!(self.kind(), Some(SyntaxKind::Word | SyntaxKind::OpenBracket | SyntaxKind::Less)) {
            let help = self.kind_meant(name);
            self.expected_with("`:` or the end of the line", &help);
        }
        if self.eat(SyntaxKind::Colon) {
            self.open(SyntaxKind::Names);
            while self.word_name("the name of a kind") && self.eat(SyntaxKind::Comma) {}
            self.close();
        }
        self.end_item();
    }

    /// How a kind is declared of which the line says in other ways what it is, or whose name has several words.
    fn kind_meant(&self, name: &str) -> String {
        const LINKS: [&str; 9] = ["is", "are", "extends", "inherits", "of", "isa", "like", "a", "an"];
        let words: Vec<&str> = (0..8).map(|ahead| self.word_ahead(ahead)).filter(|word| !word.is_empty()).collect();
        let linked = !self.at(SyntaxKind::Word) || words.first().is_some_and(|word| super::is_any(word, &LINKS));
        let parent = words.iter().rev().find(|word| !super::is_any(word, &LINKS) && !word.eq_ignore_ascii_case("from"));
        match (linked, parent) {
            (true, Some(parent)) => format!("write `kind {name} : {parent}`"),
            (true, None) => "as in `kind detective : person`".to_owned(),
            (false, _) => format!("the name of a kind is one word: `{name}_{}`", self.word_ahead(0)),
        }
    }

    /// `minor person and witch Marlow, Miles (the teacher)`
    fn entities(&mut self) {
        self.open(SyntaxKind::Entities);
        if self.kind_ahead(1) == Some(SyntaxKind::Word) {
            self.eat_word("minor");
        }
        self.fail_kind_behind();
        self.kinds("and");
        if self.kind_ahead(1).is_some() {
            self.idle_colon();
        }
        self.entity();
        while self.another_entity() {
            self.entity();
        }
        self.end_declaration();
    }

    /// Reports a line that gives the name first and its kind behind a colon.
    fn fail_kind_behind(&mut self) {
        const USUAL: [&str; 6] = ["character", "person", "place", "thing", "container", "entity"];
        let (name, kind) = (self.word_ahead(0), self.word_ahead(2));
        let is_alone = self.kind_ahead(1) == Some(SyntaxKind::Colon) && self.kind_ahead(3).is_none();
        if is_alone && super::is_any(kind, &USUAL) && !super::is_any(name, &USUAL) {
            let help = format!("write `{kind} {name}`");
            self.fail(&codes::EXPECTED, "the kind comes first, then the names", self.line_span(), &help);
        }
    }

    fn entity(&mut self) {
        self.open(SyntaxKind::Entity);
        self.name("a name", &["and", "or"]);
        if let Some(bracket) = self.index(0).filter(|_| self.at(SyntaxKind::OpenBracket)) {
            self.bump();
            while self.name("another name for it", &[]) && self.eat(SyntaxKind::Comma) {}
            self.closing_bracket(bracket);
        }
        self.close();
    }

    /// Takes what separates two entities: a comma, `and`, or both; `or` is a mistake, but the names on both sides of
    /// it are understood.
    fn another_entity(&mut self) -> bool {
        if self.at_word("or") {
            self.expected_with("a comma or the end of the line", "separate names by commas");
            self.bump();
            return true;
        }
        let comma = self.eat(SyntaxKind::Comma);
        self.eat_word("and") || comma
    }

    fn want(&mut self) {
        self.open(SyntaxKind::Want);
        self.bump();
        if self.eat_word("every") {
            self.kinds("or");
            self.word_name("a name for each of them, as in `want every vampire v: fed(v)`");
        } else if self.at(SyntaxKind::Colon) {
            let help = "a want is somebody's, as in `want Ada: at(Ada) = garden`; what the author wants is `aim: at(Ada) = garden`";
            self.expected_with("the name of a character", help);
        } else if self.at(SyntaxKind::String) {
            self.expected_with("the name of whose want this is", "as in `want Ada \"revenge\": at(Ada) = garden`");
        } else {
            self.names("the name of a character");
        }
        self.wanted();
        self.end_declaration();
    }

    fn aim(&mut self) {
        self.open(SyntaxKind::Aim);
        self.bump();
        if self.at(SyntaxKind::Word) {
            let help = "an aim is the author's, as in `aim: at(Ada) = garden`; what a character wants is `want Ada: at(Ada) = garden`";
            self.expected_with("`:`", help);
        }
        self.wanted();
        self.end_item();
    }

    /// `sayable the marble is in the box`, `sayable every thing t, every container c: inside(t) = c`
    fn sayable(&mut self) {
        self.open(SyntaxKind::Sayable);
        self.bump();
        if !self.at_word("every") {
            self.statement();
            return self.end_item();
        }
        while self.at_word("every") {
            self.open(SyntaxKind::SayableEvery);
            self.bump();
            self.kinds("or");
            self.word_name("a name for each of them, as in `sayable every thing t: inside(t) = box`");
            self.close();
            if !self.eat(SyntaxKind::Comma) {
                break;
            }
            if !self.at_word("every") {
                self.expected("`every`, as in `sayable every thing t, every container c: inside(t) = c`");
            }
        }
        if self.eat(SyntaxKind::Colon) {
            self.formula();
        } else {
            self.expected("`:` and what may be said");
        }
        self.end_item();
    }

    /// `"label": formula`
    fn wanted(&mut self) {
        self.eat(SyntaxKind::String);
        if self.eat(SyntaxKind::Colon) {
            self.formula();
        } else {
            self.expected("`:` and what is wanted");
        }
    }

    fn test(&mut self) {
        self.open(SyntaxKind::Test);
        self.bump();
        self.string("the title of the test in quotation marks");
        self.end_line();
        self.expected_block(Self::test_part);
        self.close();
    }

    /// What is left of the current line, as written.
    pub(super) fn rest_of_line(&self) -> &str {
        let start = self.here().start as usize;
        self.text.get(start..self.line_span().end as usize).unwrap_or_default()
    }

    fn test_part(&mut self) {
        let is_alone = match self.kind_ahead(1) {
            Some(SyntaxKind::Colon) => self.kind_ahead(2).is_none(),
            next => next.is_none(),
        };
        if self.at_word("start") && is_alone {
            self.start();
        } else if self.at_word("scene") || (self.at_word("offstage") && self.at_word_ahead(1, "scene")) {
            self.scene();
        } else {
            self.scene_line();
        }
    }
}

/// Words in backticks, separated by commas.
pub(super) fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

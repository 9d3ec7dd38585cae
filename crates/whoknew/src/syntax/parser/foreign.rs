//! What people write who know other languages: comments, bullets, rulers, headings, and words of programs. Each is told
//! once, in the words of this language, and what stands behind it is read on where it can be.

use super::{Parser, is_any};
use crate::syntax::{SyntaxKind, codes};

/// Words by which other languages and forms of text open a part of a story.
const HEADINGS: [&str; 10] = ["chapter", "act", "part", "episode", "section", "passage", "knot", "int", "ext", "label"];

/// Words for lines of a file: what others call it, what it is here.
const ITEM_WORDS: [(&[&str], &str); 9] = [
    (&["import", "include", "require", "using", "from"], "use std/places"),
    (&["title"], "story \"The marble\""),
    (&["class", "type", "types", "struct", "enum"], "kind detective : person"),
    (&["def", "function", "fn", "func", "event", "verb", "operator"], "action hide(who: person) \"{who} hides\""),
    (&["let", "var", "const", "set", "predicate", "property", "state"], "fact tired(who: person) \"{who} is tired\""),
    (&["goal", "goals", "objective", "target", "author"], "aim: at(Ada) = garden"),
    (&["wants", "desire", "motivation"], "want Ada: at(Ada) = garden"),
    (&["init", "initial", "begin", "initially"], "start"),
    (&["characters", "people", "persons", "cast", "character", "objects"], "person Ada, Ben"),
];

/// The same for lines of a fact, action or rule.
const DECLARATION_WORDS: [(&[&str], &str); 8] = [
    (&["precondition", "preconditions", "pre", "requires", "require", "need", "if", "given"], "needs"),
    (
        &["effect", "effects", "post", "postcondition", "postconditions", "then", "make", "result", "results", "sets"],
        "makes",
    ),
    (&["actor", "actors", "agent", "agents", "who", "consenting"], "by"),
    (&["observed", "observer", "observers", "observing", "witness", "witnesses", "visible", "seen"], "seen by"),
    (&["duration", "lasts", "time"], "takes"),
    (&["if", "whenever", "trigger", "condition", "precondition"], "when"),
    (&["initially", "init", "value"], "default"),
    (&["is", "iff", "if", "equals", "derived", "definition"], "means"),
];

/// The same for lines of a scene.
const SCENE_WORDS: [(&[&str], &str); 6] = [
    (&["location", "place", "where", "setting"], "at the garden"),
    (&["characters", "cast", "who", "persons", "people"], "present Ada, Ben"),
    (&["pov", "narrator", "viewpoint"], "through Ada"),
    (&["assert", "check", "test", "ensure", "verify"], "claim Ada is in the garden"),
    (&["suppose", "assuming", "let", "given"], "assume Ada is in the garden \"a reason\""),
    (&["duration"], "lasts 20 minutes"),
];

/// What a word that opens a line of a fact, action or rule in other languages is here, if it is one of `allowed`.
pub(super) fn declaration_word(word: &str, allowed: &[&str]) -> Option<&'static str> {
    let meant = DECLARATION_WORDS.iter().filter(|(others, _)| is_any(word, others)).map(|&(_, ours)| ours);
    meant.into_iter().find(|ours| allowed.iter().any(|word| ours.split(' ').next() == Some(*word)))
}

/// What a word that opens a line of a file in other languages is here, as an example.
pub(super) fn item_word(word: &str) -> Option<&'static str> {
    ITEM_WORDS.iter().find(|(others, _)| is_any(word, others)).map(|&(_, ours)| ours)
}

impl Parser<'_> {
    /// Reports and takes what does not belong at the beginning of a line. Gives whether all of the line is taken.
    pub(super) fn foreign_beginning(&mut self) -> bool {
        if self.begins_foreign_comment() {
            self.fail_foreign_comment();
            self.skip_foreign_comment();
            return true;
        }
        if self.is_ruler() {
            let span = self.line_span();
            let help =
                "leave it out, or put `#` before it; a scene begins with a line such as `scene 7 \"The garden\"`";
            self.fail_habit("ruler", &codes::UNKNOWN_LINE, "a line of signs has no meaning", span, help);
            self.foreign_line();
            return true;
        }
        if self.fail_heading_of_signs() {
            return true;
        }
        self.bullet();
        false
    }

    /// Reports a text that is no story at all, but a program or data in another language, and takes all of it.
    pub(super) fn other_text(&mut self) -> bool {
        let Some(first) = self.lines.first().map(|line| line.start) else { return false };
        let rest = &self.text[self.span(first).start as usize..];
        let sign = rest.chars().next().unwrap_or_default();
        let double = rest.starts_with("[[") || rest.starts_with("<!--");
        if !matches!(sign, '(' | '{' | '<' | '[') || double {
            return false;
        }
        let title = format!("this text is no story: it begins with `{sign}`");
        let help = "a story begins, for example, with `use std/talk`, and below it `person Ada, Ben`; `whoknew new NAME` makes one";
        self.fail(&codes::TOO_MANY, title, self.span(first), help);
        self.builder.start_node(SyntaxKind::SourceFile.into());
        self.builder.start_node(SyntaxKind::Error.into());
        self.limit = self.tokens.len();
        while self.position < self.tokens.len() {
            self.put(self.tokens[self.position].kind);
        }
        self.close();
        self.close();
        true
    }

    /// Whether a comment of another language begins here: `//`, `/*`, `--`, `;`, `%`, `<!--`.
    pub(super) fn begins_foreign_comment(&self) -> bool {
        let Some(first) = self.index(0) else { return false };
        let next = self.tokens.get(first + 1).map(|token| token.kind);
        let word_after = |ahead: usize| {
            let next = self.index(ahead).map(|index| self.tokens[index].kind);
            matches!(next, Some(SyntaxKind::Word | SyntaxKind::Stray | SyntaxKind::Number))
        };
        let at_start = self.lines.get(self.line).is_some_and(|line| line.start == first);
        match self.tokens[first].kind {
            SyntaxKind::Slash => matches!(next, Some(SyntaxKind::Slash | SyntaxKind::Star)),
            SyntaxKind::Star => at_start && next == Some(SyntaxKind::Slash),
            SyntaxKind::Minus => at_start && next == Some(SyntaxKind::Minus) && word_after(2),
            SyntaxKind::Less => at_start && self.text[self.span(first).start as usize..].starts_with("<!--"),
            SyntaxKind::Stray => at_start && matches!(self.text_of(first), ";" | "%") && self.kind_ahead(1).is_some(),
            _ => false,
        }
    }

    /// Reports the comment of another language here.
    pub(super) fn fail_foreign_comment(&mut self) {
        let rest = self.text.get(self.here().start as usize..self.line_span().end as usize).unwrap_or_default();
        let words = rest.trim_start_matches(['/', '*', '-', ';', '%', '<', '!']).trim_end_matches(['/', '*', '-', '>']);
        let help = match words.trim() {
            "" => "write `#` before each line of it".to_owned(),
            words => format!("write `# {words}`"),
        };
        let span = self.here();
        let span = crate::source::Span { end: self.line_span().end, ..span };
        self.fail_habit("comment", &codes::UNKNOWN_LINE, "a comment begins with `#`", span, &help);
    }

    /// Takes the line, and those below it up to the end of a comment that began with `/*`.
    fn skip_foreign_comment(&mut self) {
        let is_open = |text: &str| text.contains("/*") && !text.contains("*/");
        let mut open = is_open(self.line_text());
        self.foreign_line();
        while open && self.line < self.lines.len() {
            open = !self.line_text().contains("*/");
            self.begin_line();
            self.foreign_line();
        }
    }

    /// Takes a line that was reported, with nothing below it.
    fn foreign_line(&mut self) {
        self.failed = true;
        self.skip_rest();
        self.end_line();
    }

    /// Whether the line is made of signs such as `---` or `* * *` alone.
    fn is_ruler(&self) -> bool {
        let signs = self.line_text().chars().filter(|character| !character.is_whitespace());
        let mut count = 0;
        for sign in signs {
            if !"-=*_~+–—.•·".contains(sign) {
                return false;
            }
            count += 1;
        }
        count >= 2
    }

    /// `=== garden ===`, `:: Garden`, `# Garden`, `[Garden]`: how other forms of text open a part. True if reported.
    fn fail_heading_of_signs(&mut self) -> bool {
        let line = self.line_text();
        let title = line.trim_matches(['=', ':', ' ', '\t', '[', ']', '<', '>']);
        let is_heading = line.starts_with("==") || line.starts_with("::") || line.starts_with("[[");
        if !is_heading || title.is_empty() {
            return false;
        }
        let help = format!("write `scene \"{title}\"`, and what happens in it indented below");
        self.fail_heading(&help);
        true
    }

    /// Reports a heading of another form of text, and takes what stands below it.
    fn fail_heading(&mut self, help: &str) {
        let span = self.line_span();
        self.fail_habit("heading", &codes::UNKNOWN_LINE, "a scene begins with `scene`", span, help);
        self.foreign_line();
        self.skip_to_next_item();
    }

    /// `chapter 1`, `INT. GARDEN - DAY`: true if reported.
    pub(super) fn fail_heading_in_words(&mut self) -> bool {
        let word = self.word_ahead(0);
        let next = self.index(1);
        let follows = next.is_none_or(|index| {
            let kind = self.tokens[index].kind;
            let is_mark = kind == SyntaxKind::Stray && self.text_of(index) == ".";
            let is_count = kind == SyntaxKind::Word && self.kind_ahead(2).is_none() && is_count(self.text_of(index));
            matches!(kind, SyntaxKind::Number | SyntaxKind::String | SyntaxKind::Colon) || is_mark || is_count
        });
        if !is_any(word, &HEADINGS) || !follows {
            return false;
        }
        let rest = self.line_text()[word.len()..].trim_start_matches(['.', ':', ' ', '\t']).trim_end();
        let (title, label) = (rest.trim_matches(['"', '“', '”']), rest.chars().all(|digit| digit.is_ascii_digit()));
        let header = match label {
            true => format!("scene {rest}").trim_end().to_owned(),
            false => format!("scene \"{title}\""),
        };
        self.fail_heading(&format!("write `{header}`, and what happens in it indented below"));
        true
    }

    /// Reports a bullet or a number before what a line says, and takes it: the rest is read as if it were not there.
    fn bullet(&mut self) {
        let Some(first) = self.index(0) else { return };
        let text = self.text_of(first);
        let is_bullet = matches!(text, "-" | "*" | "+" | "•" | "–" | "—" | "·" | "◦" | "▪");
        let spaced = self.tokens.get(first + 1).is_some_and(|token| token.kind == SyntaxKind::Whitespace);
        let numbered = self.tokens[first].kind == SyntaxKind::Number
            && self.index(1).is_some_and(|next| next == first + 1 && matches!(self.text_of(next), "." | ")"));
        let taken = if is_bullet && spaced { 1 } else { 2 };
        if !(is_bullet && spaced || numbered) || self.kind_ahead(taken) != Some(SyntaxKind::Word) {
            return;
        }
        let rest = self.index(taken).map_or("", |index| &self.text[self.span(index).start as usize..]);
        let rest = rest.lines().next().unwrap_or_default().trim_end();
        let title = if taken == 1 {
            format!("a line needs no `{text}` before it")
        } else {
            "a line needs no number before it".to_owned()
        };
        let help = format!("write `{rest}`");
        self.fail_habit("bullet", &codes::UNKNOWN_LINE, &title, self.span(first), &help);
        self.open(SyntaxKind::Error);
        for _ in 0..taken {
            self.bump();
        }
        self.close();
    }

    /// Reports a line of a file that says in the words of another language what this one says differently. True if reported.
    pub(super) fn fail_foreign_item(&mut self) -> bool {
        let reads_as_names = (self.position..self.limit).all(|index| {
            let kind = self.tokens[index].kind;
            kind.is_trivia() || matches!(kind, SyntaxKind::Word | SyntaxKind::Comma | SyntaxKind::Possessive)
        });
        let Some(model) = item_word(self.word_ahead(0)).filter(|_| !reads_as_names) else { return false };
        let span = self.here();
        let title = format!("no line begins with `{}`", self.word_ahead(0));
        self.fail(&codes::UNKNOWN_LINE, title, span, &format!("did you mean a line such as `{model}`?"));
        true
    }

    /// What a line of a scene begins with in other languages, and how it is written here.
    pub(super) fn scene_word(&self) -> Option<&'static str> {
        let word = self.word_ahead(0);
        let colon = self.kind_ahead(1) == Some(SyntaxKind::Colon);
        SCENE_WORDS.iter().find(|(others, _)| colon && is_any(word, others)).map(|&(_, ours)| ours)
    }

    /// The current line as written, without its indentation.
    pub(super) fn line_text(&self) -> &str {
        let span = self.line_span();
        &self.text[span.range()]
    }

    /// Where the current line is written.
    pub(super) fn line_span(&self) -> crate::source::Span {
        match self.lines.get(self.line).filter(|line| line.end > line.start) {
            Some(line) => self.span(line.start).to(self.span(line.end - 1)),
            None => self.here(),
        }
    }
}

/// Whether the word counts chapters: `one`, `IV`, `first`.
fn is_count(word: &str) -> bool {
    crate::syntax::numbers::below_hundred(word).is_some() || word.chars().all(|letter| "IVXLC".contains(letter))
}

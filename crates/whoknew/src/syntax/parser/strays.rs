//! Characters that have no meaning: what the author meant by them, and what to write instead.

use super::Parser;
use crate::syntax::{SyntaxKind, codes};

impl Parser<'_> {
    /// Reports the stray character at the current place.
    pub(super) fn fail_stray(&mut self) {
        let Some(index) = self.index(0) else { return };
        let text = self.text_of(index);
        let help = match text {
            "." | "!" | ";" | "…" => self.help_on_mark(index, text),
            "'" | "‘" | "’" | "‚" | "`" | "´" => self.help_on_quotation(index),
            "{" | "}" if self.stands_alone(index) => {
                "what belongs to a line is indented below it: leave the brace out".to_owned()
            }
            "{" | "}" => {
                "a pattern stands in quotation marks: `\"{who} is here\"`; elsewhere write round brackets `( )`"
                    .to_owned()
            }
            "[" | "]" if self.is_declaring_names() => "leave the bracket out: commas alone separate names".to_owned(),
            "[" | "]" => "write round brackets `( )`".to_owned(),
            "&" => "write `and`".to_owned(),
            "|" => "write `or`".to_owned(),
            "–" | "—" | "−" if !self.line_has_sign() => {
                "leave the aside out, or write it as a comment, behind `#`".to_owned()
            }
            "–" | "—" | "−" => "write `-`".to_owned(),
            "≠" => "write `!=`".to_owned(),
            "≤" => "write `<=`".to_owned(),
            "≥" => "write `>=`".to_owned(),
            "×" => "write `*`".to_owned(),
            "”" | "»" | "«" | "‹" | "›" => "write quotation marks as `\"…\"`".to_owned(),
            "→" | "⇒" | "➜" => "say it in the words of a pattern, such as `Ada goes to the garden`".to_owned(),
            "%" => "a number stands alone; a pattern says of what: `\"the chance is {value} percent\"`".to_owned(),
            "$" | "@" | "~" | "^" | "\\" | "§" | "_" => "leave it out: names are plain words".to_owned(),
            _ if text.chars().any(is_invisible) => "delete it, and write the line anew around it".to_owned(),
            _ => "leave it out; only texts in quotation marks and comments may hold it".to_owned(),
        };
        let title = if text.chars().any(is_invisible) {
            format!("the invisible character `{}` has no meaning here", text.escape_unicode())
        } else {
            format!("`{text}` has no meaning here")
        };
        let key = if matches!(text, "{" | "}") { "{}" } else { text };
        self.fail_habit(key, &codes::STRAY, &title, self.span(index), &help);
    }

    /// What to do about a mark that ends sentences in prose.
    fn help_on_mark(&self, index: usize, text: &str) -> String {
        let next = self.tokens.get(index + 1).filter(|_| index + 1 < self.limit);
        let name = index.checked_sub(1).map(|before| self.text_of(before)).unwrap_or_default();
        match next {
            None => "a line needs no mark at its end".to_owned(),
            Some(token) if token.kind == SyntaxKind::Word && text == "!" => "write `not`".to_owned(),
            Some(token) if token.kind == SyntaxKind::Word && text == "." => {
                let fact = self.text_of(index + 1);
                format!("what is so of somebody is a fact with its arguments in brackets: `{fact}({name})`")
            }
            Some(token) if token.kind == SyntaxKind::Equal && text == "!" => "write `!=`".to_owned(),
            Some(_) if self.line_has_sign() => "leave it out".to_owned(),
            Some(_) => "each line tells one thing: go on in a line of its own".to_owned(),
        }
    }

    /// What to do about a single quotation mark, or something like an apostrophe.
    fn help_on_quotation(&self, index: usize) -> String {
        let is_single = |&other: &usize| matches!(self.text_of(other), "'" | "’" | "‘" | "`" | "´");
        let partner = (index + 1..self.limit).rev().find(is_single);
        let directly_after_word =
            index.checked_sub(1).is_some_and(|before| self.tokens[before].kind == SyntaxKind::Word);
        if let (Some(partner), false) = (partner, directly_after_word) {
            let start = self.span(index).end as usize;
            let inner = &self.text[start..self.span(partner).start as usize];
            return format!("a text stands between double quotation marks: `\"{inner}\"`");
        }
        let before = index.checked_sub(1).map(|before| self.text_of(before)).filter(|_| directly_after_word);
        let after = self.tokens.get(index + 1).filter(|token| token.kind == SyntaxKind::Word);
        match (before, after) {
            (Some(before), Some(_)) => format!("write the apostrophe as `'`: `{before}'{}`", self.text_of(index + 1)),
            _ => "an apostrophe stands inside a word, or ends one: `Ada's`".to_owned(),
        }
    }

    /// Whether the token is the only one of its line, or the last.
    fn stands_alone(&self, index: usize) -> bool {
        let rest = self.tokens.get(index + 1..self.limit).unwrap_or_default();
        rest.iter().all(|token| token.kind.is_trivia() || token.kind == SyntaxKind::Comma)
    }

    /// Whether the current line is one of names.
    fn is_declaring_names(&self) -> bool {
        let kinds = [SyntaxKind::Entities, SyntaxKind::PresentLine, SyntaxKind::Use, SyntaxKind::NoticedByLine];
        self.construct.is_some_and(|kind| kinds.contains(&kind))
    }
}

/// Whether nobody can see the character.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{AD}' | '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2061}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFD}')
}

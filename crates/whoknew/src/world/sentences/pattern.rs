//! From a string literal to a [`Sentence`]: words, forms of words, slots.

use super::codes::{E0301, E0302, E0303, E0304, E0305, E0306};
use super::tokens;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::world::{Parameter, ParameterKind, Sentence, SentencePart, suggest};

/// The most words and slots that a pattern may have.
const MAX_PARTS: usize = 60;

/// The declaration that a pattern speaks for.
#[derive(Clone, Copy, Debug)]
pub struct Slots<'a> {
    /// Its parameters.
    pub parameters: &'a [Parameter],
    /// Whether it is a fact with a value other than yes or no: then `{value}` is a slot too.
    pub value: bool,
    /// Whether every slot must occur: so for all that is parsed, not so for rules, which are only printed.
    pub complete: bool,
}

/// Reads the pattern `text`. `span` covers the string literal, with its quotation marks or without.
///
/// # Errors
/// A pattern without words, a slot that is no parameter, a parameter without a slot, a slot that occurs twice, a
/// statement slot that is not last, a brace without its partner.
pub fn parse_pattern(text: &str, span: Span, slots: Slots<'_>) -> Result<Sentence, Diagnostic> {
    let reader = Reader { text, span, slots };
    let parts = reader.parts()?;
    reader.check(&parts)?;
    Ok(Sentence { parts, span })
}

struct Reader<'a> {
    text: &'a str,
    span: Span,
    slots: Slots<'a>,
}

impl Reader<'_> {
    fn parts(&self) -> Result<Vec<SentencePart>, Diagnostic> {
        let mut parts = Vec::new();
        let mut position = 0;
        while position < self.text.len() {
            let rest = &self.text[position..];
            if rest.starts_with('{') {
                let length = rest.find('}').ok_or_else(|| self.brace(position))?;
                let slot = &rest[1..length];
                if slot.contains('{') {
                    return Err(self.brace(position));
                }
                parts.push(self.slot(slot, position)?);
                position += length + 1;
                continue;
            }
            let length = rest.find('{').unwrap_or(rest.len());
            if let Some(stray) = rest[..length].find('}') {
                return Err(self.brace(position + stray));
            }
            words(&rest[..length], &mut parts);
            position += length;
        }
        Ok(parts)
    }

    fn slot(&self, name: &str, position: usize) -> Result<SentencePart, Diagnostic> {
        let name = name.trim();
        if let Some(index) = self.slots.parameters.iter().position(|parameter| parameter.name == name) {
            return Ok(SentencePart::Slot(index));
        }
        if name == "value" && self.slots.value {
            return Ok(SentencePart::Value);
        }
        let place = self.place(position, name.len() + 2);
        let mut known: Vec<String> =
            self.slots.parameters.iter().map(|parameter| format!("{{{}}}", parameter.name)).collect();
        if self.slots.value {
            known.push("{value}".to_owned());
        }
        let title = format!("the slot {{{name}}} is no parameter of this declaration");
        let diagnostic = Diagnostic::new(&E0302, title, Some(place));
        if let Some(help) = self.meant(name, position) {
            return Err(diagnostic.help(help));
        }
        Err(match known.as_slice() {
            [] => {
                diagnostic.help(format!("declare it as a parameter, in brackets after the name: `({name}: character)`"))
            }
            known => diagnostic.help(format!("its slots are {}", known.join(", "))),
        })
    }

    /// The slot that another one stands for: mistyped, with more than a name in it, or counted.
    fn meant(&self, name: &str, position: usize) -> Option<String> {
        let value = if self.slots.value { Some("value") } else { None };
        let known = || self.slots.parameters.iter().map(|parameter| parameter.name.as_str()).chain(value);
        let first = name.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default();
        if let Some(only) = known().find(|known| *known == first) {
            return Some(format!("a slot holds the name of a parameter alone: {{{only}}}"));
        }
        let near: Vec<String> = suggest::nearest(name, known()).iter().map(|near| format!("{{{near}}}")).collect();
        if !near.is_empty() {
            return Some(format!("did you mean {}?", near.join(" or ")));
        }
        if name.is_empty() || name.chars().all(|digit| digit.is_ascii_digit()) {
            let number = self.text[..position].matches('{').count();
            return known().nth(number).map(|known| format!("a slot holds the name of a parameter: {{{known}}}"));
        }
        None
    }

    fn check(&self, parts: &[SentencePart]) -> Result<(), Diagnostic> {
        if !parts.iter().any(says_something) {
            let slots: Vec<String> = parts
                .iter()
                .filter(|part| !matches!(part, SentencePart::Word(_)))
                .map(|part| format!("{{{}}}", self.slot_name(part)))
                .collect();
            let example = match slots.as_slice() {
                [] => "\"… says …\"".to_owned(),
                [only] => format!("\"{only} does it\""),
                several => format!("\"{}\"", several.join(" does it with ")),
            };
            return Err(Diagnostic::new(&E0301, "this pattern has no words", Some(self.span))
                .help(format!("say in words what is so or happens, with the parameters in braces, as in {example}")));
        }
        if parts.len() > MAX_PARTS {
            let title = format!("this pattern has {} words, more than the {MAX_PARTS} allowed", parts.len());
            return Err(Diagnostic::new(&E0306, title, Some(self.span))
                .help("a pattern is one short sentence of an outline; what else the book says of it may stand in a comment, after `#`"));
        }
        for (index, part) in parts.iter().enumerate() {
            if !matches!(part, SentencePart::Word(_)) && parts[..index].contains(part) {
                let name = self.slot_name(part);
                let title = format!("the slot {{{name}}} occurs twice");
                return Err(Diagnostic::new(&E0304, title, Some(self.last_place(name)))
                    .help("a name is written once in each line: leave out the second slot"));
            }
            if self.is_statement(part) && index + 1 != parts.len() {
                let name = self.slot_name(part);
                let title = format!("the slot {{{name}}} takes a statement and must come last");
                return Err(Diagnostic::new(&E0304, title, Some(self.last_place(name)))
                    .help("a statement goes on to the end of the line, so nothing can follow it"));
            }
        }
        self.check_complete(parts)
    }

    fn check_complete(&self, parts: &[SentencePart]) -> Result<(), Diagnostic> {
        if !self.slots.complete {
            return Ok(());
        }
        let mut missing: Vec<String> = Vec::new();
        for (index, parameter) in self.slots.parameters.iter().enumerate() {
            let constant = matches!(parameter.kind, ParameterKind::Constant(_));
            if !constant && !parts.contains(&SentencePart::Slot(index)) {
                missing.push(format!("{{{}}}", parameter.name));
            }
        }
        if self.slots.value && !parts.contains(&SentencePart::Value) {
            missing.push("{value}".to_owned());
        }
        if missing.is_empty() {
            return Ok(());
        }
        let bare: Vec<&String> =
            missing.iter().filter(|slot| self.says_bare(parts, slot.trim_matches(['{', '}']))).collect();
        let help = match (bare.as_slice(), missing.as_slice()) {
            ([bare, ..], _) => format!("a parameter stands in braces: {bare}"),
            (_, [only]) if only == "{value}" => {
                "{value} stands for the value of a fact that is not yes or no: put it where the value is said"
                    .to_owned()
            }
            (_, [only]) => {
                format!("put {only} into it; what is said without {only} is another fact or action, declared by itself")
            }
            _ => "a pattern has a slot for every parameter, and {value} for the value of a fact".to_owned(),
        };
        let missing = missing.join(" and ");
        Err(Diagnostic::new(&E0303, format!("this pattern does not say {missing}"), Some(self.span)).help(help))
    }

    /// Whether a word of the pattern is the name of a parameter, without its braces.
    fn says_bare(&self, parts: &[SentencePart], name: &str) -> bool {
        parts.iter().any(|part| matches!(part, SentencePart::Word(forms) if forms.iter().any(|form| form == name)))
    }

    /// The last place of a slot.
    fn last_place(&self, name: &str) -> Span {
        let slot = format!("{{{name}}}");
        self.text.rfind(&slot).map_or(self.span, |position| self.place(position, slot.len()))
    }

    fn is_statement(&self, part: &SentencePart) -> bool {
        matches!(part, SentencePart::Slot(index) if self.slots.parameters[*index].kind == ParameterKind::Statement)
    }

    fn slot_name(&self, part: &SentencePart) -> &str {
        match part {
            SentencePart::Slot(index) => &self.slots.parameters[*index].name,
            _ => "value",
        }
    }

    fn brace(&self, position: usize) -> Diagnostic {
        Diagnostic::new(&E0305, "this brace has no partner", Some(self.place(position, 1)))
            .help("a slot is a parameter between one pair of braces: {who}")
    }

    /// The span of a part of the text, or of all where the literal holds escapes.
    fn place(&self, position: usize, length: usize) -> Span {
        let quotes = (self.span.end - self.span.start) as usize;
        let offset = match quotes.checked_sub(self.text.len()) {
            Some(0) => 0,
            Some(2) => 1,
            _ => return self.span,
        };
        let start = self.span.start + (offset + position) as u32;
        let end = (start + length as u32).min(self.span.end);
        Span::new(self.span.file, start..end)
    }
}

/// Whether a part is a word that a line can be known by: no slot, no article, no sign.
fn says_something(part: &SentencePart) -> bool {
    let tells = |form: &String| form.chars().any(char::is_alphanumeric) && !tokens::is_article(&form.to_lowercase());
    matches!(part, SentencePart::Word(forms) if forms.iter().any(tells))
}

/// Adds the words of a stretch without slots; `|` between two words makes them forms of one.
fn words(text: &str, parts: &mut Vec<SentencePart>) {
    let mut join = false;
    let mut fresh = false;
    for token in tokens::tokens(text, crate::source::FileId::from_index(0), 0) {
        if token.text == "|" {
            join = fresh;
            continue;
        }
        match parts.last_mut() {
            Some(SentencePart::Word(forms)) if join => forms.push(token.text.to_owned()),
            _ => parts.push(SentencePart::Word(vec![token.text.to_owned()])),
        }
        join = false;
        fresh = true;
    }
}

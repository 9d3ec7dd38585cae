//! Facts: their patterns, defaults and definitions.

use super::actions::Seen;
use super::codes::{BAD_DEFAULT, MISPLACED_LINE};
use super::kinds::with_article;
use super::repeats::Missing;
use super::signatures::{Signature, Term};
use super::{Resolved, Resolver, Scope};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::syntax::ast::{AstNode, DeclarationLine, DeclarationLineKind, Formula, FormulaKind, Name, StringLiteral};
use crate::world::names::NameKey;
use crate::world::sentences::{E0302, Slots, parse_pattern};
use crate::world::usage::Symbol;
use crate::world::{
    Expression, Fluent, FluentId, FluentTerm, KindId, Observation, ParameterKind, Sentence, ValueKind, World,
};

impl Resolver<'_> {
    /// Declares the facts: names, parameters, patterns. Bodies come later, when all names are known.
    pub(super) fn declare_fluents(&mut self, signatures: &[Signature]) {
        for (index, signature) in signatures.iter().enumerate() {
            let id = FluentId::from_index(index);
            let mut fluent = Fluent {
                name: signature.name.clone(),
                parameters: signature.parameters.clone(),
                value: signature.value.clone(),
                default: None,
                definition: None,
                sentences: Vec::new(),
                negative_sentences: Vec::new(),
                none_sentences: Vec::new(),
                location: false,
                living: false,
                whereabouts: false,
                plain: Vec::new(),
                guise: None,
                span: signature.span,
            };
            fluent.sentences.extend(signature.pattern.as_ref().and_then(|text| self.pattern(signature, text)));
            for line in signature.plain_lines() {
                match line.kind() {
                    DeclarationLineKind::Also(Some(text)) => fluent.sentences.extend(self.pattern(signature, &text)),
                    DeclarationLineKind::Not(Some(text)) => {
                        fluent.negative_sentences.extend(self.pattern(signature, &text));
                    }
                    DeclarationLineKind::None(Some(text)) => {
                        fluent.none_sentences.extend(self.none_pattern(signature, line, &text));
                    }
                    DeclarationLineKind::Location => fluent.location = self.can_locate(signature, line),
                    DeclarationLineKind::Living => fluent.living = self.can_count(signature, line),
                    DeclarationLineKind::Whereabouts => fluent.whereabouts = self.can_locate(signature, line),
                    DeclarationLineKind::Means(_) => {
                        self.derived.entry(id).or_default().push(line.span());
                    }
                    _ => {}
                }
            }
            self.names.fluents.entry(NameKey::new(&fluent.name)).or_default().push(id);
            self.world.fluents.push(fluent);
        }
    }

    /// How it is said that a fact has no value.
    fn none_pattern(
        &mut self,
        signature: &Signature,
        line: &DeclarationLine,
        text: &StringLiteral,
    ) -> Option<Sentence> {
        if signature.value != ValueKind::Boolean {
            return self.pattern_with(signature, text, false);
        }
        let title = format!("`{}` is so or not so: it always has a value", signature.name);
        let message = Diagnostic::new(&MISPLACED_LINE, title, Some(line.span()))
            .label(signature.span, format!("`{}` is declared here", signature.name));
        self.report(message.help("how its opposite is said stands behind `not`"));
        None
    }

    /// The pattern of a declaration; mistakes are reported.
    pub(super) fn pattern(&mut self, signature: &Signature, text: &StringLiteral) -> Option<Sentence> {
        let value = signature.term == Term::Fact && signature.value != ValueKind::Boolean;
        self.pattern_with(signature, text, value)
    }

    fn pattern_with(&mut self, signature: &Signature, text: &StringLiteral, value: bool) -> Option<Sentence> {
        let slots = Slots { parameters: &signature.parameters, value, complete: signature.term != Term::Rule };
        match parse_pattern(text.text(), text.inner_span(), slots) {
            Ok(sentence) => Some(sentence),
            Err(diagnostic) => {
                let slot = diagnostic.primary.as_ref().map(|label| self.sources.slice(label.span).to_owned());
                let slot = slot.filter(|_| diagnostic.code == &E0302).unwrap_or_default();
                if signature.parameters.is_empty() && !slot.is_empty() {
                    // The lines below would speak of the same parameter, which is missing once.
                    self.names.note_reported(slot.trim_matches(['{', '}']));
                }
                let key = format!("{:?} {slot}", signature.span);
                if slot.is_empty() {
                    self.report(diagnostic);
                } else {
                    self.report_once(Missing::Slot, &key, diagnostic);
                }
                self.lacks_patterns = true;
                None
            }
        }
    }

    fn can_locate(&mut self, signature: &Signature, line: &DeclarationLine) -> bool {
        let fits = signature.parameters.len() == 1 && matches!(signature.value, ValueKind::Entity(_));
        if !fits {
            let word = self.sources.slice(line.span());
            let title =
                format!("a `{word}` fact says where something is: it has one parameter, and its value is a place");
            let message = Diagnostic::new(&MISPLACED_LINE, title, Some(line.span()));
            self.report(message.label(signature.span, format!("`{}` is declared here", signature.name)));
        }
        fits
    }

    fn can_count(&mut self, signature: &Signature, line: &DeclarationLine) -> bool {
        let are_characters = |kind: &ParameterKind| match kind {
            ParameterKind::Entity(kinds) => self.are_characters(kinds),
            _ => false,
        };
        let parameters = signature.parameters.as_slice();
        let fits = signature.value == ValueKind::Boolean && matches!(parameters, [only] if are_characters(&only.kind));
        if !fits {
            let title = "a `living` fact says who is alive: it has one parameter, a character, and no value";
            let message = Diagnostic::new(&MISPLACED_LINE, title, Some(line.span()));
            self.report(message.label(signature.span, format!("`{}` is declared here", signature.name)));
        }
        fits
    }

    /// Resolves the defaults and definitions of all facts.
    pub(super) fn resolve_fluents(&mut self, signatures: &[Signature]) {
        for (index, signature) in signatures.iter().enumerate() {
            let id = FluentId::from_index(index);
            self.inside = Some(Symbol::Fluent(id));
            let mut once = Once::default();
            for line in &signature.lines {
                if self.is_broken_line(line) {
                    continue;
                }
                match line.kind() {
                    DeclarationLineKind::Default(Some(formula)) => {
                        let first = once.first(self, "default", line.span());
                        if let (true, Ok(value)) = (first, self.default(id, &formula)) {
                            self.world.fluents[index].default = Some(value);
                        }
                    }
                    DeclarationLineKind::Means(Some(formula)) => {
                        // Like several needs, several conditions all must hold.
                        let joins = signature.value == ValueKind::Boolean && once.has("means");
                        let counts = joins || once.first(self, "means", line.span());
                        if let (true, Ok(definition)) = (counts, self.definition(id, &formula)) {
                            let definitions = &mut self.world.fluents[index].definition;
                            *definitions = Some(match definitions.take() {
                                Some(earlier) => Expression::And(vec![earlier, definition]),
                                None => definition,
                            });
                        }
                    }
                    DeclarationLineKind::Plain { observer: Some(observer), condition } => {
                        once.note("plain", line.span());
                        let plain = self.beholder(id, observer, condition, line.span());
                        self.world.fluents[index].plain.extend(plain.ok());
                    }
                    DeclarationLineKind::Guise { observer: Some(observer), condition } => {
                        if once.first(self, "guise", line.span()) && self.can_deceive(signature, line) {
                            self.world.fluents[index].guise = self.beholder(id, observer, condition, line.span()).ok();
                        }
                    }
                    DeclarationLineKind::Plain { observer: None, .. }
                    | DeclarationLineKind::Guise { observer: None, .. }
                    | DeclarationLineKind::Also(_)
                    | DeclarationLineKind::Not(_)
                    | DeclarationLineKind::None(_)
                    | DeclarationLineKind::Location
                    | DeclarationLineKind::Living
                    | DeclarationLineKind::Whereabouts
                    | DeclarationLineKind::Default(None)
                    | DeclarationLineKind::Means(None) => {}
                    _ => self.report_misplaced(signature, line),
                }
            }
            once.exclude(self, "default", "means", "a fact that follows from others has no default of its own");
            once.exclude(self, "plain", "means", "a fact that follows from others is as plain as those are");
            once.exclude(self, "guise", "means", "a guise is put on: it does not follow from other facts");
        }
        self.inside = None;
    }

    /// Of whom a line of the fact `id` speaks, and in which case.
    fn beholder(
        &mut self,
        id: FluentId,
        observer: Name,
        condition: Option<Formula>,
        span: Span,
    ) -> Resolved<Observation> {
        let seen = Seen { observer, openly: false, noticed_as: None, condition, span };
        let mut scope = Scope::of_parameters(&self.world.fluents[id.index()].parameters);
        self.observation(&seen, &mut scope)
    }

    /// One fact says whom somebody looks like.
    fn can_deceive(&mut self, signature: &Signature, line: &DeclarationLine) -> bool {
        let is_character = |kind: &ParameterKind| match kind {
            ParameterKind::Entity(kinds) => self.are_characters(kinds),
            _ => false,
        };
        let fits = matches!(signature.parameters.as_slice(), [only] if is_character(&only.kind))
            && matches!(&signature.value, ValueKind::Entity(kinds) if self.are_characters(kinds));
        let title =
            "a `guise` fact says whom somebody looks like: it has one parameter, a character, and its value is one";
        let other = self.world.fluents.iter().find(|fluent| fluent.guise.is_some());
        let message = match other {
            _ if !fits => Diagnostic::new(&MISPLACED_LINE, title, Some(line.span()))
                .label(signature.span, format!("`{}` is declared here", signature.name)),
            Some(other) => {
                Diagnostic::new(&MISPLACED_LINE, "two facts say whom somebody looks like", Some(line.span()))
                    .label(other.span, "the first")
            }
            None => return true,
        };
        self.report(message);
        false
    }

    fn are_characters(&self, kinds: &[KindId]) -> bool {
        kinds.iter().all(|&kind| self.world.is_subkind(kind, World::CHARACTER_KIND))
    }

    fn default(&mut self, id: FluentId, formula: &Formula) -> Resolved<Expression> {
        // Its parameters are known, to say that they do not belong here.
        let is_entity = matches!(&formula.kind, FormulaKind::Name(name) if self.names.entity(&name.text()).is_some());
        let mut scope =
            if is_entity { Scope::default() } else { Scope::of_parameters(&self.world.fluents[id.index()].parameters) };
        let value = match (&formula.kind, &self.world.fluents[id.index()].value) {
            (FormulaKind::Name(_), ValueKind::Entity(kinds)) => {
                let kinds = kinds.clone();
                self.wanting(&kinds, |resolver| resolver.fact_value(id, formula, &mut scope))?
            }
            _ => self.fact_value(id, formula, &mut scope)?,
        };
        if is_plain(&value) {
            return Ok(value);
        }
        let title = "a default is a plain value: yes, no, a number, a name or `?`";
        let message = Diagnostic::new(&BAD_DEFAULT, title, Some(formula.span));
        Err(self.report(message.help("a fact that follows from other facts is written with `means`")))
    }

    fn definition(&mut self, id: FluentId, formula: &Formula) -> Resolved<Expression> {
        let mut scope = Scope::of_parameters(&self.world.fluents[id.index()].parameters);
        self.fact_value(id, formula, &mut scope)
    }

    /// `formula` as a value of the fact `id`.
    fn fact_value(&mut self, id: FluentId, formula: &Formula, scope: &mut Scope) -> Resolved<Expression> {
        let mark = scope.nested.len();
        let sorted = self.sorted(formula, scope)?;
        self.reject_nested(scope, mark, None)?;
        let fact = FluentTerm { fluent: id, arguments: Vec::new() };
        self.value_of_fact(&fact, sorted, formula.span, scope)
    }

    /// Whether the parser could not understand `line`, so that nothing more is said about it.
    pub(super) fn is_broken_line(&mut self, line: &DeclarationLine) -> bool {
        self.broken.touch(line.span())
    }

    pub(super) fn report_misplaced(&mut self, signature: &Signature, line: &DeclarationLine) {
        let word = signature.term.word();
        let first = self.sources.slice(line.span()).split_whitespace().next().unwrap_or_default().to_owned();
        let title = format!("{} has no `{first}` line", with_article(word));
        let message = Diagnostic::new(&MISPLACED_LINE, title, Some(line.span()))
            .label(signature.span, format!("the {word} `{}`", signature.name));
        let lines = match signature.term {
            Term::Fact => {
                "`also`, `not`, `none`, `default`, `means`, `location`, `living`, `whereabouts`, `plain to`, `guise to`"
            }
            Term::Action => {
                "`also`, `past`, `needs`, `hidden needs`, `makes`, `by`, `seen by`, `takes`, `mutual`, `entrance`, `exit`, `unplanned`"
            }
            Term::Rule => "`also`, `when`, `makes`",
        };
        let meant = match (signature.term, first.as_str()) {
            (Term::Action, "when") => Some("what must be so for an action stands behind `needs`"),
            (Term::Rule, "needs") => Some("when a rule comes into force stands behind `when`"),
            (Term::Fact, "needs" | "when") => Some("what a fact follows from stands behind `means`"),
            (Term::Fact, "makes") => Some("a fact changes nothing by itself: declare a `rule`"),
            _ => None,
        };
        let message = meant.into_iter().fold(message, Diagnostic::help);
        self.report(message.help(format!("the lines of {} begin with {lines}", with_article(word))));
    }
}

/// The lines that a declaration may have once.
#[derive(Debug, Default)]
pub(super) struct Once {
    seen: Vec<(&'static str, Span)>,
}

impl Once {
    /// Whether this is the first line that begins with `word`; another one is reported.
    pub fn first(&mut self, resolver: &mut Resolver<'_>, word: &'static str, span: Span) -> bool {
        if let Some(&(_, first)) = self.seen.iter().find(|(other, _)| *other == word) {
            let title = format!("there are two `{word}` lines");
            let message =
                Diagnostic::new(&MISPLACED_LINE, title, Some(span)).at("the second").label(first, "the first");
            resolver.report(message);
            return false;
        }
        self.seen.push((word, span));
        true
    }

    /// Notes a line of which there may be several.
    fn note(&mut self, word: &'static str, span: Span) {
        self.seen.push((word, span));
    }

    /// Whether there was a line that begins with `word`.
    fn has(&self, word: &str) -> bool {
        self.seen.iter().any(|(other, _)| *other == word)
    }

    /// Reports that the lines `left` and `right` cannot stand together.
    fn exclude(&self, resolver: &mut Resolver<'_>, left: &str, right: &str, why: &str) {
        let find = |word: &str| self.seen.iter().find(|(other, _)| *other == word).map(|&(_, span)| span);
        if let (Some(left), Some(right)) = (find(left), find(right)) {
            let message = Diagnostic::new(&MISPLACED_LINE, why, Some(left)).label(right, "it follows from this");
            resolver.report(message);
        }
    }
}

/// Whether a value stands for itself in every situation.
fn is_plain(value: &Expression) -> bool {
    use crate::world::Term as Name;
    matches!(
        value,
        Expression::Boolean(_) | Expression::Number(_) | Expression::Unknown | Expression::Entity(Name::Entity(_))
    )
}

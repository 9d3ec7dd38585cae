//! The signatures of facts, actions and rules: names and parameters, before any body is read.
//!
//! Several may share a name if their parameters differ in kind; a story's own replace a pack's of the same name and
//! kinds; `extend` blocks add their lines.

use rustc_hash::FxHashMap;

use super::codes::{CANNOT_BE_MADE, DECLARED_TWICE, NOTHING_TO_EXTEND, RESERVED_NAME};
use super::{Reported, Resolved, Resolver, Tree};
use crate::diagnostic::Diagnostic;
use crate::source::{Origin, Span};
use crate::syntax::SyntaxKind;
use crate::syntax::ast::{
    ActionDeclaration, AstNode, DeclarationLine, Extension, FactDeclaration, Item, Name, ParameterGroup,
    RuleDeclaration, StringLiteral,
};
use crate::world::names::NameKey;
use crate::world::{Parameter, ParameterKind, Replacement, ValueKind};

/// What a signature declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Term {
    /// A fact.
    Fact,
    /// An action.
    Action,
    /// A rule.
    Rule,
}

impl Term {
    /// The author's word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Action => "action",
            Self::Rule => "rule",
        }
    }
}

/// A declared fact, action or rule whose lines are not read yet.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    /// What it declares.
    pub term: Term,
    /// Its name; of a nameless fact, its sentence.
    pub name: String,
    /// Where the name, or the sentence, was written.
    pub span: Span,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// What a fact's value is.
    pub value: ValueKind,
    /// The pattern on its first line.
    pub pattern: Option<StringLiteral>,
    /// The lines of its block and of the blocks that extend it.
    pub lines: Vec<DeclarationLine>,
    origin: Origin,
}

impl Signature {
    /// Its lines without those of formulas and effects, which are costly to look at.
    pub fn plain_lines(&self) -> impl Iterator<Item = &DeclarationLine> {
        use SyntaxKind::{
            ByLine, DefaultLine, GuiseLine, MakesLine, NeedsLine, PlainLine, SeenLine, TakesLine, WhenLine,
        };
        const COSTLY: [SyntaxKind; 9] =
            [ByLine, DefaultLine, GuiseLine, MakesLine, NeedsLine, PlainLine, SeenLine, TakesLine, WhenLine];
        self.lines.iter().filter(|line| !COSTLY.contains(&line.syntax().kind()))
    }
}

/// All signatures, in order of definition.
#[derive(Debug, Default)]
pub(super) struct Signatures {
    /// Facts.
    pub facts: Vec<Signature>,
    /// Actions.
    pub actions: Vec<Signature>,
    /// Rules.
    pub rules: Vec<Signature>,
}

/// The parts of a declaration's first line.
struct Header {
    term: Term,
    name: Option<Name>,
    groups: Vec<ParameterGroup>,
    value_kinds: Vec<Name>,
    pattern: Option<StringLiteral>,
    lines: Vec<DeclarationLine>,
}

impl Header {
    fn of_fact(fact: &FactDeclaration) -> Self {
        Self {
            term: Term::Fact,
            name: fact.name(),
            groups: fact.parameters().collect(),
            value_kinds: fact.value_kinds().collect(),
            pattern: fact.pattern(),
            lines: fact.lines().collect(),
        }
    }

    fn of_action(action: &ActionDeclaration) -> Self {
        Self {
            term: Term::Action,
            name: action.name(),
            groups: action.parameters().collect(),
            value_kinds: Vec::new(),
            pattern: action.pattern(),
            lines: action.lines().collect(),
        }
    }

    fn of_rule(rule: &RuleDeclaration) -> Self {
        Self {
            term: Term::Rule,
            name: rule.name(),
            groups: rule.parameters().collect(),
            value_kinds: Vec::new(),
            pattern: rule.pattern(),
            lines: rule.lines().collect(),
        }
    }
}

impl Resolver<'_> {
    /// The signatures of all files, doubles reported, replaced ones left out, extensions added.
    pub(super) fn signatures(&mut self, trees: &[Tree]) -> Signatures {
        let mut found: Vec<Signature> = Vec::new();
        let mut extensions: Vec<Extension> = Vec::new();
        for item in trees.iter().flat_map(|tree| tree.items()) {
            let signature = match &item {
                Item::Fact(fact) => self.signature(fact, Header::of_fact(fact)),
                Item::Action(action) => self.signature(action, Header::of_action(action)),
                Item::Rule(rule) => self.signature(rule, Header::of_rule(rule)),
                Item::Extend(extension) => {
                    extensions.push(extension.clone());
                    continue;
                }
                _ => continue,
            };
            match signature {
                Ok(signature) => found.push(signature),
                Err(Reported) => {
                    self.lacks_patterns = true;
                    self.note_broken_words(&item);
                }
            }
        }
        let mut kept = self.without_replaced(found);
        for extension in &extensions {
            self.extend(&mut kept, extension);
        }
        let mut signatures = Signatures::default();
        for signature in kept {
            match signature.term {
                Term::Fact => signatures.facts.push(signature),
                Term::Action => signatures.actions.push(signature),
                Term::Rule => signatures.rules.push(signature),
            }
        }
        signatures
    }

    fn signature(&mut self, node: &impl AstNode, header: Header) -> Resolved<Signature> {
        if self.broken.touch(node.span()) {
            return Err(Reported);
        }
        let (name, span) = match (&header.name, &header.pattern) {
            (Some(name), _) => (name.text(), name.span()),
            (None, Some(pattern)) => (pattern.text().to_owned(), pattern.span()),
            (None, None) => return Err(Reported),
        };
        let parameters = self.parameters(&header);
        let value = self.value_kind(&header.value_kinds);
        Ok(Signature {
            term: header.term,
            name,
            span,
            parameters: parameters?,
            value: value?,
            pattern: header.pattern,
            lines: header.lines,
            origin: self.sources.get(node.file()).origin,
        })
    }

    fn parameters(&mut self, header: &Header) -> Resolved<Vec<Parameter>> {
        let mut parameters: Vec<(Parameter, Span)> = Vec::new();
        let mut failed = false;
        for group in &header.groups {
            let Ok(kind) = self.parameter_kind(header.term, group) else {
                failed = true;
                continue;
            };
            for name in group.names() {
                let (text, span) = (name.text(), name.span());
                let key = NameKey::new(&text);
                if let Some((_, first)) = parameters.iter().find(|(other, _)| NameKey::new(&other.name) == key) {
                    let title = format!("there are two parameters named `{text}`");
                    let message = Diagnostic::new(&DECLARED_TWICE, title, Some(span)).label(*first, "first here");
                    self.report(message);
                    failed = true;
                }
                if ["value", "someone", "something"].contains(&key.as_str()) {
                    let title = format!("`{text}` cannot be the name of a parameter: the language uses this word");
                    self.report(Diagnostic::new(&RESERVED_NAME, title, Some(span)));
                    failed = true;
                }
                parameters.push((Parameter { name: text, kind: kind.clone() }, span));
            }
        }
        if failed { Err(Reported) } else { Ok(parameters.into_iter().map(|(parameter, _)| parameter).collect()) }
    }

    fn parameter_kind(&mut self, term: Term, group: &ParameterGroup) -> Resolved<ParameterKind> {
        if let Some(name) = group.only() {
            return match self.entity(&name)? {
                entity if entity == self.world.someone() => {
                    Err(self.report_someone(name.span(), "name the one that it is, as in `who: only NAME`"))
                }
                entity => Ok(ParameterKind::Constant(entity)),
            };
        }
        let names = &group.kinds().collect::<Vec<Name>>();
        let special = match names.as_slice() {
            [only] if self.names.kind(&only.text()).is_none() => match NameKey::new(&only.text()).as_str() {
                "statement" => Some((ParameterKind::Statement, only.span())),
                "number" => Some((ParameterKind::Number, only.span())),
                _ => None,
            },
            [] => return Err(Reported),
            _ => None,
        };
        match special {
            Some((kind, _)) if term == Term::Action => Ok(kind),
            Some((_, span)) => {
                let title = format!("the parameters of a {} are persons, places or things", term.word());
                let message = Diagnostic::new(&CANNOT_BE_MADE, title, Some(span));
                let message = message.help("only actions take statements and numbers");
                let is_number = self.sources.slice(span) == "number";
                Err(self.report(match term {
                    Term::Fact if is_number => {
                        message.help("a number can be the value of a fact: `fact … (…): number`")
                    }
                    _ => message,
                }))
            }
            None => self.kinds(names).map(ParameterKind::Entity),
        }
    }

    fn value_kind(&mut self, names: &[Name]) -> Resolved<ValueKind> {
        match names {
            [] => Ok(ValueKind::Boolean),
            [only] if NameKey::new(&only.text()).as_str() == "number" && self.names.kind("number").is_none() => {
                Ok(ValueKind::Number)
            }
            names => self.kinds(names).map(ValueKind::Entity),
        }
    }

    /// Leaves out what a later declaration of the story replaces, and what doubles another.
    fn without_replaced(&mut self, found: Vec<Signature>) -> Vec<Signature> {
        let mut by_name: FxHashMap<(Term, NameKey), Vec<usize>> = FxHashMap::default();
        let mut kept = vec![true; found.len()];
        for (index, signature) in found.iter().enumerate() {
            let others = by_name.entry((signature.term, NameKey::new(&signature.name))).or_default();
            for &other in others.iter() {
                let earlier = &found[other];
                if earlier.origin == Origin::Pack
                    && signature.origin == Origin::Story
                    && same_kinds(&earlier.parameters, &signature.parameters)
                    && !self.can_share_values(&earlier.value, &signature.value)
                {
                    self.report_other_values(earlier, signature);
                    kept[index] = false;
                    break;
                }
                if !kept[other] || !self.can_overlap(&earlier.parameters, &signature.parameters) {
                    continue;
                }
                let replaces = |newer: &Signature, older: &Signature| {
                    newer.origin == Origin::Story
                        && older.origin == Origin::Pack
                        && same_kinds(&newer.parameters, &older.parameters)
                };
                if replaces(signature, earlier) {
                    kept[other] = false;
                    self.note_replacement(signature, earlier);
                } else if replaces(earlier, signature) {
                    kept[index] = false;
                    self.note_replacement(earlier, signature);
                } else {
                    self.report_double(earlier, signature);
                    kept[index] = false;
                    break;
                }
            }
            others.push(index);
        }
        found.into_iter().zip(kept).filter_map(|(signature, kept)| kept.then_some(signature)).collect()
    }

    fn note_replacement(&mut self, own: &Signature, of_pack: &Signature) {
        let pack = self.sources.get(of_pack.span.file).name.clone();
        self.world.replacements.push(Replacement { span: own.span, pack });
    }

    /// Whether what reads the values of one can read those of the other.
    fn can_share_values(&self, left: &ValueKind, right: &ValueKind) -> bool {
        match (left, right) {
            (ValueKind::Entity(left), ValueKind::Entity(right)) => self.kinds_overlap(left, right),
            (left, right) => left == right,
        }
    }

    fn report_other_values(&mut self, of_pack: &Signature, own: &Signature) {
        let pack = &self.sources.get(of_pack.span.file).name;
        let name = &own.name;
        let title = format!("{pack} has a fact `{name}` with other values");
        let takes = match &of_pack.value {
            ValueKind::Boolean => "yes or no".to_owned(),
            ValueKind::Number => "a number".to_owned(),
            ValueKind::Entity(kinds) => self.parameter_takes(&ParameterKind::Entity(kinds.clone())),
        };
        let message = Diagnostic::new(&DECLARED_TWICE, title, Some(own.span))
            .at("would replace it")
            .help(format!("choose another name: what else {pack} has needs its `{name}`, whose value is {takes}"));
        self.report(message);
    }

    fn report_double(&mut self, earlier: &Signature, later: &Signature) {
        let word = later.term.word();
        let title = format!("there are two {word}s named `{}` that can have the same arguments", later.name);
        let message = Diagnostic::new(&DECLARED_TWICE, title, Some(later.span))
            .at("declared again here")
            .label(earlier.span, "first declared here");
        let replaceable = earlier.origin == Origin::Pack || later.origin == Origin::Pack;
        let name = &later.name;
        self.report(if replaceable {
            let pack = if earlier.origin == Origin::Pack { earlier } else { later };
            let kinds: Vec<String> =
                pack.parameters.iter().map(|parameter| self.parameter_takes(&parameter.kind)).collect();
            message
                .help(format!("to add lines to the {word} of the pack, write `extend {name}`"))
                .help(format!("to replace it, give yours parameters of the same kinds: {}", kinds.join(", ")))
        } else {
            let extend = if name.contains(' ') { String::new() } else { format!(", or below `extend {name}`") };
            let help = format!("if they are one, write its lines below the first{extend}");
            message.help(format!("{help}; if not, give one of them another name"))
        });
    }

    /// Whether some arguments fit both.
    fn can_overlap(&self, left: &[Parameter], right: &[Parameter]) -> bool {
        left.len() == right.len()
            && left.iter().zip(right).all(|(left, right)| match (&left.kind, &right.kind) {
                (ParameterKind::Entity(left), ParameterKind::Entity(right)) => self.kinds_overlap(left, right),
                (ParameterKind::Constant(entity), ParameterKind::Entity(kinds))
                | (ParameterKind::Entity(kinds), ParameterKind::Constant(entity)) => self.entity_within(*entity, kinds),
                (left, right) => left == right,
            })
    }

    fn extend(&mut self, signatures: &mut [Signature], extension: &Extension) {
        let Some(name) = extension.name() else { return };
        let text = name.text();
        let key = NameKey::new(&text);
        let mut matching = signatures.iter_mut().filter(|signature| NameKey::new(&signature.name) == key);
        match (matching.next(), matching.next()) {
            (Some(signature), None) => signature.lines.extend(extension.lines()),
            (Some(first), Some(second)) => {
                let title = format!("`{text}` names several declarations, so it is not clear which one to extend");
                let message = Diagnostic::new(&NOTHING_TO_EXTEND, title, Some(name.span()))
                    .label(first.span, format!("the {} `{}`", first.term.word(), first.name))
                    .label(second.span, format!("the {} `{}`", second.term.word(), second.name));
                self.report(message.help("declare it anew, with all its lines; that replaces the one of a pack"));
            }
            (None, _) if self.names.may_be_broken(&text) || self.broken.touch(extension.span()) => {}
            (None, _) => {
                self.unknown_extended(&name, signatures);
            }
        }
    }
}

/// Whether both take exactly the same.
fn same_kinds(left: &[Parameter], right: &[Parameter]) -> bool {
    left.iter().zip(right).all(|(left, right)| match (&left.kind, &right.kind) {
        (ParameterKind::Entity(left), ParameterKind::Entity(right)) => {
            left.len() == right.len() && left.iter().all(|kind| right.contains(kind))
        }
        (left, right) => left == right,
    })
}

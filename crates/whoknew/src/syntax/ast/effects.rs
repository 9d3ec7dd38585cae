//! Effects: what an action, rule or start line makes so.

use super::{
    Call, Formula, Name, Sentence,
    items::kinds_of,
    node::{AstNode, child, has_word, line_span},
};
use crate::{
    source::{FileId, Span},
    syntax::{SyntaxKind, SyntaxNode},
};

/// An effect with its place.
#[derive(Clone, Debug)]
pub struct Effect {
    /// What it says.
    pub kind: EffectKind,
    /// Where it is written.
    pub span: Span,
}

/// What an effect says.
#[derive(Clone, Debug)]
pub enum EffectKind {
    /// Several, joined by `and` or commas.
    All(Vec<Effect>),
    /// `EFFECT if F`
    If {
        /// What is made so.
        effect: Box<Effect>,
        /// In which case.
        condition: Formula,
    },
    /// `f(a) = value`
    Assign {
        /// The fact.
        fact: Call,
        /// Its new value.
        value: Formula,
    },
    /// `f(a)`
    Make(Call),
    /// `not f(a)`
    Unmake(Call),
    /// `x believes EFFECT`
    Believes {
        /// Who.
        character: Name,
        /// What.
        effect: Box<Effect>,
    },
    /// `x learns f(a)`
    Learns {
        /// Who.
        character: Name,
        /// What.
        fact: Known,
    },
    /// `x forgets f(a)`
    Forgets {
        /// Who.
        character: Name,
        /// What.
        fact: Known,
    },
    /// A name alone: a statement parameter made so. Words that name nothing are read as a sentence.
    Statement(Name),
    /// A statement in words.
    Sentence {
        /// The words.
        sentence: Sentence,
        /// Whether `not` stands before them.
        negated: bool,
    },
    /// `for all x: kind (EFFECT)`
    ForAll {
        /// The variable.
        variable: Name,
        /// The kinds it ranges over.
        kinds: Vec<Name>,
        /// What is made so for each.
        effect: Box<Effect>,
    },
    /// Not understood; the parser reported it.
    Error,
}

/// What somebody learns or forgets.
#[derive(Clone, Debug)]
pub enum Known {
    /// `f(a)`
    Fact(Call),
    /// After `whether`, in words.
    Sentence(Sentence),
}

impl Known {
    fn of(node: &SyntaxNode, file: FileId) -> Option<Self> {
        call(node, file).map(Self::Fact).or_else(|| child(node, file).map(Self::Sentence))
    }
}

impl Effect {
    /// The first effect directly in the node.
    pub(super) fn of(node: &impl AstNode) -> Option<Self> {
        first(node.syntax(), node.file())
    }

    /// The effect that a node of the tree holds, if it is one.
    pub fn cast(node: SyntaxNode, file: FileId) -> Option<Self> {
        if !(SyntaxKind::AllEffects..=SyntaxKind::BracketEffect).contains(&node.kind()) {
            return None;
        }
        let span = line_span(&node, file);
        let kind = read(&node, file).unwrap_or(EffectKind::Error);
        Some(Self { kind, span })
    }
}

/// The first effect directly in the node.
fn first(node: &SyntaxNode, file: FileId) -> Option<Effect> {
    node.children().find_map(|child| Effect::cast(child, file))
}

/// The first call directly in the node.
fn call(node: &SyntaxNode, file: FileId) -> Option<Call> {
    node.children().find_map(|child| Call::cast(child, file))
}

/// What the node says; `None` if a part of it is missing.
fn read(node: &SyntaxNode, file: FileId) -> Option<EffectKind> {
    let inner = || first(node, file).map(Box::new);
    let formula = || node.children().filter_map(|child| Formula::cast(child, file)).last();
    Some(match node.kind() {
        SyntaxKind::AllEffects => {
            EffectKind::All(node.children().filter_map(|child| Effect::cast(child, file)).collect())
        }
        SyntaxKind::IfEffect => EffectKind::If { effect: inner()?, condition: formula()? },
        SyntaxKind::AssignEffect => EffectKind::Assign { fact: call(node, file)?, value: assigned(node, file)? },
        SyntaxKind::MakeEffect => EffectKind::Make(call(node, file)?),
        SyntaxKind::UnmakeEffect => EffectKind::Unmake(call(node, file)?),
        SyntaxKind::BelievesEffect => EffectKind::Believes { character: child(node, file)?, effect: inner()? },
        SyntaxKind::LearnsEffect => EffectKind::Learns { character: child(node, file)?, fact: Known::of(node, file)? },
        SyntaxKind::ForgetsEffect => {
            EffectKind::Forgets { character: child(node, file)?, fact: Known::of(node, file)? }
        }
        SyntaxKind::StatementEffect => EffectKind::Statement(child(node, file)?),
        SyntaxKind::SentenceEffect => {
            EffectKind::Sentence { sentence: child(node, file)?, negated: has_word(node, "not") }
        }
        SyntaxKind::ForAllEffect => {
            EffectKind::ForAll { variable: child(node, file)?, kinds: kinds_of(node, file).collect(), effect: inner()? }
        }
        SyntaxKind::BracketEffect => inner()?.kind,
        _ => return None,
    })
}

/// The value of an assignment: the formula after the fact.
fn assigned(node: &SyntaxNode, file: FileId) -> Option<Formula> {
    node.children().filter_map(|child| Formula::cast(child, file)).nth(1)
}

//! Formulas: conditions and values.

use super::{
    Duration, Name, SceneReference, Sentence,
    items::kinds_of,
    node::{AstNode, child, has_word, is_word, line_span, token_of, tokens},
};
use crate::{
    source::{FileId, Span},
    syntax::{SyntaxKind, SyntaxNode, SyntaxToken},
};

/// A formula with its place.
#[derive(Clone, Debug)]
pub struct Formula {
    /// What it says.
    pub kind: FormulaKind,
    /// Where it is written.
    pub span: Span,
}

/// What a formula says. Brackets are dissolved.
#[derive(Clone, Debug)]
pub enum FormulaKind {
    /// `A or B or …`, two or more.
    Or(Vec<Formula>),
    /// `A and B and …`, two or more.
    And(Vec<Formula>),
    /// `not A`
    Not(Box<Formula>),
    /// `A = B` and its like.
    Compare {
        /// How they are compared.
        comparison: Comparison,
        /// What stands left of the sign.
        left: Box<Formula>,
        /// What stands right of it.
        right: Box<Formula>,
    },
    /// `x is a K`, `x is not a K`
    IsKind {
        /// What is asked about.
        value: Box<Formula>,
        /// Whether it says `not`.
        negated: bool,
        /// The kind.
        kind: Name,
    },
    /// `x believes F`, `x does not know whether F`, `x wonders f(a)` …
    Attitude {
        /// Who.
        character: Name,
        /// What they do.
        attitude: Attitude,
        /// Whether it says `does not`.
        negated: bool,
        /// Whether it says `whether`.
        whether: bool,
        /// What they believe, know or wonder.
        content: Box<Formula>,
    },
    /// `a + b - c` or `a * b / c`, from left to right.
    Arithmetic {
        /// The first operand.
        first: Box<Formula>,
        /// The others, each with the sign before it.
        rest: Vec<(Arithmetic, Formula)>,
    },
    /// `-a`
    Negative(Box<Formula>),
    /// `12`
    Number(f64),
    /// `14 days`
    Duration(Duration),
    /// `?`
    Unknown,
    /// `yes`
    Yes,
    /// `no`
    No,
    /// A name: an entity, parameter or variable. Words that name nothing are read as a sentence.
    Name(Name),
    /// A condition in words.
    Sentence(Sentence),
    /// `f(a, b)`: a fact with its arguments (in argument position perhaps an event's).
    Call(Call),
    /// `exists x: K (F)` and its like.
    Quantified {
        /// Which.
        quantifier: Quantifier,
        /// The variable.
        variable: Name,
        /// The kinds it ranges over.
        kinds: Vec<Name>,
        /// What is asked of each.
        body: Box<Formula>,
    },
    /// `A if F else B`
    If {
        /// The value if the condition holds.
        value: Box<Formula>,
        /// The condition.
        condition: Box<Formula>,
        /// The value otherwise, if it says so.
        otherwise: Option<Box<Formula>>,
    },
    /// `happened(EVENT)`
    Happened(Call),
    /// `times(EVENT since … until …)`
    Times {
        /// What is counted.
        event: Call,
        /// From where.
        since: Option<SceneReference>,
        /// Until where.
        until: Option<SceneReference>,
    },
    /// `time()`
    Time,
    /// Not understood; the parser reported it.
    Error,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// `+ - * /`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// What a character does with a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attitude {
    /// `believes`, `thinks`
    Believes,
    /// `knows`
    Knows,
    /// `wonders`
    Wonders,
}

/// Which quantifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantifier {
    /// `for all`
    ForAll,
    /// `exists`
    Exists,
    /// `sum`
    Sum,
    /// `product`
    Product,
    /// `count`
    Count,
}

/// A fact or event with its arguments: `put(Anne, marble, box)`.
#[derive(Clone, Debug)]
pub struct Call {
    /// The name before the brackets.
    pub name: Name,
    /// What is in the brackets.
    pub arguments: Vec<Formula>,
    /// Where it is written.
    pub span: Span,
}

impl Call {
    /// The first call directly in the node.
    pub(super) fn of(node: &impl AstNode) -> Option<Self> {
        node.syntax().children().find_map(|child| Self::cast(child, node.file()))
    }

    /// The call that a node of the tree holds, if it is one.
    pub fn cast(node: SyntaxNode, file: FileId) -> Option<Self> {
        if node.kind() != SyntaxKind::Call {
            return None;
        }
        let name = child(&node, file)?;
        Some(Self { name, arguments: formulas(&node, file).collect(), span: line_span(&node, file) })
    }
}

impl Formula {
    /// The first formula directly in the node.
    pub(super) fn of(node: &impl AstNode) -> Option<Self> {
        formulas(node.syntax(), node.file()).next()
    }

    /// The formula that a node of the tree holds, if it is one.
    pub fn cast(node: SyntaxNode, file: FileId) -> Option<Self> {
        if !(SyntaxKind::OrFormula..=SyntaxKind::TimeFormula).contains(&node.kind()) {
            return None;
        }
        let span = line_span(&node, file);
        let kind = read(&node, file).unwrap_or(FormulaKind::Error);
        Some(Self { kind, span })
    }
}

/// The formulas directly in a node.
fn formulas(node: &SyntaxNode, file: FileId) -> impl Iterator<Item = Formula> + use<> {
    node.children().filter_map(move |child| Formula::cast(child, file))
}

/// What the node says; `None` if a part of it is missing.
fn read(node: &SyntaxNode, file: FileId) -> Option<FormulaKind> {
    let mut parts = formulas(node, file);
    let mut next = || parts.next().map(Box::new);
    let event = || node.children().find_map(|child| Call::cast(child, file));
    Some(match node.kind() {
        SyntaxKind::OrFormula => FormulaKind::Or(parts.collect()),
        SyntaxKind::AndFormula => FormulaKind::And(parts.collect()),
        SyntaxKind::NotFormula => FormulaKind::Not(next()?),
        SyntaxKind::Comparison => FormulaKind::Compare { comparison: comparison(node)?, left: next()?, right: next()? },
        SyntaxKind::IsKindFormula => {
            FormulaKind::IsKind { value: next()?, negated: has_word(node, "not"), kind: child(node, file)? }
        }
        SyntaxKind::AttitudeFormula => FormulaKind::Attitude {
            character: child(node, file)?,
            attitude: attitude(node)?,
            negated: has_word(node, "not"),
            whether: has_word(node, "whether"),
            content: next()?,
        },
        SyntaxKind::SumFormula | SyntaxKind::ProductFormula => arithmetic(node, file)?,
        SyntaxKind::NegativeFormula => FormulaKind::Negative(next()?),
        SyntaxKind::NumberFormula => number(node, file)?,
        SyntaxKind::UnknownFormula => FormulaKind::Unknown,
        SyntaxKind::YesFormula => FormulaKind::Yes,
        SyntaxKind::NoFormula => FormulaKind::No,
        SyntaxKind::NameFormula => FormulaKind::Name(child(node, file)?),
        SyntaxKind::SentenceFormula => FormulaKind::Sentence(child(node, file)?),
        SyntaxKind::Call => FormulaKind::Call(Call::cast(node.clone(), file)?),
        SyntaxKind::BracketFormula => next()?.kind,
        SyntaxKind::QuantifiedFormula => FormulaKind::Quantified {
            quantifier: quantifier(node)?,
            variable: child(node, file)?,
            kinds: kinds_of(node, file).collect(),
            body: next()?,
        },
        SyntaxKind::IfFormula => FormulaKind::If { value: next()?, condition: next()?, otherwise: next() },
        SyntaxKind::HappenedFormula => FormulaKind::Happened(event()?),
        SyntaxKind::TimesFormula => times(node, file, event()?),
        SyntaxKind::TimeFormula => FormulaKind::Time,
        _ => return None,
    })
}

/// The sign of a comparison.
fn comparison(node: &SyntaxNode) -> Option<Comparison> {
    tokens(node).find_map(|token| {
        Some(match token.kind() {
            SyntaxKind::Equal => Comparison::Equal,
            SyntaxKind::NotEqual => Comparison::NotEqual,
            SyntaxKind::Less => Comparison::Less,
            SyntaxKind::LessOrEqual => Comparison::LessOrEqual,
            SyntaxKind::Greater => Comparison::Greater,
            SyntaxKind::GreaterOrEqual => Comparison::GreaterOrEqual,
            _ => return None,
        })
    })
}

/// The verb of an attitude.
fn attitude(node: &SyntaxNode) -> Option<Attitude> {
    const VERBS: [(&[&str], Attitude); 3] = [
        (&["believes", "believe", "thinks", "think"], Attitude::Believes),
        (&["knows", "know"], Attitude::Knows),
        (&["wonders", "wonder"], Attitude::Wonders),
    ];
    tokens(node).find_map(|token| {
        VERBS.iter().find(|(words, _)| words.iter().any(|word| is_word(&token, word))).map(|&(_, attitude)| attitude)
    })
}

/// Operands and signs, from left to right.
fn arithmetic(node: &SyntaxNode, file: FileId) -> Option<FormulaKind> {
    let mut first = None;
    let mut rest = Vec::new();
    let mut sign = None;
    for element in node.children_with_tokens() {
        match element {
            rowan::NodeOrToken::Token(token) => sign = arithmetic_sign(&token).or(sign),
            rowan::NodeOrToken::Node(node) => match (Formula::cast(node, file), sign.take()) {
                (Some(operand), Some(sign)) => rest.push((sign, operand)),
                (Some(operand), None) => first = first.or(Some(Box::new(operand))),
                (None, _) => {}
            },
        }
    }
    Some(FormulaKind::Arithmetic { first: first?, rest })
}

fn arithmetic_sign(token: &SyntaxToken) -> Option<Arithmetic> {
    Some(match token.kind() {
        SyntaxKind::Plus => Arithmetic::Add,
        SyntaxKind::Minus => Arithmetic::Subtract,
        SyntaxKind::Star => Arithmetic::Multiply,
        SyntaxKind::Slash => Arithmetic::Divide,
        _ => return None,
    })
}

/// A number, or a duration if it has a unit.
fn number(node: &SyntaxNode, file: FileId) -> Option<FormulaKind> {
    if let Some(duration) = node.children().find_map(|child| Duration::cast(&child, file)) {
        return Some(FormulaKind::Duration(duration));
    }
    let value: f64 = token_of(node, SyntaxKind::Number)?.text().parse().ok()?;
    Some(FormulaKind::Number(value))
}

/// The word a quantifier begins with.
fn quantifier(node: &SyntaxNode) -> Option<Quantifier> {
    let first = tokens(node).next()?;
    let text = first.text().to_ascii_lowercase();
    Some(match text.as_str() {
        "for" => Quantifier::ForAll,
        "exists" => Quantifier::Exists,
        "sum" => Quantifier::Sum,
        "product" => Quantifier::Product,
        "count" => Quantifier::Count,
        _ => return None,
    })
}

/// `times(EVENT since … until …)`: each scene belongs to the word before it.
fn times(node: &SyntaxNode, file: FileId, event: Call) -> FormulaKind {
    let (mut since, mut until, mut is_until) = (None, None, false);
    for element in node.children_with_tokens() {
        match element {
            rowan::NodeOrToken::Token(token) if is_word(&token, "until") => is_until = true,
            rowan::NodeOrToken::Token(token) if is_word(&token, "since") => is_until = false,
            rowan::NodeOrToken::Token(_) => {}
            rowan::NodeOrToken::Node(node) => {
                let scene = SceneReference::cast(node, file);
                let place = if is_until { &mut until } else { &mut since };
                *place = place.take().or(scene);
            }
        }
    }
    FormulaKind::Times { event, since, until }
}

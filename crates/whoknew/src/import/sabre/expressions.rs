//! Reads expressions: names are not looked up yet.
//!
//! An operator is found by trying, in a fixed order, to split at its first occurrence outside brackets; if a part cannot
//! be read, the next operator in the order is tried. So `a | b & c` is `(a | b) & c`, and `2 + 3 * 4` is 20. Results are
//! remembered by range, so that trying costs little; work and depth are capped.

use super::lexer::{Token, TokenKind};
use crate::source::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::rc::Rc;

/// How deep expressions may nest.
const MAX_DEPTH: usize = 100;
/// How many tokens may be looked at while one definition is read.
const MAX_WORK: usize = 5_000_000;

/// An expression as written.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// What it is.
    pub form: Form<'a>,
    /// Where it was written.
    pub span: Span,
}

/// A part of an expression that is shared between attempts to read it.
pub(super) type NodeLink<'a> = Rc<Node<'a>>;

/// The forms of expressions.
#[derive(Debug)]
pub(super) enum Form<'a> {
    /// A name, `True`, `False` or `?`.
    Word(&'a str),
    /// A number.
    Number(f64),
    /// `name(a, b)`
    Call(&'a str, Vec<&'a str>),
    /// `believes(c, e)`
    Believes(&'a str, NodeLink<'a>),
    /// `a & b & c`
    And(Vec<NodeLink<'a>>),
    /// `a | b | c`
    Or(Vec<NodeLink<'a>>),
    /// `!a`
    Not(NodeLink<'a>),
    /// `if(c) a elseif(d) b else e`
    If(Vec<(NodeLink<'a>, NodeLink<'a>)>, Option<NodeLink<'a>>),
    /// `forall`, `exists`, `sum` or `product`, with its variable, type and body.
    Quantified(&'a str, &'a str, &'a str, NodeLink<'a>),
    /// `=`, a comparison or an arithmetic operator.
    Operator(&'static str, NodeLink<'a>, NodeLink<'a>),
    /// `x : t`
    OfType(NodeLink<'a>, &'a str),
}

/// Why an expression was not read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unread {
    /// It is no expression.
    NoExpression,
    /// It is nested too deeply or takes too long.
    TooComplex,
}

const KEYWORDS: &[&str] = &["if", "elseif", "else", "forall", "exists", "sum", "product"];

/// Reads all of `tokens` as one expression; `closing` holds the position of the bracket that closes each open one.
pub(super) fn read<'a>(tokens: &[Token<'a>], closing: &[usize], range: Range<usize>) -> Result<NodeLink<'a>, Unread> {
    let mut reader = Reader { tokens, closing, known: FxHashMap::default(), work: 0, depth: 0, too_complex: false };
    let node = reader.read(range.start, range.end);
    match node {
        _ if reader.too_complex => Err(Unread::TooComplex),
        Some(node) => Ok(node),
        None => Err(Unread::NoExpression),
    }
}

struct Reader<'t, 'a> {
    tokens: &'t [Token<'a>],
    closing: &'t [usize],
    known: FxHashMap<(usize, usize), Option<NodeLink<'a>>>,
    work: usize,
    depth: usize,
    too_complex: bool,
}

impl<'a> Reader<'_, 'a> {
    fn read(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        if let Some(known) = self.known.get(&(from, to)) {
            return known.clone();
        }
        self.work += to.saturating_sub(from) + 1;
        if self.depth >= MAX_DEPTH || self.work > MAX_WORK {
            self.too_complex = true;
        }
        if from >= to || self.too_complex {
            return None;
        }
        self.depth += 1;
        let node = if self.is_closed(from, to) { self.closed(from, to) } else { self.split(from, to) };
        self.depth -= 1;
        self.known.insert((from, to), node.clone());
        node
    }

    /// One word, an expression wholly in brackets, or `name(…)`: read before any operator is looked for.
    fn is_closed(&self, from: usize, to: usize) -> bool {
        to == from + 1
            || (self.tokens[from].is("(") && self.closing[from] == to - 1)
            || (self.tokens[from].is_name()
                && !KEYWORDS.contains(&self.tokens[from].text)
                && self.tokens[from + 1].is("(")
                && self.closing[from + 1] == to - 1)
    }

    fn closed(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        let first = self.tokens[from];
        if to == from + 1 {
            return match first.kind {
                TokenKind::Word if !KEYWORDS.contains(&first.text) => self.node(Form::Word(first.text), from, to),
                TokenKind::Number(number) => self.node(Form::Number(number), from, to),
                _ => None,
            };
        }
        if first.is("(") {
            return self.read(from + 1, to - 1);
        }
        if first.is("believes") {
            let believer = self.tokens.get(from + 2).filter(|token| token.kind == TokenKind::Word)?;
            self.tokens.get(from + 3).filter(|token| token.is(","))?;
            let inner = self.read(from + 4, to - 1)?;
            return self.node(Form::Believes(believer.text, inner), from, to);
        }
        let arguments = names(&self.tokens[from + 2..to - 1])?;
        self.node(Form::Call(first.text, arguments), from, to)
    }

    fn split(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        self.chain("&", from, to).or_else(|| self.split_below_and(from, to))
    }

    fn split_below_and(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        let either = if self.find("&", from, to).is_some() {
            self.two("|", from, to).and_then(|(left, right)| self.node(Form::Or(vec![left, right]), from, to))
        } else {
            self.chain("|", from, to)
        };
        either.or_else(|| self.split_below_or(from, to))
    }

    fn split_below_or(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        self.work += to - from;
        if let Some(node) = self.not(from, to) {
            return Some(node);
        }
        if let Some(node) = self.branches(from, to) {
            return Some(node);
        }
        if let Some(node) = self.quantified(&["forall", "exists"], from, to) {
            return Some(node);
        }
        for operator in ["=", "==", "!=", ">=", "<=", ">", "<"] {
            if let Some(node) = self.operator(operator, from, to) {
                return Some(node);
            }
        }
        if let Some(node) = self.type_test(from, to) {
            return Some(node);
        }
        if let Some(node) = self.quantified(&["product", "sum"], from, to) {
            return Some(node);
        }
        ["*", "/", "+", "-"].into_iter().find_map(|operator| self.operator(operator, from, to))
    }

    /// A chain of one operator, grouped to the right. Works from its end, so that long chains need no recursion.
    fn chain(&mut self, operator: &'static str, from: usize, to: usize) -> Option<NodeLink<'a>> {
        let splits = self.find_all(operator, from, to);
        let mut start = *splits.last()? + 1;
        let mut parts = vec![self.read(start, to)];
        for (index, &split) in splits.iter().enumerate().rev() {
            let end = split;
            start = if index == 0 { from } else { splits[index - 1] + 1 };
            let first = self.read(start, end);
            if first.is_some() && parts.iter().all(Option::is_some) {
                parts.push(first);
            } else if index == 0 {
                return None;
            } else {
                let whole =
                    if operator == "&" { self.split_below_and(start, to) } else { self.split_below_or(start, to) };
                parts = vec![whole];
            }
        }
        let parts = parts.into_iter().rev().collect::<Option<Vec<_>>>()?;
        let form = if operator == "&" { Form::And(parts) } else { Form::Or(parts) };
        self.node(form, from, to)
    }

    fn not(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        if !self.tokens[from].is("!") {
            return None;
        }
        let inner = self.read(from + 1, to)?;
        self.node(Form::Not(inner), from, to)
    }

    fn branches(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        if !self.tokens[from].is("if") {
            return None;
        }
        let mut tests = Vec::new();
        let mut at = from;
        loop {
            self.tokens.get(at + 1).filter(|token| token.is("(") && at + 1 < to)?;
            let close = self.closing[at + 1];
            let end = self.find_where(|token| token.is("elseif") || token.is("else"), close + 1, to).unwrap_or(to);
            let test = self.read(at + 2, close)?;
            tests.push((test, self.branch(close + 1, end)?));
            if end == to {
                return self.node(Form::If(tests, None), from, to);
            }
            if self.tokens[end].is("else") {
                let otherwise = self.branch(end + 1, to)?;
                return self.node(Form::If(tests, Some(otherwise)), from, to);
            }
            at = end;
        }
    }

    /// A branch of an `if`. No other `if` stands in it outside brackets, so `if(a) 1 else 0 + if(b) 1 else 0` is a sum.
    fn branch(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        if self.find("if", from, to).is_some() {
            return None;
        }
        self.read(from, to)
    }

    fn quantified(&mut self, keywords: &[&str], from: usize, to: usize) -> Option<NodeLink<'a>> {
        let keyword = self.tokens[from].text;
        if !keywords.contains(&keyword) || to < from + 7 {
            return None;
        }
        let [open, variable, colon, kind, close] = [1, 2, 3, 4, 5].map(|offset| self.tokens[from + offset]);
        let shaped = open.is("(") && variable.is_name() && colon.is(":") && kind.is_name() && close.is(")");
        if !shaped {
            return None;
        }
        let body = self.read(from + 6, to)?;
        self.node(Form::Quantified(keyword, variable.text, kind.text, body), from, to)
    }

    fn type_test(&mut self, from: usize, to: usize) -> Option<NodeLink<'a>> {
        let at = self.find(":", from, to)?;
        let kind = self.tokens.get(at + 1).filter(|token| token.is_name() && at + 2 == to)?;
        let value = self.read(from, at)?;
        self.node(Form::OfType(value, kind.text), from, to)
    }

    fn operator(&mut self, operator: &'static str, from: usize, to: usize) -> Option<NodeLink<'a>> {
        let (left, right) = self.two(operator, from, to)?;
        self.node(Form::Operator(operator, left, right), from, to)
    }

    /// What stands left and right of the first `operator`.
    fn two(&mut self, operator: &str, from: usize, to: usize) -> Option<(NodeLink<'a>, NodeLink<'a>)> {
        let at = self.find(operator, from, to)?;
        Some((self.read(from, at)?, self.read(at + 1, to)?))
    }

    fn find(&self, text: &str, from: usize, to: usize) -> Option<usize> {
        self.find_where(|token| token.is(text), from, to)
    }

    fn find_where(&self, wanted: impl Fn(&Token) -> bool, from: usize, to: usize) -> Option<usize> {
        let mut at = from;
        while at < to {
            if wanted(&self.tokens[at]) {
                return Some(at);
            }
            at = self.closing[at].max(at) + 1;
        }
        None
    }

    fn find_all(&self, text: &str, from: usize, to: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut at = from;
        while let Some(next) = self.find(text, at, to) {
            found.push(next);
            at = next + 1;
        }
        found
    }

    fn node(&self, form: Form<'a>, from: usize, to: usize) -> Option<NodeLink<'a>> {
        Some(Rc::new(Node { form, span: self.tokens[from].span.to(self.tokens[to - 1].span) }))
    }
}

/// The names in `tokens`, which are parted by commas.
pub(super) fn names<'a>(tokens: &[Token<'a>]) -> Option<Vec<&'a str>> {
    if tokens.is_empty() {
        return Some(Vec::new());
    }
    tokens.split(|token| token.is(",")).map(name).collect()
}

fn name<'a>(tokens: &[Token<'a>]) -> Option<&'a str> {
    match tokens {
        [token] if token.is_name() && !KEYWORDS.contains(&token.text) => Some(token.text),
        _ => None,
    }
}

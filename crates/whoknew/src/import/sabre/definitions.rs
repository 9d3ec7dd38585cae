//! Splits a problem file into definitions and reads each: what it declares, under which names.

use super::expressions::{self, NodeLink, Unread};
use super::lexer::{Token, TokenKind};
use super::{EXPRESSION, Failure, TOO_LARGE, UNREADABLE, failure};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// A name with the place it was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'a> {
    /// The name.
    pub text: &'a str,
    /// Where.
    pub span: Span,
}

/// `name : kind`, or a constant alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct ParameterText<'a> {
    /// The parameter's name, or the constant.
    pub name: Name<'a>,
    /// Its kind; `None`: a constant.
    pub kind: Option<Name<'a>>,
}

/// A kind or an entity with what stands after its colon.
#[derive(Debug)]
pub(super) struct Listed<'a> {
    /// Its name.
    pub name: Name<'a>,
    /// The kinds listed.
    pub kinds: Vec<Name<'a>>,
}

/// A property.
#[derive(Debug)]
pub(super) struct Property<'a> {
    /// Its name.
    pub name: Name<'a>,
    /// Its parameters.
    pub parameters: Vec<ParameterText<'a>>,
    /// The kind of its values.
    pub value: Name<'a>,
}

/// An action or a trigger.
#[derive(Debug)]
pub(super) struct Event<'a> {
    /// Its name.
    pub name: Name<'a>,
    /// Its parameters.
    pub parameters: Vec<ParameterText<'a>>,
    /// `precondition`
    pub precondition: Option<NodeLink<'a>>,
    /// `effect`
    pub effect: Option<NodeLink<'a>>,
    /// `consenting`
    pub consenting: Vec<Name<'a>>,
    /// `observing`, with its parameter.
    pub observing: Option<(ParameterText<'a>, NodeLink<'a>)>,
}

/// A utility.
#[derive(Debug)]
pub(super) struct UtilityText<'a> {
    /// Whose; `None`: the author's.
    pub holder: Option<Name<'a>>,
    /// Its number.
    pub value: NodeLink<'a>,
}

/// All definitions of a file, by kind, each in file order.
#[derive(Debug, Default)]
pub(super) struct Definitions<'a> {
    /// `type`
    pub kinds: Vec<Listed<'a>>,
    /// `entity`
    pub entities: Vec<Listed<'a>>,
    /// `property`
    pub properties: Vec<Property<'a>>,
    /// `action`
    pub actions: Vec<Event<'a>>,
    /// `trigger`
    pub triggers: Vec<Event<'a>>,
    /// Statements about the start.
    pub start: Vec<NodeLink<'a>>,
    /// `utility`
    pub utilities: Vec<UtilityText<'a>>,
}

/// Reads all definitions, or says everything that is wrong with them.
pub(super) fn read<'a>(tokens: &[Token<'a>]) -> Result<Definitions<'a>, Vec<Diagnostic>> {
    let closing = closing_brackets(tokens).map_err(|diagnostic| vec![*diagnostic])?;
    let text = Text { tokens, closing: &closing };
    let mut definitions = Definitions::default();
    let mut diagnostics = Vec::new();
    for (from, to) in text.parts(0, tokens.len()) {
        if let Err(diagnostic) = text.definition(from, to, &mut definitions) {
            diagnostics.push(*diagnostic);
        }
    }
    match tokens.last() {
        Some(last) if !last.is(";") && !last.is("}") => {
            diagnostics.push(*failure(&UNREADABLE, "the last definition does not end with ';'", last.span));
        }
        _ => {}
    }
    if diagnostics.is_empty() { Ok(definitions) } else { Err(diagnostics) }
}

/// For each opening bracket the position of its closing one; 0 for all other tokens.
fn closing_brackets(tokens: &[Token]) -> Result<Vec<usize>, Failure> {
    let mut closing = vec![0; tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => open.push(index),
            ")" | "]" | "}" => {
                let matching = open
                    .pop()
                    .filter(|&start| matches!((tokens[start].text, token.text), ("(", ")") | ("[", "]") | ("{", "}")));
                match matching {
                    Some(start) => closing[start] = index,
                    None => return Err(failure(&UNREADABLE, "this bracket closes nothing", token.span)),
                }
            }
            _ => {}
        }
    }
    match open.last() {
        Some(&start) => Err(failure(&UNREADABLE, "this bracket is never closed", tokens[start].span)),
        None => Ok(closing),
    }
}

struct Text<'t, 'a> {
    tokens: &'t [Token<'a>],
    closing: &'t [usize],
}

impl<'a> Text<'_, 'a> {
    /// The stretches between `;` outside brackets, empty ones left out.
    fn parts(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let (mut start, mut at) = (from, from);
        while at < to {
            if self.tokens[at].is(";") {
                parts.push((start, at));
                start = at + 1;
            }
            at = self.closing[at].max(at) + 1;
        }
        parts.push((start, to));
        parts.retain(|(start, end)| start < end);
        parts
    }

    fn definition(&self, from: usize, to: usize, into: &mut Definitions<'a>) -> Result<(), Failure> {
        let word = self.tokens[from].text;
        // A property may have the name of a keyword: `type(x) = y` is a statement.
        let named = self.tokens.get(from + 1).is_some_and(|next| next.is_name() && from + 1 < to);
        match word {
            "type" if named => into.kinds.push(self.listed(from + 1, to)?),
            "entity" if named => into.entities.push(self.listed(from + 1, to)?),
            "property" if named => into.properties.push(self.property(from + 1, to)?),
            "action" if named => into.actions.push(self.event(from + 1, to)?),
            "trigger" if named => into.triggers.push(self.event(from + 1, to)?),
            "utility" => into.utilities.push(self.utility(from + 1, to)?),
            _ => into.start.push(self.expression(from, to)?),
        }
        Ok(())
    }

    fn listed(&self, from: usize, to: usize) -> Result<Listed<'a>, Failure> {
        let name = self.name(from, to)?;
        if from + 1 == to {
            return Ok(Listed { name, kinds: Vec::new() });
        }
        self.expect(":", from + 1, to)?;
        Ok(Listed { name, kinds: self.names(from + 2, to)? })
    }

    fn property(&self, from: usize, to: usize) -> Result<Property<'a>, Failure> {
        let name = self.name(from, to)?;
        let (parameters, next) = self.parameters(from + 1, to)?;
        self.expect(":", next, to)?;
        let value = self.name(next + 1, to)?;
        self.nothing(next + 2, to)?;
        Ok(Property { name, parameters, value })
    }

    fn event(&self, from: usize, to: usize) -> Result<Event<'a>, Failure> {
        let name = self.name(from, to)?;
        let (parameters, open) = self.parameters(from + 1, to)?;
        self.expect("{", open, to)?;
        let close = self.closing[open];
        self.nothing(close + 1, to)?;
        let mut event =
            Event { name, parameters, precondition: None, effect: None, consenting: Vec::new(), observing: None };
        for (from, to) in self.parts(open + 1, close) {
            self.event_line(from, to, &mut event)?;
        }
        Ok(event)
    }

    fn event_line(&self, from: usize, to: usize, event: &mut Event<'a>) -> Result<(), Failure> {
        match self.tokens[from].text {
            "precondition" => {
                self.expect(":", from + 1, to)?;
                event.precondition = Some(self.expression(from + 2, to)?);
            }
            "effect" => {
                self.expect(":", from + 1, to)?;
                event.effect = Some(self.expression(from + 2, to)?);
            }
            "consenting" => {
                self.expect(":", from + 1, to)?;
                event.consenting = self.names(from + 2, to)?;
            }
            "observing" => {
                let (parameters, next) = self.parameters(from + 1, to)?;
                let [parameter] = parameters[..] else {
                    return Err(self.unreadable("`observing` takes one parameter", from));
                };
                self.expect(":", next, to)?;
                event.observing = Some((parameter, self.expression(next + 1, to)?));
            }
            _ => return Err(self.unreadable("expected `precondition`, `effect`, `consenting` or `observing`", from)),
        }
        Ok(())
    }

    fn utility(&self, from: usize, to: usize) -> Result<UtilityText<'a>, Failure> {
        self.expect("(", from, to)?;
        let close = self.closing[from];
        let holder = if close == from + 1 { None } else { Some(self.name(from + 1, close)?) };
        self.nothing(from + 2, close)?;
        self.expect(":", close + 1, to)?;
        Ok(UtilityText { holder, value: self.expression(close + 2, to)? })
    }

    /// The parameters in the brackets that open at `from`, and the position after them.
    fn parameters(&self, from: usize, to: usize) -> Result<(Vec<ParameterText<'a>>, usize), Failure> {
        self.expect("(", from, to)?;
        let close = self.closing[from];
        let mut parameters = Vec::new();
        let mut at = from + 1;
        while at < close {
            let name = self.name(at, close)?;
            let typed = self.tokens[at + 1].is(":");
            let kind = if typed { Some(self.name(at + 2, close)?) } else { None };
            parameters.push(ParameterText { name, kind });
            at += if typed { 3 } else { 1 };
            if at < close {
                self.expect(",", at, close)?;
                at += 1;
            }
        }
        Ok((parameters, close + 1))
    }

    fn names(&self, from: usize, to: usize) -> Result<Vec<Name<'a>>, Failure> {
        if from >= to {
            return Ok(Vec::new());
        }
        let mut names = vec![self.name(from, to)?];
        for at in (from + 1..to).step_by(2) {
            self.expect(",", at, to)?;
            names.push(self.name(at + 1, to)?);
        }
        Ok(names)
    }

    fn name(&self, at: usize, to: usize) -> Result<Name<'a>, Failure> {
        match self.tokens.get(at) {
            Some(token) if at < to && token.is_name() => Ok(Name { text: token.text, span: token.span }),
            _ => Err(self.unreadable("expected a name", at.min(to))),
        }
    }

    fn expect(&self, symbol: &str, at: usize, to: usize) -> Result<(), Failure> {
        match self.tokens.get(at) {
            Some(token) if at < to && token.kind == TokenKind::Symbol && token.is(symbol) => Ok(()),
            _ if symbol == "," => Err(self.unreadable("expected `,` or `;`", at.min(to))),
            _ => Err(self.unreadable(&format!("expected `{symbol}`"), at.min(to))),
        }
    }

    fn nothing(&self, at: usize, to: usize) -> Result<(), Failure> {
        if at >= to { Ok(()) } else { Err(self.unreadable("expected `;`", at)) }
    }

    fn expression(&self, from: usize, to: usize) -> Result<NodeLink<'a>, Failure> {
        if from >= to {
            return Err(self.unreadable("expected an expression", from.min(to)));
        }
        let span = self.tokens[from].span.to(self.tokens[to - 1].span);
        expressions::read(self.tokens, self.closing, from..to).map_err(|unread| match unread {
            Unread::NoExpression => {
                let mut unreadable = failure(&EXPRESSION, "this expression cannot be read", span);
                unreadable.help.push(self.operators(from..to));
                unreadable
            }
            Unread::TooComplex => {
                let message = failure(&TOO_LARGE, "this expression is nested too deeply, or has too many parts", span);
                Box::new(
                    message.help("take it apart: a trigger can note what is so in a property, which is then asked for"),
                )
            }
        })
    }

    /// What an expression is made of; of what looks like an operator of another language, what it is called here.
    fn operators(&self, range: std::ops::Range<usize>) -> String {
        const OTHERS: [(&str, &str); 6] =
            [("#", "//"), ("and", "&"), ("or", "|"), ("not", "!"), ("implies", "->"), (",", "&")];
        let tokens = self.tokens.get(range).unwrap_or_default();
        for doubled in ["&", "|"] {
            let is_twice = |two: &[Token<'_>]| two.iter().all(|token| token.text == doubled);
            if tokens.windows(2).any(is_twice) {
                return format!("in these files `{doubled}{doubled}` is written `{doubled}`");
            }
        }
        let has = |word: &str| tokens.iter().any(|token| token.text == word);
        if has("?") || has("else") || has("if") {
            return "a choice is written `if(CONDITION) VALUE else VALUE`, with both values".to_owned();
        }
        if has("for") || has("all") {
            return "in these files `for all` is written `forall(NAME : TYPE) …`, and `exists` in the same way"
                .to_owned();
        }
        let other = OTHERS.iter().find(|(other, _)| tokens.iter().any(|token| token.text == *other));
        match other {
            Some((other, ours)) => format!("in these files `{other}` is written `{ours}`"),
            None => "a value stands on both sides of `==`, `!=`, `<`, `>`, `&`, `|`, `->`, `+`, `-`, `*` and `/`, and behind `!`".to_owned(),
        }
    }

    fn unreadable(&self, title: &str, at: usize) -> Failure {
        let token = self.tokens.get(at).or(self.tokens.last());
        let span = token.map_or(super::span(0, 0), |token| token.span);
        let found = match self.tokens.get(at) {
            Some(token) if title.starts_with("expected") => format!(", found `{}`", token.text),
            None if title.starts_with("expected") => ", found the end of the file".to_owned(),
            _ => String::new(),
        };
        failure(&UNREADABLE, format!("{title}{found}"), span)
    }
}

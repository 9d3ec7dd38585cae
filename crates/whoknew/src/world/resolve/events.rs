//! Events as calls, `put(Anne, marble, box)`, whole or with open places; scenes by their names.

use super::arguments::{Argument, Called, Candidate};
use super::codes::{NESTED_FACT, WRONG_KIND};
use super::facts::{Meaning, kinds_at};
use super::{Reported, Resolved, Resolver, Scope};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{AstNode, Call, Formula, FormulaKind};
use crate::world::names::NameKey;
use crate::world::usage::Symbol;
use crate::world::{EventArgument, EventTerm, Expression, FluentTerm};

impl Resolver<'_> {
    /// The event that `call` speaks of. `someone` and `something` are [`EventArgument::Anyone`].
    pub(crate) fn event(&mut self, call: &Call, scope: &mut Scope) -> Resolved<EventTerm> {
        let name = call.name.text();
        let Some(candidates) = self.names.actions.get(&NameKey::new(&name)).cloned() else {
            return Err(self.unknown_action(call, &name, scope));
        };
        let mut arguments = Vec::with_capacity(call.arguments.len());
        let mut failed = false;
        for (position, argument) in call.arguments.iter().enumerate() {
            let taken = candidates.iter().map(|action| self.world.actions[action.index()].parameters.as_slice());
            let kinds = kinds_at(position, taken);
            match self.wanting(&kinds, |resolver| resolver.event_argument(argument, scope)) {
                Ok(value) => arguments.push(Argument { value, span: argument.span }),
                Err(Reported) => failed = true,
            }
        }
        if failed {
            return Err(Reported);
        }
        let described = candidates.iter().enumerate().map(|(index, action)| {
            let action = &self.world.actions[action.index()];
            Candidate { index, parameters: action.parameters.clone(), value: None, span: action.span }
        });
        let described: Vec<Candidate> = described.collect();
        let called = Called { word: "action", name: &name, span: call.span };
        let chosen = candidates[self.choose(called, described, &arguments, scope)?];
        self.used(Symbol::Action(chosen), call.name.span());
        Ok(EventTerm { action: chosen, arguments: arguments.into_iter().map(|argument| argument.value).collect() })
    }

    fn event_argument(&mut self, argument: &Formula, scope: &mut Scope) -> Resolved<EventArgument> {
        match &argument.kind {
            FormulaKind::Name(name) => Ok(match self.meaning(name, scope)? {
                Meaning::Term(term) => EventArgument::Term(term),
                Meaning::Anyone => EventArgument::Anyone,
                Meaning::Statement(variable) => EventArgument::StatementVariable(variable),
                Meaning::Fact(fluent) => {
                    let fact = FluentTerm { fluent, arguments: Vec::new() };
                    EventArgument::Statement(Box::new(Expression::Fluent(fact)))
                }
            }),
            FormulaKind::Number(_) | FormulaKind::Duration(_) | FormulaKind::Negative(_) => {
                match self.sorted(argument, scope)?.expression {
                    Expression::Number(number) => Ok(EventArgument::Number(number)),
                    _ => {
                        let title = "a number as an argument is written in digits";
                        Err(self.report(Diagnostic::new(&WRONG_KIND, title, Some(argument.span))))
                    }
                }
            }
            FormulaKind::Unknown => {
                let title = "`?` cannot be an argument of an action";
                let message = Diagnostic::new(&WRONG_KIND, title, Some(argument.span));
                Err(self
                    .report(message.help("for somebody unknown, write `someone`; for something unknown, `something`")))
            }
            FormulaKind::Call(call) if self.is_value(call) => {
                let (text, name) = (self.sources.slice(argument.span), call.name.text());
                let kinds = self.value_kinds(call);
                let kind = kinds.first().map_or("entity", |kind| self.world.kinds[kind.index()].name.as_str());
                let title = format!("the fact `{name}` cannot be an argument of an action: name who or what it is");
                let help = format!("in a condition: `exists x: {kind} ({text} = x and …)`, with `x` in its place");
                let message = Diagnostic::new(&NESTED_FACT, title, Some(argument.span));
                Err(self.report(message.help(help)))
            }
            _ => self.condition(argument, scope).map(|statement| EventArgument::Statement(Box::new(statement))),
        }
    }
}

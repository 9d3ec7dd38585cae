//! Events as calls, `put(Anne, marble, box)`, whole or with open places; scenes by their names.

use super::arguments::{Argument, Called, Candidate};
use super::codes::{UNKNOWN_ACTION, WRONG_KIND};
use super::facts::Meaning;
use super::{Reported, Resolved, Resolver, Scope};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{AstNode, Call, Formula, FormulaKind};
use crate::world::names::NameKey;
use crate::world::suggest::did_you_mean;
use crate::world::usage::Symbol;
use crate::world::{EventArgument, EventTerm, Expression, FluentTerm};

impl Resolver<'_> {
    /// The event that `call` speaks of. `someone` and `something` are [`EventArgument::Anyone`].
    pub(crate) fn event(&mut self, call: &Call, scope: &mut Scope) -> Resolved<EventTerm> {
        let name = call.name.text();
        let Some(candidates) = self.names.actions.get(&NameKey::new(&name)).cloned() else {
            return Err(self.unknown_action(call, &name));
        };
        let mut arguments = Vec::with_capacity(call.arguments.len());
        let mut failed = false;
        for argument in &call.arguments {
            match self.event_argument(argument, scope) {
                Ok(value) => arguments.push(Argument { value, span: argument.span }),
                Err(Reported) => failed = true,
            }
        }
        if failed {
            return Err(Reported);
        }
        let described = candidates.iter().enumerate().map(|(index, action)| {
            let action = &self.world.actions[action.index()];
            Candidate { index, parameters: action.parameters.clone(), span: action.span }
        });
        let described: Vec<Candidate> = described.collect();
        let called = Called { word: "action", name: &name, span: call.span };
        let chosen = candidates[self.choose(called, described, &arguments, scope)?];
        self.used(Symbol::Action(chosen), call.name.span());
        Ok(EventTerm { action: chosen, arguments: arguments.into_iter().map(|argument| argument.value).collect() })
    }

    fn unknown_action(&mut self, call: &Call, name: &str) -> Reported {
        if self.names.may_be_broken(name) {
            return Reported;
        }
        let span = call.name.span();
        if self.names.fluents.contains_key(&NameKey::new(name)) {
            let title = format!("`{name}` is a fact, where an action is meant");
            return self.report(Diagnostic::new(&UNKNOWN_ACTION, title, Some(span)));
        }
        let message = Diagnostic::new(&UNKNOWN_ACTION, format!("there is no action `{name}`"), Some(span));
        let names = self.world.actions.iter().map(|action| action.name.as_str());
        let message = match self.suggesting().then(|| did_you_mean(name, names)).flatten() {
            Some(question) => message.help(question),
            None => message,
        };
        self.report(message)
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
            _ => self.condition(argument, scope).map(|statement| EventArgument::Statement(Box::new(statement))),
        }
    }
}

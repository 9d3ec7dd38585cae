//! What to say of arguments that do not fit: of another kind, too many, too few, in another order.

use super::arguments::{Argument, Called, Candidate};
use super::codes::{WRONG_COUNT, WRONG_KIND};
use super::repeats::Missing;
use super::{Reported, Resolver, Scope, Variable, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::world::usage::Symbol;
use crate::world::{EventArgument, KindId, ParameterKind, Term, ValueKind, VariableId};

/// Longer lists of arguments are not tried in another order.
const MOST_REORDERED: usize = 5;

impl Resolver<'_> {
    /// Says what does not fit. Of several candidates, the one whose first arguments fit furthest is meant.
    pub(super) fn report_misfit(
        &mut self,
        called: Called<'_>,
        candidates: &[Candidate],
        arguments: &[Argument],
        scope: &Scope,
    ) -> Reported {
        let position = |candidate: &Candidate| self.misfit(candidate, arguments, scope).unwrap_or(0);
        let furthest = candidates.iter().map(position).max().unwrap_or(0);
        let meant: Vec<&Candidate> = candidates.iter().filter(|candidate| position(candidate) == furthest).collect();
        let Some(argument) = arguments.get(furthest) else { return Reported };
        let is = self.argument_is(argument, scope);
        let mut taken: Vec<String> = Vec::new();
        for candidate in &meant {
            let takes = self.parameter_takes(&candidate.parameters[furthest].kind);
            if !taken.contains(&takes) {
                taken.push(takes);
            }
        }
        let taken = taken.join(" or ");
        let title = format!("the {} `{}` takes {taken} here, but {is}", called.word, called.name);
        let mut message = Diagnostic::new(&WRONG_KIND, title, Some(argument.span)).at(format!("not {taken}"));
        message = self.label_declared(called, meant.iter().copied(), message);
        let help = match self.reordered(called, &meant, arguments, scope) {
            Some(order) => Some(format!("did you mean `{order}`?")),
            None => self
                .too_general(argument, &meant, furthest, scope)
                .or_else(|| self.as_value(called, argument, &meant, scope)),
        };
        let message = help.into_iter().fold(message, Diagnostic::help);
        // What is of a wrong kind once is so wherever else it stands in this place.
        let place = meant.first().map(|candidate| candidate.span);
        self.report_once(Missing::Fit, &format!("{place:?} {furthest} {is}"), message)
    }

    /// Adds where each of the candidates is declared, and what it takes.
    fn label_declared<'c>(
        &self,
        called: Called<'_>,
        candidates: impl Iterator<Item = &'c Candidate>,
        message: Diagnostic,
    ) -> Diagnostic {
        candidates.fold(message, |message, candidate| {
            let declared = format!("declared here: {}", self.signature_text(called.name, candidate));
            message.label(candidate.span, declared)
        })
    }

    /// The call with its arguments in another order, if they fit so.
    fn reordered(
        &self,
        called: Called<'_>,
        meant: &[&Candidate],
        arguments: &[Argument],
        scope: &Scope,
    ) -> Option<String> {
        if arguments.len() > MOST_REORDERED {
            return None;
        }
        for first in 0..arguments.len() {
            for second in first + 1..arguments.len() {
                let mut order = arguments.to_vec();
                order.swap(first, second);
                if meant.iter().any(|candidate| self.misfit(candidate, &order, scope).is_none()) {
                    let texts: Vec<&str> = order.iter().map(|argument| self.sources.slice(argument.span)).collect();
                    return Some(format!("{}({})", called.name, texts.join(", ")));
                }
            }
        }
        None
    }

    /// That what is no argument of a fact can be its value.
    fn as_value(&self, called: Called<'_>, argument: &Argument, meant: &[&Candidate], scope: &Scope) -> Option<String> {
        let takes = |candidate: &&&Candidate| match &candidate.value {
            Some(ValueKind::Entity(kinds)) => {
                self.argument_fits(&argument.value, &ParameterKind::Entity(kinds.clone()), scope)
            }
            _ => false,
        };
        meant.iter().find(takes)?;
        let (name, text) = (called.name, self.sources.slice(argument.span));
        Some(format!("{text} can be its value: `{name}(…) = {text}`"))
    }

    /// That a variable may hold more than is taken.
    fn too_general(&self, argument: &Argument, meant: &[&Candidate], position: usize, scope: &Scope) -> Option<String> {
        let EventArgument::Term(Term::Variable(variable)) = &argument.value else { return None };
        let Some(Variable { kind: VariableKind::Entity(kinds), name, .. }) = scope.variable(*variable) else {
            return None;
        };
        let taken = meant.iter().filter_map(|candidate| match &candidate.parameters[position].kind {
            ParameterKind::Entity(kinds) => Some(kinds),
            _ => None,
        });
        let takes: Vec<KindId> = taken.flatten().copied().collect();
        if takes.is_empty() || !self.kinds_overlap(kinds, &takes) {
            return None;
        }
        let (any, narrow) = (self.kind_names(kinds), self.kind_names(&takes));
        if self.is_parameter_of_pack(*variable) {
            return Some(format!("{name} may be any {any}, as the pack declares it: let it take {any} there"));
        }
        Some(format!("{name} may be any {any}: declare it narrower, as `{name}: {narrow}`, or take {any} there"))
    }

    /// Whether a pack declares the variable: below `extend` its kind cannot be changed.
    fn is_parameter_of_pack(&self, variable: VariableId) -> bool {
        let world = &self.world;
        let declared = match self.inside {
            Some(Symbol::Action(id)) => {
                world.actions.get(id.index()).map(|action| (action.span, action.parameters.len()))
            }
            Some(Symbol::Trigger(id)) => world.triggers.get(id.index()).map(|rule| (rule.span, rule.parameters.len())),
            _ => None,
        };
        declared.is_some_and(|(span, parameters)| !world.is_own(span) && variable.index() < parameters)
    }

    /// Says how many arguments are taken, and how to write what may be meant.
    pub(super) fn report_wrong_count(
        &mut self,
        called: Called<'_>,
        candidates: &[Candidate],
        arguments: &[Argument],
        scope: &Scope,
    ) -> Reported {
        let mut counts: Vec<usize> = candidates.iter().map(|candidate| candidate.parameters.len()).collect();
        counts.sort_unstable();
        counts.dedup();
        let taken: Vec<String> =
            counts.iter().map(|count| if *count == 0 { "no".to_owned() } else { count.to_string() }).collect();
        let plural = if counts == [1] { "" } else { "s" };
        let title = format!(
            "the {} `{}` takes {} argument{plural}, not {}",
            called.word,
            called.name,
            taken.join(" or "),
            arguments.len()
        );
        let mut message = Diagnostic::new(&WRONG_COUNT, title, Some(called.span));
        message = self.label_declared(called, candidates.iter(), message);
        let help = self.other_count(called, candidates, arguments, scope);
        self.report(help.into_iter().fold(message, Diagnostic::help))
    }

    /// How what has too many or too few arguments is written.
    fn other_count(
        &self,
        called: Called<'_>,
        candidates: &[Candidate],
        arguments: &[Argument],
        scope: &Scope,
    ) -> Option<String> {
        let texts: Vec<&str> = arguments.iter().map(|argument| self.sources.slice(argument.span)).collect();
        let [candidate] = candidates else { return None };
        let (name, taken) = (called.name, candidate.parameters.len());
        let first_fit = || self.misfit(candidate, &arguments[..taken.min(arguments.len())], scope).is_none();
        let has_value = candidate.value.as_ref().is_some_and(|value| *value != ValueKind::Boolean);
        match (&candidate.value, texts.as_slice()) {
            (Some(_), [rest @ .., last]) if has_value && rest.len() == taken && first_fit() => {
                Some(format!("the value stands outside of the brackets: `{name}({}) = {last}`", rest.join(", ")))
            }
            (Some(ValueKind::Boolean), several) if taken == 1 && several.len() > 1 => {
                let each: Vec<String> = several.iter().map(|one| format!("{name}({one})")).collect();
                Some(format!("say it of each: `{}`", each.join(" and ")))
            }
            (Some(_), [_, ..]) if taken == 0 => Some(format!("write `{name}` alone")),
            (Some(_), given) if given.len() < taken => {
                let missing: Vec<String> = candidate.parameters[given.len()..]
                    .iter()
                    .map(|parameter| format!("`{}` ({})", parameter.name, self.parameter_takes(&parameter.kind)))
                    .collect();
                Some(format!("this is missing: {}", missing.join(", ")))
            }
            (None, given) if given.len() < taken => {
                let missing: Vec<String> = candidate.parameters[given.len()..]
                    .iter()
                    .map(|parameter| format!("`{}`", parameter.name))
                    .collect();
                let open = candidate.parameters[given.len()..].iter().map(|parameter| match &parameter.kind {
                    ParameterKind::Entity(kinds)
                        if self.kinds_within(kinds, &[crate::world::World::CHARACTER_KIND]) =>
                    {
                        "someone"
                    }
                    _ => "something",
                });
                let all: Vec<&str> = given.iter().copied().chain(open).collect();
                let (missing, all) = (missing.join(", "), all.join(", "));
                Some(format!(
                    "{missing} is missing; where any will do, in `happened` and `times`, write `{name}({all})`"
                ))
            }
            _ => None,
        }
    }
}

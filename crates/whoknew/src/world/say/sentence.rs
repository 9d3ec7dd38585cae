//! Printing by sentence patterns.

use super::formula::{Binds, binds, number, sign};
use super::{Speaker, duration, list};
use crate::world::everybody::{Crowd, SaidOf, said_of};
use crate::world::sentences::{is_article, is_possessive, opposites};
use crate::world::whereabouts::known_in;
use crate::world::{
    Comparison, EventArgument, EventTerm, Expression, FluentTerm, KindId, Parameter, ParameterKind, Quantifier,
    Sentence, SentencePart, Term, TriggerId, ValueKind, VariableId, World,
};

impl Speaker<'_> {
    /// Literals as sentences, everything else as a formula around them.
    pub(super) fn expression(&self, expression: &Expression) -> String {
        if let Some(said) = said_of(self.world, expression) {
            return self.crowd(&said);
        }
        if let Some((who, thing)) = known_in(self.world, expression) {
            return format!("{} knows where {} is", self.term(who), self.term(Term::Entity(thing)));
        }
        match expression {
            Expression::Fluent(fact) => self.fact(fact, None, true),
            Expression::Compare(comparison, left, right) => self.comparison(*comparison, left, right),
            Expression::Happened(event) => self.past(event),
            Expression::Not(inner) => self.negation(inner),
            Expression::Believes(holder, inner) => self.attitude(*holder, "believes", "that", inner),
            Expression::Knows(holder, inner) => self.attitude(*holder, "knows", "that", inner),
            Expression::KnowsWhether(holder, inner) => self.whether(&self.term(*holder), "knows", inner),
            Expression::Wonders(holder, inner) => self.attitude(*holder, "wonders", "whether", inner),
            Expression::And(parts) if !parts.is_empty() => self.joined_sentences(parts, " and "),
            Expression::Or(parts) if !parts.is_empty() => self.joined_sentences(parts, " or "),
            Expression::If(tests, otherwise) if **otherwise == Expression::Number(0.0) => match tests.as_slice() {
                [(test, Expression::Number(_))] => self.expression(test),
                _ => self.formula(expression),
            },
            Expression::Quantified(quantifier, binding, body) => self.quantified(*quantifier, binding, body),
            other => self.formula(other),
        }
    }

    fn joined_sentences(&self, parts: &[Expression], word: &str) -> String {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| {
                let text = self.expression(part);
                if binds(part) <= Binds::And { format!("({text})") } else { text }
            })
            .collect();
        parts.join(word)
    }

    fn comparison(&self, comparison: Comparison, left: &Expression, right: &Expression) -> String {
        let positive = match comparison {
            Comparison::Equal => true,
            Comparison::NotEqual => false,
            bound => return self.bounded(bound, left, right),
        };
        match (left, right) {
            (Expression::Fluent(fact), Expression::Boolean(value)) if positive => self.fact(fact, None, *value),
            (Expression::Fluent(fact), Expression::Unknown) if self.is_boolean(fact) => {
                let unknown = format!("it is unknown whether {}", self.fact(fact, None, true));
                if positive { unknown } else { format!("it is not so that {unknown}") }
            }
            (Expression::Fluent(fact), Expression::Entity(_) | Expression::Number(_) | Expression::Unknown)
                if self.has_pattern(fact) =>
            {
                self.fact(fact, Some(right), positive)
            }
            (Expression::Fluent(fact), Expression::Fluent(other)) if self.are_whereabouts(fact, other) => {
                self.in_the_same_place(fact, other, positive)
            }
            _ => self.plain_comparison(comparison, left, right),
        }
    }

    /// A number that is at least, at most, more or less than another.
    fn bounded(&self, comparison: Comparison, left: &Expression, right: &Expression) -> String {
        match (left, bound_words(comparison)) {
            (Expression::Fluent(fact), Some(words)) if is_plain_number(right) && self.has_pattern(fact) => {
                self.fact_valued(fact, Some(format!("{words} {}", self.plain_number(right))), true)
            }
            (Expression::Times { event, since, until }, Some(words)) if is_plain_number(right) => {
                self.happened_often(&format!("{words} {}", self.often(right)), event, (*since, *until))
            }
            (Expression::Time, Some(words)) => match right {
                Expression::Number(minutes) => format!("{words} {} have passed", duration(*minutes)),
                _ => self.plain_comparison(comparison, left, right),
            },
            _ => self.plain_comparison(comparison, left, right),
        }
    }

    fn plain_number(&self, amount: &Expression) -> String {
        match amount {
            Expression::Number(value) if *value < 0.0 => format!("minus {}", number(-value)),
            other => self.formula(other),
        }
    }

    fn plain_comparison(&self, comparison: Comparison, left: &Expression, right: &Expression) -> String {
        let side = |expression: &Expression| {
            let text = self.formula(expression);
            if binds(expression) < Binds::Sum { format!("({text})") } else { text }
        };
        format!("{} {} {}", side(left), sign(comparison), side(right))
    }

    fn negation(&self, inner: &Expression) -> String {
        if let Some(said) = said_of(self.world, inner) {
            return format!("it is not so that {}", self.crowd(&said));
        }
        if let Some((who, thing)) = known_in(self.world, inner) {
            return format!("{} does not know where {} is", self.term(who), self.term(Term::Entity(thing)));
        }
        match inner {
            Expression::Fluent(fact) if self.is_boolean(fact) => self.fact(fact, None, false),
            Expression::Compare(Comparison::Equal, left, right) => self.comparison(Comparison::NotEqual, left, right),
            Expression::Compare(Comparison::NotEqual, left, right) => self.comparison(Comparison::Equal, left, right),
            Expression::Believes(holder, inner) => self.attitude(*holder, "does not believe", "that", inner),
            Expression::Knows(holder, inner) => self.attitude(*holder, "does not know", "that", inner),
            Expression::KnowsWhether(holder, inner) => self.whether(&self.term(*holder), "does not know", inner),
            Expression::Wonders(holder, inner) => self.attitude(*holder, "does not wonder", "whether", inner),
            Expression::Happened(event) if self.is_sayable_event(event) => {
                format!("it never happened that {}", self.told_past(event))
            }
            Expression::Quantified(Quantifier::Exists, binding, body) if self.is_about_one(binding, body) => {
                self.of_some("no", binding, body)
            }
            other => self.formula(&Expression::Not(Box::new(other.clone()))),
        }
    }

    /// `nobody knows that …`, `only Anna and Ben know whether …`
    fn crowd(&self, said: &SaidOf<'_>) -> String {
        let names = |names: &[Term]| {
            let names: Vec<String> = names.iter().map(|&name| self.term(name)).collect();
            list(&names)
        };
        let (holder, several) = match &said.crowd {
            Crowd::Everyone => ("everyone".to_owned(), false),
            Crowd::NotEveryone => ("not everyone".to_owned(), false),
            Crowd::Nobody => ("nobody".to_owned(), false),
            Crowd::Somebody => ("somebody".to_owned(), false),
            Crowd::Only(named) => (format!("only {}", names(named)), named.len() > 1),
            Crowd::AllBut(named) => (format!("everyone but {}", names(named)), false),
        };
        let (held, denied) = match said.held {
            Expression::Not(inner) => (&**inner, said.crowd == Crowd::Somebody),
            held => (held, false),
        };
        if let Some((_, thing)) = known_in(self.world, held) {
            let (thing, verb) = (self.term(Term::Entity(thing)), if several { "know" } else { "knows" });
            let verb = if denied { "does not know" } else { verb };
            return format!("{holder} {verb} where {thing} is");
        }
        let (verb, word, inner) = match held {
            Expression::Believes(_, inner) => ("believe", "that", inner),
            Expression::Knows(_, inner) => ("know", "that", inner),
            Expression::KnowsWhether(_, inner) => ("know", "whether", inner),
            Expression::Wonders(_, inner) => ("wonder", "whether", inner),
            other => return self.formula(other),
        };
        let verb = match (denied, several) {
            (true, _) => format!("does not {verb}"),
            (false, true) => verb.to_owned(),
            (false, false) => format!("{verb}s"),
        };
        self.held_in_words(&holder, &verb, word, inner)
    }

    /// `Ben knows whether the safe is open`, `Ben knows who has the key`.
    fn whether(&self, holder: &str, verb: &str, inner: &Expression) -> String {
        let asked = match inner {
            Expression::Fluent(fact) => self.asked_who(fact),
            _ => None,
        };
        match asked {
            Some(asked) => format!("{holder} {verb} {asked}"),
            None => self.held_in_words(holder, verb, "whether", inner),
        }
    }

    fn attitude(&self, holder: Term, verb: &str, word: &str, inner: &Expression) -> String {
        self.held_in_words(&self.term(holder), verb, word, inner)
    }

    fn held_in_words(&self, holder: &str, verb: &str, word: &str, inner: &Expression) -> String {
        if self.is_statement(inner) {
            return format!("{holder} {verb} {word} {}", self.expression(inner));
        }
        format!("{holder} {verb} {word} ({})", self.expression(inner))
    }

    /// Whether it is printed as one sentence, so that it can follow `that`.
    fn is_statement(&self, expression: &Expression) -> bool {
        if let Some(said) = said_of(self.world, expression) {
            return self.is_statement(said.held);
        }
        if known_in(self.world, expression).is_some() {
            return true;
        }
        match expression {
            Expression::Fluent(fact) => self.has_pattern(fact),
            Expression::Happened(_) | Expression::Statement(_) => true,
            Expression::Quantified(Quantifier::Exists, binding, body) => self.is_about_one(binding, body),
            Expression::Compare(Comparison::Equal | Comparison::NotEqual, left, right) => {
                let value = matches!(
                    **right,
                    Expression::Entity(_) | Expression::Number(_) | Expression::Unknown | Expression::Boolean(_)
                );
                value && matches!(&**left, Expression::Fluent(fact) if self.has_pattern(fact))
            }
            Expression::Compare(_, left, right) => match &**left {
                Expression::Times { .. } => is_plain_number(right),
                Expression::Fluent(fact) => is_plain_number(right) && self.has_pattern(fact),
                Expression::Time => matches!(**right, Expression::Number(_)),
                _ => false,
            },
            Expression::Not(inner)
            | Expression::Believes(_, inner)
            | Expression::Knows(_, inner)
            | Expression::KnowsWhether(_, inner)
            | Expression::Wonders(_, inner) => self.is_statement(inner),
            _ => false,
        }
    }

    pub(super) fn is_boolean(&self, fact: &FluentTerm) -> bool {
        self.world.fluents[fact.fluent.index()].value == ValueKind::Boolean
    }

    pub(super) fn has_pattern(&self, fact: &FluentTerm) -> bool {
        !self.world.fluents[fact.fluent.index()].sentences.is_empty()
    }

    fn is_sayable_event(&self, event: &EventTerm) -> bool {
        !self.world.actions[event.action.index()].sentences.is_empty()
    }

    /// A fact with its value; without one a yes/no fact, or the question after the value.
    fn fact(&self, fact: &FluentTerm, value: Option<&Expression>, positive: bool) -> String {
        let fluent = &self.world.fluents[fact.fluent.index()];
        if fluent.sentences.is_empty() {
            return self.plain_fact(fact, value, positive);
        }
        if let (Some(Expression::Unknown), false) = (value, self.is_boolean(fact)) {
            let none = self.without_value(fact);
            return if positive { none } else { format!("it is not so that {none}") };
        }
        self.fact_valued(fact, Some(self.value(&fluent.value, value)), positive)
    }

    /// `nobody has the key`: that a fact has no value.
    fn without_value(&self, fact: &FluentTerm) -> String {
        let fluent = &self.world.fluents[fact.fluent.index()];
        match fluent.none_sentences.first() {
            Some(sentence) => self.fill(sentence, &fluent.parameters, &|part| match part {
                SentencePart::Slot(index) => fact.arguments.get(*index).map(|&term| self.term(term)),
                _ => None,
            }),
            None => self.fact_valued(fact, Some(self.value(&fluent.value, Some(&Expression::Unknown))), true),
        }
    }

    /// A fact whose value is left open: `the marble is in …`.
    pub(super) fn open_fact(&self, fact: &FluentTerm) -> String {
        if self.is_boolean(fact) {
            return self.fact(fact, None, true);
        }
        if self.has_pattern(fact) {
            return self.fact_valued(fact, Some("…".to_owned()), true);
        }
        format!("{} = …", self.fluent(fact))
    }

    /// The same with its value in words, for facts with patterns.
    pub(super) fn fact_valued(&self, fact: &FluentTerm, value: Option<String>, positive: bool) -> String {
        let fluent = &self.world.fluents[fact.fluent.index()];
        let negated = fluent.negative_sentences.first().cloned().or_else(|| fluent.sentences.iter().find_map(opposite));
        let (sentence, introduced) = match (fluent.sentences.first(), negated) {
            (Some(sentence), _) if positive => (sentence.clone(), false),
            (Some(_), Some(negated)) => (negated, false),
            (Some(sentence), None) => (sentence.clone(), true),
            (None, _) => return self.plain_fact(fact, None, positive),
        };
        let filled = self.fill(&sentence, &fluent.parameters, &|part| match part {
            SentencePart::Slot(index) => fact.arguments.get(*index).map(|&term| self.term(term)),
            _ => value.clone(),
        });
        if introduced { format!("it is not so that {filled}") } else { filled }
    }

    fn plain_fact(&self, fact: &FluentTerm, value: Option<&Expression>, positive: bool) -> String {
        let fluent = self.fluent(fact);
        match value {
            Some(value) => format!("{fluent} {} {}", if positive { "=" } else { "!=" }, self.formula(value)),
            None if positive => fluent,
            None => format!("not {fluent}"),
        }
    }

    fn value(&self, kind: &ValueKind, value: Option<&Expression>) -> String {
        match value {
            Some(Expression::Unknown) => match kind {
                ValueKind::Entity(kinds) => self.none_of(kinds),
                ValueKind::Number | ValueKind::Boolean => format!("an unknown {}", self.value_kind(kind)),
            },
            Some(Expression::Number(value)) if *value < 0.0 => format!("minus {}", number(-value)),
            Some(value) => self.formula(value),
            None => format!("this or that {}", self.value_kind(kind)),
        }
    }

    fn value_kind(&self, kind: &ValueKind) -> String {
        match kind {
            ValueKind::Entity(kinds) => self.kinds(kinds),
            ValueKind::Number | ValueKind::Boolean => "number".to_owned(),
        }
    }

    /// `nobody`, `nothing`, `no place or container`
    fn none_of(&self, kinds: &[KindId]) -> String {
        if kinds.iter().all(|&kind| self.world.is_subkind(kind, World::CHARACTER_KIND)) {
            return "nobody".to_owned();
        }
        match self.kinds(kinds).as_str() {
            "thing" | "entity" => "nothing".to_owned(),
            kinds => format!("no {kinds}"),
        }
    }

    pub(super) fn kinds(&self, kinds: &[KindId]) -> String {
        let names: Vec<&str> = kinds.iter().map(|&kind| self.kind(kind)).collect();
        names.join(" or ")
    }

    pub(super) fn event(&self, event: &EventTerm) -> String {
        let action = &self.world.actions[event.action.index()];
        match action.sentences.first() {
            Some(sentence) => self.fill_event(sentence, event),
            None => self.call(event),
        }
    }

    pub(super) fn past(&self, event: &EventTerm) -> String {
        let action = &self.world.actions[event.action.index()];
        match action.past_sentences.first() {
            Some(sentence) => self.fill_event(sentence, event),
            None if action.sentences.is_empty() => format!("happened({})", self.call(event)),
            None => format!("it happened that {}", self.event(event)),
        }
    }

    /// `Sally put the marble in the box`, or as it is told where no past is declared.
    pub(super) fn told_past(&self, event: &EventTerm) -> String {
        let past = self.world.actions[event.action.index()].past_sentences.first();
        past.map_or_else(|| self.event(event), |sentence| self.fill_event(sentence, event))
    }

    fn fill_event(&self, sentence: &Sentence, event: &EventTerm) -> String {
        let parameters = &self.world.actions[event.action.index()].parameters;
        self.fill(sentence, parameters, &|part| {
            let SentencePart::Slot(index) = part else { return None };
            let parameter = parameters.get(*index)?;
            Some(self.event_argument(parameter, event.arguments.get(*index)?))
        })
    }

    fn event_argument(&self, parameter: &Parameter, argument: &EventArgument) -> String {
        match argument {
            EventArgument::Term(term) => self.term(*term),
            EventArgument::Anyone => self.anyone(parameter).to_owned(),
            EventArgument::Statement(statement) => self.expression(statement),
            EventArgument::StatementVariable(variable) => (self.variables)(*variable),
            EventArgument::Number(value) if *value < 0.0 => format!("minus {}", number(-value)),
            EventArgument::Number(value) => number(*value),
        }
    }

    pub(super) fn anyone(&self, parameter: &Parameter) -> &'static str {
        match &parameter.kind {
            ParameterKind::Entity(kinds)
                if kinds.iter().all(|&kind| self.world.is_subkind(kind, World::CHARACTER_KIND)) =>
            {
                "someone"
            }
            _ => "something",
        }
    }

    pub(super) fn rule(&self, rule: TriggerId) -> String {
        let trigger = &self.world.triggers[rule.index()];
        let name = |index: usize| (self.variables)(VariableId::from_index(index));
        match trigger.sentences.first() {
            Some(sentence) => self.fill(sentence, &trigger.parameters, &|part| match part {
                SentencePart::Slot(index) => Some(name(*index)),
                _ => None,
            }),
            None => {
                let arguments: Vec<String> = (0..trigger.parameters.len()).map(name).collect();
                format!("{}({})", trigger.name, arguments.join(", "))
            }
        }
    }

    /// The words of a pattern with its slots filled. An article before a slot gives way to the filling's own.
    fn fill(
        &self,
        sentence: &Sentence,
        parameters: &[Parameter],
        filling: &dyn Fn(&SentencePart) -> Option<String>,
    ) -> String {
        let mut words: Vec<String> = Vec::new();
        for part in &sentence.parts {
            let SentencePart::Word(forms) = part else {
                let filled = filling(part).unwrap_or_else(|| constant(part, parameters, self));
                if has_determiner(&filled) && words.last().is_some_and(|word| is_article(&word.to_lowercase())) {
                    words.pop();
                }
                words.push(filled);
                continue;
            };
            words.push(forms.first().cloned().unwrap_or_default());
        }
        join(&words)
    }
}

/// `at least`, for comparisons that bound a number.
fn bound_words(comparison: Comparison) -> Option<&'static str> {
    match comparison {
        Comparison::Less => Some("less than"),
        Comparison::LessOrEqual => Some("at most"),
        Comparison::Greater => Some("more than"),
        Comparison::GreaterOrEqual => Some("at least"),
        Comparison::Equal | Comparison::NotEqual => None,
    }
}

/// A number, or a parameter that stands for one.
fn is_plain_number(amount: &Expression) -> bool {
    matches!(amount, Expression::Number(_) | Expression::Entity(Term::Variable(_)))
}

fn opposite(sentence: &Sentence) -> Option<Sentence> {
    opposites(sentence).into_iter().next()
}

fn constant(part: &SentencePart, parameters: &[Parameter], speaker: &Speaker<'_>) -> String {
    match part {
        SentencePart::Slot(index) => match parameters.get(*index).map(|parameter| &parameter.kind) {
            Some(ParameterKind::Constant(entity)) => speaker.term(Term::Entity(*entity)),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

/// Whether a filling brings a word that stands where an article would.
fn has_determiner(filled: &str) -> bool {
    let mut words = filled.split(' ');
    let Some(first) = words.next() else { return false };
    let first = first.to_lowercase();
    is_article(&first) && words.next().is_some()
        || filled.starts_with("this or that ")
        || matches!(first.as_str(), "someone" | "something" | "nobody" | "nothing" | "no" | "some" | "every")
}

fn join(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        if !text.is_empty() && !matches!(word.as_str(), "," | ":") && !is_possessive(word) {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

//! What to say of facts and actions that nobody declares.

use super::codes::{NOTHING_TO_EXTEND, UNKNOWN_ACTION, UNKNOWN_FACT};
use super::repeats::Missing;
use super::signatures::{Signature, Term};
use super::{Reported, Resolver, Scope, VariableKind};
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{AstNode, Call, Formula, FormulaKind, Name};
use crate::world::names::NameKey;
use crate::world::packs::{self, Pack, PackSentence};
use crate::world::sentences::lines_below_action;
use crate::world::suggest::did_you_mean;
use crate::world::{KindId, Sentence, SentencePart, ValueKind, World};

/// Words that stand between somebody and a condition, though other languages write them as facts.
const ATTITUDES: &[(&str, &str)] = &[
    ("believes", "believes"),
    ("believe", "believes"),
    ("thinks", "thinks"),
    ("think", "thinks"),
    ("knows", "knows"),
    ("know", "knows"),
    ("wonders", "wonders whether"),
];

/// At most so many facts that an action changes are named.
const MOST_FACTS: usize = 3;

/// A fact or action with a sentence in which a word stands.
struct Said {
    name: String,
    sentence: String,
    opposite: bool,
    has_value: bool,
}

impl Resolver<'_> {
    /// Reports that there is no fact of the name that is called.
    pub(super) fn unknown_fact(&mut self, call: &Call, name: &str, scope: &Scope) -> Reported {
        let span = call.name.span();
        if self.is_missed_again(Missing::Fact, name, span) || self.names.may_be_broken(name) {
            return Reported;
        }
        if self.names.actions.contains_key(&NameKey::new(name)) {
            let title = format!("`{name}` is an action, where a fact or value is meant");
            let message = Diagnostic::new(&UNKNOWN_FACT, title, Some(span));
            return self.report(message.help(format!("to ask whether it has happened, write `happened({name}(…))`")));
        }
        let message = Diagnostic::new(&UNKNOWN_FACT, format!("there is no fact `{name}`"), Some(span));
        if let Some(attitude) = self.attitude_text(call) {
            return self.report(message.help(format!("write it between who and what: `{attitude}`")));
        }
        let facts = self.world.fluents.iter().map(|fluent| fluent.name.as_str());
        if let Some(question) = self.suggesting().then(|| did_you_mean(name, facts)).flatten() {
            return self.report_missing(Missing::Fact, &[name], message.help(question));
        }
        if !self.suggesting() {
            return self.report_missing(Missing::Fact, &[name], message);
        }
        if let (Some(kind), Some(argument)) = (self.names.kind(name), call.arguments.first()) {
            let kind = super::kinds::with_article(&self.world.kinds[kind.index()].name);
            let help = format!(
                "it is a kind; whether somebody is of it is written `{} is {kind}`",
                self.sources.slice(argument.span)
            );
            return self.report(message.help(help));
        }
        if let Some(said) = self.fact_said(name) {
            let not = if said.opposite { "the opposite of " } else { "" };
            let write = if said.opposite { "not " } else { "" };
            let value = if said.has_value { " = …" } else { "" };
            let help = format!(
                "\"{}\" is said of {not}the fact `{}`: write `{write}{}(…){value}`",
                said.sentence, said.name, said.name
            );
            return self.report_missing(Missing::Fact, &[name], message.help(help));
        }
        if let Some(pack) = packs::declaring("fact", name) {
            return self.report_declared_in(pack, message);
        }
        if let Some(sentence) = packs::sentence_with("fact", name) {
            return self.report_sentence_of(&sentence, call, message);
        }
        if let (Some(location), Some(argument)) = (self.location_meant(name), call.arguments.first()) {
            let argument = self.sources.slice(argument.span);
            let help =
                format!("where somebody is, is the value of the fact `{location}`: `{location}({argument}) = …`");
            return self.report_missing(Missing::Fact, &[name], message.help(help));
        }
        let message = message.help(self.declaring(call, "fact", scope));
        self.report_missing(Missing::Fact, &[name], message)
    }

    /// Whether a call names an action and no fact.
    pub(super) fn is_action_only(&self, call: &Call) -> bool {
        let key = NameKey::new(&call.name.text());
        self.names.actions.contains_key(&key) && !self.names.fluents.contains_key(&key)
    }

    /// Reports that an action is made so.
    pub(super) fn report_action_made(&mut self, call: &Call) -> Reported {
        let name = call.name.text();
        let title = format!("`{name}` is an action: it happens, it is not made so");
        let message = Diagnostic::new(&UNKNOWN_FACT, title, Some(call.name.span()));
        let actions = self.names.actions.get(&NameKey::new(&name)).cloned().unwrap_or_default();
        let facts = actions.first().map(|&action| self.facts_made_by(action)).unwrap_or_default();
        self.report(match facts.as_slice() {
            [] => message.help("make facts so; what follows by itself is a `rule`"),
            facts => message.help(format!("make so the facts that it changes: {}", facts.join(", "))),
        })
    }

    /// The first facts that an action changes, with their sentences.
    pub(super) fn facts_made_by(&self, action: crate::world::ActionId) -> Vec<String> {
        let mut made: Vec<crate::world::FluentId> = Vec::new();
        self.world.actions[action.index()].effect.for_each_fact(&mut |fact| {
            if !made.contains(&fact.fluent) {
                made.push(fact.fluent);
            }
        });
        made.into_iter().take(MOST_FACTS).map(|fluent| self.fact_with_sentence(fluent)).collect()
    }

    /// Reports that there is no action of the name that is called.
    pub(super) fn unknown_action(&mut self, call: &Call, name: &str, scope: &Scope) -> Reported {
        let span = call.name.span();
        if self.is_missed_again(Missing::Action, name, span) || self.names.may_be_broken(name) {
            return Reported;
        }
        if let Some(fluents) = self.names.fluents.get(&NameKey::new(name)) {
            let title = format!("`{name}` is a fact, where an action is meant");
            let message = Diagnostic::new(&UNKNOWN_ACTION, title, Some(span));
            let actions: Vec<String> =
                self.actions_making(fluents).into_iter().map(|name| format!("`{name}`")).collect();
            return self.report(match actions.as_slice() {
                [] => {
                    message.help("no action makes it so; to check a fact, write `claim …`, to make it so, `assume …`")
                }
                actions => message.help(format!("name an action that makes it so: {}", actions.join(", "))),
            });
        }
        let message = Diagnostic::new(&UNKNOWN_ACTION, format!("there is no action `{name}`"), Some(span));
        let actions = self.world.actions.iter().map(|action| action.name.as_str());
        if let Some(question) = self.suggesting().then(|| did_you_mean(name, actions)).flatten() {
            return self.report_missing(Missing::Action, &[name], message.help(question));
        }
        if !self.suggesting() {
            return self.report_missing(Missing::Action, &[name], message);
        }
        if let Some(said) = self.action_said(name) {
            let help = format!("\"{}\" tells the action `{}`: write `{}(…)`", said.sentence, said.name, said.name);
            return self.report_missing(Missing::Action, &[name], message.help(help));
        }
        if let Some(pack) = packs::declaring("action", name) {
            return self.report_declared_in(pack, message);
        }
        if let Some(sentence) = packs::sentence_with("action", name) {
            return self.report_sentence_of(&sentence, call, message);
        }
        let message = message.help(self.declaring(call, "action", scope)).help(lines_below_action(&self.world, None));
        self.report_missing(Missing::Action, &[name], message)
    }

    /// Reports that there is nothing of the name that is to be extended.
    pub(super) fn unknown_extended(&mut self, name: &Name, signatures: &[Signature]) -> Reported {
        let text = name.text();
        let title = format!("there is no fact, action or rule `{text}` to extend");
        let message = Diagnostic::new(&NOTHING_TO_EXTEND, title, Some(name.span()));
        if self.lacks_files {
            return Reported;
        }
        if let Some(question) = did_you_mean(&text, signatures.iter().map(|signature| signature.name.as_str())) {
            return self.report(message.help(question));
        }
        let stands = |signature: &&Signature| {
            let pattern = signature.pattern.as_ref().map(|pattern| pattern.text().to_owned()).unwrap_or_default();
            signature.term == Term::Action && pattern.split([' ', '|']).any(|word| word == text)
        };
        if let Some(signature) = signatures.iter().find(stands) {
            let help = format!("the action that is told so is `{0}`: write `extend {0}`", signature.name);
            return self.report(message.help(help));
        }
        let pack = ["fact", "action", "rule"].into_iter().find_map(|word| packs::declaring(word, &text));
        if let Some(pack) = pack {
            return self.report_declared_in(pack, message);
        }
        let what = if self.names.kind(&text).is_some() {
            "a kind"
        } else if self.names.entity(&text).is_some() {
            "somebody or something"
        } else {
            return self
                .report(message.help("a new one is declared with `fact`, `action` or `rule` instead of `extend`"));
        };
        self.report(message.help(format!("it is {what}; only facts, actions and rules are extended")))
    }

    /// Reports what a pack declares that is not used.
    pub(super) fn report_declared_in(&mut self, pack: &Pack, message: Diagnostic) -> Reported {
        let help = format!("the pack `{0}` declares it: write `use {0}` above", pack.name);
        self.report_once(Missing::Pack, pack.name, message.help(help))
    }

    /// Reports that a pack has a sentence with the name that is called.
    fn report_sentence_of(&mut self, sentence: &PackSentence, call: &Call, message: Diagnostic) -> Reported {
        let arguments: Vec<&str> = call.arguments.iter().map(|argument| self.sources.slice(argument.span)).collect();
        let not = if sentence.opposite { "not " } else { "" };
        let said: Vec<&str> = sentence.text.split(' ').map(|word| word.split('|').next().unwrap_or(word)).collect();
        let (pack, name) = (sentence.pack.name, sentence.name);
        let help = format!(
            "the pack `{pack}` has \"{}\": write `use {pack}` above, and `{not}{name}({})` here",
            said.join(" "),
            arguments.join(", ")
        );
        self.report(message.help(help))
    }

    /// `Ben believes Anna knows …`, of `believes(Ben, knows(Anna, …))`.
    fn attitude_text(&self, call: &Call) -> Option<String> {
        let name = call.name.text();
        let (_, word) = ATTITUDES.iter().find(|(other, _)| *other == name)?;
        let [who, what] = call.arguments.as_slice() else { return None };
        let nested = match &what.kind {
            FormulaKind::Call(inner) => self.attitude_text(inner),
            _ => None,
        };
        let what = nested.unwrap_or_else(|| self.sources.slice(what.span).to_owned());
        Some(format!("{} {word} {what}", self.sources.slice(who.span)))
    }

    /// A fact with a sentence in which all words of `name` stand.
    fn fact_said(&self, name: &str) -> Option<Said> {
        self.world.fluents.iter().find_map(|fluent| {
            let negative = fluent.negative_sentences.iter().map(|sentence| (sentence, true));
            let all = fluent.sentences.iter().map(|sentence| (sentence, false)).chain(negative);
            all.into_iter().find(|(sentence, _)| says(sentence, name)).map(|(sentence, opposite)| Said {
                name: fluent.name.clone(),
                sentence: text_of(sentence, &fluent.parameters),
                opposite,
                has_value: fluent.value != ValueKind::Boolean,
            })
        })
    }

    fn action_said(&self, name: &str) -> Option<Said> {
        self.world.actions.iter().find_map(|action| {
            let sentence =
                action.sentences.iter().chain(&action.past_sentences).find(|sentence| says(sentence, name))?;
            let said = text_of(sentence, &action.parameters);
            Some(Said { name: action.name.clone(), sentence: said, opposite: false, has_value: false })
        })
    }

    /// The first actions that make one of these facts so.
    fn actions_making(&self, fluents: &[crate::world::FluentId]) -> Vec<String> {
        let makes = |action: &&crate::world::Action| {
            let mut made = false;
            action.effect.for_each_fact(&mut |fact| made |= fluents.contains(&fact.fluent));
            made
        };
        self.world.actions.iter().filter(makes).take(3).map(|action| action.name.clone()).collect()
    }

    /// `to declare it, write …`: a declaration that takes the arguments of `call`.
    fn declaring(&self, call: &Call, word: &str, scope: &Scope) -> String {
        let name = call.name.text();
        let general = format!("to declare it, write `{word} {name}(…)  \"…\"`");
        self.declaration_for(call, word, scope).unwrap_or(general)
    }

    fn declaration_for(&self, call: &Call, word: &str, scope: &Scope) -> Option<String> {
        let (people, things) = (["who", "whom", "other"], ["what", "which", "further"]);
        let (mut characters, mut others) = (people.iter(), things.iter());
        let mut parameters: Vec<(&str, String)> = Vec::new();
        for argument in &call.arguments {
            let kind = self.kind_of(argument, scope)?;
            let is_character = self.world.is_subkind(kind, World::CHARACTER_KIND);
            let parameter = if is_character { characters.next()? } else { others.next()? };
            parameters.push((parameter, self.world.kinds[kind.index()].name.clone()));
        }
        let name = call.name.text();
        let taken: Vec<String> = parameters.iter().map(|(parameter, kind)| format!("{parameter}: {kind}")).collect();
        let slots: Vec<String> = parameters.iter().map(|(parameter, _)| format!("{{{parameter}}}")).collect();
        let (first, rest) = slots.split_first()?;
        let verb = if word == "fact" { format!("is {}", name.replace('_', " ")) } else { third_person(&name) };
        let mut pattern = vec![first.as_str(), verb.as_str()];
        pattern.extend(rest.iter().map(String::as_str));
        Some(format!(
            "to declare it, write `{word} {name}({})  \"{}\"`, in your own words",
            taken.join(", "),
            pattern.join(" ")
        ))
    }

    /// The fact that says where somebody is, if that may be meant by `name`.
    fn location_meant(&self, name: &str) -> Option<&str> {
        let words = ["location", "loc", "place", "position", "where", "is_at", "in", "located"];
        let location = self.world.fluents.iter().find(|fluent| fluent.location)?;
        words.contains(&name).then_some(location.name.as_str())
    }

    /// The kind of a plain name as an argument.
    fn kind_of(&self, argument: &Formula, scope: &Scope) -> Option<KindId> {
        let FormulaKind::Name(name) = &argument.kind else { return None };
        match scope.find(&name.text()).map(|variable| &variable.kind) {
            Some(VariableKind::Entity(kinds)) => kinds.first().copied(),
            Some(_) => None,
            None => {
                let entity = self.names.entity(&name.text()).filter(|&entity| entity != self.world.someone())?;
                self.world.entities[entity.index()].kinds.first().copied()
            }
        }
    }
}

/// `picks up`, of `pick_up`.
fn third_person(name: &str) -> String {
    let (verb, rest) = name.split_once('_').unwrap_or((name, ""));
    format!("{verb}s {}", rest.replace('_', " ")).trim_end().to_owned()
}

/// Whether all words of a name stand in a sentence.
fn says(sentence: &Sentence, name: &str) -> bool {
    let forms: Vec<&String> = sentence
        .parts
        .iter()
        .flat_map(|part| if let SentencePart::Word(forms) = part { forms.as_slice() } else { &[] })
        .collect();
    name.split('_').all(|word| forms.iter().any(|form| form.eq_ignore_ascii_case(word)))
}

/// A sentence pattern as it is written, each word in its first form.
pub(super) fn text_of(sentence: &Sentence, parameters: &[crate::world::Parameter]) -> String {
    let parts: Vec<String> = sentence
        .parts
        .iter()
        .map(|part| match part {
            SentencePart::Word(forms) => forms.first().cloned().unwrap_or_default(),
            SentencePart::Slot(index) => {
                format!("{{{}}}", parameters.get(*index).map_or("", |parameter| parameter.name.as_str()))
            }
            SentencePart::Value => "{value}".to_owned(),
        })
        .collect();
    parts.join(" ")
}

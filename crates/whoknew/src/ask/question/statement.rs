//! The statements inside questions: as they are told, or with the word order of a question.
//!
//! Sentences are read by the story's own patterns. What questions add: `does Anne believe …`, `is the box open`,
//! `Anne knows where the box is`, `Anne wonders who the owner is`, `if` for `whether`.

use super::names::Names;
use crate::ask::codes::E0806;
use crate::ask::whereabouts;
use crate::diagnostic::Diagnostic;
use crate::suggest;
use crate::world::sentences::{Reader, Token, question};
use crate::world::{EntityId, EventTerm, Expression, KindId, Term, ValueKind, World, canonical, sentences::opposite};

/// The most beliefs inside each other.
const DEEPEST: usize = 32;
/// Of so many entities it is looked whether something is so of them.
const MOST_OF_WHOM: usize = 1_000;
/// Words that stand in front of a question, and inside a statement.
const AUXILIARIES: &[&str] = &["is", "are", "was", "were", "has", "have", "can", "must", "will"];
/// Words that ask for a value.
const VALUE_WORDS: &[&str] = &["who", "whom", "what", "which"];

/// What a statement inside a question says.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// That it is so.
    Said(Expression),
    /// Whichever is so: it begins with `whether`, or asks for the value of a fact, which stands here alone.
    Whichever(Expression),
    /// Where somebody or something is.
    Where(EntityId),
}

impl Asked {
    /// The same after `whether`.
    pub fn whether(self) -> Self {
        match self {
            Self::Said(statement) => Self::Whichever(statement),
            other => other,
        }
    }
}

/// Reads statements of questions.
#[derive(Clone, Copy)]
pub struct Statements<'a> {
    /// Reads what is told.
    pub reader: Reader<'a>,
    /// All names.
    pub names: &'a Names,
}

impl<'a> Statements<'a> {
    fn world(&self) -> &'a World {
        self.reader.world
    }

    /// The statement that `tokens` say, as after `believes that`, `knows whether` or `knows where`.
    pub fn statement(&self, tokens: &[Token<'_>]) -> Result<Asked, Diagnostic> {
        self.nested(tokens, 0)
    }

    /// The statement that `tokens` say or ask: `the box is open`, `is the box open`, `does Anne know that …`.
    pub fn clause(&self, tokens: &[Token<'_>]) -> Result<Asked, Diagnostic> {
        let first = match self.statement(tokens) {
            Ok(asked) => return Ok(asked),
            Err(error) => error,
        };
        match tokens.split_first() {
            Some((word, rest)) if is_one_of(word, &["does", "do"]) => self.after_does(rest),
            Some((word, rest)) if is_one_of(word, &["did"]) => self.after_did(rest),
            Some((word, rest)) if is_one_of(word, AUXILIARIES) => self.inverted(*word, rest),
            _ => Err(first),
        }
    }

    /// The event that `tokens` say, as it is told or as it is said to have happened; `someone` is left open.
    pub fn event(&self, tokens: &[Token<'_>]) -> Result<EventTerm, Diagnostic> {
        if let Ok(reading) = self.quiet().event(tokens) {
            return Ok(reading.value);
        }
        let happened = with_words(&["it", "happened", "that"], tokens);
        for words in [happened.as_slice(), tokens] {
            if let Ok(reading) = self.quiet().statement(words)
                && let Expression::Happened(event) = reading.value
            {
                return Ok(event);
            }
        }
        self.reader.event(tokens).map(|reading| reading.value)
    }

    fn quiet(&self) -> Reader<'a> {
        Reader { suggests: false, ..self.reader }
    }

    fn nested(&self, tokens: &[Token<'_>], depth: usize) -> Result<Asked, Diagnostic> {
        if let Some(statement) = self.told(tokens) {
            return Ok(Asked::Said(statement));
        }
        if let Some(thing) = self.asks_where(tokens) {
            return Ok(Asked::Where(thing));
        }
        if let Some(statement) = self.value_question(tokens) {
            return Ok(Asked::Whichever(statement));
        }
        if depth < DEEPEST
            && let Some((holder, attitude, inner)) = self.attitude(tokens)
            && let Some(held) = attitude.of(self.world(), holder, self.nested(inner, depth + 1)?)
        {
            return Ok(Asked::Said(held));
        }
        if let Some(unknown) = self.unknown_place(tokens) {
            return Err(unknown);
        }
        let reading = self.reader.statement(tokens)?;
        Ok(Asked::Said(canonical(reading.value)))
    }

    fn told(&self, tokens: &[Token<'_>]) -> Option<Expression> {
        let read = |tokens: &[Token<'_>]| self.quiet().statement(tokens).ok().map(|reading| canonical(reading.value));
        read(tokens).or_else(|| read(&in_present(tokens)?))
    }

    /// `Anne does not know whether …`: who, how, and the words of what.
    fn attitude<'t, 'w>(&self, tokens: &'t [Token<'w>]) -> Option<(EntityId, Attitude, &'t [Token<'w>])> {
        self.names.at(tokens, 0).into_iter().find_map(|(holder, end)| {
            if holder.index() >= self.world().characters {
                return None;
            }
            let mut rest = &tokens[end..];
            let mut negative = false;
            if let [does, not, after @ ..] = rest
                && is_one_of(does, &["does", "do"])
                && is_one_of(not, &["not"])
            {
                (negative, rest) = (true, after);
            } else if let [does_not, after @ ..] = rest
                && is_one_of(does_not, &["doesn't", "don't"])
            {
                (negative, rest) = (true, after);
            }
            let (verb, rest) = rest.split_first()?;
            let kind = if is_one_of(verb, &["believes", "believe", "thinks", "think"]) {
                Kind::Believes
            } else if is_one_of(verb, &["knows", "know"]) {
                Kind::Knows
            } else if is_one_of(verb, &["wonders", "wonder"]) {
                Kind::Wonders
            } else {
                return None;
            };
            let (whether, rest) = introduced(rest);
            Some((holder, Attitude { kind, negative, whether }, rest))
        })
    }

    /// `Anne believe that …`, `Anne trust Miles` after `does`.
    fn after_does(&self, tokens: &[Token<'_>]) -> Result<Asked, Diagnostic> {
        let first = match self.statement(tokens) {
            Ok(asked) => return Ok(asked),
            Err(error) => error,
        };
        let found = self.with_inflected(tokens, &[]);
        found.map(Asked::Said).ok_or(first)
    }

    /// `it happen that …`, `Anne go to the garden` after `did`.
    fn after_did(&self, tokens: &[Token<'_>]) -> Result<Asked, Diagnostic> {
        let happened = ["it", "happened", "that"];
        if let [it, happen, that, rest @ ..] = tokens
            && is_one_of(it, &["it"])
            && is_one_of(happen, &["happen"])
            && is_one_of(that, &["that"])
        {
            return self.statement(&with_words(&happened, rest));
        }
        if let Some(statement) = self.with_inflected(tokens, &happened) {
            return Ok(Asked::Said(statement));
        }
        self.after_does(tokens)
    }

    /// `Anne trust Miles` as `Anne trusts Miles`, behind the words `before`.
    fn with_inflected(&self, tokens: &[Token<'_>], before: &[&'static str]) -> Option<Expression> {
        let someone = tokens.first().is_some_and(|first| is_one_of(first, &["someone", "somebody", "something"]));
        let ends = self.names.at(tokens, 0).into_iter().map(|(_, end)| end);
        for end in ends.chain(someone.then_some(1)) {
            let Some(verb) = tokens.get(end) else { continue };
            for ending in ["", "s", "es"] {
                let inflected = format!("{}{ending}", verb.text);
                let mut words = tokens.to_vec();
                words[end].text = &inflected;
                if let Some(statement) = self.told(&with_words(before, &words)) {
                    return Some(statement);
                }
            }
        }
        None
    }

    /// `the box open` after `is`.
    fn inverted(&self, word: Token<'_>, rest: &[Token<'_>]) -> Result<Asked, Diagnostic> {
        let named: Vec<usize> = self.names.at(rest, 0).into_iter().map(|(_, end)| end).collect();
        let others = (1..=rest.len()).rev().filter(|end| !named.contains(end));
        let mut guess = None;
        for end in named.iter().copied().chain(others) {
            let mut words = rest.to_vec();
            words.insert(end, word);
            if let Some(statement) = self.told(&words) {
                return Ok(Asked::Said(statement));
            }
            guess.get_or_insert(words);
        }
        let guess = guess.unwrap_or_else(|| vec![word]);
        self.statement(&guess)
    }

    /// `who the owner of the box is`, `what lies in the box`: the fact that is asked for.
    pub fn value_question(&self, tokens: &[Token<'_>]) -> Option<Expression> {
        let (word, rest) = tokens.split_first()?;
        if !is_one_of(word, VALUE_WORDS) {
            return None;
        }
        for kind in self.value_kinds() {
            let kind = self.world().kinds[kind.index()].name.clone();
            let placeholder = ["this", "or", "that", kind.as_str()].map(|text| Token { text, span: word.span });
            for order in orders(rest, &placeholder) {
                if let Some(fact) = self.whichever(&order) {
                    return Some(fact);
                }
            }
        }
        None
    }

    /// `who is in the garden`, `what lies in the box`: the statement for each entity of which it can be said.
    pub fn of_whom(&self, tokens: &[Token<'_>]) -> Vec<(EntityId, Expression)> {
        let Some((word, rest)) = tokens.split_first() else { return Vec::new() };
        let world = self.world();
        let entities = match is_one_of(word, &["who"]) {
            true => world.characters,
            false if is_one_of(word, &["what"]) => world.entities.len() - 1,
            false => 0,
        };
        let named = (0..entities).filter_map(|index| {
            let name = world.entities[index].name.as_str();
            let mut words = crate::world::sentences::tokens(name, word.span.file, 0);
            words.iter_mut().for_each(|named| named.span = word.span);
            words.extend_from_slice(rest);
            Some((EntityId::from_index(index), self.told(&words)?))
        });
        named.take(MOST_OF_WHOM).collect()
    }

    /// `where the box is`, `where is the box`: what is asked for.
    fn asks_where(&self, tokens: &[Token<'_>]) -> Option<EntityId> {
        let is = |token: &Token<'_>| is_one_of(token, &["is", "are", "was", "were"]);
        let named = match tokens {
            [word, ..] if !is_one_of(word, &["where"]) => return None,
            [_, first, rest @ ..] if is(first) => rest,
            [_, rest @ .., last] if is(last) => rest,
            _ => return None,
        };
        let (entity, _) = self.names.at(named, 0).into_iter().find(|&(_, end)| end == named.len())?;
        Some(entity)
    }

    /// The message about `where the kee is`, which names nothing.
    fn unknown_place(&self, tokens: &[Token<'_>]) -> Option<Diagnostic> {
        let [word, named @ .., last] = tokens else { return None };
        let (first, end) = (named.first()?, named.last()?);
        if !is_one_of(word, &["where"]) || !is_one_of(last, &["is", "are", "was", "were"]) {
            return None;
        }
        let name = named.iter().map(|token| token.text).collect::<Vec<_>>().join(" ");
        let message = Diagnostic::new(&E0806, format!("nothing is named `{name}`"), Some(first.span.to(end.span)));
        let known = &self.world().entities[..self.world().entities.len() - 1];
        let names = known.iter().flat_map(|entity| std::iter::once(&entity.name).chain(&entity.aliases));
        Some(match suggest::did_you_mean(&name, names.map(String::as_str)) {
            Some(question) => message.help(question),
            None => message,
        })
    }

    /// The kinds of the values of facts.
    fn value_kinds(&self) -> Vec<KindId> {
        let mut kinds = Vec::new();
        for fluent in &self.world().fluents {
            if let ValueKind::Entity(of) = &fluent.value {
                kinds.extend(of.iter().copied().filter(|kind| !kinds.contains(kind)).collect::<Vec<_>>());
            }
        }
        kinds
    }

    /// A sentence with `this or that KIND` in the place of a value: the fact.
    fn whichever(&self, tokens: &[Token<'_>]) -> Option<Expression> {
        let world = self.world();
        let knower = world.entities.first().filter(|_| world.characters > 0)?;
        let span = tokens.first()?.span;
        let mut words: Vec<Token<'_>> =
            crate::world::sentences::tokens(&knower.name, span.file, 0).into_iter().collect();
        words.extend(["knows", "whether"].map(|text| Token { text, span }));
        words.extend_from_slice(tokens);
        match self.told(&words)? {
            Expression::KnowsWhether(_, fact) => Some(*fact),
            _ => None,
        }
    }
}

/// The words after a value word, with `placeholder` in front, or at the end where the question's order asks for it.
fn orders<'t>(rest: &[Token<'t>], placeholder: &[Token<'t>]) -> Vec<Vec<Token<'t>>> {
    let mut orders = vec![[placeholder, rest].concat(), [rest, placeholder].concat()];
    if let [is, others @ ..] = rest
        && is_one_of(is, AUXILIARIES)
    {
        orders.push([others, &[*is], placeholder].concat());
    }
    orders
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Believes,
    Knows,
    Wonders,
}

#[derive(Clone, Copy, Debug)]
struct Attitude {
    kind: Kind,
    negative: bool,
    whether: bool,
}

impl Attitude {
    /// What somebody holds so; `None`: one cannot believe a question.
    fn of(self, world: &World, holder: EntityId, inner: Asked) -> Option<Expression> {
        let who = Term::Entity(holder);
        let inner = if self.whether { inner.whether() } else { inner };
        let held = match (self.kind, inner) {
            (Kind::Believes, Asked::Said(statement)) => Expression::Believes(who, Box::new(statement)),
            (Kind::Believes, _) => return None,
            (Kind::Knows, Asked::Where(thing)) => whereabouts::known(world, who, thing),
            (Kind::Wonders, Asked::Where(thing)) => whereabouts::wondered(world, who, thing),
            (Kind::Knows, Asked::Whichever(statement)) => Expression::KnowsWhether(who, Box::new(question(statement))),
            (Kind::Knows, Asked::Said(statement)) => Expression::Knows(who, Box::new(statement)),
            (Kind::Wonders, Asked::Said(statement) | Asked::Whichever(statement)) => {
                Expression::Wonders(who, Box::new(question(statement)))
            }
        };
        Some(if self.negative { opposite(held) } else { held })
    }
}

/// The words after `that`, `whether` or `if`, and whether it is one of the latter.
fn introduced<'t, 'w>(tokens: &'t [Token<'w>]) -> (bool, &'t [Token<'w>]) {
    match tokens.split_first() {
        Some((word, rest)) if is_one_of(word, &["whether", "if"]) => (true, rest),
        Some((word, rest)) if is_one_of(word, &["that"]) => (false, rest),
        _ => (false, tokens),
    }
}

/// `the box was open` as `the box is open`; `None` where nothing is said of the past.
fn in_present<'w>(tokens: &[Token<'w>]) -> Option<Vec<Token<'w>>> {
    let past = tokens.iter().position(|token| is_one_of(token, &["was", "were", "had"]))?;
    let mut tokens = tokens.to_vec();
    tokens[past].text = match tokens[past].text.to_lowercase().as_str() {
        "was" => "is",
        "were" => "are",
        _ => "has",
    };
    Some(tokens)
}

/// `words`, then `tokens`.
fn with_words<'t>(words: &[&'static str], tokens: &[Token<'t>]) -> Vec<Token<'t>> {
    let span = tokens.first().map(|token| token.span);
    let words = words.iter().filter_map(|&text| Some(Token { text, span: span? }));
    words.chain(tokens.iter().copied()).collect()
}

/// Whether `token` is one of `words`, without regard to case.
pub fn is_one_of(token: &Token<'_>, words: &[&str]) -> bool {
    let text = token.text.replace('’', "'");
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

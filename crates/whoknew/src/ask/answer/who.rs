//! Who knows, believes, wonders; who does not; who believes wrongly.

use super::super::question::{Attitude, Which};
use super::attitude::held;
use super::{Answer, Asked, Result, Said, Verdict};
use crate::check::words;
use crate::ground::{Place, Value};
use crate::world::{EntityId, Expression, Term, say};

/// Of so many characters it is said since when and by what.
const MOST_EXPLAINED: usize = 14;

impl Asked<'_, '_, '_> {
    /// Those of whom something is so.
    pub(super) fn of_whom(&mut self, statements: &[(EntityId, Expression)]) -> Result<Answer> {
        let mut answer = Answer::new(Verdict::Characters, "");
        let mut histories = Vec::new();
        for (who, statement) in statements {
            if self.goes_without_saying(*who, statement) || !self.is_so(statement)? {
                continue;
            }
            answer.characters.push(*who);
            if answer.characters.len() <= self.most(MOST_EXPLAINED) {
                for place in self.places_asked(statement)?.into_iter().take(1) {
                    self.add_since((place, false), &mut histories, &mut answer.because)?;
                }
            }
        }
        let found: Vec<_> = statements.iter().filter(|(who, _)| answer.characters.contains(who)).collect();
        answer.says = match (found.as_slice(), statements.first()) {
            ([(_, statement)], _) => self.say(statement),
            ([], Some((who, statement))) => self.said_of_all(&[], (*who, statement)),
            (_, Some((who, statement))) => self.said_of_all(&answer.characters, (*who, statement)),
            (_, None) => "It is so of nothing".to_owned(),
        };
        Ok(answer)
    }

    /// Whether it says of `who` what a defined fact says of them and themselves: that Anne is with Anne.
    fn goes_without_saying(&self, who: EntityId, statement: &Expression) -> bool {
        let Expression::Fluent(fact) = statement else { return false };
        let is_defined = self.story.world().fluents[fact.fluent.index()].definition.is_some();
        is_defined && fact.arguments.iter().filter(|&&argument| argument == Term::Entity(who)).count() > 1
    }

    /// What `statement` says of `one`, said of all of these: `Anne and Miles are in the hall`.
    fn said_of_all(&self, of: &[EntityId], (one, statement): (EntityId, &Expression)) -> String {
        let are_characters = one.index() < self.story.world().characters;
        let names: Vec<String> = of.iter().map(|&who| self.name(who)).collect();
        let names = say::list(&names);
        let sentence = self.say(statement);
        let own = self.name(one);
        let beyond = [own.clone(), format!("the {own}")].into_iter().find_map(|own| sentence.strip_prefix(&own));
        let Some(rest) = beyond.map(str::trim_start) else {
            let none = if are_characters { "nobody" } else { "nothing" };
            return format!("It is so of {}", if of.is_empty() { none } else { &names });
        };
        if of.is_empty() {
            return format!("{} {rest}", if are_characters { "Nobody" } else { "Nothing" });
        }
        let plural = [("is ", "are "), ("has ", "have "), ("was ", "were "), ("does ", "do ")];
        let plural = plural.iter().find_map(|(one, all)| Some(format!("{all}{}", rest.strip_prefix(one)?)));
        match plural {
            Some(rest) => format!("{names} {rest}"),
            None => format!("each of {names} {rest}"),
        }
    }

    /// All characters who take `statement` so, or do not, or do wrongly.
    pub(super) fn who(&mut self, which: Which, attitude: Attitude, statement: &Expression) -> Result<Answer> {
        let asks_value = self.asks_value(statement);
        let is_so = asks_value || self.is_so(statement)?;
        let places = self.places_asked(statement)?;
        let mut found = Vec::new();
        for who in (0..self.story.world().characters).map(EntityId::from_index) {
            for &place in &places {
                let own = self.in_mind(who, place);
                self.looked_at.push(own);
            }
            let condition = self.condition(&held(who, attitude, statement))?;
            let holds = self.story.run.situations.holds(self.state, &condition)?;
            let wanted = match which {
                Which::Do => holds,
                Which::DoNot => !holds,
                Which::Wrongly => holds && !is_so,
            };
            if wanted {
                found.push(who);
            }
        }
        let verb = verb(which, attitude, found.len());
        let mut says = self.sentence(&found, &verb, (which, attitude), statement)?;
        if which == Which::Wrongly && is_so {
            says = format!("Nobody: it is so that {}", self.say(statement));
        }
        let mut answer = Answer::new(Verdict::Characters, says);
        answer.because = self.sources(which, &found, statement, is_so)?;
        answer.characters = found;
        Ok(answer)
    }

    /// Whether anybody takes `statement` so.
    pub(super) fn anybody(&mut self, attitude: Attitude, statement: &Expression) -> Result<Answer> {
        let answer = self.who(Which::Do, attitude, statement)?;
        Ok(answer.answering(|characters| !characters.is_empty()))
    }

    /// Whether anybody knows where `thing` is.
    pub(super) fn anybody_of_where(&mut self, thing: EntityId) -> Result<Answer> {
        let answer = self.who_of_where(Which::Do, Attitude::Knows, thing)?;
        Ok(answer.answering(|characters| !characters.is_empty()))
    }

    /// Whether everybody knows where `thing` is; else who does not.
    pub(super) fn everybody_of_where(&mut self, thing: EntityId) -> Result<Answer> {
        let lacking = self.who_of_where(Which::DoNot, Attitude::Knows, thing)?;
        if !lacking.characters.is_empty() {
            return Ok(lacking.answering(|_| false));
        }
        Ok(self.who_of_where(Which::Do, Attitude::Knows, thing)?.answering(|_| true))
    }

    /// Whether everybody takes `statement` so; else who does not.
    pub(super) fn everybody(&mut self, attitude: Attitude, statement: &Expression) -> Result<Answer> {
        let lacking = self.who(Which::DoNot, attitude, statement)?;
        if !lacking.characters.is_empty() {
            return Ok(lacking.answering(|_| false));
        }
        Ok(self.who(Which::Do, attitude, statement)?.answering(|_| true))
    }

    /// `Anne and Miles believe that the marble is in the box, since scene 3: …`
    pub(super) fn belief_of(&mut self, group: &Group) -> Result<Said> {
        let place = group.place;
        let since = uncapitalised(&group.since.text);
        let belief = match group.members.as_slice() {
            [only] => {
                let own = self.in_mind(*only, place);
                self.say_fact(own, group.value)
            }
            several => {
                let names: Vec<String> = several.iter().map(|&who| self.name(who)).collect();
                let names = say::list(&names);
                match (group.value.is_unknown(), self.asked_words(place.fluent)) {
                    (false, _) => format!("{names} believe that {}", self.say_fact(place, group.value)),
                    (true, Some(asked)) => format!("{names} do not know {asked}"),
                    (true, None) => {
                        let fact = self.story.run.situations.problem().expression(place.fluent);
                        format!("{names} do not know whether {}", self.say(&fact))
                    }
                }
            }
        };
        Ok(Said { text: format!("{}, {since}", say::capitalised(&belief)), ..group.since.clone() })
    }

    /// `Nobody`, `Only Anne`, `Anne and Miles`, `Everybody`.
    pub(super) fn subject(&self, found: &[EntityId], which: Which) -> String {
        let all = self.story.world().characters;
        match found {
            [] => "Nobody".to_owned(),
            [only] if which != Which::DoNot => format!("Only {}", self.name(*only)),
            found if found.len() == all && all > 2 => "Everybody".to_owned(),
            found => say::list(&found.iter().map(|&who| self.name(who)).collect::<Vec<_>>()),
        }
    }

    fn sentence(
        &mut self,
        found: &[EntityId],
        verb: &str,
        (which, attitude): (Which, Attitude),
        statement: &Expression,
    ) -> Result<String> {
        let subject = self.subject(found, which);
        let verb = match (subject.as_str(), attitude, which) {
            ("Everybody" | "Nobody", _, Which::DoNot) => self::verb(which, attitude, 1),
            ("Everybody" | "Nobody", ..) => self::verb(which, attitude, 1),
            _ => verb.to_owned(),
        };
        if let (Attitude::KnowsWhether | Attitude::Wonders, Some(place)) = (attitude, self.asked_fact(statement)?) {
            let value = self.value_at(place)?;
            let known = self.say_fact(place, value);
            if value.is_unknown() && attitude == Attitude::KnowsWhether && which == Which::Do {
                return Ok(format!("Nobody: {known}"));
            }
            return Ok(match attitude {
                Attitude::Wonders => format!("{subject} {verb} about it; in truth {known}"),
                _ => format!("{subject} {verb} that {known}"),
            });
        }
        let introduced = match attitude {
            Attitude::KnowsWhether | Attitude::Wonders => "whether",
            Attitude::Believes | Attitude::Knows => "that",
        };
        Ok(format!("{subject} {verb} {introduced} {}", self.say(statement)))
    }

    /// What is so, and of each since when and by what.
    fn sources(&mut self, which: Which, found: &[EntityId], statement: &Expression, is_so: bool) -> Result<Vec<Said>> {
        let mut said = self.truth(statement)?;
        if !is_so {
            for sentence in &mut said {
                sentence.text = format!("In truth {}", uncapitalised(&sentence.text));
            }
        }
        let places = self.places_asked(statement)?;
        let Some(&place) = places.first() else { return Ok(said) };
        let mut groups: Vec<Group> = Vec::new();
        for &who in found.iter().take(self.most(MOST_EXPLAINED)) {
            let own = self.in_mind(who, place);
            let value = self.value_at(own)?;
            if which == Which::DoNot && value.is_unknown() {
                continue;
            }
            let history = self.history(&self.minds_of(own))?;
            let since = self.only_since(own, &history)?;
            match groups.iter_mut().find(|group| group.value == value && group.since.reads_as(&since)) {
                Some(group) => group.add(who, since),
                None => groups.push(Group { members: vec![who], place, value, since }),
            }
        }
        if let ([truth], [all]) = (said.as_slice(), groups.as_slice())
            && (which, is_so, all.members.len()) == (Which::Do, true, found.len())
            && truth.span == all.since.span
            && truth.text.ends_with(&uncapitalised(&all.since.text))
        {
            // They have known since it is so: said once.
            let mut once = truth.clone();
            once.text.clone_from(&all.since.text);
            once.data.extend_from_slice(&all.since.data);
            return Ok(vec![once]);
        }
        for group in groups {
            let sentence = self.belief_of(&group)?;
            said.push(sentence);
        }
        if found.len() > self.most(MOST_EXPLAINED) {
            let more = words::counted(found.len() - MOST_EXPLAINED, "more is", "more are");
            said.push(Said::plain(format!("{more} not explained here: ask about one of them, or with `--all`")));
        }
        Ok(said)
    }
}

/// Those who believe the same since the same event.
pub(super) struct Group {
    pub members: Vec<EntityId>,
    /// What they have a belief about.
    pub place: Place,
    pub value: Value,
    pub since: Said,
}

impl Answer {
    /// The same as an answer to whether it is so.
    fn answering(self, yes: impl Fn(&[EntityId]) -> bool) -> Self {
        let (verdict, word) = if yes(&self.characters) { (Verdict::Yes, "Yes") } else { (Verdict::No, "No") };
        let says = match self.says.split_once(' ') {
            // These begin a sentence with a capital letter only there.
            Some((first @ ("Nobody" | "Only" | "Everybody"), rest)) => format!("{} {rest}", first.to_lowercase()),
            _ => self.says,
        };
        Self { verdict, says: format!("{word}, {says}"), ..self }
    }
}

impl Group {
    /// One more, who believes it since the same event.
    pub fn add(&mut self, who: EntityId, since: Said) {
        self.members.push(who);
        self.since.data.extend(since.data);
    }
}

pub(super) fn verb(which: Which, attitude: Attitude, number: usize) -> String {
    let (singular, plural) = match attitude {
        Attitude::Believes => ("believes", "believe"),
        Attitude::Knows | Attitude::KnowsWhether => ("knows", "know"),
        Attitude::Wonders => ("wonders", "wonder"),
    };
    match (which, number) {
        (Which::Do, 0 | 1) => singular.to_owned(),
        (Which::Do, _) => plural.to_owned(),
        (Which::DoNot, 0) => format!("fails to {plural}"),
        (Which::DoNot, 1) => format!("does not {plural}"),
        (Which::DoNot, _) => format!("do not {plural}"),
        (Which::Wrongly, 0 | 1) => format!("wrongly {singular}"),
        (Which::Wrongly, _) => format!("wrongly {plural}"),
    }
}

/// A sentence with a small first letter, unless it begins with a name.
fn uncapitalised(text: &str) -> String {
    let ours = ["It ", "Since ", "From the start", "The "];
    match ours.iter().any(|word| text.starts_with(word)) {
        true => text[..1].to_lowercase() + &text[1..],
        false => text.to_owned(),
    }
}

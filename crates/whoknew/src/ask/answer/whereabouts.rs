//! Where somebody or something is: in what is so, in what somebody believes; who knows it, who is wrong about it.

use super::super::history::History;
use super::super::question::{Attitude, Mind, Which};
use super::super::whereabouts::{Tells, location_of, tellings};
use super::who::Group;
use super::{Answer, Asked, Result, Said, Verdict};
use crate::ground::{GroundFluentId, Place, Value};
use crate::state::{Situations, StateId};
use crate::world::{EntityId, Expression, Term, say};

/// So many containers and bearers are followed.
const LONGEST_WAY: usize = 4;
/// So many other facts about a thing are told where none says where it is.
const MOST_OTHERS: usize = 4;

/// A fact that tells where something is.
type Told = (GroundFluentId, Value);

impl Asked<'_, '_, '_> {
    /// Where something is, in what the minds believe.
    pub(super) fn location(&mut self, minds: &[EntityId], thing: EntityId) -> Result<Answer> {
        let own = self.told_where(minds, thing)?;
        if own.is_empty() {
            return self.nowhere_told(minds, thing);
        }
        let says = self.say_told(minds, &own);
        let mut answer = Answer::new(Verdict::Facts, say::capitalised(&says));
        let history = self.history(minds)?;
        for &(fluent, _) in &own {
            let place = self.place(minds, fluent);
            let since = match own.len() {
                1 => self.only_since(place, &history)?,
                _ => self.fact_since((place, false), &history)?,
            };
            answer.because.push(since);
        }
        self.add_way(minds, (thing, &own), &mut answer.because)?;
        if !minds.is_empty() {
            let truth = self.told_where(&[], thing)?;
            if !truth.iter().any(|told| own.contains(told)) {
                self.add_truth(thing, &truth, &mut answer.because)?;
            }
        }
        Ok(answer)
    }

    /// What tells where `thing` is, in what the minds believe; the newest first.
    fn told_where(&mut self, minds: &[EntityId], thing: EntityId) -> Result<Vec<Told>> {
        let state = self.view(minds)?;
        let candidates = candidates(&self.story.run.situations, thing);
        for &(fluent, _) in &candidates {
            let place = self.place(minds, fluent);
            self.looked_at.push(place);
        }
        let mut told = where_told(&self.story.run.situations, state, &candidates);
        if told.len() > 1 {
            let history = self.history(minds)?;
            told.sort_by_key(|&(fluent, _)| usize::MAX - history.since(&self.story.run.situations, fluent));
        }
        Ok(told)
    }

    /// Where a fact says where something is, but its value is unknown to the minds: another that does say it, if one does.
    pub(super) fn place_that_tells(&mut self, place: Place) -> Result<Place> {
        if !self.value_at(place)?.is_unknown() {
            return Ok(place);
        }
        let Some(thing) = self.located_by(place.fluent) else { return Ok(place) };
        let minds = self.minds_of(place);
        let told = self.told_where(&minds, thing)?;
        Ok(told.first().map_or(place, |&(fluent, _)| self.place(&minds, fluent)))
    }

    /// What a fact marked `location` or `whereabouts` says where it is.
    fn located_by(&self, fluent: GroundFluentId) -> Option<EntityId> {
        let (declared, arguments) = self.story.run.situations.problem().declared(fluent)?;
        let declared = &self.story.world().fluents[declared.index()];
        arguments.first().copied().filter(|_| declared.location || declared.whereabouts)
    }

    /// `Ann believes that the key is in the hall`: the newest of what tells it.
    fn say_told(&mut self, minds: &[EntityId], told: &[Told]) -> String {
        let Some(&(fluent, value)) = told.first() else { return String::new() };
        let place = self.place(minds, fluent);
        self.say_fact(place, value)
    }

    /// The answer where nothing tells where `thing` is.
    fn nowhere_told(&mut self, minds: &[EntityId], thing: EntityId) -> Result<Answer> {
        let name = self.name(thing);
        let says = match minds.split_last() {
            None if tellings(self.story.world(), thing).is_empty() => {
                format!("No fact of this story says where {name} is")
            }
            None => format!("It is not told where {name} is"),
            Some((&last, outer)) => {
                let unknown = format!("{} does not know where {name} is", self.name(last));
                self.in_minds(outer, unknown)
            }
        };
        let mut answer = Answer::new(Verdict::Facts, say::capitalised(&says));
        answer.because.extend(self.since_untold(minds, thing)?);
        let truth = self.told_where(&[], thing)?;
        if !minds.is_empty() && !truth.is_empty() {
            self.add_truth(thing, &truth, &mut answer.because)?;
        }
        if minds.is_empty() {
            self.add_others(thing, &mut answer.because)?;
        }
        Ok(answer)
    }

    /// Since when nothing tells the minds where `thing` is.
    fn since_untold(&mut self, minds: &[EntityId], thing: EntityId) -> Result<Option<Said>> {
        let history = self.history(minds)?;
        match self.last_told(minds, thing, &history) {
            Some(place) => self.only_since(place, &history).map(Some),
            None => Ok(None),
        }
    }

    /// Of the facts that could tell where `thing` is, and do not, the one that did so last; the one that is marked as
    /// saying it where none ever did.
    fn last_told(&mut self, minds: &[EntityId], thing: EntityId, history: &History) -> Option<Place> {
        let situations = &self.story.run.situations;
        let location = location_of(self.story.world(), thing)?;
        let marked = situations.problem().fluent(location.fluent, &[thing])?;
        let someone = self.story.world().someone();
        let told_last = |&(fluent, tells): &(GroundFluentId, Tells)| {
            let before = history.value_before(situations, fluent);
            before.is_some_and(|value| is_told(value, tells, someone))
        };
        let told = candidates(situations, thing).into_iter().filter(told_last);
        let last = told.max_by_key(|&(fluent, _)| history.since(situations, fluent));
        Some(self.place(minds, last.map_or(marked, |(fluent, _)| fluent)))
    }

    /// Other facts with a value about a thing of which it is not told where it is.
    fn add_others(&mut self, thing: EntityId, said: &mut Vec<Said>) -> Result<()> {
        let situations = &self.story.run.situations;
        let is_about = |&fluent: &GroundFluentId| {
            situations.value(self.state, fluent).as_entity().is_some()
                && situations.problem().declared(fluent).is_some_and(|(_, arguments)| arguments.contains(&thing))
        };
        let others: Vec<GroundFluentId> = situations.problem().fluents().filter(is_about).take(MOST_OTHERS).collect();
        let history = self.history(&[])?;
        for fluent in others {
            let place = self.place(&[], fluent);
            said.push(self.fact_since((place, false), &history)?);
        }
        Ok(())
    }

    /// Where those are who have the thing, or what it is in.
    fn add_way(&mut self, minds: &[EntityId], (thing, told): (EntityId, &[Told]), said: &mut Vec<Said>) -> Result<()> {
        let [only] = told else { return Ok(()) };
        let (mut passed, mut last) = (vec![thing], *only);
        let history = self.history(minds)?;
        while passed.len() < LONGEST_WAY {
            let Some(next) = self.holder(last, &passed) else { break };
            let [onward] = self.told_where(minds, next)?[..] else { break };
            let place = self.place(minds, onward.0);
            said.push(self.fact_since((place, false), &history)?);
            passed.push(next);
            last = onward;
        }
        Ok(())
    }

    /// Whom or what a fact names beside those that were passed.
    fn holder(&self, (fluent, value): Told, passed: &[EntityId]) -> Option<EntityId> {
        let (_, arguments) = self.story.run.situations.problem().declared(fluent)?;
        let mut named = value.as_entity().into_iter().chain(arguments.iter().copied());
        named.find(|entity| !passed.contains(entity))
    }

    /// What is so of what tells it, since when.
    fn add_facts(&mut self, (told, in_truth): (&[Told], bool), said: &mut Vec<Said>) -> Result<()> {
        let history = self.history(&[])?;
        for &(fluent, _) in told {
            let place = self.place(&[], fluent);
            said.push(self.fact_since((place, in_truth), &history)?);
        }
        Ok(())
    }

    fn add_truth(&mut self, thing: EntityId, truth: &[Told], said: &mut Vec<Said>) -> Result<()> {
        self.add_facts((truth, true), said)?;
        let history = self.history(&[])?;
        if truth.is_empty() {
            let unknown = format!("in truth it is not told where {} is", self.name(thing));
            said.push(match self.last_told(&[], thing, &history) {
                Some(place) => {
                    let origin = self.origin(&history, place.fluent)?;
                    self.since(unknown, &[], origin)?
                }
                None => Said::plain(say::capitalised(&unknown)),
            });
        }
        Ok(())
    }

    /// Whether a mind knows where `thing` is, or wonders.
    pub(super) fn attitude_to_where(&mut self, mind: Mind, attitude: Attitude, thing: EntityId) -> Result<Answer> {
        let truth = self.told_where(&[], thing)?;
        let own = match mind {
            Mind::Character(who) => self.told_where(&[who], thing)?,
            Mind::Reader => self.reader_told_where(thing)?,
        };
        let (name, thing_name) = (self.mind(mind), self.name(thing));
        let right: Vec<Told> = own.iter().copied().filter(|told| truth.contains(told)).collect();
        let knows = !right.is_empty();
        let believed = self.say_told(&[], &own);
        let (yes, says) = match (attitude, knows) {
            (Attitude::Wonders, _) if own.is_empty() => (true, format!("{name} does not know where {thing_name} is")),
            (Attitude::Wonders, true) => (false, format!("{name} knows that {believed}")),
            (Attitude::Wonders, false) => (false, format!("{name} believes that {believed}")),
            (_, true) => (true, format!("{name} knows that {}", self.say_told(&[], &right))),
            (_, false) if own.is_empty() => (false, format!("{name} does not know where {thing_name} is")),
            (_, false) => (false, format!("{name} wrongly believes that {believed}")),
        };
        let (verdict, word) = if yes { (Verdict::Yes, "Yes") } else { (Verdict::No, "No") };
        let mut answer = Answer::new(verdict, format!("{word}, {says}"));
        match (mind, own.first()) {
            (Mind::Character(who), _) => self.add_belief(who, thing, &own, &mut answer.because)?,
            (Mind::Reader, Some(&(fluent, value))) => {
                let place = self.place(&[], fluent);
                let statement = self.story.run.situations.problem().statement(place, value);
                answer.because.extend(self.reader_since(&statement)?);
            }
            (Mind::Reader, None) => {}
        }
        if !knows {
            self.add_truth(thing, &truth, &mut answer.because)?;
        }
        Ok(answer)
    }

    /// Since when `who` believes what, or does not know.
    fn add_belief(&mut self, who: EntityId, thing: EntityId, own: &[Told], said: &mut Vec<Said>) -> Result<()> {
        let history = self.history(&[who])?;
        for &(fluent, _) in own {
            let place = self.place(&[who], fluent);
            said.push(match own.len() {
                1 => self.only_since(place, &history)?,
                _ => self.fact_since((place, false), &history)?,
            });
        }
        if own.is_empty() {
            said.extend(self.since_untold(&[who], thing)?);
        }
        Ok(())
    }

    /// What tells the reader where `thing` is.
    fn reader_told_where(&mut self, thing: EntityId) -> Result<Vec<Told>> {
        let told = self.with_reader(&[], |asked, told| {
            let candidates = candidates(told.reader.situations(), thing);
            let theirs = where_told(told.reader.situations(), told.state, &candidates);
            let problem = told.reader.situations().problem();
            let declared: Vec<_> = theirs
                .into_iter()
                .filter_map(|(fluent, value)| problem.declared(fluent).map(|declared| (declared, value)))
                .collect();
            let problem = asked.story.run.situations.problem();
            let shared = declared
                .into_iter()
                .filter_map(|((fluent, arguments), value)| Some((problem.fluent(fluent, &arguments)?, value)));
            Ok(shared.collect::<Vec<Told>>())
        })?;
        Ok(told.unwrap_or_default())
    }

    /// All characters who know where `thing` is, or do not, or wonder.
    pub(super) fn who_of_where(&mut self, which: Which, attitude: Attitude, thing: EntityId) -> Result<Answer> {
        let truth = self.told_where(&[], thing)?;
        let mut found: Vec<EntityId> = Vec::new();
        let mut groups: Vec<Group> = Vec::new();
        for who in (0..self.story.world().characters).map(EntityId::from_index) {
            let own = self.told_where(&[who], thing)?;
            let holds = match attitude {
                Attitude::Wonders => own.is_empty(),
                _ => own.iter().any(|told| truth.contains(told)),
            };
            if holds != (which == Which::Do) {
                continue;
            }
            found.push(who);
            for (fluent, value) in own.into_iter().take(1) {
                let place = self.place(&[who], fluent);
                let history = self.history(&[who])?;
                let since = self.only_since(place, &history)?;
                let place = self.place(&[], fluent);
                let same =
                    |group: &&mut Group| (group.place, group.value) == (place, value) && group.since.reads_as(&since);
                match groups.iter_mut().find(same) {
                    Some(group) => group.add(who, since),
                    None => groups.push(Group { members: vec![who], place, value, since }),
                }
            }
        }
        let thing_name = self.name(thing);
        let mut says = self.who_sentence(&found, (which, attitude), &thing_name);
        match (truth.as_slice(), attitude) {
            ([], Attitude::Knows) if which == Which::Do => {
                says = format!("Nobody: it is not told where {thing_name} is");
            }
            ([], _) => {}
            _ => says = format!("{says}: {}", self.say_told(&[], &truth)),
        }
        let mut answer = Answer::new(Verdict::Characters, says);
        let since_true = self.since_true(&truth)?;
        if let (Some(since), [only]) = (&since_true, groups.as_slice())
            && which == Which::Do
            && only.since.reads_as(since)
        {
            // They have known since it is so: said once.
            let mut once = since.clone();
            once.data.extend_from_slice(&only.since.data);
            answer.because.push(once);
        } else {
            self.add_facts((&truth, false), &mut answer.because)?;
            for group in &groups {
                let said = self.belief_of(group)?;
                answer.because.push(said);
            }
        }
        answer.characters = found;
        Ok(answer)
    }

    /// Since when the one thing is so that tells it.
    fn since_true(&mut self, truth: &[Told]) -> Result<Option<Said>> {
        let [(fluent, _)] = truth else { return Ok(None) };
        let history = self.history(&[])?;
        let place = self.place(&[], *fluent);
        Ok(Some(self.only_since(place, &history)?))
    }

    fn who_sentence(&self, found: &[EntityId], (which, attitude): (Which, Attitude), thing: &str) -> String {
        let all = self.story.world().characters;
        let (subject, which) = match (found.len(), which) {
            (0, Which::DoNot) if all > 2 => ("Everybody".to_owned(), Which::Do),
            (count, Which::DoNot) if count == all && all > 2 => ("Nobody".to_owned(), Which::Do),
            _ => (self.subject(found, which), which),
        };
        let is_one = found.len() < 2 || matches!(subject.as_str(), "Everybody" | "Nobody");
        let verb = super::who::verb(which, attitude, if is_one { 1 } else { 2 });
        format!("{subject} {verb} where {thing} is")
    }

    /// When `who` came to believe where `thing` is, and from whom.
    pub(super) fn learned_where(&mut self, who: EntityId, thing: EntityId) -> Result<Answer> {
        let own = self.told_where(&[who], thing)?;
        if let Some(&(fluent, value)) = own.first() {
            let place = self.place(&[], fluent);
            let statement: Expression = self.story.run.situations.problem().statement(place, value);
            let mut answer = self.learned_alone(who, &statement)?;
            let truth = self.told_where(&[], thing)?;
            if !own.iter().any(|told| truth.contains(told)) {
                self.add_truth(thing, &truth, &mut answer.because)?;
            }
            return Ok(answer);
        }
        let says = format!("{} does not know where {} is", self.name(who), self.name(thing));
        let mut answer = Answer::new(Verdict::No, says);
        let truth = self.told_where(&[], thing)?;
        self.add_truth(thing, &truth, &mut answer.because)?;
        Ok(answer)
    }
}

/// The facts that may tell where `thing` is.
fn candidates(situations: &Situations<'_>, thing: EntityId) -> Vec<(GroundFluentId, Tells)> {
    let problem = situations.problem();
    let told = tellings(problem.world(), thing).into_iter();
    let ground = told.filter_map(|telling| {
        let entity = |argument: &Term| match argument {
            Term::Entity(entity) => Some(*entity),
            Term::Variable(_) => None,
        };
        let arguments: Vec<EntityId> = telling.fact.arguments.iter().filter_map(entity).collect();
        Some((problem.fluent(telling.fact.fluent, &arguments)?, telling.tells))
    });
    ground.collect()
}

/// Those that do in `state`.
fn where_told(situations: &Situations<'_>, state: StateId, candidates: &[(GroundFluentId, Tells)]) -> Vec<Told> {
    let someone = situations.problem().world().someone();
    let told = candidates.iter().filter_map(|&(fluent, tells)| {
        let value = situations.value(state, fluent);
        is_told(value, tells, someone).then_some((fluent, value))
    });
    told.collect()
}

/// Whether this value of a fact tells where the thing is.
fn is_told(value: Value, tells: Tells, someone: EntityId) -> bool {
    match tells {
        Tells::Valued => value.as_entity().is_some_and(|entity| entity != someone),
        Tells::Is(thing) => value.as_entity() == Some(thing),
        Tells::So => value.as_boolean() == Some(true),
    }
}

//! What somebody said to whom, and what of it was a lie: told without believing it, and not so.

use super::spoken::spoken;
use super::{Answer, Asked, Held, MOST_LISTED, Result, Said, Verdict, believes};
use crate::check::unknowing::asserted;
use crate::check::words;
use crate::ground::EventId;
use crate::telling::replay::{MomentId, What};
use crate::world::{EntityId, say};

/// Of what is said, what is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sayings {
    /// Who says it; `None`: anybody.
    pub speaker: Option<EntityId>,
    /// To whom; `None`: to anybody.
    pub hearer: Option<EntityId>,
    /// What is asked of that.
    pub asks: AsksOfSayings,
}

/// What is asked of what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsksOfSayings {
    /// What was said.
    What,
    /// Which lies were told.
    Lies,
    /// Who lied.
    Liars,
    /// Whether somebody lied.
    WhetherLied,
    /// To whom somebody lied.
    Deceived,
}

/// Something that was said.
struct Utterance {
    moment: MomentId,
    event: EventId,
    speaker: EntityId,
    /// Those to whom it was said.
    hearers: Vec<EntityId>,
    sincerity: Sincerity,
}

/// How what is said agrees with what the speaker believes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sincerity {
    /// They believe it, or assert nothing.
    Meant,
    /// They do not believe it, and it is so: what they believe.
    Guess(String),
    /// They do not believe it, and it is not so: what they believe.
    Lie(String),
}

impl Utterance {
    fn is_lie(&self) -> bool {
        matches!(self.sincerity, Sincerity::Lie(_))
    }
}

impl Asked<'_, '_, '_> {
    /// What was said until the point.
    pub(super) fn sayings(&mut self, sayings: Sayings) -> Result<Answer> {
        let mut found = Vec::new();
        for index in 0..self.point.after().index() {
            found.extend(self.utterance(MomentId::from_index(index), sayings)?);
        }
        if sayings.asks != AsksOfSayings::What {
            found.retain(Utterance::is_lie);
        }
        let mut answer = self.sayings_heading(sayings, &found);
        answer.more = found.len().saturating_sub(self.most(MOST_LISTED));
        for utterance in found.iter().take(self.most(MOST_LISTED)) {
            let said = self.said(utterance)?;
            answer.facts.push(said);
        }
        Ok(answer)
    }

    /// What is said at a moment, if it is asked for.
    fn utterance(&mut self, moment: MomentId, sayings: Sayings) -> Result<Option<Utterance>> {
        let told = self.story.run.replay.moments[moment.index()].clone();
        let What::Event(event) = told.what else { return Ok(None) };
        let problem = self.story.run.situations.problem();
        let Some(spoken) = spoken(problem, event) else { return Ok(None) };
        // What is read was said when it was written.
        let is_repeated = !spoken.by_speaker && sayings.asks == AsksOfSayings::What && sayings.hearer.is_none();
        if is_repeated || sayings.speaker.is_some_and(|wanted| wanted != spoken.speaker) {
            return Ok(None);
        }
        let hearers = self.heard(moment, &spoken)?;
        if sayings.hearer.is_some_and(|wanted| !hearers.contains(&wanted)) {
            return Ok(None);
        }
        let speaker = spoken.speaker;
        let sincerity = self.sincerity(moment, event, speaker)?;
        Ok(Some(Utterance { moment, event, speaker, hearers, sincerity }))
    }

    fn sincerity(&mut self, moment: MomentId, event: EventId, speaker: EntityId) -> Result<Sincerity> {
        let said = self.when_said(moment, speaker);
        let before = self.story.run.replay.moments[said.index()].before;
        for statement in asserted(&self.story.case(), event) {
            let condition = self.condition(&believes(speaker, statement.clone()))?;
            if self.story.run.situations.holds(before, &condition)? {
                continue;
            }
            let places = self.places_asked(&statement)?;
            let Some(&place) = places.first() else { continue };
            let own = self.in_mind(speaker, place);
            let so = self.condition(&statement)?;
            let so = self.story.run.situations.holds(before, &so)?;
            // What they believed then.
            let now = std::mem::replace(&mut self.state, before);
            let own = self.place_that_tells(own)?;
            let value = self.value_at(own)?;
            let believed = self.say_fact(own, value);
            self.state = now;
            return Ok(if so { Sincerity::Guess(believed) } else { Sincerity::Lie(believed) });
        }
        Ok(Sincerity::Meant)
    }

    /// `Ann tells Ben that the key is in the attic, in scene 2 “Two” (a lie: Ann believes that …)`
    fn said(&mut self, utterance: &Utterance) -> Result<Said> {
        let (scene, span) = self.span_of(utterance.moment);
        let event = self.story.case().event(utterance.event);
        let scene_name = words::scene(self.story.telling(), scene);
        let lie = match &utterance.sincerity {
            Sincerity::Meant => String::new(),
            Sincerity::Guess(believed) => format!(" (it is so, but {believed})"),
            Sincerity::Lie(believed) => format!(" (a lie: {believed})"),
        };
        let held = Held { source: Some(utterance.speaker), ..self.held_event(utterance.moment, utterance.event) };
        Ok(Said::told(say::capitalised(&format!("{event}, in {scene_name}{lie}")), (scene, span)).with(held))
    }

    fn sayings_heading(&self, sayings: Sayings, found: &[Utterance]) -> Answer {
        let speaker = sayings.speaker.map(|who| self.name(who));
        let to = sayings.hearer.map_or_else(String::new, |whom| format!(" to {}", self.name(whom)));
        let lies = found.iter().filter(|utterance| utterance.is_lie()).count();
        let who = speaker.clone().unwrap_or_else(|| "somebody".to_owned());
        match sayings.asks {
            AsksOfSayings::What => {
                let of_them = match (found.len(), lies) {
                    (_, 0) => String::new(),
                    (1, _) => ", and it was a lie".to_owned(),
                    (count, lies) if count == lies => ", all of them lies".to_owned(),
                    (_, 1) => ", one of them a lie".to_owned(),
                    (_, lies) => format!(", {lies} of them lies"),
                };
                let says = match (found.len(), &speaker) {
                    (0, None) => format!("nobody said anything{to}"),
                    (0, Some(speaker)) => format!("{speaker} said nothing{to}"),
                    (1, _) => format!("{who} said one thing{to}{of_them}"),
                    (count, _) => format!("{who} said {count} things{to}{of_them}"),
                };
                Answer::new(Verdict::Facts, says)
            }
            AsksOfSayings::Lies => {
                let told = words::counted(found.len(), "lie", "lies");
                let told = if found.is_empty() { "no lie".to_owned() } else { told };
                Answer::new(Verdict::Facts, format!("{who} told {told}{to}"))
            }
            AsksOfSayings::WhetherLied => match found.is_empty() {
                true => Answer::new(Verdict::No, format!("No, {who} did not lie{to}")),
                false => Answer::new(Verdict::Yes, format!("Yes, {who} lied{to}")),
            },
            AsksOfSayings::Liars => {
                let liars = each_once(found.iter().map(|utterance| utterance.speaker));
                let names: Vec<String> = liars.iter().map(|&who| self.name(who)).collect();
                let subject = if names.is_empty() { "nobody".to_owned() } else { say::list(&names) };
                let mut answer = Answer::new(Verdict::Characters, format!("{subject} lied{to}"));
                answer.characters = liars;
                answer
            }
            AsksOfSayings::Deceived => {
                let deceived = each_once(found.iter().flat_map(|utterance| utterance.hearers.iter().copied()));
                let names: Vec<String> = deceived.iter().map(|&who| self.name(who)).collect();
                let whom = if names.is_empty() { "nobody".to_owned() } else { say::list(&names) };
                let mut answer = Answer::new(Verdict::Characters, format!("{who} lied to {whom}"));
                answer.characters = deceived;
                answer
            }
        }
    }
}

fn each_once(all: impl Iterator<Item = EntityId>) -> Vec<EntityId> {
    let mut found: Vec<EntityId> = Vec::new();
    for one in all {
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

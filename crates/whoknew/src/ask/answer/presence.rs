//! Who was there when something happened, and who noticed it.

use super::{Answer, Asked, Occasion, Result, Said, Verdict};
use crate::causes;
use crate::check::words;
use crate::ground::{EventId, Value};
use crate::telling::replay::{MomentId, What, Whereabouts};
use crate::world::{EntityId, EventArgument, EventTerm, Term, World, say};

/// At most so many occasions are told of.
const MOST_OCCASIONS: usize = 6;

impl Asked<'_, '_, '_> {
    /// Who was there on each occasion until the point on which the event happened.
    pub(super) fn present(&mut self, event: &EventTerm) -> Result<Answer> {
        let occasions = self.occasions(event);
        if occasions.is_empty() {
            let says = format!("Nobody: it never happened that {}", say::told_past(self.story.world(), event));
            return Ok(Answer::new(Verdict::Characters, says));
        }
        let mut answer = Answer::new(Verdict::Characters, "");
        for &moment in occasions.iter().take(self.most(MOST_OCCASIONS)) {
            self.occasion(moment, &mut answer)?;
        }
        let others = occasions.len().saturating_sub(self.most(MOST_OCCASIONS));
        if others > 0 {
            let more = words::counted(others, "more time", "more times");
            answer.because.push(Said::plain(format!("It happened {more}")));
        }
        answer.says = self.presence_sentence(&occasions, &answer.characters);
        Ok(answer)
    }

    /// Who noticed the event, as it was, on each occasion until the point.
    pub(super) fn noticed_by(&mut self, event: &EventTerm) -> Result<Answer> {
        let mut answer = self.present(event)?;
        let occasions = self.occasions(event);
        if occasions.is_empty() {
            return Ok(answer);
        }
        answer.characters.clear();
        for &moment in &occasions {
            let told = self.story.run.replay.moments[moment.index()].clone();
            for who in causes::plain_noticers(&mut self.story.run.situations, &told)? {
                if !answer.characters.contains(&who) {
                    answer.characters.push(who);
                }
            }
        }
        let names: Vec<String> = answer.characters.iter().map(|&who| self.name(who)).collect();
        let when = self.when_sentence(&occasions);
        answer.says = match names.as_slice() {
            [] => format!("Nobody noticed it as it was{when}"),
            [only] => format!("Only {only} noticed it{when}"),
            names => format!("{} noticed it{when}", say::list(names)),
        };
        Ok(answer)
    }

    fn when_sentence(&self, occasions: &[MomentId]) -> String {
        match occasions {
            [only] => format!(" in {}", self.scene_of(Some(*only))),
            several => format!(" on one of the {} occasions", several.len()),
        }
    }

    fn presence_sentence(&self, occasions: &[MomentId], there: &[EntityId]) -> String {
        let names: Vec<String> = there.iter().map(|&who| self.name(who)).collect();
        let when = self.when_sentence(occasions);
        match names.as_slice() {
            [] => format!("Nobody was there{when}"),
            [only] => format!("Only {only} was there{when}"),
            names => format!("{} were there{when}", say::list(names)),
        }
    }

    /// Who was there at one moment, who noticed what.
    fn occasion(&mut self, moment: MomentId, answer: &mut Answer) -> Result<()> {
        let (scene, span) = self.span_of(moment);
        let told = self.story.run.replay.moments[moment.index()].clone();
        let noticed = causes::noticers(&mut self.story.run.situations, &told)?;
        let there = self.there(moment, &noticed)?;
        for &who in &there {
            if !answer.characters.contains(&who) {
                answer.characters.push(who);
            }
        }
        let event = self.happening(moment, &[])?;
        let scene_name = words::scene(self.story.telling(), scene);
        let occasion = self.occasion_data(moment, &noticed, &there)?;
        let knowing = self.who_noticed(moment, &noticed, &there)?;
        answer.data.occasions.extend(occasion);
        let text = format!("{}: {event}; {knowing}", say::capitalised(&scene_name));
        answer.because.push(Said::told(text, (scene, span)));
        Ok(())
    }

    fn occasion_data(
        &mut self,
        moment: MomentId,
        noticed: &[EntityId],
        there: &[EntityId],
    ) -> Result<Option<Occasion>> {
        let (at, told) = (self.story.point_of(moment), self.story.run.replay.moments[moment.index()].clone());
        let What::Event(event) = told.what else { return Ok(None) };
        let situations = &mut self.story.run.situations;
        let mut seen = Vec::new();
        for &who in noticed {
            if let Some(event) = situations.notices(told.before, event, who)? {
                seen.push((who, situations.problem().event_term(event).clone()));
            }
        }
        let event = situations.problem().event_term(event).clone();
        Ok(Some(Occasion { at, event, there: there.to_vec(), noticed: seen }))
    }

    /// Those who were where it happened: where one of those who did it was, or where the scene plays.
    fn there(&mut self, moment: MomentId, noticed: &[EntityId]) -> Result<Vec<EntityId>> {
        let world = self.story.world();
        let places = Whereabouts::new(world);
        let told = self.story.run.replay.moments[moment.index()].clone();
        let situations = &mut self.story.run.situations;
        let What::Event(event) = told.what else { return Ok(Vec::new()) };
        let mut here: Vec<Value> = Vec::new();
        for actor in situations.problem().actors(event).to_vec() {
            for state in [told.before, told.after] {
                here.extend(causes::whereabouts(situations, &places, state, actor)?);
            }
        }
        let scene = &world.telling.scenes[told.scene.index()];
        if here.iter().all(|place| place.is_unknown()) {
            here.extend(scene.place.as_ref().map(|place| Value::entity(place.value)));
        }
        here.retain(|place| !place.is_unknown());
        let mut there = situations.problem().actors(event).to_vec();
        for who in (0..world.characters).map(EntityId::from_index) {
            if there.contains(&who) {
                continue;
            }
            match causes::whereabouts(situations, &places, told.before, who)? {
                Some(place) if here.contains(&place) => there.push(who),
                None if noticed.contains(&who) => there.push(who),
                _ => {}
            }
        }
        Ok(there)
    }

    fn is_other_event(&self, one: EventId, other: EventId) -> bool {
        let problem = self.story.run.situations.problem();
        problem.event_term(one) != problem.event_term(other)
    }

    fn who_noticed(&mut self, moment: MomentId, noticed: &[EntityId], there: &[EntityId]) -> Result<String> {
        let told = self.story.run.replay.moments[moment.index()].clone();
        let What::Event(event) = told.what else { return Ok(String::new()) };
        let mut parts: Vec<String> = Vec::new();
        let mut plainly: Vec<EntityId> = Vec::new();
        for &who in noticed {
            match self.story.run.situations.notices(told.before, event, who)? {
                Some(seen) if self.is_other_event(seen, event) => {
                    let seen = self.story.case().event(seen);
                    parts.push(format!("{} noticed: {seen}", self.name(who)));
                }
                Some(_) => plainly.push(who),
                None => {}
            }
        }
        let world = self.story.world();
        parts.insert(
            0,
            match plainly.as_slice() {
                [] => "nobody noticed it as it was".to_owned(),
                [only] => format!("only {} noticed it", words::name(world, *only)),
                plainly => format!("{} noticed it", words::names(world, plainly)),
            },
        );
        let missed: Vec<EntityId> = there.iter().copied().filter(|who| !noticed.contains(who)).collect();
        if !missed.is_empty() {
            parts.push(format!("{} did not notice", words::names(world, &missed)));
        }
        Ok(parts.join("; "))
    }
}

/// Whether `happened` is what is asked for; `someone` and `something` are anybody and anything.
pub(super) fn matches(world: &World, asked: &EventTerm, happened: &EventTerm) -> bool {
    let fits = |(asked, happened): (&EventArgument, &EventArgument)| match asked {
        EventArgument::Anyone => true,
        EventArgument::Term(Term::Entity(entity)) if *entity == world.someone() => true,
        _ => asked == happened,
    };
    if asked.action != happened.action {
        return false;
    }
    let mutual = world.actions[asked.action.index()].mutual && happened.arguments.len() >= 2;
    let mut exchanged = happened.arguments.clone();
    if mutual {
        exchanged.swap(0, 1);
    }
    asked.arguments.iter().zip(&happened.arguments).all(fits)
        || mutual && asked.arguments.iter().zip(&exchanged).all(fits)
}

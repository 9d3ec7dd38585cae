//! The told scenes: when and where they are, who is in them, and their lines in words.

use super::Cuts;
use crate::source::{Sources, Span};
use crate::state::StateError;
use crate::telling::Run;
use crate::telling::replay::{Moment, What, Whereabouts};
use crate::world::{EntityId, LineContent, Scene, SceneId, ToldEvent, World, say};

/// A scene for people.
#[derive(Clone, Debug, Default)]
pub struct SceneSummary {
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: Option<String>,
    /// What is said about its time, as it is written.
    pub times: Vec<String>,
    /// Where it is set, if that is said.
    pub place: Option<EntityId>,
    /// Through whose eyes it is told.
    pub point_of_view: Option<EntityId>,
    /// Wholly off the page.
    pub offstage: bool,
    /// Who is where in it.
    pub settings: Vec<Setting>,
    /// Who does something in it.
    pub acting: Vec<EntityId>,
    /// Its lines.
    pub lines: Vec<LineSummary>,
    /// How many of its lines are left out.
    pub lines_left_out: usize,
    /// Where its header was written.
    pub span: Option<Span>,
}

/// Who is at a place in a scene.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The place; `None`: not known.
    pub place: Option<EntityId>,
    /// Who is there, in entity order.
    pub there: Vec<EntityId>,
}

/// What kind of line it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Something happens.
    Event,
    /// Something happens that the reader does not see.
    Offstage,
    /// Somebody concludes something.
    Thought,
    /// The author claims something.
    Claim,
    /// The author assumes something.
    Assumption,
    /// The reader is told something.
    Reveal,
    /// A want is dropped, something is forgotten.
    Change,
}

/// A line of a scene for people.
#[derive(Clone, Debug)]
pub struct LineSummary {
    /// Its kind.
    pub kind: LineKind,
    /// What it says.
    pub text: String,
    /// More about it: what it is concluded from, whom it serves, what the reader sees instead.
    pub details: Vec<String>,
    /// Where it was written.
    pub span: Span,
}

/// All scenes, with at most so many lines.
pub(super) fn summaries(
    run: &mut Run<'_>,
    (world, sources): (&World, &Sources),
    most: usize,
    cuts: &mut Cuts,
) -> Vec<SceneSummary> {
    let places = Whereabouts::new(world);
    let total: usize = world.telling.scenes.iter().map(|scene| scene.lines.len()).sum();
    // Where there are too many lines, each scene keeps its first ones.
    let most_each = if total <= most { usize::MAX } else { (most / world.telling.scenes.len().max(1)).max(1) };
    let scenes = world.telling.scenes.iter().enumerate().map(|(index, scene)| {
        let id = SceneId::from_index(index);
        let mut summary = summary(world, sources, scene, most_each);
        cuts.lines += summary.lines_left_out;
        let mut gatherer = Gatherer { run: &mut *run, places: &places, found: Vec::new(), acting: Vec::new() };
        // Where a limit was reached, those found so far are shown.
        let _ = gatherer.gather(id, scene);
        summary.acting = gatherer.acting;
        summary.settings = settings(gatherer.found);
        summary
    });
    scenes.collect()
}

fn summary(world: &World, sources: &Sources, scene: &Scene, most: usize) -> SceneSummary {
    let mut times: Vec<String> = scene.times.iter().map(|time| written(sources, time.span)).collect();
    // What is written once may bound a time from both sides.
    times.dedup();
    SceneSummary {
        label: scene.label.clone(),
        title: scene.title.clone(),
        times,
        place: scene.place.as_ref().map(|place| place.value),
        point_of_view: scene.point_of_view,
        offstage: scene.offstage,
        lines: scene.lines.iter().take(most).map(|line| self::line(world, sources, line)).collect(),
        lines_left_out: scene.lines.len().saturating_sub(most),
        span: Some(scene.span),
        ..SceneSummary::default()
    }
}

/// What the author wrote, on one line.
fn written(sources: &Sources, span: Span) -> String {
    sources.slice(span).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn line(world: &World, sources: &Sources, line: &crate::world::Line) -> LineSummary {
    let name = |who: EntityId| world.entities[who.index()].name.as_str();
    let mut details = Vec::new();
    let (kind, text) = match &line.content {
        LineContent::Event(told) => {
            details = event_details(world, told);
            let kind = if told.offstage { LineKind::Offstage } else { LineKind::Event };
            (kind, say::event(world, &told.event))
        }
        LineContent::Conclusion { thinker, conclusion, premises } => {
            details.extend(premises.iter().map(|part| format!("from {}", say::statement(world, &part.value))));
            let text = format!("{} concludes that {}", name(*thinker), say::statement(world, &conclusion.value));
            (LineKind::Thought, text)
        }
        LineContent::Claim(statement) => (LineKind::Claim, say::statement(world, &statement.value)),
        LineContent::Reveal(statement) => (LineKind::Reveal, say::statement(world, &statement.value)),
        LineContent::Assumption { statement, reason } => {
            details.extend(reason.clone());
            (LineKind::Assumption, say::statement(world, &statement.value))
        }
        LineContent::Drops { .. } | LineContent::Forgets { .. } | LineContent::LosesTime(_) => {
            (LineKind::Change, written(sources, line.span))
        }
    };
    LineSummary { kind, text, details, span: line.span }
}

fn event_details(world: &World, told: &ToldEvent) -> Vec<String> {
    let names = |who: &[EntityId]| {
        say::list(&who.iter().map(|who| world.entities[who.index()].name.as_str()).collect::<Vec<_>>())
    };
    let mut details = Vec::new();
    if let Some(shown) = &told.shown_as {
        details.push(format!("the reader sees: {}", say::event(world, shown)));
    }
    if let Some(want) = &told.because
        && let Some(label) = &world.utilities[want.value.index()].label
    {
        details.push(format!("because “{label}”"));
    }
    if !told.noticed_by.is_empty() {
        details.push(format!("noticed by {}", names(&told.noticed_by)));
    }
    if !told.unnoticed_by.is_empty() {
        details.push(format!("unnoticed by {}", names(&told.unnoticed_by)));
    }
    details
}

fn settings(mut found: Vec<(Option<EntityId>, EntityId)>) -> Vec<Setting> {
    found.sort_unstable();
    found.dedup();
    let mut settings: Vec<Setting> = Vec::new();
    for &(place, who) in &found {
        // Whoever is known to be somewhere is not also at no known place.
        if place.is_none() && found.iter().any(|&(other, same)| same == who && other.is_some()) {
            continue;
        }
        match settings.last_mut().filter(|setting| setting.place == place) {
            Some(setting) => setting.there.push(who),
            None => settings.push(Setting { place, there: vec![who] }),
        }
    }
    settings
}

struct Gatherer<'g, 'w> {
    run: &'g mut Run<'w>,
    places: &'g Whereabouts,
    found: Vec<(Option<EntityId>, EntityId)>,
    acting: Vec<EntityId>,
}

impl Gatherer<'_, '_> {
    fn gather(&mut self, id: SceneId, scene: &Scene) -> Result<(), StateError> {
        let place = scene.place.as_ref().map(|place| place.value);
        if let Some(present) = &scene.present {
            self.found.extend(present.value.iter().map(|&who| (place, who)));
        }
        let first = self.run.replay.scene_start(id).index();
        let moments = self.run.replay.moments[first..].iter().take_while(|moment| moment.scene == id);
        let moments: Vec<Moment> = moments.cloned().collect();
        for moment in moments.iter().filter(|moment| moment.line.is_some()) {
            let What::Event(event) = moment.what else { continue };
            for who in self.run.situations.problem().actors(event).to_vec() {
                self.acting.push(who);
                let before = self.place_of(who, moment.before)?;
                let after = self.place_of(who, moment.after)?;
                self.found.extend([before, after].into_iter().flatten().map(|place| (Some(place), who)));
                if before.is_none() && after.is_none() {
                    self.found.push((place, who));
                }
            }
        }
        self.acting.sort_unstable();
        self.acting.dedup();
        if scene.present.is_none() {
            self.bystanders(place, moments.first())?;
        }
        Ok(())
    }

    /// Where nobody says who is present: all who are where the scene is, or where somebody acts, when it begins.
    fn bystanders(&mut self, place: Option<EntityId>, first: Option<&Moment>) -> Result<(), StateError> {
        let mut here: Vec<EntityId> = self.found.iter().filter_map(|&(place, _)| place).chain(place).collect();
        here.sort_unstable();
        here.dedup();
        let Some(state) = first.map(|moment| moment.before) else { return Ok(()) };
        for who in (0..self.run.situations.problem().world().characters).map(EntityId::from_index) {
            if let Some(place) = self.place_of(who, state)?.filter(|place| here.contains(place)) {
                self.found.push((Some(place), who));
            }
        }
        Ok(())
    }

    fn place_of(&mut self, who: EntityId, state: crate::state::StateId) -> Result<Option<EntityId>, StateError> {
        let place = crate::causes::whereabouts(&mut self.run.situations, self.places, state, who)?;
        Ok(place.and_then(|place| place.as_entity()))
    }
}

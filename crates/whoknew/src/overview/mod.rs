//! A whole story at a glance, as plain data for a page: its scenes, who is where, which facts minds differ about, what
//! everybody believes of them after each scene, and how they came to believe it.
//!
//! Everything is bounded by [`Bounds`]; what is left out is counted in [`Cuts`], so that a page can say so.
//! Invariant: the same story gives the same data, in the same order.

mod choice;
mod course;
mod facts;
mod learning;
mod others;
mod place_in_text;
mod reader;
mod scenes;
mod spoken;
mod tracks;

pub use course::{Change, Course};
pub use facts::{FactSummary, ValueWords};
pub use learning::{Learned, Means, Outcome, Said, Sincerity, Turn};
pub use place_in_text::scene_at;
pub use scenes::{LineKind, LineSummary, SceneSummary, Setting};

use crate::ground::Limits;
use crate::source::Sources;
use crate::telling::Run;
use crate::world::{EntityId, SceneId, World};
use facts::Facts;
use tracks::Tracks;

crate::define_id! {
    /// Names a fact of an [`Overview`].
    pub struct FactId;
}
crate::define_id! {
    /// Names a value among those that one fact ever has; the first is "unknown".
    pub struct ValueId;
}

impl ValueId {
    /// `?`
    pub const UNKNOWN: Self = Self::from_index(0);
}

/// How much an overview may hold.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Facts.
    pub facts: usize,
    /// Told lines.
    pub lines: usize,
    /// Changes of what somebody believes, each with how it came about.
    pub learned: usize,
    /// Changes of what somebody believes that somebody else believes.
    pub others: usize,
    /// Changes that are looked at before facts are chosen.
    pub changes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { facts: 800, lines: 20_000, learned: 60_000, others: 300_000, changes: 4_000_000 }
    }
}

/// What an overview leaves out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// Facts about which minds differ.
    pub facts: usize,
    /// Told lines.
    pub lines: usize,
    /// Changes of what somebody believes.
    pub learned: usize,
    /// Those of whom it does not say what they believe that others believe.
    pub others: Vec<EntityId>,
    /// The first scene, in the order in which they happened, of which it does not say what is believed.
    pub stopped: Option<SceneId>,
    /// What the reader believes could not be computed.
    pub reader: bool,
}

/// A whole story at a glance.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The scenes, in told order.
    pub scenes: Vec<SceneSummary>,
    /// The scenes in the order in which they happened.
    pub happened: Vec<SceneId>,
    /// Facts that somebody speaks of, or about which minds differ; the most telling first.
    pub facts: Vec<FactSummary>,
    /// What is so.
    pub truth: Course,
    /// What each character believes; the start is told as what differs from what is so.
    pub minds: Vec<Course>,
    /// For each character, what they believe that each character believes; the start is told as what differs from what they
    /// believe themselves. `None`: left out.
    pub others: Vec<Option<Vec<Course>>>,
    /// What the reader believes when each scene has been told; the start is what nobody has told yet: nothing.
    pub reader: Option<Course>,
    /// Each change of what is so, in the order in which they happened.
    pub turns: Vec<Turn>,
    /// Each change of what a character believes, in the order in which they happened.
    pub learned: Vec<Learned>,
    /// Each time somebody says one of the facts, in that order.
    pub said: Vec<Said>,
    /// What is left out.
    pub cuts: Cuts,
}

impl Overview {
    /// Looks over the story of `world`, which `run` has run.
    ///
    /// ```
    /// use whoknew::{ground::Limits, overview::{Bounds, Overview}, telling::Run, world};
    /// let loaded = world::load_text("a.who", "kind person : character\nperson Ann\nfact \"it rains\"\n\
    ///     scene\n  assume it rains\n  claim Ann does not believe it rains\n");
    /// let world = loaded.world.unwrap();
    /// let mut run = Run::asked(&world, &[], &Limits::default()).unwrap();
    /// let overview = Overview::new(&mut run, (&world, &loaded.sources), &Bounds::default());
    /// assert_eq!(overview.facts[0].open, "it rains");
    /// ```
    pub fn new(run: &mut Run<'_>, (world, sources): (&World, &Sources), bounds: &Bounds) -> Self {
        let mut cuts = Cuts::default();
        let scenes = scenes::summaries(run, (world, sources), bounds.lines, &mut cuts);
        let spoken = spoken::spoken(world, &mut run.situations);
        let tracks = Tracks::follow(run, &spoken, bounds.changes);
        cuts.stopped = tracks.stopped;
        let chosen = choice::choose(run, &tracks, &spoken, bounds.facts);
        cuts.facts = chosen.left_out;
        let mut facts = Facts::new(chosen.subjects);
        let truth = course::truth(run, &tracks, &mut facts);
        let minds = course::minds(run, &tracks, &mut facts);
        let others = others::others(run, &mut facts, &scenes, (bounds.others, &mut cuts));
        let reader = reader::course(run, world, &mut facts, &Limits::default());
        cuts.reader = reader.is_none();
        let turns = learning::turns(run, &tracks, &mut facts, bounds.learned);
        let learned = learning::learned(run, &tracks, &mut facts, (bounds.learned, &mut cuts));
        let said = learning::said(run, &tracks, &mut facts, bounds.learned);
        let happened = run.chronicle.scenes().to_vec();
        Self {
            scenes,
            happened,
            facts: facts.summaries(world),
            truth,
            minds,
            others,
            reader,
            turns,
            learned,
            said,
            cuts,
        }
    }
}

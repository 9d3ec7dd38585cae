//! How many acts the author's aim is away at least: as `within` on values, but with some beliefs looked at besides, so that
//! only acts count for which all their actors may have a reason, as far as these beliefs tell.
//!
//! Invariant: what a glance leaves open may be anything, so a distance is never more than that of a situation which looks
//! like that.

use super::canonical::Node;
use super::explain::Explainer;
use super::looks::{Level, Looks, UNSURE};
use super::model::Model;
use super::numbers::Small;
use super::onward::Onward;
use super::partial::decide;
use super::rows::Row;
use super::within::{Bounds, Goal, UNKNOWN};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Glances that may be looked on from before anything else is done.
const FIRST_GLANCES: u64 = 2_000;
/// Glances that may be looked on from for every successor that was computed.
const GENEROSITY: u64 = 1;

/// Values and the beliefs that are looked at, by number.
type Glance = u32;

/// An event on a row, and the row that it makes, where beliefs have no say in that.
type RowAct = (u32, Option<Row>);

/// Distances on glances.
pub(super) struct Glances {
    model: Arc<Model>,
    pub(super) looks: Looks,
    goal: Goal,
    /// Acts in an imagined plan.
    imagined: usize,
    /// By glance: its row and its beliefs.
    glances: Vec<(Row, u32)>,
    known: FxHashMap<(Row, u32), Glance>,
    beliefs: Vec<Rc<[Small]>>,
    known_beliefs: FxHashMap<Rc<[Small]>, u32>,
    bounds: Vec<Bounds>,
    /// By glance: the event that leads to the goal, and where.
    ways: Vec<(u32, Glance)>,
    acts: FxHashMap<Row, Rc<[RowAct]>>,
    /// How many those are together.
    listed: usize,
    /// By event and beliefs: whether all actors may have a reason.
    agreed: FxHashMap<(u32, u32), bool>,
    /// By event, character and what they believe: whether they may have a reason.
    motives: FxHashMap<(u32, u8, Box<[Small]>), bool>,
    /// How many glances were looked on from.
    pub(super) expanded: u64,
    gave_up: bool,
}

impl Glances {
    pub(super) fn new(model: Arc<Model>, looks: Looks, goal: Goal, imagined: usize) -> Self {
        Self {
            model,
            looks,
            goal,
            imagined,
            glances: Vec::new(),
            known: FxHashMap::default(),
            beliefs: Vec::new(),
            known_beliefs: FxHashMap::default(),
            bounds: Vec::new(),
            ways: Vec::new(),
            acts: FxHashMap::default(),
            listed: 0,
            agreed: FxHashMap::default(),
            motives: FxHashMap::default(),
            expanded: 0,
            gave_up: false,
        }
    }

    /// Roughly how many bytes everything takes.
    pub(super) fn bytes(&self) -> usize {
        let values = self.looks.slots.len() * 2 + 16;
        self.glances.capacity() * 18
            + self.known.capacity() * 14
            + self.beliefs.len() * (values + 40)
            + self.acts.capacity() * 24
            + self.listed * 12
            + self.agreed.capacity() * 10
            + self.motives.capacity() * (values + 26)
    }

    /// The situation at a glance.
    pub(super) fn at(&mut self, node: Node, explainer: &Explainer<'_>) -> Glance {
        let beliefs = self.looks.beliefs(node, &explainer.successors);
        self.number_of(explainer.successors.canonical.row_of(node), &beliefs)
    }

    fn number_of(&mut self, row: Row, beliefs: &[Small]) -> Glance {
        let beliefs = match self.known_beliefs.get(beliefs) {
            Some(&known) => known,
            None => {
                let shared: Rc<[Small]> = beliefs.into();
                self.beliefs.push(Rc::clone(&shared));
                self.known_beliefs.insert(shared, self.beliefs.len() as u32 - 1);
                self.beliefs.len() as u32 - 1
            }
        };
        let next = self.glances.len() as Glance;
        let glance = *self.known.entry((row, beliefs)).or_insert(next);
        if glance == next {
            self.glances.push((row, beliefs));
            self.bounds.push(UNKNOWN);
            self.ways.push((u32::MAX, u32::MAX));
        }
        glance
    }

    /// Whether the goal may be reached within so many steps.
    pub(super) fn may_reach(&mut self, from: Glance, steps: usize, explainer: &mut Explainer<'_>) -> bool {
        self.gave_up = false;
        self.search(from, steps.min(250) as u8, explainer)
    }

    /// The events that reach the goal from a glance, where that was found possible; `None` if not all of them are known.
    pub(super) fn way(&self, from: Glance) -> Option<Vec<u32>> {
        let (mut events, mut at) = (Vec::new(), from);
        while self.bounds[at as usize].most > 0 {
            let (event, next) = self.ways[at as usize];
            if event == u32::MAX || events.len() > 250 {
                return None;
            }
            events.push(event);
            at = next;
        }
        Some(events)
    }

    fn search(&mut self, from: Glance, steps: u8, explainer: &mut Explainer<'_>) -> bool {
        let known = self.bounds[from as usize];
        if known.most <= steps || known.least > steps {
            return known.most <= steps;
        }
        let row = self.glances[from as usize].0;
        if known.least == 0 {
            let successors = &explainer.successors;
            let reached = explainer.within.is_reached(self.goal, row, &successors.numbers, successors);
            self.bounds[from as usize] =
                if reached { Bounds { least: 0, most: 0 } } else { Bounds { least: 1, ..known } };
            if reached || steps == 0 {
                return reached;
            }
        }
        self.expanded += 1;
        if self.expanded > FIRST_GLANCES + GENEROSITY.saturating_mul(explainer.successors.computed)
            || (explainer.watch.is_due(1) && explainer.look_around().is_err())
            || explainer.watch.stopped.is_some()
        {
            self.gave_up = true;
            return true;
        }
        let mut reached = false;
        for &(event, row) in self.acts(row, explainer).iter() {
            let next = match self.next(from, (event, row), steps - 1, explainer) {
                Next::Nowhere => continue,
                Next::Unclear => {
                    self.gave_up = true;
                    return true;
                }
                Next::At(next) => next,
            };
            if next != from && self.search(next, steps - 1, explainer) {
                self.ways[from as usize] = (event, next);
                reached = true;
                break;
            }
        }
        let known = &mut self.bounds[from as usize];
        match reached {
            true if !self.gave_up => known.most = known.most.min(steps),
            true => {}
            false => known.least = known.least.max(steps + 1),
        }
        reached
    }

    /// Where an event leads, if it can be that it is explained and that the goal is reached so many steps later.
    fn next(&mut self, from: Glance, (event, row): RowAct, left: u8, explainer: &mut Explainer<'_>) -> Next {
        if let Some(row) = row
            && !explainer.within.may_reach(self.goal, row, usize::from(left), &mut explainer.successors)
        {
            return Next::Nowhere;
        }
        let (base, number) = self.glances[from as usize];
        let beliefs = Rc::clone(&self.beliefs[number as usize]);
        let model = Arc::clone(&self.model);
        let numbers = &explainer.successors.numbers;
        let here = explainer.successors.canonical.row(base);
        let level = Level { looks: &self.looks, numbers, row: here, beliefs: &beliefs, owner: None };
        if decide(&model.events[event as usize].needs, &level) == Some(false) {
            return Next::Nowhere;
        }
        if !self.agreed(event, number, explainer) {
            return Next::Nowhere;
        }
        let successors = &mut explainer.successors;
        let here = successors.canonical.row(base).to_vec();
        let mut onward = Onward::new(&model, &self.looks, &mut successors.numbers, (&here, &beliefs));
        match onward.happen(event) {
            Err(_) => Next::Unclear,
            Ok(false) => Next::Nowhere,
            Ok(true) => {
                let (row, beliefs) = (onward.row, onward.beliefs);
                let row = successors.canonical.intern_row(&row);
                Next::At(self.number_of(row, &beliefs))
            }
        }
    }

    fn acts(&mut self, row: Row, explainer: &mut Explainer<'_>) -> Rc<[RowAct]> {
        if let Some(known) = self.acts.get(&row) {
            return Rc::clone(known);
        }
        let acts: Rc<[RowAct]> = explainer.within.rows.acts(row, &mut explainer.successors).into();
        self.listed += acts.len();
        self.acts.insert(row, Rc::clone(&acts));
        acts
    }

    /// Whether all actors may have a reason for the event.
    fn agreed(&mut self, event: u32, beliefs: u32, explainer: &Explainer<'_>) -> bool {
        if let Some(&known) = self.agreed.get(&(event, beliefs)) {
            return known;
        }
        let model = Arc::clone(&self.model);
        let all = Rc::clone(&self.beliefs[beliefs as usize]);
        let agreed = model.events[event as usize].actors.iter().all(|&actor| {
            if model.events[event as usize].may_mean_another(actor) {
                return true;
            }
            let slots = self.looks.slots.iter().zip(all.iter());
            let own: Box<[Small]> = slots.filter(|((of, _), _)| *of == actor).map(|(_, &small)| small).collect();
            let key = (event, actor, own);
            if let Some(&known) = self.motives.get(&key) {
                return known;
            }
            let mut values = vec![None; self.looks.width];
            for (&(_, fact), &small) in self.looks.slots.iter().filter(|(of, _)| *of == actor).zip(key.2.iter()) {
                values[usize::from(fact)] = (small != UNSURE).then_some(small);
            }
            let may = may_raise(explainer, &values, (event, actor), self.imagined);
            self.motives.insert(key, may);
            may
        });
        self.agreed.insert((event, beliefs), agreed);
        agreed
    }
}

/// Whether the character may have a reason for the event where they take these values to be real, `None` being any.
pub(super) fn may_raise(
    explainer: &Explainer<'_>,
    values: &[Option<Small>],
    (event, character): (u32, u8),
    imagined: usize,
) -> bool {
    let numbers = &explainer.successors.numbers;
    explainer.relaxed.may_raise(values, numbers, (event, usize::from(character) + 1), imagined)
}

/// Where an event leads.
enum Next {
    /// It cannot happen, or nobody would do it, or the goal is too far away then.
    Nowhere,
    /// That cannot be said.
    Unclear,
    At(Glance),
}

//! What rests on what in a retelling: for each moment the facts that are wanted of it, and what they rest on.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashSet;

use super::find::Conclusion;
use crate::causes::{History, Origin, Read, Role, reads};
use crate::ground::{Place, Value};
use crate::state::{Situations, StateError};
use crate::telling::Retelling;
use crate::telling::replay::MomentId;
use crate::telling::script::Script;

/// A fact, and what made it so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    pub place: Place,
    pub value: Value,
    pub role: Role,
    pub origin: Origin,
}

/// What rests on what; moments are those of the retelling.
pub(super) struct Graph {
    /// What the conclusion rests on.
    pub roots: Vec<Node>,
    /// For each moment that something rests on: what it rests on itself.
    pub rests_on: BTreeMap<MomentId, Vec<Node>>,
}

impl Graph {
    /// Follows the conclusion back to the start.
    pub(super) fn new(
        situations: &mut Situations<'_>,
        script: &Script,
        retelling: &Retelling,
        conclusion: &Conclusion,
    ) -> Result<Self, StateError> {
        let end = MomentId::from_index(retelling.replay.moments.len());
        let role = match conclusion {
            Conclusion::Possible(_) => Role::Need,
            Conclusion::Holds(_) => Role::Premise,
        };
        let places = conclusion.places(situations, retelling.end)?;
        let looked_up: Vec<Read> = places.into_iter().map(|place| Read { place, role, after: false }).collect();
        let mut history = History::new(&retelling.replay, end);
        let mut graph = Self { roots: Vec::new(), rests_on: BTreeMap::new() };
        let mut seen: FxHashSet<(Place, MomentId)> = FxHashSet::default();
        let mut wanted: VecDeque<(Place, MomentId)> = VecDeque::new();
        graph.roots = nodes(situations, retelling, &mut history, (&looked_up, end))?;
        note(&graph.roots, &mut wanted);
        while let Some((place, moment)) = wanted.pop_front() {
            if !seen.insert((place, moment)) {
                continue;
            }
            let looked_at = reads(situations, script, &retelling.replay.moments[moment.index()], Some(place))?;
            let found = nodes(situations, retelling, &mut history, (&looked_at, moment))?;
            note(&found, &mut wanted);
            let known = graph.rests_on.entry(moment).or_default();
            for node in found {
                if !known.contains(&node) {
                    known.push(node);
                }
            }
        }
        Ok(graph)
    }
}

fn note(nodes: &[Node], wanted: &mut VecDeque<(Place, MomentId)>) {
    wanted.extend(nodes.iter().filter_map(|node| Some((node.place, node.origin.moment()?))));
}

fn nodes(
    situations: &mut Situations<'_>,
    retelling: &Retelling,
    history: &mut History<'_>,
    (reads, moment): (&[Read], MomentId),
) -> Result<Vec<Node>, StateError> {
    let mut found: Vec<Node> = Vec::new();
    for read in reads {
        let until = MomentId::from_index(moment.index() + usize::from(read.after));
        let Some(state) = retelling.replay.state(until) else { continue };
        let origin = history.origin(situations, read.place, until)?;
        let value = situations.value_at(state, read.place)?;
        let node = Node { place: read.place, value, role: read.role, origin };
        // What a rule made of what the same event did is no step of its own.
        if read.after && origin == Origin::Moment(moment) && found.contains(&node) {
            continue;
        }
        found.push(node);
    }
    Ok(found)
}

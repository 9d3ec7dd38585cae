//! The tree of sentences, grown from what rests on what.

use std::collections::BTreeSet;

use super::graph::{Graph, Node};
use super::{Cause, Fact, Happening, words};
use crate::ask::Story;
use crate::causes::{CauseSet, Origin, Role};
use crate::ground::{GroundFluentId, Value};
use crate::state::StateError;
use crate::telling::Retelling;
use crate::telling::replay::MomentId;

/// Branches longer than this are cut; what they would name is named beside the tree.
const DEEPEST: usize = 120;

/// What the conclusion rests on, and the moments that it rests on in a way that the facts do not show.
pub(super) fn grown(
    story: &mut Story<'_>,
    retelling: &Retelling,
    graph: &Graph,
    (causes, until): (&CauseSet, MomentId),
) -> Result<(Vec<Fact>, Vec<Happening>), StateError> {
    let mut grower = Grower { story, retelling, graph, shown: BTreeSet::new(), until };
    let because = grower.facts(None, &graph.roots, 0)?;
    let mut besides = Vec::new();
    for (index, original) in retelling.originals.iter().enumerate() {
        let moment = MomentId::from_index(index);
        if causes.moments.contains(original) && !grower.shown.contains(&moment) {
            besides.push(grower.happening(moment, &[], 0)?);
        }
    }
    Ok((because, besides))
}

/// Whether a fact that is so from the start was made so again.
enum Again {
    Not,
    Since(String),
    /// In the story it is otherwise at that time, which makes no difference.
    Otherwise,
}

struct Grower<'g, 's, 'w> {
    story: &'s mut Story<'w>,
    retelling: &'g Retelling,
    graph: &'g Graph,
    shown: BTreeSet<MomentId>,
    /// How many moments of the replay came before the conclusion.
    until: MomentId,
}

impl Grower<'_, '_, '_> {
    /// The facts of `nodes`, on which `parent` rests; of those from the start the ones that are worth saying. What matters
    /// for several things, or also as somebody sees it, is said once.
    fn facts(&mut self, parent: Option<MomentId>, nodes: &[Node], depth: usize) -> Result<Vec<Fact>, StateError> {
        let mut nodes: Vec<Node> = nodes.to_vec();
        nodes.sort_by_key(|node| (order(node.role), self.believers(node)));
        let mut facts: Vec<Fact> = Vec::new();
        let mut said: Vec<(GroundFluentId, Value, Origin)> = Vec::new();
        for node in &nodes {
            let known = (node.place.fluent, node.value, node.origin);
            let unasked = parent.is_some() || node.role == Role::Need;
            let untold = node.origin == Origin::Start && unasked && !words::is_telling(self.story, node);
            let by_itself = parent.is_some() && node.origin.moment() == parent;
            let doubled = parent.is_some() && said.contains(&known);
            if by_itself || doubled {
                continue;
            }
            let in_story = match (node.origin, parent) {
                (Origin::Start, Some(parent)) => self.retelling.originals[parent.index()],
                _ => self.until,
            };
            let again = match self.again(node, in_story)? {
                Again::Otherwise if parent.is_some() => continue,
                Again::Since(_) if untold && parent.is_some() => continue,
                // What an event needs, and was made so again, is worth saying: a door that was locked, and opened.
                Again::Since(at) => Some(at),
                Again::Not | Again::Otherwise if untold => continue,
                Again::Not | Again::Otherwise => None,
            };
            said.push(known);
            let says = self.story.case().say_fact(node.place, node.value);
            let link = words::link(self.story, node.role);
            let source = match node.origin {
                Origin::Moment(moment) => Cause::Happened(Box::new(self.happening(moment, &[*node], depth + 1)?)),
                Origin::Start | Origin::Unknown => Cause::Start { again },
            };
            facts.push(Fact { says, role: node.role, link, source });
        }
        Ok(facts)
    }

    /// Whether what is so from the start in the retelling was so all the time in the story.
    fn again(&mut self, node: &Node, until: MomentId) -> Result<Again, StateError> {
        let run = &mut self.story.run;
        let (Origin::Start, Some(state)) = (node.origin, run.replay.state(until)) else { return Ok(Again::Not) };
        if run.situations.value_at(state, node.place)? != node.value {
            return Ok(Again::Otherwise);
        }
        Ok(match crate::causes::origin(&mut run.situations, &run.replay, node.place, until)? {
            Origin::Moment(moment) => {
                let moment = run.replay.moments[moment.index()].clone();
                Again::Since(words::at(self.story, &moment))
            }
            Origin::Start | Origin::Unknown => Again::Not,
        })
    }

    fn believers(&self, node: &Node) -> usize {
        self.story.run.situations.problem().believers(node.place.chain).len()
    }

    fn happening(&mut self, moment: MomentId, nodes: &[Node], depth: usize) -> Result<Happening, StateError> {
        let original = self.retelling.originals[moment.index()];
        let retold = self.retelling.replay.moments[moment.index()].clone();
        let mut happening = words::described(self.story, original, &retold)?;
        for node in nodes {
            happening.how.extend(words::how(self.story, &retold, node)?);
        }
        let (graph, cut) = (self.graph, depth >= DEEPEST);
        happening.repeated = cut || !self.shown.insert(moment);
        if let (false, Some(rests_on)) = (happening.repeated, graph.rests_on.get(&moment)) {
            happening.because = self.facts(Some(moment), rests_on, depth)?;
        }
        Ok(happening)
    }
}

/// What an event needs comes first, then why it is noticed, then what its effects depend on.
fn order(role: Role) -> u8 {
    match role {
        Role::Need | Role::Premise => 0,
        Role::Noticing(_) => 1,
        Role::Effect => 2,
        Role::Rule(_) => 3,
    }
}

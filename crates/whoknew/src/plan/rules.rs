//! Rules on canonical situations: at each level the first rule that applies, until none does, with beliefs as they were; then
//! every belief likewise. Only rules that something concerns which changed are looked at.

use super::canonical::{Edge, Node};
use super::formula::{Slot, View};
use super::level::{At, Running, follow};
use super::model::{Model, Rules};
use super::numbers::Small;
use super::successors::{Failed, NOBODY, Origin, Successors, Write};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Rounds that may pass until nothing changes.
const MOST_ROUNDS: usize = 64;
/// After so many applications at one level, values that come again are looked for.
const SUSPICIOUS: usize = 64;
/// After so many applications at one level, its rules are taken never to come to rest.
const MOST_APPLIED: usize = 10_000;

/// What rules wrote on beliefs.
type Written = Vec<(Slot, Small)>;

/// The rules that may apply, as bits.
#[derive(Debug, Default)]
struct Candidates {
    words: Vec<u64>,
}

impl Candidates {
    fn insert(&mut self, rank: u32) {
        let word = rank as usize / 64;
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        self.words[word] |= 1 << (rank % 64);
    }

    fn pop_first(&mut self) -> Option<u32> {
        let index = self.words.iter().position(|&word| word != 0)?;
        let bit = self.words[index].trailing_zeros();
        self.words[index] &= self.words[index] - 1;
        Some(index as u32 * 64 + bit)
    }

    fn concern(&mut self, rules: &Rules, slot: Slot, value: Small) {
        if slot.chain == 0 {
            rules.by_fact[usize::from(slot.fact)].iter().for_each(|&rank| self.insert(rank));
            if let Some(ranks) = rules.by_value.get(&(slot.fact, value)) {
                ranks.iter().for_each(|&rank| self.insert(rank));
            }
        } else if let Some(ranks) = rules.by_belief[usize::from(slot.chain)].get(usize::from(slot.fact)) {
            ranks.iter().for_each(|&rank| self.insert(rank));
        }
    }
}

impl Successors {
    /// The situation after the rules ran in `raw`, which an event made of `base`.
    pub(super) fn settle(&mut self, raw: Node, base: Node) -> Result<Node, Failed> {
        let fragile = self.model.rules.iter().any(|rules| rules.fragile);
        let mut current = raw;
        for _ in 0..MOST_ROUNDS {
            let next = self.pass(current, base, fragile)?;
            if next == current || !fragile {
                return Ok(next);
            }
            current = next;
        }
        Err(Failed::RuleLoop)
    }

    /// One pass over all levels.
    fn pass(&mut self, raw: Node, base: Node, fragile: bool) -> Result<Node, Failed> {
        self.begin_draft();
        self.passes.clear();
        let root = self.pass_node(raw, base, NOBODY)?;
        let passed = self.finish_draft(root)?;
        if fragile {
            return Ok(passed);
        }
        if root.node().is_err() {
            for (&(raw, owner), &index) in &self.passes {
                if let Some(node) = self.canonical.taken_in(index) {
                    self.settled.insert((raw, owner), node);
                }
            }
        }
        Ok(passed)
    }

    /// The node after the rules ran at the level of `raw`, which is the owner's belief; none applies in `base`.
    fn pass_node(&mut self, raw: Node, base: Node, owner: u8) -> Result<Edge, Failed> {
        if raw == base {
            return Ok(Edge::to(raw));
        }
        if let Some(&known) = self.settled.get(&(raw, owner)) {
            return Ok(Edge::to(known));
        }
        if let Some(&index) = self.passes.get(&(raw, owner)) {
            return Ok(Edge::new(index));
        }
        let model = Arc::clone(&self.model);
        let rules = &model.rules[if owner == NOBODY { 0 } else { usize::from(owner) + 1 }];
        let candidates = self.candidates(&model, rules, raw, base);
        let written = self.run(rules, raw, candidates)?;
        let mut beliefs: Vec<Node> =
            (0..model.characters).map(|character| self.canonical.believed(raw, character)).collect();
        let writes: Vec<Write> = written
            .iter()
            .map(|&(slot, small)| Write { chain: slot.chain, followed: 1, fact: slot.fact, small })
            .collect();
        for (character, belief) in beliefs.iter_mut().enumerate() {
            let head = |write: &&Write| model.chains[usize::from(write.chain)].first() == Some(&(character as u8));
            let below: Vec<Write> = writes.iter().filter(head).copied().collect();
            if !below.is_empty() {
                *belief = self.write_canonical(*belief, &below, character as u8);
            }
        }
        let edge = self.add_draft(Origin::Pass { beliefs, base, owner });
        if let Err(index) = edge.node() {
            self.passes.insert((raw, owner), index);
        }
        Ok(edge)
    }

    pub(super) fn pass_edges(&mut self, index: u32, beliefs: &[Node], base: Node, owner: u8) -> Result<(), Failed> {
        for (character, &believed) in beliefs.iter().enumerate() {
            if character == usize::from(owner) {
                continue;
            }
            let before = self.canonical.believed(base, character);
            let edge = self.pass_node(believed, before, character as u8)?;
            self.set_edge(index, character, edge);
        }
        Ok(())
    }

    /// The rules that something concerns which is otherwise in `raw` than in `base`.
    fn candidates(&self, model: &Model, rules: &Rules, raw: Node, base: Node) -> Candidates {
        let mut candidates = Candidates::default();
        for chain in 0..model.chains.len() as u16 {
            if chain > 0 && rules.by_belief[usize::from(chain)].is_empty() {
                continue;
            }
            let new = self.canonical.row_of(follow(&self.canonical, &model.chains, raw, chain));
            let old = self.canonical.row_of(follow(&self.canonical, &model.chains, base, chain));
            if new == old {
                continue;
            }
            let (new, old) = (self.canonical.row(new), self.canonical.row(old));
            for (fact, (&new, &old)) in new.iter().zip(old).enumerate() {
                if new != old {
                    candidates.concern(rules, Slot { chain, fact: fact as u16 }, new);
                }
            }
        }
        candidates
    }

    /// Runs the rules of one level until none applies: its values are then in `row`; returns what was written on beliefs.
    fn run(&mut self, rules: &Rules, raw: Node, candidates: Candidates) -> Result<Written, Failed> {
        let (met, overflowed) = (self.numbers.len(), self.numbers.overflowed);
        let ran = self.run_until_rest(rules, raw, candidates);
        if ran == Err(Failed::RuleLoop) && !overflowed {
            // The numbers that a loop counted up belong to no situation.
            self.numbers.forget_since(met);
        }
        ran
    }

    fn run_until_rest(&mut self, rules: &Rules, raw: Node, mut candidates: Candidates) -> Result<Written, Failed> {
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        row.extend_from_slice(self.canonical.values(raw));
        let mut written: Written = Vec::new();
        let mut applied = 0;
        let mut seen: FxHashSet<(Vec<Small>, Written)> = FxHashSet::default();
        let mut changed = Vec::new();
        while let Some(rank) = candidates.pop_first() {
            changed.clear();
            self.apply(rules, rank, (raw, &row, &written), &mut changed)?;
            if changed.is_empty() {
                continue;
            }
            for &(slot, small) in &changed {
                if slot.chain == 0 {
                    row[usize::from(slot.fact)] = small;
                } else {
                    match written.iter_mut().find(|(known, _)| *known == slot) {
                        Some(known) => known.1 = small,
                        None => written.push((slot, small)),
                    }
                }
                candidates.concern(rules, slot, small);
            }
            candidates.insert(rank);
            applied += 1;
            let repeats = applied > SUSPICIOUS && !seen.insert((row.clone(), sorted(&written)));
            if repeats || applied > MOST_APPLIED {
                self.restless.get_or_insert(rules.rules[rank as usize].trigger);
                return Err(Failed::RuleLoop);
            }
        }
        self.row = row;
        Ok(written)
    }

    /// What a rule changes, if it applies.
    fn apply(
        &mut self,
        rules: &Rules,
        rank: u32,
        (raw, values, written): (Node, &[Small], &[(Slot, Small)]),
        changed: &mut Vec<(Slot, Small)>,
    ) -> Result<(), Failed> {
        let rule = &rules.rules[rank as usize];
        let at = At { canonical: &self.canonical, numbers: &self.numbers, chains: &self.model.chains, node: raw };
        let running = Running { at, values, written };
        if !rule.condition.holds(&running) {
            return Ok(());
        }
        let mut fresh: Vec<(Slot, crate::ground::Value)> = Vec::new();
        for change in &rule.changes {
            if !change.condition.holds(&running) {
                continue;
            }
            match change.small {
                Some(small) => match changed.iter().find(|(slot, _)| *slot == change.slot) {
                    Some(&(_, first)) if first != small => return Err(Failed::Conflict),
                    Some(_) => {}
                    None => changed.push((change.slot, small)),
                },
                None => fresh.push((change.slot, change.value.evaluate(&running))),
            }
        }
        if fresh.is_empty() {
            changed.retain(|&(slot, small)| running.small(slot) != small);
            return Ok(());
        }
        for (slot, value) in fresh {
            let small = self.numbers.intern(value);
            match changed.iter().find(|(known, _)| *known == slot) {
                Some(&(_, first)) if first != small => return Err(Failed::Conflict),
                Some(_) => {}
                None => changed.push((slot, small)),
            }
        }
        let at = At { canonical: &self.canonical, numbers: &self.numbers, chains: &self.model.chains, node: raw };
        let running = Running { at, values, written };
        changed.retain(|&(slot, small)| running.small(slot) != small);
        Ok(())
    }
}

fn sorted(written: &[(Slot, Small)]) -> Written {
    let mut written = written.to_vec();
    written.sort_unstable();
    written
}

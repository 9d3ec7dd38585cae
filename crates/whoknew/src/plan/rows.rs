//! What events make of the values of a situation alone, beliefs left out: exact where conditions read no beliefs, and said to
//! be unclear where they do.

use super::formula::{Formula, Slot, View};
use super::index::Index;
use super::model::{Change, Model, Rule};
use super::numbers::{Numbers, Small};
use super::partial::{Partial, decide};
use super::successors::Successors;
use crate::ground::Value;
use std::sync::Arc;

/// A row of values, by its number.
pub(super) type Row = u32;

/// Rules that may apply at one level before something is taken to be wrong.
const MOST_APPLIED: usize = 256;

/// What follows on a row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct After {
    start: u32,
    fate: u32,
    end: u32,
    /// Something besides these may follow, without fate and with it.
    pub(super) unclear: [bool; 2],
}

/// The rows that follow on rows, computed once each.
#[derive(Debug)]
pub(super) struct Rows {
    model: Arc<Model>,
    pub(super) index: Index,
    /// Of those events that may make other values: what is said changes only what is believed.
    changing: Index,
    /// All others.
    quiet: Index,
    /// By event: whether its needs, or what it makes, read beliefs.
    vague: Vec<bool>,
    /// By rule: it changes nothing at its own level; it does, without reading beliefs; it does and reads them.
    rules: Vec<Kind>,
    /// The vague ones.
    vague_rules: Vec<u32>,
    after: Vec<Option<After>>,
    targets: Vec<Row>,
    /// How many rows were looked at.
    pub(super) computed: u64,
    /// How many events were tried on them.
    pub(super) tried: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Elsewhere,
    Plain,
    Vague,
}

/// Values alone as a level.
struct Values<'v> {
    row: &'v [Small],
    numbers: &'v Numbers,
}

impl View for Values<'_> {
    #[inline]
    fn small(&self, slot: Slot) -> Small {
        self.row[usize::from(slot.fact)]
    }

    #[inline]
    fn value(&self, small: Small) -> Value {
        self.numbers.value(small)
    }
}

impl Partial for Values<'_> {
    #[inline]
    fn sure(&self, slot: Slot) -> Option<Small> {
        (slot.chain == 0).then(|| self.row[usize::from(slot.fact)])
    }

    fn numbers(&self) -> &Numbers {
        self.numbers
    }
}

/// Something cannot be said without beliefs, or without those that are looked at.
pub(super) struct Unclear;

impl Rows {
    pub(super) fn new(model: Arc<Model>) -> Self {
        let reads = |change: &Change| {
            let mut beliefs = false;
            change.condition.slots(&mut |slot| beliefs |= slot.chain != 0);
            change.value.slots(&mut |slot| beliefs |= slot.chain != 0);
            beliefs
        };
        let about_beliefs = |formula: &Formula| {
            let mut beliefs = false;
            formula.slots(&mut |slot| beliefs |= slot.chain != 0);
            beliefs
        };
        let vague = model.events.iter().map(|event| about_beliefs(&event.needs) || event.own.iter().any(reads));
        let vague: Vec<bool> = vague.collect();
        let is_quiet = |event: &u32| !vague[*event as usize] && model.events[*event as usize].own.is_empty();
        let kind = |rule: &Rule| match own_changes(rule).count() {
            0 => Kind::Elsewhere,
            _ if about_beliefs(&rule.condition) || own_changes(rule).any(reads) => Kind::Vague,
            _ => Kind::Plain,
        };
        let rules: Vec<Kind> = model.rules[0].rules.iter().map(kind).collect();
        let vague_rules = (0u32..).zip(&rules).filter(|(_, kind)| **kind == Kind::Vague).map(|(rank, _)| rank);
        Self {
            index: Index::new(&model, model.explainable.iter().copied()),
            changing: Index::new(&model, model.explainable.iter().copied().filter(|event| !is_quiet(event))),
            quiet: Index::new(&model, model.explainable.iter().copied().filter(is_quiet)),
            vague,
            vague_rules: vague_rules.collect(),
            rules,
            after: Vec::new(),
            targets: Vec::new(),
            computed: 0,
            tried: 0,
            model,
        }
    }

    /// Roughly how many bytes everything takes.
    pub(super) fn bytes(&self) -> usize {
        self.after.capacity() * 20 + self.targets.capacity() * 4
    }

    /// What follows on a row, if that is known.
    pub(super) fn known(&self, row: Row) -> Option<After> {
        self.after.get(row as usize).copied().flatten()
    }

    /// One of the rows that follow, without fate or with it too.
    pub(super) fn target(&self, after: After, fate: bool, position: usize) -> Option<Row> {
        let place = after.start as usize + position;
        (place < (if fate { after.end } else { after.fate }) as usize).then(|| self.targets[place])
    }

    /// Computes what follows on a row.
    pub(super) fn compute(&mut self, row: Row, successors: &mut Successors) -> After {
        self.computed += 1;
        let model = Arc::clone(&self.model);
        let base = successors.canonical.row(row).to_vec();
        let mut found = Vec::new();
        self.changing.find(&base, &mut found);
        let start = self.targets.len();
        let mut after = After { start: start as u32, ..After::default() };
        let mut scratch = Vec::new();
        found.extend(self.first_quiet(&base, successors));
        found.sort_unstable();
        self.tried += found.len() as u64;
        for fate in [false, true] {
            for &event in found.iter().filter(|&&event| model.events[event as usize].actors.is_empty() == fate) {
                match self.next(&base, event, &mut scratch, successors) {
                    Err(Unclear) => after.unclear = [after.unclear[0] || !fate, true],
                    Ok(false) => {}
                    Ok(true) => {
                        let next = successors.canonical.intern_row(&scratch);
                        if next != row && !self.targets[start..].contains(&next) {
                            self.targets.push(next);
                        }
                    }
                }
            }
            let end = self.targets.len() as u32;
            if fate { after.end = end } else { after.fate = end }
        }
        if self.after.len() <= row as usize {
            self.after.resize(row as usize + 1, None);
        }
        self.after[row as usize] = Some(after);
        after
    }

    /// Of the events that change no values, with fate and without, one that is possible: they all lead to the same.
    fn first_quiet(&mut self, base: &[Small], successors: &Successors) -> Vec<u32> {
        // Where no rule reads beliefs they lead back to the row.
        if self.vague_rules.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.quiet.find(base, &mut found);
        let values = Values { row: base, numbers: &successors.numbers };
        let first = |fate: bool| {
            let mut events = found.iter().map(|&event| (event, &self.model.events[event as usize]));
            let possible = events.find(|(_, ground)| ground.actors.is_empty() == fate && ground.needs.holds(&values));
            possible.map(|(event, _)| event)
        };
        [first(false), first(true)].into_iter().flatten().collect()
    }

    /// The events that may be possible on a row, each with the row that it makes, where beliefs have no say in that.
    pub(super) fn acts(&self, row: Row, successors: &mut Successors) -> Vec<(u32, Option<Row>)> {
        let base = successors.canonical.row(row).to_vec();
        let (mut found, mut scratch, mut acts) = (Vec::new(), Vec::new(), Vec::new());
        self.index.find(&base, &mut found);
        for event in found {
            match self.next(&base, event, &mut scratch, successors) {
                Err(Unclear) => acts.push((event, None)),
                Ok(false) => {}
                Ok(true) => acts.push((event, Some(successors.canonical.intern_row(&scratch)))),
            }
        }
        acts
    }

    /// Puts into `row` what the event makes of `base`; whether it is possible.
    fn next(
        &self,
        base: &[Small],
        event: u32,
        row: &mut Vec<Small>,
        successors: &mut Successors,
    ) -> Result<bool, Unclear> {
        let ground = &self.model.events[event as usize];
        let values = Values { row: base, numbers: &successors.numbers };
        if self.vague[event as usize] {
            return if decide(&ground.needs, &values) == Some(false) { Ok(false) } else { Err(Unclear) };
        }
        if !ground.needs.holds(&values) {
            return Ok(false);
        }
        row.clear();
        row.extend_from_slice(base);
        let mut changed = Vec::new();
        if !collect(&ground.own, base, &mut successors.numbers, &mut changed) {
            return Ok(false);
        }
        write(row, &changed);
        self.settle(base, row, successors)?;
        Ok(true)
    }

    /// Runs the rules that something concerns which differs from `base`.
    fn settle(&self, base: &[Small], row: &mut [Small], successors: &mut Successors) -> Result<(), Unclear> {
        let rules = &self.model.rules[0];
        // Beliefs may have changed where values did not.
        let mut candidates: std::collections::BTreeSet<u32> = self.vague_rules.iter().copied().collect();
        let concern = |column: usize, value: Small, candidates: &mut std::collections::BTreeSet<u32>| {
            let relevant = |rank: &&u32| self.rules[**rank as usize] != Kind::Elsewhere;
            candidates.extend(rules.by_fact[column].iter().filter(relevant));
            if let Some(ranks) = rules.by_value.get(&(column as u16, value)) {
                candidates.extend(ranks.iter().filter(relevant));
            }
        };
        for (column, (&new, &old)) in row.iter().zip(base).enumerate() {
            if new != old {
                concern(column, new, &mut candidates);
            }
        }
        let (mut applied, mut changed) = (0, Vec::new());
        while let Some(rank) = candidates.pop_first() {
            let rule = &rules.rules[rank as usize];
            let values = Values { row, numbers: &successors.numbers };
            if self.rules[rank as usize] == Kind::Vague {
                match decide(&rule.condition, &values) {
                    Some(false) => continue,
                    _ => return Err(Unclear),
                }
            }
            if !rule.condition.holds(&values) {
                continue;
            }
            changed.clear();
            if !collect(&rule.changes, row, &mut successors.numbers, &mut changed) {
                return Err(Unclear);
            }
            changed.retain(|&(column, small)| row[column] != small);
            if changed.is_empty() {
                continue;
            }
            applied += 1;
            if applied > MOST_APPLIED {
                return Err(Unclear);
            }
            write(row, &changed);
            for &(column, small) in &changed {
                concern(column, small, &mut candidates);
            }
            candidates.insert(rank);
        }
        Ok(())
    }
}

fn own_changes(rule: &Rule) -> impl Iterator<Item = &Change> {
    rule.changes.iter().filter(|change| change.slot.chain == 0)
}

/// What the holder tries to raise, where their wants read no beliefs.
pub(super) fn utility(model: &Model, holder: usize, row: &[Small], numbers: &Numbers) -> Option<f64> {
    let values = Values { row, numbers };
    let mut sum = 0.0;
    for number in &model.utilities[holder] {
        let value = number.evaluate(&values);
        sum += match value.as_boolean() {
            Some(yes) => f64::from(u8::from(yes)),
            None => value.as_number()?,
        };
    }
    Some(sum)
}

fn write(row: &mut [Small], changed: &[(usize, Small)]) {
    for &(column, small) in changed {
        row[column] = small;
    }
}

/// What `changes` write at the level of `row`; `false` if two of them contradict each other.
fn collect(changes: &[Change], row: &[Small], numbers: &mut Numbers, changed: &mut Vec<(usize, Small)>) -> bool {
    for change in changes.iter().filter(|change| change.slot.chain == 0) {
        let values = Values { row, numbers };
        if !change.condition.holds(&values) {
            continue;
        }
        let small = match change.small {
            Some(small) => small,
            None => {
                let value = change.value.evaluate(&values);
                numbers.intern(value)
            }
        };
        let column = usize::from(change.slot.fact);
        match changed.iter().find(|(known, _)| *known == column) {
            Some(&(_, first)) if first != small => return false,
            Some(_) => {}
            None => changed.push((column, small)),
        }
    }
    true
}

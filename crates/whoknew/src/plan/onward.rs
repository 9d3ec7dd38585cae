//! What an event makes of values and of the beliefs that are looked at. Meaning: that of `successors` and `rules`.
//!
//! Invariant: where what happens depends on what is not looked at, a belief becomes unsure; so whatever a situation
//! comes to is among what its glance comes to. Of values it is not said that they are unsure: then all is unclear.

use super::correct::{Correct, Corrections};
use super::formula::{Formula, Slot, View};
use super::looks::{Head, Level, Looks, UNSURE};
use super::model::{Change, Model};
use super::numbers::{Numbers, Small};
use super::partial::{Partial, decide, evaluate};
use super::rows::Unclear;
use crate::ground::Value;
use std::collections::BTreeSet;

/// Rules that may apply before something is taken to be wrong.
const MOST_APPLIED: usize = 512;

/// Values with beliefs that are looked at.
pub(super) struct Onward<'a> {
    pub(super) model: &'a Model,
    pub(super) looks: &'a Looks,
    pub(super) numbers: &'a mut Numbers,
    pub(super) row: Vec<Small>,
    pub(super) beliefs: Vec<Small>,
    /// By level: the things that changed since its rules ran.
    changed: Vec<Vec<u32>>,
}

/// A level with all its values known.
struct Everything<'l>(Level<'l>);

impl View for Everything<'_> {
    fn small(&self, slot: Slot) -> Small {
        self.0.sure(slot).unwrap_or_default()
    }

    fn value(&self, small: Small) -> Value {
        self.0.numbers.value(small)
    }
}

impl<'a> Onward<'a> {
    /// What is so, and what is believed.
    pub(super) fn new(
        model: &'a Model,
        looks: &'a Looks,
        numbers: &'a mut Numbers,
        (row, beliefs): (&[Small], &[Small]),
    ) -> Self {
        let changed = vec![Vec::new(); model.characters + 1];
        Self { model, looks, numbers, row: row.to_vec(), beliefs: beliefs.to_vec(), changed }
    }

    /// Lets the event happen, then the rules run; `false` if it contradicts itself.
    pub(super) fn happen(&mut self, event: u32) -> Result<bool, Unclear> {
        let (model, looks) = (self.model, self.looks);
        let (row, beliefs) = (self.row.clone(), self.beliefs.clone());
        let before = (row.as_slice(), beliefs.as_slice());
        let ground = &model.events[event as usize];
        let mut written: Vec<(usize, Small)> = Vec::new();
        for change in &ground.own {
            match self.made(change, before, None) {
                (Some(false), _) => {}
                (Some(true), Some(small)) => {
                    let column = usize::from(change.slot.fact);
                    match written.iter().find(|(known, _)| *known == column) {
                        Some(&(_, first)) if first != small => return Ok(false),
                        Some(_) => {}
                        None => written.push((column, small)),
                    }
                }
                _ => return Err(Unclear),
            }
        }
        for character in (0..model.characters).filter(|&character| looks.at(character)) {
            self.notice(event, character, before);
        }
        for (column, small) in written {
            self.row[column] = small;
        }
        for change in &ground.beliefs {
            let Head::Of(character) = looks.heads[usize::from(change.slot.chain)] else { continue };
            if let Some(place) = looks.place(usize::from(character), change.slot.fact) {
                // A guise may keep it away.
                let (happens, small) = self.made(change, before, None);
                let happens = if ground.deceived.is_empty() { happens } else { happens.filter(|happens| !happens) };
                self.beliefs[place] = merged(self.beliefs[place], (happens, small));
            }
        }
        for (thing, (old, new)) in row.iter().chain(&beliefs).zip(self.row.iter().chain(&self.beliefs)).enumerate() {
            if old != new {
                self.changed.iter_mut().for_each(|changed| changed.push(thing as u32));
            }
        }
        self.settle()?;
        Ok(true)
    }

    /// Whether a change happens, and what it writes, as far as is known.
    fn made(
        &mut self,
        change: &Change,
        (row, beliefs): (&[Small], &[Small]),
        owner: Option<usize>,
    ) -> (Option<bool>, Option<Small>) {
        let level = Level { looks: self.looks, numbers: self.numbers, row, beliefs, owner };
        let happens = decide(&change.condition, &level);
        if happens == Some(false) {
            return (happens, None);
        }
        let small = match change.small {
            Some(small) => Some(small),
            None => evaluate(&change.value, &level).map(|value| self.numbers.intern(value)),
        };
        (happens, small)
    }

    /// What the character believes when they have noticed the event, or not.
    fn notice(&mut self, event: u32, character: usize, before: (&[Small], &[Small])) {
        let (model, looks) = (self.model, self.looks);
        let (row, beliefs) = before;
        let mut may_be: Vec<Option<u32>> = Vec::new();
        let level = Level { looks, numbers: self.numbers, row, beliefs, owner: None };
        let mut certain = false;
        for (condition, noticed) in &model.events[event as usize].sights[character] {
            let sees = decide(condition, &level);
            if sees != Some(false) {
                may_be.push(Some(*noticed));
            }
            certain = sees == Some(true);
            if certain {
                break;
            }
        }
        if !certain {
            may_be.push(None);
        }
        let mut joined: Option<Vec<Small>> = None;
        for noticed in may_be {
            let after = match noticed {
                None => beliefs.to_vec(),
                Some(noticed) => self.noticed(noticed, character, before),
            };
            joined = Some(match joined {
                None => after,
                Some(joined) => joined.iter().zip(&after).map(|(&one, &other)| either(one, other)).collect(),
            });
        }
        let joined = joined.unwrap_or_default();
        for (place, _) in looks.slots.iter().enumerate().filter(|(_, (of, _))| usize::from(*of) == character) {
            self.beliefs[place] = joined[place];
        }
    }

    /// What the beliefs are when the event has happened in those of the character.
    fn noticed(&mut self, event: u32, character: usize, before: (&[Small], &[Small])) -> Vec<Small> {
        let corrected = self.corrected(event, character, before);
        let ground = &self.model.events[event as usize];
        let mut after = corrected.clone();
        let owner = Some(character);
        let own = ground.own.iter().chain(
            ground
                .beliefs
                .iter()
                .filter(|change| self.looks.heads[usize::from(change.slot.chain)] == Head::Of(character as u8)),
        );
        for change in own {
            if let Some(place) = self.looks.place(character, change.slot.fact) {
                // What they believe of their own beliefs is not corrected with them.
                let made = match corrected != before.1 && self.reads_beliefs_of(change, character) {
                    true => (None, None),
                    _ if change.slot.chain != 0 && !ground.deceived.is_empty() => (None, None),
                    false => self.made(change, (before.0, &corrected), owner),
                };
                after[place] = merged(after[place], made);
            }
        }
        after
    }

    fn reads_beliefs_of(&self, change: &Change, character: usize) -> bool {
        let mut reads = false;
        let mut visit = |slot: Slot| reads |= self.looks.heads[usize::from(slot.chain)] == Head::Of(character as u8);
        change.condition.slots(&mut visit);
        change.value.slots(&mut visit);
        reads
    }

    /// What the character takes to have been so before an event that they notice.
    fn corrected(&mut self, event: u32, character: usize, (row, beliefs): (&[Small], &[Small])) -> Vec<Small> {
        let (looks, ground) = (self.looks, &self.model.events[event as usize]);
        let visible = ground.visible.as_ref().unwrap_or(&ground.needs);
        let real = Level { looks, numbers: self.numbers, row, beliefs, owner: None };
        let believed = Level { looks, numbers: self.numbers, row, beliefs, owner: Some(character) };
        let (here, there) = (decide(&ground.needs, &believed), decide(visible, &real));
        if here == Some(true) || there == Some(false) {
            return beliefs.to_vec();
        }
        let mut corrected = beliefs.to_vec();
        let mut sure = here.is_some() && there.is_some();
        visible.slots(&mut |slot| sure &= real.sure(slot).is_some() && believed.sure(slot).is_some());
        if sure {
            let mut corrections = Corrections::default();
            corrections.correct(&Everything(real), &Everything(believed), visible);
            for (slot, correct) in corrections.writes {
                if looks.heads[usize::from(slot.chain)] == Head::Own
                    && let Some(place) = looks.place(character, slot.fact)
                {
                    corrected[place] = match correct {
                        Correct::Small(small) => small,
                        Correct::Value(value) => self.numbers.intern(value),
                    };
                }
            }
            return corrected;
        }
        let place_of = |slot: Slot| {
            let own = looks.heads[usize::from(slot.chain)] == Head::Own;
            if own { looks.place(character, slot.fact) } else { None }
        };
        let (mut unsure, mut learned) = (Vec::new(), Vec::new());
        for part in visible.conjuncts() {
            match part {
                Formula::Is { .. } if decide(part, &believed) == Some(true) => {}
                Formula::Is { slot, value, equal: true } => {
                    learned.extend(place_of(*slot).map(|place| (place, *value)))
                }
                other => other.slots(&mut |slot| unsure.extend(place_of(slot))),
            }
        }
        unsure.into_iter().for_each(|place| corrected[place] = UNSURE);
        for (place, value) in learned {
            corrected[place] = if there == Some(true) { value } else { either(beliefs[place], value) };
        }
        corrected
    }

    /// Runs the rules at every level until nothing changes any more.
    fn settle(&mut self) -> Result<(), Unclear> {
        let mut applied = 0;
        // What is not looked at may have changed in any case.
        loop {
            self.run(0, &mut applied)?;
            for character in 0..self.model.characters {
                if self.looks.at(character) {
                    self.run(character + 1, &mut applied)?;
                } else {
                    self.changed[character + 1].clear();
                }
            }
            if self.changed.iter().all(Vec::is_empty) {
                return Ok(());
            }
        }
    }

    /// Runs the rules of one level: always the first one that would change something.
    fn run(&mut self, level: usize, applied: &mut usize) -> Result<(), Unclear> {
        let (model, looks) = (self.model, self.looks);
        let concerned = &looks.rules[level];
        let owner = level.checked_sub(1);
        let mut candidates: BTreeSet<u32> = concerned.open.iter().copied().collect();
        for thing in std::mem::take(&mut self.changed[level]) {
            candidates.extend(&concerned.by_thing[thing as usize]);
        }
        while let Some(rank) = candidates.pop_first() {
            let rule = &model.rules[level].rules[rank as usize];
            let here = Level { looks, numbers: self.numbers, row: &self.row, beliefs: &self.beliefs, owner };
            let applies = decide(&rule.condition, &here);
            if applies == Some(false) {
                continue;
            }
            let (row, beliefs) = (self.row.clone(), self.beliefs.clone());
            let before = (row.as_slice(), beliefs.as_slice());
            let mut more = false;
            for change in &rule.changes {
                let Some(thing) = looks.thing(change.slot, owner) else { continue };
                let (happens, small) = self.made(change, before, owner);
                let happens = match (applies, happens) {
                    (_, Some(false)) => Some(false),
                    (Some(true), Some(true)) => Some(true),
                    _ => None,
                };
                if self.write(thing, (happens, small))? {
                    more = true;
                    candidates.extend(&concerned.by_thing[thing]);
                    for (other, changed) in self.changed.iter_mut().enumerate() {
                        if other != level {
                            changed.push(thing as u32);
                        }
                    }
                }
            }
            if more {
                candidates.insert(rank);
                *applied += 1;
                if *applied > MOST_APPLIED {
                    return Err(Unclear);
                }
            }
        }
        Ok(())
    }

    fn write(&mut self, thing: usize, made: (Option<bool>, Option<Small>)) -> Result<bool, Unclear> {
        let place = thing.checked_sub(self.looks.width);
        let known = match place {
            None => &mut self.row[thing],
            Some(place) => &mut self.beliefs[place],
        };
        let new = merged(*known, made);
        if new == UNSURE && place.is_none() {
            return Err(Unclear);
        }
        Ok(std::mem::replace(known, new) != new)
    }
}

/// One value or the other one.
fn either(one: Small, other: Small) -> Small {
    if one == other { one } else { UNSURE }
}

/// What becomes of a value by a change that happens, or may, and writes a value that is known, or not.
fn merged(known: Small, (happens, small): (Option<bool>, Option<Small>)) -> Small {
    match (happens, small) {
        (Some(false), _) => known,
        (Some(true), Some(small)) => small,
        (None, Some(small)) => either(known, small),
        (_, None) => UNSURE,
    }
}

//! Which beliefs are looked at: of some characters, what they take some facts to be. All others are left open.

use super::canonical::Node;
use super::formula::Slot;
use super::model::{Model, Rule};
use super::numbers::{Numbers, Small};
use super::partial::Partial;
use super::successors::Successors;

/// Stands for a value that is not known.
pub(super) const UNSURE: Small = Small::MAX;

/// Where nothing is looked at.
const NOWHERE: u16 = u16::MAX;

/// Whose beliefs a chain means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// The level itself.
    Own,
    /// What a character believes.
    Of(u8),
    /// What somebody believes of another one's beliefs.
    Deeper,
}

/// The beliefs that are looked at, and the rules that concern them.
///
/// A *thing* is a column of what is so, or after those a belief that is looked at.
#[derive(Debug)]
pub(super) struct Looks {
    /// The beliefs in order: whose, and the column.
    pub(super) slots: Vec<(u8, u16)>,
    /// By character and column: where in `slots`.
    places: Vec<u16>,
    pub(super) heads: Vec<Head>,
    pub(super) width: usize,
    /// For nobody's level, then for every character's.
    pub(super) rules: Vec<Concerned>,
}

/// The rules of one level that may change a thing.
#[derive(Debug)]
pub(super) struct Concerned {
    /// By thing: the rules that read or write it.
    pub(super) by_thing: Vec<Vec<u32>>,
    /// Rules that read what is not looked at: they may apply at any time.
    pub(super) open: Vec<u32>,
}

impl Looks {
    /// Looks at these beliefs.
    pub(super) fn new(model: &Model, slots: Vec<(u8, u16)>) -> Self {
        let width = model.facts.len();
        let mut places = vec![NOWHERE; model.characters * width];
        for (place, &(character, fact)) in slots.iter().enumerate() {
            places[usize::from(character) * width + usize::from(fact)] = place as u16;
        }
        let head = |chain: &[u8]| match *chain {
            [] => Head::Own,
            [character] => Head::Of(character),
            _ => Head::Deeper,
        };
        let heads = model.chains.iter().map(|chain| head(chain)).collect();
        let mut looks = Self { slots, places, heads, width, rules: Vec::new() };
        looks.rules = (0..=model.characters).map(|level| looks.concerned(model, level)).collect();
        looks
    }

    fn concerned(&self, model: &Model, level: usize) -> Concerned {
        let owner = level.checked_sub(1);
        let mut concerned = Concerned { by_thing: vec![Vec::new(); self.width + self.slots.len()], open: Vec::new() };
        for (rank, rule) in model.rules[level].rules.iter().enumerate() {
            if !rule.changes.iter().any(|change| self.thing(change.slot, owner).is_some()) {
                continue;
            }
            let mut open = false;
            read(rule, &mut |slot| match self.thing(slot, owner) {
                Some(thing) => concerned.by_thing[thing].push(rank as u32),
                None => open = true,
            });
            for change in &rule.changes {
                if let Some(thing) = self.thing(change.slot, owner) {
                    concerned.by_thing[thing].push(rank as u32);
                }
            }
            if open {
                concerned.open.push(rank as u32);
            }
        }
        concerned.by_thing.iter_mut().for_each(|ranks| {
            ranks.sort_unstable();
            ranks.dedup();
        });
        concerned
    }

    /// Where a belief is, if it is looked at.
    pub(super) fn place(&self, character: usize, fact: u16) -> Option<usize> {
        let place = self.places[character * self.width + usize::from(fact)];
        (place != NOWHERE).then_some(usize::from(place))
    }

    /// What a slot is at nobody's level, or at that of the owner.
    pub(super) fn thing(&self, slot: Slot, owner: Option<usize>) -> Option<usize> {
        match (self.heads[usize::from(slot.chain)], owner) {
            (Head::Own, None) => Some(usize::from(slot.fact)),
            (Head::Own, Some(owner)) => self.place(owner, slot.fact).map(|place| self.width + place),
            (Head::Of(character), None) => {
                self.place(usize::from(character), slot.fact).map(|place| self.width + place)
            }
            (Head::Of(character), Some(owner)) if usize::from(character) == owner => {
                self.place(owner, slot.fact).map(|place| self.width + place)
            }
            _ => None,
        }
    }

    /// Whether anything that the character believes is looked at.
    pub(super) fn at(&self, character: usize) -> bool {
        self.slots.iter().any(|&(of, _)| usize::from(of) == character)
    }

    /// What a situation is at a glance: its beliefs that are looked at.
    pub(super) fn beliefs(&self, node: Node, successors: &Successors) -> Vec<Small> {
        let canonical = &successors.canonical;
        let value = |&(character, fact): &(u8, u16)| {
            canonical.values(canonical.believed(node, usize::from(character)))[usize::from(fact)]
        };
        self.slots.iter().map(value).collect()
    }
}

fn read(rule: &Rule, visit: &mut impl FnMut(Slot)) {
    rule.condition.slots(visit);
    for change in &rule.changes {
        change.condition.slots(visit);
        change.value.slots(visit);
    }
}

/// Values and beliefs at nobody's level, or at the owner's.
pub(super) struct Level<'l> {
    pub(super) looks: &'l Looks,
    pub(super) numbers: &'l Numbers,
    pub(super) row: &'l [Small],
    pub(super) beliefs: &'l [Small],
    pub(super) owner: Option<usize>,
}

impl Partial for Level<'_> {
    fn sure(&self, slot: Slot) -> Option<Small> {
        let thing = self.looks.thing(slot, self.owner)?;
        let small = match thing.checked_sub(self.looks.width) {
            None => self.row[thing],
            Some(place) => self.beliefs[place],
        };
        (small != UNSURE).then_some(small)
    }

    fn numbers(&self) -> &Numbers {
        self.numbers
    }
}

//! Choices read from a row of numbers, so that a failing case can be made smaller by making numbers smaller.

use proptest::prelude::*;

/// Choices still to be made. When the numbers run out, every choice is the first.
pub struct Tape<'t> {
    numbers: &'t [u16],
}

impl<'t> Tape<'t> {
    pub fn new(numbers: &'t [u16]) -> Self {
        Self { numbers }
    }

    /// One of `count` choices.
    pub fn choose(&mut self, count: usize) -> usize {
        let Some((first, rest)) = self.numbers.split_first() else { return 0 };
        self.numbers = rest;
        usize::from(*first) % count.max(1)
    }

    /// True once in `count` times; false when the numbers have run out.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.choose(count) == count - 1
    }

    pub fn pick<T: Clone>(&mut self, options: &[T]) -> T {
        options[self.choose(options.len())].clone()
    }
}

/// All choices of one case.
#[derive(Clone, Debug)]
pub struct Choices {
    pub characters: u16,
    pub actions: Vec<Vec<u16>>,
    pub rules: Vec<Vec<u16>>,
    pub start: Vec<Vec<u16>>,
    pub events: Vec<Vec<u16>>,
    pub plain: Vec<Vec<u16>>,
    /// None: nobody is taken for another.
    pub guise: Vec<u16>,
}

fn tapes(count: std::ops::Range<usize>, length: usize) -> impl Strategy<Value = Vec<Vec<u16>>> {
    prop::collection::vec(prop::collection::vec(0u16..5040, 0..length), count)
}

pub fn choices() -> impl Strategy<Value = Choices> {
    let guise = prop::collection::vec(0u16..5040, 0..12);
    let parts = (0u16..3, tapes(1..4, 60), tapes(0..3, 30), tapes(0..6, 12), tapes(1..7, 14), tapes(0..4, 16), guise);
    parts.prop_map(|(characters, actions, rules, start, events, plain, guise)| Choices {
        characters,
        actions,
        rules,
        start,
        events,
        plain,
        guise,
    })
}

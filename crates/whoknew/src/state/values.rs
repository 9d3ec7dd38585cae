//! The values of all facts of many situations, shared: a tree of small blocks, of which a change copies one path.

use crate::ground::{GroundFluentId, Value};

const WIDTH: usize = 8;
const BITS: usize = 3;

/// Names the values of one situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ValuesId(u32);

/// The values of many situations.
#[derive(Clone, Debug)]
pub(crate) struct Values {
    leaves: Vec<[Value; WIDTH]>,
    inner: Vec<[u32; WIDTH]>,
    /// Levels of inner blocks above the leaves.
    height: usize,
}

/// Blocks made after this mark belong to one situation under construction and may be changed in place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    leaves: usize,
    inner: usize,
}

impl Values {
    pub(crate) fn new(facts: usize) -> Self {
        let mut height = 0;
        while facts > WIDTH << (height * BITS) {
            height += 1;
        }
        Self { leaves: Vec::new(), inner: Vec::new(), height }
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.leaves.len() * size_of::<[Value; WIDTH]>() + self.inner.len() * size_of::<[u32; WIDTH]>()
    }

    pub(crate) fn add_slice(&mut self, values: &[Value]) -> ValuesId {
        let mut blocks: Vec<u32> = Vec::new();
        for chunk in values.chunks(WIDTH) {
            let mut leaf = [Value::UNKNOWN; WIDTH];
            leaf[..chunk.len()].copy_from_slice(chunk);
            blocks.push(self.leaves.len() as u32);
            self.leaves.push(leaf);
        }
        if blocks.is_empty() {
            blocks.push(self.leaves.len() as u32);
            self.leaves.push([Value::UNKNOWN; WIDTH]);
        }
        for _ in 0..self.height {
            let mut above = Vec::new();
            for chunk in blocks.chunks(WIDTH) {
                let mut block = [0; WIDTH];
                block[..chunk.len()].copy_from_slice(chunk);
                above.push(self.inner.len() as u32);
                self.inner.push(block);
            }
            blocks = above;
        }
        ValuesId(blocks[0])
    }

    #[inline]
    pub(crate) fn get(&self, values: ValuesId, fluent: GroundFluentId) -> Value {
        let index = fluent.index();
        let mut block = values.0 as usize;
        for level in (1..=self.height).rev() {
            block = self.inner[block][(index >> (level * BITS)) % WIDTH] as usize;
        }
        self.leaves[block][index % WIDTH]
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark { leaves: self.leaves.len(), inner: self.inner.len() }
    }

    /// `values` with one value changed; blocks made after `mark` are changed in place.
    pub(crate) fn set(&mut self, values: ValuesId, fluent: GroundFluentId, value: Value, mark: Mark) -> ValuesId {
        if self.get(values, fluent) == value {
            return values;
        }
        let index = fluent.index();
        let mut path = [0usize; 12];
        let mut block = values.0 as usize;
        for level in (1..=self.height).rev() {
            path[level] = block;
            block = self.inner[block][(index >> (level * BITS)) % WIDTH] as usize;
        }
        if block < mark.leaves {
            let copy = self.leaves[block];
            block = self.leaves.len();
            self.leaves.push(copy);
        }
        self.leaves[block][index % WIDTH] = value;
        for (level, &above) in path.iter().enumerate().take(self.height + 1).skip(1) {
            let mut inner = above;
            if inner < mark.inner {
                let copy = self.inner[inner];
                inner = self.inner.len();
                self.inner.push(copy);
            }
            self.inner[inner][(index >> (level * BITS)) % WIDTH] = block as u32;
            block = inner;
        }
        ValuesId(block as u32)
    }

    /// Calls `visit` on every fact that differs.
    pub(crate) fn differences(&self, first: ValuesId, second: ValuesId, visit: &mut impl FnMut(GroundFluentId)) {
        self.differ(first.0 as usize, second.0 as usize, self.height, 0, visit);
    }

    fn differ(&self, first: usize, second: usize, level: usize, offset: usize, visit: &mut impl FnMut(GroundFluentId)) {
        if first == second {
            return;
        }
        for slot in 0..WIDTH {
            if level == 0 {
                if self.leaves[first][slot] != self.leaves[second][slot] {
                    visit(GroundFluentId::from_index(offset + slot));
                }
            } else {
                let below = offset + (slot << (level * BITS));
                let (first, second) = (self.inner[first][slot] as usize, self.inner[second][slot] as usize);
                self.differ(first, second, level - 1, below, visit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_leaves_the_values_before_it_as_they_were() {
        for facts in [1, 8, 9, 64, 65, 600, 5000] {
            let mut values = Values::new(facts);
            let numbers: Vec<Value> = (0..facts).map(|index| Value::number(index as f64)).collect();
            let before = values.add_slice(&numbers);
            let last = GroundFluentId::from_index(facts - 1);
            let first = GroundFluentId::from_index(0);
            let mark = values.mark();
            let after = values.set(before, last, Value::YES, mark);
            let after = values.set(after, first, Value::NO, mark);
            assert_eq!(values.get(before, last), Value::number((facts - 1) as f64));
            assert_eq!(values.get(after, first), Value::NO);
            if facts > 1 {
                assert_eq!(values.get(after, last), Value::YES);
                let mut changed = Vec::new();
                values.differences(before, after, &mut |fluent| changed.push(fluent));
                assert_eq!(changed, [first, last]);
            }
        }
    }
}

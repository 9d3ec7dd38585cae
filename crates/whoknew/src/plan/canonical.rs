//! Canonical situations: values and one edge per character, every situation that cannot be told apart from another one being
//! the same number.
//!
//! A situation and everything that somebody takes to be real in it is a finite graph with labelled edges; two are the same
//! if no chain of believers leads to different values (a Moore machine, minimised). New graphs are taken in component by
//! component, innermost first: a strongly connected component is minimised and then looked up among those that are
//! known, its nodes in an order that depends on nothing but its shape.

use super::hash;
use super::numbers::Small;
use hashbrown::HashTable;

/// A canonical situation.
pub(super) type Node = u32;

/// Marks an edge that leads to a node under construction.
const NEW: u32 = 1 << 31;

/// An edge of a graph under construction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Edge(u32);

impl Edge {
    pub(super) const fn to(node: Node) -> Self {
        Self(node)
    }

    pub(super) const fn new(index: u32) -> Self {
        Self(index | NEW)
    }

    /// The known node, otherwise the index of the new one.
    pub(super) const fn node(self) -> Result<Node, u32> {
        if self.0 & NEW == 0 { Ok(self.0) } else { Err(self.0 & !NEW) }
    }
}

/// A graph under construction.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) values: Vec<u32>,
    /// One edge per node and character.
    pub(super) edges: Vec<Edge>,
}

/// All canonical situations.
#[derive(Debug)]
pub(super) struct Canonical {
    pub(super) characters: usize,
    /// Columns.
    pub(super) width: usize,
    rows: Vec<Small>,
    row_table: HashTable<u32>,
    /// Values, then one edge per character.
    nodes: Vec<u32>,
    /// The first node of each node's component, and how many it has.
    components: Vec<(Node, u32)>,
    table: HashTable<Node>,
    scratch: Scratch,
}

#[derive(Debug, Default)]
struct Scratch {
    resolved: Vec<u32>,
    order: Vec<u32>,
    low: Vec<u32>,
    stack: Vec<u32>,
    calls: Vec<(u32, u32)>,
    key: Vec<u32>,
    pairs: Vec<(u32, Node)>,
}

const UNSEEN: u32 = u32::MAX;

impl Canonical {
    pub(super) fn new(characters: usize, width: usize) -> Self {
        Self {
            characters,
            width,
            rows: Vec::new(),
            row_table: HashTable::new(),
            nodes: Vec::new(),
            components: Vec::new(),
            table: HashTable::new(),
            scratch: Scratch::default(),
        }
    }

    /// How many situations there are.
    pub(super) fn len(&self) -> usize {
        self.components.len()
    }

    /// Whether no more situations can be named.
    pub(super) fn is_full(&self) -> bool {
        self.components.len() >= (NEW >> 1) as usize
    }

    /// Roughly how many bytes they take.
    pub(super) fn bytes(&self) -> usize {
        self.rows.capacity() * 2
            + self.nodes.capacity() * 4
            + self.components.capacity() * 8
            + (self.row_table.capacity() + self.table.capacity()) * 5
    }

    #[inline]
    pub(super) fn row_of(&self, node: Node) -> u32 {
        self.nodes[node as usize * (self.characters + 1)]
    }

    #[inline]
    pub(super) fn row(&self, row: u32) -> &[Small] {
        &self.rows[row as usize * self.width..][..self.width]
    }

    #[inline]
    pub(super) fn values(&self, node: Node) -> &[Small] {
        self.row(self.row_of(node))
    }

    /// What `character` takes to be real.
    #[inline]
    pub(super) fn believed(&self, node: Node, character: usize) -> Node {
        self.nodes[node as usize * (self.characters + 1) + 1 + character]
    }

    /// The number of a row of values.
    pub(super) fn intern_row(&mut self, row: &[Small]) -> u32 {
        let (rows, width) = (&self.rows, self.width);
        let hash_of = |&row: &u32| hash::of_smalls(&rows[row as usize * width..][..width]);
        let same = |&known: &u32| rows[known as usize * width..][..width] == *row;
        let hash = hash::of_smalls(row);
        if let Some(&known) = self.row_table.find(hash, same) {
            return known;
        }
        let next = self.row_table.len() as u32;
        self.row_table.insert_unique(hash, next, hash_of);
        self.rows.extend_from_slice(row);
        next
    }

    /// The canonical node of `root` in `draft`.
    pub(super) fn take_in(&mut self, draft: &Draft, root: Edge) -> Node {
        let root = match root.node() {
            Ok(node) => return node,
            Err(index) => index,
        };
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.prepare(draft.values.len());
        self.components_of(draft, root, &mut scratch);
        let node = scratch.resolved[root as usize];
        self.scratch = scratch;
        node
    }

    /// The canonical node of a node of the draft that was taken in last; `None` if it was not reached.
    pub(super) fn taken_in(&self, index: u32) -> Option<Node> {
        self.scratch.resolved.get(index as usize).copied().filter(|&node| node != UNSEEN)
    }

    /// Tarjan's algorithm, without recursion; components come innermost first.
    fn components_of(&mut self, draft: &Draft, root: u32, scratch: &mut Scratch) {
        let mut counter = 0;
        scratch.calls.push((root, 0));
        while let Some((node, position)) = scratch.calls.pop() {
            let index = node as usize;
            if position == 0 {
                scratch.order[index] = counter;
                scratch.low[index] = counter;
                counter += 1;
                scratch.stack.push(node);
            }
            let mut descended = false;
            for character in position as usize..self.characters {
                let Err(next) = draft.edges[index * self.characters + character].node() else { continue };
                let target = next as usize;
                if scratch.order[target] == UNSEEN {
                    scratch.calls.push((node, character as u32 + 1));
                    scratch.calls.push((next, 0));
                    descended = true;
                    break;
                }
                if scratch.resolved[target] == UNSEEN {
                    scratch.low[index] = scratch.low[index].min(scratch.order[target]);
                }
            }
            if descended {
                continue;
            }
            if scratch.low[index] == scratch.order[index] {
                let start = scratch.stack.iter().rposition(|&member| member == node).unwrap_or(0);
                let members = scratch.stack.split_off(start);
                self.component(draft, &members, scratch);
            }
            if let Some(&(parent, _)) = scratch.calls.last() {
                scratch.low[parent as usize] = scratch.low[parent as usize].min(scratch.low[index]);
            }
        }
    }

    /// Gives the nodes of one component their canonical numbers.
    fn component(&mut self, draft: &Draft, members: &[u32], scratch: &mut Scratch) {
        let characters = self.characters;
        // A node is told apart from the others by what can be seen in ever more steps.
        let local = |target: u32| members.iter().position(|&member| member == target);
        let mut edges: Vec<Result<Node, usize>> = Vec::with_capacity(members.len() * characters);
        for &member in members {
            for edge in &draft.edges[member as usize * characters..][..characters] {
                edges.push(match edge.node() {
                    Ok(node) => Ok(node),
                    Err(target) if scratch.resolved[target as usize] != UNSEEN => Ok(scratch.resolved[target as usize]),
                    Err(target) => Err(local(target).unwrap_or_default()),
                });
            }
        }
        let of = |member: usize| &edges[member * characters..][..characters];
        let mut marks: Vec<u64> = Vec::with_capacity(members.len());
        for (index, &member) in members.iter().enumerate() {
            let start = hash::mix(0, u64::from(draft.values[member as usize]));
            let mark = of(index).iter().fold(start, |mark, edge| match edge {
                Ok(node) => hash::mix(mark, u64::from(*node)),
                Err(_) => hash::mix(mark, u64::MAX),
            });
            marks.push(mark);
        }
        let mut different = distinct(&marks);
        while members.len() > 1 {
            let next: Vec<u64> = (0..members.len())
                .map(|index| {
                    of(index).iter().fold(marks[index], |mark, edge| match edge {
                        Ok(_) => mark,
                        Err(target) => hash::mix(mark, marks[*target]),
                    })
                })
                .collect();
            let refined = distinct(&next);
            marks = next;
            if refined == different {
                break;
            }
            different = refined;
        }
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_unstable_by_key(|&index| marks[index]);
        order.dedup_by_key(|index| marks[*index]);
        let rank = |index: usize| order.partition_point(|&other| marks[other] < marks[index]);
        scratch.key.clear();
        for &index in &order {
            scratch.key.push(draft.values[members[index] as usize]);
            for edge in of(index) {
                scratch.key.push(match edge {
                    Ok(node) => *node,
                    Err(target) => NEW | rank(*target) as u32,
                });
            }
        }
        let found = self.find_component(order.len(), scratch);
        for (index, &member) in members.iter().enumerate() {
            scratch.resolved[member as usize] = match &found {
                Found::InOrder(first) => first + rank(index) as u32,
                Found::Elsewhere(nodes) => nodes[rank(index)],
            };
        }
    }

    fn find_component(&mut self, size: usize, scratch: &mut Scratch) -> Found {
        let hash = hash::of_words(&scratch.key);
        let stride = self.characters + 1;
        let same = |&first: &Node| {
            let (_, length) = self.components[first as usize];
            length as usize == size && self.same_as_key(first, &scratch.key)
        };
        if let Some(&first) = self.table.find(hash, same) {
            return Found::InOrder(first);
        }
        if let Some(nodes) = self.found_below(size, scratch) {
            return Found::Elsewhere(nodes);
        }
        let first = self.components.len() as Node;
        for index in 0..size {
            for (position, &word) in scratch.key[index * stride..][..stride].iter().enumerate() {
                let local = position > 0 && word & NEW != 0;
                self.nodes.push(if local { first + (word & !NEW) } else { word });
            }
            self.components.push((first, size as u32));
        }
        let (nodes, components) = (&self.nodes, &self.components);
        let hash_of = |&first: &Node| {
            let length = components[first as usize].1;
            let words = &nodes[first as usize * stride..][..length as usize * stride];
            hash::of_iter(words.iter().enumerate().map(|(position, &word)| {
                let inside = position % stride > 0 && word >= first && word < first + length;
                if inside { NEW | (word - first) } else { word }
            }))
        };
        self.table.insert_unique(hash, first, hash_of);
        Found::InOrder(first)
    }

    fn same_as_key(&self, first: Node, key: &[u32]) -> bool {
        let stride = self.characters + 1;
        let words = &self.nodes[first as usize * stride..][..key.len()];
        words.iter().zip(key).enumerate().all(|(position, (&word, &wanted))| {
            if position % stride > 0 && wanted & NEW != 0 { word == first + (wanted & !NEW) } else { word == wanted }
        })
    }

    /// A new component may be the same as one that it leads to.
    fn found_below(&self, size: usize, scratch: &mut Scratch) -> Option<Vec<Node>> {
        let stride = self.characters + 1;
        let mut tried: Vec<Node> = Vec::new();
        for position in 0..scratch.key.len() {
            let word = scratch.key[position];
            if position % stride == 0 || word & NEW != 0 {
                continue;
            }
            let (first, length) = self.components[word as usize];
            if tried.contains(&first) {
                continue;
            }
            tried.push(first);
            let row = scratch.key[0];
            for candidate in (first..first + length).filter(|&node| self.row_of(node) == row) {
                if let Some(nodes) = self.matches(size, candidate, scratch) {
                    return Some(nodes);
                }
            }
        }
        None
    }

    /// Whether the first node of the key cannot be told apart from `candidate`.
    fn matches(&self, size: usize, candidate: Node, scratch: &mut Scratch) -> Option<Vec<Node>> {
        let stride = self.characters + 1;
        let mut image = vec![UNSEEN; size];
        image[0] = candidate;
        scratch.pairs.clear();
        scratch.pairs.push((0, candidate));
        while let Some((index, node)) = scratch.pairs.pop() {
            let words = &scratch.key[index as usize * stride..][..stride];
            if words[0] != self.row_of(node) {
                return None;
            }
            for (character, &word) in words[1..].iter().enumerate() {
                let target = self.believed(node, character);
                if word & NEW == 0 {
                    if word != target {
                        return None;
                    }
                    continue;
                }
                let local = (word & !NEW) as usize;
                if image[local] == UNSEEN {
                    image[local] = target;
                    scratch.pairs.push((local as u32, target));
                } else if image[local] != target {
                    return None;
                }
            }
        }
        Some(image)
    }
}

/// Where the nodes of a component are, by their order in the key.
enum Found {
    /// From here on, in this order.
    InOrder(Node),
    /// These.
    Elsewhere(Vec<Node>),
}

impl Scratch {
    fn prepare(&mut self, nodes: usize) {
        for list in [&mut self.resolved, &mut self.order, &mut self.low] {
            list.clear();
            list.resize(nodes, UNSEEN);
        }
        self.stack.clear();
        self.calls.clear();
    }
}

fn distinct(marks: &[u64]) -> usize {
    let mut sorted = marks.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}

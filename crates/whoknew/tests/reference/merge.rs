//! Merging of equal nodes: two nodes are equal if no chain of minds leads from them to different values.

use super::situations::{Node, Situation};
use std::collections::HashMap;

/// The same situation with equal nodes merged, nodes in the order in which they are reached from the first.
pub fn merged(situation: &Situation) -> Situation {
    let nodes = &situation.nodes;
    let mut classes = classify(nodes.iter().map(|node| node.values.clone()));
    loop {
        let keys = nodes.iter().enumerate().map(|(index, node)| {
            let believed: Vec<usize> = node.believed.iter().map(|&child| classes[child]).collect();
            (classes[index], believed)
        });
        let finer = classify(keys);
        if finer == classes {
            break;
        }
        classes = finer;
    }
    let mut order = vec![0];
    let mut positions = HashMap::from([(classes[0], 0)]);
    let mut merged = Vec::new();
    let mut next = 0;
    while let Some(&index) = order.get(next) {
        next += 1;
        let node: &Node = &nodes[index];
        let believed = node.believed.iter().map(|&child| {
            *positions.entry(classes[child]).or_insert_with(|| {
                order.push(child);
                order.len() - 1
            })
        });
        merged.push(Node { values: node.values.clone(), believed: believed.collect() });
    }
    Situation { nodes: merged }
}

fn classify<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = K>) -> Vec<usize> {
    let mut known = HashMap::new();
    keys.map(|key| {
        let next = known.len();
        *known.entry(key).or_insert(next)
    })
    .collect()
}

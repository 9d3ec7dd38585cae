//! The canonical situations against the reference semantics, on walks through all problems that are there.

use super::canonical::{Canonical, Draft, Edge, Node};
use super::formula::Found;
use super::start::begin;
use super::successors::Successors;
use crate::ground::{Limits, Problem};
use crate::state::{Situations, StateId};
use crate::world::{EntityId, EventArgument, EventTerm, Term, World};
use std::path::PathBuf;

/// The folder of the conformance data; `None`, with a message, where it is absent.
pub(super) fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sabre");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the conformance data is not at {}", folder.display());
    None
}

/// The worlds of all problem files.
pub(super) fn problems() -> Vec<(String, World)> {
    let Some(folder) = folder() else { return Vec::new() };
    let mut worlds = Vec::new();
    for below in ["data/micro/problems", "problems"] {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder.join(below)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            worlds.push((name.clone(), crate::import::sabre::read(&name, &text).0.unwrap()));
        }
    }
    worlds
}

/// An event as the data writes it: `name(a, b)`.
pub(super) fn call(world: &World, term: &EventTerm) -> String {
    let name = |argument: &EventArgument| match argument {
        EventArgument::Term(Term::Entity(entity)) => world.entities[entity.index()].name.clone(),
        _ => "?".to_owned(),
    };
    let arguments: Vec<String> = term.arguments.iter().map(name).collect();
    format!("{}({})", world.actions[term.action.index()].name, arguments.join(", "))
}

struct Pair<'w> {
    situations: Situations<'w>,
    successors: Successors,
}

impl Pair<'_> {
    fn compare(&mut self, state: StateId, node: Node, depth: usize, what: &str) {
        let model = std::sync::Arc::clone(&self.successors.model);
        for fluent in self.situations.problem().fluents() {
            let value = self.situations.value(state, fluent);
            let ours = match model.columns[fluent.index()] {
                Found::Constant(value) => value,
                Found::Slot(slot) => self.successors.value(node, slot.fact),
            };
            assert_eq!(value, ours, "{what}: {:?}", self.situations.problem().expression(fluent));
        }
        if depth == 0 {
            return;
        }
        for character in 0..model.characters {
            let believed = self.situations.believed(EntityId::from_index(character), state).unwrap();
            let node = self.successors.canonical.believed(node, character);
            self.compare(believed, node, depth - 1, &format!("{what} / {character}"));
        }
    }

    fn possible(&mut self, state: StateId, node: Node) -> Vec<u32> {
        let model = std::sync::Arc::clone(&self.successors.model);
        let mut possible = Vec::new();
        for &event in &model.planned {
            let ours = self.successors.possible(node, event);
            let id = model.events[event as usize].id;
            let theirs = self.situations.refusal(state, id).unwrap().is_none();
            assert_eq!(ours, theirs, "{:?}", self.situations.problem().event_term(id));
            if ours {
                possible.push(event);
            }
        }
        possible
    }
}

#[test]
fn walks_agree_with_the_reference_semantics() {
    for (name, world) in problems() {
        let problem = Problem::new(&world, &world.telling, &Limits::default()).unwrap();
        let mut situations = Situations::new(problem);
        let successors = begin(&mut situations).unwrap();
        let mut pair = Pair { situations, successors };
        let mut random = 12345u64;
        for walk in 0..6 {
            let mut state = pair.situations.start().unwrap();
            let mut node = pair.successors.start;
            for step in 0..8 {
                pair.compare(state, node, 3, &format!("{name} {walk} {step}"));
                let possible = pair.possible(state, node);
                if possible.is_empty() {
                    break;
                }
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let event = possible[(random >> 33) as usize % possible.len()];
                let id = pair.successors.model.events[event as usize].id;
                match (pair.situations.happen(state, id), pair.successors.successor(node, event)) {
                    (Ok(next), Some(after)) => (state, node) = (next, after),
                    (Err(_), None) => break,
                    (theirs, ours) => panic!("{name}: {theirs:?} {ours:?}"),
                }
            }
        }
        eprintln!("{name}: {} situations", pair.successors.canonical.len());
    }
}

/// Whether no chain of believers leads from one node to other values than from the other; plainly.
fn indistinguishable(draft: &Draft, characters: usize) -> Vec<Vec<bool>> {
    let nodes = draft.values.len();
    let target = |node: usize, character: usize| match draft.edges[node * characters + character].node() {
        Err(index) => index as usize,
        Ok(_) => unreachable!("these drafts stand alone"),
    };
    let mut same: Vec<Vec<bool>> =
        (0..nodes).map(|one| (0..nodes).map(|other| draft.values[one] == draft.values[other]).collect()).collect();
    loop {
        let mut changed = false;
        for one in 0..nodes {
            for other in 0..nodes {
                let still = (0..characters).all(|character| same[target(one, character)][target(other, character)]);
                changed |= same[one][other] && !still;
                same[one][other] &= still;
            }
        }
        if !changed {
            return same;
        }
    }
}

proptest::proptest! {
    #[test]
    fn what_cannot_be_told_apart_is_one_number(
        (characters, nodes) in (1usize..4, proptest::collection::vec((0u16..2, proptest::array::uniform3(0usize..9)), 2..9))
    ) {
        let mut canonical = Canonical::new(characters, 1);
        let mut draft = Draft::default();
        for (value, edges) in &nodes {
            draft.values.push(canonical.intern_row(&[*value]));
            draft.edges.extend(edges[..characters].iter().map(|&edge| Edge::new((edge % nodes.len()) as u32)));
        }
        let same = indistinguishable(&draft, characters);
        let taken: Vec<Node> = (0..nodes.len()).map(|node| canonical.take_in(&draft, Edge::new(node as u32))).collect();
        for one in 0..nodes.len() {
            for other in 0..nodes.len() {
                assert_eq!(taken[one] == taken[other], same[one][other], "{one} {other}");
            }
        }
        for (node, &number) in taken.iter().enumerate() {
            assert_eq!(canonical.row_of(number), draft.values[node]);
            for character in 0..characters {
                let Err(target) = draft.edges[node * characters + character].node() else { unreachable!() };
                assert_eq!(canonical.believed(number, character), taken[target as usize]);
            }
        }
    }
}

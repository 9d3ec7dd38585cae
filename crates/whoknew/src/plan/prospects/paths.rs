//! Chains of minds, from the situation that is looked at inwards.

use super::super::canonical::Node;
use super::super::level::At;
use super::super::successors::Successors;

/// Beliefs about beliefs that are nested deeper than this are not looked at.
pub(super) const DEEPEST: usize = 3;

/// Who believes that who believes, outermost first.
pub(super) type Path = Box<[u8]>;

/// `before`, then `after`, where nobody is named twice in a row; the holder, who takes the situation to be real, is not named first.
pub(super) fn joined(holder: u8, before: &[u8], after: &[u8]) -> Path {
    let mut path: Vec<u8> = Vec::with_capacity(before.len() + after.len());
    for &mind in before.iter().chain(after) {
        let outer = path.last().copied().or(holder.checked_sub(1));
        if outer != Some(mind) {
            path.push(mind);
        }
    }
    path.into()
}

/// The level that a path leads to.
pub(super) fn level<'a>(successors: &'a Successors, node: Node, path: &[u8]) -> At<'a> {
    let canonical = &successors.canonical;
    successors.at(path.iter().fold(node, |node, &mind| canonical.believed(node, usize::from(mind))))
}

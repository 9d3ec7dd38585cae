//! Judging claims: whether what is claimed is so, and of whom it is not.

use super::replay::{IncidentKind, Runner, Told};
use super::script::{ClaimShape, Sides};
use crate::ground::Condition;
use crate::state::{StateError, StateId};
use crate::world::EntityId;

/// A part of a claim that fails.
enum Refuted<'s> {
    /// That somebody knows what is so.
    Knows(&'s Sides),
    /// That somebody does not know or believe it.
    Lacks(&'s Sides),
}

impl Runner<'_, '_> {
    /// Judges a claim, which may be a part of another, the `whole`.
    pub(super) fn claim(
        &mut self,
        told: Told,
        state: StateId,
        (claim, shape): (&Condition, &ClaimShape),
        whole: &ClaimShape,
    ) -> Result<(), StateError> {
        if self.situations.holds(state, claim)? {
            return Ok(());
        }
        match shape {
            // One line gets one finding: the first part that fails.
            ClaimShape::Each(parts) => {
                for (part, shape) in parts {
                    if !self.situations.holds(state, part)? {
                        return self.claim(told, state, (part, shape), whole);
                    }
                }
            }
            ClaimShape::Knows(character, sides) if self.situations.holds(state, &sides.real)? => {
                let failing = self.unbelieved(state, sides)?.failing;
                let (mut needed, mut others) = (Vec::new(), Vec::new());
                for (who, other) in self.refuted(state, whole)? {
                    let Refuted::Knows(sides) = other else { continue };
                    needed.extend(self.unbelieved(state, sides)?.assumed);
                    others.extend((who != *character).then_some(who));
                }
                let kind = IncidentKind::UnknownClaim { character: *character, failing, others };
                self.hole(told, kind, &needed)?;
            }
            ClaimShape::Lacks(character, sides) => {
                let mut others = Vec::new();
                for (who, other) in self.refuted(state, whole)? {
                    let Refuted::Lacks(sides) = other else { continue };
                    others.extend((who != *character).then(|| (who, sides.believed.clone())));
                }
                let believed = sides.believed.clone();
                let kind = IncidentKind::BelievedClaim { character: *character, believed, others };
                self.hole(told, kind, &[])?;
            }
            ClaimShape::Knows(..) | ClaimShape::Other => {
                let failing = self.failing(state, claim)?;
                self.hole(told, IncidentKind::FalseClaim { failing }, &[])?;
            }
        }
        Ok(())
    }

    /// The parts of a claim that fail: of whom, and what.
    fn refuted<'s>(
        &mut self,
        state: StateId,
        shape: &'s ClaimShape,
    ) -> Result<Vec<(EntityId, Refuted<'s>)>, StateError> {
        let mut refuted = Vec::new();
        match shape {
            ClaimShape::Each(parts) => {
                for (part, shape) in parts {
                    if !self.situations.holds(state, part)? {
                        refuted.extend(self.refuted(state, shape)?);
                    }
                }
            }
            ClaimShape::Knows(who, sides) if self.situations.holds(state, &sides.real)? => {
                refuted.push((*who, Refuted::Knows(sides)));
            }
            ClaimShape::Lacks(who, sides) => refuted.push((*who, Refuted::Lacks(sides))),
            ClaimShape::Knows(..) | ClaimShape::Other => {}
        }
        Ok(refuted)
    }
}

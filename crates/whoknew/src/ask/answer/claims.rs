//! What the story claims and what did not come about: said where an answer is about it.
//!
//! Answers come from what happened; the check says what is wrong with such a claim.

use super::super::point::Spot;
use super::{Asked, Result, Said};
use crate::check::{run, words};
use crate::ground::{Place, Value};
use crate::telling::replay::{Incident, IncidentKind};
use crate::world::{LineContent, SceneId};

/// At most so many claims are told.
const MOST_CLAIMS: usize = 3;

impl Asked<'_, '_, '_> {
    /// The failed claims, before the point, about what was looked at for the answer, and not met since.
    pub(super) fn failed_claims(&mut self) -> Result<Vec<Said>> {
        let looked_at = std::mem::take(&mut self.looked_at);
        let mut said = Vec::new();
        for position in 0..self.story.run.replay.incidents.len() {
            let incident = self.story.run.replay.incidents[position].clone();
            if said.len() == self.most(MOST_CLAIMS) {
                break;
            }
            let Some(line) = incident.line.filter(|&line| self.is_told_before(incident.scene, line)) else { continue };
            if self.is_about(&incident, &looked_at)?
                && let Some(claim) = self.still_failing(&incident, line)?
            {
                said.push(claim);
            }
        }
        Ok(said)
    }

    /// Whether the line comes before the point.
    fn is_told_before(&self, scene: SceneId, line: usize) -> bool {
        let happened = |wanted: SceneId| self.story.run.chronicle.scenes().iter().position(|&scene| scene == wanted);
        match self.point.spot() {
            Spot::Start => false,
            Spot::End => true,
            Spot::Event { scene: at, line: until, .. } if at == scene => line <= until,
            Spot::Opening(at) => happened(scene) < happened(at),
            Spot::Scene(at) | Spot::Event { scene: at, .. } => happened(scene) <= happened(at),
        }
    }

    /// Whether the claim fails because of a value that was looked at, and that is the same now.
    fn is_about(&mut self, incident: &Incident, looked_at: &[Place]) -> Result<bool> {
        let failing: Vec<(Place, Value)> = match &incident.kind {
            IncidentKind::UnknownClaim { failing, .. } | IncidentKind::FalseClaim { failing } => {
                failing.iter().map(|part| (part.place, part.actual)).collect()
            }
            IncidentKind::BelievedClaim { believed, .. } => {
                let mut places = Vec::new();
                believed.places(&mut |place| places.push(place));
                let situations = &mut self.story.run.situations;
                let valued = places.into_iter().map(|place| Ok((place, situations.value_at(incident.state, place)?)));
                valued.collect::<Result<Vec<_>>>()?
            }
            _ => return Ok(false),
        };
        for (place, actual) in failing {
            if looked_at.contains(&place) && self.story.run.situations.value_at(self.state, place)? == actual {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// `The story claims otherwise in scene 3: Anne believes that … (H06)`, unless it is so by now.
    fn still_failing(&mut self, incident: &Incident, line: usize) -> Result<Option<Said>> {
        let told = &self.story.telling().scenes[incident.scene.index()].lines[line];
        let LineContent::Claim(claim) = &told.content else { return Ok(None) };
        if self.is_so(&claim.value)? {
            return Ok(None);
        }
        let code = run::diagnostic(&mut self.story.case(), incident)?.code.id;
        let scene = words::scene(self.story.telling(), incident.scene);
        let claimed = self.say(&claim.value);
        let text = format!("The story claims otherwise in {scene}: {claimed} ({code})");
        Ok(Some(Said::told(text, (incident.scene, told.span))))
    }
}

//! H17, second part: a scene is told through somebody who is not there.

use super::case::Case;
use super::elsewhere::{CODE, without_incident};
use super::report::{Anchor, Findings};
use crate::causes;
use crate::diagnostic::Diagnostic;
use crate::ground::Value;
use crate::state::StateError;
use crate::telling::Chronicle;
use crate::telling::replay::{Moment, What};
use crate::world::{EntityId, SceneId};

/// Reports such scenes, but for those in which something worse is found.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    findings: &mut Findings,
) -> Result<(), StateError> {
    for (scene, moments) in without_incident(case, chronicle) {
        let Some(who) = case.telling.scenes[scene.index()].point_of_view else { continue };
        if !has_part(case, moments, who)? && is_elsewhere(case, (scene, who), moments)? {
            let diagnostic = diagnostic(case, scene, who)?;
            findings.add(Anchor::Scene(scene), diagnostic);
        }
    }
    Ok(())
}

/// Whether somebody notices or thinks anything in these moments.
fn has_part(case: &mut Case<'_, '_>, moments: &[Moment], who: EntityId) -> Result<bool, StateError> {
    for moment in moments.iter().filter(|moment| moment.line.is_some()) {
        let takes_part = match moment.what {
            What::Event(_) => causes::noticers(case.situations, moment)?.contains(&who),
            What::Concluded(thinker) | What::Forgot(thinker) => thinker == who,
            What::Assumed | What::Patched(_) | What::TimePassed(_) => false,
        };
        if takes_part {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether somebody is never where the scene plays; where it has no place, whether things happen in it at all.
fn is_elsewhere(
    case: &mut Case<'_, '_>,
    (scene, who): (SceneId, EntityId),
    moments: &[Moment],
) -> Result<bool, StateError> {
    let Some(place) = case.telling.scenes[scene.index()].place.as_ref().map(|place| place.value) else {
        return Ok(moments.iter().any(|moment| moment.line.is_some() && matches!(moment.what, What::Event(_))));
    };
    let Some(fact) = case.places.of(case.situations.problem(), who) else { return Ok(false) };
    let start = case.replay.state(case.replay.scene_start(scene));
    let states: Vec<_> = start.into_iter().chain(moments.iter().map(|moment| moment.after)).collect();
    for state in states {
        if case.value(state, fact)? == Value::entity(place) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn diagnostic(case: &mut Case<'_, '_>, scene: SceneId, who: EntityId) -> Result<Diagnostic, StateError> {
    let told = &case.telling.scenes[scene.index()];
    let (name, said) = (case.name(who), case.scene(scene));
    let title = format!("{} is told through {name}, who is not there", crate::world::say::capitalised(&said));
    let mut diagnostic = Diagnostic::new(&CODE, title, Some(told.span));
    let fact = case.places.of(case.situations.problem(), who);
    let state = case.replay.state(case.replay.scene_start(scene));
    if let (Some(fact), Some(state)) = (fact, state) {
        let actual = case.value(state, fact)?;
        diagnostic = diagnostic.at(format!("as it begins, {}", case.say_actual(fact, actual)));
    }
    let help = match &told.present {
        Some(present) => {
            let names: Vec<String> = present.value.iter().chain([&who]).map(|&who| case.name(who)).collect();
            format!("if {name} is there, say so: `present {}`; else tell it through somebody who is", names.join(", "))
        }
        None => format!("tell how {name} comes to notice it, or tell it through somebody who is there"),
    };
    Ok(diagnostic.help(help))
}

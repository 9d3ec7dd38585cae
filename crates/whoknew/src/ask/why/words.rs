//! The words of an answer.

use super::graph::Node;
use super::{Happening, Kind, Why};
use crate::ask::{Story, point};
use crate::causes::Role;
use crate::check::case::Case;
use crate::ground::{ChainId, Place, TriggerInstanceId, Value};
use crate::state::{Made, StateError};
use crate::telling::replay::{IncidentKind, Moment, MomentId, What};
use crate::world::{EntityId, LineContent, say};

/// What a moment did, as a sentence.
pub(in crate::ask) fn happening(case: &Case<'_, '_>, moment: &Moment) -> String {
    let line = moment.line.and_then(|line| case.telling.scenes[moment.scene.index()].lines.get(line));
    let content = line.map(|line| &line.content);
    match (moment.what, content) {
        (What::Event(event), _) => case.event(event),
        (What::Concluded(who), Some(LineContent::Conclusion { conclusion, .. })) => {
            format!("{} concludes that {}", case.name(who), case.say(&conclusion.value))
        }
        (What::Assumed, Some(LineContent::Assumption { statement, reason })) => match reason {
            Some(reason) => format!("the author assumes that {} (“{reason}”)", case.say(&statement.value)),
            None => format!("the author assumes that {}", case.say(&statement.value)),
        },
        (What::Forgot(who), Some(LineContent::LosesTime(_))) => format!("{} loses time", case.name(who)),
        (What::Forgot(who), _) => format!("{} forgets it", case.name(who)),
        (What::Concluded(who), _) => format!("{} concludes it", case.name(who)),
        (What::Assumed, _) => "the author assumes it".to_owned(),
        (What::Patched(incident), _) => patched(case, incident.index()),
        (What::TimePassed(_), _) => "time passes".to_owned(),
    }
}

/// What the check assumed after a hole.
fn patched(case: &Case<'_, '_>, incident: usize) -> String {
    let Some(incident) = case.replay.incidents.get(incident) else { return "the check assumes it".to_owned() };
    let facts: Vec<String> = incident.repaired.iter().map(|&(place, value)| case.say_fact(place, value)).collect();
    let finding = match &incident.kind {
        IncidentKind::Impossible { .. } => "H01",
        IncidentKind::Unaware { .. } | IncidentKind::UnknownClaim { .. } => "H02",
        IncidentKind::Premise { so: true, .. } => "H02",
        IncidentKind::Premise { .. } => "H03",
        IncidentKind::BelievedClaim { .. } => "H04",
        IncidentKind::FalseClaim { .. } | IncidentKind::Failed { .. } => "H06",
    };
    format!("nothing tells how, so the check assumes ({finding}) that {}", say::list(&facts))
}

/// A moment with its sentence and place.
pub(super) fn described(story: &mut Story<'_>, original: MomentId, retold: &Moment) -> Result<Happening, StateError> {
    let at = at(story, retold);
    let case = story.case();
    let kind = match retold.what {
        What::Event(_) => Kind::Event,
        What::Concluded(_) => Kind::Thought,
        What::Assumed => Kind::Assumption,
        What::Forgot(_) => Kind::Forgetting,
        What::Patched(_) => Kind::Hole,
        What::TimePassed(_) => Kind::Time,
    };
    let says = happening(&case, retold);
    let place = case.span(retold.scene, retold.line);
    Ok(Happening { moment: original, kind, says, how: Vec::new(), at, place, because: Vec::new(), repeated: false })
}

/// `scene 3, event 2`
pub(in crate::ask) fn at(story: &Story<'_>, moment: &Moment) -> String {
    let point = moment.line.and_then(|line| story.after_line(moment.scene, line));
    match (point, moment.line) {
        (Some(point), _) => point.to_string(),
        (None, Some(_)) => crate::check::words::scene(story.telling(), moment.scene),
        (None, None) => story.at(point::Spot::Opening(moment.scene)).to_string(),
    }
}

/// For what a fact matters: `possible because`.
pub(super) fn link(story: &mut Story<'_>, role: Role) -> String {
    let case = story.case();
    match role {
        Role::Need => "possible because".to_owned(),
        Role::Noticing(who) => format!("{} notices it because", case.name(who)),
        Role::Premise => "from".to_owned(),
        Role::Effect => "and because".to_owned(),
        Role::Rule(rule) => format!("by the rule “{}”, because", rule_words(&case, rule)),
    }
}

fn rule_words(case: &Case<'_, '_>, rule: TriggerInstanceId) -> String {
    let triggers = &case.situations.problem().triggers;
    let Some(instance) = triggers.instances.get(rule.index()) else { return "?".to_owned() };
    say::rule(case.world, instance.trigger, &instance.arguments)
}

/// How a fact follows from what happened: who noticed it, and as what; by which rules.
pub(super) fn how(story: &mut Story<'_>, retold: &Moment, node: &Node) -> Result<Vec<String>, StateError> {
    let mut said = Vec::new();
    let believers = story.run.situations.problem().believers(node.place.chain).to_vec();
    let mut state = retold.before;
    let mut noticed = match retold.what {
        What::Event(event) => Some(event),
        _ => None,
    };
    for (depth, &who) in believers.iter().enumerate() {
        let Some(event) = noticed else { break };
        let seen = story.run.situations.notices(state, event, who)?;
        let plain = story.run.situations.problem().get(event).plain();
        let case = story.case();
        let whose = case.name(who);
        let acts = case.situations.problem().actors(event).contains(&who);
        let outer = match depth.checked_sub(1) {
            Some(outer) => format!("as {} sees it, ", case.name(believers[outer])),
            None => String::new(),
        };
        match seen {
            Some(seen) if (seen == event || seen == plain) && acts => {}
            Some(seen) if seen == event || seen == plain => said.push(format!("{outer}{whose} notices it")),
            Some(seen) => said.push(format!("{outer}what {whose} notices is: {}", case.event(seen))),
            None => {}
        }
        noticed = seen;
        state = story.run.situations.believed(who, state)?;
    }
    said.extend(rules(story, retold, node.place)?);
    Ok(said)
}

/// The rules that made a fact so after the event.
fn rules(story: &mut Story<'_>, retold: &Moment, place: Place) -> Result<Vec<String>, StateError> {
    let mut said = Vec::new();
    for outside in 0..=story.run.situations.problem().believers(place.chain).len() {
        let believers = story.run.situations.problem().believers(place.chain).to_vec();
        let (prefix, rest) = believers.split_at(outside);
        let chain = story.run.situations.problem_mut().place(prefix, place.fluent).chain;
        let mut state = story.run.situations.follow(retold.after, chain)?;
        while let Made::ByRules(applied) = story.run.situations.made(state) {
            for rule in applied {
                if writes(story, rule, rest, place) {
                    let case = story.case();
                    said.push(format!("by the rule “{}”", rule_words(&case, rule)));
                }
            }
            match story.run.situations.before(state) {
                Some(before) => state = before,
                None => break,
            }
        }
    }
    said.dedup();
    Ok(said)
}

fn writes(story: &Story<'_>, rule: TriggerInstanceId, rest: &[EntityId], place: Place) -> bool {
    let problem = story.run.situations.problem();
    let instance = &problem.triggers.instances[rule.index()];
    instance
        .changes
        .iter()
        .any(|change| change.place.fluent == place.fluent && problem.believers(change.place.chain) == rest)
}

/// Whether a fact that was so from the start is worth saying: what an event needs, and what is said, not what is not so. What
/// packs think of and the story never tells, as that nobody sleeps, goes without saying even where it is needed.
pub(super) fn is_telling(story: &mut Story<'_>, node: &Node) -> bool {
    if story.run.situations.problem().clock() == Some(node.place.fluent) {
        return false;
    }
    let real = Place { chain: ChainId::REAL, fluent: node.place.fluent };
    let end = story.run.replay.end().and_then(|end| story.run.situations.value_at(end, real).ok());
    let declared = story.run.situations.problem().declared(node.place.fluent);
    let is_of_pack = declared.is_some_and(|(fluent, _)| {
        let fluent = &story.world().fluents[fluent.index()];
        fluent.default.is_none() && !story.world().is_own(fluent.span)
    });
    if is_of_pack && node.value == Value::NO && end == Some(Value::NO) {
        return false;
    }
    let needed = matches!(node.role, Role::Need | Role::Premise);
    let positive = node.value == Value::YES || node.value.as_entity().is_some();
    needed && !node.value.is_unknown() || positive
}

/// What else to say: how far the answer was verified.
pub(super) fn note(why: &mut Why) {
    if !why.causes.verified {
        why.notes.push("it was too much to verify that these causes alone suffice".to_owned());
    } else if !why.causes.minimal {
        why.notes.push("it was too much to find out whether all of these causes are needed".to_owned());
    }
}

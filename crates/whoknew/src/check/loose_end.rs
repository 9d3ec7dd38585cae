//! H11: something begun and not taken up again.
//!
//! An event on the page lowered a want that has a name, no later act of its holder serves it, it is unmet at the end, and they have not
//! dropped it. Or a named character, not marked `minor`, acts in one scene and is in no later event, thought or claim
//! and in no later scene, and is alive at the end as far as facts marked `living` tell.

use rustc_hash::{FxHashMap, FxHashSet};

use super::case::Case;
use super::report::{Anchor, Findings};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::ground::Value;
use crate::state::StateError;
use crate::telling::Chronicle;
use crate::telling::replay::What;
use crate::world::{
    EntityId, EventArgument, EventTerm, Expression, FluentId, Holder, LineContent, SceneId, Telling, Term, ToldEvent,
    UtilityId,
};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H11",
    name: "loose end",
    severity: Severity::Note,
    summary: "a want that an event lowered and nobody takes up, or a character who acts once and is never heard of again",
};

/// Reports both kinds.
pub(super) fn report(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    findings: &mut Findings,
) -> Result<(), StateError> {
    wants(case, chronicle, findings)?;
    acting_once(case, findings);
    Ok(())
}

/// A want and where it was last lowered.
struct Lowered {
    scene: SceneId,
    line: usize,
    from: f64,
}

fn wants(case: &mut Case<'_, '_>, chronicle: &Chronicle, findings: &mut Findings) -> Result<(), StateError> {
    for index in 0..case.world.utilities.len() {
        let want = UtilityId::from_index(index);
        let Holder::Character(holder) = case.world.utilities[index].holder else { continue };
        // A want without a name is one of the moment; nobody waits for it.
        if case.world.utilities[index].label.is_none() || dropped(case.telling, holder, want) {
            continue;
        }
        let Some(lowered) = last_lowered(case, chronicle, want)? else { continue };
        let (Some(end), before) = (case.replay.end(), lowered.from) else { continue };
        let unmet = case.want(end, want)?.as_number().is_some_and(|end| end < before);
        if unmet && !served_later(case, chronicle, holder, want, &lowered) {
            findings.add(Anchor::Line(lowered.scene, lowered.line), lowered_want(case, holder, want, &lowered));
        }
    }
    Ok(())
}

fn dropped(telling: &Telling, holder: EntityId, dropped: UtilityId) -> bool {
    let drops = |line: &crate::world::Line| matches!(line.content, LineContent::Drops { character, want } if character == holder && want == dropped);
    telling.scenes.iter().any(|scene| scene.lines.iter().any(drops))
}

/// The last event on the page that lowered the want. Looks into a scene only if the scene lowered it.
fn last_lowered(
    case: &mut Case<'_, '_>,
    chronicle: &Chronicle,
    want: UtilityId,
) -> Result<Option<Lowered>, StateError> {
    let scenes = chronicle.scenes();
    let replay = case.replay;
    let mut found = None;
    for (position, &scene) in scenes.iter().enumerate() {
        if case.telling.scenes[scene.index()].offstage {
            continue;
        }
        let moments = replay.scene_moments(scenes, position);
        let (Some(begin), Some(end)) = (moments.first(), moments.last()) else { continue };
        let first = case.want(begin.before, want)?;
        let last = case.want(end.after, want)?;
        if !last.as_number().zip(first.as_number()).is_some_and(|(last, first)| last < first) {
            continue;
        }
        for moment in moments {
            let before = case.want(moment.before, want)?.as_number();
            let after = case.want(moment.after, want)?.as_number();
            let (Some(before), Some(after), Some(line)) = (before, after, moment.line) else { continue };
            if after < before && matches!(moment.what, What::Event(_)) && on_page(case.telling, scene, line) {
                found = Some(Lowered { scene, line, from: before });
            }
        }
    }
    Ok(found)
}

fn on_page(telling: &Telling, scene: SceneId, line: usize) -> bool {
    match &telling.scenes[scene.index()].lines[line].content {
        LineContent::Event(told) => !told.offstage,
        _ => false,
    }
}

fn served_later(
    case: &Case<'_, '_>,
    chronicle: &Chronicle,
    holder: EntityId,
    want: UtilityId,
    lowered: &Lowered,
) -> bool {
    let scenes = chronicle.scenes();
    scenes[chronicle.position(lowered.scene)..].iter().any(|&scene| {
        let lines = case.telling.scenes[scene.index()].lines.iter().enumerate();
        lines.filter(|(line, _)| scene != lowered.scene || *line > lowered.line).any(|(line, told)| {
            match &told.content {
                LineContent::Event(ToldEvent { because: Some(reason), .. }) => {
                    let actors = |event| case.situations.problem().actors(event).contains(&holder);
                    reason.value == want && case.event_of(scene, line).is_some_and(actors)
                }
                _ => false,
            }
        })
    })
}

fn lowered_want(case: &Case<'_, '_>, holder: EntityId, want: UtilityId, lowered: &Lowered) -> Diagnostic {
    let name = case.name(holder);
    let utility = &case.world.utilities[want.index()];
    let label = utility.label.clone().unwrap_or_else(|| case.say(&utility.value));
    let title = format!("{name} never comes back to “{label}”");
    Diagnostic::new(&CODE, title, Some(case.span(lowered.scene, Some(lowered.line))))
        .at("this lowered it")
        .label(utility.span, "the want, still unmet at the end")
        .note(format!("no later act of {name} is told to be for it"))
        .help(format!("tell what {name} does about it, with `because`, or that {name} drops it"))
}

/// In which scenes a character acts, and in which it is mentioned last.
#[derive(Default)]
struct Part {
    acts: FxHashSet<usize>,
    first_act: Option<(usize, usize)>,
    last_mention: usize,
}

fn acting_once(case: &Case<'_, '_>, findings: &mut Findings) {
    let last_scene = case.telling.scenes.len().saturating_sub(1);
    let mut parts: FxHashMap<EntityId, Part> = FxHashMap::default();
    for (index, scene) in case.telling.scenes.iter().enumerate() {
        for &entity in scene.present.iter().flat_map(|present| &present.value) {
            parts.entry(entity).or_default().last_mention = index;
        }
        for (line, told) in scene.lines.iter().enumerate() {
            for entity in mentioned(&told.content) {
                parts.entry(entity).or_default().last_mention = index;
            }
            if let Some(event) = case.event_of(SceneId::from_index(index), line) {
                for &actor in case.situations.problem().actors(event) {
                    let part = parts.entry(actor).or_default();
                    part.acts.insert(index);
                    part.first_act.get_or_insert((index, line));
                }
            }
        }
    }
    for index in 0..case.world.characters {
        let entity = &case.world.entities[index];
        let Some(part) = parts.get(&EntityId::from_index(index)) else { continue };
        let Some((scene, line)) = part.first_act else { continue };
        if entity.minor || part.acts.len() != 1 || scene == last_scene || part.last_mention > scene {
            continue;
        }
        if is_no_more(case, EntityId::from_index(index)) {
            continue;
        }
        let title =
            format!("{} acts in {} and is never heard of again", entity.name, case.scene(SceneId::from_index(scene)));
        let mut diagnostic = Diagnostic::new(&CODE, title, Some(case.span(SceneId::from_index(scene), Some(line))));
        if let Some(span) = entity.span {
            diagnostic = diagnostic.label(span, "declared here");
        }
        let kinds: Vec<&str> = entity.kinds.iter().map(|kind| case.world.kinds[kind.index()].name.as_str()).collect();
        let (name, kinds) = (&entity.name, kinds.join(" and "));
        let help = format!("tell what becomes of {name}, or declare that no more is to come: `minor {kinds} {name}`");
        findings.add(Anchor::Line(SceneId::from_index(scene), line), diagnostic.help(help));
    }
}

/// Whether they do not live at the end: what became of them is told.
fn is_no_more(case: &Case<'_, '_>, who: EntityId) -> bool {
    let Some(end) = case.replay.end() else { return false };
    let living = case.world.fluents.iter().enumerate().filter(|(_, fluent)| fluent.living);
    let problem = case.situations.problem();
    let facts = living.filter_map(|(index, _)| problem.fluent(FluentId::from_index(index), &[who]));
    facts.into_iter().any(|fact| case.situations.value(end, fact) == Value::NO)
}

fn mentioned(content: &LineContent) -> Vec<EntityId> {
    let mut found = Vec::new();
    match content {
        LineContent::Event(told) => in_event(&told.event, &mut found),
        LineContent::Conclusion { thinker, conclusion, premises } => {
            found.push(*thinker);
            in_expression(&conclusion.value, &mut found);
            premises.iter().for_each(|premise| in_expression(&premise.value, &mut found));
        }
        LineContent::Claim(statement) | LineContent::Reveal(statement) => in_expression(&statement.value, &mut found),
        LineContent::Assumption { statement, .. } => in_expression(&statement.value, &mut found),
        LineContent::Drops { character, .. } | LineContent::Forgets { character, .. } => found.push(*character),
        LineContent::LosesTime(character) => found.push(*character),
    }
    found
}

fn in_event(event: &EventTerm, found: &mut Vec<EntityId>) {
    for argument in &event.arguments {
        match argument {
            EventArgument::Term(Term::Entity(entity)) => found.push(*entity),
            EventArgument::Statement(statement) => in_expression(statement, found),
            _ => {}
        }
    }
}

fn in_term(term: &Term, found: &mut Vec<EntityId>) {
    if let Term::Entity(entity) = term {
        found.push(*entity);
    }
}

fn in_expression(expression: &Expression, found: &mut Vec<EntityId>) {
    match expression {
        Expression::Entity(term) => in_term(term, found),
        Expression::Fluent(fact) => fact.arguments.iter().for_each(|term| in_term(term, found)),
        Expression::Happened(event) | Expression::Times { event, .. } => in_event(event, found),
        Expression::Not(inner) | Expression::Quantified(_, _, inner) | Expression::IsKind(inner, _) => {
            in_expression(inner, found);
        }
        Expression::And(parts) | Expression::Or(parts) => parts.iter().for_each(|part| in_expression(part, found)),
        Expression::Compare(_, left, right) | Expression::Arithmetic(_, left, right) => {
            in_expression(left, found);
            in_expression(right, found);
        }
        Expression::Believes(who, inner)
        | Expression::Knows(who, inner)
        | Expression::KnowsWhether(who, inner)
        | Expression::Wonders(who, inner) => {
            in_term(who, found);
            in_expression(inner, found);
        }
        Expression::If(branches, otherwise) => {
            branches.iter().for_each(|(test, value)| {
                in_expression(test, found);
                in_expression(value, found);
            });
            in_expression(otherwise, found);
        }
        Expression::Boolean(_)
        | Expression::Number(_)
        | Expression::Unknown
        | Expression::Time
        | Expression::Statement(_) => {}
    }
}

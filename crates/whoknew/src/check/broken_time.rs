//! H08: told times that cannot all be true.
//!
//! Scenes give bounds on the distances between their starts; a chain of bounds that contradicts itself is broken time.
//! So is one person in two places at once, and a way or deed that needs more time than there is. Where nothing bounds
//! a gap, nobody is accused.

use super::report::{Anchor, Findings};
use super::words;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Span;
use crate::syntax::ast::DayPart;
use crate::telling::Timeline;
use crate::telling::time::{Contradiction, SMALL_HOURS, TimeReason};
use crate::world::{LineContent, SceneId, SceneTime, Telling};

/// The catalogue entry.
pub static CODE: Code = Code {
    id: "H08",
    name: "broken time",
    severity: Severity::Error,
    summary: "told times that cannot all be true, one person in two places at once, or a deed without the time for it",
};

/// Reports the contradictions among told times.
pub(super) fn report(telling: &Telling, timeline: &Timeline, findings: &mut Findings) {
    for contradiction in timeline.contradictions() {
        let anchor = match contradiction.disregarded {
            TimeReason::Clock { scene, line } => Anchor::Line(scene, line),
            other => Anchor::Scene(other.scene()),
        };
        findings.add(anchor, contradicting(telling, contradiction));
    }
}

fn contradicting(telling: &Telling, contradiction: &Contradiction) -> Diagnostic {
    let mut scenes: Vec<SceneId> =
        contradiction.reasons.iter().flat_map(|&reason| mentioned(telling, reason)).collect();
    scenes.sort_unstable();
    scenes.dedup();
    let told: Vec<String> = scenes.iter().map(|&scene| words::scene(telling, scene)).collect();
    let title = match told.as_slice() {
        [one] => format!("The times of {one} contradict each other"),
        several => format!("The times of {} cannot all be true", words::short_list(several, 4)),
    };
    let blamed = contradiction.disregarded;
    let mut diagnostic =
        Diagnostic::new(&CODE, title, Some(reason_span(telling, blamed))).at(reason_words(telling, blamed));
    let mut help = None;
    if let Some(day) = after_midnight(telling, blamed) {
        help = Some(format!("after midnight a new day begins: `day {day}`"));
    }
    for &reason in &contradiction.reasons {
        if let (None, TimeReason::Follows { scene, previous }) = (&help, reason) {
            let (scene, previous) = (words::scene(telling, scene), words::scene(telling, previous));
            help = Some(format!(
                "say `flashback` if {scene} happens before {previous} ends, or change one of these times"
            ));
        }
        if reason != blamed {
            diagnostic = diagnostic.label(reason_span(telling, reason), reason_words(telling, reason));
        }
    }
    diagnostic
        .note("from here on the check disregards the time marked first")
        .help(help.unwrap_or_else(|| "change one of these times".to_owned()))
}

/// The day that was meant, where a time of the small hours is blamed.
fn after_midnight(telling: &Telling, blamed: TimeReason) -> Option<i64> {
    let TimeReason::Header { scene, statement } = blamed else { return None };
    let times = &telling.scenes[scene.index()].times;
    let SceneTime::Clock(0..SMALL_HOURS) = times[statement].value else { return None };
    times.iter().find_map(|time| match time.value {
        SceneTime::Day(day) => Some(day + 1),
        _ => None,
    })
}

fn mentioned(telling: &Telling, reason: TimeReason) -> Vec<SceneId> {
    let mut scenes = vec![reason.scene()];
    if let TimeReason::Follows { previous, .. } = reason {
        scenes.push(previous);
    }
    if let TimeReason::Header { scene, statement } = reason {
        match telling.scenes[scene.index()].times[statement].value {
            SceneTime::Distance { scene, .. } | SceneTime::Same(scene) => scenes.push(scene),
            SceneTime::SameDay(scene)
            | SceneTime::SameNight(scene)
            | SceneTime::NextDay(scene)
            | SceneTime::NextNight(scene) => scenes.push(scene),
            SceneTime::Day(_)
            | SceneTime::Clock(_)
            | SceneTime::Calendar { .. }
            | SceneTime::Part(_)
            | SceneTime::Flashback => {}
        }
    }
    scenes
}

/// Where a told time was written.
pub(super) fn reason_span(telling: &Telling, reason: TimeReason) -> Span {
    let scene = &telling.scenes[reason.scene().index()];
    match reason {
        TimeReason::Header { statement, .. } => scene.times[statement].span,
        TimeReason::Follows { .. } | TimeReason::Lasts(_) => scene.span,
        TimeReason::Clock { line, .. } => scene.lines[line].span,
    }
}

/// What a told time says, as a sentence.
pub(super) fn reason_words(telling: &Telling, reason: TimeReason) -> String {
    let name = |scene| words::scene(telling, scene);
    let scene = reason.scene();
    let told = &telling.scenes[scene.index()];
    match reason {
        TimeReason::Header { statement, .. } => {
            format!("{} starts {}", name(scene), time_words(&told.times[statement].value, &name))
        }
        TimeReason::Follows { scene, previous } => {
            format!("{} is told after {} and starts not before that ends", name(scene), name(previous))
        }
        TimeReason::Lasts(_) => format!("{} lasts {}", name(scene), words::duration(told.duration.unwrap_or(0.0))),
        TimeReason::Clock { line, .. } => match &told.lines[line].content {
            LineContent::Event(event) => format!("this happens at {}", words::clock(event.clock.unwrap_or(0))),
            _ => "this has a time of day".to_owned(),
        },
    }
}

fn time_words(time: &SceneTime, name: &dyn Fn(SceneId) -> String) -> String {
    match time {
        SceneTime::Day(day) => format!("on day {day}"),
        SceneTime::Clock(minutes) => format!("at {}", words::clock(*minutes)),
        SceneTime::Calendar { .. } => "at this date".to_owned(),
        SceneTime::Distance { scene, least, most } => distance_words(&name(*scene), *least, *most),
        SceneTime::Same(scene) => format!("together with {}", name(*scene)),
        SceneTime::SameDay(scene) => format!("on the same day as {}", name(*scene)),
        SceneTime::SameNight(scene) => format!("in the same night as {}", name(*scene)),
        SceneTime::NextDay(scene) => format!("on the day after {}", name(*scene)),
        SceneTime::NextNight(scene) => format!("in the night after {}", name(*scene)),
        SceneTime::Part(part) => part_words(*part).to_owned(),
        SceneTime::Flashback => "at another time".to_owned(),
    }
}

fn part_words(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "in the morning",
        DayPart::Afternoon => "in the afternoon",
        DayPart::Evening => "in the evening",
        DayPart::Night => "at night",
        DayPart::Day => "on a day",
    }
}

fn distance_words(scene: &str, least: Option<f64>, most: Option<f64>) -> String {
    let long = |minutes: f64| words::duration(minutes.abs());
    match (least, most) {
        (Some(0.0), None) => format!("after {scene}"),
        (None, Some(0.0)) => format!("before {scene}"),
        (Some(least), None) => format!("at least {} after {scene} starts", words::duration(least)),
        (None, Some(most)) => format!("at most {} after {scene} starts", words::duration(most)),
        (Some(least), Some(most)) if least == most && least >= 0.0 => format!("{} after {scene} starts", long(least)),
        (Some(least), Some(most)) if least == most => format!("{} before {scene} starts", long(least)),
        (Some(least), Some(most)) if most <= 0.0 => format!("{} to {} before {scene} starts", long(most), long(least)),
        (Some(least), Some(most)) => format!("{} to {} after {scene} starts", long(least), long(most)),
        (None, None) => format!("at some time from {scene}"),
    }
}

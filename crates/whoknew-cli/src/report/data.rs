//! What the page shows, as JSON. Numbers name things by their position; what is said often is said once.

use crate::json::{self, severity};
use crate::places::Places;
use crate::status::is_unusable;
use crate::story::Checked;
use crate::summary;
use serde::Serialize;
use whoknew::diagnostic::{Diagnostic, Label};
use whoknew::overview::{
    Course, FactSummary, Learned, LineKind, LineSummary, Means, Outcome, Overview, Said, SceneSummary, Sincerity, Turn,
    scene_at,
};
use whoknew::world::{EntityId, World, say};

/// Everything a page is made of.
pub struct Shown<'s> {
    /// The world.
    pub world: &'s World,
    /// What the check found.
    pub checked: &'s Checked,
    /// The story at a glance.
    pub overview: &'s Overview,
}

#[derive(Serialize)]
struct Document<'s> {
    program: String,
    title: &'s str,
    path: &'s str,
    summary: String,
    cuts: Vec<String>,
    /// Characters first.
    names: Vec<&'s str>,
    characters: usize,
    scenes: Vec<SceneDocument<'s>>,
    happened: Vec<usize>,
    facts: Vec<FactDocument<'s>>,
    truth: CourseDocument,
    minds: Vec<CourseDocument>,
    others: Vec<Option<Vec<CourseDocument>>>,
    reader: Option<CourseDocument>,
    /// Scene, line (-1: none), fact, value; …
    turns: Vec<i64>,
    learned: Vec<LearnedDocument<'s>>,
    said: Vec<SaidDocument>,
    findings: Vec<FindingDocument<'s>>,
}

#[derive(Serialize)]
struct SceneDocument<'s> {
    label: &'s str,
    title: Option<&'s str>,
    times: &'s [String],
    place: Option<usize>,
    eyes: Option<usize>,
    offstage: bool,
    /// Places and who is there.
    settings: Vec<(Option<usize>, Vec<usize>)>,
    acting: Vec<usize>,
    lines: Vec<LineDocument<'s>>,
    more: usize,
}

#[derive(Serialize)]
struct LineDocument<'s> {
    kind: &'static str,
    text: &'s str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    details: &'s [String],
}

#[derive(Serialize)]
struct FactDocument<'s> {
    family: &'s str,
    open: &'s str,
    /// Statements with their values.
    values: Vec<(&'s str, &'s str)>,
    spoken: usize,
    disputed: usize,
}

#[derive(Serialize)]
struct CourseDocument {
    /// Fact, value; fact, value; …
    start: Vec<usize>,
    /// Scene, fact, value; scene, fact, value; …
    then: Vec<usize>,
}

#[derive(Serialize)]
struct LearnedDocument<'s> {
    scene: usize,
    line: Option<usize>,
    who: usize,
    fact: usize,
    value: usize,
    real: usize,
    means: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    really: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sincerity: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    noticed: Option<&'s str>,
}

#[derive(Serialize)]
struct SaidDocument {
    scene: usize,
    line: Option<usize>,
    speaker: usize,
    fact: usize,
    value: usize,
    sincerity: &'static str,
    hearers: Vec<(usize, &'static str)>,
}

#[derive(Serialize)]
struct FindingDocument<'s> {
    code: &'s str,
    name: &'s str,
    severity: &'s str,
    title: &'s str,
    expected: Option<&'s str>,
    scene: Option<usize>,
    line: Option<usize>,
    places: Vec<PlaceDocument<'s>>,
    notes: &'s [String],
    help: &'s [String],
}

#[derive(Serialize)]
struct PlaceDocument<'s> {
    file: &'s str,
    row: usize,
    quote: String,
    text: &'s str,
    scene: Option<usize>,
}

/// The whole document on one line.
pub fn json(shown: &Shown<'_>, title: &str) -> String {
    let Shown { world, checked, overview } = shown;
    let places = Places::new(&checked.sources);
    let document = Document {
        program: format!("whoknew {}", env!("CARGO_PKG_VERSION")),
        title,
        path: &checked.path,
        summary: summary(checked),
        cuts: cuts(shown),
        names: world.entities.iter().map(|entity| entity.name.as_str()).collect(),
        characters: world.characters,
        scenes: overview.scenes.iter().map(scene).collect(),
        happened: overview.happened.iter().map(|scene| scene.index()).collect(),
        facts: overview.facts.iter().map(fact).collect(),
        truth: course(&overview.truth, overview),
        minds: overview.minds.iter().map(|mind| course(mind, overview)).collect(),
        others: overview.others.iter().map(|all| all.as_ref().map(|all| courses(all, overview))).collect(),
        reader: overview.reader.as_ref().map(|reader| course(reader, overview)),
        turns: overview.turns.iter().flat_map(turn).collect(),
        learned: overview.learned.iter().map(learned).collect(),
        said: overview.said.iter().map(said).collect(),
        findings: checked
            .findings
            .iter()
            .filter(|found| found.allowed.is_none())
            .map(|found| finding(found, world, &places))
            .collect(),
    };
    json::line(&document)
}

/// What was checked and found, in sentences.
pub fn summary(checked: &Checked) -> String {
    summary::sentences(&checked.summary, !is_unusable(&checked.findings))
}

/// What the page leaves out, in sentences.
fn cuts(shown: &Shown<'_>) -> Vec<String> {
    let cuts = &shown.overview.cuts;
    let mut said = Vec::new();
    let name = |who: &EntityId| shown.world.entities[who.index()].name.as_str();
    if cuts.facts > 0 {
        let kept = shown.overview.facts.len();
        said.push(format!(
            "Minds differ about {} more facts; this page holds the {kept} that are spoken of or differ most.",
            cuts.facts
        ));
    }
    if cuts.lines > 0 {
        said.push(format!("{} told lines are left out: each scene shows its first ones.", cuts.lines));
    }
    if cuts.learned > 0 {
        said.push(format!("How {} later changes of belief came about is left out.", cuts.learned));
    }
    if !cuts.others.is_empty() {
        let mut names: Vec<&str> = cuts.others.iter().take(6).map(name).collect();
        let more = format!("{} more", cuts.others.len().saturating_sub(6));
        if cuts.others.len() > 6 {
            names.push(&more);
        }
        let believe = if names.len() == 1 { "believes" } else { "believe" };
        said.push(format!("What {} {believe} that others believe is left out.", say::list(&names)));
    }
    if let Some(scene) = cuts.stopped {
        let label = &shown.world.telling.scenes[scene.index()].label;
        said.push(format!("A limit was reached: what is believed in scene {label} and after it is not shown."));
    }
    if cuts.reader {
        said.push("What the reader believes could not be worked out.".to_owned());
    }
    said
}

fn index(entity: Option<EntityId>) -> Option<usize> {
    entity.map(EntityId::index)
}

fn indices(entities: &[EntityId]) -> Vec<usize> {
    entities.iter().map(|entity| entity.index()).collect()
}

fn scene(scene: &SceneSummary) -> SceneDocument<'_> {
    SceneDocument {
        label: &scene.label,
        title: scene.title.as_deref(),
        times: &scene.times,
        place: index(scene.place),
        eyes: index(scene.point_of_view),
        offstage: scene.offstage,
        settings: scene.settings.iter().map(|setting| (index(setting.place), indices(&setting.there))).collect(),
        acting: indices(&scene.acting),
        lines: scene.lines.iter().map(line).collect(),
        more: scene.lines_left_out,
    }
}

fn line(line: &LineSummary) -> LineDocument<'_> {
    let kind = match line.kind {
        LineKind::Event => "event",
        LineKind::Offstage => "offstage",
        LineKind::Thought => "thought",
        LineKind::Claim => "claim",
        LineKind::Assumption => "assumption",
        LineKind::Reveal => "reveal",
        LineKind::Change => "change",
    };
    LineDocument { kind, text: &line.text, details: &line.details }
}

fn fact(fact: &FactSummary) -> FactDocument<'_> {
    FactDocument {
        family: &fact.family,
        open: &fact.open,
        values: fact.values.iter().map(|value| (value.statement.as_str(), value.short.as_str())).collect(),
        spoken: fact.spoken,
        disputed: fact.disputed,
    }
}

fn courses(courses: &[Course], overview: &Overview) -> Vec<CourseDocument> {
    courses.iter().map(|one| course(one, overview)).collect()
}

fn course(course: &Course, overview: &Overview) -> CourseDocument {
    let start = course.start.iter().flat_map(|change| [change.fact.index(), change.value.index()]).collect();
    let mut then = Vec::new();
    for scene in &overview.happened {
        for change in &course.scenes[scene.index()] {
            then.extend([scene.index(), change.fact.index(), change.value.index()]);
        }
    }
    CourseDocument { start, then }
}

fn turn(turn: &Turn) -> [i64; 4] {
    let line = turn.line.map_or(-1, |line| line as i64);
    [turn.scene.index() as i64, line, turn.change.fact.index() as i64, turn.change.value.index() as i64]
}

fn learned(learned: &Learned) -> LearnedDocument<'_> {
    let mut document = LearnedDocument {
        scene: learned.scene.index(),
        line: learned.line,
        who: learned.who.index(),
        fact: learned.change.fact.index(),
        value: learned.change.value.index(),
        real: learned.real.index(),
        means: "saw",
        by: None,
        really: None,
        sincerity: None,
        rule: None,
        noticed: learned.noticed.as_deref(),
    };
    document.means = match &learned.means {
        Means::Told { by, really, sincerity } => {
            document.by = index(*by);
            document.really = index(*really);
            document.sincerity = Some(self::sincerity(*sincerity));
            "told"
        }
        Means::Rule(rule) => {
            document.rule = Some(rule);
            "rule"
        }
        Means::Saw => "saw",
        Means::Acted => "acted",
        Means::Understood => "understood",
        Means::Concluded => "concluded",
        Means::Assumed => "assumed",
        Means::Forgot => "forgot",
        Means::Patched => "patched",
        Means::TimePassed => "time",
    };
    document
}

fn sincerity(sincerity: Sincerity) -> &'static str {
    match sincerity {
        Sincerity::Believed => "believed",
        Sincerity::Lied => "lied",
        Sincerity::Unsure => "unsure",
    }
}

fn said(said: &Said) -> SaidDocument {
    let outcome = |outcome| match outcome {
        Outcome::Learned => "learned",
        Outcome::Already => "already",
        Outcome::Unmoved => "unmoved",
    };
    SaidDocument {
        scene: said.scene.index(),
        line: said.line,
        speaker: said.speaker.index(),
        fact: said.change.fact.index(),
        value: said.change.value.index(),
        sincerity: sincerity(said.sincerity),
        hearers: said.hearers.iter().map(|&(who, found)| (who.index(), outcome(found))).collect(),
    }
}

fn finding<'s>(found: &'s Diagnostic, world: &World, places: &Places<'s>) -> FindingDocument<'s> {
    let at = found.primary.as_ref().and_then(|label| scene_at(world, label.span));
    FindingDocument {
        code: found.code.id,
        name: found.code.name,
        severity: severity(found.severity),
        title: &found.title,
        expected: found.expected.as_deref(),
        scene: at.map(|(scene, _)| scene.index()),
        line: at.and_then(|(_, line)| line),
        places: found.primary.iter().chain(&found.secondary).map(|label| place(label, world, places)).collect(),
        notes: &found.notes,
        help: &found.help,
    }
}

fn place<'s>(label: &'s Label, world: &World, places: &Places<'s>) -> PlaceDocument<'s> {
    let source = places.source(label.span.file);
    let quote = &source.text[places.range(label.span)];
    PlaceDocument {
        file: &source.name,
        row: places.points(label.span).0.line,
        quote: quote.split_whitespace().collect::<Vec<_>>().join(" "),
        text: &label.text,
        scene: scene_at(world, label.span).map(|(scene, _)| scene.index()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Disk;
    use whoknew::overview::Cuts;
    use whoknew::world::{SceneId, load_text};

    #[test]
    fn what_is_left_out_is_said() {
        let loaded = load_text("a.who", "kind person : character\nperson Ann, Ben\nscene\n  Ann loses time\n");
        let Some(world) = loaded.world else { panic!("{:?}", loaded.diagnostics) };
        let (ann, scene) = (EntityId::from_index(0), Some(SceneId::from_index(0)));
        let cuts = Cuts { facts: 7, lines: 3, learned: 2, others: vec![ann], stopped: scene, reader: true };
        let overview = Overview { cuts, ..Overview::default() };
        let checked = crate::story::check("nowhere.who", &Disk::new(), &Default::default());
        let said = super::cuts(&Shown { world: &world, checked: &checked, overview: &overview });
        assert_eq!(
            said,
            [
                "Minds differ about 7 more facts; this page holds the 0 that are spoken of or differ most.",
                "3 told lines are left out: each scene shows its first ones.",
                "How 2 later changes of belief came about is left out.",
                "What Ann believes that others believe is left out.",
                "A limit was reached: what is believed in scene 1 and after it is not shown.",
                "What the reader believes could not be worked out.",
            ]
        );
        let whole = Overview::default();
        assert!(super::cuts(&Shown { world: &world, checked: &checked, overview: &whole }).is_empty());
    }
}

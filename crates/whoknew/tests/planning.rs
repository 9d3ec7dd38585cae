//! Plans of small stories, each about one feature of the language. The first lines of a story say what it shows and how far
//! to look; `none` says that there is no plan so far. Every plan is verified before the library returns it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::PathBuf;
use whoknew::ground::{Limits as GroundLimits, Problem};
use whoknew::plan::{self, Limits, Outcome, Report, Task, say};
use whoknew::state::Situations;
use whoknew::world::World;

fn stories() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/planning");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn world(name: &str, text: &str) -> World {
    let loaded = whoknew::world::load_text(&format!("{name}.who"), text);
    let titles: Vec<&str> = loaded.diagnostics.iter().map(|diagnostic| diagnostic.title.as_str()).collect();
    assert!(titles.is_empty(), "{name}: {titles:?}");
    loaded.world.unwrap()
}

fn limits(text: &str) -> Limits {
    let line = text.lines().find(|line| line.starts_with("# limits:")).unwrap();
    let numbers: Vec<usize> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [steps, imagined, nesting] = numbers[..] else { panic!("{line}") };
    Limits { steps, imagined, nesting, ..Limits::default() }
}

fn run<'w>(world: &'w World, limits: &Limits, shortest: bool) -> (Situations<'w>, Report) {
    let problem = Problem::new(world, &world.telling, &GroundLimits::default()).unwrap();
    let mut situations = plan::prepare(problem).unwrap();
    let report = plan::plan(&mut situations, &Task { aim: 1.0, shortest }, limits, &mut ()).unwrap();
    (situations, report)
}

fn told(situations: &mut Situations<'_>, report: &Report) -> String {
    let Outcome::Found(plan) = &report.outcome else { return format!("{:?}\n", report.outcome) };
    let start = situations.start().unwrap();
    let acts = say::acts(situations, start, &plan.acts).unwrap();
    let line = |line: say::Line| format!("{}{} {}\n", "  ".repeat(line.depth), line.mark, line.text);
    say::lines(&acts).into_iter().map(line).collect()
}

#[test]
fn every_story_has_its_plan() {
    for (name, text) in stories() {
        let (world, limits) = (world(&name, &text), limits(&text));
        let (mut situations, report) = run(&world, &limits, true);
        let none = text.lines().any(|line| line == "# none");
        let what = text.lines().next().unwrap();
        insta::assert_snapshot!(format!("plan_{name}"), format!("{what}\n\n{}", told(&mut situations, &report)));
        assert_eq!(matches!(report.outcome, Outcome::NoneWithinLimits), none, "{name}");
        assert_eq!(matches!(report.outcome, Outcome::Found(_)), !none, "{name}");
    }
}

#[test]
fn the_same_story_has_the_same_plan() {
    for (name, text) in stories() {
        let (world, limits) = (world(&name, &text), limits(&text));
        for shortest in [false, true] {
            let (_, first) = run(&world, &limits, shortest);
            let (_, second) = run(&world, &limits, shortest);
            assert_eq!(first, second, "{name}");
            let none = text.lines().any(|line| line == "# none");
            assert_eq!(matches!(first.outcome, Outcome::Found(_)), !none, "{name}");
        }
    }
}

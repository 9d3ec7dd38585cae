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
    // A large cast takes minutes in a program built without optimisation.
    paths.retain(|path| !cfg!(debug_assertions) || !path.ends_with("packs.who"));
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

/// Verification rejects what is no plan any more, however it was changed.
#[test]
fn changed_plans_are_rejected() {
    for (name, text) in stories() {
        let (world, limits) = (world(&name, &text), limits(&text));
        let (mut situations, report) = run(&world, &limits, true);
        let Outcome::Found(found) = report.outcome else { continue };
        let task = Task { aim: 1.0, shortest: false };
        assert_eq!(plan::verify(&mut situations, &found, &task, &limits), Ok(()), "{name}");
        let mut rejects = |changed: &plan::Plan, limits: &Limits, what: &str| {
            assert!(plan::verify(&mut situations, changed, &task, limits).is_err(), "{name}: {what}");
        };
        let shorter = Limits { steps: found.acts.len() - 1, ..limits };
        rejects(&found, &shorter, "longer than the limit");
        let longest = found.acts.iter().flat_map(|act| &act.reasons).map(|reason| reason.acts.len()).max().unwrap();
        rejects(&found, &Limits { imagined: longest - 1, ..limits }, "reasons longer than the limit");
        for index in 0..found.acts.len() {
            let mut changed = found.clone();
            changed.acts.remove(index);
            rejects(&changed, &limits, "an act is missing");
            let mut changed = found.clone();
            changed.acts.insert(index, found.acts[index].clone());
            rejects(&changed, &Limits { steps: limits.steps + 1, ..limits }, "an act happens twice");
            for reason in 0..found.acts[index].reasons.len() {
                let mut changed = found.clone();
                changed.acts[index].reasons.remove(reason);
                rejects(&changed, &limits, "a reason is missing");
                let mut changed = found.clone();
                changed.acts[index].reasons[reason].acts.clear();
                rejects(&changed, &limits, "a reason is empty");
                let mut changed = found.clone();
                let acts = &mut changed.acts[index].reasons[reason].acts;
                acts.push(acts[0].clone());
                rejects(&changed, &Limits { imagined: limits.imagined + 1, ..limits }, "a reason goes on for nothing");
            }
        }
        for index in 1..found.acts.len() {
            let mut changed = found.clone();
            changed.acts.swap(index - 1, index);
            if changed != found && found.acts[index - 1].event != found.acts[index].event {
                rejects(&changed, &limits, "two acts are exchanged");
            }
        }
    }
}

/// The world with its plan as a scene of it.
fn told_as_story(text: &str, situations: &mut Situations<'_>, plan: &plan::Plan) -> String {
    let start = situations.start().unwrap();
    let acts = say::acts(situations, start, &plan.acts).unwrap();
    let lines: String = acts.iter().map(|act| format!("  {}\n", act.sentence)).collect();
    format!("{text}\nscene \"The plan\"\n{lines}")
}

/// What planning finds reasons for, the check does not say is without one: both look equally far.
#[test]
fn the_acts_of_plans_have_reasons_when_told() {
    let mut told = 0;
    for (name, text) in stories() {
        let world = world(&name, &text);
        let (mut situations, report) = run(&world, &Limits::default(), true);
        let Outcome::Found(found) = report.outcome else { continue };
        let story = told_as_story(&text, &mut situations, &found);
        let loaded = whoknew::world::load_text(&format!("{name}.who"), &story);
        let world = loaded.world.unwrap_or_else(|| panic!("{story}\n{:?}", loaded.diagnostics));
        let reasons = Some(plan::told::Limits::default());
        let options = whoknew::check::Options { reasons, ..Default::default() };
        let report = whoknew::check::check(&world, &loaded.usage, &loaded.sources, &options);
        assert!(report.input_errors.is_empty(), "{name}: {:?}", report.input_errors);
        for finding in &report.findings {
            assert!(!["H01", "H02", "H05", "H15"].contains(&finding.code.id), "{name}: {finding:#?}\n{story}");
        }
        told += 1;
    }
    assert!(told > 10, "{told}");
}

/// What cannot be planned is said in a message with a code and what to do.
fn message(text: &str, limits: &GroundLimits) -> String {
    let world = world("errors", text);
    let problem = Problem::new(&world, &world.telling, limits).unwrap();
    let error = match plan::prepare(problem.clone()) {
        Err(error) => error,
        Ok(mut situations) => {
            let task = Task { aim: 1.0, shortest: false };
            plan::plan(&mut situations, &task, &Limits::default(), &mut ()).expect_err("planned")
        }
    };
    let diagnostic = error.diagnostic(&problem);
    let lines = [format!("{} {}", diagnostic.code.id, diagnostic.title)].into_iter();
    let notes = diagnostic.notes.iter().map(|note| format!("note: {note}"));
    lines.chain(notes).chain(diagnostic.help.iter().map(|help| format!("help: {help}"))).collect::<Vec<_>>().join("\n")
}

const TALKERS: &str = "\
kind person : character
person Ada, Ben, Cora
fact alive(who: person) \"{who} is alive\"
action kill(who, whom: person) \"{who} kills {whom}\"
  needs alive(whom)
  makes not alive(whom)
  by who
action tell(who, whom: person, what: statement) \"{who} tells {whom} that {what}\"
  makes whom believes what
  by who
want Ada: 1 if Ben believes not alive(Cora)
aim: 1 if Ben believes not alive(Cora)
";

#[test]
fn too_much_to_say_names_the_action_and_what_to_do() {
    insta::assert_snapshot!(message(TALKERS, &GroundLimits { sayings: 50, ..GroundLimits::default() }));
    insta::assert_snapshot!(message(TALKERS, &GroundLimits { changes: 3, ..GroundLimits::default() }));
}

#[test]
fn too_many_views_of_the_start_are_an_error() {
    let mut text = String::from("kind person : character\nkind thing\nfact odd(what: thing) \"{what} is odd\"\n");
    let names: Vec<String> = (0..16).map(|index| format!("P{index}")).collect();
    let things: Vec<String> = (0..16).map(|index| format!("T{index}")).collect();
    text += &format!("person {}\nthing {}\nstart\n", names.join(", "), things.join(", "));
    for (index, thing) in things.iter().enumerate() {
        let who: Vec<&str> =
            names.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, name)| name.as_str()).collect();
        text += &format!("  known to {}: odd({thing})\n", who.join(", "));
    }
    insta::assert_snapshot!(message(&text, &GroundLimits::default()));
}

#[test]
fn rules_that_never_rest_at_the_start_are_an_error() {
    let text = "\
fact lit \"the lamp burns\"
rule light \"the lamp is lit\"
  when not lit
  makes lit()
rule quench \"the lamp goes out\"
  when lit
  makes not lit()
";
    insta::assert_snapshot!(message(text, &GroundLimits::default()));
}

/// What may be said in the plans of a story, in its order.
fn sayable(text: &str) -> Vec<String> {
    let world = world("sayable", text);
    let mut problem = Problem::new(&world, &world.telling, &GroundLimits::default()).unwrap();
    let mut said = Vec::new();
    for &event in problem.planned_events().unwrap().iter() {
        for argument in &problem.event_term(event).arguments {
            if let whoknew::world::EventArgument::Statement(statement) = argument {
                let text = whoknew::world::say::statement(&world, statement);
                if !said.contains(&text) {
                    said.push(text);
                }
            }
        }
    }
    said
}

#[test]
fn what_may_be_said_comes_from_conditions_and_wants() {
    insta::assert_snapshot!(sayable(TALKERS).join("\n"));
    let more =
        format!("{TALKERS}fact odd(who: person) \"{{who}} is odd\"\nsayable every person p: Ben believes odd(p)\n");
    let said = sayable(&more);
    assert_eq!(said[said.len() - 3..], ["Ada", "Ben", "Cora"].map(|who| format!("Ben believes that {who} is odd")));
}

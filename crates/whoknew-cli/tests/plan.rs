//! `whoknew plan` as people and programs see it.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;
mod schema;

use program::{Run, Story, whoknew};
use serde_json::Value;

const SCHEMA: &str = include_str!("../../../docs/schema/plan-1.json");
const BARGAIN: &str = include_str!("plan/bargain.who");
const LIE: &str = include_str!("plan/lie.who");
const CHAIN: &str = include_str!("plan/chain.who");
/// Who gives the purse to one takes that one for another.
const GUISE: &str = include_str!("plan/guise.who");
const CROWD: &str = include_str!("plan/crowd.who");
/// A problem in the syntax of the other planner.
const LAMP: &str = "type person : character; entity Ann : person; entity Ben : person;
property lit() : boolean; property oil() : boolean; oil();
action light(c : character) { precondition: oil(); effect: lit() & !oil(); consenting: c; };
utility(): if(lit()) 1 else 0; utility(Ann): if(lit()) 1 else 0; utility(Ben): 0;
";

/// Plans the text in a file of this name; the arguments are divided by blanks.
fn plan_file(name: &str, text: &str, arguments: &str) -> Run {
    let story = Story::new().file(name, text);
    let arguments: Vec<&str> = ["plan", name].into_iter().chain(arguments.split_whitespace()).collect();
    whoknew(&arguments).inside(&story).run()
}

fn plan(text: &str, arguments: &str) -> Run {
    plan_file("a.who", text, arguments)
}

/// The only line of output, found to be in the documented form.
fn document(run: &Run) -> Value {
    assert_eq!(run.output.lines().count(), 1, "{}{}", run.output, run.complaint);
    let document: Value = serde_json::from_str(&run.output).expect("the output is JSON");
    schema::assert_valid(&document, &serde_json::from_str(SCHEMA).expect("the schema is JSON"));
    assert_eq!(document["status"].as_i64(), run.status.map(i64::from));
    assert_eq!(run.complaint, "");
    document
}

/// The output and the exit status.
fn seen(run: &Run) -> String {
    assert_eq!(run.complaint, "");
    format!("status: {:?}\n{}", run.status, run.output)
}

#[test]
fn a_bargain_told() {
    insta::assert_snapshot!(seen(&plan(BARGAIN, "--shortest")));
}

#[test]
fn a_false_belief_told() {
    insta::assert_snapshot!(seen(&plan(LIE, "--shortest")));
}

/// As he sees it, he gives it to another, whom he owes it.
#[test]
fn an_act_is_judged_of_what_it_looks_to_the_one_who_does_it() {
    insta::assert_snapshot!(seen(&plan(GUISE, "--shortest")));
}

#[test]
fn reasons_upon_reasons_told() {
    insta::assert_snapshot!(seen(&plan(CHAIN, "--shortest")));
}

#[test]
fn a_problem_file_told() {
    insta::assert_snapshot!(seen(&plan_file("lamp.txt", LAMP, "")));
}

#[test]
fn a_problem_file_piped_in() {
    let run = whoknew(&["plan", "--format", "json"]).input(LAMP).run();
    let document = document(&run);
    assert_eq!((&document["outcome"], &document["path"]), (&"found".into(), &"standard input".into()));
    assert_eq!(document["steps"][0]["call"], "light(Ann)");
}

#[test]
fn a_story_piped_in() {
    assert_eq!(whoknew(&["plan", "-"]).input(BARGAIN).run().status, Some(0));
}

#[test]
fn a_plan_as_json() {
    let run = plan(LIE, "--shortest --format json");
    let document = document(&run);
    assert_eq!(document["outcome"], "found");
    assert_eq!((&document["proved_shortest"], &document["at_least"]), (&true.into(), &3.into()));
    let steps = document["steps"].as_array().expect("there are steps");
    let calls: Vec<&str> = steps.iter().filter_map(|step| step["call"].as_str()).collect();
    assert_eq!(calls, ["move(Anne, the box)", "go(Sally, the nursery)", "boast(Anne, Sally)"]);
    assert_eq!(steps[0]["actors"], serde_json::json!(["Anne"]));
    let reason = &steps[0]["reasons"][0];
    assert_eq!(reason["wants"], serde_json::json!([{ "name": "a good laugh", "sentence": "Anne has laughed" }]));
    let expected = &reason["next"][0];
    assert_eq!(expected["sentence"], "Sally goes to the nursery");
    assert_eq!(
        expected["reasons"][0]["mistakes"],
        serde_json::json!([{ "believed": "the marble is in the basket", "so": "the marble is in the box" }])
    );
}

#[test]
fn limits_that_are_too_low() {
    let run = plan(LIE, "--max-steps 2");
    assert_eq!(run.status, Some(1));
    insta::assert_snapshot!(seen(&run));
    assert!(!run.output.contains("impossible"));
    for limit in ["--max-steps 2", "--max-imagined 2", "--max-nesting 1", "--aim 2", "--max-steps 0"] {
        let document = document(&plan(LIE, &format!("{limit} --format json")));
        assert_eq!((&document["outcome"], &document["status"]), (&"none-within-limits".into(), &1.into()), "{limit}");
        assert_eq!(document["steps"], serde_json::json!([]));
    }
}

#[test]
fn the_aim_may_be_a_number_of_any_sort() {
    let text = BARGAIN.replace("aim: 1 if has(bread) = Ann", "aim: -2 if has(bread) = Ann else -5");
    for arguments in ["", "--aim -2", "--aim=-2.5"] {
        assert_eq!(plan(&text, arguments).status, Some(0), "{arguments}");
    }
    assert_eq!(plan(&text, "--aim -1").status, Some(1));
}

#[test]
fn an_aim_that_is_met_at_the_start() {
    let run = plan(&BARGAIN.replace("1 if has(bread) = Ann\n\nstart", "1 if has(bread) = Ben\n\nstart"), "");
    assert_eq!(run.status, Some(1));
    assert!(run.output.contains("the aim comes to 1 already"), "{}", run.output);
}

#[test]
fn options_that_are_no_amounts() {
    for (option, wanted) in [
        ("--aim=", "a number is needed, or the name of an aim"),
        ("--aim=nan", "a finite number is needed"),
        ("--timeout=soon", "a length of time is needed"),
        ("--max-memory=2XB", "a size is needed"),
        ("--max-states=-5", "a count is needed"),
        ("--max-steps=300", "0..=250"),
    ] {
        let run = plan(LIE, option);
        assert_eq!((run.status, run.output.as_str()), (Some(2), ""), "{option}");
        assert!(run.complaint.contains(wanted), "{option}: {}", run.complaint);
    }
}

#[test]
fn no_time_at_all() {
    let run = plan(LIE, "--timeout 0");
    assert_eq!(run.status, Some(2));
    insta::assert_snapshot!(seen(&run));
    let document = document(&plan(LIE, "--timeout 0s --format json"));
    assert_eq!((&document["outcome"], &document["stopped_by"]), (&"stopped".into(), &"timeout".into()));
}

#[test]
fn a_limit_ends_a_search_and_the_best_so_far_is_told() {
    let crowd = CROWD.replace("aim:", "aim: 1 if at(Ann) = barn\naim:");
    let arguments = "--aim 2 --max-steps 200 --max-imagined 1 --max-states 1000";
    let run = plan(&crowd, arguments);
    assert_eq!(run.status, Some(2));
    assert!(run.output.starts_with("Stopped: 1,000 situations were computed; --max-states allows for more."));
    assert!(run.output.contains(". Ann walks to the barn"), "{}", run.output);
    let document = document(&plan(&crowd, &format!("{arguments} --format json")));
    assert_eq!((&document["outcome"], &document["stopped_by"]), (&"stopped".into(), &"states".into()));
    assert_eq!(document["reaches_aim"], false);
    assert!(document["steps"].as_array().is_some_and(|steps| !steps.is_empty()), "{document}");
}

#[test]
fn a_plan_goes_on_from_what_is_told() {
    let told = format!(
        "{LIE}scene \"Morning\"\n  Anne puts the marble in the box\nscene \"Noon\"\n  Sally goes to the nursery\n"
    );
    let calls = |from: &str| {
        let story = Story::new().file("a.who", &told);
        let run = whoknew(&["plan", "a.who", "--shortest", "--format", "json", "--from", from]).inside(&story).run();
        let document = document(&run);
        let steps = document["steps"].as_array().cloned().unwrap_or_default();
        let calls: Vec<String> = steps.iter().filter_map(|step| step["call"].as_str().map(str::to_owned)).collect();
        (document["from"].as_str().unwrap_or_default().to_owned(), calls)
    };
    let [moves, goes, boasts] = ["move(Anne, the box)", "go(Sally, the nursery)", "boast(Anne, Sally)"];
    for (from, name, acts) in [
        ("start", "the start", &[moves, goes, boasts][..]),
        ("Morning", "scene 1 “Morning”", &[goes, boasts]),
        ("after scene 1", "scene 1 “Morning”", &[goes, boasts]),
        ("Morning.1", "scene 1 “Morning”, event 1", &[goes, boasts]),
        ("Morning.0", "the beginning of scene 1 “Morning”", &[moves, goes, boasts]),
        ("end", "the end", &[boasts]),
    ] {
        assert_eq!(calls(from), (name.to_owned(), acts.iter().map(|&act| act.to_owned()).collect()), "{from}");
    }
    let plan = |arguments: &str| plan_file("a.who", &told, arguments);
    insta::assert_snapshot!(seen(&plan("--shortest --from Morning")));
    let unknown = plan("--from Mourning");
    assert_eq!(unknown.status, Some(2));
    assert!(unknown.output.contains("did you mean `Morning`?"), "{}", unknown.seen());
    let aside = plan("--shortest").output.replace('\n', " ");
    assert!(aside.contains("the 2 scenes that are told are left aside. --from SCENE"), "{aside}");
    assert!(!plan_file("a.who", LIE, "--shortest").output.contains("--from"));
}

#[test]
fn what_was_dropped_is_no_reason() {
    let told = format!("{LIE}scene \"Morning\"\n  Anne puts the marble in the box\n  Anne drops \"a good laugh\"\n");
    assert_eq!(plan(&told, "--from Morning.1").status, Some(0));
    let run = plan(&told, "--from Morning");
    assert_eq!(run.status, Some(1), "{}", run.seen());
}

#[test]
fn time_and_memory_end_a_search() {
    for (limit, word) in [("--timeout 300ms", "timeout"), ("--max-memory 1MB", "memory")] {
        let run = plan(CROWD, &format!("--max-steps 200 --max-imagined 1 {limit} --format json"));
        assert_eq!(document(&run)["stopped_by"], word);
    }
}

/// Nine people who may tell each other many things, and a way of two acts.
fn company() -> String {
    let people: Vec<String> = (0..9).map(|number| format!("P{number}")).collect();
    let (last, others) = people.split_last().expect("there are some");
    format!(
        "use std/talk, std/things\nperson {}\nplace the hall, the yard, the attic\nthing the gem\n\
         want every person p: 1 if carried(gem) = p\nwant P1: 1 if P2 believes carried(gem) = P4\n\
         aim: 1 if carried(gem) = P3\n\
         start\n  {} and {last} are in the hall\n  the gem is in the yard\n",
        people.join(", "),
        others.join(", "),
    )
}

#[test]
fn what_nobody_needs_to_say_is_not_tried_first() {
    let run = plan(&company(), "--max-states 400");
    assert_eq!(run.status, Some(0), "{}", run.seen());
    assert!(
        run.output.contains("1. P3 goes to the yard") && run.output.contains("2. P3 takes the gem"),
        "{}",
        run.seen()
    );
}

#[test]
fn what_leads_no_nearer_to_the_aim_is_no_beginning() {
    let text = "kind person : character\nkind lamp\nperson Ann\nlamp One, Two, Three\nfact lit(what: lamp)  \"{what} is lit\"\n\
                fact open \"the gate is open\"\naction light(who: person, what: lamp)  \"{who} lights {what}\"\n  makes lit(what)\n  \
                by who\naction unlock(who: person)  \"{who} opens the gate\"\n  makes open()\n  by who\n\
                want Ann: (1 if lit(One)) + (1 if lit(Two)) + (1 if lit(Three))\naim: 1 if open()\n";
    let run = plan(text, "--max-states 9");
    assert_eq!(run.status, Some(2), "{}", run.seen());
    assert!(run.output.contains("Nothing that leads nearer to the aim was found"), "{}", run.seen());
}

#[test]
fn no_aim() {
    let run = plan(&BARGAIN.replace("aim:", "want Ann:"), "");
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn nobody_wants_anything() {
    let text =
        "use std/places\nperson Anna\nplace hall, yard\nstart\n  Anna is in the hall\naim: Anna is in the yard\n";
    let run = plan(text, "");
    assert_eq!(run.status, Some(1));
    assert!(run.output.contains("nobody in the story wants anything"), "{}", run.seen());
    let run = plan(&format!("{text}want Anna: Anna is in the yard\n"), "");
    assert_eq!(run.status, Some(0), "{}", run.seen());
}

#[test]
fn unusable_input() {
    let no_file = plan_file("b.who", BARGAIN, "--format json");
    assert_eq!(no_file.status, Some(0));
    for (name, text, code) in [
        ("a.who", "person Ann\n", "E0202"),
        ("a.who", "", "E0006"),
        ("a.txt", "alive(Tom);", "E0603"),
        ("a.txt", "entity Tom : character", "E0601"),
        ("a.txt", "type person : character; entity Tom : person;", "E0705"),
        ("a.txt", "\u{0}", "E0004"),
    ] {
        let run = plan_file(name, text, "--format json");
        let document = document(&run);
        assert_eq!((&document["outcome"], &document["status"]), (&"unusable".into(), &2.into()), "{text}");
        assert_eq!(document["findings"][0]["code"], code, "{text}: {document}");
    }
    let missing = whoknew(&["plan", "nowhere.txt"]).inside(&Story::new()).run();
    assert_eq!(missing.status, Some(2));
    assert!(missing.output.starts_with("error[E0001]"), "{}", missing.output);
    insta::assert_snapshot!(seen(&plan("person Ann\n", "")));
}

#[test]
fn the_flagship_story_ends_promptly() {
    // It has no aim of its own.
    assert!(whoknew(&["plan", "stories/slumber"]).run().output.contains("E0705"));
    let mut story = Story::new().file("99-aim.who", "aim: 1 if undead(Willow)\n");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories/slumber");
    for entry in std::fs::read_dir(folder).expect("the story is there") {
        let path = entry.expect("the folder can be read").path();
        let name = path.file_name().expect("it is a file").to_string_lossy().into_owned();
        story = story.file(&name, std::fs::read(&path).expect("it can be read"));
    }
    let run = whoknew(&["plan", ".", "--format", "json", "--max-states", "1000"]).inside(&story).run();
    let document = document(&run);
    let named = document["outcome"] != "unusable" || document["findings"][0]["code"] == "E0508";
    assert!(named, "{document}");
}

/// Starts a search without end and waits until it takes interrupts. Only here does the system say when that is so.
#[cfg(target_os = "linux")]
#[test]
fn an_interrupt_ends_the_search() {
    let story = Story::new().file("a.who", CROWD);
    let arguments = ["plan", "a.who", "--max-steps", "250", "--max-imagined", "1", "--format", "json"];
    let child = whoknew(&arguments).inside(&story).start();
    let status = format!("/proc/{}/status", child.id());
    let takes_interrupts = || {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let mask = text.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap_or_default();
        u64::from_str_radix(mask.trim(), 16).is_ok_and(|mask| mask & 2 != 0)
    };
    while !takes_interrupts() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("the system has kill").success());
    let done = child.wait_with_output().expect("it was started");
    let run = Run {
        status: done.status.code(),
        output: String::from_utf8_lossy(&done.stdout).into_owned(),
        complaint: String::from_utf8_lossy(&done.stderr).into_owned(),
    };
    let document = document(&run);
    assert_eq!((&document["outcome"], &document["stopped_by"]), (&"stopped".into(), &"interrupt".into()));
    assert_eq!(run.status, Some(2));
}

/// Ann can do one thing, after which the rule counts up without end.
const RESTLESS: &str = "kind person : character\nperson Ann\nfact a \"a is so\"\nfact n: number \"the count is {value}\"\n\
    action go(who: person) \"{who} goes\"\n  makes a()\n  by who\n\
    rule r1 \"it counts\"\n  when a()\n  makes n() = n() + 1\nwant Ann: n()\naim: n()\nstart\n  the count is 0\n";

#[test]
fn what_rules_never_come_to_rest_after_is_left_out_and_said() {
    let bounded = RESTLESS.replace("when a()", "when a() and n() < 50000").replace("aim: n()", "aim: 1 if n() > 3");
    for text in [RESTLESS, &bounded] {
        let run = plan(text, "");
        assert_eq!(run.status, Some(1), "{}{}", run.output, run.complaint);
        let said = run.output.split_whitespace().collect::<Vec<_>>().join(" ");
        let left_out = "once this has happened, the rule “it counts” applies again and again: Ann goes (H09).";
        assert!(said.contains(left_out), "{said}");
    }
    // A rule that rests soon is no hindrance.
    let rests = bounded.replace("50000", "500");
    assert_eq!(plan(&rests, "").status, Some(0));
}

#[test]
fn what_a_want_hears_said_may_be_said() {
    let text = "use std/talk, std/things\nperson Ann, Bo\nplace the hall\nthing the gem\n\
        want Ann: 1 if happened(tell(Ann, Bo, carried(gem)=Ann))\n\
        aim: 1 if happened(tell(Ann, Bo, carried(gem)=Ann))\n\
        start\n  Ann and Bo are in the hall\n  Bo has the gem\n";
    let run = plan(text, "");
    assert_eq!(run.status, Some(0), "{}", run.output);
    assert!(run.output.contains("1. Ann tells Bo that Ann has the gem"), "{}", run.output);
}

#[test]
fn no_more_than_the_aim_can_come_to() {
    let run = plan(LIE, "--aim 2");
    assert_eq!(run.output, "No plan can bring the aim to 2: it never comes to more than 1.\n");
    assert_eq!(run.status, Some(1));
}

#[test]
fn one_of_several_aims_is_chosen_by_its_name() {
    let aims = "aim \"supper\": 1 if has(bread) = Ann\naim \"hunger\": 1 if has(bread) != Ann\n";
    let text = BARGAIN.replace("aim: 1 if has(bread) = Ann\n", aims);
    assert_ne!(text, BARGAIN);
    assert_eq!(plan(&text, "").status, Some(1), "nothing raises the sum");
    assert_eq!(plan(&text, "--aim supper").status, Some(0));
    let run = plan(&text, "--aim dinner");
    assert_eq!(run.status, Some(2));
    assert!(run.output.contains("The story has no aim named “dinner”"), "{}", run.output);
    assert!(run.output.contains("it aims at “supper” and “hunger”"), "{}", run.output);
}

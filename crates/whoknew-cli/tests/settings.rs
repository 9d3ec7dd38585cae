//! `whoknew.toml`: where it is found, what it does, and what is said of a wrong one.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;
mod schema;

use program::{Call, Run, SOUND, Story, whoknew};
use serde_json::Value;
use std::path::Path;

const ALLOWED: &str = "[allow]\nH11 = \"passers-by\"\n";

fn in_folder(story: &Story, folder: &str, arguments: &[&str]) -> Call {
    whoknew(arguments).below(story, folder)
}

/// What `whoknew check` says in a folder below the story's.
fn check(story: &Story, folder: &str, path: Option<&str>) -> Run {
    let arguments: Vec<&str> = ["check"].into_iter().chain(path).collect();
    in_folder(story, folder, &arguments).run()
}

fn is_allowed(run: &Run) -> bool {
    assert_eq!(run.status, Some(0), "{}{}", run.output, run.complaint);
    run.output.contains("1 allowed finding")
}

#[test]
fn a_command_without_a_path_is_about_the_story_that_is_named() {
    let story = Story::new().file("tales/one.who", SOUND).file("whoknew.toml", "story = \"tales/one.who\"\n");
    for (folder, shown) in [("", "tales/one.who:7"), ("tales", "../tales/one.who:7")] {
        let run = check(&story, folder, None);
        assert_eq!(run.status, Some(0), "{}", run.complaint);
        assert!(run.output.contains(&format!("--> {shown}:3")), "{}", run.output);
    }
    let run = in_folder(&story, "", &["report"]).run();
    assert_eq!(run.status, Some(0), "{}", run.complaint);
    assert!(
        run.output.ends_with(" Open it in a browser.\n") && run.output.contains("Wrote one.html"),
        "{}",
        run.output
    );
    let run = in_folder(&story, "", &["plan"]).run();
    assert!(run.output.contains("error[E0705]"), "the story has no aim: {}", run.output);
}

#[test]
fn questions_are_about_the_story_that_is_named() {
    let text = "fact wet(who: character)  \"{who} is wet\"\ncharacter Ann, Bo\n\
                action rain_on(who: character)  \"{who} gets wet\"\n  makes wet(who)\n  by who\n  seen by who\n\
                scene 1\n  Ann gets wet\n";
    let story = Story::new().file("tales/one.who", text).file("whoknew.toml", "story = \"tales/one.who\"\n");
    let ask = |arguments: &[&str]| in_folder(&story, "", arguments).run();
    for words in [&["ask", "is Ann wet?"][..], &["ask", "is", "Ann", "wet?"], &["ask", "tales/one.who", "is Ann wet?"]]
    {
        let run = ask(words);
        assert!(run.output.starts_with("Yes"), "{words:?}: {}{}", run.output, run.complaint);
    }
    for words in [&["why", "1.1"][..], &["why", "Ann gets wet"], &["why", "tales/one.who", "1.1"]] {
        let run = ask(words);
        assert!(run.output.contains("[tales/one.who:8]"), "{words:?}: {}{}", run.output, run.complaint);
    }
    let not = ask(&["why", "--not", "Bo is wet"]);
    assert!(not.output.contains("Bo gets wet"), "{}{}", not.output, not.complaint);
    let without = ask(&["whatif", "--without", "1.1"]);
    assert!(without.output.contains("Ann is not wet"), "{}{}", without.output, without.complaint);
    for (words, said) in [
        (&["why", "tales/one.who"][..], "say what to explain"),
        (&["why", "1.1", "--not", "Bo is wet"], "either a POINT to explain, or --not"),
    ] {
        let run = ask(words);
        assert!(run.status == Some(2) && run.complaint.contains(said), "{words:?}: {}", run.complaint);
    }
    let nowhere = Story::new().file("one.who", text);
    let run = in_folder(&nowhere, "", &["why", "Ann gets wet"]).run();
    assert!(run.output.contains("there is one story here: `one.who`"), "{}{}", run.output, run.complaint);
    let run = in_folder(&nowhere, "", &["ask", "onne.who", "is Ann wet?"]).run();
    assert!(run.output.contains("onne.who"), "a slip in the name of the story: {}{}", run.output, run.complaint);
}

#[test]
fn what_is_piped_in_or_named_goes_first() {
    let story = Story::new().file("one.who", SOUND).file("whoknew.toml", "story = \"one.who\"\n");
    let piped = whoknew(&["check"]).inside(&story).input("person\n").run();
    assert!(piped.output.contains("--> standard input:1"), "{}", piped.output);
    let dash = whoknew(&["check", "-"]).inside(&story).run();
    assert!(dash.output.contains("standard input"), "{}", dash.output);
    let named = check(&story, "", Some("two.who"));
    assert!(named.output.contains("two.who"), "{}", named.output);
}

#[test]
fn it_is_found_upward_from_the_story() {
    let story =
        Story::new().file("tales/deep/one.who", SOUND).file("tales/whoknew.toml", ALLOWED).file("one.who", SOUND);
    assert!(is_allowed(&check(&story, "", Some("tales/deep/one.who"))));
    assert!(is_allowed(&check(&story, "", Some("tales/deep"))));
    assert!(is_allowed(&check(&story, "tales/deep", Some("one.who"))));
    assert!(!is_allowed(&check(&story, "", Some("one.who"))), "a folder below is none above");
    assert!(!is_allowed(&check(&story, "tales", Some("../one.who"))), "the story decides, not where one is");
    let absolute = story.path().join("tales/deep/one.who");
    assert!(is_allowed(&check(&story, "", Some(&absolute.display().to_string()))));
}

#[test]
fn the_nearest_counts_alone() {
    let story = Story::new().file("whoknew.toml", ALLOWED).file("tales/one.who", SOUND).file("tales/whoknew.toml", "");
    assert!(!is_allowed(&check(&story, "", Some("tales/one.who"))));
}

#[test]
fn options_of_the_command_line_win() {
    let story = Story::new().file("one.who", SOUND).file("whoknew.toml", "story = \"one.who\"\n[check]\nreasons = 2\n");
    let reasons = check(&story, "", None);
    assert!(reasons.output.contains("warning[H05]"), "{}", reasons.output);
    let none = whoknew(&["check", "--reasons=0"]).inside(&story).run();
    assert!(!none.output.contains("H05"), "{}", none.output);
    let nesting = whoknew(&["check", "--max-nesting=2"]).inside(&story).run();
    assert!(nesting.output.contains("warning[H05]"), "{}", nesting.output);
    let without = whoknew(&["check", "one.who", "--reasons=0", "--max-nesting=2"]).inside(&story).run();
    assert_eq!(without.status, Some(2));
    assert!(without.complaint.contains("they need --reasons"), "{}", without.complaint);
}

#[test]
fn limits_of_planning() {
    let text = "kind person : character\nperson Ann\nfact lit(who: person)  \"{who} is lit\"\naction light(who: person)  \"{who} lights\"\n  \
                makes lit(who)\n  by who\nwant Ann: 1 if lit(Ann)\naim: 1 if lit(Ann)\n";
    let story = Story::new().file("one.who", text).file(
        "whoknew.toml",
        "story = \"one.who\"\n[plan]\nmax-steps = 4\nmax-imagined = 3\nmax-nesting = 1\n\
                                max-states = \"5M\"\nmax-memory = 2000000000\ntimeout = \"1h\"\n",
    );
    let limits = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["plan", "--format=json"].iter().chain(arguments).copied().collect();
        let run = whoknew(&arguments).inside(&story).run();
        let document: Value = serde_json::from_str(&run.output).expect("the output is JSON");
        assert_eq!(document["outcome"], "found");
        ["steps", "imagined", "nesting", "states", "bytes", "seconds"]
            .map(|name| document["limits"][name].as_f64().map(|number| number as i64))
    };
    assert_eq!(limits(&[]), [4, 3, 1, 5_000_000, 2_000_000_000, 3600].map(Some));
    let given = limits(&["--max-steps=7", "--max-nesting=0", "--max-states=5k", "--max-memory=1GB", "--timeout=2h"]);
    assert_eq!(given, [7, 3, 0, 5_000, 1_000_000_000, 7200].map(Some));
}

#[test]
fn what_is_allowed_is_left_out_of_the_report_and_of_what_if() {
    let story = Story::new().file("one.who", SOUND).file("whoknew.toml", "[allow]\nH10 = \"a\"\nH11 = \"b\"\n");
    let page = whoknew(&["report", "one.who", "-o", "-"]).inside(&story).run();
    assert!(page.output.contains("Ann") && !page.output.contains("never heard of again"));
    let shown = whoknew(&["report", "one.who", "-o", "-"]).inside(&Story::new().file("one.who", SOUND)).run();
    assert!(shown.output.contains("never heard of again"));
    let changed = |story: &Story| {
        let run = whoknew(&["whatif", "one.who", "--without", "1.1"]).inside(story).run();
        assert_eq!(run.status, Some(0), "{}", run.output);
        run.output.contains("never heard of again")
    };
    assert!(changed(&Story::new().file("one.who", SOUND)));
    assert!(!changed(&story));
}

#[test]
fn without_a_story() {
    let run = check(&Story::new().file("whoknew.toml", ALLOWED), "", None);
    assert_eq!(run.status, Some(2));
    assert!(run.output.contains("`standard input` is empty"), "{}", run.output);
}

#[test]
fn wrong_settings() {
    let mut seen = String::new();
    for text in [
        "story = story.who\n",
        "story = \"one.who\n[check]\nreasons = 3\n",
        "story = \"one.who\"\nstory = \"two.who\"\n",
        "stroy = \"one.who\"\n",
        "path = \"one.who\"\n",
        "reasons = 3\n",
        "[check]\nreason = 3\nstory = \"one.who\"\ndepth = 3\n",
        "[checks]\nreasons = 3\n",
        "story = 3\n",
        "story = [\"one.who\"]\n",
        "story = \"\"\n",
        "story = \"nowhere.who\"\n",
        "check = true\n",
        "[check]\nreasons = true\nmax-nesting = 9\nmax-tried = 0\n",
        "[check]\nreasons = \"3\"\n[plan]\nmax-steps = 1000\nmax-imagined = 0x10\nmax-nesting = 1.5\n",
        "[plan]\nmax-steps = 99999999999999999999\n",
        "[check]\ntimeout = \"soon\"\n[plan]\nmax-memory = \"much\"\nmax-states = true\n",
        "[allow]\nH01 = \"a\"\nh12 = \"b\"\nunused = \"c\"\nH10 = 3\n",
        "allow = [\"H10\"]\n",
    ] {
        let story = Story::new().file("one.who", SOUND).file("whoknew.toml", text);
        let run = check(&story, "", None);
        assert_eq!(run.status, Some(2), "{text}{}", run.output);
        seen += &format!("# ---\n{text}# ---\n{}{}\n", run.output, run.complaint);
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn programs_are_told_of_wrong_settings_in_the_documented_form() {
    let story = Story::new().file("one.who", SOUND).file("whoknew.toml", "stroy = 3\n");
    for (command, form) in [
        (&["check", "one.who"][..], include_str!("../../../docs/schema/check-1.json")),
        (&["plan", "one.who"], include_str!("../../../docs/schema/plan-1.json")),
        (&["whatif", "one.who", "--without", "1.1"], include_str!("../../../docs/schema/whatif-1.json")),
    ] {
        let arguments: Vec<&str> = command.iter().chain(&["--format=json"]).copied().collect();
        let run = whoknew(&arguments).inside(&story).run();
        assert_eq!(run.status, Some(2), "{}", run.output);
        let document: Value = serde_json::from_str(&run.output).expect("the output is JSON");
        schema::assert_valid(&document, &serde_json::from_str(form).expect("the schema is JSON"));
        assert!(run.output.contains("\"E1002\"") && run.output.contains("whoknew.toml"), "{}", run.output);
    }
    let report = whoknew(&["report", "one.who"]).inside(&story).run();
    assert_eq!(report.status, Some(2));
    assert!(report.output.contains("error[E1002]") && !Path::new(&story.path().join("one.html")).exists());
}

#[test]
fn questions_need_no_settings() {
    let story = Story::new().file("one.who", SOUND).file("whoknew.toml", "stroy = 3\n");
    let run = whoknew(&["ask", "one.who", "where is Ann?"]).inside(&story).run();
    assert_eq!(run.status, Some(0), "{}", run.output);
}

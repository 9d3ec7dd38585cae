//! `whoknew ask` as people and programs use it.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;
mod schema;

use program::{Run, Story, whoknew};
use serde_json::Value;

const SCHEMA: &str = include_str!("../../../docs/schema/ask-1.json");

const SMALL: &str = "use std/places, std/talk\n\
    person Ann, Bob\n\
    place hall, attic\n\
    fact lit(where: place) \"the {where} is lit\"\n\
    action light(who: person, where: place) \"{who} lights the {where}\"\n  \
      makes lit(where)\n  by who\n  seen by c if notices(c, who)\n\
    start\n  Ann and Bob are in the hall\n\
    scene \"Light\"\n  at the hall\n  present Ann, Bob\n  Bob goes to the attic\n  Ann lights the hall\n";

fn story() -> Story {
    Story::new().file("a.who", SMALL)
}

fn ask(arguments: &[&str]) -> Run {
    whoknew(&[&["ask", "a.who"], arguments].concat()).inside(&story()).run()
}

/// The documents, one a line, each found to be in the documented form.
fn documents(run: &Run) -> Vec<Value> {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let documents: Vec<Value> =
        run.output.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    documents.iter().for_each(|document| schema::assert_valid(document, &schema));
    let worst = documents.iter().filter_map(|document| document["status"].as_i64()).max();
    assert_eq!(worst, run.status.map(i64::from));
    documents
}

fn document(arguments: &[&str]) -> Value {
    documents(&ask(&[arguments, &["--format", "json"]].concat())).remove(0)
}

#[test]
fn one_question_on_the_command_line() {
    let run = ask(&["does Bob know that the hall is lit?"]);
    assert_eq!(run.status, Some(0));
    assert_eq!(
        run.output,
        "No, Bob does not know that the hall is lit.\n  \
           Bob believes that the hall is not lit, from the start.\n  \
           In truth the hall is lit, since scene 1 “Light”: Ann lights the hall. [a.who:15]\n"
    );
    let unquoted = ask(&["who", "knows", "that", "the", "hall", "is", "lit"]);
    assert!(unquoted.output.starts_with("Only Ann knows that the hall is lit.\n"), "{}", unquoted.output);
}

#[test]
fn at_a_point() {
    assert!(ask(&["--at", "1.1", "is the hall lit"]).output.starts_with("No, the hall is not lit."));
    assert!(ask(&["--at", "Light", "is the hall lit"]).output.starts_with("Yes, the hall is lit."));
    let nowhere = ask(&["--at", "Lihgt", "is the hall lit"]);
    assert_eq!(nowhere.status, Some(2));
    assert!(nowhere.output.contains("did you mean `Light`?"), "{}", nowhere.output);
}

#[test]
fn questions_through_a_pipe() {
    let input = "is the hall lit\n\nat 1.1\nis the hall lit\nscenes\n# a remark\nwhat?\nquit\nnever read\n";
    let run = whoknew(&["ask", "a.who"]).inside(&story()).input(input).run();
    assert_eq!(run.status, Some(2), "one line was no question");
    assert!(run.output.starts_with("Yes, the hall is lit.\n"), "{}", run.output);
    assert!(run.output.contains("At scene 1 “Light”, event 1.\nNo, the hall is not lit.\n"), "{}", run.output);
    assert!(run.output.contains("  1 “Light”\n"), "{}", run.output);
    assert!(!run.output.contains("never"), "{}", run.output);
    let sound = whoknew(&["ask", "a.who"]).inside(&story()).input("is the hall lit\nhelp\nevents 1\n").run();
    assert_eq!(sound.status, Some(0));
    assert!(sound.output.contains("  1.2  Ann lights the hall\n"), "{}", sound.output);
}

#[test]
fn every_question_that_help_shows_can_be_asked() {
    let help = whoknew(&["ask", "stories/slumber"]).input("help\n").run();
    let shown = help.output.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("?  "));
    let questions: String = shown.map(|(question, _)| format!("{question}?\n")).collect();
    assert!(questions.lines().count() >= 20, "{questions}");
    let run = whoknew(&["ask", "stories/slumber", "--format", "json"]).input(&questions).run();
    assert_eq!(run.status, Some(0), "{}", run.output);
    assert_eq!(documents(&run).len(), questions.lines().count());
}

#[test]
fn documents_for_programs() {
    let yes = document(&["does Ann know that the hall is lit?"]);
    assert_eq!((&yes["form"], &yes["answer"]["verdict"]), (&"knows".into(), &"yes".into()));
    assert_eq!(
        (&yes["answer"]["because"][0]["file"], &yes["answer"]["because"][0]["line"]),
        (&"a.who".into(), &15.into())
    );
    assert_eq!(yes["at"], serde_json::json!({ "name": "the end", "scene": null, "event": null }));
    let who = document(&["--at", "1.2", "who knows that the hall is lit?"]);
    assert_eq!(who["answer"]["characters"], serde_json::json!(["Ann"]));
    assert_eq!((&who["at"]["scene"], &who["at"]["event"]), (&1.into(), &2.into()));
    let facts = document(&["what does Bob believe that is false"]);
    assert_eq!(facts["answer"]["facts"].as_array().map(Vec::len), Some(1), "{facts}");
}

#[test]
fn what_cannot_be_answered_has_the_same_form() {
    let unknown = document(&["does Bobb know that the hall is lit?"]);
    assert_eq!((&unknown["status"], &unknown["answer"]), (&2.into(), &Value::Null));
    let error = &unknown["errors"][0];
    assert_eq!(
        (&error["code"], &error["file"], &error["column"]),
        (&"E0806".into(), &"the question".into(), &6.into())
    );
    assert_eq!(document(&["--at", "7", "is the hall lit"])["errors"][0]["code"], "E0801");
    let broken = Story::new().file("b.who", "kind : :\n");
    let run = whoknew(&["ask", "b.who", "is it so", "--format", "json"]).inside(&broken).run();
    assert_eq!(documents(&run)[0]["at"], Value::Null);
}

#[test]
fn stories_that_cannot_be_asked() {
    let empty = Story::new().file("empty.who", "");
    let run = whoknew(&["ask", "empty.who", "is it so"]).inside(&empty).run();
    assert_eq!(run.status, Some(2));
    assert!(run.output.contains("E0006"), "{}", run.output);
    let run = whoknew(&["ask", "nowhere.who", "is it so"]).inside(&empty).run();
    assert!(run.status == Some(2) && run.output.contains("E0001"), "{}", run.output);
    let piped = whoknew(&["ask", "-", "who is in the hall?"]).input(SMALL).run();
    assert!(piped.output.starts_with("Ann is in hall."), "{}", piped.output);
    assert_eq!(whoknew(&["ask", "-"]).input(SMALL).run().status, Some(2), "the questions have nowhere to come from");
    let silent = Story::new().file("a.who", "kind dog : character\ndog Rex\nfact good(d: dog) \"{d} is good\"\n");
    let run = whoknew(&["ask", "a.who", "does Rex know that Rex is good"]).inside(&silent).run();
    assert_eq!((run.status, run.output.lines().next()), (Some(0), Some("No, Rex does not know that Rex is good.")));
}

#[test]
fn holes_do_not_keep_a_story_from_answering() {
    let hole = SMALL.to_owned() + "  Ann goes to the hall\n";
    let story = Story::new().file("a.who", hole);
    let run = whoknew(&["ask", "a.who", "where is Ann?"]).inside(&story).run();
    assert_eq!(run.status, Some(0), "{}", run.output);
}

#[test]
fn the_page_lists_all_forms() {
    use std::path::Path;
    use whoknew::ask::question::FORMS;
    const BEGIN: &str = "--test ask` -->\n";
    const END: &str = "<!-- end of forms -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/ask.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let (head, rest) = page.split_once(BEGIN).expect("the place of the table is marked");
    let (_, tail) = rest.split_once(END).expect("the end of the table is marked");
    let mut table = "| form | asked so | asks |\n| --- | --- | --- |\n".to_owned();
    for form in FORMS {
        let patterns: Vec<String> =
            form.patterns.iter().map(|pattern| format!("`{}`", pattern.replace('|', "\\|"))).collect();
        table += &format!("| `{}` | {} | {} |\n", form.name, patterns.join("<br>"), form.meaning);
    }
    let real = format!("{head}{BEGIN}{table}{END}{tail}");
    if std::env::var_os("WHOKNEW_UPDATE").is_some() {
        std::fs::write(&path, real).expect("the page can be written");
    } else {
        assert_eq!(real, page, "to write the table anew, run this test with WHOKNEW_UPDATE=1");
    }
}

#[test]
fn where_a_thing_is_that_lies_in_no_place() {
    let story = "use std/things\nperson Ann\nplace the hall\nthing the lamp\nstart\n  Ann is in the hall\n  the lamp is in the hall\n\
                 scene\n  Ann takes the lamp\n";
    let story = Story::new().file("a.who", story);
    let run = whoknew(&["ask", "a.who", "where is the lamp?"]).inside(&story).run();
    assert!(run.output.starts_with("Ann has the lamp.\n  Since scene 1: Ann takes the lamp."), "{}", run.output);
    let run = whoknew(&["ask", "a.who", "where was the lamp?", "--at", "start"]).inside(&story).run();
    assert!(run.output.starts_with("The lamp is in the hall."), "{}", run.output);
}

/// Somebody is told a lie, and knows many things.
const TALE: &str = "use std/places, std/talk\n\
    person Ann, Ben, Cid\n\
    place hall, attic, cellar\n\
    start\n  Ann and Ben are in the hall\n  Cid is in the attic\n\
    scene 1 \"Lie\"\n  Ann tells Ben that Cid is in the cellar\n";

fn tale_document(question: &str) -> Value {
    let story = Story::new().file("a.who", TALE);
    documents(&whoknew(&["ask", "a.who", question, "--format=json"]).inside(&story).run()).remove(0)
}

#[test]
fn facts_as_data() {
    let wrong = tale_document("what does Ben believe that is false");
    let point = serde_json::json!({ "name": "scene 1 “Lie”, event 1", "scene": 1, "event": 1 });
    assert_eq!(
        wrong["answer"]["facts"][0]["data"],
        serde_json::json!([{
            "minds": ["Ben"], "fact": "at", "arguments": ["Cid"], "event": null,
            "value": "cellar", "truth": "attic", "since": point, "source": "Ann"
        }])
    );
    let all = tale_document("who believes that Cid is in the cellar");
    let because = all["answer"]["because"].as_array().expect("reasons");
    let minds: Vec<&Value> =
        because.iter().flat_map(|said| said["data"].as_array()).flatten().map(|held| &held["minds"]).collect();
    assert_eq!(serde_json::json!(minds), serde_json::json!([[], ["Ben"]]));
    let told = tale_document("did Ann tell Ben that Cid is in the cellar");
    let held = &told["answer"]["because"][0]["data"][0];
    assert_eq!((&held["fact"], &held["value"]), (&"happened".into(), &true.into()));
    assert_eq!(held["event"], serde_json::json!({ "action": "tell", "arguments": ["Ann", "Ben", "Cid is in cellar"] }));
}

#[test]
fn long_lists_are_whole_for_programs_and_on_demand() {
    let lamps: Vec<String> = (0..40).map(|lamp| format!("lamp {lamp}")).collect();
    let mut text = format!(
        "use std/places\nkind lamp\nperson Ann\nplace hall\nlamp {}\nfact lit(l: lamp) \"{{l}} is lit\"\n\
         action light(who: person, l: lamp) \"{{who}} lights {{l}}\"\n  makes lit(l)\n  by who\nstart\n  Ann is in the hall\nscene\n",
        lamps.join(", ")
    );
    lamps.iter().for_each(|lamp| text += &format!("  Ann lights {lamp}\n"));
    let story = Story::new().file("a.who", text);
    let ask =
        |more: &[&str]| whoknew(&[&["ask", "a.who", "what does Ann believe"], more].concat()).inside(&story).run();
    let short = ask(&[]).output;
    assert_eq!(short.matches("\n  - ").count(), 31, "{short}");
    assert!(short.contains(" more: `--all` lists them"), "{short}");
    assert!(ask(&["--all"]).output.matches("is lit, since").count() == 40);
    let document = documents(&ask(&["--format=json"])).remove(0);
    assert_eq!(document["answer"]["more"], 0);
    assert!(document["answer"]["facts"].as_array().is_some_and(|facts| facts.len() >= 40), "{document}");
    let prompt = whoknew(&["ask", "a.who"]).inside(&story).input("all\nwhat does Ann believe\n").run();
    assert!(prompt.output.matches("is lit, since").count() == 40, "{}", prompt.output);
}

#[test]
fn why_says_what_was_made_so_again() {
    let run = whoknew(&["why", "stories/locked-study", "4.3"]).run();
    assert!(run.output.contains("the study is not locked (again since"), "{}", run.output);
}

#[test]
fn a_want_against_something_is_said_as_what_it_wants() {
    let text = "kind person : character\nperson Ann\nfact hot \"it is hot\"\nfact wet \"it is wet\"\n\
                want Ann \"comfort\": -1 if hot()\nwant Ann: (1 if wet()) - (2 if hot())\nstart\n  it is hot\n";
    let story = Story::new().file("a.who", text);
    let run = whoknew(&["ask", "a.who", "what does Ann want"]).inside(&story).run();
    assert!(run.output.contains("“comfort”: it is not hot (not met)."), "{}", run.output);
    assert!(run.output.contains("it is wet and it is not hot (now -2; the more, the better)"), "{}", run.output);
}

#[test]
fn wants_periods_and_occasions_as_data() {
    let text = "use std/places\nperson Ann, Ben\nplace hall, attic\nfact joy(who: person): number  \"the joy of {who} is {value}\"\n\
                want Ann \"company\": 1 if at(Ann) = at(Ben)\nwant Ben: joy(Ben)\n\
                start\n  Ann and Ben are in the hall\n  the joy of Ben is 2\n\
                scene 1\n  Ben goes to the attic\n  Ann goes to the attic\n  Ben goes to the hall\n";
    let story = Story::new().file("a.who", text);
    let ask = |question: &str| {
        let run = whoknew(&["ask", "a.who", question, "--format=json"]).inside(&story).run();
        documents(&run).remove(0)["answer"].take()
    };
    let point =
        |event: u8| serde_json::json!({ "name": format!("scene 1, event {event}"), "scene": 1, "event": event });
    let start = serde_json::json!({ "name": "the start", "scene": null, "event": null });
    let went = |who: &str, to: &str| serde_json::json!({ "action": "go", "arguments": [who, to] });
    let wants = ask("what can Ann do");
    assert_eq!(
        wants["wants"],
        serde_json::json!([
            { "name": "company", "met": false, "believed_met": false, "amount": 0, "believed_amount": 0 }
        ])
    );
    assert_eq!(wants["ways"][0], serde_json::json!([went("Ann", "hall")]));
    assert_eq!(
        ask("what does Ben want")["wants"],
        serde_json::json!([
            { "name": null, "met": null, "believed_met": null, "amount": 2, "believed_amount": 2 }
        ])
    );
    assert_eq!(
        ask("since when is Ann in the hall")["periods"],
        serde_json::json!([{ "from": start, "until": point(2) }])
    );
    let occasions = ask("who was there when Ben went to the hall")["occasions"].take();
    assert_eq!(
        occasions,
        serde_json::json!([{
            "at": point(3), "event": went("Ben", "hall"), "there": ["Ben", "Ann"],
            "noticed": [{ "who": "Ben", "event": went("Ben", "hall") }, { "who": "Ann", "event": went("Ben", "hall") }]
        }])
    );
}

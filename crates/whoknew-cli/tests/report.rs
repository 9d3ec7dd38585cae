//! `whoknew report` as people see it: what it writes, what it never overwrites, and what it says. The page itself is tested in
//! a browser: see `browser`.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::{Story, whoknew};
use std::fs;

const TEXT: &str =
    "story \"Rain\"\nkind person : character\nperson Ann\nfact \"it rains\"\nscene \"Noon\"\n  assume it rains\n";

#[test]
fn the_page_is_named_after_the_story() {
    let story = Story::new().file("rain.who", TEXT);
    let run = whoknew(&["report", "rain.who"]).inside(&story).run();
    assert_eq!(run.status, Some(0), "{}", run.complaint);
    assert!(run.output.contains("Checked 1 scene"), "{}", run.output);
    assert!(run.output.contains("Wrote rain.html ("), "{}", run.output);
    let page = fs::read_to_string(story.path().join("rain.html")).expect("it was written");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<title>Rain</title>"));
}

#[test]
fn a_folder_and_standard_input_are_stories_too() {
    let story = Story::new().file("tale/a.who", TEXT);
    let run = whoknew(&["report", "tale", "-o", "page.html"]).inside(&story).run();
    assert_eq!(run.status, Some(0), "{}", run.complaint);
    let from_input = whoknew(&["report", "-", "-o", "-"]).inside(&story).input(TEXT).run();
    assert_eq!(from_input.status, Some(0));
    assert!(from_input.output.starts_with("<!DOCTYPE html>"), "only the page: {}", &from_input.output[..80]);
    assert!(from_input.output.trim_end().ends_with("</html>"));
}

#[test]
fn an_older_report_is_replaced_and_nothing_else() {
    let story = Story::new().file("rain.who", TEXT).file("mine.html", "<p>my own page</p>").file("folder.html/x", "");
    for _ in 0..2 {
        assert_eq!(whoknew(&["report", "rain.who", "-o", "out.html"]).inside(&story).run().status, Some(0));
    }
    let run = whoknew(&["report", "rain.who", "-o", "mine.html"]).inside(&story).run();
    assert_eq!(run.status, Some(2));
    assert_eq!(
        run.complaint,
        "whoknew: cannot write mine.html: there is a file of that name that is no report; remove it, or choose another name with -o\n"
    );
    assert_eq!(fs::read_to_string(story.path().join("mine.html")).expect("it is there"), "<p>my own page</p>");
    for target in ["folder.html", "nowhere/out.html", "rain.who"] {
        let run = whoknew(&["report", "rain.who", "-o", target]).inside(&story).run();
        assert_eq!(run.status, Some(2), "{target}");
        assert!(run.complaint.starts_with(&format!("whoknew: cannot write {target}: ")), "{}", run.complaint);
    }
}

#[test]
fn what_cannot_be_loaded_makes_no_page() {
    let story = Story::new().file("bad.who", "persn Ann\n");
    let run = whoknew(&["report", "bad.who"]).inside(&story).run();
    assert_eq!(run.status, Some(2));
    assert!(run.output.starts_with("error[E"), "{}", run.output);
    assert_eq!(run.complaint, "whoknew: no page was written\n");
    assert!(!story.path().join("bad.html").exists());
    assert_eq!(whoknew(&["report", "nowhere.who"]).inside(&story).run().status, Some(2));
}

#[test]
fn a_story_with_holes_makes_a_page() {
    let story = Story::new().file("rain.who", TEXT.replace("assume", "claim"));
    let run = whoknew(&["report", "rain.who"]).inside(&story).run();
    assert_eq!(run.status, Some(0), "{}", run.complaint);
    assert!(run.output.contains("1 error"), "{}", run.output);
    assert!(fs::read_to_string(story.path().join("rain.html")).expect("it was written").contains("H06"));
}

#[test]
fn the_same_story_makes_the_same_page() {
    let page = || whoknew(&["report", "stories/slumber", "-o", "-"]).run().output;
    assert_eq!(page(), page());
}

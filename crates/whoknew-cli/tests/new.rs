//! `whoknew new` as a newcomer meets it.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::{Run, Story, whoknew};
use std::fs;
use std::path::Path;

fn new(name: &str, folder: &Story) -> Run {
    whoknew(&["new", name]).inside(folder).run()
}

/// All below the folder, by path.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("it is a folder").map(|entry| entry.expect("it can be read").path()) {
        found.push(entry.strip_prefix(folder).expect("it is below").display().to_string());
        if entry.is_dir() {
            found.extend(
                files(&entry).iter().map(|inner| format!("{}/{inner}", found[found.len() - 1])).collect::<Vec<_>>(),
            );
        }
    }
    found.sort();
    found
}

/// The line that is said to mend the story, and the line above which it goes.
fn mending(output: &str) -> (&str, &str) {
    let (_, rest) = output.split_once("put this line above “").expect("it says how to mend it");
    let (below, rest) = rest.split_once("”:\n\n").expect("it says where");
    (rest.lines().next().expect("it says what").trim(), below)
}

/// The commands it says to try, as a shell would split them.
fn commands(output: &str) -> Vec<Vec<String>> {
    let lines = output.lines().filter_map(|line| line.strip_prefix("  whoknew "));
    let words = |line: &str| {
        let mut words = vec![String::new()];
        let mut quoted = false;
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                _ => words.last_mut().expect("there is a first").push(letter),
            }
        }
        words
    };
    lines.map(words).collect()
}

#[test]
fn a_first_story_with_one_hole() {
    let folder = Story::new();
    let run = new("letter", &folder);
    assert_eq!((run.status, run.complaint.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.output);
    assert_eq!(files(folder.path()), ["letter", "letter/story.who", "letter/whoknew.toml"]);
    let text = fs::read_to_string(folder.path().join("letter/story.who")).expect("it was made");
    assert!(text.starts_with("story \"letter\"\n"), "{text}");
    assert!(
        text.lines().filter(|line| !line.is_empty()).count() <= 15 && !text.contains(['(', '=', '#']),
        "short and plain: {text}"
    );
    let shown = whoknew(&["check", "letter"]).inside(&folder).run();
    assert_eq!(shown.status, Some(1));
    assert_eq!(shown.output.matches("[H").count(), 1, "one finding alone:\n{}", shown.output);
    assert!(shown.output.starts_with("error[H02]: Ben acts on something"), "{}", shown.output);
}

#[test]
fn mended_as_it_says_it_is_clean_and_what_it_says_to_try_works() {
    let folder = Story::new();
    let run = new("my stories/The Letter", &folder);
    let path = folder.path().join("my stories/The Letter/story.who");
    let text = fs::read_to_string(&path).expect("it was made");
    let (line, below) = mending(&run.output);
    assert_eq!(text.matches(below).count(), 1, "{text}");
    fs::write(&path, text.replace(below, &format!("{line}\n  {below}"))).expect("it can be written");
    let commands = commands(&run.output);
    assert_eq!(commands.len(), 5, "{}", run.output);
    let mut seen = String::new();
    for command in &commands {
        let arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        let tried = whoknew(&arguments).inside(&folder).run();
        assert_eq!((tried.status, tried.complaint.as_str()), (Some(0), ""), "{command:?}: {}", tried.output);
        // The page on the code is tested with the pages on codes.
        if arguments[0] != "explain" {
            seen += &format!("$ whoknew {}\n{}\n", arguments.join(" "), tried.output);
        }
    }
    assert!(seen.contains("characters: nothing to report."), "{seen}");
    insta::assert_snapshot!(seen);
}

#[test]
fn here() {
    let folder = Story::new().file("notes.txt", "mine");
    let run = new(".", &folder);
    assert_eq!(run.status, Some(0), "{}", run.complaint);
    assert_eq!(files(folder.path()), ["notes.txt", "story.who", "whoknew.toml"]);
    let name = folder.path().file_name().expect("it has one").to_string_lossy();
    let text = fs::read_to_string(folder.path().join("story.who")).expect("it was made");
    assert!(text.starts_with(&format!("story \"{name}\"\n")), "{text}");
    assert!(run.output.starts_with("Here are now story.who, a first story,"), "{}", run.output);
    assert!(run.output.contains("--> story.who:"), "{}", run.output);
    assert!(run.output.contains("whoknew check .\n"), "{}", run.output);
}

#[test]
fn odd_names() {
    for (name, title) in [
        ("Ann's “first” \"story\"", "Ann's 'first' 'story'"),
        ("a/b/../c/", "c"),
        ("Сказка 1", "Сказка 1"),
        ("two\nlines", "two lines"),
        ("- -", "- -"),
    ] {
        let folder = Story::new();
        let run = whoknew(&["new", "--", name]).inside(&folder).run();
        assert_eq!(run.status, Some(0), "{name}: {}", run.complaint);
        assert!(run.output.contains("error[H02]"), "{name}: {}", run.output);
        let made = fs::read_to_string(folder.path().join(name).join("story.who")).expect("it was made");
        assert!(made.starts_with(&format!("story \"{title}\"\n")), "{made}");
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_half_made_is_left() {
    let folder = Story::new().file("old/tale.who", "mine").file("set/whoknew.toml", "mine").file("a.txt", "mine");
    let long = format!("deep/er/{}", "x".repeat(300));
    let before = files(folder.path());
    let mut seen = String::new();
    for name in ["old", "set", "a.txt", "a.txt/b", "tale.who", "", "  ", &long] {
        let run = new(name, &folder);
        assert_eq!((run.status, run.output.as_str()), (Some(2), ""), "{name}");
        assert_eq!(files(folder.path()), before, "{name}");
        // What the system says differs from system to system.
        let said = run.complaint.split(": File").next().expect("it says something").replace(&long, "deep/er/xxx…");
        seen += &format!("{}\n", said.trim_end());
    }
    insta::assert_snapshot!(seen);
    let kept = ["old/tale.who", "set/whoknew.toml", "a.txt"].map(|file| fs::read_to_string(folder.path().join(file)));
    assert!(kept.into_iter().all(|text| text.expect("it is there") == "mine"));
}

//! The program as people see it: what it prints, and how it ends.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::{Run, Story, whoknew};

/// The output and the exit status, for snapshots.
fn seen(run: &Run) -> String {
    let mut seen = match run.status {
        Some(number) => format!("status: {number}\n"),
        None => "ended by a signal\n".into(),
    };
    for (name, text) in [("output", &run.output), ("complaint", &run.complaint)] {
        if !text.is_empty() {
            seen += &format!("--- {name}\n{text}");
        }
    }
    seen
}

/// Checks one file `a.who` that holds `text`.
fn check(text: impl AsRef<[u8]>) -> Run {
    let story = Story::new().file("a.who", text);
    whoknew(&["check", "a.who"]).inside(&story).run()
}

/// It ends with status 2, and the only finding has this code.
#[track_caller]
fn assert_unusable(run: &Run, code: &str) {
    assert_eq!(run.status, Some(2), "{}", seen(run));
    let errors = run.output.lines().filter(|line| line.starts_with("error[")).count();
    assert_eq!(errors, 1, "one mistake, one message:\n{}", run.output);
    assert!(run.output.starts_with(&format!("error[{code}]: ")), "{}", run.output);
    assert_eq!(run.complaint, "");
}

#[test]
fn a_sound_story() {
    let run = check("use std/places\nperson Ann\nplace hall\nscene\n  at hall\n  present Ann\n  Ann leaves\n");
    assert_eq!(run.status, Some(0), "{}", seen(&run));
}

#[test]
fn an_unknown_option() {
    let run = whoknew(&["check", "--colour", "never", "a.who"]).run();
    assert_eq!(run.status, Some(2));
    assert!(run.complaint.contains("--color"), "{}", run.complaint);
}

#[test]
fn explain_an_unknown_code() {
    insta::assert_snapshot!("explain_unknown", seen(&whoknew(&["explain", "Q1"]).run()));
    assert!(whoknew(&["explain"]).run().output.lines().all(|line| line.starts_with(['E', 'H'])));
}

#[test]
fn a_missing_file() {
    let run = whoknew(&["check", "nowhere.who"]).inside(&Story::new()).run();
    assert_unusable(&run, "E0001");
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn a_folder_without_stories() {
    let story = Story::new().file("notes.txt", "hello");
    let run = whoknew(&["check", "."]).inside(&story).run();
    assert_unusable(&run, "E0006");
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn an_empty_file() {
    for text in ["", "\n\n", "# nothing but a comment\n", "\u{feff}"] {
        assert_unusable(&check(text), "E0006");
    }
    insta::assert_snapshot!(seen(&check("")));
}

#[test]
fn a_file_that_is_not_utf8() {
    let run = check(b"person Ann\nperson Ren\xe9\n");
    assert_unusable(&run, "E0003");
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn a_binary_file() {
    let run = check(b"\x7fELF\x02\x01\x01\0\0\0");
    assert_unusable(&run, "E0004");
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn a_file_over_the_size_cap() {
    let story = Story::new().sparse_file("a.who", 64 * 1024 * 1024 + 1);
    let run = whoknew(&["check", "a.who"]).inside(&story).run();
    assert_unusable(&run, "E0002");
    insta::assert_snapshot!(seen(&run));
}

#[cfg(unix)]
#[test]
fn a_text_without_end() {
    assert_unusable(&whoknew(&["check", "/dev/zero"]).run(), "E0002");
}

#[test]
fn an_unreadable_file() {
    // A folder whose name ends as a story's does; permissions would not stop the superuser.
    let story = Story::new().file("a.who/notes.txt", "").file("b.who", "use a\ncharacter Ann\n");
    std::fs::remove_file(story.path().join("a.who/notes.txt")).expect("it was just written");
    let run = whoknew(&["check", "b.who"]).inside(&story).run();
    assert_unusable(&run, "E0005");
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn standard_input() {
    for arguments in [&["check", "-"][..], &["check"]] {
        let run = whoknew(arguments).input("character Ann\ncharacter Ann\n").run();
        assert_eq!(run.status, Some(2));
        assert!(run.output.contains("--> standard input:2:11"), "{}", run.output);
    }
    assert_unusable(&whoknew(&["check", "-"]).input("").run(), "E0006");
    assert_unusable(&whoknew(&["check", "-"]).input(b"\xff").run(), "E0003");
    assert_unusable(&whoknew(&["check", "-"]).input(b"\0").run(), "E0004");
}

#[test]
fn colours_only_if_wanted() {
    let story = Story::new();
    let colored = |arguments: &[&str], variable: Option<(&str, &str)>| {
        let mut command = whoknew(arguments).inside(&story);
        if let Some((name, value)) = variable {
            command = command.variable(name, value);
        }
        command.run().output.contains('\u{1b}')
    };
    assert!(!colored(&["check", "nowhere"], None), "not a terminal");
    assert!(colored(&["check", "nowhere", "--color", "always"], None));
    assert!(
        colored(&["--color=always", "check", "nowhere"], Some(("NO_COLOR", "1"))),
        "an option outranks the variable"
    );
    assert!(!colored(&["check", "nowhere", "--color", "never"], Some(("CLICOLOR_FORCE", "1"))));
    assert!(!colored(&["check", "nowhere"], Some(("NO_COLOR", "1"))));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let text: String = (0..5000).map(|number| format!("person P{number}, P{number}\n")).collect();
    let story = Story::new().file("a.who", text);
    for format in ["human", "json"] {
        let run = whoknew(&["check", "a.who", "--format", format]).inside(&story).run_with_closed_output();
        assert_eq!((run.status, run.complaint.as_str()), (Some(2), ""));
    }
}

#[test]
fn every_cut_of_a_story_is_answered() {
    let text = "use std/places\nperson Ann (the aunt)\nplace hall\nfact \"the \u{e9}tude is on\"\n  default yes\n\
                start\n  Ann is in the hall\nscene 1 \"One\", day 2, 09:00\n  present Ann\n  claim Ann believes Ann is in the hall\n";
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        let run = whoknew(&["check", "-"]).input(&text[..end]).run();
        assert!(matches!(run.status, Some(0..=2)), "cut at {end}: {}", seen(&run));
        assert_eq!(run.complaint, "", "cut at {end}");
    }
}

/// What each bad text is answered with: one error, and status 2.
#[test]
fn every_bad_text_has_its_one_error() {
    let deep = |opening: &str, closing: &str| {
        format!("fact x\nfact y\n  means {}x(){}\n", opening.repeat(50_000), closing.repeat(50_000))
    };
    let believing = "Ann believes ".repeat(20_000);
    let barks = "kind dog : character\ndog Rex\naction bark(d: dog) \"{d} barks\"\n  by d\n";
    let cases = [
        ("E0212", "use std/nothing\n".to_owned()),
        ("E0213", "use cast\n".to_owned()),
        ("E0109", deep("(", ")")),
        ("E0109", deep("not ", "")),
        ("E0314", format!("use std/places\nperson Ann\nplace hall\nscene\n  claim {believing}Ann is in the hall\n")),
        ("E0312", "use std/places\nperson Ann\nscene\n  Bob leaves\n".into()),
        ("E0310", "use std/places\nperson Ann\nscene\n  Ann does something that nobody has heard of\n".into()),
        ("E0205", "use std/places\nperson Ann, Ann\n".into()),
        ("E0206", "kind a : b\nkind b : a\n".into()),
        ("E0311", format!("{barks}action yelp(d: dog) \"{{d}} barks\"\n  by d\nscene\n  Rex barks\n")),
        ("E0110", "fact x: number\nstart\n  x() = 99999999999999999999999999\n".into()),
        ("E0110", "scene, 25:61\n".into()),
        ("E0110", "scene, day 99999999999999999999\n".into()),
    ];
    for (code, text) in cases {
        assert_unusable(&whoknew(&["check", "-"]).input(text).run(), code);
    }
}

#[test]
fn files_that_use_each_other() {
    let story = Story::new().file("a.who", "use b\n").file("b.who", "use c\n").file("c.who", "use b\n");
    let run = whoknew(&["check", "a.who"]).inside(&story).run();
    assert_unusable(&run, "E0214");
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn rules_without_rest() {
    let text = "use std/places\nperson Ann\nplace hall\nfact on \"the lamp is on\"\n\
                rule rise \"the lamp goes on\"\n  when not on()\n  makes on()\n\
                rule fall \"the lamp goes off\"\n  when on()\n  makes not on()\n\
                start\n  Ann is in the hall\nscene\n  Ann leaves\n";
    let run = check(text);
    assert_unusable(&run, "H09");
    insta::assert_snapshot!(seen(&run));
}

#[test]
fn a_model_that_is_too_large() {
    let names: Vec<String> = (0..400).map(|number| format!("N{number}")).collect();
    let text = format!("kind a : character\na {}\nfact f(p, q, r: a)\nstart\n  f(N0, N1, N2)\n", names.join(", "));
    let run = check(text);
    assert_eq!(run.status, Some(2), "{}", seen(&run));
    assert!(run.output.contains("error[E05"), "{}", run.output);
}

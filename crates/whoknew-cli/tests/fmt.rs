//! `whoknew fmt`: texts in canonical form.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod program;

use program::{Run, Story, whoknew};
use std::fs;

const ROUGH: &str = "kind  person:character\r\nstart\r\n    Sally   is here# now\r\n";
const SMOOTH: &str = "kind person : character\nstart\n  Sally is here  # now\n";
const FAULTY: &str = "kind  person:\nstart\n    Sally  is here\n";

fn text(story: &Story, name: &str) -> String {
    fs::read_to_string(story.path().join(name)).unwrap()
}

fn formatted(story: &Story, arguments: &[&str]) -> Run {
    whoknew(&[&["fmt"], arguments].concat()).inside(story).run()
}

/// Nothing but these files is in the folder.
fn assert_files(story: &Story, expected: &[&str]) {
    let files = fs::read_dir(story.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = files.collect();
    files.sort();
    assert_eq!(files, expected);
}

#[test]
fn files_and_folders_are_rewritten_and_named() {
    let story =
        Story::new().file("b.who", ROUGH).file("a.who", SMOOTH).file("parts/c.who", ROUGH).file("notes.txt", "a  b");
    let run = formatted(&story, &["."]);
    assert_eq!((run.status, run.complaint.as_str()), (Some(0), ""));
    let said = "formatted ./b.who\nformatted ./parts/c.who\n2 files formatted, 1 file in canonical form already.\n";
    assert_eq!(run.output, said);
    for name in ["a.who", "b.who", "parts/c.who"] {
        assert_eq!(text(&story, name), SMOOTH, "{name}");
    }
    assert_eq!(text(&story, "notes.txt"), "a  b");
    assert_files(&story, &["a.who", "b.who", "notes.txt", "parts"]);

    let again = formatted(&story, &["a.who", "parts"]);
    assert_eq!((again.status, again.output.as_str()), (Some(0), "2 files in canonical form already.\n"));
}

#[test]
fn check_shows_what_would_change_and_writes_nothing() {
    let story = Story::new().file("b.who", ROUGH).file("a.who", SMOOTH);
    let run = formatted(&story, &["--check", "a.who", "b.who"]);
    assert_eq!((run.status, run.complaint.as_str()), (Some(1), ""));
    insta::assert_snapshot!(run.output);
    assert_eq!(text(&story, "b.who"), ROUGH);

    let run = formatted(&story, &["--check", "a.who"]);
    assert_eq!((run.status, run.output.as_str()), (Some(0), "1 file in canonical form already.\n"));
}

#[test]
fn without_a_path_it_is_what_is_piped_in_or_what_the_settings_name() {
    let story =
        Story::new().file("whoknew.toml", "story = \"parts\"\n").file("parts/a.who", ROUGH).file("b.who", ROUGH);
    let run = formatted(&story, &["--check"]);
    assert_eq!(run.status, Some(1));
    assert!(run.output.starts_with("parts/a.who would change"), "{}", run.output);
    assert_eq!(formatted(&story, &[]).output, "formatted parts/a.who\n1 file formatted.\n");
    assert_eq!((text(&story, "parts/a.who"), text(&story, "b.who")), (SMOOTH.to_owned(), ROUGH.to_owned()));

    let run = whoknew(&["fmt"]).inside(&story).input(ROUGH).run();
    assert_eq!((run.status, run.output.as_str()), (Some(0), SMOOTH));

    let story = story.file("whoknew.toml", "story = 3\n");
    let run = formatted(&story, &[]);
    assert_eq!((run.status, run.output.as_str()), (Some(2), ""));
    assert!(run.complaint.contains("E1003"), "{}", run.complaint);
}

#[test]
fn standard_input_goes_to_standard_output() {
    for argument in ["--stdin", "-"] {
        let run = whoknew(&["fmt", argument]).input(ROUGH).run();
        assert_eq!((run.status, run.output.as_str(), run.complaint.as_str()), (Some(0), SMOOTH, ""));
        let run = whoknew(&["fmt", argument]).input("").run();
        assert_eq!((run.status, run.output.as_str()), (Some(0), ""));
        let run = whoknew(&["fmt", argument, "--check"]).input(SMOOTH).run();
        assert_eq!((run.status, run.output.as_str()), (Some(0), ""));
        let run = whoknew(&["fmt", argument, "--check"]).input(ROUGH).run();
        assert_eq!(run.status, Some(1));
        assert!(run.output.starts_with("standard input would change in 2 places:\n"), "{}", run.output);
    }
}

#[test]
fn a_text_with_mistakes_is_not_touched_and_the_others_are_formatted() {
    let story = Story::new().file("a.who", FAULTY).file("b.who", ROUGH);
    let run = formatted(&story, &["."]);
    assert_eq!(run.status, Some(2));
    assert_eq!(run.output, "formatted ./b.who\n1 file formatted, 1 file not touched.\n");
    assert!(run.complaint.contains("E0107") && run.complaint.contains("./a.who:1:14"), "{}", run.complaint);
    assert_eq!((text(&story, "a.who"), text(&story, "b.who")), (FAULTY.to_owned(), SMOOTH.to_owned()));

    let run = formatted(&story, &["--check", "."]);
    assert_eq!(run.status, Some(2), "{}", run.output);
    let run = whoknew(&["fmt", "-"]).input(FAULTY).run();
    assert_eq!((run.status, run.output.as_str()), (Some(2), ""));
    assert!(run.complaint.contains("standard input:1:14"), "{}", run.complaint);
}

#[test]
fn of_many_mistakes_the_first_are_shown() {
    let run = whoknew(&["fmt", "-"]).input("kind a:\n".repeat(9)).run();
    assert_eq!(run.complaint.matches("error[E0107]").count(), 3, "{}", run.complaint);
    assert!(run.complaint.contains("… and 6 more mistakes; `whoknew check` shows all"), "{}", run.complaint);
}

#[test]
fn what_cannot_be_formatted_is_said() {
    let story = Story::new().file("notes.txt", "a  b").file("empty/notes.txt", "").file("bytes.who", b"kind\xff");
    for (arguments, complaint) in [
        (&["nowhere.who"][..], "there is no file or folder `nowhere.who`"),
        (&["nowhere"], "there is no file or folder `nowhere`"),
        (&["notes.txt"], "notes.txt is no .who file; to format it all the same, send it through --stdin"),
        (&["empty"], "the folder empty holds no .who file"),
        (&["bytes.who"], "`bytes.who` is not a text in UTF-8"),
        (&["-", "bytes.who"], "- stands alone"),
        (&["--stdin", "bytes.who"], "cannot be used with"),
        (&[], "say what to format: .who files, folders of them, or - for standard input"),
        (&["--check"], "say what to format"),
    ] {
        let run = formatted(&story, arguments);
        assert_eq!(run.status, Some(2), "{arguments:?}");
        assert!(run.complaint.contains(complaint), "{arguments:?}: {}", run.complaint);
    }
    assert_eq!(text(&story, "notes.txt"), "a  b");
}

#[test]
fn a_file_that_may_not_be_written_is_not() {
    let story = Story::new().file("a.who", ROUGH).file("b.who", SMOOTH);
    for name in ["a.who", "b.who"] {
        let mut permissions = fs::metadata(story.path().join(name)).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(story.path().join(name), permissions).unwrap();
    }
    let run = formatted(&story, &["."]);
    assert_eq!(run.status, Some(2));
    assert!(run.complaint.contains("cannot write ./a.who"), "{}", run.complaint);
    assert_eq!(run.output, "1 file in canonical form already, 1 file not touched.\n");
    assert_eq!(text(&story, "a.who"), ROUGH);
    assert_files(&story, &["a.who", "b.who"]);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let story = Story::new().file("real/a.who", ROUGH);
    let path = story.path().join("real/a.who");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o751)).unwrap();
    symlink("real/a.who", story.path().join("link.who")).unwrap();
    let run = formatted(&story, &["link.who"]);
    assert_eq!((run.status, run.output.as_str()), (Some(0), "formatted link.who\n1 file formatted.\n"));
    assert_eq!(text(&story, "real/a.who"), SMOOTH);
    assert!(fs::symlink_metadata(story.path().join("link.who")).unwrap().is_symlink());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o751);
}

#[test]
fn a_mark_at_the_start_and_line_ends_alone_are_a_change() {
    let story = Story::new().file("a.who", format!("\u{FEFF}{SMOOTH}")).file("b.who", SMOOTH.replace('\n', "\r\n"));
    let run = formatted(&story, &["--check", "."]);
    let said = "./a.who would change: the byte order mark at its start goes\n\
        ./b.who would change: its line ends become those of Unix\n2 files would change.\n";
    assert_eq!((run.status, run.output.as_str()), (Some(1), said));
    assert_eq!(formatted(&story, &["."]).status, Some(0));
    assert_eq!((text(&story, "a.who"), text(&story, "b.who")), (SMOOTH.to_owned(), SMOOTH.to_owned()));
}

#[test]
fn a_reader_that_goes_away_stops_nothing() {
    let story = Story::new().file("a.who", ROUGH).file("b.who", ROUGH);
    let run = whoknew(&["fmt", "."]).inside(&story).run_with_closed_output();
    assert_eq!((run.status, run.complaint.as_str()), (Some(0), ""));
    assert_eq!((text(&story, "a.who"), text(&story, "b.who")), (SMOOTH.to_owned(), SMOOTH.to_owned()));
}

#[test]
fn what_the_program_writes_is_in_canonical_form() {
    let problem = "entity Tom : character; property alive(c : character) : boolean; alive(Tom);
        action die(c : character) { precondition: alive(c); effect: !alive(c); };";
    let story = Story::new().file("problem.txt", problem);
    assert_eq!(whoknew(&["new", "first"]).inside(&story).run().status, Some(0));
    let imported = whoknew(&["import", "sabre", "problem.txt"]).inside(&story).run();
    let story = story.file("imported.who", imported.output);
    let run = formatted(&story, &["--check", "first", "imported.who"]);
    assert_eq!((run.status, run.output.as_str()), (Some(0), "2 files in canonical form already.\n"));
}

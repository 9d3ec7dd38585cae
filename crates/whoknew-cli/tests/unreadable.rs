//! What cannot be read, or is read although it looks odd: each gets one message that says what to do.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::{Story, whoknew};

const STORY: &str = "use std/places\nperson Anna\nplace the garden\nscene 1\n  Anna goes to the garden\n";

/// What `whoknew check PATH` says in this folder, with its exit status.
fn said(folder: &Story, path: &str) -> String {
    let run = whoknew(&["check", path]).inside(folder).run();
    assert_eq!(run.status, Some(2), "{path}: {}", run.seen());
    run.seen()
}

#[test]
fn files_that_are_no_texts() {
    let folder = Story::new()
        .file("word.docx", b"PK\x03\x04 and more")
        .file("rich.who", b"{\\rtf1 person Anna}")
        .file("page.pdf", b"%PDF-1.7")
        .file("unicode.who", b"\xff\xfep\0e\0r\0s\0o\0n\0")
        .file("unmarked.who", b"p\0e\0r\0s\0o\0n\0")
        .file("latin.who", b"use std/places\nperson Ren\xe9e\n")
        .file("program.who", b"\x7fELF and much more than that \0")
        .file("nothing.who", "")
        .file("empty/notes.txt", "Anna goes to the garden\n")
        .sparse_file("large.who", 64 * 1024 * 1024 + 1);
    let paths = [
        "word.docx",
        "rich.who",
        "page.pdf",
        "unicode.who",
        "unmarked.who",
        "latin.who",
        "program.who",
        "nothing.who",
        "empty",
        "large.who",
        "latin",
        "nowhere.who",
    ];
    let all: Vec<String> =
        paths.iter().map(|path| format!("$ whoknew check {path}\n{}", said(&folder, path))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[cfg(unix)]
#[test]
fn pipes_and_links_that_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let folder = Story::new().file("story.who", STORY);
    symlink("b.who", folder.path().join("a.who")).expect("links can be made");
    symlink("a.who", folder.path().join("b.who")).expect("links can be made");
    symlink("gone.who", folder.path().join("dangling.who")).expect("links can be made");
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.who")).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo makes pipes");
    let paths = ["a.who", "dangling.who", "pipe.who", "."];
    let all: Vec<String> =
        paths.iter().map(|path| format!("$ whoknew check {path}\n{}", said(&folder, path))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn what_is_read_however_it_was_saved() {
    let texts = [
        STORY.replace('\n', "\r\n"),
        STORY.replace('\n', "\r"),
        format!("\u{feff}{STORY}"),
        STORY.replace("  Anna", "\u{a0}\u{a0}Anna"),
        STORY
            .replace("scene 1", "scene 1:")
            .replace("garden\n", "garden.\n")
            .replace("place the garden.", "place the garden"),
        format!("    {}", STORY.replace('\n', "\n    ")),
        STORY.replace("Anna goes", "Rene\u{301}e goes").replace("Anna", "Ren\u{e9}e"),
    ];
    for text in texts {
        let folder = Story::new().file("story.who", &text);
        let run = whoknew(&["check", "story.who"]).inside(&folder).run();
        assert_eq!(run.output, "Checked 1 scene, 1 event and 1 character: nothing to report.\n", "{text:?}");
    }
}
#[test]
fn what_was_written_loosely_is_printed_in_the_usual_way() {
    let loose = "story: «The garden»\nuse std/places\nperson: Anna, Ben and Clara\nplace the garden\n\ntold\n  \
        scene 1, 9 pm:\n    present: Anna, Ben\n    Anna goes to the garden.\n";
    let folder = Story::new().file("story.who", loose);
    let written = whoknew(&["fmt", "story.who"]).inside(&folder).run();
    assert_eq!(written.status, Some(0), "{}", written.seen());
    let text = std::fs::read_to_string(folder.path().join("story.who")).expect("it is there");
    insta::assert_snapshot!(text);
}

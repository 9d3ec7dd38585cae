//! What is written in another way than the usual one, and is nevertheless plain.

use super::{messages, parse};
use whoknew::syntax::ast::{Item, SceneLineKind, TimeKind};

/// Asserts that two texts are understood, and alike.
fn alike(loose: &str, usual: &str) {
    assert_eq!(messages(loose), "", "{loose}");
    assert_eq!(messages(usual), "", "{usual}");
    assert_eq!(meaning(loose), meaning(usual), "{loose}");
}

/// What a text says, without how it is laid out.
fn meaning(text: &str) -> Vec<String> {
    parse(text).file().items().map(|item| item_meaning(&item)).collect()
}

fn item_meaning(item: &Item) -> String {
    match item {
        Item::Story(line) => format!("story {:?}", line.title().map(|title| title.text().to_owned())),
        Item::Entities(line) => {
            let names: Vec<String> =
                line.entities().filter_map(|entity| entity.name()).map(|name| name.text()).collect();
            format!("entities {names:?}")
        }
        Item::Scene(scene) => {
            let times: Vec<String> = scene.times().map(|time| format!("{:?}", time.kind().map(said))).collect();
            let lines: Vec<String> = scene.lines().map(|line| format!("{:?}", words(&line.kind()))).collect();
            format!("scene {:?} {times:?} {lines:?}", scene.label().map(|label| label.text().to_owned()))
        }
        Item::Start(start) => format!("start {}", start.lines().count()),
        Item::Use(line) => format!("use {:?}", line.paths().map(|path| path.text()).collect::<Vec<_>>()),
        other => format!("{other:?}").split('(').next().unwrap_or_default().to_owned(),
    }
}

fn said(time: TimeKind) -> String {
    match time {
        TimeKind::SameDay { part, scene } => format!("{part:?} {}", scene.is_some()),
        other => format!("{other:?}"),
    }
}

fn words(line: &SceneLineKind) -> String {
    match line {
        SceneLineKind::Present(names) => names.iter().map(|name| name.text()).collect::<Vec<_>>().join("+"),
        SceneLineKind::Place(name) => name.as_ref().map(|name| name.text()).unwrap_or_default(),
        other => format!("{other:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
    }
}

#[test]
fn a_full_stop_at_the_end_of_a_line() {
    alike("scene\n  Sally sings. # loudly\n  claim Sally sings.\n", "scene\n  Sally sings\n  claim Sally sings\n");
    assert!(messages("scene\n  Sally sings. Anne sings\n").starts_with("E0101 line 2"));
    assert!(messages("scene\n  Sally sings ...\n").starts_with("E0101 line 2"));
}

#[test]
fn colons_after_the_first_word_and_at_the_end_of_a_header() {
    alike("scene 1:\n  present: Anne, Bob\n  at: the box\n", "scene 1\n  present Anne, Bob\n  at the box\n");
    alike("start:\n  Sally is here\ntold:\n", "start\n  Sally is here\ntold\n");
    alike("story: \"x\"\nuse: std/talk\nperson: Anne, Bob\n", "story \"x\"\nuse std/talk\nperson Anne, Bob\n");
}

#[test]
fn names_joined_by_and() {
    alike("person Anne, Bob and Carla\n", "person Anne, Bob, Carla\n");
    alike("person Anne, Bob, and Carla\n", "person Anne, Bob, Carla\n");
}

#[test]
fn quotation_marks_of_other_languages_and_mixed_ones() {
    for title in ["“x”", "”x”", "„x“", "„x”", "«x»", "»x«", "「x」", "\"x”", "“x\""] {
        alike(&format!("story {title}\n"), "story \"x\"\n");
    }
    assert_eq!(meaning("story “say \"x\"”\n"), ["story Some(\"say \\\"x\\\"\")"]);
}

#[test]
fn a_text_that_is_indented_as_a_whole_and_scenes_below_told() {
    alike("  person Anne\n  scene 1\n    Anne sings\n", "person Anne\nscene 1\n  Anne sings\n");
    alike("told\n  scene 1\n    Anne sings\n  scene 2\n", "told\nscene 1\n  Anne sings\nscene 2\n");
    assert!(messages("person Anne\n  scene 1\n    Anne sings\n").starts_with("E0103 line 2"));
}

#[test]
fn characters_that_only_look_different() {
    alike("scene\n  Anne sings\n\u{a0}\u{a0}Bob sings\n", "scene\n  Anne sings\n  Bob sings\n");
    alike("person Anne,\u{a0}Bob\u{200b}\n", "person Anne, Bob\n");
    alike("\u{feff}person Anne\r\nscene\r\n  Anne sings\r\n", "person Anne\nscene\n  Anne sings\n");
}

#[test]
fn times_of_day() {
    for (loose, usual) in [
        ("9 am", "09:00"),
        ("9am", "09:00"),
        ("9 a.m.", "09:00"),
        ("12 am", "00:00"),
        ("12:15 p.m.", "12:15"),
        ("9:30pm", "21:30"),
        ("at 21:30", "21:30"),
        ("12.30", "12:30"),
        ("noon", "12:00"),
        ("at midnight", "00:00"),
    ] {
        alike(&format!("scene 1, day 2, {loose}\n"), &format!("scene 1, day 2, {usual}\n"));
        alike(&format!("scene 1, {loose}, day 2\n"), &format!("scene 1, {usual}, day 2\n"));
        let clock = |time: &str| format!("scene\n  Anne sings\n    clock {time}\n");
        assert_eq!(messages(&clock(loose)), "", "{loose}");
    }
    for wrong in ["13 pm", "0 am", "9.75", "25:00", "12.5"] {
        assert_ne!(messages(&format!("scene 1, {wrong}\n")), "", "{wrong}");
    }
}

#[test]
fn days_that_follow() {
    alike("scene 1, that evening\n", "scene 1, the same evening\n");
    alike("scene 1, that same evening\n", "scene 1, the same evening\n");
    alike("scene 1, the following day\n", "scene 1, the next day\n");
    alike("scene 1, next morning\n", "scene 1, the next morning\n");
}

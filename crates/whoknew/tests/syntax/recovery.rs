//! One mistake, one message; and what is right around it is still understood.

use super::{messages, parse};
use whoknew::syntax::ast::{Item, SceneLineKind};

/// How many messages a text gives.
fn count(text: &str) -> usize {
    parse(text).errors.len()
}

#[test]
fn a_broken_header_keeps_its_block() {
    let text = "action put(who person)\n  needs a(who)\n  by who\nkind thing\n";
    let items: Vec<Item> = parse(text).file().items().collect();
    let Item::Action(action) = &items[0] else { panic!("not an action: {:?}", items[0]) };
    assert_eq!((count(text), action.lines().count(), items.len()), (1, 2, 2));
}

#[test]
fn a_bracket_that_is_never_closed_does_not_swallow_the_rest() {
    let text = "rule r\n  when (a(b)\n  makes c(d)\nscene\n  Sally sings\n";
    let items: Vec<Item> = parse(text).file().items().collect();
    let Item::Rule(rule) = &items[0] else { panic!("not a rule: {:?}", items[0]) };
    assert_eq!((count(text), rule.lines().count(), items.len()), (1, 2, 2));
}

#[test]
fn a_mistyped_word_of_the_language_keeps_its_block() {
    let text = "scnee 3\n  Sally sings\n  claim Sally sings\n";
    let items: Vec<Item> = parse(text).file().items().collect();
    let Item::Scene(scene) = &items[0] else { panic!("not a scene: {:?}", items[0]) };
    assert_eq!((count(text), scene.lines().count()), (1, 2));
}

#[test]
fn a_story_cut_off_anywhere_has_at_most_one_mistake() {
    let story = include_str!("every_construct.who");
    for (index, _) in story.char_indices() {
        let shown = messages(&story[..index]);
        let lines = shown.lines().filter(|line| line.starts_with('E')).count();
        assert!(lines <= 1, "cut at {index}: {shown}");
    }
}

#[test]
fn deep_nesting_is_one_message() {
    let deep =
        |open: &str, close: &str| format!("scene\n  claim {}a(b){} = c\n", open.repeat(100_000), close.repeat(100_000));
    for (open, close) in
        [("(", ")"), ("not ", ""), ("Sally believes ", ""), ("-", ""), ("a(", ")"), ("1 if a(b) else ", "")]
    {
        let text = deep(open, close);
        let shown = messages(&text);
        assert!(
            shown.starts_with("E0109") && count(&text) == 1,
            "{open}: {}",
            shown.lines().next().unwrap_or_default()
        );
        super::walk::walk(&parse(&text));
    }
    let sum = format!("aim: {}1\n", "1 + ".repeat(100_000));
    assert_eq!(count(&sum), 1);
    let effect = format!("start\n  {}a(b)\n", "Sally believes ".repeat(100_000));
    assert_eq!(count(&effect), 1);
    let levels: String = (0..500).map(|level| format!("{}scene\n", " ".repeat(level))).collect();
    assert_eq!(count(&levels), 1, "{}", messages(&levels));
}

#[test]
fn two_hundred_levels_are_allowed() {
    let text = format!("aim: {}a(b){}\n", "(".repeat(190), ")".repeat(190));
    assert_eq!(messages(&text), "");
    super::walk::walk(&parse(&text));
}

#[test]
fn many_mistakes_are_not_all_reported() {
    let text = "kind\n".repeat(1000);
    assert_eq!(count(&text), 201);
    assert!(messages(&text).contains("E0113 line 201"));
}

#[test]
fn a_scene_whose_lines_are_not_indented_is_one_mistake() {
    let text = "scene 1\nSally sings\nclaim Sally sings\nAnne sings\nkind thing\n";
    let shown = messages(text);
    assert!(shown.starts_with("E0103 line 2") && count(text) == 1, "{shown}");
    assert_eq!(parse(text).file().items().count(), 2);
}

#[test]
fn lines_below_an_item_that_takes_none_are_one_mistake() {
    for header in ["minor person Bob", "offstage", "kind a", "person Bob", "told", "use x", "aim: f(x)"] {
        let text = format!("{header}\n  Sally sings\n  Anne sings\nkind thing\n");
        assert_eq!(count(&text), 1, "{}", messages(&text));
    }
}

#[test]
fn sentences_around_a_bad_one_are_understood() {
    let text = "scene\n  Sally sings!\n  Anne sings\n";
    let Some(Item::Scene(scene)) = parse(text).file().items().next() else { panic!("no scene") };
    let events: Vec<bool> =
        scene.lines().map(|line| matches!(line.kind(), SceneLineKind::Event { event: Some(_), .. })).collect();
    assert_eq!((count(text), events), (1, vec![false, true]));
}

#[test]
fn time_is_linear_in_the_text() {
    // Would run for minutes if anything were quadratic.
    for part in
        ["a ", "(", ")", "a(", "x believes ", "\n  and (", "\n and a", "if a(b) ", "= ", "\"", "Anne, ", "\n (", "#\n"]
    {
        let text = format!("start\n a(b) {}", part.repeat(100_000));
        parse(&text);
        parse(&text.replace('\n', "\n "));
    }
}

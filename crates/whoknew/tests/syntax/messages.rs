//! Every message as people get it.

use super::messages;

#[test]
fn messages_of_mistakes() {
    let text = include_str!("mistakes.who");
    insta::assert_snapshot!(messages(text));
}

/// Asserts the first message of a text.
fn check(text: &str, expected: &str) {
    let shown = messages(text);
    assert!(shown.starts_with(expected), "{text}\n{shown}");
}

#[test]
fn indentation() {
    check("start\n  Sally is here\n\tAnne is here\n", "E0105 line 3");
    check("start\n \tSally is here\n", "E0105 line 2");
    check("start\n    Sally is here\n  Anne is here\n", "E0104 line 3");
    check("kind a\n  kind b\n", "E0103 line 2");
    check("start\n  Sally is here\n    kind b\n  kind c\n", "E0103 line 3");
    assert_eq!(messages("kind a\n  fact b\n  fact c\n").lines().count(), 2, "one message and its help");
}

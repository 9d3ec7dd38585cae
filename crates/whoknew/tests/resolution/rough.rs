//! Rough input: whatever the text, loading ends soon and without panic, and says something if it gives no world.

use proptest::prelude::*;
use whoknew::diagnostic::Severity;
use whoknew::world::load_text;

/// A story with every sort of line, to cut and shuffle.
const STORY: &str = include_str!("every_line.who");

fn survives(text: &str) {
    let loaded = load_text("story.who", text);
    let errors = loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    assert_eq!(loaded.world.is_none(), errors > 0, "{text}");
    for diagnostic in &loaded.diagnostics {
        for label in diagnostic.primary.iter().chain(&diagnostic.secondary) {
            loaded.sources.slice(label.span);
        }
    }
}

#[test]
fn the_whole_story_is_sound() {
    assert_eq!(super::check::messages(STORY), "");
}

#[test]
fn a_story_cut_off_anywhere() {
    let ends = STORY.char_indices().map(|(at, _)| at).filter(|&at| at % 7 == 0 || STORY[..at].ends_with('\n'));
    ends.for_each(|at| survives(&STORY[..at]));
}

#[test]
fn a_story_without_one_of_its_lines() {
    let lines: Vec<&str> = STORY.lines().collect();
    for left_out in 0..lines.len() {
        let kept: Vec<&str> =
            lines.iter().enumerate().filter(|&(index, _)| index != left_out).map(|(_, line)| *line).collect();
        survives(&format!("{}\n", kept.join("\n")));
    }
}

#[test]
fn long_chains() {
    let many = |line: &dyn Fn(usize) -> String, count: usize| (0..count).map(line).collect::<Vec<_>>().join("");
    survives(&many(&|index| format!("kind k{index} : k{}\n", index + 1), 900));
    survives(&many(&|index| format!("kind k{index} : k{}\n", (index + 1) % 900), 900));
    survives(&many(&|index| format!("kind k{index}\n"), 3_000));
    let facts = many(&|index| format!("fact f{index}(x: a)\n  means f{}(x)\n", index + 1), 1_000);
    survives(&format!("kind a\n{facts}fact f1000(x: a)\n"));
    survives(&format!("kind a\n{}", many(&|index| format!("fact f(x: a, y{index}: a)\n"), 300)));
    let sum = vec!["1"; 5_000].join(" + ");
    survives(&format!("kind a : character\na Tom\nwant Tom: {sum}\n"));
    let all = vec!["b()"; 5_000].join(" and ");
    survives(&format!("fact b()\nrule r()\n  when {all}\n"));
    survives(&format!("fact b()\nrule r()\n  when {}b(){}\n", "(".repeat(5_000), ")".repeat(5_000)));
    survives(&format!("fact b()\nrule r()\n  when {}b()\n", "not ".repeat(5_000)));
    survives(&format!("kind a : character\na Tom\nfact b()\nrule r()\n  when {}b()\n", "Tom believes ".repeat(5_000)));
    let choices = "1 if b() else ".repeat(5_000);
    survives(&format!("kind a : character\na Tom\nfact b()\nwant Tom: {choices}2\n"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn shuffled_words(picks in prop::collection::vec((0usize..4_000, 0usize..3), 1..120)) {
        let words: Vec<&str> = STORY.split_inclusive([' ', '\n', '(', ')', ',']).collect();
        let mut text = String::new();
        for (pick, gap) in picks {
            text.push_str(words[pick % words.len()]);
            text.push_str(["", " ", "\n  "][gap]);
        }
        survives(&text);
    }

    #[test]
    fn swapped_lines(swaps in prop::collection::vec((0usize..200, 0usize..200), 1..6)) {
        let mut lines: Vec<&str> = STORY.lines().collect();
        for (left, right) in swaps {
            let (left, right) = (left % lines.len(), right % lines.len());
            lines.swap(left, right);
        }
        survives(&format!("{}\n", lines.join("\n")));
    }

    #[test]
    fn odd_characters(at in 0usize..4_000, odd in "\\PC{1,6}") {
        let at = (0..=at % STORY.len()).rev().find(|&at| STORY.is_char_boundary(at)).unwrap_or(0);
        survives(&format!("{}{odd}{}", &STORY[..at], &STORY[at..]));
    }
}

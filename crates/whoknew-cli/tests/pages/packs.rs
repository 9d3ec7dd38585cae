//! The sentences of the packs, as docs/packs.md lists them.

use std::fmt::Write;

use super::root;

/// What a pack has words for.
#[derive(Default)]
struct Words {
    kinds: Vec<String>,
    facts: Vec<String>,
    /// Facts that follow from others.
    derived: Vec<String>,
    actions: Vec<String>,
}

/// The lists of all packs.
pub fn lists() -> String {
    let mut names: Vec<String> = std::fs::read_dir(root().join("packs/std"))
        .expect("the packs are there")
        .map(|entry| entry.expect("the folder can be read").file_name().into_string().expect("names are UTF-8"))
        .collect();
    names.sort();
    let mut lists = String::new();
    for name in names {
        let words = words(&super::page(&format!("packs/std/{name}")));
        let _ = writeln!(lists, "\n### std/{}", name.trim_end_matches(".who"));
        let parts = [
            ("Kinds", &words.kinds),
            ("What happens", &words.actions),
            ("What is so", &words.facts),
            ("What follows from that", &words.derived),
        ];
        for (title, entries) in parts.iter().filter(|(_, entries)| !entries.is_empty()) {
            let _ = writeln!(lists, "\n{title}:\n");
            for entry in *entries {
                let _ = writeln!(lists, "- {entry}");
            }
        }
    }
    lists + "\n"
}

/// Kinds, and names with their sentences, in the order of the file.
fn words(pack: &str) -> Words {
    let mut words = Words::default();
    let mut below = "";
    for line in pack.lines().filter(|line| !line.trim_start().starts_with('#')) {
        let first = line.split_whitespace().next().unwrap_or_default();
        if !line.starts_with(' ') && !first.is_empty() {
            below = first;
        }
        let list = match below {
            "kind" => {
                words.kinds.push(format!("`{}`", line.trim_start_matches("kind").trim()));
                below = "";
                continue;
            }
            "fact" => &mut words.facts,
            "action" => &mut words.actions,
            _ => continue,
        };
        if (below, first) == ("fact", "means") {
            words.derived.extend(words.facts.pop());
            below = "";
            continue;
        }
        let Some(sentence) = line.split('"').nth(1) else { continue };
        match (first, list.last_mut()) {
            ("fact" | "action", _) => {
                let head = line.split('"').next().unwrap_or_default().trim_start_matches(first).trim();
                list.push(format!("`{head}`: `{sentence}`"));
            }
            ("also", Some(entry)) => *entry += &format!(", or `{sentence}`"),
            ("not", Some(entry)) => *entry += &format!("; the opposite: `{sentence}`"),
            _ => {}
        }
    }
    words
}

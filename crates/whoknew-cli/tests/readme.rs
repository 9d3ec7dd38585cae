//! What the README shows is what happens. To write the shown output anew: `WHOKNEW_UPDATE=1 cargo test --test readme`.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::{Story, whoknew};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).expect("the README is there")
}

/// A fenced block: what stands behind the opening fence, and the text inside.
struct Block {
    info: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let parts: Vec<&str> = page.split("```").collect();
    assert!(parts.len() % 2 == 1, "every fence has a partner");
    let inside = parts.iter().skip(1).step_by(2);
    inside
        .map(|block| {
            let (info, text) = block.split_once('\n').expect("a block has lines");
            Block { info: info.to_owned(), text: text.to_owned() }
        })
        .collect()
}

/// A folder with the files that the page shows.
fn shown_files(page: &str) -> Story {
    let files =
        blocks(page).into_iter().filter_map(|block| Some((block.info.split_once(' ')?.1.to_owned(), block.text)));
    files.fold(Story::new(), |story, (name, text)| story.file(&name, text))
}

/// What a call such as `whoknew check letter.who` prints, behind the call itself.
fn transcript(call: &str, story: &Story) -> String {
    let arguments: Vec<&str> = call.split_whitespace().skip(1).collect();
    let run = whoknew(&arguments).inside(story).run();
    format!("$ {call}\n{}{}", run.output, run.complaint)
}

#[test]
fn transcripts_are_real() {
    let page = readme();
    let story = shown_files(&page);
    let mut real = page.clone();
    let consoles: Vec<Block> = blocks(&page).into_iter().filter(|block| block.info == "console").collect();
    assert!(!consoles.is_empty());
    for block in consoles {
        let call = block.text.lines().next().and_then(|line| line.strip_prefix("$ ")).expect("a call comes first");
        real = real.replace(&block.text, &transcript(call, &story));
    }
    if std::env::var_os("WHOKNEW_UPDATE").is_some() {
        fs::write(root().join("README.md"), &real).expect("the README can be written");
    } else {
        assert_eq!(real, page, "the README shows something else; to write it anew, see the top of this file");
    }
}

#[test]
fn the_first_story_is_short_plain_and_has_one_true_finding() {
    let page = readme();
    let block = blocks(&page).into_iter().find(|block| block.info == "who letter.who").expect("there is a first story");
    assert!(block.text.lines().count() <= 15);
    assert!(!block.text.contains(['(', '=', '<', '>']), "no formulas");
    let run = whoknew(&["check", "letter.who"]).inside(&shown_files(&page)).run();
    assert_eq!(run.status, Some(1));
    assert_eq!(run.output.matches("[H").count(), 1, "{}", run.output);
    assert!(run.output.starts_with("error[H02]"), "{}", run.output);
}

#[test]
fn the_mended_first_story_is_sound() {
    let page = readme();
    let block = blocks(&page).into_iter().find(|block| block.info == "who letter.who").expect("there is a first story");
    let line =
        page.split('`').find(|text| text.starts_with("Rosa tells Carla")).expect("the README says how to mend it");
    let mended = block.text.replace("  Carla concludes", &format!("  {line}\n  Carla concludes"));
    let run = whoknew(&["check", "-"]).input(mended).run();
    assert_eq!(run.status, Some(0), "{}", run.output);
}

#[test]
fn shown_commands_work() {
    let page = readme();
    let commands: Vec<String> = blocks(&page)
        .into_iter()
        .filter(|block| block.info == "sh")
        .map(|block| block.text.trim().to_owned())
        .collect();
    assert!(commands.contains(&"cargo test --workspace".to_owned()));
    let main = commands.iter().find_map(|command| command.strip_prefix("cargo run --release -p whoknew-cli -- "));
    let arguments: Vec<&str> = main.expect("the README runs the program").split_whitespace().collect();
    let run = whoknew(&arguments).run();
    assert!(matches!(run.status, Some(0 | 1)), "{}", run.output);
}

#[test]
fn links_lead_somewhere() {
    let page = readme();
    let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for link in links.filter(|link| !link.starts_with("http")) {
        assert!(root().join(link).exists(), "{link}");
    }
}

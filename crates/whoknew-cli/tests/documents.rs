//! What README, documents and book show is what happens. To write what is shown anew:
//! `WHOKNEW_UPDATE=1 cargo test -p whoknew-cli --test documents`. How blocks are run: `pages/mod.rs`.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod pages;
mod program;

use pages::folder::Folder;
use pages::{links, page, pages_below, root, run};
use program::page::blocks;
use program::whoknew;
use std::fs;

/// Runs a page; tells what is wrong with it, or writes it anew.
fn faults(path: &str, folder: &mut Folder) -> Vec<String> {
    let shown = page(path);
    let real = run::run(path, &shown, folder);
    let mut faults: Vec<String> = real.faults.iter().map(|fault| format!("{path}: {fault}")).collect();
    faults.extend(difference(path, &shown, &real.text));
    faults
}

/// How a page differs from what it should show; or writes it anew.
fn difference(path: &str, shown: &str, real: &str) -> Option<String> {
    if std::env::var_os("WHOKNEW_UPDATE").is_some() {
        fs::write(root().join(path), real).expect("the page can be written");
        return None;
    }
    let differs = || {
        format!(
            "{path} shows something else; to write it anew, see the top of this file:\n{}",
            first_difference(shown, real)
        )
    };
    (real != shown).then(differs)
}

fn first_difference(shown: &str, real: &str) -> String {
    let same = shown.lines().zip(real.lines()).take_while(|(shown, real)| shown == real).count();
    let rest = |text: &str| text.lines().skip(same).take(12).collect::<Vec<_>>().join("\n");
    format!("line {}, shown:\n{}\nreal:\n{}", same + 1, rest(shown), rest(real))
}

fn assert_true(paths: &[String]) {
    let faults: Vec<String> = paths.iter().flat_map(|path| faults(path, &mut Folder::new())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn the_readme_shows_what_happens() {
    assert_true(&["README.md".to_owned(), "CONTRIBUTING.md".to_owned()]);
}

/// The page on packs lists all their sentences.
fn sentences_of_packs() -> Option<String> {
    const BEGIN: &str =
        "<!-- sentences: written by `WHOKNEW_UPDATE=1 cargo test -p whoknew-cli --test documents` -->\n";
    const END: &str = "<!-- end of sentences -->";
    let shown = page("docs/packs.md");
    let (head, rest) = shown.split_once(BEGIN).expect("the place of the lists is marked");
    let (_, tail) = rest.split_once(END).expect("the end of the lists is marked");
    let real = format!("{head}{BEGIN}{}{END}{tail}", pages::packs::lists());
    difference("docs/packs.md", &shown, &real)
}

#[test]
fn the_documents_show_what_happens() {
    let elsewhere = |path: &String| path.starts_with("docs/codes/") || path.starts_with("docs/book/");
    let paths: Vec<String> = pages_below("docs").into_iter().filter(|path| !elsewhere(path)).collect();
    assert!(paths.len() > 10);
    assert_eq!(sentences_of_packs(), None);
    assert_true(&paths);
}

/// The chapters that the book's list names, in its order.
fn chapters() -> Vec<String> {
    links::targets(&page("docs/book/src/SUMMARY.md")).iter().map(|name| format!("docs/book/src/{name}")).collect()
}

#[test]
fn the_book_shows_what_happens() {
    let mut folder = Folder::new();
    let faults: Vec<String> = chapters().iter().flat_map(|path| faults(path, &mut folder)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn the_book_lists_every_chapter_once() {
    let mut listed = chapters();
    listed.push("docs/book/src/SUMMARY.md".to_owned());
    listed.sort();
    assert_eq!(listed, pages_below("docs/book/src"));
}

#[test]
fn links_lead_somewhere() {
    let mut paths = pages_below("docs");
    paths.extend(["README.md".to_owned(), "CONTRIBUTING.md".to_owned(), "CHANGELOG.md".to_owned()]);
    let broken: Vec<String> = paths.iter().flat_map(|path| links::broken(path)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_first_story_of_the_readme_is_short_plain_and_has_one_true_finding() {
    let page = page("README.md");
    let block = blocks(&page).into_iter().find(|block| block.info == "who letter.who").expect("there is a first story");
    assert!(block.text.lines().count() <= 15);
    assert!(!block.text.contains(['(', '=', '<', '>']), "no formulas");
    let run = whoknew(&["check", "-"]).input(&block.text).run();
    assert_eq!(run.status, Some(1));
    assert_eq!(run.output.matches("[H").count(), 1, "{}", run.output);
    assert!(run.output.starts_with("error[H02]"), "{}", run.output);
    // As the page says, one line mends it.
    let line = page.split('`').find(|text| text.starts_with("Rosa tells Carla")).expect("the page says how to mend it");
    let mended = block.text.replace("  Carla concludes", &format!("  {line}\n  Carla concludes"));
    let run = whoknew(&["check", "-"]).input(mended).run();
    assert_eq!(run.status, Some(0), "{}", run.output);
}

#[test]
fn the_flagship_is_asked_at_least_twenty_questions() {
    let page = page("docs/slumber.md");
    let questions = blocks(&page).iter().filter(|block| block.text.starts_with("$ whoknew ask ")).count();
    assert!(questions >= 20, "{questions} questions");
}

/// How often a page with these lines is found to be at fault, and the page as it should be.
fn judged(page: &str) -> (usize, String) {
    let real = run::run("docs/page.md", page, &mut Folder::new());
    (real.faults.len(), real.text)
}

#[test]
fn pages_that_are_not_true_are_found_out() {
    const STORY: &str = "```who a.who\ncharacter Ann\nfact glad  \"Ann is glad\"\n```\n";
    let at_fault = [
        "```\nwhat is this\n```\n",
        "```who\ncharacter\n```\n",
        "```who b.who\nperson Ann\n```\n",
        "```json\n{\n```\n",
        "```rust\nlet a = 1;\n```\n",
        "```sh\nrm a.who\n```\n",
        "```sh\ncargo run --release -p whoknew-cli --example no_such_example\n```\n",
        "```console\nwithout a command\n```\n",
        "```toml whoknew.toml\nstory = 3\n```\n",
        &format!("{STORY}```diff a.who\n-character Ben\n+character Cleo\n```\n"),
        &format!("{STORY}```diff a.who\n+kind dragons are here\n character Ann\n```\n"),
    ];
    for page in at_fault {
        let (faults, _) = judged(page);
        assert_eq!(faults, 1, "{page}");
    }
    let unwritten = format!(
        "{STORY}```diff a.who\n-character Ann\n+character Ben\n```\n```who a.who whole\n```\n```console\n$ whoknew --version\n```\n"
    );
    let (faults, text) = judged(&unwritten);
    assert_eq!(faults, 0);
    assert!(text.contains("whole\ncharacter Ben\n"), "{text}");
    assert!(text.contains("--version\nwhoknew "), "{text}");
}

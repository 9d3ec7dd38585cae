//! What a message offers to be written is read: every help "write `X`" or "did you mean `X`?" of the mistakes of
//! newcomers is put into the story, in place of what is marked or of its line, and the same code is not found there again.

// Lints know only functions marked as tests.
#![allow(clippy::expect_used, clippy::panic)]

mod program;

use program::Story;
use program::mistake::{Mistake, mistakes, written};
use program::page::call;

/// Offers that stand elsewhere than in place of what is marked: a line above or below it, or in another file.
const ELSEWHERE: &[&str] =
    &["use ", "kind ", "fact ", "action ", "rule ", "extend ", "also ", "want ", "claim ", "assume ", "expect "];

fn findings(story: &str) -> Vec<serde_json::Value> {
    let seen = call("whoknew check story.who --format json", &Story::new().file("story.who", story)).seen();
    let start = seen.find('{').expect("an answer as JSON");
    let end = seen.rfind('}').expect("an answer as JSON");
    let answer: serde_json::Value = serde_json::from_str(&seen[start..=end]).expect("an answer as JSON");
    answer["findings"].as_array().cloned().unwrap_or_default()
}

fn is_at(finding: &serde_json::Value, code: &str, line: usize) -> bool {
    finding["code"] == code && finding["primary"]["start"]["line"] == line
}

/// What a help offers to be written.
fn offers(help: &str) -> Vec<String> {
    let begins = ["write `", "did you mean `"].into_iter().find_map(|begin| help.split_once(begin));
    let Some((_, rest)) = begins else { return Vec::new() };
    let offered = rest.split('`').step_by(2).take(if help.contains("did you mean") { 3 } else { 1 });
    let whole = |offer: &&str| !offer.contains(['…', '{']) && !ELSEWHERE.iter().any(|word| offer.starts_with(word));
    offered.filter(whole).map(str::to_owned).collect()
}

/// The story with an offer in place of what is marked, in place of its line, and before what is marked.
fn mended(story: &str, primary: &serde_json::Value, offer: &str) -> [String; 3] {
    let byte = |end: &str| primary[end]["byte"].as_u64().expect("a place") as usize;
    let (start, end) = (byte("start"), byte("end"));
    let line = story[..start].rfind('\n').map_or(0, |at| at + 1);
    let indented = line + story[line..].len() - story[line..].trim_start_matches([' ', '\t']).len();
    let ends = story[end..].find('\n').map_or(story.len(), |at| end + at);
    [
        format!("{}{offer}{}", &story[..start], &story[end..]),
        format!("{}{offer}{}", &story[..indented.min(start)], &story[ends..]),
        format!("{} {offer} {}", &story[..start], &story[start..]),
    ]
}

/// How many offers the messages about a story make, and those that are not read.
fn tried(name: &str, story: &str) -> (usize, String) {
    let (mut tried, mut refused) = (0, String::new());
    for finding in findings(story).iter().filter(|finding| finding["primary"]["file"] == "story.who") {
        let code = finding["code"].as_str().expect("a code");
        let line = finding["primary"]["start"]["line"].as_u64().expect("a line") as usize;
        for help in finding["help"].as_array().into_iter().flatten() {
            for offer in offers(help.as_str().unwrap_or_default()) {
                tried += 1;
                let is_mended = |story: &String| !findings(story).iter().any(|found| is_at(found, code, line));
                if !mended(story, &finding["primary"], &offer).iter().any(is_mended) {
                    refused += &format!("{name}: {code} at line {line}: {offer}\n");
                }
            }
        }
    }
    (tried, refused)
}

#[test]
fn what_is_offered_is_read() {
    let all: Vec<(&str, Mistake)> =
        written().into_iter().flat_map(|id| mistakes(id).into_iter().map(move |mistake| (id, mistake))).collect();
    let all: Vec<(&str, &str)> = all.iter().filter_map(|(id, mistake)| Some((*id, mistake.checked_text()?))).collect();
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    let results: Vec<(usize, String)> = std::thread::scope(|scope| {
        let part = |part: &'_ [(&str, &str)]| part.iter().map(|(name, story)| tried(name, story)).collect::<Vec<_>>();
        let parts = all.chunks(all.len().div_ceil(at_once).max(1));
        let running: Vec<_> = parts.map(|stories| scope.spawn(move || part(stories))).collect();
        running.into_iter().flat_map(|running| running.join().expect("every offer is tried")).collect()
    });
    let offers: usize = results.iter().map(|(tried, _)| tried).sum();
    let refused: String = results.into_iter().map(|(_, refused)| refused).collect();
    assert!(offers > 100, "{offers} offers");
    assert_eq!(refused, "", "offers that are not read, of {offers}");
}

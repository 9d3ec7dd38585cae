//! Computed help: what is proposed for a hole, pasted into the story, closes it and opens none.

// Lints know only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;
use whoknew::check;
use whoknew::diagnostic::{Diagnostic, Proposal, Severity};
use whoknew::source::Sources;
use whoknew::world;

fn check(text: &str) -> (Vec<Diagnostic>, Sources) {
    let loaded = world::load_text("story.who", text);
    let mistakes: Vec<&str> = loaded.diagnostics.iter().map(|mistake| mistake.title.as_str()).collect();
    let world = loaded.world.as_ref().unwrap_or_else(|| panic!("{mistakes:?}\n{text}"));
    assert!(mistakes.is_empty(), "{mistakes:?}\n{text}");
    let reasons = Some(whoknew::plan::told::Limits::default());
    let options = check::Options { reasons, ..check::Options::default() };
    let report = check::check(world, &loaded.usage, &loaded.sources, &options);
    (report.findings, loaded.sources)
}

/// The holes: what is not about reasons or declarations.
fn holes(findings: &[Diagnostic]) -> Vec<&Diagnostic> {
    let is_hole = |finding: &&Diagnostic| finding.severity == Severity::Error;
    findings.iter().filter(is_hole).collect()
}

/// The story with the proposed lines written into it.
fn pasted(text: &str, proposal: &Proposal, sources: &Sources) -> String {
    let before = sources.line(proposal.before) - 1;
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let indentation = lines[before].len() - lines[before].trim_start().len();
    for (index, line) in proposal.lines.iter().enumerate() {
        lines.insert(before + index, format!("{}{line}", " ".repeat(indentation)));
    }
    lines.join("\n") + "\n"
}

/// What is proposed for the first hole; checked by pasting it in.
fn proposal(text: &str) -> Option<Proposal> {
    let (findings, sources) = check(text);
    let before = holes(&findings).len();
    let proposal = holes(&findings).first().expect("a hole").proposals.first().cloned()?;
    let mended = pasted(text, &proposal, &sources);
    let (findings, _) = check(&mended);
    let left: Vec<&str> = holes(&findings).iter().map(|hole| hole.title.as_str()).collect();
    assert_eq!(left.len(), before - 1, "{left:?}\n{mended}");
    Some(proposal)
}

fn small(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/small").join(name)).unwrap()
}

#[test]
fn what_an_act_needs_is_done_before() {
    let proposal = proposal(&small("impossible-event.who")).expect("a proposal");
    assert_eq!(proposal.lines, ["Abel fills the glass"]);
    assert!(!proposal.explained, "nobody wants anything");
}

#[test]
fn who_knows_shows_it() {
    let proposal = proposal(&small("knowledge-act.who")).expect("a proposal");
    assert_eq!(proposal.lines, ["Dora shows Bruno the stair"]);
}

#[test]
fn who_has_a_reason_comes_first() {
    let text =
        small("knowledge-act.who").replace("start\n", "want Dora \"help\": 1 if Bruno believes stair()\n\nstart\n");
    let proposal = proposal(&text).expect("a proposal");
    assert_eq!(proposal.lines, ["Dora shows Bruno the stair"]);
    assert!(proposal.explained);
    assert_eq!(proposal.reasons, ["Dora wants “help” (Bruno believes that there is a stair behind the shelf)"]);
}

#[test]
fn nobody_tells_what_they_do_not_believe() {
    let proposal = proposal(&small("knowledge-premise.who")).expect("a proposal");
    assert_eq!(proposal.lines.len(), 1, "{proposal:?}");
    let line = &proposal.lines[0];
    let said = line.contains("that Agnes is the heir");
    let by_one_who_knows =
        ["Agnes ", "Bert ", "Clara overhears Agnes ", "Clara overhears Bert "].iter().any(|by| line.starts_with(by));
    assert!(said && by_one_who_knows, "{line}");
}

#[test]
fn nothing_is_proposed_where_nothing_helps() {
    let text = "story \"The wall\"\n\ncharacter Abel\nfact gap  \"there is a gap in the wall\"\n\
        action pass(who: character)  \"{who} passes the wall\"\n  needs gap()\n  makes not gap()\n  by who\n\
        scene\n  Abel passes the wall\n";
    assert_eq!(proposal(text), None);
}

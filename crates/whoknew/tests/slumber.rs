//! The flagship story (`stories/slumber`): its three holes are found, each goes away when the story is mended at the right
//! place, and all of it holds under other names.

#![allow(clippy::expect_used, clippy::panic)]

#[path = "slumber/story.rs"]
mod story;

use story::Story;

/// The premise of scene 12 that Spike cannot know.
const SPIKE_CONCLUDES: &str = "from Buffy believes that it happened that Willow telephoned Buffy";
/// The line of scene 35 that says what Giles does not know.
const GILES_IS_PUZZLED: &str = "claim Giles does not believe that Willow believes that Tara has killed Willow";
/// The line of scene 55 with the other count of meetings.
const ANGEL_COUNTS: &str = "claim times(see(Angel, Willow) since scene 47 until scene 53) = 1";

#[test]
fn nothing_but_the_expected_is_found() {
    let findings = Story::read().check();
    let unexpected: Vec<_> =
        findings.iter().filter(|finding| finding.serious && !finding.expected).map(ToString::to_string).collect();
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n"));
}

#[test]
fn spike_knows_of_calls_that_nobody_told_him_of() {
    let story = Story::read();
    let finding = story.finding("H02", SPIKE_CONCLUDES).expect("found");
    assert!(finding.expected);
    assert!(finding.mentions("Buffy tells Giles that it happened that Willow telephoned Buffy"), "{finding}");
}

#[test]
fn reasons_are_found_or_their_lack_is_said_and_the_calls_get_a_proposal() {
    let findings = Story::read().check_reasons();
    let calls = findings.iter().find(|(finding, _)| finding.code == "H02" && finding.text.starts_with(SPIKE_CONCLUDES));
    let (_, proposed) = calls.expect("the hole is still found");
    assert!(
        proposed.iter().any(|line| line.contains("Spike") && line.contains("that Willow telephoned Buffy")),
        "{proposed:?}"
    );
    let lacking =
        |line: &str| findings.iter().any(|(finding, _)| finding.code == "H05" && finding.text.starts_with(line));
    assert!(!lacking("Spike sires Willow"), "it serves his want at once");
    assert!(lacking("Spike goes to the abandoned buildings"), "in one act it serves nothing that he wants");
}

#[test]
fn giles_forgets_what_was_said_before_him() {
    let story = Story::read();
    let finding = story.finding("H04", GILES_IS_PUZZLED).expect("found");
    assert!(finding.expected);
    assert!(finding.mentions("Willow tells Angel that Tara has killed Willow"), "{finding}");
}

#[test]
fn they_count_their_meetings_differently() {
    let story = Story::read();
    let finding = story.finding("H07", ANGEL_COUNTS).expect("found");
    assert!(finding.expected);
    assert!(finding.mentions("claim times(see(Willow, Angel) since scene 47 until scene 51) = 3"), "{finding}");
}

#[test]
fn spike_may_know_if_the_calls_are_mentioned_before_he_leaves() {
    let story = Story::read().insert_before(
        "scene 7 ",
        "Spike leaves",
        "Buffy tells Giles that it happened that Willow telephoned Buffy",
    );
    assert!(story.finding("H02", SPIKE_CONCLUDES).is_none());
    assert!(story.finding("H04", GILES_IS_PUZZLED).is_some());
}

#[test]
fn spike_may_not_know_if_the_calls_are_mentioned_after_he_left() {
    let story = Story::read().insert_after(
        "scene 7 ",
        "Spike leaves",
        "Buffy tells Giles that it happened that Willow telephoned Buffy",
    );
    assert!(story.finding("H02", SPIKE_CONCLUDES).is_some());
}

#[test]
fn spike_may_know_if_somebody_tells_him_in_between() {
    let story = Story::read().replace("scene 9 ", "present Spike", "present Spike, Riley").insert_after(
        "scene 9 ",
        "through Spike",
        "Riley tells Spike that Buffy believes that it happened that Willow telephoned Buffy",
    );
    assert!(story.finding("H02", SPIKE_CONCLUDES).is_none());
}

#[test]
fn giles_may_be_puzzled_if_he_was_not_in_the_room() {
    let story = Story::read()
        .replace("scene 31 ", "present Willow, Angel, Cordelia, Giles", "present Willow, Angel, Cordelia")
        .remove("scene 31 ", "Willow tells Giles that Willow means to kill Tara");
    assert!(story.finding("H04", GILES_IS_PUZZLED).is_none());
    assert!(story.finding("H02", SPIKE_CONCLUDES).is_some());
}

#[test]
fn the_counts_agree_if_three_becomes_one() {
    let story = Story::read().replace(
        "scene 51 ",
        "claim times(see(Willow, Angel) since scene 47 until scene 51) = 3",
        "claim times(see(Willow, Angel) since scene 47 until scene 51) = 1",
    );
    assert!(story.finding("H07", ANGEL_COUNTS).is_none());
    assert!(story.finding("H02", SPIKE_CONCLUDES).is_some());
}

#[test]
fn the_counts_do_not_conflict_if_meeting_is_not_mutual() {
    let story = Story::read().remove("scene 55 ", "assume times");
    assert!(story.finding("H07", ANGEL_COUNTS).is_none());
}

#[test]
fn other_names_give_the_same_findings() {
    let story = Story::read();
    let renamed = story.renamed();
    let places = |story: &Story| -> Vec<(String, usize, bool)> {
        story.check().iter().map(|finding| (finding.code.clone(), finding.line, finding.expected)).collect()
    };
    assert!(!renamed.text().contains("Willow") && !renamed.text().contains("Giles"), "every name is replaced");
    assert_eq!(places(&story), places(&renamed));
}

#[test]
fn nobody_who_was_not_asked_in_gets_in() {
    let story = Story::read().remove("scene 27b ", "Giles asks Willow into Giles's flat");
    assert!(story.finding("H01", "present Giles, Willow").is_some());
}

#[test]
fn the_sun_burns_who_walks_by_day() {
    let story = Story::read().remove("scene 17 ", "the sun sets");
    let found = story.check();
    assert!(
        found.iter().any(|finding| finding.code == "H01" && finding.mentions("present Willow, Spike")),
        "{found:#?}"
    );
}

#[test]
fn the_spell_works_on_one_who_lost_the_soul() {
    let story = Story::read().remove("action drain", "makes changed(whom)");
    assert!(story.finding("H06", "claim Willow has a soul").is_some());
    assert!(
        story.finding("H06", "claim Willow has 14 measures of power").is_some(),
        "the spell gives no strength then"
    );
    assert!(story.finding("H02", "claim Willow knows that Willow has a soul").is_none(), "it gives the soul");
}

#[test]
fn spike_may_know_if_he_heard_tara_speak_in_the_voice() {
    let story = Story::read().replace("offstage scene calls ", "present Tara", "present Tara, Spike");
    assert!(story.finding("H02", SPIKE_CONCLUDES).is_none(), "he knows what Buffy makes of the call");
}

#[test]
fn no_library_source_holds_a_name_of_the_story() {
    let names = Story::read().single_names();
    assert!(names.len() > 10);
    for (path, text) in story::library_sources() {
        let words = text.split(|character: char| !character.is_alphanumeric());
        let found: Vec<&str> = words.filter(|word| names.contains(*word)).collect();
        assert!(found.is_empty(), "{path} holds {found:?}");
    }
}

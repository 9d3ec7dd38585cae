//! Claims about how often something happened, each with a sound twin.

// Lints know only functions marked as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod findings_support;

use findings_support::{clean, finds, pair};
use insta::assert_snapshot;

fn meetings(mutual: &str, told: &str) -> String {
    format!(
        "\
kind person : character
person Anne, Ben, Cleo
action meet(who, whom: person)  \"{{who}} meets|meet {{whom}}\"
{mutual}  by who
  seen by who
  seen by whom
test \"all are used\"
  scene
    Cleo meets Anne
told
scene 1
  Anne meets Ben
scene 2, seventy years later
  claim times(meet(Anne, Ben) since scene 1) = 3
{told}"
    )
}

#[test]
fn a_count_never_falls_short_of_what_is_told() {
    let told = meetings("", "  Anne meets Ben\n  Anne meets Ben\n  claim times(meet(Anne, someone)) LINE\n");
    assert_snapshot!(pair(&told, "= 2", "= 5"));
    assert_snapshot!(pair(&told, "< 2", ">= 2"));
}

#[test]
fn two_counts_of_the_same_stretch_conflict() {
    let told = meetings("  mutual\n", "scene 3, later\n  claim times(meet(Ben, Anne) until scene 3) = LINE\n");
    assert_snapshot!(pair(&told, "1", "3"));
    let not_mutual = meetings("", "scene 3, later\n  claim times(meet(Ben, Anne) until scene 3) = 1\n");
    clean(&not_mutual);
}

#[test]
fn an_assumption_carries_one_count_over_to_the_other() {
    let told = meetings(
        "",
        "scene 3, later\n  assume times(meet(Anne, Ben) until scene 3) = times(meet(Ben, Anne) until scene 3) \"one does not meet alone\"\n  claim times(meet(Ben, Anne) until scene 3) = LINE\n",
    );
    let twin = told.replace("LINE", "3");
    finds(&twin, &["H12"]);
    assert_snapshot!(findings_support::check(&told.replace("LINE", "1")));
}

#[test]
fn the_stretch_of_time_matters() {
    let told = meetings("", "scene 3, later\n  Anne meets Ben\n  claim times(meet(Anne, Ben) since LINE) = 1\n");
    assert_snapshot!(pair(&told, "scene 1", "scene 3"));
}

#[test]
fn what_somebody_believes_about_counts_may_exceed_what_they_noticed() {
    let told = meetings("", "  Anne meets Ben\n  claim Anne believes times(meet(Anne, Ben)) LINE\n");
    assert_snapshot!(pair(&told, "= 1", "= 4"));
}

//! `whoknew import`: a problem of another program becomes a story that checks and plans.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod program;

use program::{Story, whoknew};

const PROBLEM: &str = "// A knight, a dragon, a treasure.
type place;
type guard : character;
entity Knight : character;
entity Dragon's : guard;
entity Cave : place;
entity Castle : place;
property at(c : character) : place;
property asleep(c : character) : boolean;
property rich(c : character) : boolean;
at(Knight) = Castle; at(Dragon's) = Cave; asleep(Dragon's);
believes(Knight, !asleep(Dragon's));
action walk(who : character, from : place, to : place) {
    precondition: at(who) == from & from != to;
    effect: at(who) = to; consenting: who; observing(c : character): at(c) == from | at(c) == to;
};
action take_treasure(who : character, guard : guard, Cave) {
    precondition: at(who) == Cave & at(guard) == Cave & asleep(guard);
    effect: rich(who); consenting: who;
};
trigger see(c : character, d : guard) {
    precondition: at(c) == at(d) & believes(c, !asleep(d)) & asleep(d);
    effect: believes(c, asleep(d));
};
utility(): if(rich(Knight)) 1 else 0;
utility(Knight): if(rich(Knight)) 2 elseif(at(Knight) == Cave) 1 else 0;
";

#[test]
fn a_problem_becomes_a_story_that_checks_and_plans() {
    let folder = Story::new().file("dragon.txt", PROBLEM);
    let imported = whoknew(&["import", "sabre", "dragon.txt"]).inside(&folder).run();
    assert_eq!((imported.status, imported.complaint.as_str()), (Some(0), ""));
    insta::assert_snapshot!(imported.output);

    let folder = folder.file("dragon.who", &imported.output);
    let checked = whoknew(&["check", "dragon.who"]).inside(&folder).run();
    assert_eq!(checked.status, Some(0), "{}", checked.output);
    for file in ["dragon.txt", "dragon.who"] {
        let planned = whoknew(&["plan", file, "--aim", "1"]).inside(&folder).run();
        assert_eq!(planned.status, Some(0), "{file}: {}", planned.output);
        assert!(planned.output.starts_with("A plan of 2 acts."), "{file}: {}", planned.output);
    }
    let planned = whoknew(&["plan", "dragon.who"]).inside(&folder).run();
    assert!(planned.output.contains("1. Knight: walk from Castle to Cave"), "{}", planned.output);
}

#[test]
fn a_problem_comes_in_on_standard_input() {
    let imported = whoknew(&["import", "sabre", "-"]).input(PROBLEM).run();
    assert_eq!(imported.status, Some(0));
    assert!(imported.output.contains("character Knight\n"), "{}", imported.output);
}

#[test]
fn an_unusable_problem_prints_no_story() {
    let folder = Story::new()
        .file("broken.txt", "entity Tom : character;\nproperty at(c : character) : place;\nat(Tim) = Tom;\n");
    let run = whoknew(&["import", "sabre", "broken.txt"]).inside(&folder).run();
    assert_eq!((run.status, run.output.as_str()), (Some(2), ""));
    assert!(run.complaint.contains("E0603") && run.complaint.contains("broken.txt:3"), "{}", run.complaint);

    let run = whoknew(&["import", "sabre", "nowhere.txt"]).inside(&folder).run();
    assert_eq!((run.status, run.output.as_str()), (Some(2), ""));
    assert!(run.complaint.contains("nowhere.txt"), "{}", run.complaint);
}

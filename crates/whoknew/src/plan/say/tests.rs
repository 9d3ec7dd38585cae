//! How plans are told.

use super::{acts, lines};
use crate::plan::{Limits, Outcome, Task, plan};
use crate::source::{FileError, Files};
use crate::state::Situations;

/// One text under every path.
struct Text<'t>(&'t str);

impl Files for Text<'_> {
    fn read(&self, _: &str) -> Result<String, FileError> {
        Ok(self.0.to_owned())
    }

    fn is_folder(&self, _: &str) -> bool {
        false
    }

    fn list(&self, _: &str) -> Result<Vec<String>, FileError> {
        Ok(Vec::new())
    }
}

/// The plan for the aim of a story, told.
fn told(text: &str) -> String {
    let world = crate::world::load("a.who", &Text(text)).world.unwrap();
    let problem = crate::ground::Problem::new(&world, &world.telling, &Default::default()).unwrap();
    let mut situations = Situations::new(problem);
    let task = Task { aim: 1.0, shortest: true };
    let report = plan(&mut situations, &task, &Limits::default(), &mut ()).unwrap();
    let Outcome::Found(plan) = report.outcome else { panic!("{:?}", report.outcome) };
    let start = situations.start().unwrap();
    let said = acts(&mut situations, start, &plan.acts).unwrap();
    let text = |line: super::Line| format!("{}{} {}\n", "  ".repeat(line.depth), line.mark, line.text);
    lines(&said).into_iter().map(text).collect()
}

const PEOPLE: &str = r#"
kind person : character
kind thing
person Ann, Ben, Cid
thing bread, coin, apple
fact has(what: thing): person "{value} has the {what}"
fact owes(who, whom: person, what: thing) "{who} owes {whom} the {what}"
action buy(who, whom: person, what, pay: thing) "{who} pays {whom} the {pay} for the {what}"
  needs has(pay) = who and has(what) = whom and who != whom and what != pay
  makes has(pay) = whom and owes(whom, who, what)
  by who
  seen by c
action hand(who, whom: person, what: thing) "{who} hands {whom} the {what}"
  needs has(what) = who and owes(who, whom, what)
  makes has(what) = whom and not owes(who, whom, what)
  by who
  seen by c
start
  Ann has the coin
  Ben has the bread
  Cid has the apple
"#;

#[test]
fn others_are_counted_on() {
    insta::assert_snapshot!(told(&format!(
        "{PEOPLE}want Ann \"breakfast\": 1 if has(bread) = Ann\n\
         want Ben: 0 if owes(Ben, Ann, bread) else 1\n\
         aim: 1 if has(bread) = Ann\n"
    )), @r"
    1. Ann pays Ben the coin for the bread
       Ann wants: “breakfast” (Ann has the bread). Ann counts on this to follow:
      - Ben hands Ann the bread
         Ben wants: it is not so that Ben owes Ann the bread. This act is enough.
    2. Ben hands Ann the bread
       Ben does it for the reason told under 1.
    ");
}

#[test]
fn several_wants_and_numbers() {
    insta::assert_snapshot!(told(&format!(
        "{PEOPLE}fact hunger(who: person): number \"{{who}} has a hunger of {{value}}\"\n\
         action eat(who: person, what: thing) \"{{who}} eats the {{what}}\"\n  \
           needs has(what) = who and what != coin\n  makes has(what) = ? and hunger(who) = hunger(who) - 1\n  by who\n  seen by c\n\
         want Cid: 5 - hunger(Cid)\nwant Cid \"an empty hand\": not (has(apple) = Cid)\n\
         aim: 1 if hunger(Cid) = -1\n"
    )), @"
    1. Cid eats the apple
       Cid wants: Cid has a hunger of minus 1; “an empty hand” (Cid does not have the apple). This act is enough.
    ");
}

#[test]
fn what_a_want_rests_on_wrongly_is_said() {
    insta::assert_snapshot!(told(&format!(
        "{PEOPLE}fact thief(who: person) \"{{who}} is a thief\"\nfact hurt(who: person) \"{{who}} is hurt\"\n\
         action strike(who, whom: person) \"{{who}} strikes {{whom}}\"\n  needs who != whom\n  \
           makes hurt(whom)\n  by who\n  seen by c\n\
         want Ann \"revenge\": 1 if hurt(Ben) and thief(Ben)\n\
         start\n  Ann believes Ben is a thief\naim: 1 if hurt(Ben)\n"
    )), @"
    1. Ann strikes Ben
       Ann wants: “revenge” (Ben is hurt and Ben is a thief). Ann wrongly believes that Ben is a thief; in truth, Ben is not a thief. This act is enough.
    ");
}

#[test]
fn fate_has_no_reason() {
    insta::assert_snapshot!(told(&format!(
        "{PEOPLE}action lose(who: person, what: thing) \"{{who}} loses the {{what}}\"\n  \
           needs has(what) = who\n  makes has(what) = ?\n  seen by c\n\
         aim: 1 if has(bread) = ?\n"
    )), @"
    1. Ben loses the bread
       Nobody chooses this: the author lets it happen.
    ");
}

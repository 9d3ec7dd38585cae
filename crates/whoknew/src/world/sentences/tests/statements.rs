//! What statements read as.

use super::small_world::{small_world, statement_shown};

#[track_caller]
fn check(text: &str, formula: &str) {
    assert_eq!(statement_shown(&small_world(), text), formula, "{text}");
}

#[test]
fn facts_by_their_patterns() {
    check("the marble is in the box", "inside(marble) = box");
    check("The Marble is in a red box", "inside(marble) = the red box");
    check("marble is in red box", "inside(marble) = the red box");
    check("Sally is at Miles's flat", "at(Sally) = Miles's flat");
    check("Sally stands in the nursery", "at(Sally) = nursery");
    check("the teacher is alive", "alive(Miles)");
    check("the safe can be opened", "safe()");
    check("Sally's best friend is Anne", "friend(Sally) = Anne");
}

#[test]
fn numbers_in_digits_and_words() {
    check("Sally feels 3 units of fear", "fear(Sally) = 3");
    check("Sally feels two hundred and five units of fear", "fear(Sally) = 205");
    check("Sally feels minus 2.5 units of fear", "fear(Sally) = -2.5");
}

#[test]
fn opposites() {
    check("the marble is not in the box", "inside(marble) != box");
    check("the marble isn't in the box", "inside(marble) != box");
    check("Sally is dead", "not alive(Sally)");
    check("Sally is not alive", "not alive(Sally)");
    check("Sally is not dead", "alive(Sally)");
    check("Sally does not have the marble", "not has(Sally, marble)");
    check("Sally doesn't have the marble", "not has(Sally, marble)");
    check("the safe cannot be opened", "not safe()");
    check("the safe can not be opened", "not safe()");
    check("it is not so that Sally trusts Anne", "not trusts(Sally, Anne)");
    check("it is not so that Sally is dead", "alive(Sally)");
}

#[test]
fn lists_stand_for_one_statement_each() {
    check(
        "Sally, Anne and Miles are in the nursery",
        "at(Sally) = nursery and at(Anne) = nursery and at(Miles) = nursery",
    );
    check(
        "Sally has the marble, the box, and the basket",
        "has(Sally, marble) and has(Sally, box) and has(Sally, basket)",
    );
    check("Sally and Anne believe the safe can be opened", "Sally believes safe() and Anne believes safe()");
    check(
        "Sally and Anne have the box and the marble",
        "has(Sally, box) and has(Sally, marble) and has(Anne, box) and has(Anne, marble)",
    );
    check("Sally and Anne are not in the garden", "at(Sally) != garden and at(Anne) != garden");
}

#[test]
fn beliefs_to_any_depth() {
    check("Sally believes that the marble is in the basket", "Sally believes inside(marble) = basket");
    check("Sally thinks Anne thinks Sally is dead", "Sally believes Anne believes (not alive(Sally))");
    check("Sally does not believe Anne is alive", "not Sally believes alive(Anne)");
    check("Sally doesn't think that Anne is alive", "not Sally believes alive(Anne)");
    check("Sally knows that Anne is alive", "Sally knows alive(Anne)");
    check("Sally does not know Anne is alive", "not Sally knows alive(Anne)");
}

#[test]
fn whether_asks_for_whichever_value() {
    check("Sally knows whether Anne is dead", "Sally knows whether alive(Anne)");
    check("Sally wonders whether the marble is in the box", "Sally wonders whether inside(marble)");
    check("Sally does not know whether the marble is in the box", "not Sally knows whether inside(marble)");
    check("Sally does not wonder whether Anne is dead", "not Sally wonders whether alive(Anne)");
    check(
        "Sally knows whether Anne believes the marble is in the box",
        "Sally knows whether Anne believes inside(marble)",
    );
    check("Sally wonders whether the marble is in this or that container", "Sally wonders whether inside(marble)");
}

#[test]
fn what_happened() {
    check("it happened that Sally goes to the garden", "happened(go(Sally, garden))");
    check("it happened that someone puts something in the box", "happened(put(someone, something, box))");
    check("someone put the marble in the box", "happened(put(someone, marble, box))");
    check("it never happened that Sally walks to the garden", "not happened(go(Sally, garden))");
    check("it is not so that Anne put the marble in the box", "not happened(put(Anne, marble, box))");
    check("Sally told Anne that the marble is in the box", "happened(tell(Sally, Anne, inside(marble) = box))");
    check(
        "Sally believes Anne told Miles that Sally is dead",
        "Sally believes happened(tell(Anne, Miles, not alive(Sally)))",
    );
    check(
        "Sally and Anne put the marble in the box",
        "happened(put(Sally, marble, box)) and happened(put(Anne, marble, box))",
    );
}

#[test]
fn the_unknown() {
    check("the marble is in an unknown container", "inside(marble) = ?");
    check("the marble is in no container", "inside(marble) = ?");
    check("Sally is nowhere", "at(Sally) = ?");
    check("Sally's best friend is nobody", "friend(Sally) = ?");
    check("it is not so that Sally is nowhere", "at(Sally) != ?");
    check("Anne believes that Sally's best friend is nobody", "Anne believes friend(Sally) = ?");
    check("Sally feels an unknown number units of fear", "fear(Sally) = ?");
    check("it is unknown whether Sally is alive", "alive(Sally) = ?");
    check("it is unknown whether the marble is in the box", "inside(marble) = ?");
}

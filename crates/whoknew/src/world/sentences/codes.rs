//! The codes of everything that can be wrong with a pattern or a sentence.

use crate::diagnostic::codes;

codes! {
    /// All codes of this module.
    CODES;

    E0301, "pattern without words", "A sentence pattern has no word in it.";
    E0302, "unknown slot", "A slot of a sentence pattern is no parameter of the declaration.";
    E0303, "missing slot", "A sentence pattern leaves out a parameter, or the value of a fact.";
    E0304, "misplaced slot", "A slot occurs twice, or a statement slot is not the last part of its pattern.";
    E0305, "brace without partner", "A brace of a sentence pattern is not closed, or closes nothing.";
    E0306, "pattern too long", "A sentence pattern has more words than the limit.";
    E0310, "no such sentence", "A line fits no declared sentence pattern.";
    E0311, "two readings", "A line can be read in two different ways.";
    E0312, "unknown name in a sentence", "A line would fit a pattern, but a name in it names nothing.";
    E0313, "wrong kind in a sentence", "A line fits a pattern, but a name in it is not of the kind its slot takes.";
    E0314, "sentence too rich", "A sentence is nested deeper, or stands for more statements, than the limit.";
    E0315, "statement instead of event", "A told line is a statement, where something should happen.";
    E0316, "event instead of statement", "A line tells an action, where a statement is wanted.";
    E0317, "several names in an event", "An event has a list of names where it takes one.";
    E0318, "someone in a fact", "`someone` or `something` stands in a fact, where a certain name is wanted.";
    E0320, "not a statement", "A formula is used as a statement, but it is more than a fact with a value or a belief.";
}

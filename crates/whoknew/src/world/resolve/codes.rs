//! The codes of mistakes in names, kinds and declarations.

use crate::diagnostic::{Code, Severity};

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $id:literal $title:literal: $summary:literal;)*) => {
        $(
            $(#[$meta])*
            pub static $name: Code =
                Code { id: $id, name: $title, severity: Severity::Error, summary: $summary };
        )*

        /// All codes of this file.
        pub static DECLARATION_CODES: &[&Code] = &[$(&$name,)*];
    };
}

codes! {
    /// `E0201`: a name that names no entity.
    UNKNOWN_NAME = "E0201" "unknown name":
        "a name stands where somebody or something is meant, and nothing is declared by that name";
    /// `E0202`: a name that names no kind.
    UNKNOWN_KIND = "E0202" "unknown kind": "a kind is named that no `kind` line declares";
    /// `E0203`: a name that names no fact.
    UNKNOWN_FACT = "E0203" "unknown fact": "a fact is named that no `fact` line declares";
    /// `E0204`: a name that names no action.
    UNKNOWN_ACTION = "E0204" "unknown action": "an action is named that no `action` line declares";
    /// `E0205`: one name for two things.
    DECLARED_TWICE = "E0205" "declared twice":
        "two entities have one name or alias, or two facts, actions or rules of one name can have the same arguments";
    /// `E0206`: a kind below itself.
    KIND_CYCLE = "E0206" "kinds in a circle": "a kind lies below itself, directly or through other kinds";
    /// `E0207`: an argument that does not fit.
    WRONG_KIND = "E0207" "wrong kind": "somebody or something stands where another kind is asked for";
    /// `E0208`: too few or too many arguments.
    WRONG_COUNT = "E0208" "wrong number of arguments":
        "a fact or action is given fewer or more arguments than it has parameters";
    /// `E0209`: a derived fact where only a base fact can be.
    DERIVED_MADE = "E0209" "derived fact made": "a fact that follows from others is made so instead of those others";
    /// `E0210`: two values that can never be equal.
    CANNOT_COMPARE = "E0210" "values that cannot be compared":
        "the two sides of a comparison are of different sorts, so that they could never be equal";
    /// `E0211`: a derived fact that depends on itself.
    DERIVED_CYCLE = "E0211" "facts in a circle": "a derived fact follows from itself, directly or through other facts";
    /// `E0215`: a number that is too large.
    NUMBER_RANGE = "E0215" "number out of range": "a number is larger than whoknew can count exactly";
    /// `E0216`: a value where a condition is asked for, or the reverse.
    WRONG_SORT = "E0216" "wrong sort of value":
        "a number, a name or a yes/no condition stands where another of these is asked for";
    /// `E0217`: `extend` without something to extend.
    NOTHING_TO_EXTEND = "E0217" "nothing to extend": "`extend` names no declared fact, action or rule, or several";
    /// `E0218`: a line that its declaration cannot have.
    MISPLACED_LINE = "E0218" "misplaced line":
        "a declaration holds a line that does not fit it, or one that it may have only once";
    /// `E0219`: a word that cannot be a name.
    RESERVED_NAME = "E0219" "reserved name": "a declaration takes a name that the language itself uses";
    /// `E0220`: an overloaded name that could mean several things.
    AMBIGUOUS_CALL = "E0220" "ambiguous arguments":
        "several facts or actions of one name fit the arguments, because `someone` fits everything";
    /// `E0221`: an unknown somebody where a certain one is needed.
    SOMEONE_MISUSED = "E0221" "someone misused":
        "`someone` or `something` stands outside `happened`, `times`, a told event and `seen by … as`";
    /// `E0222`: a fact as the argument of a fact, where that cannot be.
    NESTED_FACT = "E0222" "fact inside a fact":
        "a fact is used as an argument outside a condition, where only names can be arguments";
    /// `E0223`: a statement that cannot be made so.
    CANNOT_BE_MADE = "E0223" "cannot be made so": "what is to be made so is not a fact with a value";
    /// `E0224`: a default that is not a plain value.
    BAD_DEFAULT = "E0224" "default not a value": "`default` gives something that is not a plain value of the fact";
    /// `E0226`: more kinds than can be compared.
    TOO_MANY_KINDS = "E0226" "too many kinds": "a story declares more than 1,000 kinds";
}

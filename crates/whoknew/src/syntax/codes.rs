//! The codes of mistakes in the form of a text.

use crate::diagnostic::{Code, Severity};

/// Defines a code and its catalogue entry.
macro_rules! error_code {
    ($name:ident, $id:literal, $title:literal, $summary:literal) => {
        #[doc = $summary]
        pub static $name: Code = Code { id: $id, name: $title, severity: Severity::Error, summary: $summary };
    };
}

error_code!(STRAY, "E0101", "stray character", "A character stands where it has no meaning.");
error_code!(OPEN_STRING, "E0102", "open quotation mark", "A quotation mark has no partner on its line.");
error_code!(INDENTED, "E0103", "unexpected indentation", "A line is indented below a line that takes none below it.");
error_code!(
    UNEVEN,
    "E0104",
    "uneven indentation",
    "A line is indented less than the others of its block and more than the line the block belongs to."
);
error_code!(
    MIXED,
    "E0105",
    "mixed indentation",
    "A line is indented with other characters (tabs or spaces) than the lines around it."
);
error_code!(UNKNOWN_LINE, "E0106", "line out of place", "A line is not one of those that may stand in its place.");
error_code!(EXPECTED, "E0107", "part missing", "A line lacks a part, or has another where that part should be.");
error_code!(BRACKET, "E0108", "unpaired bracket", "A bracket has no partner.");
error_code!(TOO_DEEP, "E0109", "too deep", "Brackets, beliefs, or operators are nested deeper than the limit.");
error_code!(
    OUT_OF_RANGE,
    "E0110",
    "no such number or time",
    "A number, time of day or date does not exist or is too large."
);
error_code!(BAD_TIME, "E0111", "time not understood", "A part of a scene's header is none of the ways to say a time.");
error_code!(
    NOT_AN_EVENT,
    "E0112",
    "not an event",
    "A line of a scene holds a bracket or comparison sign and is no call of an action."
);
error_code!(
    TOO_MANY,
    "E0113",
    "too many mistakes",
    "A text has so many mistakes in its form that the rest are not reported."
);

/// All codes of this module.
pub static CODES: &[&Code] = &[
    &STRAY,
    &OPEN_STRING,
    &INDENTED,
    &UNEVEN,
    &MIXED,
    &UNKNOWN_LINE,
    &EXPECTED,
    &BRACKET,
    &TOO_DEEP,
    &OUT_OF_RANGE,
    &BAD_TIME,
    &NOT_AN_EVENT,
    &TOO_MANY,
];

//! The codes of what can be wrong with a question why.

use crate::diagnostic::{Code, Severity};

macro_rules! codes {
    ($($id:ident, $name:literal, $summary:literal;)*) => {
        $(
            #[doc = $summary]
            pub static $id: Code =
                Code { id: stringify!($id), name: $name, severity: Severity::Error, summary: $summary };
        )*
        /// All codes of questions why.
        pub static WHY_CODES: &[&Code] = &[$(&$id,)*];
    };
}

codes! {
    E0821, "told nowhere", "A question is about an event that the story does not tell.";
    E0822, "told several times", "A question is about an event that the story tells more than once.";
    E0823, "nothing to ask about", "A question why is about something that is neither an event, a thought nor a statement.";
}

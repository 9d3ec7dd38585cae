//! The codes of what can be wrong with a question why.

use crate::diagnostic::codes;

codes! {
    /// All codes of questions why.
    WHY_CODES;

    E0821, "told nowhere", "A question is about an event that the story does not tell.";
    E0822, "told several times", "A question is about an event that the story tells more than once.";
    E0823, "nothing to ask about", "A question why is about something that is neither an event, a thought nor a statement.";
}

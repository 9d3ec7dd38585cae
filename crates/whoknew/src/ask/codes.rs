//! The codes of everything that can be wrong with a question, or with the point in the story that it is about.

use crate::diagnostic::codes;

codes! {
    /// All codes of questions.
    CODES;

    E0801, "no such scene", "A point names a scene that is not told.";
    E0802, "no such event", "A point names an event that the scene does not have.";
    E0803, "no scenes", "A point in the story is named, but the story tells no scene.";
    E0804, "unclear scene", "A point names a scene by a title that several scenes have.";
    E0805, "question not understood", "A question fits no form of questions.";
    E0806, "unknown name in a question", "A question would fit a form, but a name in it names nothing.";
    E0807, "wrong kind in a question", "A question asks about the mind of something that is no character.";
    E0808, "question too long", "A question has more words than the limit.";
    E0809, "no times", "A point names a time, but the story tells no time of day.";
}

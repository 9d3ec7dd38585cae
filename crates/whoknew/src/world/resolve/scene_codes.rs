//! The codes of everything that can be wrong with scenes, their times and their lines.

use crate::diagnostic::codes;

codes! {
    /// All codes of scenes.
    SCENE_CODES;

    E0401, "doubled scene label", "Two scenes have the same label.";
    E0402, "unknown scene", "A scene is named that is not told.";
    E0403, "unclear scene", "A scene is named by a title that several scenes have.";
    E0404, "no scene before", "The first scene is placed relative to the scene told before it.";
    E0405, "scene after itself", "A scene is placed relative to itself.";
    E0406, "time out of range", "A day, year or duration is outside the range that can be counted.";
    E0407, "doubled scene line", "A scene says twice where it plays, who is present, through whom, or how long it lasts.";
    E0408, "unknown want", "`because` or `drops` names a want that is not declared, or is somebody else's.";
    E0409, "misplaced line", "A line stands below a line that it says nothing about.";
    E0410, "not a place", "A scene plays at something that no location fact can have as its value.";
    E0411, "nothing to forget", "What is to be forgotten is not a fact with a value.";
}

//! The packs that ship with the library: story files written in the language itself, read by `use std/…`.

/// A pack and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The name that `use` gives it, as `std/places`.
    pub name: &'static str,
    /// Its text, in the story language.
    pub text: &'static str,
}

/// All packs, by name.
pub static PACKS: &[Pack] = &[
    Pack { name: "std/homes", text: include_str!("../../packs/std/homes.who") },
    Pack { name: "std/people", text: include_str!("../../packs/std/people.who") },
    Pack { name: "std/places", text: include_str!("../../packs/std/places.who") },
    Pack { name: "std/secrets", text: include_str!("../../packs/std/secrets.who") },
    Pack { name: "std/talk", text: include_str!("../../packs/std/talk.who") },
    Pack { name: "std/things", text: include_str!("../../packs/std/things.who") },
    Pack { name: "std/time", text: include_str!("../../packs/std/time.who") },
    Pack { name: "std/ways", text: include_str!("../../packs/std/ways.who") },
];

/// The pack that `use` names so.
///
/// ```
/// assert!(whoknew::world::packs::find("std/places").is_some());
/// assert!(whoknew::world::packs::find("std/plces").is_none());
/// ```
pub fn find(name: &str) -> Option<&'static Pack> {
    PACKS.iter().find(|pack| pack.name.eq_ignore_ascii_case(name))
}

/// The pack that declares a kind.
///
/// ```
/// assert_eq!(whoknew::world::packs::with_kind("place").map(|pack| pack.name), Some("std/places"));
/// ```
pub fn with_kind(kind: &str) -> Option<&'static Pack> {
    let declares =
        |line: &str| line.strip_prefix("kind ").and_then(|rest| rest.split_whitespace().next()) == Some(kind);
    PACKS.iter().find(|pack| pack.text.lines().any(declares))
}

/// The pack with a pattern in which a word stands.
///
/// ```
/// assert_eq!(whoknew::world::packs::with_word("whispers").map(|pack| pack.name), Some("std/talk"));
/// ```
pub fn with_word(word: &str) -> Option<&'static Pack> {
    let says = |line: &str| {
        let pattern = line.split('"').nth(1).filter(|_| !line.starts_with('#')).unwrap_or_default();
        pattern.split([' ', '|']).any(|own| own == word)
    };
    PACKS.iter().find(|pack| pack.text.lines().any(says))
}

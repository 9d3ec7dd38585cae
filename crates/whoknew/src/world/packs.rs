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
    Pack { name: "std/places", text: include_str!("../../packs/std/places.who") },
    Pack { name: "std/talk", text: include_str!("../../packs/std/talk.who") },
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

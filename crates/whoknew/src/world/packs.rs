//! The packs that ship with the library: story files written in the language itself, read by `use std/…`.

use crate::suggest;

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

/// The packs that a path may mean that names none: misspelt, with another sign for `/`, without its folder.
pub(crate) fn meant(path: &str) -> Vec<&'static Pack> {
    let plain = path.trim_matches('"').trim_end_matches(".who").replace(['.', '\\', ':'], "/").to_lowercase();
    let last = plain.rsplit('/').next().unwrap_or(&plain);
    let is_last = |pack: &&Pack| pack.name.strip_prefix("std/") == Some(last);
    if let Some(pack) = PACKS.iter().find(is_last) {
        return vec![pack];
    }
    if !plain.starts_with("std") {
        return Vec::new();
    }
    let near = suggest::nearest(&plain, PACKS.iter().map(|pack| pack.name));
    PACKS.iter().filter(|pack| near.contains(&pack.name)).collect()
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

/// The pack that declares a fact, an action or a rule of this name; `word` is which of these.
///
/// ```
/// assert_eq!(whoknew::world::packs::declaring("fact", "alive").map(|pack| pack.name), Some("std/people"));
/// ```
pub fn declaring(word: &str, name: &str) -> Option<&'static Pack> {
    let declares = |line: &str| {
        let rest = line.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')).unwrap_or_default();
        rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next() == Some(name)
    };
    PACKS.iter().find(|pack| pack.text.lines().any(declares))
}

impl Pack {
    /// Its patterns, as written.
    pub fn patterns(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('"').nth(1))
    }
}

impl Pack {
    /// The sentences of its facts or of its actions; `word` is which.
    fn sentences(&'static self, word: &str) -> Vec<PackSentence> {
        let mut found = Vec::new();
        let mut name = None;
        for line in self.text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            if !line.starts_with(' ') {
                let rest = line.strip_prefix(word).and_then(|rest| rest.strip_prefix(' '));
                name =
                    rest.and_then(|rest| rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next());
            }
            if let (Some(name), Some(text)) = (name, line.split('"').nth(1)) {
                let opposite = line.trim_start().starts_with("not ");
                found.push(PackSentence { pack: self, text, name, opposite });
            }
        }
        found
    }
}

fn own_words(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split(' ').filter(|word| !word.contains('{'))
}

/// A pattern of a pack, which some words may say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PackPattern {
    /// The pack.
    pub pack: &'static Pack,
    /// As written, as `{who} tells|tell {whom} that {what}`.
    pub text: &'static str,
}

/// The pattern of a pack that has just these words of its own, in this order, and so many slots.
pub(crate) fn saying_just(own: &[&str], slots: usize, used: &dyn Fn(&Pack) -> bool) -> Option<PackPattern> {
    let says = |text: &&str| {
        let words: Vec<&str> = own_words(text).filter(|word| !["the", "a", "an"].contains(word)).collect();
        let same = |(pattern, word): (&&str, &&str)| pattern.split('|').any(|form| form == *word);
        !own.is_empty()
            && words.len() == own.len()
            && text.matches('{').count() == slots
            && words.iter().zip(own).all(same)
    };
    let found = |pack: &'static Pack| pack.patterns().find(says).map(|text| PackPattern { pack, text });
    PACKS.iter().filter(|pack| !used(pack)).find_map(found)
}

/// A sentence that a pack declares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PackSentence {
    /// The pack.
    pub pack: &'static Pack,
    /// The pattern, as written.
    pub text: &'static str,
    /// The name of the fact or action that it says.
    pub name: &'static str,
    /// It says the opposite.
    pub opposite: bool,
}

/// The sentence of a pack in which all words of a name stand, of a `fact` or an `action`, whichever `word` is; those
/// with fewest other words first.
pub(crate) fn sentence_with(word: &str, name: &str) -> Option<PackSentence> {
    let stands = |sentence: &PackSentence| {
        let forms = || own_words(sentence.text).flat_map(|word| word.split('|'));
        name.split('_').all(|part| forms().any(|form| form.eq_ignore_ascii_case(part)))
    };
    let all = PACKS.iter().flat_map(|pack| pack.sentences(word));
    all.filter(stands).min_by_key(|sentence| own_words(sentence.text).count())
}

/// The pattern of a pack that most of these words would fit: at least half of its own words are among them, and one of
/// those is `telling`: a word that the story does not have and that few patterns share. It may lack more if those are `small`. Packs that are `used` are left out.
///
/// ```
/// let words = ["anne", "tells", "ben", "that", "it", "rains"];
/// let is_small = |word: &str| word == "that";
/// let found = whoknew::world::packs::saying(&words, &|word| !is_small(word), &is_small, &|_| false).unwrap();
/// assert_eq!((found.pack.name, found.text), ("std/talk", "{who} tells|tell {whom} that {what}"));
/// ```
pub fn saying(
    words: &[&str],
    telling: &dyn Fn(&str) -> bool,
    small: &dyn Fn(&str) -> bool,
    used: &dyn Fn(&Pack) -> bool,
) -> Option<PackPattern> {
    let mut best: Option<(usize, usize, PackPattern)> = None;
    for pack in PACKS.iter().filter(|pack| !used(pack)) {
        for text in pack.patterns() {
            let own: Vec<&str> = own_words(text).collect();
            let stands = |word: &&&str| word.split('|').any(|form| words.contains(&form));
            let found: Vec<&&str> = own.iter().filter(stands).collect();
            let tells = found.iter().any(|word| word.split('|').all(telling));
            let missing = own.len() - found.len();
            let lacks = own.iter().any(|word| !stands(&word) && !word.split('|').any(small));
            if !tells || (missing >= found.len() && (lacks || missing > found.len())) {
                continue;
            }
            let better = best.as_ref().is_none_or(|&(least, most, _)| (missing, most) < (least, found.len()));
            if better {
                best = Some((missing, found.len(), PackPattern { pack, text }));
            }
        }
    }
    best.map(|(_, _, pattern)| pattern)
}

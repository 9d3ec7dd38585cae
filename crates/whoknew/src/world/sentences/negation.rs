//! The opposite of a pattern: `not` after the first of `is`, `was`, `has`, `can`, `must`, `will`.

use crate::world::{Sentence, SentencePart};

/// A word after which `not` can stand.
struct Auxiliary {
    /// Its forms, the singular first.
    forms: &'static [&'static str],
    /// What replaces it in the opposite, the printed one first; each is a list of words with their forms.
    opposites: &'static [&'static [&'static [&'static str]]],
}

const AUXILIARIES: &[Auxiliary] = &[
    Auxiliary { forms: &["is", "are"], opposites: &[&[&["is", "are"], &["not"]], &[&["isn't", "aren't"]]] },
    Auxiliary { forms: &["was", "were"], opposites: &[&[&["was", "were"], &["not"]], &[&["wasn't", "weren't"]]] },
    Auxiliary {
        forms: &["has", "have"],
        opposites: &[
            &[&["does", "do"], &["not"], &["have"]],
            &[&["doesn't", "don't"], &["have"]],
            &[&["has", "have"], &["not"]],
            &[&["hasn't", "haven't"]],
        ],
    },
    Auxiliary { forms: &["can"], opposites: &[&[&["cannot", "can't"]], &[&["can"], &["not"]]] },
    Auxiliary { forms: &["must"], opposites: &[&[&["must"], &["not"]], &[&["mustn't"]]] },
    Auxiliary { forms: &["will"], opposites: &[&[&["will"], &["not"]], &[&["won't"]]] },
];

/// All ways to say the opposite of what `sentence` says, the printed one first; none without an auxiliary.
pub(crate) fn opposites(sentence: &Sentence) -> Vec<Sentence> {
    let found = sentence.parts.iter().enumerate().find_map(|(index, part)| match part {
        SentencePart::Word(forms) => Some((index, auxiliary(forms)?)),
        _ => None,
    });
    let Some((index, (auxiliary, form))) = found else { return Vec::new() };
    let replaced = |words: &&[&[&str]]| {
        let words = words.iter().map(|forms| SentencePart::Word(ordered(forms, form)));
        let mut parts = sentence.parts.clone();
        parts.splice(index..=index, words);
        Sentence { parts, span: sentence.span }
    };
    let mut all: Vec<Sentence> = auxiliary.opposites.iter().map(replaced).collect();
    if auxiliary.forms.contains(&"has") && sentence.parts.get(index + 1).is_some_and(is_participle) {
        all.rotate_left(HAS_NOT);
    }
    all
}

/// Where `has not` stands among the opposites of `has`: `has not looked`, but `does not have the marble`.
const HAS_NOT: usize = 2;

/// Whether a part of a pattern, after `has`, looks like a participle.
fn is_participle(part: &SentencePart) -> bool {
    const IRREGULAR: &[&str] =
        &["had", "left", "lost", "met", "told", "come", "made", "heard", "found", "kept", "said", "set"];
    let SentencePart::Word(forms) = part else { return false };
    let regular = |word: &str| ["ed", "en", "wn", "ne"].iter().any(|ending| word.ends_with(ending));
    forms.iter().any(|word| IRREGULAR.contains(&word.as_str()) || regular(word))
}

/// The plural that a word of a pattern also matches: `is` also matches `are`.
pub(super) fn plural(folded: &str) -> Option<&'static str> {
    match folded {
        "is" => Some("are"),
        "was" => Some("were"),
        "has" => Some("have"),
        "does" => Some("do"),
        "isn't" => Some("aren't"),
        "wasn't" => Some("weren't"),
        "hasn't" => Some("haven't"),
        "doesn't" => Some("don't"),
        _ => None,
    }
}

/// The auxiliary among the forms of a word, and which of its forms comes first.
fn auxiliary(forms: &[String]) -> Option<(&'static Auxiliary, usize)> {
    forms.iter().find_map(|word| {
        AUXILIARIES.iter().find_map(|auxiliary| {
            let form = auxiliary.forms.iter().position(|form| word.eq_ignore_ascii_case(form))?;
            Some((auxiliary, form))
        })
    })
}

/// The forms as owned words, with number `first` in front, since the first is printed.
fn ordered(forms: &[&str], first: usize) -> Vec<String> {
    let mut words: Vec<String> = forms.iter().map(|&form| form.to_owned()).collect();
    if words.len() > 1 && !forms.contains(&"cannot") {
        words.rotate_left(first.min(forms.len() - 1));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::{is_participle, opposites};
    use crate::source::{FileId, Span};
    use crate::world::{Sentence, SentencePart};

    fn printed(words: &[&str]) -> Vec<String> {
        let parts = words.iter().map(|&word| SentencePart::Word(vec![word.to_owned()])).collect();
        let sentence = Sentence { parts, span: Span::new(FileId::from_index(0), 0..0) };
        let first = opposites(&sentence).into_iter().next().map(|opposite| opposite.parts).unwrap_or_default();
        let word = |part: &SentencePart| match part {
            SentencePart::Word(forms) => forms.first().cloned().unwrap_or_default(),
            _ => String::new(),
        };
        first.iter().map(word).collect()
    }

    #[test]
    fn has_is_an_auxiliary_before_a_participle_alone() {
        assert_eq!(printed(&["has", "looked"]), ["has", "not", "looked"]);
        assert_eq!(printed(&["has", "debts"]), ["does", "not", "have", "debts"]);
        assert_eq!(printed(&["is", "open"]), ["is", "not", "open"]);
        assert!(!is_participle(&SentencePart::Word(vec!["courage".to_owned()])));
    }
}

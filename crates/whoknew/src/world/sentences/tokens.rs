//! The words of a sentence: how text is cut, and how words are compared.

use unicode_normalization::UnicodeNormalization;

use crate::source::{FileId, Span};
use crate::syntax::is_abbreviated;

/// One word, number, comma or possessive mark of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// As written.
    pub text: &'t str,
    /// Where.
    pub span: Span,
}

/// How the possessive mark is written once compared: `'s`, `'`, `’s` and `’` are one.
pub(super) const POSSESSIVE: &str = "'s";

/// Cuts `text`, which starts at byte `start` of `file`, into tokens. Spaces vanish; every character that belongs
/// to no word is a token of its own.
pub fn tokens(text: &str, file: FileId, start: u32) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut position = 0;
    while let Some(first) = text[position..].chars().next() {
        if first.is_whitespace() || is_unseen(first) {
            position += first.len_utf8();
            continue;
        }
        let mut length = token_length(&text[position..]);
        let word = &text[position..position + length];
        if let Some(after) = text[position + length..].strip_prefix('.')
            && is_abbreviated(word, after)
        {
            length += 1;
        }
        let end = position + length;
        let span = Span::new(file, start + position as u32..start + end as u32);
        tokens.push(Token { text: &text[position..end], span });
        position = end;
    }
    tokens
}

/// Marks of byte order, joining and direction.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The length in bytes of the token that `text` begins with. `text` is not empty.
fn token_length(text: &str) -> usize {
    let word = word_length(text);
    if word > 0 {
        return number_length(text, word);
    }
    let Some(first) = text.chars().next() else { return 0 };
    let mark = first.len_utf8();
    if is_apostrophe(first) && text[mark..].starts_with(['s', 'S']) && word_length(&text[mark..]) == 1 {
        return mark + 1;
    }
    mark
}

/// The length of the word that `text` begins with, without a possessive ending.
fn word_length(text: &str) -> usize {
    let mut end = 0;
    let mut joint = None;
    for (position, character) in text.char_indices() {
        if is_word_character(character) {
            end = position + character.len_utf8();
        } else if end == position && end > 0 && is_joint(character) {
            joint = is_apostrophe(character).then_some(position).or(joint);
        } else {
            break;
        }
    }
    match joint {
        Some(mark) if is_possessive(&text[mark..end.max(mark)]) => mark,
        _ => end,
    }
}

/// A number goes on over one decimal point.
fn number_length(text: &str, word: usize) -> usize {
    let all_digits = text[..word].bytes().all(|byte| byte.is_ascii_digit());
    match text[word..].strip_prefix('.') {
        Some(rest) if all_digits => {
            let decimals = rest.bytes().take_while(u8::is_ascii_digit).count();
            if decimals > 0 { word + 1 + decimals } else { word }
        }
        _ => word,
    }
}

fn is_joint(character: char) -> bool {
    character == '-' || is_apostrophe(character)
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’')
}

/// Whether `text` is a possessive mark: `'s` or `'`, in either shape of the apostrophe.
pub(crate) fn is_possessive(text: &str) -> bool {
    matches!(text, "'" | "’" | "'s" | "’s" | "'S" | "’S")
}

/// Letters, marks, digits and `_`. Beyond ASCII everything counts but spaces, controls and the punctuation blocks.
fn is_word_character(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_alphanumeric() || character == '_';
    }
    character.is_alphanumeric()
        || !(character.is_whitespace()
            || character.is_control()
            || matches!(character, '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{2bff}' | '\u{2e00}'..='\u{2e7f}'
                | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{fe10}'..='\u{fe1f}'
                | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{feff}'))
}

/// Writes into `out` what `text` is compared by: lower case, no full stop of a title, one apostrophe, one possessive mark, each accent with its
/// letter as one character.
pub(super) fn fold(text: &str, out: &mut String) {
    out.clear();
    let text = text.strip_suffix('.').filter(|text| !text.is_empty()).unwrap_or(text);
    if is_possessive(text) {
        out.push_str(POSSESSIVE);
    } else if text.is_ascii() {
        out.push_str(text);
        out.make_ascii_lowercase();
    } else {
        for character in text.nfc() {
            match character {
                '’' => out.push('\''),
                other => out.extend(other.to_lowercase()),
            }
        }
    }
}

/// What `text` is compared by.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::new();
    fold(text, &mut out);
    out
}

/// Whether a folded word is skipped wherever names and sentences are compared.
pub(crate) fn is_article(folded: &str) -> bool {
    matches!(folded, "the" | "a" | "an")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text, FileId::from_index(0), 0).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn possessive_marks_are_tokens() {
        assert_eq!(
            texts("Miles's flat, the Potters' house"),
            ["Miles", "'s", "flat", ",", "the", "Potters", "'", "house"]
        );
        assert_eq!(texts("Miles’s Rock’n’roll"), ["Miles", "’s", "Rock’n’roll"]);
    }

    #[test]
    fn joints_stay_inside_words() {
        assert_eq!(texts("O'Brien isn't well-known"), ["O'Brien", "isn't", "well-known"]);
        assert_eq!(texts("all - or"), ["all", "-", "or"]);
    }

    #[test]
    fn numbers_keep_their_decimals() {
        assert_eq!(texts("3.5 units 21:30 7."), ["3.5", "units", "21", ":", "30", "7", "."]);
    }

    #[test]
    fn titles_and_initials_keep_their_full_stop() {
        assert_eq!(
            texts("Mrs. Ashby met J. R. Cole at St. Mary's."),
            ["Mrs.", "Ashby", "met", "J.", "R.", "Cole", "at", "St.", "Mary", "'s", "."]
        );
        let mut folded = String::new();
        fold("Mrs.", &mut folded);
        assert_eq!(folded, "mrs");
    }

    #[test]
    fn any_script_makes_words() {
        assert_eq!(texts("Соня идёт в सिटी 花子 は"), ["Соня", "идёт", "в", "सिटी", "花子", "は"]);
    }
}

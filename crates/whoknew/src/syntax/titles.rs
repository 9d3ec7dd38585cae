//! Full stops inside names: `Mrs. Ashby`, `St. Mary's`, `J. R. Cole`.

/// Titles that are written with a full stop, in small letters.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "mx", "messrs", "dr", "prof", "st", "rev", "fr", "sr", "jr", "hon", "capt", "col", "cmdr", "lt",
    "maj", "gen", "sgt", "cpl", "pte", "adm", "insp", "supt", "gov", "sen", "pres", "mme", "mlle", "mgr", "msgr", "hr",
    "sra", "srta", "sig", "mt", "ft",
];

/// Whether the full stop between `word` and `after` belongs to the word: to a title or an initial before a name.
///
/// ```
/// use whoknew::syntax::is_abbreviated;
/// assert!(is_abbreviated("Mrs", " Ashby goes home"));
/// assert!(is_abbreviated("J", " Cole"));
/// assert!(!is_abbreviated("Mrs", "\nAshby"));
/// assert!(!is_abbreviated("home", " Ashby follows"));
/// assert!(!is_abbreviated("Dr", ""));
/// ```
pub fn is_abbreviated(word: &str, after: &str) -> bool {
    let name = after.trim_start_matches(|next: char| next.is_whitespace() && !"\r\n".contains(next));
    let begins = |is_so: fn(char) -> bool| name.chars().next().is_some_and(is_so);
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (Some(initial), None) => initial.is_uppercase() && begins(char::is_uppercase),
        (Some(first), Some(_)) => {
            let is_title = TITLES.iter().any(|title| word.eq_ignore_ascii_case(title));
            is_title && first.is_uppercase() && name.len() < after.len() && begins(char::is_alphabetic)
        }
        _ => false,
    }
}

//! Every code that there is.

use crate::diagnostic::Code;
use crate::{ask, check, ground, import, plan, settings, suggest, syntax, world};

/// All codes, ordered by their ids; each id occurs once.
///
/// ```
/// let codes = whoknew::catalogue::codes();
/// assert!(codes.iter().any(|code| code.id == "E0001"));
/// ```
pub fn codes() -> Vec<&'static Code> {
    let mut codes = [
        syntax::CODES,
        &world::codes(),
        ground::CODES,
        import::sabre::CODES,
        import::write::CODES,
        plan::CODES,
        check::CODES,
        ask::CODES,
        ask::why::WHY_CODES,
        settings::CODES,
    ]
    .concat();
    codes.sort_by_key(|code| code.id);
    codes
}

/// The code with the id or name that somebody writes so, without regard to case and to brackets around it.
///
/// ```
/// use whoknew::catalogue::find;
/// assert_eq!(find("[h01]"), find("impossible event"));
/// ```
pub fn find(written: &str) -> Option<&'static Code> {
    let written = written.trim().trim_matches(['[', ']']);
    let same = |given: &str| given.eq_ignore_ascii_case(written);
    codes().into_iter().find(|code| same(code.id) || same(code.name))
}

/// "did you mean …?" for what is the id and name of no code, if some are near.
///
/// ```
/// assert_eq!(whoknew::catalogue::did_you_mean("H010").as_deref(), Some("did you mean `H01` or `H10`?"));
/// ```
pub fn did_you_mean(written: &str) -> Option<String> {
    suggest::did_you_mean(written, codes().iter().flat_map(|code| [code.id, code.name]))
}

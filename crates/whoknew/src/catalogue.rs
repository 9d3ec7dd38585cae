//! Every code that there is.

use crate::diagnostic::Code;
use crate::{ask, check, ground, import, plan, syntax, world};

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
    ]
    .concat();
    codes.sort_by_key(|code| code.id);
    codes
}

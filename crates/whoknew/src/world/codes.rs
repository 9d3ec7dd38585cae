//! All codes of reading a story and resolving it.

use super::{load, resolve, sentences};
use crate::diagnostic::Code;

/// The codes of this module and those below it.
pub fn codes() -> Vec<&'static Code> {
    [load::LOAD_CODES, resolve::DECLARATION_CODES, resolve::SCENE_CODES, sentences::CODES].concat()
}

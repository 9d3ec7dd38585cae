//! All codes of reading a story and resolving it.

use super::{load, resolve, sentences, use_graph};
use crate::diagnostic::Code;

/// The codes of this module and those below it.
pub fn codes() -> Vec<&'static Code> {
    let loading: [&Code; 9] = [
        &load::NOT_FOUND,
        &load::TOO_LARGE,
        &load::NOT_UTF8,
        &load::BINARY,
        &load::UNREADABLE,
        &load::EMPTY,
        &load::NO_SUCH_PACK,
        &load::NO_SUCH_FILE,
        &use_graph::USE_CYCLE,
    ];
    [&loading[..], resolve::DECLARATION_CODES, resolve::SCENE_CODES, sentences::CODES].concat()
}

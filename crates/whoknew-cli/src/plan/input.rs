//! What is planned: a story or a problem file of another planner.

use crate::files::Input;
use whoknew::import::sabre;
use whoknew::source::Files;
use whoknew::world::{self, Loaded};

/// Reads it. Problem files are known by their ending; on standard input, by their beginning.
pub fn load(Input { path, files, piped }: &Input) -> Loaded {
    let foreign = if *piped {
        files.read(path).is_ok_and(|text| sabre::is_likely(&text))
    } else {
        path.ends_with(".txt") && !files.is_folder(path)
    };
    if foreign { sabre::load(path, files) } else { world::load(path, files) }
}

//! Reading a problem file by its path.

use super::read;
use crate::source::{Files, Origin, Source, Sources};
use crate::world::NOT_FOUND;
use crate::world::load::read_text;
use crate::world::{Loaded, usage::Usage};

/// Reads the problem file at `path`. Its name without folder and ending becomes the title.
pub fn load(path: &str, files: &dyn Files) -> Loaded {
    let mut sources = Sources::default();
    let text = match read_text(path, files) {
        Ok(text) => text,
        Err(why) => {
            let mut why = *why;
            if why.code.id == NOT_FOUND.id {
                why.help = vec!["give the path of a problem file, which mostly ends in `.txt`".to_owned()];
            }
            return Loaded { sources, world: None, usage: Usage::default(), diagnostics: vec![why] };
        }
    };
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let (world, diagnostics) = read(name.strip_suffix(".txt").unwrap_or(name), &text);
    sources.add(Source { name: path.to_owned(), text, origin: Origin::Story });
    Loaded { sources, world, usage: Usage::default(), diagnostics }
}

/// Whether `text` begins as problem files do and no story can: with a comment after `/*` or `//`, or with a line
/// that ends in `;`.
///
/// ```
/// use whoknew::import::sabre::is_likely;
/// assert!(is_likely("type person : character;\n"));
/// assert!(!is_likely("kind person : character  # a person;\n"));
/// ```
pub fn is_likely(text: &str) -> bool {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    first.starts_with("/*") || first.starts_with("//") || (first.ends_with(';') && !first.contains('#'))
}

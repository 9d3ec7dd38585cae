//! The title of a new story: the name of its folder.

use std::path::Path;

/// Where no folder has a name.
const NAMELESS: &str = "A story";

/// The title for a story in the folder `path`, fit to stand in quotation marks.
pub fn of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.or_else(|| {
        // `.` and `..` have names only as what they are.
        let whole = path.canonicalize().ok()?;
        Some(whole.file_name()?.to_string_lossy().into_owned())
    });
    let title: String = name.unwrap_or_default().chars().map(plain).collect();
    if title.trim().is_empty() { NAMELESS.into() } else { title }
}

/// Quotation marks would end the title, and a line's end cannot stand in it.
fn plain(letter: char) -> char {
    match letter {
        '"' | '“' | '”' => '\'',
        _ if letter.is_control() => ' ',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_is_the_last_part_of_the_path() {
        assert_eq!(of(Path::new("stories/The Letter/")), "The Letter");
        assert_eq!(of(Path::new("say \"no\"\n")), "say 'no' ");
        assert_eq!(of(Path::new("/")), NAMELESS);
    }
}

//! Prints a world that another reader made as a story file, which reads back as the same world.
//!
//! Three steps, a file each: `fit` writes formulas so that every argument fits by the declared kinds alone, `names` makes all
//! names legal, `story` prints, in canonical form. Facts stay calls; actions get a plain sentence pattern.

mod effects;
mod fit;
mod formulas;
mod kinds;
mod names;
mod patterns;
mod story;
mod variables;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::format;
use crate::source::FileId;
use crate::world::World;

/// A world that no story file can hold.
pub static UNWRITABLE: Code = Code {
    id: "E0607",
    name: "cannot be written as a story",
    severity: Severity::Error,
    summary: "an imported world is larger, or nested more deeply, than a story file may be",
};

/// All codes of this writer.
pub static CODES: &[&Code] = &[&UNWRITABLE];

/// `world` as the text of a story file.
///
/// # Errors
/// The world is larger, or nested more deeply, than a story file may be.
///
/// ```
/// let text = "entity Tom : character; property alive(c : character) : boolean; alive(Tom);
///     action die(c : character) { precondition: alive(c); effect: !alive(c); };";
/// let world = whoknew::import::sabre::read("tiny", text).0.ok_or("unreadable")?;
/// let story = whoknew::import::write::story(&world).map_err(|why| why.title)?;
/// assert!(story.contains("character Tom\n"));
/// assert!(whoknew::world::load_text("tiny.who", &story).diagnostics.is_empty());
/// # Ok::<(), String>(())
/// ```
pub fn story(world: &World) -> Result<String, Box<Diagnostic>> {
    let mut fitted = fit::fitted(world).map_err(too_large)?;
    let renamed = names::make_legal(&mut fitted);
    let text = story::text(&fitted, &renamed);
    // What is printed can be read; if it ever could not, its reader should say why.
    Ok(format::format(FileId::from_index(0), &text).unwrap_or(text))
}

/// What a story file cannot hold.
struct TooLarge(&'static str);

fn too_large(what: TooLarge) -> Box<Diagnostic> {
    let title = format!("this world cannot be written as a story: {}", what.0);
    Box::new(
        Diagnostic::new(&UNWRITABLE, title, None)
            .help("it can still be planned with: `whoknew plan` reads problem files too"),
    )
}

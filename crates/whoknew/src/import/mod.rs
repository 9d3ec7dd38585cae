//! Readers of other formats, each of which makes the same [`World`](crate::world::World) as the story language, and a writer that
//! prints such a world as a story.

pub mod sabre;
pub mod write;

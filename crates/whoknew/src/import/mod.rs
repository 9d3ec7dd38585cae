//! Readers of other formats. Each makes the same [`World`](crate::world::World) as the story language.

pub mod sabre;

//! Reading and printing sentences of a small world.

mod events;
mod everyday;
mod messages;
mod printing;
mod round_trip;
mod small_world;
mod statements;

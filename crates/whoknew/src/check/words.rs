//! Words that many findings share: lists of names, scenes, lengths of time.

pub(crate) use crate::world::say::duration;
use crate::world::{EntityId, Scene, SceneId, Telling, World, say};

/// At most `limit` names, then how many more.
pub(crate) fn short_list<S: AsRef<str>>(parts: &[S], limit: usize) -> String {
    if parts.len() <= limit {
        return say::list(parts);
    }
    let shown: Vec<&str> = parts[..limit].iter().map(AsRef::as_ref).collect();
    format!("{} and {} more", shown.join(", "), parts.len() - limit)
}

/// The name of an entity.
pub(crate) fn name(world: &World, entity: EntityId) -> &str {
    &world.entities[entity.index()].name
}

/// The names of entities as a list.
pub(crate) fn names(world: &World, entities: &[EntityId]) -> String {
    let names: Vec<&str> = entities.iter().map(|&entity| name(world, entity)).collect();
    short_list(&names, 6)
}

/// `scene 7`, with its title if it has one and no label of its own.
pub(crate) fn scene(telling: &Telling, id: SceneId) -> String {
    let Scene { label, title, .. } = &telling.scenes[id.index()];
    match title {
        Some(title) if title == label => format!("scene “{title}”"),
        Some(title) => format!("scene {label} “{title}”"),
        None => format!("scene {label}"),
    }
}

/// `09:05`
pub(crate) fn clock(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `one`, `1 event`, `2 events`
pub(crate) fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_lengths_read_well() {
        assert_eq!(short_list(&["a", "b", "c", "d"], 2), "a, b and 2 more");
        assert_eq!(duration(20.0), "20 minutes");
        assert_eq!(duration(60.0), "1 hour");
        assert_eq!(duration(25_200.0), "2.5 weeks");
        assert_eq!(duration(-1440.0), "-1 day");
        assert_eq!(clock(545), "09:05");
    }
}

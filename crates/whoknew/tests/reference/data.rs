//! The conformance data, which lies outside this repository.

use std::path::PathBuf;
use whoknew::world::World;

/// The folder of the conformance data; `None`, with a message, where it is absent.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sabre");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: the conformance data is not at {}", folder.display());
    None
}

/// One problem with its data.
pub struct ProblemData {
    pub name: String,
    pub text: String,
    pub ground: serde_json::Value,
    /// Header and walks, where there are any.
    pub walks: Vec<serde_json::Value>,
}

/// All problems that have ground data, small ones first.
pub fn problems() -> Vec<ProblemData> {
    let Some(folder) = folder() else { return Vec::new() };
    let mut problems = Vec::new();
    for (problems_folder, data) in [("data/micro/problems", "data/micro"), ("problems", "data")] {
        let mut names: Vec<String> = std::fs::read_dir(folder.join(data).join("ground"))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        names.sort();
        for name in names {
            let text = std::fs::read_to_string(folder.join(problems_folder).join(format!("{name}.txt"))).unwrap();
            let ground = std::fs::read_to_string(folder.join(data).join("ground").join(format!("{name}.json")));
            let walks = std::fs::read_to_string(folder.join(data).join("walks").join(format!("{name}.jsonl")));
            problems.push(ProblemData {
                ground: serde_json::from_str(&ground.unwrap()).unwrap(),
                walks: walks.unwrap_or_default().lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
                name,
                text,
            });
        }
    }
    problems
}

/// The world of a problem file that must be readable.
pub fn read_world(name: &str, text: &str) -> World {
    let (world, diagnostics) = whoknew::import::sabre::read(name, text);
    assert!(diagnostics.is_empty(), "{name}: {diagnostics:#?}");
    world.unwrap()
}

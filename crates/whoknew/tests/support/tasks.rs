//! The list of planning tasks in the conformance data.

// Each test uses its own part of this.
#![allow(dead_code)]

use std::path::Path;

/// Tasks that a program built without optimisation solves fast as well.
const LIGHT: [&str; 9] = [
    "bribery",
    "secretagent",
    "space_any",
    "space_two",
    "space_three",
    "space_four",
    "raiders",
    "treasure",
    "jailbreak_lose",
];

/// A task of the list.
pub struct Listed {
    pub name: String,
    /// The name of its problem.
    pub problem: String,
    /// What the author's aim is to come to.
    pub aim: f64,
    pub steps: usize,
    pub imagined: usize,
    pub nesting: usize,
}

impl Listed {
    /// Whether it is solved fast without optimisation too.
    pub fn is_light(&self) -> bool {
        LIGHT.contains(&self.name.as_str())
    }

    /// The text of its problem.
    pub fn text(&self, folder: &Path) -> String {
        std::fs::read_to_string(folder.join(format!("problems/{}.txt", self.problem))).unwrap()
    }
}

/// The tasks: all of them in a program built with optimisation, else those that are light.
pub fn tasks(folder: &Path) -> Vec<Listed> {
    let list = std::fs::read_to_string(folder.join("tasks.txt")).unwrap();
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let tasks = lines.map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = |index: usize| words[index].parse::<usize>().unwrap();
        let (name, problem) = (words[0].to_owned(), words[1].to_owned());
        Listed { name, problem, aim: number(2) as f64, steps: number(3), imagined: number(4), nesting: number(5) }
    });
    tasks.filter(|task| !cfg!(debug_assertions) || task.is_light()).collect()
}

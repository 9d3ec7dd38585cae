//! The list of tasks.

use std::path::{Path, PathBuf};

/// A task.
pub struct Task {
    pub name: String,
    pub file: PathBuf,
    /// The aim, and the most acts, imagined acts and nesting, as they are written.
    pub numbers: [String; 4],
}

/// The tasks that the text `list` names, with their files in `folder`.
pub fn read(list: &str, folder: &Path) -> Result<Vec<Task>, String> {
    let lines = list.lines().enumerate().map(|(index, line)| (index + 1, line.split('#').next().unwrap_or_default()));
    lines.filter(|(_, line)| !line.trim().is_empty()).map(|(number, line)| task(number, line, folder)).collect()
}

fn task(number: usize, line: &str, folder: &Path) -> Result<Task, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, file, numbers @ ..] = words.as_slice() else {
        return Err(format!("line {number} of the tasks: a name and a file are needed"));
    };
    let numbers: [String; 4] = numbers
        .iter()
        .map(|&number| number.to_owned())
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| format!("line {number} of the tasks: {name} needs an aim and three limits"))?;
    if let Some(wrong) = numbers.iter().find(|number| number.parse::<f64>().is_err()) {
        return Err(format!("line {number} of the tasks: `{wrong}` is no number"));
    }
    let found =
        ["", ".txt", ".who"].iter().map(|ending| folder.join(format!("{file}{ending}"))).find(|path| path.exists());
    let file =
        found.ok_or_else(|| format!("line {number} of the tasks: there is no `{file}` in {}", folder.display()))?;
    Ok(Task { name: (*name).to_owned(), file, numbers })
}

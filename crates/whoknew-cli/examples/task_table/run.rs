//! Runs all tasks, each in a process of its own.

use crate::RunOptions;
use crate::table::{HEAD, Row, total};
use crate::tasks::{self, Task};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Runs the tasks and prints the table as it grows.
pub fn run(options: &RunOptions) -> Result<(), String> {
    let list = std::fs::read_to_string(&options.tasks).map_err(|why| format!("{}: {why}", options.tasks.display()))?;
    let tasks = tasks::read(&list, &options.folder)?;
    let wanted =
        |task: &&Task| options.names.is_empty() || options.names.iter().any(|name| task.name.starts_with(name));
    println!("{HEAD}");
    let mut rows = Vec::new();
    for task in tasks.iter().filter(wanted) {
        let mut runs = (0..options.runs).map(|_| measure(task, options)).collect::<Result<Vec<Row>, String>>()?;
        runs.sort_by(|one, other| one.milliseconds.total_cmp(&other.milliseconds));
        let median = runs.swap_remove(runs.len() / 2);
        println!("{}", median.line());
        rows.push(median);
    }
    println!("\n{}", total(&rows));
    Ok(())
}

/// Runs one task once.
fn measure(task: &Task, options: &RunOptions) -> Result<Row, String> {
    let program = std::env::current_exe().map_err(|why| format!("this program cannot be found: {why}"))?;
    let [aim, steps, imagined, nesting] = &task.numbers;
    let search = &options.search;
    let mut command = Command::new(program);
    command.arg("child").arg(&task.file).arg("--aim").arg(aim).args(["--max-steps", steps]);
    command.args(["--max-imagined", imagined, "--max-nesting", nesting]);
    command.args(["--timeout", &format!("{}", search.timeout.as_secs_f64())]);
    command.args(["--max-memory", &search.max_memory.to_string()]);
    command.args(search.shortest.then_some("--shortest")).args(search.tell.then_some("--tell"));
    command.args(search.progress.then_some("--progress"));
    command.args(search.as_story.then_some("--as-story"));
    for (option, seed) in [("--renamed", search.renamed), ("--reordered", search.reordered)] {
        command.args(seed.map(|seed| format!("{option}={seed}")));
    }
    command.stderr(Stdio::inherit());
    let started = Instant::now();
    let done = command.output().map_err(|why| format!("{}: {why}", task.name))?;
    let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
    let said = String::from_utf8_lossy(&done.stdout);
    let lost = Row {
        task: String::new(),
        outcome: format!("ended badly: {}", done.status),
        length: None,
        milliseconds,
        processor: None,
        situations: 0,
        tried: 0,
        megabytes: None,
    };
    let row = said.lines().find_map(Row::read).unwrap_or(lost);
    Ok(Row { task: task.name.clone(), milliseconds, ..row })
}

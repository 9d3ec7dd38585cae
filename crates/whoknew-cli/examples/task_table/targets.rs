//! Our times beside a baseline's, and whether the targets are reached: the table of docs/benchmarks.md.

use crate::compare::read;
use crate::table::{Row, total};
use std::path::Path;

/// What takes the baseline longer than this, in milliseconds, is to be so many times faster.
const LONG: f64 = 1000.0;
const FACTOR: f64 = 100.0;
/// Everything else is to take at most so many milliseconds.
const SHORT: f64 = 50.0;

/// Prints the table; with the times of proofs that no plan is shorter, if there are any.
pub fn targets(baseline: &Path, ours: &Path, proofs: Option<&Path>) -> Result<(), String> {
    let (baseline, ours) = (read(baseline)?, read(ours)?);
    let proofs = proofs.map(read).transpose()?.unwrap_or_default();
    println!(
        "| task | acts | baseline, ms | target, ms | ours, ms | times faster | target reached | MB | proved shortest, ms |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut reached = 0;
    for row in &ours {
        let before = baseline.iter().find(|known| known.task == row.task);
        let proof = proofs.iter().find(|proof| proof.task == row.task);
        reached += usize::from(is_reached(before, row));
        println!("{}", line(before, row, proof));
    }
    println!("\nTargets reached: {reached} of {}. {}.", ours.len(), total(&ours));
    if !proofs.is_empty() {
        println!("With proofs that no plan is shorter: {}.", total(&proofs));
    }
    Ok(())
}

/// What the task is to take at most; `None`: whatever it takes to solve it.
fn target(baseline: Option<&Row>) -> Option<f64> {
    match baseline {
        Some(row) if !row.is_solved() => None,
        Some(row) if row.milliseconds > LONG => Some(row.milliseconds / FACTOR),
        _ => Some(SHORT),
    }
}

fn is_reached(baseline: Option<&Row>, ours: &Row) -> bool {
    ours.is_solved() && target(baseline).is_none_or(|target| ours.milliseconds <= target)
}

fn line(baseline: Option<&Row>, ours: &Row, proof: Option<&Row>) -> String {
    let time = |row: &Row| if row.is_solved() { format!("{:.0}", row.milliseconds) } else { row.outcome.clone() };
    let faster =
        baseline.filter(|row| row.is_solved()).map(|row| format!("{:.1}", row.milliseconds / ours.milliseconds));
    let acts = match (ours.length, proof.and_then(|proof| proof.length)) {
        (Some(acts), Some(least)) if least < acts => format!("{acts} (shortest {least})"),
        (Some(acts), _) => acts.to_string(),
        (None, _) => ours.outcome.clone(),
    };
    format!(
        "| {} | {} | {} | {} | {:.1} | {} | {} | {} | {} |",
        ours.task,
        acts,
        baseline.map(time).unwrap_or_default(),
        target(baseline).map_or_else(|| "solved".to_owned(), |target| format!("{target:.0}")),
        ours.milliseconds,
        faster.unwrap_or_default(),
        if is_reached(baseline, ours) { "yes" } else { "no" },
        ours.megabytes.map_or_else(String::new, |megabytes| format!("{megabytes:.0}")),
        proof.map(time).unwrap_or_default(),
    )
}

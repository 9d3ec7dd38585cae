//! Compares two tables.

use crate::table::{Row, total};
use std::path::Path;

/// Prints the comparison; whether no task was lost.
pub fn compare(before: &Path, after: &Path) -> Result<bool, String> {
    let (before, after) = (read(before)?, read(after)?);
    println!("| task | ms before | ms after | times faster | processor | acts | situations | MB |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let (mut ratios, mut by_processor) = (Vec::new(), Vec::new());
    let (mut won, mut lost) = (Vec::new(), Vec::new());
    for old in &before {
        let Some(new) = after.iter().find(|row| row.task == old.task) else { continue };
        println!("{}", line(old, new));
        match (old.is_solved(), new.is_solved()) {
            (true, true) => {
                ratios.push(ratio(old.milliseconds, new.milliseconds));
                by_processor.extend(processor(old, new));
            }
            (false, true) => won.push(old.task.as_str()),
            (true, false) => lost.push(old.task.as_str()),
            (false, false) => {}
        }
    }
    println!("\n{:.2} times faster (geometric mean of {} tasks solved in both)", mean(&ratios), ratios.len());
    if !by_processor.is_empty() {
        println!("{:.2} times faster by the time of the processor", mean(&by_processor));
    }
    for (word, names) in [("newly solved", won), ("lost", lost.clone())] {
        if !names.is_empty() {
            println!("{word}: {}", names.join(", "));
        }
    }
    for (word, rows, others) in [("only before", &before, &after), ("only after", &after, &before)] {
        let only: Vec<&str> = rows
            .iter()
            .filter(|row| others.iter().all(|other| other.task != row.task))
            .map(|row| row.task.as_str())
            .collect();
        if !only.is_empty() {
            println!("{word}: {}", only.join(", "));
        }
    }
    println!("before: {}\nafter:  {}", total(&before), total(&after));
    Ok(lost.is_empty())
}

/// The rows of a table.
pub fn read(path: &Path) -> Result<Vec<Row>, String> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    let rows: Vec<Row> = text.lines().filter_map(Row::read).collect();
    if rows.is_empty() { Err(format!("{} holds no table", path.display())) } else { Ok(rows) }
}

fn ratio(old: f64, new: f64) -> f64 {
    old.max(0.1) / new.max(0.1)
}

/// How many times less the processor worked.
fn processor(old: &Row, new: &Row) -> Option<f64> {
    Some(ratio(old.processor?, new.processor?))
}

/// The geometric mean.
fn mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len().max(1) as f64).exp()
}

fn line(old: &Row, new: &Row) -> String {
    let outcome = |row: &Row| if row.is_solved() { format!("{:.1}", row.milliseconds) } else { row.outcome.clone() };
    let both = |one: String, other: String| if one == other { one } else { format!("{one} → {other}") };
    let acts = |row: &Row| row.length.map_or_else(|| "-".to_owned(), |length| length.to_string());
    let megabytes = |row: &Row| row.megabytes.map_or_else(|| "-".to_owned(), |megabytes| format!("{megabytes:.0}"));
    let solved = old.is_solved() && new.is_solved();
    let by_processor = processor(old, new).filter(|_| solved).map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
    let faster = if solved { format!("{:.2}", ratio(old.milliseconds, new.milliseconds)) } else { String::new() };
    format!(
        "| {} | {} | {} | {faster} | {by_processor} | {} | {} | {} |",
        old.task,
        outcome(old),
        outcome(new),
        both(acts(old), acts(new)),
        both(old.situations.to_string(), new.situations.to_string()),
        both(megabytes(old), megabytes(new)),
    )
}

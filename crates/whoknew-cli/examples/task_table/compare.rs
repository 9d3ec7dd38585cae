//! Compares two tables.

use crate::table::{Row, total};
use std::path::Path;

/// Prints the comparison; whether no task was lost.
pub fn compare(before: &Path, after: &Path) -> Result<bool, String> {
    let (before, after) = (read(before)?, read(after)?);
    println!("| task | ms before | ms after | times faster | acts | situations | MB |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    let mut ratios = Vec::new();
    let (mut won, mut lost) = (Vec::new(), Vec::new());
    for old in &before {
        let Some(new) = after.iter().find(|row| row.task == old.task) else { continue };
        println!("{}", line(old, new));
        match (old.is_solved(), new.is_solved()) {
            (true, true) => ratios.push(ratio(old, new)),
            (false, true) => won.push(old.task.as_str()),
            (true, false) => lost.push(old.task.as_str()),
            (false, false) => {}
        }
    }
    let mean = (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len().max(1) as f64).exp();
    println!("\n{mean:.2} times faster (geometric mean of {} tasks solved in both)", ratios.len());
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

fn read(path: &Path) -> Result<Vec<Row>, String> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    let rows: Vec<Row> = text.lines().filter_map(Row::read).collect();
    if rows.is_empty() { Err(format!("{} holds no table", path.display())) } else { Ok(rows) }
}

fn ratio(old: &Row, new: &Row) -> f64 {
    old.milliseconds.max(0.1) / new.milliseconds.max(0.1)
}

fn line(old: &Row, new: &Row) -> String {
    let outcome = |row: &Row| if row.is_solved() { format!("{:.1}", row.milliseconds) } else { row.outcome.clone() };
    let both = |one: String, other: String| if one == other { one } else { format!("{one} → {other}") };
    let acts = |row: &Row| row.length.map_or_else(|| "-".to_owned(), |length| length.to_string());
    let megabytes = |row: &Row| row.megabytes.map_or_else(|| "-".to_owned(), |megabytes| format!("{megabytes:.0}"));
    let faster = if old.is_solved() && new.is_solved() { format!("{:.2}", ratio(old, new)) } else { String::new() };
    format!(
        "| {} | {} | {} | {faster} | {} | {} | {} |",
        old.task,
        outcome(old),
        outcome(new),
        both(acts(old), acts(new)),
        both(old.situations.to_string(), new.situations.to_string()),
        both(megabytes(old), megabytes(new)),
    )
}

//! Plans every task of a list and prints a table.
//!
//! `cargo run --release -p whoknew --example plan_tasks -- FOLDER [--shortest] [--tell] [--progress] [--renamed=SEED]
//! [--reordered=SEED] [--story] [NAME…]`, where FOLDER holds `tasks.txt` (name, file,
//! aim, most steps, most imagined steps, most nesting) and `problems/FILE.txt`. With `--renamed` and `--reordered` every problem is planned under other
//! names and with its definitions in another order; with `--story` as the story that it is printed as.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "shared/shuffle.rs"]
mod shuffle;

use shuffle::Shuffle;
use std::time::Instant;
use whoknew::ground::Problem;
use whoknew::plan::{Limits, Outcome, Progress, Task, plan};
use whoknew::state::Situations;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = arguments.iter().find(|argument| !argument.starts_with("--")).unwrap();
    let names: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).skip(1).collect();
    let shortest = arguments.iter().any(|argument| argument == "--shortest");
    let seed = |option: &str| arguments.iter().find_map(|argument| argument.strip_prefix(option)?.parse().ok());
    let shuffle = Shuffle { renamed: seed("--renamed="), reordered: seed("--reordered=") };
    let as_story = arguments.iter().any(|argument| argument == "--story");
    let progress = arguments.iter().any(|argument| argument == "--progress");
    let tell = arguments.iter().any(|argument| argument == "--tell");
    let tasks = std::fs::read_to_string(format!("{folder}/tasks.txt")).unwrap();
    println!("| task | outcome | length | ms | tried | situations | MB |\n| --- | --- | --- | --- | --- | --- | --- |");
    let mut total = 0.0;
    for line in tasks.lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, file, aim, steps, imagined, nesting] = words.as_slice() else { continue };
        if !names.is_empty() && !names.iter().any(|wanted| name.starts_with(wanted.as_str())) {
            continue;
        }
        let text = std::fs::read_to_string(format!("{folder}/problems/{file}.txt")).unwrap();
        let text = shuffle.apply(&text);
        let story = as_story.then(|| {
            let world = whoknew::import::sabre::read(file, &text).0.unwrap();
            whoknew::import::write::story(&world).unwrap()
        });
        let started = Instant::now();
        let world = match story {
            Some(story) => whoknew::world::load_text(file, &story).world.unwrap(),
            None => whoknew::import::sabre::read(file, &text).0.unwrap(),
        };
        let problem = Problem::new(&world, &world.telling, &whoknew::ground::Limits::default()).unwrap();
        let mut situations = Situations::new(problem);
        let limits = Limits {
            steps: steps.parse().unwrap(),
            imagined: imagined.parse().unwrap(),
            nesting: nesting.parse().unwrap(),
            ..Limits::default()
        };
        let task = Task { aim: aim.parse().unwrap(), shortest };
        let mut last = Instant::now();
        let mut look = |now: &Progress<'_>| {
            if progress && last.elapsed().as_secs() >= 5 {
                last = Instant::now();
                eprintln!(
                    "{name} {:.0} s: {}/{}, {} tried, {} situations, {} MB, at least {}, best {:?}",
                    started.elapsed().as_secs_f64(),
                    now.imagined,
                    now.nesting,
                    now.tried,
                    now.situations,
                    now.bytes / 1_000_000,
                    now.at_least,
                    now.best.map(|best| (best.events.len(), best.reaches_aim, best.utility)),
                );
            }
            true
        };
        let report = plan(&mut situations, &task, &limits, &mut look);
        let milliseconds = started.elapsed().as_secs_f64() * 1000.0;
        total += milliseconds;
        match report {
            Err(error) => println!("| {name} | {error:?} | | {milliseconds:.1} | | | |"),
            Ok(report) => {
                let (outcome, length) = match &report.outcome {
                    Outcome::Found(plan) => ("found".to_owned(), plan.acts.len().to_string()),
                    other => (format!("{other:?}"), String::new()),
                };
                println!(
                    "| {name} | {outcome} | {length} | {milliseconds:.1} | {} | {} | {:.1} |",
                    report.tried,
                    report.situations,
                    report.bytes as f64 / 1e6
                );
                if let (Outcome::Found(plan), true) = (&report.outcome, tell) {
                    for act in &plan.acts {
                        println!(
                            "    {}",
                            whoknew::world::say::event(&world, situations.problem().event_term(act.event))
                        );
                    }
                }
            }
        }
    }
    println!("total {total:.0} ms");
}

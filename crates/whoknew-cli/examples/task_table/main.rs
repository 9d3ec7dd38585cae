//! Plans the tasks of a list and prints what each took as a table, or compares two such tables.
//!
//! ```sh
//! cargo run --release -p whoknew-cli --example task_table -- run TASKS FOLDER > before.table
//! cargo run --release -p whoknew-cli --example task_table -- compare before.table after.table
//! ```
//!
//! TASKS is a text with a task a line: name, file, aim, and the most acts, imagined acts and nesting, divided by blanks;
//! `#` begins a comment. FOLDER holds the files, problems of the Sabre planner (FILE.txt) or stories (FILE.who).

mod child;
mod compare;
mod run;
#[path = "../../../whoknew/examples/shared/shuffle.rs"]
#[allow(dead_code, missing_docs)]
mod shuffle;
mod table;
mod targets;
mod tasks;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use whoknew::settings::amounts;

/// The allocator of the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Plans the tasks of a list, or compares what that took.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Plan every task, each in a process of its own, and print a table
    Run(RunOptions),
    /// Compare two tables: ratios, solved and lost tasks. Ends with status 1 if a task was lost
    Compare {
        /// The table before
        before: PathBuf,
        /// The table after
        after: PathBuf,
    },
    /// Print our times beside a baseline's, with the targets and whether they are reached
    Targets {
        /// The table of the baseline
        baseline: PathBuf,
        /// Our table
        ours: PathBuf,
        /// Our table of a run with --shortest
        proofs: Option<PathBuf>,
    },
    /// Plan one task and print what it took: what `run` starts for each
    #[command(hide = true)]
    Child(child::ChildOptions),
}

/// What `run` takes.
#[derive(clap::Args)]
pub struct RunOptions {
    /// The list of tasks
    pub tasks: PathBuf,
    /// The folder with the files that the tasks name
    pub folder: PathBuf,
    /// Only tasks whose names begin with one of these
    pub names: Vec<String>,
    /// How often each is run; the table shows the median time
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub runs: u16,
    /// For each task.
    #[command(flatten)]
    pub search: SearchOptions,
}

/// What is the same for all tasks of a run.
#[derive(Clone, clap::Args)]
pub struct SearchOptions {
    /// Prove that no plan is shorter
    #[arg(long)]
    pub shortest: bool,
    /// How long one task may take
    #[arg(long, default_value = "100s", value_parser = amounts::duration)]
    pub timeout: Duration,
    /// How much memory one task may take, roughly
    #[arg(long, default_value = "1500MB", value_parser = amounts::bytes)]
    pub max_memory: usize,
    /// Show the acts of every plan, on standard error
    #[arg(long)]
    pub tell: bool,
    /// Say every five seconds, on standard error, what the search has come to
    #[arg(long)]
    pub progress: bool,
    /// Plan problem files under other names, drawn with this seed
    #[arg(long, value_name = "SEED")]
    pub renamed: Option<u64>,
    /// Plan problem files with their definitions in another order, drawn with this seed
    #[arg(long, value_name = "SEED")]
    pub reordered: Option<u64>,
    /// Plan problem files as the stories that they are printed as
    #[arg(long)]
    pub as_story: bool,
}

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Run(options) => run::run(&options).map(|()| true),
        Command::Compare { before, after } => compare::compare(&before, &after),
        Command::Targets { baseline, ours, proofs } => {
            targets::targets(&baseline, &ours, proofs.as_deref()).map(|()| true)
        }
        Command::Child(options) => child::run(&options).map(|()| true),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(why) => {
            eprintln!("task_table: {why}");
            ExitCode::from(2)
        }
    }
}

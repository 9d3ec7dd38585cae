//! The command `whoknew`: reads arguments and files, calls the library, shows what it says.
//!
//! Everything that touches the outside (files, the terminal, the clock) is here; everything that knows stories
//! is in the library.

mod arguments;
mod ask;
mod check;
mod completions;
mod explain;
mod files;
mod fmt;
mod help;
mod human;
mod import;
mod interrupt;
mod json;
mod new;
mod output;
mod patience;
mod places;
mod plan;
mod report;
mod settings;
mod status;
mod story;
mod summary;
mod watch;
mod watchdog;
mod whatif;
mod why;

use arguments::{Arguments, Command};
use clap::FromArgMatches;
use std::process::ExitCode;

/// A check makes and drops many small things: with this allocator, a small story takes a quarter less time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = || std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    let matches = help::command().try_get_matches().unwrap_or_else(|error| help::with_tip(error, arguments()).exit());
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    let output = output::Output::new(arguments.color);
    let status = match arguments.command {
        Command::New(options) => new::run(&options, &output),
        Command::Check(options) => check::run(&options, &output),
        Command::Plan(options) => plan::run(&options, &output),
        Command::Ask(options) => ask::run(&options, &output),
        Command::Why(options) => why::run(&options, &output),
        Command::Import(options) => import::run(&options, &output),
        Command::Report(options) => report::run(&options, &output),
        Command::Whatif(options) => whatif::run(&options, &output),
        Command::Explain(options) => explain::run(&options, &output),
        Command::Fmt(options) => fmt::run(&options, &output),
        Command::Completions(options) => completions::run(&options, &output),
    };
    status.into()
}

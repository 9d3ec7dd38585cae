//! What may be written after `whoknew` on the command line.

use crate::ask::AskOptions;
use crate::import::ImportOptions;
use crate::plan::PlanOptions;
use crate::report::ReportOptions;
use crate::whatif::WhatIfOptions;
use crate::why::WhyOptions;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Stories as running systems of who knows what.
#[derive(Debug, Parser)]
#[command(name = "whoknew", version, propagate_version = true, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colours. `auto`: on a terminal, unless the environment variable NO_COLOR is set
    #[arg(long, global = true, display_order = 100, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Replay a told story and report its plot holes
    Check(CheckOptions),
    /// Find a story in which everybody who acts has a reason
    Plan(PlanOptions),
    /// Ask a story who knows what, since when and from whom
    Ask(AskOptions),
    /// Say why something happened or is so: its causes as a tree
    Why(WhyOptions),
    /// Print a problem of another program as a story
    Import(ImportOptions),
    /// Show a whole story on one page: who knows what, and how it spread
    Report(ReportOptions),
    /// Tell the story a little differently and show what is then no longer so
    Whatif(WhatIfOptions),
    /// Say what a code such as H02 means; without a code, list all
    Explain {
        /// The code, as shown in square brackets
        code: Option<String>,
    },
}

/// What `check` takes.
#[derive(Args, Debug)]
#[command(after_help = "Exit status:\n  \
    0  nothing but notes and expected findings\n  \
    1  errors or warnings\n  \
    2  the input cannot be used, or a limit was reached")]
pub struct CheckOptions {
    /// A story: a .who file, a folder of them, or - for standard input (also without PATH if something is piped in)
    pub path: Option<String>,
    /// For whom the findings are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Check again whenever a file of the story changes, until interrupted
    #[arg(long)]
    pub watch: bool,
}

/// For whom findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Human,
    /// For programs: one document on one line, in the form that docs/*-json.md describe
    Json,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

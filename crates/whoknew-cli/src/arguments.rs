//! What may be written after `whoknew` on the command line.

use crate::ask::AskOptions;
use crate::completions::CompletionsOptions;
use crate::explain::ExplainOptions;
use crate::fmt::FormatOptions;
use crate::import::ImportOptions;
use crate::new::NewOptions;
use crate::plan::PlanOptions;
use crate::report::ReportOptions;
use crate::whatif::WhatIfOptions;
use crate::why::WhyOptions;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::time::Duration;
use whoknew::check;
use whoknew::plan::told;
use whoknew::settings::{self, CheckSettings};

/// Stories as running systems of who knows what.
#[derive(Debug, Parser)]
#[command(name = "whoknew", version, propagate_version = true, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colours: auto (on a terminal, unless NO_COLOR is set), always or never
    #[arg(
        long,
        global = true,
        display_order = 100,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true
    )]
    pub color: Color,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a first story in a folder of its own, and say what to try with it
    New(NewOptions),
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
    /// Bring the text of stories into canonical form: spaces, indentation, blank lines
    Fmt(FormatOptions),
    /// Say what a code such as H02 means; without a code, list all
    Explain(ExplainOptions),
    /// Print what makes a shell complete commands and options of whoknew
    Completions(CompletionsOptions),
}

/// What `check` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew check story.who\n  \
    whoknew check --watch .\n  \
    whoknew check --reasons --format json story.who\n\n\
An interrupt (Ctrl-C) ends the search for reasons and shows what is known; a second one ends the program.\n\n\
Exit status:\n  \
    0  nothing but notes, and findings that are expected or allowed\n  \
    1  errors or warnings\n  \
    2  the input cannot be used, or a limit was reached: by --timeout or an interrupt too")]
pub struct CheckOptions {
    /// A story: a .who file, a folder of them, or - for standard input (also without PATH if something is piped in).
    /// Without PATH, the story that whoknew.toml names
    pub path: Option<String>,
    /// For whom the findings are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// Check again whenever a file of the story changes, until interrupted
    #[arg(long)]
    pub watch: bool,
    /// Find out whether everybody has a reason for what they do, in plans of at most DEPTH acts (5, as in `plan`), and
    /// propose what would close a hole
    #[arg(long, value_name = "DEPTH", num_args = 0..=1, require_equals = true,
          value_parser = clap::value_parser!(u8).range(settings::REASONS))]
    pub reasons: Option<Option<u8>>,
    /// How deep reasons may rest on the reasons of others [default: 2, as in `plan`]
    #[arg(long, value_name = "E", value_parser = clap::value_parser!(u8).range(settings::REASONS_NESTING))]
    pub max_nesting: Option<u8>,
    /// How many events may be tried for each reason, and for each proposal [default: 50000]
    #[arg(long, value_name = "N")]
    pub max_tried: Option<u64>,
    /// How long looking for reasons may take; then what is known is shown. Without it, until it ends
    #[arg(long, value_name = "TIME", value_parser = settings::amounts::duration, conflicts_with = "watch")]
    pub timeout: Option<Duration>,
}

impl CheckOptions {
    /// What the library is asked; what is not said here, `settings` say.
    pub fn library(&self, settings: &CheckSettings) -> Result<check::Options, &'static str> {
        let default = told::Limits::default();
        let asked = self.reasons.map(|depth| depth.map_or(default.imagined, usize::from));
        let reasons = asked.or(settings.reasons.map(usize::from)).filter(|&depth| depth > 0);
        if reasons.is_none() && (self.max_nesting.is_some() || self.max_tried.is_some() || self.timeout.is_some()) {
            return Err("--max-nesting, --max-tried and --timeout are about reasons: they need --reasons");
        }
        let limits = |imagined: usize| told::Limits {
            imagined,
            nesting: self.max_nesting.or(settings.max_nesting).map_or(default.nesting, usize::from),
            tried: self.max_tried.or(settings.max_tried).unwrap_or(default.tried),
        };
        Ok(check::Options { reasons: reasons.map(limits), examples: true, ..check::Options::default() })
    }
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

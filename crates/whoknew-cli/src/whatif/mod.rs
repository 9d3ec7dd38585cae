//! `whoknew whatif`: the story told a little differently, and what is then no longer so.

mod answer;
mod changes;
mod human;
mod json;

use crate::arguments::Format;
use crate::human::Layout;
use crate::output::{Output, complain};
use crate::patience::with_patience;
use crate::places::Places;
use crate::settings::{self, Set, Unset};
use crate::status::Status;
use changes::Changes;
use clap::Args;

/// What `whatif` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew whatif story.who --without 12.3\n  \
    whoknew whatif story.who --without \"Anne tells Sally that the marble is in the box\"\n  \
    whoknew whatif story.who --insert \"Anne goes to the garden\" --at 2.1\n  \
    whoknew whatif story.who --set \"the marble is in the basket\" --at 3.0\n\n\
Exit status:\n  \
    0  answered\n  \
    2  the input cannot be used, or a limit was reached")]
pub struct WhatIfOptions {
    /// A story: a .who file, a folder of them, or - for standard input. Without PATH, the story that whoknew.toml names
    pub path: Option<String>,
    #[command(flatten)]
    pub changes: Changes,
    /// Look for everybody's reasons in both stories, too
    #[arg(long)]
    pub reasons: bool,
    /// How deep beliefs are compared: 1, or 2 for beliefs about beliefs
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    pub depth: u8,
    /// List all differences, however many
    #[arg(long)]
    pub all: bool,
    /// For whom the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Runs the command.
pub fn run(options: &WhatIfOptions, output: &Output) -> Status {
    if let Err(wrong) = options.changes.check() {
        complain(&wrong);
        return Status::Unusable;
    }
    let (path, answered) = match Set::new(options.path.as_deref()) {
        Ok(set) => (set.input.path.clone(), with_patience(&set.input.path, || answer::answer(&set, options))),
        Err(Unset::Unfit(wrong)) => (wrong.path.clone(), answer::Answered::unusable(*wrong)),
        Err(Unset::Nothing(file)) => {
            let which = "which story it is about: a .who file, a folder of them";
            return settings::complain_of_nothing(which, file.as_deref());
        }
    };
    let text = match options.format {
        Format::Json => json::document(&path, &answered),
        Format::Human => {
            let places = Places::new(&answered.sources);
            let layout = Layout::new(output.is_colored(), output.width());
            human::text(&answered, &places, (&layout, options.all))
        }
    };
    // Whoever has closed our output has seen what they wanted.
    let _ = output.write(&text);
    answered.status()
}

//! `whoknew explain`: what a code means, with a story that shows it.

use crate::output::{Output, complain};
use crate::status::Status;
use clap::Args;
use whoknew::catalogue;
use whoknew::diagnostic::Code;

/// Codes, and the pages of docs/codes on them.
const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/code_pages.rs"));

/// What `explain` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew explain H02\n  \
    whoknew explain \"impossible event\"\n  \
    whoknew explain")]
pub struct ExplainOptions {
    /// The code, as shown in square brackets, or its name
    code: Option<String>,
}

/// Runs the command.
pub fn run(options: &ExplainOptions, output: &Output) -> Status {
    let text = match &options.code {
        None => catalogue::codes().iter().map(|code| format!("{:<6} {}\n", code.id, code.name)).collect(),
        Some(wanted) => match catalogue::find(wanted) {
            Some(code) => page(code),
            None => {
                complain(&unknown(wanted));
                return Status::Unusable;
            }
        },
    };
    // A reader that has gone away has seen what it wanted.
    let _ = output.write(&text);
    Status::Sound
}

fn unknown(wanted: &str) -> String {
    let near = catalogue::did_you_mean(wanted).map_or_else(String::new, |question| question + " ");
    format!("there is no code {wanted}; {near}`whoknew explain` lists all")
}

/// The page on `code`.
fn page(code: &Code) -> String {
    let page = PAGES.iter().find(|(id, _)| *id == code.id);
    page.map_or_else(|| format!("{}: {}\n", code.id, code.name), |(_, page)| (*page).to_owned())
}

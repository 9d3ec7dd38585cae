//! `whoknew check`: replay a story and show the findings.

use crate::arguments::{CheckOptions, Format};
use crate::files::{Disk, STANDARD_INPUT};
use crate::human::Layout;
use crate::output::{Closed, Output, complain};
use crate::patience::with_progress;
use crate::places::Places;
use crate::status::{Status, is_unusable};
use crate::story::{self, Checked};
use crate::{json, summary, watch};
use std::io::{self, IsTerminal};

/// Runs the command.
pub fn run(options: &CheckOptions, output: &Output) -> Status {
    let path = match options.path.as_deref() {
        None if io::stdin().is_terminal() => {
            complain("say which story to check: a .who file, a folder of them, or - for standard input");
            return Status::Unusable;
        }
        None | Some("-") => STANDARD_INPUT,
        Some(path) => path,
    };
    let piped = options.path.as_deref().is_none_or(|path| path == "-");
    if options.watch {
        if piped {
            complain("standard input cannot be watched; give --watch a file or a folder");
            return Status::Unusable;
        }
        return watch::run(path, (options.library(), options.format), output);
    }
    let files = if piped { Disk::with_standard_input() } else { Disk::new() };
    let checked = with_progress(path, |saying| story::check_with(path, &files, &options.library(), saying));
    // Whoever has closed our output has seen what they wanted; the status stays that of the story.
    let _ = show(&checked, options.format, output);
    checked.status()
}

/// Writes all findings and the summary.
pub fn show(checked: &Checked, format: Format, output: &Output) -> Result<(), Closed> {
    match format {
        Format::Human => show_to_people(checked, output),
        Format::Json => output.write(&(json::document(checked) + "\n")),
    }
}

fn show_to_people(checked: &Checked, output: &Output) -> Result<(), Closed> {
    let layout = Layout::new(output.is_colored(), output.width());
    let places = Places::new(&checked.sources);
    for finding in checked.findings.iter().filter(|finding| finding.allowed.is_none()) {
        output.write(&(layout.finding(finding, &places) + "\n\n"))?;
    }
    output.write(&(summary::sentences(&checked.summary, !is_unusable(&checked.findings)) + "\n"))
}

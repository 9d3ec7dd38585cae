//! `whoknew check`: replay a story and show the findings.

use crate::arguments::{CheckOptions, Format};
use crate::human::Layout;
use crate::output::{Closed, Output, complain};
use crate::patience::with_progress;
use crate::places::Places;
use crate::settings::{self, Set, Unset};
use crate::status::{Status, is_unusable};
use crate::story::{self, Checked};
use crate::watchdog::{self, Watchdog};
use crate::{interrupt, json, summary, watch};
use std::time::Instant;
use whoknew::check::Options;
use whoknew::plan::told::Stop;

/// Runs the command.
pub fn run(options: &CheckOptions, output: &Output) -> Status {
    let set = match Set::new(options.path.as_deref()) {
        Ok(set) => set,
        Err(Unset::Nothing(file)) => {
            let which = "which story to check: a .who file, a folder of them";
            return settings::complain_of_nothing(which, file.as_deref());
        }
        Err(Unset::Unfit(checked)) => {
            let _ = show(&checked, options.format, output);
            return checked.status();
        }
    };
    if let Err(wrong) = options.library(&set.settings.check) {
        complain(wrong);
        return Status::Unusable;
    }
    if options.watch {
        if set.input.piped {
            complain("standard input cannot be watched; give --watch a file or a folder");
            return Status::Unusable;
        }
        return watch::run(options, &set.input.path, output);
    }
    if options.library(&set.settings.check).is_ok_and(|library| library.reasons.is_some()) {
        return in_time(options, &set, output);
    }
    let checked = checked(options, &set);
    // Whoever has closed our output has seen what they wanted; the status stays that of the story.
    let _ = show(&checked, options.format, output);
    checked.status()
}

/// Checks and looks for reasons until the time is over, or somebody interrupts: then what is known is shown.
fn in_time(options: &CheckOptions, set: &Set, output: &Output) -> Status {
    let timeout = options.timeout.or(set.settings.check.timeout);
    let without = CheckOptions {
        path: None,
        reasons: Some(Some(0)),
        max_nesting: None,
        max_tried: None,
        timeout: None,
        ..*options
    };
    interrupt::listen();
    let started = Instant::now();
    let quick = checked(&without, set);
    let (format, shown_on) = (options.format, *output);
    let watchdog = Watchdog::start(timeout, move |told, _| {
        let _ = show(&quick, format, &shown_on);
        complain(&format!("{} Reasons were not looked for.", watchdog::said(told, timeout)));
        Status::Unusable
    });
    let checked = checked(options, set);
    watchdog.end();
    let _ = show(&checked, options.format, output);
    match watchdog::told(timeout, started).filter(|_| watchdog::must_end()) {
        Some(told) => {
            complain(&format!("{} Not all reasons were looked for.", watchdog::said(told, timeout)));
            Status::Unusable
        }
        None => checked.status(),
    }
}

/// Checks what the command is about.
pub fn checked(options: &CheckOptions, Set { input, settings, .. }: &Set) -> Checked {
    let stop = Some(Stop(&watchdog::MUST_END));
    let library = Options { stop, ..options.library(&settings.check).unwrap_or_default() };
    with_progress(&input.path, |saying| story::check_with((&input.path, &input.files), settings, &library, saying))
}

/// Writes all findings and the summary.
pub fn show(checked: &Checked, format: Format, output: &Output) -> Result<(), Closed> {
    match format {
        Format::Human => show_to_people(checked, output),
        Format::Json => output.write(&json::document(checked)),
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

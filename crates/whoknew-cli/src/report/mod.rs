//! `whoknew report`: one page that shows a whole story, for any browser, without network.
//!
//! The library says what is shown (`whoknew::overview`); `data` writes it as JSON, `page` puts it into the page's frame.

mod data;
mod file;
mod page;

use crate::files::Input;
use crate::human::Layout;
use crate::output::{Output, complain};
use crate::patience::with_patience;
use crate::places::Places;
use crate::settings::{self, Set, Unset};
use crate::status::Status;
use crate::story::{self, Checked};
use crate::watchdog::Watchdog;
use clap::Args;
use std::time::Duration;
use whoknew::ground::Limits;
use whoknew::overview::{Bounds, Overview};
use whoknew::settings::amounts;
use whoknew::telling::Run;
use whoknew::world::{self, World};

/// What `report` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew report story.who\n  \
    whoknew report . --output page.html\n\n\
Exit status:\n  \
    0  the page was written, whatever it shows\n  \
    2  the input cannot be used, or the page cannot be written")]
pub struct ReportOptions {
    /// A story: a .who file, a folder of them, or - for standard input (also without PATH if something is piped in).
    /// Without PATH, the story that whoknew.toml names
    pub path: Option<String>,
    /// Where to write the page; - for standard output. By default the story's name with .html, in the current folder.
    /// A file that is no report is never overwritten
    #[arg(short, long, value_name = "FILE.html")]
    pub output: Option<String>,
    /// How long it may take; without it, until the page is there
    #[arg(long, value_name = "TIME", value_parser = amounts::duration)]
    pub timeout: Option<Duration>,
}

/// Runs the command.
pub fn run(options: &ReportOptions, output: &Output) -> Status {
    let refuse = |checked: &Checked| {
        show_errors(checked, output);
        Status::Unusable
    };
    let set = match Set::new(options.path.as_deref()) {
        Ok(set) => set,
        Err(Unset::Nothing(file)) => {
            let which = "which story to show: a .who file, a folder of them";
            return settings::complain_of_nothing(which, file.as_deref());
        }
        Err(Unset::Unfit(wrong)) => return refuse(&wrong),
    };
    let path = &set.input.path;
    let watchdog = options.timeout.map(|timeout| Watchdog::alone(timeout, "No page was written."));
    let page = with_patience(path, || report(&set));
    watchdog.iter().for_each(Watchdog::end);
    match page {
        Ok(page) => file::write(&page, options.output.as_deref(), path, output),
        Err(checked) => refuse(&checked),
    }
}

/// A page, and what to say about it.
pub struct Page {
    /// The whole page.
    pub html: String,
    /// What was checked and found, in sentences.
    pub summary: String,
}

/// The page for the story; one that cannot be loaded has findings only.
fn report(Set { input: Input { path, files, .. }, settings, .. }: &Set) -> Result<Page, Box<Checked>> {
    let checked = story::check(path, files, settings);
    let loaded = world::load(path, files);
    let Some(world) = loaded.world else { return Err(Box::new(checked)) };
    let Ok(overview) = overview(&world, &checked) else { return Err(Box::new(checked)) };
    let shown = data::Shown { world: &world, checked: &checked, overview: &overview };
    let title = world.title.clone().unwrap_or_else(|| file::story_name(path));
    let html = page::html(&title, &data::json(&shown, &title));
    Ok(Page { html, summary: data::summary(&checked) })
}

fn overview(world: &World, checked: &Checked) -> Result<Overview, ()> {
    let mut run = Run::asked(world, &[], &Limits::default()).map_err(|_| ())?;
    Ok(Overview::new(&mut run, (world, &checked.sources), &Bounds::default()))
}

fn show_errors(checked: &Checked, output: &Output) {
    let layout = Layout::new(output.is_colored(), output.width());
    let places = Places::new(&checked.sources);
    for finding in &checked.findings {
        if output.write(&(layout.finding(finding, &places) + "\n\n")).is_err() {
            return;
        }
    }
    complain("no page was written");
}

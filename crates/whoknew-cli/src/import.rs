//! `whoknew import`: print a problem of another program as a story file.

use crate::files::Input;
use crate::human::Layout;
use crate::output::{Output, explain};
use crate::places::Places;
use crate::status::Status;
use clap::{Args, Subcommand};
use whoknew::import;

/// What `import` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew import sabre problem.txt > story.who\n  \
    whoknew import sabre -\n\n\
Exit status:\n  \
    0  the story is printed\n  \
    2  the file cannot be used")]
pub struct ImportOptions {
    /// What kind of file it is
    #[command(subcommand)]
    format: ForeignFormat,
}

/// The formats of other programs.
#[derive(Debug, Subcommand)]
enum ForeignFormat {
    /// A problem of the Sabre narrative planner (version 0.8)
    Sabre {
        /// The problem: a .txt file, or - for standard input
        file: String,
    },
}

/// Runs the command.
pub fn run(options: &ImportOptions, output: &Output) -> Status {
    let ForeignFormat::Sabre { file } = &options.format;
    let Input { path, files, .. } = &Input::given(file);
    let loaded = import::sabre::load(path, files);
    let story = match &loaded.world {
        Some(world) => import::write::story(world).map_err(|why| vec![*why]),
        None => Err(loaded.diagnostics),
    };
    match story {
        Ok(story) => {
            // Whoever has closed our output has seen what they wanted.
            let _ = output.write(&story);
            Status::Sound
        }
        Err(diagnostics) => {
            // Standard output is for the story.
            let layout = Layout::new(false, output.width());
            let places = Places::new(&loaded.sources);
            for diagnostic in &diagnostics {
                explain(&layout.finding(diagnostic, &places));
            }
            Status::Unusable
        }
    }
}

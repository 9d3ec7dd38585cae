//! `whoknew ask`: questions to a story, one on the command line or many at a prompt.

mod commands;
mod data;
mod json;
mod prompt;
mod session;
mod text;

use crate::arguments::Format;
use crate::files::Input;
use crate::human::Layout;
use crate::output::{Output, complain};
use crate::patience::with_patience;
use crate::places::Places;
use crate::settings::{self, Unset};
use crate::status::Status;
use crate::watchdog::Watchdog;
use clap::Args;
use session::Session;
use std::time::Duration;
use whoknew::ask::Story;
use whoknew::diagnostic::{Diagnostic, Severity};
use whoknew::ground::Limits;
use whoknew::settings::amounts;
use whoknew::source::Sources;
use whoknew::world;

/// What `ask` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew ask story.who \"does Anne know that the marble is in the box?\"\n  \
    whoknew ask story.who --at 12.3 \"who believes that Willow is safe?\"\n\n\
Exit status:\n  \
    0  the question was answered, whatever the answer\n  \
    2  the story or a question cannot be used, or a limit was reached")]
pub struct AskOptions {
    /// A story (a .who file, a folder of them, or - for standard input; without it, the story that whoknew.toml names),
    /// and the question, in the story's own sentences; without it, questions are read from a prompt or from standard input
    #[arg(value_name = "PATH] [QUESTION")]
    pub words: Vec<String>,
    /// The point in the story: a scene's label or title, with .N after its Nth event; a time, as "day 1, 22:15"; start or end
    #[arg(long, value_name = "POINT", default_value = "end")]
    pub at: String,
    /// List all that an answer has, where it is more than people read; JSON always does
    #[arg(long)]
    pub all: bool,
    /// How long the answer to a question on the command line may take; without it, until it is there
    #[arg(long, value_name = "TIME", value_parser = amounts::duration)]
    pub timeout: Option<Duration>,
    /// For whom the answers are written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Runs the command.
pub fn run(options: &AskOptions, output: &Output) -> Status {
    if matches!(options.words.as_slice(), [path] if path == "-") {
        return complain_of_no_question();
    }
    let (input, question) = match settings::story_and_question(&options.words) {
        Ok(found) => found,
        Err(Unset::Nothing(file)) => {
            let which = "which story to ask: a .who file, a folder of them";
            return settings::complain_of_nothing(which, file.as_deref());
        }
        Err(Unset::Unfit(wrong)) => {
            return refuse(&wrong.findings, &wrong.sources, (&wrong.path, options.format), output);
        }
    };
    if input.piped && question.is_empty() {
        return complain_of_no_question();
    }
    let Input { path, files, .. } = &input;
    // At a prompt, whoever asks decides how long to wait.
    let timeout = options.timeout.filter(|_| !question.is_empty());
    let _watchdog = timeout.map(|timeout| Watchdog::alone(timeout, "Nothing was answered."));
    let loaded = world::load(path, files);
    let sources = loaded.sources;
    let Some(world) = &loaded.world else {
        return refuse(&loaded.diagnostics, &sources, (path, options.format), output);
    };
    let story = with_patience(path, || Story::new(world, &Limits::default()));
    let story = match story {
        Ok(story) => story,
        Err(diagnostics) => return refuse(&diagnostics, &sources, (path, options.format), output),
    };
    let mut session = Session::new(story, sources, path, options.format);
    if options.all || options.format == Format::Json {
        session.list_all();
    }
    if let Err(error) = session.go_to(&options.at) {
        return session.refuse(&[error], None, output);
    }
    if question.is_empty() {
        return prompt::run(&mut session, output);
    }
    session.ask(&question.join(" "), output)
}

fn complain_of_no_question() -> Status {
    complain("the story comes from standard input, so the question must stand on the command line");
    Status::Unusable
}

/// Shows what is wrong with the story.
fn refuse(diagnostics: &[Diagnostic], sources: &Sources, (path, format): (&str, Format), output: &Output) -> Status {
    // A reader that has gone away has seen what it wanted.
    let _ = match format {
        Format::Human => output.write(&shown(diagnostics, sources, output)),
        Format::Json => output.write(&json::refusal((path, None), None, diagnostics, sources)),
    };
    Status::Unusable
}

/// The errors among `diagnostics` as people see them.
fn shown(diagnostics: &[Diagnostic], sources: &Sources, output: &Output) -> String {
    let layout = Layout::new(output.is_colored(), output.width());
    let places = Places::new(sources);
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.map(|error| layout.finding(error, &places) + "\n\n").collect()
}

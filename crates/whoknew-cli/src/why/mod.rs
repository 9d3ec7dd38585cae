//! `whoknew why`: the causes of an event or a statement, or what is missing for it.

mod answer;
mod human;
mod json;
mod question;

pub use human::place;
pub use json::{NeedDocument, need_document};
pub use question::names_a_point;

use crate::arguments::Format;
use crate::files::Input;
use crate::human::Layout;
use crate::output::{Output, complain};
use crate::patience::with_patience;
use crate::places::Places;
use crate::settings::{self, Unset};
use crate::status::Status;
use answer::Answered;
use clap::Args;
use std::path::Path;

/// What `why` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew why story.who 12.3\n  \
    whoknew why story.who \"Anne believes that the marble is in the box\"\n  \
    whoknew why story.who --not \"Sally knows that the marble is in the box\" --at 2.1\n\n\
Exit status:\n  \
    0  answered\n  \
    1  it is not so, or did not happen\n  \
    2  the input cannot be used, or a limit was reached")]
pub struct WhyOptions {
    /// A story (a .who file, a folder of them, or - for standard input; without it, the story that whoknew.toml names), and
    /// what to explain: a point as SCENE.EVENT, an event in the words in which it is told, or a statement
    #[arg(value_name = "PATH] [POINT", num_args = 0..=2)]
    pub words: Vec<String>,
    /// Ask instead why this cannot happen, or is not so: an event or a statement
    #[arg(long, value_name = "SENTENCE")]
    pub not: Option<String>,
    /// When: SCENE, SCENE.EVENT, start or end. Without it, at the end of the story
    #[arg(long, value_name = "POINT")]
    pub at: Option<String>,
    /// For whom the answer is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

/// Runs the command.
pub fn run(options: &WhyOptions, output: &Output) -> Status {
    let (input, words) = match settings::story_and_question(&options.words) {
        Ok(found) => found,
        Err(Unset::Nothing(file)) => {
            let which = "which story it is about: a .who file, a folder of them";
            return settings::complain_of_nothing(which, file.as_deref());
        }
        Err(Unset::Unfit(wrong)) => {
            let path = wrong.path.clone();
            return show(&path, &Answered::unusable(*wrong), options, output);
        }
    };
    let question = match (words, &options.not) {
        ([], Some(sentence)) => sentence.as_str(),
        ([point], None) => point.as_str(),
        // That there is no such story comes first.
        ([], None) if !input.piped && !Path::new(&input.path).exists() => "",
        ([], None) => {
            return complain_of("say what to explain: a point as SCENE.EVENT, an event, a statement, or --not");
        }
        (_, Some(_)) => return complain_of("either a POINT to explain, or --not"),
        _ => return complain_of("one question at a time: put the words of a sentence in quotation marks"),
    };
    let Input { path, files, .. } = &input;
    let answered = with_patience(path, || answer::answer(path, files, (question, options)));
    show(path, &answered, options, output)
}

fn complain_of(what: &str) -> Status {
    complain(what);
    Status::Unusable
}

fn show(path: &str, answered: &Answered, options: &WhyOptions, output: &Output) -> Status {
    let text = match options.format {
        Format::Json => json::document(path, answered),
        Format::Human => {
            let places = Places::new(&answered.sources);
            let layout = Layout::new(output.is_colored(), output.width());
            human::text(answered, &places, &layout)
        }
    };
    // Whoever has closed our output has seen what they wanted.
    let _ = output.write(&text);
    answered.status()
}

//! The prompt: one question after another, with history, completion and help. Lines that come through a pipe are answered
//! one after another, without a prompt.

use super::commands::{self, Next};
use super::session::Session;
use crate::output::{Output, complain};
use crate::status::Status;
use etcetera::BaseStrategy;
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::FileHistory;
use rustyline::validate::Validator;
use rustyline::{CompletionType, Config, Context, Editor, Helper};
use std::cell::RefCell;
use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;
use whoknew::ask::question;

/// So many lines are remembered.
const LONGEST_HISTORY: usize = 1_000;

/// Reads questions until there are no more. The status is that of the worst line.
pub fn run(session: &mut Session<'_>, output: &Output) -> Status {
    if io::stdin().is_terminal() { at_terminal(session, output) } else { through_pipe(session, output) }
}

fn through_pipe(session: &mut Session<'_>, output: &Output) -> Status {
    let mut status = Status::Sound;
    for line in io::stdin().lock().lines() {
        let line = match line {
            Ok(line) => line,
            Err(error) => {
                complain(&format!("cannot read the questions: {error}"));
                return Status::Unusable;
            }
        };
        match commands::line(session, &line, output) {
            Next::GoOn(of_line) => status = status.max(of_line),
            Next::End => break,
        }
    }
    status
}

fn at_terminal(session: &mut Session<'_>, output: &Output) -> Status {
    let config = Config::builder().completion_type(CompletionType::List).auto_add_history(true);
    let config = config.max_history_size(LONGEST_HISTORY).map(|config| config.build()).unwrap_or_default();
    let session = RefCell::new(session);
    let mut editor: Editor<Asker<'_, '_, '_>, FileHistory> = match Editor::with_config(config) {
        Ok(editor) => editor,
        Err(error) => {
            complain(&format!("cannot use the terminal: {error}"));
            return Status::Unusable;
        }
    };
    editor.set_helper(Some(Asker { session: &session }));
    let history = history_file();
    if let Some(history) = &history {
        // Without a history there is simply nothing to go back to.
        let _ = editor.load_history(history);
    }
    let _ = output.write("Ask in the story's own sentences; `help` shows how, `quit` ends.\n");
    loop {
        let prompt = format!("{}> ", session.borrow().point());
        match editor.readline(&prompt) {
            Ok(line) => {
                if commands::line(&mut session.borrow_mut(), &line, output) == Next::End {
                    break;
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => break,
            Err(error) => {
                complain(&format!("cannot read from the terminal: {error}"));
                break;
            }
        }
    }
    if let Some(history) = &history {
        let _ = editor.save_history(history);
    }
    Status::Sound
}

/// Where the history is kept: in the folder for the state of programs.
fn history_file() -> Option<PathBuf> {
    let strategy = etcetera::choose_base_strategy().ok()?;
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("whoknew");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("questions"))
}

/// Completes questions about a story.
struct Asker<'c, 's, 'w> {
    session: &'c RefCell<&'s mut Session<'w>>,
}

impl Completer for Asker<'_, '_, '_> {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let written = line.get(..position).unwrap_or(line);
        let found = question::complete(self.session.borrow().story(), written);
        if written.trim_start().contains(' ') {
            return Ok((found.from, pairs(found.candidates)));
        }
        let from = written.len() - written.trim_start().len();
        let commands = commands::WORDS.iter().filter(|word| word.starts_with(written.trim_start()));
        let mut candidates: Vec<String> = commands.map(|word| (*word).to_owned()).collect();
        candidates.extend(found.candidates);
        Ok((from, pairs(candidates)))
    }
}

/// Each with a space after it, for the next word.
fn pairs(candidates: Vec<String>) -> Vec<Pair> {
    let pair = |display: String| Pair { replacement: format!("{display} "), display };
    candidates.into_iter().map(pair).collect()
}

impl Hinter for Asker<'_, '_, '_> {
    type Hint = String;
}

impl Highlighter for Asker<'_, '_, '_> {}

impl Validator for Asker<'_, '_, '_> {}

impl Helper for Asker<'_, '_, '_> {}

//! `whoknew fmt`: the text of stories in canonical form.

mod differences;
mod replace;

use crate::files::{Disk, STANDARD_INPUT};
use crate::human::Layout;
use crate::output::{Output, complain, explain};
use crate::places::Places;
use crate::settings::{self, Set, Unset};
use crate::status::Status;
use clap::Args;
use whoknew::diagnostic::Diagnostic;
use whoknew::format;
use whoknew::source::{FileId, Files, Origin, Source, Sources};
use whoknew::world::file_error;

/// How many mistakes of a text are shown.
const MAX_MISTAKES: usize = 3;

/// What `fmt` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew fmt story.who\n  \
    whoknew fmt --check .\n\n\
    The meaning of a text never changes, and its comments stay. A text with mistakes of syntax is not touched.\n\n\
    Exit status:\n  \
    0  all is in canonical form now; with --check: and was so before\n  \
    1  with --check: some texts are not in canonical form\n  \
    2  a file cannot be read or written, or its text has mistakes")]
pub struct FormatOptions {
    /// What to format: .who files, folders of them, or - for standard input; without it, what is piped in, or the
    /// story that whoknew.toml names
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// Write nothing; list the files that are not in canonical form, and where
    #[arg(long)]
    check: bool,
    /// Read the text from standard input and write it to standard output, as editors like it
    #[arg(long, conflicts_with = "paths")]
    stdin: bool,
}

/// What there is to format.
enum Work {
    /// Standard input, which was read.
    Input(Disk),
    /// Files and folders.
    Paths(Vec<String>),
}

/// Runs the command.
pub fn run(options: &FormatOptions, output: &Output) -> Status {
    let paths = match work(options, output) {
        Ok(Work::Input(files)) => return standard_input(&files, options.check, output),
        Ok(Work::Paths(paths)) => paths,
        Err(status) => return status,
    };
    let mut job = Job { files: Disk::new(), check: options.check, output, done: Done::default() };
    paths.iter().for_each(|path| job.path(path));
    job.say(&job.done.summary(options.check));
    job.done.status(options.check)
}

/// What there is to format; or the status, after saying why there is nothing.
fn work(options: &FormatOptions, output: &Output) -> Result<Work, Status> {
    let nothing =
        |file: Option<&str>| Err(settings::complain_of_nothing("what to format: .who files, folders of them", file));
    match options.paths.as_slice() {
        _ if options.stdin => Ok(Work::Input(Disk::with_standard_input())),
        [] => match Set::new(None) {
            // Where nobody is at a terminal, standard input may be connected to nothing.
            Ok(set) if set.input.piped && settings::is_blank(&set.input.files) => nothing(set.file.as_deref()),
            Ok(set) if set.input.piped => Ok(Work::Input(set.input.files)),
            Ok(set) => Ok(Work::Paths(vec![set.input.path])),
            Err(Unset::Nothing(file)) => nothing(file.as_deref()),
            Err(Unset::Unfit(checked)) => {
                say_mistakes(&checked.findings, &checked.sources, output);
                Err(Status::Unusable)
            }
        },
        [path] if path == "-" => Ok(Work::Input(Disk::with_standard_input())),
        paths if paths.iter().any(|path| path == "-") => {
            complain("- stands alone: standard input is formatted to standard output, files are rewritten");
            Err(Status::Unusable)
        }
        paths => Ok(Work::Paths(paths.to_vec())),
    }
}

fn standard_input(files: &Disk, check: bool, output: &Output) -> Status {
    let Some((text, formatted)) = read(STANDARD_INPUT, files, output) else { return Status::Unusable };
    let (shown, status) = match check {
        true if text == formatted => (String::new(), Status::Sound),
        true => (differences::shown(STANDARD_INPUT, &text, &formatted), Status::Holes),
        false => (formatted, Status::Sound),
    };
    let _ = output.write(&shown);
    status
}

/// The text at `path`, and its canonical form; what is wrong with it is said.
fn read(path: &str, files: &Disk, output: &Output) -> Option<(String, String)> {
    let mut sources = Sources::default();
    let result = match files.read(path) {
        Ok(text) => {
            let source = Source { name: path.to_owned(), text, origin: Origin::Story };
            let file: FileId = sources.add(source);
            format::format(file, &sources.get(file).text)
        }
        Err(error) => Err(vec![file_error(path, &error)]),
    };
    match result {
        Ok(formatted) => sources.iter().next().map(|(_, source)| (source.text.clone(), formatted)),
        Err(mistakes) => {
            say_mistakes(&mistakes, &sources, output);
            None
        }
    }
}

/// Standard output is for the text, or for the list of files.
fn say_mistakes(mistakes: &[Diagnostic], sources: &Sources, output: &Output) {
    let (layout, places) = (Layout::new(false, output.width()), Places::new(sources));
    for mistake in mistakes.iter().take(MAX_MISTAKES) {
        explain(&layout.finding(mistake, &places));
    }
    if mistakes.len() > MAX_MISTAKES {
        explain(&format!("… and {} more mistakes; `whoknew check` shows all", mistakes.len() - MAX_MISTAKES));
    }
}

/// Files to format, one after the other; what was done is said at once, so that nothing done is unsaid.
struct Job<'a> {
    files: Disk,
    check: bool,
    output: &'a Output,
    done: Done,
}

impl Job<'_> {
    fn path(&mut self, path: &str) {
        if !self.files.is_folder(path) {
            return self.file(path);
        }
        match self.files.list(path) {
            Ok(found) if found.is_empty() => self.fail(&format!("the folder {path} holds no .who file")),
            Ok(found) => found.iter().for_each(|path| self.file(path)),
            Err(error) => self.fail(&file_error(path, &error).title),
        }
    }

    fn file(&mut self, path: &str) {
        if !path.ends_with(".who") && self.files.read(path).is_ok() {
            return self.fail(&format!("{path} is no .who file; to format it all the same, send it through --stdin"));
        }
        let Some((text, formatted)) = read(path, &self.files, self.output) else {
            self.done.failed += 1;
            return;
        };
        if text == formatted {
            self.done.unchanged += 1;
            return;
        }
        if self.check {
            self.done.changed += 1;
            return self.say(&differences::shown(path, &text, &formatted));
        }
        match replace::replace(path, &formatted) {
            Ok(()) => {
                self.done.changed += 1;
                self.say(&format!("formatted {path}\n"));
            }
            Err(error) => self.fail(&format!("cannot write {path}: {error}")),
        }
    }

    fn fail(&mut self, why: &str) {
        complain(why);
        self.done.failed += 1;
    }

    fn say(&self, text: &str) {
        // Whoever has closed our output has seen what they wanted; the files still want formatting.
        let _ = self.output.write(text);
    }
}

/// How many files were, or would be, changed.
#[derive(Default)]
struct Done {
    changed: usize,
    unchanged: usize,
    failed: usize,
}

impl Done {
    fn status(&self, check: bool) -> Status {
        match self {
            Self { failed: 1.., .. } => Status::Unusable,
            Self { changed: 1.., .. } if check => Status::Holes,
            _ => Status::Sound,
        }
    }

    fn summary(&self, check: bool) -> String {
        let mut parts = Vec::new();
        let mut add = |count: usize, one: &str, many: &str| match count {
            0 => {}
            1 => parts.push(format!("1 file {one}")),
            _ => parts.push(format!("{count} files {many}")),
        };
        match check {
            true => add(self.changed, "would change", "would change"),
            false => add(self.changed, "formatted", "formatted"),
        }
        add(self.unchanged, "in canonical form already", "in canonical form already");
        add(self.failed, "not touched", "not touched");
        parts.join(", ") + ".\n"
    }
}

//! One task in a process of its own, so that its memory is its own.

use crate::SearchOptions;
use crate::shuffle::Shuffle;
use crate::table::Row;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use whoknew::ground::{self, Problem};
use whoknew::import::sabre;
use whoknew::plan::{self, Limits, Outcome, Plan, Progress, Task};
use whoknew::source::{FileError, Files};
use whoknew::state::Situations;
use whoknew::world::{self, World, say};

/// How long nothing is said of a search.
const PAUSE: Duration = Duration::from_secs(5);

/// The task.
#[derive(clap::Args)]
pub struct ChildOptions {
    file: PathBuf,
    #[arg(long, allow_negative_numbers = true)]
    aim: f64,
    #[arg(long)]
    max_steps: usize,
    #[arg(long)]
    max_imagined: usize,
    #[arg(long)]
    max_nesting: usize,
    #[command(flatten)]
    search: SearchOptions,
}

/// Plans and prints a row without a name and without the time.
pub fn run(options: &ChildOptions) -> Result<(), String> {
    let mut row = match plan(options) {
        Ok(row) => row,
        Err(why) => Row { outcome: format!("unusable: {why}"), ..empty() },
    };
    row.megabytes = peak_memory();
    row.processor = processor_time();
    println!("{}", row.line());
    Ok(())
}

fn plan(options: &ChildOptions) -> Result<Row, String> {
    let started = Instant::now();
    let world = load(&options.file, &options.search)?;
    let problem =
        Problem::new(&world, &world.telling, &ground::Limits::default()).map_err(|error| error.message.clone())?;
    let mut situations = Situations::new(problem);
    let limits = Limits {
        steps: options.max_steps,
        imagined: options.max_imagined,
        nesting: options.max_nesting,
        memory: options.search.max_memory,
        ..Limits::default()
    };
    let task = Task { aim: options.aim, shortest: options.search.shortest };
    let mut said = started;
    let mut observer = |progress: &Progress<'_>| {
        if options.search.progress && said.elapsed() >= PAUSE {
            said = Instant::now();
            say_progress(progress, started.elapsed());
        }
        started.elapsed() < options.search.timeout
    };
    let report = plan::plan(&mut situations, &task, &limits, &mut observer);
    let report = report.map_err(|error| error.diagnostic(situations.problem()).title)?;
    let (outcome, length) = match &report.outcome {
        Outcome::Found(plan) => {
            tell(options, &situations, plan);
            ("found".to_owned(), Some(plan.acts.len()))
        }
        Outcome::NoneWithinLimits => ("none".to_owned(), None),
        Outcome::Stopped { reason, .. } => (format!("stopped: {reason:?}").to_lowercase(), None),
    };
    Ok(Row { outcome, length, situations: report.situations as u64, tried: report.tried, ..empty() })
}

fn say_progress(progress: &Progress<'_>, elapsed: Duration) {
    let Progress { imagined, nesting, tried, situations, at_least, .. } = progress;
    let megabytes = progress.bytes / 1_000_000;
    let best = progress.best.map(|best| (best.events.len(), best.reaches_aim, best.utility));
    eprintln!(
        "    {:.0} s: {imagined} ahead, {nesting} deep, {tried} tried, {situations} situations, {megabytes} MB, at least {at_least}, \
         best {best:?}",
        elapsed.as_secs_f64()
    );
}

fn tell(options: &ChildOptions, situations: &Situations<'_>, plan: &Plan) {
    if options.search.tell {
        for act in &plan.acts {
            let event = situations.problem().event_term(act.event);
            eprintln!("    {}", say::event(situations.problem().world(), event));
        }
    }
}

fn load(file: &Path, search: &SearchOptions) -> Result<World, String> {
    let path = file.to_string_lossy();
    let loaded = if path.ends_with(".who") {
        world::load(&path, &Disk)
    } else if search.as_story {
        world::load_text(&path, &story(&path, search)?)
    } else {
        sabre::load(&path, &Shuffled(search))
    };
    let wrong = loaded.diagnostics.first().map(|diagnostic| diagnostic.title.clone());
    loaded.world.ok_or_else(|| wrong.unwrap_or_else(|| "it cannot be read".to_owned()))
}

/// The story that a problem file is printed as.
fn story(path: &str, search: &SearchOptions) -> Result<String, String> {
    let world = sabre::load(path, &Shuffled(search)).world.ok_or("it cannot be read")?;
    whoknew::import::write::story(&world).map_err(|why| format!("it cannot be printed: {why:?}"))
}

/// Problem files, under other names and in another order where that is asked for.
struct Shuffled<'a>(&'a SearchOptions);

impl Files for Shuffled<'_> {
    fn read(&self, path: &str) -> Result<String, FileError> {
        let shuffle = Shuffle { renamed: self.0.renamed, reordered: self.0.reordered };
        Disk.read(path).map(|text| shuffle.apply(&text))
    }

    fn is_folder(&self, path: &str) -> bool {
        Disk.is_folder(path)
    }

    fn list(&self, path: &str) -> Result<Vec<String>, FileError> {
        Disk.list(path)
    }
}

/// Files, without the care that the program takes.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &str) -> Result<String, FileError> {
        std::fs::read_to_string(path).map_err(|error| FileError::Unreadable(error.to_string()))
    }

    fn is_folder(&self, path: &str) -> bool {
        Path::new(path).is_dir()
    }

    fn list(&self, _: &str) -> Result<Vec<String>, FileError> {
        Ok(Vec::new())
    }
}

fn empty() -> Row {
    Row {
        task: "-".to_owned(),
        outcome: String::new(),
        length: None,
        milliseconds: 0.0,
        processor: None,
        situations: 0,
        tried: 0,
        megabytes: None,
    }
}

/// The most memory that this process took, in megabytes, where the system says.
fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

/// How long the processor worked for this process, which has one thread, in milliseconds, where the system says.
fn processor_time() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e6)
}

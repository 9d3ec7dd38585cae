//! What `whoknew plan` takes.

use super::amounts::{self, Aim};
use crate::arguments::Format;
use clap::Args;
use std::time::Duration;
use whoknew::plan::{Limits, Task};
use whoknew::settings::{self, PlanSettings, amounts as units};

/// Options of `plan`.
#[derive(Args, Clone, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew plan story.who\n  \
    whoknew plan --shortest --timeout 1m story.who\n  \
    whoknew plan --from \"The wood\" story.who\n  \
    whoknew plan --max-steps 6 --format json problem.txt\n\n\
A plan begins at the story's start, or where --from says, and ends where the aim is better met than there. Everybody who acts in it has a \
reason: they can imagine how the act leads to something they want, as far as they know, and why the others they count on would \
play their part.\n\n\
Sizes may have a unit: 500MB, 2GB, 1GiB; 10k, 5M; 500ms, 30s, 2m, 1h.\n\n\
An interrupt (Ctrl-C) ends the search and shows the best so far; a second one ends the program.\n\n\
Exit status:\n  \
    0  a plan was found\n  \
    1  there is none within the limits\n  \
    2  the input cannot be used, or the search was stopped: by --max-memory, --max-states, --timeout or an interrupt")]
pub struct PlanOptions {
    /// A story: a .who file, a folder of them, a problem of the Sabre planner (.txt), or - for standard input (also without PATH
    /// if something is piped in). Without PATH, the story that whoknew.toml names
    pub path: Option<String>,
    /// How much the aims must come to together, or the name of the aim that alone counts; may be given several times.
    /// Without it, anything above what all aims come to at the start
    #[arg(long, value_name = "NUMBER|NAME", value_parser = amounts::aim, allow_negative_numbers = true)]
    pub aim: Vec<Aim>,
    /// Where the plan begins: after a told scene (its label or title), or with .N after its Nth event; start or end.
    /// Everybody believes there what the story told so far gave them [default: start]
    #[arg(long, value_name = "SCENE[.EVENT]")]
    pub from: Option<String>,
    /// How many acts the plan may have [default: 10]
    #[arg(long, value_name = "ACTS", value_parser = clap::value_parser!(u8).range(settings::PLAN_STEPS))]
    pub max_steps: Option<u8>,
    /// How many acts a plan may have that a character imagines, the act itself included [default: 5]
    #[arg(long, value_name = "ACTS", value_parser = clap::value_parser!(u8).range(settings::PLAN_IMAGINED))]
    pub max_imagined: Option<u8>,
    /// How deep reasons may rest on reasons: 0, each act serves its actor at once; 1, characters go on by themselves or count on
    /// others who each are served at once; 2, one level more [default: 2]
    #[arg(long, value_name = "LEVELS", value_parser = clap::value_parser!(u8).range(settings::PLAN_NESTING))]
    pub max_nesting: Option<u8>,
    /// How much memory the search may take, roughly [default: 1500MB]
    #[arg(long, value_name = "SIZE", value_parser = units::bytes)]
    pub max_memory: Option<usize>,
    /// How many situations the search may compute [default: 200M]
    #[arg(long, value_name = "COUNT", value_parser = units::count)]
    pub max_states: Option<u64>,
    /// How long the search may take; without it, until it ends
    #[arg(long, value_name = "TIME", value_parser = units::duration)]
    pub timeout: Option<Duration>,
    /// Look for a shortest plan, and prove that none is shorter
    #[arg(long)]
    pub shortest: bool,
    /// For whom the plan is written
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

impl PlanOptions {
    /// The same, with what `settings` say where the command line says nothing.
    pub fn with(&self, settings: &PlanSettings) -> Self {
        Self {
            max_steps: self.max_steps.or(settings.max_steps),
            max_imagined: self.max_imagined.or(settings.max_imagined),
            max_nesting: self.max_nesting.or(settings.max_nesting),
            max_memory: self.max_memory.or(settings.max_memory),
            max_states: self.max_states.or(settings.max_states),
            timeout: self.timeout.or(settings.timeout),
            ..self.clone()
        }
    }

    /// How much the aims must come to.
    pub fn least(&self) -> Option<f64> {
        self.aim.iter().rev().find_map(|aim| match aim {
            Aim::Number(number) => Some(*number),
            Aim::Name(_) => None,
        })
    }

    /// The names of the aims that count; all, if there are none.
    pub fn aims(&self) -> Vec<String> {
        let names = self.aim.iter().filter_map(|aim| match aim {
            Aim::Name(name) => Some(name.clone()),
            Aim::Number(_) => None,
        });
        names.collect()
    }

    /// How many acts the plan may have.
    pub fn steps(&self) -> u8 {
        self.max_steps.unwrap_or(Limits::default().steps as u8)
    }

    /// How many acts an imagined plan may have.
    pub fn imagined(&self) -> u8 {
        self.max_imagined.unwrap_or(Limits::default().imagined as u8)
    }

    /// How deep reasons may rest on reasons.
    pub fn nesting(&self) -> u8 {
        self.max_nesting.unwrap_or(Limits::default().nesting as u8)
    }

    /// How many situations the search may compute.
    pub fn states(&self) -> u64 {
        self.max_states.unwrap_or(Limits::default().situations)
    }

    /// How many bytes the search may take, roughly.
    pub fn memory(&self) -> usize {
        self.max_memory.unwrap_or(Limits::default().memory)
    }

    /// What is looked for.
    pub fn task(&self) -> Task {
        Task { aim: self.least().unwrap_or(f64::NEG_INFINITY), shortest: self.shortest }
    }

    /// How far to look.
    pub fn limits(&self) -> Limits {
        Limits {
            steps: self.steps().into(),
            imagined: self.imagined().into(),
            nesting: self.nesting().into(),
            situations: self.states(),
            memory: self.memory(),
        }
    }
}

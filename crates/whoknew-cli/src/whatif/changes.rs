//! The changes on the command line, in the order in which they are written: `--at` belongs to all that stands before it and has
//! none.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

/// A change as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// `--without EVENT`
    Without(String),
    /// `--insert SENTENCE --at POINT`
    Insert(String, Option<String>),
    /// `--set STATEMENT --at POINT`
    Set(String, Option<String>),
}

/// All changes.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// In the order written.
    pub written: Vec<Written>,
    /// An `--at` with nothing before it that it could belong to.
    stray: Option<String>,
}

impl Changes {
    /// Whether there are changes, each with its place.
    pub fn check(&self) -> Result<(), String> {
        if let Some(at) = &self.stray {
            return Err(format!("--at {at} must stand after the --insert or --set that it belongs to"));
        }
        for written in &self.written {
            match written {
                Written::Insert(text, None) => {
                    return Err(format!("say where: --insert \"{text}\" --at SCENE or --at SCENE.EVENT"));
                }
                Written::Set(text, None) => {
                    return Err(format!("say when: --set \"{text}\" --at SCENE or --at SCENE.EVENT"));
                }
                _ => {}
            }
        }
        if self.written.is_empty() {
            return Err("say what is to be different: --without EVENT, --insert SENTENCE --at POINT or \
                        --set STATEMENT --at POINT"
                .to_owned());
        }
        Ok(())
    }
}

impl Changes {
    /// Gives the place to all that has none yet.
    fn place(&mut self, point: String) {
        let mut belongs = false;
        for change in &mut self.written {
            if let Written::Insert(_, at @ None) | Written::Set(_, at @ None) = change {
                *at = Some(point.clone());
                belongs = true;
            }
        }
        if !belongs {
            self.stray.get_or_insert(point);
        }
    }
}

fn argument(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help).action(ArgAction::Append)
}

impl Args for Changes {
    fn augment_args(command: Command) -> Command {
        command
            .arg(argument("without", "EVENT", "Leave out an event: SCENE.EVENT, or in the words in which it is told"))
            .arg(argument(
                "insert",
                "SENTENCE",
                "Let something happen, told like a line of a scene, at the point of the --at behind it",
            ))
            .arg(argument("set", "STATEMENT", "Let something be so from the point of the --at behind it"))
            .arg(argument(
                "at",
                "POINT",
                "Where to insert or set: after SCENE.EVENT; SCENE is its end, SCENE.0 its beginning",
            ))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Changes {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut all: Vec<(usize, &'static str, String)> = Vec::new();
        for name in ["without", "insert", "set", "at"] {
            let texts = matches.get_many::<String>(name).into_iter().flatten().cloned();
            let places = matches.indices_of(name).into_iter().flatten();
            all.extend(places.zip(texts).map(|(place, text)| (place, name, text)));
        }
        all.sort();
        let mut changes = Self::default();
        for (_, name, text) in all {
            match name {
                "without" => changes.written.push(Written::Without(text)),
                "insert" => changes.written.push(Written::Insert(text, None)),
                "set" => changes.written.push(Written::Set(text, None)),
                _ => changes.place(text),
            }
        }
        Ok(changes)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

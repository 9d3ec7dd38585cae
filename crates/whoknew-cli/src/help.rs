//! The command line as clap knows it, with a help whose commands stand under what one wants to do.

use crate::arguments::Arguments;
use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command, CommandFactory};
use std::fmt::Write;
use std::path::Path;

/// What one may want, and the commands for it.
const PURPOSES: [(&str, &[&str]); 5] = [
    ("Write a story", &["new", "check", "fmt"]),
    ("Ask about a story", &["ask", "why", "whatif", "report"]),
    ("Find a story", &["plan"]),
    ("Understand a message", &["explain"]),
    ("Work with other programs", &["import", "completions"]),
];

/// What stands below the list of commands.
const EXAMPLES: [(&str, &str); 3] = [
    ("whoknew new letter", "make a first story in a folder letter"),
    ("whoknew check letter", "who acts on what nobody told them?"),
    ("whoknew ask letter \"where is Ben?\"", "ask it, in its own sentences"),
];

/// The command line.
pub fn command() -> Command {
    let command = Arguments::command();
    let list = commands(&command);
    let template = format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{list}{}\n{{options}}\n\n{}",
        heading("Options"),
        examples()
    );
    // A number below zero is a wrong value, not an option that nobody knows.
    let takes_number = |argument: Arg| match argument.get_long() {
        Some(_) if argument.get_action().takes_values() => argument.allow_negative_numbers(true),
        _ => argument,
    };
    command.help_template(template).mut_subcommands(|sub| sub.mut_args(takes_number))
}

/// The error of these arguments with a tip: where a story stands in the place of a command, and where a depth stands apart
/// from `--reasons`.
pub fn with_tip(mut error: clap::Error, arguments: impl Iterator<Item = String>) -> clap::Error {
    let tip = match (error.get(ContextKind::InvalidSubcommand), error.get(ContextKind::InvalidArg)) {
        (Some(ContextValue::String(word)), _) if word.ends_with(".who") || Path::new(word).exists() => {
            format!("to check a story, write 'whoknew check {word}'")
        }
        (_, Some(_)) => match arguments.skip_while(|word| word != "--reasons").nth(1) {
            Some(depth) if depth.parse::<u32>().is_ok() => format!("to set how far to look, write '--reasons={depth}'"),
            _ => return without_dashes(error),
        },
        _ => return error,
    };
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    error
}

/// The error without the tip to pass an option that nobody knows as a value.
fn without_dashes(mut error: clap::Error) -> clap::Error {
    let is_so = |value: &ContextValue| match value {
        ContextValue::StyledStrs(tips) => tips.iter().any(|tip| tip.to_string().contains("as a value")),
        _ => false,
    };
    if error.get(ContextKind::Suggested).is_some_and(is_so) {
        error.remove(ContextKind::Suggested);
    }
    error
}

fn heading(text: &str) -> String {
    let styles = Styles::styled();
    let header = styles.get_header();
    format!("{header}{text}:{header:#}")
}

/// The commands by purpose, each with its first sentence.
fn commands(command: &Command) -> String {
    let styles = Styles::styled();
    let literal = styles.get_literal();
    let width = command.get_subcommands().map(|sub| sub.get_name().len()).max().unwrap_or_default();
    let mut list = String::new();
    for (purpose, names) in PURPOSES {
        list += &heading(purpose);
        list.push('\n');
        for name in names {
            let about = command.find_subcommand(name).and_then(Command::get_about).map(ToString::to_string);
            let about = about.unwrap_or_default();
            let _ = writeln!(list, "  {literal}{name:width$}{literal:#}  {about}");
        }
        list.push('\n');
    }
    list
}

fn examples() -> String {
    let width = EXAMPLES.iter().map(|(example, _)| example.len()).max().unwrap_or_default();
    let lines = EXAMPLES.iter().map(|(example, what)| format!("  {example:width$}  {what}\n"));
    format!(
        "{}\n{}\n`whoknew COMMAND --help` says more of a command.\n",
        heading("Begin with"),
        lines.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_the_help_once() {
        let command = command();
        let mut listed: Vec<&str> = PURPOSES.iter().flat_map(|(_, names)| *names).copied().collect();
        let mut known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        listed.sort_unstable();
        known.sort_unstable();
        assert_eq!(listed, known);
    }

    /// The words of a line as a shell splits them.
    fn words(line: &str) -> Vec<String> {
        let parts = line.split('"').enumerate();
        let words = parts.flat_map(|(index, part)| match index % 2 {
            1 => vec![part.to_owned()],
            _ => part.split_whitespace().take_while(|word| *word != ">").map(str::to_owned).collect(),
        });
        words.collect()
    }

    #[test]
    fn every_command_has_examples_that_it_takes() {
        let main = command();
        main.clone().debug_assert();
        for sub in main.get_subcommands() {
            let help = sub.get_after_help().map(ToString::to_string).unwrap_or_default();
            let (_, below) = help.split_once("Examples:\n").unwrap_or_else(|| panic!("{} has none", sub.get_name()));
            let examples: Vec<&str> = below.lines().take_while(|line| line.starts_with("  ")).map(str::trim).collect();
            assert!((2..=5).contains(&examples.len()), "{}", sub.get_name());
            for example in examples {
                let words = words(example);
                assert_eq!(words.get(1).map(String::as_str), Some(sub.get_name()), "{example}");
                let taken = command().try_get_matches_from(words);
                assert!(taken.is_ok(), "{example}: {}", taken.err().map(|error| error.to_string()).unwrap_or_default());
            }
        }
        for (example, _) in EXAMPLES {
            assert!(command().try_get_matches_from(words(example)).is_ok(), "{example}");
        }
    }
}

//! `whoknew completions`: what makes a shell complete the commands and options of this program.

use crate::output::{Output, complain};
use crate::status::Status;
use clap::Args;
use clap_complete::Shell;

/// What `completions` takes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  \
    whoknew completions bash > ~/.local/share/bash-completion/completions/whoknew\n  \
    whoknew completions zsh > ~/.zfunc/_whoknew\n  \
    whoknew completions fish > ~/.config/fish/completions/whoknew.fish\n  \
    whoknew completions elvish > ~/.config/elvish/lib/whoknew.elv\n  \
    whoknew completions powershell > whoknew.ps1\n\n\
Make the folder first if it is not there, and open a new shell afterwards. zsh must know the folder: put `fpath+=~/.zfunc` above `compinit` in \
~/.zshrc. elvish: put `use whoknew` in ~/.config/elvish/rc.elv. PowerShell: put `. PATH/whoknew.ps1` in the file that $PROFILE names.")]
pub struct CompletionsOptions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
pub fn run(options: &CompletionsOptions, output: &Output) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut crate::help::command(), "whoknew", &mut script);
    let Ok(script) = String::from_utf8(script) else {
        complain("the script is no text: this is a mistake of this program");
        return Status::Unusable;
    };
    // Whoever has closed our output has seen what they wanted.
    let _ = output.write(&script);
    Status::Sound
}

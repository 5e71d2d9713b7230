//! `completions SHELL` and `man [COMMAND]`: what shells and readers of manuals take.

use clap::CommandFactory as _;

use super::args::{Cli, CompletionsArgs, ManArgs};
use super::{Exit, put_bytes, say};

/// Prints the completions of a shell.
pub fn completions(_cli: &Cli, args: &CompletionsArgs) -> Exit {
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "clausebook", &mut bytes);
    put_bytes(&bytes);
    Exit::Fine
}

/// Prints the manual page of the program or of one command.
pub fn man(_cli: &Cli, args: &ManArgs) -> Exit {
    let mut whole = Cli::command();
    whole.build();
    let page = match &args.command {
        None => whole,
        Some(name) => match whole.find_subcommand(name) {
            Some(command) => command.clone(),
            None => {
                say(&format!("error: there is no command `{}`", crate::source::escape(name)));
                return Exit::Usage;
            }
        },
    };
    let mut bytes = Vec::new();
    if let Err(error) = clap_mangen::Man::new(page).render(&mut bytes) {
        say(&format!("error: {error}"));
        return Exit::CouldNotRun;
    }
    put_bytes(&bytes);
    Exit::Fine
}

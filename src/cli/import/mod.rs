//! `import`: what others hold becomes files of the site; one file per thing that can be imported.

mod regulation;

use super::Exit;
use super::args::{Cli, ImportArgs, ImportCommand};

/// Imports what the arguments name.
pub fn run(cli: &Cli, args: &ImportArgs) -> Exit {
    match &args.what {
        ImportCommand::Regulation(args) => regulation::run(cli, args),
    }
}

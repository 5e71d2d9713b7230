//! `import`: what others hold becomes files of the site; one file per thing that can be imported.

mod again;
mod calendar;
mod regulation;
mod sheet;

use super::Exit;
use super::args::{Cli, ImportArgs, ImportCommand};

/// Imports what the arguments name.
pub fn run(cli: &Cli, args: &ImportArgs) -> Exit {
    match &args.what {
        ImportCommand::Regulation(args) => regulation::run(cli, args),
        ImportCommand::Calendar(args) => calendar::run(cli, args),
        ImportCommand::Accounts(args) => sheet::run(cli, "accounts", args),
        ImportCommand::Usage(args) => sheet::run(cli, "usage", args),
        ImportCommand::Audits(args) => sheet::run(cli, "audits", args),
        ImportCommand::Posts(args) => sheet::run(cli, "posts", args),
        ImportCommand::Trainings(args) => sheet::run(cli, "trainings", args),
    }
}

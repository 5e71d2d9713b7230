//! `init`: a folder in which there is nothing yet becomes a site that checks and builds clean.

mod answers;
mod examples;
mod files;

use std::path::{Path, PathBuf};

use super::args::{Cli, InitArgs};
use super::{Exit, put, say, today};
use crate::output::{OutputError, write_new_files};

/// Writes a new site, or the demo.
pub fn run(cli: &Cli, args: &InitArgs) -> Exit {
    let above = cli.root.clone().unwrap_or_else(|| PathBuf::from("."));
    let root = above.join(args.dir.as_deref().unwrap_or(Path::new("")));
    let files = if args.demo {
        files::demo()
    } else {
        let answers = match answers::answers(args, cli.as_of.unwrap_or_else(today)) {
            Ok(answers) => answers,
            Err(exit) => return exit,
        };
        files::site(&answers)
    };
    for name in ["clausebook.yaml", "content", "regulations"] {
        if root.join(name).exists() {
            return refuse(&root.join(name));
        }
    }
    match write_new_files(&root, &files) {
        Ok(()) => {}
        Err(OutputError::Refused { path, .. }) => return refuse(&path),
        Err(error) => {
            say(&format!("error: {error}"));
            return Exit::CouldNotRun;
        }
    }
    let shown = root.components().collect::<PathBuf>();
    let shown = if shown.as_os_str().is_empty() { Path::new(".") } else { &shown };
    put(&format!("wrote {} files to {}", files.len(), shown.display()));
    if !cli.quiet {
        let place = if shown == Path::new(".") {
            String::new()
        } else {
            format!(" -C {}", shown.display())
        };
        say(&format!("next: clausebook{place} check && clausebook{place} build"));
    }
    Exit::Fine
}

fn refuse(path: &Path) -> Exit {
    say(&format!("error: `{}` is there already, and nothing was written", path.display()));
    say("help: name a folder that has no site yet, such as `clausebook init my-site`");
    Exit::Usage
}

//! `export akn [REGULATION[@VERSION]]`: versions of regulations as Akoma Ntoso 3.0.

use super::args::{Cli, ExportArgs};
use super::{Exit, load_sound, put_bytes, say};
use crate::export::akn::document;
use crate::model::{Regulation, Version};
use crate::output::write_new_files;
use crate::source::escape;

/// Writes one version to the output, or every version asked for into a new place of a folder.
pub fn run(cli: &Cli, args: &ExportArgs) -> Exit {
    let (_, known, _, _) = match load_sound(cli) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let (name, version) = args
        .kind
        .split_once('@')
        .map_or((args.kind.as_str(), None), |(name, version)| (name, Some(version)));
    let mut chosen: Vec<(&Regulation, &Version)> = Vec::new();
    for (_, regulation) in known.regulations.iter() {
        if name != "all" && regulation.slug != name {
            continue;
        }
        chosen.extend(
            regulation
                .versions
                .iter()
                .filter(|other| version.is_none_or(|version| other.slug == version))
                .map(|version| (regulation, version)),
        );
    }
    if chosen.is_empty() {
        say(&format!("error: the site holds no regulation or version `{}`", escape(&args.kind)));
        say("help: write `all`, the id of a regulation, or REGULATION@VERSION");
        return Exit::Usage;
    }
    let Some(folder) = &args.output else {
        // Without a folder: the one version asked for, or the newest.
        let Some((regulation, version)) = chosen.last().filter(|_| name != "all") else {
            say("error: `export akn all` needs a folder to write to");
            say("help: name it with `--output`");
            return Exit::Usage;
        };
        put_bytes(document(regulation, version).as_bytes());
        return Exit::Fine;
    };
    let files: Vec<(String, Vec<u8>)> = chosen
        .iter()
        .map(|(regulation, version)| {
            let name = format!("{}/{}.xml", regulation.slug, version.slug);
            (name, document(regulation, version).into_bytes())
        })
        .collect();
    match write_new_files(folder, &files) {
        Ok(()) => {
            if !cli.quiet {
                say(&format!("wrote {} versions to {}", files.len(), folder.display()));
            }
            Exit::Fine
        }
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::CouldNotRun
        }
    }
}

//! `library`: the regulations that came with the program, and what a site does with them.

mod notes;

pub use notes::{PLACE, text as noted};

use super::args::{Cli, LibraryArgs, LibraryCommand};
use super::{Exit, put, root, say};
use crate::diagnostic::did_you_mean;
use crate::export::table;
use crate::output::{OutputError, write_new_files, write_over};
use crate::parse::{library, named_regulations};
use crate::source::{embedded, library_digest, read};

/// Lists the library, or ejects one of it.
pub fn run(cli: &Cli, args: &LibraryArgs) -> Exit {
    match args.what.as_ref().unwrap_or(&LibraryCommand::List) {
        LibraryCommand::List => list(cli),
        LibraryCommand::Eject { id } => eject(cli, id),
        LibraryCommand::Note => note(cli),
    }
}

fn list(cli: &Cli) -> Exit {
    let root = match root(cli) {
        Ok(root) => root,
        Err(exit) => return exit,
    };
    let (tree, _) = match read(&root) {
        Ok(read) => read,
        Err(error) => {
            say(&format!("error: {error}"));
            return Exit::CouldNotRun;
        }
    };
    let named = named_regulations(&tree);
    let noted = notes::read(&root);
    let mut rows = Vec::new();
    let (mut changed, mut newer) = (Vec::new(), Vec::new());
    for (id, name) in library::regulations() {
        let ours = embedded::regulation(&id);
        let folder = format!("regulations/{id}/");
        let held = tree.files.iter().any(|file| file.path.starts_with(&folder));
        // Texts are compared as they are read; what differs is named, file by file.
        let differs: Vec<String> = ours
            .iter()
            .filter(|(file, bytes)| {
                let path = format!("{folder}{file}");
                let found = tree.find(&path).map(|id| tree.file(id).text().as_bytes().to_vec());
                held && !file.contains('/') && found.as_ref() != Some(bytes)
            })
            .map(|(file, _)| file.clone())
            .collect();
        let state = match (held, differs.is_empty(), named.contains(&id)) {
            (true, true, _) => "held",
            (true, false, _) => "held-changed",
            (false, _, true) => "used",
            (false, _, false) => "",
        };
        if !differs.is_empty() {
            changed.push(format!("{id}: {}", differs.join(", ")));
        }
        if held || named.contains(&id) {
            let what = noted.get(&id).map(|noted| notes::differences(noted, &ours));
            newer.extend(what.unwrap_or_default().into_iter().map(|what| format!("{id}: {what}")));
        }
        let digest: String = library_digest(&ours).chars().take(12).collect();
        rows.push(vec![state.to_owned(), id, digest, name]);
    }
    put(&table::render(&["state", "id", "digest", "name"], &rows));
    for line in changed {
        say(&format!("differs from the library: {line}"));
    }
    for line in &newer {
        say(&format!("changed in the library since the site noted it: {line}"));
    }
    if !newer.is_empty() {
        say("help: see what `check` and `diff` say of it, then: clausebook library note");
    }
    Exit::Fine
}

/// Notes the library's present state of what the site uses or holds.
fn note(cli: &Cli) -> Exit {
    let root = match root(cli) {
        Ok(root) => root,
        Err(exit) => return exit,
    };
    let written = read(&root).map_err(|error| error.to_string()).and_then(|(tree, _)| {
        let named = named_regulations(&tree);
        let is_ours = |id: &String| {
            let folder = format!("regulations/{id}/");
            named.contains(id) || tree.files.iter().any(|file| file.path.starts_with(&folder))
        };
        let ours: Vec<String> = embedded::regulation_ids().into_iter().filter(is_ours).collect();
        let text = notes::text(&ours);
        write_over(&root, PLACE, text.as_bytes()).map_err(|error| error.to_string())
    });
    match written {
        Ok(()) => {
            put(&format!("wrote {PLACE}"));
            Exit::Fine
        }
        Err(why) => {
            say(&format!("error: {why}"));
            Exit::CouldNotRun
        }
    }
}

fn eject(cli: &Cli, id: &str) -> Exit {
    let known = embedded::regulation_ids();
    if !known.contains(id) {
        say(&format!("error: the library has no regulation `{}`", crate::source::escape(id)));
        let near = did_you_mean(id, known.iter().map(String::as_str));
        near.into_iter().for_each(|help| say(&format!("help: {help}")));
        return Exit::Usage;
    }
    let root = match root(cli) {
        Ok(root) => root,
        Err(exit) => return exit,
    };
    let folder = format!("regulations/{id}");
    if root.join(&folder).exists() {
        say(&format!("error: `{folder}` is there already, and nothing was written over"));
        return Exit::Usage;
    }
    let files: Vec<(String, Vec<u8>)> = embedded::regulation(id)
        .into_iter()
        .map(|(name, bytes)| (format!("{folder}/{name}"), bytes))
        .collect();
    match write_new_files(&root, &files) {
        Ok(()) => {
            put(&format!("wrote {} files to {folder}", files.len()));
            Exit::Fine
        }
        Err(OutputError::Refused { path, .. }) => {
            say(&format!("error: `{}` is there already", path.display()));
            Exit::Usage
        }
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::CouldNotRun
        }
    }
}

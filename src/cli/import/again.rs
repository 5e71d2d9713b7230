//! `import regulation` for a folder that is there: what a corrected copy or a new version changes is
//! shown before anything is written; what the author wrote is never written over.

use std::path::Path;

use crate::cli::args::{Cli, ImportRegulationArgs};
use crate::cli::{Exit, put, say};
use crate::output::{OutputError, write_new_files, write_over};
use crate::parse::import::difference::differences;
use crate::parse::import::{DUTIES, Draft};
use crate::parse::{ParsedRegulation, ParsedVersion, parse};
use crate::record::value::Group;
use crate::source::{escape, read};

/// Compares the text with the regulation of the site that has the id, and writes it if asked to.
/// `None` if the site has none.
pub fn import(
    cli: &Cli,
    args: &ImportRegulationArgs,
    root: &Path,
    draft: &Draft,
    text: &str,
) -> Option<Exit> {
    let (tree, _) = match read(root) {
        Ok(read) => read,
        Err(error) => {
            say(&format!("error: {error}"));
            return Some(Exit::CouldNotRun);
        }
    };
    let (parsed, _) = parse(&tree);
    let regulation = parsed.regulations.iter().find(|regulation| regulation.slug == args.id)?;
    let same =
        regulation.versions.iter().find(|version| version.head.string("id") == draft.version);
    let before = same.or_else(|| newest(regulation))?;
    compare(cli, before, same.is_some(), draft);
    if args.dry_run {
        return None; // Goes on to print what was read.
    }
    let folder = format!("regulations/{}", args.id);
    if !args.write {
        say(&format!("error: `{folder}` is there already, and nothing was written over"));
        say(
            "help: if the differences are those you expect, `--write` writes the corrected copy over the text of the same version, or adds a new version; or choose another `--id`",
        );
        return Some(Exit::Usage);
    }
    Some(match write(root, &folder, before, same.is_some(), draft, text) {
        Ok(files) => {
            files.iter().for_each(|file| put(&format!("wrote {folder}/{file}\n")));
            put("next: clausebook check, which names rules whose clauses say something else now\n");
            Exit::Fine
        }
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::CouldNotRun
        }
    })
}

/// The version with the latest day.
fn newest(regulation: &ParsedRegulation) -> Option<&ParsedVersion> {
    let day = |head: &Group| head.date("in_force").or_else(|| head.date("amended"));
    regulation.versions.iter().max_by_key(|version| day(&version.head))
}

fn compare(cli: &Cli, before: &ParsedVersion, is_copy: bool, draft: &Draft) {
    if cli.quiet {
        return;
    }
    let found = differences(&before.text, &draft.law);
    let what = if is_copy { "a copy of version" } else { "a new version, compared with" };
    let id = before.head.string("id");
    say(&format!("{what} {}: {} differences of structure or words", escape(&id), found.len()));
    found.iter().for_each(|difference| say(&escape(&difference.line())));
}

fn write(
    root: &Path,
    folder: &str,
    before: &ParsedVersion,
    is_copy: bool,
    draft: &Draft,
    text: &str,
) -> Result<Vec<String>, OutputError> {
    let mut written = Vec::new();
    if is_copy {
        let name = before.head.string("text");
        write_over(root, &format!("{folder}/{name}"), text.as_bytes())?;
        written.push(name);
    } else {
        let name = format!("{}.txt", draft.version);
        write_new_files(root, &[(format!("{folder}/{name}"), text.as_bytes().to_vec())])?;
        written.push(name);
        let head = "regulation.yaml";
        let path = format!("{folder}/{head}");
        let old = crate::source::read_bytes(&root.join(&path), 4 << 20);
        let old = old.ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        write_over(root, &path, with_entry(&old, &draft.entry).as_bytes())?;
        written.push(head.to_owned());
    }
    write_over(root, &format!("{folder}/{DUTIES}"), draft.duties().as_bytes())?;
    written.push(DUTIES.to_owned());
    Ok(written)
}

/// `regulation.yaml` with the entry first under `versions`, as deep as the others.
fn with_entry(yaml: &str, entry: &str) -> String {
    let mut new = String::new();
    let mut lines = yaml.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        new.push_str(line);
        if line.trim_end() == "versions:" {
            let depth = lines.clone().find(|line| line.trim_start().starts_with('-'));
            let depth = depth.map_or(0, |line| line.len() - line.trim_start().len());
            for line in entry.lines() {
                new.push_str(&format!("{}{line}\n", " ".repeat(depth)));
            }
        }
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_stands_as_deep_as_the_others() {
        let yaml =
            "id: law\nversions:\n# 首次\n  - id: \"2020-01-01\"\n    text: a.txt\nhistory: []\n";
        let entry = "- id: \"2026-01-01\"\n  text: 2026-01-01.txt\n";
        assert_eq!(
            with_entry(yaml, entry),
            "id: law\nversions:\n  - id: \"2026-01-01\"\n    text: 2026-01-01.txt\n# 首次\n  - id: \"2020-01-01\"\n    text: a.txt\nhistory: []\n"
        );
    }
}

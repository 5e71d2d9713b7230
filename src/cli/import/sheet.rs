//! `import accounts|usage|audits|posts|trainings FILE`: rows of a spreadsheet become records, after
//! a look at what they would change.

use super::super::args::{Cli, ImportSheetArgs, PreviewFormat};
use super::super::{Exit, load, put, root, say};
use crate::output::write_over;
use crate::parse::intake::{
    Mapping, Outcome, Preview, SiteNames, count_log, preview, read_mapping, table,
};
use crate::parse::parse;
use crate::parse::sheet::{Book, read_book};
use crate::parse::visibility::Profile;
use crate::source::{escape, read_bytes};

/// Most bytes of a spreadsheet.
const LIMIT: u64 = 32 << 20;

/// Previews the import of a sheet of the kind `what`, and writes it if asked to.
pub fn run(cli: &Cli, what: &str, args: &ImportSheetArgs) -> Exit {
    match import(cli, what, args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn import(cli: &Cli, what: &str, args: &ImportSheetArgs) -> Result<Exit, Exit> {
    let usage = |why: String| {
        say(&format!("error: {why}"));
        Exit::Usage
    };
    let shown = escape(&args.file.to_string_lossy());
    let root = root(cli)?;
    let inputs = load(cli, &root, Profile::Auditor)?;
    let bytes = read_bytes(&args.file, LIMIT).map_err(|error| {
        say(&format!("error: {error}"));
        Exit::CouldNotRun
    })?;
    let book = read_book(&bytes).map_err(|why| {
        say(&format!("error: {shown}: {why}"));
        Exit::Faulty
    })?;
    let table_name = if args.log { "log" } else { what };
    let mut mapping = match &args.map {
        Some(path) => {
            let bytes = read_bytes(path, 1 << 20).map_err(|error| usage(error.to_string()))?;
            let text = String::from_utf8(bytes).map_err(|error| usage(error.to_string()))?;
            let place = escape(&path.to_string_lossy());
            read_mapping(&text, &table(table_name))
                .map_err(|why| usage(format!("{place}: {why}")))?
        }
        None => Mapping::default(),
    };
    if args.sheet.is_some() {
        mapping.sheet.clone_from(&args.sheet);
    }
    for set in &args.set {
        let (key, value) =
            set.split_once('=').ok_or_else(|| usage(format!("`{set}` is not KEY=VALUE")))?;
        mapping.fixed.insert(key.trim().to_owned(), value.trim().to_owned());
    }
    let (parsed, _) = parse(&inputs.tree);
    let names = SiteNames::new(&parsed);
    let faulty = |why: String| {
        say(&format!("error: {shown}: {why}"));
        Exit::Faulty
    };
    let mut doubts = Vec::new();
    let seen = if args.log {
        let count = count_log(&book, &table("log"), &mapping, &names, &parsed).map_err(faulty)?;
        say(&format!("{} queries counted, {} rows doubtful", count.queries, count.doubts.len()));
        doubts = count.doubts;
        let counted = Book { sheets: vec![count.sheet], encoding: None };
        preview(&inputs.tree, &names, &counted, &table("usage"), &Mapping::default())
    } else {
        preview(&inputs.tree, &names, &book, &table(what), &mapping)
    };
    let seen = seen.map_err(faulty)?;
    match args.format {
        PreviewFormat::Text => put(&text(&seen, &book, cli.verbose)),
        PreviewFormat::Json => put(&json(&seen)),
    }
    for doubt in &doubts {
        say(&format!("? {}: {}", doubt.address, escape(&doubt.why)));
    }
    let doubtful = seen.rows.iter().any(|row| matches!(row.outcome, Outcome::Doubtful(_)));
    let doubtful = doubtful || !doubts.is_empty();
    if doubtful && !args.skip_doubtful {
        say("nothing was written: mend the doubtful rows, or leave them out with --skip-doubtful");
        return Ok(Exit::Faulty);
    }
    if seen.files.is_empty() {
        say("nothing to write: the site says all of this already");
        return Ok(Exit::Fine);
    }
    if !args.write {
        say("nothing was written yet: add --write to do so");
        return Ok(Exit::Fine);
    }
    for (path, text) in &seen.files {
        write_over(&root, path, text.as_bytes()).map_err(|error| {
            say(&format!("error: {error}"));
            Exit::CouldNotRun
        })?;
        say(&format!("wrote {path}"));
    }
    say("next: clausebook check");
    Ok(Exit::Fine)
}

/// The preview for people: a sign, the row, the record, and the cell of each change.
fn text(seen: &Preview, book: &Book, verbose: bool) -> String {
    let mut text = format!("sheet: {}\n", escape(&seen.sheet));
    if let Some(encoding) = book.encoding {
        text.push_str(&format!("encoding: {encoding}\n"));
    }
    let (mut new, mut changed, mut same, mut doubtful) = (0, 0, 0, 0);
    for row in &seen.rows {
        let id = escape(&row.id);
        match &row.outcome {
            Outcome::New => {
                new += 1;
                text.push_str(&format!("+ row {} new {id}\n", row.row));
            }
            Outcome::Changed(changes) => {
                changed += 1;
                for change in changes {
                    let old = change.old.as_deref().unwrap_or("nothing");
                    text.push_str(&format!(
                        "~ {} {id}: {} {} -> {}\n",
                        change.address,
                        change.key,
                        escape(old),
                        escape(&change.new)
                    ));
                }
            }
            Outcome::Same => {
                same += 1;
                if verbose {
                    text.push_str(&format!("= row {} same {id}\n", row.row));
                }
            }
            Outcome::Doubtful(doubts) => {
                doubtful += 1;
                for doubt in doubts {
                    text.push_str(&format!("? {}: {}\n", doubt.address, escape(&doubt.why)));
                }
            }
        }
    }
    for (id, path) in &seen.gone {
        text.push_str(&format!("- not in the sheet, kept: {} ({path})\n", escape(id)));
    }
    if !seen.hidden.is_empty() {
        let hidden = seen.hidden.join(", ");
        text.push_str(&format!("hidden in the sheet, read all the same: {hidden}\n"));
    }
    let unread: Vec<String> =
        seen.unread.iter().map(|(address, name)| format!("{address} {}", escape(name))).collect();
    if !unread.is_empty() {
        text.push_str(&format!("columns not imported: {}\n", unread.join(", ")));
    }
    text.push_str(&format!(
        "{new} new, {changed} changed, {same} the same, {} not in the sheet, {doubtful} doubtful\n",
        seen.gone.len()
    ));
    text
}

fn json(seen: &Preview) -> String {
    let rows: Vec<serde_json::Value> = seen
        .rows
        .iter()
        .map(|row| {
            let (what, details) = match &row.outcome {
                Outcome::New => ("new", serde_json::json!([])),
                Outcome::Same => ("same", serde_json::json!([])),
                Outcome::Changed(changes) => (
                    "changed",
                    changes
                        .iter()
                        .map(|change| {
                            serde_json::json!({
                                "cell": change.address, "key": change.key,
                                "old": change.old, "new": change.new,
                            })
                        })
                        .collect(),
                ),
                Outcome::Doubtful(doubts) => (
                    "doubtful",
                    doubts
                        .iter()
                        .map(|doubt| serde_json::json!({"cell": doubt.address, "why": doubt.why}))
                        .collect(),
                ),
            };
            serde_json::json!({"row": row.row, "id": row.id, "outcome": what, "details": details})
        })
        .collect();
    let gone: Vec<serde_json::Value> =
        seen.gone.iter().map(|(id, path)| serde_json::json!({"id": id, "file": path})).collect();
    let files: Vec<&String> = seen.files.keys().collect();
    let text = serde_json::json!({
        "schema": 1, "sheet": seen.sheet, "rows": rows, "gone": gone, "hidden": seen.hidden,
        "not_imported": seen.unread, "files": files,
    });
    serde_json::to_string_pretty(&text).unwrap_or_default()
}

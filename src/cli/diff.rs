//! `diff BEFORE AFTER`: what changed in status between two days of a site, two folders or two commits.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::args::{Cli, DiffArgs, TextFormat};
use super::{Exit, load, named_root, print_diagnostics, put, say, today};
use crate::assess::Assessment;
use crate::cli::args::DiagnosticFormat;
use crate::export::Conclusions;
use crate::export::change::{ChangeRow, SCHEMA_VERSION, States, changes, states};
use crate::facts::conclude;
use crate::model::Known;
use crate::parse::visibility::Profile;
use crate::pipeline::Inputs;
use crate::source::{CommitError, checkout};
use crate::time::{Day, parse_office_day};

/// One of the two sides.
struct Side {
    folder: PathBuf,
    day: Option<Day>,
    /// The files of a commit, which go away with it.
    _commit: Option<TempDir>,
}

impl Side {
    fn new(folder: impl Into<PathBuf>, day: Option<Day>) -> Self {
        Self { folder: folder.into(), day, _commit: None }
    }
}

/// Prints what changed.
pub fn run(cli: &Cli, args: &DiffArgs) -> Exit {
    match diff(cli, args) {
        Ok(exit) | Err(exit) => exit,
    }
}

/// The states of a side as of its day.
fn states_of(side: &Inputs, known: &Known, assessment: &Assessment) -> States {
    let facts = conclude(known, assessment);
    states(Conclusions { model: known, words: &side.words, assessment, facts: &facts })
}

fn diff(cli: &Cli, args: &DiffArgs) -> Result<Exit, Exit> {
    let before = side(cli, &args.before)?;
    let after = match &args.after {
        Some(after) => side(cli, after)?,
        None => Side::new(named_root(cli), None),
    };
    let mut old = read(cli, &before)?;
    let mut new = read(cli, &after)?;
    // Two folders are compared as of one day, so that time alone changes nothing.
    let day = new.as_of(cli.as_of, today());
    let (first, last) = (before.day.unwrap_or(day), after.day.unwrap_or(day));
    let (known, assessed) = old.assess(first);
    let before = states_of(&old, &known, &assessed);
    let (known, assessed) = new.assess(last);
    let after = states_of(&new, &known, &assessed);
    let rows = changes(&before, &after);
    match args.format {
        TextFormat::Text => put(&text(&rows, first, last)),
        TextFormat::Markdown => put(&markdown(&rows, first, last)),
        TextFormat::Json => {
            let value = serde_json::json!({
                "schema": SCHEMA_VERSION, "before": first.to_string(), "after": last.to_string(), "changes": rows,
            });
            put(&serde_json::to_string_pretty(&value).unwrap_or_default());
        }
    }
    let worse = rows.iter().filter(|row| row.change == "worse").count();
    if args.fail_on_worse && worse > 0 {
        say(&format!("gate: {worse} worse"));
        return Ok(Exit::Gate);
    }
    Ok(Exit::Fine)
}

/// Reads `2026-11-21`, `FOLDER`, `COMMIT`, or one of these with a day: `FOLDER@2026-11-21`. A folder goes before a
/// commit of the same name.
fn side(cli: &Cli, text: &str) -> Result<Side, Exit> {
    if let Ok(day) = parse_office_day(text) {
        return Ok(Side::new(named_root(cli), Some(day)));
    }
    let (named, day) = match text.rsplit_once('@') {
        Some((named, day)) if parse_office_day(day).is_ok() => (named, parse_office_day(day).ok()),
        _ => (text, None),
    };
    let folder = Path::new(if named.is_empty() { "." } else { named });
    if folder.is_dir() {
        return Ok(Side::new(folder, day));
    }
    let said = crate::source::escape(text);
    match checkout(&named_root(cli), named) {
        Ok(commit) => Ok(Side { folder: commit.path().to_owned(), day, _commit: Some(commit) }),
        Err(CommitError::Unknown) => {
            say(&format!("error: `{said}` is no day, no folder, and no commit of this checkout"));
            say(
                "help: `diff 2026-10-31 2026-11-30`, `diff ../before .`, or `diff main`, where git is installed",
            );
            Err(Exit::Usage)
        }
        Err(CommitError::Failed(why)) => {
            say(&format!(
                "error: git cannot give the files of `{said}`: {}",
                crate::source::escape(&why)
            ));
            Err(Exit::Usage)
        }
    }
}

fn read(cli: &Cli, side: &Side) -> Result<Inputs, Exit> {
    let inputs = load(cli, &side.folder, Profile::Auditor)?;
    if inputs.are_sound() {
        return Ok(inputs);
    }
    say(&format!("error: `{}` has errors", side.folder.display()));
    print_diagnostics(cli, &inputs, DiagnosticFormat::Text);
    Err(Exit::Faulty)
}

fn counts(rows: &[ChangeRow]) -> String {
    let count = |change: &str| rows.iter().filter(|row| row.change == change).count();
    let kinds = ["worse", "cleared", "changed", "new", "gone"];
    kinds.map(|kind| format!("{} {kind}", count(kind))).join(", ")
}

fn text(rows: &[ChangeRow], first: Day, last: Day) -> String {
    let mut text = format!("{first} -> {last}: {}\n", counts(rows));
    for row in rows {
        let (before, after) = (row.before.as_deref(), row.after.as_deref());
        text.push_str(&format!(
            "{:<8} {}: {} -> {}\n",
            row.change,
            row.id,
            before.unwrap_or("-"),
            after.unwrap_or("-")
        ));
        if let Some(why) = &row.why {
            text.push_str(&format!("         {why}\n"));
        }
    }
    text
}

fn markdown(rows: &[ChangeRow], first: Day, last: Day) -> String {
    let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
    let mut text = format!("## {first} → {last}\n\n{}\n", counts(rows));
    if rows.is_empty() {
        return text;
    }
    text.push_str("\n| | id | before | after | why |\n| --- | --- | --- | --- | --- |\n");
    for row in rows {
        text.push_str(&format!(
            "| {} | `{}` | {} | {} | {} |\n",
            row.change,
            row.id,
            row.before.as_deref().unwrap_or("–"),
            row.after.as_deref().unwrap_or("–"),
            cell(row.why.as_deref().unwrap_or_default())
        ));
    }
    text
}

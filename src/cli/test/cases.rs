//! `test --cases DIR`: folders with `case.json`, and tables of days, asked of this program; and
//! `test --write-cases DIR`: the tests beside the rules as such folders, for any program.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

pub use super::case_site::Runner;
use super::case_site::{CaseSite, files};
use crate::cli::args::{Cli, TestFormat};
use crate::cli::{Exit, put, put_text, root, say};
use crate::output::write_new_files;
use crate::pipeline::Inputs;
use crate::proof::kit::{Case, Sizes, WrittenCase, wrong_days};
use crate::proof::trial::Wanted;
use crate::render::json;
use crate::source::{ReadError, read_bytes};

/// What came of a case or a table.
#[derive(Clone, Debug, Serialize)]
pub struct CaseRow {
    /// Its path below the folder that was asked.
    pub case: String,
    /// What does not hold, a sentence each.
    pub problems: Vec<String>,
    /// Whether it was asked; what asks commands needs somebody who runs them.
    pub asked: bool,
}

/// The largest `case.json` or table.
const LONGEST: u64 = 1 << 24;

/// Runs every case and table below `folder` in the site of the command line. Code 1 where something
/// does not hold.
pub fn run(cli: &Cli, folder: &Path, format: TestFormat) -> Exit {
    let base = match root(cli) {
        Ok(base) => base,
        Err(exit) => return exit,
    };
    let names = match names(folder) {
        Ok(names) if names.is_empty() => {
            say(&format!("error: no case stands below `{}`", folder.display()));
            say(
                "help: a case is a folder with `case.json`, a table a file `….csv`; see docs/kit.md",
            );
            return Exit::Usage;
        }
        Ok(names) => names,
        Err(error) => {
            say(&format!("error: cannot read `{}`: {error}", folder.display()));
            return Exit::CouldNotRun;
        }
    };
    let rows = ask(folder, &names, &base, None);
    let failed = rows.iter().filter(|row| !row.problems.is_empty()).count();
    if format == TestFormat::Json {
        put(&json(&rows));
    } else {
        for row in rows.iter().filter(|row| !row.problems.is_empty()) {
            put_text(&format!("FAIL {}\n     {}", row.case, row.problems.join("\n     ")));
        }
    }
    if !cli.quiet {
        let unasked = rows.iter().filter(|row| !row.asked).count();
        say(&format!("{} cases and tables, {failed} failing", rows.len() - unasked));
        if unasked > 0 {
            say(&format!("{unasked} cases run commands and were not asked"));
        }
    }
    if failed > 0 { Exit::Faulty } else { Exit::Fine }
}

/// The cases and tables below a folder, by their paths in order.
///
/// # Errors
/// Where a folder cannot be read.
pub fn names(folder: &Path) -> std::io::Result<BTreeSet<String>> {
    let is_table = |name: &str| {
        let text = name.ends_with(".csv").then(|| read(&folder.join(name)));
        text.and_then(Result::ok).is_some_and(|text| wrong_days(&text).is_some())
    };
    let case = |name: String| match name.strip_suffix("case.json") {
        Some("") => Some(".".to_owned()),
        Some(above) => above.strip_suffix('/').map(str::to_owned),
        None => is_table(&name).then_some(name),
    };
    Ok(files(folder)?.into_iter().filter_map(case).collect())
}

/// Asks each, side by side. Those that ask commands are asked where somebody runs them.
pub fn ask(
    folder: &Path,
    names: &BTreeSet<String>,
    base: &Path,
    runner: Option<&Runner>,
) -> Vec<CaseRow> {
    let row = |name: &String| {
        let problems = problems(&folder.join(name), base, runner).transpose();
        CaseRow {
            case: name.clone(),
            asked: problems.is_some(),
            problems: problems
                .map_or(Vec::new(), |said| said.unwrap_or_else(|problem| vec![problem])),
        }
    };
    names.par_iter().map(row).collect()
}

/// What does not hold of a case or a table; `None` if it is not asked.
fn problems(
    place: &Path,
    base: &Path,
    runner: Option<&Runner>,
) -> Result<Option<Vec<String>>, String> {
    if place.is_file() {
        return Ok(wrong_days(&read(place)?));
    }
    let case = Case::read(&read(&place.join("case.json"))?)
        .map_err(|why| format!("`case.json` cannot be read: {why}"))?;
    if runner.is_none() && case.runs_commands() {
        return Ok(None);
    }
    let mut site = CaseSite::new(place, &case, base, runner).map_err(|error| error.to_string())?;
    Ok(Some(case.problems(&mut site)))
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = read_bytes(path, LONGEST).map_err(|error: ReadError| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// Writes the tests that are wanted as cases below `folder`, and their sizes as a table.
pub fn write(cli: &Cli, inputs: &Inputs, wanted: &Wanted, folder: &Path) -> Exit {
    let (cases, Sizes(sizes)) = inputs.write_cases(wanted);
    let count = cases.len();
    let own = |WrittenCase { name, files }: WrittenCase| {
        files.into_iter().map(move |(path, text)| (format!("{name}/{path}"), text.into_bytes()))
    };
    let mut files: Vec<(String, Vec<u8>)> = cases.into_iter().flat_map(own).collect();
    let rows = sizes.lines().count() - 1;
    files.push(("sizes.csv".to_owned(), sizes.into_bytes()));
    if let Err(error) = write_new_files(folder, &files) {
        say(&format!("error: {error}"));
        return Exit::CouldNotRun;
    }
    if !cli.quiet {
        say(&format!("wrote {count} cases and {rows} sizes to {}", folder.display()));
    }
    Exit::Fine
}

//! `export xlsx|ods|csv|akn KIND`: lists as spreadsheets, regulations as Akoma Ntoso.

use super::args::{Cli, ExportArgs, ExportForm};
use super::{Exit, export_akn, load_sound, put_bytes, say};
use crate::diagnostic::did_you_mean;
use crate::export::Conclusions;
use crate::export::sheet::{
    Grid, SheetForm, checks, occurrences, record_kinds, records, render, retention,
};
use crate::export::status::Filter;
use crate::output::write_new_files;
use crate::parse::intake::{SiteNames, word};
use crate::parse::parse;

/// What is computed, beside the kinds of records.
const RESULTS: [&str; 3] = ["occurrences", "checks", "retention"];

/// Writes the sheet to a file, or to where the output goes.
pub fn run(cli: &Cli, args: &ExportArgs) -> Exit {
    if args.form == ExportForm::Akn {
        return export_akn::run(cli, args);
    }
    let kinds = record_kinds();
    let known = || RESULTS.into_iter().chain(kinds);
    if !known().any(|name| name == args.kind) {
        say(&format!("error: there is no list `{}`", crate::source::escape(&args.kind)));
        let all = || format!("lists: {}", known().collect::<Vec<_>>().join(", "));
        say(&format!("help: {}", did_you_mean(&args.kind, known()).unwrap_or_else(all)));
        return Exit::Usage;
    }
    let (inputs, known, assessment, facts) = match load_sound(cli) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let model = &*known;
    let filter = Filter {
        agencies: args.agency.clone(),
        units: args.unit.clone(),
        regulations: args.regulation.clone(),
        ..Filter::default()
    };
    let grid: Grid = match args.kind.as_str() {
        "occurrences" => {
            let words = &inputs.words;
            let from = Conclusions { model, words, assessment: &assessment, facts: &facts };
            occurrences(from, &filter)
        }
        "checks" => checks(model, &assessment),
        "retention" => retention(model, &assessment),
        kind => {
            let (parsed, _) = parse(&inputs.tree);
            records(kind, &parsed, &SiteNames::new(&parsed))
        }
    };
    let rows = grid.rows.len();
    let grid = grid.finished(&word("roc", ""), &word("total", ""));
    let form = match args.form {
        ExportForm::Csv => SheetForm::Csv,
        ExportForm::Xlsx => SheetForm::Xlsx,
        ExportForm::Ods | ExportForm::Akn => SheetForm::Ods,
    };
    let bytes = render(&grid, form);
    let Some(path) = &args.output else {
        put_bytes(&bytes);
        return Exit::Fine;
    };
    let (folder, name) = (path.parent(), path.file_name().map(|name| name.to_string_lossy()));
    let Some(name) = name else {
        say("error: the output has no name");
        return Exit::Usage;
    };
    match write_new_files(folder.unwrap_or(path), &[(name.into_owned(), bytes)]) {
        Ok(()) => {
            if !cli.quiet {
                say(&format!("wrote {rows} rows to {}", path.display()));
            }
            Exit::Fine
        }
        Err(error) => {
            say(&format!("error: {error}"));
            Exit::CouldNotRun
        }
    }
}

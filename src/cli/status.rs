//! `status`: occurrences of duties, and checks of standing ones, as of a day.

use super::args::{Cli, RowFormat, StatusArgs};
use super::{Exit, gate, load_sound, put, put_text, say};
use crate::diagnostic::did_you_mean;
use crate::export::checks::CheckRow;
use crate::export::status::{Filter, StatusFile, StatusRow, Wanted, file};
use crate::export::{Conclusions, csv, status2, table};
use crate::model::{Named, Table};
use crate::render::json;

/// Lists the occurrences that are wanted.
pub fn run(cli: &Cli, args: &StatusArgs) -> Exit {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        say(&format!("error: --from {from} lies after --to {to}: no day is between them"));
        return Exit::Usage;
    }
    let (mut inputs, model, assessment, facts) = match load_sound(cli) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let known = all_known("regulation", &model.regulations, &args.regulation)
        & all_known("agency", &model.agencies, &args.agency)
        & all_known("unit", &model.units, &args.unit);
    if !known {
        return Exit::Usage;
    }
    let filter = Filter {
        regulations: args.regulation.clone(),
        units: args.unit.clone(),
        agencies: args.agency.clone(),
        statuses: args.status.clone(),
        from: args.from,
        to: args.to,
    };
    let from =
        Conclusions { model: &model, words: &inputs.words, assessment: &assessment, facts: &facts };
    let file = file(from, &filter);
    match (args.format, args.schema) {
        (RowFormat::Json, 2) => put(&json(&status2::rows(&file.occurrences))),
        (RowFormat::Json, _) => put(&json(&file)),
        (RowFormat::Csv, _) if args.checks => put(&csv::render_checks(&file.checks)),
        (RowFormat::Csv, _) => put(&csv::render(&file.occurrences)),
        (RowFormat::Table, _) if args.checks => put_text(&check_table(&file)),
        (RowFormat::Table, _) => put_text(&table_of(&file)),
    }
    if args.format == RowFormat::Table && !cli.quiet {
        let (count, what) = match args.checks {
            true => (file.checks.len(), "checks"),
            false => (file.occurrences.len(), "occurrences"),
        };
        say(&format!("{count} {what} as of {}", assessment.as_of));
    }
    if args.gate.asks_for_readings() {
        inputs.weigh(&model, &assessment);
    }
    if args.gate.asks_for_tests() {
        inputs.prove(&crate::proof::trial::Wanted::default());
        inputs.ask_for_tests();
    }
    let wanted = Wanted { model: &model, filter: &filter };
    let verdict = facts.verdict_of(&model, &assessment, &wanted);
    gate(&args.gate, &inputs.diagnostics, &verdict)
}

/// Occurrences as a table, the soonest due first.
fn table_of(file: &StatusFile) -> String {
    let mut rows: Vec<&StatusRow> = file.occurrences.iter().collect();
    rows.sort_by_key(|row| (&row.due, &row.due_at));
    let cells = |row: &&StatusRow| {
        let mark = match (&row.settled, row.suspect) {
            (Some(_), _) => "settled",
            (None, true) => "suspect",
            (None, false) => "",
        };
        vec![
            row.status.to_owned(),
            row.due_at.as_ref().unwrap_or(&row.due).clone(),
            row.title.clone(),
            row.scope.name.clone(),
            row.period.clone(),
            mark.to_owned(),
            row.id.clone(),
            row.reasons.first().cloned().unwrap_or_default(),
        ]
    };
    let lines: Vec<Vec<String>> = rows.iter().map(cells).collect();
    let heading = ["status", "due", "duty", "scope", "period", "", "id", "reason"];
    table::fit(&heading, &lines, width(), &[7, 2, 3, 6])
}

/// Checks as a table, by rule and then by record.
fn check_table(file: &StatusFile) -> String {
    let cells = |row: &CheckRow| {
        vec![
            row.verdict.to_owned(),
            row.title.clone(),
            format!("{} {}", row.record.kind, row.record.id),
            row.id.clone(),
            row.why.clone().unwrap_or_default(),
        ]
    };
    let lines: Vec<Vec<String>> = file.checks.iter().map(cells).collect();
    table::fit(&["verdict", "duty", "record", "id", "why"], &lines, width(), &[4, 1, 2, 3])
}

/// How wide the terminal is; `None` where the output goes elsewhere, and nothing is cut.
fn width() -> Option<usize> {
    let terminal = console::Term::stdout();
    let (_, columns) = terminal.is_term().then(|| terminal.size_checked())??;
    Some(usize::from(columns))
}

/// Whether every name is one of the table's; says which is not.
fn all_known<T: Named>(kind: &str, table: &Table<T>, names: &[String]) -> bool {
    let unknown = names.iter().filter(|name| table.find(name).is_none());
    let mut all = true;
    for name in unknown {
        let help = did_you_mean(name, table.iter().map(|(_, row)| row.slug()));
        say(&format!("error: no {kind} has the id `{name}`"));
        help.into_iter().for_each(|help| say(&format!("help: {help}")));
        all = false;
    }
    all
}

//! `status`: occurrences of duties as of a day.

use super::args::{Cli, RowFormat, StatusArgs};
use super::{Exit, gate, load_sound, put, say};
use crate::diagnostic::did_you_mean;
use crate::export::status::{Filter, Wanted, rows};
use crate::export::{csv, table};
use crate::model::{Named, Table};
use crate::render::json;

/// Lists the occurrences that are wanted.
pub fn run(cli: &Cli, args: &StatusArgs) -> Exit {
    let (inputs, model, assessment, facts) = match load_sound(cli) {
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
    let rows = rows(&model, &inputs.words, &assessment, &filter);
    match args.format {
        RowFormat::Json => put(&json(&rows)),
        RowFormat::Csv => put(&csv::render(&rows)),
        RowFormat::Table => {
            let lines: Vec<Vec<String>> = rows
                .iter()
                .map(|row| {
                    vec![
                        row.status.to_owned(),
                        row.due.clone(),
                        row.id.clone(),
                        row.reasons.first().cloned().unwrap_or_default(),
                    ]
                })
                .collect();
            put(&table::render(&["status", "due", "id", "reason"], &lines));
            if !cli.quiet {
                say(&format!("{} occurrences as of {}", rows.len(), assessment.as_of));
            }
        }
    }
    let wanted = Wanted { model: &model, filter: &filter };
    let verdict = facts.verdict_of(&model, &assessment, &wanted);
    gate(&args.gate, &inputs.diagnostics, &verdict)
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

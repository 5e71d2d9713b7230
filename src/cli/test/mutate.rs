//! `test --mutate`: rules changed in one place at a time, and the changes that no test notices.

use crate::cli::args::{Cli, DiagnosticFormat, TestFormat};
use crate::cli::{Exit, as_of, print_all, put, put_text, say};
use crate::diagnostic::Diagnostic;
use crate::export::mutant::{MutantRow, mutant_rows};
use crate::pipeline::Inputs;
use crate::proof::trial::Wanted;
use crate::render::json;

/// Tries the mutants. Code 1 where one survives that nobody answers for, or a declaration does not
/// hold; the tests themselves must come out first.
pub fn run(cli: &Cli, inputs: &mut Inputs, wanted: &Wanted, format: TestFormat) -> Exit {
    if !matches!(format, TestFormat::Text | TestFormat::Json) {
        say("error: mutants are printed as `text` or `json`");
        return Exit::Usage;
    }
    let day = as_of(cli, inputs);
    let failing: Vec<Diagnostic> =
        inputs.prove(wanted).iter().flat_map(|run| run.diagnostics.iter().cloned()).collect();
    if !failing.is_empty() {
        print_all(cli, &inputs.tree, &failing, DiagnosticFormat::Text, day);
        say("error: mutants are tried when every test comes out");
        return Exit::Faulty;
    }
    let tried = inputs.mutate(wanted);
    let found: Vec<Diagnostic> =
        tried.iter().flat_map(|one| one.diagnostics.iter().cloned()).collect();
    let rows = mutant_rows(&tried);
    match format {
        TestFormat::Json => put(&json(&rows)),
        _ => rows.iter().for_each(|row| put_text(&said(row))),
    }
    if !found.is_empty() {
        print_all(cli, &inputs.tree, &found, DiagnosticFormat::Text, day);
    }
    let sum = |count: fn(&MutantRow) -> usize| rows.iter().map(count).sum::<usize>();
    let surviving = sum(|row| row.survivors.len());
    if !cli.quiet {
        say(&format!(
            "{} mutants, {} killed, {} equivalent, {surviving} surviving",
            sum(|row| row.mutants),
            sum(|row| row.killed),
            sum(|row| row.equivalent.len()),
        ));
    }
    if surviving > 0 || !found.is_empty() { Exit::Faulty } else { Exit::Fine }
}

/// A duty and what survives of it, with the entries to be pasted.
fn said(row: &MutantRow) -> String {
    let mark = if row.survivors.is_empty() { "ok  " } else { "FAIL" };
    let mut text = format!("{mark} {}: {} of {} killed", row.of, row.killed, row.mutants);
    if !row.equivalent.is_empty() {
        text.push_str(&format!(", {} equivalent", row.equivalent.len()));
    }
    for one in &row.survivors {
        text.push_str(&format!("\n  survives: {}", one.mutant));
        match &one.telling {
            Some(telling) => {
                text.push_str(&format!(
                    "\n    {}: {} by the rule {}, by the mutant {}\n",
                    telling.asked, telling.key, telling.rule, telling.changed
                ));
                let lines = telling.entry.trim_end().lines();
                text.push_str(
                    &lines.map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n"),
                );
            }
            None => text.push_str("\n    no difference found within the search"),
        }
    }
    text
}

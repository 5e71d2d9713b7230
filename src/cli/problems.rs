//! What is wrong with the inputs, printed: text for people on stderr, data on stdout.

use std::path::Path;

use super::args::{self, Cli, DiagnosticFormat};
use super::{draws, named_root, note_lost, put, put_drawn};
use crate::diagnostic::terminal::{self, TerminalOptions};
use crate::diagnostic::{Diagnostic, Severity, github, gitlab, json, junit, sarif};
use crate::output::append;
use crate::pipeline::Inputs;
use crate::source::SourceTree;
use crate::time::Day;

/// Prints what is wrong with the inputs: text on stderr, data on stdout.
pub fn print_diagnostics(cli: &Cli, inputs: &Inputs, format: DiagnosticFormat) {
    let as_of = super::as_of(cli, inputs);
    print_all(cli, &inputs.tree, &inputs.diagnostics, format, as_of);
}

/// Prints all problems of a run in one format.
pub fn print_all(
    cli: &Cli,
    tree: &SourceTree,
    diagnostics: &[Diagnostic],
    format: DiagnosticFormat,
    as_of: Day,
) {
    let quiet = cli.quiet;
    let shown: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| !quiet || diagnostic.code.severity() == Severity::Error)
        .cloned()
        .collect();
    // Reports name files from where CI stands, which is where the command was started.
    let prefix = prefix(&named_root(cli));
    match format {
        DiagnosticFormat::Text => {
            if !(quiet && shown.is_empty()) {
                show(cli, tree, &shown);
            }
        }
        DiagnosticFormat::Json => put(&json::json(tree, &shown)),
        // No line at all is the empty report; `put` would end it in one.
        DiagnosticFormat::Jsonl if shown.is_empty() => {}
        DiagnosticFormat::Jsonl => put(&json::jsonl(tree, &shown)),
        DiagnosticFormat::Github => {
            put(&github::github(tree, &shown, &prefix));
            add_to_summary(&github::summary(tree, &shown, &prefix));
        }
        DiagnosticFormat::Gitlab => put(&gitlab::gitlab(tree, &shown, &prefix)),
        DiagnosticFormat::Junit => put(&junit::junit(tree, &shown, &prefix, as_of)),
        DiagnosticFormat::Sarif => put(&sarif::sarif(tree, &shown, &prefix)),
    }
}

/// Adds to the summary of the step, where the surroundings name a file for one.
fn add_to_summary(text: &str) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return;
    };
    note_lost(append(Path::new(&path), text));
}

/// Draws diagnostics for people, in colour on a terminal that wants it.
pub fn show(cli: &Cli, tree: &SourceTree, diagnostics: &[Diagnostic]) {
    let color = uses_color(cli);
    let options = TerminalOptions { color, ..TerminalOptions::default() };
    let text = terminal::render(tree, diagnostics, options);
    // It is escaped already, and its colours are meant to be obeyed.
    put_drawn(text.trim_end());
}

/// Whether talk is in colour: as asked, else as the conventions of the environment say.
fn uses_color(cli: &Cli) -> bool {
    let is = |name: &str, value: &str| std::env::var_os(name).is_some_and(|found| found == value);
    let set = |name: &str| std::env::var_os(name).is_some_and(|found| !found.is_empty());
    match cli.color {
        args::ColorChoice::Always => true,
        args::ColorChoice::Never => false,
        args::ColorChoice::Auto if set("NO_COLOR") || is("CLICOLOR", "0") => false,
        args::ColorChoice::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        args::ColorChoice::Auto => draws() && !is("TERM", "dumb"),
    }
}

/// The way from where the command was started to the site's folder: empty, or ending in `/`.
fn prefix(root: &Path) -> String {
    let root = root.to_string_lossy();
    let trimmed = root.trim_start_matches("./").trim_end_matches('/');
    if trimmed.is_empty() || trimmed == "." { String::new() } else { format!("{trimmed}/") }
}

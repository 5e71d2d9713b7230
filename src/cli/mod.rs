//! The command line: takes words in, gives an exit code out. The only code that asks the clock
//! and writes to the terminal: data on stdout, talk on stderr.
#![expect(clippy::disallowed_methods, reason = "the one keeper of the clock and the terminal")]

pub mod args;
mod build;
mod explain;
mod import;
mod sample_size;
mod status;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Parser;

use crate::assess::{Assessment, Status};
use crate::diagnostic::terminal::{self, TerminalOptions};
use crate::diagnostic::{Diagnostic, Severity, json};
use crate::facts::{Facts, Outcome, Verdict};
use crate::model::Known;
use crate::parse::visibility::Profile;
use crate::pipeline::{self, Inputs};
use crate::source::SourceTree;
use crate::time::Day;
use args::{Cli, Command, DiagnosticFormat, FailOn, Gate};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Fine = 0,
    /// The inputs have errors.
    Faulty = 1,
    Usage = 2,
    /// A `--fail-on` gate tripped.
    Gate = 3,
    /// The surroundings do not let it run: disk, lock.
    CouldNotRun = 4,
}

/// Runs the command that the arguments name; gives the exit code.
pub fn run() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for, and fine; anything else is usage.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Fine };
            _ = error.print();
            return exit as u8;
        }
    };
    if let Some(jobs) = cli.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
        pool.build_global().expect("nothing has used threads before");
    }
    let exit = match &cli.command {
        Command::Build(args) => build::build(&cli, args),
        Command::Check(args) => build::check(&cli, args),
        Command::Status(args) => status::run(&cli, args),
        Command::Explain(args) => explain::run(&cli, args),
        Command::SampleSize(args) => sample_size::run(&cli, args),
        Command::Import(args) => import::run(&cli, args),
    };
    exit as u8
}

/// The site's folder, absolute.
fn root(cli: &Cli) -> Result<PathBuf, Exit> {
    std::fs::canonicalize(&cli.root).map_err(|error| {
        say(&format!("error: cannot read `{}`: {error}", cli.root.display()));
        Exit::CouldNotRun
    })
}

/// Reads the inputs as `profile` shows them; on a disk fault says so. What somebody answers for on
/// the day of the command is left out of the diagnostics.
fn load(cli: &Cli, root: &Path, profile: Profile) -> Result<Inputs, Exit> {
    let mut inputs = pipeline::load_for(root, profile).map_err(|error| {
        say(&format!("error: {error}"));
        Exit::CouldNotRun
    })?;
    inputs.waive(as_of(cli, &inputs));
    Ok(inputs)
}

/// Reads and judges the inputs for a command that needs them sound; if they are not, prints why.
fn load_sound(cli: &Cli) -> Result<(Inputs, Known, Assessment, Facts), Exit> {
    let mut inputs = load(cli, &root(cli)?, Profile::Auditor)?;
    if !inputs.are_sound() {
        print_diagnostics(cli, &inputs, DiagnosticFormat::Text);
        return Err(Exit::Faulty);
    }
    let (known, assessment) = inputs.assess(as_of(cli, &inputs));
    let facts = inputs.conclude(&known, &assessment);
    Ok((inputs, known, assessment, facts))
}

/// The day to judge as of.
fn as_of(cli: &Cli, inputs: &Inputs) -> Day {
    inputs.as_of(cli.as_of, today())
}

/// Today in Taipei, whatever the machine's time zone. Taiwan has no summer time.
fn today() -> Day {
    let taipei = chrono::FixedOffset::east_opt(8 * 3600).expect("eight hours is an offset");
    chrono::Utc::now().with_timezone(&taipei).date_naive()
}

/// Prints what is wrong with the inputs: text on stderr, data on stdout.
fn print_diagnostics(cli: &Cli, inputs: &Inputs, format: DiagnosticFormat) {
    print_all(cli, &inputs.tree, &inputs.diagnostics, format);
}

fn print_all(cli: &Cli, tree: &SourceTree, diagnostics: &[Diagnostic], format: DiagnosticFormat) {
    let quiet = cli.quiet;
    let shown: Vec<Diagnostic> = diagnostics
        .iter()
        .filter(|diagnostic| !quiet || diagnostic.code.severity() == Severity::Error)
        .cloned()
        .collect();
    match format {
        DiagnosticFormat::Text => {
            if !(quiet && shown.is_empty()) {
                show(tree, &shown);
            }
        }
        DiagnosticFormat::Json => put(&json::json(tree, &shown)),
        // Annotations name files from where CI stands, which is where the command was started.
        DiagnosticFormat::Github => put(&json::github(tree, &shown, &prefix(&cli.root))),
    }
}

/// Draws diagnostics for people, in colour on a terminal that wants it.
fn show(tree: &SourceTree, diagnostics: &[Diagnostic]) {
    let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let options = TerminalOptions { color, ..TerminalOptions::default() };
    say(terminal::render(tree, diagnostics, options).trim_end());
}

/// Whether a gate trips on what the command is about; says what tripped it.
fn gate(gate: &Gate, inputs: &[Diagnostic], verdict: &Verdict) -> Exit {
    let mut exit = Exit::Fine;
    for fail_on in &gate.fail_on {
        let count = match fail_on {
            FailOn::Overdue => verdict.overdue.open(),
            FailOn::Deficient => verdict.deficient.open(),
            FailOn::Unknown => verdict.unknown.open() + verdict.checks.unknown,
            FailOn::DueSoon => verdict.count(Status::DueSoon),
            FailOn::Breach => verdict.breaches(),
            FailOn::Finding => verdict.overdue_findings.open(),
            FailOn::Retention => verdict.retention.open(),
            FailOn::Suspect => verdict.suspects,
            FailOn::Warning => inputs.iter().filter(|one| !one.is_error()).count(),
            FailOn::Verdict => {
                let outcome = verdict.outcome();
                if outcome != Outcome::Met {
                    say(&format!("gate: verdict {}", outcome.as_str()));
                    exit = Exit::Gate;
                }
                continue;
            }
        };
        if count > 0 {
            say(&format!("gate: {count} {}", fail_on.as_str()));
            exit = Exit::Gate;
        }
    }
    exit
}

/// Data for the next program. A closed pipe is no fault: whoever read has enough.
fn put(text: &str) {
    let mut out = std::io::stdout().lock();
    _ = out.write_all(text.as_bytes());
    if !text.ends_with('\n') {
        _ = out.write_all(b"\n");
    }
}

/// Talk for people.
fn say(text: &str) {
    _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// The way from where the command was started to the site's folder: empty, or ending in `/`.
fn prefix(root: &Path) -> String {
    let root = root.to_string_lossy();
    let trimmed = root.trim_start_matches("./").trim_end_matches('/');
    if trimmed.is_empty() || trimmed == "." { String::new() } else { format!("{trimmed}/") }
}

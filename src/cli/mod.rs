//! The command line: takes words in, gives an exit code out. The only code that asks the clock
//! and writes to the terminal: data on stdout, talk on stderr.
#![expect(clippy::disallowed_methods, reason = "the one keeper of the clock and the terminal")]

pub mod args;
mod build;
mod completions;
mod day;
mod diff;
mod digest;
mod draft;
mod editor;
mod explain;
mod export;
mod export_akn;
mod import;
mod init;
mod library;
mod new;
mod problems;
mod sample_size;
mod schema;
mod serve;
mod status;
pub mod test;
mod verify;
mod whatif;

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Parser;

use crate::assess::{Assessment, Status};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::facts::{Facts, Outcome, Verdict};
use crate::model::Known;
use crate::parse::visibility::Profile;
use crate::pipeline::{self, Inputs};
use crate::time::Day;
use args::{Cli, Command, DiagnosticFormat, FailOn, Gate};
use problems::{print_all, print_diagnostics, show};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Fine = 0,
    /// The inputs have errors.
    Faulty = 1,
    Usage = 2,
    /// A `--fail-on` gate tripped.
    Gate = 3,
    /// The surroundings do not let it run: disk, port, output that could not be written.
    CouldNotRun = 4,
    /// Another build writes to the same output.
    Locked = 5,
}

/// Runs the command that the arguments name; gives the exit code.
pub fn run() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for, and fine; anything else is usage.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Fine };
            // What was typed or handed over is quoted; a terminal would obey it.
            let acts = |word: std::ffi::OsString| {
                word.to_string_lossy().chars().any(crate::source::is_hidden)
            };
            if exit == Exit::Usage && std::env::args_os().any(acts) {
                say(error.render().to_string().trim_end());
                return ended(exit);
            }
            let printed = error.print().and_then(|()| std::io::stdout().flush());
            if exit == Exit::Fine {
                note_lost(printed);
            }
            return ended(exit);
        }
    };
    if let Some(jobs) = cli.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
        pool.build_global().expect("nothing has used threads before");
    }
    let exit = match &cli.command {
        Command::Init(args) => init::run(&cli, args),
        Command::Build(args) => build::build(&cli, args),
        Command::Check(args) => build::check(&cli, args),
        Command::Status(args) => status::run(&cli, args),
        Command::Explain(args) => explain::run(&cli, args),
        Command::SampleSize(args) => sample_size::run(&cli, args),
        Command::Test(args) => test::run(&cli, args),
        Command::Verify(args) => verify::verify(&cli, args),
        Command::Sign(args) => verify::sign(&cli, args),
        Command::Schema(args) => schema::run(&cli, args),
        Command::Day(args) => day::run(&cli, args),
        Command::Export(args) => export::run(&cli, args),
        Command::Diff(args) => diff::run(&cli, args),
        Command::Draft(args) => draft::run(&cli, args),
        Command::Whatif(args) => whatif::run(&cli, args),
        Command::Digest(args) => digest::run(&cli, args),
        Command::New(args) => new::run(&cli, args),
        Command::Library(args) => library::run(&cli, args),
        Command::Serve(args) => serve::run(&cli, args),
        Command::Completions(args) => completions::completions(&cli, args),
        Command::Man(args) => completions::man(&cli, args),
        Command::Import(args) => import::run(&cli, args),
    };
    ended(exit)
}

/// The exit code: what was to be printed and did not arrive is a failure whatever else came of it.
fn ended(exit: Exit) -> u8 {
    if let Some(why) = LOST.get() {
        // Whoever reads the data must not take an empty or cut file for the whole.
        say(&format!("error: cannot write to the standard output: {why}"));
        return Exit::CouldNotRun as u8;
    }
    exit as u8
}

/// Why data could not be written to the standard output.
static LOST: std::sync::OnceLock<String> = std::sync::OnceLock::new();

/// The site's folder, absolute.
fn root(cli: &Cli) -> Result<PathBuf, Exit> {
    let named = named_root(cli);
    std::fs::canonicalize(&named).map_err(|error| {
        say(&format!("error: cannot read `{}`: {error}", named.display()));
        Exit::CouldNotRun
    })
}

/// The site's folder as it is named from where the command was started: the one asked for, else
/// the nearest one upwards that holds a `clausebook.yaml`, else this one.
fn named_root(cli: &Cli) -> PathBuf {
    if let Some(root) = &cli.root {
        return root.clone();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let up = (0..here.components().count()).map(|up| {
        let way: PathBuf = std::iter::repeat_n("..", up).collect();
        if up == 0 { PathBuf::from(".") } else { way }
    });
    let mut sites = up.filter(|way| way.join("clausebook.yaml").is_file());
    sites.next().unwrap_or_else(|| PathBuf::from("."))
}

/// Whether somebody is there to be asked.
fn is_interactive() -> bool {
    std::io::stderr().is_terminal() && std::io::stdin().is_terminal()
}

/// Reads the inputs as `profile` shows them; on a disk fault says so. What somebody answers for on
/// the day of the command is left out of the diagnostics.
fn load(cli: &Cli, root: &Path, profile: Profile) -> Result<Inputs, Exit> {
    let mut inputs = pipeline::load_for(root, profile).map_err(|error| {
        say(&format!("error: {error}"));
        Exit::CouldNotRun
    })?;
    let as_of = as_of(cli, &inputs);
    within_the_calendar(as_of, &inputs)?;
    inputs.waive(as_of);
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

/// How many years past the last one that is known a day may lie: papers are kept for decades, and when
/// they may go is asked for days as far ahead. Every duty has an occurrence for
/// each period up to the day, so a slip of the pen (2206 for 2026) would fill the machine.
const YEARS_AHEAD: i32 = 75;

/// Refuses a day far from anything the inputs know.
fn within_the_calendar(as_of: Day, inputs: &Inputs) -> Result<(), Exit> {
    use chrono::Datelike as _;
    let known = inputs.model.calendar.years.iter().max().copied();
    let last = known.unwrap_or(i32::MIN).max(today().year()) + YEARS_AHEAD;
    if as_of.year() <= last {
        return Ok(());
    }
    say(&format!("error: {as_of} lies too far ahead: days are judged up to the end of {last}"));
    say("help: check the year of `--as-of`, or of `as_of` in clausebook.yaml");
    Err(Exit::Usage)
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

/// How many diagnostics have a code.
fn counted(inputs: &[Diagnostic], code: Code) -> usize {
    inputs.iter().filter(|one| one.code == code).count()
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
            FailOn::ReadingDue => counted(inputs, Code::ReadingDue),
            FailOn::ReadingDecides => counted(inputs, Code::ReadingDecides),
            FailOn::Untested => counted(inputs, Code::UntestedDuty),
            FailOn::Warning => {
                inputs.iter().filter(|one| one.code.severity() == Severity::Warning).count()
            }
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

/// Data for the next program. A closed pipe is no fault: whoever read has enough. Any other is
/// remembered, and becomes the exit code.
fn put(text: &str) {
    let mut out = std::io::stdout().lock();
    let end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
    let written =
        out.write_all(text.as_bytes()).and_then(|()| out.write_all(end)).and_then(|()| out.flush());
    note_lost(written);
}

/// Bytes for the next program.
fn put_bytes(bytes: &[u8]) {
    let mut out = std::io::stdout().lock();
    note_lost(out.write_all(bytes).and_then(|()| out.flush()));
}

/// Remembers that data did not arrive. A closed pipe is no fault.
fn note_lost(written: std::io::Result<()>) {
    if let Err(error) = written
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        _ = LOST.set(error.to_string());
    }
}

/// Text for people on the standard output: nothing in it acts upon the terminal.
fn put_text(text: &str) {
    put(&visible(text));
}

/// Whether talk goes to a terminal.
fn draws() -> bool {
    std::io::stderr().is_terminal()
}

/// Talk that is escaped already, with colours that are meant to be obeyed.
fn put_drawn(text: &str) {
    _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Talk for people. Nothing in it acts upon the terminal.
fn say(text: &str) {
    _ = writeln!(std::io::stderr().lock(), "{}", visible(text));
}

/// The text with everything spelt that a terminal would obey, save the ends of lines.
fn visible(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(crate::source::escape).collect();
    lines.join("\n")
}

//! The command line: what may be said, and what it means.

mod authoring;
mod proof;
mod reports;

use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::assess::Status;
use crate::parse::visibility::Profile;
use crate::time::{Day, parse_office_day};

pub use authoring::{
    ImportSheetArgs, InitArgs, LibraryArgs, LibraryCommand, NewArgs, PreviewFormat, SchemaArgs,
    ServeArgs,
};
pub use proof::{DayArgs, ProofFormat, SignArgs, TestArgs, TestFormat, VerifyArgs};
pub use reports::{
    CompletionsArgs, DiffArgs, DigestArgs, DigestFormat, ExportArgs, ExportForm, ManArgs,
    TextFormat, WhatIfArgs,
};

/// Turns YAML records and regulation texts into a cross-linked static compliance site.
#[derive(Debug, Parser)]
#[command(name = "clausebook", version, after_help = EXAMPLES)]
pub struct Cli {
    /// The site's folder [default: the nearest one upwards with a clausebook.yaml]
    #[arg(short = 'C', long, value_name = "DIR", global = true, help_heading = GLOBAL)]
    pub root: Option<PathBuf>,
    /// The day to judge as of, `2026-11-21` or `115-11-21` [default: the site's, else today in Taipei]
    #[arg(long, value_name = "DATE", value_parser = day, global = true, help_heading = GLOBAL)]
    pub as_of: Option<Day>,
    /// Threads to work with [default: one per processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512), global = true, help_heading = GLOBAL)]
    pub jobs: Option<u16>,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = GLOBAL)]
    pub quiet: bool,
    /// Say how long each stage took
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    pub verbose: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", global = true, help_heading = GLOBAL)]
    pub color: ColorChoice,
    #[command(subcommand)]
    pub command: Command,
}

/// Options that every command takes.
const GLOBAL: &str = "Options of every command";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR, CLICOLOR=0 or TERM=dumb say no
    #[default]
    Auto,
    Always,
    Never,
}

const EXAMPLES: &str = "\
Examples:
  clausebook build                         check, render and publish ./public
  clausebook status --status overdue       what is late, as of today

Exit codes: 0 fine, 1 the inputs have errors, 2 usage, 3 a --fail-on gate tripped, 4 could not run,
5 another build writes to the same output";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a new site that checks and builds clean
    Init(InitArgs),
    /// Check, render, verify, and publish the site in one swap
    Build(BuildArgs),
    /// Read and judge everything, publish nothing; all problems in one run
    Check(OnlyCheckArgs),
    /// List the occurrences of duties, or the checks of standing ones, as of a day
    Status(StatusArgs),
    /// Say why an occurrence or a check is as it is, or what a diagnostic code means
    Explain(ExplainArgs),
    /// How many records (and users) a rule asks to be looked at
    SampleSize(SampleSizeArgs),
    /// Reckon a day or an instant, step by step, each with its article
    Day(DayArgs),
    /// Run the tests that stand beside the rules
    Test(TestArgs),
    /// Whether a published site is unchanged, and its statuses follow from what it says of them
    Verify(VerifyArgs),
    /// Sign the manifest of a published site, as `ssh-keygen -Y sign` would
    Sign(SignArgs),
    /// Begin a regulation's folder from its official text
    Import(ImportArgs),
    /// Print the JSON Schema of a kind of file, for editors
    Schema(SchemaArgs),
    /// Write a list as a spreadsheet
    Export(ExportArgs),
    /// What changed in status between two days or two folders
    Diff(DiffArgs),
    /// Draft the duties of a regulation from its words, or measure such drafts against its rules
    Draft(DraftArgs),
    /// What a draft of a regulation would change, over the real records
    Whatif(WhatIfArgs),
    /// What a unit, a post or an agency has to know this week
    Digest(DigestArgs),
    /// Begin a record: its id, its keys with what they mean, and what the site offers for them
    New(NewArgs),
    /// The regulations that came with the program
    Library(LibraryArgs),
    /// Build in memory, watch, and show the site on this machine
    Serve(ServeArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page of the program, or of one command
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Where to publish; replaced as a whole
    #[arg(short, long, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
    /// What to name this build by on every page, such as a commit and the time
    /// [env: CLAUSEBOOK_BUILD_ID]
    #[arg(long, value_name = "TEXT", value_parser = build_id)]
    pub build_id: Option<String>,
    #[command(flatten)]
    pub check: CheckArgs,
}

#[derive(Debug, Args)]
pub struct CheckArgs {
    /// How to print diagnostics
    #[arg(long, value_enum, default_value_t)]
    pub format: DiagnosticFormat,
    /// For whom: records of `visibility: internal` are for the intranet, `restricted` for auditors
    #[arg(long, value_enum, default_value_t)]
    pub profile: ForWhom,
    #[command(flatten)]
    pub gate: Gate,
}

#[derive(Debug, Args)]
pub struct OnlyCheckArgs {
    /// Render and verify every page as well
    #[arg(long)]
    pub render: bool,
    #[command(flatten)]
    pub check: CheckArgs,
}

#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Only these regulations
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub regulation: Vec<String>,
    /// Only duties of these agencies
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub agency: Vec<String>,
    /// Only duties of these units
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub unit: Vec<String>,
    /// Only these statuses
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = status)]
    pub status: Vec<Status>,
    /// Only due on or after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub from: Option<Day>,
    /// Only due on or before this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub to: Option<Day>,
    /// Records against rules that must hold at any time, in place of occurrences
    #[arg(long)]
    pub checks: bool,
    /// How to print the rows; JSON has both
    #[arg(long, value_enum, default_value_t)]
    pub format: RowFormat,
    /// The form of JSON: 3, or the array of version 2
    #[arg(long, value_name = "VERSION", default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=3))]
    pub schema: u8,
    #[command(flatten)]
    pub gate: Gate,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// REGULATION/OBLIGATION/SCOPE/PERIOD, REGULATION/OBLIGATION/RECORD, or a code such as
    /// `unknown-clause`
    pub id: String,
}

#[derive(Debug, Args)]
pub struct SampleSizeArgs {
    /// The regulation
    #[arg(long, value_name = "ID")]
    pub regulation: String,
    /// The clause the rule stands in, such as `6.2`
    #[arg(long, value_name = "CLAUSE")]
    pub clause: String,
    /// Which duty, if several of the clause ask for a sample
    #[arg(long, value_name = "ID")]
    pub obligation: Option<String>,
    /// Records in all (for a rule about audited records: those audited); `300-400` for a range
    #[arg(long, value_name = "N", value_delimiter = ',', required = true, value_parser = range)]
    pub population: Vec<RangeInclusive<u64>>,
    /// Users in all, for a rule about users as well: one number, or one for each population
    #[arg(long, value_name = "N", value_delimiter = ',')]
    pub users: Vec<u64>,
    /// How to print the sizes
    #[arg(long, value_enum, default_value_t)]
    pub format: RowFormat,
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    #[command(subcommand)]
    pub what: ImportCommand,
}

/// What to import.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// The text of a regulation: plain, Markdown, HTML, .docx or .odt, or an open-data file of laws
    Regulation(ImportRegulationArgs),
    /// The office calendar as it is published: CSV with 西元日期 and 是否放假
    Calendar(ImportCalendarArgs),
    /// Accounts from a spreadsheet
    Accounts(ImportSheetArgs),
    /// Monthly figures of use from a spreadsheet, or counted from a log of queries
    Usage(ImportSheetArgs),
    /// Audits from a spreadsheet
    Audits(ImportSheetArgs),
    /// Posts and who holds them from a spreadsheet
    Posts(ImportSheetArgs),
    /// Trainings from a spreadsheet
    Trainings(ImportSheetArgs),
}

#[derive(Debug, Args)]
pub struct DraftArgs {
    /// The regulations, by their ids [default: all of the site]
    #[arg(value_name = "REGULATION")]
    pub regulations: Vec<String>,
    /// Compare the drafts with the rules that stand in the folders: recall and precision of each field
    #[arg(long)]
    pub measure: bool,
}

#[derive(Debug, Args)]
pub struct ImportCalendarArgs {
    /// The file as it was published
    pub file: PathBuf,
    /// Write the days to content/calendar.yaml
    #[arg(long)]
    pub write: bool,
}

#[derive(Debug, Args)]
pub struct ImportRegulationArgs {
    /// The text as it was found; it is kept byte for byte
    pub file: PathBuf,
    /// The regulation's permanent id, the name of its folder
    #[arg(long, value_name = "ID")]
    pub id: String,
    /// The official name, if the text does not state it
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Which law of an open-data file, by its code; `--name` chooses one by its name
    #[arg(long, value_name = "PCODE")]
    pub pcode: Option<String>,
    /// The folder is there already: write the corrected copy, or the new version, beside what is kept
    #[arg(long)]
    pub write: bool,
    /// Write nothing; print what was read
    #[arg(long, conflicts_with = "write")]
    pub dry_run: bool,
    /// How to print what was read
    #[arg(long, value_enum, default_value_t)]
    pub format: ReadingFormat,
}

/// How a reading is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReadingFormat {
    #[default]
    Text,
    /// Every clause with its path, kinds and words
    Json,
}

/// Conditions that make the command end with exit code 3.
#[derive(Debug, Args)]
pub struct Gate {
    /// End with code 3 if there is any of these; `verdict` is what the home page says
    #[arg(long, value_name = "WHAT", value_enum, value_delimiter = ',')]
    pub fail_on: Vec<FailOn>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Occurrences that are overdue and not settled
    Overdue,
    /// Occurrences that are short of the rule and not settled
    Deficient,
    /// Occurrences and checks that cannot be told
    Unknown,
    /// Occurrences that fall due soon
    DueSoon,
    /// Conditions breached, and papers destroyed against their rules
    Breach,
    /// Findings past the day by which they had to be mended
    Finding,
    /// Papers destroyed against their rules
    Retention,
    /// Rules whose clauses say something else than they were written for
    Suspect,
    /// Choices between readings past the day of their review
    ReadingDue,
    /// Questions that nobody settled and that decide a status
    ReadingDecides,
    /// Judged duties without tests, or with less exercised than `tested_min` asks
    Untested,
    /// Warnings about the inputs
    Warning,
    /// Anything but a verdict that all is met
    Verdict,
}

impl Gate {
    /// Whether it can tell only when the tests of the rules were run.
    pub fn asks_for_tests(&self) -> bool {
        self.fail_on.contains(&FailOn::Untested)
    }

    /// Whether it can tell only when every reading was run.
    pub fn asks_for_readings(&self) -> bool {
        self.fail_on.iter().any(|one| matches!(one, FailOn::ReadingDue | FailOn::ReadingDecides))
    }
}

impl FailOn {
    /// The word of the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            FailOn::Overdue => "overdue",
            FailOn::Deficient => "deficient",
            FailOn::Unknown => "unknown",
            FailOn::DueSoon => "due-soon",
            FailOn::Breach => "breach",
            FailOn::Finding => "finding",
            FailOn::Retention => "retention",
            FailOn::Suspect => "suspect",
            FailOn::ReadingDue => "reading-due",
            FailOn::ReadingDecides => "reading-decides",
            FailOn::Untested => "untested",
            FailOn::Warning => "warning",
            FailOn::Verdict => "verdict",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiagnosticFormat {
    /// With excerpts, for people
    #[default]
    Text,
    /// An array, for programs
    Json,
    /// The objects of the array, one to a line
    Jsonl,
    /// Ten annotations of a GitHub workflow and the count; all of them in the step's summary
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// A report of tests in XML: an error is a failure, a warning is passed over
    Junit,
    /// A log of SARIF 2.1.0
    Sarif,
}

/// For whom a site is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ForWhom {
    /// Everybody
    #[default]
    Public,
    /// Readers within the agency
    Intranet,
    /// Auditors: everything is shown
    Auditor,
}

impl From<ForWhom> for Profile {
    fn from(whom: ForWhom) -> Self {
        match whom {
            ForWhom::Public => Profile::Public,
            ForWhom::Intranet => Profile::Intranet,
            ForWhom::Auditor => Profile::Auditor,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    #[default]
    Table,
    Json,
    Csv,
}

fn day(text: &str) -> Result<Day, String> {
    parse_office_day(text)
        .map_err(|error| format!("`{text}` {error}; write 2026-11-21, 115-11-21 or 115/11/21"))
}

/// Most characters of a build's name.
const LONGEST_BUILD_ID: usize = 80;

/// Reads the name of a build: one line that fits the foot of a page.
pub fn build_id(text: &str) -> Result<String, String> {
    let text = text.trim();
    let fits = (1..=LONGEST_BUILD_ID).contains(&text.chars().count());
    if !fits || text.chars().any(char::is_control) {
        return Err(format!("a build is named in one line of 1 to {LONGEST_BUILD_ID} characters"));
    }
    Ok(text.to_owned())
}

fn status(text: &str) -> Result<Status, String> {
    Status::from_code(text).ok_or_else(|| {
        let codes: Vec<&str> = Status::ALL.iter().map(|status| status.code()).collect();
        format!("no status `{text}`; statuses: {}", codes.join(", "))
    })
}

/// Most numbers a range may have.
const LONGEST_RANGE: u64 = 1_000_000;

fn range(text: &str) -> Result<RangeInclusive<u64>, String> {
    let number =
        |text: &str| text.parse::<u64>().map_err(|_| format!("`{text}` is no whole number"));
    let (from, to) = match text.split_once('-') {
        Some((from, to)) => (number(from)?, number(to)?),
        None => (number(text)?, number(text)?),
    };
    if to < from || to - from >= LONGEST_RANGE {
        return Err(format!("a range rises, and has at most {LONGEST_RANGE} numbers"));
    }
    Ok(from..=to)
}

//! The arguments of the commands that show how something was come to, or check what was published.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::time::{Counted, FirstDay, TimeLaw};

#[derive(Debug, Args)]
pub struct DayArgs {
    /// The day of the event, or its instant such as `2026-11-20T16:40+08:00` for hours
    pub start: String,
    /// `+3 months`, `+10 working days`, `+72 hours`; before it: `-10 days`
    #[arg(required = true, num_args = 1.., allow_negative_numbers = true)]
    pub length: Vec<String>,
    /// Which law it is counted by
    #[arg(long, value_parser = ground, default_value = "apa-48")]
    pub ground: TimeLaw,
    /// `event-day` where the text counts the day itself (即日起算)
    #[arg(long, value_parser = first_day, default_value = "next-day")]
    pub count: FirstDay,
    /// Days before: the N-th day, or N clear days between
    #[arg(long, value_parser = counted, default_value = "nth-day")]
    pub counted: Counted,
    /// Leave a last day on a day off where it is
    #[arg(long)]
    pub keep: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: ProofFormat,
}

/// How a proof is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProofFormat {
    #[default]
    Text,
    Json,
}

fn ground(text: &str) -> Result<TimeLaw, String> {
    TimeLaw::from_word(text).ok_or_else(|| one_of(TimeLaw::WORDS))
}

fn first_day(text: &str) -> Result<FirstDay, String> {
    FirstDay::from_word(text).ok_or_else(|| one_of(FirstDay::WORDS))
}

fn counted(text: &str) -> Result<Counted, String> {
    Counted::from_word(text).ok_or_else(|| one_of(Counted::WORDS))
}

fn one_of(words: &[&str]) -> String {
    format!("write one of {}", words.join(", "))
}

#[derive(Debug, Args)]
pub struct TestArgs {
    /// REGULATION, or REGULATION/OBLIGATION [default: every test there is]
    pub what: Option<String>,
    /// What the tests exercise of each rule, and what no test does
    #[arg(long)]
    pub coverage: bool,
    /// End with code 1 if of any duty that is named less than so many of a hundred elements are
    /// exercised
    #[arg(long, value_name = "N", requires = "coverage", value_parser = clap::value_parser!(u64).range(0..=100))]
    pub min: Option<u64>,
    /// How to print what came of the tests
    #[arg(long, value_enum, default_value_t)]
    pub format: TestFormat,
    /// Run the cases and tables of days below a folder instead (docs/kit.md)
    #[arg(long, value_name = "DIR", conflicts_with_all = ["what", "coverage", "mutate"])]
    pub cases: Option<PathBuf>,
    /// Write the tests as such cases into a folder, for any program, and run none
    #[arg(long, value_name = "DIR", conflicts_with_all = ["coverage", "mutate", "cases"])]
    pub write_cases: Option<PathBuf>,
    /// Change the rules in one place at a time, and list the changes that no test notices
    #[arg(long)]
    pub mutate: bool,
}

/// How tests are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// A line for each duty, and what fails with its place
    #[default]
    Text,
    /// Every question with what was expected
    Json,
    /// A JUnit report
    Junit,
    /// Annotations of a GitHub workflow
    Github,
}

#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The published folder, or a copy of it [default: the site's `public`]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Who may sign, as a file of allowed signers of `ssh-keygen`; a manifest that is not signed fails then
    #[arg(long, value_name = "FILE")]
    pub signers: Option<PathBuf>,
    /// Make the receipts anew from the records of the site (`-C`), too
    #[arg(long)]
    pub records: bool,
    /// For whom the site was built
    #[arg(long, value_enum, default_value_t)]
    pub profile: super::ForWhom,
    /// How to print what was found
    #[arg(long, value_enum, default_value_t)]
    pub format: ProofFormat,
}

#[derive(Debug, Args)]
pub struct SignArgs {
    /// The private key in the form of OpenSSH, ed25519 or ECDSA P-256, without a passphrase
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// The published folder [default: the site's `public`]
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

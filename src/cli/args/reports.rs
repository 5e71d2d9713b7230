//! The arguments of the commands that hand something on: sheets, differences, digests, completions.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::time::Day;

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The form of the file
    #[arg(value_enum)]
    pub form: ExportForm,
    /// `akn`: a regulation, REGULATION@VERSION, or `all`. Else one of the lists: accounts, usage, audits, posts, trainings, findings, evidence, occurrences, checks, retention
    pub kind: String,
    /// The file to write (`akn`: the folder), which must not be there yet [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Occurrences: only of these agencies
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub agency: Vec<String>,
    /// Occurrences: only of these units
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub unit: Vec<String>,
    /// Occurrences: only of these regulations
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub regulation: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportForm {
    Xlsx,
    Ods,
    Csv,
    /// Versions of regulations as Akoma Ntoso 3.0
    Akn,
}

#[derive(Debug, Args)]
pub struct DiffArgs {
    /// A day, a folder, a commit, FOLDER@DAY or COMMIT@DAY
    pub before: String,
    /// As BEFORE [default: the site's folder]
    pub after: Option<String>,
    /// How to print the changes
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
    /// End with code 3 if anything became worse
    #[arg(long)]
    pub fail_on_worse: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TextFormat {
    #[default]
    Text,
    #[value(alias = "md")]
    Markdown,
    Json,
}

#[derive(Debug, Args)]
pub struct WhatIfArgs {
    /// REGULATION@DRAFT: a version with `draft: true`
    pub what: String,
    /// The first day on which what falls due is compared [default: a year before the last]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub from: Option<Day>,
    /// The last day on which what falls due is compared [default: the as-of date]
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub to: Option<Day>,
    /// Another change of a rule: `monthly-check.sample.rate=8%`
    #[arg(long, value_name = "DUTY.PATH=VALUE", value_parser = setting)]
    pub set: Vec<(String, String)>,
    /// How to print what would be otherwise
    #[arg(long, value_enum, default_value_t)]
    pub format: TextFormat,
}

fn setting(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((path, value)) if path.contains('.') && !value.trim().is_empty() => {
            Ok((path.trim().to_owned(), value.trim().to_owned()))
        }
        _ => Err("write DUTY.PATH=VALUE, such as `monthly-check.sample.rate=8%`".to_owned()),
    }
}

#[derive(Debug, Args)]
pub struct DigestArgs {
    /// For this unit
    #[arg(long, value_name = "ID")]
    pub unit: Option<String>,
    /// For this agency
    #[arg(long, value_name = "ID", conflicts_with = "unit")]
    pub agency: Option<String>,
    /// For the holder of this post
    #[arg(long, value_name = "ID", conflicts_with_all = ["unit", "agency"])]
    pub post: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub format: DigestFormat,
    /// The mail's sender
    #[arg(long, value_name = "ADDRESS", default_value = "clausebook@localhost")]
    pub from: String,
    /// The mail's receiver
    #[arg(long, value_name = "ADDRESS", default_value = "undisclosed-recipients:;")]
    pub to: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DigestFormat {
    #[default]
    Text,
    #[value(alias = "md")]
    Markdown,
    /// A mail, to be sent by others
    Eml,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub struct ManArgs {
    /// A command
    pub command: Option<String>,
}

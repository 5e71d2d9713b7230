//! The arguments of the commands by which a site is begun, filled and looked at.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::day;
use crate::time::Day;

#[derive(Clone, Debug, Args)]
pub struct InitArgs {
    /// The new site's folder [default: this one]
    #[arg(value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// The site's name
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// The agency: its official name, or ID=NAME
    #[arg(long, value_name = "[ID=]NAME")]
    pub agency: Option<String>,
    /// A unit of the agency; may be given several times
    #[arg(long, value_name = "[ID=]NAME")]
    pub unit: Vec<String>,
    /// A system the units use, and its regulations if not all of them; may be given several times
    #[arg(long, value_name = "[ID=]NAME[:REG+REG]")]
    pub system: Vec<String>,
    /// Regulations of the library that the systems' use falls under
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub regulation: Vec<String>,
    /// First day the units use the systems [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub since: Option<Day>,
    /// Write the example of each kind as a record, not behind `#`
    #[arg(long)]
    pub examples: bool,
    /// Write the demo: four agencies with two years of invented records
    #[arg(long, conflicts_with_all = ["name", "agency", "unit", "system", "regulation", "since", "examples"])]
    pub demo: bool,
    /// Ask nothing
    #[arg(short, long)]
    pub yes: bool,
}

#[derive(Debug, Args)]
pub struct NewArgs {
    /// The kind of record, such as `account`, `audit`, `finding` or `evidence`
    pub kind: String,
    /// Evidence: the file, which is copied and hashed
    pub file: Option<PathBuf>,
    /// Audit: the occurrence it answers, REGULATION/OBLIGATION/SCOPE/PERIOD
    #[arg(long = "for", value_name = "OCCURRENCE")]
    pub occurrence: Option<String>,
    /// A value, such as `unit=reg` or `approved.on=115-11-28`; may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Print the record, write nothing
    #[arg(long)]
    pub print: bool,
}

#[derive(Debug, Args)]
pub struct LibraryArgs {
    #[command(subcommand)]
    pub what: Option<LibraryCommand>,
}

/// What to do with the library.
#[derive(Debug, Subcommand)]
pub enum LibraryCommand {
    /// Which regulations it has, and which the site uses, holds, or holds changed (the default)
    List,
    /// Put a copy into the site, to be changed; from then on the copy counts
    Eject {
        /// The regulation
        id: String,
    },
    /// Note the library's present state, once what a newer program changed has been looked at
    Note,
}

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The port; 0 for any free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub port: u16,
}

#[derive(Debug, Args)]
pub struct ImportSheetArgs {
    /// CSV (UTF-8, UTF-16, Big5), XLSX, XLS or ODS
    pub file: PathBuf,
    /// Which column is which key, in YAML: `columns:`, `fixed:`, `values:`, `leave_out:`, `sheet:`
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// The sheet to read [default: the first visible one with a heading that is known]
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// A value for every row, such as `system=cloud`; may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// The rows are single queries: count them by unit and month
    #[arg(long)]
    pub log: bool,
    /// Leave out doubtful rows instead of writing nothing
    #[arg(long)]
    pub skip_doubtful: bool,
    /// Write what the preview shows
    #[arg(long)]
    pub write: bool,
    /// How to print the preview
    #[arg(long, value_enum, default_value_t)]
    pub format: PreviewFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PreviewFormat {
    #[default]
    Text,
    Json,
}

#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// A kind of record, `config`, `regulation`, `obligations`, `clauses`, `page`, `calendar` or
    /// `status` [default: list them]
    pub kind: Option<String>,
    /// Write all of them into the site, where its editor looks: after a register was defined, or
    /// with a newer program
    #[arg(long, conflicts_with = "kind")]
    pub write: bool,
}

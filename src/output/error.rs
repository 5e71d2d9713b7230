//! Why a site could not be published. Whatever the reason, the output is as it was before.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::escape;

/// The output could not be written.
#[derive(Debug)]
pub enum OutputError {
    /// The folder is not one that may be replaced.
    Refused { path: PathBuf, why: String },
    /// Another build is writing to the same output.
    Locked { path: PathBuf },
    /// Two files of the site have one path, at least for some systems.
    ClaimedTwice { path: String, other: String },
    /// A path of the site would leave the output, or is not a path.
    BadPath { path: String, why: String },
    /// Somebody asked the program to end.
    Interrupted,
    /// A file of the inputs changed while the site was built.
    Changed { path: PathBuf },
    /// The disk refused.
    Disk { doing: &'static str, path: PathBuf, source: io::Error },
}

impl OutputError {
    /// The disk refused to do `doing` (such as "write") to `path`.
    pub(super) fn disk(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Disk { doing, path: path.to_owned(), source }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { path, why } => {
                write!(f, "will not replace `{}`: {why}", shown(path))
            }
            Self::Locked { path } => {
                write!(f, "another build is writing to `{}`", shown(path))
            }
            Self::ClaimedTwice { path, other } if path == other => {
                write!(f, "two pages have the path `{}`", escape(path))
            }
            Self::ClaimedTwice { path, other } => write!(
                f,
                "some systems take the paths `{}` and `{}` for one",
                escape(path),
                escape(other)
            ),
            Self::BadPath { path, why } => {
                write!(f, "`{}` is not a path below the output: {why}", escape(path))
            }
            Self::Interrupted => write!(f, "interrupted; the output is as it was before"),
            Self::Changed { path } => {
                write!(f, "`{}` changed while the site was built; build again", shown(path))
            }
            Self::Disk { doing, path, source } => {
                write!(f, "cannot {doing} `{}`: {source}", shown(path))
            }
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { source, .. } => Some(source),
            _ => None,
        }
    }
}

fn shown(path: &Path) -> String {
    escape(&path.to_string_lossy())
}

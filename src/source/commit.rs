//! The files of a commit, in a folder of their own.
#![expect(clippy::disallowed_methods, reason = "git alone knows what a commit holds")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Why there are no files of a commit.
#[derive(Debug, PartialEq, Eq)]
pub enum CommitError {
    /// There is no `git`, `root` is not in a checkout, or no commit is called so.
    Unknown,
    /// `git` knows the commit and could not give its files; its own words.
    Failed(String),
}

/// Puts the files that `commit` (whatever `git rev-parse` takes: `main`, `HEAD~1`, a hash) holds of the folder
/// `root` into a folder that goes away with what is returned. Index, branches and files of the checkout
/// stay as they are; no hook runs. Filters that whoever runs it has set up for the checkout, such as that of
/// large files, run as in any checkout.
pub fn checkout(root: &Path, commit: &str) -> Result<TempDir, CommitError> {
    // What begins with a hyphen is an option to git.
    if commit.starts_with('-') {
        return Err(CommitError::Unknown);
    }
    let git = |folder: &Path| {
        let mut command = Command::new("git");
        // The index is our own: nothing needs to watch the files.
        command.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false"]);
        command
    };
    let spec = format!("{commit}^{{commit}}");
    let hash = said(git(root).args(["rev-parse", "--quiet", "--verify", &spec]))
        .map_err(|_| CommitError::Unknown)?;
    let failed = CommitError::Failed;
    let within = said(git(root).args(["rev-parse", "--show-prefix"])).map_err(failed)?;
    let top =
        PathBuf::from(said(git(root).args(["rev-parse", "--show-toplevel"])).map_err(failed)?);

    let place = tempfile::tempdir().map_err(|error| failed(error.to_string()))?;
    let index = tempfile::tempdir().map_err(|error| failed(error.to_string()))?;
    let index = index.path().join("index");
    let tree = format!("{hash}:{}", within.trim_end_matches('/'));
    said(git(&top).env("GIT_INDEX_FILE", &index).args(["read-tree", &tree])).map_err(failed)?;
    let mut prefix = OsStr::new("--prefix=").to_owned();
    prefix.push(place.path());
    prefix.push("/");
    let mut write = git(&top);
    write.env("GIT_INDEX_FILE", &index).args(["checkout-index", "--all", "--quiet"]).arg(prefix);
    said(&mut write).map_err(failed)?;
    Ok(place)
}

/// The first line a program prints, or its words where it fails.
fn said(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_no_commits_and_a_folder_out_of_a_checkout_has_none() {
        let place = tempfile::tempdir().expect("a temporary folder");
        for commit in ["--output=x", "-h", "main", ""] {
            let files = checkout(place.path(), commit).map(|_| ());
            assert_eq!(files, Err(CommitError::Unknown), "{commit}");
        }
    }
}

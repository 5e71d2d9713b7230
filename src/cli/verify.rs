//! `verify` and `sign`: whether a published folder is unchanged, whether its statuses follow from what
//! it says of them, and whose it is. Offline, all of it; `sign` writes the signature alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{Cli, DiagnosticFormat, ProofFormat, SignArgs, VerifyArgs};
use super::{Exit, load, print_diagnostics, put, put_text, root, say, today, within_the_calendar};
use crate::output::{
    Checked, Fault, MANIFEST, PublishedFolder, SignError, Signed, Signer, check_folder, list,
    read_signers, sign_manifest,
};
use crate::proof::receipt::{self, Receipts};
use crate::source::{escape, read_bytes};
use crate::time::parse_day;

/// The most bytes of a key, and of a list of signers.
const MOST_BYTES: u64 = 1 << 20;

/// What was looked into besides the bytes.
#[derive(Default)]
struct Reckoned {
    /// Occurrences whose receipts were followed.
    occurrences: usize,
    /// Receipts that were made anew from the records.
    anew: Option<usize>,
}

/// Checks the folder.
pub fn verify(cli: &Cli, args: &VerifyArgs) -> Exit {
    let place = place(cli, args.folder.as_deref());
    let signers = match args.signers.as_deref().map(signers).transpose() {
        Ok(signers) => signers,
        Err(exit) => return exit,
    };
    let on = cli.as_of.unwrap_or_else(today).format("%Y%m%d").to_string();
    let looked_at = PublishedFolder::hold(&place)
        .and_then(|folder| Ok((check_folder(&place, signers.as_deref(), &on)?, folder)));
    let (mut checked, published) = match looked_at {
        Ok(looked_at) => looked_at,
        Err(error) => {
            say(&format!("error: {error}"));
            say("help: name the folder that was published: the one with `manifest.json` in it");
            return Exit::CouldNotRun;
        }
    };
    let mut reckoned = Reckoned::default();
    let found = receipt::check(&|path| published.read(path));
    reckoned.occurrences = found.occurrences;
    let fault = |(file, message): (String, String)| Fault { file: escape(&file), message };
    checked.faults.extend(found.faults.into_iter().map(fault));
    if args.records {
        match anew(cli, args, &published, &checked.as_of) {
            Ok((count, faults)) => {
                reckoned.anew = Some(count);
                checked.faults.extend(faults);
            }
            Err(exit) => return exit,
        }
    }
    checked.faults.sort();
    checked.faults.dedup();
    print(args.format, &place, &checked, &reckoned);
    if checked.faults.is_empty() { Exit::Fine } else { Exit::Faulty }
}

/// The published folder: the one named, else that of the site, else the one one is in. A folder that
/// holds a manifest is meant itself, also if somebody put a site's configuration in it.
fn place(cli: &Cli, named: Option<&Path>) -> PathBuf {
    let is_published = |folder: &Path| folder.join(MANIFEST).is_file();
    let is_site = |folder: &Path| folder.join("clausebook.yaml").is_file();
    let here = Path::new(".");
    match named {
        Some(folder) if !is_published(folder) && is_site(folder) => folder.join("public"),
        Some(folder) => folder.to_owned(),
        None if cli.root.is_none() && is_published(here) => here.to_owned(),
        None => place(cli, Some(&super::named_root(cli))),
    }
}

fn signers(path: &Path) -> Result<Vec<Signer>, Exit> {
    let bytes = read_bytes(path, MOST_BYTES).map_err(|error| {
        say(&format!("error: {error}"));
        Exit::CouldNotRun
    })?;
    let (signers, others) = read_signers(&String::from_utf8_lossy(&bytes));
    for line in others {
        say(&format!(
            "warning: {}:{line}: this line allows nobody: its key or a bound of it is not understood",
            escape(&path.to_string_lossy())
        ));
    }
    if signers.is_empty() {
        say(&format!("error: `{}` allows nobody to sign", path.display()));
        say("help: a line is `WHO ssh-ed25519 AAAA…`, as in ALLOWED SIGNERS of ssh-keygen");
        return Err(Exit::Usage);
    }
    Ok(signers)
}

/// The receipts made anew from the records, and those that differ from what is published.
fn anew(
    cli: &Cli,
    args: &VerifyArgs,
    published: &PublishedFolder,
    as_of: &str,
) -> Result<(usize, Vec<Fault>), Exit> {
    let mut inputs = load(cli, &root(cli)?, args.profile.into())?;
    if !inputs.are_sound() {
        print_diagnostics(cli, &inputs, DiagnosticFormat::Text);
        return Err(Exit::Faulty);
    }
    let fault =
        |file: &str, message: &str| Fault { file: escape(file), message: message.to_owned() };
    let Ok(day) = parse_day(as_of) else {
        let message = format!("no receipt can be made for `{}`: it is no day", escape(as_of));
        return Ok((0, vec![fault(MANIFEST, &message)]));
    };
    within_the_calendar(day, &inputs)?;
    let (known, assessment) = inputs.assess(day);
    let files: BTreeMap<String, String> =
        Receipts::new(&known, &assessment).files().into_iter().collect();
    let differs = files
        .iter()
        .filter(|(path, text)| published.read(path).is_none_or(|bytes| bytes != text.as_bytes()));
    let mut faults: Vec<Fault> =
        differs.map(|(path, _)| fault(path, "the records give another")).collect();
    let held = list(published.place()).files;
    let more = held.iter().filter(|path| receipt::is_one(path) && !files.contains_key(*path));
    faults.extend(more.map(|path| fault(path, "the records give no such receipts")));
    Ok((files.len(), faults))
}

fn print(format: ProofFormat, place: &Path, checked: &Checked, reckoned: &Reckoned) {
    let place = escape(&place.to_string_lossy());
    let Checked { faults, files, kept, as_of, program, manifest, signed } = checked;
    if format == ProofFormat::Json {
        let (key, by) = signed.clone().map_or((None, None), |one| (Some(one.key), one.by));
        let rows: Vec<_> = faults
            .iter()
            .map(|fault| json!({"file": fault.file, "message": fault.message}))
            .collect();
        put(&crate::render::json(&json!({
            "ok": faults.is_empty(), "folder": place, "manifest_sha256": manifest, "files": files, "kept": kept,
            "as_of": as_of, "program": program, "occurrences": reckoned.occurrences,
            "receipts_made_anew": reckoned.anew, "signed_with": key, "signed_by": by,
            "faults": rows,
        })));
        return;
    }
    for fault in faults {
        say(&format!("error: {}: {}", fault.file, fault.message));
    }
    let mut lines = vec![
        format!("checked {place}"),
        format!("manifest.json {manifest}"),
        format!("{files} files, as of {as_of}, {program}"),
        format!("{} occurrences reckoned again from their receipts", reckoned.occurrences),
    ];
    if *kept > 0 {
        lines.push(format!(
            "{kept} files of the site before, kept for its readers: no signature covers them"
        ));
    }
    lines.extend(reckoned.anew.map(|count| format!("{count} files made anew from the records")));
    lines.push(match signed {
        Some(Signed { key, by: Some(by) }) => format!("signed by {by} with {key}"),
        Some(Signed { key, by: None }) => {
            format!("signed with {key}; whose it is, `--signers FILE` tells")
        }
        None => "not signed".to_owned(),
    });
    lines.push(match faults.len() {
        0 => "unchanged".to_owned(),
        1 => "1 fault".to_owned(),
        several => format!("{several} faults"),
    });
    put_text(&lines.join("\n"));
}

/// Signs the manifest of a published folder.
pub fn sign(cli: &Cli, args: &SignArgs) -> Exit {
    let place = place(cli, args.folder.as_deref());
    let key = match read_bytes(&args.key, 1 << 20) {
        Ok(key) => key,
        Err(error) => {
            say(&format!("error: {error}"));
            return Exit::CouldNotRun;
        }
    };
    match sign_manifest(&place, &args.key, &key) {
        Ok(signed) => {
            if !cli.quiet {
                say(&format!(
                    "signed {} with {}",
                    place.join("manifest.json").display(),
                    signed.key
                ));
            }
            Exit::Fine
        }
        Err(SignError::Output(error @ crate::output::OutputError::Locked { .. })) => {
            say(&format!("error: {error}"));
            Exit::Locked
        }
        Err(SignError::Output(error)) => {
            say(&format!("error: {error}"));
            Exit::CouldNotRun
        }
        Err(SignError::Seal(error)) => {
            say(&format!("error: {}", error.message));
            if let Some(help) = error.help {
                say(&format!("help: {help}"));
            }
            Exit::Usage
        }
    }
}

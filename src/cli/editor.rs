//! What an editor needs to check a site's files: the schema of each, and the settings that say which is whose.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{Exit, put, say};
use crate::export::schema::{schema, subjects};
use crate::output::write_over;
use crate::parse::fields::descriptions;
use crate::record::kinds::Kinds;
use crate::source::read_bytes;

/// Where the editor's settings stand in a site.
const SETTINGS: &str = ".vscode/settings.json";

/// The largest file of settings that is read.
const LONGEST: u64 = 1 << 20;

/// The schemas of all files that a site of these kinds may hold, each at its place in the site.
pub fn schema_files(kinds: &'static Kinds) -> Vec<(String, Vec<u8>)> {
    let said = descriptions(kinds);
    subjects(kinds)
        .iter()
        .map(|subject| (place(subject.name), pretty(&schema(subject, &said))))
        .collect()
}

/// The settings of a new site, and where they stand.
pub fn settings_file(kinds: &'static Kinds) -> (String, Vec<u8>) {
    let settings = json!({
        "yaml.schemas": globs(kinds),
        "yaml.schemaStore.enable": false,
        "yaml.format.enable": false,
        "files.eol": "\n",
        "files.encoding": "utf8",
    });
    (SETTINGS.to_owned(), pretty(&settings))
}

/// Writes the schemas of the kinds as they are now, and names them in the settings; what else the
/// settings say stays.
pub fn write(root: &Path, kinds: &'static Kinds) -> Exit {
    if !root.join("clausebook.yaml").is_file() {
        say(&format!("error: `{}` is no site's folder", root.display()));
        say("help: run it in a site, or name one with `-C`");
        return Exit::Usage;
    }
    let mut files = schema_files(kinds);
    match settings(root, kinds) {
        Ok(settings) => files.push(settings),
        Err((exit, why)) => {
            say(&format!("error: {}", crate::source::escape(&why)));
            return exit;
        }
    }
    for (path, bytes) in &files {
        if read_bytes(&root.join(path), LONGEST).is_ok_and(|old| &old == bytes) {
            continue;
        }
        if let Err(error) = write_over(root, path, bytes) {
            say(&format!("error: {error}"));
            return Exit::CouldNotRun;
        }
        put(&format!("wrote {path}"));
    }
    Exit::Fine
}

/// The settings with our schemas among them; what cannot be read is never written over.
fn settings(root: &Path, kinds: &'static Kinds) -> Result<(String, Vec<u8>), (Exit, String)> {
    let bytes = match read_bytes(&root.join(SETTINGS), LONGEST) {
        Ok(bytes) => bytes,
        Err(error) if error.is_absent() => return Ok(settings_file(kinds)),
        Err(error) => return Err((Exit::CouldNotRun, error.to_string())),
    };
    let mut settings: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|error| {
        let help = "take comments and closing commas out, then run this again";
        (Exit::Faulty, format!("`{SETTINGS}` is not JSON: {error}; {help}"))
    })?;
    let ours = globs(kinds);
    let named = settings.entry("yaml.schemas").or_insert_with(|| json!({}));
    match named.as_object_mut() {
        Some(named) => named.extend(ours),
        None => *named = Value::Object(ours),
    }
    Ok((SETTINGS.to_owned(), pretty(&Value::Object(settings))))
}

/// Which schema is of which files.
fn globs(kinds: &'static Kinds) -> Map<String, Value> {
    let yaml = |files: &[String]| -> Vec<String> {
        files.iter().filter(|glob| glob.ends_with(".yaml")).cloned().collect()
    };
    subjects(kinds)
        .iter()
        .map(|subject| (format!("./{}", place(subject.name)), yaml(&subject.files)))
        .filter(|(_, files)| !files.is_empty())
        .map(|(place, files)| (place, json!(files)))
        .collect()
}

fn place(name: &str) -> String {
    format!(".clausebook/schemas/{name}.json")
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{}\n", serde_json::to_string_pretty(value).unwrap_or_default()).into_bytes()
}

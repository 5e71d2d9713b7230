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
    let mut files = schema_files(kinds);
    match settings(root, kinds) {
        Ok(settings) => files.push(settings),
        Err(why) => {
            say(&format!("error: `{SETTINGS}` is not JSON: {}", crate::source::escape(&why)));
            say("help: take comments and closing commas out, then run this again");
            return Exit::Faulty;
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

fn settings(root: &Path, kinds: &'static Kinds) -> Result<(String, Vec<u8>), String> {
    let Ok(bytes) = read_bytes(&root.join(SETTINGS), LONGEST) else {
        return Ok(settings_file(kinds));
    };
    let mut settings: Map<String, Value> =
        serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
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

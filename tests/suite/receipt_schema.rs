//! The schema that is published with the receipts is true: every receipt of the demo is valid by it, the
//! manifest by that of the guide, and what is not so is refused.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::published::DEMO;

/// What makes a receipt another.
type Change = fn(&mut Value);

/// What of a value is not as a schema says, with the way to it. Of JSON Schema it knows the words that
/// ours use, and no others may stand there: they would be passed over.
fn faults(value: &Value, schema: &Value, way: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut say = |is_so: bool, what: &Value| {
        if !is_so {
            faults.push(format!("{way}: not {what}"));
        }
    };
    let mut within: Vec<(&Value, &Value, String)> = Vec::new();
    for (word, says) in schema.as_object().expect("a schema is an object") {
        match word.as_str() {
            "type" => {
                let kinds = says.as_array().map_or(std::slice::from_ref(says), Vec::as_slice);
                say(kinds.iter().any(|kind| is_of(value, kind)), says);
            }
            "enum" => say(says.as_array().expect("a list").contains(value), says),
            "minimum" => say(value.as_i64() >= says.as_i64(), says),
            "pattern" => {
                assert_eq!(says, "^[0-9a-f]{64}$");
                let is_hex = |c: char| matches!(c, '0'..='9' | 'a'..='f');
                let text = value.as_str().unwrap_or_default();
                say(text.len() == 64 && text.chars().all(is_hex), says);
            }
            "format" => {
                assert_eq!(says, "date");
                let text = value.as_str().unwrap_or_default();
                say(text.parse::<chrono::NaiveDate>().is_ok() && text.len() == 10, says);
            }
            "required" => {
                for key in says.as_array().expect("a list") {
                    say(value.get(key.as_str().expect("a key")).is_some(), key);
                }
            }
            "properties" => {
                for (key, of) in says.as_object().expect("an object") {
                    within.extend(value.get(key).map(|one| (one, of, format!("{way}/{key}"))));
                }
            }
            "additionalProperties" => {
                let known = |key: &String| schema["properties"].get(key).is_some();
                let all = value.as_object().into_iter().flatten();
                for (key, one) in all.filter(|(key, _)| !known(key)) {
                    match says {
                        Value::Bool(may) => say(*may, &json!(key)),
                        of => within.push((one, of, format!("{way}/{key}"))),
                    }
                }
            }
            "items" => {
                let all = value.as_array().into_iter().flatten().enumerate();
                within.extend(all.map(|(at, one)| (one, says, format!("{way}/{at}"))));
            }
            "$schema" | "title" | "version" => assert_eq!(way, "", "only at the root"),
            word => panic!("`{word}` of the schema is not known here"),
        }
    }
    let within = within.into_iter().flat_map(|(one, of, way)| self::faults(one, of, &way));
    faults.extend(within.collect::<Vec<_>>());
    faults
}

fn is_of(value: &Value, kind: &Value) -> bool {
    match kind.as_str().expect("a kind") {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        kind => panic!("`{kind}` is not known here"),
    }
}

fn parsed(path: &str) -> Value {
    serde_json::from_slice(&DEMO.files[path]).expect("JSON")
}

#[test]
fn every_receipt_of_the_demo_is_valid_by_its_schema() {
    let schema = parsed("data/receipts.schema.json");
    let paths: Vec<&String> =
        DEMO.files.keys().filter(|path| path.starts_with("data/receipts/")).collect();
    assert!(paths.len() > 20, "{}", paths.len());
    for path in &paths {
        let receipt = parsed(path);
        assert_eq!(faults(&receipt, &schema, ""), [""; 0], "{path}");
        assert_eq!(receipt["schema"], schema["version"], "{path}");
    }
    // What it would not be valid by.
    let changes: [(&str, Change); 6] = [
        ("/more", |receipt| receipt["more"] = 1.into()),
        ("/as_of", |receipt| receipt["as_of"] = "2026-13-01".into()),
        ("/rule_sha256", |receipt| receipt["rule_sha256"] = "A".repeat(64).into()),
        ("/occurrences/0/status", |receipt| receipt["occurrences"][0]["status"] = "fine".into()),
        ("/due_soon_days", |receipt| receipt["due_soon_days"] = (-1).into()),
        ("/rule", |receipt| _ = receipt["rule"].as_object_mut().expect("a rule").remove("due")),
    ];
    for (way, change) in changes {
        let mut receipt = parsed(paths[0]);
        change(&mut receipt);
        let found = faults(&receipt, &schema, "");
        // A key too many is said of what holds it.
        let way = if way == "/more" { "" } else { way };
        assert!(found.iter().any(|fault| fault.starts_with(&format!("{way}: "))), "{found:?}");
    }
}

#[test]
fn the_manifest_of_the_demo_has_its_form_and_the_hash_of_every_file() {
    let entry = json!({
        "type": "object", "required": ["sha256", "size"], "additionalProperties": false,
        "properties": {
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "size": {"type": "integer", "minimum": 0},
        },
    });
    let schema = json!({
        "type": "object", "additionalProperties": false,
        "required": ["schema", "program", "as_of", "build", "files"],
        "properties": {
            "schema": {"enum": [1]}, "program": {"type": "string"},
            "as_of": {"type": "string", "format": "date"}, "build": {"type": ["string", "null"]},
            "files": {"type": "object", "additionalProperties": entry},
        },
    });
    let manifest = parsed("manifest.json");
    assert_eq!(faults(&manifest, &schema, ""), [""; 0]);
    let files = manifest["files"].as_object().expect("files");
    for (path, entry) in files {
        let bytes = &DEMO.files[path];
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(*entry, json!({"sha256": hash, "size": bytes.len()}), "{path}");
    }
}

#[test]
fn the_page_of_an_occurrence_lists_the_records_that_its_receipt_names() {
    let path = "data/receipts/taipei-market-household/monthly-spot-check.json";
    let receipt = parsed(path);
    let mut listed = 0;
    for one in receipt["occurrences"].as_array().expect("a list") {
        let id = one["id"].as_str().expect("an id");
        let page = str::from_utf8(&DEMO.files[&format!("obligations/{id}.html")]).expect("UTF-8");
        let acts = one["acts"].as_array().into_iter().flatten().map(|act| &act["record"]);
        let keys = one["usage"].as_array().into_iter().flatten().chain(acts);
        for key in keys.map(|key| key.as_str().expect("a key")) {
            let hash = receipt["records"][key]["sha256"].as_str().expect("a hash");
            assert!(page.contains(key) && page.contains(hash), "{id}: {key}");
            listed += 1;
        }
    }
    assert!(listed > 20, "{listed}");
}

#[test]
fn receipts_hold_no_names() {
    let receipts = DEMO.files.iter().filter(|(path, _)| path.starts_with("data/receipts/"));
    let receipts: BTreeMap<&String, &Vec<u8>> = receipts.collect();
    assert!(receipts.len() > 20, "{}", receipts.len());
    for (path, bytes) in receipts {
        let text = str::from_utf8(bytes).expect("UTF-8");
        assert!(!text.contains("display_name") && !text.contains("\"note\""), "{path}");
        assert!(text.lines().count() > 13, "{path}: an occurrence a line");
    }
}

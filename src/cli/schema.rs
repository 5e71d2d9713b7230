//! `schema KIND`: the JSON Schema of a kind of file, for editors and for others' programs; `--write` lays
//! them where the editor looks.

use super::args::{Cli, SchemaArgs};
use super::{Exit, editor, named_root, put, say};
use crate::diagnostic::did_you_mean;
use crate::export::schema::{schema, subjects};
use crate::export::status;
use crate::parse::fields::descriptions;
use crate::pipeline::kinds_of;

/// The published data, which has its schemas in the newer draft.
const DATA: [&str; 1] = ["status"];

/// Prints one schema, or the names there are.
pub fn run(cli: &Cli, args: &SchemaArgs) -> Exit {
    let root = named_root(cli);
    let kinds = kinds_of(&root);
    if args.write {
        return editor::write(&root, kinds);
    }
    let subjects = subjects(kinds);
    let Some(name) = &args.kind else {
        for subject in &subjects {
            put(&format!("{:<14} {}", subject.name, subject.files.join(" ")));
        }
        for name in DATA {
            put(&format!("{name:<14} data/{name}.json"));
        }
        return Exit::Fine;
    };
    let value = match subjects.iter().find(|subject| subject.name == name) {
        Some(subject) => schema(subject, &descriptions(kinds)),
        None if name == "status" => status::schema(kinds),
        None => {
            let known = subjects.iter().map(|subject| subject.name).chain(DATA);
            say(&format!("error: there is no schema `{}`", crate::source::escape(name)));
            let near = did_you_mean(name, known);
            say(&format!(
                "help: {}",
                near.unwrap_or_else(|| "`clausebook schema` lists them".to_owned())
            ));
            return Exit::Usage;
        }
    };
    put(&serde_json::to_string_pretty(&value).unwrap_or_default());
    Exit::Fine
}

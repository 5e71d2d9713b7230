//! `new KIND`: begins a record. On a terminal it asks for what is missing; elsewhere flags say it.
//! What is complete is added to the site's files; what is not is printed, to be filled in.

mod ask;
mod audit;
mod evidence;
mod scaffold;

use super::args::{Cli, NewArgs};
use super::{Exit, is_interactive, load, put, root, say, today};
use crate::diagnostic::did_you_mean;
use crate::output::write_over;
use crate::parse::edit::{append, takes_more};
use crate::parse::intake::{KindFile, Mapping, SiteNames, convert, field, kind_files, plain_table};
use crate::parse::sheet::Cell;
use crate::parse::visibility::Profile;
use crate::parse::{Parsed, parse};
use crate::pipeline::{Inputs, kinds_of};
use crate::record::kinds::Kind;
use crate::record::schema::Shape;
use crate::source::escape;
use crate::time::Day;

/// A record in the making: dotted keys with their YAML, and lines of explanation for the author.
#[derive(Debug, Default)]
pub struct Draft {
    pub values: Vec<(String, String)>,
    pub remarks: Vec<(String, String)>,
    /// Files to be written beside the record, by their paths.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What a record is drafted from.
pub struct Context<'a> {
    pub kind: &'static Kind,
    pub inputs: &'a Inputs,
    pub parsed: &'a Parsed,
    pub names: SiteNames,
    pub today: Day,
}

/// Begins a record.
pub fn run(cli: &Cli, args: &NewArgs) -> Exit {
    match begin(cli, args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn begin(cli: &Cli, args: &NewArgs) -> Result<Exit, Exit> {
    let usage = |why: String| {
        say(&format!("error: {why}"));
        Exit::Usage
    };
    let root = root(cli)?;
    let kinds = kinds_of(&root);
    let kind = kinds.iter().find(|kind| kind.name == args.kind || kind.plural == args.kind);
    let Some(kind) = kind else {
        let near = did_you_mean(&args.kind, kinds.iter().map(|kind| kind.name));
        say(&format!("error: there is no kind of record `{}`", escape(&args.kind)));
        let all = || kinds.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ");
        say(&format!("help: {}", near.unwrap_or_else(|| format!("kinds: {}", all()))));
        return Err(Exit::Usage);
    };
    if args.file.is_some() && kind.name != "evidence" {
        return Err(usage("only evidence takes a file".to_owned()));
    }
    if args.occurrence.is_some() && kind.name != "audit" {
        return Err(usage("only an audit answers an occurrence".to_owned()));
    }
    let mut inputs = load(cli, &root, Profile::Auditor)?;
    let (parsed, _) = parse(&inputs.tree);
    let today = inputs.as_of(cli.as_of, today());
    let assessed = args.occurrence.as_ref().map(|_| inputs.assess(today));
    let names = SiteNames::new(&parsed);
    let context = Context { kind, inputs: &inputs, parsed: &parsed, names, today };
    let mut draft = Draft::default();
    if let (Some(id), Some((known, assessment))) = (&args.occurrence, &assessed) {
        audit::fill(&context, known, assessment, id, &mut draft).map_err(usage)?;
    }
    if let Some(file) = &args.file {
        evidence::fill(&context, file, &mut draft).map_err(usage)?;
    }
    for set in &args.set {
        let (key, text) =
            set.split_once('=').ok_or_else(|| usage(format!("`{set}` is not KEY=VALUE")))?;
        let value = value(&context, key.trim(), text.trim()).map_err(usage)?;
        draft.set(key.trim(), value);
    }
    defaults(&context, &mut draft);
    if is_interactive() && !args.print {
        ask::ask(&context, &mut draft).map_err(|error| usage(error.to_string()))?;
    }
    let missing = scaffold::missing(&context, &draft);
    let text = scaffold::scaffold(&context, &draft);
    if args.print || !missing.is_empty() {
        put(&text);
        if !missing.is_empty() {
            say(&format!("not written: fill in {}", missing.join(", ")));
            let flags: Vec<String> = missing.iter().map(|key| format!("--set {key}=…")).collect();
            say(&format!("help: or say them here: {}", flags.join(" ")));
        }
        // Asked to print, it has done what it was asked.
        return Ok(if missing.is_empty() || args.print { Exit::Fine } else { Exit::Usage });
    }
    let could_not = |error: crate::output::OutputError| {
        say(&format!("error: {error}"));
        Exit::CouldNotRun
    };
    crate::output::write_new_files(&root, &draft.files).map_err(could_not)?;
    for (path, _) in &draft.files {
        say(&format!("wrote {path}"));
    }
    let files = kind_files(&inputs.tree, kind);
    let (path, root_node, old) = place(&files, kind);
    let new = append(root_node, old, std::slice::from_ref(&text));
    write_over(&root, &path, new.as_bytes()).map_err(could_not)?;
    put(&text);
    say(&format!("wrote {path}"));
    Ok(Exit::Fine)
}

/// The YAML of a text for a key.
pub fn value(context: &Context, key: &str, text: &str) -> Result<String, String> {
    let table = plain_table(context.kind);
    if field(context.kind, key).is_none() {
        let known: Vec<&str> = context.kind.fields.iter().map(|field| field.key).collect();
        let near = did_you_mean(key, known.iter().copied());
        let near = near.map(|near| format!("; {near}")).unwrap_or_default();
        return Err(format!("a {} record has no key `{}`{near}", context.kind.name, escape(key)));
    }
    let cell = Cell::Text(text.to_owned());
    convert(&cell, key, &table, &Mapping::default(), &context.names)
        .map_err(|why| format!("`{key}`: {why}"))?
        .ok_or_else(|| format!("`{key}` is empty"))
}

/// The next id, today for days that must be there, and what the site has only one of.
fn defaults(context: &Context, draft: &mut Draft) {
    let fields = context.kind.fields.iter().filter(|field| field.required);
    for field in fields.filter(|field| !draft.has(field.key)).collect::<Vec<_>>() {
        let value = match field.shape {
            Shape::Id => Some(scaffold::next_id(context)),
            Shape::Date | Shape::Start => Some(context.today.to_string()),
            Shape::Ref(kind) => context.names.only(kind).map(str::to_owned),
            _ => None,
        };
        if let Some(value) = value {
            draft.values.push((field.key.to_owned(), value));
        }
    }
}

/// The file a new record goes to: the kind's own file, else the first list of them, else a new one.
fn place<'a>(
    files: &'a [KindFile],
    kind: &Kind,
) -> (String, Option<&'a crate::parse::yaml::Node>, &'a str) {
    let single = format!("content/{}.yaml", kind.plural);
    let takes = |file: &&KindFile| takes_more(file.root.as_ref(), &file.text);
    let own = files.iter().find(|file| file.path == single);
    let found = own.filter(|file| takes(file)).or_else(|| files.iter().find(takes));
    match (found, files.is_empty()) {
        (Some(file), _) => (file.path.clone(), file.root.as_ref(), &file.text),
        (None, true) => (single, None, ""),
        (None, false) => (format!("content/{}/new.yaml", kind.plural), None, ""),
    }
}

impl Draft {
    /// Whether a key, or one below it, has a value.
    pub fn has(&self, key: &str) -> bool {
        let below = format!("{key}.");
        self.values.iter().any(|(one, _)| one == key || one.starts_with(&below))
    }

    /// Gives a key its value, in place of the one it had.
    pub fn set(&mut self, key: &str, value: String) {
        self.values.retain(|(one, _)| one != key);
        self.values.push((key.to_owned(), value));
    }
}

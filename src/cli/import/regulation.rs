//! `import regulation`: an official text, as it was found, becomes a regulation's folder to be
//! filled in.

use std::path::Path;

use super::again;
use crate::cli::args::{Cli, ImportRegulationArgs, ReadingFormat};
use crate::cli::{Exit, put, root, say, show};
use crate::hidden;
use crate::law::Form;
use crate::output::{OutputError, write_new_folder};
use crate::parse::check::is_id;
use crate::parse::import::open_data::{Choice, law_text};
use crate::parse::import::open_data_xml;
use crate::parse::import::structure::Structure;
use crate::parse::import::{Draft, ImportOptions, draft};
use crate::source::{
    Area, Content, FileId, SourceFile, SourceTree, describe, escape, found, read_bytes,
};

/// Begins the folder of a regulation.
pub fn run(cli: &Cli, args: &ImportRegulationArgs) -> Exit {
    if !is_id(&args.id) {
        say(&format!("error: `{}` is no id", escape(&args.id)));
        say("help: an id is lower-case letters, digits and hyphens, and begins with no hyphen");
        return Exit::Usage;
    }
    let root = match root(cli) {
        Ok(root) => root,
        Err(exit) => return exit,
    };
    let text = match text_of(args) {
        Ok(text) => text,
        Err(exit) => return exit,
    };
    let tree = SourceTree {
        files: vec![SourceFile {
            path: args.file.to_string_lossy().into_owned(),
            area: Area::Regulation,
            content: Content::Text(text),
        }],
    };
    let options = ImportOptions { id: &args.id, name: args.name.as_deref() };
    let draft = draft(FileId(0), tree.file(FileId(0)).text(), options);
    if !draft.doubts.is_empty() && !cli.quiet {
        show(cli, &tree, &draft.doubts);
    }
    let faulty = draft.doubts.iter().any(crate::diagnostic::Diagnostic::is_error);
    if !draft.law.clauses.is_empty()
        && let Some(exit) = again::import(cli, args, &root, &draft, tree.file(FileId(0)).text())
    {
        return exit;
    }
    if args.dry_run {
        return reading(args, &draft, tree.file(FileId(0)).text(), faulty);
    }
    if draft.law.clauses.is_empty() {
        say("error: nothing was written: the text has no clause that could be listed");
        return Exit::Faulty;
    }
    let folder = format!("regulations/{}", args.id);
    let files = draft.files(tree.file(FileId(0)).text());
    match write_new_folder(&root, &folder, &files) {
        Ok(()) => {}
        Err(OutputError::Refused { .. }) => {
            say(&format!("error: `{folder}` is there already, and nothing was written over"));
            say(
                "help: choose another `--id`; what lies in the folder is no regulation that could be read",
            );
            return Exit::Usage;
        }
        Err(error) => {
            say(&format!("error: {error}"));
            return Exit::CouldNotRun;
        }
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    put(&report(&draft, &names, &folder, &args.file));
    if faulty { Exit::Faulty } else { Exit::Fine }
}

/// The text of the file: as it is, decoded, or of the law chosen in an open-data file.
fn text_of(args: &ImportRegulationArgs) -> Result<String, Exit> {
    let ends_in =
        |with: &str| args.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(with));
    let (is_json, is_xml) = (ends_in("json"), ends_in("xml"));
    let is_document = ends_in("docx") || ends_in("odt") || ends_in("html") || ends_in("htm");
    let limit = match (is_json || is_xml, is_document) {
        (true, _) => OPEN_DATA_LIMIT,
        (_, true) => DOCUMENT_LIMIT,
        _ => TEXT_LIMIT,
    };
    let bytes = read_bytes(&args.file, limit).map_err(|error| {
        say(&format!("error: {error}"));
        Exit::CouldNotRun
    })?;
    let found = found(&bytes).map_err(|why| {
        say(&format!("error: {}: {}", escape(&args.file.to_string_lossy()), why.message));
        say(&format!("help: {}", why.help));
        Exit::Faulty
    })?;
    refuse_hidden(&found.text)?;
    for note in &found.notes {
        say(&format!("note: {note}"));
    }
    if !is_json && !is_xml {
        return Ok(found.text);
    }
    let choice = Choice { name: args.name.as_deref(), code: args.pcode.as_deref() };
    let law = if is_xml {
        open_data_xml::law_text(&found.text, choice)
    } else {
        law_text(&found.text, choice)
    };
    let law = law.map_err(|why| {
        say(&format!("error: {}: {why}", escape(&args.file.to_string_lossy())));
        Exit::Faulty
    })?;
    // JSON and XML write characters by their numbers, too.
    refuse_hidden(&law)?;
    Ok(law)
}

/// Says where a text holds a character that nobody sees.
fn refuse_hidden(text: &str) -> Result<(), Exit> {
    let hidden = hidden::find(text, true);
    let Some((at, c)) = hidden.first() else { return Ok(()) };
    let line = text[..*at].matches('\n').count() + 1;
    say(&format!("error: line {line} of the text holds the hidden character {}", describe(*c)));
    say("help: remove it; it changes how the text looks or is read, and nobody sees it");
    Err(Exit::Faulty)
}

/// How large a text may be, and the file of all laws.
const TEXT_LIMIT: u64 = 4 << 20;
const OPEN_DATA_LIMIT: u64 = 512 << 20;
/// Pages and documents hold more than their text.
const DOCUMENT_LIMIT: u64 = 32 << 20;

/// Prints what was read, and writes nothing.
fn reading(args: &ImportRegulationArgs, draft: &Draft, text: &str, faulty: bool) -> Exit {
    if draft.law.clauses.is_empty() {
        say("error: the text has no clause that could be listed");
        return Exit::Faulty;
    }
    match args.format {
        ReadingFormat::Text => put(&outline(draft)),
        ReadingFormat::Json => {
            let structure = Structure::new(draft, text);
            let json = serde_json::to_string_pretty(&structure).expect("texts and numbers");
            put(&(json + "\n"));
        }
    }
    if faulty { Exit::Faulty } else { Exit::Fine }
}

/// The structure in lines: numbers with the first words of each clause.
fn outline(draft: &Draft) -> String {
    let mut text = format!("name: {}\n", escape(&draft.name));
    for clause in draft.law.all_clauses() {
        let words: String = clause.own_text().chars().take(40).collect();
        text.push_str(&format!("{}  {}\n", clause.number, escape(&words)));
    }
    text.push_str(&format!("doubtful lines: {}\n", draft.doubts.len()));
    text
}

/// What was found and where it was put.
fn report(draft: &Draft, files: &[&str], folder: &str, file: &Path) -> String {
    let mut text = format!("name: {}\n", escape(&draft.name));
    if !draft.named {
        text.push_str("  no title was found in the text; write one into regulation.yaml\n");
    }
    let date = draft.date.map_or_else(|| "none found in the head".to_owned(), |d| d.to_string());
    text.push_str(&format!("date: {date}\n"));
    if let Some(day) = draft.repealed {
        text.push_str(&format!("repealed: {day}\n"));
    }
    let counts = draft.counts;
    text.push_str(&format!(
        "clauses: {} {}, {}{} 款, {} 目, {} below\n",
        counts.points,
        if draft.law.form == Form::Articles { "條" } else { "點" },
        if counts.paragraphs > 0 { format!("{} 項, ", counts.paragraphs) } else { String::new() },
        counts.items,
        counts.subitems,
        counts.details
    ));
    for (line, held) in &draft.dropped {
        let held = escape(held);
        text.push_str(&format!("line {line}: `{held}` taken for a page number and left out\n"));
    }
    text.push_str(&format!("doubtful lines: {}\n", draft.doubts.len()));
    for name in files {
        text.push_str(&format!("wrote {folder}/{name}\n"));
    }
    text.push_str(&format!(
        "next: compare {folder} with {}, classify each clause in clauses.yaml or obligations.yaml, \
         name the regulation in a system's `regulations`, then `clausebook check`\n",
        escape(&file.to_string_lossy())
    ));
    text
}

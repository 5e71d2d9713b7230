//! `import calendar FILE`: the office calendar as it is published becomes days of
//! `content/calendar.yaml`, after a look at what it would change.

use super::super::args::{Cli, ImportCalendarArgs};
use super::super::{Exit, load, put, root, say};
use crate::output::{write_new_files, write_over};
use crate::parse::import::calendar::{day_differences, published, rewritten};
use crate::parse::sheet::read_book;
use crate::parse::visibility::Profile;
use crate::source::{escape, read_bytes};

/// Most bytes of a calendar.
const LIMIT: u64 = 4 << 20;

/// Shows what the calendar changes, and writes it if asked to.
pub fn run(cli: &Cli, args: &ImportCalendarArgs) -> Exit {
    match import(cli, args) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn import(cli: &Cli, args: &ImportCalendarArgs) -> Result<Exit, Exit> {
    const PLACE: &str = "content/calendar.yaml";
    let root = root(cli)?;
    let inputs = load(cli, &root, Profile::Auditor)?;
    let stop = |error: String| {
        say(&format!("error: {error}"));
        Exit::CouldNotRun
    };
    let bytes = read_bytes(&args.file, LIMIT).map_err(|error| stop(error.to_string()))?;
    let faulty = |why: String| {
        say(&format!("error: {}: {}", escape(&args.file.to_string_lossy()), escape(&why)));
        Exit::Faulty
    };
    let book = read_book(&bytes).map_err(faulty)?;
    if let Some(encoding) = book.encoding {
        say(&format!("note: the file was {encoding}"));
    }
    let years = published(&book).map_err(faulty)?;
    let changes = day_differences(&inputs.model.calendar, &years);
    for (year, published) in &years {
        let known = inputs.model.calendar.years.contains(year);
        let mut line = format!(
            "{year}: {} weekdays off, {} weekend days worked",
            published.holidays.len(),
            published.workdays.len()
        );
        line.push_str(if known { "\n" } else { ", a year the site does not have yet\n" });
        put(&line);
    }
    for change in &changes {
        let (sign, words) = match (&change.old, &change.new) {
            (None, Some(new)) => ("+", new.clone()),
            (Some(old), None) => ("-", old.clone()),
            (Some(old), Some(new)) => ("~", format!("{old} -> {new}")),
            (None, None) => continue,
        };
        put(&format!("{sign} {} {} {}\n", change.list, change.day, escape(&words)));
    }
    if changes.is_empty() {
        say("nothing to write: the site's calendar says all of this already");
        return Ok(Exit::Fine);
    }
    if !args.write {
        say("nothing was written yet: add --write to do so");
        return Ok(Exit::Fine);
    }
    let there = inputs.tree.find(PLACE).map(|id| inputs.tree.file(id).text().to_owned());
    let new = rewritten(there.as_deref().unwrap_or_default(), &years).map_err(|why| {
        say(&format!("error: {PLACE}: {}", escape(&why)));
        say("help: write each day on a line of its own, then import again");
        Exit::Faulty
    })?;
    let written = match there {
        Some(_) => write_over(&root, PLACE, new.as_bytes()),
        None => write_new_files(&root, &[(PLACE.to_owned(), new.into_bytes())]),
    };
    written.map_err(|error| stop(error.to_string()))?;
    say(&format!("wrote {PLACE}"));
    say("next: clausebook check");
    Ok(Exit::Fine)
}

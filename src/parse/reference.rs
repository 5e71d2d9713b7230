//! The record reference: every key of every file an author writes, from the tables the files are
//! checked by. `docs/records.md` is this text; a test holds it to that.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::fields::{descriptions, reference_words, tables};
use super::registers::our_kinds;
use crate::record::regulation::{PLAIN_CLAUSE, QUESTION, REGULATION};
use crate::record::schema::{Field, Shape};
use crate::record::site::CONFIG;
use crate::record::trial::TRIAL;

/// The whole reference, in Markdown.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Records\n\n\
         Every key of every file, from the tables the files are checked by; this page is made from\n\
         them and is not written by hand. How to write rules: [rules.md](rules.md).\n\n\
         A file under `content/` holds one record or a list; it lies in `content/PLURAL.yaml` or\n\
         `content/PLURAL/…yaml`. Unknown keys are errors. **Bold** keys must be there. A dotted key is\n\
         a key of a mapping; `[]` stands for each entry of a list.\n\n\
         Where a key holds only the last value of something, it may be given as a history: the list of\n\
         all its values, each with its day, in any order (`last_used_on: [2026-03-02, 2026-06-10]`). The\n\
         latest is what holds; `--as-of` an earlier day shows the one that held then.\n\n\
         Two keys stand in no table, because every record may have them. `pii_ok: {reason, until}`\n\
         answers until a day, five years ahead at most, for what is personal in the record (telephone\n\
         numbers, addresses); a guidance page has it in its head. `visibility: internal` or `restricted` keeps the record from\n\
         a public site, `visibility: {note: internal}` one text of it: `build --profile intranet` shows\n\
         what is internal, `--profile auditor` everything.\n\n\
         Transfers, endpoints, service links and assets are registers, and a site may define more of them in\n\
         `content/registers.yaml`, one [register](#register) each. From its definition follow the records in its\n\
         folder and what is wrong with them, `scope: KIND` of duties and `KIND.KEY` in their conditions (`-` becomes\n\
         `_`), pages, `schema KIND`, `new KIND`, and `given: {KIND: …}` in tests. Of the same form are the four that\n\
         the program brings; none may take the name or the folder of another kind.\n\n\
         ```yaml content/registers.yaml\n\
         - id: key-loan\n  folder: key-loans\n  title: 鑰匙借用\n  since: lent_on\n  ended: returned_on\n  unique: number\n  \
           named: number\n  fields:\n    - {key: system, title: 系統, shape: ref, of: system, required: true}\n    \
             - {key: unit, title: 借用單位, shape: ref, of: unit, required: true}\n    \
             - {key: number, title: 鑰匙編號, shape: text, required: true}\n    \
             - {key: lent_on, title: 借出日, shape: first-day, required: true}\n    \
             - {key: room, title: 機房, shape: word, words: {main: 主機房, spare: 備援機房}}\n    \
             - {key: returned_on, title: 歸還日, shape: day}\n\
         ```\n",
    );
    for kind in our_kinds().iter() {
        let heading = format!("{}\n\n`content/{}/`: {}.", kind.name, kind.plural, kind.doc);
        section(&mut text, &heading, kind.fields);
    }
    for (heading, fields) in [
        ("clausebook.yaml\n\nThe site as a whole.", CONFIG),
        ("regulation.yaml\n\nIn `regulations/ID/`: names, texts and history.", REGULATION),
        ("obligations.yaml\n\nIn `regulations/ID/`: a list of duties.", our_kinds().obligation),
        ("clauses.yaml\n\nIn `regulations/ID/`: a list of clauses without duty.", PLAIN_CLAUSE),
        (
            "readings.yaml\n\nIn `regulations/ID/`: a list of questions that clauses leave open.",
            QUESTION,
        ),
        ("tests.yaml\n\nIn `regulations/ID/`: a list of tests of the duties; see rules.md.", TRIAL),
    ] {
        section(&mut text, heading, fields);
    }
    text.push_str(CALENDAR);
    text
}

/// The office calendar is keyed by years and days, so that no table of fields describes it.
const CALENDAR: &str = "\n## calendar\n\n`content/calendar.yaml`: the office calendar (辦公日曆). Working days are counted by it, and \
     with `on_holiday: next-working-day` due dates move by it; a due date in a year it lacks says 暫定.\n\n\
     | key | holds | meaning |\n| --- | --- | --- |\n\
     | `timezone` | a text | where its days begin and end: `Asia/Taipei` |\n\
     | `years.YEAR.holidays` | a mapping of days to names | working days of the week that are days off: `2026-02-16: 農曆除夕` |\n\
     | `years.YEAR.workdays` | a mapping of days to names | Saturdays and Sundays on which offices work (補行上班) |\n";

fn section(text: &mut String, heading: &str, fields: &[Field]) {
    _ = write!(text, "\n## {heading}\n\n| key | holds | meaning |\n| --- | --- | --- |\n");
    rows(text, "", fields);
}

fn rows(text: &mut String, above: &str, fields: &[Field]) {
    for field in fields {
        let path = format!("{above}{}", field.key);
        let key = if field.required { format!("**`{path}`**") } else { format!("`{path}`") };
        let doc = field.doc.replace('|', "\\|");
        _ = writeln!(text, "| {key} | {} | {doc} |", holds(field));
        match field.shape {
            Shape::Group(inner) => rows(text, &format!("{path}."), inner),
            Shape::Groups(inner) => rows(text, &format!("{path}[]."), inner),
            _ => {}
        }
    }
}

fn holds(field: &Field) -> String {
    let one = match field.shape {
        Shape::List(item) => format!("a list, each {}", item.expects()),
        Shape::Group(_) => "a mapping".to_owned(),
        Shape::Groups(_) => "a list of mappings".to_owned(),
        other => other.expects(),
    };
    if field.history { format!("{one}, or a history: a list of them") } else { one }
}

/// The whole reference in Chinese, calendar and heads of pages too, from the same tables and the
/// descriptions in `starter/fields.yaml`.
pub fn markdown_zh() -> String {
    let said = descriptions(our_kinds());
    let words = reference_words();
    let word = |key: &str| words.get(key).cloned().unwrap_or_default();
    let mut text = format!("# {}\n\n{}\n", word("title"), word("lead"));
    let places: BTreeMap<&str, String> = our_kinds()
        .iter()
        .map(|kind| (kind.name, format!("content/{}.yaml", kind.plural)))
        .chain([
            ("config", "clausebook.yaml".to_owned()),
            ("regulation", "regulations/ID/regulation.yaml".to_owned()),
            ("obligations", "regulations/ID/obligations.yaml".to_owned()),
            ("clauses", "regulations/ID/clauses.yaml".to_owned()),
            ("readings", "regulations/ID/readings.yaml".to_owned()),
            ("tests", "regulations/ID/tests.yaml".to_owned()),
            ("page", "content/pages/*.md".to_owned()),
            ("calendar", "content/calendar.yaml".to_owned()),
        ])
        .collect();
    let mut rows: Vec<(&str, Vec<(String, bool)>)> = tables(our_kinds())
        .into_iter()
        .map(|(name, fields)| {
            let mut keys = Vec::new();
            keys_of("", fields, &mut keys);
            (name, keys)
        })
        .collect();
    let calendar = ["timezone", "years", "years.holidays", "years.workdays"];
    rows.push(("calendar", calendar.map(|key| (key.to_owned(), false)).to_vec()));
    for (name, keys) in rows {
        let about = said.get(name).cloned().unwrap_or_default();
        let place = places.get(name).cloned().unwrap_or_default();
        _ = write!(
            text,
            "\n## {name}\n\n`{place}`：{about}\n\n| {} | {} |\n| --- | --- |\n",
            word("key"),
            word("meaning")
        );
        for (key, required) in keys {
            let meaning = said.get(&format!("{name}.{key}")).cloned().unwrap_or_default();
            let meaning = meaning.replace('|', "\\|");
            let key = if required { format!("**`{key}`**") } else { format!("`{key}`") };
            _ = writeln!(text, "| {key} | {meaning} |");
        }
    }
    text
}

fn keys_of(above: &str, fields: &[Field], found: &mut Vec<(String, bool)>) {
    for field in fields {
        let path = format!("{above}{}", field.key);
        found.push((path.clone(), field.required));
        if let Shape::Group(inner) | Shape::Groups(inner) = field.shape {
            keys_of(&format!("{path}."), inner, found);
        }
    }
}

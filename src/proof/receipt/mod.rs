//! Receipts: for each duty one file that says of every occurrence from which records, by which
//! arithmetic and by which days its status came, with the hash of each record. Somebody else can
//! reckon it again without this program (`verify.py`); the same inputs give the same bytes.

mod act;
mod calendar;
mod check;
mod days;
mod form;
mod hash;
mod judge;
mod left_out;
mod moment;
mod occurrence;
mod record;
mod rule;
mod sample;
mod schema;
mod step;
mod tier;

pub use check::{Found, check};
pub use schema::schema;
pub use step::step;

use std::fmt::Write as _;

use rayon::prelude::*;

use crate::assess::{Assessment, OccurrenceId, RecordIndex};
use crate::model::{Id, Known, Model, Named, Obligation};
use crate::source::sha256;
use crate::time::Day;
use form::{Iso, Receipt};
use hash::canonical;
use judge::Grounds;
use occurrence::From;
use record::Records;

/// The version of the form of receipts; raised when a key comes, changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;
/// Where receipts lie.
const FOLDER: &str = "data/receipts/";
/// The office calendar they are reckoned by.
const CALENDAR: &str = "data/calendar.json";

/// The receipts of a site, reckoned once: the files are written and the pages are made from them.
#[derive(Debug)]
pub struct Receipts {
    /// By obligation, each with its first occurrence; none for those without.
    by_duty: Vec<Option<(OccurrenceId, Receipt)>>,
    /// The office calendar, as data.
    calendar: String,
}

/// Whether a path is that of receipts.
pub fn is_one(path: &str) -> bool {
    path.starts_with(FOLDER)
}

/// The file of a duty's receipts.
pub fn path(model: &Model, id: Id<Obligation>) -> String {
    format!("{FOLDER}{}.json", model.obligation_path(id))
}

/// What the page of an occurrence shows of its receipt.
#[derive(Debug)]
pub struct Sheet {
    /// The elements of a complete answer: name, `there`, `missing` or `unknown`, and since when.
    pub elements: Vec<(String, String, Option<Day>)>,
    /// The records by `KIND/ID`, each with its hash, and whether something of it is withheld.
    pub records: Vec<(String, String, bool)>,
    pub rule_sha256: String,
}

impl Receipts {
    /// Reckons those of every duty that has occurrences.
    pub fn new(known: &Known, assessment: &Assessment) -> Self {
        let calendar = calendar::text(&known.calendar);
        let calendar_hash = sha256(calendar.as_bytes());
        let index = RecordIndex::new(known);
        let from = From { model: known, assessment, index: &index };
        let duties: Vec<Id<Obligation>> = known.obligations.ids().collect();
        let receipt = |id: &Id<Obligation>| {
            let (first, _) = assessment.of_obligation(*id).next()?;
            Some((first, receipt(&from, *id, &calendar_hash)?))
        };
        Self { by_duty: duties.par_iter().map(receipt).collect(), calendar }
    }

    /// The files by their paths: one for each duty that has occurrences, the office calendar, the schema.
    pub fn files(&self) -> Vec<(String, String)> {
        let receipts: Vec<&Receipt> = self.by_duty.iter().flatten().map(|(_, one)| one).collect();
        let file = |one: &&Receipt| {
            let Receipt { regulation, obligation, .. } = one;
            (format!("{FOLDER}{regulation}/{obligation}.json"), text(one))
        };
        let mut files: Vec<(String, String)> = receipts.par_iter().map(file).collect();
        files.push((CALENDAR.to_owned(), self.calendar.clone()));
        let schema = serde_json::to_string_pretty(&schema()).expect("a schema has texts for keys");
        files.push(("data/receipts.schema.json".to_owned(), schema + "\n"));
        files
    }

    /// What the page of an occurrence shows of its receipt; `None` for a duty of a kind without.
    pub fn sheet(&self, duty: Id<Obligation>, at: OccurrenceId) -> Option<Sheet> {
        let (first, receipt) = self.by_duty.get(duty.index())?.as_ref()?;
        let form = receipt.occurrences.get(at.index().checked_sub(first.index())?)?;
        let elements = form.elements.iter();
        let records = form.records().into_iter().filter_map(|key| {
            let record = receipt.records.get(key)?;
            Some((key.to_owned(), record.sha256.clone(), record.withheld))
        });
        Some(Sheet {
            elements: elements
                .map(|one| (one.element.clone(), one.state.clone(), one.since.map(|day| day.0)))
                .collect(),
            records: records.collect(),
            rule_sha256: receipt.rule_sha256.clone(),
        })
    }
}

/// The receipts of a duty; `None` if it is of a kind without occurrences.
fn receipt(from: &From, id: Id<Obligation>, calendar: &str) -> Option<Receipt> {
    let From { model, assessment, .. } = from;
    let obligation = &model.obligations[id];
    let rule = rule::rule(model, obligation)?;
    let (as_of, due_soon_days) = (assessment.as_of, model.settings.due_soon_days);
    let grounds = Grounds { rule: &rule, as_of, due_soon_days };
    let mut records = Records::new(model);
    let rows = assessment.of_obligation(id);
    let occurrences =
        rows.map(|(one, _)| occurrence::occurrence(from, grounds, one, &mut records)).collect();
    Some(Receipt {
        schema: SCHEMA_VERSION,
        program: concat!("clausebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        as_of: Iso(as_of),
        regulation: model.regulations[obligation.regulation].slug().to_owned(),
        obligation: obligation.slug.clone(),
        clauses: rule::clauses(model, obligation),
        rule_sha256: rule::rule_hash(&rule),
        rule,
        calendar_sha256: calendar.to_owned(),
        due_soon_days,
        occurrences,
        records: records.found,
    })
}

/// One occurrence and one record a line, so that the file can be read and compared by lines.
fn text(receipt: &Receipt) -> String {
    let Receipt { occurrences, records, .. } = receipt;
    let json = |value: &dyn erased_serde::Serialize| {
        serde_json::to_string(value).expect("forms have only texts for keys")
    };
    let mut text = String::from("{\n");
    let head: [(&str, &dyn erased_serde::Serialize); 10] = [
        ("schema", &receipt.schema),
        ("program", &receipt.program),
        ("as_of", &receipt.as_of),
        ("regulation", &receipt.regulation),
        ("obligation", &receipt.obligation),
        ("clauses", &receipt.clauses),
        ("rule", &receipt.rule),
        ("rule_sha256", &receipt.rule_sha256),
        ("calendar_sha256", &receipt.calendar_sha256),
        ("due_soon_days", &receipt.due_soon_days),
    ];
    for (key, value) in head {
        _ = writeln!(text, "\"{key}\": {},", json(value));
    }
    let rows: Vec<String> = occurrences.iter().map(|row| json(row)).collect();
    _ = writeln!(text, "\"occurrences\": [\n{}\n],", rows.join(",\n"));
    let row = |(key, record): (&String, &form::RecordForm)| {
        format!("{}: {}", json(key), canonical(record))
    };
    let rows: Vec<String> = records.iter().map(row).collect();
    _ = writeln!(text, "\"records\": {{\n{}\n}}", rows.join(",\n"));
    text + "}\n"
}

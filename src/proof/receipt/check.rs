//! Whether published statuses follow from what is published of them: receipts are read, reckoned again
//! and held against `data/status.json`, the calendar, the manifest and each other. Reads by way of the
//! caller, and asks nothing of the records of a site.

use std::collections::BTreeMap;

use serde_json::Value;

use super::form::{ById, Iso, OccurrenceForm, Receipt, RecordForm};
use super::hash::canonical;
use super::judge::{Grounds, Others, Ready, judge};
use super::rule::rule_hash;
use super::{CALENDAR, FOLDER, SCHEMA_VERSION, act, calendar, days, left_out, sample};
use crate::model::written_for::text_hash;
use crate::source::sha256;
use crate::time::{Day, OfficeCalendar};

/// What is published of statuses.
const STATUS: &str = "data/status.json";

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Occurrences that were reckoned again.
    pub occurrences: usize,
    /// Files, with what is wrong in each.
    pub faults: Vec<(String, String)>,
}

/// Checks the receipts of a site whose files `read` gives.
pub fn check(read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Found {
    let mut found = Found::default();
    let json = |path: &str| -> Option<Value> { serde_json::from_slice(&read(path)?).ok() };
    let (Some(manifest), Some(status)) = (json("manifest.json"), json(STATUS)) else {
        found.say(STATUS, "it cannot be read, so no receipt can be held against it");
        return found;
    };
    let days_off = read(CALENDAR).unwrap_or_default();
    let Some(calendar) = calendar::read(&days_off) else {
        found.say(CALENDAR, "it cannot be read, so no day can be reckoned");
        return found;
    };
    let files = manifest.get("files").and_then(Value::as_object);
    let paths = files.into_iter().flat_map(|files| files.keys());
    let mut receipts: Vec<(&String, Receipt)> = Vec::new();
    for path in paths.filter(|path| path.starts_with(FOLDER)) {
        match read(path).map(|bytes| serde_json::from_slice(&bytes)) {
            Some(Ok(receipt)) => receipts.push((path, receipt)),
            Some(Err(error)) => found.say(path, format!("it is no receipt: {error}")),
            None => found.say(path, "it cannot be read"),
        }
    }
    let by_id: ById = receipts
        .iter()
        .flat_map(|(_, receipt)| receipt.occurrences.iter().map(move |one| (receipt, one)))
        .map(|(receipt, one)| (one.id.as_str(), (receipt, one)))
        .collect();
    let hash = sha256(&days_off);
    for (path, receipt) in &receipts {
        for fault in of_head(path, receipt, &hash, &status) {
            found.say(path, fault);
        }
        for (key, record) in &receipt.records {
            for fault in of_record(key, record, &manifest) {
                found.say(path, format!("{key}: {fault}"));
            }
        }
        for one in &receipt.occurrences {
            found.occurrences += 1;
            for fault in of_occurrence(receipt, one, &by_id, &calendar) {
                found.say(path, format!("{}: {fault}", one.id));
            }
        }
    }
    against_status(&status, &receipts, &by_id, &mut found);
    if status["as_of"] != manifest["as_of"] {
        found.say(STATUS, "it is of another day than `manifest.json`");
    }
    found
}

impl Found {
    fn say(&mut self, file: &str, message: impl Into<String>) {
        self.faults.push((file.to_owned(), message.into()));
    }
}

fn of_head(path: &str, receipt: &Receipt, calendar: &str, status: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut say = |is_so: bool, fault: &str| {
        if !is_so {
            faults.push(fault.to_owned());
        }
    };
    let own = format!("{FOLDER}{}/{}.json", receipt.regulation, receipt.obligation);
    say(path == own, "it is of another duty than its name says");
    say(receipt.schema == SCHEMA_VERSION, "its form is of another version");
    say(status["as_of"] == receipt.as_of.to_string(), "it is of another day");
    say(receipt.calendar_sha256 == calendar, "it was reckoned by another office calendar");
    say(receipt.rule_sha256 == rule_hash(&receipt.rule), "the hash is not that of the rule");
    for clause in &receipt.clauses {
        let fault =
            format!("the hash is not that of clause {} ({})", clause.clause, clause.version);
        say(clause.sha256 == text_hash(&clause.text), &fault);
    }
    faults
}

/// The name and the hash of a record, and of the file it names.
fn of_record(key: &str, record: &RecordForm, manifest: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let word = |key: &str| record.fields.get(key).and_then(Value::as_str).unwrap_or_default();
    if key != format!("{}/{}", word("kind"), word("id")) {
        faults.push("it has the name of another record".to_owned());
    }
    if sha256(canonical(&record.fields).as_bytes()) != record.sha256 {
        faults.push("the hash is not that of the record".to_owned());
    }
    if let Some(file) = record.fields.get("file").and_then(Value::as_str) {
        let entry = &manifest["files"][file];
        if entry["sha256"].is_null() || record.fields.get("sha256") != Some(&entry["sha256"]) {
            faults.push(format!("`{file}` is not the file it was"));
        }
    }
    faults
}

fn of_occurrence(
    receipt: &Receipt,
    one: &OccurrenceForm,
    by_id: &ById,
    calendar: &OfficeCalendar,
) -> Vec<String> {
    let record = |key: &String| receipt.records.get(key);
    let mut faults = Vec::new();
    if !is_its_id(receipt, one) {
        faults.push("it is of another duty or term than its id says".to_owned());
    }
    faults.extend(days::faults(&receipt.rule, one.event.as_ref().and_then(record), one, calendar));
    faults.extend(one.acts.iter().filter_map(|act| act::fault(act, receipt)));
    for size in &one.sample {
        faults.extend(sample::faults(receipt, one, size, by_id));
    }
    faults.extend(left_out::faults(receipt, one, by_id));
    let (as_of, due_soon_days) = (receipt.as_of.0, receipt.due_soon_days);
    let grounds = Grounds { rule: &receipt.rule, as_of, due_soon_days };
    let judged = judge(grounds, &receipt.records, one, others(one, by_id));
    if judged.status.code() != one.status {
        faults.push(format!("it is {}, not {}", judged.status.code(), one.status));
    } else if judged.done_on != one.done_on.map(|day| day.0) {
        faults.push("it was done on another day".to_owned());
    } else if judged.done_at != one.done_at.map(|at| at.0) {
        faults.push("it was done at another hour".to_owned());
    } else if judged.approved_on != one.approved_on.map(|day| day.0) {
        faults.push("it was approved on another day".to_owned());
    } else if judged.elements != one.elements {
        faults.push("its elements are others".to_owned());
    }
    faults
}

/// Whether the id is of the duty, and of the one period, day or event that the days are reckoned from.
fn is_its_id(receipt: &Receipt, one: &OccurrenceForm) -> bool {
    let event = one.event.as_ref().map(|key| key.trim_start_matches("event/").to_owned());
    let terms = [one.period.clone(), one.since.map(|day| day.to_string()), event];
    let mut terms = terms.into_iter().flatten();
    let (Some(term), None) = (terms.next(), terms.next()) else { return false };
    let own = format!("{}/{}/", receipt.regulation, receipt.obligation);
    one.id.starts_with(&own) && one.id.ends_with(&format!("/{term}"))
}

fn others(one: &OccurrenceForm, by_id: &ById) -> Others {
    let mut ready = Ready::On(Day::MIN);
    for id in &one.rests_on {
        let Some((receipt, other)) = by_id.get(id.as_str()) else {
            ready = Ready::Never;
            continue;
        };
        if !matches!(other.status.as_str(), "not-applicable" | "waived") {
            let acted = other.acts.iter().map(|act| act.on.0).max();
            let day = match (&receipt.rule.demand.approval, acted) {
                (None, acted) => acted,
                (Some(_), acted) => acted.zip(other.approved_on).map(|(day, on)| day.max(on.0)),
            };
            ready = ready.and(day);
        }
    }
    let bases = one.drawn_from.iter().filter_map(|id| by_id.get(id.as_str()));
    let bases = bases.filter(|(_, other)| other.status != "not-applicable");
    let base_last = bases.flat_map(|(_, other)| other.acts.iter().map(|act| act.on.0)).max();
    Others { ready, base_last }
}

/// Whether each status that is published has its receipt, one of each, and says the same.
fn against_status(
    status: &Value,
    receipts: &[(&String, Receipt)],
    by_id: &ById,
    found: &mut Found,
) {
    let rows = status["occurrences"].as_array().map_or(&[][..], Vec::as_slice);
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let id = row["id"].as_str().unwrap_or_default();
        counts.entry(id).or_default().0 += 1;
        if by_id.get(id).is_some_and(|(_, one)| !is_said(row, one)) {
            found.say(STATUS, format!("{id}: its receipt says otherwise"));
        }
    }
    for one in receipts.iter().flat_map(|(_, receipt)| &receipt.occurrences) {
        counts.entry(&one.id).or_default().1 += 1;
    }
    for (id, (shown, held)) in counts.into_iter().filter(|(_, counts)| *counts != (1, 1)) {
        found.say(STATUS, format!("{id}: it has {shown}, the receipts have {held} of it"));
    }
}

/// Whether a published status says what its receipt says.
fn is_said(row: &Value, one: &OccurrenceForm) -> bool {
    let done_on = one.done_on.map_or(Value::Null, |day: Iso| Value::from(day.to_string()));
    let reasons = row["because"].as_array().into_iter().flatten();
    let codes: Vec<&str> = reasons.filter_map(|reason| reason["code"].as_str()).collect();
    let figure = |measure: &str| one.sample.iter().find(|size| size.measure == measure);
    let figures = ["records", "users"].iter().all(|measure| {
        row["required"][measure].as_u64() == figure(measure).map(|size| size.required)
    });
    row["status"] == one.status.as_str()
        && row["opens"] == one.opens.to_string()
        && row["due"] == one.due.to_string()
        && row["due_basis"] == one.due_basis.as_str()
        && row["done_on"] == done_on
        && row["due_at"].as_str() == one.due_at.map(String::from).as_deref()
        && row["done_at"].as_str() == one.done_at.map(String::from).as_deref()
        && codes == one.because
        && figures
}

//! Whether published statuses follow from what is published of them: receipts are read, reckoned again
//! and held against `data/status.json`, the calendar, the manifest and each other. Reads by way of the
//! caller, and asks nothing of the records of a site.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::form::{ActForm, Iso, OccurrenceForm, Receipt, RecordForm, SampleForm};
use super::hash::canonical;
use super::judge::{Others, Ready, judge, tally};
use super::rule::rule_hash;
use super::{CALENDAR, FOLDER, SCHEMA_VERSION, calendar, days};
use crate::model::written_for::text_hash;
use crate::record::value::Rate;
use crate::source::sha256;
use crate::time::{Day, OfficeCalendar};

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Occurrences that were reckoned again.
    pub occurrences: usize,
    /// Files, with what is wrong in each.
    pub faults: Vec<(String, String)>,
}

/// Every occurrence by its id, with the receipt it stands in.
type ById<'a> = HashMap<&'a str, (&'a Receipt, &'a OccurrenceForm)>;

/// Checks the receipts of a site whose files `read` gives.
pub fn check(read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Found {
    let mut found = Found::default();
    let json = |path: &str| -> Option<Value> { serde_json::from_slice(&read(path)?).ok() };
    let (Some(manifest), Some(status)) = (json("manifest.json"), json("data/status.json")) else {
        found.say("data/status.json", "it cannot be read, so no receipt can be held against it");
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
        for fault in of_head(receipt, &hash, &status) {
            found.say(path, fault);
        }
        for (key, record) in &receipt.records {
            for fault in of_record(record, &manifest) {
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
    against_status(&status, &by_id, &mut found);
    found
}

impl Found {
    fn say(&mut self, file: &str, message: impl Into<String>) {
        self.faults.push((file.to_owned(), message.into()));
    }
}

fn of_head(receipt: &Receipt, calendar: &str, status: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut say = |is_so: bool, fault: &str| {
        if !is_so {
            faults.push(fault.to_owned());
        }
    };
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

/// The hash of a record, and of the file it names.
fn of_record(record: &RecordForm, manifest: &Value) -> Vec<String> {
    let mut faults = Vec::new();
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
    let mut faults =
        days::faults(&receipt.rule, one.event.as_ref().and_then(record), one, calendar);
    for act in &one.acts {
        faults.extend(of_act(act, receipt));
    }
    for size in &one.sample {
        faults.extend(of_sample(receipt, one, size, by_id));
    }
    let judged = judge(receipt, &receipt.records, one, others(one, by_id));
    if judged.status.code() != one.status {
        faults.push(format!("it is {}, not {}", judged.status.code(), one.status));
    } else if judged.done_on != one.done_on.map(|day| day.0) {
        faults.push("it was done on another day".to_owned());
    } else if judged.approved_on != one.approved_on.map(|day| day.0) {
        faults.push("it was approved on another day".to_owned());
    } else if judged.elements != one.elements {
        faults.push("its elements are others".to_owned());
    }
    faults
}

/// Whether an act is what its record says.
fn of_act(act: &ActForm, receipt: &Receipt) -> Vec<String> {
    let Some(record) = receipt.records.get(&act.record) else {
        return vec![format!("{} is not there", act.record)];
    };
    let fields = &record.fields;
    let at = |path: &[&str]| -> Value {
        let first = fields.get(path[0]);
        first
            .and_then(|value| path[1..].iter().try_fold(value, |v, key| v.get(key)))
            .cloned()
            .unwrap_or_default()
    };
    let answer = act.answer.map(|place| at(&["answers"])[place].clone()).unwrap_or_default();
    let on = Value::from(act.on.to_string());
    let is_that_day = match act.kind.as_str() {
        "audit" => at(&["done_on"]) == on,
        "submission" => at(&["sent_on"]) == on,
        "training" => at(&["on"]) == on,
        "answer" => answer["on"] == on,
        "password-change" => at(&["password_changed"]).as_array().is_some_and(|d| d.contains(&on)),
        _ => at(&["days"]).as_object().is_some_and(|days| days.values().any(|day| *day == on)),
    };
    let approved =
        if act.kind == "answer" { answer["approved"].clone() } else { at(&["approved"]) };
    let says = act.approved.as_ref().map_or(
        Value::Null,
        |approved| serde_json::json!({"on": approved.on.to_string(), "by": approved.by}),
    );
    let mut same = is_that_day && approved == says;
    if act.kind == "audit" {
        same &= at(&["sample", "records"]).as_u64() == act.records
            && at(&["sample", "users"]).as_u64() == act.users
            && at(&["audited_staff"]) == Value::from(act.persons.clone())
            && at(&["sample", "months"]) == Value::from(act.months.clone());
    }
    same &= act.kind != "training" || at(&["hours"]).as_u64() == act.hours;
    let papers = if act.kind == "answer" { answer["evidence"].clone() } else { at(&["evidence"]) };
    let named: Vec<&str> =
        papers.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let with: Vec<&str> =
        act.papers.iter().filter_map(|paper| paper.record.strip_prefix("evidence/")).collect();
    if same && named == with { Vec::new() } else { vec![format!("{} says otherwise", act.record)] }
}

/// The arithmetic of a sample.
fn of_sample(
    receipt: &Receipt,
    one: &OccurrenceForm,
    size: &SampleForm,
    by_id: &ById,
) -> Vec<String> {
    let mut faults = Vec::new();
    let draws = &receipt.rule.demand.sample;
    let Some(draw) = draws.iter().find(|draw| draw.measure == size.measure) else {
        return vec![format!("the rule asks for no sample of {}", size.measure)];
    };
    let usage = one.usage.iter().filter_map(|key| receipt.records.get(key));
    let recorded = match draw.of.as_str() {
        "queries" => usage.map(|month| count(month, "queries")).sum(),
        _ => {
            let mut months: BTreeMap<&str, u64> = BTreeMap::new();
            for month in usage {
                let name = month.fields.get("month").and_then(Value::as_str).unwrap_or_default();
                *months.entry(name).or_default() += count(month, "total_users");
            }
            months.into_values().max().unwrap_or(0)
        }
    };
    let acts = one.acts.iter().filter_map(|act| receipt.records.get(&act.record));
    let stated =
        acts.filter_map(|audit| audit.fields.get("population")?.get(&size.measure)?.as_u64());
    let population = match draw.of.as_str() {
        "queries" | "users" => {
            if size.recorded.is_some_and(|says| says != recorded) || size.stated != stated.max() {
                faults.push(format!("the figures of {} are others", size.measure));
            }
            let most = size.recorded.map(|recorded| {
                recorded.max(size.stated.unwrap_or(0)).max(size.on_file.unwrap_or(0))
            });
            most.or(size.stated)
        }
        "accounts" => size.on_file,
        _ => base(&size.measure, &size.base, by_id),
    };
    // Without an act, and without use, nothing is drawn from.
    let is_zero = one.outside.as_deref() == Some("population-zero") && size.population == 0;
    if population != Some(size.population) && !is_zero {
        faults.push(format!("the population of {} is another", size.measure));
    }
    let holds = |up_to: Option<u64>| up_to.is_none_or(|up_to| size.population <= up_to);
    let tier = draw.tiers.iter().find(|tier| holds(tier.up_to)).or(draw.tiers.last());
    let by_share = tier.and_then(|tier| match &tier.rate {
        Some(rate) => Some(Rate::parse(rate)?.of(size.population)),
        None => tier.fixed,
    });
    let required = tier.zip(by_share).map(|(tier, share)| {
        let most = share.min(tier.max.unwrap_or(u64::MAX));
        most.max(tier.min.unwrap_or(0)).min(size.population)
    });
    let is_so = tier == Some(&size.tier)
        && by_share == Some(size.by_share)
        && required == Some(size.required);
    if !is_so {
        let required = required.map_or_else(String::new, |number| number.to_string());
        faults.push(format!("{required} {} are required, not {}", size.measure, size.required));
    }
    let looked_at = tally(&size.measure, &one.acts);
    if size.actual.unwrap_or(0) != looked_at {
        faults.push(format!("{looked_at} {} were looked at", size.measure));
    }
    faults
}

fn count(record: &RecordForm, key: &str) -> u64 {
    record.fields.get(key).and_then(Value::as_u64).unwrap_or(0)
}

/// What other occurrences give as a population: what was due, not only what was done.
fn base(measure: &str, ids: &[String], by_id: &ById) -> Option<u64> {
    let (mut acts, mut short) = (Vec::new(), 0_u64);
    for id in ids {
        let (_, one) = by_id.get(id.as_str())?;
        match one.status.as_str() {
            "not-applicable" => continue,
            "waived" if one.acts.is_empty() => continue,
            _ if one.acts.is_empty() => return None,
            _ => {}
        }
        let size = one.sample.iter().find(|size| size.measure == measure);
        let required = size.map_or(0, |size| size.required);
        short += required.saturating_sub(tally(measure, &one.acts));
        acts.extend(&one.acts);
    }
    let acts: Vec<ActForm> = acts.into_iter().map(ActForm::figures).collect();
    (!ids.is_empty()).then(|| tally(measure, &acts) + short)
}

impl ActForm {
    /// The act as far as it is counted.
    fn figures(&self) -> Self {
        Self {
            records: self.records,
            users: self.users,
            persons: self.persons.clone(),
            ..Self::default()
        }
    }
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

/// Whether each status that is published has its receipt, and says the same.
fn against_status(status: &Value, by_id: &ById, found: &mut Found) {
    const FILE: &str = "data/status.json";
    let rows = status["occurrences"].as_array().map_or(&[][..], Vec::as_slice);
    for row in rows {
        let id = row["id"].as_str().unwrap_or_default();
        let Some((_, one)) = by_id.get(id) else {
            found.say(FILE, format!("{id}: no receipt has it"));
            continue;
        };
        let day = |day: Option<Iso>| day.map_or(Value::Null, |day| Value::from(day.to_string()));
        let codes: Vec<&str> = row["because"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|reason| reason["code"].as_str())
            .collect();
        let figure = |measure: &str| one.sample.iter().find(|size| size.measure == measure);
        let figures = ["records", "users"].iter().all(|measure| {
            row["required"][measure].as_u64() == figure(measure).map(|size| size.required)
        });
        let same = row["status"] == one.status.as_str()
            && row["opens"] == one.opens.to_string()
            && row["due"] == one.due.to_string()
            && row["due_basis"] == one.due_basis.as_str()
            && row["done_on"] == day(one.done_on)
            && codes == one.because
            && figures;
        if !same {
            found.say(FILE, format!("{id}: its receipt says otherwise"));
        }
    }
    if rows.len() != by_id.len() {
        let (rows, receipts) = (rows.len(), by_id.len());
        found.say(FILE, format!("{rows} occurrences, where {receipts} have receipts"));
    }
}

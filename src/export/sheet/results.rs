//! What was computed: occurrences, checks, retention.

use serde_json::Value as Json;

use super::{Column, Grid, Value};
use crate::assess::{Assessment, KeptRecord};
use crate::export::{Conclusions, checks as check_rows, status};
use crate::facts::breach;
use crate::model::{Model, Named};
use crate::parse::intake::{headings, word};

/// Occurrences that are wanted.
pub fn occurrences(from: Conclusions, filter: &status::Filter) -> Grid {
    let Conclusions { model, words, .. } = from;
    let rows = status::rows(from, filter);
    let rows = rows.iter().map(|row| {
        let row = serde_json::to_value(row).unwrap_or_default();
        let scope = text(&row["scope"]["id"]);
        vec![
            Value::Text(text(&row["id"])),
            Value::Text(agency(model, &text(&row["scope"]["kind"]), &scope)),
            Value::Text(regulation(model, &row)),
            Value::Text(duty(model, &row)),
            Value::Text(texts(&row["clauses"])),
            Value::Text(scope),
            Value::Text(text(&row["period"])),
            day(&row["opens"]),
            day(&row["due"]),
            Value::Text(words.get(&format!("status.{}", text(&row["status"]))).to_owned()),
            Value::Text(text(&row["due_at"])),
            day(&row["done_on"]),
            Value::Text(text(&row["done_at"])),
            count(&row["required"]["records"]),
            count(&row["actual"]["records"]),
            count(&row["required"]["users"]),
            count(&row["actual"]["users"]),
            Value::Text(texts(&row["reasons"])),
        ]
    });
    grid("occurrences", rows.collect())
}

/// Records against rules that must hold at any time.
pub fn checks(model: &Model, assessment: &Assessment) -> Grid {
    let rows = check_rows::rows(model, assessment);
    let rows = rows.iter().map(|row| {
        let row = serde_json::to_value(row).unwrap_or_default();
        vec![
            Value::Text(regulation(model, &row)),
            Value::Text(duty(model, &row)),
            Value::Text(texts(&row["clauses"])),
            Value::Text(text(&row["record"]["kind"])),
            Value::Text(text(&row["record"]["id"])),
            Value::Text(word("verdict", &text(&row["verdict"]))),
            Value::Text(text(&row["why"])),
        ]
    });
    grid("checks", rows.collect())
}

/// What must be kept, and until when.
pub fn retention(model: &Model, assessment: &Assessment) -> Grid {
    let rows = assessment.retention.iter().map(|kept| {
        let id = match kept.record {
            KeptRecord::Usage(id) => {
                let usage = &model.usage[id];
                let (unit, system) = (&model.units[usage.unit], &model.systems[usage.system]);
                format!("{} {} {}", unit.slug(), system.slug(), usage.month)
            }
            record => record.slug(model).to_owned(),
        };
        let until = kept.governing();
        let state = breach::code(kept.state).replace('_', "-");
        let of = |day: Option<crate::time::Day>| day.map_or(Value::Empty, Value::Day);
        vec![
            Value::Text(kept.record.kind(model).to_owned()),
            Value::Text(id),
            Value::Text(model.obligation_path(until.obligation)),
            of(until.keep_until),
            Value::Text(word("kept", &state)),
            of(kept.destroyed_on),
        ]
    });
    grid("retention", rows.collect())
}

fn grid(name: &str, rows: Vec<Vec<Value>>) -> Grid {
    const DAYS: [&str; 5] = ["opens", "due", "done_on", "keep_until", "destroyed_on"];
    let columns = headings(name).into_iter().map(|(key, heading)| Column {
        is_day: DAYS.contains(&key.as_str()),
        heading,
        choices: Vec::new(),
    });
    Grid { name: name.to_owned(), columns: columns.collect(), rows, total: None }
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => String::new(),
        // A sentence with its parts.
        Json::Object(parts) => parts.get("text").map(text).unwrap_or_default(),
        other => other.to_string(),
    }
}

fn texts(value: &Json) -> String {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(text).collect::<Vec<_>>().join("；")
}

fn count(value: &Json) -> Value {
    value.as_u64().map_or(Value::Empty, Value::Count)
}

fn day(value: &Json) -> Value {
    value.as_str().and_then(|text| text.parse().ok()).map_or(Value::Empty, Value::Day)
}

fn regulation(model: &Model, row: &Json) -> String {
    let slug = text(&row["regulation"]);
    model.regulations.find(&slug).map_or(slug.clone(), |id| model.regulations[id].name.clone())
}

fn duty(model: &Model, row: &Json) -> String {
    let (regulation, slug) = (text(&row["regulation"]), text(&row["obligation"]));
    let path = format!("{regulation}/{slug}");
    let found = model.obligations.iter().find(|(id, _)| model.obligation_path(*id) == path);
    found.map_or(slug, |(_, duty)| duty.title.clone())
}

fn agency(model: &Model, kind: &str, id: &str) -> String {
    use crate::model::Scope;
    let scope = match kind {
        "agency" => model.agencies.find(id).map(Scope::Agency),
        "unit" | "office" => model.units.find(id).map(Scope::Unit),
        "system" => model.systems.find(id).map(Scope::System),
        "account" => model.accounts.find(id).map(Scope::Account),
        "post" => model.posts.find(id).map(Scope::Post),
        "contractor" => model.contractors.find(id).map(Scope::Contractor),
        _ => None,
    };
    scope.map_or_else(String::new, |scope| model.agencies[model.scope_agency(scope)].name.clone())
}

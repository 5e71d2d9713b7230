//! Whether an act of a receipt is what its record says: its day, its figures, its papers and the forms
//! they are on.

use serde_json::Value;

use super::form::{ActForm, Receipt};
use crate::model::party::plain;

/// What an act says that its record does not.
pub fn fault(act: &ActForm, receipt: &Receipt) -> Option<String> {
    let Some(record) = receipt.records.get(&act.record) else {
        return Some(format!("{} is not there", act.record));
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
    let time = match act.kind.as_str() {
        "audit" => at(&["done_at"]),
        "submission" => at(&["sent_at"]),
        "answer" => answer["at"].clone(),
        _ => Value::Null,
    };
    let is_that_time =
        time.as_str() == act.at.map(String::from).as_deref() && act.moment().day() == act.on.0;
    let approved =
        if act.kind == "answer" { answer["approved"].clone() } else { at(&["approved"]) };
    let says = act.approved.as_ref().map_or(Value::Null, |approved| {
        let words = [
            ("on", Some(approved.on.to_string())),
            ("at", approved.at.map(String::from)),
            ("by", approved.by.clone()),
            ("party", approved.party.clone()),
            ("document", approved.document.clone()),
        ];
        let said = words.into_iter().filter_map(|(key, word)| Some((key.to_owned(), word?.into())));
        Value::Object(said.collect())
    });
    let mut same = is_that_day && is_that_time && approved == says;
    if act.kind == "audit" {
        same &= at(&["sample", "records"]).as_u64() == act.records
            && at(&["sample", "users"]).as_u64() == act.users
            && at(&["audited_staff"]) == Value::from(act.persons.clone())
            && at(&["sample", "months"]) == Value::from(act.months.clone());
    }
    let contained =
        if act.kind == "answer" { answer["contains"].clone() } else { at(&["contains"]) };
    let named: Option<Vec<String>> =
        contained.as_array().map(|own| own.iter().filter_map(Value::as_str).map(plain).collect());
    let items = receipt.rule.demand.contains.iter().enumerate();
    let places = named.map(|named| -> Vec<usize> {
        items.filter(|(_, item)| named.contains(&plain(item))).map(|(place, _)| place).collect()
    });
    same &= act.contains == places;
    let manner = if act.kind == "answer" { answer["manner"].clone() } else { at(&["manner"]) };
    let asked = &receipt.rule.demand.manner;
    let manner = manner.as_str().filter(|_| !asked.is_empty()).map(plain);
    let fits = manner.map(|own| asked.iter().any(|words| plain(words) == own));
    same &= act.manner == fits;
    same &= act.kind != "training" || at(&["hours"]).as_u64() == act.hours;
    same &= act.kind != "training" || at(&["course"]).as_str() == act.course.as_deref();
    let demand = &receipt.rule.demand;
    let was_told = demand.unannounced && at(&["unannounced"]) == Value::Bool(false);
    same &= act.announced == was_told;
    let papers = if act.kind == "answer" { answer["evidence"].clone() } else { at(&["evidence"]) };
    let named = papers.as_array().into_iter().flatten().filter_map(Value::as_str);
    let papers = named.map(|id| {
        let record = format!("evidence/{id}");
        let fields = receipt.records.get(&record).map(|paper| &paper.fields);
        let form = fields.and_then(|fields| fields.get("form")).and_then(Value::as_str);
        let is_on = |asked: &str| form.is_some_and(|form| plain(form) == plain(asked));
        let places = demand.forms.iter().enumerate().filter(|(_, asked)| is_on(asked));
        (record, places.map(|(place, _)| place).collect())
    });
    let papers: Vec<(String, Vec<usize>)> = papers.collect();
    same &= papers
        .iter()
        .map(|(record, forms)| (record, forms))
        .eq(act.papers.iter().map(|paper| (&paper.record, &paper.forms)));
    (!same).then(|| format!("{} says otherwise", act.record))
}

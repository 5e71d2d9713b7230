//! `new audit --for OCCURRENCE`: what is known of an audit before it is done.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Context, Draft};
use crate::assess::Assessment;
use crate::diagnostic::nearest;
use crate::export::{Conclusions, status};
use crate::facts::conclude;
use crate::model::{Known, is_answered_by_audits};
use crate::parse::write::scalar;
use crate::record::value::Group;
use crate::time::Period;

/// Fills in duty, scope, period, population, the sample that is required, parties, and says whose
/// approval and which forms the rule asks.
pub fn fill(
    context: &Context,
    known: &Known,
    assessment: &Assessment,
    id: &str,
    draft: &mut Draft,
) -> Result<(), String> {
    let inputs = context.inputs;
    let facts = conclude(known, assessment);
    let from = Conclusions { model: known, words: &inputs.words, assessment, facts: &facts };
    let rows = status::rows(from, &status::Filter::default());
    let rows: Vec<Json> =
        rows.iter().map(|row| serde_json::to_value(row).unwrap_or_default()).collect();
    let ids = || rows.iter().filter_map(|row| row["id"].as_str());
    let Some(row) = rows.iter().find(|row| row["id"] == id) else {
        let near = nearest(id, ids()).map(|near| format!("; did you mean `{near}`?"));
        let id = crate::source::escape(id);
        return Err(format!("no occurrence `{id}`{}", near.unwrap_or_default()));
    };
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let (regulation, duty) = (text(&row["regulation"]), text(&row["obligation"]));
    let (scope, period) = (text(&row["scope"]["id"]), text(&row["period"]));
    let rule = context
        .parsed
        .regulations
        .iter()
        .find(|one| one.slug == regulation)
        .and_then(|one| one.obligations.iter().find(|one| one.string("id") == duty));
    let rule = rule.ok_or("the duty's rule cannot be read")?;
    if !is_answered_by_audits(rule) {
        return Err(format!("`{regulation}/{duty}` is not answered by an audit"));
    }
    draft.set("id", free_id(context, &format!("{duty}-{scope}-{}", period.to_lowercase())));
    draft.set("obligation", format!("{regulation}/{duty}"));
    draft.set("scope", scope.clone());
    if let Ok(parsed) = Period::parse(&period) {
        draft.set("period", scalar(&period));
        let used = used_months(context, &regulation, &scope, parsed);
        if !used.is_empty() {
            let records: u64 = used.values().sum();
            draft.set("population.records", records.to_string());
            draft.remarks.push(("population".to_owned(), "由使用量登載加總，請核對".to_owned()));
        }
        let months: Vec<String> = used
            .iter()
            .filter(|(_, count)| **count > 0)
            .map(|(month, _)| month.to_string())
            .collect();
        // A month that is the whole period needs no saying.
        if months.len() > 1 {
            draft.set("sample.months", format!("[{}]", months.join(", ")));
        }
    }
    for what in ["records", "users"] {
        if let Some(size) = row["required"][what].as_u64() {
            draft.set(&format!("sample.{what}"), size.to_string());
            draft.remarks.push((
                "sample".to_owned(),
                "已填應抽數及有使用紀錄之月份，請改為實際抽查者".to_owned(),
            ));
        }
    }
    remarks(rule, draft);
    Ok(())
}

fn remarks(rule: &Group, draft: &mut Draft) {
    let texts = |key: &str| rule.texts(key).map(|text| text.value.to_owned()).collect::<Vec<_>>();
    let joint = texts("joint");
    if !joint.is_empty() {
        let list: Vec<String> = joint.iter().map(|party| scalar(party)).collect();
        draft.set("joint", format!("[{}]", list.join(", ")));
    }
    let forms = texts("evidence");
    if !forms.is_empty() {
        draft.remarks.push(("evidence".to_owned(), format!("應附 {}", forms.join("、"))));
    }
    if let Some(approval) = rule.maybe_string("approval") {
        draft.remarks.push(("approved".to_owned(), format!("應由 {approval} 核閱或核定")));
    }
}

/// Records of use of the unit, or of all units of the agency, of the regulation's systems, by the
/// months of the period that are recorded.
fn used_months(
    context: &Context,
    regulation: &str,
    scope: &str,
    period: Period,
) -> BTreeMap<Period, u64> {
    let of = |kind: &str| {
        let kind = kind.to_owned();
        context.parsed.records.iter().filter(move |record| record.kind.name == kind)
    };
    let systems: Vec<String> = of("system")
        .filter(|record| record.fields.texts("regulations").any(|one| one.value == regulation))
        .map(|record| record.fields.string("id"))
        .collect();
    let units: Vec<String> = of("unit")
        .filter(|record| {
            [record.fields.string("id"), record.fields.string("agency")].contains(&scope.to_owned())
        })
        .map(|record| record.fields.string("id"))
        .collect();
    let mut found = BTreeMap::new();
    for record in of("usage") {
        let fields = &record.fields;
        let is_ours =
            systems.contains(&fields.string("system")) && units.contains(&fields.string("unit"));
        let month = fields.period("month").filter(|month| is_ours && period.covers(*month));
        if let (Some(month), Some(count)) = (month, fields.count("queries")) {
            *found.entry(month).or_default() += count;
        }
    }
    found
}

fn free_id(context: &Context, form: &str) -> String {
    let stem: String = form.chars().take(58).collect();
    let stem = stem.trim_end_matches('-').to_owned();
    let ids = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
    let mut free = ids.filter(|id| !context.names.is_taken("audit", id));
    free.next().unwrap_or(stem)
}

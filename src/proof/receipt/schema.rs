//! The JSON Schema (2020-12) of receipts.

use serde_json::{Value, json};

use super::SCHEMA_VERSION;
use crate::assess::Status;

/// The schema, with the version of its form.
pub fn schema() -> Value {
    let text = json!({"type": "string"});
    let flag = json!({"type": "boolean"});
    let day = json!({"type": "string", "format": "date"});
    let time = json!({"type": "string", "format": "date-time"});
    let sha256 = json!({"type": "string", "pattern": "^[0-9a-f]{64}$"});
    let count = json!({"type": "integer", "minimum": 0});
    let list = |items: &Value| json!({"type": "array", "items": items});
    let (texts, counts) = (list(&text), list(&count));
    // What must be there, and what may be left out.
    let object = |required: Value, optional: Value| {
        let keys: Vec<String> =
            required.as_object().into_iter().flatten().map(|(k, _)| k.clone()).collect();
        let mut properties = required;
        if let (Some(all), Value::Object(more)) = (properties.as_object_mut(), optional) {
            all.extend(more);
        }
        json!({"type": "object", "properties": properties, "required": keys, "additionalProperties": false})
    };
    let clause =
        object(json!({"clause": text, "version": text, "text": text, "sha256": sha256}), json!({}));
    let kinds = [
        "same-day",
        "day-before",
        "in-month",
        "within",
        "day",
        "hours",
        "before",
        "within-before",
        "letter",
    ];
    let limit = object(
        json!({"kind": {"enum": kinds}}),
        json!({"length": text, "hours": count, "counted": text, "months_after": count, "day": count, "date": day}),
    );
    let due = object(
        json!({"limit": limit}),
        json!({"at": text, "half": count, "site_default": flag, "after_period": flag}),
    );
    let tier = object(
        json!({}),
        json!({"up_to": count, "rate": text, "fixed": count, "min": count, "max": count}),
    );
    let measure = json!({"enum": ["records", "users"]});
    let draw = object(json!({"measure": measure, "of": text, "tiers": list(&tier)}), json!({}));
    let demand = object(
        json!({"answered_by": text}),
        json!({
            "sample": list(&draw), "every_used_month": flag, "roles": list(&texts), "after": texts,
            "joint": texts, "approval": text, "approval_first": flag, "forms": texts,
            "contains": texts, "manner": texts,
            "unannounced": flag, "hours": count, "courses": texts, "to": text, "notify": texts,
        }),
    );
    let rule = object(
        json!({
            "kind": {"enum": ["periodic", "interval", "once", "event"]}, "scope": text,
            "ground": {"enum": crate::time::TimeLaw::WORDS}, "due": list(&due),
            "first_day": {"enum": crate::time::FirstDay::WORDS},
            "on_holiday": {"enum": ["keep", "next-working-day"]}, "demand": demand,
        }),
        json!({
            "when": text, "supervisor": text, "outsider": text, "may": flag, "in_principle": flag, "length_open": flag, "every": text, "months": counts, "event": text,
            "unless": texts, "from_known": flag, "anew": texts, "only_used": flag,
        }),
    );
    let step = object(
        json!({"step": text, "day": day, "norm": {"type": ["string", "null"]}}),
        json!({"at": time, "n": count, "of": count}),
    );
    let size = object(
        json!({
            "measure": measure, "population": count, "tier": tier, "by_share": count,
            "required": count, "binds": {"enum": ["share", "min", "max", "population"]},
        }),
        json!({"recorded": count, "stated": count, "on_file": count, "base": texts, "actual": count}),
    );
    let fit = json!({"enum": ["yes", "no", "unknown", "doer"]});
    let paper = object(json!({"record": text}), json!({"forms": counts}));
    let act = object(
        json!({"kind": text, "record": text, "on": day}),
        json!({
            "answer": count, "at": time, "records": count, "users": count, "persons": texts, "months": texts,
            "hours": count, "course": text, "manner": flag, "announced": flag, "roles": list(&fit), "joint": counts,
            "approved": object(
                json!({"on": day, "fit": fit}),
                json!({"at": time, "by": text, "party": text, "document": text}),
            ),
            "papers": list(&paper), "contains": counts, "received": flag, "told": counts,
        }),
    );
    let element = object(
        json!({"element": text, "state": {"enum": ["there", "missing", "unknown"]}}),
        json!({"since": day}),
    );
    let occurrence = object(
        json!({
            "id": text, "status": {"enum": Status::ALL.map(Status::code)}, "opens": day, "due": day,
            "due_basis": {"enum": ["text", "site-default", "letter"]}, "reckoning": list(&step),
            "because": texts,
        }),
        json!({
            "due_at": time, "done_on": day, "done_at": time, "approved_on": day, "period": text, "since": day, "event": text,
            "earliest": day, "calendar_gap": {"type": "integer"}, "limit_missing": flag,
            "outside": text, "instead": object(json!({"duty": text, "on": day}), json!({"at": time})),
            "ended": day, "usage": texts, "sample": list(&size), "doubts": texts, "months": texts,
            "drawn_from": texts, "rests_on": texts, "acts": list(&act), "elements": list(&element), "waiver": text,
        }),
    );
    let fields = json!({"type": "object"});
    let record = object(json!({"sha256": sha256, "fields": fields}), json!({"withheld": flag}));
    let mut schema = object(
        json!({
            "schema": {"type": "integer", "enum": [SCHEMA_VERSION]}, "program": text, "as_of": day,
            "regulation": text, "obligation": text, "clauses": list(&clause), "rule": rule,
            "rule_sha256": sha256, "calendar_sha256": sha256, "due_soon_days": count,
            "occurrences": list(&occurrence),
            "records": {"type": "object", "additionalProperties": record},
        }),
        json!({}),
    );
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "clausebook receipts".into();
    schema["version"] = SCHEMA_VERSION.into();
    schema
}

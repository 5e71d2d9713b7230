//! What changed between two assessments: what became worse, what was cleared, what came and went.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::{Conclusions, checks, status};

/// The version of the form.
pub const SCHEMA_VERSION: u32 = 1;

/// One occurrence or check whose state is another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChangeRow {
    /// `occurrence` or `check`.
    pub kind: &'static str,
    pub id: String,
    pub change: &'static str,
    /// `null` if it was not there.
    pub before: Option<String>,
    /// `null` if it is not there any more.
    pub after: Option<String>,
    pub due: Option<String>,
    /// The weightiest reason of what is now, or of what was if it is gone.
    pub why: Option<String>,
}

/// What each thing's state is, and why.
pub type States = BTreeMap<(&'static str, String), (String, Option<String>, Option<String>)>;

/// The state of every occurrence and check.
pub fn states(from: Conclusions) -> States {
    let mut states = States::new();
    let occurrences = status::rows(from, &status::Filter::default());
    for row in occurrences {
        let row = serde_json::to_value(row).unwrap_or_default();
        let why = row["reasons"].get(0).map(text).filter(|text| !text.is_empty());
        let due = row["due"].as_str().map(str::to_owned);
        states.insert(("occurrence", text(&row["id"])), (text(&row["status"]), due, why));
    }
    for row in checks::rows(from.model, from.assessment) {
        let row = serde_json::to_value(row).unwrap_or_default();
        let part = |key: &str| text(&row[key]);
        let id =
            format!("{}/{}/{}", part("regulation"), part("obligation"), text(&row["record"]["id"]));
        let why = Some(part("why")).filter(|why| !why.is_empty());
        states.insert(("check", id), (part("verdict"), None, why));
    }
    states
}

/// How grave a state is: the higher, the worse.
fn gravity(state: &str) -> u8 {
    match state {
        "overdue" | "deficient" | "breached" => 3,
        "unknown" => 2,
        "done-late" => 1,
        _ => 0,
    }
}

/// What is another, the worst first.
pub fn changes(before: &States, after: &States) -> Vec<ChangeRow> {
    let mut rows = Vec::new();
    for (key, (state, due, why)) in after {
        let old = before.get(key).map(|(state, ..)| state.clone());
        if old.as_ref() == Some(state) {
            continue;
        }
        let was = old.as_deref().map_or(0, gravity);
        let change = match (old.is_some(), gravity(state)) {
            (_, now) if now > was => "worse",
            (true, now) if now < was => "cleared",
            (true, _) => "changed",
            (false, _) => "new",
        };
        rows.push(ChangeRow {
            kind: key.0,
            id: key.1.clone(),
            change,
            before: old,
            after: Some(state.clone()),
            due: due.clone(),
            why: why.clone(),
        });
    }
    for (key, (state, due, why)) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        rows.push(ChangeRow {
            kind: key.0,
            id: key.1.clone(),
            change: "gone",
            before: Some(state.clone()),
            after: None,
            due: due.clone(),
            why: why.clone(),
        });
    }
    let order = ["worse", "cleared", "changed", "new", "gone"];
    rows.sort_by_key(|row| {
        (order.iter().position(|one| *one == row.change), row.due.clone(), row.id.clone())
    });
    rows
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Object(parts) => parts.get("text").map(text).unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(rows: &[(&str, &str)]) -> States {
        let row = |(id, state): &(&str, &str)| {
            (("occurrence", (*id).to_owned()), ((*state).to_owned(), None, None))
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn what_is_worse_stands_first_and_what_is_the_same_not_at_all() {
        let before = states(&[
            ("a", "open"),
            ("b", "overdue"),
            ("c", "done"),
            ("d", "open"),
            ("e", "upcoming"),
        ]);
        let after = states(&[
            ("a", "overdue"),
            ("b", "done-late"),
            ("c", "done"),
            ("d", "done"),
            ("f", "upcoming"),
            ("g", "deficient"),
        ]);
        let found: Vec<(String, &str)> =
            changes(&before, &after).into_iter().map(|row| (row.id, row.change)).collect();
        let expected = [
            ("a", "worse"),
            ("g", "worse"),
            ("b", "cleared"),
            ("d", "changed"),
            ("f", "new"),
            ("e", "gone"),
        ];
        assert_eq!(found, expected.map(|(id, change)| (id.to_owned(), change)));
        assert_eq!(changes(&after, &after), []);
    }
}

//! The canonical form of data, of which hashes are taken: JSON without white space, keys sorted by their code
//! points, every character but quotes, back slashes and controls as itself. Any JSON library makes it:
//! in Python, `json.dumps(x, sort_keys=True, ensure_ascii=False, separators=(",", ":"))`.

use serde::Serialize;
use serde_json::Value;

/// The canonical form of a value.
pub fn canonical(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).expect("forms have only texts for keys");
    sorted(value).to_string()
}

/// The value with its keys in order, whichever order the map type keeps.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> = map.into_iter().collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            entries.into_iter().map(|(key, value)| (key, sorted(value))).collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_sorted_and_nothing_is_spelt_that_need_not_be() {
        let value = json!({"乙": 1, "b": [true, null], "a": "甲\n\"\u{1}"});
        assert_eq!(canonical(&value), "{\"a\":\"甲\\n\\\"\\u0001\",\"b\":[true,null],\"乙\":1}");
    }
}

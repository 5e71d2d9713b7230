//! JSON Schemas (draft-07, which editors' YAML servers speak) of every file a site may hold, from
//! the tables the reader checks by, with descriptions in Chinese from `starter/fields.yaml`.

use serde_json::{Map, Value, json};

use crate::record::kinds::{Kind, Kinds};
use crate::record::regulation::{PLAIN_CLAUSE, QUESTION, REGULATION};
use crate::record::schema::{Descriptions, Field, Shape};
use crate::record::site::{CONFIG, GUIDANCE};
use crate::record::trial::TRIAL;

/// What a schema is of: its name, the files it is for (as editors match them), and its table.
pub struct Subject {
    pub name: &'static str,
    /// Glob patterns from the site's folder.
    pub files: Vec<String>,
    fields: &'static [Field],
    form: Form,
}

/// How records stand in a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// One record, or a list, or nothing yet.
    Records,
    List,
    One,
}

/// Every subject, in the order of the reference.
pub fn subjects(kinds: &Kinds) -> Vec<Subject> {
    let kind = |kind: &'static Kind| Subject {
        name: kind.name,
        files: vec![
            format!("content/{}.yaml", kind.plural),
            format!("content/{}/**/*.yaml", kind.plural),
        ],
        fields: kind.fields,
        form: Form::Records,
    };
    let own = |name, file: &str, fields, form| Subject {
        name,
        files: vec![file.to_owned()],
        fields,
        form,
    };
    let mut all: Vec<Subject> = kinds.iter().map(kind).collect();
    all.push(own("config", "clausebook.yaml", CONFIG, Form::One));
    all.push(own("regulation", "regulations/*/regulation.yaml", REGULATION, Form::One));
    all.push(own("obligations", "regulations/*/obligations.yaml", kinds.obligation, Form::List));
    all.push(own("clauses", "regulations/*/clauses.yaml", PLAIN_CLAUSE, Form::List));
    all.push(own("readings", "regulations/*/readings.yaml", QUESTION, Form::List));
    all.push(own("tests", "regulations/*/tests.yaml", TRIAL, Form::List));
    all.push(own("page", "content/pages/*.md", GUIDANCE, Form::One));
    all.push(Subject {
        name: "calendar",
        files: vec!["content/calendar.yaml".to_owned(), "content/calendar/**/*.yaml".to_owned()],
        fields: &[],
        form: Form::One,
    });
    all
}

/// The schema of a subject.
pub fn schema(subject: &Subject, descriptions: &Descriptions) -> Value {
    let speaker = Speaker { descriptions };
    let body = if subject.name == "calendar" {
        calendar(descriptions)
    } else {
        speaker.group(subject.name, subject.fields)
    };
    let mut body = body;
    if subject.form == Form::Records || subject.name == "page" {
        of_every_record(&mut body);
    }
    let body = match subject.form {
        Form::One => body,
        Form::List => json!({"anyOf": [{"type": "array", "items": body}, {"type": "null"}]}),
        Form::Records => json!({
            "definitions": {"record": body},
            "anyOf": [
                {"$ref": "#/definitions/record"},
                {"type": "array", "items": {"$ref": "#/definitions/record"}},
                {"type": "null"},
            ],
        }),
    };
    let mut whole = Map::new();
    whole.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    whole.insert("title".to_owned(), json!(format!("clausebook {}", subject.name)));
    if let Some(text) = descriptions.get(subject.name) {
        whole.insert("description".to_owned(), json!(text));
    }
    whole.extend(body.as_object().cloned().unwrap_or_default());
    Value::Object(whole)
}

/// The two keys that stand in no table, because every record may have them.
fn of_every_record(body: &mut Value) {
    let Some(properties) = body.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let level = json!({"enum": ["internal", "restricted"]});
    properties.insert(
        "visibility".to_owned(),
        json!({"anyOf": [level, {"type": "object", "additionalProperties": level}]}),
    );
    properties.insert(
        "pii_ok".to_owned(),
        json!({
            "type": "object",
            "properties": {"reason": scalar(r"\S"), "until": form(DATE)},
            "required": ["reason", "until"],
            "additionalProperties": false,
        }),
    );
}

struct Speaker<'a> {
    descriptions: &'a Descriptions,
}

impl Speaker<'_> {
    fn group(&self, path: &str, fields: &[Field]) -> Value {
        let mut properties = Map::new();
        for field in fields {
            let path = format!("{path}.{}", field.key);
            let mut value = self.value(&path, field.shape);
            if field.history {
                value = json!({"anyOf": [value, {"type": "array", "items": value, "minItems": 1}]});
            }
            let said = self.descriptions.get(&path);
            if let (Some(text), Some(object)) = (said, value.as_object_mut()) {
                object.insert("description".to_owned(), json!(text));
            }
            properties.insert(field.key.to_owned(), value);
        }
        let required: Vec<&str> =
            fields.iter().filter(|field| field.required).map(|field| field.key).collect();
        let mut group = json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        });
        // Draft-04 readers, which some editors are, refuse an empty list.
        if !required.is_empty() {
            group["required"] = json!(required);
        }
        group
    }

    fn value(&self, path: &str, shape: Shape) -> Value {
        match shape {
            Shape::Text | Shape::Condition => scalar(r"\S"),
            Shape::Id => id(json!({
                "type": "string", "pattern": ID, "not": {"type": "string", "pattern": TAKEN},
            })),
            Shape::Ref(_) | Shape::AnyRef | Shape::Regulation => id(form(ID)),
            Shape::Obligation => form(r"^\s*[a-z0-9][a-z0-9-]{0,62}/[a-z0-9][a-z0-9-]{0,62}\s*$"),
            Shape::Clause => json!({"anyOf": [form(r"^\s*[0-9]"), {"type": "number"}]}),
            Shape::Date | Shape::Start | Shape::Planned => form(DATE),
            Shape::Instant => form(
                r"^\s*[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]T[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?(Z|[+-][01][0-9]:[0-5][0-9])?\s*$",
            ),
            Shape::Clock => form(r"^\s*([01][0-9]|2[0-3]):[0-5][0-9]\s*$"),
            Shape::Month => form(r"^\s*[0-9]{4}-(0[1-9]|1[0-2])\s*$"),
            Shape::Period => json!({
                "anyOf": [
                    {"type": "string", "pattern": format!("{PERIOD}|{DATE}")},
                    {"type": "integer", "minimum": 1000, "maximum": 9999},
                ],
            }),
            Shape::Count => {
                json!({"type": "integer", "minimum": 0, "maximum": 999_999_999_999_u64})
            }
            Shape::Rate => form(r"^\s*[0-9]{1,3}(\.[0-9]{1,2})?\s*[%％]\s*$"),
            Shape::Length => form(r"^\s*[0-9]+ +(working +)?(days?|weeks?|months?|years?)\s*$"),
            Shape::Time => {
                form(r"^\s*[0-9]+ +((working +)?days?|hours?|weeks?|months?|years?)\s*$")
            }
            Shape::Flag => json!({"type": "boolean"}),
            Shape::Word(words) => json!({"type": "string", "enum": words}),
            // The site may add words: editors offer ours, and take any other id.
            Shape::Term(_, words) => json!({"anyOf": [{"enum": words}, scalar(ID)]}),
            Shape::MonthDay => json!({
                "anyOf": [{"type": "integer", "minimum": 1, "maximum": 31}, {"enum": ["last"]}],
            }),
            Shape::Url | Shape::Address => form(r"^\s*https?://[^/\s][^\s]*\s*$"),
            Shape::Sha256 => scalar(r"^\s*[0-9A-Fa-f]{64}\s*$"),
            Shape::Path => {
                scalar(r#"^\s*(?![./])(?!.*(//|/\.|[. ]/))[^\\:*?"<>|]*[^\\:*?"<>|/. ]\s*$"#)
            }
            Shape::Colour => form(r"^\s*#[0-9A-Fa-f]{6}\s*$"),
            Shape::Attributes => json!({
                "type": "object",
                "additionalProperties": {
                    "anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}],
                },
            }),
            Shape::Given => json!({"type": "object"}),
            Shape::List(item) => json!({"type": "array", "items": self.value(path, *item)}),
            Shape::OneOrMore(item) => {
                let item = self.value(path, *item);
                json!({"anyOf": [item.clone(), {"type": "array", "items": item}]})
            }
            Shape::Group(fields) => self.group(path, fields),
            Shape::Groups(fields) => json!({"type": "array", "items": self.group(path, fields)}),
        }
    }
}

const ID: &str = r"^\s*[a-z0-9][a-z0-9-]{0,62}\s*$";
/// Ids that are pages of the site or names that Windows keeps.
const TAKEN: &str = r"^\s*(index|con|prn|aux|nul|com[0-9]|lpt[0-9])\s*$";
/// Days as the files hold them, the last form being `民國N年N月N日` or with `中華` in front; whether the day exists is for the program to say.
const DATE: &str = r"^\s*(([0-9]{4}|[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|(\u4e2d\u83ef)?\u6c11\u570b *[0-9]{1,3} *\u5e74 *[0-9]{1,2} *\u6708 *[0-9]{1,2} *\u65e5)\s*$";
const PERIOD: &str = r"^\s*[0-9]{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12]|-W[0-9]{2})?\s*$";

/// A value on one line. YAML readers make a number of what looks like one (`007`, `2026`); the
/// program reads the text as it is written, so both are right.
fn scalar(pattern: &str) -> Value {
    json!({"anyOf": [form(pattern), {"type": "number"}, {"type": "boolean"}]})
}

/// A name. One type to each schema: strict validators refuse a list of them.
fn id(named: Value) -> Value {
    json!({"anyOf": [named, {"type": "integer", "minimum": 0}, {"type": "boolean"}]})
}

/// A mapping that may be empty yet.
fn or_nothing(mapping: Value) -> Value {
    json!({"anyOf": [mapping, {"type": "null"}]})
}

/// A value of a certain form, which no number has.
fn form(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

fn calendar(descriptions: &Descriptions) -> Value {
    let said =
        |key: &str| descriptions.get(&format!("calendar.{key}")).cloned().unwrap_or_default();
    let described = |text: String, mut schema: Value| {
        schema["description"] = json!(text);
        schema
    };
    let days = |key: &str| {
        let name = json!({"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "boolean"}]});
        let days = json!({
            "type": "object",
            "patternProperties": {DATE: name},
            "additionalProperties": false,
        });
        described(said(key), or_nothing(days))
    };
    let year = json!({
        "type": "object",
        "properties": {
            "holidays": days("years.holidays"),
            "workdays": days("years.workdays"),
        },
        "additionalProperties": false,
    });
    let years = json!({
        "type": "object",
        "patternProperties": {
            "^(19[1-9][0-9]|20[0-9]{2}|21[0-9]{2}|2200)$": or_nothing(year),
        },
        "additionalProperties": false,
    });
    or_nothing(json!({
        "type": "object",
        "properties": {
            "timezone": {"description": said("timezone")},
            "years": described(said("years"), or_nothing(years)),
        },
        "additionalProperties": false,
    }))
}

//! A tree of YAML against a table of fields: everything wrong is reported, everything right is
//! kept. A key whose value is wrong is left out, so that the stages behind see only sound values.

use super::agree::times_agree;
use super::yaml::{Entry, Node, NodeKind, PII_OK as PII_OK_KEY};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::schema::{Field, PII_OK, Shape, quoted};
use crate::record::value::{Data, Group, Rate, Value};
use crate::source::{Span, Spanned, name_fault};
use crate::time::{Clock, DayError, Every, Hours, Instant, Length, Period, parse_day};

/// Checks a mapping against `fields`. `what` names it in messages (`audit record`).
/// Gives `None` only if the node is no mapping at all or a required key is missing or wrong.
pub fn group(
    node: &Node,
    what: &str,
    fields: &[Field],
    diagnostics: &mut Diagnostics,
) -> Option<Group> {
    let NodeKind::Map(entries) = &node.kind else {
        let message = format!("expected a mapping ({what}), found {}", node.kind.name());
        diagnostics.push(
            Diagnostic::new(Code::WrongType, node.span, message).help("write `key: value` lines"),
        );
        return None;
    };
    let mut checked = Vec::with_capacity(entries.len());
    let mut broken = Vec::new();
    let mut whole = true;
    for Entry { key, value } in entries {
        if key.value == PII_OK_KEY {
            group(value, "`pii_ok`", PII_OK, diagnostics);
            continue;
        }
        let Some(field) = fields.iter().find(|field| field.key == key.value) else {
            diagnostics.push(unknown_key(key, what, fields));
            continue;
        };
        if matches!(value.kind, NodeKind::Null) && !field.required {
            let message = format!("`{}` has no value", key.value);
            diagnostics.push(
                Diagnostic::new(Code::WrongType, key.span, message)
                    .help(format!("give it {}, or remove the key", field.shape.expects())),
            );
            broken.push(key.value.clone());
            continue;
        }
        if let (true, NodeKind::List(written)) = (field.history, &value.kind) {
            let values = history(value, field, diagnostics);
            if values.len() < written.len() {
                broken.push(key.value.clone());
            }
            checked.extend(values.into_iter().map(|value| (key.clone(), value)));
            continue;
        }
        match self::value(value, &key.value, field.shape, diagnostics) {
            Some(checked_value) => {
                if lost_members(value, &checked_value) {
                    broken.push(key.value.clone());
                }
                checked.push((key.clone(), checked_value));
            }
            None => {
                whole &= !field.required;
                broken.push(key.value.clone());
            }
        }
    }
    for field in fields.iter().filter(|field| field.required) {
        if !entries.iter().any(|entry| entry.key.value == field.key) {
            let message = format!("{what} lacks `{}`", field.key);
            diagnostics.push(
                Diagnostic::new(Code::MissingKey, head_of(node), message).help(format!(
                    "add `{}:` with {}",
                    field.key,
                    field.shape.expects()
                )),
            );
            whole = false;
        }
    }
    let group = Group { span: head_of(node), entries: checked, broken };
    times_agree(&group, fields, diagnostics);
    whole.then_some(group)
}

/// The values of a history, the latest first; no two of one day.
fn history(node: &Node, field: &Field, diagnostics: &mut Diagnostics) -> Vec<Value> {
    let read = |item: &Node, diagnostics: &mut Diagnostics| {
        let value = value(item, field.key, field.shape, diagnostics)?;
        Some((value.day(field.shape)?, value))
    };
    let mut values = list(node, field.key, diagnostics, read).unwrap_or_default();
    if matches!(&node.kind, NodeKind::List(items) if items.is_empty()) {
        let message = format!("`{}` has no value", field.key);
        let help = format!("give it {}, or remove the key", field.shape.expects());
        diagnostics.push(Diagnostic::new(Code::WrongType, node.span, message).help(help));
    }
    values.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    for pair in values.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        let message = format!("`{}` has two values of {}", field.key, pair[0].0);
        let second = Diagnostic::new(Code::InconsistentDates, pair[1].1.span, message);
        diagnostics.push(second.help("keep the one that holds"));
    }
    values.into_iter().map(|(_, value)| value).collect()
}

/// Whether a list has members that are wrong and were left out.
fn lost_members(node: &Node, checked: &Value) -> bool {
    match (&node.kind, &checked.data) {
        (NodeKind::List(written), Data::List(kept)) => kept.len() < written.len(),
        _ => false,
    }
}

/// The first line of a mapping: its first key, which is where a person would look.
fn head_of(node: &Node) -> Span {
    match &node.kind {
        NodeKind::Map(entries) if !entries.is_empty() => entries[0].key.span,
        _ => node.span,
    }
}

fn unknown_key(key: &Spanned<String>, what: &str, fields: &[Field]) -> Diagnostic {
    let known: Vec<&str> = fields.iter().map(|field| field.key).collect();
    let help = did_you_mean(&key.value, known.iter().copied())
        .unwrap_or_else(|| format!("known keys: {}", quoted(&known)));
    let message = format!("{what} has no key `{}`", key.value);
    Diagnostic::new(Code::UnknownKey, key.span, message).help(help)
}

/// Checks one value against a shape. `name` is its key, for messages.
pub fn value(
    node: &Node,
    name: &str,
    shape: Shape,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let data = match shape {
        Shape::OneOrMore(item) if !matches!(node.kind, NodeKind::List(_)) => {
            Data::List(vec![value(node, name, *item, diagnostics)?])
        }
        Shape::List(item) | Shape::OneOrMore(item) => {
            Data::List(list(node, name, diagnostics, |node, diagnostics| {
                value(node, name, *item, diagnostics)
            })?)
        }
        Shape::Groups(fields) => Data::List(list(node, name, diagnostics, |node, diagnostics| {
            let group = group(node, &format!("`{name}`"), fields, diagnostics)?;
            Some(Value { span: group.span, data: Data::Group(group) })
        })?),
        Shape::Group(fields) => {
            Data::Group(group(node, &format!("`{name}`"), fields, diagnostics)?)
        }
        Shape::Attributes => Data::Group(attributes(node, name, diagnostics)?),
        // What stands in it is kept as written, beside.
        Shape::Given => {
            let NodeKind::Map(_) = &node.kind else {
                let message = format!("`{name}` takes a mapping, found {}", node.kind.name());
                diagnostics.push(Diagnostic::new(Code::WrongType, node.span, message));
                return None;
            };
            Data::Group(Group { span: node.span, entries: Vec::new(), broken: Vec::new() })
        }
        _ => match scalar(node, shape) {
            Ok(data) => data,
            Err(fault) => {
                diagnostics.push(fault.diagnostic(node, name, shape));
                return None;
            }
        },
    };
    // Faults are found within a condition, so its place is that of the text without the quotes.
    let inner = match (shape, &node.kind) {
        (Shape::Condition, NodeKind::Scalar { quoted: true, .. }) => 1,
        _ => 0,
    };
    let (start, end) = (node.span.start + inner, node.span.end.saturating_sub(inner));
    Some(Value { span: Span { start, end: end.max(start), ..node.span }, data })
}

fn list<T>(
    node: &Node,
    name: &str,
    diagnostics: &mut Diagnostics,
    mut check: impl FnMut(&Node, &mut Diagnostics) -> Option<T>,
) -> Option<Vec<T>> {
    let NodeKind::List(items) = &node.kind else {
        let message = format!("`{name}` takes a list, found {}", node.kind.name());
        diagnostics.push(
            Diagnostic::new(Code::WrongType, node.span, message)
                .help(format!("write `{name}: [ … ]`, or one `- …` a line")),
        );
        return None;
    };
    Some(items.iter().filter_map(|item| check(item, diagnostics)).collect())
}

fn attributes(node: &Node, name: &str, diagnostics: &mut Diagnostics) -> Option<Group> {
    let NodeKind::Map(entries) = &node.kind else {
        let message = format!("`{name}` takes a mapping, found {}", node.kind.name());
        diagnostics.push(Diagnostic::new(Code::WrongType, node.span, message));
        return None;
    };
    let entries = entries
        .iter()
        .filter(|entry| entry.key.value != PII_OK_KEY)
        .filter_map(|entry| {
            let name = &entry.key.value;
            Some((entry.key.clone(), value(&entry.value, name, Shape::Text, diagnostics)?))
        })
        .collect();
    Some(Group { span: node.span, entries, broken: Vec::new() })
}

/// Why a single value does not fit: the fault, and a word more where the shape alone is not clear.
struct Fault {
    code: Code,
    because: Option<String>,
    help: Option<String>,
}

impl Fault {
    fn of(code: Code) -> Self {
        Self { code, because: None, help: None }
    }

    fn diagnostic(self, node: &Node, name: &str, shape: Shape) -> Diagnostic {
        let message = match (&node.kind, self.because) {
            (NodeKind::Scalar { text, .. }, Some(because)) => {
                format!("`{text}` {because} (`{name}`)")
            }
            (NodeKind::Scalar { text, .. }, None) => {
                format!("`{name}` takes {}, found `{text}`", shape.expects())
            }
            (other, _) => format!("`{name}` takes {}, found {}", shape.expects(), other.name()),
        };
        Diagnostic::new(self.code, node.span, message)
            .help(self.help.unwrap_or_else(|| format!("write {}", shape.expects())))
    }
}

/// No day of a record lies before this year: a slip of the pen does.
const FIRST_YEAR: i32 = 1900;

fn node_text_is_padded(node: &Node) -> bool {
    matches!(&node.kind, NodeKind::Scalar { text, quoted: true } if text.trim() != text)
}

fn scalar(node: &Node, shape: Shape) -> Result<Data, Fault> {
    let NodeKind::Scalar { text, quoted } = &node.kind else {
        return Err(Fault::of(Code::WrongType));
    };
    let written = text.trim();
    let text = || Data::Text(written.to_owned());
    let fault = |code| Err(Fault::of(code));
    match shape {
        Shape::Text | Shape::Condition if written.is_empty() => fault(Code::WrongType),
        Shape::Text | Shape::Condition => Ok(text()),
        Shape::Id if is_id(written) && is_taken(written) => Err(Fault {
            because: Some("is an address the site or a system keeps for itself".to_owned()),
            help: Some("choose another id".to_owned()),
            ..Fault::of(Code::InvalidId)
        }),
        Shape::Id | Shape::AnyRef | Shape::Ref(_) | Shape::Regulation => {
            if is_id(written) {
                Ok(text())
            } else {
                fault(Code::InvalidId)
            }
        }
        Shape::Obligation => match written.split_once('/') {
            Some((regulation, obligation)) if is_id(regulation) && is_id(obligation) => Ok(text()),
            _ => fault(Code::InvalidId),
        },
        Shape::Clause => match written.parse::<crate::law::ClauseNumber>() {
            Ok(_) => Ok(text()),
            Err(_) => fault(Code::UnknownClause),
        },
        Shape::Date | Shape::Start | Shape::Planned => match parse_day(written) {
            Ok(day) if chrono::Datelike::year(&day) < FIRST_YEAR => Err(Fault {
                because: Some(format!("lies before {FIRST_YEAR}")),
                help: Some("check the year".to_owned()),
                ..Fault::of(Code::InvalidDate)
            }),
            Ok(_) if node_text_is_padded(node) => Err(Fault {
                because: Some("has a space before or behind it".to_owned()),
                help: Some("remove the space".to_owned()),
                ..Fault::of(Code::InvalidDate)
            }),
            Ok(day) => Ok(Data::Date(day)),
            Err(error) => Err(Fault {
                because: Some(error.to_string()),
                help: (error == DayError::NoSuchDay)
                    .then(|| "check the day of the month, and leap years".to_owned()),
                ..Fault::of(Code::InvalidDate)
            }),
        },
        Shape::Month => match Period::parse(written) {
            Ok(period) if period.every() == Every::Month => Ok(Data::Period(period)),
            _ => fault(Code::InvalidPeriod),
        },
        // A day is the period of a duty of each day, and of others the day an act answers.
        Shape::Period => match (parse_day(written), Period::parse(written)) {
            (Ok(day), _) => Ok(Data::Date(day)),
            (_, Ok(period)) => Ok(Data::Period(period)),
            _ => fault(Code::InvalidPeriod),
        },
        Shape::Count if *quoted => fault(Code::WrongType),
        Shape::Count => {
            let plain = written.bytes().all(|b| b.is_ascii_digit());
            let small = written.len() <= 12 && (written.len() == 1 || !written.starts_with('0'));
            match written.parse() {
                Ok(count) if plain && small => Ok(Data::Count(count)),
                _ => fault(Code::InvalidNumber),
            }
        }
        Shape::Rate => Rate::parse(written).map(Data::Rate).ok_or(Fault::of(Code::InvalidNumber)),
        Shape::Length => {
            Length::parse(written).map(Data::Length).map_err(|_| Fault::of(Code::InvalidDuration))
        }
        Shape::Time => match (Length::parse(written), Hours::parse(written)) {
            (Ok(length), _) => Ok(Data::Length(length)),
            (_, Ok(hours)) => Ok(Data::Hours(hours)),
            _ => fault(Code::InvalidDuration),
        },
        Shape::Instant => match Instant::parse(written) {
            Ok(at) if chrono::Datelike::year(&at.day()) >= FIRST_YEAR => Ok(Data::Instant(at)),
            _ => fault(Code::InvalidDate),
        },
        Shape::Clock => Clock::parse(written).map(Data::Clock).ok_or(Fault::of(Code::InvalidDate)),
        Shape::Flag => match written {
            "true" if !quoted => Ok(Data::Flag(true)),
            "false" if !quoted => Ok(Data::Flag(false)),
            _ => fault(Code::WrongType),
        },
        // Whether the site knows the word is asked when all files are read.
        Shape::Term(..) if is_id(written) => Ok(text()),
        Shape::Term(_, words) => Err(Fault {
            help: did_you_mean(written, words.iter().copied()),
            ..Fault::of(Code::UnknownWord)
        }),
        Shape::Word(words) if words.contains(&written) => Ok(text()),
        Shape::Word(words) => Err(Fault {
            help: did_you_mean(written, words.iter().copied()),
            ..Fault::of(Code::UnknownWord)
        }),
        Shape::MonthDay => match (written, written.parse::<u32>()) {
            ("last", _) => Ok(Data::MonthDay(None)),
            (_, Ok(day)) if (1..=31).contains(&day) => Ok(Data::MonthDay(Some(day))),
            _ => fault(Code::InvalidNumber),
        },
        Shape::Url if is_address(written) => Ok(text()),
        Shape::Url => fault(Code::UnsafeLink),
        Shape::Sha256 => {
            let hexadecimal = written.len() == 64 && written.bytes().all(|b| b.is_ascii_hexdigit());
            if hexadecimal {
                Ok(Data::Text(written.to_ascii_lowercase()))
            } else {
                fault(Code::InvalidHash)
            }
        }
        Shape::Path if is_safe_path(written) => Ok(text()),
        Shape::Path => fault(Code::UnsafePath),
        Shape::Colour if is_colour(written) => Ok(Data::Text(written.to_ascii_lowercase())),
        Shape::Colour => fault(Code::InvalidColour),
        Shape::Address if is_address(written) => Ok(text()),
        Shape::Address => fault(Code::UnsafeLink),
        Shape::Attributes
        | Shape::Given
        | Shape::List(_)
        | Shape::OneOrMore(_)
        | Shape::Group(_)
        | Shape::Groups(_) => {
            unreachable!("`value` handles what is not a single value")
        }
    }
}

/// Whether a text is an address on the web that can stand in a page as it is. An intranet may well
/// have no certificates.
fn is_address(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_graphic() && !"\"'<>\\`".contains(c);
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) && text.chars().all(plain)
}

/// Whether a text may be an id, and so a part of an address.
pub fn is_id(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    text.len() <= 63
        && text.bytes().next().is_some_and(plain)
        && text.bytes().all(|b| plain(b) || b == b'-')
}

/// Whether an id would collide with a page of the site's own, or with a name Windows reserves.
fn is_taken(id: &str) -> bool {
    id == "index" || name_fault(id).is_some()
}

/// Whether a path stays in its folder and can be held by every system.
fn is_safe_path(path: &str) -> bool {
    let forbidden = |c: char| c.is_control() || "\\:*?\"<>|".contains(c);
    path.len() <= 240
        && !path.contains(forbidden)
        && path.split('/').all(|part| {
            !part.is_empty()
                && part.len() <= 255
                && !part.starts_with('.')
                && !part.ends_with(['.', ' '])
        })
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use super::*;
    use crate::record::schema::{optional, required};
    use crate::source::FileId;

    const FIELDS: &[Field] = &[
        required("id", Shape::Id, ""),
        optional("count", Shape::Count, ""),
        optional("on", Shape::Date, ""),
        optional("open", Shape::Flag, ""),
        optional("kind", Shape::Word(&["unit", "office"]), ""),
        optional("path", Shape::Path, ""),
        optional("months", Shape::List(&Shape::Month), ""),
    ];

    fn codes(text: &str) -> Vec<&'static str> {
        let mut diagnostics = Vec::new();
        let node = yaml::parse(FileId(0), text, &mut diagnostics).expect("YAML");
        group(&node, "test record", FIELDS, &mut diagnostics);
        diagnostics.iter().map(|diagnostic| diagnostic.code.slug()).collect()
    }

    #[test]
    fn reports_every_fault_of_a_mapping_in_one_run() {
        let text = "id: A_b\ncuont: 3\ncount: 1e5\non: 2026-02-30\nopen: no\nkind: ofice\n";
        assert_eq!(
            codes(text),
            [
                "invalid-id",
                "unknown-key",
                "invalid-number",
                "invalid-date",
                "wrong-type",
                "unknown-word"
            ]
        );
    }

    #[test]
    fn scalars_are_read_strictly() {
        for (line, code) in [
            ("count: '5'", "wrong-type"),
            ("count: 007", "invalid-number"),
            ("count: -1", "invalid-number"),
            ("count: 1_000", "invalid-number"),
            ("count: 1.0", "invalid-number"),
            ("count: 0x10", "invalid-number"),
            ("count:", "wrong-type"),
            ("count: [1]", "wrong-type"),
            ("open: yes", "wrong-type"),
            ("open: 'true'", "wrong-type"),
            ("on: 113/05/22", "invalid-date"),
            ("months: 2026-01", "wrong-type"),
            ("months: [2026-13]", "invalid-period"),
            ("path: ../x.pdf", "unsafe-path"),
            ("path: a//b", "unsafe-path"),
            ("path: /etc/passwd", "unsafe-path"),
            ("path: 'C:/x'", "unsafe-path"),
        ] {
            assert_eq!(codes(&format!("id: a\n{line}\n")), [code], "{line}");
        }
        assert_eq!(
            codes("id: a\ncount: 0\nopen: true\non: '115-11-21'\nmonths: [2026-01]\n"),
            [""; 0]
        );
        for id in ["index", "con", "lpt1"] {
            assert_eq!(codes(&format!("id: {id}\n")), ["invalid-id"], "{id}");
        }
        assert_eq!(codes("count: 1\n"), ["missing-key"]);
        assert_eq!(codes("- a\n"), ["wrong-type"]);
    }
}

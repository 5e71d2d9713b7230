//! Changes of a YAML file that leave everything else as it is: comments, order, quotes, line ends.
//! An edit is a place and a text; nobody writes the whole file anew.

use std::ops::Range;

use super::yaml::{Entry, Node, NodeKind};
use crate::record::schema::{Field, Shape};

/// What stands at a place instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub at: Range<usize>,
    pub text: String,
}

/// The text with all edits made; they must not overlap. Two at one place come in their order.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.at.start, edit.at.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in &edits {
        out.push_str(&text[done..edit.at.start.max(done)]);
        out.push_str(&edit.text);
        done = edit.at.end.max(done);
    }
    out.push_str(&text[done..]);
    out
}

/// The edit that gives the keys below `path` of a record their values, each a dotted key and its
/// YAML. The error says why the file's form does not allow it.
pub fn set(text: &str, record: &Node, values: &[(String, String)]) -> Result<Vec<Edit>, String> {
    let NodeKind::Map(entries) = &record.kind else {
        return Err("the record is no mapping".to_owned());
    };
    let mut edits = Vec::new();
    let mut missing: Vec<(String, Vec<(String, String)>)> = Vec::new();
    for (key, value) in values {
        let (first, rest) = key.split_once('.').map_or((key.as_str(), None), |(a, b)| (a, Some(b)));
        let entry = entries.iter().find(|entry| entry.key.value == first);
        match (entry, rest) {
            (Some(Entry { value: Node { kind: NodeKind::List(items), .. }, key: name }), rest)
                if rest.is_some() || !value.starts_with('[') =>
            {
                let why = format!("`{}` is a history; add to it by hand", name.value);
                let one = rest.is_none().then(|| one_more(text, entry, items, value)).flatten();
                edits.push(one.ok_or(why)?);
            }
            (Some(entry), None) => edits.push(replace(text, entry, value)),
            (Some(entry), Some(rest)) => {
                edits.extend(set(text, &entry.value, &[(rest.to_owned(), value.clone())])?);
            }
            (None, rest) => {
                let member = rest.map(|rest| (rest.to_owned(), value.clone()));
                match missing.iter_mut().find(|(name, _)| name == first) {
                    Some((_, members)) => members.extend(member),
                    None => missing.push(match member {
                        Some(member) => (first.to_owned(), vec![member]),
                        None => (format!("{first}: {value}"), Vec::new()),
                    }),
                }
            }
        }
    }
    let lines = missing.into_iter().map(|(name, members)| match members.as_slice() {
        [] => name,
        members => {
            let members: Vec<String> =
                members.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            format!("{name}: {{{}}}", members.join(", "))
        }
    });
    let lines: Vec<String> = lines.collect();
    if !lines.is_empty() {
        edits.push(add(text, record, entries, &lines)?);
    }
    Ok(edits)
}

/// One more value of a history: what it was before stays written.
fn one_more(text: &str, entry: Option<&Entry>, items: &[Node], value: &str) -> Option<Edit> {
    let (list, first, last) = (&entry?.value, items.first()?, items.last()?);
    let at = end_of(text, last);
    if text[list.span.start as usize..].starts_with('[') {
        return Some(Edit { at: at..at, text: format!(", {value}") });
    }
    let start = first.span.start as usize;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let lead = text[line..start].trim_end();
    let dash = lead.ends_with('-').then(|| format!("{lead} {value}"))?;
    Some(Edit { at: at..at, text: format!("{}{dash}", line_end(text)) })
}

fn replace(text: &str, entry: &Entry, value: &str) -> Edit {
    let start = entry.value.span.start as usize;
    let end = end_of(text, &entry.value);
    let single = matches!(entry.value.kind, NodeKind::Scalar { .. });
    let flow = text[start..].starts_with(['[', '{']);
    let lead = text.get(entry.key.span.end as usize..start).unwrap_or_default();
    if (single || flow) && !lead.contains(['|', '>', '\n']) {
        return Edit { at: start..end, text: value.to_owned() };
    }
    // A list or text over several lines: everything behind the colon.
    let key_end = entry.key.span.end as usize;
    let colon = text[key_end..].find(':').map_or(key_end, |at| key_end + at + 1);
    let end = colon.max(text[..end].trim_end().len());
    Edit { at: colon..end, text: format!(" {value}") }
}

fn add(text: &str, record: &Node, entries: &[Entry], lines: &[String]) -> Result<Edit, String> {
    let start = record.span.start as usize;
    if text[start..].starts_with('{') {
        let close = end_of(text, record) - 1;
        let at = text[..close].trim_end().len();
        let comma = if entries.is_empty() { "" } else { ", " };
        return Ok(Edit { at: at..at, text: format!("{comma}{}", lines.join(", ")) });
    }
    let (Some(first), Some(last)) = (entries.first(), entries.last()) else {
        return Err("the record is empty".to_owned());
    };
    let key = first.key.span.start as usize;
    let line_start = text[..key].rfind('\n').map_or(0, |at| at + 1);
    let indent = " ".repeat(text[line_start..key].chars().count());
    let last_end = end_of(text, &last.value).max(last.key.span.end as usize);
    let at = if text[..last_end].ends_with('\n') {
        last_end
    } else {
        text[last_end..].find('\n').map_or(text.len(), |newline| last_end + newline + 1)
    };
    let end = line_end(text);
    let lead = if text[..at].ends_with('\n') || at == 0 { "" } else { end };
    let lines: String = lines.iter().map(|line| format!("{indent}{line}{end}")).collect();
    Ok(Edit { at: at..at, text: format!("{lead}{lines}") })
}

/// Where the text of a value ends, blanks behind it left out.
fn end_of(text: &str, node: &Node) -> usize {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    if text[start..].starts_with(['[', '{']) {
        return flow_end(text, start);
    }
    match &node.kind {
        NodeKind::Map(entries) => entries
            .last()
            .map_or(end, |last| end_of(text, &last.value).max(last.key.span.end as usize)),
        NodeKind::List(items) => items.last().map_or(end, |last| end_of(text, last)),
        _ => start + text[start..end.max(start)].trim_end().len(),
    }
}

/// Behind the bracket that closes the one at `start`.
fn flow_end(text: &str, start: usize) -> usize {
    let (mut depth, mut quote, mut escaped) = (0_u32, None, false);
    for (at, c) in text[start..].char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), c) if c == open && !escaped => quote = None,
            (Some(_), _) => {}
            // An apostrophe within a word opens nothing.
            (None, '"' | '\'') if text[..start + at].ends_with([' ', '[', '{', ',']) => {
                quote = Some(c)
            }
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => {
                depth -= 1;
                if depth == 0 {
                    return start + at + c.len_utf8();
                }
            }
            _ => {}
        }
        escaped = false;
    }
    text.len()
}

/// How the lines of a text end.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// Whether records can be added at the end: a list with a line for each item, or nothing yet.
pub fn takes_more(root: Option<&Node>, text: &str) -> bool {
    match root.map(|root| (&root.kind, root.span.start as usize)) {
        None | Some((NodeKind::Null, _)) => text.lines().all(|line| {
            let line = line.trim_start_matches('\u{feff}').trim();
            line.is_empty() || line.starts_with('#')
        }),
        Some((NodeKind::List(_), start)) => !text[start..].starts_with('['),
        Some(_) => false,
    }
}

/// The text with items of a list behind its last one. Each item is lines without indentation.
pub fn append(root: Option<&Node>, text: &str, items: &[String]) -> String {
    let indent = match root {
        Some(root @ Node { kind: NodeKind::List(_), .. }) => {
            let start = root.span.start as usize;
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            text[line..start].chars().filter(|c| *c == ' ').count()
        }
        _ => 0,
    };
    let (end, indent) = (line_end(text), " ".repeat(indent));
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(end);
    }
    for item in items {
        // Records of several lines stand apart.
        if item.trim_end().contains('\n')
            && !out.is_empty()
            && !out.ends_with(&format!("{end}{end}"))
        {
            out.push_str(end);
        }
        for line in item.lines() {
            out.push_str(&indent);
            out.push_str(line);
            out.push_str(end);
        }
    }
    out
}

/// A new record as an item of a list, its keys in the order of the kind's fields. `values` are
/// dotted keys with their YAML; `on_one_line` writes `- {…}`.
pub fn item(fields: &[Field], values: &[(String, String)], on_one_line: bool) -> String {
    let of = |key: &str| values.iter().find(|(one, _)| one == key).map(|(_, value)| value.as_str());
    let mut lines: Vec<String> = Vec::new();
    for field in fields {
        if let Some(value) = of(field.key) {
            lines.push(format!("{}: {value}", field.key));
        }
        if let Shape::Group(inner) = field.shape {
            let members: Vec<String> = inner
                .iter()
                .filter_map(|member| {
                    let value = of(&format!("{}.{}", field.key, member.key))?;
                    Some(format!("{}: {value}", member.key))
                })
                .collect();
            match members.len() {
                0 => {}
                1 | 2 => lines.push(format!("{}: {{{}}}", field.key, members.join(", "))),
                _ => {
                    lines.push(format!("{}:", field.key));
                    lines.extend(members.iter().map(|member| format!("  {member}")));
                }
            }
        }
    }
    if on_one_line {
        return format!("- {{{}}}\n", lines.join(", "));
    }
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        text.push_str(if number == 0 { "- " } else { "  " });
        text.push_str(line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::yaml::parse;
    use super::*;
    use crate::source::FileId;

    /// The text after the first record was given these values.
    fn edited(text: &str, values: &[(&str, &str)]) -> String {
        let root = parse(FileId(0), text, &mut Vec::new()).expect("YAML");
        let record = match &root.kind {
            NodeKind::List(items) => &items[0],
            _ => &root,
        };
        let values: Vec<(String, String)> =
            values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let out = apply(text, set(text, record, &values).expect("can be set"));
        let mut faults = Vec::new();
        assert!(parse(FileId(0), &out, &mut faults).is_some(), "{out} {faults:?}");
        assert_eq!(faults, [], "{out}");
        out
    }

    #[test]
    fn a_changed_value_changes_nothing_else() {
        let text =
            "# 帳號\n- id: a   # 第一筆\n  role: general # 一般\n\n- id: b\n  role: general\n";
        assert_eq!(edited(text, &[("role", "auditor")]), text.replacen("general", "auditor", 1));
        assert_eq!(
            edited("- {id: a, n: 1, m: [x, y] }  # c\n", &[("n", "2"), ("m", "[z]")]),
            "- {id: a, n: 2, m: [z] }  # c\n"
        );
        assert_eq!(edited("a: \"甲, 乙\"\nb: 1\n", &[("a", "丙")]), "a: 丙\nb: 1\n");
        assert_eq!(edited("a:\n  - x\n  - y\nb: 1\n", &[("a", "[z]")]), "a: [z]\nb: 1\n");
        assert_eq!(edited("a: |\n  一\n  二\nb: 1\n", &[("a", "三")]), "a: 三\nb: 1\n");
    }

    #[test]
    fn a_new_key_stands_behind_the_last() {
        let text = "- id: a\n  p: {on: 1} # 註\n\n# 第二筆\n- id: b\n";
        assert_eq!(
            edited(text, &[("q", "2")]),
            "- id: a\n  p: {on: 1} # 註\n  q: 2\n\n# 第二筆\n- id: b\n"
        );
        assert_eq!(edited(text, &[("p.by", "x")]), text.replace("{on: 1}", "{on: 1, by: x}"));
        assert_eq!(
            edited(
                "- id: a\n  g:\n    x: 1\n  z: 2\n",
                &[("g.y", "3"), ("h.on", "4"), ("h.by", "5")]
            ),
            "- id: a\n  g:\n    x: 1\n    y: 3\n  z: 2\n  h: {on: 4, by: 5}\n"
        );
        assert_eq!(edited("- {id: a}", &[("q", "2")]), "- {id: a, q: 2}");
        assert_eq!(edited("- id: a", &[("q", "2")]), "- id: a\n  q: 2\n");
        assert_eq!(
            edited("- id: a\r\n  b: 1\r\n", &[("q", "2")]),
            "- id: a\r\n  b: 1\r\n  q: 2\r\n"
        );
        assert_eq!(edited("id: a\nt: |\n  一\n", &[("q", "2")]), "id: a\nt: |\n  一\nq: 2\n");
    }

    #[test]
    fn items_stand_behind_the_last_with_its_indentation() {
        let more = |text: &str, items: &[&str]| {
            let root = parse(FileId(0), text, &mut Vec::new());
            assert!(takes_more(root.as_ref(), text), "{text}");
            let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
            append(root.as_ref(), text, &items)
        };
        assert_eq!(more("", &["- {a: 1}\n"]), "- {a: 1}\n");
        assert_eq!(more("# 頭\n", &["- a: 1\n  b: 2\n"]), "# 頭\n\n- a: 1\n  b: 2\n");
        assert_eq!(more("  - a: 1", &["- a: 2\n"]), "  - a: 1\n  - a: 2\n");
        assert_eq!(more("- a: 1\r\n", &["- a: 2\n"]), "- a: 1\r\n- a: 2\r\n");
        for text in ["id: a\n", "[{id: a}]\n"] {
            let root = parse(FileId(0), text, &mut Vec::new());
            assert!(!takes_more(root.as_ref(), text), "{text}");
        }
    }
}

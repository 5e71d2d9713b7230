//! YAML text becomes a tree of [`Node`]s, each with its place. The only module that names the
//! YAML crates; the one in `yaml/` reads. Scalars keep the text as written (`007` stays `007`, `no` stays `no`): what a
//! scalar means is decided by the schema, never by YAML's guessing.

use std::collections::HashMap;
use std::ops::Range;

use clausebook_yaml::{Bounds, Key, Kind, Tree, offset_of, read, read_without_places};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, character, personal};
use crate::privacy;
use crate::source::{FileId, Span, Spanned, find_hidden, find_odd};
use crate::time::{Day, parse_day};

/// A value of a YAML file and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub span: Span,
    pub kind: NodeKind,
}

/// What a value is, before anybody asks what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Nothing, or `~`, or `null`.
    Null,
    /// A text as written; `quoted` tells `'5'` from `5`.
    Scalar {
        text: String,
        quoted: bool,
    },
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// One key of a mapping with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: Spanned<String>,
    pub value: Node,
}

impl NodeKind {
    /// What it is, for messages: `a list`, `a mapping`, `a text`, `nothing`.
    pub fn name(&self) -> &'static str {
        match self {
            NodeKind::Null => "nothing",
            NodeKind::Scalar { .. } => "a single value",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a mapping",
        }
    }
}

/// Nesting deeper than this is refused; records need five levels.
const MAX_DEPTH: usize = 16;
/// Most keys of one mapping; the largest of the site's own, its words, have some hundred.
const MAX_KEYS: usize = 1_000;
/// Most members of one list.
const MAX_ITEMS: usize = 10_000;
/// Most characters of one text.
const MAX_CHARS: usize = 20_000;
/// How many hidden characters of one text are reported each on its own.
const HIDDEN_SHOWN: usize = 5;

/// Reads one YAML file. `None` when it is not valid YAML; then a diagnostic says why.
/// A file with nothing in it gives a `Null` node.
pub fn parse(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    refuse_directive(file, text, diagnostics);
    match read(text, Bounds { depth: MAX_DEPTH, refuse_duplicates: false }) {
        Ok(tree) => {
            let mut reader =
                Reader { file, text, diagnostics, waived: None, numeric_keys: false, cut: false };
            let node = reader.node(tree, 0, "");
            // What has to be split is read again when it was.
            if reader.numeric_keys && !reader.cut {
                find_merged_keys(file, text, diagnostics);
            }
            Some(node)
        }
        Err(error) => {
            diagnostics.push(syntax_error(file, text, &error));
            None
        }
    }
}

/// Reads a YAML file that came with the program. Its values have the same texts as [`parse`] gives
/// them, no place and no quotes; what must not stand in a file is not looked for again.
pub fn parse_ours(text: &str) -> Option<Node> {
    read_without_places(text).ok().map(unplaced)
}

/// Values of no file of a site.
fn unplaced(tree: Tree) -> Node {
    let nowhere = Span::new(FileId(u32::MAX), 0, 0);
    let kind = match tree.kind {
        Kind::Null => NodeKind::Null,
        Kind::Scalar(text) => NodeKind::Scalar { text, quoted: false },
        Kind::List(items) => NodeKind::List(items.into_iter().map(unplaced).collect()),
        Kind::Map(entries) => {
            let entry = |(key, value): (Key, Tree)| Entry {
                key: Spanned::new(key.text, nowhere),
                value: unplaced(value),
            };
            NodeKind::Map(entries.into_iter().map(entry).collect())
        }
    };
    Node { span: nowhere, kind }
}

/// The reader joins numbers that are equal before they are seen here (`2025` twice, `0x10` and
/// `16`), and drops one. Read once more so that it says so instead.
fn find_merged_keys(file: FileId, text: &str, diagnostics: &mut Diagnostics) {
    let again = read(text, Bounds { depth: MAX_DEPTH, refuse_duplicates: true });
    let Err(error) = again else { return };
    let at = error.location().map_or(0, |at| offset_of(text, at.line(), at.column()));
    let seen = |other: &Diagnostic| other.code == Code::DuplicateKey && other.span.file == file;
    if diagnostics.iter().any(seen) {
        return;
    }
    let end = at + text[at..].find([':', '\n', ' ', '}']).unwrap_or(text.len() - at);
    let message = format!("`{}` stands twice here, as one number", &text[at..end]);
    let span = Span::new(file, at, end);
    diagnostics
        .push(Diagnostic::new(Code::DuplicateKey, span, message).help("keep one of the two"));
}

fn refuse_directive(file: FileId, text: &str, diagnostics: &mut Diagnostics) {
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    if text[start..].starts_with('%') {
        let end = start + text[start..].find('\n').unwrap_or(text.len() - start);
        let span = Span::new(file, start, end);
        diagnostics.push(
            Diagnostic::new(Code::ForbiddenYaml, span, "a directive has no meaning here")
                .help("remove the line that begins with `%`"),
        );
    }
}

fn syntax_error(file: FileId, text: &str, error: &serde_yaml::Error) -> Diagnostic {
    let mut at = error.location().map_or(0, |at| offset_of(text, at.line(), at.column()));
    let mut message = error.to_string();
    if message.contains("found a tab") {
        // The crate names the text before it, which may stand on another line.
        at += text[at..].find('\t').unwrap_or(0);
    }
    let width = text[at..].chars().next().map_or(0, char::len_utf8);
    let span = Span::new(file, at, at + width);
    if let Some(tail) = message.rfind(" at line ") {
        message.truncate(tail);
    }
    let mut message = message.lines().next().unwrap_or_default().to_owned();
    if message.contains("anchor") || message.contains("alias") || message.contains("merge") {
        return Diagnostic::new(
            Code::ForbiddenYaml,
            span,
            "anchors, aliases and merge keys are not used here",
        )
        .help("write the value out where it is needed; quote a text that begins with `&` or `*`");
    }
    let help = if message.contains("multiple YAML documents") {
        message = "a second document begins here".to_owned();
        "keep one document a file: a list holds several records".to_owned()
    } else if message.contains("mapping values are not allowed") {
        "quote the text if it holds a colon followed by a space".to_owned()
    } else if message.contains("tab") {
        "indent with spaces".to_owned()
    } else {
        "check quotes, brackets, colons and indentation near this place".to_owned()
    };
    Diagnostic::new(Code::InvalidYaml, span, message).help(help)
}

/// Turns the crate's tree into ours: places become spans, plain scalars their written text. What is
/// decoded is looked at here, once for every file: an escape hides a character from whoever looks
/// at the file only.
struct Reader<'a> {
    file: FileId,
    text: &'a str,
    diagnostics: &'a mut Diagnostics,
    /// Until when what is personal is let through here: what `pii_ok` of the record says.
    waived: Option<Day>,
    /// Whether a key is a number, which the crate may have joined with another.
    numeric_keys: bool,
    /// Whether a mapping or list has more members than were looked at.
    cut: bool,
}

impl Reader<'_> {
    /// `after` is the byte where the text that leads up to this node begins (the end of its key),
    /// `key` says what the node is.
    fn node(&mut self, tree: Tree, after: usize, key: &str) -> Node {
        let Range { start, end } = tree.place;
        self.refuse_tag(after, start);
        let (kind, end) = match tree.kind {
            Kind::Null => (NodeKind::Null, end),
            Kind::Scalar(value) => {
                let written = self.text.get(start..end).unwrap_or_default();
                let quoted = written.starts_with(['"', '\'']);
                // Block scalars span lines; only a plain scalar on one line is taken as written.
                let plain = !quoted && !written.contains('\n') && !written.is_empty();
                let text = if plain { written.trim_end().to_owned() } else { value };
                let text = self.look_at(text, Span::new(self.file, start, end.max(start)), key);
                (NodeKind::Scalar { text, quoted }, end)
            }
            Kind::List(items) => {
                let mut from = start;
                if items.len() > MAX_ITEMS {
                    self.over_limit(start, format!("a list has at most {MAX_ITEMS} members"));
                }
                let mut list = Vec::with_capacity(items.len().min(MAX_ITEMS));
                for item in items.into_iter().take(MAX_ITEMS) {
                    let node = self.node(item, from, key);
                    from = node.span.end as usize;
                    list.push(node);
                }
                (NodeKind::List(list), from.max(end))
            }
            Kind::Map(entries) => self.map(entries, start, end),
        };
        Node { span: Span::new(self.file, start, end.max(start)), kind }
    }

    fn map(&mut self, entries: Vec<(Key, Tree)>, start: usize, end: usize) -> (NodeKind, usize) {
        if entries.len() > MAX_KEYS {
            self.over_limit(start, format!("a mapping has at most {MAX_KEYS} keys"));
        }
        let outer = self.waived;
        self.waived = waiver(&entries).or(outer);
        let mut map: Vec<Entry> = Vec::with_capacity(entries.len().min(MAX_KEYS));
        let mut first_of: HashMap<String, Span> = HashMap::new();
        let (mut last, mut from) = (end, start);
        for (key, value) in entries.into_iter().take(MAX_KEYS) {
            let Range { start: key_start, end: key_end } = key.place;
            self.refuse_tag(from, key_start);
            let span = Span::new(self.file, key_start, key_end);
            let begins = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.');
            self.numeric_keys |= key.text.starts_with(begins);
            let text = self.look_at(key.text, span, "");
            let value = self.node(value, key_end, &text);
            last = last.max(value.span.end as usize);
            from = value.span.end as usize;
            if let Some(first) = first_of.get(&text) {
                let message = format!("`{text}` stands twice here");
                self.diagnostics.push(
                    Diagnostic::new(Code::DuplicateKey, span, message)
                        .related(*first, "first here")
                        .help("keep one of the two"),
                );
                continue;
            }
            first_of.insert(text.clone(), span);
            map.push(Entry { key: Spanned::new(text, span), value });
        }
        self.waived = outer;
        (NodeKind::Map(map), last)
    }

    /// Reports what must not stand in a decoded text, and gives the text with what is personal
    /// masked, so that no stage behind can publish it.
    fn look_at(&mut self, text: String, span: Span, key: &str) -> String {
        if text.len() > MAX_CHARS && text.chars().count() > MAX_CHARS {
            self.over_limit(
                span.start as usize,
                format!("a text has at most {MAX_CHARS} characters"),
            );
            return text.chars().take(MAX_CHARS).collect();
        }
        self.find_hidden(&text, span);
        // Hashes and fingerprints are figures by the hundred.
        let is_hash = key == "sha256"
            && text.len() == 64
            && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let found = if is_hash { Vec::new() } else { privacy::find_after(key, &text) };
        if found.is_empty() {
            return text;
        }
        let meant = key == CONTACT;
        let written = self.text.get(span.start as usize..span.end as usize) == Some(&text);
        for one in &found {
            if meant && !one.kind.is_identity() {
                continue;
            }
            let place = one.place.clone();
            let place = if written { span.within(place.start, place.end) } else { span };
            self.diagnostics.push(personal(one.kind, place).waived(self.waived));
        }
        let published = meant || self.waived.is_some();
        privacy::masked(&text, &found, |kind| kind.is_identity() || !published).into_owned()
    }

    /// The raw file was looked at when it was read; here count those that an escape wrote.
    fn find_hidden(&mut self, text: &str, span: Span) {
        let mut hidden = find_hidden(text);
        hidden.extend(find_odd(text));
        if hidden.is_empty() {
            return;
        }
        let written = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let escaped = hidden.iter().filter(|c| !written.contains(**c));
        let fault = |c: &char| character(*c, span, Some("an escape"));
        self.diagnostics.extend(escaped.take(HIDDEN_SHOWN).map(fault));
    }

    fn over_limit(&mut self, start: usize, message: String) {
        let width = self.text[start..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(self.file, start, start + width);
        self.cut = true;
        self.diagnostics
            .push(Diagnostic::new(Code::OverLimit, span, message).help("split it into several"));
    }

    fn refuse_tag(&mut self, after: usize, start: usize) {
        let lead = self.text.get(after..start).unwrap_or_default();
        let Some(mark) = lead.rfind('!') else { return };
        let line_start = lead[..mark].rfind('\n').map_or(0, |newline| newline + 1);
        if lead[line_start..mark].contains('#') {
            return; // The mark stands in a comment.
        }
        let first = lead[..mark].trim_end_matches('!').len();
        let span = Span::new(self.file, after + first, after + mark + 1);
        self.diagnostics.push(
            Diagnostic::new(Code::ForbiddenYaml, span, "a tag has no meaning here")
                .help("remove the tag; quote a text that begins with `!`"),
        );
    }
}

/// The key whose value is there to be read by everybody: how to reach who publishes the site.
const CONTACT: &str = "contact";

/// The key by which an author answers for what is personal in a record.
pub const PII_OK: &str = "pii_ok";

/// The day in `pii_ok: {reason: …, until: …}` among the entries; only with a reason.
fn waiver(entries: &[(Key, Tree)]) -> Option<Day> {
    let (_, value) = entries.iter().find(|(key, _)| key.text == PII_OK)?;
    let Kind::Map(entries) = &value.kind else { return None };
    let text = |wanted: &str| {
        entries.iter().find_map(|(key, value)| match &value.kind {
            Kind::Scalar(text) if key.text == wanted => Some(text.trim()),
            _ => None,
        })
    };
    text("reason").filter(|reason| !reason.is_empty())?;
    parse_day(text("until")?).ok()
}

#[cfg(test)]
mod tests;

//! Definitions of registers: those that came with the program (`starter/registers.yaml`) and those of
//! the site (`content/registers.yaml`), in one form and by one reader. Takes the files, gives the
//! kinds of records of the site. The shape of a definition is reported where records are read; here,
//! what only a definition can have wrong: names that are taken, keys that name no such field.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::visibility;
use super::vocabulary::known_words;
use super::yaml::{Node, NodeKind};
use super::{check, read_yaml, yaml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::record::kinds::Kinds;
use crate::record::register::{Defined, Definition, Form, REGISTER};
use crate::record::value::{Group, Value};
use crate::source::{Area, SourceTree, Span, Spanned, embedded};

/// The folder of definitions under `content/`.
pub const FOLDER: &str = "registers";

/// Names that mean something else to scopes and conditions.
const TAKEN_NAMES: &[&str] =
    &["office", "regulation", "obligation", "as-of", "holders", "calendar"];
/// Folders of the site that hold something else: what is read, and what is published. That of our
/// assets is taken by the register.
const TAKEN_FOLDERS: &[&str] = &[
    "calendar",
    "changes",
    "checks",
    "compare",
    "data",
    "drafts",
    "due",
    "feeds",
    "pages",
    "obligations",
    "readings",
    "regulations",
    "retention",
    "search",
    "search-index",
    "status",
];
/// Keys that every record has, or may have.
const TAKEN_KEYS: &[&str] = &["id", "note", "attributes", "visibility", "pii_ok"];
/// What conditions read as something else than a name.
const TAKEN_WORDS: &[&str] =
    &["and", "or", "not", "in", "if", "else", "is", "none", "true", "false"];

/// The registers that came with the program.
static OURS: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    let text = embedded::starter("registers.yaml").expect("the starter has it");
    let mut report = Vec::new();
    let node = yaml::parse_ours(&text).expect("it is YAML");
    let (ours, _) = definitions(&[node], &[], &mut report);
    assert!(report.is_empty(), "our own registers are sound: {report:?}");
    ours
});

/// The kinds of records of a site without registers of its own.
pub fn our_kinds() -> &'static Kinds {
    Kinds::with(&OURS, &known_words())
}

/// The kinds of records of a site, as its files define them.
#[derive(Debug)]
pub struct SiteKinds {
    pub all: &'static Kinds,
    /// Whether all definitions are sound: of one that is not, nobody knows which records it means.
    pub are_sound: bool,
    /// What is wrong with the others.
    pub faults: Diagnostics,
}

/// The kinds of records of a site.
pub fn kinds(tree: &SourceTree) -> SiteKinds {
    let mut faults = Vec::new();
    let files = tree.of(Area::Record).filter(|(_, file)| {
        let within = file.path.strip_prefix("content/").and_then(|path| path.strip_prefix(FOLDER));
        within.is_some_and(|rest| rest.starts_with(['/', '.']))
    });
    // What is no YAML is reported where the records are read.
    let nodes: Vec<Option<Node>> =
        files.map(|(id, file)| read_yaml(id, file, &mut Vec::new())).collect();
    let are_read = nodes.iter().all(Option::is_some);
    let nodes: Vec<Node> = nodes.into_iter().flatten().collect();
    let (own, are_sound) = definitions(&nodes, &OURS, &mut faults);
    let all = [OURS.as_slice(), &own].concat();
    let all = Kinds::with(&all, &known_words());
    SiteKinds { all, are_sound: are_read && are_sound, faults }
}

/// The sound definitions of some files, and whether all are; none twice, and none of a name that is
/// taken already.
fn definitions(
    nodes: &[Node],
    ours: &[Definition],
    report: &mut Diagnostics,
) -> (Vec<Definition>, bool) {
    let mut all = ours.to_vec();
    let mut all_sound = true;
    let mut places: Vec<Span> = Vec::new();
    let records = nodes.iter().flat_map(|node| match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    });
    // References between registers are checked when all are known.
    let mut references: Vec<(usize, String, Span)> = Vec::new();
    for record in records {
        let read = visibility::read(record, &mut Vec::new());
        let record = read.as_ref().map_or(record, |(record, _)| record);
        let Some(fields) = check::group(record, "register", REGISTER, &mut Vec::new()) else {
            all_sound = false;
            continue;
        };
        let before = report.len();
        let mut named = Vec::new();
        let found = Reader { report, named: &mut named }.definition(&fields);
        let is_sound = report.len() == before && !has_broken(&fields);
        let is_taken = is_taken(&found, &all, (&fields, &places, ours.len()), report);
        if is_taken || !is_sound {
            all_sound = false;
            continue;
        }
        places.push(fields.span);
        references.extend(named.into_iter().map(|(name, span)| (all.len(), name, span)));
        all.push(found);
    }
    let kinds = Kinds::with(&all, &known_words());
    let mut unsound = BTreeSet::new();
    for (at, name, span) in references {
        let with_ids =
            kinds.iter().filter(|kind| kind.fields.iter().any(|field| field.key == "id"));
        let names: Vec<&str> = with_ids.map(|kind| kind.name).collect();
        if !names.contains(&name.as_str()) {
            let message = format!("`{name}` is no kind of record that can be named");
            let help = did_you_mean(&name, names.iter().copied());
            let help = help.unwrap_or_else(|| format!("kinds: {}", names.join(", ")));
            report.push(Diagnostic::new(Code::InvalidRegister, span, message).help(help));
            unsound.insert(at);
        }
    }
    let own = all.into_iter().enumerate().skip(ours.len());
    let own = own.filter(|(at, _)| !unsound.contains(at)).map(|(_, one)| one).collect();
    (own, all_sound && unsound.is_empty())
}

/// Whether anything of a mapping was left out because it is wrong.
fn has_broken(fields: &Group) -> bool {
    !fields.broken.is_empty() || fields.groups("fields").any(has_broken)
}

/// Reports a name or a folder that something else has.
fn is_taken(
    found: &Definition,
    all: &[Definition],
    (fields, places, ours): (&Group, &[Span], usize),
    report: &mut Diagnostics,
) -> bool {
    let built_in = <&Kinds>::default();
    let mut taken = false;
    let mut refuse = |key: &str, message: String, other: Option<Span>| {
        let fault = Diagnostic::new(Code::InvalidRegister, value_span(fields, key), message)
            .help("choose another name");
        report.push(match other {
            Some(other) => fault.related(other, "the other one"),
            None => fault,
        });
        taken = true;
    };
    let place = |at: usize| at.checked_sub(ours).and_then(|at| places.get(at)).copied();
    let name = found.name.as_str();
    if built_in.find(name).is_some() || TAKEN_NAMES.contains(&name) || TAKEN_WORDS.contains(&name) {
        refuse("id", format!("`{name}` is a name the program has for something else"), None);
    } else if let Some(at) = all.iter().position(|other| other.name == name) {
        let whose = if at < ours { "the program brings" } else { "the site has" };
        // Two records of one id are reported as such, too, when all are read.
        if at < ours {
            refuse("id", format!("`{name}` is a register {whose} already"), place(at));
        } else {
            return true;
        }
    }
    let folder = found.folder.as_str();
    if built_in.of_folder(folder).is_some() || TAKEN_FOLDERS.contains(&folder) {
        refuse("folder", format!("the folder `{folder}` holds something else"), None);
    } else if let Some(at) = all.iter().position(|other| other.folder == folder) {
        let message = format!("the folder `{folder}` is that of `{}`", all[at].name);
        refuse("folder", message, place(at));
    }
    taken
}

fn value_span(fields: &Group, key: &str) -> Span {
    fields.get(key).map_or(fields.span, |value| value.span)
}

struct Reader<'a> {
    report: &'a mut Diagnostics,
    /// The kinds that its fields refer to.
    named: &'a mut Vec<(String, Span)>,
}

impl Reader<'_> {
    fn fault(&mut self, span: Span, message: String, help: impl Into<String>) {
        self.report.push(Diagnostic::new(Code::InvalidRegister, span, message).help(help.into()));
    }

    fn definition(&mut self, fields: &Group) -> Definition {
        let title = fields.string("title");
        let found = Definition {
            name: fields.string("id"),
            folder: fields.string("folder"),
            doc: fields.maybe_string("doc").unwrap_or_else(|| title.clone()),
            title,
            since: fields.string("since"),
            ended: fields.string("ended"),
            unique: fields.maybe_string("unique"),
            named: fields.maybe_string("named"),
            is_act: fields.flag("is_act"),
            fields: self.fields(fields),
        };
        self.belongs(&found, fields);
        let is_first = |form: &Form| matches!(form, Form::Day | Form::FirstDay);
        self.names_field(fields, "since", &found, "a required `day` or `first-day`", |field| {
            is_first(&field.form) && field.is_required && !field.has_history
        });
        self.names_field(fields, "ended", &found, "a `day` that may be left out", |field| {
            field.form == Form::Day && !field.is_required && !field.has_history
        });
        for key in ["unique", "named"] {
            self.names_field(fields, key, &found, "a `text`", |field| field.form == Form::Text);
        }
        found
    }

    /// An entry belongs to a system, and to an agency by itself or by its unit.
    fn belongs(&mut self, found: &Definition, fields: &Group) {
        // Of fields that are wrong in themselves it cannot be told.
        if fields.is_broken("fields") || fields.groups("fields").any(|one| !one.broken.is_empty()) {
            return;
        }
        let refers = |key: &str| {
            found.fields.iter().any(|field| {
                let names = matches!(&field.form, Form::Ref(kind) if kind == key);
                field.key == key && names && field.is_required && !field.is_list
            })
        };
        let needed =
            |key| format!("`{{key: {key}, title: …, shape: ref, of: {key}, required: true}}`");
        let at = fields.key_span("fields");
        if !refers("system") {
            let message = format!("entries of `{}` belong to no system", found.name);
            self.fault(at, message, format!("add the field {}", needed("system")));
        }
        if !refers("agency") && !refers("unit") {
            let message = format!("entries of `{}` belong to no agency", found.name);
            let help = format!("add the field {}, or such a `unit`", needed("agency"));
            self.fault(at, message, help);
        }
    }

    /// Whether a key of the definition names a field that fits.
    fn names_field(
        &mut self,
        fields: &Group,
        key: &str,
        found: &Definition,
        what: &str,
        fits: impl Fn(&Defined) -> bool,
    ) {
        let Some(name) = fields.text(key) else { return };
        if fields.is_broken("fields") {
            return;
        }
        let field = found.fields.iter().find(|field| field.key == name.value && !field.is_list);
        if field.is_some_and(&fits) {
            return;
        }
        let fitting = found.fields.iter().filter(|field| !field.is_list && fits(field));
        let fitting: Vec<&str> = fitting.map(|field| field.key.as_str()).collect();
        let help = match fitting.as_slice() {
            [] => format!("add such a field, or correct `{}`", name.value),
            some => format!("write one of `{}`", some.join("`, `")),
        };
        self.fault(
            name.span,
            format!("`{key}` names {what} of `fields`, not `{}`", name.value),
            help,
        );
    }

    fn fields(&mut self, of: &Group) -> Vec<Defined> {
        let mut all: Vec<Defined> = Vec::new();
        for group in of.groups("fields") {
            let Some(key) = group.text("key") else { continue };
            if self.is_key(&key) && all.iter().any(|other| other.key == key.value) {
                let message = format!("`{}` is defined twice", key.value);
                self.fault(key.span, message, "give one of them another key");
            }
            all.extend(self.field(group, &key));
        }
        all
    }

    fn is_key(&mut self, key: &Spanned<&str>) -> bool {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let text = key.value;
        if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.chars().all(plain) {
            let message = format!("`{text}` cannot be a key");
            self.fault(key.span, message, "write small letters, digits and `_`, a letter first");
            return false;
        }
        if TAKEN_KEYS.contains(&text) || TAKEN_WORDS.contains(&text) {
            let message = format!("`{text}` is a key the program has for something else");
            self.fault(key.span, message, "choose another key");
            return false;
        }
        true
    }

    fn field(&mut self, group: &Group, key: &Spanned<&str>) -> Option<Defined> {
        let shape = group.text("shape")?;
        for (part, of) in [("of", "ref"), ("words", "word"), ("fields", "group")] {
            if group.is_written(part) && shape.value != of {
                let message = format!("`{part}` does not belong to a `{}`", shape.value);
                self.fault(
                    group.key_span(part),
                    message,
                    format!("remove it, or write `shape: {of}`"),
                );
            } else if !group.is_written(part) && shape.value == of {
                let message = format!("`{}` lacks `{part}`", key.value);
                self.fault(shape.span, message, format!("add `{part}:`"));
            }
        }
        if group.flag("history") && (shape.value != "day" || group.flag("list")) {
            let message = "only a `day` can have a history".to_owned();
            self.fault(group.key_span("history"), message, "remove it");
        }
        let title = group.string("title");
        Some(Defined {
            key: key.value.to_owned(),
            doc: group.maybe_string("doc").unwrap_or_else(|| title.clone()),
            title,
            form: match shape.value {
                "day" => Form::Day,
                "first-day" => Form::FirstDay,
                "planned-day" => Form::PlannedDay,
                "month" => Form::Month,
                "count" => Form::Count,
                "flag" => Form::Flag,
                "word" => Form::Word(self.words(group)),
                "ref" => {
                    let of = group.text("of")?;
                    self.named.push((of.value.to_owned(), of.span));
                    Form::Ref(of.value.to_owned())
                }
                "group" => Form::Group(self.fields(group)),
                _ => Form::Text,
            },
            is_list: group.flag("list"),
            is_required: group.flag("required"),
            has_history: group.flag("history"),
        })
    }

    fn words(&mut self, group: &Group) -> Vec<(String, String)> {
        let Some(words) = group.group("words") else { return Vec::new() };
        if words.entries.is_empty() {
            self.fault(
                group.key_span("words"),
                "`words` has none".to_owned(),
                "write `word: title`",
            );
        }
        for (word, _) in words.entries.iter().filter(|(word, _)| !check::is_id(&word.value)) {
            let message = format!("`{}` cannot be a word of records", word.value);
            self.fault(word.span, message, "write small letters, digits and `-`");
        }
        let word = |(word, title): &(Spanned<String>, Value)| {
            (word.value.clone(), title.as_text().unwrap_or_default().to_owned())
        };
        words.entries.iter().map(word).collect()
    }
}

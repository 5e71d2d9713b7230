//! A folder under `regulations/`: the head, the texts of its versions, the duties, and the
//! clauses that carry none.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::law::{DropRule, LawOptions, Mark, Reading, parse_law};
use super::trial::{self, ParsedTrial};
use super::yaml::NodeKind;
use super::{check, read_yaml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::law::LawText;
use crate::record::kinds::Kinds;
use crate::record::regulation;
use crate::record::schema::Field;
use crate::record::value::Group;
use crate::source::{Area, Content, FileId, SourceTree, Span};

/// A regulation as its folder states it.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedRegulation {
    /// The folder's name.
    pub slug: String,
    /// `regulation.yaml`.
    pub head: Group,
    /// In the author's order.
    pub versions: Vec<ParsedVersion>,
    /// `obligations.yaml`, in the author's order.
    pub obligations: Vec<Group>,
    /// `readings.yaml`, in the author's order.
    pub questions: Vec<Group>,
    /// Versions that are no law yet, in the author's order, with the rules that are part of them.
    pub drafts: Vec<ParsedDraft>,
    /// `clauses.yaml`, in the author's order.
    pub plain_clauses: Vec<Group>,
    /// `tests.yaml`, in the author's order.
    pub trials: Vec<ParsedTrial>,
    /// Some duty could not be read, so a missing one may be that.
    pub broken: bool,
    /// Something in the folder could not be read, so a clause nobody classified may stand there.
    pub unread: bool,
}

/// A draft of a version, and its rules.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedDraft {
    pub version: ParsedVersion,
    pub obligations: Vec<Group>,
}

/// One version and its text.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedVersion {
    pub head: Group,
    pub file: FileId,
    pub text: Arc<LawText>,
}

/// Pages beside those of the regulations: no regulation may take their names.
const PAGES: &[&str] = &["index", "coverage", "tests"];

/// The names of the folders under `regulations/`, in order.
pub(super) fn folders(tree: &SourceTree) -> Vec<String> {
    let names: BTreeSet<_> =
        tree.of(Area::Regulation).filter_map(|(_, file)| file.path.split('/').nth(1)).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// Parses one folder. `None` if it has no usable `regulation.yaml`.
pub(super) fn parse(
    tree: &SourceTree,
    slug: &str,
    kinds: &Kinds,
) -> (Option<ParsedRegulation>, Diagnostics) {
    let mut diagnostics = Vec::new();
    let folder = format!("regulations/{slug}");
    let Some(head) = read_head(tree, &folder, slug, &mut diagnostics) else {
        return (None, diagnostics);
    };
    let versions: Vec<ParsedVersion> = head
        .groups("versions")
        .filter_map(|version| read_version(tree, &folder, version, &mut diagnostics))
        .collect();
    let (obligations, sound) =
        read_list(tree, &folder, "obligations.yaml", kinds.obligation, &mut diagnostics);
    let (plain_clauses, reasons_sound) =
        read_list(tree, &folder, "clauses.yaml", regulation::PLAIN_CLAUSE, &mut diagnostics);
    let (questions, _) =
        read_list(tree, &folder, "readings.yaml", regulation::QUESTION, &mut diagnostics);
    let slug = slug.to_owned();
    let broken = !sound;
    let unread = broken || !reasons_sound || versions.len() < head.list("versions").len();
    let (drafts, versions): (Vec<_>, Vec<_>) =
        versions.into_iter().partition(|version| version.head.flag("draft"));
    let (of_drafts, obligations): (Vec<_>, Vec<_>) =
        obligations.into_iter().partition(|rule| rule.is_written("draft"));
    let only_drafts = versions.is_empty();
    let drafts = drafts_of((drafts, only_drafts), of_drafts, &mut diagnostics);
    let trials = trial::read(tree, &folder, &mut diagnostics);
    let parsed = ParsedRegulation {
        slug,
        head,
        versions,
        obligations,
        questions,
        drafts,
        plain_clauses,
        trials,
        broken,
        unread,
    };
    (Some(parsed), diagnostics)
}

/// The drafts, each with the rules that name it.
fn drafts_of(
    (versions, only_drafts): (Vec<ParsedVersion>, bool),
    rules: Vec<Group>,
    diagnostics: &mut Diagnostics,
) -> Vec<ParsedDraft> {
    let mut drafts: Vec<ParsedDraft> = versions
        .into_iter()
        .map(|version| ParsedDraft { version, obligations: Vec::new() })
        .collect();
    if only_drafts && let Some(draft) = drafts.first() {
        let message = "the regulation has only drafts";
        diagnostics.push(
            Diagnostic::new(Code::MissingFile, draft.version.head.span, message)
                .help("add the version that is law, or leave out `draft`"),
        );
    }
    for rule in rules {
        let Some(name) = rule.text("draft") else { continue };
        let named = |draft: &&mut ParsedDraft| draft.version.head.string("id") == name.value;
        if let Some(draft) = drafts.iter_mut().find(named) {
            draft.obligations.push(rule);
            continue;
        }
        let message = format!("no draft version is called `{}`", name.value);
        let known: Vec<String> = drafts.iter().map(|one| one.version.head.string("id")).collect();
        diagnostics.push(Diagnostic::new(Code::UnknownWord, name.span, message).help(
            did_you_mean(name.value, known.iter().map(String::as_str)).unwrap_or_else(|| {
                "add a version with `draft: true` to `regulation.yaml`".to_owned()
            }),
        ));
    }
    drafts
}

fn read_head(
    tree: &SourceTree,
    folder: &str,
    slug: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Group> {
    let path = format!("{folder}/regulation.yaml");
    let Some(id) = tree.find(&path) else {
        let (some_file, _) = tree
            .of(Area::Regulation)
            .find(|(_, file)| file.path.starts_with(&format!("{folder}/")))?;
        diagnostics.push(
            Diagnostic::new(
                Code::MissingFile,
                Span::start_of(some_file),
                format!("`{path}` is missing"),
            )
            .help("every folder under `regulations/` is a regulation and needs this file"),
        );
        return None;
    };
    let node = read_yaml(id, tree.file(id), diagnostics)?;
    let head = check::group(&node, "the regulation", regulation::REGULATION, diagnostics)?;
    let id = head.text("id")?;
    if id.value != slug {
        let message = format!("the id `{}` differs from the folder's name `{slug}`", id.value);
        diagnostics.push(
            Diagnostic::new(Code::InvalidId, id.span, message).help(format!("write `id: {slug}`")),
        );
    }
    if PAGES.contains(&id.value) {
        let message = format!("the site has a page `regulations/{}.html` of its own", id.value);
        diagnostics.push(
            Diagnostic::new(Code::InvalidId, id.span, message)
                .help("give the regulation another id"),
        );
    }
    Some(head)
}

fn read_version(
    tree: &SourceTree,
    folder: &str,
    version: &Group,
    diagnostics: &mut Diagnostics,
) -> Option<ParsedVersion> {
    let name = version.text("text")?;
    let path = format!("{folder}/{}", name.value);
    let Some(file) = tree.find(&path) else {
        diagnostics.push(
            Diagnostic::new(Code::MissingFile, name.span, format!("`{path}` is missing"))
                .help("put the text there, or correct the name"),
        );
        return None;
    };
    if matches!(tree.file(file).content, Content::Absent | Content::Unreadable(_)) {
        return None;
    }
    let drops = version
        .groups("drop")
        .filter_map(|drop| {
            // A line that could not be read makes no rule for bullets.
            let line = drop.count("line").and_then(|line| usize::try_from(line).ok());
            (!drop.is_broken("line")).then_some(())?;
            Some(DropRule {
                line,
                text: drop.string("text"),
                reason: drop.string("reason"),
                span: drop.span,
            })
        })
        .collect();
    let of = |mark: &Group| mark.text("of").and_then(|clause| clause.value.parse().ok());
    let marks = version
        .groups("marks")
        .filter_map(|mark| {
            Some(Mark {
                line: usize::try_from(mark.count("line")?).ok()?,
                reading: Reading::named(&mark.string("is"), of(mark))?,
                span: mark.span,
            })
        })
        .collect();
    let options = LawOptions { drops, marks, partial: version.flag("partial") };
    let (text, faults) = parse_law(file, tree.file(file).text(), &options);
    diagnostics.extend(faults);
    Some(ParsedVersion { head: version.clone(), file, text: Arc::new(text) })
}

/// Reads a file that is a list of mappings; it may be missing. The flag says whether all was sound.
fn read_list(
    tree: &SourceTree,
    folder: &str,
    name: &str,
    fields: &[Field],
    diagnostics: &mut Diagnostics,
) -> (Vec<Group>, bool) {
    let Some(id) = tree.find(&format!("{folder}/{name}")) else { return (Vec::new(), true) };
    let Some(node) = read_yaml(id, tree.file(id), diagnostics) else { return (Vec::new(), false) };
    let items = match &node.kind {
        NodeKind::Null => return (Vec::new(), true),
        NodeKind::List(items) => items,
        other => {
            let message = format!("`{name}` holds a list, found {}", other.name());
            diagnostics.push(Diagnostic::new(Code::WrongType, node.span, message));
            return (Vec::new(), false);
        }
    };
    let what = match name {
        "clauses.yaml" => "entry",
        "readings.yaml" => "question",
        _ => "obligation",
    };
    let checked: Vec<Group> =
        items.iter().filter_map(|item| check::group(item, what, fields, diagnostics)).collect();
    let sound = checked.len() == items.len();
    (checked, sound)
}

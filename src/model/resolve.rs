//! From parsed records to the model: order them, name them, read them, link them both ways.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::evidence::find_evidence_files;
use super::lookup::Lookup;
use super::names::{Kinded, Names};
use super::regulation::HistoryEntry;
use super::regulation::in_force::Days;
use super::regulation::{attachment, version};
use super::{
    Account, Agency, Audit, Contractor, Entry, Event, Evidence, Finding, Guidance, Id, Model,
    Obligation, PlainClause, Post, Question, Regulation, Role, ScopeKind, Settings, Submission,
    System, Table, Term, Topic, Training, Unit, Usage, Version, Waiver,
};
use super::{
    check, classified, clause_form, cross_check, derived, link, party, question, reference, role,
    wording,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::law::ClauseNumber;
use crate::parse::{Parsed, ParsedRegulation, Record};
use crate::record::kinds::Kinds;
use crate::record::value::Group;
use crate::source::{SourceTree, Span};
use crate::time::{Day, Every};

/// Resolves everything that was parsed. The tree is asked for evidence files and pictures only.
/// The model is whole only if no error was reported, here or before: look at the diagnostics first.
pub fn resolve(parsed: &Parsed, tree: &SourceTree) -> (Model, Diagnostics) {
    let (model, mut report, sound) = linked(parsed, &parsed.regulations, tree);
    if sound {
        check::doubts(&model, &mut report);
        reference::check(&model, tree, &mut report);
    }
    (model, report)
}

/// Resolves other rules or records over the texts of a site that was resolved: what those refer to was
/// looked at then, and what the text of a draft refers to is when it becomes law. What is only
/// doubtful about records is not asked: nobody is told of records that are supposed.
pub fn resolve_again(parsed: &Parsed, tree: &SourceTree) -> (Model, Diagnostics) {
    resolve_by(parsed, &parsed.regulations, tree)
}

/// Does what [`resolve_again`] does with other regulations in the place of those that were parsed.
pub fn resolve_by(
    parsed: &Parsed,
    regulations: &[ParsedRegulation],
    tree: &SourceTree,
) -> (Model, Diagnostics) {
    let (model, report, _) = linked(parsed, regulations, tree);
    (model, report)
}

/// The model, what is wrong with it, and whether its rows could be linked to each other.
fn linked(
    parsed: &Parsed,
    regulations: &[ParsedRegulation],
    tree: &SourceTree,
) -> (Model, Diagnostics, bool) {
    let mut report = Vec::new();
    let config = parsed.config.as_ref();
    let settings =
        config.map(|config| Settings::resolve(config, tree, &mut report)).unwrap_or_default();
    let records = Sorted::new(&parsed.records, &mut report);

    let mut names = Names::default();
    names.site_kinds = parsed.kinds;
    names.broken.clone_from(&parsed.broken);
    for (kind, rows) in &records.kinds {
        names.enter(kind, rows.iter().map(|(slug, _)| slug.clone()));
    }
    // Who belongs to an agency by its unit needs the agencies of the units.
    let units_first = ["unit"].into_iter().chain(records.kinds.keys().copied());
    for kind in units_first.filter(|kind| records.kinds.contains_key(kind)) {
        names.enter_homes(kind, &records.kinds[kind]);
    }
    let rules = Rules::new(regulations, parsed.kinds, &mut report);
    names.enter("regulation", regulations.iter().map(|regulation| regulation.slug.clone()));
    names.enter("obligation", rules.rows.iter().map(|rule| rule.path.clone()));
    names.scopes = rules.rows.iter().map(|rule| rule.scope).collect();
    let daily = Every::Day.as_str();
    names.daily = rules.rows.iter().map(|rule| rule.fields.string("every") == daily).collect();
    if regulations.iter().any(|regulation| regulation.broken) {
        names.broken.insert("obligation");
    }

    for (slug, fields) in records.kinds.get("term").into_iter().flatten() {
        names.terms.entry(fields.string("of")).or_default().push(slug.clone());
        names.grades.extend(fields.maybe_string("counts_as").map(|as_| (slug.clone(), as_)));
    }

    let mut model = Model {
        kinds: parsed.kinds,
        calendar: Arc::clone(&parsed.calendar),
        agencies: records.table(&names, Agency::resolve, &mut report),
        units: records.table(&names, Unit::resolve, &mut report),
        systems: records.table(&names, System::resolve, &mut report),
        posts: records.table(&names, Post::resolve, &mut report),
        accounts: records.table(&names, Account::resolve, &mut report),
        usage: records.table(&names, Usage::resolve, &mut report),
        audits: records.table(&names, Audit::resolve, &mut report),
        submissions: records.table(&names, Submission::resolve, &mut report),
        trainings: records.table(&names, Training::resolve, &mut report),
        contractors: records.table(&names, Contractor::resolve, &mut report),
        events: records.table(&names, Event::resolve, &mut report),
        findings: records.table(&names, Finding::resolve, &mut report),
        evidence: records.table(&names, Evidence::resolve, &mut report),
        waivers: records.table(&names, Waiver::resolve, &mut report),
        roles: records.table(&names, Role::resolve, &mut report),
        topics: records.table(&names, Topic::resolve, &mut report),
        terms: records.table(&names, Term::resolve, &mut report),
        obligations: Table::new(
            rules
                .rows
                .iter()
                .filter_map(|rule| {
                    let regulation = (Id::new(rule.regulation), rule.regulation_slug);
                    let repealed = parsed.regulations[rule.regulation].head.date("repealed");
                    Obligation::resolve(rule.fields, regulation, &settings, &names, &mut report)
                        .map(|duty| duty.until_repeal(repealed))
                })
                .collect(),
        ),
        regulations: Table::new(
            (0..regulations.len())
                .map(|at| read_regulation(at, regulations, tree, &mut report))
                .collect(),
        ),
        settings,
        people: Table::default(),
        event_kinds: Table::default(),
        answer_kinds: Table::default(),
        parties: Table::default(),
        forms: Table::default(),
        items: Table::default(),
        manners: Table::default(),
        courses: Table::default(),
        role_names: Table::default(),
        grade_names: Table::default(),
        lookup: Lookup::default(),
        entries: Table::default(),
        guidance: Table::new(
            parsed.pages.iter().map(|page| Guidance::new(page, &names, &mut report)).collect(),
        ),
    };
    let mut entries = Vec::new();
    for kind in parsed.kinds.registers() {
        let rows = records.kinds.get(kind.name).into_iter().flatten();
        entries.extend(
            rows.filter_map(|(_, fields)| Entry::resolve(kind, fields, &names, &mut report)),
        );
    }
    model.entries = Table::new(entries);
    // Past an unresolved name ids do not line up; past a missing text there are no clauses.
    let sound = !report.iter().any(Diagnostic::is_error)
        && lines_up(&model, &names)
        && model.regulations.iter().all(|(_, regulation)| !regulation.versions.is_empty());
    model.people = names.people.into_table();
    model.event_kinds = Table::new(names.event_kinds.into_rows());
    model.answer_kinds = Table::new(names.answer_kinds.into_rows());
    model.parties = party::parties(names.party_words.into_rows(), &model.roles);
    model.forms = Table::of_words(names.forms.into_rows());
    model.items = Table::of_words(names.items.into_rows());
    model.manners = Table::of_words(names.manners.into_rows());
    model.courses = Table::new(names.courses.into_rows());
    model.grade_names = Table::new(names.grade_names.into_rows());
    model.role_names = role::role_names(names.role_words.into_rows(), &model.roles);
    find_evidence_files(&mut model, tree, &mut report);
    if sound {
        clause_form::adopt(&mut model);
        classified::clauses(&model, regulations, &mut report);
        wording::rules(&model, &mut report);
        derived::add(&mut model);
        link::link(&mut model);
        question::link(&mut model, &mut report);
        cross_check::answers(&model, &mut report);
        cross_check::events(&model, &mut report);
        cross_check::records(&model, &mut report);
    }
    (model, report, sound)
}

/// Whether every named row is in its table. One that names something unread is not, though that
/// is not reported a second time.
fn lines_up(model: &Model, names: &Names) -> bool {
    fn whole<T: Kinded>(table: &Table<T>, names: &Names) -> bool {
        table.iter().count() == names.count(T::KIND)
    }
    whole(&model.agencies, names)
        && whole(&model.units, names)
        && whole(&model.systems, names)
        && whole(&model.posts, names)
        && whole(&model.accounts, names)
        && whole(&model.usage, names)
        && whole(&model.audits, names)
        && whole(&model.submissions, names)
        && whole(&model.trainings, names)
        && whole(&model.contractors, names)
        && whole(&model.findings, names)
        && whole(&model.evidence, names)
        && whole(&model.waivers, names)
        && whole(&model.roles, names)
        && whole(&model.topics, names)
        && whole(&model.events, names)
        && whole(&model.obligations, names)
}

/// The records of each kind, sorted by slug, each slug once.
struct Sorted<'a> {
    kinds: BTreeMap<&'static str, Vec<(String, &'a Group)>>,
}

impl<'a> Sorted<'a> {
    fn new(records: &'a [Record], report: &mut Diagnostics) -> Self {
        let mut kinds: BTreeMap<&'static str, Vec<(String, &Group)>> = BTreeMap::new();
        for record in records {
            let slug = match record.kind.name {
                Usage::KIND => Usage::slug_of(&record.fields),
                _ => record.fields.string("id"),
            };
            kinds.entry(record.kind.name).or_default().push((slug, &record.fields));
        }
        for (kind, rows) in &mut kinds {
            rows.sort_by(|a, b| (&a.0, a.1.span).cmp(&(&b.0, b.1.span)));
            for pair in rows.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
                report.push(duplicate(kind, &pair[1], pair[0].1));
            }
            rows.dedup_by(|later, earlier| later.0 == earlier.0);
        }
        Self { kinds }
    }

    fn table<T: Kinded>(
        &self,
        names: &Names,
        read: fn(&Group, &Names, &mut Diagnostics) -> Option<T>,
        report: &mut Diagnostics,
    ) -> Table<T> {
        let rows = self.kinds.get(T::KIND).into_iter().flatten();
        Table::new(rows.filter_map(|(_, fields)| read(fields, names, report)).collect())
    }
}

fn duplicate(kind: &str, (slug, later): &(String, &Group), earlier: &Group) -> Diagnostic {
    let (code, message) = match kind {
        "usage" => (Code::DuplicateRecord, format!("usage of `{slug}` is recorded twice")),
        _ => (Code::DuplicateId, format!("two {kind} records have the id `{slug}`")),
    };
    let place = |fields: &Group| fields.text("id").map_or(fields.span, |id| id.span);
    Diagnostic::new(code, place(later), message)
        .related(place(earlier), "the other one")
        .help("give one of them another id, or remove it")
}

/// The duties of all regulations, sorted by regulation and then in the author's order.
struct Rules<'a> {
    rows: Vec<RuleRow<'a>>,
}

struct RuleRow<'a> {
    path: String,
    regulation: usize,
    regulation_slug: &'a str,
    scope: ScopeKind,
    fields: &'a Group,
}

impl<'a> Rules<'a> {
    fn new(regulations: &'a [ParsedRegulation], kinds: &Kinds, report: &mut Diagnostics) -> Self {
        let mut rows: Vec<RuleRow> = Vec::new();
        for (index, regulation) in regulations.iter().enumerate() {
            let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
            for fields in &regulation.obligations {
                let Some(id) = fields.text("id") else { continue };
                if let Some(first) = seen.insert(id.value, id.span) {
                    let message = format!("two obligations have the id `{}`", id.value);
                    report.push(
                        Diagnostic::new(Code::DuplicateId, id.span, message)
                            .related(first, "the other one")
                            .help("give one of them another id"),
                    );
                    continue;
                }
                let scope = fields.text("scope");
                let scope = scope.and_then(|word| ScopeKind::from_word(word.value, kinds));
                rows.push(RuleRow {
                    path: format!("{}/{}", regulation.slug, id.value),
                    regulation: index,
                    regulation_slug: &regulation.slug,
                    scope: scope.unwrap_or(ScopeKind::Agency),
                    fields,
                });
            }
        }
        Self { rows }
    }
}

fn read_regulation(
    at: usize,
    all: &[ParsedRegulation],
    tree: &SourceTree,
    report: &mut Diagnostics,
) -> Regulation {
    let parsed = &all[at];
    let head = &parsed.head;
    let laws = reference::laws(head).into_iter().chain(reference::held_laws(head, all));
    let name = head.string("name");
    let mut versions: Vec<Version> = parsed
        .versions
        .iter()
        .map(|version| Version {
            slug: version.head.string("id"),
            amended: version.head.date("amended"),
            in_force: version.head.date("in_force"),
            document: version.head.maybe_string("document"),
            summary: version.head.maybe_string("summary"),
            amends: amends(&version.head),
            later: later(&version.head),
            partial: version.head.flag("partial"),
            carried_over: BTreeSet::new(),
            complete: !version.head.flag("partial"),
            text: Arc::clone(&version.text),
            file: version.file,
        })
        .collect();
    versions.sort_by_key(|version| (version.from(), version.slug.clone()));
    wording::dates(parsed, &versions, report);
    version::complete(&mut versions);
    // A version whose text could not be read has a diagnostic already.
    if head.list("versions").is_empty() && !head.is_broken("versions") {
        report.push(
            Diagnostic::new(
                Code::MissingFile,
                head.key_span("versions"),
                "the regulation has no text",
            )
            .help("name at least one version with its text"),
        );
    }
    Regulation {
        slug: parsed.slug.clone(),
        short: head.maybe_string("short").unwrap_or_else(|| name.clone()),
        name,
        number: head.maybe_string("number"),
        rank: head.maybe_string("rank"),
        authority: head.maybe_string("authority"),
        descriptive_name: head.flag("descriptive_name"),
        note: head.maybe_string("note"),
        repealed: head.date("repealed"),
        versions,
        history: head
            .groups("history")
            .filter_map(|entry| {
                Some(HistoryEntry {
                    date: entry.date("date")?,
                    in_force: entry.date("in_force"),
                    amends: amends(entry),
                    document: entry.maybe_string("document"),
                    summary: entry.string("summary"),
                    url: entry.maybe_string("url"),
                })
            })
            .collect(),
        cites: laws.collect(),
        readings: reference::readings(head, report),
        questions: parsed
            .questions
            .iter()
            .filter_map(|fields| Question::resolve(fields, Id::new(at), report))
            .collect(),
        drafts: parsed.drafts.iter().map(|one| one.version.head.string("id")).collect(),
        attachments: attachment::resolve(head, &parsed.slug, tree, report),
        obligations: Vec::new(),
        plain_clauses: parsed
            .plain_clauses
            .iter()
            .filter_map(|entry| {
                Some(PlainClause {
                    clause: entry.text("clause")?.value.parse().ok()?,
                    reason: entry.string("reason"),
                    note: entry.maybe_string("note"),
                    days: Days::resolve(entry),
                })
            })
            .collect(),
        by_clause: BTreeMap::new(),
        systems: Vec::new(),
    }
}

/// The clauses an amendment touched, where it is recorded.
/// The clauses under `later`, each with its first day in force.
fn later(fields: &Group) -> Vec<(ClauseNumber, Day)> {
    let mut all = Vec::new();
    for group in fields.groups("later") {
        let Some(day) = group.date("in_force") else { continue };
        let clauses = group.texts("clauses").filter_map(|text| text.value.parse().ok());
        all.extend(clauses.map(|clause: ClauseNumber| (clause, day)));
    }
    all
}

fn amends(fields: &Group) -> Option<Vec<ClauseNumber>> {
    let written = fields.is_written("amends");
    written.then(|| fields.texts("amends").filter_map(|text| text.value.parse().ok()).collect())
}

//! From parsed records to the model: order them, name them, read them, link them both ways.

use std::collections::{BTreeMap, BTreeSet};

use super::audit::AuditPeriod;
use super::evidence::EvidenceFile;
use super::names::{Kinded, Names};
use super::regulation::HistoryEntry;
use super::{
    Account, Agency, Answer, Audit, Contractor, Duty, Evidence, EvidenceUser, Finding, Id, Model,
    Named, Obligation, PlainClause, Post, Regulation, Scope, ScopeKind, Settings, Submission,
    System, Table, Training, Unit, Usage, Version, Waiver,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::parse::law::ClauseNumber;
use crate::parse::value::Group;
use crate::parse::{Parsed, ParsedRegulation, Record};
use crate::source::{Area, Content, SourceTree, Span, Spanned};

/// Resolves everything that was parsed. The tree is asked for evidence files only.
/// The model is whole only if no error was reported, here or before: look at the diagnostics first.
pub fn resolve(parsed: &Parsed, tree: &SourceTree) -> (Model, Diagnostics) {
    let mut report = Vec::new();
    let settings = parsed.config.as_ref().map(Settings::resolve).unwrap_or_default();
    let records = Sorted::new(&parsed.records, &mut report);

    let mut names = Names::default();
    names.broken.clone_from(&parsed.broken);
    for (kind, rows) in &records.kinds {
        names.enter(kind, rows.iter().map(|(slug, _)| slug.clone()));
    }
    let rules = Rules::new(&parsed.regulations, &mut report);
    names.enter("regulation", parsed.regulations.iter().map(|regulation| regulation.slug.clone()));
    names.enter("obligation", rules.rows.iter().map(|rule| rule.path.clone()));
    names.scopes = rules.rows.iter().map(|rule| rule.scope).collect();
    if parsed.regulations.iter().any(|regulation| regulation.broken) {
        names.broken.insert("obligation");
    }

    let mut model = Model {
        calendar: parsed.calendar.clone(),
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
        findings: records.table(&names, Finding::resolve, &mut report),
        evidence: records.table(&names, Evidence::resolve, &mut report),
        waivers: records.table(&names, Waiver::resolve, &mut report),
        obligations: Table::new(
            rules
                .rows
                .iter()
                .filter_map(|rule| {
                    let regulation = (Id::new(rule.regulation), rule.regulation_slug);
                    Obligation::resolve(rule.fields, regulation, &settings, &names, &mut report)
                })
                .collect(),
        ),
        regulations: Table::new(
            parsed
                .regulations
                .iter()
                .map(|regulation| read_regulation(regulation, &mut report))
                .collect(),
        ),
        settings,
    };
    let sound = !report.iter().any(Diagnostic::is_error);
    find_evidence_files(&mut model, tree, &mut report);
    if sound {
        check_clauses(&mut model, &parsed.regulations, &mut report);
        check_answers(&model, &mut report);
        link(&mut model);
    }
    (model, report)
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
    fn new(regulations: &'a [ParsedRegulation], report: &mut Diagnostics) -> Self {
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
                let scope = fields.text("scope").and_then(|word| ScopeKind::from_word(word.value));
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

fn read_regulation(parsed: &ParsedRegulation, report: &mut Diagnostics) -> Regulation {
    let head = &parsed.head;
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
            partial: version.head.flag("partial"),
            text: version.text.clone(),
            file: version.file,
        })
        .collect();
    versions.sort_by_key(|version| (version.in_force.or(version.amended), version.slug.clone()));
    for pair in versions.windows(2) {
        if pair[0].in_force.is_some() && pair[0].in_force == pair[1].in_force {
            let message =
                format!("`{}` and `{}` come into force on one day", pair[0].slug, pair[1].slug);
            report.push(
                Diagnostic::new(Code::VersionOverlap, head.key_span("versions"), message)
                    .help("correct `in_force` of one of them"),
            );
        }
    }
    if versions.is_empty() {
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
        versions,
        history: head
            .groups("history")
            .filter_map(|entry| {
                Some(HistoryEntry {
                    date: entry.date("date")?,
                    in_force: entry.date("in_force"),
                    document: entry.maybe_string("document"),
                    summary: entry.string("summary"),
                })
            })
            .collect(),
        obligations: Vec::new(),
        plain_clauses: parsed
            .plain_clauses
            .iter()
            .filter_map(|entry| {
                Some(PlainClause {
                    clause: entry.text("clause")?.value.parse().ok()?,
                    reason: entry.string("reason"),
                    note: entry.maybe_string("note"),
                })
            })
            .collect(),
        by_clause: BTreeMap::new(),
        systems: Vec::new(),
    }
}

/// Gives each piece of evidence its file: there, of an allowed type, and the one recorded.
fn find_evidence_files(model: &mut Model, tree: &SourceTree, report: &mut Diagnostics) {
    for id in model.evidence.ids() {
        let fields = model.evidence[id].fields.clone();
        let (Some(path), Some(hash)) = (fields.text("file"), fields.text("sha256")) else {
            continue;
        };
        match evidence_file(tree, path, hash) {
            Ok(file) => model.evidence.row_mut(id).file = Some(file),
            Err(fault) => report.push(fault),
        }
    }
}

fn evidence_file(
    tree: &SourceTree,
    path: Spanned<&str>,
    recorded: Spanned<&str>,
) -> Result<EvidenceFile, Diagnostic> {
    let full = format!("content/evidence/files/{}", path.value);
    let found = tree.find(&full).map(|id| (id, &tree.file(id).content));
    let Some((file, Content::Binary { size, sha256, head })) = found else {
        let known: Vec<&str> = tree
            .of(Area::Evidence)
            .filter_map(|(_, file)| file.path.strip_prefix("content/evidence/files/"))
            .collect();
        return Err(Diagnostic::new(Code::MissingFile, path.span, format!("`{full}` is missing"))
            .maybe_help(did_you_mean(path.value, known))
            .maybe_help(None));
    };
    let media_type = crate::source::allowed_type(path.value, head).map_err(|why| {
        Diagnostic::new(Code::UnsafeEvidence, path.span, format!("`{}` {why}", path.value))
            .help("publish it as pdf, or name its document number instead")
    })?;
    if *sha256 != recorded.value {
        let message = format!("the file's SHA-256 is {sha256}, recorded is {}", recorded.value);
        return Err(Diagnostic::new(Code::HashMismatch, recorded.span, message)
            .help("restore the file, or record the new one as evidence of its own"));
    }
    let (path, sha256) = (path.value.to_owned(), sha256.clone());
    Ok(EvidenceFile { path, file, size: *size, sha256, media_type })
}

/// Checks that every clause named exists, and that every clause carries a duty or a reason.
fn check_clauses(model: &mut Model, parsed: &[ParsedRegulation], report: &mut Diagnostics) {
    for (id, regulation) in model.regulations.iter() {
        let text = &regulation.current().text;
        let known: Vec<String> =
            text.all_clauses().map(|clause| clause.number.to_string()).collect();
        let unknown = |name: &ClauseNumber, span| {
            let name = name.to_string();
            Diagnostic::new(
                Code::UnknownClause,
                span,
                format!("no clause `{name}` in {}", regulation.slug),
            )
            .maybe_help(did_you_mean(&name, known.iter().map(String::as_str)))
        };
        let mut named: BTreeMap<&ClauseNumber, Span> = BTreeMap::new();
        for (_, obligation) in model.obligations.iter().filter(|(_, o)| o.regulation == id) {
            for clause in &obligation.clauses {
                if text.clause(&clause.value).is_none() {
                    report.push(unknown(&clause.value, clause.span));
                }
                named.insert(&clause.value, clause.span);
            }
        }
        for (plain, entry) in regulation.plain_clauses.iter().zip(&parsed[id.index()].plain_clauses)
        {
            let span = entry.text("clause").map_or(entry.span, |text| text.span);
            if text.clause(&plain.clause).is_none() {
                report.push(unknown(&plain.clause, span));
            }
            let Some((clause, duty)) = named.iter().find(|(c, _)| c.starts_with(&plain.clause))
            else {
                continue;
            };
            report.push(
                Diagnostic::new(
                    Code::ClassifiedTwice,
                    span,
                    format!("clause `{clause}` is said to carry no duty, but a duty names it"),
                )
                .related(*duty, "the duty")
                .help("remove one of the two"),
            );
        }
        let classified: BTreeSet<&ClauseNumber> = named.keys().copied().collect();
        for clause in text.all_clauses() {
            let has_children = text.all_clauses().any(|other| {
                other.number != clause.number && other.number.starts_with(&clause.number)
            });
            // A heading is classified by its sub-clauses.
            let done = classified.contains(&clause.number)
                || regulation.plain_reason(&clause.number).is_some()
                || has_children;
            if !done {
                report.push(
                    Diagnostic::new(
                        Code::UnclassifiedClause,
                        Span { end: clause.span.start.saturating_add(1), ..clause.span },
                        format!("clause `{}` neither carries a duty nor says why not", clause.number),
                    )
                    .help(format!(
                        "name it in an obligation, or add `- {{clause: \"{}\", reason: …}}` to clauses.yaml",
                        clause.number
                    )),
                );
            }
        }
    }
    for id in model.regulations.ids() {
        let mut by_clause: BTreeMap<ClauseNumber, Vec<Id<Obligation>>> = BTreeMap::new();
        let mut obligations = Vec::new();
        for (duty, obligation) in model.obligations.iter().filter(|(_, o)| o.regulation == id) {
            obligations.push(duty);
            for clause in &obligation.clauses {
                by_clause.entry(clause.value.clone()).or_default().push(duty);
            }
        }
        let regulation = model.regulations.row_mut(id);
        regulation.by_clause = by_clause;
        regulation.obligations = obligations;
    }
}

/// Checks that acts answer duties that acts can answer, in periods those duties have.
fn check_answers(model: &Model, report: &mut Diagnostics) {
    let audits = model
        .audits
        .iter()
        .map(|(_, a)| (a.obligation, a.scope, a.period, &a.fields, Answer::Audit));
    let sent = model
        .submissions
        .iter()
        .map(|(_, s)| (s.obligation, s.scope, s.period, &s.fields, Answer::Submission));
    for (id, scope, period, fields, answer) in audits.chain(sent) {
        let obligation = &model.obligations[id];
        let name_span = fields.text("obligation").map_or(fields.span, |text| text.span);
        let Some(demand) = obligation.duty.demand().filter(|demand| demand.answered_by == answer)
        else {
            let message =
                format!("`{}` is not answered by such a record", model.obligation_path(id));
            report.push(
                Diagnostic::new(Code::WrongScope, name_span, message)
                    .related(obligation.span, "the duty")
                    .help("name the duty this record answers"),
            );
            continue;
        };
        check_period(obligation, period, fields, report);
        check_scope(model, obligation, scope, fields, report);
        for party in fields.texts("joint") {
            if !demand.joint.iter().any(|known| known == party.value) {
                let known = demand.joint.iter().map(String::as_str);
                report.push(
                    Diagnostic::new(
                        Code::UnknownWord,
                        party.span,
                        format!("the duty does not name the party `{}`", party.value),
                    )
                    .maybe_help(did_you_mean(party.value, known).or_else(
                        || Some(format!("parties of this duty: {}", demand.joint.join("、"))),
                    )),
                );
            }
        }
    }
}

fn check_period(
    obligation: &Obligation,
    period: AuditPeriod,
    fields: &Group,
    report: &mut Diagnostics,
) {
    let every = match &obligation.duty {
        Duty::Periodic(periodic) => Some(periodic.every),
        _ => None,
    };
    let written = match period {
        AuditPeriod::Period(period) => Some(period.every()),
        AuditPeriod::ByDay => None,
    };
    if every == written {
        return;
    }
    let (message, help) = match every {
        Some(every) => (
            format!("this duty is answered for a {}", every.word()),
            format!("write `period:` with a {}", every.word()),
        ),
        None => (
            "this duty is counted from the last time and has no periods".to_owned(),
            "remove `period`".to_owned(),
        ),
    };
    let span = fields.get("period").map_or(fields.span, |value| value.span);
    report.push(
        Diagnostic::new(Code::InvalidPeriod, span, message)
            .related(obligation.span, "the duty")
            .help(help),
    );
}

fn check_scope(
    model: &Model,
    obligation: &Obligation,
    scope: Scope,
    fields: &Group,
    report: &mut Diagnostics,
) {
    let uses = |unit: Id<Unit>| {
        model.units[unit]
            .uses
            .iter()
            .any(|used| model.systems[used.system].regulations.contains(&obligation.regulation))
    };
    let falls_under = match scope {
        Scope::Unit(id) => {
            uses(id) && (obligation.scope != ScopeKind::Office || model.units[id].is_office)
        }
        Scope::Agency(id) => model.units.iter().any(|(unit, row)| row.agency == id && uses(unit)),
        Scope::System(id) => model.systems[id].regulations.contains(&obligation.regulation),
        Scope::Account(id) => {
            model.systems[model.accounts[id].system].regulations.contains(&obligation.regulation)
        }
        Scope::Contractor(id) => model.contractors[id]
            .systems
            .iter()
            .any(|system| model.systems[*system].regulations.contains(&obligation.regulation)),
        Scope::Post(_) => true,
    };
    if !falls_under {
        let span = fields.text("scope").map_or(fields.span, |text| text.span);
        let message = format!("the duty is not laid on `{}`", model.scope_slug(scope));
        report.push(
            Diagnostic::new(Code::WrongScope, span, message)
                .related(obligation.span, "the duty")
                .help("it holds only where a system under the regulation is in use"),
        );
    }
}

/// Makes links go both ways. Lists come out in the order of the tables.
fn link(model: &mut Model) {
    for id in model.units.ids() {
        let agency = model.units[id].agency;
        model.agencies.row_mut(agency).units.push(id);
        for used in model.units[id].uses.clone() {
            let units = &mut model.systems.row_mut(used.system).units;
            if units.last() != Some(&id) {
                units.push(id);
            }
        }
    }
    for id in model.posts.ids() {
        let agency = model.posts[id].agency;
        model.agencies.row_mut(agency).posts.push(id);
    }
    for id in model.accounts.ids() {
        let (unit, system) = (model.accounts[id].unit, model.accounts[id].system);
        model.units.row_mut(unit).accounts.push(id);
        model.systems.row_mut(system).accounts.push(id);
    }
    for id in model.systems.ids() {
        for regulation in model.systems[id].regulations.clone() {
            model.regulations.row_mut(regulation).systems.push(id);
        }
    }
    for id in model.findings.ids() {
        let finding = &model.findings[id];
        let (audit, owner, repeats) = (finding.audit, finding.owner, finding.repeats);
        let (scope, account) = (model.audits[audit].scope, finding.account);
        let unit = account.map(|id| model.accounts[id].unit).or(model.scope_unit(scope));
        let agency = model.scope_agency(scope);
        model.audits.row_mut(audit).findings.push(id);
        model.agencies.row_mut(agency).findings.push(id);
        if let Some(unit) = unit {
            model.units.row_mut(unit).findings.push(id);
        }
        if let Some(account) = account {
            model.accounts.row_mut(account).findings.push(id);
        }
        if let Some(owner) = owner {
            model.posts.row_mut(owner).findings.push(id);
        }
        if let Some(earlier) = repeats {
            model.findings.row_mut(earlier).repeated_by.push(id);
        }
    }
    for id in model.audits.ids() {
        for post in model.audits[id].auditors.clone() {
            model.posts.row_mut(post).audits.push(id);
        }
    }
    for id in model.submissions.ids() {
        for audit in model.submissions[id].audits.clone() {
            model.audits.row_mut(audit).submissions.push(id);
        }
    }
    for id in model.trainings.ids() {
        let post = model.trainings[id].post;
        model.posts.row_mut(post).trainings.push(id);
    }
    for id in model.usage.ids() {
        let unit = model.usage[id].unit;
        model.units.row_mut(unit).usage.push(id);
    }
    for id in model.contractors.ids() {
        for system in model.contractors[id].systems.clone() {
            model.systems.row_mut(system).contractors.push(id);
        }
    }
    link_evidence(model);
}

fn link_evidence(model: &mut Model) {
    let mut users: Vec<(Id<Evidence>, EvidenceUser)> = Vec::new();
    for (id, row) in model.audits.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Audit(id))));
    }
    for (id, row) in model.submissions.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Submission(id))));
    }
    for (id, row) in model.trainings.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Training(id))));
    }
    for (id, row) in model.findings.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Finding(id))));
    }
    for (id, row) in model.accounts.iter() {
        let paper = row.pledge.and_then(|pledge| pledge.evidence);
        users.extend(paper.map(|evidence| (evidence, EvidenceUser::Account(id))));
    }
    for (id, row) in model.contractors.iter() {
        let paper = row.agreement.and_then(|agreement| agreement.evidence);
        users.extend(paper.map(|evidence| (evidence, EvidenceUser::Contractor(id))));
    }
    for (id, row) in model.waivers.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Waiver(id))));
    }
    users.sort_unstable();
    for (evidence, user) in users {
        model.evidence.row_mut(evidence).used_by.push(user);
    }
}

// Obligations stand in the author's order; they are found by their path in `Names`.
impl Model {
    /// The obligation named `REGULATION/OBLIGATION`.
    pub fn find_obligation(&self, path: &str) -> Option<Id<Obligation>> {
        let (regulation, slug) = path.split_once('/')?;
        let regulation = self.regulations.find(regulation)?;
        self.regulations[regulation]
            .obligations
            .iter()
            .copied()
            .find(|id| self.obligations[*id].slug() == slug)
    }
}

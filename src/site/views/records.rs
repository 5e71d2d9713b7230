//! Rows and facts of records that several pages show.

use serde::Serialize;

use super::listing::rank;
use super::parts::Place;
use super::parts::{DateView, DueOn, Link, OccurrenceRow, PageCtx, StatusView};
use crate::assess::{CheckVerdict, Occurrence, OccurrenceId, RecordRef};
use crate::facts::{AccountState, FindingState, ranking};
use crate::model::{
    Account, Agency, Approval, Audit, AuditPeriod, Evidence, Finding, Id, Obligation, Person, Post,
    Scope, Submission, System, Unit,
};
use crate::record::value::{Data, Group, Value};
use crate::site::route::Route;
use crate::text::counter;
use crate::text::number::grouped;
use crate::text::person::shown_name;
use crate::text::sentence;
use crate::time::Day;

/// A word with its code, for the class and the symbol.
#[derive(Clone, Debug, Serialize)]
pub struct CodeView {
    pub code: String,
    pub label: String,
    /// Its place among the codes, most severe first.
    pub rank: usize,
}

/// A text that is a link if there is a page to link to.
#[derive(Clone, Debug, Serialize)]
pub struct MaybeLink {
    pub href: Option<String>,
    pub text: String,
}

/// A person: the staff code, and the name as far as the site shows it.
#[derive(Clone, Debug, Serialize)]
pub struct PersonView {
    pub staff: String,
    pub name: Option<String>,
}

/// An approval or a check that lies before the as-of date.
#[derive(Clone, Debug, Serialize)]
pub struct ApprovalView {
    pub on: DateView,
    pub by: Link,
}

/// What the author added to a record: a note, and values under names of the author's choosing.
#[derive(Clone, Debug, Serialize)]
pub struct Remarks {
    pub note: Option<String>,
    pub attributes: Vec<(String, String)>,
    /// Where it stands, and where it is edited.
    pub place: Place,
}

/// An audit in a table.
#[derive(Clone, Debug, Serialize)]
pub struct AuditRow {
    pub link: Link,
    pub on: DateView,
    pub obligation: Link,
    pub regulation: Link,
    pub scope: Link,
    /// To the occurrence it answers.
    pub term: MaybeLink,
    /// The day the term begins, for sorting; empty if it answers none.
    pub opens: String,
    /// Of that occurrence.
    pub status: Option<StatusView>,
    pub result: CodeView,
    pub findings: usize,
}

/// A submission in a table.
#[derive(Clone, Debug, Serialize)]
pub struct SubmissionRow {
    pub link: Link,
    pub on: DateView,
    pub to: String,
    pub document: Option<String>,
    pub obligation: Link,
    pub scope: Link,
    pub term: MaybeLink,
}

/// A finding in a table.
#[derive(Clone, Debug, Serialize)]
pub struct FindingRow {
    /// To the finding, with its title.
    pub link: Link,
    pub grade: CodeView,
    pub state: CodeView,
    pub regulation: Link,
    pub scope: Link,
    pub found_on: DateView,
    pub due: Option<DueOn>,
    pub closed_on: Option<DateView>,
    /// Days since it was found, for open ones.
    pub age: i64,
    pub owner: Option<Link>,
    /// What is doubtful about how it was mended, checked or closed.
    pub concerns: Vec<String>,
}

/// A piece of evidence in a table.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceRow {
    pub link: Link,
    pub form: Option<String>,
    pub on: DateView,
    pub document: Option<String>,
    /// Of its file.
    pub bytes: Option<u64>,
    /// Of its file, rounded up.
    pub kilobytes: Option<u64>,
    /// Of its file, such as `PDF`.
    pub format: Option<String>,
    /// How many records it proves.
    pub used_by: usize,
}

/// An account in a table.
#[derive(Clone, Debug, Serialize)]
pub struct AccountRow {
    pub link: Link,
    pub system: Link,
    pub unit: Link,
    pub role: String,
    pub state: CodeView,
    /// The staff code of the user.
    pub staff: String,
    pub last_used: Option<DateView>,
    /// That this was after what asks that it be cancelled.
    pub late_use: Option<Link>,
    /// The last audit that looked at it, with its day as text.
    pub looked_at: Option<LookView>,
    pub password_changed: Option<DateView>,
    /// Rules that must hold at any time and do not, or of which it cannot be told.
    pub failing_checks: usize,
    /// Its occurrence that is due next, or overdue.
    pub next: Option<NextDue>,
}

/// The last audit that looked at an account.
#[derive(Clone, Debug, Serialize)]
pub struct LookView {
    pub on: DateView,
    pub audit: Link,
    /// It names the person or the account; otherwise it is one of the unit as a whole.
    pub is_own: bool,
}

/// What is to be done next.
#[derive(Clone, Debug, Serialize)]
pub struct NextDue {
    pub due: DueOn,
    pub status: StatusView,
    pub obligation: String,
    pub href: String,
}

/// A unit's use of a system.
#[derive(Clone, Debug, Serialize)]
pub struct UseRow {
    pub link: Link,
    pub from: DateView,
    pub until: Option<DateView>,
}

impl<'a> PageCtx<'a> {
    /// Whether what is planned for `day` has come by the as-of date.
    pub fn has_come(&self, day: Day) -> bool {
        day <= self.site.assessment.as_of
    }

    /// A day that was agreed, once it has come.
    pub fn past(&self, day: Option<Day>) -> Option<DateView> {
        day.filter(|day| self.has_come(*day)).map(DateView::new)
    }

    /// The word for `code` in a section of the words; the code itself if there is none.
    pub fn word(&self, section: &str, code: &str) -> String {
        self.site.words.find(&format!("{section}.{code}")).unwrap_or(code).to_owned()
    }

    /// A code with its word.
    pub fn code(&self, section: &str, code: &str) -> CodeView {
        CodeView { code: code.to_owned(), label: self.word(section, code), rank: rank(code) }
    }

    /// A number with its unit: 「334 件」.
    pub fn amount(
        &self,
        number: Option<u64>,
        duty: Id<Obligation>,
        measure: &str,
    ) -> Option<String> {
        let duty = &self.site.model.obligations[duty];
        let unit = counter::of_duty(&self.site.words, duty, measure);
        number.map(|number| format!("{} {unit}", grouped(number)))
    }

    /// A link to an agency, by its short name.
    pub fn agency(&self, id: Id<Agency>) -> Link {
        self.link(Route::Agency(id), &self.site.model.agencies[id].short)
    }

    /// A link to the agency that answers for a scope; `None` if the scope is the agency.
    pub fn agency_of(&self, scope: Scope) -> Option<Link> {
        let agency = self.site.model.scope_agency(scope);
        (scope != Scope::Agency(agency)).then(|| self.agency(agency))
    }

    /// A link to a unit, by its short name.
    pub fn unit(&self, id: Id<Unit>) -> Link {
        self.link(Route::Unit(id), &self.site.model.units[id].short)
    }

    /// A link to a system, by its short name.
    pub fn system(&self, id: Id<System>) -> Link {
        self.link(Route::System(id), &self.site.model.systems[id].short)
    }

    /// A link to a post, by its title.
    pub fn post(&self, id: Id<Post>) -> Link {
        self.link(Route::Post(id), &self.site.model.posts[id].title)
    }

    /// Links to posts.
    pub fn posts(&self, ids: &[Id<Post>]) -> Vec<Link> {
        ids.iter().map(|id| self.post(*id)).collect()
    }

    /// A person as the site names people.
    pub fn person(&self, id: Id<Person>, name: Option<&String>) -> PersonView {
        let model = &self.site.model;
        let in_full = model.settings.show_names;
        PersonView {
            staff: model.staff(id).to_owned(),
            name: name.map(|name| shown_name(name, in_full)),
        }
    }

    /// An approval.
    pub fn approved(&self, approval: Approval) -> ApprovalView {
        ApprovalView { on: DateView::new(approval.on), by: self.post(approval.by) }
    }

    /// An approval, if there is one.
    pub fn approval(&self, approval: Option<Approval>) -> Option<ApprovalView> {
        approval.map(|approval| self.approved(approval))
    }

    /// What the author added to a record.
    pub fn remarks(&self, fields: &Group) -> Remarks {
        let attributes = fields.group("attributes").into_iter().flat_map(|group| &group.entries);
        Remarks {
            note: fields.maybe_string("note"),
            attributes: attributes
                .map(|(name, value)| (self.word("attribute", &name.value), self.value(value)))
                .collect(),
            place: self.place(fields),
        }
    }

    /// Where a record stands, and where it is edited.
    pub fn place(&self, fields: &Group) -> Place {
        let text = self.site.source(fields);
        Place { text, href: self.site.edit_address(fields.span) }
    }

    /// A single value in words; empty for lists and mappings.
    pub fn value(&self, value: &Value) -> String {
        match &value.data {
            Data::Text(text) => text.clone(),
            Data::Date(day) => sentence::date(*day),
            Data::Period(period) => sentence::period(&self.site.words, *period),
            Data::Count(count) => grouped(*count),
            Data::Rate(rate) => rate.to_string(),
            Data::Length(length) => sentence::length(&self.site.words, *length),
            Data::Instant(at) => sentence::instant(*at),
            Data::Flag(flag) => self.word("flag", if *flag { "yes" } else { "no" }),
            _ => String::new(),
        }
    }

    /// Which term an act was done for, linked to the occurrence it answers.
    pub fn answered(&self, period: AuditPeriod, answers: Option<OccurrenceId>) -> MaybeLink {
        let occurrence = answers.map(|id| self.site.assessment.occurrence(id));
        let text = match (period, occurrence) {
            (AuditPeriod::Period(period), _) => sentence::period(&self.site.words, period),
            (AuditPeriod::ByDay, Some(occurrence)) => self.term(occurrence.term),
            (AuditPeriod::ByDay, None) => self.word("audit", "by_day"),
        };
        MaybeLink { href: answers.map(|id| self.href(Route::Occurrence(id))), text }
    }

    /// An audit as a row.
    pub fn audit_row(&self, id: Id<Audit>) -> AuditRow {
        let (model, assessment) = (&self.site.model, &self.site.assessment);
        let audit = &model.audits[id];
        let answers = assessment.of_audit(id);
        AuditRow {
            link: self.audit(id),
            on: DateView::timed(audit.done_on, audit.done_at),
            obligation: self.obligation(audit.obligation),
            regulation: self.regulation(model.obligations[audit.obligation].regulation),
            scope: self.scope(audit.scope),
            term: self.answered(audit.period, answers),
            opens: answers
                .map_or_else(String::new, |id| assessment.occurrence(id).opens.to_string()),
            status: answers.map(|id| self.status(assessment.occurrence(id).status)),
            result: self.code("audit_result", result_code(audit)),
            findings: audit.findings.len(),
        }
    }

    /// A submission as a row.
    pub fn submission_row(&self, id: Id<Submission>) -> SubmissionRow {
        let sent = &self.site.model.submissions[id];
        SubmissionRow {
            link: self.submission(id),
            on: DateView::timed(sent.sent_on, sent.sent_at),
            to: self.party(sent.to),
            document: sent.document.clone(),
            obligation: self.obligation(sent.obligation),
            scope: self.scope(sent.scope),
            term: self.answered(sent.period, self.site.assessment.of_submission(id)),
        }
    }

    /// A finding as a row.
    pub fn finding_row(&self, id: Id<Finding>) -> FindingRow {
        let model = &self.site.model;
        let finding = &model.findings[id];
        let audit = &model.audits[finding.audit];
        let is_open = finding.is_open_on(self.site.assessment.as_of);
        FindingRow {
            link: self.link(Route::Finding(id), &finding.title),
            grade: self.grade(finding),
            state: self.finding_state(finding),
            regulation: self.regulation(model.obligations[audit.obligation].regulation),
            scope: self.scope(audit.scope),
            found_on: DateView::timed(finding.found_on, finding.found_at),
            due: finding.due.map(|due| self.due(due, is_open)),
            closed_on: finding.closed_on.map(DateView::new),
            age: (self.site.assessment.as_of - finding.found_on).num_days(),
            owner: finding.owner.map(|owner| self.post(owner)),
            concerns: self.concerns(id),
        }
    }

    /// What is doubtful about how a finding was mended, in words.
    pub fn concerns(&self, id: Id<Finding>) -> Vec<String> {
        let concerns = self.site.assessment.concerns(id).iter();
        concerns.map(|concern| self.word("concern", concern.as_str())).collect()
    }

    /// Whether a finding is closed, open, or open after its deadline.
    pub fn finding_state(&self, finding: &Finding) -> CodeView {
        let state = FindingState::of(finding, self.site.assessment.as_of);
        self.code("finding_state", state.as_str())
    }

    /// How grave a finding is, in the site's own word if it has one.
    pub fn grade(&self, finding: &Finding) -> CodeView {
        let label = self.word("grade", &self.site.model.grade_names[finding.grade_name].slug);
        CodeView { label, ..self.code("grade", finding.grade.as_str()) }
    }

    /// At most so many of the open findings among `ids`, most severe, then oldest first; and
    /// how many there are.
    pub fn open_findings(
        &self,
        ids: impl IntoIterator<Item = Id<Finding>>,
        most: usize,
    ) -> (Vec<FindingRow>, usize) {
        let open = ranking::open_findings(&self.site.model, ids, self.site.assessment.as_of);
        let rows = open.iter().take(most).map(|id| self.finding_row(*id));
        (rows.collect(), open.len())
    }

    /// A piece of evidence as a row.
    pub fn evidence_row(&self, id: Id<Evidence>) -> EvidenceRow {
        let evidence = &self.site.model.evidence[id];
        let file = evidence.file.as_ref();
        EvidenceRow {
            link: self.link(Route::Evidence(id), &evidence.title),
            form: self.form(evidence.form),
            on: DateView::timed(evidence.received_on, evidence.received_at),
            document: evidence.document.clone(),
            bytes: file.map(|file| file.size),
            kilobytes: file.map(|file| file.size.div_ceil(1024)),
            format: file.map(|file| file.format()),
            used_by: evidence.used_by.len(),
        }
    }

    /// Evidence as rows, in order.
    pub fn evidence_rows(&self, ids: &[Id<Evidence>]) -> Vec<EvidenceRow> {
        ids.iter().map(|id| self.evidence_row(*id)).collect()
    }

    /// An account as a row.
    pub fn account_row(&self, id: Id<Account>) -> AccountRow {
        let account = &self.site.model.accounts[id];
        AccountRow {
            link: self.account(id),
            system: self.system(account.system),
            unit: self.unit(account.unit),
            role: self.role(account.role).text,
            state: self.account_state(account),
            staff: self.site.model.staff(account.person).to_owned(),
            last_used: account.last_used_on.map(DateView::new),
            late_use: self.late_use(id),
            looked_at: self.site.facts.last_audits.of_account(&self.site.model, id).map(|look| {
                LookView {
                    on: DateView::new(look.on),
                    audit: self.audit(look.audit),
                    is_own: look.is_own,
                }
            }),
            password_changed: account.password_changed.last().map(|day| DateView::new(*day)),
            failing_checks: {
                let checks =
                    self.site.assessment.checks_of_record(RecordRef::Scope(Scope::Account(id)));
                checks.filter(|check| check.verdict != CheckVerdict::Holds).count()
            },
            next: self.next_due(self.site.assessment.of_scope(Scope::Account(id))),
        }
    }

    /// What is due first of what is still to be done.
    pub fn next_due(&self, ids: &[OccurrenceId]) -> Option<NextDue> {
        let of = |id: &OccurrenceId| -> &'a Occurrence { self.site.assessment.occurrence(*id) };
        let waits = |id: &&OccurrenceId| of(id).status.is_waited_for();
        let id = ids.iter().filter(waits).min_by_key(|id| (of(id).due, **id))?;
        Some(NextDue {
            due: self.due_of(of(id)),
            status: self.status(of(id).status),
            obligation: self.site.model.obligations[of(id).obligation].title.clone(),
            href: self.href(Route::Occurrence(*id)),
        })
    }

    /// Whether an account is valid, suspended or cancelled.
    pub fn account_state(&self, account: &Account) -> CodeView {
        self.code("account_state", AccountState::of(account, self.site.assessment.as_of).as_str())
    }

    /// The systems a unit uses or used.
    pub fn uses(&self, unit: Id<Unit>) -> Vec<UseRow> {
        let uses = self.site.model.units[unit].uses.iter();
        uses.map(|used| UseRow {
            link: self.system(used.system),
            from: DateView::new(used.from),
            until: self.past(used.until),
        })
        .collect()
    }

    /// Whether a unit uses a system, or did.
    pub fn is_used_by(&self, system: Id<System>, unit: Id<Unit>) -> bool {
        let mut uses = self.site.model.units[unit].uses.iter();
        uses.any(|used| used.system == system)
    }

    /// Occurrences as rows, worst and then earliest due first; at most `limit` of them.
    pub fn worst_first(&self, mut ids: Vec<OccurrenceId>, limit: usize) -> Vec<OccurrenceRow> {
        let of = |id: &OccurrenceId| -> &'a Occurrence { self.site.assessment.occurrence(*id) };
        ids.sort_by_key(|id| (of(id).status, of(id).due, *id));
        ids.into_iter().take(limit).map(|id| self.row(id)).collect()
    }

    /// The pages above the page of a scope: its agency, and its unit if it lies in one.
    pub fn above_scope(&self, scope: Scope) -> Vec<Link> {
        let model = &self.site.model;
        let mut above = vec![self.link(Route::Agencies, self.word("menu", "agencies"))];
        if !matches!(scope, Scope::Agency(_)) {
            above.push(self.agency(model.scope_agency(scope)));
        }
        let unit = model.scope_unit(scope).filter(|unit| scope != Scope::Unit(*unit));
        above.extend(unit.map(|unit| self.unit(unit)));
        above
    }
}

/// What came of an audit, as a code.
pub fn result_code(audit: &Audit) -> &'static str {
    match audit.anomaly {
        Some(true) => "anomaly",
        Some(false) => "clean",
        None => "not_recorded",
    }
}

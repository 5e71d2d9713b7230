//! Know: a [`Model`] and a day become [`Known`]: the model as it could be known on that day. What
//! was done, found, filed or decided later is absent – rows, dated fields, and the links to them –
//! so that no stage behind this has to remember to leave it out, or could show it by mistake.
//!
//! A record is known from the day of the act it records (for papers: the day they were filed; for
//! the use of a month: its last day). What is planned is known before its day: an event from
//! `known_on`, an account from its application, the end of a contract, a deadline. A post, account,
//! contractor or register entry that begins later is known too as soon as a known record names it.
//! Texts of law and rules are not cut: which of them holds is a question of its own.

mod fields;
mod named;

use std::ops::Deref;
use std::sync::Arc;

use self::fields::{cut_fields, dangles, has_later, prune_fields};
use self::named::{NamedRows, of_destruction};
use super::account::Pledge;
use super::{Account, Entry, Evidence, EvidenceUser, Id, Model, Post, Scope, Table, Unit};
use crate::record::kinds::{Kind, own_kind};
use crate::record::value::{Data, Group, Value};
use crate::source::Spanned;
use crate::time::Day;

/// The model as of a day.
#[derive(Clone, Debug)]
pub struct Known {
    model: Model,
    /// Of which it is a cut: for earlier days only, when what somebody recorded later was not yet
    /// in the place of what followed from other records.
    whole: Arc<Model>,
    as_of: Day,
}

impl Deref for Known {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.model
    }
}

impl Known {
    /// The only today there is.
    pub fn as_of(&self) -> Day {
        self.as_of
    }

    /// What was known on an earlier day.
    pub fn earlier(&self, day: Day) -> Self {
        assert!(day <= self.as_of, "nothing is known of {day} on {}", self.as_of);
        Self::cut(Arc::clone(&self.whole), day)
    }

    fn cut(whole: Arc<Model>, day: Day) -> Self {
        let mut model = Model::clone(&whole);
        cut_acts(&mut model, day);
        cut_holders(&mut model, day);
        prune_links(&mut model);
        prune_lists(&mut model);
        Self { model, whole, as_of: day }
    }
}

impl Model {
    /// What is known on `day`.
    pub fn known_on(&self, day: Day) -> Known {
        Known::cut(Arc::new(self.clone()), day)
    }
}

/// Takes away what happened later, and from what remains the fields of later days.
fn cut_acts(model: &mut Model, day: Day) {
    let Model {
        audits, submissions, trainings, usage, waivers, events, findings, evidence, ..
    } = model;
    audits.retain(|_, audit| audit.done_on <= day);
    submissions.retain(|_, sent| sent.sent_on <= day);
    trainings.retain(|_, training| training.on <= day);
    usage.retain(|_, row| row.month.last_day() <= day);
    waivers.retain(|_, waiver| waiver.approved.on <= day);
    events.retain(|_, event| {
        event.known_on <= day && event.replaced_on.is_none_or(|recorded| day < recorded)
    });
    findings.retain(|_, finding| finding.found_on <= day && audits.has(finding.audit));
    evidence.retain(|_, one| one.received_on <= day);

    let late = |on: Option<Day>| on.is_some_and(|on| on > day);
    audits.change(
        |audit| has_later(&audit.fields, day),
        |audit| {
            audit.approved = audit.approved.filter(|approval| approval.on <= day);
            audit.destroyed = audit.destroyed.filter(|destroyed| destroyed.on <= day);
            cut_fields(own_kind("audit"), &mut audit.fields, day);
        },
    );
    submissions.change(
        |sent| has_later(&sent.fields, day),
        |sent| {
            sent.approved = sent.approved.filter(|approval| approval.on <= day);
            sent.authority = sent.authority.take().filter(|approval| approval.on <= day);
            sent.destroyed = sent.destroyed.filter(|destroyed| destroyed.on <= day);
            cut_fields(own_kind("submission"), &mut sent.fields, day);
        },
    );
    usage.change(
        |row| has_later(&row.fields, day),
        |row| {
            row.destroyed = row.destroyed.filter(|destroyed| destroyed.on <= day);
            cut_fields(own_kind("usage"), &mut row.fields, day);
        },
    );
    trainings.change(
        |training| has_later(&training.fields, day),
        |training| {
            training.destroyed = training.destroyed.filter(|destroyed| destroyed.on <= day);
            cut_fields(own_kind("training"), &mut training.fields, day);
        },
    );
    waivers.change(
        |waiver| has_later(&waiver.fields, day),
        |waiver| {
            waiver.destroyed = waiver.destroyed.filter(|destroyed| destroyed.on <= day);
            cut_fields(own_kind("waiver"), &mut waiver.fields, day);
        },
    );
    events.change(
        // An event that follows from another has its answers, and no record of its own.
        |event| event.follows.is_some() || has_later(&event.fields, day),
        |event| {
            event.answers.retain(|answer| answer.on <= day);
            for answer in &mut event.answers {
                answer.approved = answer.approved.filter(|approval| approval.on <= day);
                answer.authority = answer.authority.take().filter(|approval| approval.on <= day);
            }
            event.destroyed = event.destroyed.filter(|destroyed| destroyed.on <= day);
            cut_fields(own_kind("event"), &mut event.fields, day);
        },
    );
    findings.change(
        |finding| has_later(&finding.fields, day),
        |finding| {
            finding.verified = finding.verified.filter(|check| check.on <= day);
            finding.explanation = finding.explanation.take().filter(|said| said.on <= day);
            finding.reports.retain(|said| said.on <= day);
            finding.closed_on = finding.closed_on.filter(|closed| *closed <= day);
            finding.destroyed = finding.destroyed.filter(|destroyed| destroyed.on <= day);
            for action in &mut finding.actions {
                action.done_on = action.done_on.filter(|done| *done <= day);
            }
            cut_fields(own_kind("finding"), &mut finding.fields, day);
        },
    );
    evidence.change(
        |one| late(one.destroyed.map(|destroyed| destroyed.on)),
        |one| {
            one.destroyed = None;
            cut_fields(own_kind("evidence"), &mut one.fields, day);
        },
    );
}

/// Takes away whom nobody knows yet – posts, accounts, contractors, entries – and from all that
/// duties are laid on the fields of later days.
fn cut_holders(model: &mut Model, day: Day) {
    let Model { agencies, units, systems, posts, accounts, contractors, entries, .. } = model;
    agencies.change(
        |row| has_later(&row.fields, day),
        |row| cut_fields(own_kind("agency"), &mut row.fields, day),
    );
    systems.change(
        |row| has_later(&row.fields, day),
        |row| cut_fields(own_kind("system"), &mut row.fields, day),
    );
    units.change(
        |unit| has_later(&unit.fields, day),
        |unit| {
            unit.uses.retain(|used| used.from <= day);
            cut_fields(own_kind("unit"), &mut unit.fields, day);
        },
    );
    posts.change(
        |row| has_later(&row.fields, day),
        |row| cut_fields(own_kind("post"), &mut row.fields, day),
    );
    contractors.change(
        |row| has_later(&row.fields, day),
        |row| {
            row.agreement = row.agreement.filter(|agreement| agreement.signed_on <= day);
            row.destroyed = row.destroyed.filter(|destroyed| destroyed.on <= day);
            cut_fields(own_kind("contractor"), &mut row.fields, day);
        },
    );
    entries.change(
        |row| has_later(&row.fields, day),
        |row| {
            row.destroyed = row.destroyed.filter(|destroyed| destroyed.on <= day);
            cut_fields(row.kind, &mut row.fields, day);
        },
    );
    accounts.change(|row| has_later(&row.fields, day), |row| cut_account(row, day));

    let named = NamedRows::of_acts(model);
    let Model { posts, accounts, contractors, entries, .. } = model;
    entries.retain(|id, entry| entry.since <= day || named.has(Scope::Entry(id)));
    contractors.retain(|id, row| row.from <= day || named.has(Scope::Contractor(id)));
    accounts.retain(|id, account| {
        account.opened_on <= day || account.application.is_some() || named.has(Scope::Account(id))
    });
    let mut named_posts = named.posts;
    for (_, account) in accounts.iter() {
        let form = account.application.as_ref();
        named_posts.extend(form.and_then(|form| form.approved_by));
        named_posts.extend(of_destruction(account.destroyed));
    }
    for (_, entry) in entries.iter() {
        named_posts.extend(of_destruction(entry.destroyed));
    }
    for (_, contractor) in contractors.iter() {
        named_posts.extend(of_destruction(contractor.destroyed));
    }
    posts.retain(|id, post| post.from.is_none_or(|from| from <= day) || named_posts.contains(&id));
}

fn cut_account(account: &mut Account, day: Day) {
    let come = |on: &Day| *on <= day;
    account.application = account.application.take().filter(|form| form.applied_on <= day);
    if let Some(form) = &mut account.application
        && form.approved_on.is_some_and(|on| on > day)
    {
        form.approved_on = None;
        form.approved_by = None;
    }
    account.pledge = account.pledge.filter(|pledge| pledge.signed_on <= day);
    account.suspended_on = account.suspended_on.filter(come).or_else(|| suspended(account, day));
    account.cancelled_on = account.cancelled_on.filter(come);
    account.password_changed.retain(come);
    account.destroyed = account.destroyed.filter(|destroyed| destroyed.on <= day);
    if let Some(on) = account.suspended_on
        && account.fields.get("suspended_on").is_none()
    {
        let span = account.fields.span;
        let (key, value) = (Spanned::new("suspended_on".to_owned(), span), Data::Date(on));
        let written = Arc::make_mut(&mut account.fields);
        written.entries.push((key, Value { span, data: value }));
    }
    cut_fields(own_kind("account"), &mut account.fields, day);
    account.read_again();
}

/// Since when an account was suspended on a day before it was reactivated: the record of an account
/// that is in use again has no `suspended_on`, but says it under `reactivation`.
fn suspended(account: &Account, day: Day) -> Option<Day> {
    let all = account.fields.entries.iter().filter(|(key, _)| key.value == "reactivation");
    let later = all.filter_map(|(_, value)| match &value.data {
        Data::Group(one) => Some((one.date("suspended_on")?, one.date("on")?)),
        _ => None,
    });
    later.filter(|(from, until)| *from <= day && day < *until).map(|(from, _)| from).next()
}

/// Takes the links to absent rows out of those that are there.
fn prune_links(model: &mut Model) {
    let there = model.clone();
    let lacks = |ids: &[Id<Evidence>]| ids.iter().any(|id| !there.evidence.has(*id));
    let prune = |kind: &'static Kind, fields: &mut Arc<Group>| prune_fields(&there, kind, fields);
    let has = |id: &Id<Evidence>| there.evidence.has(*id);
    model.audits.change(
        |row| lacks(&row.evidence),
        |row| {
            row.evidence.retain(has);
            prune(own_kind("audit"), &mut row.fields);
        },
    );
    model.submissions.change(
        |row| lacks(&row.evidence) || row.audits.iter().any(|id| !there.audits.has(*id)),
        |row| {
            row.evidence.retain(has);
            row.audits.retain(|id| there.audits.has(*id));
            prune(own_kind("submission"), &mut row.fields);
        },
    );
    model.trainings.change(
        |row| lacks(&row.evidence),
        |row| {
            row.evidence.retain(has);
            prune(own_kind("training"), &mut row.fields);
        },
    );
    model.waivers.change(
        |row| lacks(&row.evidence),
        |row| {
            row.evidence.retain(has);
            prune(own_kind("waiver"), &mut row.fields);
        },
    );
    model.events.change(
        |row| {
            row.finding.is_some_and(|id| !there.findings.has(id))
                || row.answers.iter().any(|answer| lacks(&answer.evidence))
        },
        |row| {
            row.finding = row.finding.filter(|id| there.findings.has(*id));
            for answer in &mut row.answers {
                answer.evidence.retain(has);
            }
            prune(own_kind("event"), &mut row.fields);
        },
    );
    model.findings.change(
        |row| {
            lacks(&row.evidence)
                || row.owner.is_some_and(|id| !there.posts.has(id))
                || row.account.is_some_and(|id| !there.accounts.has(id))
                || row.repeats.is_some_and(|id| !there.findings.has(id))
                || row.actions.iter().any(|it| it.by.is_some_and(|id| !there.posts.has(id)))
        },
        |row| {
            row.evidence.retain(has);
            row.owner = row.owner.filter(|id| there.posts.has(*id));
            row.account = row.account.filter(|id| there.accounts.has(*id));
            row.repeats = row.repeats.filter(|id| there.findings.has(*id));
            for action in &mut row.actions {
                action.by = action.by.filter(|id| there.posts.has(*id));
            }
            prune(own_kind("finding"), &mut row.fields);
        },
    );
    model.posts.change(
        |row| {
            let absent = |id: Id<Post>| !there.posts.has(id);
            row.deputy.is_some_and(absent) || row.acts_for.is_some_and(absent)
        },
        |row| {
            row.deputy = row.deputy.filter(|id| there.posts.has(*id));
            row.acts_for = row.acts_for.filter(|id| there.posts.has(*id));
            prune(own_kind("post"), &mut row.fields);
        },
    );
    let unproven = |pledge: &Option<Pledge>| {
        pledge.and_then(|pledge| pledge.evidence).is_some_and(|id| !there.evidence.has(id))
    };
    let without = |pledge: Pledge| Pledge { evidence: None, ..pledge };
    model.accounts.change(
        |row| unproven(&row.pledge),
        |row| {
            row.pledge = row.pledge.map(without);
            prune(own_kind("account"), &mut row.fields);
        },
    );
    model.contractors.change(
        |row| unproven(&row.agreement),
        |row| {
            row.agreement = row.agreement.map(without);
            prune(own_kind("contractor"), &mut row.fields);
        },
    );
    let dangles = |row: &Entry| dangles(&there, &row.fields, row.kind.fields);
    model.entries.change(dangles, |row| prune(row.kind, &mut row.fields));
}

/// Takes the rows that are absent, or do not name it any more, out of what knows its users.
fn prune_lists(model: &mut Model) {
    let there = model.clone();
    fn lacks<T>(table: &Table<T>, ids: &[Id<T>]) -> bool {
        ids.iter().any(|id| !table.has(*id))
    }
    let Model { posts, findings, accounts, audits, .. } = &there;
    model.agencies.change(
        |row| lacks(posts, &row.posts) || lacks(findings, &row.findings),
        |row| {
            row.posts.retain(|id| posts.has(*id));
            row.findings.retain(|id| findings.has(*id));
        },
    );
    model.units.change(
        |row| {
            lacks(accounts, &row.accounts)
                || lacks(&there.usage, &row.usage)
                || lacks(findings, &row.findings)
        },
        |row| {
            row.accounts.retain(|id| accounts.has(*id));
            row.usage.retain(|id| there.usage.has(*id));
            row.findings.retain(|id| findings.has(*id));
        },
    );
    for id in there.systems.ids() {
        let uses = |unit: &Id<Unit>| there.units[*unit].uses.iter().any(|used| used.system == id);
        let row = &there.systems[id];
        if row.units.iter().all(uses)
            && !lacks(accounts, &row.accounts)
            && !lacks(&there.contractors, &row.contractors)
        {
            continue;
        }
        model.systems.change_row(id, |row| {
            row.units.retain(uses);
            row.accounts.retain(|id| accounts.has(*id));
            row.contractors.retain(|id| there.contractors.has(*id));
        });
    }
    model.posts.change(
        |row| {
            lacks(audits, &row.audits)
                || lacks(&there.trainings, &row.trainings)
                || row.findings.iter().any(|id| !findings.has(*id))
        },
        |row| {
            row.audits.retain(|id| audits.has(*id));
            row.trainings.retain(|id| there.trainings.has(*id));
            row.findings.retain(|id| findings.has(*id));
        },
    );
    model.accounts.change(
        |row| lacks(findings, &row.findings),
        |row| row.findings.retain(|id| findings.has(*id)),
    );
    model.audits.change(
        |row| lacks(findings, &row.findings) || lacks(&there.submissions, &row.submissions),
        |row| {
            row.findings.retain(|id| findings.has(*id));
            row.submissions.retain(|id| there.submissions.has(*id));
        },
    );
    model.findings.change(
        |row| lacks(&there.events, &row.events) || lacks(findings, &row.repeated_by),
        |row| {
            row.events.retain(|id| there.events.has(*id));
            row.repeated_by.retain(|id| findings.has(*id));
        },
    );
    let uses = |user: &EvidenceUser| match *user {
        EvidenceUser::Audit(id) => audits.has(id),
        EvidenceUser::Submission(id) => there.submissions.has(id),
        EvidenceUser::Training(id) => there.trainings.has(id),
        EvidenceUser::Finding(id) => findings.has(id),
        EvidenceUser::Account(id) => accounts.has(id) && accounts[id].pledge.is_some(),
        EvidenceUser::Contractor(id) => {
            there.contractors.has(id) && there.contractors[id].agreement.is_some()
        }
        EvidenceUser::Waiver(id) => there.waivers.has(id),
        EvidenceUser::Event(id) => there.events.has(id),
    };
    model.evidence.change(|row| !row.used_by.iter().all(uses), |row| row.used_by.retain(uses));
    // What was done about an event, and the paper of it, may come after the event.
    for id in there.evidence.ids() {
        let names_it = |user: &EvidenceUser| match *user {
            EvidenceUser::Event(event) if there.events.has(event) => {
                there.events[event].answers.iter().any(|answer| answer.evidence.contains(&id))
            }
            _ => true,
        };
        if !model.evidence[id].used_by.iter().all(names_it) {
            model.evidence.change_row(id, |row| row.used_by.retain(names_it));
        }
    }
}

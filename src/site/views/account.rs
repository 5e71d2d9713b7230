//! One account: its life from application to destruction of its papers, and what is laid on it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::conduct::{AdviceLine, advice};
use super::duties_of_scope::{DutiesOfScope, duties_of_scope};
use super::kept::KeptView;
use super::parts::{DateView, Link, PageCtx};
use super::records::{CodeView, FindingRow, PersonView, Remarks};
use super::timeline::{Kind, Timeline, TimelineView};
use super::{Frame, View};
use crate::assess::{Act, CheckVerdict, KeptRecord, RecordRef, Status, Term};
use crate::facts::LateUse;
use crate::model::{Account, Form, FormKind, Id, Named, Scope};
use crate::site::Site;
use crate::site::route::Route;

/// What `account.html` shows.
#[derive(Debug, Serialize)]
struct AccountView {
    id: String,
    in_future: bool,
    state: CodeView,
    person: PersonView,
    role: String,
    system: Link,
    unit: Link,
    agency: Link,
    last_used: Option<DateView>,
    /// That this was after what asks that it be cancelled.
    late_use: Option<Link>,
    life: Option<TimelineView>,
    /// What the record says nothing of: the application, its approval, the pledge.
    gaps: Vec<String>,
    /// What may be done about it (得).
    advice: Vec<AdviceLine>,
    duties_of_scope: DutiesOfScope,
    findings: Vec<FindingRow>,
    kept: Option<KeptView>,
    remarks: Remarks,
}

/// Makes the page of an account.
pub fn view(site: &Site, id: Id<Account>) -> View {
    let route = Route::Account(id);
    let here = PageCtx::new(site, route);
    let account = &site.model.accounts[id];
    let scope = Scope::Account(id);
    let approved = account.application.as_ref().and_then(|form| form.approved_on);
    let gaps = [
        ("application", account.application.is_some()),
        ("approval", approved.is_some()),
        ("pledge", account.pledge.is_some()),
    ];
    let in_future = !here.has_come(account.opened_on);
    let gaps = gaps.into_iter().filter(|(_, there)| !there && !in_future);
    let view = AccountView {
        id: account.slug().to_owned(),
        in_future,
        state: here.account_state(account),
        person: here.person(account.person, account.display_name.as_ref()),
        role: here.role(account.role).text,
        system: here.system(account.system),
        unit: here.unit(account.unit),
        agency: here.agency(site.model.scope_agency(scope)),
        last_used: account.last_used_on.map(DateView::new),
        late_use: here.late_use(id),
        life: life(&here, id),
        gaps: gaps.map(|(part, _)| here.word("account_gap", part)).collect(),
        advice: advice(&here, scope),
        duties_of_scope: duties_of_scope(&here, scope),
        findings: account.findings.iter().map(|id| here.finding_row(*id)).collect(),
        kept: here.kept(KeptRecord::Account(id)),
        remarks: here.remarks(&account.fields),
    };
    let title = site
        .words
        .say("account.title", &[("name", &here.account(id).text), ("id", &account.slug())]);
    let above = vec![
        here.link(Route::Accounts, here.word("menu", "accounts")),
        here.agency(site.model.scope_agency(scope)),
        here.unit(account.unit),
    ];
    View::new("account.html", Frame::new(site, route, &title, above), view)
}

impl PageCtx<'_> {
    /// That an account was used after what asks that it be cancelled, with what is overdue.
    pub fn late_use(&self, id: Id<Account>) -> Option<Link> {
        let late = LateUse::of(&self.site.model, &self.site.assessment, id)?;
        let event = self.term(Term::Event(late.event));
        let values: &[(&str, &dyn std::fmt::Display)] = &[("event", &event), ("days", &late.days)];
        let said = self.site.words.say("account.late_use", values);
        Some(self.link(Route::Occurrence(late.occurrence), said))
    }
}

fn life(here: &PageCtx, id: Id<Account>) -> Option<TimelineView> {
    let model = &here.site.model;
    let account = &model.accounts[id];
    let mut life = Timeline::new(here);
    if let Some(form) = &account.application {
        if let Some(step) = life.came(Some(form.applied_on), "applied") {
            step.document.clone_from(&form.document);
        }
        if let Some(step) = life.answered(form.approved_on, "approved") {
            step.by = form.approved_by.map(|post| here.post(post));
        }
    }
    if let Some(pledge) = account.pledge
        && let Some(step) = life.came(Some(pledge.signed_on), "pledged")
    {
        let title = |id| here.link(Route::Evidence(id), &model.evidence[id].title);
        step.link = pledge.evidence.map(title);
    }
    life.answered(Some(account.opened_on), "opened");
    for day in &account.password_changed {
        life.came(Some(*day), "password_changed");
    }
    forms(&mut life, &account.forms);
    life.came(account.suspended_on, "suspended");
    life.answered(account.cancelled_on, "cancelled");
    if let Some(destroyed) = account.destroyed
        && let Some(step) = life.came(Some(destroyed.on), "destroyed")
    {
        step.by = destroyed.approved_by.map(|post| here.post(post));
    }
    for id in &account.findings {
        let finding = &model.findings[*id];
        if let Some(step) = life.told(Some(finding.found_on), here.word("life", "found"), Kind::Bad)
        {
            step.link = Some(here.link(Route::Finding(*id), &finding.title));
        }
    }
    if let Some(late) = here.late_use(id) {
        life.told(account.last_used_on, late.text, Kind::Bad);
    }
    duties(here, id, &mut life);
    audits(here, account, &mut life);
    // Since when is not known: what is told is that it is so on the day.
    for check in here.site.assessment.checks_of_record(RecordRef::Scope(Scope::Account(id))) {
        if check.verdict == CheckVerdict::Breached {
            let today = Some(here.site.assessment.as_of);
            if let Some(step) = life.told(today, here.word("life", "breached"), Kind::Bad) {
                step.link = Some(here.obligation(check.obligation));
            }
        }
    }
    if let Some(kept) = here.site.assessment.kept(KeptRecord::Account(id))
        && let Some(until) = kept.governing().keep_until
        && kept.destroyed_on.is_none()
    {
        life.deadline(until, here.word("life", "keep_until"), false);
    }
    if here.has_come(account.opened_on) && account.cancelled_on.is_none() {
        if let Some(until) = account.valid_until {
            life.deadline(until, here.word("life", "valid_until"), true);
        }
        return life.line(true);
    }
    life.line(false)
}

/// Audits of its unit and its agency that looked at what its user did in the system.
fn audits(here: &PageCtx, account: &Account, life: &mut Timeline) {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let regulations = &model.systems[account.system].regulations;
    let unit = Scope::Unit(account.unit);
    for scope in [unit, Scope::Agency(model.scope_agency(unit))] {
        let acts =
            assessment.of_scope(scope).iter().flat_map(|id| &assessment.occurrence(*id).acts);
        for act in acts {
            let Act::Audit(id) = act else { continue };
            let audit = &model.audits[*id];
            let duty = &model.obligations[audit.obligation];
            let looked_at = audit.audited.contains(&account.person);
            if looked_at && regulations.contains(&duty.regulation) {
                let what = here.site.words.say("life.audited", &[("duty", &duty.title)]);
                if let Some(step) = life.told(Some(audit.done_on), what, Kind::Past) {
                    step.link = here.act(*act);
                }
            }
        }
    }
}

/// The forms of a change, a reactivation and a cancellation.
fn forms(life: &mut Timeline, forms: &[Form]) {
    for form in forms {
        let words = match form.kind {
            FormKind::Change => ["", "change_applied", "change_approved", "changed"],
            FormKind::Reactivation => {
                ["suspended", "reactivation_applied", "approved", "reactivated"]
            }
            FormKind::Cancellation => ["", "cancellation_applied", "cancellation_approved", ""],
        };
        if let Some(step) = life.came(form.applied_on, words[1]) {
            step.document.clone_from(&form.document);
        }
        life.came(form.suspended_on, words[0]);
        life.answered(form.approved_on, words[2]);
        life.answered(form.on, words[3]);
    }
}

/// What duties of the account itself bring into its life: events, audits, and what is waited for.
fn duties(here: &PageCtx, id: Id<Account>, life: &mut Timeline) {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let mut events = BTreeSet::new();
    for id in assessment.of_scope(Scope::Account(id)) {
        let occurrence = assessment.occurrence(*id);
        let duty = &model.obligations[occurrence.obligation].title;
        if let Term::Event(event) = occurrence.term {
            events.insert(event);
        }
        for act in &occurrence.acts {
            let day = act.day(model);
            match act {
                // It stands there by itself.
                Act::PasswordChange(_) => {}
                _ => {
                    if let Some(step) = life.told(Some(day), duty.clone(), Kind::Past) {
                        step.link = here.act(*act);
                    }
                }
            }
        }
        if occurrence.status.is_waited_for() {
            let what = here.site.words.say("life.due", &[("duty", duty)]);
            let missed = occurrence.status == Status::Overdue;
            let step = life.deadline(occurrence.due, what, missed);
            step.link = Some(here.link(Route::Occurrence(*id), here.term(occurrence.term)));
        }
    }
    for id in events {
        let event = &model.events[id];
        let name = here.event_kind(event.kind);
        if let Some(step) = life.told(Some(event.on), name, Kind::Past) {
            step.link = Some(here.event(id));
        }
    }
}

//! One account: its life from application to destruction of its papers, and what is laid on it.

use serde::Serialize;

use super::conduct::{AdviceLine, advice};
use super::kept::KeptView;
use super::laid_on::{LaidOn, laid_on};
use super::parts::{DateView, Here, Link};
use super::records::{CodeView, FindingRow, PersonView, Remarks};
use super::{Frame, View};
use crate::assess::KeptRecord;
use crate::model::{Account, Id, Named, Scope};
use crate::site::Site;
use crate::site::route::Route;
use crate::time::Day;

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
    /// In the order of days.
    life: Vec<LifeEvent>,
    /// What the record says nothing of: the application, its approval, the pledge.
    gaps: Vec<String>,
    /// What may be done about it (得).
    advice: Vec<AdviceLine>,
    laid_on: LaidOn,
    findings: Vec<FindingRow>,
    kept: Option<KeptView>,
    remarks: Remarks,
}

/// One dated event of an account's life.
#[derive(Debug, Serialize)]
struct LifeEvent {
    on: DateView,
    what: String,
    by: Option<Link>,
    document: Option<String>,
    evidence: Option<Link>,
}

/// Makes the page of an account.
pub fn view(site: &Site, id: Id<Account>) -> View {
    let route = Route::Account(id);
    let here = Here::new(site, route);
    let account = &site.model.accounts[id];
    let scope = Scope::Account(id);
    let approved = account.application.as_ref().and_then(|form| form.approved_on);
    let gaps = [
        ("application", account.application.is_some()),
        ("approval", here.past(approved).is_some()),
        ("pledge", here.past(account.pledge.map(|pledge| pledge.signed_on)).is_some()),
    ];
    let in_future = !here.is_known(account.opened_on);
    let gaps = gaps.into_iter().filter(|(_, there)| !there && !in_future);
    let view = AccountView {
        id: account.slug().to_owned(),
        in_future,
        state: here.account_state(account),
        person: here.person(&account.staff, account.display_name.as_ref()),
        role: here.word("role", &account.role),
        system: here.system(account.system),
        unit: here.unit(account.unit),
        agency: here.agency(site.model.scope_agency(scope)),
        last_used: here.past(account.last_used_on),
        life: life(&here, account),
        gaps: gaps.map(|(part, _)| here.word("account_gap", part)).collect(),
        advice: advice(&here, scope),
        laid_on: laid_on(&here, scope),
        findings: account.findings.iter().filter_map(|id| here.finding_row(*id)).collect(),
        kept: here.kept(KeptRecord::Account(id)),
        remarks: here.remarks(&account.fields),
    };
    let title = site.words.say("account.title", &[("id", &account.slug())]);
    let above = vec![
        here.link(Route::Accounts, here.word("menu", "accounts")),
        here.agency(site.model.scope_agency(scope)),
        here.unit(account.unit),
    ];
    View::new("account.html", Frame::new(site, route, &title, above), view)
}

fn life(here: &Here, account: &Account) -> Vec<LifeEvent> {
    let mut life: Vec<(Day, LifeEvent)> = Vec::new();
    let mut add = |day: Option<Day>, word: &str, more: &dyn Fn(&mut LifeEvent)| {
        let Some(day) = day.filter(|day| here.is_known(*day)) else { return };
        let what = here.word("life", word);
        let on = DateView::new(day);
        let mut event = LifeEvent { on, what, by: None, document: None, evidence: None };
        more(&mut event);
        life.push((day, event));
    };
    let plain = |_: &mut LifeEvent| {};
    if let Some(form) = &account.application {
        add(Some(form.applied_on), "applied", &|event| event.document.clone_from(&form.document));
        add(form.approved_on, "approved", &|event| {
            event.by = form.approved_by.map(|post| here.post(post));
        });
    }
    if let Some(pledge) = account.pledge {
        add(Some(pledge.signed_on), "pledged", &|event| {
            event.evidence = pledge
                .evidence
                .map(|id| here.link(Route::Evidence(id), &here.site.model.evidence[id].title));
        });
    }
    add(Some(account.opened_on), "opened", &plain);
    for day in &account.password_changed {
        add(Some(*day), "password_changed", &plain);
    }
    add(account.suspended_on, "suspended", &plain);
    add(account.cancelled_on, "cancelled", &plain);
    if let Some(destroyed) = account.destroyed {
        add(Some(destroyed.on), "destroyed", &|event| {
            event.by = destroyed.approved_by.map(|post| here.post(post));
        });
    }
    life.sort_by_key(|(day, _)| *day);
    life.into_iter().map(|(_, event)| event).collect()
}

//! What must be kept and what may go: every kept record with the day and the rule. Logs of use are
//! drawn together by unit and system, papers whose time has not begun likewise, so that the tables
//! stay readable.

use std::fmt::Display;

use serde::Serialize;

use super::View;
use super::kept::KeptView;
use super::listing::{Listing, frame};
use super::parts::{DateView, Link, PageCtx};
use crate::assess::{KeptRecord, KeptState, RetentionStatus};
use crate::facts::breach;
use crate::model::{Id, Named, Obligation, Scope};
use crate::site::Site;
use crate::site::lists::{Filter, Item, List};
use crate::site::route::Route;
use crate::text::sentence;
use crate::time::{Day, roc_short};

/// What `retention.html` shows.
#[derive(Debug, Serialize)]
struct RetentionView {
    list: Listing,
    /// What is to be known of the state the list is of.
    note: Option<String>,
    empty: String,
    /// Records in the whole list; a row may stand for several.
    records: usize,
    /// A row may have been destroyed.
    has_destroyed: bool,
    rows: Vec<KeptRow>,
}

/// A record, or several of a unit that the same rule keeps.
#[derive(Debug, Serialize)]
pub struct KeptRow {
    kind: String,
    link: Link,
    /// What the row stands for besides its link: 「113年1月至113年9月（9個月）」.
    what: Option<String>,
    kept: KeptView,
    /// The row stands for one record, so that its rules have one day each.
    is_single: bool,
    /// The last of the days, if the row stands for records with different ones.
    last_keep_until: Option<DateView>,
}

/// Makes a page of a list of kept records.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let state = match list.filter {
        Filter::Code("kept_state", code) => Some(code),
        _ => None,
    };
    let place = |item: &Item| match item {
        Item::Kept(at) => Some(*at),
        _ => None,
    };
    let all = site.lists.every(list).iter().filter_map(place);
    let destroyed = breach::code(KeptState::Destroyed);
    let early = breach::code(KeptState::DestroyedTooEarly);
    let unknown = breach::code(KeptState::Unknown);
    let view = RetentionView {
        list: here.listing(list, page),
        note: state.map(|code| here.word("kept_note", code)),
        empty: here.word("kept_empty", state.unwrap_or("all")),
        records: all.map(|at| site.lists.kept[at].len()).sum(),
        has_destroyed: state.is_none_or(|code| [destroyed, early, unknown].contains(&code)),
        rows: here.items(list, page).iter().filter_map(place).map(|at| row(&here, at)).collect(),
    };
    View::new("retention.html", frame(site, list, page), view)
}

fn row(here: &PageCtx, at: usize) -> KeptRow {
    let (model, words) = (&here.site.model, &here.site.words);
    let members = &here.site.lists.kept[at];
    let kept = |at: usize| &here.site.assessment.retention[at];
    let (first, last) = (kept(members[0]), kept(members[members.len() - 1]));
    let (unit, system, what) = match first.record {
        KeptRecord::Usage(id) => {
            let usage = &model.usage[id];
            (usage.unit, usage.system, months(here, first, last, members.len()))
        }
        KeptRecord::Account(id) if first.governing().keep_until.is_none() => {
            let account = &model.accounts[id];
            let what = words.say("retention.accounts", &[("count", &members.len())]);
            (account.unit, account.system, what)
        }
        _ => return single(here, first),
    };
    let until = last.governing().keep_until;
    let last_until = until.filter(|day| Some(*day) != first.governing().keep_until);
    let name = words.say(
        "retention.use",
        &[("unit", &model.units[unit].name), ("system", &model.systems[system].short)],
    );
    KeptRow {
        kind: kept_kind(here, first.record),
        link: here.link(Route::Unit(unit), name),
        what: Some(what),
        kept: here.kept_view(first),
        is_single: false,
        last_keep_until: last_until.map(DateView::new),
    }
}

/// What papers of its kind are called; of entries, by their register.
fn kept_kind(here: &PageCtx, record: KeptRecord) -> String {
    here.word("kept_kind", record.kind(&here.site.model))
}

/// A record that stands for itself.
pub fn single(here: &PageCtx, kept: &RetentionStatus) -> KeptRow {
    let model = &here.site.model;
    let act = |duty: Id<Obligation>, scope: Scope, day: Day| {
        let title = &model.obligations[duty].title;
        let (scope, day) = (model.scope_name(scope), roc_short(day));
        let values = [("obligation", title as &dyn Display), ("scope", &scope), ("day", &day)];
        here.site.words.say("retention.audit", &values)
    };
    let (link, what) = match kept.record {
        KeptRecord::Audit(id) => {
            let audit = &model.audits[id];
            (here.audit(id), act(audit.obligation, audit.scope, audit.done_on))
        }
        KeptRecord::Submission(id) => {
            let sent = &model.submissions[id];
            (here.submission(id), act(sent.obligation, sent.scope, sent.sent_on))
        }
        KeptRecord::Finding(id) => {
            let finding = &model.findings[id];
            let audit = &model.audits[finding.audit];
            let link = here.link(Route::Finding(id), &finding.title);
            (link, act(audit.obligation, audit.scope, finding.found_on))
        }
        KeptRecord::Event(id) => {
            let what = model.scope_name(kept.scope).into_owned();
            (here.event(id), what)
        }
        KeptRecord::Training(id) => {
            let training = &model.trainings[id];
            (here.post(training.post), training.title.clone())
        }
        KeptRecord::Contractor(id) => {
            let contractor = &model.contractors[id];
            let link = here.link(Route::Contractor(id), &contractor.name);
            (link, model.agencies[contractor.agency].name.clone())
        }
        KeptRecord::Waiver(id) => {
            let waiver = &model.waivers[id];
            (here.waiver(id), act(waiver.obligation, waiver.scope, waiver.approved.on))
        }
        KeptRecord::Account(id) => {
            let account = &model.accounts[id];
            let what = here.site.words.say(
                "retention.use",
                &[
                    ("unit", &model.units[account.unit].name),
                    ("system", &model.systems[account.system].short),
                ],
            );
            (here.account(id), what)
        }
        KeptRecord::Entry(id) => {
            let entry = &model.entries[id];
            let unit = entry.unit.map_or("", |unit| model.units[unit].name.as_str());
            (here.entry(id), unit.to_owned())
        }
        KeptRecord::Evidence(id) => {
            let evidence = &model.evidence[id];
            (here.link(Route::Evidence(id), evidence.slug()), evidence.title.clone())
        }
        KeptRecord::Usage(id) => {
            let usage = &model.usage[id];
            let what = sentence::period(&here.site.words, usage.month);
            (here.unit(usage.unit), what)
        }
    };
    KeptRow {
        kind: kept_kind(here, kept.record),
        link,
        what: Some(what),
        kept: here.kept_view(kept),
        is_single: true,
        last_keep_until: None,
    }
}

/// 「113年1月至113年9月，9個月」.
fn months(here: &PageCtx, first: &RetentionStatus, last: &RetentionStatus, count: usize) -> String {
    let words = &here.site.words;
    let month = |kept: &RetentionStatus| match kept.record {
        KeptRecord::Usage(id) => sentence::period(words, here.site.model.usage[id].month),
        _ => String::new(),
    };
    words.say(
        "retention.months",
        &[("first", &month(first)), ("last", &month(last)), ("count", &count)],
    )
}

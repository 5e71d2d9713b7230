//! What must be kept and what may go: every kept record with the day and the rule. Logs of use are
//! drawn together by unit and system, papers whose time has not begun likewise, so that the tables
//! stay readable.

use std::collections::BTreeMap;

use serde::Serialize;

use super::kept::{KeptView, state_code};
use super::parts::{DateView, Here, Link};
use super::records::CodeView;
use super::{Frame, View};
use crate::assess::{Kept, KeptRecord, KeptState};
use crate::model::{Id, Model, Named, Obligation, System, Unit};
use crate::site::route::Route;
use crate::site::{Site, sentence};
use crate::time::{Day, roc_short};

/// What `retention.html` shows.
#[derive(Debug, Serialize)]
struct RetentionView {
    sections: Vec<Section>,
}

/// The records in one state.
#[derive(Debug, Serialize)]
struct Section {
    state: CodeView,
    note: String,
    empty: String,
    /// Records, not rows.
    count: usize,
    rows: Vec<Row>,
}

/// A record, or several of a unit that the same rule keeps.
#[derive(Debug, Serialize)]
struct Row {
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

/// The order of the sections.
const STATES: [KeptState; 5] = [
    KeptState::DestroyedTooEarly,
    KeptState::DestroyedUnapproved,
    KeptState::MayBeDestroyed,
    KeptState::Keep,
    KeptState::Destroyed,
];

/// Records that make one row: of a unit's use of a system, kept by the same rule.
type Group = (bool, Id<Unit>, Id<System>, Id<Obligation>);

/// Makes the page of retention.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Retention);
    let section = |state: KeptState| {
        let kept: Vec<&Kept> =
            site.assessment.retention.iter().filter(|kept| kept.state == state).collect();
        let code = state_code(state);
        Section {
            state: here.code("kept_state", code),
            note: here.word("kept_note", code),
            empty: here.word("kept_empty", code),
            count: kept.len(),
            rows: rows(&here, &kept),
        }
    };
    let view = RetentionView { sections: STATES.into_iter().map(section).collect() };
    let title = here.word("retention", "title");
    View::new("retention.html", Frame::new(site, Route::Retention, &title, Vec::new()), view)
}

fn rows(here: &Here, all: &[&Kept]) -> Vec<Row> {
    let model = &here.site.model;
    let mut groups: BTreeMap<Group, Vec<&Kept>> = BTreeMap::new();
    let mut rows: Vec<(Option<Day>, Row)> = Vec::new();
    for kept in all {
        let until = kept.governing().keep_until;
        match group(model, kept) {
            Some(group) => groups.entry(group).or_default().push(kept),
            None => rows.push((until, single(here, kept))),
        }
    }
    for ((is_usage, unit, system, _), mut members) in groups {
        members.sort_by_key(|kept| (kept.governing().keep_until, kept.record));
        let (first, last) = (members[0], members[members.len() - 1]);
        let (until, last_until) = (first.governing().keep_until, last.governing().keep_until);
        let what = if is_usage {
            months(here, first, last, members.len())
        } else {
            here.site.words.say("retention.accounts", &[("count", &members.len())])
        };
        let row = Row {
            kind: here.word("kept_kind", if is_usage { "usage" } else { "account" }),
            link: here.link(
                Route::Unit(unit),
                here.site.words.say(
                    "retention.use",
                    &[("unit", &model.units[unit].name), ("system", &model.systems[system].short)],
                ),
            ),
            what: Some(what),
            kept: here.kept_view(first),
            is_single: false,
            last_keep_until: last_until.filter(|day| Some(*day) != until).map(DateView::new),
        };
        rows.push((until, row));
    }
    // What has no day yet comes last.
    rows.sort_by_key(|(until, _)| until.unwrap_or(Day::MAX));
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Which row a record is drawn into; `None` if it has a row of its own.
fn group(model: &Model, kept: &Kept) -> Option<Group> {
    let rule = kept.governing();
    match kept.record {
        KeptRecord::Usage(id) => {
            let usage = &model.usage[id];
            Some((true, usage.unit, usage.system, rule.obligation))
        }
        KeptRecord::Account(id) if rule.keep_until.is_none() => {
            let account = &model.accounts[id];
            Some((false, account.unit, account.system, rule.obligation))
        }
        KeptRecord::Account(_) | KeptRecord::Audit(_) | KeptRecord::Entry(_) => None,
    }
}

fn single(here: &Here, kept: &Kept) -> Row {
    let model = &here.site.model;
    let (kind, link, what) = match kept.record {
        KeptRecord::Audit(id) => {
            let audit = &model.audits[id];
            let obligation = &model.obligations[audit.obligation];
            let what = here.site.words.say(
                "retention.audit",
                &[
                    ("obligation", &obligation.title),
                    ("scope", &model.scope_name(audit.scope)),
                    ("day", &roc_short(audit.done_on)),
                ],
            );
            ("audit", here.link(Route::Audit(id), audit.slug()), what)
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
            ("account", here.link(Route::Account(id), account.slug()), what)
        }
        KeptRecord::Entry(id) => {
            let entry = &model.entries[id];
            let unit = entry.unit.map_or("", |unit| model.units[unit].name.as_str());
            ("entry", here.link(Route::Entry(id), entry.slug()), unit.to_owned())
        }
        KeptRecord::Usage(id) => {
            let usage = &model.usage[id];
            let what = sentence::period(&here.site.words, usage.month);
            ("usage", here.unit(usage.unit), what)
        }
    };
    Row {
        kind: here.word("kept_kind", kind),
        link,
        what: Some(what),
        kept: here.kept_view(kept),
        is_single: true,
        last_keep_until: None,
    }
}

/// 「113年1月至113年9月，9個月」.
fn months(here: &Here, first: &Kept, last: &Kept, count: usize) -> String {
    let words = &here.site.words;
    let month = |kept: &Kept| match kept.record {
        KeptRecord::Usage(id) => sentence::period(words, here.site.model.usage[id].month),
        KeptRecord::Audit(_) | KeptRecord::Account(_) | KeptRecord::Entry(_) => String::new(),
    };
    words.say(
        "retention.months",
        &[("first", &month(first)), ("last", &month(last)), ("count", &count)],
    )
}

//! What a version changed in the one before it, clause by clause, and which duties that concerns.

use serde::Serialize;

use super::parts::{DateView, Link, PageCtx};
use super::version_name::{self, short_name};
use super::{Frame, View};
use crate::assess::applicable_scopes;
use crate::law::ClauseNumber;
use crate::model::difference::{ChangeKind, Difference, difference};
use crate::model::{Id, Obligation, Regulation, Version};
use crate::site::Site;
use crate::site::route::Route;

/// What `difference.html` shows.
#[derive(Debug, Serialize)]
struct DifferenceView {
    old: VersionHead,
    new: VersionHead,
    /// The newer version is not in force yet on the as-of date.
    coming: bool,
    counts: Vec<ChangeCount>,
    unchanged: usize,
    changes: Vec<ChangeRow>,
    /// Clauses of which the older version's source says nothing.
    not_stated: Vec<Link>,
    impact: Vec<ImpactRow>,
    /// Changed clauses that carry neither a duty nor a reason.
    orphans: Vec<Link>,
}

#[derive(Debug, Serialize)]
struct VersionHead {
    name: String,
    from: Option<DateView>,
    document: Option<String>,
    summary: Option<String>,
    partial: bool,
}

#[derive(Debug, Serialize)]
struct ChangeCount {
    label: String,
    count: usize,
}

#[derive(Debug, Serialize)]
struct ChangeRow {
    clause: Link,
    kind: String,
    pieces: Vec<PieceView>,
    /// The version has the clause.
    in_old: bool,
    in_new: bool,
}

/// A stretch of text: `kind` is `same`, `del` or `ins`.
#[derive(Debug, Serialize)]
struct PieceView {
    kind: &'static str,
    text: String,
}

/// A duty whose clauses changed.
#[derive(Debug, Serialize)]
struct ImpactRow {
    obligation: Link,
    kind: String,
    clauses: Vec<Link>,
    /// The first few of those it is laid on.
    scopes: Vec<Link>,
    scope_count: usize,
    /// Nobody has read the rule against the newer version.
    pending: bool,
}

/// Scopes that are named in the list of duties concerned.
const SCOPES: usize = 12;

/// The page in a few words, for links to it: `2023-02-04 → 2023-10-23`.
pub fn title(here: &PageCtx, id: Id<Regulation>, at: usize) -> String {
    let versions = &here.site.model.regulations[id].versions;
    here.site.words.say(
        "difference.link",
        &[
            ("old", &short_name(here.site, &versions[at - 1])),
            ("new", &short_name(here.site, &versions[at])),
        ],
    )
}

/// Makes the page of the version at place `at`.
pub fn view(site: &Site, id: Id<Regulation>, at: usize) -> View {
    let route = Route::Difference(id, at);
    let here = PageCtx::new(site, route);
    let regulation = &site.model.regulations[id];
    let (old, new) = (&regulation.versions[at - 1], &regulation.versions[at]);
    let found = difference(old, new);
    let kinds = [ChangeKind::Changed, ChangeKind::Added, ChangeKind::Removed];
    let count = |kind: ChangeKind| ChangeCount {
        label: here.word("change", kind.as_str()),
        count: found.changed.iter().filter(|change| change.kind == kind).count(),
    };
    let orphans = found.changed.iter().map(|change| &change.number).filter(|number| {
        new.text.clause(number).is_some_and(|clause| clause.children().next().is_none())
            && regulation.duties_of(&site.model, new, number).is_empty()
            && regulation.plain_reason(new, number).is_none()
    });
    let view = DifferenceView {
        old: VersionHead::new(site, old),
        new: VersionHead::new(site, new),
        coming: new.is_after(site.assessment.as_of),
        counts: kinds.into_iter().map(count).collect(),
        unchanged: found.unchanged,
        changes: changes(&here, id, &found, (old, new)),
        not_stated: found.not_stated.iter().map(|number| here.clause_in(id, new, number)).collect(),
        impact: impact(&here, id, &found, new),
        orphans: orphans.map(|number| here.clause_in(id, new, number)).collect(),
    };
    let title = site.words.say(
        "difference.title",
        &[
            ("regulation", &regulation.short),
            ("old", &short_name(site, old)),
            ("new", &short_name(site, new)),
        ],
    );
    let above = vec![
        here.link(Route::Regulations, site.words.get("menu.regulations")),
        here.regulation(id),
    ];
    View::new("difference.html", Frame::new(site, route, &title, above), view)
}

impl VersionHead {
    fn new(site: &Site, version: &Version) -> Self {
        Self {
            name: version_name::name(site, version),
            from: version.from().map(DateView::new),
            document: version.document.clone(),
            summary: version.summary.clone(),
            partial: version.partial,
        }
    }
}

fn changes(
    here: &PageCtx,
    id: Id<Regulation>,
    found: &Difference,
    (old, new): (&Version, &Version),
) -> Vec<ChangeRow> {
    let row = |change: &crate::model::difference::ClauseChange| {
        let version = if change.kind == ChangeKind::Removed { old } else { new };
        ChangeRow {
            clause: here.clause_in(id, version, &change.number),
            kind: here.word("change", change.kind.as_str()),
            pieces: change
                .pieces
                .iter()
                .map(|piece| PieceView { kind: piece.kind.as_str(), text: piece.text.clone() })
                .collect(),
            in_old: change.kind != ChangeKind::Added,
            in_new: change.kind != ChangeKind::Removed,
        }
    };
    found.changed.iter().map(row).collect()
}

/// The duties that stand in changed clauses, or in clauses with changed ones within.
fn impact(here: &PageCtx, id: Id<Regulation>, found: &Difference, new: &Version) -> Vec<ImpactRow> {
    let model = &here.site.model;
    let regulation = &model.regulations[id];
    let row = |duty: &Id<Obligation>| {
        let obligation = &model.obligations[*duty];
        let touched = |named: &ClauseNumber| {
            found.changed.iter().any(|change| change.number.starts_with(named))
        };
        let clauses: Vec<Link> = obligation
            .clauses
            .iter()
            .filter(|named| touched(&named.value))
            .map(|named| here.clause_of(obligation, &named.value))
            .collect();
        if clauses.is_empty() {
            return None;
        }
        let as_of = here.site.assessment.as_of;
        let until = new.from().map_or(as_of, |from| from.max(as_of));
        let lives = applicable_scopes(model, obligation.regulation, obligation.scope);
        let living: Vec<_> =
            lives.iter().filter(|life| life.until.is_none_or(|last| last >= until)).collect();
        Some(ImpactRow {
            obligation: here.obligation(*duty),
            kind: here.word("duty", obligation.duty.as_str()),
            clauses,
            scopes: living.iter().take(SCOPES).map(|life| here.scope(life.scope)).collect(),
            scope_count: living.len(),
            pending: obligation.written_for.is_none()
                || !obligation.suspicions(regulation, new, as_of).is_empty(),
        })
    };
    regulation.obligations.iter().filter_map(row).collect()
}

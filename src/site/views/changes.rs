//! What changed since the same day of the month before: occurrences that turned, findings found
//! and closed, versions of texts, duties that became suspect.

use serde::Serialize;

use super::difference;
use super::parts::{DateView, Link, OccurrenceRow, PageCtx, StatusView};
use super::records::{CodeView, FindingRow};
use super::suspect::suspect;
use super::{Frame, View, version_name};
use crate::assess::OccurrenceId;
use crate::facts::ChangeKind;
use crate::facts::suspicion::was_suspect;
use crate::model::{Finding, Id};
use crate::site::Site;
use crate::site::route::Route;
use crate::time::Day;

/// What `changes.html` shows, and in short the home page.
#[derive(Debug, Serialize)]
pub struct Changes {
    pub before: DateView,
    /// Of each kind, those that ask for action first.
    pub turns: Vec<TurnGroup>,
    pub found: Vec<FindingRow>,
    pub closed: Vec<FindingRow>,
    pub versions: Vec<VersionRow>,
    /// Duties that were not suspect on the earlier day.
    pub suspects: Vec<SuspectRow>,
    /// Nothing at all changed.
    pub none: bool,
}

/// Occurrences that turned in one way.
#[derive(Debug, Serialize)]
pub struct TurnGroup {
    /// Its code is the fragment of its part of the page.
    pub turn: CodeView,
    pub note: String,
    pub empty: String,
    pub count: usize,
    /// The first due first; at most [`MOST`].
    pub rows: Vec<TurnRow>,
    pub left_out: usize,
}

/// An occurrence that turned.
#[derive(Debug, Serialize)]
pub struct TurnRow {
    #[serde(flatten)]
    pub row: OccurrenceRow,
    /// Its status on the earlier day; `None` if it was not there.
    pub was: Option<StatusView>,
    /// It fails now.
    #[serde(skip)]
    pub fails: bool,
}

/// A version that came into force since, or will.
#[derive(Debug, Serialize)]
pub struct VersionRow {
    pub regulation: Link,
    pub version: String,
    pub from: DateView,
    pub coming: bool,
    /// To what it changed.
    pub difference: Option<Link>,
}

/// A duty whose clauses say something else since.
#[derive(Debug, Serialize)]
pub struct SuspectRow {
    pub obligation: Link,
    pub regulation: Link,
    pub version: String,
    pub clauses: Vec<Link>,
}

/// Max rows of one kind; how many are left out is said.
const MOST: usize = 200;

/// Makes the page.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Changes);
    let title = site.words.get("changes.title");
    let frame = Frame::new(site, Route::Changes, title, Vec::new());
    View::new("changes.html", frame, changes(&here, MOST))
}

/// Everything that changed, with at most `most` rows of occurrences of each kind.
pub fn changes(here: &PageCtx, most: usize) -> Changes {
    let (site, history) = (here.site, &here.site.history);
    let before = history.before;
    let turns: Vec<TurnGroup> =
        ChangeKind::ALL.into_iter().map(|turn| group(here, turn, most)).collect();
    let since = |day: Option<Day>| day.is_some_and(|day| before < day);
    let findings = |wanted: &dyn Fn(&Finding) -> Option<Day>| {
        let mut ids: Vec<(Day, Id<Finding>)> = site
            .model
            .findings
            .iter()
            .filter_map(|(id, finding)| {
                Some((wanted(finding).filter(|day| since(Some(*day)))?, id))
            })
            .collect();
        ids.sort_unstable();
        ids.into_iter().map(|(_, id)| here.finding_row(id)).collect::<Vec<_>>()
    };
    let found = findings(&|finding| Some(finding.found_on));
    let closed = findings(&|finding| finding.closed_on);
    let (versions, suspects) = (versions(here), suspects(here));
    let occurred = turns.iter().any(|group| group.count > 0);
    Changes {
        before: DateView::new(before),
        none: !occurred
            && found.is_empty()
            && closed.is_empty()
            && versions.is_empty()
            && suspects.is_empty(),
        turns,
        found,
        closed,
        versions,
        suspects,
    }
}

fn group(here: &PageCtx, turn: ChangeKind, most: usize) -> TurnGroup {
    let assessment = &here.site.assessment;
    let turned = here.site.history.turns.iter().filter(|one| one.turn == turn);
    let mut ids: Vec<_> = turned.map(|one| (one.occurrence, one.was)).collect();
    ids.sort_by_key(|(id, _)| (assessment.occurrence(*id).due, *id));
    let count = ids.len();
    let row = |(id, was): (OccurrenceId, Option<_>)| TurnRow {
        row: here.row(id),
        was: was.map(|status| here.status(status)),
        fails: assessment.occurrence(id).status.is_failing(),
    };
    TurnGroup {
        turn: here.code("turn", turn.as_str()),
        note: here.word("turn_note", turn.as_str()),
        empty: here.word("turn_empty", turn.as_str()),
        count,
        rows: ids.into_iter().take(most).map(row).collect(),
        left_out: count.saturating_sub(most),
    }
}

/// Versions that came into force since the earlier day, and those that are to come, by day.
fn versions(here: &PageCtx) -> Vec<VersionRow> {
    let (before, as_of) = (here.site.history.before, here.site.assessment.as_of);
    let mut found = Vec::new();
    for (id, regulation) in here.site.model.regulations.iter() {
        for (at, version) in regulation.versions.iter().enumerate() {
            let Some(from) = version.from().filter(|from| *from > before) else { continue };
            let follows = regulation.successions().any(|place| place == at);
            let row = VersionRow {
                regulation: here.regulation(id),
                version: version_name::name(here.site, version),
                from: DateView::new(from),
                coming: from > as_of,
                difference: follows
                    .then(|| here.link(Route::Difference(id, at), difference::title(here, id, at))),
            };
            found.push((from, id, at, row));
        }
    }
    found.sort_by_key(|(from, id, at, _)| (*from, *id, *at));
    found.into_iter().map(|(_, _, _, row)| row).collect()
}

/// Duties that are suspect and were not on the earlier day.
fn suspects(here: &PageCtx) -> Vec<SuspectRow> {
    let (before, as_of) = (here.site.history.before, here.site.assessment.as_of);
    let model = &here.site.model;
    let row = |id| {
        let now = suspect(here, id, as_of)?;
        (!was_suspect(model, id, before)).then(|| SuspectRow {
            obligation: now.obligation,
            regulation: here.regulation(model.obligations[id].regulation),
            version: now.version,
            clauses: now.rows.into_iter().map(|row| row.clause).collect(),
        })
    };
    model.obligations.ids().filter_map(row).collect()
}

//! The home page: how things stand, what fails first, what comes next.

use serde::Serialize;

use super::checks::{self, CheckCounts, CheckRow};
use super::parts::{DateView, Here, Link, OccurrenceRow, StatusView};
use super::records::FindingRow;
use super::urgency::{Urgency, within};
use super::{Frame, View};
use crate::assess::{OccurrenceId, Status, Verdict};
use crate::model::Grade;
use crate::site::Site;
use crate::site::route::Route;

/// What `home.html` shows.
#[derive(Debug, Serialize)]
struct HomeView {
    as_of: DateView,
    /// Overdue, deficient and unknown together.
    failing: usize,
    /// Done, and done late.
    met: usize,
    met_late: usize,
    /// Met and failing: what has been judged so far.
    judged: usize,
    /// Of the judged, met ones in percent, rounded down to one decimal; `None` of none.
    percent: Option<String>,
    total: usize,
    counts: Vec<CountRow>,
    bar: Vec<BarPart>,
    failing_lists: Vec<FailingList>,
    /// Records against rules that must hold at any time.
    checks: CheckCounts,
    /// Those that do not hold or cannot be told, at most as many as of a failing status.
    failing_checks: Vec<CheckRow>,
    checks_page: Link,
    within_7: Vec<OccurrenceRow>,
    within_30: Vec<OccurrenceRow>,
    due: Link,
    matrix: Matrix,
    findings: Vec<FindingRow>,
    grades: Vec<GradeCount>,
    findings_page: Link,
}

/// A status with how many occurrences have it.
#[derive(Debug, Serialize)]
struct CountRow {
    status: StatusView,
    note: String,
    count: usize,
    /// To the list of them, for statuses that ask for action.
    list: Option<String>,
    judged: bool,
}

/// A part of the bar: thousandths of its width.
#[derive(Debug, Serialize)]
struct BarPart {
    status: &'static str,
    from: usize,
    width: usize,
}

/// Occurrences of one failing status, the longest due first.
#[derive(Debug, Serialize)]
struct FailingList {
    status: StatusView,
    caption: String,
    count: usize,
    rows: Vec<OccurrenceRow>,
    /// To the whole list, if not all stand here.
    all: Option<Link>,
}

/// Agencies as rows, regulations as columns.
#[derive(Debug, Serialize)]
struct Matrix {
    regulations: Vec<Link>,
    rows: Vec<MatrixRow>,
}

#[derive(Debug, Serialize)]
struct MatrixRow {
    agency: Link,
    /// One for each regulation; `None` where the agency has nothing under it.
    cells: Vec<Option<MatrixCell>>,
}

#[derive(Debug, Serialize)]
struct MatrixCell {
    href: String,
    failing: usize,
    judged: usize,
    /// For those who hear the page.
    label: String,
}

#[derive(Debug, Serialize)]
struct GradeCount {
    grade: String,
    count: usize,
}

/// Rows of each failing status that stand on the home page.
const LISTED: usize = 50;

/// Makes the home page.
pub fn view(site: &Site) -> View {
    let here = Here::new(site, Route::Home);
    let (model, assessment, words) = (&site.model, &site.assessment, &site.words);
    let mut by_status: Vec<Vec<OccurrenceId>> = vec![Vec::new(); Status::ALL.len()];
    let mut cells = vec![Tally::default(); model.agencies.len() * model.regulations.len()];
    for (id, occurrence) in assessment.iter() {
        by_status[occurrence.status as usize].push(id);
        let agency = model.scope_agency(occurrence.scope).index();
        let regulation = model.obligations[occurrence.obligation].regulation.index();
        cells[agency * model.regulations.len() + regulation].add(occurrence.status);
    }
    let count = |status: Status| by_status[status as usize].len();
    let failing: usize = Status::FAILING.into_iter().map(count).sum();
    let met_late = count(Status::DoneLate);
    let met = count(Status::Done) + met_late;
    let judged = met + failing;
    let failing_lists = Status::FAILING
        .into_iter()
        .map(|status| failing_list(&here, status, &mut by_status[status as usize]))
        .collect();
    let counts: Vec<(Status, usize)> =
        Status::ALL.into_iter().zip(by_status.iter().map(Vec::len)).collect();
    let findings = here.open_findings(model.findings.ids());
    let view = HomeView {
        as_of: DateView::new(assessment.as_of),
        failing,
        met,
        met_late,
        judged,
        percent: (judged > 0).then(|| {
            let thousandths = met * 1_000 / judged;
            format!("{}.{}", thousandths / 10, thousandths % 10)
        }),
        total: assessment.occurrences.len(),
        bar: bar(&counts, judged),
        counts: counts
            .iter()
            .map(|(status, count)| CountRow {
                status: here.status(*status),
                note: here.word("status_note", status.code()),
                count: *count,
                list: status.asks_for_action().then(|| here.href(Route::Status(*status))),
                judged: status.is_judged(),
            })
            .collect(),
        failing_lists,
        checks: checks::counts(&site.assessment.checks),
        failing_checks: site
            .assessment
            .checks
            .iter()
            .filter(|check| check.verdict != Verdict::Holds)
            .take(LISTED)
            .map(|check| here.check_row(check))
            .collect(),
        checks_page: here.link(Route::Checks, site.words.get("checks.all")),
        within_7: within(&here, Urgency::Days7),
        within_30: within(&here, Urgency::Days30),
        due: here.link(Route::Due, words.get("menu.due")),
        matrix: matrix(&here, &cells),
        grades: [Grade::Major, Grade::Minor, Grade::Observation]
            .into_iter()
            .map(|grade| GradeCount {
                grade: here.word("grade", grade.word()),
                count: findings.iter().filter(|row| row.grade.code == grade.word()).count(),
            })
            .collect(),
        findings,
        findings_page: here.link(Route::Findings, words.get("menu.findings")),
    };
    let frame = Frame::new(site, Route::Home, words.get("home.title"), Vec::new());
    View::new("home.html", frame, view)
}

/// How many of an agency's occurrences under a regulation are judged, and how many fail.
#[derive(Clone, Copy, Default)]
struct Tally {
    failing: usize,
    judged: usize,
    all: usize,
}

impl Tally {
    fn add(&mut self, status: Status) {
        self.all += 1;
        self.judged += usize::from(status.is_judged());
        self.failing += usize::from(status.is_failing());
    }
}

/// The occurrences that fail in one way, those longest due first.
fn failing_list(here: &Here, status: Status, ids: &mut [OccurrenceId]) -> FailingList {
    ids.sort_by_key(|id| (here.site.assessment.occurrence(*id).due, *id));
    let all = (ids.len() > LISTED).then(|| {
        let text = here.site.words.say("home.all", &[("count", &ids.len())]);
        here.link(Route::Status(status), text)
    });
    let status = here.status(status);
    FailingList {
        caption: here.site.words.say("home.list", &[("status", &status.label)]),
        status,
        count: ids.len(),
        rows: ids.iter().take(LISTED).map(|id| here.row(*id)).collect(),
        all,
    }
}

/// The judged ones as parts of a bar a thousand wide, the met ones first. However few there are
/// of a status, it shows; the largest part gives way.
fn bar(counts: &[(Status, usize)], judged: usize) -> Vec<BarPart> {
    let mut parts: Vec<BarPart> = counts
        .iter()
        .rev()
        .filter(|(status, count)| status.is_judged() && *count > 0)
        .map(|(status, count)| BarPart {
            status: status.code(),
            from: 0,
            width: (count * 1_000 / judged.max(1)).max(1),
        })
        .collect();
    let used: usize = parts.iter().map(|part| part.width).sum();
    if let Some(largest) = parts.iter_mut().max_by_key(|part| part.width) {
        largest.width = (largest.width + 1_000).saturating_sub(used);
    }
    let mut from = 0;
    for part in &mut parts {
        part.from = from;
        from += part.width;
    }
    parts
}

fn matrix(here: &Here, cells: &[Tally]) -> Matrix {
    let (model, words) = (&here.site.model, &here.site.words);
    let row = |id, agency: &crate::model::Agency, tallies: &[Tally]| {
        let cell = |(tally, regulation): (&Tally, &crate::model::Regulation)| {
            (tally.all > 0).then(|| MatrixCell {
                href: here.href(Route::Agency(id)),
                failing: tally.failing,
                judged: tally.judged,
                label: words.say(
                    "home.cell",
                    &[
                        ("agency", &agency.short),
                        ("regulation", &regulation.short),
                        ("failing", &tally.failing),
                        ("judged", &tally.judged),
                    ],
                ),
            })
        };
        let regulations = model.regulations.iter().map(|(_, regulation)| regulation);
        MatrixRow {
            agency: here.link(Route::Agency(id), &agency.name),
            cells: tallies.iter().zip(regulations).map(cell).collect(),
        }
    };
    let width = model.regulations.len().max(1);
    Matrix {
        regulations: model.regulations.ids().map(|id| here.regulation(id)).collect(),
        rows: model
            .agencies
            .iter()
            .zip(cells.chunks(width))
            .map(|((id, agency), tallies)| row(id, agency, tallies))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_shows_every_judged_status_and_fills_its_frame() {
        let counts = [
            (Status::Overdue, 1),
            (Status::Deficient, 0),
            (Status::Upcoming, 900),
            (Status::DoneLate, 1),
            (Status::Done, 998),
        ];
        let parts = bar(&counts, 1_000);
        let shown: Vec<_> = parts.iter().map(|part| (part.status, part.width)).collect();
        assert_eq!(shown, [("done", 998), ("done-late", 1), ("overdue", 1)]);
        let crowded = bar(&[(Status::Overdue, 1), (Status::Done, 99_999)], 100_000);
        let shown: Vec<_> = crowded.iter().map(|part| (part.status, part.width)).collect();
        assert_eq!(shown, [("done", 999), ("overdue", 1)], "what fails is never hidden");
        assert!(bar(&[(Status::Upcoming, 5)], 0).is_empty());
    }
}

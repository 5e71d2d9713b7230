//! The home page: how things stand, what fails first, what comes next, and where it is going.

use serde::Serialize;

use super::changes::{Changes, TurnGroup, TurnRow, changes};
use super::checks::{CheckCountsView, CheckRow};
use super::due_list::DueRow;
use super::finding_ages::{FindingAges, finding_ages};
use super::gate::gate_lines;
use super::matrix::{Matrix, matrix};
use super::parts::{DateView, Link, PageCtx, StatusView};
use super::records::{CodeView, FindingRow};
use super::trend::{Trend, percent, trend};
use super::urgency::{Urgency, listed};
use super::{Frame, View};
use crate::assess::{CheckVerdict, OccurrenceId, Status};
use crate::facts::Outcome;
use crate::site::Site;
use crate::site::route::Route;
use crate::text::number::Grouped;

/// What `home.html` shows.
#[derive(Debug, Serialize)]
struct HomeView {
    as_of: DateView,
    /// The verdict on the whole: `unmet`, `unclear` or `met`.
    gate: CodeView,
    /// Why, in a sentence.
    gate_note: String,
    /// What came of the rules that must hold at any time.
    gate_checks: String,
    /// What else it counts: new, standing and settled failures, retention, findings, rules.
    gate_lines: Vec<Link>,
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
    failing_lists: Vec<List>,
    /// Records against rules that must hold at any time.
    checks: CheckCountsView,
    /// Those that do not hold or cannot be told, the first few.
    failing_checks: Vec<CheckRow>,
    checks_caption: String,
    checks_page: Link,
    /// What is due within 7 days, and within 8 to 30.
    coming: Vec<List>,
    due: Link,
    matrix: Matrix,
    trend: Trend,
    trend_data: String,
    ages: FindingAges,
    findings: Vec<FindingRow>,
    findings_caption: String,
    findings_page: Link,
    /// Its rows stand on the page of changes.
    changes: Changes,
    /// The first few of what newly fails.
    turned: Vec<TurnRow>,
    changes_page: Link,
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

/// The first rows of a list that stands elsewhere whole.
#[derive(Debug, Serialize)]
struct List {
    /// Its fragment on this page.
    anchor: &'static str,
    /// Of the failing ones.
    status: Option<StatusView>,
    title: String,
    caption: String,
    /// Said when there is nothing.
    empty: String,
    count: usize,
    rows: Vec<DueRow>,
    /// To the whole list.
    all: Link,
}

/// Rows of each list that stand on the home page.
const LISTED: usize = 10;
/// Rows of what changed.
const TURNED: usize = 3;

/// Makes the home page.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Home);
    let (model, assessment, words) = (&site.model, &site.assessment, &site.words);
    let mut by_status: Vec<Vec<OccurrenceId>> = vec![Vec::new(); Status::ALL.len()];
    for (id, occurrence) in assessment.iter() {
        by_status[occurrence.status as usize].push(id);
    }
    let verdict = &site.facts.verdict;
    let counts: Vec<(Status, usize)> =
        Status::ALL.into_iter().map(|status| (status, verdict.count(status))).collect();
    let (met, judged) = (verdict.met(), verdict.judged());
    let checks = CheckCountsView::new(verdict.checks);
    let failing_checks = first_checks(&here);
    let outcome = verdict.outcome();
    let figures: [(&str, &dyn std::fmt::Display); 5] = [
        ("failing", &Grouped(verdict.failures().open())),
        ("judged", &Grouped(judged)),
        ("breached", &Grouped(checks.breached)),
        ("unknown", &Grouped(checks.unknown)),
        ("checks", &Grouped(checks.all)),
    ];
    let (mut findings, _) = here.open_findings(model.findings.ids(), usize::MAX);
    let ages = finding_ages(&here, &findings);
    findings.truncate(LISTED);
    let mut changes = changes(&here, TURNED);
    let fails = |group: &&mut TurnGroup| group.rows.iter().any(|row| row.fails);
    let turned: Vec<TurnRow> =
        changes.turns.iter_mut().filter(fails).flat_map(|group| group.rows.drain(..)).collect();
    let view = HomeView {
        as_of: DateView::new(assessment.as_of),
        gate: here.code("gate", outcome.as_str()),
        gate_note: match (outcome, judged) {
            (Outcome::Unclear, 0) if checks.unknown + verdict.suspects == 0 => {
                words.get("gate_note.unjudged").to_owned()
            }
            _ => words.say(&format!("gate_note.{}", outcome.as_str()), &figures),
        },
        gate_checks: words.say("gate_note.checks", &figures),
        gate_lines: gate_lines(&here, verdict),
        failing: verdict.failures().all(),
        met,
        met_late: verdict.count(Status::DoneLate),
        judged,
        percent: percent(met, judged),
        total: assessment.occurrences.len(),
        bar: bar(&counts, judged),
        counts: counts
            .iter()
            .map(|(status, count)| CountRow {
                status: here.status(*status),
                note: here.status_note(*status),
                count: *count,
                list: status.asks_for_action().then(|| here.href(Route::Status(*status))),
                judged: status.is_judged(),
            })
            .collect(),
        failing_lists: Status::FAILING
            .into_iter()
            .map(|status| failing_list(&here, status, by_status[status as usize].clone()))
            .collect(),
        checks,
        checks_caption: words.say("home.checks_list", &[("shown", &failing_checks.len())]),
        failing_checks,
        checks_page: here.link(Route::Checks, words.get("checks.all")),
        coming: [Urgency::Days7, Urgency::Days30]
            .into_iter()
            .map(|urgency| coming_list(&here, urgency))
            .collect(),
        due: here.link(Route::Due, words.get("home.all_due")),
        matrix: matrix(&here),
        trend: trend(&here),
        trend_data: here.file_href("data/history.json"),
        ages,
        findings_caption: words.say("home.findings_list", &[("shown", &findings.len())]),
        findings,
        findings_page: here.link(Route::Findings, words.get("home.all_findings")),
        turned,
        changes,
        changes_page: here.link(Route::Changes, words.get("changes.all")),
    };
    let frame = Frame::new(site, Route::Home, words.get("home.title"), Vec::new());
    View::new("home.html", frame, view)
}

/// The occurrences that fail in one way, those longest due first.
fn failing_list(here: &PageCtx, status: Status, mut ids: Vec<OccurrenceId>) -> List {
    let words = &here.site.words;
    ids.sort_by_key(|id| (here.site.assessment.occurrence(*id).due, *id));
    let view = here.status(status);
    let shown = ids.len().min(LISTED);
    List {
        anchor: status.code(),
        title: view.label.clone(),
        caption: words.say("home.list", &[("status", &view.label), ("shown", &shown)]),
        empty: String::new(),
        count: ids.len(),
        rows: ids.iter().take(LISTED).map(|id| here.due_row(*id)).collect(),
        all: here
            .link(Route::Status(status), words.say("home.all", &[("count", &Grouped(ids.len()))])),
        status: Some(view),
    }
}

/// What falls due soon, the first due first.
fn coming_list(here: &PageCtx, urgency: Urgency) -> List {
    let words = &here.site.words;
    let ids: Vec<OccurrenceId> = listed(here, urgency).collect();
    let count = ids.len();
    let rows: Vec<DueRow> = ids.into_iter().take(LISTED).map(|id| here.due_row(id)).collect();
    let (anchor, title) = (urgency.as_str(), here.word("soon", urgency.as_str()));
    let said = words.say("home.all", &[("count", &Grouped(count))]);
    let all = here.link(urgency.list(None).page(1), said);
    let as_of = DateView::new(here.site.assessment.as_of).long;
    List {
        anchor,
        status: None,
        caption: words.say("home.coming_list", &[("title", &title), ("shown", &rows.len())]),
        empty: words.say(&format!("urgency_empty.{anchor}"), &[("as_of", &as_of)]),
        title,
        count,
        rows,
        all,
    }
}

/// The first records that do not meet a rule, breaches before doubts.
fn first_checks(here: &PageCtx) -> Vec<CheckRow> {
    let all = here.site.assessment.checks.iter();
    let mut failing: Vec<_> = all.filter(|check| check.verdict != CheckVerdict::Holds).collect();
    failing.sort_by_key(|check| &check.verdict);
    failing.into_iter().take(LISTED).map(|check| here.check_row(check)).collect()
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

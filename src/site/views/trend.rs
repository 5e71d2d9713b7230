//! How the counts moved over the last months: a table, and a drawing of what failed.

use chrono::Datelike;
use serde::Serialize;

use super::parts::{DateView, PageCtx, StatusView};
use crate::assess::Status;
use crate::facts::Snapshot;
use crate::text::number::Grouped;
use crate::time::{Every, Period, roc_year};

/// The last months, the oldest first; the last row is the as-of date.
#[derive(Debug, Serialize)]
pub struct Trend {
    pub rows: Vec<TrendRow>,
    pub chart: Chart,
}

/// The counts as of one day.
#[derive(Debug, Serialize)]
pub struct TrendRow {
    /// 「115年10月」, or the as-of date itself.
    pub label: String,
    pub day: DateView,
    pub failing: usize,
    pub overdue: usize,
    pub deficient: usize,
    pub unknown: usize,
    /// Failures that are settled: not among those above.
    pub settled: usize,
    pub met: usize,
    pub judged: usize,
    /// `None` if nothing was judged: then no number of the row means anything.
    pub percent: Option<String>,
}

/// Bars of what failed, one a month, with finished coordinates.
#[derive(Debug, Serialize)]
pub struct Chart {
    pub width: usize,
    pub height: usize,
    pub left: usize,
    pub right: usize,
    pub base: usize,
    pub label_y: usize,
    pub year_y: usize,
    pub ticks: Vec<Tick>,
    pub bars: Vec<Bar>,
    pub legend: Vec<StatusView>,
}

/// A line across with its number.
#[derive(Debug, Serialize)]
pub struct Tick {
    pub y: usize,
    pub text_y: usize,
    pub number: usize,
}

/// The bar of one day.
#[derive(Debug, Serialize)]
pub struct Bar {
    pub middle: usize,
    /// Under it: 「10月」; under the first one of a year the year as well.
    pub label: String,
    pub year: Option<String>,
    /// What stands over it: the sum, or that nothing was judged.
    pub sum: String,
    pub sum_y: usize,
    pub parts: Vec<Part>,
}

/// A status within a bar.
#[derive(Debug, Serialize)]
pub struct Part {
    pub status: &'static str,
    pub x: usize,
    pub y: usize,
    pub width: usize,
    pub height: usize,
}

const WIDTH: usize = 780;
const HEIGHT: usize = 340;
const LEFT: usize = 36;
const RIGHT: usize = 776;
const TOP: usize = 26;
const BASE: usize = 290;
/// Parts of a hundred of its place that a bar fills.
const FILL: usize = 48;

/// The trend of the site's history.
pub fn trend(here: &PageCtx) -> Trend {
    let snapshots = &here.site.history.snapshots;
    Trend { rows: rows(here, snapshots), chart: chart(here, snapshots) }
}

/// Of `judged`, the `met` in percent, rounded down to one decimal; `None` of none.
pub fn percent(met: usize, judged: usize) -> Option<String> {
    let thousandths = (met * 1_000).checked_div(judged)?;
    Some(format!("{}.{}", thousandths / 10, thousandths % 10))
}

fn rows(here: &PageCtx, snapshots: &[Snapshot]) -> Vec<TrendRow> {
    let as_of = here.site.assessment.as_of;
    let row = |snapshot: &Snapshot| {
        let day = DateView::new(snapshot.as_of);
        let month = Period::containing(snapshot.as_of, Every::Month);
        TrendRow {
            label: match snapshot.as_of == as_of {
                true => here.word("trend", "as_of"),
                false => crate::text::sentence::period(&here.site.words, month),
            },
            day,
            failing: snapshot.failing(),
            overdue: snapshot.open(Status::Overdue),
            deficient: snapshot.open(Status::Deficient),
            unknown: snapshot.open(Status::Unknown),
            settled: snapshot.settled(),
            met: snapshot.met(),
            judged: snapshot.judged(),
            percent: percent(snapshot.met(), snapshot.judged()),
        }
    };
    snapshots.iter().map(row).collect()
}

fn chart(here: &PageCtx, snapshots: &[Snapshot]) -> Chart {
    let most = snapshots.iter().map(Snapshot::failing).max().unwrap_or(0);
    let step = step(most);
    let top = step * most.div_ceil(step).max(1);
    let y_of = |number: usize| BASE - number * (BASE - TOP) / top;
    let place = (RIGHT - LEFT) / snapshots.len().max(1);
    let words = &here.site.words;
    let bar = |(at, snapshot): (usize, &Snapshot)| {
        let width = place * FILL / 100;
        let middle = LEFT + place * at + place / 2;
        let mut below = 0;
        let mut parts = Vec::new();
        for status in Status::FAILING {
            let count = snapshot.open(status);
            let (low, high) = (y_of(below), y_of(below + count));
            below += count;
            if low > high {
                let x = middle - width / 2;
                parts.push(Part { status: status.code(), x, y: high, width, height: low - high });
            }
        }
        let is_last = at + 1 == snapshots.len();
        let (year, month) = (snapshot.as_of.year(), snapshot.as_of.month());
        Bar {
            middle,
            label: match is_last {
                true => {
                    words.say("trend.day", &[("month", &month), ("day", &snapshot.as_of.day())])
                }
                false => words.say("trend.month", &[("month", &month)]),
            },
            year: (at == 0 || (month == 1 && !is_last))
                .then(|| words.say("trend.year", &[("year", &roc_year(year))])),
            sum: match snapshot.judged() {
                0 => here.word("trend", "nothing"),
                _ => Grouped(snapshot.failing()).to_string(),
            },
            sum_y: y_of(below) - 7,
            parts,
        }
    };
    Chart {
        width: WIDTH,
        height: HEIGHT,
        left: LEFT,
        right: RIGHT,
        base: BASE,
        label_y: BASE + 21,
        year_y: BASE + 41,
        ticks: (0..=top / step)
            .map(|at| Tick { y: y_of(at * step), text_y: y_of(at * step) + 4, number: at * step })
            .collect(),
        bars: snapshots.iter().enumerate().map(bar).collect(),
        legend: Status::FAILING.into_iter().map(|status| here.status(status)).collect(),
    }
}

/// The distance of the lines: 1, 2 or 5 times a power of ten, so that there are at most five.
fn step(most: usize) -> usize {
    let powers = (0..).map(|power| 10_usize.pow(power));
    let steps = powers.flat_map(|power| [power, 2 * power, 5 * power]);
    steps.into_iter().find(|step| step * 5 >= most).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_at_round_numbers() {
        for (most, expected) in [(0, 1), (1, 1), (5, 1), (6, 2), (37, 10), (50, 10), (51, 20)] {
            assert_eq!(step(most), expected, "{most}");
        }
    }

    #[test]
    fn a_share_of_nothing_is_no_number() {
        assert_eq!(percent(0, 0), None);
        assert_eq!(percent(0, 3).as_deref(), Some("0.0"));
        assert_eq!(percent(2, 3).as_deref(), Some("66.6"), "rounded down");
        assert_eq!(percent(3, 3).as_deref(), Some("100.0"));
    }
}

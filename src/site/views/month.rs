//! A month: a calendar of working days with what falls due on each, and the list of it.

use chrono::Datelike;
use serde::Serialize;

use super::due_list::DueRow;
use super::listing::Listing;
use super::parts::{DateView, Link, PageCtx, StatusCount, StatusView};
use super::{Frame, View};
use crate::assess::{Occurrence, OccurrenceId};
use crate::model::{Id, Obligation};
use crate::site::Site;
use crate::site::lists::{Filter, Item, Kind, List};
use crate::site::months::months;
use crate::site::route::Route;
use crate::text::sentence;
use crate::time::{Day, Every, Period};

/// At most so many lines in one day of the calendar.
const LINES: usize = 6;

/// What `month.html` shows.
#[derive(Debug, Serialize)]
struct MonthView {
    name: String,
    /// Seven days each, Sunday first; `None` outside of the month.
    weeks: Vec<Vec<Option<DayView>>>,
    /// The office calendar knows the year.
    known: bool,
    /// 「115年」.
    year: String,
    working: usize,
    off: usize,
    as_of: Option<DateView>,
    count: usize,
    counts: Vec<StatusCount>,
    rows: Vec<DueRow>,
    list: Listing,
    previous: Option<Link>,
    next: Option<Link>,
}

/// A day of the calendar.
#[derive(Debug, Serialize)]
struct DayView {
    iso: String,
    number: u32,
    weekday: String,
    /// `work`, `off`, `made-up`, or `unknown`.
    kind: &'static str,
    /// What the day is, in words; none for a working day.
    words: Vec<String>,
    /// It is the as-of date.
    today: bool,
    lines: Vec<DutyLine>,
    /// Occurrences of duties that have no line here.
    more: usize,
    /// To the first row of the day in the list.
    anchor: String,
}

/// What falls due of one duty on one day.
#[derive(Debug, Serialize)]
struct DutyLine {
    link: Link,
    count: usize,
    /// The worst among them.
    status: StatusView,
}

/// Makes the page of a month.
pub fn view(site: &Site, month: Period) -> View {
    let route = Route::Month(month);
    let here = PageCtx::new(site, route);
    let assessment = &site.assessment;
    let list = List::of(Kind::Due, Filter::Month(month));
    let mut due: Vec<(OccurrenceId, &Occurrence)> =
        assessment.iter().filter(|(_, one)| month.contains(one.due)).collect();
    due.sort_by_key(|(id, one)| (one.due, one.status, *id));
    let listed = here.items(list, 1).len();
    let days: Vec<DayView> = month
        .first_day()
        .iter_days()
        .take_while(|day| *day <= month.last_day())
        .map(|day| day_view(&here, day, &due, listed))
        .collect();
    let of_kind = |kind: &str| days.iter().filter(|day| day.kind == kind).count();
    let all = months(assessment);
    let at = all.iter().position(|one| *one == month).unwrap_or_default();
    let link = |month: &Period| here.link(Route::Month(*month), here.term_of(*month));
    let year = Period::containing(month.first_day(), Every::Year);
    let name = here.term_of(month);
    let view = MonthView {
        known: site.model.calendar.years.contains(&month.year()),
        year: here.term_of(year),
        working: of_kind("work") + of_kind("made-up"),
        off: of_kind("off"),
        as_of: month.contains(assessment.as_of).then(|| DateView::new(assessment.as_of)),
        count: due.len(),
        counts: here.counts(due.iter().map(|(_, one)| *one)),
        rows: rows(&here, list),
        list: here.listing(list, 1),
        previous: at.checked_sub(1).and_then(|at| all.get(at)).map(link),
        next: all.get(at + 1).map(link),
        weeks: weeks(month, days),
        name,
    };
    let title = site.words.say("calendar.title", &[("month", &view.name)]);
    let above = vec![here.link(Route::Due, here.word("menu", "due"))];
    View::new("month.html", Frame::new(site, route, &title, above), view)
}

impl PageCtx<'_> {
    /// A period in words.
    pub fn term_of(&self, period: Period) -> String {
        sentence::period(&self.site.words, period)
    }
}

fn anchor(day: Day) -> String {
    format!("d{:02}", day.day())
}

/// The first page of the list of the month, each day's first row with an anchor.
fn rows(here: &PageCtx, list: List) -> Vec<DueRow> {
    let mut last = None;
    let ids = here.items(list, 1).iter().filter_map(|item| match item {
        Item::Occurrence(id) => Some(*id),
        _ => None,
    });
    let row = |id: OccurrenceId| {
        let due = here.site.assessment.occurrence(id).due;
        let first = last.replace(due) != Some(due);
        let mut row = here.due_row(id);
        row.anchor = first.then(|| anchor(due));
        row
    };
    ids.map(row).collect()
}

/// A day of the calendar; `here_listed` is how many of the month stand on this page.
fn day_view(
    here: &PageCtx,
    day: Day,
    due: &[(OccurrenceId, &Occurrence)],
    here_listed: usize,
) -> DayView {
    let calendar = &here.site.model.calendar;
    let today = day == here.site.assessment.as_of;
    let kind = match calendar.is_working_day(day) {
        Ok(true) if calendar.workdays.contains_key(&day) => "made-up",
        Ok(true) => "work",
        Ok(false) => "off",
        Err(_) => "unknown",
    };
    let mut words = Vec::new();
    if today {
        words.push(here.word("calendar", "as_of"));
    }
    if kind == "off" {
        words.push(here.word("calendar", "off"));
    }
    let names = [calendar.holidays.get(&day), calendar.workdays.get(&day)];
    words.extend(names.into_iter().flatten().cloned());
    let from = due.partition_point(|(_, one)| one.due < day);
    let until = due.partition_point(|(_, one)| one.due <= day);
    let on_day = &due[from..until];
    let mut lines = lines(here, on_day, until <= here_listed);
    let more = lines.split_off(LINES.min(lines.len())).iter().map(|line| line.count).sum();
    DayView {
        iso: day.to_string(),
        number: day.day(),
        weekday: here.weekday(day),
        kind,
        words,
        today,
        lines,
        more,
        anchor: if from < here_listed { anchor(day) } else { "list".to_owned() },
    }
}

/// The occurrences of one day by duty, the worst first. `listed`: all of them are in the list.
fn lines(here: &PageCtx, on_day: &[(OccurrenceId, &Occurrence)], listed: bool) -> Vec<DutyLine> {
    let model = &here.site.model;
    // By status, then duty: the first of a duty is its worst.
    let mut lines: Vec<(Id<Obligation>, DutyLine)> = Vec::new();
    for (id, one) in on_day {
        if let Some((_, line)) = lines.iter_mut().find(|(duty, _)| *duty == one.obligation) {
            line.count += 1;
            line.link.href = if listed {
                format!("#{}", anchor(one.due))
            } else {
                here.href(Route::Obligation(one.obligation))
            };
            continue;
        }
        let line = DutyLine {
            link: here.link(Route::Occurrence(*id), &model.obligations[one.obligation].title),
            count: 1,
            status: here.status(one.status),
        };
        lines.push((one.obligation, line));
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The days in weeks, Sunday first.
fn weeks(month: Period, days: Vec<DayView>) -> Vec<Vec<Option<DayView>>> {
    let lead = month.first_day().weekday().num_days_from_sunday() as usize;
    let mut cells: Vec<Option<DayView>> = (0..lead).map(|_| None).collect();
    cells.extend(days.into_iter().map(Some));
    let full = cells.len().next_multiple_of(7);
    cells.resize_with(full, || None);
    let mut weeks = Vec::new();
    while !cells.is_empty() {
        let rest = cells.split_off(7);
        weeks.push(std::mem::replace(&mut cells, rest));
    }
    weeks
}

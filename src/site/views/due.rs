//! The way into time: how much is in each class of urgency, what presses most, a calendar of the
//! months, the plans of the year, and the feeds.

use serde::Serialize;

use super::due_list::{Choice, DueRow};
use super::listing::Truncation;
use super::parts::{DateView, Link, PageCtx};
use super::urgency::{Urgency, listed};
use super::{Frame, View};
use crate::assess::Status;
use crate::model::Named;
use crate::site::Site;
use crate::site::months::{months, plan_years};
use crate::site::route::Route;
use crate::text::sentence;
use crate::time::{Every, Period};

/// What `due.html` shows.
#[derive(Debug, Serialize)]
struct DueView {
    as_of: DateView,
    groups: Vec<Group>,
    total: usize,
    /// The most pressing, overdue ones first.
    pressing: Vec<DueRow>,
    /// Of each of their classes that does not stand here whole.
    pressing_shown: Vec<Truncation>,
    years: Vec<YearRow>,
    agencies: Vec<AgencyRow>,
}

/// Classes that belong together.
#[derive(Debug, Serialize)]
struct Group {
    title: String,
    classes: Vec<ClassRow>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct ClassRow {
    #[serde(flatten)]
    choice: Choice,
    note: String,
    code: &'static str,
    /// The status whose colour it has.
    mark: &'static str,
}

/// A year with its months.
#[derive(Debug, Serialize)]
struct YearRow {
    /// 「115年」.
    year: String,
    /// Twelve; `None` where nothing falls due so far from the as-of date.
    months: Vec<Option<MonthCell>>,
    count: usize,
}

#[derive(Debug, Serialize)]
struct MonthCell {
    href: String,
    /// 「115年11月」, for those who hear the page.
    name: String,
    count: usize,
    /// The as-of date lies in it.
    current: bool,
}

/// An agency's plans and feeds.
#[derive(Debug, Serialize)]
struct AgencyRow {
    agency: Link,
    plans: Vec<Link>,
    feed: Link,
    units: Vec<Link>,
}

const GROUPS: [(&str, &[Urgency]); 3] = [
    ("failing", &[Urgency::Overdue, Urgency::Deficient, Urgency::Unknown]),
    ("coming", &[Urgency::Days7, Urgency::Days30, Urgency::Quarter, Urgency::Later]),
    ("settled", &[Urgency::Done, Urgency::Waived, Urgency::NotApplicable]),
];

/// Rows of the most pressing.
const PRESSING: usize = 20;

/// Makes the page of due dates.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Due);
    let mut classes = here.classes(None, None).into_iter();
    let groups: Vec<Group> = GROUPS
        .into_iter()
        .map(|(word, urgencies)| {
            let rows: Vec<ClassRow> = urgencies
                .iter()
                .zip(classes.by_ref())
                .map(|(urgency, choice)| ClassRow {
                    choice,
                    note: here.word("urgency_note", urgency.as_str()),
                    code: urgency.as_str(),
                    mark: mark(*urgency).code(),
                })
                .collect();
            let count = rows.iter().map(|row| row.choice.count).sum();
            Group { title: here.word("due_group", word), classes: rows, count }
        })
        .collect();
    let (mut pressing, mut pressing_shown) = (Vec::new(), Vec::new());
    for urgency in [Urgency::Overdue, Urgency::Days7] {
        let all: Vec<_> = listed(&here, urgency).collect();
        let here_too = all.len().min(PRESSING - pressing.len());
        pressing_shown.extend(here.shown(here_too, all.len(), urgency.list(None)));
        pressing.extend(all.into_iter().take(here_too));
    }
    let view = DueView {
        as_of: DateView::new(site.assessment.as_of),
        groups,
        total: site.assessment.occurrences.len(),
        pressing_shown,
        pressing: pressing.into_iter().map(|id| here.due_row(id)).collect(),
        years: years(&here),
        agencies: agencies(&here),
    };
    let frame = Frame::new(site, Route::Due, site.words.get("due.title"), Vec::new());
    View::new("due.html", frame, view)
}

fn mark(urgency: Urgency) -> Status {
    match urgency {
        Urgency::Overdue => Status::Overdue,
        Urgency::Deficient => Status::Deficient,
        Urgency::Unknown => Status::Unknown,
        Urgency::Days7 => Status::DueSoon,
        Urgency::Days30 => Status::Open,
        Urgency::Quarter | Urgency::Later => Status::Upcoming,
        Urgency::Done => Status::Done,
        Urgency::Waived => Status::Waived,
        Urgency::NotApplicable => Status::NotApplicable,
    }
}

fn years(here: &PageCtx) -> Vec<YearRow> {
    let assessment = &here.site.assessment;
    let cell = |month: Period| {
        let due = assessment.occurrences.iter().filter(|one| month.contains(one.due));
        MonthCell {
            href: here.href(Route::Month(month)),
            name: sentence::period(&here.site.words, month),
            count: due.count(),
            current: month.contains(assessment.as_of),
        }
    };
    months(assessment)
        .chunk_by(|a, b| a.year() == b.year())
        .map(|shown| {
            let mut cells: Vec<Option<MonthCell>> = (0..12).map(|_| None).collect();
            for month in shown {
                cells[month.index() as usize - 1] = Some(cell(*month));
            }
            let year = Period::containing(shown[0].first_day(), Every::Year);
            YearRow {
                year: sentence::period(&here.site.words, year),
                count: cells.iter().flatten().map(|cell| cell.count).sum(),
                months: cells,
            }
        })
        .collect()
}

fn agencies(here: &PageCtx) -> Vec<AgencyRow> {
    let model = &here.site.model;
    let row = |(id, agency): (_, &crate::model::Agency)| AgencyRow {
        agency: here.link(Route::Agency(id), &agency.name),
        plans: plan_years(&here.site.assessment)
            .map(|year| here.link(Route::Plan(id, year), here.plan_name(year)))
            .into(),
        feed: here.feed("agencies", agency.slug(), &agency.short),
        units: agency
            .units
            .iter()
            .map(|id| here.feed("units", model.units[*id].slug(), &model.units[*id].short))
            .collect(),
    };
    model.agencies.iter().map(row).collect()
}

impl PageCtx<'_> {
    /// A link to the calendar feed of a unit or an agency.
    pub fn feed(&self, folder: &str, slug: &str, text: &str) -> Link {
        Link { href: self.file_href(&format!("{folder}/{slug}.ics")), text: text.to_owned() }
    }
}

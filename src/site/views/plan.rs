//! An agency's plan of a year (年度稽核計畫): duties as rows, months as columns, made for one sheet.

use std::collections::BTreeMap;

use chrono::Datelike;
use serde::Serialize;

use super::parts::{Link, PageCtx, StatusView};
use super::{Frame, View};
use crate::assess::{OccurrenceId, Status};
use crate::model::{Agency, Duty, Id, Obligation, Regulation, Scope};
use crate::site::Site;
use crate::site::months::plan_years;
use crate::site::route::Route;
use crate::text::interval;
use crate::text::sentence;
use crate::time::roc_year;

/// What `plan.html` shows.
#[derive(Debug, Serialize)]
struct PlanView {
    agency: Link,
    regulations: Vec<RegulationRows>,
    /// How many occurrences fall due in the year, by month and together.
    months: Vec<usize>,
    count: usize,
    /// The plans of the other years.
    others: Vec<Link>,
    /// The year's calendar of offices is known.
    known: bool,
}

/// The duties of one regulation.
#[derive(Debug, Serialize)]
struct RegulationRows {
    regulation: Link,
    rows: Vec<DutyRow>,
}

#[derive(Debug, Serialize)]
struct DutyRow {
    duty: Link,
    clause: Link,
    frequency: String,
    /// Of whom: the first name, and how many there are.
    scope: Link,
    scopes: usize,
    kind: String,
    /// Twelve.
    months: Vec<Vec<Mark>>,
}

/// What falls due of a duty in a month and has one status.
#[derive(Debug, Serialize)]
struct Mark {
    href: String,
    status: StatusView,
    count: usize,
}

/// Makes the plan of an agency for a year.
pub fn view(site: &Site, id: Id<Agency>, year: i32) -> View {
    let route = Route::Plan(id, year);
    let here = PageCtx::new(site, route);
    let (model, assessment) = (&site.model, &site.assessment);
    let mut duties: BTreeMap<(Id<Regulation>, Id<Obligation>), Vec<OccurrenceId>> = BTreeMap::new();
    let mut months = vec![0; 12];
    for id in assessment.of_agency(id) {
        let occurrence = assessment.occurrence(*id);
        let obligation = &model.obligations[occurrence.obligation];
        let planned = matches!(obligation.duty, Duty::Periodic(_) | Duty::Interval(_));
        if planned && occurrence.due.year() == year {
            months[occurrence.due.month0() as usize] += 1;
            let key = (obligation.regulation, occurrence.obligation);
            duties.entry(key).or_default().push(*id);
        }
    }
    let mut regulations: Vec<(Id<Regulation>, RegulationRows)> = Vec::new();
    for ((regulation, duty), ids) in duties {
        let row = duty_row(&here, duty, &ids);
        match regulations.last_mut() {
            Some((last, rows)) if *last == regulation => rows.rows.push(row),
            _ => {
                let rows =
                    RegulationRows { regulation: here.regulation(regulation), rows: vec![row] };
                regulations.push((regulation, rows));
            }
        }
    }
    let agency = &model.agencies[id];
    let others = plan_years(assessment).into_iter().filter(|other| *other != year);
    let view = PlanView {
        agency: here.link(Route::Agency(id), &agency.name),
        regulations: regulations.into_iter().map(|(_, rows)| rows).collect(),
        count: months.iter().sum(),
        months,
        others: others.map(|year| here.link(Route::Plan(id, year), here.plan_name(year))).collect(),
        known: model.calendar.years.contains(&year),
    };
    let title = format!("{}{}", agency.name, here.plan_name(year));
    let mut above = here.above_scope(Scope::Agency(id));
    above.push(here.link(Route::Agency(id), &agency.short));
    View::new("plan.html", Frame::new(site, route, &title, above), view)
}

impl PageCtx<'_> {
    /// 「115年度稽核計畫」.
    pub fn plan_name(&self, year: i32) -> String {
        self.site.words.say("plan.title", &[("year", &roc_year(year))])
    }
}

fn duty_row(here: &PageCtx, id: Id<Obligation>, ids: &[OccurrenceId]) -> DutyRow {
    let (model, words) = (&here.site.model, &here.site.words);
    let obligation = &model.obligations[id];
    let of = |id: &OccurrenceId| here.site.assessment.occurrence(*id);
    let mut scopes: Vec<Scope> = ids.iter().map(|id| of(id).scope).collect();
    scopes.dedup();
    let frequency = match &obligation.duty {
        Duty::Periodic(rule) => sentence::every(words, rule),
        Duty::Interval(rule) => interval::gap(words, rule),
        _ => String::new(),
    };
    let mut months: Vec<BTreeMap<Status, Vec<OccurrenceId>>> = vec![BTreeMap::new(); 12];
    for id in ids {
        months[of(id).due.month0() as usize].entry(of(id).status).or_default().push(*id);
    }
    let mark = |(status, ids): (Status, Vec<OccurrenceId>)| Mark {
        href: match ids[..] {
            [only] => here.href(Route::Occurrence(only)),
            _ => here.href(Route::Obligation(id)),
        },
        status: here.status(status),
        count: ids.len(),
    };
    DutyRow {
        duty: here.obligation(id),
        clause: here.clause_of(obligation, obligation.main_clause()),
        frequency,
        scope: here.scope(scopes[0]),
        scopes: scopes.len(),
        kind: here.word("plan_scope", obligation.scope.as_str()),
        months: months.into_iter().map(|month| month.into_iter().map(mark).collect()).collect(),
    }
}

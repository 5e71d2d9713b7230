//! One class of what is due: the list behind a count, of all agencies or of one.

use serde::Serialize;

use super::parts::{DateView, Here, Link, OccurrenceRow};
use super::urgency::{Urgency, listed};
use super::{Frame, View};
use crate::assess::OccurrenceId;
use crate::model::{Agency, Id};
use crate::site::Site;
use crate::site::route::Route;

/// At most so many rows on one page; how many are left out is said.
pub const MOST: usize = 300;

/// What `due-list.html` shows.
#[derive(Debug, Serialize)]
struct DueListView {
    title: String,
    note: String,
    empty: String,
    /// How many there are, on this page or not.
    count: usize,
    left_out: usize,
    rows: Vec<DueRow>,
    /// The other classes.
    classes: Vec<Choice>,
    /// All agencies, and each that has any.
    agencies: Vec<Choice>,
}

/// A list one may go to, and how much stands in it.
#[derive(Debug, Serialize)]
pub struct Choice {
    pub link: Link,
    pub count: usize,
    /// It is the one of this page.
    pub current: bool,
}

/// An occurrence in a list of what is due.
#[derive(Debug, Serialize)]
pub struct DueRow {
    #[serde(flatten)]
    row: OccurrenceRow,
    /// The day of the week of the due date.
    weekday: String,
    /// Who has to act.
    doer: Link,
    /// The row is the first of its day on a page of a month.
    pub anchor: Option<String>,
}

impl Here<'_> {
    /// An occurrence as a row of a list of what is due.
    pub fn due_row(&self, id: OccurrenceId) -> DueRow {
        let occurrence = self.site.assessment.occurrence(id);
        DueRow {
            row: self.row(id),
            weekday: self.weekday(occurrence.due),
            doer: self.doer(id),
            anchor: None,
        }
    }

    /// The day of the week in one character: 「六」.
    pub fn weekday(&self, day: crate::time::Day) -> String {
        let number = chrono::Datelike::weekday(&day).num_days_from_sunday();
        self.word("weekday", &number.to_string())
    }

    /// The classes with their counts: of all agencies every one; of one agency those that have a
    /// list of it.
    pub fn classes(&self, current: Option<Urgency>, agency: Option<Id<Agency>>) -> Vec<Choice> {
        let assessment = &self.site.assessment;
        let mut counts = [0; Urgency::ALL.len()];
        let mut count = |one| counts[Urgency::of(one, assessment.as_of) as usize] += 1;
        match agency {
            Some(id) => {
                assessment.of_agency(id).iter().for_each(|id| count(assessment.occurrence(*id)));
            }
            None => assessment.occurrences.iter().for_each(count),
        }
        let has_list = |(urgency, count): &(Urgency, usize)| {
            agency.is_none() || *count > 0 && urgency.status().is_none()
        };
        let choice = |(urgency, count): (Urgency, usize)| {
            let route = match agency {
                Some(_) => Route::DueList(urgency, agency),
                None => urgency.route(),
            };
            Choice {
                link: self.link(route, self.word("urgency", urgency.word())),
                count,
                current: current == Some(urgency),
            }
        };
        Urgency::ALL.into_iter().zip(counts).filter(has_list).map(choice).collect()
    }
}

/// Makes the list of a class.
pub fn view(site: &Site, urgency: Urgency, agency: Option<Id<Agency>>) -> View {
    let route = Route::DueList(urgency, agency);
    let here = Here::new(site, route);
    let ids = listed(&here, urgency, agency);
    let class = here.word("urgency", urgency.word());
    let title = match agency {
        Some(id) => {
            let name = &site.model.agencies[id].name;
            site.words.say("due_list.of_agency", &[("class", &class), ("agency", name)])
        }
        None => site.words.say("due_list.title", &[("class", &class)]),
    };
    let as_of = DateView::new(site.assessment.as_of);
    let mut above = vec![here.link(Route::Due, here.word("menu", "due"))];
    if agency.is_some() {
        above.push(here.link(urgency.route(), class));
    }
    let view = DueListView {
        note: here.word("urgency_note", urgency.word()),
        empty: site
            .words
            .say(&format!("urgency_empty.{}", urgency.word()), &[("as_of", &as_of.long)]),
        count: ids.len(),
        left_out: ids.len().saturating_sub(MOST),
        rows: ids.iter().take(MOST).map(|id| here.due_row(*id)).collect(),
        classes: here.classes(Some(urgency), agency),
        agencies: agencies(&here, urgency, agency),
        title,
    };
    View::new("due-list.html", Frame::new(site, route, &view.title.clone(), above), view)
}

/// The same class of all agencies and of each that has any.
fn agencies(here: &Here, urgency: Urgency, current: Option<Id<Agency>>) -> Vec<Choice> {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let mut counts = vec![0; model.agencies.len()];
    for (_, occurrence) in assessment.iter() {
        if Urgency::of(occurrence, assessment.as_of) == urgency {
            counts[model.scope_agency(occurrence.scope).index()] += 1;
        }
    }
    let all = Choice {
        link: here.link(urgency.route(), here.word("due_list", "all_agencies")),
        count: counts.iter().sum(),
        current: current.is_none(),
    };
    let each = model.agencies.iter().zip(counts).filter(|(_, count)| *count > 0);
    let each = each.map(|((id, agency), count)| Choice {
        link: here.link(Route::DueList(urgency, Some(id)), &agency.short),
        count,
        current: current == Some(id),
    });
    let mut each: Vec<Choice> = each.collect();
    each.sort_by_key(|choice| std::cmp::Reverse(choice.count));
    std::iter::once(all).chain(each).collect()
}

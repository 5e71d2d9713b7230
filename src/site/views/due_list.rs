//! One class of what is due: the list behind a count, of all agencies or of one.

use serde::Serialize;

use super::View;
use super::listing::{Listing, frame};
use super::parts::{DateView, Link, OccurrenceRow, PageCtx};
use crate::assess::OccurrenceId;
use crate::facts::Urgency;
use crate::model::{Agency, Id};
use crate::site::Site;
use crate::site::lists::{Filter, Item, List};

/// What `due-list.html` shows.
#[derive(Debug, Serialize)]
struct DueListView {
    list: Listing,
    note: String,
    empty: String,
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
    /// Who has to act.
    doer: Link,
    /// The row is the first of its day on a page of a month.
    pub anchor: Option<String>,
}

impl PageCtx<'_> {
    /// An occurrence as a row of a list of what is due.
    pub fn due_row(&self, id: OccurrenceId) -> DueRow {
        DueRow { row: self.row(id), doer: self.assignee(id), anchor: None }
    }

    /// The rows of a page of a list of what is due.
    pub fn due_rows(&self, list: List, page: usize) -> Vec<DueRow> {
        let items = self.items(list, page).iter();
        let ids = items.filter_map(|item| match item {
            Item::Occurrence(id) => Some(*id),
            _ => None,
        });
        ids.map(|id| self.due_row(id)).collect()
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
        let choice = |(urgency, count): (Urgency, usize)| Choice {
            link: self.link(urgency.list(agency).page(1), self.word("urgency", urgency.as_str())),
            count,
            current: current == Some(urgency),
        };
        Urgency::ALL.into_iter().zip(counts).filter(has_list).map(choice).collect()
    }
}

/// Makes a page of a list of what is due: of a class, or the further pages of a month.
pub fn view(site: &Site, list: List, page: usize) -> View {
    let here = PageCtx::new(site, list.page(page));
    let as_of = DateView::new(site.assessment.as_of);
    let (urgency, agency) = match list.filter {
        Filter::Urgency(urgency, agency) => (Some(urgency), agency),
        _ => (None, None),
    };
    let word = |section: &str| urgency.map(|urgency| here.word(section, urgency.as_str()));
    let empty = |urgency: Urgency| {
        site.words.say(&format!("urgency_empty.{}", urgency.as_str()), &[("as_of", &as_of.long)])
    };
    let view = DueListView {
        list: here.listing(list, page),
        note: word("urgency_note").unwrap_or_default(),
        empty: urgency.map(empty).unwrap_or_default(),
        rows: here.due_rows(list, page),
        classes: urgency.map_or_else(Vec::new, |_| here.classes(urgency, agency)),
        agencies: urgency.map_or_else(Vec::new, |urgency| agencies(&here, urgency, agency)),
    };
    View::new("due-list.html", frame(site, list, page), view)
}

/// The same class of all agencies and of each that has any.
fn agencies(here: &PageCtx, urgency: Urgency, current: Option<Id<Agency>>) -> Vec<Choice> {
    let model = &here.site.model;
    let count = |agency: Option<Id<Agency>>| here.site.lists.len(urgency.list(agency));
    let all = Choice {
        link: here.link(urgency.route(), here.word("due_list", "all_agencies")),
        count: count(None),
        current: current.is_none(),
    };
    let each = model.agencies.iter().map(|pair| (pair, count(Some(pair.0))));
    let each = each.filter(|(_, count)| *count > 0);
    let each = each.map(|((id, agency), count)| Choice {
        link: here.link(urgency.list(Some(id)).page(1), &agency.short),
        count,
        current: current == Some(id),
    });
    let mut each: Vec<Choice> = each.collect();
    each.sort_by_key(|choice| std::cmp::Reverse(choice.count));
    std::iter::once(all).chain(each).collect()
}

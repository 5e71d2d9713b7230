//! Lists of records, whole or filtered, divided into pages so that none grows without bound. They
//! are made once, when the site is planned; a page takes its stretch of a list, and every count
//! shown beside a link is the length of the list behind it.

mod kept;
mod list;
mod members;
mod states;
mod text;
mod urgency;

use std::collections::BTreeMap;

use crate::assess::{Assessment, OccurrenceId};
use crate::model::{
    Account, Agency, Audit, Entry, Event, Evidence, Finding, Id, Model, Post, Submission, System,
    Unit, Usage, Waiver,
};
use crate::site::route::Route;

pub use list::{Filter, Kind, List};
pub use states::finding_lists;

/// One row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    Occurrence(OccurrenceId),
    Agency(Id<Agency>),
    Unit(Id<Unit>),
    System(Id<System>),
    Post(Id<Post>),
    Account(Id<Account>),
    Usage(Id<Usage>),
    Entry(Id<Entry>),
    Audit(Id<Audit>),
    Submission(Id<Submission>),
    Event(Id<Event>),
    /// Its place among the checks of the assessment.
    Check(usize),
    /// Its place among the candidates of the assessment.
    Candidate(usize),
    Finding(Id<Finding>),
    /// Its place among the overdue actions of the assessment.
    Action(usize),
    Evidence(Id<Evidence>),
    /// Its place in [`Lists::kept`].
    Kept(usize),
    Waiver(Id<Waiver>),
}

/// Rows of a list that stand on the page of something else; the rest only in the list.
pub const INLINE_ROWS_MAX: usize = 50;

impl List {
    /// The address of one of its pages, from 1.
    pub fn page(self, page: usize) -> Route {
        let first = match (self.kind, self.filter) {
            _ if page > 1 => None,
            (Kind::Occurrences, Filter::Status(status)) => Some(Route::Status(status)),
            (Kind::Due, Filter::Month(month)) => Some(Route::Month(month)),
            (_, Filter::All) => match self.kind {
                Kind::Agencies => Some(Route::Agencies),
                Kind::Systems => Some(Route::Systems),
                Kind::Accounts => Some(Route::Accounts),
                Kind::Audits => Some(Route::Audits),
                Kind::Events => Some(Route::Events),
                Kind::Checks => Some(Route::Checks),
                Kind::Findings => Some(Route::Findings),
                Kind::Evidence => Some(Route::EvidenceList),
                Kind::Retention => Some(Route::Retention),
                Kind::Waivers => Some(Route::Waivers),
                _ => None,
            },
            _ => None,
        };
        let page = u32::try_from(page).expect("fewer than 2^32 pages");
        first.unwrap_or(Route::List(self, page))
    }
}

/// Every list of a site.
#[derive(Debug, Default)]
pub struct Lists {
    of: BTreeMap<List, Pages>,
    /// Which kept records are drawn into one row: places among those of the assessment.
    pub kept: Vec<Vec<usize>>,
    /// How many findings are in each state; one may be in several.
    pub findings_in: BTreeMap<&'static str, usize>,
}

/// A list and where its pages begin.
#[derive(Debug)]
struct Pages {
    items: Vec<Item>,
    /// Never empty; the first is 0.
    starts: Vec<usize>,
}

/// Text that a page's rows may have, in bytes by a rough measure. With the frame and the filters a
/// page stays below 100 KiB.
const TEXT: usize = 72 * 1024;

impl Lists {
    /// Makes every list of a site.
    pub fn new(model: &Model, assessment: &Assessment) -> Self {
        let mut lists = Self { kept: kept::kept(model, assessment), ..Self::default() };
        members::all(model, assessment, &mut lists);
        lists
    }

    /// Takes in a list; an empty one too.
    fn add(&mut self, list: List, items: Vec<Item>, text: impl Fn(Item) -> usize) {
        let mut starts = vec![0];
        let (mut rows, mut bytes) = (0, 0);
        for (at, item) in items.iter().enumerate() {
            let more = text(*item);
            if rows > 0 && (rows == list.kind.most() || bytes + more > TEXT) {
                starts.push(at);
                (rows, bytes) = (0, 0);
            }
            rows += 1;
            bytes += more;
        }
        self.of.insert(list, Pages { items, starts });
    }

    /// Whether there is such a list.
    pub fn has(&self, list: List) -> bool {
        self.of.contains_key(&list)
    }

    /// How many stand in a list; none if there is no such list.
    pub fn len(&self, list: List) -> usize {
        self.of.get(&list).map_or(0, |pages| pages.items.len())
    }

    /// How many pages a list has.
    pub fn pages(&self, list: List) -> usize {
        self.of.get(&list).map_or(0, |pages| pages.starts.len())
    }

    /// What stands on a page of a list, and the place of its first row, from 0.
    pub fn items(&self, list: List, page: usize) -> (usize, &[Item]) {
        let Some(pages) = self.of.get(&list) else { return (0, &[]) };
        let from = pages.starts[page - 1];
        let until = pages.starts.get(page).copied().unwrap_or(pages.items.len());
        (from, &pages.items[from..until])
    }

    /// The page of a list on which something stands.
    pub fn page_of(&self, list: List, item: Item) -> Option<usize> {
        let pages = self.of.get(&list)?;
        let place = pages.items.iter().position(|one| *one == item)?;
        Some(pages.starts.partition_point(|start| *start <= place))
    }

    /// Every list of a kind, by filter.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = List> {
        let from = self.of.range(List::all(kind)..).map(|(list, _)| *list);
        from.take_while(move |list| list.kind == kind)
    }

    /// Everything in a list, in its order; nothing if there is no such list.
    pub fn every(&self, list: List) -> &[Item] {
        self.of.get(&list).map_or(&[], |pages| &pages.items)
    }

    /// The pages that have no route of their own.
    pub fn routes(&self) -> impl Iterator<Item = Route> {
        let pages = self
            .of
            .iter()
            .flat_map(|(list, pages)| (1..=pages.starts.len()).map(move |page| list.page(page)));
        pages.filter(|route| matches!(route, Route::List(..)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_divided_by_rows_and_by_text() {
        let mut lists = Lists::default();
        let list = List::all(Kind::Audits);
        let items: Vec<Item> = (0..450).map(|n| Item::Audit(Id::new(n))).collect();
        lists.add(list, items.clone(), |_| 100);
        assert_eq!(lists.pages(list), 5);
        assert_eq!(lists.items(list, 1).1.len(), 100);
        assert_eq!(lists.items(list, 5), (400, &items[400..]));
        // Rows of 20 KiB: three to a page; one longer than a page stands alone.
        lists.add(list, items[..7].to_vec(), |_| 20 * 1024);
        assert_eq!((lists.pages(list), lists.items(list, 3).0), (3, 6));
        assert_eq!(lists.page_of(list, items[6]), Some(3));
        assert_eq!(lists.page_of(list, items[5]), Some(2));
        assert_eq!(lists.page_of(list, items[7]), None);
        lists.add(list, items[..2].to_vec(), |_| 2 * TEXT);
        assert_eq!((lists.pages(list), lists.items(list, 2).0), (2, 1));
        lists.add(list, Vec::new(), |_| 0);
        assert_eq!((lists.pages(list), lists.items(list, 1)), (1, (0, &[][..])));
    }
}

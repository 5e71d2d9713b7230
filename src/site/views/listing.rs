//! What every page of a list has: its title and place, the filters with their counts, which
//! stretch of the list it shows; and what a page says that shows only the first rows of a list.

use serde::Serialize;

use super::Frame;
use super::parts::{Link, PageCtx};
use crate::facts::Urgency;
use crate::model::{Id, Named, Scope, Waiver};
use crate::site::Site;
use crate::site::lists::{Filter, Item, Kind, List};
use crate::site::route::Route;
use crate::text::number::grouped;
use crate::text::sentence;
use crate::time::roc_year;

/// The list a page shows a stretch of.
#[derive(Debug, Serialize)]
pub struct Listing {
    /// What the rows are, in which order, how many, and which of them stand here.
    pub caption: String,
    /// In the whole list.
    pub total: usize,
    /// The page is the first of the list of all.
    pub is_front: bool,
    filters: Vec<Facet>,
    pager: Option<Pager>,
}

/// Ways to tell the records of a list apart by one thing.
#[derive(Debug, Serialize)]
struct Facet {
    label: String,
    choices: Vec<Choice>,
    /// There are many, so they are folded away.
    is_long: bool,
    has_current: bool,
}

/// A filter and how many records it leaves.
#[derive(Debug, Serialize)]
struct Choice {
    link: Link,
    count: usize,
    /// `page` for this very page, `true` for a later one of the same list.
    current: Option<&'static str>,
}

/// The pages of a list.
#[derive(Debug, Serialize)]
struct Pager {
    /// 「第 2 頁，共 5 頁；第 201–400 筆，共 900 筆」.
    place: String,
    previous: Option<String>,
    next: Option<String>,
    /// The first, the last and those around the current one.
    pages: Vec<PageLink>,
}

#[derive(Debug, Serialize)]
struct PageLink {
    link: Link,
    current: bool,
    /// Pages before it are left out.
    after_gap: bool,
}

/// The first rows of a list stand on a page, and the rest elsewhere.
#[derive(Debug, Serialize)]
pub struct Truncation {
    text: String,
    /// To the whole list.
    all: Option<Link>,
}

/// Families with more choices are folded away.
const MANY: usize = 12;
/// Codes of states in the order of their weight, where the alphabet is not it.
const CODES: &[&str] = &[
    "unclosed",
    "overdue",
    "open",
    "doubtful",
    "closed",
    "major",
    "minor",
    "observation",
    "destroyed_too_early",
    "destroyed_unapproved",
    "may_be_destroyed",
    "keep",
    "destroyed",
    "active",
    "suspended",
    "cancelled",
    "in_force",
    "not_yet",
    "unused",
    "ended_unused",
    "ended",
    "breached",
    "unknown",
    "holds",
    "anomaly",
    "not_recorded",
    "clean",
];

impl<'a> PageCtx<'a> {
    /// What stands on a page of a list.
    pub fn items(&self, list: List, page: usize) -> &'a [Item] {
        self.site.lists.items(list, page).1
    }

    /// A link to a waiver's row.
    pub fn waiver(&self, id: Id<Waiver>) -> Link {
        let (list, waiver) = (List::all(Kind::Waivers), &self.site.model.waivers[id]);
        let duty = &self.site.model.obligations[waiver.obligation].title;
        let scope = self.site.model.scope_name(waiver.scope);
        let name = self.site.words.say("record_name.waiver", &[("scope", &scope), ("duty", duty)]);
        let mut link = match self.site.lists.page_of(list, Item::Waiver(id)) {
            Some(page) => self.link(list.page(page), name),
            None => return self.link(Route::Waivers, name),
        };
        link.href = format!("{}#{}", link.href, waiver.slug());
        link
    }

    /// What a page of a list says of it.
    pub fn listing(&self, list: List, page: usize) -> Listing {
        let (lists, words) = (&self.site.lists, &self.site.words);
        let (from, items) = lists.items(list, page);
        let (total, pages) = (lists.len(list), lists.pages(list));
        let key = match list.filter {
            Filter::Status(_) => "list_caption.status",
            Filter::Urgency(Urgency::Done, _) => "list_caption.due_done",
            _ => &format!("list_caption.{}", list.kind.as_str()),
        };
        let [first, last] = [from + 1, from + items.len()].map(|place| grouped(place as u64));
        let all = grouped(total as u64);
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("rows", &words.get(key)),
            ("total", &all),
            ("first", &first),
            ("last", &last),
            ("page", &page),
            ("pages", &pages),
        ];
        let caption = if pages > 1 { "lists.caption_part" } else { "lists.caption" };
        Listing {
            caption: words.say(caption, values),
            total,
            is_front: page == 1 && list.filter == Filter::All,
            filters: if list.kind == Kind::Due { Vec::new() } else { self.filters(list, page) },
            pager: (pages > 1).then(|| self.pager(list, page, words.say("lists.place", values))),
        }
    }

    /// Says that a page shows only so many of a list; `None` if it shows all. Where there is no
    /// such list, it says where else they are found.
    pub fn shown(&self, shown: usize, total: usize, list: List) -> Option<Truncation> {
        let (lists, words) = (&self.site.lists, &self.site.words);
        if shown >= total {
            return None;
        }
        // Where nothing is told apart there is only the list of all.
        let list = [list, List::all(list.kind)].into_iter().find(|list| lists.has(*list));
        let [shown, total] = [shown, total].map(|count| grouped(count as u64));
        Some(Truncation {
            text: {
                let text = if list.is_some() { "lists.shown" } else { "lists.shown_only" };
                words.say(text, &[("shown", &shown), ("total", &total)])
            },
            all: list.map(|list| self.link(list.page(1), self.list_title(list))),
        })
    }

    /// The title of a list.
    pub fn list_title(&self, list: List) -> String {
        let words = &self.site.words;
        let word = list.kind.as_str();
        let title = words.find(&format!("list_title.{word}"));
        let title = title.unwrap_or_else(|| words.find(&format!("{word}.title")).unwrap_or(word));
        let label = self.filter_label(list.filter);
        match (list.kind, list.filter) {
            (Kind::Entries, _) => label,
            (_, Filter::All) => title.to_owned(),
            (Kind::Due, Filter::Urgency(urgency, agency)) => {
                let class = self.word("urgency", urgency.as_str());
                match agency.map(|id| &self.site.model.agencies[id].name) {
                    Some(name) => {
                        words.say("due_list.of_agency", &[("class", &class), ("agency", name)])
                    }
                    None => words.say("due_list.title", &[("class", &class)]),
                }
            }
            (_, Filter::Month(_)) => words.say("calendar.title", &[("month", &label)]),
            (_, Filter::Status(_)) => words.say("status_list.title", &[("status", &label)]),
            _ => words.say("lists.filtered", &[("title", &title), ("filter", &label)]),
        }
    }

    /// The words of a filter.
    fn filter_label(&self, filter: Filter) -> String {
        let (model, words) = (&self.site.model, &self.site.words);
        match filter {
            Filter::All => words.get("lists.all").to_owned(),
            Filter::Status(status) => self.status(status).label,
            Filter::Code(section, code) => self.word(section, code),
            Filter::Regulation(id) => model.regulations[id].short.clone(),
            Filter::Agency(id) => model.agencies[id].short.clone(),
            Filter::System(id) => model.systems[id].short.clone(),
            Filter::Unit(id) => model.units[id].name.clone(),
            Filter::Post(id) => model.posts[id].title.clone(),
            Filter::Obligation(id) => model.obligations[id].title.clone(),
            Filter::Scope(scope) => model.scope_name(scope).into_owned(),
            Filter::Event(id) => self.event_kind(model.events[id].kind),
            Filter::Urgency(urgency, _) => self.word("urgency", urgency.as_str()),
            Filter::Month(month) => sentence::period(words, month),
            Filter::Year(year) => words.say("period.year", &[("year", &roc_year(year))]),
        }
    }

    /// The families of filters of a list, each with every choice. Lists of what stands beside one
    /// thing have none.
    fn filters(&self, list: List, page: usize) -> Vec<Facet> {
        let lists = &self.site.lists;
        let is_own = |filter: Filter| {
            let beside = matches!(
                filter,
                Filter::Unit(_) | Filter::Post(_) | Filter::Obligation(_) | Filter::Scope(_)
            );
            beside || (list.kind == Kind::Occurrences && !matches!(filter, Filter::Status(_)))
        };
        if is_own(list.filter) && list.filter != Filter::All {
            return Vec::new();
        }
        let mut all: Vec<List> =
            lists.of_kind(list.kind).filter(|one| !is_own(one.filter)).collect();
        all.sort_by_key(|one| match one.filter {
            Filter::Code(_, code) => Some(rank(code)),
            Filter::Year(year) => usize::try_from(3_000 - year).ok(),
            _ => None,
        });
        let mut families: Vec<(&'static str, Facet)> = Vec::new();
        for one in all {
            let by = one.filter.by();
            let current = (one == list).then_some(if page == 1 { "page" } else { "true" });
            let choice = Choice {
                link: self.link(one.page(1), self.filter_label(one.filter)),
                count: lists.len(one),
                current,
            };
            match families.iter_mut().find(|(other, _)| *other == by) {
                Some((_, family)) => {
                    family.choices.push(choice);
                    family.is_long = family.choices.len() > MANY;
                    family.has_current |= current.is_some();
                }
                None => {
                    let family = Facet {
                        label: self.word("list_by", by),
                        choices: vec![choice],
                        is_long: false,
                        has_current: current.is_some(),
                    };
                    families.push((by, family));
                }
            }
        }
        // The list of all tells nothing where it is the only one.
        families.sort_by_key(|(by, _)| ORDER.iter().position(|known| known == by));
        let families: Vec<Facet> = families.into_iter().map(|(_, family)| family).collect();
        if families.len() > 1 || families.iter().any(|family| family.choices.len() > 1) {
            families
        } else {
            Vec::new()
        }
    }

    fn pager(&self, list: List, page: usize, place: String) -> Pager {
        let pages = self.site.lists.pages(list);
        let href = |page: usize| self.href(list.page(page));
        let shown: Vec<usize> = (1..=pages)
            .filter(|one| *one == 1 || *one == pages || one.abs_diff(page) <= 2)
            .collect();
        let link = |at: usize, one: usize| PageLink {
            link: self.link(list.page(one), grouped(one as u64)),
            current: one == page,
            after_gap: at > 0 && shown[at - 1] + 1 < one,
        };
        Pager {
            place,
            previous: (page > 1).then(|| href(page - 1)),
            next: (page < pages).then(|| href(page + 1)),
            pages: shown.iter().enumerate().map(|(at, one)| link(at, *one)).collect(),
        }
    }
}

/// The place of a code among the codes, most severe first; after them all if it has none.
pub fn rank(code: &str) -> usize {
    CODES.iter().position(|known| *known == code).unwrap_or(CODES.len())
}

/// The order of the families.
const ORDER: &[&str] = &[
    "all",
    "status",
    "account_state",
    "finding_list",
    "kept_state",
    "waiver_state",
    "verdict",
    "grade",
    "year",
    "evidence_user",
    "kept_kind",
    "record_of",
    "kind",
    "regulation",
    "system",
    "agency",
];

/// The frame of a page of a list.
pub fn frame(site: &Site, list: List, page: usize) -> Frame {
    let route = list.page(page);
    let here = PageCtx::new(site, route);
    let model = &site.model;
    let title = here.list_title(list);
    let title = match page {
        1 => title,
        page => site.words.say("lists.paged", &[("title", &title), ("page", &page)]),
    };
    let mut above = Vec::new();
    let of_scope = |scope: Scope| {
        let mut above = here.above_scope(scope);
        above.push(here.scope(scope));
        above
    };
    match (list.kind, list.filter) {
        (Kind::Occurrences | Kind::Candidates | Kind::Checks, Filter::Obligation(id)) => {
            let regulation = model.obligations[id].regulation;
            above.push(here.link(Route::Regulations, site.words.get("menu.regulations")));
            above.push(here.regulation(regulation));
            above.push(here.obligation(id));
        }
        (Kind::Due, filter) => {
            above.push(here.link(Route::Due, here.word("menu", "due")));
            let whole = match filter {
                Filter::Urgency(urgency, Some(_)) => Some(urgency.list(None)),
                _ if page > 1 => Some(list),
                _ => None,
            };
            above.extend(whole.map(|whole| here.link(whole.page(1), here.list_title(whole))));
        }
        (Kind::Occurrences, Filter::Agency(id)) => above = of_scope(Scope::Agency(id)),
        (Kind::Occurrences, Filter::Scope(scope)) => above = of_scope(scope),
        (Kind::Usage, Filter::Unit(id)) => above = of_scope(Scope::Unit(id)),
        (Kind::Submissions, Filter::All) if page == 1 => {
            above.push(here.link(Route::Audits, here.list_title(List::all(Kind::Audits))));
        }
        (Kind::Actions, _) => {
            above.push(here.link(Route::Findings, here.list_title(List::all(Kind::Findings))));
        }
        (Kind::Entries, _) => {
            above.push(here.link(Route::Systems, site.words.get("menu.systems")));
        }
        (Kind::Units | Kind::Posts, Filter::All) if page == 1 => {
            above.push(here.link(Route::Agencies, site.words.get("menu.agencies")));
        }
        _ => {}
    }
    if (page > 1 || list.filter != Filter::All) && above.is_empty() {
        let all = List::all(list.kind);
        if site.lists.has(all) {
            above.push(here.link(all.page(1), here.list_title(all)));
        }
    }
    if page > 1 && list.filter != Filter::All {
        above.push(here.link(list.page(1), here.list_title(list)));
    }
    Frame::new(site, route, &title, above)
}

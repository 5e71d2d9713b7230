//! The search page, and the index for readers without scripts.

use serde::Serialize;

use super::parts::{Link, PageCtx};
use super::{Frame, View};
use crate::site::Site;
use crate::site::index::{Entry, Part, Place, ROWS};
use crate::site::route::Route;

/// What `search.html` shows before anything is asked.
#[derive(Debug, Serialize)]
struct SearchView {
    index: Link,
}

/// What `search-index.html` shows.
#[derive(Debug, Serialize)]
struct IndexView {
    parts: Vec<PartRow>,
    /// Lists that stand elsewhere.
    lists: Vec<Link>,
    search: Link,
}

/// A part of the index, with its pages.
#[derive(Debug, Serialize)]
struct PartRow {
    count: usize,
    pages: Vec<Link>,
}

/// What `search-index-part.html` shows.
#[derive(Debug, Serialize)]
struct IndexPartView {
    groups: Vec<Group>,
    previous: Option<Link>,
    next: Option<Link>,
}

/// Entries under one heading.
#[derive(Debug, Serialize)]
struct Group {
    heading: String,
    rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
struct Row {
    link: Link,
    note: String,
}

/// Makes the search page.
pub fn view(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Search);
    let view = SearchView { index: here.link(Route::Index, site.words.get("search.index")) };
    let title = site.words.get("search.title");
    View::new("search.html", Frame::new(site, Route::Search, title, Vec::new()), view)
}

/// Makes the page that lists the parts of the index.
pub fn index(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Index);
    let words = &site.words;
    let part = |part: Part| {
        let count = site.index[&part].len();
        let pages = count.div_ceil(ROWS).max(1);
        let link = |page| here.link(Route::IndexPart(part, page), title(site, part, page, count));
        PartRow { count, pages: (0..pages).map(link).collect() }
    };
    let lists = [
        (Route::Regulations, "menu.regulations"),
        (Route::Accounts, "menu.accounts"),
        (Route::Due, "menu.due"),
        (Route::Audits, "menu.audits"),
        (Route::Events, "menu.events"),
        (Route::EvidenceList, "menu.evidence"),
        (Route::Pages, "guidance.title"),
    ];
    let view = IndexView {
        parts: Part::ALL.map(part).into(),
        lists: lists.map(|(route, word)| here.link(route, words.get(word))).into(),
        search: here.link(Route::Search, words.get("search.title")),
    };
    let frame = Frame::new(site, Route::Index, words.get("search.index"), Vec::new());
    View::new("search-index.html", frame, view)
}

/// Makes a page of the index.
pub fn index_part(site: &Site, part: Part, page: usize) -> View {
    let route = Route::IndexPart(part, page);
    let here = PageCtx::new(site, route);
    let all = &site.index[&part];
    let mut groups: Vec<Group> = Vec::new();
    for Entry { group, text, to, note } in all.iter().skip(page * ROWS).take(ROWS) {
        let link = match to {
            Place::Page(route) => here.link(*route, text),
            Place::Clause(id, number) => here.clause(*id, number),
        };
        if groups.last().is_none_or(|last| last.heading != *group) {
            groups.push(Group { heading: group.clone(), rows: Vec::new() });
        }
        let group = groups.last_mut().expect("one was pushed");
        group.rows.push(Row { link, note: note.clone() });
    }
    let link = |page| here.link(Route::IndexPart(part, page), title(site, part, page, all.len()));
    let view = IndexPartView {
        groups,
        previous: page.checked_sub(1).map(link),
        next: ((page + 1) * ROWS < all.len()).then(|| link(page + 1)),
    };
    let above = vec![here.link(Route::Index, site.words.get("search.index"))];
    let frame = Frame::new(site, route, &title(site, part, page, all.len()), above);
    View::new("search-index-part.html", frame, view)
}

fn name(site: &Site, part: Part) -> String {
    site.words.get(&format!("search_index.{}", part.code())).to_owned()
}

/// The title of a page: the part, and which of its entries if it has several pages.
fn title(site: &Site, part: Part, page: usize, count: usize) -> String {
    let name = name(site, part);
    if count <= ROWS {
        return name;
    }
    let (first, last) = (page * ROWS + 1, count.min((page + 1) * ROWS));
    site.words.say("search_index.some", &[("part", &name), ("first", &first), ("last", &last)])
}

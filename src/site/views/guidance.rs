//! Guidance: how duties are done, in the words of the agency; and the list of such pages.

use serde::Serialize;

use super::parts::{Link, PageCtx};
use super::{Frame, View};
use crate::markdown::{AWAY, escaped, render_masked};
use crate::model::{Guidance, Id};
use crate::privacy::Kind;
use crate::site::Site;
use crate::site::route::Route;

/// What `guidance.html` shows.
#[derive(Debug, Serialize)]
struct GuidanceView {
    /// Safe HTML, made from the author's Markdown.
    html: String,
    /// The duties that name the page.
    obligations: Vec<DutyLink>,
}

/// A duty and its regulation.
#[derive(Debug, Serialize)]
struct DutyLink {
    obligation: Link,
    regulation: Link,
    clause: Link,
}

/// What `pages.html` shows.
#[derive(Debug, Serialize)]
struct PagesView {
    rows: Vec<PageRow>,
}

/// A page and how many duties name it.
#[derive(Debug, Serialize)]
struct PageRow {
    link: Link,
    obligations: usize,
}

/// Makes a guidance page.
pub fn view(site: &Site, id: Id<Guidance>) -> View {
    let route = Route::Page(id);
    let here = PageCtx::new(site, route);
    let page = &site.model.guidance[id];
    let duty = |id: &Id<_>| {
        let obligation = &site.model.obligations[*id];
        DutyLink {
            obligation: here.obligation(*id),
            regulation: here.regulation(obligation.regulation),
            clause: here.clause_of(obligation, obligation.main_clause()),
        }
    };
    let view = GuidanceView {
        html: html(site, page),
        obligations: page.obligations.iter().map(duty).collect(),
    };
    let above = vec![here.link(Route::Pages, site.words.get("guidance.title"))];
    View::new("guidance.html", Frame::new(site, route, &page.title, above), view)
}

/// The text of a page; links off the site say so.
fn html(site: &Site, page: &Guidance) -> String {
    let (open, close) = AWAY.split_at(AWAY.len() - "</span>".len());
    let away = format!("{open}{}{close}", escaped(site.words.get("site.away")));
    let masked = |kind: Kind| kind.is_identity() || !page.answered;
    render_masked(&page.body, masked).html.replace(AWAY, &away)
}

/// Makes the list of guidance pages.
pub fn list(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Pages);
    let row = |(id, page): (Id<Guidance>, &Guidance)| PageRow {
        link: here.link(Route::Page(id), &page.title),
        obligations: page.obligations.len(),
    };
    let view = PagesView { rows: site.model.guidance.iter().map(row).collect() };
    let title = site.words.get("guidance.title");
    View::new("pages.html", Frame::new(site, Route::Pages, title, Vec::new()), view)
}

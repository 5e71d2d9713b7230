//! A version of a regulation's text, at an address that stays when later versions come.

use serde::Serialize;

use super::law::plain_clauses;
use super::outline::{LawPart, parts};
use super::parts::{Link, PageCtx};
use super::regulation::{SourceView, VersionView, missing};
use super::{Frame, View, version_name};
use crate::law::Form;
use crate::model::{Id, Regulation};
use crate::site::Site;
use crate::site::route::Route;

/// What `version.html` shows.
#[derive(Debug, Serialize)]
struct VersionPage {
    name: String,
    version: VersionView,
    /// `current`, `former`, `coming` or `unknown`: how it stands on the as-of date.
    standing: &'static str,
    /// To the regulation's page, which shows the version in force.
    current: Link,
    /// The version the regulation's page shows.
    shown: String,
    /// 點 of the text shown there that this version's source does not state, nor one before it.
    missing: Vec<String>,
    /// It is written in 條.
    is_articles: bool,
    parts: Vec<LawPart>,
    source: SourceView,
    /// To the comparisons with its neighbours.
    differences: Vec<Link>,
}

/// Makes the page of the version at place `at`.
pub fn view(site: &Site, id: Id<Regulation>, at: usize) -> View {
    let route = Route::Version(id, at);
    let here = PageCtx::new(site, route);
    let regulation = &site.model.regulations[id];
    let version = &regulation.versions[at];
    let shown = regulation.shown(site.assessment.as_of);
    let compared = regulation.successions().filter(|later| *later == at || *later == at + 1);
    let view = VersionPage {
        name: regulation.name.clone(),
        version: VersionView::new(regulation, version),
        standing: version_name::standing(site, regulation, version),
        current: here.link(Route::Regulation(id), &regulation.name),
        shown: version_name::name(site, shown),
        missing: missing(version, shown),
        is_articles: version.text.form == Form::Articles,
        parts: parts(&version.text, plain_clauses(&here, id, version)),
        source: SourceView::new(&version.text),
        differences: compared
            .map(|later| {
                let text = super::difference::title(&here, id, later);
                here.link(Route::Difference(id, later), text)
            })
            .collect(),
    };
    let title = site.words.say(
        "version.title",
        &[("regulation", &regulation.name), ("version", &version_name::name(site, version))],
    );
    let above = vec![
        here.link(Route::Regulations, site.words.get("menu.regulations")),
        here.regulation(id),
    ];
    View::new("version.html", Frame::new(site, route, &title, above), view)
}

//! What every page has: title, path, menu, and the foot with the as-of date.

use serde::Serialize;

use super::menu::{self, MenuItem};
use super::parts::{DateView, Link, PageCtx};
use super::stale::Stale;
use crate::assess::{OccurrenceId, Term};
use crate::model::Named;
use crate::site::Site;
use crate::site::route::Route;

/// The frame of a page.
#[derive(Debug, Serialize)]
pub struct Frame {
    pub title: String,
    /// Tells the page from others with the same title, in the title of the window.
    pub disambiguator: Option<String>,
    /// The section of the menu the page lies in, in the title of the window; not where the page
    /// itself is called so, nor on the home page.
    pub section: Option<String>,
    pub site_name: String,
    /// Whether search engines may list the page.
    pub listed: bool,
    /// From the page to the site's root: empty, `../` …
    pub root: String,
    /// The page's own file, relative to the site.
    pub path: String,
    /// From the home page to the page above this one.
    pub crumbs: Vec<Link>,
    pub menu: Vec<MenuItem>,
    /// The pages of the section this one lies in.
    pub submenu: Vec<MenuItem>,
    pub demo: bool,
    /// The picture's path in the output.
    pub logo: Option<String>,
    pub publisher: String,
    pub contact: Option<String>,
    pub as_of: DateView,
    pub generator: String,
    /// What this build is named by, if who builds says so.
    pub build: Option<String>,
    /// Said once the page is old; `None` if it stands still on purpose.
    pub stale: Option<Stale>,
    /// Keys lead to the parts of the page.
    pub access_keys: bool,
    /// Pages about the site itself.
    pub about: Vec<Link>,
    /// Pages of the publisher elsewhere.
    pub policies: Vec<Link>,
    /// On the home page, where the site has one.
    pub mark: Option<MarkView>,
}

/// The mark for accessible sites.
#[derive(Debug, Serialize)]
pub struct MarkView {
    pub href: String,
    /// The picture's path in the output.
    pub image: String,
    pub title: String,
}

/// Pages about the site itself, in the foot of each page.
const ABOUT: &[(Route, &str)] = &[
    (Route::Guide, "guide.title"),
    (Route::Index, "search.index"),
    (Route::Accessibility, "accessibility.title"),
    (Route::Method, "menu.method"),
];

impl Frame {
    /// The frame of page `route`. `above` lists the pages between the home page and this one.
    pub fn new(site: &Site, route: Route, title: &str, above: Vec<Link>) -> Self {
        let here = PageCtx::new(site, route);
        let settings = &site.model.settings;
        let mut crumbs = Vec::new();
        if route != Route::Home {
            crumbs.push(here.link(Route::Home, site.words.get("site.home")));
        }
        crumbs.extend(above);
        Self {
            title: title.to_owned(),
            disambiguator: disambiguator(site, route),
            section: menu::section(&here, route)
                .filter(|section| route != Route::Home && *section != title)
                .map(str::to_owned),
            site_name: settings.name.clone(),
            listed: settings.robots,
            root: root(site, route, &here.from),
            path: here.from.clone(),
            crumbs,
            menu: menu::sections(&here, route),
            submenu: menu::pages(&here, route),
            demo: settings.demo,
            logo: settings.appearance.logo.clone(),
            publisher: settings.agency.clone(),
            contact: settings.contact.clone(),
            as_of: DateView::new(site.assessment.as_of),
            generator: site.generator.clone(),
            build: site.build.clone(),
            stale: Stale::of(site),
            access_keys: settings.access_keys,
            about: ABOUT.iter().map(|(to, key)| here.link(*to, site.words.get(key))).collect(),
            policies: settings
                .policies
                .iter()
                .map(|policy| Link { href: policy.url.clone(), text: policy.title.clone() })
                .collect(),
            mark: settings.appearance.mark.as_ref().filter(|_| route == Route::Home).map(|mark| {
                MarkView {
                    href: mark.url.clone(),
                    image: mark.image.clone(),
                    title: mark.title.clone(),
                }
            }),
        }
    }
}

/// From a page to the site's root. The page for addresses that name nothing is served at any
/// depth, so it needs the whole address of the site, and does without links where there is none.
fn root(site: &Site, route: Route, path: &str) -> String {
    match (&site.model.settings.url, route) {
        (Some(url), Route::NotFound) => url.clone(),
        _ => "../".repeat(path.matches('/').count()),
    }
}

/// What tells a page from others that may well have the same title: duties of two regulations,
/// units of two agencies, papers on one form.
fn disambiguator(site: &Site, route: Route) -> Option<String> {
    let model = &site.model;
    let of_duty = |id| &*model.regulations[model.obligations[id].regulation].short;
    let name = match route {
        Route::Obligation(id) => of_duty(id),
        Route::Occurrence(id) => {
            let of = of_duty(site.assessment.occurrence(id).obligation);
            let Some(event) = same_day_event(site, id) else { return Some(of.to_owned()) };
            return Some([of, event].join(site.words.get("list.join")));
        }
        Route::Unit(id) => &model.agencies[model.units[id].agency].name,
        Route::Post(id) => model.posts[id].slug(),
        Route::Contractor(id) => model.contractors[id].slug(),
        Route::Finding(id) => model.findings[id].slug(),
        Route::Evidence(id) => model.evidence[id].slug(),
        Route::List(list, _) => list.disambiguator(&site.model)?,
        _ => return None,
    };
    Some(name.to_owned())
}

/// The id of the event of an occurrence, if another event of the kind and the day asks the same duty
/// of the same scope: two papers received on one day.
fn same_day_event(site: &Site, id: OccurrenceId) -> Option<&str> {
    let (model, assessment) = (&site.model, &site.assessment);
    let this = assessment.occurrence(id);
    let Term::Event(event) = this.term else { return None };
    let is_twin = |other: &OccurrenceId| {
        let occurrence = assessment.occurrence(*other);
        let Term::Event(twin) = occurrence.term else { return false };
        let (one, two) = (&model.events[event], &model.events[twin]);
        *other != id
            && occurrence.obligation == this.obligation
            && (one.on, one.kind) == (two.on, two.kind)
    };
    assessment.of_scope(this.scope).iter().any(is_twin).then(|| model.events[event].slug())
}

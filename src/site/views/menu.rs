//! The menu: the sections of the site, and the pages one may choose from in the section one is in.
//! Two rows of links serve without scripts, with a keyboard, and on a telephone.

use serde::Serialize;

use super::parts::{Link, PageCtx};
use crate::site::route::Route;

/// The section in which the registers lie.
const REGISTERS: &str = "menu.agencies";

/// A part of the site: its pages in the menu, and the folders whose pages belong to it.
pub struct Section {
    /// The key of its word.
    pub key: &'static str,
    /// The pages of its row with the keys of their words; the first is where the section begins.
    pub pages: &'static [(Route, &'static str)],
    /// The folders of the pages that lie in it.
    folders: &'static [&'static str],
}

/// The sections, in the order of the menu.
pub const SECTIONS: &[Section] = &[
    Section { key: "menu.home", pages: &[(Route::Home, "menu.home")], folders: &[] },
    Section {
        key: "menu.due",
        pages: &[(Route::Due, "menu.due_all"), (Route::Changes, "changes.title")],
        folders: &["due", "status"],
    },
    Section {
        key: "menu.regulations",
        pages: &[
            (Route::Regulations, "menu.texts"),
            (Route::Compare, "compare.title"),
            (Route::Coverage, "menu.coverage"),
            (Route::Readings, "readings.title"),
            (Route::Pages, "guidance.title"),
        ],
        folders: &["regulations", "obligations", "compare", "pages", "readings", "drafts"],
    },
    Section {
        key: "menu.agencies",
        pages: &[
            (Route::Agencies, "menu.agencies_all"),
            (Route::Systems, "menu.systems"),
            (Route::Accounts, "menu.accounts"),
            (Route::Roles, "menu.roles"),
        ],
        folders: &["agencies", "units", "systems", "accounts", "posts", "roles", "contractors"],
    },
    Section {
        key: "menu.audits",
        pages: &[
            (Route::Audits, "menu.audits_all"),
            (Route::Checks, "menu.checks"),
            (Route::Findings, "menu.findings"),
            (Route::Events, "menu.events"),
        ],
        folders: &["audits", "checks", "findings", "events", "submissions"],
    },
    Section {
        key: "menu.evidence",
        pages: &[
            (Route::EvidenceList, "menu.evidence_all"),
            (Route::Retention, "menu.retention"),
            (Route::Waivers, "menu.waivers"),
        ],
        folders: &["evidence", "retention", "waivers"],
    },
    Section {
        key: "menu.about",
        pages: &[
            (Route::Method, "menu.method"),
            (Route::Guide, "guide.title"),
            (Route::Index, "search.index"),
            (Route::Accessibility, "accessibility.title"),
            (Route::Verify, "verify.title"),
        ],
        folders: &["search-index"],
    },
];

/// One entry of the menu.
#[derive(Debug, Serialize)]
pub struct MenuItem {
    pub link: Link,
    /// `page` for the page one is on, `true` for the section it lies in.
    pub current: Option<&'static str>,
}

impl Section {
    /// Whether a page lies in the section.
    fn holds(&self, route: Route, here: &PageCtx) -> bool {
        let folder = here.from.split_once('/').map(|(folder, _)| folder);
        let kinds = here.site.model.kinds;
        let is_register =
            |folder| kinds.of_folder(folder).is_some_and(|kind| kind.register.is_some());
        self.pages.iter().any(|(page, _)| *page == route)
            || folder.is_some_and(|folder| self.folders.contains(&folder))
            || self.key == REGISTERS && folder.is_some_and(is_register)
    }
}

/// The row of sections.
pub fn sections(here: &PageCtx, route: Route) -> Vec<MenuItem> {
    let item = |section: &Section| {
        let (first, _) = section.pages[0];
        let inside = section.holds(route, here).then_some("true");
        MenuItem {
            link: here.link(first, here.site.words.get(section.key)),
            current: if first == route { Some("page") } else { inside },
        }
    };
    SECTIONS.iter().map(item).collect()
}

/// The name of the section a page lies in.
pub fn section<'a>(here: &PageCtx<'a>, route: Route) -> Option<&'a str> {
    let section = SECTIONS.iter().find(|section| section.holds(route, here))?;
    Some(here.site.words.get(section.key))
}

/// The row of pages of the section a page lies in; none where there is nothing to choose.
pub fn pages(here: &PageCtx, route: Route) -> Vec<MenuItem> {
    let section = SECTIONS.iter().find(|section| section.holds(route, here));
    let pages = section.map_or(&[][..], |section| section.pages);
    if pages.len() < 2 {
        return Vec::new();
    }
    let item = |(to, key): &(Route, &str)| MenuItem {
        link: here.link(*to, here.site.words.get(key)),
        current: (*to == route).then_some("page"),
    };
    pages.iter().map(item).collect()
}

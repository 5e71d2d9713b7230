//! The address of every page: flat files, linked relative to the page a link stands on, so that
//! the site works from any folder, under any path and from a disk. The only place addresses are made.

use super::index::Part;
use crate::assess::{Assessment, OccurrenceId, Status};
pub use crate::facts::id::occurrence as occurrence_path;
use crate::model::{
    Account, Agency, Audit, Contractor, Entry, Event, Evidence, Finding, Guidance, Id, Model,
    Named, Obligation, Post, Regulation, Role, Scope, Submission, System, Topic, Unit,
};
use crate::site::lists::List;
use crate::time::Period;

/// A page of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    Home,
    /// What changed since the same day of the month before.
    Changes,
    /// Every occurrence of a status that asks for action.
    Status(Status),
    Due,
    /// The calendar of a month.
    Month(Period),
    Regulations,
    Regulation(Id<Regulation>),
    /// How much of all texts is accounted for, and what is suspect.
    Coverage,
    /// What the tests exercise of every rule.
    Tests,
    /// Every open question, and every draft.
    Readings,
    /// An open question, by its place among all that were weighed.
    Reading(usize),
    /// What a draft would change, by its place among all.
    Draft(usize),
    /// The text of the version at that place of a regulation's list.
    Version(Id<Regulation>, usize),
    /// What the version at that place of a regulation's list changed in the one before it.
    Difference(Id<Regulation>, usize),
    Obligation(Id<Obligation>),
    /// A further part of the duty's strip of scopes and periods; the duty's own page has part 0.
    Periods(Id<Obligation>, usize),
    Occurrence(OccurrenceId),
    Agencies,
    Agency(Id<Agency>),
    /// What an agency has to do in a year.
    Plan(Id<Agency>, i32),
    Unit(Id<Unit>),
    Systems,
    System(Id<System>),
    Accounts,
    Account(Id<Account>),
    Post(Id<Post>),
    Roles,
    Role(Id<Role>),
    /// Every topic, and which regulations have duties on it.
    Compare,
    Topic(Id<Topic>),
    Contractor(Id<Contractor>),
    Audits,
    Audit(Id<Audit>),
    Submission(Id<Submission>),
    Events,
    Event(Id<Event>),
    Pages,
    Page(Id<Guidance>),
    Checks,
    Entry(Id<Entry>),
    Findings,
    Finding(Id<Finding>),
    EvidenceList,
    Evidence(Id<Evidence>),
    Retention,
    Waivers,
    Method,
    Search,
    /// What can be looked up without scripts.
    Index,
    /// A page of a part of the index, from 0.
    IndexPart(Part, usize),
    /// The parts of the site, and how to get about in it.
    Guide,
    /// How accessible the site is, and what is known to be missing.
    Accessibility,
    /// Whether a copy of the site is unchanged.
    Verify,
    /// A page at an old address, by its place in the settings.
    Moved(usize),
    NotFound,
    /// A page of a list, from 1, but for the first ones above; made by [`List::page`].
    List(List, u32),
}

impl Route {
    /// The page of a scope.
    pub fn of_scope(scope: Scope) -> Self {
        match scope {
            Scope::Agency(id) => Route::Agency(id),
            Scope::Unit(id) => Route::Unit(id),
            Scope::System(id) => Route::System(id),
            Scope::Account(id) => Route::Account(id),
            Scope::Post(id) => Route::Post(id),
            Scope::Contractor(id) => Route::Contractor(id),
            Scope::Entry(id) => Route::Entry(id),
        }
    }

    /// The file of the page, relative to the site, with `/` between the parts.
    pub fn path(self, model: &Model, assessment: &Assessment) -> String {
        let page = |folder: &str, slug: &str| format!("{folder}/{slug}.html");
        match self {
            Route::Home => "index.html".into(),
            Route::Changes => "changes.html".into(),
            Route::Status(status) => page("status", status.code()),
            Route::Due => "due/index.html".into(),
            Route::Month(month) => page("due", &month.to_string()),
            Route::Regulations => "regulations/index.html".into(),
            Route::Regulation(id) => page("regulations", model.regulations[id].slug()),
            Route::Coverage => "regulations/coverage.html".into(),
            Route::Tests => "regulations/tests.html".into(),
            Route::Readings => "readings/index.html".into(),
            Route::Reading(at) => {
                let mut all = model.regulations.iter().flat_map(|(_, regulation)| {
                    regulation.questions.iter().map(move |one| (regulation.slug(), &one.slug))
                });
                let (regulation, question) = all.nth(at).expect("a page is of a question");
                page("readings", &format!("{regulation}/{question}"))
            }
            Route::Draft(at) => {
                let mut all = model.regulations.iter().flat_map(|(_, regulation)| {
                    regulation.drafts.iter().map(move |one| (regulation.slug(), one))
                });
                let (regulation, draft) = all.nth(at).expect("a page is of a draft");
                page("drafts", &format!("{regulation}/{draft}"))
            }
            Route::Version(id, at) => {
                let regulation = &model.regulations[id];
                let version = &regulation.versions[at].slug;
                page("regulations", &format!("{}/{version}", regulation.slug()))
            }
            Route::Difference(id, at) => {
                let regulation = &model.regulations[id];
                let [old, new] = [at - 1, at].map(|at| regulation.versions[at].slug.as_str());
                format!("regulations/{}/diff-{old}-{new}.html", regulation.slug())
            }
            Route::Obligation(id) => page("obligations", &model.obligation_path(id)),
            Route::Periods(id, part) => {
                format!("obligations/{}/periods-{}.html", model.obligation_path(id), part + 1)
            }
            Route::Occurrence(id) => page("obligations", &occurrence_path(model, assessment, id)),
            Route::Agencies => "agencies/index.html".into(),
            Route::Agency(id) => page("agencies", model.agencies[id].slug()),
            Route::Plan(id, year) => {
                format!("agencies/{}/plan-{year:04}.html", model.agencies[id].slug())
            }
            Route::Unit(id) => page("units", model.units[id].slug()),
            Route::Systems => "systems/index.html".into(),
            Route::System(id) => page("systems", model.systems[id].slug()),
            Route::Accounts => "accounts/index.html".into(),
            Route::Account(id) => page("accounts", model.accounts[id].slug()),
            Route::Post(id) => page("posts", model.posts[id].slug()),
            Route::Roles => "roles/index.html".into(),
            Route::Role(id) => page("roles", model.roles[id].slug()),
            Route::Compare => "compare/index.html".into(),
            Route::Topic(id) => page("compare", model.topics[id].slug()),
            Route::Contractor(id) => page("contractors", model.contractors[id].slug()),
            Route::Audits => "audits/index.html".into(),
            Route::Audit(id) => page("audits", model.audits[id].slug()),
            Route::Submission(id) => page("submissions", model.submissions[id].slug()),
            Route::Events => "events/index.html".into(),
            Route::Pages => "pages/index.html".into(),
            Route::Page(id) => page("pages", model.guidance[id].slug()),
            Route::Checks => "checks/index.html".into(),
            Route::Entry(id) => page(model.entries[id].kind.plural, model.entries[id].slug()),
            Route::Event(id) => page("events", model.events[id].slug()),
            Route::Findings => "findings/index.html".into(),
            Route::Finding(id) => page("findings", model.findings[id].slug()),
            Route::EvidenceList => "evidence/index.html".into(),
            Route::Evidence(id) => page("evidence", model.evidence[id].slug()),
            Route::Retention => "retention/index.html".into(),
            Route::Waivers => "waivers/index.html".into(),
            Route::Method => "method.html".into(),
            Route::Search => "search.html".into(),
            Route::Index => "search-index.html".into(),
            Route::IndexPart(part, 0) => page("search-index", part.code()),
            Route::IndexPart(part, at) => {
                page("search-index", &format!("{}-{}", part.code(), at + 1))
            }
            Route::Guide => "guide.html".into(),
            Route::Accessibility => "accessibility.html".into(),
            Route::Verify => "verify.html".into(),
            Route::Moved(at) => model.settings.aliases[at].from.clone(),
            Route::NotFound => "404.html".into(),
            Route::List(list, number) => list.path(model, number as usize),
        }
    }
}

/// The address of `to` as written on the page `from`; both are files relative to the site.
pub fn relative(from: &str, to: &str) -> String {
    let same = from.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
    // Up to the last folder both lie in, with the slash after it.
    let common = from.as_bytes()[..same].iter().rposition(|byte| *byte == b'/');
    let common = common.map_or(0, |slash| slash + 1);
    let up = from[common..].matches('/').count();
    let mut address = String::with_capacity(3 * up + to.len() - common);
    for _ in 0..up {
        address.push_str("../");
    }
    address.push_str(&to[common..]);
    address
}

/// An address with whatever means something else in one, such as `%` and `#` in the name of an
/// evidence file, as percent codes. Letters of any language stay readable.
pub fn percent_encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !"-._~/".contains(c) || c.is_whitespace() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        } else {
            encoded.push(c);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_no_character_that_means_something_else() {
        for (path, address) in [
            ("evidence/files/a-1_b.~c.pdf", "evidence/files/a-1_b.~c.pdf"),
            ("50%.csv", "50%25.csv"),
            ("稽核 #3&4.pdf", "稽核%20%233%264.pdf"),
            ("a\u{3000}b", "a%E3%80%80b"),
        ] {
            assert_eq!(percent_encoded(path), address);
        }
    }

    #[test]
    fn links_are_relative_to_the_page_they_stand_on() {
        for (from, to, link) in [
            ("index.html", "due/index.html", "due/index.html"),
            ("due/index.html", "index.html", "../index.html"),
            ("a/b/c.html", "a/d.html", "../d.html"),
            ("a/b.html", "a/c.html", "c.html"),
            ("a/b.html", "a/b.html", "b.html"),
            ("a/b.html", "a/b/c.html", "b/c.html"),
            ("a/bc/d.html", "a/be/f.html", "../be/f.html"),
            ("稽/甲.html", "稽/乙.html", "乙.html"),
            ("稽.html", "稿/乙.html", "稿/乙.html"),
        ] {
            assert_eq!(relative(from, to), link);
        }
    }
}

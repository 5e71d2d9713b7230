//! What the search knows of each page before it is made: of which kind it is, what tells it from
//! others of the same title, and by which ids, names and document numbers people know its subject;
//! and each clause of each regulation, which is found by itself.

use super::Site;
use super::route::Route;
use crate::model::{Named, Scope};

/// How many characters of a clause lists show.
const BEGIN: usize = 36;

/// The kinds of what can be found, the ones people look for most first; from [`Kind::Finding`] on
/// they are records of what was done or is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Clause,
    Regulation,
    Obligation,
    Guidance,
    Agency,
    Unit,
    System,
    /// Lists and overviews.
    List,
    Finding,
    Post,
    Account,
    Event,
    Submission,
    Audit,
    Evidence,
    Contractor,
    Entry,
    /// A part of a list, an older text, an address that moved.
    Part,
    Occurrence,
}

/// What is known of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    pub kind: Kind,
    /// Empty where the title is enough.
    pub disambiguator: String,
    /// Besides its title.
    pub names: Vec<String>,
}

/// A clause of a regulation, in the version its page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// 「第七點第一款第一目」.
    pub title: String,
    /// The regulation, and how the clause begins.
    pub disambiguator: String,
    pub names: Vec<String>,
    /// Its own paragraphs.
    pub texts: Vec<String>,
    /// The page with the anchor, relative to the site.
    pub path: String,
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Kind; 19] = [
        Kind::Clause,
        Kind::Regulation,
        Kind::Obligation,
        Kind::Guidance,
        Kind::Agency,
        Kind::Unit,
        Kind::System,
        Kind::List,
        Kind::Finding,
        Kind::Post,
        Kind::Account,
        Kind::Event,
        Kind::Submission,
        Kind::Audit,
        Kind::Evidence,
        Kind::Contractor,
        Kind::Entry,
        Kind::Part,
        Kind::Occurrence,
    ];

    /// The key of its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Regulation => "search_kind.regulation",
            Kind::Clause => "search_kind.clause",
            Kind::Obligation => "search_kind.obligation",
            Kind::Guidance => "search_kind.guidance",
            Kind::Agency => "search_kind.agency",
            Kind::Unit => "search_kind.unit",
            Kind::System => "search_kind.system",
            Kind::List | Kind::Part => "search_kind.list",
            Kind::Finding => "search_kind.finding",
            Kind::Post => "search_kind.post",
            Kind::Account => "search_kind.account",
            Kind::Event => "search_kind.event",
            Kind::Submission => "search_kind.submission",
            Kind::Audit => "search_kind.audit",
            Kind::Evidence => "search_kind.evidence",
            Kind::Contractor => "search_kind.contractor",
            Kind::Entry => "search_kind.entry",
            Kind::Occurrence => "search_kind.occurrence",
        }
    }
}

/// What is known of a page.
pub fn subject(site: &Site, route: Route) -> Subject {
    let model = &site.model;
    let agency = |scope| model.agencies[model.scope_agency(scope)].short.as_str();
    let unit = |id| model.units[id].name.as_str();
    let scope_name;
    let (kind, disambiguator, names): (Kind, &str, Vec<&str>) = match route {
        Route::Regulation(id) => {
            let regulation = &model.regulations[id];
            let mut names = vec![regulation.slug(), &regulation.name, &regulation.short];
            names.extend(regulation.number.as_deref());
            names.extend(regulation.versions.iter().filter_map(|v| v.document.as_deref()));
            names.extend(regulation.history.iter().filter_map(|entry| entry.document.as_deref()));
            (Kind::Regulation, "", names)
        }
        Route::Obligation(id) => {
            let obligation = &model.obligations[id];
            let regulation = &model.regulations[obligation.regulation];
            (Kind::Obligation, &regulation.short, vec![&obligation.slug])
        }
        Route::Occurrence(id) => {
            let occurrence = site.assessment.occurrence(id);
            let regulation = model.obligations[occurrence.obligation].regulation;
            (Kind::Occurrence, &model.regulations[regulation].short, Vec::new())
        }
        Route::Agency(id) => {
            let it = &model.agencies[id];
            (Kind::Agency, "", vec![&it.slug, &it.name, &it.short])
        }
        Route::Unit(id) => {
            let it = &model.units[id];
            (Kind::Unit, agency(Scope::Unit(id)), vec![&it.slug, &it.name, &it.short])
        }
        Route::System(id) => {
            let it = &model.systems[id];
            (Kind::System, agency(Scope::System(id)), vec![&it.slug, &it.name, &it.short])
        }
        Route::Post(id) => {
            let it = &model.posts[id];
            let mut names = vec![it.slug(), &it.title, model.staff(it.person)];
            names.extend(it.display_name.as_deref().filter(|_| model.settings.show_names));
            (Kind::Post, agency(Scope::Post(id)), names)
        }
        Route::Contractor(id) => {
            let it = &model.contractors[id];
            (Kind::Contractor, agency(Scope::Contractor(id)), vec![&it.slug, &it.name])
        }
        Route::Account(id) => {
            let it = &model.accounts[id];
            let mut names = vec![it.slug(), model.staff(it.person)];
            names.extend(it.display_name.as_deref().filter(|_| model.settings.show_names));
            names.extend(it.application.as_ref().and_then(|form| form.document.as_deref()));
            (Kind::Account, unit(it.unit), names)
        }
        Route::Entry(id) => (Kind::Entry, agency(Scope::Entry(id)), vec![model.entries[id].slug()]),
        Route::Audit(id) => {
            let it = &model.audits[id];
            scope_name = model.scope_name(it.scope);
            (Kind::Audit, &*scope_name, vec![&it.slug])
        }
        Route::Submission(id) => {
            let it = &model.submissions[id];
            let names = std::iter::once(it.slug()).chain(it.document.as_deref()).collect();
            scope_name = model.scope_name(it.scope);
            (Kind::Submission, &*scope_name, names)
        }
        Route::Event(id) => {
            let it = &model.events[id];
            let names = std::iter::once(it.slug()).chain(it.case.as_deref()).collect();
            (Kind::Event, "", names)
        }
        Route::Finding(id) => {
            let it = &model.findings[id];
            scope_name = model.scope_name(model.audits[it.audit].scope);
            (Kind::Finding, &*scope_name, vec![&it.slug])
        }
        Route::Evidence(id) => {
            let it = &model.evidence[id];
            let names = std::iter::once(it.slug()).chain(it.document.as_deref()).collect();
            (Kind::Evidence, "", names)
        }
        Route::Page(id) => (Kind::Guidance, "", vec![model.guidance[id].slug()]),
        Route::List(..)
        | Route::Periods(..)
        | Route::IndexPart(..)
        | Route::Version(..)
        | Route::Moved(_) => (Kind::Part, "", Vec::new()),
        _ => (Kind::List, "", Vec::new()),
    };
    let names = names.into_iter().map(str::to_owned).collect();
    Subject { kind, disambiguator: disambiguator.to_owned(), names }
}

/// Every clause of every regulation.
pub fn clauses(site: &Site) -> impl Iterator<Item = Clause> {
    site.model.regulations.iter().flat_map(|(id, regulation)| {
        let page = site.path(Route::Regulation(id));
        let short = &regulation.short;
        let text = &regulation.shown(site.assessment.as_of).text;
        text.all_clauses().map(move |clause| {
            let title = clause.number.citation();
            let names = vec![
                clause.number.to_string(),
                clause.number.citation_in_figures(),
                format!("{short}{title}"),
                format!("{} {}", regulation.slug(), clause.number),
            ];
            Clause {
                disambiguator: format!("{short}　{}", begin(&clause.own_text())),
                names,
                texts: clause.paragraphs().map(|paragraph| paragraph.text.clone()).collect(),
                path: format!("{page}#{}", clause.number.anchor()),
                title,
            }
        })
    })
}

/// How a text begins, for lists.
pub fn begin(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(BEGIN) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

//! Which lists there are, and where they lie.

use crate::assess::Status;
use crate::facts::Urgency;
use crate::model::{
    Agency, Event, Id, Model, Named, Obligation, Post, Regulation, Scope, System, Unit,
};
use crate::time::Period;

/// What a list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Occurrences,
    /// Occurrences by when they are due, with who must act.
    Due,
    Agencies,
    Units,
    Systems,
    Posts,
    Accounts,
    Usage,
    Entries,
    Audits,
    Submissions,
    Events,
    Checks,
    Candidates,
    Findings,
    /// Corrective actions past their deadlines.
    Actions,
    Evidence,
    Retention,
    Waivers,
}

/// Which of them stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filter {
    All,
    Status(Status),
    /// By the word of a code: its section and the code, such as `account_state`, `active`.
    Code(&'static str, &'static str),
    Regulation(Id<Regulation>),
    Agency(Id<Agency>),
    System(Id<System>),
    Unit(Id<Unit>),
    Post(Id<Post>),
    Obligation(Id<Obligation>),
    Scope(Scope),
    /// Events of the same kind as this one, the first of them.
    Event(Id<Event>),
    /// Of this day's year, in the calendar of the world.
    Year(i32),
    /// Of a class of what is due, of all agencies or of one.
    Urgency(Urgency, Option<Id<Agency>>),
    /// Due in this month.
    Month(Period),
}

/// A list of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct List {
    pub kind: Kind,
    pub filter: Filter,
}

impl List {
    /// The list of all of a kind.
    pub const fn all(kind: Kind) -> Self {
        Self { kind, filter: Filter::All }
    }

    /// The list of those the filter leaves.
    pub const fn of(kind: Kind, filter: Filter) -> Self {
        Self { kind, filter }
    }

    /// What tells a list from others with the same title: lists beside things that share a name.
    pub fn disambiguator(self, model: &Model) -> Option<&str> {
        Some(match self.filter {
            Filter::Obligation(id) => &model.regulations[model.obligations[id].regulation].short,
            Filter::Unit(id) | Filter::Scope(Scope::Unit(id)) => {
                &model.agencies[model.units[id].agency].short
            }
            Filter::Post(id) => model.posts[id].slug(),
            Filter::Scope(scope) => model.scope_slug(scope),
            _ => return None,
        })
    }

    /// The file of one of its pages. No record's page can be in its way: ids have no dots, and
    /// filters lie in folders of their own.
    pub fn path(self, model: &Model, page: usize) -> String {
        let base = match (self.kind, self.filter) {
            (Kind::Occurrences, Filter::Status(status)) => format!("status/{}", status.code()),
            (Kind::Occurrences, Filter::Obligation(id)) => {
                format!("obligations/{}/all", model.obligation_path(id))
            }
            (Kind::Occurrences, Filter::Agency(id)) => {
                format!("agencies/{}/occurrences", model.agencies[id].slug())
            }
            (Kind::Occurrences, Filter::Scope(scope)) => {
                format!("{}/{}/occurrences", scope_folder(model, scope), model.scope_slug(scope))
            }
            (Kind::Due, filter) => format!("due/{}", filter.slug(model)),
            (Kind::Candidates, Filter::Obligation(id)) => {
                format!("obligations/{}/candidates", model.obligation_path(id))
            }
            (Kind::Entries, Filter::Code(_, kind)) => format!("{kind}s/index"),
            (_, Filter::All) => format!("{}/index", self.kind.folder()),
            (kind, filter) => format!("{}/{}", kind.folder(), filter.path(model)),
        };
        if page > 1 { format!("{base}.{page}.html") } else { format!("{base}.html") }
    }
}

impl Kind {
    /// Where its lists lie.
    fn folder(self) -> &'static str {
        match self {
            Kind::Occurrences => "status",
            Kind::Due => "due",
            Kind::Agencies => "agencies",
            Kind::Units => "units",
            Kind::Systems => "systems",
            Kind::Posts => "posts",
            Kind::Accounts => "accounts",
            Kind::Usage => "usage",
            Kind::Entries => "entries",
            Kind::Audits => "audits",
            Kind::Submissions => "submissions",
            Kind::Events => "events",
            Kind::Checks => "checks",
            Kind::Candidates => "candidates",
            Kind::Findings => "findings",
            Kind::Actions => "findings/actions",
            Kind::Evidence => "evidence",
            Kind::Retention => "retention",
            Kind::Waivers => "waivers",
        }
    }

    /// The section of its words.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Occurrences => "occurrences",
            Kind::Actions => "actions",
            _ => self.folder(),
        }
    }

    /// Max rows on one page: fewer where rows are long. Unit: table rows.
    pub(super) fn most(self) -> usize {
        match self {
            Kind::Occurrences | Kind::Due | Kind::Audits | Kind::Checks | Kind::Retention => 100,
            Kind::Agencies | Kind::Findings | Kind::Actions | Kind::Waivers => 100,
            _ => 200,
        }
    }
}

impl Filter {
    /// What it goes by, for the words: `year`, `agency`, `account_state` …
    pub fn by(self) -> &'static str {
        match self {
            Filter::All => "all",
            Filter::Status(_) => "status",
            Filter::Code(section, _) => section,
            Filter::Regulation(_) => "regulation",
            Filter::Agency(_) => "agency",
            Filter::System(_) => "system",
            Filter::Unit(_) => "unit",
            Filter::Post(_) => "post",
            Filter::Obligation(_) => "obligation",
            Filter::Scope(_) => "scope",
            Filter::Event(_) => "kind",
            Filter::Year(_) => "year",
            Filter::Urgency(..) => "urgency",
            Filter::Month(_) => "month",
        }
    }

    fn path(self, model: &Model) -> String {
        let by = match self {
            Filter::All => return "index".to_owned(),
            Filter::Code(section, _) => section.rsplit('_').next().unwrap_or(section),
            filter => filter.by(),
        };
        format!("{by}/{}", self.slug(model))
    }

    /// Tells it from other filters of the same sort.
    fn slug(self, model: &Model) -> String {
        let slug = match self {
            Filter::All => "all",
            Filter::Code(_, code) => code,
            Filter::Status(status) => status.code(),
            Filter::Regulation(id) => model.regulations[id].slug(),
            Filter::Agency(id) => model.agencies[id].slug(),
            Filter::System(id) => model.systems[id].slug(),
            Filter::Unit(id) => model.units[id].slug(),
            Filter::Post(id) => model.posts[id].slug(),
            Filter::Obligation(id) => return model.obligation_path(id),
            Filter::Scope(scope) => model.scope_slug(scope),
            Filter::Event(id) => &model.event_kinds[model.events[id].kind].slug,
            Filter::Year(year) => return year.to_string(),
            Filter::Month(month) => return month.to_string(),
            Filter::Urgency(urgency, None) => urgency.as_str(),
            Filter::Urgency(urgency, Some(id)) => {
                return format!("{}/{}", urgency.as_str(), model.agencies[id].slug());
            }
        };
        slug.to_owned()
    }
}

/// The folder of a scope's page.
fn scope_folder(model: &Model, scope: Scope) -> &'static str {
    match scope {
        Scope::Agency(_) => "agencies",
        Scope::Unit(_) => "units",
        Scope::System(_) => "systems",
        Scope::Account(_) => "accounts",
        Scope::Post(_) => "posts",
        Scope::Contractor(_) => "contractors",
        Scope::Entry(id) => model.entries[id].kind.plural,
    }
}

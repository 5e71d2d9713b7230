//! Pieces that several pages show: links, days, statuses, rows of occurrences.

use serde::Serialize;

use crate::assess::{Act, DueBasis, Occurrence, OccurrenceId, Status, Term};
use crate::law::ClauseNumber;
use crate::model::{
    AnswerKind, EventKind, EvidenceForm, Id, Obligation, Party, Regulation, Scope, Version,
};
use crate::site::Site;
use crate::site::route::{Route, percent_encoded, relative};
use crate::text::{Words, sentence};
use crate::time::{Day, Instant, roc_long, roc_short};

/// An address and the words that stand for it.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    pub href: String,
    pub text: String,
}

/// A day in both calendars.
#[derive(Clone, Debug, Serialize)]
pub struct DateView {
    /// `2026-11-21`, for `datetime` and for sorting.
    pub iso: String,
    /// `民國115年11月21日`.
    pub long: String,
    /// `115-11-21`, for tables.
    pub short: String,
    /// `16:40`, where the time of the day counts.
    pub time: Option<String>,
}

impl DateView {
    /// A day as pages show it.
    pub fn new(day: Day) -> Self {
        Self { iso: day.to_string(), long: roc_long(day), short: roc_short(day), time: None }
    }

    /// A day, and the time of it where that counts and is known.
    pub fn timed(day: Day, at: Option<Instant>) -> Self {
        Self { time: at.map(Instant::time_of_day), ..Self::new(day) }
    }
}

/// A day by which something is to be done.
#[derive(Clone, Debug, Serialize)]
pub struct DueOn {
    #[serde(flatten)]
    pub on: DateView,
    /// The day of the week in one character: 「六」.
    pub weekday: String,
    /// Days from the as-of date, negative when it has passed; `None` if nothing is waited for.
    pub days_left: Option<i64>,
    /// The text states no day: this one is the site's.
    pub site_default: bool,
}

/// A status: its code (for the class and the symbol) and its word.
#[derive(Clone, Debug, Serialize)]
pub struct StatusView {
    pub code: &'static str,
    pub label: String,
    /// The worst is 0.
    pub rank: usize,
}

/// An occurrence in a table.
#[derive(Clone, Debug, Serialize)]
pub struct OccurrenceRow {
    pub status: StatusView,
    /// To the occurrence's page, with the term as text.
    pub term: Link,
    pub obligation: Link,
    pub regulation: Link,
    /// 「第七點第一款第一目」, linked to the text.
    pub clause: Link,
    pub scope: Link,
    pub agency: Link,
    pub opens: DateView,
    pub due: DueOn,
    pub advised: Option<DateView>,
    pub done_on: Option<DateView>,
    /// What is said where there is no such day: it was not begun, or not all is there.
    pub not_done: String,
    /// Days from the as-of date to the due date, negative when it has passed; `None` if nothing
    /// is waited for any more.
    pub days_left: Option<i64>,
    /// The weightiest reason.
    pub reason: String,
}

/// Statuses and how many occurrences have each, in the order of weight, without zeros.
#[derive(Clone, Debug, Serialize)]
pub struct StatusCount {
    pub status: StatusView,
    pub count: usize,
}

/// The page that is being made: links are written relative to it.
pub struct PageCtx<'a> {
    pub site: &'a Site,
    /// Its file, relative to the site.
    pub from: String,
    /// What stands before every link: the site's address on the page that is served at any depth,
    /// else nothing.
    root: &'a str,
}

impl<'a> PageCtx<'a> {
    /// The page at `route`.
    pub fn new(site: &'a Site, route: Route) -> Self {
        let root = match (&site.model.settings.url, route) {
            (Some(url), Route::NotFound) => url.as_str(),
            _ => "",
        };
        Self { site, from: site.path(route), root }
    }

    /// The address of a page.
    pub fn href(&self, to: Route) -> String {
        let address = relative(&self.from, &self.site.path(to));
        if self.root.is_empty() { address } else { format!("{}{address}", self.root) }
    }

    /// The address of a file that is no page, given relative to the site.
    pub fn file_href(&self, path: &str) -> String {
        relative(&self.from, &percent_encoded(path))
    }

    /// A link to a page.
    pub fn link(&self, to: Route, text: impl Into<String>) -> Link {
        Link { href: self.href(to), text: text.into() }
    }

    /// A link to a clause in its regulation's text, cited in Chinese: in the version the page
    /// shows, or in the newest that has it.
    pub fn clause(&self, id: Id<Regulation>, clause: &ClauseNumber) -> Link {
        let regulation = &self.site.model.regulations[id];
        let shown = regulation.shown(self.site.assessment.as_of);
        let has = |version: &&Version| version.text.clause(clause).is_some();
        let others = regulation.versions.iter().rev();
        let version = std::iter::once(shown).chain(others).find(has).unwrap_or(shown);
        self.clause_in(id, version, clause)
    }

    /// A link to a clause a duty stands in, as a version has it that is in force while the duty is
    /// law: another version may have given the number to another clause.
    pub fn clause_of(&self, duty: &Obligation, clause: &ClauseNumber) -> Link {
        let regulation = &self.site.model.regulations[duty.regulation];
        let shown = regulation.shown(self.site.assessment.as_of);
        let mut within: Vec<&Version> = regulation
            .versions_within(duty.days)
            .filter(|version| version.text.clause(clause).is_some())
            .collect();
        // The text the regulation's page shows before the newest of the others.
        within.sort_by_key(|version| (version.slug == shown.slug, version.from()));
        match within.last() {
            Some(version) => self.clause_in(duty.regulation, version, clause),
            None => self.clause(duty.regulation, clause),
        }
    }

    /// A link to a clause as a version has it.
    pub fn clause_in(&self, id: Id<Regulation>, version: &Version, clause: &ClauseNumber) -> Link {
        let page = self.href(self.version_route(id, version));
        Link { href: format!("{page}#{}", clause.anchor()), text: clause.citation() }
    }

    /// The page a version's text stands on: the regulation's own for the one it shows.
    pub fn version_route(&self, id: Id<Regulation>, version: &Version) -> Route {
        let regulation = &self.site.model.regulations[id];
        if regulation.shown(self.site.assessment.as_of).slug == version.slug {
            return Route::Regulation(id);
        }
        let at = regulation.versions.iter().position(|other| other.slug == version.slug);
        at.map_or(Route::Regulation(id), |at| Route::Version(id, at))
    }

    /// A link to a regulation, by its short name.
    pub fn regulation(&self, id: Id<Regulation>) -> Link {
        self.link(Route::Regulation(id), &self.site.model.regulations[id].short)
    }

    /// A link to a duty, by its title.
    pub fn obligation(&self, id: Id<Obligation>) -> Link {
        self.link(Route::Obligation(id), &self.site.model.obligations[id].title)
    }

    /// A link to what a duty is laid on, by its name.
    pub fn scope(&self, scope: Scope) -> Link {
        self.link(Route::of_scope(scope), self.site.model.scope_name(scope))
    }

    /// A link to an act; a password change has no page of its own.
    pub fn act(&self, act: Act) -> Option<Link> {
        let model = &self.site.model;
        match act {
            Act::Audit(id) => Some(self.audit(id)),
            Act::Submission(id) => Some(self.submission(id)),
            Act::Training(id) => {
                let post = model.trainings[id].post;
                Some(self.link(Route::Post(post), &model.trainings[id].title))
            }
            Act::Answer(id, _) => Some(self.event(id)),
            Act::PasswordChange(_) | Act::Recorded(_) => None,
        }
    }

    /// A status with its word.
    pub fn status(&self, status: Status) -> StatusView {
        let code = status.code();
        let label = self.site.words.get(&format!("status.{code}")).to_owned();
        StatusView { code, label, rank: status as usize }
    }

    /// When a status holds, with the days from which on something is due soon.
    pub fn status_note(&self, status: Status) -> String {
        let days = self.site.model.settings.due_soon_days;
        self.site.words.say(&format!("status_note.{}", status.code()), &[("days", &days)])
    }

    /// What happened, in words.
    pub fn event_kind(&self, kind: Id<EventKind>) -> String {
        self.word("event", &self.site.model.event_kinds[kind].slug)
    }

    /// What is done about an event, in words.
    pub fn answer_kind(&self, kind: Id<AnswerKind>) -> String {
        self.word("answer", &self.site.model.answer_kinds[kind].slug)
    }

    /// The words of a party.
    pub fn party(&self, party: Id<Party>) -> String {
        self.site.model.parties[party].words.clone()
    }

    /// The words of parties in one text.
    pub fn parties(&self, parties: &[Id<Party>]) -> String {
        self.site.model.party_words(parties).join(self.site.words.get("list.join"))
    }

    /// The words of a form.
    pub fn form(&self, form: Option<Id<EvidenceForm>>) -> Option<String> {
        form.map(|form| self.site.model.forms[form].words.clone())
    }

    /// The term of an occurrence in words.
    pub fn term(&self, term: Term) -> String {
        let words = &self.site.words;
        match term {
            Term::Period(period) => sentence::period(words, period),
            Term::Event(id) => {
                let event = &self.site.model.events[id];
                words.say(
                    "period.event",
                    &[("day", &roc_short(event.on)), ("event", &self.event_kind(event.kind))],
                )
            }
            Term::Since(day) => words.say("period.since", &[("day", &roc_short(day))]),
        }
    }

    /// An occurrence as a row of a table.
    pub fn row(&self, id: OccurrenceId) -> OccurrenceRow {
        let model = &self.site.model;
        let occurrence = self.site.assessment.occurrence(id);
        let obligation = &model.obligations[occurrence.obligation];
        let agency = model.scope_agency(occurrence.scope);
        let reason = occurrence
            .reasons
            .first()
            .map(|reason| sentence::reason(&self.site.words, model, occurrence, reason));
        let due = self.due_of(occurrence);
        let days_left = due.days_left;
        OccurrenceRow {
            status: self.status(occurrence.status),
            term: self.link(Route::Occurrence(id), self.term(occurrence.term)),
            obligation: self.obligation(occurrence.obligation),
            regulation: self.regulation(obligation.regulation),
            clause: self.clause_of(obligation, obligation.main_clause()),
            scope: self.scope(occurrence.scope),
            agency: self.link(Route::Agency(agency), &model.agencies[agency].short),
            opens: DateView::new(occurrence.opens),
            due,
            advised: occurrence.advised.map(DateView::new),
            done_on: occurrence.done_on.map(|day| DateView::timed(day, occurrence.done_at)),
            days_left,
            not_done: self.not_done(occurrence),
            reason: reason.unwrap_or_default(),
        }
    }

    /// A day by which something is to be done, with the days that are left if it is still to come.
    pub fn due(&self, day: Day, waits: bool) -> DueOn {
        DueOn {
            on: DateView::new(day),
            weekday: self.weekday(day),
            days_left: waits.then(|| (day - self.site.assessment.as_of).num_days()),
            site_default: false,
        }
    }

    /// When an occurrence is due; the days that are left if it is waited for.
    pub fn due_of(&self, occurrence: &Occurrence) -> DueOn {
        let due = self.due(occurrence.due, occurrence.status.is_waited_for());
        let on = DateView::timed(occurrence.due, occurrence.due_at);
        DueOn { on, site_default: occurrence.due_basis == DueBasis::SiteDefault, ..due }
    }

    /// Why there is no day on which an occurrence was done.
    pub fn not_done(&self, occurrence: &Occurrence) -> String {
        let is_begun = !occurrence.acts.is_empty();
        let word = match occurrence.status {
            Status::NotApplicable | Status::Waived if !is_begun => "not_asked",
            _ if !is_begun => "not_begun",
            Status::Unknown => "unknown",
            _ => "short",
        };
        self.word("not_done", word)
    }

    /// How many of the occurrences have each status, worst first.
    pub fn counts<'b>(
        &self,
        occurrences: impl IntoIterator<Item = &'b Occurrence>,
    ) -> Vec<StatusCount> {
        let mut counts = [0_usize; Status::ALL.len()];
        for occurrence in occurrences {
            counts[occurrence.status as usize] += 1;
        }
        Status::ALL
            .into_iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .map(|(status, count)| StatusCount { status: self.status(status), count })
            .collect()
    }
}

/// Where a record stands, and where it is edited.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Place {
    pub text: String,
    pub href: Option<String>,
}

/// The word for what a rule file names; the name itself where there is no word yet.
pub fn named<'a>(words: &'a Words, section: &str, name: &'a str) -> &'a str {
    words.find(&format!("{section}.{name}")).unwrap_or(name)
}

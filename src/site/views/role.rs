//! One role: what the rules ask of whoever holds it, what is late, what comes next, what is
//! approved by it or reported to it, and what it may do; and the list of roles.

use std::collections::BTreeMap;

use serde::Serialize;

use super::checked::is_under;
use super::checks::{CheckCountsView, counts};
use super::parts::{DateView, DueOn, Link, PageCtx, StatusView};
use super::records::MaybeLink;
use super::standing::{Outlook, outlook};
use super::{Frame, View};
use crate::assess::{Check, Occurrence, OccurrenceId};
use crate::facts::AccountState;
use crate::facts::verdict::Subject;
use crate::model::{Duty, Id, Model, Obligation, Party, Post, Reach, Role, RoleName, Scope};
use crate::site::Site;
use crate::site::lists::Filter;
use crate::site::route::Route;
use crate::text::{condition, interval, sentence};

/// At most so many posts and scopes are named in one place.
const MOST_NAMES: usize = 30;

/// What `role.html` shows.
#[derive(Debug, Serialize)]
struct RoleView {
    note: Option<String>,
    reach: String,
    /// Those held on the day.
    posts: Vec<Link>,
    posts_left_out: usize,
    accounts: usize,
    outlook: Outlook,
    /// Those with occurrences.
    duties: Vec<DutyRow>,
    /// Those that hold at any time.
    standing_rules: Vec<RuleRow>,
    /// What it approves, takes part in or is told.
    parts: Vec<PartRow>,
    may: Vec<RuleRow>,
    guidance: Vec<Link>,
}

/// A duty with occurrences.
#[derive(Debug, Serialize)]
struct DutyRow {
    obligation: Link,
    regulation: Link,
    clause: Link,
    frequency: String,
    failing: usize,
    next: Vec<Next>,
    next_left_out: usize,
}

/// What is to be done next for a scope.
#[derive(Debug, Serialize)]
struct Next {
    scope: Link,
    term: Link,
    due: DueOn,
    status: StatusView,
}

/// A rule without due dates.
#[derive(Debug, Serialize)]
pub struct RuleRow {
    obligation: Link,
    regulation: Link,
    clause: Link,
    kind: String,
    text: Option<String>,
    checks: Option<CheckCountsView>,
}

/// A duty of others in which the role has a part.
#[derive(Debug, Serialize)]
struct PartRow {
    part: String,
    /// The word of the rule.
    party: String,
    obligation: Link,
    regulation: Link,
    clause: Link,
    frequency: String,
    by: Vec<MaybeLink>,
}

/// What `roles.html` shows.
#[derive(Debug, Serialize)]
struct RolesView {
    rows: Vec<RoleRow>,
    /// Duties whose rule names no role.
    unsaid: Vec<RuleRow>,
}

/// A role in the list.
#[derive(Debug, Serialize)]
struct RoleRow {
    link: Link,
    posts: usize,
    accounts: usize,
    duties: usize,
    parts: usize,
    failing: usize,
    next: Option<DateView>,
}

impl PageCtx<'_> {
    /// A role that a record or a rule names: a link if it has a page.
    pub fn role(&self, name: Id<RoleName>) -> MaybeLink {
        let (words, model) = (&self.site.words, &self.site.model);
        let href = model.role_names[name].role.map(|role| self.href(Route::Role(role)));
        MaybeLink { href, text: condition::role(words, model, name) }
    }

    /// The roles that act, by the rule.
    pub fn acting(&self, duty: Id<Obligation>) -> Vec<MaybeLink> {
        self.site.model.obligations[duty].by.iter().map(|role| self.role(*role)).collect()
    }

    /// How often a duty is done, or what sets it going.
    pub fn how_often(&self, duty: &Duty) -> String {
        let words = &self.site.words;
        match duty {
            Duty::Periodic(rule) => sentence::every(words, rule),
            Duty::Interval(rule) => interval::gap(words, rule),
            Duty::Event(rule) => words.say(
                "compare_row.event",
                &[
                    ("event", &self.event_kind(rule.event)),
                    ("deadline", &sentence::deadline(words, rule.deadline)),
                ],
            ),
            other => self.word("duty", other.as_str()),
        }
    }
}

/// The occurrences that are the business of a post.
pub fn assigned_to(site: &Site, id: Id<Post>) -> Vec<OccurrenceId> {
    site.facts.responsibilities.of_post(&site.model, &site.assessment, id).collect()
}

/// The checks that are the business of a post.
pub fn my_checks<'a>(here: &PageCtx<'a>, id: Id<Post>) -> Vec<&'a Check> {
    let model = &here.site.model;
    let within = here.checks_within(Scope::Agency(model.posts[id].agency));
    let responsibilities = &here.site.facts.responsibilities;
    let is_mine = |check: &&Check| {
        responsibilities.is_of(model, id, check.obligation, check.record.scope(model))
    };
    within.filter(is_mine).collect()
}

/// The duties without due dates that are the business of a post: those its roles have under the
/// regulations its agency falls under, and those its checks are about, which are counted.
pub fn my_standing_rules(here: &PageCtx, id: Id<Post>, checks: &[&Check]) -> Vec<RuleRow> {
    let model = &here.site.model;
    let post = &model.posts[id];
    let mut by_rule: BTreeMap<Id<Obligation>, Vec<&Check>> = BTreeMap::new();
    for check in checks {
        by_rule.entry(check.obligation).or_default().push(check);
    }
    let rule = |(rule, obligation): (Id<Obligation>, &Obligation)| {
        let found = by_rule.remove(&rule);
        let named = is_standing(&obligation.duty)
            && obligation.by.iter().any(|role| post.roles.contains(role))
            && is_under(model, post.agency, rule);
        (named || found.is_some()).then(|| RuleRow {
            checks: here.check_counts(rule).map(|_| counts(found.unwrap_or_default())),
            ..rule_row(here, rule)
        })
    };
    model.obligations.iter().filter_map(rule).collect()
}

/// Whether a duty must be kept at any time, without due dates.
fn is_standing(duty: &Duty) -> bool {
    matches!(duty, Duty::Invariant(_) | Duty::Retention(_) | Duty::Conduct)
}

/// The duties whose rule names a role.
fn duties<'a>(model: &'a Model, role: &'a Role) -> impl Iterator<Item = Id<Obligation>> + 'a {
    let all = model.obligations.iter();
    all.filter(|(_, duty)| duty.by.contains(&role.name)).map(|(id, _)| id)
}

/// Makes the list of roles.
pub fn list(site: &Site) -> View {
    let here = PageCtx::new(site, Route::Roles);
    let (model, assessment) = (&site.model, &site.assessment);
    let mut ids: Vec<Id<Role>> = model.roles.ids().collect();
    ids.sort_by_key(|id| (model.roles[*id].order, *id));
    let row = |id: Id<Role>| {
        let role = &model.roles[id];
        let duties: Vec<Id<Obligation>> = duties(model, role).collect();
        let occurrences = || duties.iter().flat_map(|duty| assessment.of_obligation(*duty));
        let waits = |one: &Occurrence| one.status.is_coming();
        RoleRow {
            link: here.link(Route::Role(id), &role.title),
            posts: posts(&here, role).len(),
            accounts: accounts(&here, role),
            duties: duties.len(),
            parts: parts(&here, id).len(),
            failing: occurrences().filter(|(_, one)| one.status.is_failing()).count(),
            next: occurrences()
                .filter(|(_, one)| waits(one))
                .map(|(_, one)| one.due)
                .min()
                .map(DateView::new),
        }
    };
    let unsaid = model.obligations.iter().filter(|(_, duty)| duty.by.is_empty());
    let view = RolesView {
        rows: ids.into_iter().map(row).collect(),
        unsaid: unsaid.map(|(id, _)| rule_row(&here, id)).collect(),
    };
    let title = here.word("roles", "title");
    View::new("roles.html", Frame::new(site, Route::Roles, &title, Vec::new()), view)
}

/// Makes the page of a role.
pub fn view(site: &Site, id: Id<Role>) -> View {
    let route = Route::Role(id);
    let here = PageCtx::new(site, route);
    let (model, assessment) = (&site.model, &site.assessment);
    let role = &model.roles[id];
    let duties: Vec<Id<Obligation>> = duties(model, role).collect();
    let ids: Vec<OccurrenceId> =
        duties.iter().flat_map(|duty| assessment.of_obligation(*duty)).map(|(id, _)| id).collect();
    let posts = posts(&here, role);
    let mut guidance: Vec<_> =
        duties.iter().filter_map(|duty| model.obligations[*duty].page).collect();
    guidance.sort_unstable();
    guidance.dedup();
    let kind = |wanted: fn(&Duty) -> bool| -> Vec<Id<Obligation>> {
        duties.iter().copied().filter(|id| wanted(&model.obligations[*id].duty)).collect()
    };
    let dated = kind(|duty| duty.demand().is_some());
    let held = kind(is_standing);
    let may = kind(|duty| matches!(duty, Duty::Permission { .. }));
    let view = RoleView {
        note: role.note.clone(),
        reach: here.word("reach", reach_word(role.reach)),
        posts_left_out: posts.len().saturating_sub(MOST_NAMES),
        posts: posts.into_iter().take(MOST_NAMES).map(|id| named_post(&here, id)).collect(),
        accounts: accounts(&here, role),
        outlook: outlook(&here, &ids, Filter::All, &here.verdict_on(Subject::Role(id))),
        duties: dated.into_iter().map(|id| duty_row(&here, id)).collect(),
        standing_rules: held.into_iter().map(|id| rule_row(&here, id)).collect(),
        parts: parts(&here, id),
        may: may.into_iter().map(|id| rule_row(&here, id)).collect(),
        guidance: guidance
            .into_iter()
            .map(|id| here.link(Route::Page(id), &model.guidance[id].title))
            .collect(),
    };
    let above = vec![here.link(Route::Roles, here.word("roles", "title"))];
    let title = site.words.say("roles.page", &[("role", &role.title)]);
    View::new("role.html", Frame::new(site, route, &title, above), view)
}

/// The word of a role's reach.
fn reach_word(reach: Reach) -> &'static str {
    match reach {
        Reach::Own => "own",
        Reach::Unit => "unit",
        Reach::Agency => "agency",
    }
}

/// The posts that hold a role on the day.
fn posts(here: &PageCtx, role: &Role) -> Vec<Id<Post>> {
    let holds = |post: &Post| {
        let as_of = here.site.assessment.as_of;
        post.roles.contains(&role.name) && post.is_held_on(as_of)
    };
    here.site.model.posts.iter().filter(|(_, post)| holds(post)).map(|(id, _)| id).collect()
}

/// A post with its place: many have the same title.
fn named_post(here: &PageCtx, id: Id<Post>) -> Link {
    let model = &here.site.model;
    let post = &model.posts[id];
    let place =
        post.unit.map_or(&model.agencies[post.agency].short, |unit| &model.units[unit].short);
    let text = here.site.words.say("post.page", &[("title", &post.title), ("place", place)]);
    here.link(Route::Post(id), text)
}

/// How many valid accounts have a role.
fn accounts(here: &PageCtx, role: &Role) -> usize {
    let as_of = here.site.assessment.as_of;
    let all = here.site.model.accounts.iter();
    let of_role = all.filter(|(_, account)| account.role == role.name);
    of_role.filter(|(_, account)| AccountState::of(account, as_of) == AccountState::Active).count()
}

fn duty_row(here: &PageCtx, id: Id<Obligation>) -> DutyRow {
    let assessment = &here.site.assessment;
    let obligation = &here.site.model.obligations[id];
    let occurrences = || assessment.of_obligation(id).map(|(_, occurrence)| occurrence);
    // The earliest one of each scope that is still to be done; they stand together by scope.
    let mut next: Vec<(OccurrenceId, &Occurrence)> = Vec::new();
    let waits = |one: &Occurrence| one.status.is_waited_for();
    for (id, occurrence) in assessment.of_obligation(id) {
        let open = waits(occurrence);
        if open && next.last().is_none_or(|(_, last)| last.scope != occurrence.scope) {
            next.push((id, occurrence));
        }
    }
    next.sort_by_key(|(id, one)| (one.due, *id));
    let left_out = next.len().saturating_sub(MOST_NAMES);
    DutyRow {
        obligation: here.obligation(id),
        regulation: here.regulation(obligation.regulation),
        clause: here.clause_of(obligation, obligation.main_clause()),
        frequency: here.how_often(&obligation.duty),
        failing: occurrences().filter(|one| one.status.is_failing()).count(),
        next: next
            .into_iter()
            .take(MOST_NAMES)
            .map(|(id, one)| Next {
                scope: here.scope(one.scope),
                term: here.link(Route::Occurrence(id), here.term(one.term)),
                due: here.due_of(one),
                status: here.status(one.status),
            })
            .collect(),
        next_left_out: left_out,
    }
}

fn rule_row(here: &PageCtx, id: Id<Obligation>) -> RuleRow {
    let obligation = &here.site.model.obligations[id];
    let advice = match &obligation.duty {
        Duty::Permission { advice, .. } => advice.clone(),
        _ => None,
    };
    RuleRow {
        obligation: here.obligation(id),
        regulation: here.regulation(obligation.regulation),
        clause: here.clause_of(obligation, obligation.main_clause()),
        kind: here.word("duty", obligation.duty.as_str()),
        text: advice.or_else(|| obligation.summary.clone()),
        checks: here.check_counts(id),
    }
}

/// The duties that name one of the words that mean the role.
fn parts(here: &PageCtx, role: Id<Role>) -> Vec<PartRow> {
    let means = |party: Id<Party>| here.site.model.parties[party].roles.contains(&role);
    let mut rows = Vec::new();
    for (id, obligation) in here.site.model.obligations.iter() {
        let mut named: Vec<(&str, Id<Party>)> = Vec::new();
        if let Some(demand) = obligation.duty.demand() {
            named.extend(demand.approval.map(|party| ("approval", party)));
            named.extend(demand.joint.iter().map(|party| ("joint", *party)));
            named.extend(demand.notify.iter().map(|party| ("notify", *party)));
            named.extend(demand.to.map(|party| ("to", party)));
        }
        if let Duty::Retention(rule) = &obligation.duty {
            named.extend(rule.approval.map(|party| ("keep-approval", party)));
        }
        for (part, party) in named.into_iter().filter(|(_, party)| means(*party)) {
            rows.push(PartRow {
                part: here.word("role_part", part),
                party: here.party(party),
                obligation: here.obligation(id),
                regulation: here.regulation(obligation.regulation),
                clause: here.clause_of(obligation, obligation.main_clause()),
                frequency: here.how_often(&obligation.duty),
                by: here.acting(id),
            });
        }
    }
    rows
}

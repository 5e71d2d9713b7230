//! What stands in each list, in which order: what is dated the newest first, what asks for action
//! the worst first, before the rest. What is dated after the as-of date stands in none.

mod occurrences;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::Datelike;

use super::finding_lists;
use super::text::text;
use super::{Filter, INLINE_ROWS_MAX, Item, Kind, List, Lists};
use crate::assess::{Assessment, CheckVerdict, Fit};
use crate::facts::{AccountState, WaiverState, breach};
use crate::model::{EventKind, EvidenceUser, Finding, Id, Model};

/// The lists an item stands in besides the list of all, by one way of telling them apart.
type Facet<'a> = Box<dyn Fn(Item) -> Vec<Filter> + 'a>;

/// Lists of no more have no filters.
const MIN_ROWS_FOR_FILTERS: usize = 12;

/// Makes every list.
pub(super) fn all(model: &Model, assessment: &Assessment, lists: &mut Lists) {
    let mut make = Make { model, assessment, lists };
    make.occurrences();
    make.due();
    make.organisation();
    make.accounts();
    make.audits();
    make.events();
    make.checks();
    make.findings();
    make.evidence();
    make.retention();
    make.waivers();
}

struct Make<'a> {
    model: &'a Model,
    assessment: &'a Assessment,
    lists: &'a mut Lists,
}

impl<'a> Make<'a> {
    fn add(&mut self, list: List, items: Vec<Item>) {
        let (model, assessment) = (self.model, self.assessment);
        self.lists.add(list, items, |item| text(model, assessment, item));
    }

    /// A list of all, and one for each filter of each family that tells at least two apart and
    /// leaves two or more on average; a list that is seen at a glance needs none.
    fn add_filtered(&mut self, kind: Kind, items: Vec<Item>, families: Vec<Facet<'a>>) {
        for family in families.into_iter().filter(|_| items.len() > MIN_ROWS_FOR_FILTERS) {
            let mut parts: BTreeMap<Filter, Vec<Item>> = BTreeMap::new();
            for item in &items {
                for filter in family(*item) {
                    parts.entry(filter).or_default().push(*item);
                }
            }
            if parts.len() > 1 && 2 * parts.len() <= items.len() {
                for (filter, part) in parts {
                    self.add(List::of(kind, filter), part);
                }
            }
        }
        self.add(List::all(kind), items);
    }

    /// Lists of what stands beside something else, where its page does not show all.
    fn add_long(&mut self, kind: Kind, parts: BTreeMap<Filter, Vec<Item>>) {
        for (filter, part) in parts.into_iter().filter(|(_, part)| part.len() > INLINE_ROWS_MAX) {
            self.add(List::of(kind, filter), part);
        }
    }

    fn organisation(&mut self) {
        let model = self.model;
        let agencies = model.agencies.ids().map(Item::Agency).collect();
        self.add(List::all(Kind::Agencies), agencies);
        let systems = model.systems.ids().map(Item::System).collect();
        let agency: Facet = Box::new(|item| match item {
            Item::System(id) => vec![Filter::Agency(model.systems[id].agency)],
            _ => Vec::new(),
        });
        self.add_filtered(Kind::Systems, systems, vec![agency]);
        let units = model.units.ids().map(Item::Unit).collect();
        let agency: Facet = Box::new(|item| match item {
            Item::Unit(id) => vec![Filter::Agency(model.units[id].agency)],
            _ => Vec::new(),
        });
        let system: Facet = Box::new(move |item| match item {
            Item::Unit(id) => {
                let uses = model.units[id].uses.iter();
                let mut systems: Vec<_> = uses.map(|used| Filter::System(used.system)).collect();
                systems.sort_unstable();
                systems.dedup();
                systems
            }
            _ => Vec::new(),
        });
        self.add_filtered(Kind::Units, units, vec![agency, system]);
        let posts = model.posts.ids().map(Item::Post).collect();
        let agency: Facet = Box::new(|item| match item {
            Item::Post(id) => vec![Filter::Agency(model.posts[id].agency)],
            _ => Vec::new(),
        });
        self.add_filtered(Kind::Posts, posts, vec![agency]);
        let mut entries: BTreeMap<&'static str, Vec<Item>> = BTreeMap::new();
        for (id, entry) in model.entries.iter() {
            entries.entry(entry.kind.name).or_default().push(Item::Entry(id));
        }
        for (kind, items) in entries {
            self.add(List::of(Kind::Entries, Filter::Code("record_of", kind)), items);
        }
        let mut usage: BTreeMap<Filter, Vec<Item>> = BTreeMap::new();
        for (id, row) in model.usage.iter() {
            usage.entry(Filter::Unit(row.unit)).or_default().push(Item::Usage(id));
        }
        for items in usage.values_mut() {
            items.sort_by_key(|item| match item {
                Item::Usage(id) => Some((Reverse(model.usage[*id].month), model.usage[*id].system)),
                _ => None,
            });
        }
        self.add_long(Kind::Usage, usage);
    }

    fn accounts(&mut self) {
        let (model, as_of) = (self.model, self.assessment.as_of);
        let items: Vec<Item> = model.accounts.ids().map(Item::Account).collect();
        let account = move |item| match item {
            Item::Account(id) => Some(&model.accounts[id]),
            _ => None,
        };
        let mut by_unit: BTreeMap<Filter, Vec<Item>> = BTreeMap::new();
        for item in &items {
            let unit = account(*item).map(|account| Filter::Unit(account.unit));
            by_unit.entry(unit.unwrap_or(Filter::All)).or_default().push(*item);
        }
        self.add_long(Kind::Accounts, by_unit);
        let state: Facet = Box::new(move |item| {
            let state = account(item).map(|account| AccountState::of(account, as_of).as_str());
            state.map(|state| Filter::Code("account_state", state)).into_iter().collect()
        });
        let system: Facet = Box::new(move |item| {
            account(item).map(|account| Filter::System(account.system)).into_iter().collect()
        });
        let agency: Facet = Box::new(move |item| {
            let agency = account(item).map(|account| model.units[account.unit].agency);
            agency.map(Filter::Agency).into_iter().collect()
        });
        self.add_filtered(Kind::Accounts, items, vec![state, system, agency]);
        let mut candidates: BTreeMap<Filter, Vec<Item>> = BTreeMap::new();
        for (at, candidate) in self.assessment.candidates.iter().enumerate() {
            let rule = Filter::Obligation(candidate.obligation);
            candidates.entry(rule).or_default().push(Item::Candidate(at));
        }
        for items in candidates.values_mut() {
            items.sort_by_key(|item| match item {
                Item::Candidate(at) => self.assessment.candidates[*at].fit != Fit::Fits,
                _ => true,
            });
        }
        self.add_long(Kind::Candidates, candidates);
    }

    fn audits(&mut self) {
        let model = self.model;
        let mut audits: Vec<_> = model.audits.iter().collect();
        audits.sort_by_key(|(id, audit)| (Reverse(audit.done_on), *id));
        let mut by_post: BTreeMap<Filter, Vec<Item>> = BTreeMap::new();
        for (id, audit) in &audits {
            for post in &audit.auditors {
                by_post.entry(Filter::Post(*post)).or_default().push(Item::Audit(*id));
            }
        }
        self.add_long(Kind::Audits, by_post);
        let audit = move |item| match item {
            Item::Audit(id) => Some(&model.audits[id]),
            _ => None,
        };
        let year: Facet = Box::new(move |item| {
            audit(item).map(|audit| Filter::Year(audit.done_on.year())).into_iter().collect()
        });
        let regulation: Facet = Box::new(move |item| {
            let duty = audit(item).map(|audit| &model.obligations[audit.obligation]);
            duty.map(|duty| Filter::Regulation(duty.regulation)).into_iter().collect()
        });
        let agency: Facet = Box::new(move |item| {
            let agency = audit(item).map(|audit| model.scope_agency(audit.scope));
            agency.map(Filter::Agency).into_iter().collect()
        });
        let items = audits.into_iter().map(|(id, _)| Item::Audit(id)).collect();
        self.add_filtered(Kind::Audits, items, vec![year, regulation, agency]);

        let mut sent: Vec<_> = model.submissions.iter().collect();
        sent.sort_by_key(|(id, sent)| (Reverse(sent.sent_on), *id));
        let items = sent.into_iter().map(|(id, _)| Item::Submission(id)).collect();
        let year: Facet = Box::new(|item| match item {
            Item::Submission(id) => vec![Filter::Year(model.submissions[id].sent_on.year())],
            _ => Vec::new(),
        });
        let agency: Facet = Box::new(|item| match item {
            Item::Submission(id) => {
                vec![Filter::Agency(model.scope_agency(model.submissions[id].scope))]
            }
            _ => Vec::new(),
        });
        self.add_filtered(Kind::Submissions, items, vec![year, agency]);
    }

    fn events(&mut self) {
        let model = self.model;
        let mut events: Vec<_> = model.events.iter().collect();
        events.sort_by_key(|(id, event)| (Reverse(event.on), *id));
        let items = events.into_iter().map(|(id, _)| Item::Event(id)).collect();
        let year: Facet = Box::new(|item| match item {
            Item::Event(id) => vec![Filter::Year(model.events[id].on.year())],
            _ => Vec::new(),
        });
        let mut kinds: BTreeMap<Id<EventKind>, Filter> = BTreeMap::new();
        for (id, event) in model.events.iter() {
            kinds.entry(event.kind).or_insert(Filter::Event(id));
        }
        let kind: Facet = Box::new(move |item| match item {
            Item::Event(id) => kinds.get(&model.events[id].kind).copied().into_iter().collect(),
            _ => Vec::new(),
        });
        self.add_filtered(Kind::Events, items, vec![year, kind]);
    }

    /// The checks that do not hold, or cannot be told: those that hold are only counted.
    fn checks(&mut self) {
        let (model, checks) = (self.model, &self.assessment.checks);
        let mut failing: Vec<usize> =
            (0..checks.len()).filter(|at| checks[*at].verdict != CheckVerdict::Holds).collect();
        failing
            .sort_by_key(|at| (matches!(checks[*at].verdict, CheckVerdict::Indeterminate(_)), *at));
        let mut by_rule: BTreeMap<Filter, Vec<Item>> = BTreeMap::new();
        for at in &failing {
            let rule = Filter::Obligation(checks[*at].obligation);
            by_rule.entry(rule).or_default().push(Item::Check(*at));
        }
        self.add_long(Kind::Checks, by_rule);
        let scope = move |item| match item {
            Item::Check(at) => Some(checks[at].record.scope(model)),
            _ => None,
        };
        let mut by_unit: BTreeMap<Filter, Vec<Item>> = BTreeMap::new();
        for item in failing.iter().map(|at| Item::Check(*at)) {
            if let Some(unit) = scope(item).and_then(|scope| model.scope_unit(scope)) {
                by_unit.entry(Filter::Unit(unit)).or_default().push(item);
            }
        }
        self.add_long(Kind::Checks, by_unit);
        let verdict: Facet = Box::new(|item| match item {
            Item::Check(at) => {
                let known = checks[at].verdict == CheckVerdict::Breached;
                vec![Filter::Code("verdict", if known { "breached" } else { "unknown" })]
            }
            _ => Vec::new(),
        });
        let regulation: Facet = Box::new(move |item| match item {
            Item::Check(at) => {
                vec![Filter::Regulation(model.obligations[checks[at].obligation].regulation)]
            }
            _ => Vec::new(),
        });
        let system: Facet = Box::new(move |item| {
            let systems = scope(item).map(|scope| model.scope_systems(scope)).unwrap_or_default();
            systems.into_iter().map(Filter::System).collect()
        });
        let agency: Facet = Box::new(move |item| {
            let agency = scope(item).map(|scope| model.scope_agency(scope));
            agency.map(Filter::Agency).into_iter().collect()
        });
        let items = failing.into_iter().map(Item::Check).collect();
        self.add_filtered(Kind::Checks, items, vec![verdict, regulation, system, agency]);
    }

    /// The open ones by gravity and age, then the closed ones, the last closed first.
    fn findings(&mut self) {
        let (model, assessment) = (self.model, self.assessment);
        let as_of = assessment.as_of;
        let mut findings: Vec<(Id<Finding>, &Finding)> = model.findings.iter().collect();
        findings.sort_by_key(|(id, finding)| {
            let open = finding.is_open_on(as_of);
            let gravity = open.then_some((Reverse(finding.grade), finding.found_on));
            (!open, gravity, Reverse(finding.closed_on), *id)
        });
        let mut by_owner: BTreeMap<Filter, Vec<Item>> = BTreeMap::new();
        for (id, finding) in &findings {
            for state in finding_lists(assessment, *id, finding) {
                *self.lists.findings_in.entry(state).or_default() += 1;
            }
            if let Some(post) = finding.owner {
                by_owner.entry(Filter::Post(post)).or_default().push(Item::Finding(*id));
            }
        }
        self.add_long(Kind::Findings, by_owner);
        let state: Facet = Box::new(move |item| match item {
            Item::Finding(id) => finding_lists(assessment, id, &model.findings[id])
                .into_iter()
                .map(|code| Filter::Code("finding_list", code))
                .collect(),
            _ => Vec::new(),
        });
        let grade: Facet = Box::new(|item| match item {
            Item::Finding(id) => vec![Filter::Code("grade", model.findings[id].grade.as_str())],
            _ => Vec::new(),
        });
        let agency: Facet = Box::new(|item| match item {
            Item::Finding(id) => {
                let audit = &model.audits[model.findings[id].audit];
                vec![Filter::Agency(model.scope_agency(audit.scope))]
            }
            _ => Vec::new(),
        });
        let items = findings.into_iter().map(|(id, _)| Item::Finding(id)).collect();
        self.add_filtered(Kind::Findings, items, vec![state, grade, agency]);
        let late = (0..assessment.overdue_actions.len()).map(Item::Action).collect();
        self.add_long(Kind::Actions, BTreeMap::from([(Filter::All, late)]));
    }

    fn evidence(&mut self) {
        let model = self.model;
        let mut ids: Vec<_> = model.evidence.iter().collect();
        ids.sort_by_key(|(id, one)| (Reverse(one.received_on), *id));
        let items = ids.into_iter().map(|(id, _)| Item::Evidence(id)).collect();
        let used: Facet = Box::new(move |item| {
            let Item::Evidence(id) = item else { return Vec::new() };
            let users = model.evidence[id].used_by.iter();
            let mut uses: Vec<&'static str> = users.map(|user| user_code(*user)).collect();
            if uses.is_empty() {
                uses.push("none");
            }
            uses.sort_unstable();
            uses.dedup();
            uses.into_iter().map(|code| Filter::Code("evidence_user", code)).collect()
        });
        let year: Facet = Box::new(|item| match item {
            Item::Evidence(id) => vec![Filter::Year(model.evidence[id].received_on.year())],
            _ => Vec::new(),
        });
        self.add_filtered(Kind::Evidence, items, vec![used, year]);
    }

    fn retention(&mut self) {
        let assessment = self.assessment;
        let groups = self.lists.kept.clone();
        let first = |item: Item, groups: &[Vec<usize>]| match item {
            Item::Kept(at) => Some(&assessment.retention[groups[at][0]]),
            _ => None,
        };
        let items = (0..groups.len()).map(Item::Kept).collect();
        let own = groups.clone();
        let state: Facet = Box::new(move |item| {
            let state = first(item, &own).map(|kept| breach::code(kept.state));
            state.map(|code| Filter::Code("kept_state", code)).into_iter().collect()
        });
        let kind: Facet = Box::new(move |item| {
            let code = first(item, &groups).map(|kept| kept.record.code());
            code.map(|code| Filter::Code("kept_kind", code)).into_iter().collect()
        });
        self.add_filtered(Kind::Retention, items, vec![state, kind]);
    }

    fn waivers(&mut self) {
        let (model, assessment) = (self.model, self.assessment);
        let mut waivers: Vec<_> = model.waivers.iter().collect();
        waivers.sort_by_key(|(id, waiver)| {
            (WaiverState::of(assessment, *id, waiver).rank(), Reverse(waiver.until), *id)
        });
        let items = waivers.into_iter().map(|(id, _)| Item::Waiver(id)).collect();
        let state: Facet = Box::new(move |item| match item {
            Item::Waiver(id) => {
                let state = WaiverState::of(assessment, id, &model.waivers[id]);
                vec![Filter::Code("waiver_state", state.as_str())]
            }
            _ => Vec::new(),
        });
        self.add_filtered(Kind::Waivers, items, vec![state]);
    }
}

/// The word of the kind of record evidence is for.
fn user_code(user: EvidenceUser) -> &'static str {
    match user {
        EvidenceUser::Audit(_) => "audit",
        EvidenceUser::Submission(_) => "submission",
        EvidenceUser::Training(_) => "training",
        EvidenceUser::Finding(_) => "finding",
        EvidenceUser::Account(_) => "account",
        EvidenceUser::Contractor(_) => "contractor",
        EvidenceUser::Waiver(_) => "waiver",
        EvidenceUser::Event(_) => "event",
    }
}

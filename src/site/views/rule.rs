//! A duty's rule in words: who, how often, by when, how much, with whom, proven by what.

use serde::Serialize;

use super::parts::{Link, PageCtx, named};
use crate::model::condition::Condition;
use crate::model::obligation::Gap;
use crate::model::sample::{Share, Tier};
use crate::model::{
    Days, Demand, Duty, EventRule, Id, Independence, Interval, Invariant, Obligation, OnHoliday,
    Party, Periodic, Population, Retention, SampleRule, Uncounted,
};
use crate::record::kinds::Kind;
use crate::site::route::Route;
use crate::text::condition::asks;
use crate::text::counter;
use crate::text::interval;
use crate::text::keeping;
use crate::text::number::Grouped;
use crate::text::sentence;
use crate::text::words::Words;
use crate::time::{Day, roc_long};

/// The rule of a duty.
#[derive(Debug, Serialize)]
pub struct RuleView {
    /// 「週期性義務」, and what that means.
    pub kind: String,
    pub kind_note: String,
    pub lines: Vec<RuleLine>,
    pub samples: Vec<SampleView>,
}

/// One thing the rule says.
#[derive(Debug, Serialize)]
pub struct RuleLine {
    pub label: String,
    pub texts: Vec<RuleText>,
    /// The condition the texts say, as written.
    pub code: Option<String>,
}

/// A sentence or a link.
#[derive(Debug, Serialize)]
pub struct RuleText {
    pub text: String,
    pub href: Option<String>,
    /// The text of the law does not state it; the site decided it.
    pub site_default: bool,
}

/// How many of what must be looked at, in steps.
#[derive(Debug, Serialize)]
pub struct SampleView {
    /// 「抽查件數：以查詢紀錄筆數為母體」.
    pub title: String,
    /// The duty whose audits are the population.
    pub base: Option<Link>,
    pub unit: String,
    pub tiers: Vec<TierView>,
}

/// One step of a sample.
#[derive(Debug, Serialize)]
pub struct TierView {
    /// 「501–2,000 件」.
    pub population: String,
    pub share: String,
    pub min: Option<u64>,
    pub max: Option<u64>,
    /// Populations and what they come to.
    pub examples: Vec<String>,
}

/// The rule of duty `id` in words.
pub fn rule(here: &PageCtx, id: Id<Obligation>) -> RuleView {
    let obligation = &here.site.model.obligations[id];
    let words = &here.site.words;
    let kind = obligation.duty.as_str();
    let mut lines = Lines { words, lines: Vec::new() };
    let by = here.acting(id).into_iter();
    lines.push(
        "by",
        by.map(|role| RuleText { href: role.href, ..RuleText::new(&role.text) }).collect(),
    );
    let topic = obligation.topic.map(|topic| RuleText {
        href: Some(here.href(Route::Topic(topic))),
        ..RuleText::new(&here.site.model.topics[topic].title)
    });
    lines.push("topic", topic.into_iter().collect());
    match &obligation.uncounted {
        Some(Uncounted::Supervisor(who)) => lines.say("supervisor", who),
        Some(Uncounted::Outsider(who)) => lines.say("outsider", who),
        Some(Uncounted::May) => lines.say("may", words.get("rule.may-note")),
        None => {}
    }
    if obligation.in_principle {
        lines.say("in-principle", words.get("rule.in-principle-note"));
    }
    lines.say_all("in-force", &in_force(here, obligation));
    lines.say("scope", words.get(&format!("scope.{}", obligation.scope.as_str())));
    if let Some(condition) = &obligation.when {
        lines.condition(here, "when", condition);
    }
    let mut samples = Vec::new();
    match &obligation.duty {
        Duty::Periodic(rule) => {
            lines.periodic(rule);
            lines.demand(here, &rule.demand);
            samples = draws(here, &rule.demand);
        }
        Duty::Interval(rule) => {
            lines.interval(rule);
            lines.demand(here, &rule.demand);
            samples = draws(here, &rule.demand);
        }
        Duty::Event(rule) => lines.event(here, rule, obligation.notify_as.as_deref()),
        Duty::Invariant(rule) => lines.invariant(here, obligation.about, rule),
        Duty::Retention(rule) => lines.retention(here, rule),
        Duty::Conduct => {}
        Duty::Permission { advice, candidates } => {
            lines.say_some("advice", advice.as_deref());
            if let Some(condition) = candidates {
                lines.condition(here, "candidates", condition);
            }
        }
    }
    RuleView {
        kind: words.get(&format!("duty.{kind}")).to_owned(),
        kind_note: words.get(&format!("duty_note.{kind}")).to_owned(),
        lines: lines.lines,
        samples,
    }
}

/// When a rule is law: the days its author gives, and those of clauses that come into force later than
/// the rest of their version.
fn in_force(here: &PageCtx, obligation: &Obligation) -> Vec<String> {
    let (words, model) = (&here.site.words, &here.site.model);
    let regulation = &model.regulations[obligation.regulation];
    let mut texts: Vec<String> = days_in_words(here, obligation.days).into_iter().collect();
    if let Some(before) = obligation.succeeds {
        let title = &model.obligations[before].title;
        texts.push(words.say("rule.days.succeeds", &[("duty", title)]));
    }
    for clause in &obligation.clauses {
        let later = regulation.versions_within(obligation.days);
        let later = later.filter_map(|version| version.later_day(&clause.value)).max();
        if let Some(day) = later {
            let (clause, day) = (clause.value.citation(), roc_long(day));
            texts.push(words.say("rule.days.later", &[("clause", &clause), ("day", &day)]));
        }
    }
    texts
}

/// The lines of a rule as they are made.
struct Lines<'a> {
    words: &'a Words,
    lines: Vec<RuleLine>,
}

impl Lines<'_> {
    fn push(&mut self, key: &str, texts: Vec<RuleText>) {
        if !texts.is_empty() {
            let label = self.words.get(&format!("rule.{key}")).to_owned();
            self.lines.push(RuleLine { label, texts, code: None });
        }
    }

    fn say(&mut self, key: &str, text: &str) {
        self.push(key, vec![RuleText::new(text)]);
    }

    fn say_some(&mut self, key: &str, text: Option<&str>) {
        self.push(key, text.into_iter().map(RuleText::new).collect());
    }

    fn say_party(&mut self, here: &PageCtx, key: &str, party: Option<Id<Party>>) {
        self.say_some(key, party.map(|party| here.party(party)).as_deref());
    }

    fn say_all(&mut self, key: &str, texts: &[String]) {
        self.push(key, texts.iter().map(|text| RuleText::new(text)).collect());
    }

    fn condition(&mut self, here: &PageCtx, key: &str, condition: &Condition) {
        let label = self.words.get(&format!("rule.{key}")).to_owned();
        let said = asks(self.words, &here.site.model, condition);
        let mut texts: Vec<_> = said.iter().map(|text| RuleText::new(text)).collect();
        if texts.len() > 1 {
            texts.insert(0, RuleText::new(self.words.get("test.all")));
        }
        self.lines.push(RuleLine { label, texts, code: Some(condition.source.clone()) });
    }

    fn periodic(&mut self, rule: &Periodic) {
        let words = self.words;
        self.say("every", &sentence::every(words, rule));
        let due = rule.due.iter().map(|due| RuleText {
            site_default: due.site_default,
            ..RuleText::new(&sentence::due(words, due))
        });
        self.push("due", due.collect());
        self.on_holiday(rule.on_holiday);
    }

    fn interval(&mut self, rule: &Interval) {
        let key = if rule.once { "once" } else { "no-more-than" };
        let mut gap = interval::gap(self.words, rule);
        if !rule.once {
            gap = self.words.say("gap.first", &[("gap", &gap)]);
        }
        let site_default = matches!(rule.gap, Gap::Own(_));
        self.push(key, vec![RuleText { site_default, ..RuleText::new(&gap) }]);
        self.on_holiday(rule.on_holiday);
    }

    fn on_holiday(&mut self, rule: OnHoliday) {
        self.say(
            "on-holiday",
            self.words.get(match rule {
                OnHoliday::Keep => "holiday.keep",
                OnHoliday::NextWorkingDay => "holiday.next-working-day",
            }),
        );
    }

    fn demand(&mut self, here: &PageCtx, demand: &Demand) {
        let words = self.words;
        self.say("answered-by", words.get(&format!("answered-by.{}", demand.answered_by.as_str())));
        if demand.sample.every_used_month {
            self.say("months", words.get("rule.every-used-month"));
        }
        self.say_all("joint", &here.site.model.party_words(&demand.joint));
        self.say_party(here, "approval", demand.approval);
        self.say_all("evidence", &here.site.model.forms.words(&demand.evidence));
        self.say_all("contains", &here.site.model.items.words(&demand.contains));
        let mut manner: Vec<String> = self.manner(here, demand).into_iter().collect();
        manner.extend(demand.unannounced.then(|| words.get("rule.unannounced").to_owned()));
        self.say_all("manner", &manner);
        if let Some(hours) = demand.hours {
            self.say("hours", &words.say("rule.hours-each", &[("hours", &hours)]));
            let courses = demand.courses.iter().map(|course| {
                let word = &here.site.model.courses[*course].slug;
                named(words, "course", word).to_owned()
            });
            self.say_all("courses", &courses.collect::<Vec<_>>());
        }
        self.say_party(here, "to", demand.to);
    }

    fn event(&mut self, here: &PageCtx, rule: &EventRule, notify_as: Option<&str>) {
        let words = self.words;
        self.say("event", &here.event_kind(rule.event));
        let deadline = RuleText::new(&sentence::deadline(words, rule.deadline));
        self.push("deadline", vec![RuleText { site_default: rule.site_default, ..deadline }]);
        let anew: Vec<String> = rule.anew.iter().map(|kind| here.answer_kind(*kind)).collect();
        self.say_all("anew", &anew);
        let answers: Vec<String> =
            rule.answers.iter().map(|kind| here.answer_kind(*kind)).collect();
        self.say_all("answer", &answers);
        self.say_all("joint", &here.site.model.party_words(&rule.demand.joint));
        let told = here.site.model.party_words(&rule.demand.notify);
        match notify_as {
            Some(verb) if !told.is_empty() => {
                let label = words.say("rule.notify-as", &[("verb", &verb)]);
                let texts = told.iter().map(|text| RuleText::new(text)).collect();
                self.lines.push(RuleLine { label, texts, code: None });
            }
            _ => self.say_all("notify", &told),
        }
        self.say_party(here, "approval", rule.demand.approval);
        self.say_all("evidence", &here.site.model.forms.words(&rule.demand.evidence));
        self.say_all("contains", &here.site.model.items.words(&rule.demand.contains));
        let manner: Vec<String> = self.manner(here, &rule.demand).into_iter().collect();
        self.say_all("manner", &manner);
    }

    /// In what manner it must be done: the one, or one of several.
    fn manner(&self, here: &PageCtx, demand: &Demand) -> Option<String> {
        let words = here.site.model.manners.words(&demand.manner);
        match &words[..] {
            [] => None,
            [only] => Some(only.clone()),
            several => {
                let list = several.join(self.words.get("list.join"));
                Some(self.words.say("rule.one-manner", &[("manners", &list)]))
            }
        }
    }

    fn invariant(&mut self, here: &PageCtx, about: &Kind, rule: &Invariant) {
        self.say("of", named(self.words, "record_of", about.name));
        if let Some(condition) = &rule.must {
            self.condition(here, "must", condition);
        }
        let asked = rule.independent.as_ref().map(|asked| independence(here, asked));
        self.say_all("independent", &asked.unwrap_or_default());
        if !rule.is_computed() {
            self.say("must", self.words.get("rule.must-unknown"));
        }
    }

    fn retention(&mut self, here: &PageCtx, rule: &Retention) {
        let words = self.words;
        self.say("keep-what", words.get(&format!("keep_what.{}", rule.what.as_str())));
        let duties = rule.answering.iter().map(|id| {
            let link = here.obligation(*id);
            RuleText { href: Some(link.href), ..RuleText::new(&link.text) }
        });
        self.push("answering", duties.collect());
        self.say("keep-for", &keeping::rule(words, rule));
        self.say_party(here, "keep-approval", rule.approval);
    }
}

/// The days on which a rule is law, in words: 「自民國115年7月1日起」; `None` without bounds.
pub fn days_in_words(here: &PageCtx, days: Days) -> Option<String> {
    let words = &here.site.words;
    let day = |day: Option<Day>| day.map(roc_long).unwrap_or_default();
    let key = match (days.from, days.until) {
        (None, None) => return None,
        (Some(_), None) => "rule.days.from",
        (None, Some(_)) => "rule.days.until",
        (Some(_), Some(_)) => "rule.days.both",
    };
    Some(words.say(key, &[("from", &day(days.from)), ("until", &day(days.until))]))
}

/// What auditors must not be, in words.
pub fn independence(here: &PageCtx, asked: &Independence) -> Vec<String> {
    let words = &here.site.words;
    let mut texts = Vec::new();
    if asked.not_previous {
        texts.push(words.get("independence.not-previous").to_owned());
    }
    if !asked.not_roles.is_empty() {
        let roles: Vec<String> = asked.not_roles.iter().map(|role| here.role(*role).text).collect();
        let roles = roles.join(words.get("list.join"));
        texts.push(words.say("independence.not-roles", &[("roles", &roles)]));
    }
    if asked.not_users {
        texts.push(words.get("independence.not-users").to_owned());
    }
    texts
}

impl RuleText {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), href: None, site_default: false }
    }
}

fn draws(here: &PageCtx, demand: &Demand) -> Vec<SampleView> {
    let words = &here.site.words;
    let records = demand.sample.records.as_ref().map(|draw| (draw, "records"));
    let users = demand.sample.users.as_ref().map(|draw| (draw, "users"));
    let draws = records.into_iter().chain(users);
    draws.map(|(draw, measure)| sample(here, words, draw, measure)).collect()
}

fn sample(here: &PageCtx, words: &Words, draw: &SampleRule, measure: &str) -> SampleView {
    let unit = counter::of_rule(words, Some(draw), measure).to_owned();
    let (population, base) = match draw.of {
        Population::Queries => ("queries", None),
        Population::Users => ("users", None),
        Population::Accounts => ("accounts", None),
        Population::AuditedRecords(duty) => ("audited-records", Some(duty)),
        Population::AuditedUsers(duty) => ("audited-users", Some(duty)),
    };
    let population = here.word("population", population);
    let mut from = 0;
    let mut tiers = Vec::new();
    for tier in &draw.tiers.0 {
        tiers.push(step(words, draw, tier, from, &unit));
        from = tier.up_to.map_or(from, |up_to| up_to + 1);
    }
    SampleView {
        title: words.say(&format!("sample.{measure}"), &[("population", &population)]),
        base: base.map(|duty| here.obligation(duty)),
        unit,
        tiers,
    }
}

/// One step, for populations from `from` on.
fn step(words: &Words, draw: &SampleRule, tier: &Tier, from: u64, unit: &str) -> TierView {
    let population = match (from, tier.up_to) {
        (0, None) => words.get("tier.any").to_owned(),
        (0, Some(up_to)) => words.say("tier.up-to", &[("to", &Grouped(up_to)), ("unit", &unit)]),
        (from, None) => words.say("tier.from", &[("from", &Grouped(from)), ("unit", &unit)]),
        (from, Some(to)) => words.say(
            "tier.between",
            &[("from", &Grouped(from)), ("to", &Grouped(to)), ("unit", &unit)],
        ),
    };
    let share = match tier.share {
        Share::Rate(rate) => words.say("tier.rate", &[("rate", &rate)]),
        Share::Fixed(0) => words.get("tier.bounds-only").to_owned(),
        Share::Fixed(number) => {
            words.say("tier.fixed", &[("number", &Grouped(number)), ("unit", &unit)])
        }
    };
    let examples = examples(draw, tier, from)
        .into_iter()
        .map(|population| sentence::arithmetic(words, &draw.tiers.size(population), unit))
        .collect();
    TierView { population, share, min: tier.min, max: tier.max, examples }
}

/// Populations that show how a step counts: its edges, or round numbers where it has none, and
/// one at which the upper bound holds.
fn examples(draw: &SampleRule, tier: &Tier, from: u64) -> Vec<u64> {
    let first = if from == 0 { tier.up_to.map_or(100, |up_to| up_to.min(101)) } else { from };
    let mut populations = vec![first];
    match (tier.up_to, tier.max) {
        (Some(up_to), _) => populations.push(up_to),
        (None, Some(max)) if matches!(tier.share, Share::Rate(_)) => {
            let mut population = first.max(1);
            while draw.tiers.size(population).by_share <= max && population < 1_000_000_000 {
                population = population.saturating_mul(2);
            }
            populations.push(population);
        }
        (None, _) => {}
    }
    populations.dedup();
    populations
}

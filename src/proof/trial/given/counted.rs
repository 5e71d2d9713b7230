//! The act, event or paper from whose day a time runs: what `days` of a test gives.

use super::{Work, fault};
use crate::model::{Answer, is_answered_by_audits};
use crate::parse::yaml::Node;
use crate::proof::trial::node::lay_over;
use crate::proof::trial::records::primary;
use crate::record::kinds::own_kind;
use crate::record::value::Group;
use crate::time::{Day, Every, Instant, Period};

impl Work<'_> {
    /// Puts it there, of a day; an event at its time, where that is given.
    pub(super) fn counted_from(&mut self, day: Day, at: Option<Instant>) {
        let make = self.make;
        let on = make.text(day.to_string());
        let rule = self.frame.rule;
        let kind = self.frame.kind();
        match kind.as_str() {
            "event" => {
                self.happened(&on);
                let event = at.and_then(|_| self.records.find_mut("event", "event"));
                if let (Some(at), Some(event)) = (at, event) {
                    lay_over(event, &make.map([("at", make.text(at.to_string()))]));
                }
            }
            "interval" if rule.string("answered_by") == "password-change" => {
                let days = make.list(vec![on]);
                if let Some(account) = self.records.find_mut("account", "account") {
                    lay_over(account, &make.map([("password_changed", days)]));
                }
            }
            "interval" => match rule.string("answered_by").as_str() {
                "submission" => self.sent(rule, on, None),
                _ => self.act(("audit", "done_on"), 0, &on),
            },
            "once" => self.bound_from(&on),
            "retention" => self.kept_from(day),
            _ => self.report.push(
                fault(make.0, format!("`days` does not fit a duty of kind `{kind}`")).help(
                    "`days` is for event, interval, once and retention; `periods` for periodic",
                ),
            ),
        }
    }

    /// What the duty is laid on comes under it on the day: it is opened, taken up or begun then; a unit, and
    /// what is made up of units, with its first use of the system.
    fn bound_from(&mut self, on: &Node) {
        let make = self.make;
        let duty = self.frame.rule.string("id");
        let Some(kind) = self.frame.scope_kind(&duty) else { return };
        let key = match (kind.name, kind.register) {
            (_, Some(keys)) => keys.since,
            ("account", _) => "opened_on",
            ("post" | "contractor", _) => "from",
            _ => "uses",
        };
        let (name, since) = if key == "uses" {
            let used = make.map([("system", make.text("system")), ("from", on.clone())]);
            ("unit", make.list(vec![used]))
        } else {
            (kind.name, on.clone())
        };
        if let Some(record) = self.records.find_mut(name, name) {
            lay_over(record, &make.map([(key, since)]));
        }
    }

    /// Of an event that is there already, the day; else such an event.
    fn happened(&mut self, on: &Node) {
        match self.records.find_mut("event", "event") {
            Some(event) => lay_over(event, &self.make.map([("on", on.clone())])),
            None => self.act(("event", "on"), 0, on),
        }
    }

    /// A paper is sent to somebody: to whom the rule says, else to the authority.
    fn sent(&mut self, rule: &Group, on: Node, approved: Option<Node>) {
        let make = self.make;
        let to = Some(rule.string("to")).filter(|to| !to.is_empty());
        let to = make.text(to.unwrap_or_else(|| "主管機關".to_owned()));
        let mut paper = make.map([("sent_on", on), ("to", to)]);
        if let Some(approved) = approved {
            lay_over(&mut paper, &make.map([("approved", approved)]));
        }
        self.act(("submission", "sent_on"), 0, &paper);
    }

    /// The papers of the kind that the rule keeps: done, approved, closed and ended on the day.
    fn kept_from(&mut self, day: Day) {
        let make = self.make;
        let on = make.text(day.to_string());
        let what =
            self.frame.rule.group("keep").map(|keep| keep.string("what")).unwrap_or_default();
        let by = self.frame.roles.first().map_or("post", |(role, _)| role.as_str());
        let approved = make.map([("on", on.clone()), ("by", make.text(by))]);
        let mut lay = |kind: &str, node: Node| {
            if let Some(record) = self.records.find_mut(kind, kind) {
                lay_over(record, &node);
            }
        };
        match what.as_str() {
            "accounts" => {
                let form = make.map([("applied_on", on.clone()), ("approved_on", on.clone())]);
                lay("account", make.map([("cancelled_on", on), ("application", form)]));
            }
            "contractors" => lay("contractor", make.map([("until", on)])),
            "waivers" => {
                let node = make.map([
                    ("from", on.clone()),
                    ("until", on),
                    ("approved", approved),
                    ("basis", make.text("函")),
                ]);
                self.act(("waiver", "from"), 0, &node);
            }
            "usage" => {
                let month = Period::containing(day, Every::Month).to_string();
                self.month_of_use(&month, &make.text("1"), None);
            }
            "submissions" => {
                self.period = Some(Period::containing(day, Every::Month));
                let of = self.kept_of("submission");
                let mut rules = self.frame.siblings.iter();
                let rule = rules.find(|rule| Some(rule.string("id")) == of);
                self.sent(rule.unwrap_or(self.frame.rule), on, Some(approved));
            }
            "findings" => {
                self.period = Some(Period::containing(day, Every::Month));
                self.act(("audit", "done_on"), 0, &on);
                let finding = make.map([("found_on", on.clone()), ("closed_on", on)]);
                self.act(("finding", "found_on"), 0, &finding);
            }
            "events" => {
                self.happened(&on);
                let answer = make.map([
                    ("what", make.text(self.done())),
                    ("on", on),
                    ("approved", approved),
                ]);
                if let Some(event) = self.records.find_mut("event", "event") {
                    lay_over(event, &make.map([("answers", make.list(vec![answer]))]));
                }
            }
            "trainings" => {
                primary(self.records, own_kind("post"), self.frame.kinds, make);
                let training = make.map([("on", on), ("hours", make.text("1"))]);
                self.act(("training", "on"), 0, &training);
            }
            "audits" => {
                self.period = Some(Period::containing(day, Every::Month));
                let audit = make.map([("done_on", on), ("approved", approved)]);
                self.act(("audit", "done_on"), 0, &audit);
            }
            folder => {
                let register = self.frame.kinds.of_folder(folder);
                if let Some((kind, keys)) =
                    register.and_then(|kind| Some((kind.name, kind.register?)))
                {
                    lay(kind, make.map([(keys.since, on)]));
                }
            }
        }
    }

    /// The duty whose audits, submissions or waivers the tested rule keeps: the first it names, else the
    /// first of the regulation that is answered so.
    pub(super) fn kept_of(&self, kind: &str) -> Option<String> {
        let named = self.frame.rule.group("keep")?.texts("answering").next();
        let is_answered = |rule: &&Group| match kind {
            "submission" => Answer::of(rule) == Answer::Submission,
            // Leave may be given not to do any duty that there are acts of.
            "waiver" => {
                matches!(rule.string("kind").as_str(), "periodic" | "interval" | "once" | "event")
            }
            _ => is_answered_by_audits(rule),
        };
        let first = || self.frame.siblings.iter().find(is_answered).map(|rule| rule.string("id"));
        named.map(|duty| duty.value.to_owned()).or_else(first)
    }

    /// The duty an event is of: the tested one; where that keeps papers of events the first it names,
    /// else the first of the regulation that an event starts.
    pub(super) fn started(&self) -> Option<&Group> {
        let rule = self.frame.rule;
        let Some(keep) = rule.group("keep") else { return Some(rule) };
        let named: Vec<&str> = keep.texts("answering").map(|duty| duty.value).collect();
        let mut rules = self.frame.siblings.iter();
        rules.find(|rule| {
            rule.is_written("event")
                && (named.is_empty() || named.contains(&rule.string("id").as_str()))
        })
    }

    /// What the duty an event is of calls what is done about it, if it says so.
    pub(super) fn done(&self) -> String {
        let words = self.started().into_iter().flat_map(|rule| rule.texts("answer"));
        words.map(|word| word.value.to_owned()).next().unwrap_or_else(|| "done".to_owned())
    }
}

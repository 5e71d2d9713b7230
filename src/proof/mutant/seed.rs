//! Worlds in which a duty is met in full, as far as its rule alone says how: what it asks for is
//! there, on the day it is asked. From them other worlds are made by taking one thing away. A duty
//! that rests on others is met only if a test gives what they ask.

use crate::model::is_answered_by_audits;
use crate::parse::yaml::Node;
use crate::proof::trial::node::{Maker, set};
use crate::record::value::Group;
use crate::source::Spanned;
use crate::time::{Day, Every, Period};

/// The population of the worlds, large enough that a least number does not bind, and a second one
/// that is small.
const POPULATIONS: [u64; 2] = [400, 4];

/// Worlds in which the duty is met, the plainest first.
pub fn seeds(rule: &Group, duties: &[Group], roles: &[&str]) -> Vec<Node> {
    let seed = Seed { rule, make: Maker(rule.span), roles };
    let mut all = vec![seed.make.map([])];
    match rule.string("kind").as_str() {
        "periodic" => all.extend(seed.periodic()),
        "interval" | "once" => all.extend(seed.interval()),
        "event" => all.extend(seed.event(duties)),
        "retention" => all.extend(seed.retention(duties)),
        _ => {}
    }
    all.extend(seed.departed(&all));
    all
}

struct Seed<'a> {
    rule: &'a Group,
    make: Maker,
    roles: &'a [&'a str],
}

/// The day an act is done and an event happens.
const DAY: &str = "2026-03-16";

/// A day on which what was due is overdue.
const LATE: &str = "2026-11-27";

impl Seed<'_> {
    fn text(&self, text: &str) -> Node {
        self.make.text(text)
    }

    fn texts(&self, key: &str) -> Node {
        self.make.list(self.rule.texts(key).map(|text| self.text(text.value)).collect())
    }

    fn with(&self, node: &mut Node, key: &str, value: Node) {
        set(node, &Spanned::new(key.to_owned(), node.span), value);
    }

    /// What an act must have, in its record: one for each role that may have approved it.
    fn acts(&self, mut act: Node, day: &str) -> Vec<Node> {
        for key in ["joint", "evidence", "contains"] {
            if self.rule.get(key).is_some() {
                self.with(&mut act, key, self.texts(key));
            }
        }
        if let Some(manner) = self.rule.texts("manner").next() {
            self.with(&mut act, "manner", self.text(manner.value));
        }
        if self.rule.get("approval").is_none() {
            return vec![act];
        }
        let approved = |role: &&str| {
            let mut act = act.clone();
            let approved = self.make.map([("on", self.text(day)), ("by", self.text(role))]);
            self.with(&mut act, "approved", approved);
            act
        };
        self.roles.iter().map(approved).collect()
    }

    fn period(&self) -> Option<Period> {
        let every = Every::from_word(self.rule.text("every")?.value)?;
        let month = self.rule.list("months").first().map_or(3, |month| match month.data {
            crate::record::value::Data::Count(month) => u32::try_from(month).unwrap_or(3),
            _ => 3,
        });
        let year = if every == Every::Year { 2025 } else { 2026 };
        Some(Period::containing(Day::from_ymd_opt(year, month, 16)?, every))
    }

    fn periodic(&self) -> Vec<Node> {
        let Some(period) = self.period() else { return Vec::new() };
        let day = period.last_day().to_string();
        let mut all = Vec::new();
        for population in POPULATIONS {
            let number = population.to_string();
            let base = self.make.map([
                ("period", self.text(&period.to_string())),
                ("usage", self.text(&number)),
                ("users", self.text("4")),
            ]);
            match self.rule.string("answered_by").as_str() {
                "submission" => all.extend(self.each(&base, "submission", self.sent(&day))),
                "training" => all.extend(self.each(&base, "training", self.trained(&day))),
                _ => all.extend(self.audits(&base, &day, &number, &period.to_string())),
            }
            all.push(
                self.make.map([
                    ("period", self.text(&period.to_string())),
                    ("usage", self.text(&number)),
                ]),
            );
        }
        all
    }

    /// An act that is done by one of those who must do it, on a day.
    fn audits(&self, base: &Node, day: &str, records: &str, period: &str) -> Vec<Node> {
        let acting = match self.rule.texts("acts").next() {
            Some(_) => self.texts("acts"),
            None => self.make.list(self.roles.iter().take(1).map(|role| self.text(role)).collect()),
        };
        let mut act = self.make.map([
            ("done_on", self.text(day)),
            ("auditors", acting),
            ("result", self.text("clean")),
        ]);
        if self.rule.get("sample").is_some() {
            self.with(&mut act, "records", self.text(records));
            self.with(&mut act, "users", self.text("4"));
            if let Some(first) =
                Period::parse(period).ok().and_then(|p| p.months().first().copied())
            {
                let months = self.make.list(vec![self.text(&first.to_string())]);
                self.with(&mut act, "months", months);
            }
        }
        if self.rule.flag("unannounced") {
            self.with(&mut act, "unannounced", self.text("true"));
        }
        let world = |act: Node| {
            let mut world = base.clone();
            self.with(&mut world, "audit", act);
            world
        };
        self.acts(act, day).into_iter().map(world).collect()
    }

    /// A world with each of some acts.
    fn each(&self, base: &Node, key: &str, acts: Vec<Node>) -> Vec<Node> {
        let world = |act: Node| {
            let mut world = base.clone();
            self.with(&mut world, key, act);
            world
        };
        acts.into_iter().map(world).collect()
    }

    /// Papers that are sent on a day.
    fn sent(&self, day: &str) -> Vec<Node> {
        let to = self.rule.string("to");
        let sent = self.make.map([("sent_on", self.text(day)), ("to", self.text(&to))]);
        self.acts(sent, day)
    }

    /// Hours of training, of each of the courses that count.
    fn trained(&self, day: &str) -> Vec<Node> {
        let hours = self.rule.count("hours").unwrap_or(1).to_string();
        let taken = self.make.map([("on", self.text(day)), ("hours", self.text(&hours))]);
        let mut all = vec![taken.clone()];
        all.extend(self.rule.texts("courses").map(|course| {
            let mut taken = taken.clone();
            self.with(&mut taken, "course", self.text(course.value));
            taken
        }));
        all
    }

    /// Of a rule in principle each world with the reason of a departure, which came late.
    fn departed(&self, worlds: &[Node]) -> Vec<Node> {
        if !self.rule.flag("in_principle") {
            return Vec::new();
        }
        let Some(role) = self.roles.first() else { return Vec::new() };
        let approved = self.make.map([("on", self.text(LATE)), ("by", self.text(role))]);
        let waiver = self.make.map([
            ("reason", self.text("理由")),
            ("from", self.text("2000-01-01")),
            ("until", self.text(LATE)),
            ("approved", approved),
        ]);
        let mut worlds = worlds.to_vec();
        worlds.push(self.make.map([]));
        for world in &mut worlds {
            self.with(world, "waiver", waiver.clone());
        }
        worlds
    }

    fn interval(&self) -> Vec<Node> {
        match self.rule.string("answered_by").as_str() {
            "password-change" => {
                let days = self.make.list(vec![self.text(DAY)]);
                let account = self.make.map([("password_changed", days)]);
                vec![self.make.map([("account", account)])]
            }
            "submission" => self.each(&self.make.map([]), "submission", self.sent(DAY)),
            "training" => self.each(&self.make.map([]), "training", self.trained(DAY)),
            _ => self.audits(&self.make.map([]), DAY, "400", "2026-03"),
        }
    }

    fn event(&self, duties: &[Group]) -> Vec<Node> {
        let in_hours = self.rule.group("deadline").is_some_and(|one| one.hours("within").is_some());
        let mut event = self.make.map([("on", self.text(DAY))]);
        if in_hours {
            self.with(&mut event, "at", self.text(&format!("{DAY}T16:40")));
        }
        let letter = self.rule.group("deadline").is_some_and(|one| one.string("on") == "letter");
        if letter {
            self.with(&mut event, "due", self.text("2026-03-30"));
        }
        let mut known = event.clone();
        match in_hours {
            true => self.with(&mut known, "known_at", self.text("2026-03-20T16:40")),
            false => self.with(&mut known, "known_on", self.text("2026-03-20")),
        }
        let mut all = Vec::new();
        let mut words: Vec<String> =
            self.rule.texts("answer").map(|word| word.value.to_owned()).collect();
        words.push("something-else".to_owned());
        for word in &words {
            let mut answer = self.make.map([("on", self.text(DAY)), ("what", self.text(word))]);
            if self.rule.get("notify").is_some() {
                self.with(&mut answer, "to", self.texts("notify"));
            }
            for answer in self.acts(answer, DAY) {
                all.push(self.make.map([("event", event.clone()), ("answer", answer)]));
            }
        }
        let anew = self.rule.group("deadline").and_then(|one| one.texts("anew").next());
        if let (Some(word), Some(answer)) = (anew, words.first()) {
            let done = |what: &str, on: &str| {
                self.make.map([("what", self.text(what)), ("on", self.text(on))])
            };
            let answers = vec![done(word.value, "2026-03-19"), done(answer, "2026-03-20")];
            let answers = self.make.list(answers);
            all.push(self.make.map([("event", event.clone()), ("answers", answers)]));
        }
        all.push(self.make.map([("event", event.clone()), ("answer", self.text(DAY))]));
        all.push(self.make.map([("event", event.clone())]));
        all.push(self.make.map([("event", known)]));
        all.extend(self.rule.texts("answered_on").map(|path| {
            let mut keys = path.value.split('.').rev();
            let last = keys.next().unwrap_or_default();
            let day = self.make.map([(last, self.text(DAY))]);
            let record = keys.fold(day, |inner, key| self.make.map([(key, inner)]));
            let mut world = record;
            self.with(&mut world, "event", event.clone());
            world
        }));
        all.extend(self.followed(duties));
        all
    }

    /// Records that an event follows.
    fn followed(&self, duties: &[Group]) -> Vec<Node> {
        let post = |role: &str| {
            self.make.map([
                ("id", self.text("leaver")),
                ("agency", self.text("agency")),
                ("unit", self.text("unit")),
                ("title", self.text("離職者")),
                ("staff", self.text("s-account")),
                ("roles", self.make.list(vec![self.text(role)])),
                ("until", self.text(DAY)),
            ])
        };
        let mut all: Vec<Node> = self
            .roles
            .iter()
            .map(|role| {
                let posts = self.make.list(vec![post(role)]);
                self.make.map([("records", self.make.map([("posts", posts)]))])
            })
            .collect();
        let suspended = self.make.map([("suspended_on", self.text("2025-03-16"))]);
        all.push(self.make.map([("account", suspended)]));
        for duty in duties.iter().filter(|duty| is_answered_by_audits(duty)) {
            let id = duty.string("id");
            let audit = |result: &str| {
                self.make.map([
                    ("obligation", self.text(&id)),
                    ("done_on", self.text(DAY)),
                    ("result", self.text(result)),
                ])
            };
            let base = || ("period", self.text("2026-03"));
            all.push(self.make.map([base(), ("audit", audit("anomaly"))]));
            let finding =
                self.make.map([("found_on", self.text(DAY)), ("grade", self.text("major"))]);
            all.push(self.make.map([base(), ("audit", audit("clean")), ("finding", finding)]));
        }
        all
    }

    fn retention(&self, duties: &[Group]) -> Vec<Node> {
        let Some(keep) = self.rule.group("keep") else { return Vec::new() };
        let answering: Vec<String> =
            keep.texts("answering").map(|duty| duty.value.to_owned()).collect();
        let by = self.roles.first().copied().unwrap_or("post");
        let approved = || {
            let day = self.text("2026-03-20");
            self.make.map([("on", day), ("by", self.text(by))])
        };
        let world = |key: &'static str, mut act: Node, is_approved: bool| {
            if is_approved {
                self.with(&mut act, "approved", approved());
            }
            self.make.map([("period", self.text("2026-03")), (key, act)])
        };
        let both =
            |key: &'static str, act: Node| [world(key, act.clone(), true), world(key, act, false)];
        let of_duty = |duty: &String| match keep.string("what").as_str() {
            "audits" => both(
                "audit",
                self.make.map([("obligation", self.text(duty)), ("done_on", self.text(DAY))]),
            )
            .to_vec(),
            "submissions" => both(
                "submission",
                self.make.map([
                    ("obligation", self.text(duty)),
                    ("sent_on", self.text(DAY)),
                    ("to", self.text("主管機關")),
                ]),
            )
            .to_vec(),
            _ => Vec::new(),
        };
        answering.iter().flat_map(of_duty).chain(self.beside(&answering, duties)).collect()
    }

    /// Papers that are kept, beside those of an act that answers another duty.
    fn beside(&self, answering: &[String], duties: &[Group]) -> Vec<Node> {
        let keeps = self.rule.group("keep").map(|keep| keep.string("what"));
        let Some(own) = answering.first().filter(|_| keeps.as_deref() == Some("audits")) else {
            return Vec::new();
        };
        let other = |duty: &&Group| !answering.contains(&duty.string("id"));
        let audit = |duty: &str, day: &str| {
            let by = self.roles.first().copied().unwrap_or("post");
            let approved = self.make.map([("on", self.text(day)), ("by", self.text(by))]);
            self.make.map([
                ("obligation", self.text(duty)),
                ("done_on", self.text(day)),
                ("approved", approved),
            ])
        };
        let world = |duty: &Group| {
            let acts = vec![audit(own, DAY), audit(&duty.string("id"), "2026-03-20")];
            self.make.map([("period", self.text("2026-03")), ("audits", self.make.list(acts))])
        };
        duties.iter().filter(|duty| is_answered_by_audits(duty)).filter(other).map(world).collect()
    }
}

//! What a case gives becomes records: short forms are written out, what they leave open is what
//! anybody would take (the duty that is tested, its scope, the period), and nothing else: an approval,
//! a form or a party that is not given is not there.

mod counted;

use super::ask::fault;
use super::node::{Maker, entries, get, items, lay_over, set, take, text};
use super::records::{Frame, Records, primary};
use super::target::{Target, Term};
use super::when::when;
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::parse::yaml::{Entry, Node, NodeKind};
use crate::record::kinds::{Kind, Kinds};
use crate::source::Spanned;
use crate::time::{Day, Every, Instant, Period, parse_day};

/// What a question gives, beside what the case says: the day a time runs from, or a period.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    pub written: Option<&'a Node>,
    pub from: Option<Day>,
    /// The time of that day, where hours run.
    pub at: Option<Instant>,
    pub period: Option<Period>,
}

/// Keys of what is not a record.
const OTHERS: [&str; 8] =
    ["period", "since", "term", "scope", "usage", "users", "records", "without"];
/// Kinds of which the record is made before, to be changed; and those that are registers.
const CHANGED: [&str; 6] = ["agency", "unit", "system", "account", "post", "contractor"];
/// Kinds of acts and papers: singular, plural, and the key a single day goes to.
const ACTS: [(&str, &str, &str); 6] = [
    ("audit", "audits", "done_on"),
    ("submission", "submissions", "sent_on"),
    ("training", "trainings", "on"),
    ("event", "events", "on"),
    ("finding", "findings", "found_on"),
    ("waiver", "waivers", "from"),
];

/// Lays what is given over the smallest world.
pub(super) fn apply(
    given: &Given,
    frame: &Frame,
    records: &mut Records,
    report: &mut Diagnostics,
) -> Target {
    let span = given.written.map_or(frame.span, |node| node.span);
    let mut work = Work { frame, make: Maker(span), records, report, period: given.period };
    let nothing = Maker(span).map([]);
    work.all(given, given.written.unwrap_or(&nothing))
}

struct Work<'a> {
    frame: &'a Frame<'a>,
    make: Maker,
    records: &'a mut Records,
    report: &'a mut Diagnostics,
    period: Option<Period>,
}

impl Work<'_> {
    fn all(&mut self, given: &Given, written: &Node) -> Target {
        self.refuse_unknown(written);
        if let Some(node) = get(written, "period") {
            match text(node).and_then(|text| Period::parse(text).ok()) {
                Some(period) => self.period = Some(period),
                None => self.fault(node, "`period` takes a period such as `2026-09`"),
            }
        }
        for entry in entries(written) {
            let key = entry.key.value.as_str();
            if let Some(kind) = self.changed().find(|kind| kind.name == key) {
                primary(self.records, kind, self.frame.kinds, self.make);
                match &entry.value.kind {
                    NodeKind::Map(_) => {
                        if let Some(record) = self.records.find_mut(kind.name, kind.name) {
                            lay_over(record, &entry.value);
                        }
                    }
                    _ => self.fault(&entry.value, &format!("`{key}` takes a mapping")),
                }
            }
        }
        self.usage(written);
        for (kind, plural, day) in ACTS {
            let one = get(written, kind).into_iter();
            let several = get(written, plural).map(items).unwrap_or_default();
            for (place, node) in one.chain(several).enumerate() {
                self.act((kind, day), place, node);
            }
        }
        self.answers(written);
        self.whole_records(written);
        if let Some(day) = given.from {
            self.counted_from(day, given.at);
        }
        for node in get(written, "without").map(items).unwrap_or_default() {
            let (kind, id) = text(node).and_then(|text| text.split_once('/')).unwrap_or_default();
            if !self.records.remove(kind, id) {
                self.fault(node, "`without` names no record of the world; write `post/auditor`");
            }
        }
        self.target(given, written)
    }

    /// The kinds of which the record is made before, to be changed.
    fn changed(&self) -> impl Iterator<Item = &'static Kind> + use<> {
        let kinds = self.frame.kinds;
        let is_changed = |kind: &&Kind| kind.register.is_some() || CHANGED.contains(&kind.name);
        kinds.iter().filter(is_changed)
    }

    fn fault(&mut self, node: &Node, message: &str) {
        self.report.push(fault(node.span, message));
    }

    fn refuse_unknown(&mut self, written: &Node) {
        let acts = ACTS.into_iter().flat_map(|(one, several, _)| [one, several]);
        let changed = self.changed().map(|kind| kind.name);
        let known: Vec<&str> =
            OTHERS.into_iter().chain(changed).chain(acts).chain(["answer", "answers"]).collect();
        for entry in entries(written) {
            let key = entry.key.value.as_str();
            if !known.contains(&key) {
                let help = did_you_mean(key, known.iter().copied())
                    .unwrap_or_else(|| format!("known keys: {}", known.join(", ")));
                let message = format!("a case cannot give `{key}`");
                self.report.push(fault(entry.key.span, message).help(help));
            }
        }
    }

    /// Records of use: a number is of the first month of the period, the others have none; a mapping
    /// of months has a number each, or what a record of use holds.
    fn usage(&mut self, written: &Node) {
        let users = get(written, "users");
        let Some(node) = get(written, "usage") else {
            if let Some(users) = users {
                self.fault(users, "`users` goes with `usage`");
            }
            return;
        };
        let users = users.cloned();
        if let NodeKind::Map(months) = &node.kind {
            let months: Vec<Entry> = months.clone();
            for entry in months {
                self.month_of_use(&entry.key.value, &entry.value, users.as_ref());
            }
            return;
        }
        let Some(period) = self.period else {
            return self
                .fault(node, "`usage` is of a period: give `period`, or a mapping of months");
        };
        for (place, month) in months_of(period).into_iter().enumerate() {
            let queries = if place == 0 {
                node.clone()
            } else {
                Node { span: node.span, ..self.make.text("0") }
            };
            self.month_of_use(&month.to_string(), &queries, users.as_ref());
        }
    }

    fn month_of_use(&mut self, month: &str, value: &Node, users: Option<&Node>) {
        let make = Maker(value.span);
        let persons = users.cloned().unwrap_or_else(|| make.text("1"));
        let mut record = make.map([
            ("unit", make.text("unit")),
            ("system", make.text("system")),
            ("month", make.text(month)),
            ("active_users", persons.clone()),
            ("total_users", persons),
        ]);
        match &value.kind {
            NodeKind::Map(_) => lay_over(&mut record, value),
            _ => lay_over(&mut record, &make.map([("queries", value.clone())])),
        }
        if users.is_none() && get(&record, "queries").and_then(text) == Some("0") {
            lay_over(&mut record, &make.map([("active_users", make.text("0"))]));
        }
        self.records.put("usage", record);
    }

    /// An act or paper, with what it leaves open.
    fn act(&mut self, (kind, day): (&'static str, &'static str), place: usize, node: &Node) {
        let make = Maker(node.span);
        let id = if place == 0 { kind.to_owned() } else { format!("{kind}-{}", place + 1) };
        let mut given = match &node.kind {
            NodeKind::Map(_) => node.clone(),
            NodeKind::Scalar { .. } => make.map_of(when(kind, day, node)),
            _ => return self.fault(node, &format!("`{kind}` takes a day or a mapping")),
        };
        let mut record = make.map([("id", make.text(id.clone()))]);
        let duty = self.duty_of(kind, &mut given);
        match kind {
            "audit" | "submission" | "waiver" => {
                let scope = self.frame.scope_kind(&duty);
                if let Some(kind) = scope {
                    primary(self.records, kind, self.frame.kinds, self.make);
                }
                let scope = scope.map_or("agency", |kind| kind.name);
                let path = format!("{}/{duty}", self.frame.regulation);
                lay_over(
                    &mut record,
                    &make.map([("obligation", make.text(path)), ("scope", make.text(scope))]),
                );
                if kind != "waiver"
                    && let Some(period) = self.period_of(&duty)
                {
                    lay_over(&mut record, &make.map([("period", make.text(period.to_string()))]));
                }
                if kind == "waiver" {
                    let until = get(&given, "from").cloned().unwrap_or_else(|| make.text(""));
                    lay_over(
                        &mut record,
                        &make.map([("reason", make.text("豁免")), ("until", until)]),
                    );
                }
            }
            "training" => lay_over(
                &mut record,
                &make.map([("post", make.text("post")), ("title", make.text("訓練"))]),
            ),
            "event" => {
                let subject = match self.frame.rule.string("scope").as_str() {
                    "office" => "unit".to_owned(),
                    scope if is_register(self.frame.kinds, scope) => "agency".to_owned(),
                    scope => scope.to_owned(),
                };
                let mut about = Spanned::new(subject.clone(), node.span);
                let named = ["account", "staff", "unit", "agency", "system", "post", "contractor"];
                if named.iter().any(|key| get(&given, key).is_some()) {
                    about.value.clear();
                }
                if !about.value.is_empty() {
                    set(&mut record, &about, make.text(subject));
                }
                let own = self.started().map(|rule| rule.string("event")).unwrap_or_default();
                if own.is_empty() && get(&given, "kind").is_none() {
                    let message = "the duty starts with no event: give the `kind` of this one";
                    return self.fault(node, message);
                }
                lay_over(&mut record, &make.map([("kind", make.text(own))]));
            }
            "finding" => lay_over(
                &mut record,
                &make.map([
                    ("audit", make.text("audit")),
                    ("title", make.text("缺失")),
                    ("grade", make.text("minor")),
                ]),
            ),
            _ => {}
        }
        self.sampled(&mut given);
        let filed = get(&given, day).cloned();
        self.papers(&mut given, filed.as_ref(), &id);
        lay_over(&mut record, &given);
        self.records.put(kind, record);
    }

    /// The duty an act is of: the one it names, else the tested one, or the one that this is about.
    fn duty_of(&self, kind: &str, given: &mut Node) -> String {
        let named = take(given, "obligation");
        if let Some(name) = named.as_ref().and_then(text) {
            let prefix = format!("{}/", self.frame.regulation);
            return name.strip_prefix(&prefix).unwrap_or(name).to_owned();
        }
        match (kind, self.frame.rule.group("keep")) {
            ("audit" | "submission" | "waiver", Some(_)) => self.kept_of(kind).unwrap_or_default(),
            _ => self.frame.rule.string("id"),
        }
    }

    /// The period an act of a duty is of: the case's, cut to the duty's length.
    fn period_of(&self, duty: &str) -> Option<Period> {
        let rule = self.frame.siblings.iter().find(|rule| rule.string("id") == duty)?;
        let every = Every::from_word(rule.text("every")?.value)?;
        let period = self.period?;
        let same = period.every() == every;
        Some(if same { period } else { Period::containing(period.last_day(), every) })
    }

    /// `records`, `users` and `months` of an audit are those of its sample.
    fn sampled(&mut self, given: &mut Node) {
        let make = self.make;
        let mut sample = get(given, "sample").cloned().unwrap_or_else(|| make.map([]));
        let mut any = false;
        for key in ["records", "users", "months"] {
            if let Some(value) = take(given, key) {
                any = true;
                let key = Spanned::new(key.to_owned(), value.span);
                set(&mut sample, &key, value);
            }
        }
        if any {
            set(given, &Spanned::new("sample".to_owned(), sample.span), sample);
        }
    }

    /// Names of forms become papers, filed on the day of the act.
    fn papers(&mut self, given: &mut Node, filed: Option<&Node>, of: &str) {
        let Some(written) = get(given, "evidence").cloned() else { return };
        let mut ids = Vec::new();
        for (place, item) in items(&written).into_iter().enumerate() {
            let make = Maker(item.span);
            let id = format!("{of}-paper-{}", place + 1);
            let mut paper = make.map([
                ("id", make.text(id.clone())),
                ("title", make.text("文件")),
                ("document", make.text("文件")),
            ]);
            if let Some(day) = filed {
                lay_over(&mut paper, &make.map([("received_on", day.clone())]));
            }
            match &item.kind {
                NodeKind::Map(_) => lay_over(&mut paper, item),
                _ => lay_over(&mut paper, &make.map([("form", item.clone())])),
            }
            self.records.put("evidence", paper);
            ids.push(make.text(id));
        }
        let list = Maker(written.span).list(ids);
        set(given, &Spanned::new("evidence".to_owned(), written.span), list);
    }

    /// What was done about the event.
    fn answers(&mut self, written: &Node) {
        let one = get(written, "answer").into_iter();
        let several = get(written, "answers").map(items).unwrap_or_default();
        let mut list = Vec::new();
        for (place, node) in one.chain(several).enumerate() {
            let make = Maker(node.span);
            let mut given = match &node.kind {
                NodeKind::Map(_) => node.clone(),
                _ => make.map_of(when("answer", "on", node)),
            };
            let mut answer = make.map([("what", make.text(self.done()))]);
            let filed = get(&given, "on").cloned();
            self.papers(&mut given, filed.as_ref(), &format!("answer-{}", place + 1));
            lay_over(&mut answer, &given);
            list.push(answer);
        }
        if list.is_empty() {
            return;
        }
        let list = self.make.list(list);
        match self.records.find_mut("event", "event") {
            Some(event) => lay_over(event, &Maker(list.span).map([("answers", list)])),
            None => {
                let message = "an answer is to an event: give `event` with its day";
                self.report.push(fault(list.span, message));
            }
        }
    }

    /// Records as the files of a site have them, by folder; one of the same id replaces what the
    /// program made.
    fn whole_records(&mut self, written: &Node) {
        let Some(node) = get(written, "records") else { return };
        for entry in entries(node) {
            let Some(kind) = self.frame.kinds.of_folder(&entry.key.value) else {
                let known = self.frame.kinds.iter().map(|kind| kind.plural);
                let message = format!("`{}` is no kind of record", entry.key.value);
                let help = did_you_mean(&entry.key.value, known);
                self.report.push(fault(entry.key.span, message).maybe_help(help));
                continue;
            };
            for record in items(&entry.value) {
                self.records.put(kind.name, record.clone());
            }
        }
    }

    fn target(&mut self, given: &Given, written: &Node) -> Target {
        let scope = get(written, "scope").and_then(text).map(str::to_owned);
        let scope = scope.unwrap_or_else(|| self.frame.about().to_owned());
        let since = get(written, "since").and_then(text).map(parse_day);
        if let (Some(Err(_)), Some(node)) = (&since, get(written, "since")) {
            self.fault(node, "`since` takes a day");
        }
        let named = get(written, "term").and_then(text).map(str::to_owned);
        let term = match (named, since, self.frame.kind().as_str()) {
            (Some(name), _, _) => Term::Named(name),
            (None, Some(Ok(day)), _) => Term::Since(day),
            (None, _, "periodic") => self.period.map_or(Term::Last, Term::Period),
            (None, _, "interval" | "once") => given.from.map_or(Term::Last, Term::Since),
            (None, _, "event") if self.records.has("event") => Term::Named("event".to_owned()),
            _ => Term::Last,
        };
        Target { scope, term }
    }
}

fn is_register(kinds: &Kinds, scope: &str) -> bool {
    kinds.find(scope).is_some_and(|kind| kind.register.is_some())
}

/// The months of a period; of a week or a day the month of its last day.
fn months_of(period: Period) -> Vec<Period> {
    match period.every() {
        Every::Day | Every::Week => vec![Period::containing(period.last_day(), Every::Month)],
        _ => period.months(),
    }
}

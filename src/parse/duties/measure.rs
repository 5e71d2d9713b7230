//! How near a draft comes to the rules somebody wrote for the same text: recall and precision of
//! each field. Duties are paired by kind and clause, the nearest first; a field is right where both
//! of a pair say the same, and figures are counted one by one.

use std::collections::BTreeSet;

use crate::record::value::{Data, Group, Value};

/// What was found of what there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// In both, and equal.
    pub right: usize,
    /// In the rules.
    pub wanted: usize,
    /// In the draft.
    pub drafted: usize,
}

/// The scores of one text, or of several together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Every kind: who pairs a clause with its kind.
    pub kind: Score,
    /// Kinds that set a clock or allow something: all but invariants and conduct.
    pub timed: Score,
    /// Invariants and conduct, taken for one: which of them a standing rule is, the records decide.
    pub standing: Score,
    /// `every` and `no_more_than`.
    pub period: Score,
    /// `due` and `deadline`.
    pub due: Score,
    /// Every rate, floor, cap, fixed number and limit of a tier.
    pub sample: Score,
    /// How long something is kept.
    pub retention: Score,
    /// Every item a paper must contain.
    pub items: Score,
    /// What a text says of how it is meant: 定期 without a length, 為原則, 得, somebody outside, a time
    /// that begins anew.
    pub manner: Score,
    /// Clauses that carry no duty.
    pub reason: Score,
}

impl Score {
    /// In percent, rounded down; 100 where nothing was wanted.
    pub fn recall(self) -> usize {
        (self.right * 100).checked_div(self.wanted).unwrap_or(100)
    }

    /// In percent, rounded down; 100 where nothing was drafted.
    pub fn precision(self) -> usize {
        (self.right * 100).checked_div(self.drafted).unwrap_or(100)
    }

    fn add(&mut self, wanted: &BTreeSet<String>, drafted: &BTreeSet<String>) {
        self.right += wanted.intersection(drafted).count();
        self.wanted += wanted.len();
        self.drafted += drafted.len();
    }

    fn sum(&mut self, other: Self) {
        self.right += other.right;
        self.wanted += other.wanted;
        self.drafted += other.drafted;
    }
}

impl Measure {
    /// The fields by their names.
    pub fn rows(&self) -> [(&'static str, Score); 10] {
        [
            ("kind", self.kind),
            ("kind: timed", self.timed),
            ("kind: standing", self.standing),
            ("period", self.period),
            ("due", self.due),
            ("sample", self.sample),
            ("retention", self.retention),
            ("items", self.items),
            ("manner", self.manner),
            ("no duty", self.reason),
        ]
    }

    /// Adds the scores of another text.
    pub fn sum(&mut self, other: &Self) {
        self.kind.sum(other.kind);
        self.timed.sum(other.timed);
        self.standing.sum(other.standing);
        self.period.sum(other.period);
        self.due.sum(other.due);
        self.sample.sum(other.sample);
        self.retention.sum(other.retention);
        self.items.sum(other.items);
        self.manner.sum(other.manner);
        self.reason.sum(other.reason);
    }
}

/// Measures drafted duties against written ones, and the clauses without a duty of both.
pub fn measure(wanted: (&[Group], &[Group]), drafted: (&[Group], &[Group])) -> Measure {
    let mut measured = Measure::default();
    let mut left: Vec<&Group> = drafted.0.iter().collect();
    let none = BTreeSet::new();
    for duty in wanted.0 {
        let mut best: Option<(usize, usize)> = None;
        for (at, other) in left.iter().enumerate() {
            if kind(duty) == kind(other) && share_clause(duty, other) {
                let near = nearness(duty, other);
                if best.is_none_or(|(_, known)| near > known) {
                    best = Some((at, near));
                }
            }
        }
        let other = best.map(|(at, _)| left.remove(at));
        measured.pair(Some(duty), other, &none);
    }
    // Invariants and conduct that were not paired by their exact kind are paired as one.
    for other in &left {
        measured.pair(None, Some(other), &none);
    }
    let standing = |duties: &[Group]| -> BTreeSet<String> {
        let own = duties.iter().filter(|duty| is_standing(&kind(duty)));
        own.filter_map(|duty| clauses(duty).into_iter().next()).collect()
    };
    measured.standing.add(&standing(wanted.0), &standing(drafted.0));
    let plain = |entries: &[Group]| -> BTreeSet<String> {
        entries
            .iter()
            .map(|entry| format!("{} {}", entry.string("clause"), entry.string("reason")))
            .collect()
    };
    measured.reason.add(&plain(wanted.1), &plain(drafted.1));
    measured
}

impl Measure {
    fn pair(&mut self, wanted: Option<&Group>, drafted: Option<&Group>, none: &BTreeSet<String>) {
        let one =
            |duty: Option<&Group>| -> BTreeSet<String> { duty.map(kind).into_iter().collect() };
        self.kind.add(&one(wanted), &one(drafted));
        if wanted.or(drafted).is_some_and(|duty| !is_standing(&kind(duty))) {
            self.timed.add(&one(wanted), &one(drafted));
        }
        let mut field = |score: fn(&mut Self) -> &mut Score, of: fn(&Group) -> BTreeSet<String>| {
            let (a, b) = (wanted.map(of), drafted.map(of));
            score(self).add(a.as_ref().unwrap_or(none), b.as_ref().unwrap_or(none));
        };
        field(|all| &mut all.period, period);
        field(|all| &mut all.due, due);
        field(|all| &mut all.sample, sample);
        field(|all| &mut all.retention, retention);
        field(|all| &mut all.items, items);
        field(|all| &mut all.manner, manner);
    }
}

fn kind(duty: &Group) -> String {
    duty.string("kind")
}

fn is_standing(kind: &str) -> bool {
    matches!(kind, "invariant" | "conduct")
}

fn clauses(duty: &Group) -> Vec<String> {
    duty.texts("clauses").map(|clause| clause.value.to_owned()).collect()
}

/// Whether the main clause of one is named by the other.
fn share_clause(duty: &Group, other: &Group) -> bool {
    let (a, b) = (clauses(duty), clauses(other));
    a.first().is_some_and(|main| b.contains(main)) || b.first().is_some_and(|main| a.contains(main))
}

/// How much two duties of one clause and kind have in common.
fn nearness(duty: &Group, other: &Group) -> usize {
    let same = |of: fn(&Group) -> BTreeSet<String>| of(duty).intersection(&of(other)).count();
    4 * same(period) + 2 * same(due) + same(sample) + 2 * same(retention)
}

fn period(duty: &Group) -> BTreeSet<String> {
    ["every", "no_more_than"].iter().filter_map(|key| Some(plain(duty.get(key)?))).collect()
}

/// Within a month after the period and the last day of the month after it are one.
fn due(duty: &Group) -> BTreeSet<String> {
    let alike = |text: String| match text
        .strip_prefix("{within: ")
        .and_then(|t| t.strip_suffix(" months}"))
    {
        Some(months) => format!("{{day: last, months_after: {months}}}"),
        None => text,
    };
    let mut all: BTreeSet<String> =
        duty.groups("due").map(|group| alike(of_group(group))).collect();
    if let Some(Data::Group(deadline)) = duty.get("deadline").map(|value| &value.data) {
        let mut limit = deadline.clone();
        limit.entries.retain(|(key, _)| key.value != "anew");
        all.insert(of_group(&limit));
    }
    all
}

fn sample(duty: &Group) -> BTreeSet<String> {
    let mut figures = BTreeSet::new();
    let Some(Data::Group(sample)) = duty.get("sample").map(|value| &value.data) else {
        return figures;
    };
    for draw in ["records", "users"] {
        let Some(Data::Group(group)) = sample.get(draw).map(|value| &value.data) else { continue };
        for (step, tier) in group.groups("tiers").enumerate() {
            for (key, value) in &tier.entries {
                figures.insert(format!("{draw} {step} {} {}", key.value, plain(value)));
            }
        }
    }
    figures
}

fn retention(duty: &Group) -> BTreeSet<String> {
    let Some(Data::Group(keep)) = duty.get("keep").map(|value| &value.data) else {
        return BTreeSet::new();
    };
    keep.get("for").map(plain).into_iter().collect()
}

fn items(duty: &Group) -> BTreeSet<String> {
    duty.texts("contains").map(|item| item.value.to_owned()).collect()
}

/// Who is outside and which answer begins a time anew are words of the author: that they are there counts.
fn manner(duty: &Group) -> BTreeSet<String> {
    let flags = ["left_open", "in_principle", "may"].into_iter().filter(|key| duty.flag(key));
    let anew = match duty.get("deadline").map(|value| &value.data) {
        Some(Data::Group(deadline)) => deadline.get("anew").map(|_| "anew"),
        _ => None,
    };
    flags.chain(duty.get("outsider").map(|_| "outsider")).chain(anew).map(str::to_owned).collect()
}

/// A value in one spelling.
fn plain(value: &Value) -> String {
    match &value.data {
        Data::Text(text) => text.clone(),
        Data::Count(count) => count.to_string(),
        Data::Rate(rate) => rate.to_string(),
        Data::Length(length) => length_of(*length),
        Data::Hours(hours) => hours.to_string(),
        Data::Clock(clock) => clock.to_string(),
        Data::MonthDay(day) => day.map_or_else(|| "last".to_owned(), |day| day.to_string()),
        Data::Group(group) => of_group(group),
        other => format!("{other:?}"),
    }
}

fn length_of(length: crate::time::Length) -> String {
    use crate::time::Length;
    match length {
        Length::Days(days) => format!("{days} days"),
        Length::WorkingDays(days) => format!("{days} working days"),
        Length::Months(months) => format!("{months} months"),
    }
}

fn of_group(group: &Group) -> String {
    let mut keys: Vec<String> = group
        .entries
        .iter()
        .map(|(key, value)| format!("{}: {}", key.value, plain(value)))
        .collect();
    keys.sort();
    format!("{{{}}}", keys.join(", "))
}

//! Rules that differ from a rule in one place: a number one more or less, another comparison, an
//! element less, the neighbouring period, another anchor. Takes a rule as it was read, gives each
//! change in words with the changed rule. It walks the table of keys by their shapes, so a key that
//! rules gain has mutants at once. Whether a changed rule is sound is for whoever resolves it.

use crate::model::condition::neighbours;
use crate::proof::trial::about;
use crate::record::kinds::{Kind, Kinds};
use crate::record::schema::{Field, Shape};
use crate::record::value::{Data, Group, Rate, Value};
use crate::source::Spanned;
use crate::time::{Every, Hours, Length};

/// A rule with one thing changed.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// What is changed, in words; unique among the mutants of the duty, and the same as long as that
    /// place of the rule says the same.
    pub id: String,
    pub rule: Group,
}

/// Keys that name, explain or list a duty. What they say decides no status.
const LABELS: [&str; 17] = [
    "id",
    "kind",
    "clauses",
    "title",
    "summary",
    "scope",
    "by",
    "topic",
    "note",
    "accept",
    "draft",
    "succeeds",
    "written_for",
    "confirmed",
    "event",
    "notify_as",
    "advice",
];

/// Keys within mappings of which no test can ask: whose approval the destruction of papers needs, whether
/// the text says the length of an interval, the kind of record of an invariant, and the word that a sample is counted in.
const NOT_ASKED: [&str; 6] =
    ["keep.approval", "keep.under", "left_open", "of", "sample.records.unit", "sample.users.unit"];

/// Without it any word answers, but the events of one rule know no other word: a test cannot give one.
/// A word less among several is a change of its own.
const ANSWER: &str = "answer";

/// What may stand where nothing is written, and then means another anchor.
const LEFT_OUT: [(&str, &str, &str); 3] = [
    ("deadline", "from", "known_on"),
    ("deadline", "count", "event-day"),
    ("deadline", "counted", "clear-days"),
];

/// Words that say what holds where nothing is written: to leave them out changes nothing.
const DEFAULTS: [(&str, &str); 5] = [
    ("answered_by", "audit"),
    ("ground", "apa-48"),
    ("deadline.from", "on"),
    ("deadline.count", "next-day"),
    ("deadline.counted", "nth-day"),
];

/// Words that are judged in one way and only said in two: 即 and 前或當日; records or users, which the
/// key of the sample says already.
const SAME: [[&str; 2]; 2] = [["same-day", "on-or-before"], ["audited-records", "audited-users"]];

/// The anchors an event may follow.
const RECORDS: [&str; 4] = ["account.suspended_on", "post.until", "audit.result", "finding.grade"];

/// The rule's mutants, in the order of its keys. `roles` are the roles there are.
pub fn mutants(rule: &Group, kinds: &Kinds, roles: &[&str]) -> Vec<Mutant> {
    let work = Work { about: about(rule, kinds), grades: kinds.grades, roles };
    let mut all: Vec<Mutant> = Vec::new();
    for (id, rule) in work.of_group(kinds.obligation, rule, "") {
        let same = |id: &str| all.iter().any(|other| other.id == id);
        let mut own = id.clone();
        let mut number = 2;
        while same(&own) {
            own = format!("{id} ({number})");
            number += 1;
        }
        all.push(Mutant { id: own, rule });
    }
    all
}

struct Work<'a> {
    /// The kind of record that the rule's conditions read.
    about: Option<&'static Kind>,
    grades: &'static [&'static str],
    roles: &'a [&'a str],
}

/// A change of a value in words, and what stands there then; `None` if nothing does.
type Change = (String, Option<Data>);

impl Work<'_> {
    fn of_group(&self, fields: &'static [Field], group: &Group, way: &str) -> Vec<(String, Group)> {
        let mut all = Vec::new();
        for (at, (key, value)) in group.entries.iter().enumerate() {
            let Some(field) = fields.iter().find(|field| field.key == key.value) else { continue };
            let path = joined(way, &key.value);
            if (way.is_empty() && LABELS.contains(&field.key)) || NOT_ASKED.contains(&path.as_str())
            {
                continue;
            }
            // Only of a finding a rule says which grade: an audit's result can but be an anomaly.
            let is_finding = group.text("record").is_some_and(|one| one.value == "finding.grade");
            if field.key == "is" && !is_finding {
                continue;
            }
            let mut changes = self.of_value(field.shape, value, &path);
            if !field.required && path != ANSWER && !is_default(&path, value) {
                changes.push((format!("without {path}"), None));
            }
            for (id, data) in changes {
                let mut changed = group.clone();
                match data {
                    Some(data) => changed.entries[at].1.data = data,
                    None => _ = changed.entries.remove(at),
                }
                all.push((id, changed));
            }
        }
        for (of, key, word) in LEFT_OUT {
            let letter = group.text("on").is_some_and(|on| on.value == "letter");
            if of == way && group.get(key).is_none() && !letter {
                let mut changed = group.clone();
                let data = Data::Text(word.to_owned());
                let value = Value { span: group.span, data };
                changed.entries.push((Spanned::new(key.to_owned(), group.span), value));
                all.push((format!("{way}.{key}: {word}"), changed));
            }
        }
        all
    }

    fn of_value(&self, shape: Shape, value: &Value, path: &str) -> Vec<Change> {
        let to = |before: &str, after: &str, data: Data| -> Change {
            (format!("{path}: {before} -> {after}"), Some(data))
        };
        let near = |number: u64| [number.checked_sub(1), number.checked_add(1)];
        match (&value.data, shape) {
            (Data::Count(number), _) => near(*number)
                .into_iter()
                .flatten()
                .map(|other| to(&number.to_string(), &other.to_string(), Data::Count(other)))
                .collect(),
            (Data::Rate(rate), _) => near_rates(*rate)
                .into_iter()
                .map(|other| to(&rate.to_string(), &other.to_string(), Data::Rate(other)))
                .collect(),
            (Data::Length(length), _) => near_lengths(*length)
                .into_iter()
                .map(|other| to(&length.to_string(), &other.to_string(), Data::Length(other)))
                .collect(),
            (Data::Hours(Hours(hours)), _) => [hours.checked_sub(1), hours.checked_add(1)]
                .into_iter()
                .flatten()
                .filter(|other| *other > 0)
                .map(|other| {
                    let (before, after) = (Hours(*hours), Hours(other));
                    to(&before.to_string(), &after.to_string(), Data::Hours(after))
                })
                .collect(),
            (Data::Clock(clock), _) => clock
                .near()
                .map(|other| to(&clock.to_string(), &other.to_string(), Data::Clock(other)))
                .collect(),
            (Data::MonthDay(day), _) => {
                let said = |day: Option<u32>| day.map_or("last".to_owned(), |day| day.to_string());
                let others = match *day {
                    Some(day) => {
                        [day.checked_sub(1), Some(day + 1)].into_iter().flatten().collect()
                    }
                    None => vec![30],
                };
                others
                    .into_iter()
                    .filter(|day| (1..=31).contains(day))
                    .map(|other| to(&said(*day), &said(Some(other)), Data::MonthDay(Some(other))))
                    .collect()
            }
            (Data::Date(day), _) => [day.pred_opt(), day.succ_opt()]
                .into_iter()
                .flatten()
                .map(|other| to(&day.to_string(), &other.to_string(), Data::Date(other)))
                .collect(),
            (Data::Text(text), Shape::Condition) => {
                neighbours(text, self.about.as_slice(), self.roles)
                    .into_iter()
                    .map(|one| (format!("{path}: {}", one.change), Some(Data::Text(one.text))))
                    .collect()
            }
            (Data::Text(word), Shape::Word(words)) => others(word, words, path)
                .into_iter()
                .map(|other| to(word, other, Data::Text(other.to_owned())))
                .collect(),
            (Data::Text(text), _) => anchors(text, path, self.grades)
                .into_iter()
                .map(|other| to(text, other, Data::Text(other.to_owned())))
                .collect(),
            (Data::List(items), shape) => self.of_list(shape, items, path),
            (Data::Group(group), Shape::Group(fields)) => self
                .of_group(fields, group, path)
                .into_iter()
                .map(|(id, group)| (id, Some(Data::Group(group))))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Each member gone, and each changed; of roles each swapped for the next that is not named.
    fn of_list(&self, shape: Shape, items: &[Value], path: &str) -> Vec<Change> {
        let mut all = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let place = match &item.data {
                Data::Text(text) => text.clone(),
                Data::Count(number) => number.to_string(),
                _ => at.to_string(),
            };
            let less = || [&items[..at], &items[at + 1..]].concat();
            if items.len() > 1 {
                all.push((format!("without {path}.{place}"), Some(Data::List(less()))));
            }
            let with = |data: Data| {
                let mut list = items.to_vec();
                list[at].data = data;
                Some(Data::List(list))
            };
            match (&item.data, shape) {
                (Data::Group(group), Shape::Groups(fields)) => {
                    let inner = self.of_group(fields, group, &joined(path, &place));
                    all.extend(inner.into_iter().map(|(id, group)| (id, with(Data::Group(group)))));
                }
                (Data::Count(_), _) => {
                    let inner = self.of_value(Shape::Count, item, path);
                    all.extend(inner.into_iter().filter_map(|(id, data)| Some((id, with(data?)))));
                }
                (Data::Text(role), _) if self.roles.contains(&role.as_str()) => {
                    let named = |role: &str| {
                        items.iter().any(|item| matches!(&item.data, Data::Text(t) if t == role))
                    };
                    if let Some(other) = self.roles.iter().find(|role| !named(role)) {
                        let id = format!("{path}: {role} -> {other}");
                        all.push((id, with(Data::Text((*other).to_owned()))));
                    }
                }
                _ => {}
            }
        }
        all
    }
}

/// Whether a key says what holds without it.
fn is_default(path: &str, value: &Value) -> bool {
    let last = matches!(value.data, Data::MonthDay(None)) && path.ends_with(".day");
    let word = |word: &str| DEFAULTS.contains(&(path, word));
    last || value.as_text().is_some_and(word)
}

fn joined(way: &str, key: &str) -> String {
    if way.is_empty() { key.to_owned() } else { format!("{way}.{key}") }
}

/// One more and one less of the last place that is written.
fn near_rates(rate: Rate) -> Vec<Rate> {
    let text = rate.to_string();
    let digits = text.trim_end_matches('%');
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let Ok(whole) = digits.replace('.', "").parse::<u64>() else { return Vec::new() };
    let written = |number: u64| {
        let scale = 10_u64.pow(u32::try_from(decimals).unwrap_or_default());
        match decimals {
            0 => format!("{number}%"),
            _ => format!("{}.{:0decimals$}%", number / scale, number % scale),
        }
    };
    let near = [whole.checked_sub(1), whole.checked_add(1)];
    near.into_iter().flatten().filter_map(|number| Rate::parse(&written(number))).collect()
}

/// One more and one less of its own unit; never nothing.
fn near_lengths(length: Length) -> Vec<Length> {
    let text = length.to_string();
    let Some((number, unit)) = text.split_once(' ') else { return Vec::new() };
    let Ok(number) = number.parse::<u32>() else { return Vec::new() };
    let near = [number.checked_sub(1).filter(|less| *less > 0), number.checked_add(1)];
    let read = |number: u32| Length::parse(&format!("{number} {unit}")).ok();
    near.into_iter().flatten().filter_map(read).collect()
}

/// The words that may stand in the place of one: of periods the neighbours, else every other.
fn others(word: &str, words: &'static [&'static str], path: &str) -> Vec<&'static str> {
    let at = words.iter().position(|other| *other == word);
    let is_near = |place: usize| at.is_some_and(|at| at.abs_diff(place) == 1);
    let periods = path == "every" && words == Every::WORDS;
    let fits = |(place, other): &(usize, &&'static str)| {
        let same = SAME.iter().any(|pair| pair.contains(&word) && pair.contains(other));
        if periods { is_near(*place) } else { **other != word && !same }
    };
    words.iter().enumerate().filter(fits).map(|(_, other)| *other).collect()
}

/// The other records an event may follow, and the next grade of a finding.
fn anchors(text: &str, path: &str, grades: &[&'static str]) -> Vec<&'static str> {
    if path.starts_with("follows.") && path.ends_with(".record") {
        return RECORDS.into_iter().filter(|record| *record != text).collect();
    }
    if path.starts_with("follows.") && path.ends_with(".is") {
        let at = grades.iter().position(|grade| *grade == text);
        return at.map(|at| grades[(at + 1) % grades.len()]).into_iter().collect();
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::parse::registers::our_kinds;
    use crate::parse::{check, yaml};
    use crate::source::FileId;

    fn rule(text: &str) -> Group {
        let mut report = Vec::new();
        let node = yaml::parse(FileId(0), text, &mut report).expect("YAML");
        let rule =
            check::group(&node, "duty", our_kinds().obligation, &mut report).expect("a rule");
        assert!(report.is_empty(), "{report:?}");
        rule
    }

    fn ids(text: &str) -> Vec<String> {
        mutants(&rule(text), our_kinds(), &["auditor", "operator"])
            .into_iter()
            .map(|one| one.id)
            .collect()
    }

    const HEAD: &str = "id: a\nclauses: [\"1\"]\ntitle: 一\nscope: unit\n";

    #[test]
    fn each_element_of_a_rule_is_changed() {
        let text = format!(
            "{HEAD}kind: periodic\nevery: quarter\nmonths: [3, 9]\n\
             due: [{{half: H1, months_after: 1, day: 10}}, {{within: 1 year}}]\n\
             sample: {{records: {{of: queries, tiers: [{{up_to: 9, rate: 0.5%}}, {{fixed: 3}}]}}}}\n\
             joint: [甲, 乙]\nacts: [auditor]\nunannounced: true\n"
        );
        let all = ids(&text);
        for id in [
            "every: quarter -> month",
            "every: quarter -> half-year",
            "without months.9",
            "months: 3 -> 4",
            "without due.0",
            "due.0.months_after: 1 -> 0",
            "due.0.day: 10 -> 9",
            "due.0.day: 10 -> 11",
            "due.1.within: 1 year -> 2 years",
            "sample.records.tiers.0.up_to: 9 -> 10",
            "sample.records.tiers.0.rate: 0.5% -> 0.4%",
            "sample.records.tiers.0.rate: 0.5% -> 0.6%",
            "without sample.records.tiers.0",
            "sample.records.tiers.1.fixed: 3 -> 2",
            "without sample",
            "without joint.甲",
            "without joint",
            "acts: auditor -> operator",
            "without unannounced",
        ] {
            assert!(all.iter().any(|known| known == id), "{id}: {all:#?}");
        }
        assert!(
            !all.iter().any(|id| id.contains("title") || id.contains("every: quarter -> year"))
        );
        let once: BTreeSet<&String> = all.iter().collect();
        assert_eq!(once.len(), all.len());
    }

    #[test]
    fn anchors_have_neighbours_and_defaults_have_none() {
        let event = |deadline: &str| {
            ids(&format!("{HEAD}kind: event\nevent: x\ndeadline: {{{deadline}}}\n"))
        };
        let within = event("within: 5 working days, count: next-day");
        assert!(within.contains(&"deadline.count: next-day -> event-day".to_owned()));
        assert!(within.contains(&"deadline.from: known_on".to_owned()));
        assert!(!within.contains(&"without deadline.count".to_owned()));
        // 即 and 前或當日 are judged in one way.
        let day = event("on: same-day");
        assert!(day.contains(&"deadline.on: same-day -> day-before".to_owned()));
        assert!(!day.iter().any(|id| id.contains("on-or-before")));
    }
}

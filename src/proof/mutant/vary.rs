//! Worlds one step away from a world: something is not given, a day is a day earlier or later or the
//! same as another, a number is one more or less, another person, another word. Takes what a case
//! gives, gives what others give.

use crate::model::condition::{HOLDERS, Holds, Name, Value, Written};
use crate::parse::yaml::{Entry, Node, NodeKind};
use crate::proof::trial::about;
use crate::proof::trial::node::{Maker, get, set, text};
use crate::record::kinds::Kinds;
use crate::record::schema::Shape;
use crate::record::value::{self, Data, Group};
use crate::source::Spanned;
use crate::time::{Day, parse_day};

/// What a step may put in.
pub struct Pool {
    roles: Vec<String>,
    /// The texts that the rule asks for: forms, parties, words of its conditions.
    texts: Vec<String>,
    /// What its conditions write out.
    written: Written,
}

/// A word that no rule asks for.
const ANOTHER: &str = "其他";

impl Pool {
    /// What the rule of a duty reads and asks for.
    pub fn of(rule: &Group, kinds: &Kinds, roles: &[&str]) -> Self {
        let mut pool = Self {
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            texts: Vec::new(),
            written: Written::default(),
        };
        for key in [
            "approval",
            "to",
            "answer",
            "answered_on",
            "notify",
            "joint",
            "evidence",
            "contains",
            "manner",
            "courses",
        ] {
            if let Some(value) = rule.get(key) {
                pool.add(value);
            }
        }
        let conditions = ["when", "must", "candidates"].into_iter();
        for condition in conditions.filter_map(|key| rule.text(key)) {
            pool.written.read(condition.value, about(rule, kinds).as_slice());
        }
        let counted = pool.written.names.iter().filter_map(|name| name.strip_prefix(HOLDERS));
        pool.texts.extend(pool.written.texts.iter().cloned());
        pool.texts.extend(counted.map(str::to_owned));
        pool.texts.push(ANOTHER.to_owned());
        pool
    }

    fn add(&mut self, value: &value::Value) {
        match &value.data {
            Data::Text(text) => self.texts.push(text.clone()),
            Data::List(items) => items.iter().for_each(|item| self.add(item)),
            _ => {}
        }
    }
}

/// The worlds one step away, each with the day it is judged on.
pub fn variants(given: &Node, on: Day, pool: &Pool) -> Vec<(Node, Day)> {
    let mut all: Vec<(Node, Day)> = Vec::new();
    let mut days = Vec::new();
    days_of(given, &mut days);
    days.push(on);
    let mut ways = Vec::new();
    ways_of(given, &mut Vec::new(), &mut ways);
    for way in &ways {
        let mut less = given.clone();
        if at(&mut less, way, &mut |_| None) {
            all.push((less, on));
        }
        let Some(said) = found(given, way).and_then(text) else { continue };
        for other in others(said, &days, pool) {
            let mut changed = given.clone();
            let make = Maker(given.span);
            if at(&mut changed, way, &mut |_| Some(make.text(other.clone()))) {
                all.push((changed, on));
            }
        }
    }
    all.extend(more(given, &days, pool).into_iter().map(|given| (given, on)));
    let mut ons: Vec<Day> = days.iter().flat_map(|day| [*day, later(*day, 1)]).collect();
    ons.extend(pool.written.numbers.iter().flat_map(|number| around(&days, *number)));
    ons.sort_unstable();
    ons.dedup();
    all.extend(ons.into_iter().filter(|day| *day != on).map(|day| (given.clone(), day)));
    all
}

/// Days at the borders of so many days and months after the days there are.
fn around(days: &[Day], number: i64) -> Vec<Day> {
    let Ok(number) = u32::try_from(number) else { return Vec::new() };
    let mut all = Vec::new();
    for day in days {
        let in_days = later(*day, number.into());
        let in_months = day.checked_add_months(chrono::Months::new(number)).unwrap_or(*day);
        for border in [in_days, in_months] {
            all.extend([border.pred_opt(), Some(border), border.succ_opt()].into_iter().flatten());
        }
    }
    all
}

/// What is added to a world: a role that nobody holds, a second holder, another value under a name
/// that the conditions read.
fn more(given: &Node, days: &[Day], pool: &Pool) -> Vec<Node> {
    let make = Maker(given.span);
    let mut all = Vec::new();
    let with = |key: &str, value: Node| {
        let mut changed = given.clone();
        set(&mut changed, &Spanned::new(key.to_owned(), given.span), value);
        changed
    };
    for role in pool.roles.iter().filter(|role| pool.texts.contains(role)) {
        all.push(with("without", make.list(vec![make.text(format!("post/{role}"))])));
        let second = make.map([
            ("id", make.text("second")),
            ("agency", make.text("agency")),
            ("title", make.text("第二人")),
            ("staff", make.text("s-second")),
            ("roles", make.list(vec![make.text(role)])),
        ]);
        all.push(with("records", make.map([("posts", make.list(vec![second]))])));
    }
    for name in &pool.written.names {
        let Some((root, path)) = name.split_once('.') else { continue };
        let kind = root.replace('_', "-");
        for value in values(name, days, pool, make) {
            let mut record = get(given, &kind).cloned().unwrap_or_else(|| make.map([]));
            let keys: Vec<&str> = path.split('.').collect();
            put(&mut record, &keys, value, make);
            all.push(with(&kind, record));
        }
    }
    all
}

/// What may stand under a name of a record; nothing for names that come of other records.
fn values(name: &Name, days: &[Day], pool: &Pool, make: Maker) -> Vec<Node> {
    let shape = name.shape();
    match (name.holds(), shape) {
        // What is derived comes of other records.
        _ if name.derived().is_some() => Vec::new(),
        (Some(Holds::Day), _) => {
            let near = |day: &Day| [day.pred_opt(), Some(*day), day.succ_opt()];
            days.iter().flat_map(near).flatten().map(|day| make.text(day.to_string())).collect()
        }
        (Some(Holds::List), Some(Shape::List(_))) => {
            let all: Vec<Node> = pool.texts.iter().map(|text| make.text(text)).collect();
            let mut lists = vec![make.list(all.clone())];
            for place in 0..all.len() {
                let mut less = all.clone();
                less.remove(place);
                lists.push(make.list(less));
            }
            lists
        }
        (_, Some(Shape::Term(_, words))) => words.iter().map(|word| make.text(*word)).collect(),
        (_, Some(Shape::Ref(_))) => pool.roles.iter().map(|role| make.text(role)).collect(),
        (Some(Holds::List | Holds::Mapping), _) => Vec::new(),
        _ => {
            let choices = pool.written.choices(name, true).into_iter().flatten();
            choices.filter_map(|value| written(&value, make)).collect()
        }
    }
}

/// A single value as an author writes it.
fn written(value: &Value, make: Maker) -> Option<Node> {
    match value {
        Value::Text(text) => Some(make.text(text)),
        Value::Number(number) => Some(make.text(number.to_string())),
        Value::Flag(flag) => Some(make.text(flag.to_string())),
        _ => None,
    }
}

/// Writes a value under a way of keys, and the mappings on it.
fn put(node: &mut Node, keys: &[&str], value: Node, make: Maker) {
    let Some((key, rest)) = keys.split_first() else { return };
    let spanned = Spanned::new((*key).to_owned(), node.span);
    if rest.is_empty() {
        return set(node, &spanned, value);
    }
    let mut inner = get(node, key).cloned().unwrap_or_else(|| make.map([]));
    put(&mut inner, rest, value, make);
    set(node, &spanned, inner);
}

/// The values that a single value may become.
fn others(said: &str, days: &[Day], pool: &Pool) -> Vec<String> {
    if let Ok(day) = parse_day(said) {
        let near = [day.pred_opt(), day.succ_opt(), Some(later(day, 40))].into_iter().flatten();
        let mut all: Vec<Day> = near.collect();
        all.extend(days.iter().flat_map(|other| [*other, later(*other, 1)]));
        all.sort_unstable();
        all.dedup();
        all.retain(|other| *other != day);
        return all.into_iter().map(|day| day.to_string()).collect();
    }
    if let Ok(number) = said.parse::<u64>() {
        let near = [number.checked_sub(1), number.checked_add(1), Some(0)];
        return near.into_iter().flatten().map(|number| number.to_string()).collect();
    }
    if pool.roles.iter().any(|role| role == said) {
        return pool.roles.iter().filter(|role| *role != said).cloned().collect();
    }
    match said {
        "true" => vec!["false".to_owned()],
        "false" => vec!["true".to_owned()],
        _ => pool.texts.iter().filter(|text| *text != said).cloned().collect(),
    }
}

fn days_of(node: &Node, days: &mut Vec<Day>) {
    match &node.kind {
        NodeKind::Scalar { text, .. } => {
            days.extend(parse_day(text).ok().filter(|day| !days.contains(day)));
        }
        NodeKind::List(items) => items.iter().for_each(|item| days_of(item, days)),
        NodeKind::Map(entries) => entries.iter().for_each(|entry| days_of(&entry.value, days)),
        NodeKind::Null => {}
    }
}

/// The way to a value: places of entries and members.
type Way = Vec<usize>;

fn ways_of(node: &Node, way: &mut Way, ways: &mut Vec<Way>) {
    let below: Vec<&Node> = match &node.kind {
        NodeKind::Map(entries) => entries.iter().map(|entry| &entry.value).collect(),
        NodeKind::List(items) => items.iter().collect(),
        _ => Vec::new(),
    };
    for (place, inner) in below.into_iter().enumerate() {
        way.push(place);
        ways.push(way.clone());
        ways_of(inner, way, ways);
        way.pop();
    }
}

fn found<'a>(node: &'a Node, way: &[usize]) -> Option<&'a Node> {
    let Some((place, rest)) = way.split_first() else { return Some(node) };
    match &node.kind {
        NodeKind::Map(entries) => found(&entries.get(*place)?.value, rest),
        NodeKind::List(items) => found(items.get(*place)?, rest),
        _ => None,
    }
}

/// Puts what `make` gives in the place at the end of a way, or takes it away. Whether it did.
fn at(node: &mut Node, way: &[usize], make: &mut dyn FnMut(&Node) -> Option<Node>) -> bool {
    let Some((place, rest)) = way.split_first() else { return false };
    let last = rest.is_empty();
    match &mut node.kind {
        NodeKind::Map(entries) if *place < entries.len() => {
            if !last {
                return at(&mut entries[*place].value, rest, make);
            }
            match make(&entries[*place].value) {
                Some(value) => {
                    let key = entries[*place].key.clone();
                    entries[*place] = Entry { key, value };
                }
                None => _ = entries.remove(*place),
            }
            true
        }
        NodeKind::List(items) if *place < items.len() => {
            if !last {
                return at(&mut items[*place], rest, make);
            }
            match make(&items[*place]) {
                Some(value) => items[*place] = value,
                None => _ = items.remove(*place),
            }
            true
        }
        _ => false,
    }
}

/// Some days after a day.
fn later(day: Day, days: u64) -> Day {
    day.checked_add_days(chrono::Days::new(days)).unwrap_or(day)
}

//! What a case of a test gives, in words: 「帳號：啟用日 115-03-02、保密切結書簽署日 115-02-20」. A name
//! without a word stands as it was written.

use super::parts::{PageCtx, named};
use crate::model::condition::root_of;
use crate::model::{Id, Obligation};
use crate::proof::trial::Written;
use crate::text::condition::{role_of_word, said};
use crate::text::sentence;
use crate::time::{Period, parse_day, roc_short};

/// Entries of a list or mapping that are said one by one; of more the first two, and their number.
const SAID: usize = 4;

/// Each thing that is given, in a phrase of its own.
pub fn given(here: &PageCtx, duty: Id<Obligation>, written: &Written) -> Vec<String> {
    let Written::Map(entries) = written else { return Vec::new() };
    let saying = Saying { here, duty };
    entries.iter().flat_map(|(key, value)| saying.entry(key, value)).collect()
}

struct Saying<'a> {
    here: &'a PageCtx<'a>,
    duty: Id<Obligation>,
}

impl Saying<'_> {
    /// A key of `given`; several records of a kind are several phrases.
    fn entry(&self, key: &str, value: &Written) -> Vec<String> {
        let words = &self.here.site.words;
        let label = named(words, "example.key", key);
        let say = |value: &str| words.say("example.given", &[("what", &label), ("value", &value)]);
        match (key, value) {
            ("records", Written::Map(kinds)) => {
                let kind = |(kind, rows): &(String, Written)| {
                    let count = if let Written::List(rows) = rows { rows.len() } else { 1 };
                    let kind = named(words, "example.key", kind);
                    words.say("example.whole", &[("kind", &kind), ("count", &count)])
                };
                kinds.iter().map(kind).collect()
            }
            (_, Written::List(items))
                if items.iter().all(|item| matches!(item, Written::Map(_))) =>
            {
                let phrases: Vec<String> =
                    items.iter().map(|item| say(&self.value(key, "", item))).collect();
                phrases
            }
            _ => vec![say(&self.value(key, "", value))],
        }
    }

    /// A value at a path below a key, in words.
    fn value(&self, kind: &str, path: &str, value: &Written) -> String {
        match value {
            Written::Nothing => self.here.site.words.get("site.none").to_owned(),
            Written::Text(text) => self.text(kind, path, text),
            Written::List(items) => {
                self.joined(items.iter().map(|item| self.value(kind, path, item)).collect())
            }
            Written::Map(entries) => {
                let one = |(key, value): &(String, Written)| self.field(kind, path, key, value);
                self.joined(entries.iter().map(one).collect())
            }
        }
    }

    fn field(&self, kind: &str, path: &str, key: &str, value: &Written) -> String {
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match value {
            // The parts of a group are named by their whole path.
            Written::Map(_) => self.value(kind, &path, value),
            _ => format!("{} {}", self.name(kind, &path), self.value(kind, &path, value)),
        }
    }

    /// The word for a field of a record.
    fn name(&self, kind: &str, path: &str) -> String {
        let words = &self.here.site.words;
        let record = kind.replace('-', "_");
        if let Ok(period) = Period::parse(path) {
            return sentence::period(words, period);
        }
        let last = path.rsplit('.').next().unwrap_or(path);
        let singular = record.trim_end_matches('s');
        let keys = [
            format!("reads.{record}.{path}"),
            format!("example.field.{}", path.replace('.', "-")),
            format!("reads.{singular}.{path}"),
            format!("example.field.{last}"),
        ];
        let found = keys.iter().find_map(|key| words.find(key));
        found.unwrap_or(path).to_owned()
    }

    fn text(&self, kind: &str, path: &str, text: &str) -> String {
        let (words, model) = (&self.here.site.words, &self.here.site.model);
        let key = path.rsplit('.').next().filter(|key| !key.is_empty()).unwrap_or(kind);
        if let Ok(day) = parse_day(text) {
            return roc_short(day);
        }
        let is_period = ["period", "months"].contains(&key) || text.contains('-');
        if let Some(period) = Period::parse(text).ok().filter(|_| is_period) {
            return sentence::period(words, period);
        }
        match (key, text) {
            (_, "true") => return words.get("flag.yes").to_owned(),
            (_, "false") => return words.get("flag.no").to_owned(),
            (_, "none") => return words.get("site.none").to_owned(),
            ("grade", _) => return named(words, "grade", text).to_owned(),
            ("result", _) => return named(words, "result", text).to_owned(),
            ("what", _) => return named(words, "answer", text).to_owned(),
            ("obligation", _) => {
                let regulation = &model.regulations[model.obligations[self.duty].regulation];
                let mut duties = regulation.obligations.iter().map(|id| &model.obligations[*id]);
                let duty = duties.find(|duty| duty.slug == text);
                return duty.map_or(text, |duty| &duty.title).to_owned();
            }
            ("without", _) => {
                return role_of_word(words, model, text.rsplit('/').next().unwrap_or(text));
            }
            _ => {}
        }
        // Posts of the smallest world have the ids of their roles.
        let record = model.kinds.of_folder(kind).map_or(kind, |kind| kind.name);
        match said(words, model, &format!("{}.{path}", root_of(record)), text) {
            same if same == text => role_of_word(words, model, text),
            other => other,
        }
    }

    fn joined(&self, mut texts: Vec<String>) -> String {
        let words = &self.here.site.words;
        let join = words.get("list.join");
        let count = texts.len();
        if count <= 2 * SAID {
            return texts.join(join);
        }
        texts.truncate(2);
        words.say("example.several", &[("first", &texts.join(join)), ("count", &count)])
    }
}

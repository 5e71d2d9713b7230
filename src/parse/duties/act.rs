//! An act that a sentence asks for, and the duty that is drafted from it: its keys in the order
//! rules have them.

use super::patterns::{self, all, first, fits};
use super::{DraftedDuty, Read, due, manner, sample};
use crate::law::ClauseNumber;
use crate::parse::quote::quoted;

/// 定期, which says no length, as `every` of an act.
pub const LEFT_OPEN: &str = "left-open";

/// What a sentence asks for, while its clause is read.
#[derive(Clone, Debug)]
pub struct Act {
    pub kind: Read,
    /// The part of the sentence that says it.
    pub main: String,
    /// Everything that is said about it.
    pub words: String,
    /// The sentence it began in.
    pub summary: String,
    /// A period, or `interval 3 months`.
    pub every: Option<String>,
    pub event: Option<String>,
    pub deadline: Option<Read>,
    pub keep: Option<Read>,
    /// The key and the value that say by when something is done once.
    pub once: Option<(&'static str, Read)>,
    /// What the paper must contain, one item a line.
    pub contains: Option<Read>,
    /// 得: nobody has to.
    pub may: bool,
    /// Members of a list that belong to it.
    pub below: Vec<ClauseNumber>,
}

impl Act {
    pub fn new(kind: &str, words: &str, main: &str, sentence: &str) -> Self {
        Self {
            kind: Read::new(kind, words),
            main: main.to_owned(),
            words: sentence.to_owned(),
            summary: sentence.to_owned(),
            every: None,
            event: None,
            deadline: None,
            keep: None,
            once: None,
            contains: None,
            may: false,
            below: Vec::new(),
        }
    }

    pub fn period(every: &str, words: &str, main: &str, about: &str, sentence: &str) -> Self {
        let gap = every == LEFT_OPEN || every.starts_with("interval");
        let kind = if gap { "interval" } else { "periodic" };
        let mut act = Self::new(kind, words, main, sentence);
        act.words = about.to_owned();
        act.every = Some(every.to_owned());
        act
    }

    /// Whether figures of a later sentence may belong to it.
    pub fn takes_sample(&self) -> bool {
        self.every.is_some()
    }

    /// Whether records of acts answer it.
    pub fn is_judged(&self) -> bool {
        matches!(self.kind.value.as_str(), "periodic" | "interval" | "once" | "event")
    }

    /// Whether it sets no clock.
    pub fn is_standing(&self) -> bool {
        matches!(self.kind.value.as_str(), "invariant" | "conduct")
    }

    /// Reads whose approval the destruction needs.
    pub fn approval_of_destruction(&mut self, sentence: &str) {
        let Some(hit) = first("keep-approval", sentence) else { return };
        let (Some(who), Some(keep)) = (hit.group("who"), &mut self.keep) else { return };
        keep.value.insert_str(keep.value.len() - 1, &format!(", approval: {}", quoted(who)));
    }

    /// The duty, in the draft.
    pub fn duty(mut self, id: String, clause: &ClauseNumber) -> DraftedDuty {
        let mut fields: Vec<(&'static str, Read)> = Vec::new();
        let outsider = manner::outsider(&self.summary);
        if self.is_standing()
            && !fits("ban", &self.main)
            && let Some(who) = &outsider
        {
            // What somebody outside hands in is an event of the agency.
            self.kind = Read::new("event", who.words.as_str());
            let act = who.value.strip_suffix('人').filter(|act| *act != "當事");
            self.event = Some(act.unwrap_or("申請").to_owned());
        }
        let kind = self.kind.value.clone();
        let about = &self.words;
        if let Some(every) = &self.every {
            self.periodic(every, &mut fields);
        }
        if kind == "event" {
            let name = self.event.clone().unwrap_or_else(|| self.kind.words.clone());
            fields.push(("event", Read::new(name.clone(), name)));
            fields.extend(self.deadline.clone().map(manner::limit));
            if self.may && outsider.is_none() {
                fields.push(("may", Read::new("true", "得")));
            }
            let told =
                parties("recipient", &self.main).or_else(|| parties("recipient", &self.summary));
            fields.extend(told.map(|told| ("notify", told)));
        }
        fields.extend(self.once.clone());
        if self.is_judged() {
            fields.extend(parties("joint", about).map(|parties| ("joint", parties)));
            fields.extend(one("approval", about).map(|approval| ("approval", approval)));
            fields.extend(forms(about).map(|forms| ("evidence", forms)));
            fields.extend(self.contains.clone().map(|items| ("contains", items)));
            fields.extend(manner::in_principle(about).map(|words| ("in_principle", words)));
        }
        if kind == "permission" {
            fields.push(("advice", Read::new(self.summary.clone(), "得")));
        }
        fields.extend(self.keep.clone().map(|keep| ("keep", keep)));
        if kind != "retention" {
            fields.extend(outsider.map(|who| ("outsider", who)));
        }
        let scope = first("scope", &self.summary);
        let answered_by = fields.iter().find(|(key, _)| *key == "answered_by");
        let scope = match (answered_by.map_or(kind.as_str(), |(_, by)| by.value.as_str()), scope) {
            ("retention", _) => Read::new("unit", ""),
            // Such records are kept of people and of accounts.
            ("training", _) => Read::new("post", "訓練"),
            ("password-change", _) => Read::new("account", "密碼"),
            (_, Some(hit)) => Read::new(hit.value, hit.words),
            _ => Read::new("agency", ""),
        };
        let actor = all("actor", &self.summary)
            .into_iter()
            .find_map(|hit| Some(Read::new(hit.group("who")?, hit.words)));
        let mut clauses = vec![clause.clone()];
        clauses.extend(self.below);
        DraftedDuty {
            id,
            kind: self.kind,
            clauses,
            title: title(&self.main),
            summary: self.summary,
            scope,
            actor,
            fields,
        }
    }

    fn periodic(&self, every: &str, fields: &mut Vec<(&'static str, Read)>) {
        let words = &self.kind.words;
        let about = &self.words;
        let interval = match every.strip_prefix("interval ") {
            Some(length) => Some(("no_more_than", Read::new(length, words.as_str()))),
            None if every == LEFT_OPEN => Some(("left_open", Read::new("true", words.as_str()))),
            None => None,
        };
        if let Some(interval) = interval {
            fields.push(interval);
            if self.summary.contains("密碼") {
                fields.push(("answered_by", Read::new("password-change", "密碼")));
            } else if let Some(hit) = patterns::hits("training", about).next() {
                fields.push(("answered_by", Read::new("training", hit.words)));
                fields.extend(hours(about));
            }
            return;
        }
        fields.push(("every", Read::new(every, words.as_str())));
        fields.push(("due", due::due(every, about)));
        if let Some(hours) = hours(about) {
            fields.push(("answered_by", Read::new("training", "訓練")));
            fields.push(hours);
        } else if fits("sends", &self.main) {
            fields.push(("answered_by", Read::new("submission", self.main.as_str())));
            fields.extend(one("recipient", &self.main).map(|to| ("to", to)));
        }
        if let Some((value, words)) = sample::sample(about) {
            fields.push(("sample", Read::new(value, words)));
        }
        if fits("looks-at-now", about) {
            fields.push(("unannounced", Read::new("true", "無預警")));
        }
    }
}

/// The hours of training a text asks for.
fn hours(text: &str) -> Option<(&'static str, Read)> {
    let hours = first("training", text)?.number("n")?;
    Some(("hours", Read::new(hours.to_string(), format!("{hours}小時"))))
}

/// The parties a section names, as a list.
fn parties(section: &str, text: &str) -> Option<Read> {
    let hit = first(section, text)?;
    let who = hit.group("who")?;
    let parties: Vec<&str> = who.split(['及', '、', '與']).filter(|who| !who.is_empty()).collect();
    Some(Read::new(format!("[{}]", parties.join(", ")), hit.words))
}

fn one(section: &str, text: &str) -> Option<Read> {
    let hit = first(section, text)?;
    Some(Read::new(hit.group("who")?, hit.words))
}

/// The papers that are to be made, each once.
fn forms(text: &str) -> Option<Read> {
    let hits = all("form", text);
    let mut forms: Vec<String> = Vec::new();
    for hit in &hits {
        let form = format!(
            "{}{}",
            hit.group("who").unwrap_or_default(),
            hit.group("tail").unwrap_or_default()
        );
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    }
    let first = hits.first()?;
    Some(Read::new(format!("[{}]", forms.join(", ")), first.words))
}

/// The part of the sentence in at most 24 characters.
fn title(main: &str) -> String {
    let text = main.trim_matches(['，', '：', '、']);
    let mut title: String = text.chars().take(24).collect();
    if text.chars().count() > 24 {
        title.push('…');
    }
    title
}

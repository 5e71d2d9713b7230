//! What somebody has to know this week: what is late, what is due, what comes, which findings are
//! open. As text, Markdown, or a mail to be sent by others.

use serde_json::Value as Json;

use super::{Conclusions, status};
use crate::model::{Id, Model, Named, Post};
use crate::text::words::Words;
use crate::time::{Day, roc_long};

/// A digest.
pub struct Digest {
    pub title: String,
    /// Heading and lines; a section without lines says so.
    pub sections: Vec<(String, Vec<String>)>,
}

/// Days ahead that are this week, and that come.
const WEEK: u64 = 7;
const MONTH: u64 = 30;

/// What a digest is about: what the filter wants, or what a post has to do.
pub enum About {
    Filter(status::Filter),
    Post(Id<Post>),
}

/// The digest of what it is about, for `whom`.
pub fn digest(from: Conclusions, about: &About, whom: &str) -> Digest {
    let Conclusions { model, words, assessment, .. } = from;
    let today = assessment.as_of;
    let rows = match about {
        About::Filter(filter) => status::rows(from, filter),
        About::Post(post) => status::rows_of_post(from, *post),
    };
    let rows: Vec<Json> =
        rows.iter().map(|row| serde_json::to_value(row).unwrap_or_default()).collect();
    let pick = |wanted: &dyn Fn(&str, Day) -> bool| {
        let mut found: Vec<(Day, String)> = rows
            .iter()
            .filter_map(|row| {
                let due: Day = row["due"].as_str()?.parse().ok()?;
                let status = row["status"].as_str()?;
                wanted(status, due).then(|| (due, line(model, words, row, due, today)))
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, line)| line).collect::<Vec<_>>()
    };
    let waits = |status: &str| matches!(status, "open" | "due-soon" | "upcoming");
    let ahead = |due: Day| u64::try_from((due - today).num_days()).ok();
    let say = |key: &str| words.get(&format!("digest.{key}")).to_owned();
    let sections = vec![
        (say("late"), pick(&|status, _| matches!(status, "overdue" | "deficient"))),
        (
            say("week"),
            pick(&|status, due| waits(status) && ahead(due).is_some_and(|days| days <= WEEK)),
        ),
        (
            say("month"),
            pick(&|status, due| {
                waits(status) && ahead(due).is_some_and(|days| days > WEEK && days <= MONTH)
            }),
        ),
        (say("unknown"), pick(&|status, _| status == "unknown")),
        (say("findings"), findings(model, about, today)),
    ];
    let title = words.say("digest.title", &[("whom", &whom), ("day", &roc_long(today))]);
    Digest { title, sections }
}

fn line(model: &Model, words: &Words, row: &Json, due: Day, today: Day) -> String {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let path = format!("{}/{}", text(&row["regulation"]), text(&row["obligation"]));
    let duty = model.obligations.iter().find(|(id, _)| model.obligation_path(*id) == path);
    let title = duty.map_or(path, |(_, duty)| duty.title.clone());
    let scope = text(&row["scope"]["id"]);
    let name = match row["scope"]["kind"].as_str() {
        Some("unit" | "office") => model.units.find(&scope).map(|id| model.units[id].name.clone()),
        Some("agency") => model.agencies.find(&scope).map(|id| model.agencies[id].name.clone()),
        Some("system") => model.systems.find(&scope).map(|id| model.systems[id].name.clone()),
        _ => None,
    };
    let days = (due - today).num_days();
    let when = if days < 0 {
        words.say("digest.days_late", &[("days", &-days)])
    } else {
        words.say("digest.days_left", &[("days", &days)])
    };
    let status = words.get(&format!("status.{}", text(&row["status"]))).to_owned();
    format!(
        "{} {}（{}）{}：{status}，{when}",
        name.unwrap_or(scope),
        title,
        text(&row["period"]),
        crate::time::roc_short(due)
    )
}

/// Findings not closed yet, of the agencies and units that are wanted, or a post's own.
fn findings(model: &Model, about: &About, today: Day) -> Vec<String> {
    let mut lines = Vec::new();
    for (_, finding) in model.findings.iter() {
        let unit = finding.owner.and_then(|id| model.posts[id].unit);
        let unit = unit.map(|id| model.units[id].slug());
        let agency = finding.owner.map(|id| model.agencies[model.posts[id].agency].slug());
        let among = |list: &[String], one: Option<&str>| {
            list.is_empty() || one.is_some_and(|one| list.iter().any(|name| name == one))
        };
        let is_wanted = match about {
            About::Filter(filter) => among(&filter.units, unit) && among(&filter.agencies, agency),
            About::Post(post) => finding.owner == Some(*post),
        };
        if !finding.is_open_on(today) || !is_wanted {
            continue;
        }
        let due = finding.due.map(crate::time::roc_short).unwrap_or_default();
        let (id, title, unit) = (finding.slug(), &finding.title, unit.unwrap_or("-"));
        lines.push(format!("{id} {title}（{unit}）{due}"));
    }
    lines
}

impl Digest {
    /// Lines for a terminal.
    pub fn text(&self, none: &str) -> String {
        let mut text = format!("{}\n", self.title);
        for (heading, lines) in &self.sections {
            text.push_str(&format!("\n【{heading}】{}\n", lines.len()));
            match lines.as_slice() {
                [] => text.push_str(&format!("  {none}\n")),
                lines => lines.iter().for_each(|line| text.push_str(&format!("  {line}\n"))),
            }
        }
        text
    }

    /// Markdown.
    pub fn markdown(&self, none: &str) -> String {
        let mut text = format!("# {}\n", self.title);
        for (heading, lines) in &self.sections {
            text.push_str(&format!("\n## {heading}（{}）\n\n", lines.len()));
            match lines.as_slice() {
                [] => text.push_str(&format!("{none}\n")),
                lines => lines.iter().for_each(|line| text.push_str(&format!("- {line}\n"))),
            }
        }
        text
    }

    /// A mail (RFC 5322) with the text, in UTF-8; whoever sends it adds what is his to add.
    pub fn mail(&self, none: &str, from: &str, to: &str, day: Day) -> String {
        let head = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
        let body = self.text(none).replace('\n', "\r\n");
        format!(
            "From: {}\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}",
            head(from),
            head(to),
            encoded(&self.title),
            day.format("%a, %d %b %Y 00:10:00 +0800")
        )
    }
}

/// A header in RFC 2047's form: whole characters to a word, a word of at most 75 letters.
fn encoded(text: &str) -> String {
    let mut words = vec![String::new()];
    for c in text.chars().filter(|c| !c.is_control()) {
        let mut bytes = [0; 4];
        let spelt: String =
            c.encode_utf8(&mut bytes).bytes().map(|byte| format!("={byte:02X}")).collect();
        let last = words.last().map_or(0, String::len);
        if last + spelt.len() > 54 {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push_str(&spelt);
        }
    }
    words.iter().map(|word| format!("=?UTF-8?Q?{word}?=")).collect::<Vec<_>>().join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_has_one_body_and_headers_of_ascii() {
        let digest = Digest {
            title: "示範局115年11月28日應辦事項摘要，含逾期及三十日內到期者".to_owned(),
            sections: vec![
                ("逾期".to_owned(), vec!["一".to_owned()]),
                ("本週".to_owned(), Vec::new()),
            ],
        };
        let day = Day::from_ymd_opt(2026, 11, 28).expect("a day");
        let mail = digest.mail("無", "a@example.org\r\nBcc: x@example.org", "b@example.org", day);
        let (head, body) = mail.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.is_ascii() && !head.contains("\nBcc"), "{head}");
        assert!(head.lines().all(|line| line.len() <= 78), "{head}");
        assert!(head.contains("Date: Sat, 28 Nov 2026 00:10:00 +0800"));
        assert!(body.contains("【本週】0\r\n  無\r\n"), "{body}");
    }
}

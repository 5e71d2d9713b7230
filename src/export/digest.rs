//! What somebody has to know this week: what is late, what is due, what comes, which conditions are
//! breached, what was destroyed against its rule, which findings are open: all that the verdict counts.
//! As text, Markdown, or a mail to be sent by others.

use serde_json::Value as Json;

use super::{Conclusions, status};
use crate::assess::{Check, CheckVerdict, RecordRef};
use crate::facts::verdict::Selects;
use crate::facts::{Subject, breach, checks};
use crate::model::{Model, Named};
use crate::text::sentence::citations;
use crate::text::words::Words;
use crate::time::{Day, roc_long, roc_short};

/// A digest.
pub struct Digest {
    pub title: String,
    /// Heading and lines; a section without lines says so.
    pub sections: Vec<(String, Vec<String>)>,
}

/// Days ahead that are this week, and that come.
const WEEK: u64 = 7;
const MONTH: u64 = 30;

/// The digest of what concerns `subject`, for `whom`.
pub fn digest(from: Conclusions, subject: Subject, whom: &str) -> Digest {
    let Conclusions { model, words, assessment, facts } = from;
    let today = assessment.as_of;
    let mut filter = status::Filter::default();
    let rows = match subject {
        Subject::Post(post) => status::rows_of_post(from, post),
        Subject::Agency(id) => {
            filter.agencies.push(model.agencies[id].slug().to_owned());
            status::rows(from, &filter)
        }
        Subject::Unit(id) => {
            filter.units.push(model.units[id].slug().to_owned());
            status::rows(from, &filter)
        }
        Subject::Site | Subject::System(_) | Subject::Role(_) => status::rows(from, &filter),
    };
    let among = facts.among(model, subject);
    let rows: Vec<Json> =
        rows.iter().map(|row| serde_json::to_value(row).unwrap_or_default()).collect();
    let pick = |wanted: &dyn Fn(&str, Day) -> bool| {
        let mut found: Vec<(Day, String)> = rows
            .iter()
            .filter_map(|row| {
                let due: Day = row["due"].as_str()?.parse().ok()?;
                let status = row["status"].as_str()?;
                wanted(status, due).then(|| (due, line(words, row, due, today)))
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
        (say("breached"), breached(from, &among)),
        (say("destroyed"), destroyed(from, &among)),
        (say("findings"), findings(model, &among, today)),
    ];
    let title = words.say("digest.title", &[("whom", &whom), ("day", &roc_long(today))]);
    Digest { title, sections }
}

fn line(words: &Words, row: &Json, due: Day, today: Day) -> String {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let days = (due - today).num_days();
    let when = if days < 0 {
        words.say("digest.days_late", &[("days", &-days)])
    } else {
        words.say("digest.days_left", &[("days", &days)])
    };
    let status = words.get(&format!("status.{}", text(&row["status"]))).to_owned();
    let (name, title, period) =
        (text(&row["scope"]["name"]), text(&row["title"]), text(&row["period"]));
    format!("{name} {title}（{period}）{}：{status}，{when}", roc_short(due))
}

/// Records that do not meet what they have to at any time, or of which it cannot be told.
fn breached(from: Conclusions, among: &impl Selects) -> Vec<String> {
    let Conclusions { model, words, assessment, .. } = from;
    let fails = |check: &&Check| !matches!(check.verdict, CheckVerdict::Holds);
    let wanted = assessment.checks.iter().filter(fails).filter(|check| among.check(check));
    let line = |check: &Check| {
        let rule = &model.obligations[check.obligation];
        let name = match check.record {
            RecordRef::Scope(scope) => model.scope_name(scope).into_owned(),
            RecordRef::Audit(id) => model.audits[id].slug().to_owned(),
        };
        let verdict = words.get(&format!("verdict.{}", checks::code(&check.verdict))).to_owned();
        format!("{name} {}（{}）：{verdict}", rule.title, citations(words, rule))
    };
    wanted.map(line).collect()
}

/// Papers and logs destroyed against the rule that keeps them, unless that is settled.
fn destroyed(from: Conclusions, among: &impl Selects) -> Vec<String> {
    let Conclusions { model, words, assessment, facts } = from;
    let open = facts.breaches.iter().filter(|one| facts.settled.of_kept(one.at).is_none());
    let wanted = open.filter(|one| among.duty(one.obligation, one.scope));
    let line = |one: &breach::RetentionBreach| {
        let rule = &model.obligations[one.obligation];
        let kept = &assessment.retention[one.at];
        let state = words.get(&format!("kept_state.{}", breach::code(kept.state))).to_owned();
        let (name, id) = (model.scope_name(one.scope), kept.record.slug(model));
        let day = roc_short(one.on);
        format!("{name} {}（{id}，{}）{day}：{state}", rule.title, citations(words, rule))
    };
    wanted.map(line).collect()
}

/// Findings not closed yet, each with whom it is to be mended by.
fn findings(model: &Model, among: &impl Selects, today: Day) -> Vec<String> {
    let findings = model.findings.iter().map(|(_, finding)| finding);
    let wanted = findings.filter(|one| one.is_open_on(today) && among.finding(one));
    let line = |finding: &crate::model::Finding| {
        let unit = finding.owner.and_then(|id| model.posts[id].unit);
        let unit = unit.map_or("-", |id| model.units[id].slug());
        let due = finding.due.map(roc_short).unwrap_or_default();
        format!("{} {}（{unit}）{due}", finding.slug(), finding.title)
    };
    wanted.map(line).collect()
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

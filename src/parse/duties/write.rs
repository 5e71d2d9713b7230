//! A draft as `obligations.draft.yaml`: entries as rules have them, each value with the words it was
//! read from in a comment behind it, so that an entry can be moved to `obligations.yaml` as it is.

use std::fmt::Write as _;

use super::{DraftedDuty, DutyDraft, Read};
use crate::diagnostic::Diagnostics;
use crate::parse::check;
use crate::parse::quote::quoted;
use crate::parse::registers::our_kinds;
use crate::parse::yaml::{self, NodeKind};
use crate::record::regulation::PLAIN_CLAUSE;
use crate::record::value::Group;
use crate::source::FileId;

const HEAD: &str = "\
# A draft, read from the words of the text by patterns. Nothing in this file counts: `check` and
# `build` pass it over. Read each entry against its clause, mend it, and move it to obligations.yaml;
# move what stands under `reasons` to clauses.yaml. Behind each value stand the words it was read
# from. What no words were found for is marked 未載明 and is a guess.
# `by` is missing on purpose: who acts is given in the text's words.
";

impl DutyDraft {
    /// The file.
    pub fn yaml(&self) -> String {
        let mut yaml = String::from(HEAD);
        yaml.push_str(if self.duties.is_empty() { "duties: []\n" } else { "duties:\n" });
        for duty in &self.duties {
            write_duty(duty, &mut yaml);
        }
        yaml.push_str(if self.reasons.is_empty() { "reasons: []\n" } else { "reasons:\n" });
        for entry in &self.reasons {
            _ = writeln!(
                yaml,
                "- {{clause: \"{}\", reason: {}}}{}",
                entry.clause,
                entry.reason.value,
                comment(&entry.reason)
            );
        }
        yaml
    }
}

fn write_duty(duty: &DraftedDuty, yaml: &mut String) {
    let clauses: Vec<String> = duty.clauses.iter().map(|clause| format!("\"{clause}\"")).collect();
    _ = writeln!(yaml, "- id: {}", duty.id);
    _ = writeln!(yaml, "  kind: {}{}", duty.kind.value, comment(&duty.kind));
    _ = writeln!(yaml, "  clauses: [{}]", clauses.join(", "));
    _ = writeln!(yaml, "  title: {}", quoted(&duty.title));
    _ = writeln!(yaml, "  summary: {}", quoted(&duty.summary));
    _ = writeln!(yaml, "  scope: {}{}", duty.scope.value, comment(&duty.scope));
    if let Some(actor) = &duty.actor {
        _ = writeln!(yaml, "  # by: {}{}", one_line(&actor.value), comment(actor));
    }
    for (key, read) in &duty.fields {
        let value = &read.value;
        if *key == "sample" {
            _ = writeln!(yaml, "  sample:{}\n{}", comment(read), value.trim_end_matches('\n'));
        } else if *key == "contains" {
            let items: Vec<String> = value.lines().map(quoted).collect();
            _ = writeln!(yaml, "  {key}: [{}]{}", items.join(", "), comment(read));
        } else if value.starts_with('[') && matches!(*key, "notify" | "joint" | "evidence") {
            let items: Vec<String> =
                value.trim_matches(['[', ']']).split(", ").map(quoted).collect();
            _ = writeln!(yaml, "  {key}: [{}]{}", items.join(", "), comment(read));
        } else if matches!(
            *key,
            "event" | "approval" | "to" | "advice" | "outsider" | "note" | "answer"
        ) {
            _ = writeln!(yaml, "  {key}: {}{}", quoted(value), comment(read));
        } else {
            _ = writeln!(yaml, "  {key}: {value}{}", comment(read));
        }
    }
    yaml.push('\n');
}

fn comment(read: &Read) -> String {
    let words = one_line(&read.words);
    if words.is_empty() { "  # 未載明".to_owned() } else { format!("  # 「{words}」") }
}

/// Words of the text, fit for a comment: one line, nothing that hides.
fn one_line(words: &str) -> String {
    let plain = |c: char| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || crate::source::is_hidden(c) {
            ' '
        } else {
            c
        }
    };
    words.chars().map(plain).collect()
}

/// The duties and the clauses without one of a file of drafts, read as rules are read, and what is
/// wrong with them.
pub fn read_back(yaml: &str) -> (Vec<Group>, Vec<Group>, Diagnostics) {
    let mut faults = Diagnostics::new();
    let node = yaml::parse(FileId(0), yaml, &mut faults);
    let mut lists = [Vec::new(), Vec::new()];
    let Some(NodeKind::Map(entries)) = node.map(|node| node.kind) else {
        return (Vec::new(), Vec::new(), faults);
    };
    for entry in &entries {
        let NodeKind::List(items) = &entry.value.kind else { continue };
        let (at, fields) = if entry.key.value == "duties" {
            (0, our_kinds().obligation)
        } else {
            (1, PLAIN_CLAUSE)
        };
        lists[at] = items
            .iter()
            .filter_map(|item| check::group(item, "drafted entry", fields, &mut faults))
            .collect();
    }
    let [duties, reasons] = lists;
    (duties, reasons, faults)
}

//! Reading what a rule asks of the acts that answer it: how many, with whom, on what paper.

use super::Rule;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::sample::{Draw, Population, Sample, Share, Tier, Tiers};
use crate::model::{Answer, Demand};
use crate::parse::value::{Group, Value};

impl Rule<'_> {
    pub(super) fn demand(&self, report: &mut Diagnostics) -> Demand {
        let fields = self.fields;
        let texts = |key| fields.texts(key).map(|text| text.value.to_owned()).collect();
        let answered_by = match fields.text("answered_by").map(|word| word.value) {
            Some("submission") => Answer::Submission,
            Some("training") => Answer::Training,
            Some("password-change") => Answer::PasswordChange,
            _ => Answer::Audit,
        };
        for (part, answer) in [
            ("sample", Answer::Audit),
            ("joint", Answer::Audit),
            ("unannounced", Answer::Audit),
            ("to", Answer::Submission),
            ("hours", Answer::Training),
        ] {
            if fields.get(part).is_some() && answered_by != answer {
                let message = format!("`{part}` cannot be asked of what answers this duty");
                report.push(
                    Diagnostic::new(Code::MisplacedRulePart, fields.key_span(part), message)
                        .help("remove it, or correct `answered_by`"),
                );
            }
        }
        let sample = fields.group("sample").map_or_else(Sample::default, |sample| Sample {
            records: sample.group("records").and_then(|draw| self.draw(draw, report)),
            users: sample.group("users").and_then(|draw| self.draw(draw, report)),
            every_used_month: sample.get("months").is_some(),
        });
        Demand {
            answered_by,
            sample,
            joint: texts("joint"),
            approval: fields.maybe_string("approval"),
            evidence: texts("evidence"),
            unannounced: fields.flag("unannounced"),
            hours: fields.count("hours"),
            to: fields.maybe_string("to"),
            notify: texts("notify"),
        }
    }

    fn draw(&self, draw: &Group, report: &mut Diagnostics) -> Option<Draw> {
        let tiers = tiers(draw, report)?;
        let of = draw.text("of")?;
        if let Some(other) = draw.get("in").filter(|_| matches!(of.value, "queries" | "users")) {
            let message = format!("`in` has no meaning with `of: {}`", of.value);
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, other.span, message)
                    .help("remove it, or draw from `audited-records` or `audited-users`"),
            );
        }
        let of = match of.value {
            "queries" => Population::Queries,
            "users" => Population::Users,
            word => {
                let Some(slug) = draw.text("in") else {
                    report.push(
                        Diagnostic::new(
                            Code::IncompleteRule,
                            of.span,
                            format!("`{word}` needs `in`"),
                        )
                        .help("name the duty whose audits are meant"),
                    );
                    return None;
                };
                let other = self.sibling(slug, report)?;
                match word {
                    "audited-records" => Population::AuditedRecords(other),
                    _ => Population::AuditedUsers(other),
                }
            }
        };
        Some(Draw { of, tiers })
    }
}

/// Reads the steps of a sampling rule and checks that they cover every population once.
fn tiers(draw: &Group, report: &mut Diagnostics) -> Option<Tiers> {
    let fault = |span, message: &str, report: &mut Diagnostics| {
        report.push(
            Diagnostic::new(Code::InvalidTiers, span, message)
                .help("order the tiers by `up_to`; only the last one has none"),
        );
    };
    let entries: Vec<&Group> = draw.groups("tiers").collect();
    let mut tiers: Vec<Tier> = Vec::new();
    if draw.is_broken("tiers") || entries.iter().any(|entry| !entry.broken.is_empty()) {
        return None;
    }
    for (place, entry) in entries.iter().enumerate() {
        let (min, max) = (entry.count("min"), entry.count("max"));
        let share = match (entry.rate("rate"), entry.count("fixed")) {
            (Some(rate), None) => Share::Rate(rate),
            (None, Some(number)) => Share::Fixed(number),
            // A head count between two numbers: at least the lower of them.
            (None, None) if min.is_some() => Share::Fixed(0),
            _ => {
                fault(entry.span, "a tier takes one of `rate` and `fixed`", report);
                return None;
            }
        };
        if min.zip(max).is_some_and(|(min, max)| min > max) {
            fault(entry.key_span("min"), "`min` is more than `max`", report);
        }
        let up_to = entry.count("up_to");
        let last = place + 1 == entries.len();
        if last != up_to.is_none() {
            fault(entry.span, "only the last tier is without `up_to`", report);
            return None;
        }
        if up_to.is_some_and(|up_to| tiers.iter().any(|tier| tier.up_to >= Some(up_to))) {
            let span = entry.get("up_to").map_or(entry.span, |value: &Value| value.span);
            fault(span, "`up_to` must rise from tier to tier", report);
            return None;
        }
        tiers.push(Tier { up_to, share, min, max });
    }
    if tiers.is_empty() {
        fault(draw.span, "`tiers` is empty", report);
        return None;
    }
    Some(Tiers(tiers))
}

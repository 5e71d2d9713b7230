//! Reading what a rule asks of the acts that answer it: how many, with whom, on what paper.

use super::Rule;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::role::roles_of_rule;
use crate::model::sample::{Population, Sample, SampleRule, SizeTiers};
use crate::model::{Answer, Demand};
use crate::record::value::Group;

impl Rule<'_> {
    pub(super) fn demand(&self, report: &mut Diagnostics) -> Demand {
        let fields = self.fields;
        let answered_by = Answer::of(fields);
        for (part, answer) in [
            ("sample", Answer::Audit),
            ("joint", Answer::Audit),
            ("unannounced", Answer::Audit),
            ("to", Answer::Submission),
            ("hours", Answer::Training),
            ("courses", Answer::Training),
        ] {
            if fields.get(part).is_some() && answered_by != answer {
                let message = format!("`{part}` cannot be asked of what answers this duty");
                report.push(
                    Diagnostic::new(Code::MisplacedRulePart, fields.key_span(part), message)
                        .help("remove it, or correct `answered_by`"),
                );
            }
        }
        // What no record of the acts says can never be told.
        let silent: &[&str] = match answered_by {
            Answer::Training => &["approval", "contains", "manner"],
            Answer::PasswordChange => &["acts", "approval", "evidence", "contains", "manner"],
            _ => &[],
        };
        for part in silent.iter().filter(|part| fields.get(part).is_some()) {
            let message =
                format!("no record of `{}` says anything of `{part}`", answered_by.as_str());
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, fields.key_span(part), message)
                    .help("remove it, or let audits or papers that are sent answer the duty"),
            );
        }
        if let Some(word) = fields.text("answered_by") {
            let scope = fields.text("scope").map_or("", |scope| scope.value);
            let needs = match answered_by {
                Answer::Training => "post",
                Answer::PasswordChange => "account",
                _ => scope,
            };
            if scope != needs {
                let message = format!("`{}` answers duties of scope `{needs}` only", word.value);
                report.push(
                    Diagnostic::new(Code::MisplacedRulePart, word.span, message)
                        .help(format!("write `scope: {needs}`, or correct `answered_by`")),
                );
            }
        }
        if fields.count("hours") == Some(0) {
            let message = "no hours are no training";
            report.push(
                Diagnostic::new(Code::InvalidNumber, fields.key_span("hours"), message)
                    .help("state how many hours each period asks for"),
            );
        }
        let sample = fields.group("sample").map_or_else(Sample::default, |sample| Sample {
            records: sample.group("records").and_then(|draw| self.draw(draw, report)),
            users: sample.group("users").and_then(|draw| self.draw(draw, report)),
            every_used_month: sample.get("months").is_some(),
        });
        let after = fields.texts("after").filter_map(|duty| self.sibling(duty, report)).collect();
        Demand {
            answered_by,
            sample,
            acts: roles_of_rule(fields, "acts", self.names, report),
            each: fields.flag("each"),
            after,
            joint: self.names.parties(fields, "joint"),
            approval: self.names.maybe_party(fields, "approval"),
            approval_first: fields.flag("approval_first"),
            evidence: fields.texts("evidence").map(|one| self.names.form(one.value)).collect(),
            contains: self.names.items(fields, "contains"),
            manner: fields.texts("manner").map(|one| self.names.manner(one.value)).collect(),
            unannounced: fields.flag("unannounced"),
            hours: fields.count("hours"),
            courses: fields.texts("courses").map(|one| self.names.course(one.value)).collect(),
            to: self.names.maybe_party(fields, "to"),
            notify: self.names.parties(fields, "notify"),
        }
    }

    fn draw(&self, draw: &Group, report: &mut Diagnostics) -> Option<SampleRule> {
        let tiers = SizeTiers::resolve(draw, report)?;
        let of = draw.text("of")?;
        if let Some(other) =
            draw.get("in").filter(|_| matches!(of.value, "queries" | "users" | "accounts"))
        {
            let message = format!("`in` has no meaning with `of: {}`", of.value);
            report.push(
                Diagnostic::new(Code::MisplacedRulePart, other.span, message)
                    .help("remove it, or draw from `audited-records` or `audited-users`"),
            );
        }
        let of = match of.value {
            "queries" => Population::Queries,
            "users" => Population::Users,
            "accounts" => Population::Accounts,
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
        Some(SampleRule { of, unit: draw.maybe_string("unit"), tiers })
    }
}

//! `explain`: why an occurrence or a check is as it is, or what a diagnostic code means.

use super::args::{Cli, ExplainArgs};
use super::{Exit, load_sound, put_text, say};
use crate::assess::Check;
use crate::diagnostic::{Code, did_you_mean};
use crate::export::status::row;
use crate::export::{Conclusions, checks};
use crate::facts::id;
use crate::model::Duty;
use crate::text::sentence::citations;

/// Explains what the id names.
pub fn run(cli: &Cli, args: &ExplainArgs) -> Exit {
    if !args.id.contains('/') {
        return explain_code(&args.id);
    }
    let (inputs, known, assessment, facts) = match load_sound(cli) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let (model, words) = (&*known, &inputs.words);
    let from = Conclusions { model, words, assessment: &assessment, facts: &facts };
    let found = assessment.checks.iter().find(|check| id::check(model, check) == args.id);
    if let Some(check) = found {
        put_text(&explain_check(from, check));
        return Exit::Fine;
    }
    let paths: Vec<_> =
        assessment.iter().map(|(one, _)| (id::occurrence(model, &assessment, one), one)).collect();
    let Some((_, id)) = paths.iter().find(|(path, _)| *path == args.id) else {
        say(&format!("error: no occurrence and no check `{}` as of {}", args.id, assessment.as_of));
        let checks: Vec<String> =
            assessment.checks.iter().map(|check| id::check(model, check)).collect();
        let ids = paths.iter().map(|(path, _)| path).chain(&checks);
        let help = did_you_mean(&args.id, ids.map(String::as_str));
        say(&format!(
            "help: {}",
            help.unwrap_or_else(|| {
                "`clausebook status` lists occurrences, `clausebook status --checks` checks"
                    .to_owned()
            })
        ));
        return Exit::Usage;
    };
    let row = row(from, *id);
    let occurrence = assessment.occurrence(*id);
    let obligation = &model.obligations[occurrence.obligation];
    let word = words.get(&format!("status.{}", row.status)).to_owned();
    let mut text = format!(
        "{}\n{}　{}\n{}　{}\nas of {}: {} {}\nwindow {} to {} ({})\n",
        row.id,
        model.regulations[obligation.regulation].name,
        citations(words, obligation),
        obligation.title,
        model.scope_name(occurrence.scope),
        assessment.as_of,
        row.status,
        word,
        row.opens,
        row.due_at.as_ref().unwrap_or(&row.due),
        row.due_basis,
    );
    if row.suspect {
        text.push_str("suspect: the clauses say something else than the rule was written for\n");
    }
    if let Some(by) = &row.settled {
        text.push_str(&format!("settled by {} {}\n", by.kind, by.id));
    }
    for reason in &row.reasons {
        text.push_str(&format!("- {reason}\n"));
    }
    for (what, ids) in [
        ("audits", &row.audits),
        ("submissions", &row.submissions),
        ("evidence", &row.evidence),
        ("findings", &row.findings),
    ] {
        if !ids.is_empty() {
            text.push_str(&format!("{what}: {}\n", ids.join(", ")));
        }
    }
    put_text(&text);
    Exit::Fine
}

/// What a check is of, what the rule asks, what it came to, and the fields that decide it.
fn explain_check(from: Conclusions, check: &Check) -> String {
    let Conclusions { model, words, assessment, .. } = from;
    let obligation = &model.obligations[check.obligation];
    let row = checks::row(model, check);
    let mut text = format!(
        "{}\n{}　{}\n{}\n{} {}\nas of {}: {}\n",
        row.id,
        model.regulations[obligation.regulation].name,
        citations(words, obligation),
        obligation.title,
        row.record.kind,
        row.record.id,
        assessment.as_of,
        row.verdict,
    );
    if let Duty::Invariant(rule) = &obligation.duty
        && let Some(must) = &rule.must
    {
        text.push_str(&format!("must: {}\n", must.source));
    }
    for field in check.unmet(model, assessment.as_of) {
        text.push_str(&format!("- {field}\n"));
    }
    for ground in &row.grounds {
        let auditor = ground.auditor.as_deref().unwrap_or("auditor");
        let against = &ground.against;
        let reason = ground.reason;
        text.push_str(&format!("- {auditor}: {reason}, by {} {}\n", against.kind, against.id));
    }
    if let Some(why) = &row.why {
        text.push_str(&format!("- cannot be told: {why}\n"));
    }
    text
}

fn explain_code(slug: &str) -> Exit {
    let Some(code) = Code::ALL.iter().find(|code| code.slug() == slug) else {
        say(&format!("error: no diagnostic code `{slug}`"));
        let help = did_you_mean(slug, Code::ALL.iter().map(|code| code.slug()));
        let all = || {
            let slugs: Vec<&str> = Code::ALL.iter().map(|code| code.slug()).collect();
            format!(
                "an occurrence is REGULATION/OBLIGATION/SCOPE/PERIOD; codes: {}",
                slugs.join(", ")
            )
        };
        say(&format!("help: {}", help.unwrap_or_else(all)));
        return Exit::Usage;
    };
    put_text(&format!(
        "{} ({}): {}\n\n{}\n",
        code.slug(),
        code.severity().as_str(),
        code.summary(),
        code.explanation()
    ));
    Exit::Fine
}

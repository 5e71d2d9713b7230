//! `explain`: why an occurrence has its status, or what a diagnostic code means.

use super::args::{Cli, ExplainArgs};
use super::{Exit, load_sound, put, say};
use crate::diagnostic::{Code, did_you_mean};
use crate::export::status::row;
use crate::site::route::occurrence_path;

/// Explains what the id names.
pub fn run(cli: &Cli, args: &ExplainArgs) -> Exit {
    if !args.id.contains('/') {
        return explain_code(&args.id);
    }
    let (inputs, known, assessment, _facts) = match load_sound(cli) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let (model, words) = (&*known, &inputs.words);
    let paths: Vec<_> =
        assessment.iter().map(|(id, _)| (occurrence_path(model, &assessment, id), id)).collect();
    let Some((_, id)) = paths.iter().find(|(path, _)| *path == args.id) else {
        say(&format!("error: no occurrence `{}` as of {}", args.id, assessment.as_of));
        let help = did_you_mean(&args.id, paths.iter().map(|(path, _)| path.as_str()));
        say(&format!(
            "help: {}",
            help.unwrap_or_else(|| "`clausebook status` lists them".to_owned())
        ));
        return Exit::Usage;
    };
    let row = row(model, words, &assessment, *id);
    let occurrence = assessment.occurrence(*id);
    let obligation = &model.obligations[occurrence.obligation];
    let word = words.get(&format!("status.{}", row.status)).to_owned();
    let mut text = format!(
        "{}\n{}　{}\n{}　{}\nas of {}: {} {}\nwindow {} to {}\n",
        row.id,
        model.regulations[obligation.regulation].name,
        crate::site::sentence::citations(words, obligation),
        obligation.title,
        model.scope_name(occurrence.scope),
        assessment.as_of,
        row.status,
        word,
        row.opens,
        row.due,
    );
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
    put(&text);
    Exit::Fine
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
    put(&format!(
        "{} ({}): {}\n\n{}\n",
        code.slug(),
        code.severity().word(),
        code.summary(),
        code.explanation()
    ));
    Exit::Fine
}

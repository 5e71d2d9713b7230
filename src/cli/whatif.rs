//! `whatif ID@DRAFT`: what a draft would change in the statuses and the work of the real records.

use std::collections::BTreeMap;

use super::args::{Cli, TextFormat, WhatIfArgs};
use super::{Exit, load_sound, put, put_text, say, show};
use crate::diagnostic::did_you_mean;
use crate::proof::variant::{Asked, NoDraft, State, WhatIf, Work, what_if};
use crate::time::Day;

/// The version of the form.
const SCHEMA_VERSION: u32 = 1;

/// Prints what would be otherwise.
pub fn run(cli: &Cli, args: &WhatIfArgs) -> Exit {
    let Some((regulation, draft)) = args.what.split_once('@') else {
        say("error: name the regulation and the draft, such as `city-query@draft-2027`");
        return Exit::Usage;
    };
    let (inputs, known, assessment, _) = match load_sound(cli) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let to = args.to.unwrap_or(assessment.as_of);
    let from =
        args.from.unwrap_or_else(|| to.checked_sub_months(chrono::Months::new(12)).unwrap_or(to));
    let asked = Asked { regulation, draft, from, to, set: &args.set };
    let found = what_if(&inputs.parsed, &inputs.tree, (&known, &assessment), &asked);
    let found = match found {
        Ok(found) => found,
        Err(NoDraft::Regulation) => {
            say(&format!(
                "error: no regulation has the id `{}`",
                crate::source::escape(regulation)
            ));
            let ids = known.regulations.iter().map(|(_, one)| one.slug.as_str());
            did_you_mean(regulation, ids).iter().for_each(|help| say(&format!("help: {help}")));
            return Exit::Usage;
        }
        Err(NoDraft::Draft(drafts)) => {
            let draft = crate::source::escape(draft);
            say(&format!("error: `{regulation}` has no draft `{draft}`"));
            say(&match drafts.is_empty() {
                true => {
                    "help: a draft is a version with `draft: true` in regulation.yaml".to_owned()
                }
                false => format!("help: drafts: {}", drafts.join(", ")),
            });
            return Exit::Usage;
        }
        Err(NoDraft::Faults(faults)) => {
            show(cli, &inputs.tree, &faults);
            return Exit::Faulty;
        }
    };
    match args.format {
        TextFormat::Json => put(&json(&found, args, assessment.as_of, (from, to))),
        TextFormat::Text | TextFormat::Markdown => {
            put_text(&text(&found, args, assessment.as_of, (from, to)));
        }
    }
    Exit::Fine
}

fn json(found: &WhatIf, args: &WhatIfArgs, as_of: Day, (from, to): (Day, Day)) -> String {
    let turn = |turn: &crate::proof::variant::Difference| {
        let State { title, scope, place, due, is_occurrence, .. } = turn.any();
        let status = |state: &Option<State>| state.as_ref().map(|state| state.status);
        serde_json::json!({
            "id": turn.id, "kind": if *is_occurrence { "occurrence" } else { "check" },
            "title": title, "scope": scope, "place": place,
            "due": due.map(|day| day.to_string()),
            "before": status(&turn.before), "after": status(&turn.after),
        })
    };
    let turns: Vec<_> = found.turns.iter().map(turn).collect();
    let work = |(place, work): (&String, &Work)| {
        let Work { occurrences, records, persons, papers } = work;
        serde_json::json!({
            "place": place, "occurrences": occurrences, "records": records, "persons": persons, "papers": papers,
        })
    };
    let work: Vec<_> = found.work.iter().map(work).collect();
    let value = serde_json::json!({
        "schema": SCHEMA_VERSION, "draft": args.what, "as_of": as_of.to_string(),
        "from": from.to_string(), "to": to.to_string(), "turns": turns,
        "gained": found.gained, "lost": found.lost, "work": work,
    });
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn text(found: &WhatIf, args: &WhatIfArgs, as_of: Day, (from, to): (Day, Day)) -> String {
    let mut lines = vec![format!(
        "draft {}: what falls due from {from} to {to}, as of {as_of}; nothing of this is law",
        args.what
    )];
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for turn in &found.turns {
        *counts.entry(turn.codes()).or_default() += 1;
    }
    let word = |code: &str| if code.is_empty() { "none".to_owned() } else { code.to_owned() };
    lines.push(format!("{} turn", found.turns.len()));
    for ((before, after), count) in counts {
        lines.push(format!("  {count} from {} to {}", word(before), word(after)));
    }
    for turn in &found.turns {
        let (before, after) = turn.codes();
        let State { title, scope, .. } = turn.any();
        lines.push(format!("  {} -> {}  {title}  {scope}  {}", word(before), word(after), turn.id));
    }
    for (what, duties) in [("gained", &found.gained), ("lost", &found.lost)] {
        if !duties.is_empty() {
            lines.push(format!("duties {what}: {}", duties.join(", ")));
        }
    }
    if !found.work.is_empty() {
        lines.push("work added".to_owned());
    }
    for (place, Work { occurrences, records, persons, papers }) in &found.work {
        lines.push(format!(
            "  {place}: {occurrences:+} occurrences, {records:+} records, {persons:+} persons, {papers:+} papers"
        ));
    }
    lines.join("\n")
}

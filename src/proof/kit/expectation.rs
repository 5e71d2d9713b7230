//! What a case expects, held against what a program says: the keys stand in `docs/kit.md`.

use serde_json::Value;

use super::{Answers, PageSaid, Question};

/// Whether an expectation holds; if not, why. `day` is the one of the case, for expectations that name
/// none.
pub fn judge(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let day = expected["as_of"].as_str().unwrap_or(day);
    if let Some(several) = expected["any_of"].as_array().filter(|_| !has(expected, "diagnostic")) {
        let mut why = Vec::new();
        for one in several {
            match judge(site, one, day) {
                Ok(()) => return Ok(()),
                Err(problem) => why.push(problem),
            }
        }
        return Err(format!("none of: {}", why.join(" || ")));
    }
    if let Some(all) = expected["all_of"].as_array() {
        return all.iter().try_for_each(|one| judge(site, one, day));
    }
    type Kind = fn(&mut dyn Answers, &Value, &str) -> Result<(), String>;
    const KINDS: [(&str, Kind); 9] = [
        ("id", occurrence),
        ("check", check),
        ("diagnostic", diagnostic),
        ("exit", exit),
        ("retention", retention),
        ("page", page),
        ("candidates", candidates),
        ("import", import),
        ("checks_all", checks_all),
    ];
    let Some((_, kind)) = KINDS.iter().find(|(key, _)| has(expected, key)) else {
        return Err(format!("`{expected}` asks nothing that is known"));
    };
    kind(site, expected, day).map_err(|problem| format!("as of {day}: {problem}"))
}

fn has(value: &Value, key: &str) -> bool {
    value.get(key).is_some()
}

/// A value or a list of values: whether `actual` is among them.
fn among(wanted: &Value, actual: &Value) -> bool {
    wanted.as_array().map_or(wanted == actual, |list| list.contains(actual))
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        Value::String(text) => vec![text],
        _ => Vec::new(),
    }
}

/// The text under a key; empty where there is none.
fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The duty of a row, `REGULATION/OBLIGATION`.
fn duty_of(row: &Value) -> String {
    format!("{}/{}", word(row, "regulation"), word(row, "obligation"))
}

/// Whether a text fits a pattern, in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            after.is_empty()
                || (0..=rest.len()).any(|at| rest.is_char_boundary(at) && fits(after, &rest[at..]))
        }),
    }
}

fn occurrence(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let pattern = word(expected, "id");
    let rows = site.rows(Question::Statuses, day)?;
    let hits: Vec<&Value> = rows.iter().filter(|row| fits(pattern, word(row, "id"))).collect();
    let wanted = texts(&expected["status"]);
    if hits.is_empty() {
        let said = if wanted.contains(&"absent") { Ok(()) } else { Err(()) };
        return said.map_err(|()| format!("{pattern}: no occurrence, expected {wanted:?}"));
    }
    let mut problems = Vec::new();
    for row in hits {
        let problem = wrong(row, expected, &wanted);
        if problem.is_empty() && pattern.contains('*') && !has(expected, "every") {
            return Ok(());
        }
        if !problem.is_empty() {
            problems.push(format!("{}: {}", row["id"], problem.join("; ")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join(" | ")) }
}

fn wrong(row: &Value, expected: &Value, wanted: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    let status = word(row, "status");
    if !wanted.is_empty() && !wanted.contains(&status) {
        wrong.push(format!("is {status}, expected {wanted:?}"));
    }
    if texts(&expected["not_status"]).contains(&status) {
        wrong.push(format!("is {status}"));
    }
    for key in ["due", "due_at", "done_on", "done_at", "opens", "due_basis", "suspect"] {
        if has(expected, key) && !among(&expected[key], &row[key]) {
            wrong.push(format!("{key} is {}, expected {}", row[key], expected[key]));
        }
    }
    if let Some(last) = expected["due_max"].as_str()
        && row["due"].as_str().is_none_or(|due| due > last)
    {
        wrong.push(format!("due {} lies after {last}", row["due"]));
    }
    for key in ["required", "actual"] {
        for (name, figure) in expected[key].as_object().into_iter().flatten() {
            if !among(figure, &row[key][name]) {
                wrong.push(format!("{key}.{name} is {}, expected {figure}", row[key][name]));
            }
        }
    }
    for code in texts(&expected["reasons"]) {
        if !is_for(row, code) {
            wrong.push(format!("no reason is {code}"));
        }
    }
    let reasons = row["reasons"].to_string();
    let speaks = texts(&expected["reason_any"]);
    if !speaks.is_empty() && !speaks.iter().any(|words| reasons.contains(words)) {
        wrong.push(format!("no reason speaks of {speaks:?}"));
    }
    wrong
}

/// Whether a row has a reason of the code; `sample-short` is a sample with less than it asks.
fn is_for(row: &Value, code: &str) -> bool {
    let rows = row["because"].as_array().map_or(&[][..], Vec::as_slice);
    let figure = |reason: &Value, key: &str| reason["args"][key].as_u64();
    rows.iter().any(|reason| match code {
        "sample-short" => {
            word(reason, "code") == "sample"
                && figure(reason, "actual") < figure(reason, "required")
        }
        _ => word(reason, "code") == code,
    })
}

fn check(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let name = word(expected, "check");
    let rows = site.rows(Question::Checks, day)?;
    let path = |row: &Value| format!("{}/{}", duty_of(row), word(&row["record"], "id"));
    let kind = expected["kind"].as_str();
    let hit = rows.iter().find(|row| {
        path(row) == name && kind.is_none_or(|kind| row["record"]["kind"].as_str() == Some(kind))
    });
    let wanted = texts(&expected["verdict"]);
    let Some(row) = hit else {
        let absent = wanted.contains(&"absent");
        return if absent { Ok(()) } else { Err(format!("check {name}: none")) };
    };
    let verdict = word(row, "verdict");
    let refused = texts(&expected["not_verdict"]).contains(&verdict);
    if refused || !wanted.is_empty() && !wanted.contains(&verdict) {
        return Err(format!("check {name}: {verdict}, expected {wanted:?}"));
    }
    Ok(())
}

fn checks_all(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let duty = word(expected, "checks_all");
    let rows = site.rows(Question::Checks, day)?;
    let hits: Vec<&Value> = rows.iter().filter(|row| duty_of(row) == duty).collect();
    let count = expected["count"].as_u64().unwrap_or(1);
    if (hits.len() as u64) < count {
        return Err(format!("checks of {duty}: {}, expected {count}", hits.len()));
    }
    let bad: Vec<&Value> =
        hits.into_iter().filter(|row| !among(&expected["verdict"], &row["verdict"])).collect();
    if bad.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = bad.iter().take(6).map(|row| row["record"]["id"].to_string()).collect();
    Err(format!("checks of {duty}: {} are not so: {}", bad.len(), ids.join(", ")))
}

fn diagnostic(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let wanted = &expected["diagnostic"];
    let rows = site.rows(Question::Diagnostics, day)?;
    let found: Vec<&Value> = rows
        .iter()
        .filter(|one| {
            let part = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
            let file = part("file");
            let text = ["code", "message", "help"].map(part).join(" ")
                + &file
                + &one["related"].to_string();
            let any = texts(&wanted["any_of"]);
            (!has(wanted, "severity") || among(&wanted["severity"], &one["severity"]))
                && wanted["contains"].as_str().is_none_or(|word| text.contains(word))
                && (any.is_empty() || any.iter().any(|word| text.contains(word)))
                && wanted["file"].as_str().is_none_or(|name| file.contains(name))
        })
        .collect();
    match (found.first(), wanted["absent"].as_bool()) {
        (Some(one), Some(true)) => Err(format!("unwanted diagnostic: {}", one["message"])),
        (None, None | Some(false)) => Err(format!("no diagnostic {wanted}")),
        _ => Ok(()),
    }
}

fn exit(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let wanted = &expected["exit"];
    let words = texts(&wanted["args"]);
    let run = site.run(&words, day)?;
    if !among(&wanted["code"], &serde_json::json!(run.code)) {
        let code = run.code;
        return Err(format!(
            "{words:?} ended with {code:?}, expected {}: {}",
            wanted["code"], run.stderr
        ));
    }
    match texts(&wanted["stdout_contains"]).into_iter().find(|text| !run.stdout.contains(text)) {
        Some(text) => Err(format!("{words:?} does not print {text}")),
        None => Ok(()),
    }
}

fn retention(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let name = word(expected, "retention");
    let (duty, record) = name.rsplit_once('/').unwrap_or(("", name));
    let rows = site.rows(Question::Retention, day)?;
    let hit = rows.iter().find(|row| {
        word(&row["record"], "id") == record && (duty.is_empty() || duty_of(row) == duty)
    });
    let states = texts(&expected["state"]);
    let Some(row) = hit else {
        let absent = states.contains(&"absent");
        return if absent { Ok(()) } else { Err(format!("retention of {name}: not listed")) };
    };
    if has(expected, "keep_until") && !among(&expected["keep_until"], &row["keep_until"]) {
        let wanted = &expected["keep_until"];
        return Err(format!("retention of {name}: until {}, expected {wanted}", row["keep_until"]));
    }
    let state = word(row, "state");
    let wanted: Vec<String> = states.iter().map(|state| state.replace('-', "_")).collect();
    if !wanted.is_empty() && !wanted.iter().any(|one| one == state) {
        return Err(format!("retention of {name}: {state}, expected {wanted:?}"));
    }
    Ok(())
}

fn page(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let path = word(expected, "page");
    let Some(PageSaid { text, html }) = site.page(path, day)? else {
        let absent = has(expected, "absent");
        return if absent { Ok(()) } else { Err(format!("no page {path}")) };
    };
    let any = texts(&expected["contains_any"]);
    if !any.is_empty() && !any.iter().any(|words| text.contains(words)) {
        return Err(format!("{path} says none of {any:?}"));
    }
    for (key, haystack, there) in
        [("not_contains", &text, false), ("links", &html, true), ("not_links", &html, false)]
    {
        for words in texts(&expected[key]) {
            if haystack.contains(words) != there {
                return Err(format!("{path}: {key} {words}"));
            }
        }
    }
    Ok(())
}

fn candidates(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let duty = word(expected, "candidates");
    let rows = site.rows(Question::Candidates, day)?;
    let of = |id: &str| {
        rows.iter().find(|row| row["duty"].as_str() == Some(duty) && row["id"].as_str() == Some(id))
    };
    for id in texts(&expected["has"]) {
        if of(id).is_none_or(|row| row["fits"] != true) {
            return Err(format!("candidates of {duty}: {id} is not listed"));
        }
    }
    for id in texts(&expected["uncertain"]) {
        if of(id).is_none_or(|row| row["fits"] != false) {
            return Err(format!("candidates of {duty}: {id} is not listed as uncertain"));
        }
    }
    match texts(&expected["has_not"]).into_iter().find(|id| of(id).is_some()) {
        Some(id) => Err(format!("candidates of {duty}: {id} is listed")),
        None => Ok(()),
    }
}

fn import(site: &mut dyn Answers, expected: &Value, day: &str) -> Result<(), String> {
    let wanted = &expected["import"];
    let file = word(wanted, "file");
    let id = wanted["id"].as_str().unwrap_or("new");
    let run = site.run(&["import", "regulation", file, "--id", id], day)?;
    let clauses = site.file(&format!("regulations/{id}/clauses.yaml"));
    let got: Vec<&str> = clauses
        .split("clause: \"")
        .skip(1)
        .filter_map(|rest| rest.split_once('"').map(|(number, _)| number))
        .collect();
    if has(wanted, "clauses") && got != texts(&wanted["clauses"]) {
        return Err(format!("import reads {got:?}, expected {}", wanted["clauses"]));
    }
    if wanted["clauses_min"].as_u64().is_some_and(|least| (got.len() as u64) < least) {
        return Err(format!("import reads {} clauses", got.len()));
    }
    let doubtful = run.stdout.split("doubtful lines: ").nth(1).map_or(0, |rest| {
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
    });
    if wanted["doubtful_min"].as_u64().is_some_and(|least| doubtful < least) {
        return Err(format!("import reports {doubtful} doubtful lines"));
    }
    Ok(())
}

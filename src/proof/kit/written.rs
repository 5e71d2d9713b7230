//! The tests beside the rules, for other programs: each question that needs a world becomes a case of
//! its own, the others rows of one table. What is expected is what the test says, never what comes
//! out here; only the name of the occurrence that is meant is taken from the judgement.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::model::Duty;
use crate::model::sample::Measure;
use crate::proof::trial::flow;
use crate::proof::trial::{Asked, Bench, Expect, Look, Run, Term, Trial, Tried, Wanted, World};
use crate::source::SourceTree;
use crate::time::{Day, Instant};

/// A case in its own files.
#[derive(Clone, Debug)]
pub struct WrittenCase {
    /// `REGULATION/OBLIGATION/NUMBER`: its folder.
    pub name: String,
    /// Paths within that folder, with `/`, and texts.
    pub files: Vec<(String, String)>,
}

/// The table of sizes: `regulation,duty,clause,measure,population,required`; `measure` is `records`, `users`
/// or empty, where the rule draws only one kind.
#[derive(Clone, Debug)]
pub struct Sizes(pub String);

/// The first line of the table of sizes.
const HEAD: &str = "regulation,duty,clause,measure,population,required\n";

/// What a site must say of itself.
const SETTINGS: &str = "name: case\nagency: agency\n";

/// What a question is about, as the rows of another program name it.
#[derive(Clone, Debug)]
struct Meant {
    /// The key of the expectation that names it.
    key: &'static str,
    /// `REGULATION/OBLIGATION`.
    duty: String,
    /// The main clause the duty stands in.
    clause: Option<String>,
    /// The record or the occurrence, within the duty; `None` where there is none.
    name: Option<String>,
    /// What the rule draws first: users where it draws no records.
    first: Measure,
    /// The day it is judged and what must come of it; `None` of sizes.
    case: Option<(Day, Expect)>,
}

/// Writes the tests that are wanted. Those that cannot be asked are left out: `test` reports them.
pub fn write_cases(bench: &Bench, tree: &SourceTree, wanted: &Wanted) -> (Vec<WrittenCase>, Sizes) {
    let (mut cases, mut sizes) = (Vec::new(), HEAD.to_owned());
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for (run, meant) in bench.run_seen(tree, wanted, &meant) {
        let Run { trial, tried, .. } = run;
        for (Tried { ask, world, .. }, meant) in tried.into_iter().zip(meant) {
            if let Asked::Size { measure, population, required } = &ask.what {
                let measure = measure.map_or("", Measure::as_str);
                let Trial { regulation, duty, .. } = &trial;
                let clause = meant.clause.as_deref().unwrap_or_default();
                _ = writeln!(
                    sizes,
                    "{regulation},{duty},{clause},{measure},{population},{required}"
                );
            }
            let (Some(world), Some(expect)) = (world, &meant.case) else { continue };
            let number = numbers.entry(meant.duty.clone()).or_default();
            *number += 1;
            cases.push(WrittenCase {
                name: format!("{}/{number:03}", meant.duty),
                files: files(&world, &case(&trial, &meant, expect)),
            });
        }
    }
    (cases, Sizes(sizes))
}

fn meant(look: &Look) -> Meant {
    let duty = look.model.obligation_path(look.duty);
    let obligation = &look.model.obligations[look.duty];
    let scope = &look.target.scope;
    let (key, name) = match &obligation.duty {
        Duty::Invariant(_) => ("check", Some(scope.clone())),
        Duty::Permission { .. } => ("candidates", Some(scope.clone())),
        Duty::Retention(_) => ("retention", look.paper()),
        // An event that the program derives is called otherwise beside other rules.
        Duty::Event(_) if look.target.term == Term::Last => ("id", Some(format!("{scope}/*"))),
        _ => {
            let absent = || format!("{scope}/{}", look.target.term.name());
            let name = look.occurrence_id().map(|id| id[duty.len() + 1..].to_owned());
            ("id", Some(name.unwrap_or_else(absent)))
        }
    };
    let clause = obligation.clauses.first().map(|clause| clause.value.to_string());
    let case = look.ask.what.as_case(&obligation.duty);
    let draws_records =
        obligation.duty.demand().is_some_and(|demand| demand.sample.records.is_some());
    let first = if draws_records { Measure::Records } else { Measure::Users };
    Meant { key, duty, clause, name, first, case }
}

/// The files of a case: its records by kind, and `case.json`. The rest is the site's it stands in.
fn files(world: &World, case: &Value) -> Vec<(String, String)> {
    let mut files = vec![
        ("case.json".to_owned(), format!("{case:#}\n")),
        ("clausebook.yaml".to_owned(), SETTINGS.to_owned()),
    ];
    for (kind, rows) in &world.records.0 {
        let Some(kind) = world.model.kinds.find(kind) else { continue };
        let text: String = rows.iter().map(|row| format!("- {}\n", flow(row))).collect();
        if !text.is_empty() {
            files.push((format!("content/{}.yaml", kind.plural), text));
        }
    }
    files
}

fn case(trial: &Trial, meant: &Meant, expect: &(Day, Expect)) -> Value {
    let mut case = json!({
        "title": trial.title.as_deref().unwrap_or(&meant.duty),
        "group": "rule",
        "kind": "rule",
        "clause": trial.source.clause.as_ref().or(meant.clause.as_ref()),
        "by": trial.by,
        "regulations": [trial.regulation],
        "expect": [about(meant, expected(meant, expect))],
    });
    if let Some(because) = &trial.because {
        case["why"] = json!(because);
    }
    case
}

/// The expectation with the key that says what it is about.
fn about(meant: &Meant, mut keys: Map<String, Value>) -> Value {
    let Meant { key, duty, name, .. } = meant;
    let path = format!("{duty}/{}", name.as_deref().unwrap_or("*"));
    let named = if *key == "candidates" { duty } else { &path };
    keys.insert((*key).to_owned(), json!(named));
    if let Some(word) = keys.remove("candidate") {
        let key = match word.as_str() {
            Some("yes") => "has",
            Some("unknown") => "uncertain",
            _ => "has_not",
        };
        keys.insert(key.to_owned(), json!([name]));
    }
    Value::Object(keys)
}

/// What must come of it in the words of a case, with the day it is judged on.
fn expected(meant: &Meant, (day, expect): &(Day, Expect)) -> Map<String, Value> {
    let text = |day: Day| json!(day.to_string());
    let time = |at: Instant| json!(at.to_string());
    let until = |day: Option<Day>| day.map_or(Value::Null, text);
    let pairs = [
        ("as_of", Some(text(*day))),
        ("status", expect.status.map(|status| json!(status.as_str()))),
        ("due", expect.due.map(text)),
        ("due_at", expect.due_at.map(time)),
        ("opens", expect.opens.map(text)),
        ("done_on", expect.done_on.map(text)),
        ("done_at", expect.done_at.map(time)),
        ("required", figures(meant.first, expect.required, expect.required_users)),
        ("reasons", expect.reasons.as_ref().map(|codes| json!(codes))),
        ("verdict", expect.check.as_deref().map(verdict)),
        ("keep_until", expect.keep_until.map(until)),
        ("candidate", expect.candidate.as_ref().map(|word| json!(word))),
    ];
    let said = pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    said.collect()
}

/// Figures of a sample: of records, of users, of both. A test's `required` is of the one that the rule
/// draws, records before users.
fn figures(first: Measure, required: Option<u64>, users: Option<u64>) -> Option<Value> {
    let mut figures = Map::new();
    figures.extend(required.map(|size| (first.as_str().to_owned(), json!(size))));
    figures.extend(users.map(|size| (Measure::Users.as_str().to_owned(), json!(size))));
    (!figures.is_empty()).then_some(Value::Object(figures))
}

fn verdict(word: &str) -> Value {
    json!(match word {
        "held" => "holds",
        "not-applicable" => "absent",
        _ => word,
    })
}

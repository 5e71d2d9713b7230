//! The site of a case, put together in a temporary folder, and what the program says of it. What
//! the case leaves out is the project's own: calendar, roles, topics and the five regulations.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clausebook::assess::{Assessment, Fit, KeptRecord, KeptState, reckoning};
use clausebook::diagnostic;
use clausebook::export::{Conclusions, checks, status};
use clausebook::model::{Known, Named};
use clausebook::pipeline::{Inputs, load, prepare};
use clausebook::render::json;
use clausebook::time::{Day, parse_day};
use serde_json::Value;
use tempfile::TempDir;

use crate::project::{files, repository};

/// The day of expectations that name none.
const DAY: &str = "2026-11-21";

/// A case's site, and what was asked of it before, by question and day.
pub struct CaseSite {
    root: PathBuf,
    day: String,
    answers: HashMap<(&'static str, String), Result<Vec<Value>, String>>,
    _place: TempDir,
}

/// What a command line gave.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl CaseSite {
    /// Puts the site together.
    pub fn new(folder: &Path, case: &Value) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let root = place.path().join("site");
        for (path, bytes) in files(folder) {
            if path != "case.json" {
                put(&root.join(path), &bytes);
            }
        }
        let words = |key: &str| -> Option<Vec<String>> {
            let list = case[key].as_array()?;
            Some(list.iter().map(|word| word.as_str().expect("a word").to_owned()).collect())
        };
        let left_out = words("omit").unwrap_or_default();
        for name in ["calendar", "roles", "topics"] {
            let file = format!("content/{name}.yaml");
            if !left_out.iter().any(|one| one == name) && !root.join(&file).exists() {
                put(&root.join(&file), &fs::read(repository().join(&file)).expect("reads"));
            }
        }
        let wanted = words("regulations").unwrap_or_else(|| match folder.join("regulations") {
            own if own.is_dir() => Vec::new(),
            _ => fs::read_dir(repository().join("regulations"))
                .expect("lists")
                .map(|entry| entry.expect("lists").file_name().into_string().expect("UTF-8"))
                .collect(),
        });
        for name in wanted {
            let to = root.join("regulations").join(&name);
            if !to.exists() {
                for (path, bytes) in files(&repository().join("regulations").join(name)) {
                    put(&to.join(path), &bytes);
                }
            }
        }
        let day = case["as_of"].as_str().unwrap_or(DAY).to_owned();
        Self { root, day, answers: HashMap::new(), _place: place }
    }

    /// The site's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The day of expectations that name none.
    pub fn day(&self) -> String {
        self.day.clone()
    }

    /// The rows of `status`.
    pub fn statuses(&mut self, day: &str) -> Result<Vec<Value>, String> {
        self.once("status", day, |site, day| {
            let (mut inputs, known, assessment) = site.assessed(day)?;
            let facts = inputs.conclude(&known, &assessment);
            let from = Conclusions {
                model: &known,
                words: &inputs.words,
                assessment: &assessment,
                facts: &facts,
            };
            Ok(values(&status::rows(from, &status::Filter::default())))
        })
    }

    /// The rows of `data/checks.json`.
    pub fn checks(&mut self, day: &str) -> Result<Vec<Value>, String> {
        self.once("checks", day, |site, day| {
            let (_, known, assessment) = site.assessed(day)?;
            Ok(values(&checks::rows(&known, &assessment)))
        })
    }

    /// What `check` reports.
    pub fn diagnostics(&mut self, day: &str) -> Result<Vec<Value>, String> {
        self.once("diagnostics", day, |site, day| {
            let mut inputs = site.inputs()?;
            if inputs.are_sound() {
                let (known, assessment) = inputs.assess(parse_day(day).expect("a day"));
                inputs.conclude(&known, &assessment);
            }
            let text = diagnostic::json::json(&inputs.tree, &inputs.diagnostics);
            Ok(serde_json::from_str(&text).expect("an array"))
        })
    }

    /// What is kept how long: `{duties, id, keep_until, state}`.
    pub fn retention(&mut self, day: &str) -> Result<Vec<Value>, String> {
        self.once("retention", day, |site, day| {
            let (_, known, assessment) = site.assessed(day)?;
            let model = &*known;
            let rows = assessment.retention.iter().map(|kept| {
                let id = match kept.record {
                    KeptRecord::Audit(id) => model.audits[id].slug(),
                    KeptRecord::Account(id) => model.accounts[id].slug(),
                    KeptRecord::Usage(id) => model.units[model.usage[id].unit].slug(),
                    KeptRecord::Entry(id) => model.entries[id].slug(),
                    KeptRecord::Evidence(id) => model.evidence[id].slug(),
                };
                let state = match kept.state {
                    KeptState::Keep => "keep",
                    KeptState::MayBeDestroyed => "may_be_destroyed",
                    KeptState::Destroyed => "destroyed",
                    KeptState::Unknown => "unknown",
                    KeptState::DestroyedTooEarly => "destroyed_too_early",
                    KeptState::DestroyedUnapproved => "destroyed_unapproved",
                };
                let duties = kept.rules.iter().map(|rule| model.obligation_path(rule.obligation));
                serde_json::json!({
                    "id": id,
                    "duties": duties.collect::<Vec<_>>(),
                    "keep_until": kept.governing().keep_until.map(|day| day.to_string()),
                    "state": state,
                })
            });
            Ok(rows.collect())
        })
    }

    /// Whom the permissions list: `{duty, id, fits}`.
    pub fn candidates(&mut self, day: &str) -> Result<Vec<Value>, String> {
        self.once("candidates", day, |site, day| {
            let (_, known, assessment) = site.assessed(day)?;
            let rows = assessment.candidates.iter().map(|one| {
                serde_json::json!({
                    "duty": known.obligation_path(one.obligation),
                    "id": known.scope_slug(one.scope),
                    "fits": matches!(one.fit, Fit::Fits),
                })
            });
            Ok(rows.collect())
        })
    }

    /// The main part of a page; `None` if there is no such page.
    pub fn page(&mut self, path: &str, day: &str) -> Result<Option<String>, String> {
        let (mut inputs, known, assessment) = self.assessed(day)?;
        let facts = inputs.conclude(&known, &assessment);
        let judged = (known, assessment, facts);
        let planned = prepare(inputs, judged, None).map_err(|error| format!("{error:?}"))?;
        let Some(route) =
            planned.site.pages.iter().copied().find(|route| planned.site.path(*route) == path)
        else {
            return Ok(None);
        };
        let html = planned.templates.page(&planned.site, route);
        let html = html.map_err(|error| format!("{error:?}"))?;
        let main = html.find("<main").zip(html.find("</main>"));
        Ok(Some(main.map_or(html.clone(), |(from, to)| html[from..to].to_owned())))
    }

    /// Runs a command line.
    pub fn run(&self, words: &[&str], day: &str) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausebook"));
        command.arg("-C").arg(&self.root).args(words).current_dir(&self.root);
        if !words.contains(&"--as-of") {
            command.args(["--as-of", day]);
        }
        let output = command.output().expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    fn once(
        &mut self,
        question: &'static str,
        day: &str,
        ask: impl FnOnce(&Self, &str) -> Result<Vec<Value>, String>,
    ) -> Result<Vec<Value>, String> {
        let key = (question, day.to_owned());
        if !self.answers.contains_key(&key) {
            let answer = ask(self, day);
            self.answers.insert(key.clone(), answer);
        }
        self.answers[&key].clone()
    }

    fn inputs(&self) -> Result<Inputs, String> {
        load(&self.root).map_err(|error| error.to_string())
    }

    fn assessed(&self, day: &str) -> Result<(Inputs, Known, Assessment), String> {
        let mut inputs = self.inputs()?;
        if !inputs.are_sound() {
            let mut errors = inputs.diagnostics.iter().filter(|one| one.is_error());
            let first = errors.next().map(|one| format!("{}: {}", one.code.slug(), one.message));
            return Err(format!("the site has errors: {}", first.unwrap_or_default()));
        }
        let day: Day = parse_day(day).expect("a day");
        let (known, assessment) = inputs.assess(day);
        // The steps that are shown for a due date end on the day that is judged by, in every case.
        for (_, row) in assessment.iter() {
            let steps = reckoning(&known, row);
            if steps.day() != row.due {
                return Err(format!("due {}, but its steps end on {}", row.due, steps.day()));
            }
        }
        Ok((inputs, known, assessment))
    }
}

fn values<T: serde::Serialize>(rows: &[T]) -> Vec<Value> {
    serde_json::from_str(&json(&rows)).expect("an array")
}

fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("is below the site's folder")).expect("creates");
    fs::write(path, bytes).expect("writes");
}

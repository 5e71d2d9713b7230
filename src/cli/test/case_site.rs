//! The site of a case, put together in a temporary folder, and what this program says of it. What the
//! case leaves out is that of the site it is run in: calendar, roles, topics, regulations, and the words
//! and registers of its own.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::assess::{Assessment, Fit, reckoning};
use crate::diagnostic;
use crate::export::{Conclusions, checks, retention, status};
use crate::model::Known;
use crate::output::{copy_files, list, read_page};
use crate::pipeline::{Inputs, load, prepare};
use crate::proof::kit::{Answers, Case, Ended, PageSaid, Question, Rows};
use crate::render;
use crate::source::read_bytes;
use crate::time::parse_day;

/// Runs a command line in a site's folder, as of a day.
pub type Runner = dyn Fn(&Path, &[&str], &str) -> Result<Ended, String> + Sync;

/// What a site has of its own for all its cases, by the file below `content/`.
const SHARED: [&str; 5] = ["calendar", "registers", "roles", "topics", "vocabulary"];

/// The largest file of a case that is read as text.
const LONGEST: u64 = 1 << 26;

/// A case's site, and what was asked of it before, by question and day.
pub struct CaseSite<'a> {
    root: PathBuf,
    runner: Option<&'a Runner>,
    answers: HashMap<(Question, String), Rows>,
    _place: TempDir,
}

impl<'a> CaseSite<'a> {
    /// Puts the site together: the files of the case's `folder`, and of the site `base` what it leaves
    /// out. `runner` is asked what comes of commands; the program itself starts no other.
    pub fn new(
        folder: &Path,
        case: &Case,
        base: &Path,
        runner: Option<&'a Runner>,
    ) -> io::Result<Self> {
        let place = tempfile::tempdir()?;
        let root = place.path().join("site");
        let own = files(folder)?;
        copy_files(
            own.iter().map(String::as_str).filter(|name| *name != "case.json"),
            folder,
            &root,
        )?;
        let has_regulations = own.iter().any(|name| name.starts_with("regulations/"));
        let is_taken = |name: &str| match name.split_once('/') {
            Some(("content", file)) => SHARED.into_iter().any(|shared| {
                file.strip_suffix(".yaml") == Some(shared)
                    && !case.omit.iter().any(|one| one == shared)
            }),
            Some(("regulations", file)) => {
                let id = file.split('/').next().unwrap_or_default();
                match &case.regulations {
                    Some(named) => named.iter().any(|one| one == id),
                    None => !has_regulations,
                }
            }
            _ => false,
        };
        for part in ["content", "regulations"] {
            let names = list(&base.join(part)).files;
            let names: Vec<String> = names.iter().map(|name| format!("{part}/{name}")).collect();
            let names = names.iter().map(String::as_str);
            copy_files(names.filter(|name| is_taken(name)), base, &root)?;
        }
        Ok(Self { root, runner, answers: HashMap::new(), _place: place })
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
        let (known, assessment) = inputs.assess(judged_on(day)?);
        // The steps that are shown for a due date end on the day that is judged by, in every case.
        for (_, row) in assessment.iter() {
            let steps = reckoning(&known, row);
            if steps.day() != row.due {
                return Err(format!("due {}, but its steps end on {}", row.due, steps.day()));
            }
        }
        Ok((inputs, known, assessment))
    }

    fn answer(&self, question: Question, day: &str) -> Result<Vec<Value>, String> {
        if question == Question::Diagnostics {
            let mut inputs = self.inputs()?;
            if inputs.are_sound() {
                let (known, assessment) = inputs.assess(judged_on(day)?);
                inputs.conclude(&known, &assessment);
            }
            let text = diagnostic::json::json(&inputs.tree, &inputs.diagnostics);
            return serde_json::from_str(&text).map_err(|error| error.to_string());
        }
        let (mut inputs, known, assessment) = self.assessed(day)?;
        match question {
            Question::Statuses => {
                let facts = inputs.conclude(&known, &assessment);
                let words = &inputs.words;
                let from =
                    Conclusions { model: &known, words, assessment: &assessment, facts: &facts };
                values(&status::rows(from, &status::Filter::default()))
            }
            Question::Checks => values(&checks::rows(&known, &assessment)),
            Question::Retention => values(&retention::rows(&known, &assessment)),
            Question::Candidates | Question::Diagnostics => {
                let row = |one: &crate::assess::Candidate| {
                    json!({
                        "duty": known.obligation_path(one.obligation),
                        "id": known.scope_slug(one.scope),
                        "fits": matches!(one.fit, Fit::Fits),
                    })
                };
                Ok(assessment.candidates.iter().map(row).collect())
            }
        }
    }
}

impl Answers for CaseSite<'_> {
    fn rows(&mut self, question: Question, day: &str) -> Rows {
        let key = (question, day.to_owned());
        if let Some(known) = self.answers.get(&key) {
            return known.clone();
        }
        let rows = self.answer(question, day).map(Rc::new);
        self.answers.insert(key, rows.clone());
        rows
    }

    fn page(&mut self, path: &str, day: &str) -> Result<Option<PageSaid>, String> {
        let (mut inputs, known, assessment) = self.assessed(day)?;
        let facts = inputs.conclude(&known, &assessment);
        let planned = prepare(inputs, (known, assessment, facts), None)
            .map_err(|error| format!("{error:?}"))?;
        let site = &planned.site;
        let Some(route) = site.pages.iter().copied().find(|route| site.path(*route) == path) else {
            return Ok(None);
        };
        let html = planned.templates.page(site, route).map_err(|error| format!("{error:?}"))?;
        let (_, said) = read_page(&html, false);
        let text: Vec<&str> =
            std::iter::once(said.title.as_str()).chain(said.fragments()).collect();
        let main = html.find("<main").zip(html.find("</main>"));
        let main = main.map_or(html.as_str(), |(from, to)| &html[from..to]);
        Ok(Some(PageSaid { text: text.join(" "), html: main.to_owned() }))
    }

    fn run(&mut self, words: &[&str], day: &str) -> Result<Ended, String> {
        let runner = self.runner.ok_or("commands are not asked here")?;
        runner(&self.root, words, day)
    }

    fn file(&self, path: &str) -> String {
        let bytes = read_bytes(&self.root.join(path), LONGEST).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

/// The files at any depth below a folder, all of which must be seen.
pub fn files(folder: &Path) -> io::Result<Vec<String>> {
    let listing = list(folder);
    match listing.unread.into_iter().next() {
        Some((path, why)) => Err(io::Error::other(format!("`{path}`: {why}"))),
        None => Ok(listing.files),
    }
}

fn judged_on(day: &str) -> Result<crate::time::Day, String> {
    parse_day(day).map_err(|_| format!("`{day}` is no day"))
}

fn values<T: serde::Serialize>(rows: &[T]) -> Result<Vec<Value>, String> {
    serde_json::from_str(&render::json(&rows)).map_err(|error| error.to_string())
}

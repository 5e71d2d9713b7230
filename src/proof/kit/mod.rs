//! The kit: questions with the right answers, for this program and any other. A case is a site in its
//! own files with `case.json`, which says what must come of it; a table is a CSV file of days. Whoever
//! is asked is behind [`Answers`]; nothing here reads a disk or starts a program.

mod expectation;
mod table;
mod written;

use std::rc::Rc;

use serde_json::Value;

pub use expectation::judge;
pub use table::wrong_days;
pub use written::{Sizes, WrittenCase, write_cases};

/// What a program can be asked of a case's site on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// Rows as in `data/status.json`.
    Statuses,
    /// Rows as in `data/checks.json`.
    Checks,
    /// Rows as in `data/retention.json`.
    Retention,
    /// Whom permissions list: `{duty, id, fits}`.
    Candidates,
    /// Rows as of `check --format json`.
    Diagnostics,
}

/// What a command gave.
#[derive(Clone, Debug)]
pub struct Ended {
    /// `None` where it was killed.
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// The main part of a page.
#[derive(Clone, Debug)]
pub struct PageSaid {
    /// Its words, white space as one space.
    pub text: String,
    pub html: String,
}

/// Rows, or why there are none.
pub type Rows = Result<Rc<Vec<Value>>, String>;

/// The program that is asked, with the site of one case. Days are written `YYYY-MM-DD`.
pub trait Answers {
    /// The rows a question is answered with.
    fn rows(&mut self, question: Question, day: &str) -> Rows;

    /// What a page says; `None` if there is no such page.
    fn page(&mut self, path: &str, day: &str) -> Result<Option<PageSaid>, String>;

    /// What a command line gives in the site's folder, its words without the program's name.
    fn run(&mut self, words: &[&str], day: &str) -> Result<Ended, String>;

    /// The text of a file of the site; empty where there is none.
    fn file(&self, path: &str) -> String;
}

/// The day of expectations that name none.
const DAY: &str = "2026-11-21";

/// A `case.json`.
#[derive(Clone, Debug)]
pub struct Case {
    /// What of the site it stands in is left out: `calendar`, `roles`, `topics`.
    pub omit: Vec<String>,
    /// Which regulations of that site it takes; `None`: all, unless it has its own.
    pub regulations: Option<Vec<String>>,
    day: String,
    expect: Vec<Value>,
}

impl Case {
    /// Reads the text of a `case.json`.
    ///
    /// # Errors
    /// In words, where it is no JSON or has no list `expect`.
    pub fn read(text: &str) -> Result<Self, String> {
        let case: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let words = |key: &str| -> Option<Vec<String>> {
            let list = case[key].as_array()?;
            Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        };
        let expect = case["expect"].as_array().filter(|list| !list.is_empty());
        Ok(Self {
            omit: words("omit").unwrap_or_default(),
            regulations: words("regulations"),
            day: case["as_of"].as_str().unwrap_or(DAY).to_owned(),
            expect: expect.cloned().ok_or("`expect` must be a list that is not empty")?,
        })
    }

    /// Whether it asks what comes of a command.
    pub fn runs_commands(&self) -> bool {
        fn runs(one: &Value) -> bool {
            let below = |key: &str| one[key].as_array().is_some_and(|list| list.iter().any(runs));
            one.get("exit").or(one.get("import")).is_some() || below("any_of") || below("all_of")
        }
        self.expect.iter().any(runs)
    }

    /// What does not hold of it, a sentence each.
    pub fn problems(&self, answers: &mut dyn Answers) -> Vec<String> {
        let expected = self.expect.iter();
        expected.filter_map(|one| judge(answers, one, &self.day).err()).collect()
    }
}

//! Entries of `tests.yaml` that a person fills in: what is expected is a `?`, and so is who wrote it.
//! The program never offers its own answer.

use super::flow::flow;
use crate::parse::write::scalar;
use crate::parse::yaml::Node;

/// An entry without its answers.
#[derive(Clone, Debug, Default)]
pub struct Entry<'a> {
    /// The duty, within its regulation.
    pub of: &'a str,
    /// Empty where the case needs none.
    pub title: &'a str,
    pub given: Option<&'a Node>,
}

/// What an entry asks.
#[derive(Clone, Copy, Debug)]
pub enum Blank<'a> {
    /// How many of a population; the measure where it has to be said.
    Size(Option<&'a str>, u64),
    /// The last day of the time that runs from each day.
    Days(&'a [String]),
    /// The due day of each period.
    Periods(&'a [String]),
    /// A key of what comes of the case on a day.
    Case { on: &'a str, key: &'a str },
}

impl Entry<'_> {
    /// In one line.
    pub fn in_line(&self, blank: Blank) -> String {
        let rows: Vec<String> =
            self.rows(blank).into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
        format!("- {{{}}}", rows.join(", "))
    }

    /// A key to a line.
    pub fn in_lines(&self, blank: Blank) -> String {
        let rows: Vec<String> =
            self.rows(blank).into_iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        format!("- {}", rows.join("  "))
    }

    fn rows(&self, blank: Blank) -> Vec<(&'static str, String)> {
        let mut rows = vec![("of", scalar(self.of))];
        if !self.title.is_empty() {
            rows.push(("title", scalar(self.title)));
        }
        rows.extend(self.given.map(|given| ("given", flow(given))));
        let open = |keys: &[String]| {
            let keys: Vec<String> = keys.iter().map(|key| format!("{key}: ?")).collect();
            format!("{{{}}}", keys.join(", "))
        };
        match blank {
            Blank::Size(measure, population) => {
                rows.extend(measure.map(|measure| ("measure", scalar(measure))));
                rows.push(("sizes", open(&[population.to_string()])));
            }
            Blank::Days(days) => rows.push(("days", open(days))),
            Blank::Periods(periods) => rows.push(("periods", open(periods))),
            Blank::Case { on, key } => {
                rows.extend([("on", on.to_owned()), ("expect", open(&[key.to_owned()]))]);
            }
        }
        rows.push(("by", "\"?\"".to_owned()));
        rows
    }
}

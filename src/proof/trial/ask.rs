//! Entries of `tests.yaml` become [`Trial`]s: what each asks, one question a pair of a short form, one
//! a case. What does not fit the kind of the duty is reported here.

use crate::assess::{Measure, Status};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Duty;
use crate::parse::trial::ParsedTrial;
use crate::parse::yaml::Node;
use crate::record::value::{Data, Group};
use crate::source::{Span, Spanned};
use crate::time::{Day, Instant, Period, parse_day};

/// One entry: the questions it asks of one duty.
#[derive(Clone, Debug)]
pub struct Trial {
    pub regulation: String,
    /// The duty, within the regulation.
    pub duty: String,
    pub title: Option<String>,
    pub because: Option<String>,
    /// The post that wrote it.
    pub by: String,
    pub source: Source,
    pub given: Option<Node>,
    pub asks: Vec<Ask>,
    /// Changes of the rule that somebody says change nothing.
    pub equivalent: Vec<Equivalent>,
    pub span: Span,
}

/// What an entry rests on; the first clause of the duty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub clause: Option<String>,
    pub letter: Option<String>,
    pub example: Option<String>,
}

/// A change of the rule that is said to change nothing.
#[derive(Clone, Debug)]
pub struct Equivalent {
    pub mutant: String,
    pub because: String,
    pub span: Span,
}

/// One question with the answer that a person gave.
#[derive(Clone, Debug)]
pub struct Ask {
    pub span: Span,
    pub what: Asked,
}

/// What is asked.
#[derive(Clone, Debug)]
pub enum Asked {
    /// How many of a population; `None` where the rule draws only one kind.
    Size { measure: Option<Measure>, population: u64, required: u64 },
    /// The last day of a time that runs from a day.
    Day { from: Day, last: Day },
    /// The last instant of hours that run from an instant.
    Hours { from: Instant, last: Instant },
    /// The due day of a period, and the time of it where the rule names one.
    Period { period: Period, due: Day, at: Option<Instant> },
    /// What comes of the world the case gives, judged on a day.
    Case { on: Day, expect: Box<Expect> },
}

/// What must come of a case; only what is written is asked.
#[derive(Clone, Debug, Default)]
pub struct Expect {
    pub status: Option<Expected>,
    pub due: Option<Day>,
    pub due_at: Option<Instant>,
    pub opens: Option<Day>,
    pub done_on: Option<Day>,
    pub done_at: Option<Instant>,
    pub required: Option<u64>,
    pub required_users: Option<u64>,
    pub reasons: Option<Vec<String>>,
    pub check: Option<String>,
    /// The inner `None`: there is no last day.
    pub keep_until: Option<Option<Day>>,
    pub candidate: Option<String>,
}

/// A status, or that nothing is asked at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Status(Status),
    Absent,
}

impl Expected {
    /// The word of `tests.yaml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Expected::Status(status) => status.code(),
            Expected::Absent => "absent",
        }
    }
}

impl Asked {
    /// The day that is judged and what must come of it, of short forms as of cases; `None` of sizes,
    /// which are asked of the rule alone.
    pub fn as_case(&self, duty: &Duty) -> Option<(Day, Expect)> {
        Some(match self {
            Asked::Size { .. } => return None,
            Asked::Case { on, expect } => (*on, (**expect).clone()),
            Asked::Period { period, due, at } => {
                let expect = Expect { due: Some(*due), due_at: *at, ..Expect::default() };
                (period.last_day(), expect)
            }
            Asked::Hours { from, last } => {
                (from.day(), Expect { due_at: Some(*last), ..Expect::default() })
            }
            Asked::Day { from, last } => match duty {
                Duty::Retention(_) => {
                    (*from, Expect { keep_until: Some(Some(*last)), ..Expect::default() })
                }
                _ => (*from, Expect { due: Some(*last), ..Expect::default() }),
            },
        })
    }
}

impl Trial {
    /// An entry of which nothing can be asked.
    pub(super) fn unreadable(regulation: &str, fields: &Group) -> Self {
        Self {
            regulation: regulation.to_owned(),
            duty: fields.string("of"),
            title: fields.maybe_string("title"),
            because: None,
            by: fields.string("by"),
            source: Source::default(),
            given: None,
            asks: Vec::new(),
            equivalent: Vec::new(),
            span: fields.span,
        }
    }
}

/// Reads one entry. `None` where nothing is left to ask.
pub(super) fn read(
    regulation: &str,
    parsed: &ParsedTrial,
    report: &mut Diagnostics,
) -> Option<Trial> {
    let fields = &parsed.fields;
    let before = report.len();
    let mut asks = Vec::new();
    sizes(fields, &mut asks, report);
    days(fields, &mut asks, report);
    periods(fields, &mut asks, report);
    case(fields, &mut asks, report);
    let equivalent: Vec<Equivalent> = fields
        .groups("equivalent")
        .map(|group| Equivalent {
            mutant: group.string("mutant"),
            because: group.string("because"),
            span: group.get("mutant").map_or(group.span, |value| value.span),
        })
        .collect();
    if asks.is_empty() && equivalent.is_empty() {
        if report.len() == before && fields.broken.is_empty() {
            let help =
                "write `sizes`, `days` or `periods`, or a case with `given`, `on` and `expect`";
            report.push(fault(fields.span, "the test asks nothing").help(help));
        }
        return None;
    }
    let source = fields.group("source");
    let said = |key: &str| source.and_then(|source| source.maybe_string(key));
    Some(Trial {
        regulation: regulation.to_owned(),
        duty: fields.string("of"),
        title: fields.maybe_string("title"),
        because: fields.maybe_string("because"),
        by: fields.string("by"),
        source: Source { clause: said("clause"), letter: said("letter"), example: said("example") },
        given: parsed.given.clone(),
        asks,
        equivalent,
        span: fields.get("of").map_or(fields.span, |value| value.span),
    })
}

pub(super) fn fault(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidTest, span, message)
}

/// The pairs of a short form: key, value, and the place of both.
fn pairs<'a>(
    fields: &'a Group,
    key: &str,
) -> impl Iterator<Item = (&'a str, &'a str, Span)> + use<'a> {
    let group = fields.group(key);
    group.into_iter().flat_map(|group| &group.entries).filter_map(|(key, value)| {
        let Data::Text(text) = &value.data else { return None };
        let end = value.span.end.max(key.span.end);
        Some((key.value.as_str(), text.as_str(), Span { end, ..key.span }))
    })
}

fn sizes(fields: &Group, asks: &mut Vec<Ask>, report: &mut Diagnostics) {
    let measure = fields.text("measure").map(|word| match word.value {
        "users" => Measure::Users,
        _ => Measure::Records,
    });
    for (population, required, span) in pairs(fields, "sizes") {
        match (population.parse(), required.parse()) {
            (Ok(population), Ok(required)) => {
                asks.push(Ask { span, what: Asked::Size { measure, population, required } });
            }
            _ => report.push(
                fault(span, format!("`{population}: {required}` is no pair of whole numbers"))
                    .help("write `POPULATION: SIZE`, such as `101: 7`"),
            ),
        }
    }
}

fn days(fields: &Group, asks: &mut Vec<Ask>, report: &mut Diagnostics) {
    for (from, last, span) in pairs(fields, "days") {
        let what = match (parse_day(from), parse_day(last)) {
            (Ok(from), Ok(last)) => Some(Asked::Day { from, last }),
            _ => match (Instant::parse(from), Instant::parse(last)) {
                (Ok(from), Ok(last)) => Some(Asked::Hours { from, last }),
                _ => None,
            },
        };
        match what {
            Some(what) => asks.push(Ask { span, what }),
            None => report.push(
                fault(span, format!("`{from}: {last}` is no pair of days, nor of times")).help(
                    "write `DAY: LAST-DAY`, such as `2026-04-30: 2026-07-31`, or of hours \
                     `2026-11-20T16:40: 2026-11-21T16:40`",
                ),
            ),
        }
    }
}

fn periods(fields: &Group, asks: &mut Vec<Ask>, report: &mut Diagnostics) {
    for (period, due, span) in pairs(fields, "periods") {
        let at = Instant::parse(due).ok();
        match (Period::parse(period), at.map_or_else(|| parse_day(due), |at| Ok(at.day()))) {
            (Ok(period), Ok(due)) => {
                asks.push(Ask { span, what: Asked::Period { period, due, at } });
            }
            _ => report.push(
                fault(span, format!("`{period}: {due}` is no period with its due day"))
                    .help("write `PERIOD: DAY`, such as `2026-09: 2026-10-31`, or with a time `2026-11-20: 2026-11-20T09:00`"),
            ),
        }
    }
}

fn case(fields: &Group, asks: &mut Vec<Ask>, report: &mut Diagnostics) {
    let Some(group) = fields.group("expect") else {
        if fields.is_written("on") && !fields.is_broken("expect") {
            let message = "the case expects nothing";
            report.push(fault(fields.key_span("on"), message).help("add `expect: {status: …}`"));
        }
        return;
    };
    let span = fields.key_span("expect");
    if group.entries.is_empty() && group.broken.is_empty() {
        report.push(fault(span, "the case expects nothing").help("add `status`, `due`, `check` …"));
        return;
    }
    let Some(on) = fields.date("on") else {
        if !fields.is_broken("on") {
            let help = "add `on:` with the day that is judged";
            report.push(fault(span, "the case does not say on which day it is judged").help(help));
        }
        return;
    };
    let keep_until = match group.text("keep_until") {
        None => None,
        Some(word) if word.value == "none" => Some(None),
        Some(word) => match parse_day(word.value) {
            Ok(day) => Some(Some(day)),
            Err(_) => {
                let message = format!("`{}` is no day", word.value);
                report.push(fault(word.span, message).help("write a day, or `none`"));
                return;
            }
        },
    };
    let reasons = group.is_written("reasons").then(|| {
        let texts = group.texts("reasons");
        texts.map(|code: Spanned<&str>| code.value.to_owned()).collect()
    });
    let expect = Expect {
        status: group
            .text("status")
            .map(|word| Status::from_code(word.value).map_or(Expected::Absent, Expected::Status)),
        due: group.date("due"),
        due_at: group.instant("due_at"),
        opens: group.date("opens"),
        done_on: group.date("done_on"),
        done_at: group.instant("done_at"),
        required: group.count("required"),
        required_users: group.count("required_users"),
        reasons,
        check: group.maybe_string("check"),
        keep_until,
        candidate: group.maybe_string("candidate"),
    };
    asks.push(Ask { span, what: Asked::Case { on, expect: Box::new(expect) } });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::trial::STATUSES;

    #[test]
    fn a_test_may_expect_every_status_there_is() {
        let mut all: Vec<&str> = Status::ALL.map(|status| status.code()).to_vec();
        all.push("absent");
        all.sort_unstable();
        let mut words = STATUSES.to_vec();
        words.sort_unstable();
        assert_eq!(words, all);
    }
}

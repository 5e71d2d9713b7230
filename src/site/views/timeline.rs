//! The life line of a record: what happened on which day, how long one waited in between, and what
//! is still ahead; as a list, and drawn to scale above it.

use serde::Serialize;

use super::parts::{DateView, Link, PageCtx};
use crate::time::Day;

/// A life line.
#[derive(Debug, Serialize)]
pub struct TimelineView {
    /// In the order of days.
    steps: Vec<Step>,
    /// `None` if all lies on one day.
    drawing: Option<Drawing>,
}

/// Something on a day.
#[derive(Debug, Serialize)]
pub struct Step {
    on: DateView,
    what: String,
    pub by: Option<Link>,
    pub document: Option<String>,
    pub link: Option<Link>,
    /// 「等待 12 日」: the time since the step before.
    gap: Option<String>,
    kind: Kind,
    /// Something one waited for, rather than something that came.
    #[serde(skip)]
    awaited: bool,
    /// A bound of time rather than something that happened.
    #[serde(skip)]
    is_bound: bool,
}

/// What sort of step it is: a mark of its own, and for some a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Past,
    /// Something amiss.
    Bad,
    /// The as-of date.
    Now,
    /// A deadline that has passed and was met, or does not matter any more.
    Deadline,
    /// A day ahead.
    Ahead,
}

/// Marks on a line a thousand wide.
#[derive(Debug, Serialize)]
struct Drawing {
    marks: Vec<Mark>,
    /// Where the as-of date lies.
    now: usize,
    first: DateView,
    last: DateView,
    label: String,
}

#[derive(Debug, Serialize)]
struct Mark {
    x: usize,
    kind: Kind,
}

/// Places on the line; a mark is three wide, so that the last one stands on it too.
const WIDTH: i64 = 997;

/// Gathers the steps of a life.
pub struct Timeline<'h> {
    here: &'h PageCtx<'h>,
    steps: Vec<(Day, Step)>,
}

impl<'h> Timeline<'h> {
    /// A life without steps.
    pub fn new(here: &'h PageCtx<'h>) -> Self {
        Self { here, steps: Vec::new() }
    }

    /// Something that happened; nothing if it lies after the as-of date. `word` names its text.
    pub fn came(&mut self, day: Option<Day>, word: &str) -> Option<&mut Step> {
        self.told(day, self.here.word("life", word), Kind::Past)
    }

    /// Something that happened and had been waited for.
    pub fn answered(&mut self, day: Option<Day>, word: &str) -> Option<&mut Step> {
        let step = self.came(day, word)?;
        step.awaited = true;
        Some(step)
    }

    /// Something that happened, in a text of its own.
    pub fn told(&mut self, day: Option<Day>, what: String, kind: Kind) -> Option<&mut Step> {
        let day = day.filter(|day| self.here.has_come(*day))?;
        Some(self.add(day, what, kind))
    }

    /// A deadline: still ahead, passed and `missed`, or passed and of no more weight.
    pub fn deadline(&mut self, day: Day, what: String, missed: bool) -> &mut Step {
        let as_of = self.here.site.assessment.as_of;
        let (what, kind) = match (as_of - day).num_days() {
            late if late > 0 && missed => {
                let values: &[(&str, &dyn std::fmt::Display)] = &[("what", &what), ("days", &late)];
                (self.here.site.words.say("life.missed", values), Kind::Bad)
            }
            late if late > 0 => (what, Kind::Deadline),
            _ => (what, Kind::Ahead),
        };
        let step = self.add(day, what, kind);
        step.is_bound = true;
        step
    }

    fn add(&mut self, day: Day, what: String, kind: Kind) -> &mut Step {
        let step = Step {
            on: DateView::new(day),
            what,
            by: None,
            document: None,
            link: None,
            gap: None,
            kind,
            awaited: false,
            is_bound: false,
        };
        self.steps.push((day, step));
        &mut self.steps.last_mut().expect("a step was added").1
    }

    /// The line; `None` if there is no step. The as-of date stands in it while something is ahead,
    /// or the life `goes_on`.
    pub fn line(mut self, goes_on: bool) -> Option<TimelineView> {
        let as_of = self.here.site.assessment.as_of;
        let last = self.steps.iter().map(|(day, _)| *day).max()?;
        if goes_on || last > as_of {
            self.add(as_of, self.here.word("site", "as_of"), Kind::Now).is_bound = true;
        }
        // Deadlines and days ahead stand behind what happened on the same day, the as-of date last.
        self.steps.sort_by_key(|(day, step)| (*day, step.is_bound, step.kind == Kind::Now));
        let words = &self.here.site.words;
        let mut before: Option<Day> = None;
        for (day, step) in &mut self.steps {
            let days = before.map_or(0, |before| (*day - before).num_days());
            before = Some(*day);
            if days > 0 {
                let word = match step.kind {
                    Kind::Ahead => "life.ahead",
                    _ if step.awaited => "life.waited",
                    _ => "life.gap",
                };
                step.gap = Some(words.say(word, &[("days", &days)]));
            }
        }
        let drawing = drawing(self.here, &self.steps, as_of);
        Some(TimelineView {
            steps: self.steps.into_iter().map(|(_, step)| step).collect(),
            drawing,
        })
    }
}

fn drawing(here: &PageCtx, steps: &[(Day, Step)], as_of: Day) -> Option<Drawing> {
    let (first, last) = (steps.first()?.0, steps.last()?.0);
    let whole = (last - first).num_days();
    let place = |day: Day| {
        let part = (day - first).num_days().clamp(0, whole) * WIDTH / whole.max(1);
        usize::try_from(part).unwrap_or_default()
    };
    let ends = [first, last].map(DateView::new);
    let values: &[(&str, &dyn std::fmt::Display)] =
        &[("first", &ends[0].long), ("last", &ends[1].long), ("count", &steps.len())];
    let label = here.site.words.say("life.drawing", values);
    let [first_view, last_view] = ends;
    (whole > 0).then(|| Drawing {
        marks: steps.iter().map(|(day, step)| Mark { x: place(*day), kind: step.kind }).collect(),
        now: place(as_of),
        first: first_view,
        last: last_view,
        label,
    })
}

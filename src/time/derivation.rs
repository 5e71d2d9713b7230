//! How a day was reckoned: the steps from a day to the end of a period, each with what it rests on.
//! Takes the same arguments as the reckoning itself and ends on the same day; a test holds it to that.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Backward, Clock, Counted, Hours, Instant, Length, Moment, OfficeCalendar};

/// Which law says how time is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeLaw {
    /// 行政程序法第48條: towards citizens.
    #[default]
    Apa48,
    /// 民法第119條至第123條: between offices, where no act towards citizens is at stake. Its periods
    /// end on the same days; 第122條 moves a day that is set (期日) as well, and has no Saturday rule.
    Civil119,
}

impl TimeLaw {
    /// The words of rule files.
    pub const WORDS: &[&str] = &["apa-48", "civil-119"];

    /// The ground a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "apa-48" => Some(TimeLaw::Apa48),
            "civil-119" => Some(TimeLaw::Civil119),
            _ => None,
        }
    }

    /// The word of rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            TimeLaw::Apa48 => "apa-48",
            TimeLaw::Civil119 => "civil-119",
        }
    }
}

/// Which day a period is counted from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirstDay {
    /// The day after the event: its own does not count (第48條第2項本文).
    #[default]
    NextDay,
    /// The day of the event (同項但書: 法律規定即日起算).
    EventDay,
}

impl FirstDay {
    /// The words of rule files.
    pub const WORDS: &[&str] = &["next-day", "event-day"];

    /// The choice a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "next-day" => Some(FirstDay::NextDay),
            "event-day" => Some(FirstDay::EventDay),
            _ => None,
        }
    }

    /// The word of rule files.
    pub fn as_str(self) -> &'static str {
        match self {
            FirstDay::NextDay => "next-day",
            FirstDay::EventDay => "event-day",
        }
    }

    /// The day a period is reckoned from as if that day did not count.
    pub fn reckoned_from(self, event: NaiveDate) -> NaiveDate {
        match self {
            FirstDay::NextDay => event,
            FirstDay::EventDay => event.pred_opt().unwrap_or(event),
        }
    }
}

/// One step of a reckoning: what was done, the day that came of it, and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub what: StepKind,
    pub day: NaiveDate,
    /// The time of that day, of steps in hours and of a time that the rule names.
    pub at: Option<Instant>,
    /// `None`: the rule's own words, or plain counting.
    pub norm: Option<Norm>,
}

/// What a step does. Numbers are those of the rule; weeks are seven days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// The day it all starts from.
    Start,
    /// The instant it all starts from.
    StartAt,
    /// So many hours on, at once.
    Hours(u32),
    /// So many hours on from a time of the start that is not recorded: that day at the latest.
    HoursOfDay(u32),
    /// The first day that counts.
    FirstDay(FirstDay),
    /// The last of so many days.
    Days(u32),
    /// The last of so many working days.
    WorkingDays(u32),
    /// The day before the counterpart of the first day, so many months on.
    BeforeCounterpart(u32),
    /// The end of the last month, which has no counterpart.
    MonthLacksDay(u32),
    /// The end of the last of so many whole months: the first day begins a month.
    WholeMonths(u32),
    /// So many days before the start.
    DaysBefore(u32, Counted),
    /// So many working days before the start.
    WorkingDaysBefore(u32, Counted),
    /// A day of the month so many months after the start; `None`: its last.
    DayOfMonth(u32, Option<u32>),
    /// The start itself.
    SameDay,
    /// The day before the start.
    DayBefore,
    /// A day that a letter set.
    Letter,
    /// A day that the rule names; the start, if that is later.
    NamedDay,
    /// Offices work that day, so it stays.
    IsWorked,
    /// A day off, which the rule keeps: the safe side.
    StaysOnDayOff,
    /// A day off; the next working day in its place.
    MovedToWorkingDay,
    /// A Saturday: the morning of the Monday after it.
    MovedToMonday,
    /// A time of that day, which the rule names.
    Clock,
    /// The office calendar does not know that year: what depends on days off is not told.
    CalendarEnds,
}

/// What a step rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Norm {
    /// 行政程序法第48條第1項.
    Apa48p1,
    Apa48p2,
    Apa48p2Proviso,
    Apa48p3,
    Apa48p3Proviso,
    Apa48p4,
    /// 同條第4項後段.
    Apa48p4Saturday,
    /// 民法第120條第1項.
    Civil120p1,
    Civil120p2,
    Civil121p1,
    Civil121p2,
    Civil121p2Proviso,
    Civil122,
}

impl Norm {
    /// The name in data, and the end of the key of its words.
    pub fn as_str(self) -> &'static str {
        match self {
            Norm::Apa48p1 => "apa-48-1",
            Norm::Apa48p2 => "apa-48-2",
            Norm::Apa48p2Proviso => "apa-48-2-proviso",
            Norm::Apa48p3 => "apa-48-3",
            Norm::Apa48p3Proviso => "apa-48-3-proviso",
            Norm::Apa48p4 => "apa-48-4",
            Norm::Apa48p4Saturday => "apa-48-4-saturday",
            Norm::Civil120p1 => "civil-120-1",
            Norm::Civil120p2 => "civil-120-2",
            Norm::Civil121p1 => "civil-121-1",
            Norm::Civil121p2 => "civil-121-2",
            Norm::Civil121p2Proviso => "civil-121-2-proviso",
            Norm::Civil122 => "civil-122",
        }
    }
}

impl StepKind {
    /// The name in data, and the end of the key of its words.
    pub fn as_str(self) -> &'static str {
        match self {
            StepKind::Start => "start",
            StepKind::StartAt => "start-at",
            StepKind::Hours(_) => "hours",
            StepKind::HoursOfDay(_) => "hours-of-day",
            StepKind::FirstDay(FirstDay::NextDay) => "first-day",
            StepKind::FirstDay(FirstDay::EventDay) => "event-day",
            StepKind::Days(_) => "days",
            StepKind::WorkingDays(_) => "working-days",
            StepKind::BeforeCounterpart(_) => "before-counterpart",
            StepKind::MonthLacksDay(_) => "month-lacks-day",
            StepKind::WholeMonths(_) => "whole-months",
            StepKind::DaysBefore(_, Counted::NthDay) => "days-before",
            StepKind::DaysBefore(_, Counted::ClearDays) => "clear-days-before",
            StepKind::WorkingDaysBefore(_, Counted::NthDay) => "working-days-before",
            StepKind::WorkingDaysBefore(_, Counted::ClearDays) => "clear-working-days-before",
            StepKind::DayOfMonth(_, Some(_)) => "day-of-month",
            StepKind::DayOfMonth(_, None) => "end-of-month",
            StepKind::SameDay => "same-day",
            StepKind::DayBefore => "day-before",
            StepKind::Letter => "letter",
            StepKind::NamedDay => "named-day",
            StepKind::IsWorked => "is-worked",
            StepKind::StaysOnDayOff => "stays-on-day-off",
            StepKind::MovedToWorkingDay => "moved-to-working-day",
            StepKind::MovedToMonday => "moved-to-monday",
            StepKind::Clock => "clock",
            StepKind::CalendarEnds => "calendar-ends",
        }
    }

    /// The number of the rule, where the step has one.
    pub fn number(self) -> Option<u32> {
        match self {
            StepKind::Hours(n)
            | StepKind::HoursOfDay(n)
            | StepKind::Days(n)
            | StepKind::WorkingDays(n)
            | StepKind::BeforeCounterpart(n)
            | StepKind::MonthLacksDay(n)
            | StepKind::WholeMonths(n)
            | StepKind::DaysBefore(n, _)
            | StepKind::WorkingDaysBefore(n, _)
            | StepKind::DayOfMonth(n, _) => Some(n),
            _ => None,
        }
    }
}

/// A reckoning in its steps. Invariant: the first is the start; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    pub steps: Vec<Step>,
    ground: TimeLaw,
    /// The last step set a day and no period (期日): 第48條第4項 says nothing of it.
    is_set_day: bool,
}

impl Derivation {
    /// A reckoning that has only its start.
    pub fn from(start: NaiveDate, ground: TimeLaw) -> Self {
        let steps = vec![Step { what: StepKind::Start, day: start, at: None, norm: None }];
        Self { steps, ground, is_set_day: false }
    }

    /// So many hours from when it starts: at once, and through days off (第48條第1項; 民法第120條第1項),
    /// so that there is no last day to move.
    pub fn of_hours(start: Moment, hours: Hours, ground: TimeLaw) -> Self {
        let Hours(n) = hours;
        let end = start.after(hours);
        let (first, then) = match start.at() {
            Some(_) => (StepKind::StartAt, StepKind::Hours(n)),
            None => (StepKind::Start, StepKind::HoursOfDay(n)),
        };
        let norm = match ground {
            TimeLaw::Apa48 => Norm::Apa48p1,
            TimeLaw::Civil119 => Norm::Civil120p1,
        };
        let steps = vec![
            Step { what: first, day: start.day(), at: start.at(), norm: None },
            Step { what: then, day: end.day(), at: end.at(), norm: Some(norm) },
        ];
        Self { steps, ground, is_set_day: false }
    }

    /// The instant it has come to, if it is one.
    pub fn at(&self) -> Option<Instant> {
        self.steps.last().and_then(|step| step.at)
    }

    /// The day it has come to.
    pub fn day(&self) -> NaiveDate {
        self.steps.last().map_or(NaiveDate::MIN, |step| step.day)
    }

    /// A day that the rule, or a letter, sets.
    pub fn set(mut self, what: StepKind, day: NaiveDate) -> Self {
        self.is_set_day = true;
        self.push(what, day, None);
        self
    }

    /// A period that runs forward: 第48條第2、3項 (民法第120、121條).
    pub fn forward(mut self, length: Length, from: FirstDay, calendar: &OfficeCalendar) -> Self {
        let start = from.reckoned_from(self.day());
        let (end, missing) = length.near(start, calendar);
        let first = start.succ_opt().unwrap_or(start);
        if length.number() > 0 {
            let norm = match (self.ground, from) {
                (TimeLaw::Apa48, FirstDay::NextDay) => Some(Norm::Apa48p2),
                (TimeLaw::Apa48, FirstDay::EventDay) => Some(Norm::Apa48p2Proviso),
                (TimeLaw::Civil119, FirstDay::NextDay) => Some(Norm::Civil120p2),
                (TimeLaw::Civil119, FirstDay::EventDay) => None,
            };
            self.push(StepKind::FirstDay(from), first, norm);
        }
        let (what, norm) = match length {
            Length::Days(n) => (StepKind::Days(n), None),
            Length::WorkingDays(n) => (StepKind::WorkingDays(n), None),
            Length::Months(n) => self.months(n, first, end),
        };
        self.push(what, end, norm);
        if missing.is_some() {
            self.push(StepKind::CalendarEnds, end, None);
        }
        self
    }

    fn months(&self, n: u32, first: NaiveDate, end: NaiveDate) -> (StepKind, Option<Norm>) {
        let civil = self.ground == TimeLaw::Civil119;
        if first.day() == 1 {
            let norm = if civil { Norm::Civil121p1 } else { Norm::Apa48p3 };
            return (StepKind::WholeMonths(n), Some(norm));
        }
        let has_counterpart = end.succ_opt().is_some_and(|next| next.day() == first.day());
        match (has_counterpart, civil) {
            (true, false) => (StepKind::BeforeCounterpart(n), Some(Norm::Apa48p3)),
            (true, true) => (StepKind::BeforeCounterpart(n), Some(Norm::Civil121p2)),
            (false, false) => (StepKind::MonthLacksDay(n), Some(Norm::Apa48p3Proviso)),
            (false, true) => (StepKind::MonthLacksDay(n), Some(Norm::Civil121p2Proviso)),
        }
    }

    /// A time before the start. No article counts backward.
    pub fn backward(mut self, before: Backward, calendar: &OfficeCalendar) -> Self {
        let start = self.day();
        self.is_set_day = true;
        let what = match before.length() {
            Length::WorkingDays(n) => StepKind::WorkingDaysBefore(n, before.counted),
            Length::Days(n) | Length::Months(n) => StepKind::DaysBefore(n, before.counted),
        };
        match before.day_before(start, calendar) {
            Ok(day) => self.push(what, day, None),
            Err(_) => self.push(StepKind::CalendarEnds, start, None),
        }
        self
    }

    /// The last day, if it is a day off: moved to the next working day, or kept. 第48條第4項; 民法第122條
    /// says it of a day that is set as well.
    pub fn close(mut self, moves: bool, calendar: &OfficeCalendar) -> Self {
        let day = self.day();
        let Ok(is_worked) = calendar.is_working_day(day) else {
            self.push(StepKind::CalendarEnds, day, None);
            return self;
        };
        if is_worked {
            self.push(StepKind::IsWorked, day, None);
            return self;
        }
        if !moves {
            self.push(StepKind::StaysOnDayOff, day, None);
            return self;
        }
        let Ok(next) = calendar.on_or_after(day) else {
            self.push(StepKind::CalendarEnds, day, None);
            return self;
        };
        let norm = match (self.ground, self.is_set_day) {
            (TimeLaw::Civil119, _) => Some(Norm::Civil122),
            (TimeLaw::Apa48, false) => Some(Norm::Apa48p4),
            // 第48條 says nothing of a day that is set: it moves because the rule says so.
            (TimeLaw::Apa48, true) => None,
        };
        let monday =
            day.weekday() == Weekday::Sat && Some(next) == day.checked_add_days(Days::new(2));
        if norm == Some(Norm::Apa48p4) && monday {
            self.push(StepKind::MovedToMonday, next, Some(Norm::Apa48p4Saturday));
        } else {
            self.push(StepKind::MovedToWorkingDay, next, norm);
        }
        self
    }

    /// To a time of the day it has come to, which the rule names.
    pub fn until(mut self, clock: Clock) -> Self {
        let day = self.day();
        self.steps.push(Step { what: StepKind::Clock, day, at: Some(clock.on(day)), norm: None });
        self
    }

    fn push(&mut self, what: StepKind, day: NaiveDate, norm: Option<Norm>) {
        self.steps.push(Step { what, day, at: None, norm });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn codes(derivation: &Derivation) -> Vec<(&'static str, String, Option<&'static str>)> {
        let code =
            |step: &Step| (step.what.as_str(), step.day.to_string(), step.norm.map(Norm::as_str));
        derivation.steps.iter().map(code).collect()
    }

    #[test]
    fn whole_months_from_a_first_to_a_last_each_step_with_its_paragraph() {
        let calendar = OfficeCalendar { years: [2026].into(), ..OfficeCalendar::default() };
        let start = Derivation::from(day("2026-04-30"), TimeLaw::Apa48);
        let ended = start.forward(Length::Months(3), FirstDay::NextDay, &calendar);
        assert_eq!(
            codes(&ended.close(true, &calendar)),
            [
                ("start", "2026-04-30".to_owned(), None),
                ("first-day", "2026-05-01".to_owned(), Some("apa-48-2")),
                ("whole-months", "2026-07-31".to_owned(), Some("apa-48-3")),
                ("is-worked", "2026-07-31".to_owned(), None),
            ]
        );
    }

    #[test]
    fn a_saturday_ends_on_monday_morning_under_one_law_and_moves_under_the_other() {
        let calendar = OfficeCalendar { years: [2026].into(), ..OfficeCalendar::default() };
        let last = |ground, length| {
            let start = Derivation::from(day("2026-05-15"), ground);
            let ended = start.forward(length, FirstDay::NextDay, &calendar).close(true, &calendar);
            *ended.steps.last().expect("a step")
        };
        let saturday = last(TimeLaw::Apa48, Length::Days(1));
        assert_eq!((saturday.what, saturday.day), (StepKind::MovedToMonday, day("2026-05-18")));
        let civil = last(TimeLaw::Civil119, Length::Days(1));
        assert_eq!((civil.what, civil.norm), (StepKind::MovedToWorkingDay, Some(Norm::Civil122)));
        let sunday = last(TimeLaw::Apa48, Length::Days(2));
        assert_eq!((sunday.what, sunday.norm), (StepKind::MovedToWorkingDay, Some(Norm::Apa48p4)));
    }

    #[test]
    fn from_the_event_day_a_period_ends_a_day_earlier() {
        let calendar = OfficeCalendar::default();
        let end = |length, from| {
            Derivation::from(day("2026-05-01"), TimeLaw::Apa48)
                .forward(length, from, &calendar)
                .day()
        };
        assert_eq!(end(Length::Days(5), FirstDay::EventDay), day("2026-05-05"));
        assert_eq!(end(Length::Days(5), FirstDay::NextDay), day("2026-05-06"));
        assert_eq!(end(Length::Months(1), FirstDay::EventDay), day("2026-05-31"));
        assert_eq!(end(Length::Months(1), FirstDay::NextDay), day("2026-06-01"));
    }

    #[test]
    fn hours_run_at_once_each_law_with_its_paragraph() {
        let at = Instant::parse("2026-11-20T23:30").expect("an instant");
        let end = |start: Moment, ground| {
            let derived = Derivation::of_hours(start, Hours(1), ground);
            (codes(&derived).remove(1), derived.at().map(|at| at.to_string()))
        };
        let (step, ends) = end(at.into(), TimeLaw::Apa48);
        assert_eq!(step, ("hours", "2026-11-21".to_owned(), Some("apa-48-1")));
        assert_eq!(ends.as_deref(), Some("2026-11-21T00:30+08:00"));
        let (step, ends) = end(at.day().into(), TimeLaw::Civil119);
        assert_eq!(step, ("hours-of-day", "2026-11-21".to_owned(), Some("civil-120-1")));
        assert_eq!(ends, None);
    }

    #[test]
    fn every_reckoning_ends_where_the_length_does() {
        let calendar =
            OfficeCalendar { years: (2023..2030).collect(), ..OfficeCalendar::default() };
        let mut at = day("2023-01-01");
        while at < day("2028-03-02") {
            for n in 0..26 {
                for length in [Length::Days(n), Length::Months(n), Length::WorkingDays(n)] {
                    let derived = Derivation::from(at, TimeLaw::Apa48);
                    let derived = derived.forward(length, FirstDay::NextDay, &calendar);
                    assert_eq!(Ok(derived.day()), length.after(at, &calendar), "{at} + {length}");
                }
            }
            at = at.succ_opt().expect("a next day");
        }
    }
}

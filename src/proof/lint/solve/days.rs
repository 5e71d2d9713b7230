//! Days that must follow each other with distances: difference bounds, decided by the shortest ways
//! between them. Months are a matter of cases: the day they count from is tried on every day of four
//! years, because the calendar repeats after those (but for the years that end in 00).

use std::collections::BTreeMap;

use chrono::{Datelike, Days};

use crate::model::condition::Name;
use crate::time::{Day, Length, OfficeCalendar};

/// A day whose place in time is asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// The beginning of the count of days, from which days that a condition writes out are told.
    Origin,
    /// The day that is judged.
    AsOf,
    /// A day of the record, by its dotted name.
    Name(Name),
    /// The last day of so many months counted from the day so many days after the point.
    Months(Box<Point>, i64, u32),
}

/// `left - right <= most`, in days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    pub left: Point,
    pub right: Point,
    pub most: i64,
}

/// What became of the search for days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Days(BTreeMap<Point, Day>),
    /// There are none.
    None,
    /// There may be some; they were not found.
    Open,
}

/// The number of a day, as [`Point::Origin`] counts.
pub fn number(day: Day) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// The day of a number, within the years that records can have.
fn day_of(number: i64) -> Option<Day> {
    let day = Day::from_num_days_from_ce_opt(i32::try_from(number).ok()?)?;
    (1900..=9999).contains(&day.year()).then_some(day)
}

/// The last day of `months` months counted from the day of a number.
fn months_after(from: i64, months: u32) -> Option<i64> {
    let end = Length::Months(months).after(day_of(from)?, &OfficeCalendar::default()).ok()?;
    Some(number(end))
}

/// Days of four years, from the first of 2024: every place a day can have in a calendar.
const FOUR_YEARS: u64 = 1_461;

/// The first of [`FOUR_YEARS`].
fn base() -> Day {
    Day::from_ymd_opt(2024, 1, 1).unwrap_or(Day::MIN)
}

/// The fewest and the most days that a number of months can have.
fn span_of(months: u32) -> (i64, i64) {
    // With the end of a century, where February has one day less.
    let century = Day::from_ymd_opt(2096, 1, 1).unwrap_or(Day::MIN);
    let starts = [base(), century];
    let lengths = starts.into_iter().flat_map(|start| {
        (0..FOUR_YEARS).filter_map(move |at| {
            let from = number(start + Days::new(at));
            Some(months_after(from, months)? - from)
        })
    });
    lengths.fold((i64::MAX, i64::MIN), |(least, most), days| (least.min(days), most.max(days)))
}

/// The bounds as a graph: for each point what it is at most above another.
struct Graph {
    points: Vec<Point>,
    /// `to <= from + most`.
    edges: Vec<(usize, usize, i64)>,
}

impl Graph {
    fn new(bounds: &[Bound]) -> Self {
        let mut graph = Self { points: vec![Point::Origin, Point::AsOf], edges: Vec::new() };
        for bound in bounds {
            let (to, from) = (graph.place(&bound.left), graph.place(&bound.right));
            graph.edges.push((from, to, bound.most));
        }
        graph
    }

    fn place(&mut self, point: &Point) -> usize {
        if let Some(at) = self.points.iter().position(|known| known == point) {
            return at;
        }
        if let Point::Months(base, ..) = point {
            self.place(base);
        }
        self.points.push(point.clone());
        self.points.len() - 1
    }

    fn fix(&mut self, at: usize, number: i64) {
        self.edges.extend([(0, at, number), (at, 0, -number)]);
    }

    /// The latest place of each point above `from`; `None` if the bounds contradict each other.
    /// What nothing bounds is `i64::MAX`.
    fn latest(&self, from: Option<usize>) -> Option<Vec<i64>> {
        let start = if from.is_some() { i64::MAX } else { 0 };
        let mut far = vec![start; self.points.len()];
        if let Some(from) = from {
            far[from] = 0;
        }
        for round in 0..=self.points.len() {
            let mut changed = false;
            for (from, to, most) in &self.edges {
                let way = far[*from].saturating_add(*most);
                if far[*from] != i64::MAX && way < far[*to] {
                    far[*to] = way;
                    changed = true;
                }
            }
            if !changed {
                return Some(far);
            }
            if round == self.points.len() {
                return None;
            }
        }
        None
    }

    /// The earliest and the latest number a point can have; without ends where nothing bounds it.
    fn range(&self, at: usize) -> Option<(Option<i64>, Option<i64>)> {
        let (above, below) = (self.latest(Some(0))?[at], self.latest(Some(at))?[0]);
        let end = |far: i64| (far != i64::MAX).then_some(far);
        Some((end(below).map(|far| -far), end(above)))
    }
}

/// Most days tried for one point.
const MOST_TRIED: i64 = 1_500;

/// Finds days that keep to all bounds.
pub fn place(bounds: &[Bound]) -> Found {
    let mut graph = Graph::new(bounds);
    let months: Vec<(usize, usize, i64, u32)> = (0..graph.points.len())
        .filter_map(|at| match &graph.points[at] {
            Point::Months(base, more, months) => {
                let of = graph.points.iter().position(|known| known == &**base)?;
                Some((at, of, *more, *months))
            }
            _ => None,
        })
        .collect();
    for (at, of, more, months) in &months {
        let (least, most) = span_of(*months);
        graph.edges.extend([(*of, *at, more + most), (*at, *of, -(more + least))]);
    }
    if graph.latest(None).is_none() {
        return Found::None;
    }
    let mut bases: Vec<usize> = Vec::new();
    for (_, of, ..) in &months {
        let itself = months.iter().any(|(at, ..)| at == of);
        if !itself && !bases.contains(of) {
            bases.push(*of);
        }
    }
    let exact = bases.len() <= 1 && months.iter().all(|(_, of, ..)| bases.contains(of));
    match tried(&mut graph, &months, &bases) {
        Ok(days) => Found::Days(days),
        Err(whole) if whole && exact => Found::None,
        Err(_) => Found::Open,
    }
}

/// Tries the days that months count from, one after the other. An error says whether all were tried.
fn tried(
    graph: &mut Graph,
    months: &[(usize, usize, i64, u32)],
    bases: &[usize],
) -> Result<BTreeMap<Point, Day>, bool> {
    let Some((first, rest)) = bases.split_first() else { return settled(graph).ok_or(true) };
    let Some(range) = graph.range(*first) else { return Err(true) };
    let start = number(base());
    let (from, until, whole) = match range {
        (Some(from), Some(until)) if until - from <= MOST_TRIED => (from, until, true),
        (Some(from), until) => {
            (from, until.unwrap_or(i64::MAX).min(from + MOST_TRIED), until.is_none())
        }
        (None, Some(until)) => (until - MOST_TRIED, until, true),
        (None, None) => (start, start + FOUR_YEARS as i64 - 1, true),
    };
    for number in from..=until {
        let edges = graph.edges.len();
        graph.fix(*first, number);
        let ends = months.iter().filter(|(_, of, ..)| of == first);
        for (at, _, more, months) in ends {
            if let Some(end) = months_after(number + more, *months) {
                graph.fix(*at, end);
            }
        }
        if graph.latest(None).is_some()
            && let Ok(days) = tried(graph, months, rest)
        {
            return Ok(days);
        }
        graph.edges.truncate(edges);
    }
    Err(whole && rest.is_empty())
}

/// Days that keep to bounds without months: on an ordinary as-of date if they let it be one.
fn settled(graph: &Graph) -> Option<BTreeMap<Point, Day>> {
    graph.latest(None)?;
    let years = |from: i32, until: i32| {
        let day = |year| Day::from_ymd_opt(year, 1, 1).map(number);
        Some((day(from)?, day(until)?))
    };
    let usual = Some((number(as_of()), number(as_of())));
    for (judged, others) in
        [(usual, years(1950, 2100)), (None, years(1950, 2100)), (None, years(1901, 9998))]
    {
        let mut bounded = Graph { points: graph.points.clone(), edges: graph.edges.clone() };
        for at in 1..graph.points.len() {
            let (from, until) = judged.filter(|_| at == 1).or(others)?;
            bounded.edges.extend([(0, at, until), (at, 0, -from)]);
        }
        if bounded.latest(None).is_some() {
            let far = bounded.latest(Some(0))?;
            let points = graph.points.iter().zip(far).skip(1);
            return points.map(|(point, far)| Some((point.clone(), day_of(far)?))).collect();
        }
    }
    None
}

/// The day that is judged where nothing says which.
pub fn as_of() -> Day {
    Day::from_ymd_opt(2026, 6, 15).unwrap_or(Day::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str) -> Point {
        Point::Name(Name::new(name, &[]))
    }

    fn bound(left: Point, right: Point, most: i64) -> Bound {
        Bound { left, right, most }
    }

    #[test]
    fn days_that_follow_each_other_in_a_circle_are_none() {
        let before = |a: &str, b: &str| bound(name(a), name(b), -1);
        assert!(matches!(place(&[before("a", "b"), before("b", "c")]), Found::Days(_)));
        assert_eq!(place(&[before("a", "b"), before("b", "c"), before("c", "a")]), Found::None);
    }

    #[test]
    fn months_are_counted_as_the_law_counts_them() {
        let end = |months| Point::Months(Box::new(name("a")), 0, months);
        // Three months have 89 to 92 days.
        for (days, is) in [(88, false), (89, true), (92, true), (93, false)] {
            let found = place(&[bound(end(3), name("a"), days), bound(name("a"), end(3), -days)]);
            assert_eq!(matches!(found, Found::Days(_)), is, "{days}: {found:?}");
        }
        let never = place(&[bound(end(6), end(3), 0)]);
        assert_eq!(never, Found::None);
    }
}

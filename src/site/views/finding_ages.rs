//! Open findings by grade and by how long ago they were found.

use serde::Serialize;

use super::parts::PageCtx;
use super::records::{CodeView, FindingRow};
use crate::model::Grade;

/// Grades as rows, ages as columns.
#[derive(Debug, Serialize)]
pub struct FindingAges {
    /// What the columns are called, the youngest first.
    pub ages: Vec<String>,
    pub rows: Vec<GradeRow>,
    /// The sums of the columns.
    pub totals: Vec<usize>,
    pub open: usize,
    /// Past their own deadlines.
    pub overdue: usize,
    /// Corrective actions of theirs past their deadlines.
    pub late_actions: usize,
}

/// The open findings of a grade.
#[derive(Debug, Serialize)]
pub struct GradeRow {
    pub grade: CodeView,
    pub counts: Vec<usize>,
    pub open: usize,
    pub overdue: usize,
    pub late_actions: usize,
}

/// The last day of each age, in days since a finding was found; the oldest has none.
const AGES: [(&str, Option<i64>); 4] =
    [("days-30", Some(30)), ("days-90", Some(90)), ("days-180", Some(180)), ("older", None)];

/// Counts the open findings.
pub fn finding_ages(here: &PageCtx, open: &[FindingRow]) -> FindingAges {
    let (model, assessment) = (&here.site.model, &here.site.assessment);
    let late = |grade: Grade| {
        let actions = assessment.overdue_actions.iter();
        actions.filter(|(finding, _)| model.findings[*finding].grade == grade).count()
    };
    let row = |grade: Grade| {
        let of_grade = || open.iter().filter(move |row| row.grade.code == grade.as_str());
        let mut counts = vec![0; AGES.len()];
        for row in of_grade() {
            counts[age(row.age)] += 1;
        }
        GradeRow {
            grade: here.code("grade", grade.as_str()),
            counts,
            open: of_grade().count(),
            overdue: of_grade().filter(|row| row.state.code == "overdue").count(),
            late_actions: late(grade),
        }
    };
    let rows: Vec<GradeRow> =
        [Grade::Major, Grade::Minor, Grade::Observation].into_iter().map(row).collect();
    let sum = |of: fn(&GradeRow) -> usize| rows.iter().map(of).sum();
    let column = |at: usize| rows.iter().map(|row| row.counts[at]).sum();
    FindingAges {
        ages: AGES.iter().map(|(word, _)| here.word("age", word)).collect(),
        totals: (0..AGES.len()).map(column).collect(),
        open: sum(|row| row.open),
        overdue: sum(|row| row.overdue),
        late_actions: sum(|row| row.late_actions),
        rows,
    }
}

/// The place of an age among [`AGES`].
fn age(days: i64) -> usize {
    let fits = |(_, last): &(&str, Option<i64>)| last.is_none_or(|last| days <= last);
    AGES.iter().position(fits).expect("the last one has no end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_age_has_one_place() {
        for (days, place) in
            [(0, 0), (30, 0), (31, 1), (90, 1), (91, 2), (180, 2), (181, 3), (9_999, 3)]
        {
            assert_eq!(age(days), place, "{days}");
        }
    }
}

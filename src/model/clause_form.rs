//! The numbers that rules, reasons and findings name, made to be cited as their text is: an author
//! writes `2.1.1` whatever the form, and the text knows whether that is 第二條第一款 or 第二點第一款第一目.

use super::{Id, Model, Obligation, Regulation};
use crate::law::ClauseNumber;

/// Takes the form of each number named from the text that has it.
pub(super) fn adopt(model: &mut Model) {
    let ids: Vec<Id<Regulation>> = model.regulations.ids().collect();
    for id in ids {
        let regulation = &model.regulations[id];
        let plain: Vec<ClauseNumber> =
            regulation.plain_clauses.iter().map(|plain| cited(regulation, &plain.clause)).collect();
        let rows: Vec<(Id<Obligation>, Vec<ClauseNumber>)> = model
            .obligations
            .iter()
            .filter(|(_, rule)| rule.regulation == id)
            .map(|(rule, row)| {
                (rule, row.clauses.iter().map(|clause| cited(regulation, &clause.value)).collect())
            })
            .collect();
        for (entry, number) in model.regulations.row_mut(id).plain_clauses.iter_mut().zip(plain) {
            entry.clause = number;
        }
        for (rule, numbers) in rows {
            for (clause, number) in model.obligations.row_mut(rule).clauses.iter_mut().zip(numbers)
            {
                clause.value = number;
            }
        }
    }
}

/// The number as the newest text has it that holds the clause.
fn cited(regulation: &Regulation, number: &ClauseNumber) -> ClauseNumber {
    let mut versions = regulation.versions.iter().rev();
    let found = versions.find_map(|version| version.text.clause(number));
    found.map_or_else(|| number.clone(), |clause| clause.number.clone())
}

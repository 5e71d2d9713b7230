//! Which kept records make one row.

use std::collections::BTreeMap;

use crate::assess::{Assessment, KeptRecord, KeptState};
use crate::model::{Id, Model, Obligation, System, Unit};
use crate::time::Day;

/// Records that make one row: of a unit's use of a system, kept by the same rule.
type Group = (bool, Id<Unit>, Id<System>, Id<Obligation>);

/// The rows of retention: by state, then by the day, what has no day yet last. Logs of use are
/// drawn together by unit and system, papers whose time has not begun likewise.
pub(super) fn kept(model: &Model, assessment: &Assessment) -> Vec<Vec<usize>> {
    const STATES: [KeptState; 6] = [
        KeptState::DestroyedTooEarly,
        KeptState::DestroyedUnapproved,
        KeptState::Unknown,
        KeptState::MayBeDestroyed,
        KeptState::Keep,
        KeptState::Destroyed,
    ];
    let until = |at: usize| assessment.retention[at].governing().keep_until;
    let mut all = Vec::new();
    for state in STATES {
        let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for (at, kept) in assessment.retention.iter().enumerate() {
            let rule = kept.governing();
            match kept.record {
                _ if kept.state != state => {}
                // A paper that is there shares the row of the record it proves.
                KeptRecord::Evidence(_) if kept.destroyed_on.is_none() => {}
                KeptRecord::Usage(id) => {
                    let usage = &model.usage[id];
                    let group = (true, usage.unit, usage.system, rule.obligation);
                    groups.entry(group).or_default().push(at);
                }
                KeptRecord::Account(id) if rule.keep_until.is_none() => {
                    let account = &model.accounts[id];
                    let group = (false, account.unit, account.system, rule.obligation);
                    groups.entry(group).or_default().push(at);
                }
                _ => rows.push(vec![at]),
            }
        }
        for (_, mut members) in groups {
            members.sort_by_key(|at| (until(*at), assessment.retention[*at].record));
            rows.push(members);
        }
        rows.sort_by_key(|members| until(members[0]).unwrap_or(Day::MAX));
        all.extend(rows);
    }
    all
}

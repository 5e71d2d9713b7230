//! Links go both ways: a unit knows its accounts, an audit its findings, a clause its duties.

use std::collections::BTreeMap;

use super::{Evidence, EvidenceUser, Id, Model, Obligation};
use crate::law::ClauseNumber;

/// Makes links go both ways. Lists come out in the order of the tables.
pub fn link(model: &mut Model) {
    for id in model.units.ids() {
        let agency = model.units[id].agency;
        model.agencies.row_mut(agency).units.push(id);
        for used in model.units[id].uses.clone() {
            let units = &mut model.systems.row_mut(used.system).units;
            if units.last() != Some(&id) {
                units.push(id);
            }
        }
    }
    for id in model.posts.ids() {
        let agency = model.posts[id].agency;
        model.agencies.row_mut(agency).posts.push(id);
    }
    for id in model.accounts.ids() {
        let (unit, system) = (model.accounts[id].unit, model.accounts[id].system);
        model.units.row_mut(unit).accounts.push(id);
        model.systems.row_mut(system).accounts.push(id);
    }
    for id in model.systems.ids() {
        for regulation in model.systems[id].regulations.clone() {
            model.regulations.row_mut(regulation).systems.push(id);
        }
    }
    for id in model.findings.ids() {
        let finding = &model.findings[id];
        let (audit, owner, repeats) = (finding.audit, finding.owner, finding.repeats);
        let (scope, account) = (model.audits[audit].scope, finding.account);
        let unit = account.map(|id| model.accounts[id].unit).or(model.scope_unit(scope));
        let agency = model.scope_agency(scope);
        model.audits.row_mut(audit).findings.push(id);
        model.agencies.row_mut(agency).findings.push(id);
        if let Some(unit) = unit {
            model.units.row_mut(unit).findings.push(id);
        }
        if let Some(account) = account {
            model.accounts.row_mut(account).findings.push(id);
        }
        if let Some(owner) = owner {
            model.posts.row_mut(owner).findings.push(id);
        }
        if let Some(earlier) = repeats {
            model.findings.row_mut(earlier).repeated_by.push(id);
        }
    }
    for id in model.events.ids() {
        if let Some(finding) = model.events[id].finding {
            model.findings.row_mut(finding).events.push(id);
        }
    }
    for id in model.audits.ids() {
        for post in model.audits[id].auditors.clone() {
            model.posts.row_mut(post).audits.push(id);
        }
    }
    for id in model.submissions.ids() {
        for audit in model.submissions[id].audits.clone() {
            model.audits.row_mut(audit).submissions.push(id);
        }
    }
    for id in model.trainings.ids() {
        let post = model.trainings[id].post;
        model.posts.row_mut(post).trainings.push(id);
    }
    for id in model.usage.ids() {
        let unit = model.usage[id].unit;
        model.units.row_mut(unit).usage.push(id);
    }
    for id in model.contractors.ids() {
        for system in model.contractors[id].systems.clone() {
            model.systems.row_mut(system).contractors.push(id);
        }
    }
    link_duties(model);
    link_evidence(model);
}

fn link_duties(model: &mut Model) {
    for page in model.guidance.ids() {
        for id in model.guidance[page].obligations.clone() {
            model.obligations.row_mut(id).page.get_or_insert(page);
        }
    }
    for id in model.regulations.ids() {
        let mut by_clause: BTreeMap<ClauseNumber, Vec<Id<Obligation>>> = BTreeMap::new();
        let mut obligations = Vec::new();
        for (duty, obligation) in model.obligations.iter().filter(|(_, o)| o.regulation == id) {
            obligations.push(duty);
            for clause in &obligation.clauses {
                by_clause.entry(clause.value.clone()).or_default().push(duty);
            }
        }
        let regulation = model.regulations.row_mut(id);
        regulation.by_clause = by_clause;
        regulation.obligations = obligations;
    }
}

fn link_evidence(model: &mut Model) {
    let mut users: Vec<(Id<Evidence>, EvidenceUser)> = Vec::new();
    for (id, row) in model.audits.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Audit(id))));
    }
    for (id, row) in model.submissions.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Submission(id))));
    }
    for (id, row) in model.trainings.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Training(id))));
    }
    for (id, row) in model.findings.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Finding(id))));
    }
    for (id, row) in model.accounts.iter() {
        let paper = row.pledge.and_then(|pledge| pledge.evidence);
        users.extend(paper.map(|evidence| (evidence, EvidenceUser::Account(id))));
    }
    for (id, row) in model.contractors.iter() {
        let paper = row.agreement.and_then(|agreement| agreement.evidence);
        users.extend(paper.map(|evidence| (evidence, EvidenceUser::Contractor(id))));
    }
    for (id, row) in model.waivers.iter() {
        users.extend(row.evidence.iter().map(|evidence| (*evidence, EvidenceUser::Waiver(id))));
    }
    for (id, row) in model.events.iter() {
        let papers = row.answers.iter().flat_map(|answer| &answer.evidence);
        users.extend(papers.map(|evidence| (*evidence, EvidenceUser::Event(id))));
    }
    users.sort_unstable();
    users.dedup();
    for (evidence, user) in users {
        model.evidence.row_mut(evidence).used_by.push(user);
    }
}

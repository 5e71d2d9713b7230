//! Where a record still to be written is put: in the file in which its like stand already, so that
//! who follows a page finds an example beside the place. Nothing of it depends on the order in which
//! files lie on the disk.

use std::collections::HashMap;

use super::Site;
use crate::model::{Agency, EvidenceUser, Id, Model, Obligation, Regulation, Scope};
use crate::source::Span;
use crate::time::Day;

/// The files of the records there are, by what makes records alike.
#[derive(Debug, Default)]
pub struct RecordPlacement {
    /// By folder and likeness: the file of the newest record, the last in the order of paths where
    /// several are as new.
    newest: HashMap<(&'static str, Affinity), (Day, u32)>,
}

/// In what records are alike, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Affinity {
    Duty(Id<Obligation>, Scope),
    DutyOfAgency(Id<Obligation>, Id<Agency>),
    Law(Id<Regulation>, Scope),
    LawOfAgency(Id<Regulation>, Id<Agency>),
    Scope(Scope),
    Agency(Id<Agency>),
}

impl RecordPlacement {
    /// Looks where the records of a model stand.
    pub fn new(model: &Model) -> Self {
        let mut placement = Self::default();
        for (_, audit) in model.audits.iter() {
            let near = of_duty(model, audit.obligation, audit.scope);
            placement.add("audits", near, audit.done_on, audit.fields.span);
        }
        for (_, sent) in model.submissions.iter() {
            let near = of_duty(model, sent.obligation, sent.scope);
            placement.add("submissions", near, sent.sent_on, sent.fields.span);
        }
        for (_, training) in model.trainings.iter() {
            let near = of_scope(model, Scope::Post(training.post));
            placement.add("trainings", near, training.on, training.fields.span);
        }
        for (_, usage) in model.usage.iter() {
            let near = of_scope(model, Scope::Unit(usage.unit));
            placement.add("usage", near, usage.month.first_day(), usage.fields.span);
        }
        for (_, evidence) in model.evidence.iter() {
            for user in &evidence.used_by {
                let near = match user {
                    EvidenceUser::Audit(id) => {
                        of_duty(model, model.audits[*id].obligation, model.audits[*id].scope)
                    }
                    EvidenceUser::Submission(id) => {
                        let sent = &model.submissions[*id];
                        of_duty(model, sent.obligation, sent.scope)
                    }
                    EvidenceUser::Training(id) => {
                        of_scope(model, Scope::Post(model.trainings[*id].post))
                    }
                    _ => continue,
                };
                placement.add("evidence", near, evidence.received_on, evidence.fields.span);
            }
        }
        placement
    }

    fn add(&mut self, folder: &'static str, near: Vec<Affinity>, day: Day, span: Span) {
        // Files are numbered in the order of their paths.
        let this = (day, span.file.0);
        for near in near {
            let newest = self.newest.entry((folder, near)).or_insert(this);
            *newest = this.max(*newest);
        }
    }
}

impl Site {
    /// The file for a new record that answers a duty, or proves that it was answered.
    pub fn file_for_duty(
        &self,
        folder: &'static str,
        id: &str,
        duty: Id<Obligation>,
        scope: Scope,
    ) -> String {
        self.file_for(folder, id, &of_duty(&self.model, duty, scope))
    }

    /// The file for a new record about a scope.
    pub fn file_for_scope(&self, folder: &'static str, id: &str, scope: Scope) -> String {
        self.file_for(folder, id, &of_scope(&self.model, scope))
    }

    /// The file in which the closest records stand, else the only one of the kind; a new one beside
    /// them if nothing can be written at its end, and in the folder of the kind if there is none.
    fn file_for(&self, folder: &'static str, id: &str, near: &[Affinity]) -> String {
        let newest = near.iter().find_map(|near| self.placement.newest.get(&(folder, *near)));
        let origin = newest.map(|(_, file)| &self.origins[*file as usize]);
        let single = format!("content/{folder}.yaml");
        let within = format!("content/{folder}/");
        let Some(origin) = origin.or_else(|| {
            let of_kind = |path: &str| path == single || path.starts_with(&within);
            let mut files =
                self.origins.iter().filter(|one| one.holds_records && of_kind(&one.path));
            files.next().filter(|_| files.next().is_none())
        }) else {
            return self.new_file(&within, id);
        };
        if origin.takes_more {
            return origin.path.clone();
        }
        match origin.path.rfind('/') {
            Some(end) if origin.path != single => self.new_file(&origin.path[..=end], id),
            _ => self.new_file(&within, id),
        }
    }

    /// 「content/audits/a1.yaml（新檔案）」.
    fn new_file(&self, folder: &str, id: &str) -> String {
        self.words.say("record.new_file", &[("file", &format!("{folder}{id}.yaml"))])
    }
}

fn of_duty(model: &Model, duty: Id<Obligation>, scope: Scope) -> Vec<Affinity> {
    let (law, agency) = (model.obligations[duty].regulation, model.scope_agency(scope));
    let mut near = vec![
        Affinity::Duty(duty, scope),
        Affinity::DutyOfAgency(duty, agency),
        Affinity::Law(law, scope),
        Affinity::LawOfAgency(law, agency),
    ];
    near.extend(of_scope(model, scope));
    near
}

fn of_scope(model: &Model, scope: Scope) -> Vec<Affinity> {
    let unit = model.scope_unit(scope).map(Scope::Unit).filter(|unit| *unit != scope);
    let mut near = vec![Affinity::Scope(scope)];
    near.extend(unit.map(Affinity::Scope));
    near.push(Affinity::Agency(model.scope_agency(scope)));
    near
}

//! Where a record still to be written is put: in the file in which its like stand already, so that
//! who follows a page finds an example beside the place. Nothing of it depends on the order in which
//! files lie on the disk.

use std::collections::{HashMap, HashSet};

use super::Site;
use crate::model::{Agency, EvidenceUser, Id, Model, Obligation, Regulation, Scope, System, Unit};
use crate::source::Span;
use crate::time::{Day, Period};

/// The files of the records there are, by what makes records alike.
#[derive(Debug, Default)]
pub struct Filing {
    /// By folder and likeness: the file of the newest record, the last in the order of paths where
    /// several are as new.
    newest: HashMap<(&'static str, Near), (Day, u32)>,
    /// Which usage is recorded.
    used: HashSet<(Id<Unit>, Id<System>, Period)>,
}

/// In what records are alike, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Near {
    Duty(Id<Obligation>, Scope),
    DutyOfAgency(Id<Obligation>, Id<Agency>),
    Law(Id<Regulation>, Scope),
    LawOfAgency(Id<Regulation>, Id<Agency>),
    Scope(Scope),
    Agency(Id<Agency>),
}

impl Filing {
    /// Looks where the records of a model stand.
    pub fn new(model: &Model) -> Self {
        let mut filing = Self::default();
        for (_, audit) in model.audits.iter() {
            let near = of_duty(model, audit.obligation, audit.scope);
            filing.add("audits", near, audit.done_on, audit.fields.span);
        }
        for (_, sent) in model.submissions.iter() {
            let near = of_duty(model, sent.obligation, sent.scope);
            filing.add("submissions", near, sent.sent_on, sent.fields.span);
        }
        for (_, training) in model.trainings.iter() {
            let near = of_scope(model, Scope::Post(training.post));
            filing.add("trainings", near, training.on, training.fields.span);
        }
        for (_, usage) in model.usage.iter() {
            let near = of_scope(model, Scope::Unit(usage.unit));
            filing.add("usage", near, usage.month.first_day(), usage.fields.span);
            filing.used.insert((usage.unit, usage.system, usage.month));
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
                filing.add("evidence", near, evidence.received_on, evidence.fields.span);
            }
        }
        filing
    }

    fn add(&mut self, folder: &'static str, near: Vec<Near>, day: Day, span: Span) {
        // Files are numbered in the order of their paths.
        let this = (day, span.file.0);
        for near in near {
            let newest = self.newest.entry((folder, near)).or_insert(this);
            *newest = this.max(*newest);
        }
    }

    /// Whether the use of a system in a month is recorded.
    pub fn has_usage(&self, unit: Id<Unit>, system: Id<System>, month: Period) -> bool {
        self.used.contains(&(unit, system, month))
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
    fn file_for(&self, folder: &'static str, id: &str, near: &[Near]) -> String {
        let newest = near.iter().find_map(|near| self.filing.newest.get(&(folder, *near)));
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

fn of_duty(model: &Model, duty: Id<Obligation>, scope: Scope) -> Vec<Near> {
    let (law, agency) = (model.obligations[duty].regulation, model.scope_agency(scope));
    let mut near = vec![
        Near::Duty(duty, scope),
        Near::DutyOfAgency(duty, agency),
        Near::Law(law, scope),
        Near::LawOfAgency(law, agency),
    ];
    near.extend(of_scope(model, scope));
    near
}

fn of_scope(model: &Model, scope: Scope) -> Vec<Near> {
    let unit = model.scope_unit(scope).map(Scope::Unit).filter(|unit| *unit != scope);
    let mut near = vec![Near::Scope(scope)];
    near.extend(unit.map(Near::Scope));
    near.push(Near::Agency(model.scope_agency(scope)));
    near
}

/// The months of which the use of a scope's systems is not recorded, with unit and system.
pub fn unrecorded(
    site: &Site,
    regulation: Id<Regulation>,
    scope: Scope,
    months: &[Period],
) -> Vec<(Id<Unit>, Id<System>, Period)> {
    let model = &site.model;
    let systems = &model.regulations[regulation].systems;
    let units = match scope {
        Scope::Agency(id) => model.agencies[id].units.clone(),
        Scope::System(id) => model.systems[id].units.clone(),
        scope => model.scope_unit(scope).into_iter().collect(),
    };
    let mut found = Vec::new();
    for unit in units {
        for used in model.units[unit].uses.iter().filter(|used| systems.contains(&used.system)) {
            let is_missing = |month: &&Period| {
                used.from <= month.last_day()
                    && used.until.is_none_or(|until| until >= month.first_day())
                    && !site.filing.has_usage(unit, used.system, **month)
            };
            let missing = months.iter().filter(is_missing);
            found.extend(missing.map(|month| (unit, used.system, *month)));
        }
    }
    found
}

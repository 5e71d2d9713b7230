//! A person's right to use a system, from application to cancellation.

use std::sync::Arc;

use super::destroyed::Destroyed;
use super::names::{Names, in_order};
use super::{Evidence, Finding, Id, Named, Person, Post, RoleName, System, Unit};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::record::value::Group;
use crate::time::Day;

/// An account. Days are inclusive; what is not recorded is `None`.
#[derive(Clone, Debug)]
pub struct Account {
    pub slug: String,
    pub system: Id<System>,
    pub unit: Id<Unit>,
    /// Its user.
    pub person: Id<Person>,
    pub display_name: Option<String>,
    /// What it may do: `general`, `unit-manager` …
    pub role: Id<RoleName>,
    pub application: Option<Application>,
    pub pledge: Option<Pledge>,
    pub opened_on: Day,
    pub suspended_on: Option<Day>,
    pub cancelled_on: Option<Day>,
    pub last_used_on: Option<Day>,
    /// Sorted.
    pub password_changed: Vec<Day>,
    pub destroyed: Option<Destroyed>,
    /// Until when the right was given.
    pub valid_until: Option<Day>,
    /// Of each kind the latest that is known, a change before a reactivation before a cancellation.
    pub forms: Vec<Form>,
    pub fields: Arc<Group>,
    /// What is about it, in order.
    pub findings: Vec<Id<Finding>>,
}

/// A form that changed an account after it was opened.
#[derive(Clone, Debug)]
pub struct Form {
    pub kind: FormKind,
    /// Of a reactivation: since when the right had been suspended.
    pub suspended_on: Option<Day>,
    pub applied_on: Option<Day>,
    pub approved_on: Option<Day>,
    /// The day it was carried out.
    pub on: Option<Day>,
    pub document: Option<String>,
}

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormKind {
    Change,
    /// 復權.
    Reactivation,
    Cancellation,
}

impl FormKind {
    const ALL: [Self; 3] = [Self::Change, Self::Reactivation, Self::Cancellation];

    /// The key of the record.
    pub fn as_str(self) -> &'static str {
        match self {
            FormKind::Change => "change",
            FormKind::Reactivation => "reactivation",
            FormKind::Cancellation => "cancellation",
        }
    }
}

/// The application form.
#[derive(Clone, Debug)]
pub struct Application {
    pub applied_on: Day,
    pub approved_on: Option<Day>,
    pub approved_by: Option<Id<Post>>,
    pub document: Option<String>,
}

/// The confidentiality pledge (保密切結書) of a user, or the agreement of a contractor.
#[derive(Clone, Copy, Debug)]
pub struct Pledge {
    pub signed_on: Day,
    pub evidence: Option<Id<Evidence>>,
}

impl Named for Account {
    fn slug(&self) -> &str {
        &self.slug
    }
}

impl Pledge {
    /// The pledge under `key`, if one was signed.
    pub(super) fn resolve(
        fields: &Group,
        key: &str,
        names: &Names,
        report: &mut Diagnostics,
    ) -> Option<Self> {
        let pledge = fields.group(key)?;
        Some(Self {
            signed_on: pledge.date("signed_on")?,
            evidence: names.get(pledge, "evidence", report),
        })
    }
}

impl Account {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        for late in ["suspended_on", "cancelled_on", "last_used_on"] {
            in_order(fields, ("opened_on", late), report);
        }
        in_order(fields, ("last_used_on", "cancelled_on"), report);
        let application = fields.group("application").and_then(|form| {
            in_order(form, ("applied_on", "approved_on"), report);
            Some(Application {
                applied_on: form.date("applied_on")?,
                approved_on: form.date("approved_on"),
                approved_by: names.get(form, "approved_by", report),
                document: form.maybe_string("document"),
            })
        });
        let pledge = Pledge::resolve(fields, "pledge", names, report);
        let opened_on = fields.date("opened_on")?;
        let mut password_changed = Vec::new();
        for day in fields.dates("password_changed") {
            if day.value < opened_on {
                report.push(
                    Diagnostic::new(
                        Code::InconsistentDates,
                        day.span,
                        format!("{} lies before `opened_on` ({opened_on})", day.value),
                    )
                    .help("correct one of the two"),
                );
            }
            password_changed.push(day.value);
        }
        password_changed.sort_unstable();
        let unit: Id<Unit> = names.get(fields, "unit", report)?;
        Some(Self {
            slug: fields.string("id"),
            system: names.get(fields, "system", report)?,
            unit,
            person: names.people.of_agency(names.home(unit), &fields.string("staff")),
            display_name: fields.maybe_string("display_name"),
            role: names.role_name(&fields.string("role")),
            application,
            pledge,
            opened_on,
            suspended_on: fields.date("suspended_on"),
            cancelled_on: fields.date("cancelled_on"),
            last_used_on: fields.date("last_used_on"),
            password_changed,
            destroyed: Destroyed::resolve(fields, names, report),
            valid_until: fields.date("valid_until"),
            forms: forms(fields),
            fields: Arc::new(fields.clone()),
            findings: Vec::new(),
        })
    }

    /// Reads again what may be given as a history: the fields hold what was known on a day.
    pub(super) fn read_again(&mut self) {
        self.last_used_on = self.fields.date("last_used_on");
        self.valid_until = self.fields.date("valid_until");
        self.forms = forms(&self.fields);
    }

    /// The time without the right before the latest reactivation: the day it had been suspended and
    /// the day it was reactivated; `None` if either is not recorded.
    pub fn reactivation(&self) -> Option<(Day, Day)> {
        let form = self.reactivated()?;
        Some((form.suspended_on?, form.on?))
    }

    /// The day of the latest reactivation.
    pub fn reactivated_on(&self) -> Option<Day> {
        self.reactivated()?.on
    }

    fn reactivated(&self) -> Option<&Form> {
        self.forms.iter().find(|form| form.kind == FormKind::Reactivation)
    }
}

fn forms(fields: &Group) -> Vec<Form> {
    let form = |kind: FormKind| {
        let form = fields.group(kind.as_str())?;
        Some(Form {
            kind,
            suspended_on: form.date("suspended_on"),
            applied_on: form.date("applied_on"),
            approved_on: form.date("approved_on"),
            on: form.date("on"),
            document: form.maybe_string("document"),
        })
    };
    FormKind::ALL.into_iter().filter_map(form).collect()
}

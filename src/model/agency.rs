//! Who and what duties are laid on: agencies, their units, systems, posts and contractors.

use std::sync::Arc;

use super::account::Pledge;
use super::destroyed::Destroyed;
use super::names::{Names, in_order};
use super::{
    Account, Audit, Course, Evidence, Finding, Id, Named, Person, Regulation, RoleName, Usage,
};
use crate::diagnostic::Diagnostics;
use crate::record::value::Group;
use crate::time::Day;

/// An agency (機關).
#[derive(Clone, Debug)]
pub struct Agency {
    pub slug: String,
    pub name: String,
    /// For tables; the name itself if none was given.
    pub short: String,
    pub supervisor: Option<String>,
    pub fields: Arc<Group>,
    /// Its units, in order.
    pub units: Vec<Id<Unit>>,
    pub posts: Vec<Id<Post>>,
    /// What audits of it, its units and its accounts found, in order.
    pub findings: Vec<Id<Finding>>,
}

/// A unit (單位) of an agency, or an office under it (所隊).
#[derive(Clone, Debug)]
pub struct Unit {
    pub slug: String,
    pub agency: Id<Agency>,
    pub name: String,
    pub short: String,
    /// A subordinate office rather than a unit within the agency.
    pub is_office: bool,
    pub uses: Vec<Use>,
    pub fields: Arc<Group>,
    pub accounts: Vec<Id<Account>>,
    /// By system, then month.
    pub usage: Vec<Id<Usage>>,
    /// What audits of it and its accounts found, in order.
    pub findings: Vec<Id<Finding>>,
}

/// A unit's use of a system: from the first day to the last, inclusive, if it ended.
#[derive(Clone, Copy, Debug)]
pub struct Use {
    pub system: Id<System>,
    pub from: Day,
    pub until: Option<Day>,
}

/// An information system whose use is regulated.
#[derive(Clone, Debug)]
pub struct System {
    pub slug: String,
    pub name: String,
    pub short: String,
    /// The agency that answers for it.
    pub agency: Id<Agency>,
    pub regulations: Vec<Id<Regulation>>,
    pub fields: Arc<Group>,
    /// The units that use it or used it, in order.
    pub units: Vec<Id<Unit>>,
    pub accounts: Vec<Id<Account>>,
    pub contractors: Vec<Id<Contractor>>,
}

/// A post (職務) and its holder.
#[derive(Clone, Debug)]
pub struct Post {
    pub slug: String,
    pub agency: Id<Agency>,
    pub unit: Option<Id<Unit>>,
    pub title: String,
    /// Its holder.
    pub person: Id<Person>,
    pub display_name: Option<String>,
    pub roles: Vec<Id<RoleName>>,
    pub deputy: Option<Id<Post>>,
    /// The post in whose name it may act (授權).
    pub acts_for: Option<Id<Post>>,
    pub from: Option<Day>,
    pub until: Option<Day>,
    pub fields: Arc<Group>,
    /// What its holder audited, in order.
    pub audits: Vec<Id<Audit>>,
    /// What its holder must mend, in order.
    pub findings: Vec<Id<Finding>>,
    pub trainings: Vec<Id<Training>>,
}

impl Post {
    /// Whether it was held on `day`, of all that is recorded.
    pub fn is_held_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| until >= day)
    }
}

/// Hours of training of the holder of a post.
#[derive(Clone, Debug)]
pub struct Training {
    pub slug: String,
    pub post: Id<Post>,
    pub on: Day,
    pub hours: u64,
    /// The kind of course; `None`: not recorded.
    pub course: Option<Id<Course>>,
    pub title: String,
    pub evidence: Vec<Id<Evidence>>,
    pub destroyed: Option<Destroyed>,
    pub note: Option<String>,
    pub fields: Arc<Group>,
}

/// A firm that works on systems for an agency.
#[derive(Clone, Debug)]
pub struct Contractor {
    pub slug: String,
    pub name: String,
    pub agency: Id<Agency>,
    pub systems: Vec<Id<System>>,
    pub from: Day,
    pub until: Option<Day>,
    pub agreement: Option<Pledge>,
    pub destroyed: Option<Destroyed>,
    pub fields: Arc<Group>,
}

impl Agency {
    pub(super) fn resolve(fields: &Group, _: &Names, _: &mut Diagnostics) -> Option<Self> {
        let name = fields.string("name");
        Some(Self {
            slug: fields.string("id"),
            short: fields.maybe_string("short").unwrap_or_else(|| name.clone()),
            name,
            supervisor: fields.maybe_string("supervisor"),
            fields: Arc::new(fields.clone()),
            units: Vec::new(),
            posts: Vec::new(),
            findings: Vec::new(),
        })
    }
}

impl Unit {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let name = fields.string("name");
        let mut uses: Vec<Use> = Vec::new();
        for entry in fields.groups("uses") {
            in_order(entry, ("from", "until"), report);
            uses.extend(
                names
                    .get(entry, "system", report)
                    .zip(entry.date("from"))
                    .map(|(system, from)| Use { system, from, until: entry.date("until") }),
            );
        }
        // Read by conditions only; whom it names must exist all the same.
        if let Some(approved) = fields.group("use_application").and_then(|g| g.group("approved")) {
            names.get::<Post>(approved, "by", report);
        }
        Some(Self {
            slug: fields.string("id"),
            agency: names.get(fields, "agency", report)?,
            short: fields.maybe_string("short").unwrap_or_else(|| name.clone()),
            name,
            is_office: fields.string("kind") == "office",
            uses,
            fields: Arc::new(fields.clone()),
            accounts: Vec::new(),
            usage: Vec::new(),
            findings: Vec::new(),
        })
    }
}

impl System {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        let name = fields.string("name");
        Some(Self {
            slug: fields.string("id"),
            short: fields.maybe_string("short").unwrap_or_else(|| name.clone()),
            name,
            agency: names.get(fields, "agency", report)?,
            regulations: names.list(fields, "regulations", report),
            fields: Arc::new(fields.clone()),
            units: Vec::new(),
            accounts: Vec::new(),
            contractors: Vec::new(),
        })
    }
}

impl Post {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        in_order(fields, ("from", "until"), report);
        let agency = names.get(fields, "agency", report)?;
        Some(Self {
            slug: fields.string("id"),
            agency,
            unit: names.get(fields, "unit", report),
            title: fields.string("title"),
            person: names.people.of_agency(Some(agency), &fields.string("staff")),
            display_name: fields.maybe_string("display_name"),
            roles: names.role_names(fields, "roles"),
            deputy: names.get(fields, "deputy", report),
            acts_for: names.get(fields, "acts_for", report),
            from: fields.date("from"),
            until: fields.date("until"),
            fields: Arc::new(fields.clone()),
            audits: Vec::new(),
            findings: Vec::new(),
            trainings: Vec::new(),
        })
    }
}

impl Training {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        Some(Self {
            slug: fields.string("id"),
            post: names.get(fields, "post", report)?,
            on: fields.date("on")?,
            hours: fields.count("hours")?,
            course: fields.text("course").map(|word| names.course(word.value)),
            title: fields.string("title"),
            evidence: names.list(fields, "evidence", report),
            destroyed: Destroyed::resolve(fields, names, report),
            note: fields.maybe_string("note"),
            fields: Arc::new(fields.clone()),
        })
    }
}

impl Contractor {
    pub(super) fn resolve(fields: &Group, names: &Names, report: &mut Diagnostics) -> Option<Self> {
        in_order(fields, ("from", "until"), report);
        Some(Self {
            slug: fields.string("id"),
            name: fields.string("name"),
            agency: names.get(fields, "agency", report)?,
            systems: names.list(fields, "systems", report),
            from: fields.date("from")?,
            until: fields.date("until"),
            agreement: Pledge::resolve(fields, "agreement", names, report),
            destroyed: Destroyed::resolve(fields, names, report),
            fields: Arc::new(fields.clone()),
        })
    }
}

macro_rules! named {
    ($($noun:ident)*) => { $(
        impl Named for $noun {
            fn slug(&self) -> &str {
                &self.slug
            }
        }
    )* };
}

named! { Agency Unit System Post Training Contractor }

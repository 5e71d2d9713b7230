//! What conditions may ask of a record beside its own fields: facts that other records hold.

use std::collections::{BTreeMap, BTreeSet};

use super::record_ref::RecordRef;
use crate::model::condition::{Derived, Subject};
use crate::model::{Account, Agency, Entry, Id, Model, Person, Post, RoleName, Scope};
use crate::time::Day;

impl RecordRef {
    /// The day on which a rule looks at it: an act on its own day, what has ended on its last, so that
    /// nothing that came later changes what was so then; everything else on the day itself.
    fn judged_on(self, model: &Model, on: Day) -> Day {
        let end = match self {
            RecordRef::Audit(id) => Some(model.audits[id].done_on),
            RecordRef::Scope(Scope::Account(id)) => model.accounts[id].cancelled_on,
            RecordRef::Scope(Scope::Post(id)) => model.posts[id].until,
            RecordRef::Scope(Scope::Contractor(id)) => model.contractors[id].until,
            RecordRef::Scope(Scope::Entry(id)) => model.entries[id].asked_until(),
            RecordRef::Scope(_) => None,
        };
        end.map_or(on, |end| end.min(on))
    }

    /// The record as conditions see it on a day. What is recorded of it after the day it is judged by
    /// is seen, too, as far as it is known: an approval that followed is one.
    pub fn subject(self, model: &Model, as_of: Day) -> Subject<'_> {
        self.subject_on(model, as_of, as_of)
    }

    /// The record as conditions see it that ask of another day than the as-of day.
    pub fn subject_on(self, model: &Model, as_of: Day, on: Day) -> Subject<'_> {
        let judged_on = self.judged_on(model, on);
        Subject {
            kind: self.record_kind(model),
            fields: self.fields(model),
            event: None,
            derived: facts(model, self, judged_on),
            as_of,
            judged_on,
        }
    }
}

/// The derived values of a record as of a day, by the names of
/// [`DERIVED`](crate::model::condition::DERIVED).
pub fn facts(model: &Model, record: RecordRef, as_of: Day) -> Vec<(&'static str, Derived)> {
    match record {
        RecordRef::Scope(Scope::Agency(id)) => {
            let own = model.agencies[id].posts.as_slice();
            vec![
                ("roles", roles(model, own.iter().copied(), as_of)),
                ("holders", holders(model, own, as_of)),
            ]
        }
        RecordRef::Scope(Scope::Unit(id)) => {
            let own = model.posts_of_unit(id);
            vec![
                ("roles", roles(model, own.iter().copied(), as_of)),
                ("holders", holders(model, own, as_of)),
            ]
        }
        RecordRef::Scope(Scope::Post(id)) => {
            let post = &model.posts[id];
            let staff = post.deputy.map(|deputy| staff(model, post.agency, deputy));
            let mut facts = vec![("staff_roles", roles_of_holders(model, &[id], as_of))];
            facts.extend(staff.map(|staff| ("deputy_staff", staff)));
            facts
        }
        RecordRef::Scope(Scope::Account(id)) => account(model, &model.accounts[id], as_of),
        RecordRef::Audit(id) => {
            vec![("auditor_roles", roles_of_holders(model, &model.audits[id].auditors, as_of))]
        }
        RecordRef::Scope(Scope::Entry(id)) => same(model, id).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// How many other entries of its register and system that are still there share what none should.
fn same(model: &Model, id: Id<Entry>) -> Option<(&'static str, Derived)> {
    let count = model.sharing(id)?;
    Some((model.entries[id].kind.register?.same?, Derived::Count(count)))
}

fn account(model: &Model, account: &Account, as_of: Day) -> Vec<(&'static str, Derived)> {
    // 停用、註銷 for want of use count from the last day it was used, opened or given back.
    let days = [account.last_used_on, account.reactivated_on()];
    let idle_since = days.into_iter().flatten().fold(account.opened_on, Day::max);
    let held = model.posts_of_holder(account.person).iter().copied();
    let mut facts =
        vec![("idle_since", Derived::Day(idle_since)), ("staff_roles", roles(model, held, as_of))];
    let approved =
        account.application.as_ref().and_then(|form| Some((form.approved_by?, form.approved_on)));
    if let Some((post, on)) = approved {
        facts.push(("approver_staff", staff(model, model.units[account.unit].agency, post)));
        // The roles of the post on the day it approved; of an undated approval nobody can tell.
        if let Some(on) = on {
            facts.push(("approver_roles", roles(model, [post].into_iter(), on)));
        }
    }
    facts
}

/// The staff code of a post's holder, to be compared with codes of an agency.
fn staff(model: &Model, agency: Id<Agency>, post: Id<Post>) -> Derived {
    Derived::Text(model.staff_seen_from(agency, model.posts[post].person))
}

/// How many persons hold each role in posts that are held on the day: one person in two posts is one.
fn holders(model: &Model, posts: &[Id<Post>], as_of: Day) -> Derived {
    let mut persons: BTreeSet<(Id<RoleName>, Id<Person>)> = BTreeSet::new();
    for post in posts.iter().map(|id| &model.posts[*id]).filter(|post| post.is_held_on(as_of)) {
        persons.extend(post.roles.iter().map(|role| (*role, post.person)));
    }
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (role, _) in persons {
        *counts.entry(&model.role_names[role].slug).or_default() += 1;
    }
    let counts = counts.into_iter().map(|(role, count)| (role.to_owned(), count));
    Derived::Holders(counts.collect())
}

/// The roles of every post that the holders of some posts hold in the agencies of those posts.
fn roles_of_holders(model: &Model, posts: &[Id<Post>], as_of: Day) -> Derived {
    let held =
        posts.iter().flat_map(|id| model.posts_of_holder(model.posts[*id].person).iter().copied());
    roles(model, held, as_of)
}

/// The roles of posts that are held on the day.
fn roles(model: &Model, posts: impl Iterator<Item = Id<Post>>, as_of: Day) -> Derived {
    let held = posts.map(|id| &model.posts[id]).filter(|post| post.is_held_on(as_of));
    let mut roles: Vec<String> = held.flat_map(|post| model.role_words(&post.roles)).collect();
    roles.sort_unstable();
    Derived::Texts(roles)
}

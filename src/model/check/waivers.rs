//! Waivers: none of the texts allows one by itself, so each rests on a clause or a letter of the
//! authority, is approved by a post that may, before the duty is due, and ends on a day somebody
//! will live to see.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, waiver as waiving};
use crate::model::{Id, Model, Post, Reach, Role, RoleName, Waiver};

/// Reports waivers without ground, by nobody who may, too late, or without end.
pub fn check(model: &Model, report: &mut Diagnostics) {
    for (_, waiver) in model.waivers.iter() {
        let slug = &waiver.slug;
        let mut say = |key: &str, message: String, help: &str| {
            let span = waiver.fields.key_span(key);
            report.push(Diagnostic::new(Code::DoubtfulWaiver, span, message).help(help));
        };
        // 以…為原則: the text itself is the ground, and the reason is what is asked.
        let in_principle = model.obligations[waiver.obligation].in_principle;
        if waiver.basis.is_none() && !in_principle {
            say(
                "reason",
                format!("waiver `{slug}` names no clause and no letter it rests on"),
                "add `basis:` with the clause, or the letter of the authority that issued the regulation",
            );
        }
        let approved = waiver.approved.on;
        if approved > waiver.from && !in_principle {
            say(
                "approved",
                format!(
                    "waiver `{slug}` was approved on {approved}, after the first day it covers"
                ),
                "what was due before the approval is not waived; correct `from`, or the day",
            );
        }
        let latest = waiving::latest(approved, None);
        if waiver.until > latest {
            say(
                "until",
                format!(
                    "waiver `{slug}` ends on {}, when nobody will look at it again",
                    waiver.until
                ),
                &format!("let it end on {latest} at the latest; it can be approved anew then"),
            );
        }
        if may_waive(model, waiver.approved.by, waiver) == Some(false) {
            let post = &model.posts[waiver.approved.by].slug;
            say(
                "approved",
                format!("waiver `{slug}` was approved by `{post}`, which may not waive a duty"),
                "a role whose holder may approve waivers has `may_waive: true`",
            );
        }
    }
}

/// Whether a post could approve a waiver that day; `None` if there are no roles to tell. Where none
/// is said to, those who act for the whole agency may.
fn may_waive(model: &Model, id: Id<Post>, waiver: &Waiver) -> Option<bool> {
    let said = model.roles.iter().any(|(_, role)| role.may_waive);
    let of = |role: &Role| if said { role.may_waive } else { role.reach == Reach::Agency };
    let may: Vec<Id<RoleName>> =
        model.roles.iter().filter(|(_, role)| of(role)).map(|(_, role)| role.name).collect();
    let holds = |post: &Post| {
        post.is_held_on(waiver.approved.on)
            && post.agency == model.scope_agency(waiver.scope)
            && post.roles.iter().any(|role| may.contains(role))
    };
    let post = &model.posts[id];
    let in_the_name = post.is_held_on(waiver.approved.on)
        && post.acts_for.is_some_and(|other| holds(&model.posts[other]));
    (!model.roles.is_empty()).then(|| holds(post) || in_the_name)
}

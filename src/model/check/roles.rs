//! Roles of posts that nobody knows, and sites whose rules name roles that nobody recorded.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Duty, Id, Invariant, Model, Obligation, RoleName};

/// Reports roles of posts that are no record of a role and no word of a rule.
pub fn check(model: &Model, report: &mut Diagnostics) {
    if model.roles.is_empty() {
        let asks = |rule: &Obligation| {
            rule.duty
                .demand()
                .is_some_and(|demand| demand.approval.is_some() || !demand.acts.is_empty())
        };
        let first = model.obligations.iter().map(|(_, rule)| rule).find(|rule| asks(rule));
        if let Some(rule) = first {
            let message = "no roles are recorded, so nobody can tell whom the rules mean";
            report.push(Diagnostic::new(Code::UnknownRole, rule.span, message).help(
                "add `content/roles.yaml`: roles with the `parties` that rules call them by",
            ));
        }
        return;
    }
    for (_, post) in model.posts.iter() {
        for (role, word) in post.roles.iter().zip(post.fields.texts("roles")) {
            if model.role_names[*role].role.is_some() || is_of_a_rule(model, *role) {
                continue;
            }
            let known = model.roles.iter().map(|(_, known)| known.slug.as_str());
            let message =
                format!("no role has the id `{}`, and no rule knows the word", word.value);
            report.push(Diagnostic::new(Code::UnknownRole, word.span, message).maybe_help(
                did_you_mean(word.value, known).or_else(|| {
                    Some("add the role to `content/roles.yaml`, or correct the word".to_owned())
                }),
            ));
        }
    }
}

/// Whether a condition has the word, or it is what auditors must not be.
fn is_of_a_rule(model: &Model, role: Id<RoleName>) -> bool {
    let word = &model.role_names[role].slug;
    let quoted = [format!("\"{word}\""), format!("'{word}'")];
    model.obligations.iter().any(|(_, rule)| {
        let when = rule.when.as_ref().map(|when| when.source.as_str());
        let (must, refused) = match &rule.duty {
            Duty::Invariant(Invariant { must, independent, .. }) => (
                must.as_ref().map(|must| must.source.as_str()),
                independent.as_ref().is_some_and(|one| one.not_roles.contains(&role)),
            ),
            Duty::Permission { candidates, .. } => {
                (candidates.as_ref().map(|one| one.source.as_str()), false)
            }
            _ => (None, false),
        };
        refused
            || when.into_iter().chain(must).any(|text| quoted.iter().any(|one| text.contains(one)))
    })
}

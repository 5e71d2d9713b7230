//! Roles of posts that nobody knows, and sites whose rules name roles that nobody recorded.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, did_you_mean};
use crate::model::{Duty, Invariant, Model, Obligation};

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
        for role in post.fields.texts("roles") {
            if model.roles.find(role.value).is_some() || is_word_of_a_rule(model, role.value) {
                continue;
            }
            let known = model.roles.iter().map(|(_, known)| known.slug.as_str());
            let message =
                format!("no role has the id `{}`, and no rule knows the word", role.value);
            report.push(Diagnostic::new(Code::UnknownRole, role.span, message).maybe_help(
                did_you_mean(role.value, known).or_else(|| {
                    Some("add the role to `content/roles.yaml`, or correct the word".to_owned())
                }),
            ));
        }
    }
}

/// Whether a condition, or what auditors must not be, has the word.
fn is_word_of_a_rule(model: &Model, word: &str) -> bool {
    let quoted = [format!("\"{word}\""), format!("'{word}'")];
    model.obligations.iter().any(|(_, rule)| {
        let when = rule.when.as_ref().map(|when| when.source.as_str());
        let (must, refused) = match &rule.duty {
            Duty::Invariant(Invariant { must, independent, .. }) => (
                must.as_ref().map(|must| must.source.as_str()),
                independent.as_ref().is_some_and(|one| one.not_roles.iter().any(|not| not == word)),
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
